"""A real browser on the built site: local servers, pages that record what they should never do, the templates."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, Route, expect, sync_playwright

from tests.conftest import compteurs

PREFIXE = "/base/"
# Debian's Chromium starts a process for its own toolbar with each context, which no test sees: a quarter of the time of
# a short test. The switch replaces Playwright's, so what matters of its list is said again.
SANS_BARRE = "--disable-features=" + ",".join(
    [
        *("WebUIToolbar", "InitialWebUI", "WebUIReloadButton", "WebUITabStrip"),
        *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
        *("DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "MediaRouter"),
        *("PaintHolding", "ThirdPartyStoragePartitioning", "OptimizationHints", "NetworkTimeServiceQuerying"),
        *("AimEnabled", "PreconnectToSearch"),
    ]
)
LARGEURS = {390: 844, 1280: 900}
ATTENTE = 45_000
"""Milliseconds left to anything awaited: long enough for a busy machine, short enough to fail soon."""

# One page at least of each template, and every page that is not a fiche.
GABARITS = [
    "",
    "dispositifs/atelier-flash/",
    "partenaires/cerema/",
    "actions/vialas-atelier-ambiances/",
    "sites/poix-du-nord/",
    "methodes/scenario-rose-noir/",
    "kits/preparer-un-atelier-flash/",
    "kits/preparer-un-atelier-flash/deroule/",
    "kits/atelier-territorial-journee/imprimer/",
    "themes/friches-foncier/",
    "trouver/",
    "orientation/",
    "trouver-un-appui/",
    "comparer/",
    "comparer-des-partenaires/",
    "dispositifs/",
    "partenaires/",
    "kits/",
    "kits/documents/",
    "composer/",
    "composer/?kit=atelier-territorial-journee",
    "composer/animer/",
    "methodes/",
    "methodes/boite-a-outils-ddt/",
    "exemples/",
    "ma-commune/",
    "ma-commune/?code=59464",
    "exemples/carte/",
    "sites/",
    "actions/",
    "themes/",
    "glossaire/",
    "sources/",
    "ma-selection/",
    "ma-fiche-d-appels/",
    "donnees-de-reference/",
    "contribuer/",
    "contribuer/bonne-fiche/",
    "contribuer/formulaire/",
    "contribuer/signaler/",
    "contribuer/ecrire-une-fiche/",
    "contribuer/fiches-a-remplir/",
    "contribuer/champs/",
    "contribuer/vocabulaires/",
    "contribuer/macros/",
    "contribuer/exclusions/",
    "contribuer/mise-en-ligne/",
    "quoi-de-neuf/",
    "qualite/",
    "donnees/",
    "hors-ligne/",
    "mentions-legales/",
    "vie-privee/",
    "accessibilite/",
]
PERDUE = "404.html"
BOITE = "methodes/boite-a-outils-ddt/"
"""Written by hand, with the sources of the sequence it describes."""
DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
FICHES = [
    page
    for page in GABARITS
    if page.count("/") == 2 and page.split("/")[0] != "themes" and not (DOCS / f"{page.rstrip('/')}.md").exists()
]
"""Pages made from a fiche: no page of ``docs/`` holds them."""

SANS_COPIE = "Service Worker registration blocked by Playwright"
"""What Playwright says in the console in place of a page that would keep a copy."""

expect.set_options(timeout=ATTENTE)


# A gesture before the page's modules have come would be lost, and the test late by its whole delay.
PRETE = "() => !document.querySelector('script[type=module]') || document.documentElement.dataset.pret !== undefined"


@pytest.fixture
def compter() -> Callable[[str, int], None]:
    """Add to what the run says it checked."""

    def ajouter(quoi: str, combien: int) -> None:
        compteurs[quoi] += combien

    return ajouter


class SousChemin(SimpleHTTPRequestHandler):
    """The site under a path, and nothing anywhere else: a link that assumes the root of the host fails."""

    def __init__(self, *args: object, prefixe: str, directory: str) -> None:
        self.prefixe = prefixe
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        chemin = urlsplit(path).path
        if not chemin.startswith(self.prefixe):
            return str(Path(self.directory) / "hors-du-site")
        return super().translate_path("/" + chemin.removeprefix(self.prefixe))

    def do_GET(self) -> None:
        """Serve; to a test that names a script by its source, ``assets/js/…``, give the published one, not a copy of
        it."""
        source = f"{self.prefixe}assets/js/"
        if not self.path.startswith(source):
            super().do_GET()
            return
        publie = next(Path(self.directory).glob("assets/e-*/js")).relative_to(self.directory).as_posix()
        corps = f'export * from "{self.prefixe}{publie}/{self.path.removeprefix(source)}";'.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript")
        self.send_header("Content-Length", str(len(corps)))
        self.end_headers()
        self.wfile.write(corps)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a missing page as the hosts of static sites do: with 404.html."""
        perdue = Path(self.directory) / PERDUE
        if code != 404 or not perdue.is_file():
            super().send_error(code, message, explain)
            return
        corps = perdue.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(corps)))
        self.end_headers()
        self.wfile.write(corps)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


