"""A draft being filled: its fields by place, its doubts, where each field comes from, what found no place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from macros.contribution.importation.blocs import Bloc

PHRASE = 690
"""Characters of a statement, its call of source left aside."""
LIBELLE = 160
TEXTE = 5900


@dataclass
class Brouillon:
    """``doutes``: (place, text); ``origines``: place -> heading of the document. A place is written as messages write
    it, items from 1: ``seances[1].sequences[2].titre``."""

    type: str
    champs: dict[str, Any] = field(default_factory=dict)
    doutes: list[tuple[str, str]] = field(default_factory=list)
    origines: dict[str, str] = field(default_factory=dict)
    restes: list[str] = field(default_factory=list)

    def douter(self, place: str, texte: str) -> None:
        """Note a doubt, once."""
        if (place, texte) not in self.doutes:
            self.doutes.append((place, texte))

    def place(self, champ: str) -> str:
        """Write the place of a field of the correspondances: ``cas.x`` is in the last case."""
        return champ.replace("cas.", f"cas[{len(self.champs.get('cas', []))}].") if champ.startswith("cas.") else champ

    def alerter(self, place: str, bloc: Bloc) -> None:
        """Note the doubts that a block carries."""
        for alerte in bloc.alertes:
            self.douter(place, alerte)


def citer(texte: str) -> str:
    """Call the source s1 at the end of a statement, then close it. A statement that calls a source stays as it is."""
    if re.search(r"\[(?:s[0-9]+|kit)[\], ]", texte):
        return texte
    if re.search(r"(?:\.\.\.|[!?…])$", texte):
        return f"{texte} [s1]"
    return re.sub(r"[ \u00a0\u202f.;,:]+$", "", texte) + " [s1]."


def phrases(texte: str, maximum: int = PHRASE) -> list[str]:
    """Cut a long text between its sentences, then between its words: each piece holds ``maximum`` characters at
    most."""
    if len(texte) <= maximum:
        return [texte]
    morceaux: list[str] = []
    for phrase in re.split(r"(?<=[.!?…;]) +", texte):
        if morceaux and len(morceaux[-1]) + len(phrase) + 1 <= maximum:
            morceaux[-1] += f" {phrase}"
        else:
            morceaux.append(phrase)
    return [court for morceau in morceaux for court in _mots_entiers(morceau, maximum)]


def _mots_entiers(texte: str, maximum: int) -> list[str]:
    pieces: list[str] = []
    while len(texte) > maximum:
        coupe = texte.rfind(" ", 0, maximum)
        coupe = coupe if coupe > 0 else maximum
        pieces.append(texte[:coupe])
        texte = texte[coupe:].strip(" ")
    return [*pieces, texte]
