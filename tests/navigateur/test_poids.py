"""The budgets of pages: what a first visit transfers and asks for, in a real browser with its cache, then the next
page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mesures.hebergeur import servir
from mesures.poids import PAGES, visiter
from mkdocs.utils.yaml import yaml_load
from playwright.sync_api import Browser

from macros.sorties import genres

REQUETES = {
    "accueil": 10,
    "fiche": 8,
    "kit": 9,
    "theme": 8,
    "carte": 9,
    "comparer": 9,
    "methodes": 8,
    "trouver": 16,
    "composer": 60,
}
"""Most requests of a first visit; « composer » is a tool, with its modules, data and documents to leave with."""
KILO_OCTETS = {
    "accueil": 45,
    "fiche": 50,
    "kit": 60,
    "theme": 45,
    "carte": 65,
    "comparer": 77,
    "methodes": 50,
    "trouver": 70,
    "composer": 130,
}
FICHE_MAX_KO = 90
FICHE_MAX_REQUETES = 10
SUIVANTE_MAX = 3


@pytest.fixture(scope="module")
def heberge(site: Path) -> Iterator[str]:
    with servir(site) as base:
        yield base


@pytest.mark.parametrize("nom", PAGES)
def test_budget(navigateur: Browser, heberge: str, site: Path, nom: str, compter: Callable[[str, int], None]) -> None:
    visite = visiter(navigateur, heberge, site, PAGES[nom])
    assert visite.tiers == ()
    assert 1 <= visite.requetes <= REQUETES[nom]
    assert visite.octets <= KILO_OCTETS[nom] * 1000
    assert 1 <= visite.suivante <= SUIVANTE_MAX
    compter("pages dont le poids et les requêtes tiennent leur budget", 1)


def test_no_fiche_is_heavy(site: Path) -> None:
    """Every fiche, not only those visited: its HTML and the assets of all pages stay under what is promised."""
    from mesures.hebergeur import corps

    assets = [*site.glob("assets/e-*/site.css"), *site.glob("assets/e-*/favicon.svg")]
    assets += [
        p for nom in ("site", "entete", "echeance", "socle", "cases") for p in site.glob(f"assets/e-*/js/{nom}.js")
    ]
    assert len(assets) == 7
    commun = sum(len(corps(a)[0]) for a in assets)
    pages = sorted(
        p
        for d in ("actions", "dispositifs", "kits", "methodes", "partenaires", "sites")
        for p in site.glob(f"{d}/*/index.html")
    )
    tailles = {p.parent.name: commun + len(corps(p)[0]) for p in pages}
    pire = max(tailles, key=lambda nom: tailles[nom])
    assert len(pages) > 200
    assert tailles[pire] < FICHE_MAX_KO * 1000
    assert max(REQUETES["fiche"], REQUETES["kit"]) <= FICHE_MAX_REQUETES


def test_every_symbol_shown_is_there(site: Path) -> None:
    """A page carries the symbols that it refers to, and nothing of Material's scripts and sheets is left in the
    site."""
    pages = sorted(site.rglob("*.html"))
    for page in pages:
        texte = page.read_text(encoding="utf-8")
        presents = set(re.findall(r'<symbol id="([\w-]+)"', texte))
        assert set(re.findall(r'<use href="#([\w-]+)"', texte)) <= presents, page
        assert "bundle." not in texte and "md-" not in texte.replace("data-md-color-scheme", ""), page
    assert not (site / "assets/javascripts").exists() and not (site / "assets/stylesheets").exists()
    assert [p.name for p in (site / "assets").glob("e-*")] != []


def test_the_published_sheet_says_the_same(navigateur: Browser, heberge: str, site: Path, racine: Path) -> None:
    """The browser reads the same rules in the published sheet as in its sources, in the same order."""
    with (racine / "mkdocs.yml").open(encoding="utf-8") as flux:
        feuilles = yaml_load(flux)["extra_css"]
    assets = genres.produits()
    ecrites = "\n".join(assets.get(f) or (racine / "docs" / f).read_text(encoding="utf-8") for f in feuilles)
    publiee = next(site.glob("assets/e-*/site.css")).read_text(encoding="utf-8")
    page = navigateur.new_page()
    avant, apres = page.evaluate(
        """(textes) => textes.map((texte) => {
          const feuille = new CSSStyleSheet();
          feuille.replaceSync(texte);
          return [...feuille.cssRules].map((regle) => regle.cssText.replace(/,\\s+/g, ","));
        })""",
        [ecrites, publiee],
    )
    page.close()
    assert len(avant) > 500 and [(a, b) for a, b in zip(avant, apres, strict=True) if a != b] == []
    assert len(publiee) < len(ecrites)
