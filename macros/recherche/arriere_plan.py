"""Keeps the index fresh while serving: one run at a time, the last request wins, the previous index meanwhile."""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from pathlib import Path

from macros.catalogue import Catalogue
from macros.recherche.construction import DOSSIER, EchecDePagefind, construire_index

_Demande = tuple[Catalogue, Path, Path]


class Rafraichissement:
    """Requests come at each rebuild, which empties the folder that is served: the last index is put back at once."""

    def __init__(self) -> None:
        self._verrou = threading.Lock()
        self._attente: _Demande | None = None
        self._fil: threading.Thread | None = None
        self._dernier: tempfile.TemporaryDirectory[str] | None = None

    def demander(self, catalogue: Catalogue, docs_dir: Path, site: Path) -> None:
        """Ask for a fresh index in ``site``; return at once."""
        with self._verrou:
            if self._dernier and not (site / DOSSIER).exists():
                shutil.copytree(Path(self._dernier.name) / DOSSIER, site / DOSSIER)
            self._attente = (catalogue, docs_dir, site)
            if self._fil is None:
                self._fil = threading.Thread(target=self._travailler, name="recherche", daemon=True)
                self._fil.start()

    def attendre(self, secondes: float) -> None:
        """Wait until the running work is over, at most ``secondes``."""
        fil = self._fil
        if fil:
            fil.join(secondes)

    def _travailler(self) -> None:
        while True:
            with self._verrou:
                demande, self._attente = self._attente, None
                if demande is None:
                    self._fil = None
                    return
            try:
                self._refaire(*demande)
            except (EchecDePagefind, OSError) as echec:
                print(f"Recherche non rafraîchie · {echec}", file=sys.stderr)

    def _refaire(self, catalogue: Catalogue, docs_dir: Path, site: Path) -> None:
        neuf = tempfile.TemporaryDirectory(prefix="index-")
        construire_index(catalogue, docs_dir, Path(neuf.name))
        with self._verrou:
            self._dernier = neuf
            if site.exists():
                shutil.rmtree(site / DOSSIER, ignore_errors=True)
                shutil.copytree(Path(neuf.name) / DOSSIER, site / DOSSIER)
