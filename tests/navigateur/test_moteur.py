"""The search engine itself, asked in the browser on the built site: same folding, right counts, the bench."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import RACINE
from playwright.sync_api import Browser, Page
from textes_difficiles import HOSTILES, TEXTES

from macros.catalogue.fige import Catalogue
from macros.ecriture.normalisation import normaliser, plier
from macros.pages.documents_de_recherche import filtres

sys.path.append(str(RACINE / "scripts"))

from mesures import recherche as banc


@pytest.fixture(scope="module")
def demandes() -> list[str]:
    """Addresses asked for by the page before the engine is used."""
    return []


@pytest.fixture(scope="module")
def page(navigateur: Browser, base: str, demandes: list[str]) -> Iterator[Page]:
    """A page where the engine and its folding are at hand."""
    ouverte = navigateur.new_page()
    ouverte.on("request", lambda d: demandes.append(d.url))
    ouverte.goto(base + banc.VIERGE, wait_until="networkidle")
    avant = list(demandes)
    ouverte.evaluate(
        """async (base) => {
             window.moteur = await import(base + "assets/js/recherche/moteur.js");
             window.norme = await import(base + "assets/js/recherche/normalisation.js");
           }""",
        base,
    )
    demandes[:] = avant
    yield ouverte
    ouverte.close()


def _chercher(page: Page, texte: str, **options: Any) -> dict[str, Any]:
    reponse: dict[str, Any] = page.evaluate("([t, o]) => moteur.chercher(t, o)", [texte, options])
    return reponse


def test_rien_n_est_charge_avant_usage(page: Page, demandes: list[str]) -> None:
    assert demandes
    assert [u for u in demandes if "pagefind" in u or "moteur" in u or "search" in u] == []


def test_meme_normalisation_des_deux_cotes(page: Page, catalogue: Catalogue) -> None:
    textes = [*TEXTES, *HOSTILES[:-1], *(f.titre for f in catalogue.fiches.values())]
    textes += [f.accroche for f in catalogue.fiches.values()] + [t.definition for t in catalogue.glossaire.termes]
    rendus = page.evaluate("(t) => t.map((x) => [norme.normaliser(x), norme.plier(x)])", textes)
    assert rendus == [[normaliser(t), plier(t)] for t in textes]


def test_comptes_egaux_au_catalogue(page: Page, catalogue: Catalogue) -> None:
    comptes = _chercher(page, "")["comptes"]
    attendus = {nom: Counter() for nom in comptes}
    for fiche in catalogue.fiches.values():
        for facette, valeurs in filtres(catalogue, fiche).items():
            attendus[facette].update(set(valeurs))
    national = attendus["departement"]["national"]
    for facette, valeurs in comptes.items():
        for valeur, nombre in valeurs.items():
            ajout = national if facette == "departement" and valeur != "national" else 0
            assert nombre == attendus[facette][valeur] + ajout, (facette, valeur)


@pytest.mark.parametrize("texte", ["", "friche", "atelier habitants"])
def test_un_compte_annonce_ce_que_donne_le_choix(page: Page, texte: str) -> None:
    choisis = {"theme": ["participation"], "type": ["methode", "action"]}
    comptes = _chercher(page, texte, filtres=choisis, limite=1)["comptes"]
    for facette, valeur in (("theme", "habitat"), ("type", "kit"), ("phase", "cadrer"), ("public", "elu")):
        essai = {**choisis, facette: [valeur]}
        assert _chercher(page, texte, filtres=essai, limite=1)["total"] == comptes[facette][valeur], (facette, valeur)


@pytest.mark.parametrize("texte", HOSTILES)
def test_question_hostile(page: Page, texte: str) -> None:
    reponse = _chercher(page, texte, filtres={"__proto__": ["x"], "theme": ["nexiste-pas", "<b>"], "zzz": ["a"]})
    assert set(reponse) >= {"resultats", "total", "comptes", "compris", "corrige"}
    assert page.evaluate("(t) => moteur.suggestions(t)", texte)["contacts"]


def test_ordre_extraits_et_tri(page: Page) -> None:
    amo = _chercher(page, "AMO")["resultats"]
    assert amo[0]["fiche"] == "methodes/assistance-maitrise-ouvrage"
    assert amo[0]["url"].endswith("/base/methodes/assistance-maitrise-ouvrage/")
    corrige = _chercher(page, "partcipation")
    assert corrige["corrige"]
    assert corrige["compris"] == "participation"
    extrait = _chercher(page, "friche")["resultats"][0]["extrait"]
    assert any(s["marque"] and "friche" in s["texte"].lower() for s in extrait)
    titres = [r["titre"] for r in _chercher(page, "", tri="titre", limite=30)["resultats"]]
    assert titres == sorted(titres, key=lambda titre: plier(titre).lower().replace("œ", "oe"))
    dates = [r["fraicheur"] for r in _chercher(page, "atelier", tri="fraicheur", limite=30)["resultats"]]
    assert dates == sorted(dates, reverse=True)


def test_rien_trouve_propose_la_suite(page: Page) -> None:
    assert _chercher(page, "xqzvwkj")["total"] == 0
    proches = page.evaluate("() => moteur.suggestions('photovoltaiqe')")
    assert next(t["url"].split("/themes/")[-1] for t in proches["themes"]) == "energie/"


def test_banc_de_recherche(page: Page) -> None:
    requetes = banc.lire_requetes(RACINE / "tests/recherche/requetes.yml")
    rangees = [[r["fiche"] for r in _chercher(page, q.q, comptes=False)["resultats"]] for q in requetes]
    scores = banc.noter(requetes, rangees)
    assert scores.hit3 >= 0.95, json.dumps(scores.__dict__)
    assert scores.hit1 >= 0.80, json.dumps(scores.__dict__)
