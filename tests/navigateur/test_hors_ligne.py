"""Reading without a network, in a real browser: the server is stopped and the network cut, then both come back with a
new version."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from macros.sorties.horsligne.publication import publier

from .conftest import ATTENTE, PREFIXE, SousChemin

KIT = "kits/preparer-un-atelier-flash/"
LOT_DU_KIT = "kit:preparer-un-atelier-flash"
METHODES_GARDEES = 8
"""Pages of methods left in the small site: enough to find some, few enough to be kept in seconds."""
BILAN = """async ([lot, version]) => {
  const reponse = await caches.match(new URL("/base/.hors-ligne/etat", location.href).href);
  const etat = reponse && (await reponse.json());
  const compte = etat && (!version || etat.version === version) && etat.bilan[lot];
  return compte && compte.gardes === compte.fichiers;
}"""


class Traces(SousChemin):
    """Remembers what it was asked for."""

    def do_GET(self) -> None:  # noqa: N802 - the name is the library's
        self.server.demandes.append(self.path.removeprefix(PREFIXE))  # type: ignore[attr-defined]
        if self.server.en_panne:  # type: ignore[attr-defined]
            self.send_error(503)
            return
        if self.path in self.server.alteres:  # type: ignore[attr-defined]
            corps = b"<!doctype html><html lang=fr><title>Portail</title><p>Identifiez-vous."
            self.send_response(200)
            self.send_header("Content-Length", str(len(corps)))
            self.end_headers()
            self.wfile.write(corps)
            return
        super().do_GET()


class Serveur:
    """The site on one port, that can stop, start again and change version."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier
        self.port = 0
        self.demandes: list[str] = []
        self.alteres: set[str] = set()
        self.demarrer()

    @property
    def en_panne(self) -> bool:
        return bool(self._serveur.en_panne)  # type: ignore[attr-defined]

    @en_panne.setter
    def en_panne(self, valeur: bool) -> None:
        self._serveur.en_panne = valeur  # type: ignore[attr-defined]

    def demarrer(self) -> None:
        poignee = partial(Traces, prefixe=PREFIXE, directory=str(self.dossier))
        self._serveur = ThreadingHTTPServer(("127.0.0.1", self.port), poignee)
        self._serveur.demandes = self.demandes  # type: ignore[attr-defined]
        self._serveur.alteres = self.alteres  # type: ignore[attr-defined]
        self._serveur.en_panne = False  # type: ignore[attr-defined]
        self.port = self._serveur.server_port
        self._fil = threading.Thread(target=self._serveur.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._fil.start()

    def arreter(self) -> None:
        self._serveur.shutdown()
        self._serveur.server_close()
        self._fil.join()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}{PREFIXE}"


def recrire(place: Path, changement: Callable[[str], str]) -> None:
    """Change a file of a copy made of links, without changing its original."""
    texte = changement(place.read_text(encoding="utf-8"))
    place.unlink()
    place.write_text(texte, encoding="utf-8")


