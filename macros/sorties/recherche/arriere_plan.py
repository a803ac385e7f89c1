"""Keeps the index fresh while serving: one run at a time, the last request wins, the previous index meanwhile.

The index is built by a process of its own, which reads the fiches itself: it takes seconds of processor, during which
the one that serves must answer at once.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from macros.sorties.recherche.construction import DOSSIER, EchecDePagefind, construire_index

CODE = Path(__file__).resolve().parents[3]
_Demande = tuple[Path, Path, Path]
CALME = 2.0
"""Seconds without a new request before work starts: who saves often does not pay for an index each time."""


class Rafraichissement:
    """Requests come at each rebuild, which may empty the folder that is served: the last index is put back at once."""

    def __init__(self) -> None:
        self._verrou = threading.Lock()
        self._attente: _Demande | None = None
        self._demande_a = 0.0
        self._fil: threading.Thread | None = None
        self._dernier: tempfile.TemporaryDirectory[str] | None = None

    def demander(self, racine: Path, docs_dir: Path, site: Path) -> None:
        """Ask for an index of ``racine``/fiches and of the pages, in ``site``; return at once."""
        with self._verrou:
            if self._dernier and not (site / DOSSIER).exists():
                shutil.copytree(Path(self._dernier.name) / DOSSIER, site / DOSSIER)
            self._attente, self._demande_a = (racine, docs_dir, site), time.monotonic()
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
                demande, reste = self._attente, self._demande_a + CALME - time.monotonic()
                if demande is None:
                    self._fil = None
                    return
                if reste <= 0:
                    self._attente = None
            if reste > 0:
                time.sleep(reste)
                continue
            try:
                self._refaire(*demande)
            except (EchecDePagefind, OSError) as echec:
                print(f"Recherche non rafraîchie · {echec}", file=sys.stderr)

    def _refaire(self, racine: Path, docs_dir: Path, site: Path) -> None:
        neuf = tempfile.TemporaryDirectory(prefix="index-")
        construire_a_part(racine, docs_dir, Path(neuf.name))
        with self._verrou:
            self._dernier = neuf
            if site.exists():
                _poser(Path(neuf.name) / DOSSIER, site / DOSSIER)


def _poser(neuf: Path, place: Path) -> None:
    """Copy the index beside, then put it in place: who is reading never meets half of one."""
    copie = place.with_name(f".{place.name}-neuf")
    shutil.rmtree(copie, ignore_errors=True)
    shutil.copytree(neuf, copie)
    shutil.rmtree(place, ignore_errors=True)
    copie.rename(place)


def construire_a_part(racine: Path, docs_dir: Path, dossier: Path) -> None:
    """Build ``dossier``/pagefind in another process, after everything else. Raises EchecDePagefind."""
    done = subprocess.run(
        [sys.executable, "-m", "macros.sorties.recherche.arriere_plan", str(racine), str(docs_dir), str(dossier)],
        cwd=CODE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise EchecDePagefind(done.stderr.strip())


def _construire(racine: Path, docs_dir: Path, dossier: Path) -> int:
    from macros.catalogue.chargement import charger

    with contextlib.suppress(AttributeError, OSError):  # not on every system; then it merely competes
        os.nice(10)
    try:
        construire_index(charger(racine)[0], docs_dir, dossier)
    except (EchecDePagefind, OSError) as echec:
        print(echec, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_construire(*map(Path, sys.argv[1:4])))
