"""Door on the measures: the build beside a plain Material site, what the search finds and costs, the weight of pages.

Usage: python scripts/mesurer.py construction [--n 1000] [--paires 3] [--json FICHIER]
       python scripts/mesurer.py recherche [--site DOSSIER] [--n 1000] [--json FICHIER]
       python scripts/mesurer.py poids [--site DOSSIER] [--json FICHIER]
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from porte import RACINE, ouvrir

from mesures import EchecDeMesure

MESURES = {
    "construction": "durée, processeur et taille, à côté des mêmes pages dans un site Material nu",
    "recherche": "questions trouvées, temps et octets",
    "poids": "octets et requêtes des pages",
}
N_MIN = 10
"""Fewest fiches that make sense: at least one of each kind."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked. Return the exit status: 0 when the figures are there."""
    lus = argparse.ArgumentParser(
        description="Mesure ce que coûte le site.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"{nom} : {aide}" for nom, aide in MESURES.items()),
    )
    lus.add_argument("mesure", choices=list(MESURES))
    lus.add_argument("--n", type=int, help="nombre de fiches fabriquées (1000 par défaut)")
    lus.add_argument("--paires", type=int, default=3, help="nombre de mesures côte à côte (3 par défaut)")
    lus.add_argument("--site", type=Path, default=RACINE / "site", help="site construit (site/ par défaut)")
    lus.add_argument("--json", type=Path, metavar="FICHIER", help="écrit aussi les chiffres dans ce fichier")
    options = lus.parse_args(arguments)
    if options.n is not None and (options.n < N_MIN or options.paires < 1):
        print(f"Donnez au moins {N_MIN} fiches (--n) et une paire (--paires).", file=sys.stderr)
        return 2
    module = importlib.import_module(f"mesures.{options.mesure}")
    try:
        with tempfile.TemporaryDirectory(prefix="mesurer-") as travail:
            chiffres = _mesurer(module, options, Path(travail).resolve())
    except EchecDeMesure as echec:
        print(echec, file=sys.stderr)
        return 1
    print(module.tableau(chiffres))
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(chiffres | _machine(), ensure_ascii=False, indent=2) + "\n", "utf-8")
        print(f"\nChiffres écrits dans {options.json}.")
    return 0


def _mesurer(module: Any, options: argparse.Namespace, travail: Path) -> dict[str, Any]:
    chiffres: dict[str, Any]
    if options.mesure == "construction":
        chiffres = module.mesurer(RACINE, travail, options.n or 1000, options.paires)
        return chiffres
    site = options.site.resolve()
    if options.mesure == "recherche":
        chiffres = module.mesurer(RACINE, module.preparer(RACINE, travail, options.n) if options.n else site)
    else:
        chiffres = module.mesurer(site)
    return chiffres


def _machine() -> dict[str, Any]:
    """What the figures depend on; nothing that names the machine."""
    noms = {nom: version(nom) for nom in ("mkdocs", "mkdocs-material")}
    machine = {"coeurs": os.cpu_count(), "python": platform.python_version(), **noms}
    return {"machine": machine, "date": dt.datetime.now(dt.UTC).date().isoformat()}


if __name__ == "__main__":
    ouvrir(main)
