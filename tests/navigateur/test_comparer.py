"""Comparer and freshness in a real browser: the address restores, nothing hostile passes, the clock moves on."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from io import BytesIO
from urllib.parse import quote

import pypdf
import pytest
from playwright.sync_api import Page, expect

from macros.catalogue.fige import Catalogue
from macros.catalogue.fraicheur import fin_de_vigueur, prochaine
from macros.ecriture.rendu import adresse

URI = "comparer/"
TETES = "thead th[data-comparer-tete] > a"
QUATRE = "atelier-flash,atelier-local,atelier-national,ateliers-a-la-carte"
DEFAUT = ["Atelier flash", "Atelier local", "Atelier national (sessions thématiques)"]


def colonnes(page: Page) -> list[str]:
    return page.locator(TETES).all_text_contents()


def test_the_address_restores(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(URI + "?fiches=crte,atelier-local&differences=oui")
    expect(page.locator(TETES)).to_have_count(2)  # the address is read once the script is there
    assert colonnes(page) == ["Contrat pour la réussite de la transition écologique", "Atelier local"]
    assert page.locator("[data-comparer-differences]").is_checked()
    assert set(page.locator("tr[data-rangee]:visible").evaluate_all("n => n.map((r) => r.dataset.verdict)")) == {
        "different"
    }
    page.locator("[data-comparer-differences]").uncheck()
    assert "differences" not in page.url
    page.locator("[data-comparer-choix] select").nth(2).select_option("fonds-friches")
    assert page.url.endswith("?fiches=crte,atelier-local,fonds-friches")
    assert colonnes(page)[2] == "Fonds friches"
    assert page.locator("thead th").nth(3).locator(".comparer__etat").inner_text() == "Historique"
    page.go_back()
    expect(page.locator(TETES)).to_have_count(2)
    page.reload()
    expect(page.locator(TETES)).to_have_count(2)


def test_what_python_and_the_browser_say_agree(ouvrir: Callable[..., Page]) -> None:
    lire = "n => n.map((r) => r.dataset.verdict + r.textContent.replace(/\\s+/g, ''))"
    sans, avec = ouvrir(URI, scripts=False), ouvrir(URI)
    assert colonnes(sans) == colonnes(avec) == DEFAUT
    assert sans.locator("tr[data-rangee]").evaluate_all(lire) == avec.locator("tr[data-rangee]").evaluate_all(lire)


def test_without_a_script(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(URI, scripts=False)
    expect(page.locator("tr[data-rangee]")).to_have_count(13)
    expect(page.locator("[data-comparer-choix]")).to_be_hidden()
    assert page.locator("tr[data-rangee] td:empty").count() == 0


ADRESSES = {
    "": (3, ""),
    "?fiches=": (3, "comparaison proposée"),
    "?fiches=atelier-flash": (1, "second dispositif"),
    "?fiches=atelier-flash,atelier-flash": (1, "second dispositif"),
    "?fiches=atelier-flash,inconnu,crte": (2, "« inconnu » n’est pas un dispositif"),
    "?fiches=a,b,crte,atelier-flash": (2, "2 dispositifs demandés n’existent pas"),
    "?fiches=crte,atelier-flash,atelier-local,fonds-vert,opah": (4, "Pas plus de quatre"),
    "?fiches=__proto__,constructor": (3, "n’existent pas"),
    "?fiches=" + quote("<img src=x onerror=window.pris=1>"): (3, "<img"),
    "?fiches=" + "x" * 4000: (3, "n’est pas un dispositif"),
    "?fiches=%E0%A4%A": (3, "n’est pas un dispositif"),
    "?fiches=javascript:window.pris=1,cerema": (3, "n’existent pas"),
}


def test_hostile_addresses(ouvrir: Callable[..., Page], base: str) -> None:
    page = ouvrir(URI, largeur=390)
    for suite, (nombre, message) in ADRESSES.items():
        page.goto("about:blank")
        page.goto(base + URI + suite)
        expect(page.locator("[data-comparer-choix]")).to_be_visible()
        expect(page.locator(TETES)).to_have_count(nombre)
        messages = page.locator("[data-comparer-messages]").inner_text().replace("\u00a0", " ")
        assert message in messages, suite
        assert bool(messages) == bool(message), suite
        assert page.evaluate("() => window.pris") is None
        assert page.locator(".comparer img").count() == 0
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), suite


def test_keyboard(ouvrir: Callable[..., Page]) -> None:
    """Every control is reached in order, and the table scrolls under the keys of a narrow screen."""
    page = ouvrir(URI, largeur=768)
    premier = page.locator("[data-comparer-choix] select").first
    expect(premier).to_be_visible()
    premier.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(TETES).first).not_to_have_text("Atelier flash")
    vus = []
    for _ in range(6):
        page.keyboard.press("Tab")
        vus.append(page.evaluate("() => document.activeElement.classList[0] + ' ' + document.activeElement.localName"))
    assert [vu.split()[-1] for vu in vus] == ["select", "select", "select", "input", "button", "div"]
    assert "comparer__cadre" in vus[-1]
    cadre = page.locator(".comparer__cadre")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.comparer__cadre').scrollLeft > 0")
    assert cadre.get_attribute("role") == "region"


LONGUES = "?fiches=fonds-vert,cerema-adhesion,epf-intervention,petites-villes-de-demain"
PARTENAIRES = "comparer-des-partenaires/"


@pytest.mark.parametrize(
    "adresse", [URI, URI + "?fiches=atelier-flash,atelier-local", URI + "?fiches=" + QUATRE, URI + LONGUES, PARTENAIRES]
)
def test_one_sheet_of_paper(ouvrir: Callable[..., Page], adresse: str) -> None:
    """One landscape page, never under eight points."""
    page = ouvrir(adresse)
    pdf = pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(pdf.pages) == 1
    largeur, hauteur = (float(v) for v in pdf.pages[0].mediabox[2:])
    assert largeur > hauteur
    texte = unicodedata.normalize("NFKC", pdf.pages[0].extract_text())
    assert "Coût pour vous" in texte
    for titre in colonnes(page):
        assert titre.split()[0] in texte
    page.emulate_media(media="print")
    tailles = page.locator(".comparer :is(th, td, p, li)").evaluate_all(
        "n => n.filter((e) => e.checkVisibility()).map((e) => parseFloat(getComputedStyle(e).fontSize) * .75)"
    )
    assert min(tailles) >= 8 - 0.01


@pytest.mark.parametrize("adresse", [URI + "?fiches=" + QUATRE, PARTENAIRES])
def test_on_a_phone_one_block_a_criterion(ouvrir: Callable[..., Page], adresse: str) -> None:
    """Each answer under its criterion, with the name of its fiche; nothing scrolls sideways."""
    page = ouvrir(adresse, largeur=390)
    expect(page.locator("[data-comparer-choix]")).to_be_visible()
    noms = colonnes(page)
    for rangee in page.locator("tr[data-rangee]").all():
        assert rangee.locator(".comparer__qui").all_inner_texts() == noms
        gauches = rangee.locator("td").evaluate_all("n => n.map((e) => e.getBoundingClientRect().left)")
        assert len(set(gauches)) == 1
    assert page.locator(".comparer__cadre").evaluate("e => getComputedStyle(e).overflowX") == "visible"
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_two_partners(ouvrir: Callable[..., Page]) -> None:
    """From the page of a partner to those of the same nature; a dispositif is not one of them."""
    page = ouvrir("partenaires/caue/")
    page.get_by_role("link", name=re.compile("^Comparer avec")).click()
    expect(page.locator(TETES).first).to_have_text("CAUE")
    assert len(colonnes(page)) > 1
    page = ouvrir(PARTENAIRES + "?fiches=caue,atelier-flash", avec=page)
    expect(page.locator("[data-comparer-messages]")).to_contain_text("n’est pas un partenaire")


def avancer(jour: str) -> Callable[[Page], None]:
    def prepare(page: Page) -> None:
        page.clock.set_fixed_time(f"{jour}T12:00:00")

    return prepare


def test_a_validity_ends_without_a_rebuild(ouvrir: Callable[..., Page]) -> None:
    """Territoires d’industrie is said to end in 2027: from 2028, its page, lists and comparisons say so."""
    fiche = "dispositifs/territoires-industrie/"
    for jour, finie in (("2027-12-31", False), ("2028-01-01", True)):
        prepare = avancer(jour)
        page = ouvrir(fiche, prepare=prepare)
        expect(page.locator(".bandeau--a-confirmer")).to_be_visible(visible=finie)
        page = ouvrir("dispositifs/", prepare=prepare)
        fait = page.locator(".ligne-fiche", has=page.locator("a[href$='territoires-industrie/']")).locator(
            ".est-alerte"
        )
        expect(fait).to_be_visible(visible=finie)
        page = ouvrir(URI + "?fiches=territoires-industrie,crte", prepare=prepare)
        etat = page.locator("[data-comparer-tete='territoires-industrie'] .comparer__etat:visible")
        expect(etat).to_have_text("À confirmer" if finie else "En vigueur")


def test_a_selection_ages_as_its_fiches(ouvrir: Callable[..., Page], catalogue: Catalogue) -> None:
    """Without an announced end, a dispositif lives two years by its last proof, in a selection as on its page."""
    prouves = ((f, fin_de_vigueur(f) or "") for f in catalogue.du_type("dispositif") if not f.validite.fin)
    fiche, jour = next((f, fin) for f, fin in prouves if len(fin) == len("2028-11-28"))
    fin = dt.date.fromisoformat(jour)
    for ecart, mot in ((0, "En vigueur"), (1, "À confirmer")):
        page = ouvrir(adresse(fiche), prepare=avancer((fin + dt.timedelta(ecart)).isoformat()))
        page.locator("[data-selection]").first.click()
        page.goto(page.url.replace(adresse(fiche), "ma-selection/"))
        expect(page.locator(".selection__etat strong").first).to_have_text(mot)


def test_search_results_follow_the_clock(ouvrir: Callable[..., Page]) -> None:
    for jour, dite in (("2027-06-01", False), ("2028-06-01", True)):
        page = ouvrir("trouver/?q=territoires+d%27industrie", prepare=avancer(jour))
        ligne = page.locator(".ligne-fiche", has=page.locator("a[href$='/territoires-industrie/']")).first
        expect(ligne).to_be_visible()
        expect(ligne.get_by_text("À confirmer")).to_be_visible(visible=dite)


def test_a_delay_that_passes_is_said_on_its_day(ouvrir: Callable[..., Page], catalogue: Catalogue) -> None:
    page = ouvrir("qualite/", prepare=avancer("2026-11-22"))
    expect(page.locator(".fraicheur__passe:visible")).to_have_count(0)
    expect(page.get_by_text("Rien n’a dépassé son délai")).to_be_visible()
    page = ouvrir("qualite/", prepare=avancer("2027-12-01"))
    assert page.locator(".fraicheur__passe:visible").count() >= 2
    expect(page.get_by_text("Rien n’a dépassé son délai")).to_be_hidden()
    echeance = prochaine(catalogue.fiches["atelier-flash"])
    assert echeance
    for ecart, passee in ((-1, False), (0, True)):
        jour = dt.date.fromisoformat(echeance.le) + dt.timedelta(ecart)
        page = ouvrir("dispositifs/atelier-flash/", prepare=avancer(jour.isoformat()))
        expect(page.locator(".reperes [data-apres]")).to_have_js_property("hidden", not passee)
        expect(page.locator(".reperes [data-avant]")).to_have_js_property("hidden", passee)
