"""Builds that are cut, starved or hindered, and what must be left after them."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.moteur.construit.mise_en_place import MARQUE
from tests.conftest import lancer

FRANCAIS = "Le site n’a pas été construit ; l’ancien est intact."


@dataclass
class Chantier:
    """A project to build. ``modele``: the site that it gives, built without any fault."""

    projet: Path
    travail: Path

    @property
    def modele(self) -> Path:
        return self.travail / "modele" / "site"

    @property
    def reserve(self) -> Path:
        return self.travail / "reserve"

    def commande(self, destination: Path) -> list[str]:
        return [sys.executable, "scripts/site.py", str(destination)]

    def environ(self, **autres: str) -> dict[str, str]:
        temporaire = self.travail / "tmp"
        temporaire.mkdir(exist_ok=True)
        return {
            **os.environ,
            "ACCOMPAGNER_CACHE": str(self.reserve),
            "TMPDIR": str(temporaire),
            **autres,
        }

    def construire(
        self, destination: Path, devant: tuple[str, ...] = (), **environ: str
    ) -> subprocess.CompletedProcess[str]:
        """Build into ``destination``; ``devant``: what the command is run under."""
        return lancer(*devant, *self.commande(destination), cwd=self.projet, env=self.environ(**environ))

    def couper(self, destination: Path, secondes: float, groupe: bool = True) -> bool:
        """Start a build and kill it, with all its children, after that time. Return whether it was still running."""
        process = subprocess.Popen(
            self.commande(destination),
            cwd=self.projet,
            env=self.environ(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(secondes)
            return False
        except subprocess.TimeoutExpired:
            if groupe:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            process.wait()
            return True

    def vider_la_reserve(self) -> None:
        shutil.rmtree(self.reserve, ignore_errors=True)

    def poser(self, destination: Path, contenu: str = "ancien") -> Path:
        """An old site, told from any other."""
        destination.mkdir(parents=True)
        (destination / "index.html").write_text(contenu, encoding="utf-8")
        (destination / MARQUE).touch()  # a build may replace it
        return destination

    def est_ancien(self, site: Path) -> bool:
        noms = {p.name for p in site.rglob("*")}
        return noms == {"index.html", MARQUE} and (site / "index.html").read_text() == "ancien"

    def differences(self, site: Path) -> list[str]:
        """Files that are not those of the model."""
        un, autre = _empreintes(self.modele), _empreintes(site)
        return sorted(nom for nom in un.keys() | autre.keys() if un.get(nom) != autre.get(nom))

    def documents_douteux(self) -> list[str]:
        """Files of the store that do not bear out their fingerprint, though they have one."""
        return [
            place.name
            for place in (self.reserve / "documents").glob("*.*")
            if (temoin := place.with_name(f"{place.name}.empreinte")).exists()
            and hashlib.sha256(place.read_bytes()).hexdigest() != temoin.read_text()
        ]

    def restes(self, destination: Path) -> list[str]:
        """What a build leaves beside the site; the lock is not one: it bears no state."""
        verrou = f".{destination.name}.verrou"
        return sorted(p.name for p in destination.parent.iterdir() if p.name not in {destination.name, verrou})


def _empreintes(site: Path) -> Mapping[str, str]:
    return {
        p.relative_to(site).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in site.rglob("*")
        if p.is_file()
    }


def refus(done: subprocess.CompletedProcess[str]) -> str:
    """What a failed build said, once it is sure that it failed cleanly: a status, French, no traceback."""
    sortie = done.stdout + done.stderr
    assert done.returncode not in {0, None}, sortie
    assert "Traceback" not in sortie, sortie
    assert FRANCAIS in sortie, sortie
    return sortie


def chronometrer(chantier: Chantier, destination: Path) -> float:
    debut = time.perf_counter()
    done = chantier.construire(destination)
    assert done.returncode == 0, done.stdout + done.stderr
    return time.perf_counter() - debut
