"""Makes the compressed French dictionary again from the fr.aff and fr.dic of a folder.

Usage: python scripts/dictionnaire.py DOSSIER. The two files come with LibreOffice and Debian's hunspell-fr-classical
(/usr/share/hunspell), or from https://grammalecte.net/.
"""

from __future__ import annotations

import sys
from pathlib import Path

from porte import RACINE, ouvrir

from macros.lecture.dictionnaire import ARCHIVE, FICHIERS, emballer


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
    print(f"{ARCHIVE.relative_to(RACINE)} : {len(octets)} octets.")
    return 0


if __name__ == "__main__":
    ouvrir(main)
