"""Everything can be done with the keyboard, and the focus is always seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

FICHE = "dispositifs/atelier-flash/"
KIT = "kits/preparer-un-atelier-flash/"


def _foyer(page: Page) -> str:
    """Return the outer HTML of the focused element, shortened."""
    return page.evaluate("() => document.activeElement.outerHTML.slice(0, 200)")


def _tabuler(page: Page, selecteur: str, au_plus: int = 60) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(au_plus):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selecteur):
            return
    raise AssertionError(f"« {selecteur} » non atteint en {au_plus} tabulations ; foyer : {_foyer(page)}")


def test_bouton_de_recherche(ouvrir: Callable[..., Page]) -> None:
    """On a phone the search opens and closes by its buttons."""
    page = ouvrir(FICHE, largeur=390)
    _tabuler(page, "[data-ouvre-recherche]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-recherche] input")).to_be_focused()
    _tabuler(page, "[data-recherche] [data-ferme]")
    page.keyboard.press("Space")
    expect(page.locator("[data-recherche]")).to_be_hidden()
    expect(page.locator("[data-ouvre-recherche]")).to_be_focused()


def test_la_boite_se_ferme_avant_son_module(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(FICHE, largeur=390)
    page.route("**/recherche/boite.js", lambda route: None)  # never answered, as on a network that hangs
    page.locator("[data-ouvre-recherche]").click()
    page.locator("[data-recherche] [data-ferme]").click()
    expect(page.locator("[data-recherche]")).to_be_hidden()


def test_aucune_lettre_ne_change_de_page(ouvrir: Callable[..., Page]) -> None:
    """Only « / » is a shortcut of one key: a letter hit by mistake, or by a voice command, does nothing."""
    page = ouvrir("dispositifs/")
    page.evaluate("() => { window.meme = true; document.activeElement.blur(); }")
    page.keyboard.type("npfs,.")
    page.wait_for_timeout(500)
    assert page.evaluate("() => window.meme && document.activeElement === document.body")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_menu_du_telephone(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(FICHE, largeur=390)
    panneau = page.locator(".menu__panneau")
    _tabuler(page, ".menu > summary")
    page.keyboard.press("Enter")
    expect(panneau).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("() => Boolean(document.activeElement.closest('.menu__panneau'))")
    page.keyboard.press("Escape")
    expect(panneau).to_be_hidden()
    expect(page.locator(".menu > summary")).to_be_focused()
    page.keyboard.press("Space")
    expect(panneau).to_be_visible()
    page.keyboard.press("Space")
    expect(panneau).to_be_hidden()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    adresse = page.evaluate("() => document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_url(adresse)
    expect(page.locator(".menu__lien[aria-current=page]")).to_have_count(1)


def test_sommaire_du_telephone(ouvrir: Callable[..., Page]) -> None:
    """The contents open over the page, keep the focus, close with Escape, and lead where they say."""
    page = ouvrir(FICHE, largeur=390)
    page.locator("[data-ouvre-sommaire]").focus()
    page.keyboard.press("Enter")
    feuillet = page.locator("dialog.feuillet")
    expect(feuillet).to_be_visible()
    assert page.evaluate("() => Boolean(document.activeElement.closest('dialog'))")
    page.keyboard.press("Escape")
    expect(feuillet).to_be_hidden()
    expect(page.locator("[data-ouvre-sommaire]")).to_be_focused()
    page.keyboard.press("Enter")
    lien = feuillet.locator("a").last
    ancre = (lien.get_attribute("href") or "").removeprefix("#")
    lien.focus()
    page.keyboard.press("Enter")
    expect(feuillet).to_be_hidden()
    expect(page.locator(f"[id='{ancre}']")).to_be_in_viewport()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_theme(ouvrir: Callable[..., Page], theme: str) -> None:
    """The page follows the system, the button switches, the choice is kept from page to page."""
    depart, autre = ("default", "slate") if theme == "light" else ("slate", "default")
    page = ouvrir(FICHE, theme=theme)
    corps = page.locator("body")
    expect(corps).to_have_attribute("data-md-color-scheme", depart)
    _tabuler(page, "[data-bascule-theme]")
    bouton = page.locator("[data-bascule-theme]")
    nom = bouton.inner_text()
    fond = corps.evaluate("e => getComputedStyle(e).backgroundColor")
    page.keyboard.press("Enter")
    expect(corps).to_have_attribute("data-md-color-scheme", autre)
    expect(bouton).not_to_have_text(nom)
    assert corps.evaluate("e => getComputedStyle(e).backgroundColor") != fond
    page.goto(page.url.replace(FICHE, KIT))
    expect(corps).to_have_attribute("data-md-color-scheme", autre)
    _tabuler(page, "[data-bascule-theme]")
    page.keyboard.press("Space")
    expect(corps).to_have_attribute("data-md-color-scheme", depart)


@pytest.mark.parametrize("largeur", [390, 1280])
def test_selection(ouvrir: Callable[..., Page], base: str, largeur: int) -> None:
    page = ouvrir(FICHE, largeur=largeur)
    compteur = page.locator("[data-compteur-selection]")
    expect(compteur).to_be_hidden()
    bouton = page.locator(".barre [data-selection]" if largeur == 390 else ".actions [data-selection]")
    bouton.focus()
    page.keyboard.press("Enter")
    expect(bouton).to_have_attribute("aria-pressed", "true")
    expect(compteur).to_have_text("1")
    page.keyboard.press("Space")
    expect(bouton).to_have_attribute("aria-pressed", "false")
    expect(compteur).to_be_hidden()
    page.keyboard.press("Space")

    page.goto(base + "partenaires/cerema/")
    expect(compteur).to_have_text("1")
    page.locator("[data-selection]:visible").first.focus()
    page.keyboard.press("Enter")
    expect(compteur).to_have_text("2")

    page.goto(base + FICHE)
    expect(bouton).to_have_attribute("aria-pressed", "true")

    page.goto(base + "ma-selection/")
    lignes = page.locator(".selection li")
    expect(lignes).to_have_count(2)
    expect(lignes.first.locator("a")).to_have_attribute("href", base + FICHE)
    _tabuler(page, ".selection [data-retirer]")
    page.keyboard.press("Enter")
    expect(lignes).to_have_count(1)
    expect(compteur).to_have_text("1")
    expect(page.locator(".annonce")).to_contain_text("retirée")
    assert page.evaluate("() => document.activeElement.matches('.selection [data-retirer]')"), _foyer(page)
    page.keyboard.press("Enter")
    expect(lignes).to_have_count(0)
    expect(compteur).to_be_hidden()
    expect(page.locator("[data-page-selection]")).to_be_focused()
    expect(page.locator("[data-page-selection]")).to_contain_text("vide")
    page.reload()
    expect(lignes).to_have_count(0)


def test_selection_d_un_onglet_a_l_autre(ouvrir: Callable[..., Page]) -> None:
    """What is put aside in a tab shows in the others."""
    liste = ouvrir("ma-selection/")
    fiche = ouvrir(FICHE, avec=liste)
    fiche.locator(".actions [data-selection]").click()
    expect(liste.locator(".selection li")).to_have_count(1)
    expect(liste.locator("[data-compteur-selection]")).to_have_text("1")


@pytest.mark.parametrize("largeur", [390, 1280])
def test_cases(ouvrir: Callable[..., Page], largeur: int) -> None:
    """Ticks, by Space, survive a reload, and show on the sheet to print; another kit has its own."""
    page = ouvrir(f"{KIT}calendrier/", largeur=largeur)
    cases = page.locator("[data-coches] input")
    cases.nth(1).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    attendu = cases.evaluate_all("n => n.map((c) => c.checked)")
    assert attendu.count(True) == 2
    page.reload()
    expect(cases.nth(1)).to_be_checked()
    assert cases.evaluate_all("n => n.map((c) => c.checked)") == attendu
    page.goto(page.url.replace("calendrier", "imprimer"))
    expect(page.locator("[data-coches] input:checked")).to_have_count(2)
    page.goto(page.url.replace(f"{KIT}imprimer", "kits/preparer-un-atelier-local/calendrier"))
    assert not any(cases.evaluate_all("n => n.map((c) => c.checked)"))
