"""What every reader yields: neutral blocks, in reading order. And the one refusal that readers raise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from macros.modeles.partage import IMPORTATION

Genre = Literal["titre", "paragraphe", "element", "ligne", "vide", "marge"]


class DocumentRefuse(Exception):
    """The document cannot be read; the message, in French, says why and what to do."""


def refus(nom: str, **valeurs: object) -> DocumentRefuse:
    """Return the refusal whose message bears this name in ``partage/importation.yml``."""
    return DocumentRefuse(IMPORTATION.dire(nom, **valeurs))


@dataclass
class Bloc:
    """A heading, a paragraph, an item of a list, a row of a table (cells parted by tabs), an empty line, or what stands
    in the margin (header, footer, note, comment). ``texte`` may hold line breaks. ``alertes``: doubts about its
    text."""

    genre: Genre
    texte: str = ""
    niveau: int = 0
    alertes: list[str] = field(default_factory=list)


@dataclass
class Document:
    """A file read: its blocks and what the reader has to say (encoding supposed…)."""

    nom: str
    blocs: list[Bloc]
    remarques: list[str] = field(default_factory=list)
