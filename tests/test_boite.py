"""The toolbox of the DDT(M): every tool stands under each of its values, and the page has every anchor."""

from __future__ import annotations

import re

import pytest
from markdown.extensions.toc import slugify

from macros.catalogue.fige import Catalogue
from macros.modeles import Methode
from macros.pages import listes
from macros.pages.apercu import faits_outil
from macros.pages.outils import boite
from macros.pages.vue import Vue
from tests.conftest import RACINE


@pytest.fixture(scope="module")
def lue(catalogue: Catalogue) -> boite.Boite:
    return boite.lire(catalogue)


@pytest.fixture(scope="module")
def rendue(catalogue: Catalogue) -> str:
    """Every part of the page, as HTML."""
    vue = Vue(catalogue, boite.PAGE)
    return "".join(listes.boite_a_outils(vue, partie) for partie in listes.PARTIES)


def test_the_toolbox_holds_the_tools_of_the_founding_document(lue: boite.Boite) -> None:
    attendus = {
        "note-d-enjeux",
        "porter-a-connaissance",
        "cadrage-amont",
        "pre-ingenierie",
        "posture",
        "front-back-office",
        "conseils-etat",
        "visite-conseil",
        "reunion-de-cadrage",
        "aide-cahier-des-charges-amo-moe",
        "mise-en-reseau-ingenierie",
        "clct",
        "diagnostic-partage",
        "cartofriches",
        "urbansimul",
        "otelo",
        "mon-diagnostic-artificialisation",
        "atelier-de-territoire-outil",
        "sequence-boite-a-outils",
    }
    assert attendus <= {o.id for o in lue.outils}


def test_each_tool_is_under_each_of_its_values(lue: boite.Boite) -> None:
    lecteurs = (boite.besoins, boite.etapes, boite.postures, boite.tenants)
    for entree, valeurs_de in zip(lue.entrees, lecteurs, strict=True):
        ranges = {v.id: {o.id for o in v.outils} for v in entree.valeurs}
        for outil in lue.outils:
            assert {v for v, ids in ranges.items() if outil.id in ids} == set(valeurs_de(outil)), outil.id


def test_no_value_is_empty(catalogue: Catalogue, lue: boite.Boite) -> None:
    for entree, vocabulaire in zip(lue.entrees, ("besoins", "phases", "postures", "tenu_par"), strict=True):
        assert [v.id for v in entree.valeurs] == list(catalogue.vocabulaires[vocabulaire].valeurs)
        assert all(v.definition for v in entree.valeurs) or vocabulaire == "phases"


def test_each_tool_is_described_once(lue: boite.Boite) -> None:
    decrits = [o.id for b in lue.besoin.valeurs for o in b.principaux]
    assert sorted(decrits) == sorted(o.id for o in lue.outils)


def test_the_table_counts_what_the_lists_show(lue: boite.Boite, rendue: str) -> None:
    for besoin in lue.besoin.valeurs:
        for etape in lue.etape.valeurs:
            n = len(lue.croises(besoin, etape))
            assert (f'id="{etape.ancre}-{besoin.id}"' in rendue) == bool(n)
            assert bool(re.search(rf'href="#{etape.ancre}-{besoin.id}"[^>]*>{n}</a>', rendue)) == bool(n)


def test_every_internal_link_has_its_anchor(rendue: str) -> None:
    ids = re.findall(r'id="([^"]+)"', rendue)
    assert len(ids) == len(set(ids))
    page = (RACINE / "docs/methodes/boite-a-outils-ddt.md").read_text(encoding="utf-8")
    ids += [slugify(titre, "-") for titre in re.findall(r"^## (.+)$", page, re.MULTILINE)]
    assert set(re.findall(r'<a href="#([^"]+)"', rendue)) <= set(ids)


def test_the_page_shows_every_part(catalogue: Catalogue) -> None:
    page = (RACINE / "docs/methodes/boite-a-outils-ddt.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"boite_a_outils\('([a-z-]+)'\)", page)) == sorted(listes.PARTIES)
    assert "Le classement est une proposition du site" in page
    assert boite.PAGE.split("/")[1] not in catalogue.fiches


def test_an_unknown_part_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="partie « metier » inconnue"):
        listes.boite_a_outils(Vue(catalogue, boite.PAGE), "metier")


def test_durations_in_different_units_give_a_range(catalogue: Catalogue) -> None:
    vue = Vue(catalogue, boite.PAGE)
    faits = {
        i: [f["texte"] for f in faits_outil(vue, o)] for i, o in catalogue.fiches.items() if isinstance(o, Methode)
    }
    assert faits["diagnostic-en-marchant"][1].replace("\u00a0", " ") == "90 minutes à 1 demi-journée"
    assert faits["front-back-office"] == ["Front office et back office", "Conseil", "À confirmer"]


def test_a_method_leads_to_its_places(catalogue: Catalogue) -> None:
    from macros.ecriture.sections import en_html
    from macros.pages.plans import page

    outil = catalogue.fiches["cadrage-amont"]
    assert isinstance(outil, Methode)
    rendu = en_html(page(catalogue, "fiche", outil.id))
    for valeur in boite.besoins(outil):
        assert f"../boite-a-outils-ddt/#{boite.ancre('besoin', valeur)}" in rendu
    assert "boite-a-outils-ddt" not in en_html(page(catalogue, "fiche", "urbanisme-tactique"))
