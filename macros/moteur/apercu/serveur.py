"""Answers browsers: before each page, looks whether something was saved; tells a page once it is no longer the same.

Nothing is kept that could be stale: a page is made when it is asked for, in a few milliseconds, and again after any
change; so is the index, when somebody searches. Documents, which take seconds, are made aside once nothing has been
saved for a while.
"""

from __future__ import annotations

import hashlib
import logging
import mimetypes
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlsplit

from macros.ecriture.rendu import GABARITS
from macros.lecture.pannes import dire_erreur_systeme, page_de_panne
from macros.moteur.apercu.cadre import Cadre
from macros.moteur.apercu.commande import Apercu
from macros.moteur.apercu.veille import Releve, relever
from macros.moteur.memoire import RACINE, memoire, source
from macros.sorties.recherche.construction import DOSSIER, documents_du_projet, fichiers

journal = logging.getLogger("mkdocs.accompagner")
PERIODE = 0.2
"""Seconds between two looks at what was saved, while nobody asks for a page."""
CALME = 1.0
"""Seconds without anything saved before what takes time is made again."""
PATIENCE = 50
"""Seconds that a page waits to be told that it changed, before it asks again."""
SONDAGE = "/_apercu"
"""Where a page asks whether it has changed."""


class Reponse(NamedTuple):
    """What is sent back: status, type, content."""

    statut: int
    type: str
    octets: bytes


