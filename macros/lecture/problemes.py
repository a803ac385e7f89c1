"""What is wrong in a file, where, and how to say it: the one shape that every check yields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from macros.modeles.partage import FICHE

CITE_MAX, LONGUEUR_MAX = FICHE["limites"]["cite"], 3_000
"""Characters of what a message quotes, and of a message."""
_CITE = re.compile(f"« ([^»]{{{CITE_MAX},}}) »")
_OBEIS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)
"""Signs that change how the rest of a message is shown, or that no one sees."""
Chemin = tuple[str | int, ...]
"""Place of a value inside a fiche: ("sources", "s1", "titre"), ("etapes", 0)."""


@dataclass(frozen=True, order=True)
class Position:
    """Line and column, from 1."""

    ligne: int = 1
    colonne: int = 1


@dataclass(frozen=True, order=True)
class Probleme:
    """One thing to correct. ``fichier`` is relative to the project, with forward slashes.

    What the message quotes comes from the fiche: it is kept short, and without signs that a terminal would obey.
    """

    fichier: str
    position: Position
    champ: str
    message: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "champ", _lisible(self.champ))
        object.__setattr__(self, "message", _lisible(_CITE.sub(_abrege, self.message)))

    def __str__(self) -> str:
        champ = f" · {self.champ}" if self.champ else ""
        return f"{_lisible(self.fichier)}:{self.position.ligne}:{self.position.colonne}{champ} : {self.message}"


def _lisible(texte: str) -> str:
    return _OBEIS.sub("\ufffd", texte if len(texte) <= LONGUEUR_MAX else texte[: LONGUEUR_MAX - 1] + "…")


def _abrege(cite: re.Match[str]) -> str:
    return f"« {cite[1][:CITE_MAX]}… »"


def nom_de_champ(chemin: Chemin) -> str:
    """Write a path as a reader would: ``etapes[2].texte``, items counted from 1."""
    texte = ""
    for part in chemin:
        if isinstance(part, int):
            texte += f"[{part + 1}]"
        else:
            texte += f".{part}" if texte else part
    return texte


def proche(mot: str, admis: Iterable[str], seuil: int = 65) -> str | None:
    """Return the accepted word nearest to ``mot``, or None when none is near."""
    found = process.extractOne(mot, list(admis), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=seuil)
    return found[0] if found else None


def absente(id_: str, admis: Iterable[str], renommees: Mapping[str, str]) -> str:
    """Say that no fiche bears this id, and which one does now, or which is near."""
    if id_ in renommees:
        return FICHE.dire("fiche_renommee", id=id_, actuel=renommees[id_])
    return f"{FICHE.dire('fiche_absente', id=id_)} {remede(id_, admis)}".rstrip()


def remede(mot: str, admis: Iterable[str]) -> str:
    """Say what was expected: the nearest word, then the accepted values when they are few."""
    valeurs = sorted(admis)
    phrases = []
    voisin = proche(mot, valeurs)
    if voisin:
        phrases.append(f"Vouliez-vous dire « {voisin} » ?")
    if len(valeurs) <= FICHE["limites"]["admises"]:
        phrases.append(FICHE.dire("valeurs_admises", valeurs=", ".join(valeurs)))
    return " ".join(phrases)
