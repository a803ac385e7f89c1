"""Door on the measures: how long the site takes to build, beside the same pages in a plain Material site; what the
search finds, how fast, for how many bytes, beside Material's own.

Usage: python scripts/mesurer.py construction --n 1000 [--paires 3] [--json FICHIER]
       python scripts/mesurer.py documents [--json FICHIER]
       python scripts/mesurer.py rechargement [--n 1000] [--fois 30] [--json FICHIER]
       python scripts/mesurer.py poids --site DOSSIER [--json FICHIER]
       python scripts/mesurer.py charge --site DOSSIER [--json FICHIER]
       python scripts/mesurer.py recherche [--site DOSSIER] [--n 1000] [--sans-material] [--json FICHIER]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(RACINE / "scripts"), str(RACINE)]

from mesures.chrono import EchecDeMesure  # noqa: E402

from mesures import construction, rapport  # noqa: E402

N_MIN = 10
"""Fewest fiches that make sense: at least one of each kind."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked. Return the exit status: 0 when the figures are there."""
    options = _parser().parse_args(arguments)
    mesures = {
        "construction": _construction,
        "recherche": _recherche,
        "documents": _documents,
        "rechargement": _rechargement,
        "poids": _poids,
        "charge": _charge,
    }
    return mesures[options.mesure](options)


def _construction(options: argparse.Namespace) -> int:
    """Measure the build of made-up fiches, beside a plain Material site."""
    if not hasattr(os, "wait4"):
        print("La mesure de la mémoire demande Linux ou macOS.", file=sys.stderr)
        return 1
    if options.n < N_MIN or options.paires < 1:
        print(f"Donnez au moins {N_MIN} fiches (--n) et une paire (--paires).", file=sys.stderr)
        return 2
    try:
        if options.dossier:
            options.dossier.mkdir(parents=True)
            mesure = construction.mesurer(RACINE, options.dossier, options.n, options.paires, options.graine)
        else:
            with tempfile.TemporaryDirectory(prefix="mesurer-") as travail:
                mesure = construction.mesurer(RACINE, Path(travail), options.n, options.paires, options.graine)
    except FileExistsError:
        print(f"{options.dossier} existe déjà. Donnez un dossier à créer.", file=sys.stderr)
        return 2
    except EchecDeMesure as echec:
        print(echec, file=sys.stderr)
        return 1
    print(rapport.tableau(mesure))
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(rapport.en_json(mesure), encoding="utf-8")
        print(f"\nChiffres écrits dans {options.json}.")
    return 0


def _recherche(options: argparse.Namespace) -> int:
    """Measure the search of a built site, or of a copy of the project filled up with made-up fiches."""
    from mesures import recherche

    try:
        with tempfile.TemporaryDirectory(prefix="mesurer-") as travail:
            site, passage = recherche.preparer(RACINE, Path(travail), options.site, options.n)
            bilan = recherche.mesurer(RACINE, site, Path(travail), passage=passage, material=not options.sans_material)
    except EchecDeMesure as echec:
        print(echec, file=sys.stderr)
        return 1
    print(recherche.tableau(bilan))
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(recherche.en_json(bilan), encoding="utf-8")
        print(f"\nChiffres écrits dans {options.json}.")
    return 0


def _rechargement(options: argparse.Namespace) -> int:
    """Measure how soon a saved fiche shows, while serving made-up fiches."""
    from mesures import rechargement

    try:
        with tempfile.TemporaryDirectory(prefix="mesurer-") as travail:
            bilan = rechargement.mesurer(RACINE, Path(travail), options.n, options.fois)
    except EchecDeMesure as echec:
        print(echec, file=sys.stderr)
        return 1
    print(rechargement.tableau(bilan))
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(rechargement.en_json(bilan), encoding="utf-8")
        print(f"\nChiffres écrits dans {options.json}.")
    return 0


def _documents(options: argparse.Namespace) -> int:
    """Measure the documents of the kits."""
    from mesures import documents

    try:
        with tempfile.TemporaryDirectory(prefix="mesurer-") as travail:
            bilan = documents.mesurer(RACINE, Path(travail))
    except EchecDeMesure as echec:
        print(echec, file=sys.stderr)
        return 1
    print(documents.tableau(bilan))
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(asdict(bilan), indent=2) + "\n", encoding="utf-8")
        print(f"\nChiffres écrits dans {options.json}.")
    return 0


