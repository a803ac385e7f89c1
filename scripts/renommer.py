"""Give a fiche another id, and keep its former address alive.

Usage: .venv/bin/python scripts/renommer.py ancien nouveau
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

from porte import RACINE, ouvrir

from macros.catalogue.chargement import charger
from macros.contribution.renommage import Refus, preparer


def main(arguments: Sequence[str] | None = None, racine: Path = RACINE) -> int:
    """Rename, say what was written, then what the rules find. Return 0, or 1 when something is to be corrected."""
    donnes = list(sys.argv[1:] if arguments is None else arguments)
    if len(donnes) != 2:
        print("Usage : scripts/renommer.py ancien-identifiant nouvel-identifiant", file=sys.stderr)
        return 2
    ancien, nouveau = donnes
    try:
        renommage = preparer(racine / "fiches", ancien, nouveau, dt.date.today().isoformat())
    except Refus as refus:
        print(refus, file=sys.stderr)
        return 1
    renommage.depart.rename(renommage.arrivee)
    for chemin, texte in renommage.textes.items():
        with chemin.open("w", encoding="utf-8", newline="") as flux:
            flux.write(texte)
        print(chemin.relative_to(racine).as_posix())
    _, problemes = charger(racine)
    for probleme in problemes:
        print(probleme, file=sys.stderr)
    return 1 if problemes else 0


if __name__ == "__main__":
    ouvrir(main)
