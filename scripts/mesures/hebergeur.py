"""What a measure in a browser needs: a static host as they all are, and a Chromium."""

from __future__ import annotations

import contextlib
import gzip
import os
import re
import shutil
import sys
import threading
from collections.abc import Iterator
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from mesures import EchecDeMesure

PREFIXE = "/base/"
NIVEAU = 6
"""Compression of most hosts; fixed, so that bytes are the same everywhere."""
_COMPRESSES = {".js", ".css", ".json", ".html", ".svg", ".xml"}
IMMUABLE = re.compile(r"^assets/e-[0-9a-f]{12}/")
"""Addresses that change with their content: kept a year without asking."""


@cache
def corps(fichier: Path) -> tuple[bytes, bool]:
    """Return what is sent of a file, and whether it is compressed."""
    lu = fichier.read_bytes()
    return (gzip.compress(lu, NIVEAU, mtime=0), True) if fichier.suffix in _COMPRESSES else (lu, False)


def fichier_de(site: Path, adresse: str) -> Path:
    """File that answers an address of the site."""
    fichier = site / urlsplit(adresse).path.removeprefix(PREFIXE)
    return fichier / "index.html" if fichier.is_dir() else fichier


class _Serveur(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that leaves before the end: its window was closed."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Statique(SimpleHTTPRequestHandler):
    """A static host: under a path, text compressed, what has a fingerprint kept by the browser."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        fichier = fichier_de(Path(self.directory), self.path)
        if not fichier.is_file():
            self.send_error(404)
            return
        contenu, comprime = corps(fichier)
        immuable = IMMUABLE.match(urlsplit(self.path).path.removeprefix(PREFIXE))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(fichier)))
        self.send_header("Cache-Control", "public, max-age=31536000, immutable" if immuable else "no-cache")
        if comprime:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(contenu)))
        self.end_headers()
        self.wfile.write(contenu)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@contextlib.contextmanager
def servir(site: Path) -> Iterator[str]:
    """Serve a built site under a sub-path; give its address."""
    serveur = _Serveur(("127.0.0.1", 0), partial(_Statique, directory=str(site)))
    threading.Thread(target=serveur.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{serveur.server_port}{PREFIXE}"
    finally:
        serveur.shutdown()
        serveur.server_close()


@contextlib.contextmanager
def navigateur() -> Iterator[Browser]:
    """Headless Chromium, the one of the system."""
    chemin = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chemin:
        raise EchecDeMesure("Chromium introuvable : installez-le, ou donnez son chemin dans la variable CHROMIUM.")
    with sync_playwright() as moteur:
        chromium = moteur.chromium.launch(executable_path=chemin, args=["--no-sandbox"])
        try:
            yield chromium
        finally:
            chromium.close()
