"""Door on the scaffold: start a fiche from a few questions, or from options, and say what to do next.

Usage: python scripts/nouvelle_fiche.py [--type TYPE --titre TITRE …] [--sans-question]
Exit status: 0 written; 1 refused or given up; 2 wrong options; 130 interrupted. Never overwrites a file.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

with contextlib.suppress(ImportError):
    import readline  # noqa: F401 - arrow keys and history in the answers, where the system has it

from porte import RACINE, ouvrir

from macros.catalogue.chargement import charger
from macros.contribution.dialogue import Dialogue, Manque, Renonce
from macros.contribution.echafaudage import INVITES, assembler, propre
from macros.contribution.ecriture import ecrire
from macros.contribution.essai import Essai
from macros.contribution.notice import ENTETE, commentaires
from macros.lecture.problemes import Probleme
from macros.modeles import TYPES
from macros.modeles.libelles import CHAMPS

COMMUNES = ("type", "id", "titre", "accroche", "themes", "phases", "publics", "territoire", "validite")
AUTRES = tuple(dict.fromkeys(c for m in TYPES.values() for c in (*m.GENRE.questions, *m.GENRE.renvois)))


class Abandon(Exception):
    """Nothing is written; the message says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask, check, write. Return the exit status."""
    options = _parser().parse_args(arguments)
    for flux in (sys.stdout, sys.stderr):
        if isinstance(flux, io.TextIOWrapper):
            flux.reconfigure(errors="replace")  # an old console shows « ? » rather than stopping half-way
    try:
        path = _nouvelle(options)
    except Manque as manque:
        print("Rien n’a été écrit.", *(f"  {m}" for m in manque.messages), sep="\n", file=sys.stderr)
        return 2
    except Renonce:
        print("Rien n’a été écrit.")
        return 1
    except Abandon as abandon:
        print(abandon, file=sys.stderr)
        return 1
    except EOFError:
        print("\nFin de la saisie avant la dernière question : rien n’a été écrit.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nAbandon : rien n’a été écrit.", file=sys.stderr)
        return 130
    print(suite(path))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="Commence une fiche. Ce qui n’est pas donné en option est demandé.",
        epilog="Exemple : --type methode --titre « … » --champ forme=visite "
        "--source « titre | éditeur | adresse | date ».",
    )
    propres = {"type": ", ".join(TYPES), "id": "nom du fichier, sans .yml ; proposé d’après le titre"}
    aides = {**CHAMPS, **INVITES, **propres}
    for nom in COMMUNES:
        suite = " ; plusieurs valeurs, séparées par des virgules" if nom in {"themes", "phases", "publics"} else ""
        parser.add_argument(f"--{nom}", metavar="TEXTE", help=aides[nom] + suite)
    parser.add_argument(
        "--source", action="append", default=[], metavar="« titre | éditeur | adresse | date »", help="répétable"
    )
    parser.add_argument(
        "--champ",
        action="append",
        default=[],
        metavar="NOM=VALEUR",
        help=f"répétable ; selon le type : {', '.join(AUTRES)}",
    )
    parser.add_argument(
        "--par", default="contribution extérieure", help="institution ou rôle qui rédige, jamais une personne"
    )
    parser.add_argument("--sans-question", action="store_true", help="ne demande rien : dit ce qui manque et s’arrête")
    parser.add_argument("--fiches", type=Path, default=RACINE / "fiches", metavar="DOSSIER", help="où écrire")
    return parser


def _given(options: argparse.Namespace) -> dict[str, str]:
    donnees = {nom: propre(getattr(options, nom)) for nom in COMMUNES if getattr(options, nom) is not None}
    for texte in options.champ:
        nom, egal, valeur = texte.partition("=")
        if not egal or nom.strip() not in AUTRES:
            raise Manque([f"--champ « {texte} » : écrivez NOM=VALEUR, où NOM est l’un de : {', '.join(AUTRES)}."])
        donnees[nom.strip()] = propre(valeur)
    return donnees


def _nouvelle(options: argparse.Namespace) -> Path:
    catalogue, _ = charger(RACINE)
    donnees = _given(options)
    sources = [[propre(part) for part in texte.split("|")] for texte in options.source]
    dialogue = Dialogue(catalogue, input, _say, donnees, sources, muet=options.sans_question)
    type_ = dialogue.type()
    reponses = dialogue.reponses(type_)
    citees = dialogue.sources()
    dossier = options.fiches / TYPES[type_].PLURIEL
    pris = sorted({*catalogue.fichiers, *catalogue.invalides, *(p.stem for p in options.fiches.rglob("*.yml"))})
    id_ = dialogue.identifiant(reponses["titre"], pris)
    essai = Essai(catalogue, RACINE)
    while True:
        champs = assembler(type_, id_, reponses, citees, dt.date.today().isoformat(), options.par)
        texte = ecrire(type_, champs, commentaires(type_, champs, catalogue), ENTETE, aere=True)
        problemes = essai.controler(f"fiches/{TYPES[type_].PLURIEL}/{id_}.yml", texte.encode())
        if not problemes:
            return _write(dossier / f"{id_}.yml", texte)
        _again(dialogue, type_, problemes, reponses, citees)


def _again(
    dialogue: Dialogue, type_: str, problemes: list[Probleme], reponses: dict[str, Any], citees: list[dict[str, str]]
) -> None:
    """Say what the checks refuse and ask again what can be, in place. Raises Manque when nothing can."""
    messages = [f"{p.champ} : {p.message}" for p in problemes]
    champs = {p.champ.split(".")[0].split("[")[0] for p in problemes}
    if dialogue.muet:
        raise Manque(messages)
    print("\nÀ reprendre :", *(f"  {m}" for m in messages), sep="\n")
    nouvelles = dialogue.redemander(type_, sorted(champs))
    reponses.update(nouvelles)
    if "sources" in champs:
        citees[:] = []
        dialogue.sources_donnees = ()
        citees += dialogue.sources()
    elif not nouvelles:
        raise Manque(messages)


def _write(path: Path, texte: str) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as flux:
            flux.write(texte)
    except FileExistsError:
        raise Abandon(
            f"{_shown(path)} existe déjà : rien n’a été écrit. Choisissez un autre identifiant (--id)."
        ) from None
    except OSError as error:
        raise Abandon(f"{_shown(path)} ne peut pas être écrit : {error.strerror}. Rien n’a été écrit.") from None
    return path


def _shown(path: Path) -> str:
    absolute = path.resolve()
    return absolute.relative_to(RACINE).as_posix() if absolute.is_relative_to(RACINE) else str(path)


def _say(texte: str) -> None:
    print(texte, flush=True)


def suite(path: Path) -> str:
    """Say what comes next, with exact paths and commands."""
    nom, adresse = _shown(path), f"{path.parent.name}/{path.stem}"
    return f"""
Écrit : {nom} (brouillon, sans erreur).

La suite :
  1. Ouvrez {nom} et complétez-le : chaque champ facultatif y est, en commentaire, avec un exemple.
  2. Vérifiez :   python3 scripts/faire.py valider {nom}
  3. Regardez :   python3 scripts/faire.py serve   puis http://127.0.0.1:8000/{adresse}/
  4. Quand tout est relu et sourcé, écrivez « etat: publiee ».
  5. Proposez :   git switch -c {path.stem}
                  git add {nom}
                  git commit -m "Fiche {path.stem}"
                  git push -u origin {path.stem}
     puis ouvrez la demande de fusion que la forge vous propose."""


if __name__ == "__main__":
    ouvrir(main)