@pytest.fixture(scope="session")
def petit_site(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site with fewer methods, published again for offline reading."""
    copie = tmp_path_factory.mktemp("hors-ligne") / "site"
    shutil.copytree(site, copie, copy_function=os.link, ignore=shutil.ignore_patterns("communes", "*.map", "lunr"))
    gardees = {"marche-sensible", "diagnostic-en-marchant"}
    for dossier in sorted(p for p in (copie / "methodes").iterdir() if p.is_dir())[METHODES_GARDEES:]:
        if dossier.name not in gardees:
            shutil.rmtree(dossier)
    for nom in ("sw.js", "hors-ligne.json"):
        (copie / nom).unlink(missing_ok=True)
    publier(copie)
    return copie


@pytest.fixture
def serveur(petit_site: Path) -> Iterator[Serveur]:
    serveur = Serveur(petit_site)
    yield serveur
    serveur.arreter()


@pytest.fixture
def contexte(navigateur: Browser) -> Iterator[BrowserContext]:
    contexte = navigateur.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    contexte.set_default_timeout(ATTENTE)
    yield contexte
    contexte.close()


def attendre(page: Page, lot: str, version: str = "") -> None:
    """Wait until a lot is wholly kept, in this version of the site."""
    jusqu_a(page, BILAN, [lot, version])


def jusqu_a(page: Page, question: str, arg: object = None) -> None:
    """Ask a page until it says yes. Playwright's own waiting takes a promise for a yes."""
    limite = time.monotonic() + ATTENTE / 1000
    while not page.evaluate(question, arg):
        assert time.monotonic() < limite, f"toujours pas : {question} {arg}"
        time.sleep(0.1)


def bandeau(page: Page) -> Any:
    return page.locator(".avis-copie [role=status]")


def test_a_day_in_the_field(
    serveur: Serveur, contexte: BrowserContext, petit_site: Path, tmp_path: Path, compter: Callable[[str, int], None]
) -> None:
    """One visit, then no network: find, open, tick, compose. Back online: what is new is told, nothing reloads by
    itself."""
    page = contexte.new_page()
    exceptions: list[str] = []
    page.on("pageerror", lambda erreur: exceptions.append(str(erreur)))
    at_the_office(page, serveur)
    contexte.set_offline(True)
    serveur.arreter()
    find_a_method(page, serveur)
    use_the_kit(page, serveur)
    compose(page, serveur)
    ask_for_what_is_not_kept(page, serveur)
    page.goto(serveur.base + KIT)
    expect(bandeau(page)).to_contain_text("Vous lisez la copie")
    publish_again(serveur, petit_site, tmp_path / "deuxieme")
    come_back(page, contexte, serveur)
    assert exceptions == []
    compter("parcours sans réseau, serveur arrêté", 5)


def at_the_office(page: Page, serveur: Serveur) -> None:
    """The essential comes by itself, after the page; one kit with its documents on request; nothing else."""
    page.goto(f"{serveur.base}{KIT}documents/")
    assert "sw.js" not in serveur.demandes, "rien de la copie avant la fin du chargement"
    attendre(page, "essentiel")
    expect(page.locator("[data-hors-ligne]")).to_have_text(
        re.compile(r"^Disponible hors ligne.*copie du \d.*\s20\d\d\.$")
    )
    en_trop = [d for d in serveur.demandes if d.startswith(("dispositifs/", "documents/", "api/communes/"))]
    assert en_trop == [], "gardé sans être demandé"
    page.get_by_role("button", name=re.compile("Garder ce kit hors ligne, avec ses documents")).click()
    attendre(page, LOT_DU_KIT)
    expect(page.get_by_text("Ce kit et ses documents sont disponibles hors ligne")).to_be_visible()


def find_a_method(page: Page, serveur: Serveur) -> None:
    """By what it is for, with the search box, then on the page of the filters."""
    page.goto(serveur.base)
    expect(bandeau(page)).to_have_text(re.compile(r"^Vous lisez la copie du \d.*\s20\d\d, hors connexion\.$"))
    page.keyboard.press("/")
    page.locator("[data-recherche] input").fill("marche sensible")
    expect(page.locator("[data-recherche] [role=option]", has_text=re.compile("marche", re.I)).first).to_be_visible()
    page.goto(serveur.base + "trouver/?q=marche+sensible")
    page.locator("[data-resultats] a[href*='methodes/marche-sensible/']").first.click()
    expect(page.locator("h1")).to_contain_text(re.compile("marche", re.I))
    expect(bandeau(page)).to_contain_text("Vous lisez la copie")


def use_the_kit(page: Page, serveur: Serveur) -> None:
    """A box ticked is found ticked after a reload; a document kept is there, whole."""
    page.goto(f"{serveur.base}{KIT}calendrier/")
    case = page.locator("[data-coches] input").first
    case.check()
    page.reload()
    expect(case).to_be_checked()
    page.get_by_role("navigation", name="Pages de la fiche").get_by_role("link", name="Documents").click()
    document = page.locator("a[href*='documents/'][href$='.odt']").first.get_attribute("href")
    lire = (
        "async (adresse) => { const r = await fetch(adresse); return [r.status, (await r.arrayBuffer()).byteLength]; }"
    )
    statut, octets = page.evaluate(lire, document)
    assert statut == 200 and octets > 5000


def compose(page: Page, serveur: Serveur) -> None:
    page.goto(serveur.base + "composer/?kit=atelier-territorial-journee")
    titre = page.locator("[data-champ=titre]")
    expect(titre).not_to_have_value("")
    titre.fill("Atelier sans réseau")
    titre.blur()
    expect(page.locator("[data-jours] li").first).to_be_visible()
    page.wait_for_timeout(600)  # drafts are written a moment after the last change
    page.goto(serveur.base + "composer/")
    expect(page.locator("[data-brouillon-recent]")).to_contain_text("Atelier sans réseau")


def ask_for_what_is_not_kept(page: Page, serveur: Serveur) -> None:
    """A page of the site that is not kept is told apart from an address that leads nowhere."""
    manquante = page.locator("[data-manquante-texte]")
    page.goto(serveur.base + "dispositifs/atelier-flash/")
    assert "/hors-ligne/?page=" in page.url
    expect(manquante).to_have_text(re.compile("atelier-flash.* n’est pas gardé sur cet appareil"))
    page.goto(serveur.base + "nulle-part/")
    expect(manquante).to_contain_text("n’est l’adresse d’aucune page connue")
    expect(page.locator("[data-manquante] a[href$='/kits/']")).to_be_visible()


def publish_again(serveur: Serveur, premiere: Path, deuxieme: Path) -> None:
    """The same site with one page changed, served from now on."""
    shutil.copytree(premiere, deuxieme, copy_function=os.link)
    recrire(deuxieme / KIT / "index.html", lambda t: t.replace("</h1>", " (texte nouveau)</h1>", 1))
    for nom in ("sw.js", "hors-ligne.json"):
        (deuxieme / nom).unlink()
    publier(deuxieme)
    serveur.dossier = deuxieme
    serveur.demandes.clear()
    serveur.demarrer()


def come_back(page: Page, contexte: BrowserContext, serveur: Serveur) -> None:
    """The open page announces the new version and stays; only what changed is fetched; reloaded, it is the new one."""
    page.evaluate("() => { window.jamaisRechargee = true; }")
    contexte.set_offline(False)
    expect(bandeau(page)).to_have_text("Une nouvelle version de cette page est disponible.")
    assert page.evaluate("window.jamaisRechargee") and "texte nouveau" not in page.locator("h1").inner_text()
    version = json.loads((serveur.dossier / "hors-ligne.json").read_text(encoding="utf-8"))["version"]
    attendre(page, "essentiel", version)
    attendre(page, LOT_DU_KIT, version)
    repris = {d for d in serveur.demandes if "sw.js" not in d and "hors-ligne.json" not in d}
    assert repris == {KIT}, f"repris pour rien : {repris}"
    page.get_by_role("button", name="Recharger").click()
    expect(page.locator("h1")).to_contain_text("texte nouveau")
    expect(page.locator(".avis-copie")).to_have_count(0)
    contexte.set_offline(True)
    page.reload()
    expect(page.locator("h1")).to_contain_text("texte nouveau")
    expect(bandeau(page)).to_contain_text("Vous lisez la copie")


def test_a_slow_network_is_not_waited_for(serveur: Serveur, contexte: BrowserContext) -> None:
    """A server that answers nothing, or an error of its own: the copy comes after a few seconds, and says why."""
    page = contexte.new_page()
    page.goto(serveur.base + "hors-ligne/")
    attendre(page, "coquille")
    serveur.en_panne = True
    page.goto(serveur.base)
    expect(bandeau(page)).to_contain_text("Vous lisez la copie")
    serveur.en_panne = False
    serveur.arreter()
    muet = socket_muet(serveur.port)
    page.goto(serveur.base)
    expect(bandeau(page)).to_have_text(re.compile("le site n’a pas répondu à temps"))
    muet.close()
    serveur.demarrer()
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator(".avis-copie")).to_have_count(0)