class Serveur(ThreadingHTTPServer):
    """A browser that leaves a page closes its connections: nothing to tell."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def servir(dossier: Path, prefixe: str) -> Iterator[str]:
    serveur = Serveur(("127.0.0.1", 0), partial(SousChemin, prefixe=prefixe, directory=str(dossier)))
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    yield f"http://127.0.0.1:{serveur.server_port}{prefixe}"
    serveur.shutdown()
    serveur.server_close()
    fil.join()


@pytest.fixture(scope="session")
def base(site: Path) -> Iterator[str]:
    """Address of the site under a sub-path."""
    yield from servir(site, PREFIXE)


@pytest.fixture(scope="session")
def base_404(site: Path) -> Iterator[str]:
    """Address of the site at the root, for 404.html only.

    Served at any depth, it cannot have relative links: MkDocs writes them from the root that site_url gives.
    """
    yield from servir(site, "/")


@pytest.fixture(scope="session")
def navigateur() -> Iterator[Browser]:
    """Chromium, the one of the system."""
    chemin = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert chemin, "Chromium introuvable : installez-le, ou donnez son chemin dans la variable CHROMIUM."
    with sync_playwright() as moteur:
        chromium = moteur.chromium.launch(executable_path=chemin, args=["--no-sandbox", SANS_BARRE])
        yield chromium
        chromium.close()


GUETTE_POLITIQUE = """addEventListener("securitypolicyviolation", (v) => console.error(
  `violation CSP : ${v.effectiveDirective} ${v.blockedURI} ${v.sourceFile}:${v.lineNumber} ${v.sample}`))"""
"""Run in every page before its own scripts: what the policy refuses joins the errors of the console."""


def _of_a_broken_xml(message: ConsoleMessage) -> bool:
    """Whether Chromium speaks of its own notice: it answers XML that is not well formed by a document, never shown,
    that says so with two inline styles, and reports that the policy refuses them. An imported file may be broken;
    nothing is ours there."""
    texte, ou = message.text, "importation/xml.js"
    return (texte.startswith("Applying inline style violates") and message.location["url"].endswith(ou)) or (
        texte.startswith("violation CSP : style-src-attr inline ") and ou in texte
    )


@dataclass
class Journal:
    """What a page must never do; read at the end of each test."""

    fautes: list[str] = field(default_factory=list)
    violations: int = 0
    toleres: tuple[str, ...] = ()

    def console(self, message: ConsoleMessage) -> None:
        if _of_a_broken_xml(message):
            return
        self.violations += message.text.startswith("violation CSP")
        if message.type in ("error", "warning") and SANS_COPIE not in message.text:
            self.fautes.append(f"console ({message.type}) : {message.text} {message.location}")

    def exception(self, erreur: Exception) -> None:
        self.fautes.append(f"exception : {erreur}")

    def reponse(self, reponse: Response) -> None:
        if reponse.status >= 400:
            self.fautes.append(f"réponse {reponse.status} : {reponse.url}")

    def restantes(self) -> list[str]:
        return [faute for faute in self.fautes if not any(mot in faute for mot in self.toleres)]


@pytest.fixture
def journal() -> Journal:
    """Faults recorded during the test; a test may tolerate some, by a piece of their text."""
    return Journal()


@pytest.fixture
def ouvrir(navigateur: Browser, base: str, journal: Journal) -> Iterator[Callable[..., Page]]:
    """Open a page of the site: relative address, width, colour scheme, with or without scripts.

    Pages opened in one test share nothing, unless « avec » gives one whose context to reuse. Whatever the test,
    it fails if a page asked anything of another server, logged an error, threw, or met a missing file.
    """
    contextes = []

    def route(demande: Route) -> None:
        if urlsplit(demande.request.url).hostname == "127.0.0.1":
            demande.fallback()
        else:
            journal.fautes.append(f"requête hors du site : {demande.request.url}")
            demande.abort()

    def ouvre(
        adresse: str = "",
        largeur: int = 1280,
        theme: str = "light",
        scripts: bool = True,
        avec: Page | None = None,
        prepare: Callable[[Page], None] | None = None,
    ) -> Page:
        if avec is not None:
            contexte = avec.context
        else:
            contexte = navigateur.new_context(
                viewport={"width": largeur, "height": LARGEURS.get(largeur, 844)},
                color_scheme=theme,  # type: ignore[arg-type]
                java_script_enabled=scripts,
                reduced_motion="reduce",
                locale="fr-FR",
                service_workers="block",  # the copy to read offline has its own tests; elsewhere it would only cost time
            )
            contexte.set_default_timeout(ATTENTE)
            contexte.add_init_script(GUETTE_POLITIQUE)
            contexte.route(lambda url: urlsplit(url).hostname != "127.0.0.1", route)
            contextes.append(contexte)
        page = contexte.new_page()
        page.on("console", journal.console)
        page.on("pageerror", journal.exception)
        page.on("response", journal.reponse)
        if prepare:
            prepare(page)
        page.goto(adresse if "://" in adresse else base + adresse)
        if scripts:
            page.wait_for_function(PRETE)
        return page

    yield ouvre
    ouvertes = sum(len(contexte.pages) for contexte in contextes)
    for contexte in contextes:
        contexte.close()
    compteurs["pages ouvertes sous leur politique de sécurité (CSP)"] += ouvertes
    compteurs["violations de la politique de sécurité (CSP)"] += journal.violations
    compteurs["requêtes hors du site"] += sum("requête hors du site" in faute for faute in journal.fautes)
    assert journal.restantes() == [], "\n".join(journal.restantes())
