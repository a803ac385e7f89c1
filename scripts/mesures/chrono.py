"""Timed runs: duration, processor time and peak memory of a command, size of what it wrote."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LANCEUR = Path(__file__).with_name("lanceur.py")


class EchecDeMesure(Exception):
    """A measured command failed; the message says which, and what it wrote."""


@dataclass(frozen=True)
class Passage:
    """One run. ``secondes``: wall time of the whole command. ``memoire_mo``: peak resident memory of the largest of
    its processes, descendants included, in millions of bytes. ``processeur``: processor seconds, descendants included;
    they hardly feel other work on the machine. ``roles_mo``: the same peak for each kind of process (see ``lanceur``)."""

    secondes: float
    processeur: float
    memoire_mo: float
    roles_mo: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Taille:
    """What a build wrote: bytes, files, HTML pages."""

    octets: int
    fichiers: int
    pages: int


def chronometrer(commande: Sequence[str], dossier: Path, journal: Path) -> Passage:
    """Run ``commande`` in ``dossier``, its messages into ``journal``. Raises EchecDeMesure when it fails."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("ACCOMPAGNER_", "GITHUB_", "DEPOT_", "SITE_"))}
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(LANCEUR), str(dossier), str(journal), *commande],
        env=environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    releve = json.loads(done.stdout)
    if releve["code"]:
        fin = journal.read_text(encoding="utf-8", errors="replace")[-3000:]
        nom = " ".join([Path(commande[0]).name, *commande[1:]])
        raise EchecDeMesure(f"La commande mesurée a échoué : {nom}\n{fin}")
    roles = {role: octets / 1e6 for role, octets in releve["roles"].items()}
    return Passage(releve["secondes"], releve["processeur"], releve["octets"] / 1e6, roles)


def peser(dossier: Path) -> Taille:
    """Weigh a built site."""
    fichiers = [p for p in dossier.rglob("*") if p.is_file()]
    return Taille(sum(p.stat().st_size for p in fichiers), len(fichiers), sum(p.suffix == ".html" for p in fichiers))
