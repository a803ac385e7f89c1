"""Whatever the memory of the browser or the address holds, nothing of it runs, and the page still works."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from .conftest import PREFIXE

FICHE = "dispositifs/atelier-flash/"
KIT = "kits/preparer-un-atelier-flash/"
MEMOIRE = f"accompagner:{PREFIXE}:"
IMAGE = "<img src=x onerror=window.pris=1>"
SCRIPT = "<script>window.pris=1</script>"

BONNE = {"type": "dispositif", "titre": "Atelier flash", "url": FICHE}
SELECTIONS: dict[str, tuple[Any, int]] = {
    "pas du JSON": ("{[", 0),
    "nul": (None, 0),
    "objet": ({"length": 3, "0": BONNE}, 0),
    "liste de riens": ([None, 1, "a", [], {}, True], 0),
    "prototype": (
        [{"type": "__proto__", "titre": "x", "url": "a/"}, {"type": "constructor", "titre": "x", "url": "b/"}],
        0,
    ),
    "type hostile": ([{**BONNE, "type": f'"><{IMAGE}'}], 0),
    "titre en HTML": ([{**BONNE, "titre": IMAGE}, {"type": "kit", "titre": SCRIPT, "url": KIT}], 2),
    "titre trop long": ([{**BONNE, "titre": "x" * 100_000}, BONNE], 1),
    "titre sans espace": ([{**BONNE, "titre": "x" * 300}], 1),
    "titre qui n’est pas un texte": ([{**BONNE, "titre": {"toString": "x"}}], 0),
    "adresses d’ailleurs": (
        [
            {**BONNE, "url": url}
            for url in (
                "javascript:window.pris=1",
                " JavaScript:window.pris=1",
                "java\nscript:window.pris=1",
                "data:text/html,<script>window.pris=1</script>",
                "https://exemple.org/",
                "//exemple.org/",
                "\\\\exemple.org\\",
                "../ailleurs/",
                "/ailleurs/",
                "http://127.0.0.1:1/base/",
                "blob:x",
                "http://[",
                {},
                None,
                "x" * 10_000,
            )
        ],
        0,
    ),
    "une bonne parmi des mauvaises": ([{"type": "x"}, BONNE, BONNE, {**BONNE, "url": "javascript:0"}], 1),
    "trop de fiches": ([{**BONNE, "url": f"dispositifs/{n}/"} for n in range(3000)], 200),
}


def _surveiller(page: Page) -> None:
    page.on("dialog", lambda boite: pytest.fail(f"une boîte s’est ouverte : {boite.message}"))


@pytest.fixture
def ouvrir_surveillee(ouvrir: Callable[..., Page]) -> Callable[..., Page]:
    """Open a page on which no box may open."""
    return partial(ouvrir, prepare=_surveiller)


def _intacte(page: Page) -> None:
    """The page shows its title, runs its own scripts, and nothing else ran."""
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("[data-bascule-theme]")).to_be_visible()
    assert page.evaluate("() => window.pris") is None
    assert page.locator("img[src=x], main script:not([type]):not(.trouver script)").count() == 0


def _se_souvenir(page: Page, cle: str, valeur: str) -> None:
    page.evaluate("([c, v]) => { localStorage.clear(); localStorage.setItem(c, v); }", [cle, valeur])


def test_selection(ouvrir_surveillee: Callable[..., Page], base: str) -> None:
    """Only fiches of this site are kept; titles are text; the list and its page stay usable."""
    page = ouvrir_surveillee("ma-selection/", largeur=390)
    lignes = page.locator(".selection li")
    for nom, (valeur, gardees) in SELECTIONS.items():
        _se_souvenir(page, MEMOIRE + "selection", valeur if valeur == "{[" else json.dumps(valeur))
        page.goto(base + "ma-selection/")  # less the list that the address bears
        _intacte(page)
        expect(lignes).to_have_count(gardees)
        liens = lignes.locator("a").evaluate_all("n => n.map((a) => a.href)")
        assert [lien for lien in liens if not lien.startswith(base)] == [], nom
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), nom
        if gardees:
            page.locator(".selection [data-retirer]").first.click()
            expect(lignes).to_have_count(gardees - 1)


@pytest.mark.parametrize("nom", ["pas du JSON", "titre en HTML"])
def test_bouton_de_selection(ouvrir_surveillee: Callable[..., Page], base: str, nom: str) -> None:
    """Over a spoilt memory, putting a fiche aside still works, and is found again."""
    page = ouvrir_surveillee("partenaires/cerema/", largeur=390)
    valeur, gardees = SELECTIONS[nom]
    _se_souvenir(page, MEMOIRE + "selection", valeur if valeur == "{[" else json.dumps(valeur))
    page.reload()
    _intacte(page)
    page.locator(".barre [data-selection]").click()
    expect(page.locator("[data-compteur-selection]")).to_have_text(str(gardees + 1))
    page.goto(base + "ma-selection/")
    _intacte(page)
    expect(page.locator(".selection li")).to_have_count(gardees + 1)
    expect(page.locator(".selection li").last).to_contain_text("Cerema")


def test_cases(ouvrir_surveillee: Callable[..., Page]) -> None:
    page = ouvrir_surveillee(f"{KIT}calendrier/")
    case = page.locator("[data-coches] input").first
    cle = page.locator("[data-coches]").first.get_attribute("data-coches")
    for valeur in ("{[", "null", '"abc"', json.dumps([IMAGE, None, {}, ["__proto__"]])):
        _se_souvenir(page, f"{MEMOIRE}coches:{PREFIXE}{KIT}:{cle}", valeur)
        page.reload()
        _intacte(page)
        assert not case.is_checked(), valeur
    case.check()
    page.reload()
    expect(case).to_be_checked()


PALETTES = [
    "{[",
    "null",
    '"slate"',
    '{"index":0,"color":null}',
    '{"index":"__proto__","color":{}}',
    '{"index":1,"color":{"media":"(","scheme":"\\"><img src=x onerror=window.pris=1>","a b<":"x"}}',
    '{"index":99,"color":{"media":"","scheme":"slate","primary":"","accent":""}}',
]


def test_theme(ouvrir_surveillee: Callable[..., Page]) -> None:
    """The choice of a theme, as the browser keeps it."""
    page = ouvrir_surveillee(FICHE)
    corps = page.locator("body")
    for valeur in PALETTES:
        _se_souvenir(page, "accompagner:theme", valeur)
        page.reload()
        _intacte(page)
        for _ in range(2):
            avant = corps.get_attribute("data-md-color-scheme") or ""
            assert avant in ("default", "slate"), valeur
            page.locator("[data-bascule-theme]").click()
            expect(corps).not_to_have_attribute("data-md-color-scheme", avant)


def test_adresse_perdue(ouvrir_surveillee: Callable[..., Page], base_404: str, journal: Any) -> None:
    journal.toleres = ("404",)
    page = ouvrir_surveillee(base_404 + quote(IMAGE) + "/?q=" + quote(SCRIPT))
    _intacte(page)
    expect(page.locator("h1")).to_have_text("Page introuvable")


def test_recherche(ouvrir_surveillee: Callable[..., Page]) -> None:
    """Questions are only questions (test_recherche.py asks « Trouver » more of them)."""
    page = ouvrir_surveillee("")
    page.locator("[data-ouvre-recherche]").click()
    champ, etat = page.locator("[data-recherche] input"), page.locator("[data-recherche] [data-etat]")
    for saisie in (SCRIPT, IMAGE, "'\"><svg onload=window.pris=1>", "{{7*7}}", "\\\\", "a" * 3000, "__proto__"):
        champ.fill("")
        expect(etat).to_be_empty()
        champ.fill(saisie)
        expect(etat).not_to_be_empty()
        assert page.locator("[data-recherche] :is(img, script, [onload])").count() == 0, saisie
    page.keyboard.press("Escape")
    _intacte(page)


@pytest.mark.parametrize("adresse", [FICHE, f"{KIT}calendrier/", "ma-selection/", "trouver/"])
def test_sans_memoire(ouvrir: Callable[..., Page], adresse: str) -> None:
    """A browser that refuses its memory still shows the page, switches the theme, and says what it cannot keep."""

    def refuser(page: Page) -> None:
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('non', 'SecurityError'); } })"
        )

    page = ouvrir(adresse, prepare=refuser)
    _intacte(page)
    avant = page.locator("body").get_attribute("data-md-color-scheme") or ""
    page.locator("[data-bascule-theme]").click()
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", avant)
    if adresse == FICHE:
        bouton = page.locator(".actions [data-selection]")
        bouton.click()
        expect(page.locator(".annonce")).to_contain_text("refuse")
        expect(bouton).to_have_attribute("aria-pressed", "false")
    if adresse.startswith(KIT):
        page.locator("[data-coches] input").first.check()
