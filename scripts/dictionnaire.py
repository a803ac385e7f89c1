"""Makes the compressed French dictionary, and the filter of its forms, again from the fr.aff and fr.dic of a folder.

Usage: python scripts/dictionnaire.py DOSSIER. The two files come with LibreOffice and Debian's hunspell-fr-classical
(/usr/share/hunspell), or from https://grammalecte.net/.
"""

from __future__ import annotations

import sys
from pathlib import Path

from porte import RACINE, ouvrir

from macros.lecture.dictionnaire import ARCHIVE, FICHIERS, emballer
from macros.lecture.dictionnaire.formes import FICHIER, filtrer, formes, souches

LIEUX = ("communes", "anciennes_communes", "epci", "departements")


def main() -> int:
    """Pack the dictionary of the folder given."""
    if len(sys.argv) != 2:
        print(f"Donnez le dossier où se trouvent {' et '.join(FICHIERS)}.", file=sys.stderr)
        return 2
    try:
        octets = emballer(Path(sys.argv[1]))
    except FileNotFoundError as erreur:
        print(
            f"Il manque {erreur.filename}. Donnez un dossier où se trouvent {' et '.join(FICHIERS)}.", file=sys.stderr
        )
        return 1
    ARCHIVE.write_bytes(octets)
    FICHIER.write_bytes(faire(Path(sys.argv[1])))
    for fait in (ARCHIVE, FICHIER):
        print(f"{fait.relative_to(RACINE)} : {fait.stat().st_size} octets.")
    return 0


def faire(dossier: Path) -> bytes:
    """Return the filter of the words of the dictionary and of the names of places. Raises OSError."""
    referentiels = RACINE / "fiches/referentiels"
    listes = [(referentiels / f"{nom}.csv").read_text(encoding="utf-8") for nom in LIEUX]
    return filtrer(souches(formes(dossier)), souches(listes))


if __name__ == "__main__":
    ouvrir(main)
