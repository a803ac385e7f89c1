"""Door on what a host sends: writes a .gz beside every text of a built site, for servers that send it as it is.

nginx (``gzip_static``), Caddy (``precompressed gzip``) and GitLab Pages then compress nothing while serving.
Usage: python scripts/comprimer.py [dossier du site, « site » par défaut]
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from porte import RACINE, ouvrir

TEXTES = {".html", ".css", ".js", ".json", ".svg", ".xml", ".csv", ".geojson", ".ics", ".txt", ".md", ".webmanifest"}
MINIMUM = 256
"""Bytes under which compressing gains nothing."""


def comprimer(site: Path) -> tuple[int, int]:
    """Compress what is worth it; a .gz left by a file that has gone goes too. Return bytes before and after."""
    for orphelin in [p for p in site.rglob("*.gz") if p.with_suffix("").suffix in TEXTES]:
        orphelin.unlink()
    fichiers = sorted(p for p in site.rglob("*") if p.suffix in TEXTES and p.is_file() and p.stat().st_size >= MINIMUM)
    with ProcessPoolExecutor() as processus:
        tailles = list(processus.map(_comprimer, fichiers, chunksize=50))
    return sum(avant for avant, _ in tailles), sum(apres for _, apres in tailles)


def _comprimer(fichier: Path) -> tuple[int, int]:
    """Always the same bytes for the same file: no date in them."""
    lu = fichier.read_bytes()
    comprime = gzip.compress(lu, 9, mtime=0)
    fichier.with_name(f"{fichier.name}.gz").write_bytes(comprime)
    return len(lu), len(comprime)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compress the site given."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    site = Path(given[0]) if given else RACINE / "site"
    if not (site / "index.html").is_file():
        print(f"Pas de site construit dans {site}. Lancez d’abord : make site", file=sys.stderr)
        return 1
    avant, apres = comprimer(site)
    print(f"{site} : {avant / 1e6:.1f} Mo de textes, {apres / 1e6:.1f} Mo comprimés à côté.".replace(".", ",", 2))
    return 0


if __name__ == "__main__":
    ouvrir(main)
