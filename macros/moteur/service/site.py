"""The site as MkDocs serves it, page by page. The only place that uses what MkDocs keeps to itself."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.commands.build import _build_page, _build_theme_template, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

Reponse = Callable[..., Any]
_SONDAGE = re.compile(r"/livereload/([0-9]+)/[0-9]+")


class Site:
    """What a whole build leaves, so that one page can be built again as the build would."""

    def __init__(self, config: MkDocsConfig, files: Files, nav: Navigation, env: Environment) -> None:
        self.config, self.files, self.nav, self.env = config, files, nav, env
        self.dossier = Path(config.site_dir)
        self._pages: Sequence[File] = ()
        self.recompter()

    def recompter(self) -> None:
        """Take into account pages added or removed."""
        self._pages = self.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)

    @property
    def pages(self) -> list[str]:
        """Source addresses of the pages."""
        return [page.src_uri for page in self._pages]

    def destination(self, src_uri: str) -> str | None:
        """Address of a page in the site (« sites/x/index.html »); None when there is no such page."""
        fichier = self.files.get_file_from_path(src_uri)
        return fichier.dest_uri if fichier else None

    def refaire_page(self, src_uri: str) -> bool:
        """Read, render and write a page. Return whether its bytes changed."""
        fichier = self.files.get_file_from_path(src_uri)
        if fichier is None:
            return False
        page = fichier.page or Page(None, fichier, self.config)
        avant = octets(self.dossier / fichier.dest_uri)
        _populate_page(page, self.config, self.files)
        _build_page(
            page, self.config, self._pages, self.nav, self.env, excluded=fichier.inclusion is InclusionLevel.EXCLUDED
        )
        return avant != octets(self.dossier / fichier.dest_uri)

    def refaire_gabarits(self) -> None:
        """Write again what lists every page: 404.html, sitemap.xml."""
        for nom in self.config.theme.static_templates:
            _build_theme_template(nom, self.env, self.files, self.config, self.nav)

    def echanger(self, retires: Iterable[File], ajoutes: Iterable[File]) -> None:
        """Take files out of the collection, then put others at its end."""
        for fichier in retires:
            self.files.remove(fichier)
        for fichier in ajoutes:
            self.files.append(fichier)
        self.recompter()

    def effacer(self, dest_uri: str) -> None:
        """Delete a file of the site, and the folders that it leaves empty."""
        place = self.dossier / dest_uri
        place.unlink(missing_ok=True)
        for parent in place.parents:
            if parent == self.dossier or not parent.is_dir() or any(parent.iterdir()):
                return
            parent.rmdir()


def octets(place: Path) -> bytes | None:
    """Content of a file, None when there is none."""
    try:
        return place.read_bytes()
    except OSError:
        return None


class Guichet:
    """Answers browsers: makes them wait for what is being written again, and tells a page when it has changed.

    MkDocs reloads every page at each build; here a page reloads when it, and not another, is no longer the same.
    """

    def __init__(self, serveur: LiveReloadServer, attendre: Callable[[str], str | None]) -> None:
        self._serveur, self._attendre = serveur, attendre
        self._condition = serveur._epoch_cond  # MkDocs wakes those who wait on it once a build is shown
        self._pages: dict[str, int] = {}
        self._toutes = 0
        self._suite: Reponse = serveur.get_app()  # type: ignore[assignment]
        serveur.set_app(self._repondre)
        serveur.build_delay = 0.05  # an editor that writes in several times does so faster

    def signaler(self) -> None:
        """Ask for a rebuild, from any thread."""
        with self._serveur._rebuild_cond:
            self._serveur._want_rebuild = True
            self._serveur._rebuild_cond.notify_all()

    def dater_construction(self, pages: Iterable[str] | None) -> None:
        """Pages changed by the build in progress, which MkDocs dates when it begins; None: all of them."""
        epoque = self._serveur._wanted_epoch
        with self._condition:
            if pages is None:
                self._toutes = epoque
            else:
                self._pages.update(dict.fromkeys(pages, epoque))

    def dater(self, pages: Iterable[str]) -> None:
        """Pages changed apart from a build: they are shown from now on."""
        with self._condition:
            epoque = max(round(time.monotonic() * 1000), self._serveur._visible_epoch + 1)
            if self._serveur._wanted_epoch == self._serveur._visible_epoch:
                self._serveur._wanted_epoch = self._serveur._visible_epoch = epoque
            else:  # a build is beginning: what it shows will be newer still
                self._serveur._wanted_epoch = epoque
            self._pages.update(dict.fromkeys(pages, epoque))
            self._condition.notify_all()

    def _repondre(self, environ: dict[str, Any], start_response: Reponse) -> Any:
        chemin = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        sondage = _SONDAGE.fullmatch(chemin)
        if sondage:
            return self._sonder(int(sondage[1]), environ.get("HTTP_REFERER", ""), start_response)
        message = self._attendre(self._page(chemin) or "")
        if message is not None and not chemin.startswith(f"{self._serveur.mount_path}assets/"):
            corps = self._serveur._inject_js_into_html(message.encode(), self._serveur._visible_epoch)  # type: ignore[no-untyped-call]
            start_response("500 Internal Server Error", [("Content-Type", "text/html; charset=utf-8")])
            return [corps]
        return self._suite(environ, start_response)

    def _page(self, chemin: str) -> str | None:
        """File of the site behind an address."""
        if not f"{chemin}/".startswith(self._serveur.mount_path):
            return None
        relatif = chemin[len(self._serveur.mount_path) :]
        return f"{relatif}index.html" if not relatif or relatif.endswith("/") else relatif

    def _sonder(self, vue: int, origine: str, start_response: Reponse) -> list[bytes]:
        """A page asks whether it has changed since it was served; the answer waits for that, a minute at most."""
        page = self._page(urlsplit(origine).path) if origine else None

        def changee() -> int:
            with_page = self._pages.get(page, 0) if page is not None else max(self._pages.values(), default=0)
            return max(self._toutes, with_page)

        with self._condition:
            self._condition.wait_for(lambda: self._visible(changee()) > vue, timeout=60)
            reponse = max(vue, self._visible(changee()))
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [str(reponse).encode()]

    def _visible(self, epoque: int) -> int:
        """A change that MkDocs does not show yet is not one."""
        return epoque if epoque <= self._serveur._visible_epoch else 0
