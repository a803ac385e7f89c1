"""Door on the servers' files: writes ``deploiement/``, or says which file is out of date.

Usage: python scripts/deploiement.py [--verifier]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from porte import RACINE, ouvrir

from macros.moteur.devoirs.serveurs import configurations

DEPLOIEMENT = RACINE / "deploiement"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files, or compare them. Return 1 when one differs."""
    lus = argparse.ArgumentParser(description="Écrit les configurations de serveur.")
    lus.add_argument("--verifier", action="store_true", help="dire ce qui n’est plus à jour, sans rien écrire")
    demande = lus.parse_args(arguments)
    changes = [(nom, texte) for nom, texte in configurations().items() if _lu(nom) != texte]
    for nom, texte in changes:
        if demande.verifier:
            print(f"deploiement/{nom} n’est plus à jour. Lancez : make deploiement", file=sys.stderr)
        else:
            DEPLOIEMENT.mkdir(exist_ok=True)
            (DEPLOIEMENT / nom).write_text(texte, encoding="utf-8")
            print(f"deploiement/{nom} : écrit.")
    if not changes:
        print("deploiement/ est à jour.")
    return int(demande.verifier and bool(changes))


def _lu(nom: str) -> str | None:
    place = DEPLOIEMENT / nom
    return place.read_text(encoding="utf-8") if place.is_file() else None


if __name__ == "__main__":
    ouvrir(main)
