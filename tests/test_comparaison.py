"""Dispositifs side by side say what their pages say, under the same labels, and nothing else."""

from __future__ import annotations

import gzip
from itertools import combinations

import pytest
from lxml import html

from macros.catalogue.fige import Catalogue
from macros.ecriture.sections import en_html
from macros.modeles import Chiffre, Dispositif
from macros.pages.listes import comparer
from macros.pages.outils import comparaison as c
from macros.pages.plans import page
from macros.pages.vue import Vue

URI = "comparer/"
FLASH = ("atelier-flash", "atelier-local", "atelier-national")
PROPRES = {"Nature", "Durée sur place", "Durée totale"}
"""Labels that the page of a dispositif says otherwise: its badge, and the figures inside « Durée »."""


def dispositif(catalogue: Catalogue, id_: str) -> Dispositif:
    fiche = catalogue.fiches[id_]
    assert isinstance(fiche, Dispositif)
    return fiche


def test_labels_are_those_of_the_pages(catalogue: Catalogue) -> None:
    vus: set[str] = set()
    for id_ in (*FLASH, "opah"):  # what the first three do not need, another does
        arbre = html.fragment_fromstring(f"<div>{en_html(page(catalogue, 'fiche', id_))}</div>")
        vus |= {" ".join(dt.text_content().split()) for dt in arbre.iter("dt")}
    assert set(c.RANGEES["dispositif"].values()) - PROPRES <= vus


@pytest.mark.parametrize("type_", c.RANGEES)
def test_every_fiche_fills_every_row(catalogue: Catalogue, type_: str) -> None:
    fiches = c.comparables(catalogue, type_)
    assert len(fiches) == len(catalogue.du_type(type_))
    for fiche in fiches:
        assert list(c.colonne(catalogue, fiche, URI).cellules) == list(c.RANGEES[type_]), fiche.id


def test_note_calls_lead_to_the_fiche(catalogue: Catalogue) -> None:
    """Every call names its source and leads to a note that the page of the fiche has."""
    total = 0
    for fiche in c.comparables(catalogue):
        ancres = {
            e.get("id")
            for e in html.fragment_fromstring(f"<div>{en_html(page(catalogue, 'fiche', fiche.id))}</div>").iter()
        }
        for cellule in c.colonne(catalogue, fiche, URI).cellules.values():
            texte = " ".join([cellule.reponse, *cellule.details, *cellule.chiffres])
            for lien in html.fragment_fromstring(f"<div>{texte}</div>").xpath(".//sup//a | .//a[@class='appel-kit']"):
                url, _, ancre = lien.get("href").partition("#")
                assert url == f"../dispositifs/{fiche.id}/", fiche.id
                assert ancre in ancres, (fiche.id, ancre)
                assert not lien.get("id")
                total += 1
    assert total > 200


def test_figures_come_from_the_fiche(catalogue: Catalogue) -> None:
    flash = c.colonne(catalogue, dispositif(catalogue, "atelier-flash"), URI).cellules
    assert "2\u00a0jours en moyenne" in flash["sur-place"].chiffres[0]
    assert "3 à 6\u00a0mois" in flash["en-tout"].chiffres[0]
    assert flash["sur-place"].divergent
    assert not flash["en-tout"].divergent


def test_what_is_unknown_says_so(catalogue: Catalogue) -> None:
    for fiche in c.comparables(catalogue):
        colonne = c.colonne(catalogue, fiche, URI)
        assert isinstance(fiche, Dispositif)
        assert bool(colonne.cellules["effort"].cle) == bool(fiche.acces and fiche.acces.effort), fiche.id
        assert bool(colonne.cellules["cout"].cle) == bool(fiche.cout), fiche.id


@pytest.mark.parametrize(
    ("cles", "attendu"),
    [
        (("a", "b"), "different"),
        (("a", "a"), "identique"),
        (("a", ""), "a-completer"),
        (("", ""), "a-completer"),
        (("a", "b", ""), "different"),
        (("a", "a", ""), "a-completer"),
    ],
)
def test_verdict(cles: tuple[str, ...], attendu: str) -> None:
    assert c.verdict([c.Cellule(cle) for cle in cles]) == attendu


def test_two_sources_diverge_on_the_same_thing_only() -> None:
    def jours(valeur: str, source: str, **champs: str) -> Chiffre:
        return Chiffre.model_validate({"valeur": valeur, "unite": "jour", "source": source, **champs})

    assert c.diverge([jours("2", "s1", portee="sur-site"), jours("3", "s2", portee="sur-site")])
    assert not c.diverge([jours("2", "s1", portee="sur-site"), jours("2", "s2", portee="sur-site")])
    assert not c.diverge([jours("2", "s1", portee="sur-site"), jours("3", "s2", portee="totale")])
    assert not c.diverge([jours("2", "s1"), jours("3", "s1")])
    assert not c.diverge([jours("2", "s1", libelle="par mois"), jours("3", "s2", libelle="par session")])


def test_neighbours_can_all_be_compared(catalogue: Catalogue) -> None:
    connus = {f.id for type_ in c.RANGEES for f in c.comparables(catalogue, type_)}
    assert "atelier-local" in c.voisins(catalogue, dispositif(catalogue, "atelier-flash"))
    for fiche in [f for type_ in c.RANGEES for f in c.comparables(catalogue, type_)]:
        proches = c.voisins(catalogue, fiche)
        assert len(proches) < c.MAXIMUM
        assert set(proches) <= connus - {fiche.id}


def test_the_page_holds_every_dispositif(catalogue: Catalogue) -> None:
    rendu = comparer(Vue(catalogue, URI), *FLASH)
    assert len(gzip.compress(rendu.encode())) < 40_000, "trop lourd pour être tenu dans la page"
    arbre = html.fragment_fromstring(rendu)
    tetes = arbre.xpath("//table[@class='comparer__tableau']/thead//th[@data-comparer-tete]/@data-comparer-tete")
    assert tuple(tetes) == FLASH
    assert len(arbre.xpath("//template[@data-comparer-fiche]")) == len(c.comparables(catalogue))
    for ligne in arbre.xpath("//tr[@data-rangee]"):
        cles = [td.get("data-cle") for td in ligne.iter("td")]
        assert ligne.get("data-verdict") == c.verdict([c.Cellule(cle) for cle in cles])
        for td in ligne.iter("td"):
            assert bool(td.get("data-cle")) != ("Non renseigné" in td.text_content())


def test_an_unknown_dispositif_is_an_error(catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="atelier-flasch"):
        comparer(Vue(catalogue, URI), "atelier-flasch")


def test_any_two_can_be_compared(catalogue: Catalogue) -> None:
    colonnes = [c.colonne(catalogue, f, URI) for f in c.comparables(catalogue)]
    for paire in combinations(colonnes, 2):
        assert {r["verdict"] for r in c.tableau(paire)} <= {"different", "identique", "a-completer"}
