"""The page of a theme shows the course of a project."""

from __future__ import annotations

from lxml import html

from macros.catalogue.fige import Catalogue
from macros.catalogue.fraicheur import ORDRE_DES_ETATS
from macros.ecriture.sections import en_html
from macros.pages.outils.parcours import OFFRES, PAR_OFFRE, parcours
from macros.pages.plans import page


def themes(catalogue: Catalogue) -> list[str]:
    return list(catalogue.vocabulaires["themes"].valeurs)


def test_every_step_is_there_in_order(catalogue: Catalogue) -> None:
    phases = list(catalogue.vocabulaires["phases"].valeurs)
    for theme in themes(catalogue):
        arbre = html.fragment_fromstring(f"<div>{en_html(page(catalogue, 'theme', theme))}</div>")
        assert [h.get("id") for h in arbre.xpath("//ol[@class='parcours']/li/h3")] == [f"etape-{p}" for p in phases]


def test_a_step_offers_only_what_serves_there(catalogue: Catalogue) -> None:
    for theme in themes(catalogue):
        fiches = [f for f in catalogue.fiches.values() if theme in f.themes]
        for etape in parcours(catalogue, fiches, theme):
            assert [o.offre for o in etape.offres] == [o for o in OFFRES if o in {r.offre for r in etape.offres}]
            for offre in etape.offres:
                assert 0 < len(offre.fiches) <= PAR_OFFRE
                assert {f.type for f in offre.fiches} <= set(offre.types)
                assert all(etape.phase in f.phases and theme in f.themes for f in offre.fiches)
                rangs = [ORDRE_DES_ETATS.index(f.validite.etat) for f in offre.fiches]
                assert rangs == sorted(rangs)
                total = sum(etape.phase in f.phases and f.offre == offre.offre for f in fiches)
                assert len(offre.fiches) + offre.autres == total


def test_an_empty_step_is_said(catalogue: Catalogue) -> None:
    fiches = [f for f in catalogue.fiches.values() if "energie" in f.themes]
    rendu = en_html(page(catalogue, "theme", "energie"))
    assert rendu.count("Rien encore pour cette étape") == sum(e.vide for e in parcours(catalogue, fiches, "energie"))
