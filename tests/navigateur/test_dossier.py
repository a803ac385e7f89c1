"""The site opened from a folder, without a server: read, search titles, tick, print; nothing asked, no error."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from macros.moteur.construit.controle import controler
from macros.sorties.horsligne.dossier import NOM, contenus

from .conftest import ATTENTE

SANS_POLITIQUE = "politique de sécurité (CSP) absente"
"""What the check says of every page here, rightly: opened from a disk, a page has no origin, « 'self' » does not mean
the same files in every browser, and a policy that one of them misread would leave the page without its sheet.
``page_de_dossier`` takes it away, with every script but ours."""


@pytest.fixture(scope="session")
def dossier(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the zip of the real site holds, as a reader extracts it; the archive itself has its own test."""
    dossier = tmp_path_factory.mktemp("dossier") / NOM
    for chemin, contenu in contenus(site):
        (dossier / chemin).parent.mkdir(parents=True, exist_ok=True)
        (dossier / chemin).write_bytes(contenu)
    return dossier


@pytest.fixture
def fautes() -> list[str]:
    return []


@pytest.fixture
def contexte(navigateur: Browser, fautes: list[str]) -> Iterator[BrowserContext]:
    contexte = navigateur.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900}, offline=True)
    contexte.set_default_timeout(ATTENTE)
    yield contexte
    contexte.close()
    assert fautes == [], "\n".join(fautes)


@pytest.fixture
def page(contexte: BrowserContext, fautes: list[str]) -> Page:
    page = contexte.new_page()
    page.on("console", lambda m: fautes.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda erreur: fautes.append(str(erreur)))
    page.on("requestfailed", lambda r: fautes.append(f"échec : {r.url}"))
    page.on("request", lambda r: None if r.url.startswith(("file://", "data:")) else fautes.append(f"réseau : {r.url}"))
    return page


def test_every_link_leads_to_a_file(dossier: Path, site: Path, compter: Callable[[str, int], None]) -> None:
    """No link to a folder, none to what the zip has not, and every page of the site."""
    fautes = [faute for faute in controler(dossier).fautes if not faute.endswith(f" : {SANS_POLITIQUE}")]
    assert fautes == []
    html = {p.relative_to(dossier).as_posix() for p in dossier.rglob("*.html")} - {"LISEZ-MOI.html"}
    assert html == {p.relative_to(site).as_posix() for p in site.rglob("*.html")} - {"404.html"}
    for nom in sorted(html)[::10]:
        texte = (dossier / nom).read_text(encoding="utf-8")
        assert 'type="module"' not in texte and "<noscript" not in texte
        for lien in re.findall(r'<a\b[^>]*\shref="([^"]*)"', texte):
            chemin = unquote(urlsplit(lien).path)
            assert urlsplit(lien).scheme or not chemin or Path(chemin).suffix, f"{nom} : {lien}"
    compter("pages du site en un dossier", len(html))


def test_read_search_tick_and_print(dossier: Path, page: Page) -> None:
    page.goto((dossier / "index.html").as_uri())
    page.locator("nav[aria-label=Rubriques] a", has_text="Boîte à outils").click()
    expect(page.locator("h1")).to_be_visible()
    assert page.url.endswith("/methodes/index.html")

    # Search from the header: words of a title, without accents, on the page that lists everything.
    champ = page.locator("header form[role=search] input").first
    champ.fill("scenario rose")
    champ.press("Enter")
    expect(page.get_by_role("status").filter(has_text="trouvée")).to_be_visible()
    assert "/trouver/index.html?q=scenario" in page.url
    premier = page.get_by_role("list", name="Pages trouvées").get_by_role("link").first
    expect(premier).to_have_text(re.compile("rose", re.I))
    expect(page.locator("[data-resultats]")).to_be_hidden()
    page.locator("#trouver-q").fill("zzzz")
    expect(page.get_by_text("Aucun titre ne contient ces mots")).to_be_visible()
    page.locator("#trouver-q").fill("")
    expect(page.locator("[data-resultats]")).to_be_visible()

    # A check-list is found as it was left; a document is there; the theme changes; printing is offered.
    page.goto((dossier / "kits/preparer-un-atelier-flash/imprimer/index.html").as_uri())
    page.locator("[data-coches] input").first.check()
    page.reload()
    expect(page.locator("[data-coches] input").first).to_be_checked()
    document = page.locator("a[href*='documents/'][href$='.odt']").first.evaluate("lien => lien.href")
    assert Path(unquote(urlsplit(document).path)).stat().st_size > 5000
    page.evaluate("() => { window.imprimee = 0; window.print = () => { window.imprimee += 1; }; }")
    page.get_by_role("button", name="Imprimer le kit").click()
    assert page.evaluate("window.imprimee") == 1
    page.get_by_role("button", name="Passer au thème sombre").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert len(page.pdf()) > 50_000


@pytest.mark.parametrize(
    ("adresse", "mot"),
    [
        ("composer/index.html", "composer un atelier demande le site en ligne"),
        ("orientation/index.html", "répondre aux questions demande le site en ligne"),
        ("ma-commune/index.html", "choisir une commune demande le site en ligne"),
        ("ma-selection/index.html", "demande le site en ligne"),
        ("contribuer/formulaire/index.html", "le formulaire demande le site en ligne"),
        ("hors-ligne/index.html", "vous lisez déjà le site en un dossier"),
    ],
)
def test_what_does_not_work_says_so(dossier: Path, page: Page, adresse: str, mot: str) -> None:
    page.goto((dossier / adresse).as_uri())
    expect(page.locator(".bandeau", has_text="Site en un dossier")).to_contain_text(mot)
