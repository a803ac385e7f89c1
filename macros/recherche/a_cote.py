"""Builds the index in a process of its own while the pages are being written: it needs the fiches, not the pages."""

from __future__ import annotations

import multiprocessing
import shutil
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from macros.catalogue import Catalogue
from macros.recherche.construction import DOSSIER, construire_index

# A forked process already holds the catalogue; elsewhere it receives a copy (macOS forks, but its libraries may not).
_CONTEXTE = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


_donnees: tuple[Catalogue, Path, Path]


def _receive(*donnees: Any) -> None:
    """Take what the process works on as it starts: handed over later, it could change while being copied."""
    global _donnees  # noqa: PLW0603 - a process of its own, which builds one index
    _donnees = donnees


def _build() -> None:
    construire_index(*_donnees)


class Chantier:
    """An index under construction."""

    def __init__(self, catalogue: Catalogue, docs_dir: Path) -> None:
        self._dossier = tempfile.TemporaryDirectory(prefix="index-")
        donnees = (catalogue, docs_dir, Path(self._dossier.name))
        self._processus = ProcessPoolExecutor(1, mp_context=_CONTEXTE, initializer=_receive, initargs=donnees)
        self._travail = self._processus.submit(_build)

    def abandonner(self) -> None:
        """Let go of an index that no site will receive: the build failed."""
        self._processus.shutdown(cancel_futures=True)
        self._dossier.cleanup()

    def livrer(self, site: Path) -> None:
        """Wait for the index and put it in ``site``, written anew. Raises EchecDePagefind."""
        try:
            self._travail.result()
            shutil.move(Path(self._dossier.name) / DOSSIER, site / DOSSIER)
        finally:
            self._processus.shutdown()
            self._dossier.cleanup()
