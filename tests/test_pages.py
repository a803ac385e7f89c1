"""Pages are pure: no engine is needed to make them, and another engine can take them."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from lxml import html

from macros.catalogue.fige import Catalogue
from macros.ecriture.rendu import relatif
from macros.ecriture.sections import Page, en_html
from macros.modeles.seances.agenda import creneaux
from macros.pages.parties import parties_de
from macros.pages.plans import page, plans
from macros.pages.vue import Vue
from tests.conftest import lancer

PURS = [
    "macros.catalogue.chargement",
    "macros.pages.plans",
    "macros.sorties.exports",
    "macros.pages.listes",
    "macros.moteur.appels",
    "macros.moteur.construit.controle",
]
MOTEUR = {"mkdocs", "material", "mkdocs_macros"}


def test_only_the_hooks_know_mkdocs() -> None:
    code = f"import sys, {', '.join(PURS)}; print({{m.split('.')[0] for m in sys.modules}} & {MOTEUR})"
    assert lancer(sys.executable, "-c", code).stdout == "set()\n"


def test_the_day_of_a_build_can_be_given(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the one that « reproducible builds » name, pages of the same commit are the same whenever they are made."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    assert Vue(catalogue, "x/").jour.isoformat() == "2026-01-01"


def test_one_page_a_fiche_and_a_theme_and_those_of_each_kit(catalogue: Catalogue) -> None:
    uris = [p.uri for p in plans(catalogue)]
    parties = sum(len(parties_de(kit)) - 1 for kit in catalogue.du_type("kit"))
    themes = len(catalogue.vocabulaires["themes"].valeurs)
    assert len(uris) == len(set(uris)) == len(catalogue.fiches) + parties + themes
    assert {"dispositifs/atelier-flash/", "kits/preparer-un-atelier-flash/calendrier/"} <= set(uris)


def test_a_kit_is_whole_on_the_sheet_to_print(catalogue: Catalogue) -> None:
    """Whatever its pages hold, in the same order, unfolded; each page marks its place in the bar that they share."""
    for kit in catalogue.du_type("kit"):
        *parties, tout = parties_de(kit)
        pages_du_kit = [page(catalogue, "fiche", f"{kit.id}/{p.cle}".rstrip("/")) for p in parties]
        feuille = page(catalogue, "fiche", f"{kit.id}/{tout.cle}")
        assert {r for p in pages_du_kit for r in p.reperes} <= set(feuille.reperes), kit.id
        assert not any(s.repli for s in feuille.sections)
        for partie, made in zip(parties, pages_du_kit, strict=True):
            volets = html.fragment_fromstring(f"<div>{made.entete}</div>").xpath("//nav[@class='volets']//a")
            assert [v.text for v in volets] == [p.titre for p in parties]
            assert [v.text for v in volets if v.get("aria-current")] == [partie.titre]


def test_an_hour_is_as_long_on_the_timeline_of_every_kit(catalogue: Catalogue) -> None:
    longueurs = set()
    for kit in catalogue.du_type("kit"):
        frises = next(s.html for s in page(catalogue, "fiche", kit.id).sections if s.id == "la-journee")
        largeurs = [float(x) for x in re.findall(r'<svg class="journee__dessin" width="([\d.]+)%"', frises)]
        durees = [c[-1].fin - c[0].debut for s in kit.seances if (c := creneaux(s))]
        longueurs |= {round(largeur / duree, 3) for largeur, duree in zip(largeurs, durees, strict=True)}
    assert len(longueurs) == 1


def test_every_page_begins_with_en_bref_and_ends_with_its_sources(
    catalogue: Catalogue, pages_des_fiches: dict[str, tuple[Page, str]]
) -> None:
    for fiche in catalogue.fiches.values():
        made, rendu = pages_des_fiches[fiche.id]
        ids = [s.id for s in made.sections]
        assert len(ids) == len(set(ids)), fiche.id
        assert ids[-1] == "notes-et-sources"
        assert ids[0] == "en-bref"
        porte = fiche.type == "partenaire" or any(getattr(fiche, champ, None) for champ in ("porteurs", "porteur"))
        assert ("jamais vérifié auprès du porteur" in made.entete) == porte, "là seulement où il y a un porteur"
        assert made.description
        assert "[s1]" not in made.description
        arbre = html.fragment_fromstring(f"<div>{rendu}</div>")
        notes = {e.get("id") for e in arbre.xpath("//li[starts-with(@id, 'note-s')]")}
        assert {f"note-{cle}" for cle in fiche.sources} <= notes, fiche.id


def test_historical_fiches_say_so(catalogue: Catalogue) -> None:
    historiques = [f for f in catalogue.fiches.values() if f.validite.etat == "historique"]
    assert len(historiques) > 5
    for fiche in historiques:
        entete = page(catalogue, "fiche", fiche.id).entete
        passe = fiche.type in {"site", "action"}  # an example that is over says when; amber is for what asks for care
        assert ("bandeau--historique" in entete) is not passe, fiche.id
        assert not passe or re.search(r"· (Réalisé|Situation)", entete), fiche.id


def test_reverse_links(catalogue: Catalogue) -> None:
    rendu = en_html(page(catalogue, "fiche", "visite-exploratoire"))
    assert "../../kits/atelier-territorial-journee/" in rendu
    flash = en_html(page(catalogue, "fiche", "atelier-flash"))
    assert "Sites accompagnés" in flash
    assert "../../sites/pledran/" in flash


def test_a_theme_goes_from_supports_to_examples(catalogue: Catalogue) -> None:
    ordre = ["parcours", "dispositifs", "partenaires", "methodes", "kits", "sites", "actions"]
    for theme in catalogue.vocabulaires["themes"].valeurs:
        ids = [s.id for s in page(catalogue, "theme", theme).sections]
        assert ids == [i for i in ordre if i in ids]
        assert ids, theme


def test_every_fiche_leads_to_the_form_and_to_a_report(catalogue: Catalogue, site: Path) -> None:
    for fiche in catalogue.fiches.values():
        lu = html.parse(site / fiche.PLURIEL / fiche.id / "index.html")
        vers = {a.get("href") for a in lu.iterfind(".//ul[@class='actions actions--corriger']//a")}
        assert vers == {f"../../contribuer/{page}/?fiche={fiche.id}" for page in ("formulaire", "signaler")}
    methode = en_html(page(catalogue, "fiche", "visite-exploratoire"))
    assert "contribuer/formulaire/?type=action&amp;methode=visite-exploratoire" in methode


@pytest.mark.parametrize(
    ("depuis", "vers", "attendu"),
    [
        ("dispositifs/a/", "sites/b/", "../../sites/b/"),
        ("", "sites/b/", "sites/b/"),
        ("sites/b/", "", "../../"),
        ("sites/b/", "sites/b/#x", "#x"),
        ("glossaire/", "glossaire/", "./"),
        ("a/", "api/x.json", "../api/x.json"),
    ],
)
def test_relative_links(depuis: str, vers: str, attendu: str) -> None:
    assert relatif(depuis, vers) == attendu
