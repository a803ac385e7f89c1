"""A fiche that changes its id: its file, every reference to it, and the line that keeps its former address alive."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from macros.catalogue.mots_courants import FICHIER as MOTS_COURANTS
from macros.contribution.retouche import retoucher
from macros.lecture.brute import lire
from macros.lecture.problemes import Chemin
from macros.modeles import DOSSIERS, Corrections, Exclusions, Glossaire, MotsCourants, Renommees
from macros.modeles.parcours import occurrences_brutes
from macros.modeles.types import IDENTIFIANT, Modele, Reference
from macros.regles.renommages import fin

FICHIER = "renommees.yml"
_FORME = re.compile(IDENTIFIANT)
_VIDE = re.compile(r"^renommees:[ \t]*\[\s*\][ \t]*$", re.MULTILINE)
_COMMUNS: Mapping[str, type[Modele]] = {
    "glossaire.yml": Glossaire,
    "exclusions.yml": Exclusions,
    "corrections.yml": Corrections,
    MOTS_COURANTS: MotsCourants,
}


class Refus(Exception):
    """Why a fiche cannot be renamed so; the message is for the person who asked."""


@dataclass(frozen=True)
class Renommage:
    """What to do: file to move, and the new text of each file that changes (under its new name)."""

    depart: Path
    arrivee: Path
    textes: Mapping[Path, str]


def preparer(dossier: Path, ancien: str, nouveau: str, jour: str) -> Renommage:
    """Return what renaming ``ancien`` to ``nouveau`` changes under ``dossier`` (fiches/). Writes nothing. Raises Refus.

    ``jour``: ISO 8601 day of the change. Texts are edited in place: comments and layout stay.
    """
    fiches = {p.stem: p for nom in DOSSIERS for p in sorted((dossier / nom).glob("*.yml"))}
    if ancien not in fiches:
        raise Refus(f"Aucune fiche ne s’appelle « {ancien} ».")
    if not _FORME.fullmatch(nouveau) or len(nouveau) > 80:
        raise Refus(
            f"« {nouveau} » ne convient pas : des minuscules sans accent et des chiffres, reliés par des tirets."
        )
    if nouveau in fiches:
        raise Refus(f"« {nouveau} » est déjà le nom d’une fiche.")
    depart = fiches[ancien]
    arrivee = depart.with_name(f"{nouveau}.yml")
    renommees = dossier / FICHIER
    liste = renommees.read_text(encoding="utf-8") if renommees.is_file() else "renommees: []\n"
    liste = _sans_l_ancien_nom(liste, ancien, nouveau)
    textes = {renommees: _with_line(liste, f'  - {{ancien: {ancien}, nouveau: {nouveau}, le: "{jour}"}}')}
    for path, modele in _files(dossier, fiches):
        texte = _renamed(path, modele, ancien, nouveau)
        if texte is not None:
            textes[arrivee if path == depart else path] = texte
    for page in sorted((dossier.parent / "docs").rglob("*.md")):  # where macros are given its id
        texte = page.read_text(encoding="utf-8")
        if f"'{ancien}'" in texte:
            textes[page] = texte.replace(f"'{ancien}'", f"'{nouveau}'")
    return Renommage(depart, arrivee, textes)


def _sans_l_ancien_nom(liste: str, ancien: str, nouveau: str) -> str:
    """The list, without the line that a fiche leaves when it takes one of its own former names again."""
    brut, problemes = lire(FICHIER, liste.encode())
    try:
        lignes = Renommees.model_validate(brut.donnees if brut else None).renommees
    except ValidationError:
        dit = str(problemes[0]) if problemes else FICHIER
        raise Refus(f"La liste des fiches renommées porte une erreur ({dit}). Corrigez-la d’abord.") from None
    sienne = next((rang for rang, ligne in enumerate(lignes) if ligne.ancien == nouveau), None)
    if sienne is None or brut is None:
        return liste
    if lignes[sienne].fusion or fin(nouveau, {ligne.ancien: ligne.nouveau for ligne in lignes}) != ancien:
        raise Refus(
            f"« {nouveau} » a déjà été le nom d’une autre fiche : son ancienne adresse y mène. Choisissez-en un autre."
        )
    restent = [ligne for rang, ligne in enumerate(brut.donnees["renommees"]) if rang != sienne]
    return retoucher(Renommees, liste, {**brut.donnees, "renommees": restent})


def _files(dossier: Path, fiches: Mapping[str, Path]) -> Iterator[tuple[Path, type[Modele]]]:
    for path in fiches.values():
        yield path, DOSSIERS[path.parent.name]
    for nom, modele in _COMMUNS.items():
        if (dossier / nom).is_file():
            yield dossier / nom, modele


def _renamed(path: Path, modele: type[Modele], ancien: str, nouveau: str) -> str | None:
    """The text of a file with every reference changed; None when it holds none."""
    octets = path.read_bytes()
    brut, _ = lire(path.name, octets)
    if brut is None or ancien.encode() not in octets:
        return None
    champs = copy.deepcopy(brut.donnees)
    chemins = list(_chemins(champs, modele, ancien, path.stem))
    for *dessus, dernier in chemins:
        niveau: Any = champs
        for part in dessus:
            niveau = niveau[part]
        niveau[dernier] = nouveau
    return retoucher(modele, octets.decode("utf-8"), champs) if chemins else None


def _chemins(champs: dict[str, Any], modele: type[Modele], ancien: str, nom: str) -> Iterator[Chemin]:
    if nom == ancien:
        yield ("id",)
    for occurrence in occurrences_brutes(modele, champs):
        if isinstance(occurrence.marque, Reference) and occurrence.valeur == ancien:
            yield occurrence.chemin


def _with_line(liste: str, ligne: str) -> str:
    if _VIDE.search(liste):
        return _VIDE.sub(f"renommees:\n{ligne}", liste)
    return f"{liste.rstrip()}\n{ligne}\n"
