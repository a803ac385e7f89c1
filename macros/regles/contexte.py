"""What a rule may look at: the fiche, where its fields stand, and the names that exist in the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from macros.lecture import Brut
from macros.modeles import Fiche, ListeDeValeurs
from macros.modeles.parcours import Occurrence, occurrences
from macros.problemes import Chemin
from macros.referentiels import Referentiels

Constat = tuple[Chemin, str]
"""Path of the field and message: what a rule yields."""


@dataclass(frozen=True)
class Reperes:
    """Names shared by the whole catalogue, known before any rule runs."""

    types: Mapping[str, str]
    """Fiche id -> kind, invalid fiches included, so that a mistake in one does not spread to those that cite it."""
    vocabulaires: Mapping[str, ListeDeValeurs]
    referentiels: Referentiels
    illustrations: Path


@dataclass(frozen=True)
class Lue:
    """A fiche read and valid by itself. ``fichier`` is relative to the project."""

    fichier: str
    dossier: str
    brut: Brut
    fiche: Fiche

    @cached_property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """Every marked value of the fiche."""
        return tuple(occurrences(self.fiche))


Constats = Iterator[Constat]
