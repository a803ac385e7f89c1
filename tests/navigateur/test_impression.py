"""On paper: the content and its sources, spelled out; nothing to click."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

PAGES = {"dispositifs/atelier-flash/": "Atelier flash", "kits/preparer-un-atelier-flash/imprimer/": "Rétroplanning"}
CACHES = [
    ".entete",
    ".evitement",
    ".onglets",
    ".volets",
    ".fil",
    ".sommaire",
    ".actions",
    ".barre",
    ".pied",
    "dialog",
    ".ecran-seul",
    ".annonce",
]

VISIBLES = (
    """(selecteurs) => selecteurs.filter((s) => [...document.querySelectorAll(s)].some((e) => e.checkVisibility()))"""
)
DEBORDENT = """() => [...document.querySelectorAll(".page *")].filter((e) => e.checkVisibility() && !e.closest("svg")
    && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((e) => `${e.tagName}.${e.getAttribute("class")}`)"""
# A4 less the margins of the style sheet (16 mm each side), in CSS pixels.
LARGEUR_UTILE = 672


@pytest.fixture(params=PAGES)
def imprimee(request: pytest.FixtureRequest, ouvrir: Callable[..., Page]) -> Page:
    """A page as print sees it, opened by someone whose screen is dark and narrow."""
    page = ouvrir(request.param, largeur=390, theme="dark")
    page.locator(".barre [data-selection]").click()
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": LARGEUR_UTILE, "height": 1000})
    return page


def test_ce_qui_se_clique_disparait(imprimee: Page) -> None:
    presents = [s for s in CACHES if imprimee.locator(s).count()]
    assert len(presents) >= 8, presents
    assert imprimee.evaluate(VISIBLES, CACHES) == []
    assert imprimee.evaluate(VISIBLES, ["button", "input:not([type=checkbox])", "select"]) == []


def test_le_contenu_reste(imprimee: Page) -> None:
    """Title, address, date, every heading of the screen; on white; nothing wider than the sheet."""
    for visible in ("h1", ".accroche", ".confiance", ".notes", ".entete-imprime"):
        expect(imprimee.locator(visible).first).to_be_visible()
    tete = imprimee.locator(".entete-imprime")
    expect(tete).to_contain_text("site non officiel")
    expect(tete).to_contain_text(re.sub(r"^https?://", "", imprimee.url))
    expect(tete).to_contain_text(re.compile(r"imprimé le \d+(er)? \w+ \d{4}"))
    caches = imprimee.locator(".feuille :is(h1, h2, h3)").evaluate_all(
        "n => n.filter((e) => !e.checkVisibility()).map((e) => e.textContent)"
    )
    assert caches == []
    assert imprimee.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    encre = imprimee.locator(".texte p").first.evaluate("e => getComputedStyle(e).color")
    assert max(map(int, re.findall(r"\d+", encre)[:3])) < 120, f"texte trop clair sur papier : {encre}"
    assert imprimee.evaluate(DEBORDENT) == []


def test_les_sources_sont_ecrites(imprimee: Page) -> None:
    """Each source that has an address gives it in full."""
    notes = imprimee.locator(".notes > li").evaluate_all(
        """n => n.map((li) => ({ lien: li.querySelector("a[href^=http]")?.getAttribute("href"),
          ecrite: [...li.querySelectorAll(".notes__adresse")].filter((e) => e.checkVisibility())
            .map((e) => e.textContent.trim()).join() })).filter(({ lien }) => lien)"""
    )
    assert len(notes) >= 3
    assert [note for note in notes if note["lien"] != note["ecrite"]] == []


def test_les_cases_s_impriment(ouvrir: Callable[..., Page]) -> None:
    """Boxes to tick are drawn, empty or ticked, with a line that shows on paper."""
    page = ouvrir("kits/preparer-un-atelier-flash/imprimer/", theme="dark")
    page.locator("[data-coches] input").first.check()
    page.emulate_media(media="print", color_scheme="dark")
    cases = page.locator("[data-coches] input").evaluate_all(
        """n => n.map((e) => ({ vue: e.checkVisibility() && e.getBoundingClientRect().width > 8,
          trait: parseFloat(getComputedStyle(e).borderTopWidth), couleur: getComputedStyle(e).borderTopColor,
          fond: getComputedStyle(e).backgroundColor, ajuste: getComputedStyle(e).printColorAdjust }))"""
    )
    assert len(cases) > 10
    assert all(case["vue"] and case["trait"] >= 0.5 and case["ajuste"] == "exact" for case in cases)
    assert all(max(map(int, re.findall(r"\d+", case["couleur"])[:3])) < 200 for case in cases)
    assert cases[0]["fond"] != cases[1]["fond"]


@pytest.mark.parametrize(("adresse", "titre"), PAGES.items())
def test_pdf(ouvrir: Callable[..., Page], tmp_path: Path, adresse: str, titre: str) -> None:
    """The sheets are A4, numbered by the style sheet, and as many as the content asks for."""
    page = ouvrir(adresse)
    fichier = tmp_path / "fiche.pdf"
    page.pdf(path=fichier, prefer_css_page_size=True, print_background=True)
    octets = fichier.read_bytes()
    formats = set(re.findall(rb"/MediaBox\s*\[([^\]]*)\]", octets))
    for cotes in formats:
        assert [float(x) for x in cotes.split()] == pytest.approx([0, 0, 595, 842], abs=1)
    feuilles = len(re.findall(rb"/Type\s*/Page\b", octets))
    assert 2 <= feuilles <= 40, feuilles
    if lecteur := shutil.which("pdftotext"):
        lu = subprocess.run([lecteur, "-layout", fichier, "-"], capture_output=True, text=True, check=True).stdout
        assert titre in " ".join(lu.split())
        assert re.search(rf"\b1\s*/\s*{feuilles}\b", lu)
        assert re.search(r"https://\S+", lu)
        for absent in ("Aller au contenu", "Ajouter à ma sélection", "Sur cette page", "Rechercher"):
            assert absent not in lu
