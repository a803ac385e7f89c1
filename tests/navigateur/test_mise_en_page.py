"""Every template holds at every width, its notes lead there and back, and it stays whole without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .conftest import BOITE, FICHES

CORPS = 16.8
"""Pixels of running text; LOOK.md also allows nothing under 12."""
MINIMUM = 12

DEBORDEMENTS = """() => {
  const large = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= large && document.body.scrollWidth <= large) return [];
  const rogne = (e) => e && e !== document.body && (getComputedStyle(e).overflowX !== "visible" || rogne(e.parentElement));
  return [...document.body.querySelectorAll("*")]
    .filter((e) => (e.getBoundingClientRect().right > large + 1 || e.scrollWidth > e.clientWidth + 1) && !rogne(e))
    .map((e) => `${e.tagName}.${e.getAttribute("class") ?? ""} « ${e.textContent.trim().slice(0, 40)} »`).slice(-5)
    .concat(`page de ${document.documentElement.scrollWidth} px`);
}"""

LETTRES = """(minimum) => {
  const petits = new Set();
  const marcheur = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (marcheur.nextNode()) {
    const parent = marcheur.currentNode.parentElement;
    if (!marcheur.currentNode.data.trim() || !parent.checkVisibility()) continue;
    const taille = parseFloat(getComputedStyle(parent).fontSize);
    if (taille < minimum - .01) petits.add(`${parent.tagName}.${parent.getAttribute("class")} : ${taille}`);
  }
  const courant = [...document.querySelectorAll(".texte > p:not([class]), .texte > section > p:not([class])")];
  return { petits: [...petits], corps: parseFloat(getComputedStyle(document.body).fontSize),
    courant: Math.min(...courant.map((p) => parseFloat(getComputedStyle(p).fontSize)), Infinity) };
}"""

DOUBLONS = """() => [...document.querySelectorAll("[id]")].map((e) => e.id)
  .filter((id, i, tous) => tous.indexOf(id) !== i)"""
"""What a script may add to a page: headings, images and drawings are judged by test_structure.py, then by axe."""

NOTES = """() => ({
  perdus: [...document.querySelectorAll('.appel a, .appel-kit[href], .notes__retour[href]')]
    .filter((a) => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map((a) => a.outerHTML),
  appels: document.querySelectorAll(".appel a").length,
  jamais: [...document.querySelectorAll(".notes > li[id]:not(#note-kit)")].filter((li) =>
    li.querySelector("a.notes__retour") && !document.querySelector(`.appel a[href="#${li.id}"]`)).map((li) => li.id),
})"""


def fautes_de_mise_en_page(page: Page) -> list[str]:
    """Widths, letters and ids of a page: tried on each template by test_axe.py, which has it open."""
    fautes: list[str] = []
    for largeur in (320, 390, 768, 1280):
        page.set_viewport_size({"width": largeur, "height": 844})
        fautes.extend(f"{largeur} px : {quoi}" for quoi in page.evaluate(DEBORDEMENTS))
        lettres = page.evaluate(LETTRES, MINIMUM)
        fautes.extend(f"{largeur} px, texte trop petit : {quoi}" for quoi in lettres["petits"])
        if round(lettres["corps"], 1) < CORPS or round(min(lettres["courant"], 99), 1) < CORPS:
            fautes.append(f"{largeur} px : texte courant de {lettres['corps']} et {lettres['courant']} px")
    fautes.extend(f"identifiant en double : {identifiant}" for identifiant in page.evaluate(DOUBLONS))
    return fautes


@pytest.mark.parametrize("adresse", [*FICHES, "glossaire/"])
def test_notes(ouvrir: Callable[..., Page], adresse: str) -> None:
    """Each call leads to its note, each note back to the text, and both land where the eye can see them."""
    page = ouvrir(adresse)
    notes = page.evaluate(NOTES)
    assert notes["appels"] > 0
    assert notes["perdus"] == []
    assert notes["jamais"] == []
    page.evaluate("() => document.querySelectorAll('.glossaire details').forEach((pli) => { pli.open = true; })")
    appel = page.locator(".appel a").first
    cible = page.locator(f"[id='{(appel.get_attribute('href') or '').removeprefix('#')}']")
    appel.click()
    expect(cible).to_be_in_viewport()
    assert page.evaluate("() => document.querySelector(':target').id") == cible.get_attribute("id")
    cible.locator("a.notes__retour").click()
    expect(appel).to_be_in_viewport()


SANS_SCRIPT = ["", *FICHES, BOITE, "themes/friches-foncier/", "dispositifs/", "glossaire/", "sources/", "ma-selection/"]


@pytest.mark.parametrize("adresse", SANS_SCRIPT, ids=lambda adresse: adresse.strip("/") or "accueil")
def test_sans_script(ouvrir: Callable[..., Page], adresse: str) -> None:
    """Without scripts: same headings, same links but those that a script alone can serve, and no control that would do
    nothing.

    The two search forms work: they lead to « Trouver », which then lists every fiche.
    """
    avec, sans = ouvrir(adresse), ouvrir(adresse, scripts=False)
    contenu = ":is(h1, h2, h3, h4, p a, li a, dd a):not(dialog *, noscript *, [data-du-script])"
    textes = [page.locator(contenu).evaluate_all("n => n.map((e) => e.textContent.trim())") for page in (avec, sans)]
    assert textes[0] == textes[1]
    assert len(textes[1]) > 0
    morts = sans.locator(":is(button, input:not([type=checkbox]), select, textarea):not(form[action] *)").evaluate_all(
        "n => n.filter((e) => e.checkVisibility()).map((e) => e.outerHTML)"
    )
    assert morts == []
    for cases in sans.locator("[data-coches]").all():
        expect(cases.locator("input").first).to_be_visible()
    expect(sans.locator(".onglets a").first).to_be_visible()


def test_menu_sans_script(ouvrir: Callable[..., Page]) -> None:
    telephone = ouvrir(FICHES[0], largeur=390, scripts=False)
    telephone.locator(".menu > summary").click()
    lien = telephone.locator(".menu__panneau a").nth(1)
    expect(lien).to_be_visible()
    titre = lien.inner_text()
    lien.click()
    expect(telephone.locator("h1")).to_be_visible()
    expect(telephone).to_have_title(re.compile(re.escape(titre), re.I))


def test_sommaire_sans_script(ouvrir: Callable[..., Page]) -> None:
    """On a phone, « Sommaire » is a plain link to the contents."""
    page = ouvrir("dispositifs/atelier-flash/", largeur=390, scripts=False)
    page.locator("[data-ouvre-sommaire]").click()
    expect(page.locator("#sommaire")).to_be_in_viewport()


def test_liens_du_menu_sous_un_chemin(ouvrir: Callable[..., Page], base: str) -> None:
    """Whatever the depth, every link of the header, the contents and the footer stays under the sub-path."""
    for adresse in ("", "dispositifs/", "dispositifs/atelier-flash/", "contribuer/champs/"):
        page = ouvrir(adresse)
        liens = page.locator("header a, nav a, footer a").evaluate_all("n => n.map((a) => a.href)")
        assert len(liens) > 10
        assert [lien for lien in liens if not lien.startswith(base)] == []
