"""What a rule may look at: the fiche, where its fields stand, and the names that exist in the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from macros.lecture.brute import Brut
from macros.lecture.lieux.referentiels import Referentiels
from macros.lecture.problemes import Chemin
from macros.modeles import Fiche, ListeDeValeurs
from macros.modeles.parcours import Occurrence, occurrences_brutes

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
    renommees: Mapping[str, str] = field(default_factory=dict)
    """Former id -> the id of today."""


@dataclass(frozen=True)
class Brouillon:
    """A file read, valid or not: what rules that look at one value at a time need."""

    fichier: str
    dossier: str
    brut: Brut
    modele: type[Fiche]

    @cached_property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """Every marked value of the file."""
        return tuple(occurrences_brutes(self.modele, self.brut.donnees))

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of the sources declared."""
        declarees = self.brut.donnees.get("sources")
        return tuple(declarees) if isinstance(declarees, dict) else ()

    def champ(self, nom: str) -> str:
        """A plain text field, empty when absent or of another shape."""
        valeur = self.brut.donnees.get(nom)
        return valeur if isinstance(valeur, str) else ""


@dataclass(frozen=True)
class Lue(Brouillon):
    """A file whose fiche is valid by itself."""

    fiche: Fiche


Constats = Iterator[Constat]
