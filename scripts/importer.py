"""Door on the importation: an existing .docx, .odt, .pdf or .txt becomes one or more drafts of fiches, in YAML.

Usage: python scripts/importer.py FICHIER… --sortie DOSSIER [--type action]
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

from porte import RACINE, ouvrir

from macros.catalogue.chargement import charger
from macros.contribution.importation.importer import Importation, importer
from macros.contribution.importation.redaction import rediger
from macros.contribution.importation.refus import DocumentRefuse
from macros.contribution.importation.regles import Regles, regles
from macros.contribution.propositions import identifiant
from macros.modeles import TYPES


def main(arguments: Sequence[str] | None = None) -> int:
    """Import the files asked for. Return 0, or 1 when one of them could not be read or written."""
    options = _parser().parse_args(arguments)
    connu = regles(charger(RACINE)[0])
    statut, ecrits = 0, 0
    for chemin in options.fichiers:
        fait = _lire(chemin, connu, options.type)
        if fait is None:
            statut = 1
            continue
        for rang in range(len(fait.brouillons)):
            ecrit = _ecrire(fait, rang, options.sortie, premier=ecrits == 0)
            statut, ecrits = (statut if ecrit else 1), ecrits + 1
        _dire(fait)
    return statut


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="Change un document existant en brouillons de fiches, sans rien perdre."
    )
    parser.add_argument("fichiers", nargs="+", type=Path, metavar="FICHIER", help="document .docx, .odt, .pdf ou .txt")
    parser.add_argument(
        "--sortie",
        required=True,
        metavar="DOSSIER",
        help="dossier des brouillons, rangés par type comme dans fiches/ ; « - » : sortie standard",
    )
    parser.add_argument("--type", choices=list(TYPES), help="type de fiche, au lieu de le reconnaître")
    return parser


def _lire(chemin: Path, connu: Regles, type_: str | None) -> Importation | None:
    try:
        octets = chemin.read_bytes()
    except FileNotFoundError:
        print(f"{chemin} : fichier introuvable. Vérifiez le chemin, relatif au dossier courant.", file=sys.stderr)
        return None
    except OSError as erreur:
        print(f"{chemin} : fichier illisible ({erreur.strerror}).", file=sys.stderr)
        return None
    try:
        return importer(chemin.name, octets, connu, dt.date.today().isoformat(), type_)
    except DocumentRefuse as refus:
        print(f"{chemin} : {refus}", file=sys.stderr)
        return None


def _ecrire(fait: Importation, rang: int, sortie: str, *, premier: bool) -> bool:
    """Write a draft where asked, in the folder of its kind, over nothing. Return whether it was written."""
    brouillon = fait.brouillons[rang]
    texte = rediger(fait, rang)
    if sortie == "-":
        print(("" if premier else "---\n") + texte, end="")
        return True
    dossier = Path(sortie) / TYPES[brouillon.type].PLURIEL
    # A filled fiche bears any text as its id: only letters, digits and hyphens may name a file.
    place = dossier / f"{identifiant(str(brouillon.champs['id']), ())}.yml"
    try:
        dossier.mkdir(parents=True, exist_ok=True)
        with place.open("x", encoding="utf-8", newline="\n") as fichier:
            fichier.write(texte)
    except FileExistsError:
        print(f"{place} : existe déjà, laissé tel quel. Déplacez-le, ou donnez un autre --sortie.", file=sys.stderr)
        return False
    except OSError as erreur:
        print(f"{place} : impossible à écrire ({erreur.strerror}).", file=sys.stderr)
        return False
    print(f"{place} : brouillon de {TYPES[brouillon.type].LIBELLE.lower()}, à relire.")
    return True


def _dire(fait: Importation) -> None:
    """Say on the error output what the writer must look at."""
    doutes = sum(len(b.doutes) for b in fait.brouillons)
    print(
        f"{fait.fichier} : lu comme {fait.nature} ; {len(fait.brouillons)} brouillon(s), {doutes} point(s) à vérifier, "
        f"{len(fait.reparations)} réparation(s).",
        file=sys.stderr,
    )
    for remarque in fait.remarques:
        print(f"  Remarque : {remarque}.", file=sys.stderr)
    for brouillon in fait.brouillons:
        for reste in brouillon.restes:
            print(f"  Sans place dans {brouillon.champs['id']} : {reste}", file=sys.stderr)


if __name__ == "__main__":
    ouvrir(main)