class Site:
    """The site as it is at this moment. ``dossier``: an empty folder to work in. Every method may be called from any
    thread."""

    def __init__(self, dossier: Path, adresse: str) -> None:
        self._dossier, self._adresse = dossier, adresse
        self._apercu = Apercu.courant()
        self._tour = threading.Condition(threading.RLock())
        self._fiches: Releve = {}
        self._autres: Releve = {}
        self._cadre: Cadre | None = None
        self._panne = ""
        self._version, self._cadres = 0, 0
        self._change_a = 0.0
        self._pages: dict[str, bytes] = {}
        self._index: dict[str, bytes] = {}
        self._script = (GABARITS / "apercu.js").read_text(encoding="utf-8")

    def veiller(self) -> None:
        """Look at what is saved, for ever, and have what takes time made aside once it is quiet."""
        faite, travail = 0, threading.Thread()
        while True:
            self.actualiser()
            calme = time.monotonic() - self._change_a > CALME and not travail.is_alive()
            if self._cadre and faite != self._version and calme:
                faite = self._version
                travail = threading.Thread(target=self._documenter, args=(self._cadre,), name="documents", daemon=True)
                travail.start()
            time.sleep(PERIODE)

    def actualiser(self) -> None:
        """Take into account what was saved since the last look. Whatever is wrong, the server goes on, and shows it."""
        with self._tour:
            fiches = relever([source() / "fiches"])
            autres = relever([RACINE / "docs", RACINE / "theme", RACINE / "mkdocs.yml", GABARITS])
            if (fiches, autres) == (self._fiches, self._autres):
                return
            debut, seules = time.perf_counter(), autres == self._autres
            self._fiches, self._autres = fiches, autres
            try:
                if not (seules and self._cadre and self._apercu.relire()):
                    self._cadres += not seules
                    self._cadre = Cadre(RACINE / "mkdocs.yml", self._dossier, self._adresse)
                self._panne = ""
            except (Exception, SystemExit) as erreur:  # a mistake, ours included, must not stop the server
                self._cadre = None
                self._panne = (
                    dire_erreur_systeme(erreur) if isinstance(erreur, OSError) else str(erreur) or repr(erreur)
                )
                journal.error("Le site ne se construit pas : %s", self._panne)
                journal.debug("%s", traceback.format_exc())
            else:
                journal.info("Relu en %d ms", (time.perf_counter() - debut) * 1000)
            self._change_a = time.monotonic()
            self._changer()

    def _changer(self) -> None:
        """Every page is to be made again, when it is asked for."""
        self._pages.clear()
        self._index.clear()
        self._version += 1
        self._tour.notify_all()

    def _documenter(self, cadre: Cadre) -> None:
        """Write the documents that changed, aside."""
        lot = self._apercu.fabriquer(cadre.config, memoire().catalogue)
        with self._tour:
            if self._apercu.offrir(lot):
                self._changer()
        journal.info("Site à jour")

    def repondre(self, chemin: str) -> Reponse:
        """Answer an address of the site, from its root."""
        self.actualiser()
        uri = chemin.lstrip("/")
        uri = f"{uri}index.html" if not uri or uri.endswith("/") else uri
        with self._tour:
            if self._cadre is None:
                return Reponse(500, "text/html", self._suivie(uri, page_de_panne(self._panne).encode()))
            fichier = self._cadre.fichier(uri)
            if fichier and fichier.is_documentation_page():
                try:
                    return Reponse(200, "text/html", self._suivie(uri, self._page(uri)))
                except (Exception, SystemExit) as erreur:
                    journal.error("%s : %s", uri, erreur)
                    return Reponse(500, "text/html", self._suivie(uri, page_de_panne(f"{uri} : {erreur}").encode()))
            octets = self._autre(self._cadre, uri)
            if octets is None:
                return Reponse(404, "text/html", self._suivie(uri, self._cadre.gabarit("404.html")))
        return Reponse(200, mimetypes.guess_type(uri)[0] or "application/octet-stream", octets)

    def _page(self, uri: str) -> bytes:
        if uri not in self._pages and self._cadre and (fichier := self._cadre.fichier(uri)):
            self._pages[uri] = self._cadre.page(fichier)
        return self._pages[uri]

    def _autre(self, cadre: Cadre, uri: str) -> bytes | None:
        """Content of what is not a page; None when there is nothing there."""
        if uri in cadre.config.theme.static_templates:
            return cadre.gabarit(uri)
        places = {f.document.chemin(f.format): place for f, place in self._apercu.lot.fichiers}
        if uri in places:
            return places[uri].read_bytes()
        fichier = cadre.fichier(uri)
        if fichier and fichier.abs_src_path != str(self._dossier / uri):
            return fichier.content_bytes
        if (texte := self._apercu.donnees(cadre.config).get(uri)) is not None:
            return texte.encode()
        if not uri.startswith(f"{DOSSIER}/"):
            return None
        if not self._index:
            catalogue = memoire().catalogue
            docs = documents_du_projet(catalogue, Path(cadre.config.docs_dir))
            self._index.update(fichiers(docs, catalogue.mots_courants))
        return self._index.get(uri.removeprefix(f"{DOSSIER}/"))

    def _suivie(self, uri: str, page: bytes) -> bytes:
        """The same page, which will ask whether it has changed."""
        question = f"{SONDAGE}?page={quote(uri)}&empreinte={self._empreinte(uri)}"
        script = f'<script data-question="{question.replace("&", "&amp;")}">{self._script}</script>'
        debut, corps, fin = page.rpartition(b"</body>")
        return debut + script.encode() + corps + fin if corps else page + script.encode()

    def _empreinte(self, uri: str) -> str:
        """What changes when the page does, or what it loads: sheets and scripts; for a hand-written one, data as
        well."""
        produite = f"{uri.removesuffix('.html')}.md" in self._apercu.plans
        try:
            contenu = self._page(uri) if self._cadre and self._cadre.fichier(uri) else self._panne.encode()
        except (Exception, SystemExit) as erreur:
            contenu = str(erreur).encode()
        somme = hashlib.sha256(contenu).hexdigest()[:16]
        return f"{self._cadres}-{somme}" if produite and self._cadre else f"{self._cadres}-{somme}-{self._version}"

    def attendre(self, uri: str, empreinte: str) -> bool:
        """Wait until a page is no longer the one seen. Return whether it is so, after some time at most."""
        limite = time.monotonic() + PATIENCE
        with self._tour:
            while self._empreinte(uri) == empreinte:
                vue = self._version
                reste = limite - time.monotonic()
                if not self._tour.wait_for(lambda vue=vue: self._version != vue, reste):  # type: ignore[misc]
                    return False
        return True


class Serveur(ThreadingHTTPServer):
    """The site on an address of this machine. Raises OSError when it is taken."""

    daemon_threads = True

    def __init__(self, hote: str, port: int, site: Site) -> None:
        self.site = site
        super().__init__((hote, port), _Guichet)


class _Guichet(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Serveur

    def do_GET(self) -> None:
        adresse = urlsplit(self.path)
        if adresse.path == SONDAGE:
            donnes = parse_qs(adresse.query)
            change = self.server.site.attendre(donnes.get("page", [""])[0], donnes.get("empreinte", [""])[0])
            self._envoyer(Reponse(200, "text/plain", b"1" if change else b"0"))
        else:
            self._envoyer(self.server.site.repondre(unquote(adresse.path)))

    def _envoyer(self, reponse: Reponse) -> None:
        self.send_response(reponse.statut)
        texte = reponse.type.startswith("text/") or reponse.type in {"application/json", "image/svg+xml"}
        self.send_header("Content-Type", f"{reponse.type}; charset=utf-8" if texte else reponse.type)
        self.send_header("Content-Length", str(len(reponse.octets)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(reponse.octets)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request: the terminal is for what is to correct."""
