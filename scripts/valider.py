"""Door on the checks: say everything that is wrong in the fiches, in French, and exit 1 if anything is.

Usage: python scripts/valider.py [--format texte|json|github|gitlab] [fichier ou dossier …]
       python scripts/valider.py --referentiel copie.csv
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from porte import RACINE, ouvrir

from macros.catalogue.chargement import charger
from macros.lecture.lieux.referentiels import DOSSIER, Referentiels
from macros.lecture.problemes import Position, Probleme


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the files asked for (everything by default). Return the exit status: 0 when nothing is wrong."""
    options = _parser().parse_args(arguments)
    missing = [p for p in options.chemins if not p.exists()]
    for path in missing:
        print(f"{path} : fichier introuvable. Vérifiez le chemin, relatif au dossier courant.", file=sys.stderr)
    if missing:
        return 1
    if options.referentiel:
        return _essayer(options.referentiel)
    asked = _files(options.chemins)
    home = (RACINE / "fiches").resolve()
    catalogue, problemes = charger(RACINE, [p for p in asked if not p.resolve().is_relative_to(home)])
    if asked:
        names = {_name(p) for p in asked}
        problemes = [p for p in problemes if p.fichier in names]
    print(FORMATS[options.format](problemes), end="")
    if options.format == "texte" and not problemes:
        checked = len(asked) if asked else len(catalogue.fiches)
        print(f"{checked} fiche{'s' if checked > 1 else ''} sans erreur.")
    return 1 if problemes else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Vérifie les fiches et dit tout ce qui ne va pas.")
    parser.add_argument("chemins", nargs="*", type=Path, metavar="fichier ou dossier", help="tout, par défaut")
    parser.add_argument("--format", choices=sorted(FORMATS), default="texte", help="forme des messages")
    parser.add_argument(
        "--referentiel", type=Path, metavar="copie.csv", help="contrôle une copie plus récente d’un fichier"
    )
    return parser


def _essayer(copie: Path) -> int:
    """Check a newer copy of a file of ``fiches/referentiels``, and say what it adds and removes. Changes nothing."""
    referentiels = Referentiels(RACINE / DOSSIER)
    jeux = {jeu.fichier: jeu for jeu in referentiels.manifeste.jeux}
    if copie.name not in jeux or not copie.is_file():
        print(f"{copie} : aucun fichier de données de ce nom. Noms connus : {', '.join(jeux)}.", file=sys.stderr)
        return 1
    lu = referentiels.essayer(copie)
    for constat in lu.constats:
        print(Probleme(str(copie), Position(constat.ligne, 1), constat.colonne, constat.message))
    cle = jeux[copie.name].cle or tuple(jeux[copie.name].colonnes)
    avant, apres = (
        {tuple(ligne[c] for c in cle) for ligne in lignes} for lignes in (referentiels.lignes(copie.name), lu.lignes)
    )
    print(f"{len(lu.lignes)} lignes saines, {len(lu.constats)} à corriger.")
    print(f"{len(apres - avant)} lignes ajoutées, {len(avant - apres)} retirées.")
    return 1 if lu.constats else 0


def _files(chemins: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in chemins:
        found += sorted(path.rglob("*.yml")) if path.is_dir() else [path]
    return found


def _name(path: Path) -> str:
    absolute = path.resolve()
    return absolute.relative_to(RACINE).as_posix() if absolute.is_relative_to(RACINE) else path.as_posix()


def _texte(problemes: Sequence[Probleme]) -> str:
    lines = [f"{p}\n" for p in problemes]
    if problemes:
        files = len({p.fichier for p in problemes})
        lines.append(
            f"\n{len(problemes)} erreur{'s' if len(problemes) > 1 else ''} dans {files} "
            f"fichier{'s' if files > 1 else ''}.\n"
        )
    return "".join(lines)


def _json(problemes: Sequence[Probleme]) -> str:
    rows = [
        {
            "fichier": p.fichier,
            "ligne": p.position.ligne,
            "colonne": p.position.colonne,
            "champ": p.champ,
            "message": p.message,
        }
        for p in problemes
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _github(problemes: Sequence[Probleme]) -> str:
    """Workflow commands; see « Workflow commands for GitHub Actions », escaping of data and properties."""

    def data(texte: str) -> str:
        return texte.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def prop(texte: str) -> str:
        return data(texte).replace(":", "%3A").replace(",", "%2C")

    return "".join(
        "::error "
        f"file={prop(p.fichier)},line={p.position.ligne},col={p.position.colonne},title={prop(p.champ or 'fiche')}"
        f"::{data(p.message)}\n"
        for p in problemes
    )


def _gitlab(problemes: Sequence[Probleme]) -> str:
    """Code Quality report; see « Code Quality, custom tool » in GitLab's documentation.

    The fingerprint leaves the line out, so that GitLab knows a problem again when lines move above it.
    """
    rangs: Counter[tuple[str, str, str]] = Counter()
    rows = []
    for p in problemes:
        cle = (p.fichier, p.champ, p.message)
        rangs[cle] += 1
        rows.append(
            {
                "description": f"{p.champ} : {p.message}" if p.champ else p.message,
                "check_name": "valider",
                "fingerprint": hashlib.sha256("\0".join([*cle, str(rangs[cle])]).encode()).hexdigest(),
                "severity": "major",
                "location": {"path": p.fichier, "lines": {"begin": p.position.ligne}},
            }
        )
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


FORMATS = {"texte": _texte, "json": _json, "github": _github, "gitlab": _gitlab}

if __name__ == "__main__":
    ouvrir(main)
