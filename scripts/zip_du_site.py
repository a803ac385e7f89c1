"""Door on the site in a folder: a zip that opens from a disk, for reading, with a search on titles.

Usage: python scripts/zip_du_site.py [site] [--publier] Without --publier, the zip is written beside the site; with it,
in the site, whose page « Lire hors connexion » then offers it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from porte import RACINE, ouvrir

from macros.sorties.horsligne import dossier, publication

PAGE = "hors-ligne/index.html"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the zip; say where and how big. Return 0, or 1 when there is no site to put in it."""
    lues = argparse.ArgumentParser(description="Écrit le site en un dossier, à ouvrir sans réseau ni serveur.")
    lues.add_argument("site", nargs="?", type=Path, default=RACINE / "site", help="site construit (site par défaut)")
    lues.add_argument("--publier", action="store_true", help="pose le zip dans le site et le propose sur sa page")
    options = lues.parse_args(arguments)
    site = options.site.resolve()
    nom = f"{dossier.NOM}.zip"
    destination = (site / "hors-ligne" if options.publier else site.parent) / nom
    try:
        octets = dossier.ecrire_zip(site, destination)
    except FileNotFoundError:
        print(f"Aucun site construit dans {site}. Construisez-le d’abord : make site", file=sys.stderr)
        return 1
    if options.publier:
        page = site / PAGE
        page.write_text(dossier.proposer(page.read_text(encoding="utf-8"), nom, octets), encoding="utf-8")
        if (site / "hors-ligne.json").exists():
            publication.publier(site)  # the page has changed, and the list says what every page holds
    print(f"{destination} : {octets / 1_000_000:.1f} Mo")
    return 0


if __name__ == "__main__":
    ouvrir(main)