def socket_muet(port: int) -> Any:
    import socket

    prise = socket.socket()
    prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    prise.bind(("127.0.0.1", port))
    prise.listen(64)
    return prise


LIMITEE = "Object.defineProperty(navigator, 'connection', { value: { saveData: true, effectiveType: '4g' } })"


def test_on_a_metered_connection_nothing_unasked(serveur: Serveur, contexte: BrowserContext) -> None:
    """The shell alone comes; the rest on request, with its size; a server that changes pages is refused; then all is
    removed."""
    contexte.add_init_script(LIMITEE)
    page = contexte.new_page()
    page.goto(serveur.base)
    attendre(page, "coquille")
    expect(page.locator("[data-hors-ligne]")).to_have_text(
        re.compile(r"^Pas encore disponible hors ligne \([\d,]+\sMo à garder\)\.$")
    )
    assert not [d for d in serveur.demandes if d.startswith(("methodes/", "kits/"))]

    page.goto(serveur.base + "hors-ligne/")
    etat = page.locator(".hors-ligne__etat")
    expect(etat).to_contain_text("lente ou comptée")
    expect(page.get_by_role("button", name=re.compile(r"^Tout garder hors ligne \([\d,]+\sMo\)$"))).to_be_visible()

    # Something between the site and the reader answers in its place: not kept, and told.
    serveur.alteres.add(f"{PREFIXE}glossaire/")
    rang = page.locator("[data-lot=essentiel]")
    rang.get_by_role("button").click()
    expect(etat).to_contain_text("le réseau modifie les pages")
    expect(rang.locator("[data-mot]")).to_have_text("En partie gardé")
    assert not page.evaluate("async () => Boolean(await caches.match('/base/glossaire/index.html'))")
    serveur.alteres.clear()
    rang.get_by_role("button", name=re.compile("^Garder")).click()
    attendre(page, "essentiel")
    expect(rang.locator("[data-mot]")).to_have_text("Gardé")
    expect(etat).to_contain_text("sont disponibles hors ligne")

    # Not enough room for the rest: told, and what was kept stays.
    cdp = contexte.new_cdp_session(page)
    cdp.send("Storage.overrideQuotaForOrigin", {"origin": serveur.base.removesuffix(PREFIXE), "quotaSize": 100_000})
    page.get_by_role("button", name=re.compile("^Tout garder")).click()
    expect(etat).to_contain_text("Il manque de la place sur cet appareil")
    attendre(page, "essentiel")
    cdp.send("Storage.overrideQuotaForOrigin", {"origin": serveur.base.removesuffix(PREFIXE)})

    # Removed: nothing left, and nothing comes back unasked.
    page.get_by_role("button", name="Retirer de cet appareil").click()
    expect(etat).to_contain_text("retirée de cet appareil")
    reste = "async () => [(await navigator.serviceWorker.getRegistrations()).length, (await caches.keys()).length]"
    assert page.evaluate(reste) == [0, 0]
    page.reload()
    expect(etat).to_contain_text("retirée de cet appareil")
    page.goto(serveur.base)
    page.wait_for_timeout(2500)
    assert page.evaluate(reste) == [0, 0]


def test_a_preview_undoes_what_is_left(
    serveur: Serveur, contexte: BrowserContext, petit_site: Path, tmp_path: Path
) -> None:
    """A page without the mark of offline reading, as « make serve » gives it, removes the copy left at the same
    address."""
    contexte.add_init_script(LIMITEE)
    page = contexte.new_page()
    page.goto(serveur.base + "hors-ligne/")
    attendre(page, "coquille")
    apercu = tmp_path / "apercu"
    shutil.copytree(petit_site, apercu, copy_function=os.link)
    recrire(apercu / "index.html", lambda t: re.sub(r"<p[^>]*data-hors-ligne[^>]*></p>", "", t))
    (apercu / "sw.js").unlink()
    serveur.arreter()
    serveur.dossier = apercu
    serveur.demarrer()
    page.goto(serveur.base)
    jusqu_a(
        page, "async () => !(await navigator.serviceWorker.getRegistrations()).length && !(await caches.keys()).length"
    )