def _poids(options: argparse.Namespace) -> int:
    """Measure the pages, beside those of a plain Material site."""
    from mesures import poids

    try:
        with tempfile.TemporaryDirectory(prefix="mesurer-") as travail:
            resultat = poids.mesurer(RACINE, options.site.resolve(), Path(travail), options.fois)
    except EchecDeMesure as echec:
        print(echec, file=sys.stderr)
        return 1
    return _dire(poids.tableau(resultat), poids.en_json(resultat), options.json)


def _charge(options: argparse.Namespace) -> int:
    """Measure a built site behind nginx, on loopback."""
    from mesures import charge

    try:
        with tempfile.TemporaryDirectory(prefix="mesurer-") as travail:
            resultat = charge.mesurer(options.site.resolve(), Path(travail), options.secondes)
    except EchecDeMesure as echec:
        print(echec, file=sys.stderr)
        return 1
    return _dire(charge.tableau(resultat), charge.en_json(resultat), options.json)


def _dire(tableau: str, en_json: str, fichier: Path | None) -> int:
    print(tableau)
    if fichier:
        fichier.parent.mkdir(parents=True, exist_ok=True)
        fichier.write_text(en_json, encoding="utf-8")
        print(f"\nChiffres écrits dans {fichier}.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Mesure ce que coûte le site.")
    sous = parser.add_subparsers(dest="mesure", required=True, metavar="mesure")
    build = sous.add_parser(
        "construction", help="durée, mémoire et taille, à côté des mêmes pages dans un site Material nu"
    )
    build.add_argument("--n", type=int, default=1000, help="nombre de fiches fabriquées (1000 par défaut)")
    build.add_argument("--paires", type=int, default=3, help="nombre de mesures côte à côte (3 par défaut)")
    build.add_argument("--graine", type=int, default=1, help="graine du tirage : la même redonne les mêmes fiches")
    build.add_argument("--json", type=Path, metavar="FICHIER", help="écrit aussi les chiffres dans ce fichier")
    build.add_argument("--dossier", type=Path, help="dossier de travail à créer et à garder (effacé par défaut)")
    quete = sous.add_parser("recherche", help="questions trouvées, temps et octets, à côté de la recherche de Material")
    quete.add_argument("--site", type=Path, help="site déjà construit (construit sinon)")
    quete.add_argument("--n", type=int, default=0, help="complète par des fiches fabriquées jusqu’à ce nombre")
    quete.add_argument("--sans-material", action="store_true", help="ne mesure pas la recherche de Material")
    quete.add_argument("--json", type=Path, metavar="FICHIER", help="écrit aussi les chiffres dans ce fichier")
    pieces = sous.add_parser("documents", help="temps pour écrire les documents des kits, puis sans changement")
    pieces.add_argument("--json", type=Path, metavar="FICHIER", help="écrit aussi les chiffres dans ce fichier")
    apercu = sous.add_parser("rechargement", help="d’une fiche enregistrée à sa page récupérée, dans make serve")
    apercu.add_argument("--n", type=int, default=1000, help="nombre de fiches fabriquées (1000 par défaut)")
    apercu.add_argument("--fois", type=int, default=30, help="nombre d’enregistrements (30 par défaut)")
    apercu.add_argument("--json", type=Path, metavar="FICHIER", help="écrit aussi les chiffres dans ce fichier")
    pages = sous.add_parser("poids", help="octets, requêtes et temps d’affichage des pages, à côté de Material")
    pages.add_argument("--site", type=Path, default=RACINE / "site", help="site construit (site/ par défaut)")
    pages.add_argument("--fois", type=int, default=5, help="nombre de visites chronométrées par page (5 par défaut)")
    pages.add_argument("--json", type=Path, metavar="FICHIER", help="écrit aussi les chiffres dans ce fichier")
    foule = sous.add_parser("charge", help="requêtes par seconde et p99 du site derrière nginx, en boucle locale")
    foule.add_argument("--site", type=Path, default=RACINE / "site", help="site construit (site/ par défaut)")
    foule.add_argument("--secondes", type=int, default=10, help="durée de chaque palier (10 par défaut)")
    foule.add_argument("--json", type=Path, metavar="FICHIER", help="écrit aussi les chiffres dans ce fichier")
    return parser


if __name__ == "__main__":
    sys.exit(main())
