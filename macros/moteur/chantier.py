"""A second process for a build: it renders the last pages, then builds the index, while the first writes the site."""

from __future__ import annotations

import multiprocessing
import pickle
import shutil
import sys
import tempfile
import zlib
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from macros.catalogue.fige import Catalogue
from macros.ecriture.rendu import Depot
from macros.ecriture.sections import Page
from macros.moteur.filiation import mourir_avec_le_parent
from macros.pages import plans as pages
from macros.pages.plans import Plan
from macros.sorties.recherche.construction import DOSSIER, construire_index

# A forked process already holds the catalogue; elsewhere it receives a copy (macOS forks, but its libraries may not).
_CONTEXTE = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
PART = 0.55
"""Share of the pages rendered here: with the index, it makes the two processes end together."""
_LOT = 10
"""Pages handed over at once: the first process never waits longer than it takes to render them."""
_ASSEZ = 100
"""Pages under which the first process renders all of them."""
Cle = tuple[str, str]
"""Kind and key of a planned page."""


class _Donnees(NamedTuple):
    catalogue: Catalogue
    docs_dir: Path
    dossier: Path
    depot: Depot


_donnees: _Donnees


def _receive(donnees: _Donnees) -> None:
    """Take what the process works on as it starts: handed over later, it could change while being copied."""
    global _donnees  # noqa: PLW0603 - a process of its own, for one build
    mourir_avec_le_parent()
    _donnees = donnees


def _render(cles: Sequence[Cle]) -> dict[Cle, bytes]:
    return {cle: _pack(pages.page(_donnees.catalogue, *cle, _donnees.depot)) for cle in cles}


def _pack(page: Page) -> bytes:
    """Compressed: all of them may wait before the first process asks for one."""
    return zlib.compress(pickle.dumps(page, pickle.HIGHEST_PROTOCOL), 1)


def _build() -> None:
    construire_index(_donnees.catalogue, _donnees.docs_dir, _donnees.dossier)


class Chantier:
    """Pages and an index under construction."""

    def __init__(self, catalogue: Catalogue, docs_dir: Path, depot: Depot, plans: Sequence[Plan]) -> None:
        self._dossier = tempfile.TemporaryDirectory(prefix="index-")
        donnees = _Donnees(catalogue, docs_dir, Path(self._dossier.name), depot)
        self._processus = ProcessPoolExecutor(1, mp_context=_CONTEXTE, initializer=_receive, initargs=(donnees,))
        self._pages: dict[Cle, Future[dict[Cle, bytes]]] = {}
        for lot in _shared([(p.genre, p.cle) for p in plans]):
            self._pages |= dict.fromkeys(lot, self._processus.submit(_render, lot))
        self._index = self._processus.submit(_build)

    def page(self, genre: str, cle: str) -> Page | None:
        """Return a page rendered here, or None: it was not among them, or its turn has not come and it is given
        back."""
        travail = self._pages.pop((genre, cle), None)
        if travail is None or travail.cancel():
            return None
        done: Page = pickle.loads(zlib.decompress(travail.result()[genre, cle]))
        return done

    def abandonner(self) -> None:
        """Let go of what no site will receive: the build failed."""
        self._processus.shutdown(cancel_futures=True)
        self._dossier.cleanup()

    def livrer(self, site: Path) -> None:
        """Wait for the index and put it in ``site``, written anew."""
        try:
            self._index.result()
            shutil.move(Path(self._dossier.name) / DOSSIER, site / DOSSIER)
        finally:
            self._processus.shutdown()
            self._dossier.cleanup()


def _shared(cles: Sequence[Cle]) -> list[Sequence[Cle]]:
    """The last pages, by lots, from the end: the first process comes from the beginning."""
    if len(cles) < _ASSEZ:
        return []
    debut = round(len(cles) * (1 - PART))
    return [cles[i : i + _LOT] for i in range(debut, len(cles), _LOT)][::-1]
