"""The frozen whole: every fiche, with its relations both ways. Nothing after it opens YAML."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from macros.ecriture.sigles import Sigles
from macros.lecture.lieux.referentiels import Referentiels
from macros.lecture.problemes import Probleme
from macros.modeles import Corrections, Exclusions, Fiche, Glossaire, ListeDeValeurs, MotCourant
from macros.regles.renommages import Renommage


@dataclass(frozen=True)
class Relation:
    """A typed link from a fiche to another. ``relation`` is said on the source's page, ``inverse`` on the target's."""

    source: str
    cible: str
    champ: str
    relation: str
    inverse: str


@dataclass(frozen=True)
class Invalide:
    """A fiche that cannot be shown: its place is kept, with the messages to correct it."""

    id: str
    type: str
    fichier: str
    problemes: tuple[Probleme, ...]


@dataclass(frozen=True)
class Catalogue:
    """All that pages and exports ask. Nothing after it opens YAML."""

    fiches: Mapping[str, Fiche]
    fichiers: Mapping[str, str]
    ecrites: Mapping[str, bytes]
    """What each file says, every scalar as text, as a contributor finds it: JSON in UTF-8, which takes less memory than
    its data."""
    invalides: Mapping[str, Invalide]
    vocabulaires: Mapping[str, ListeDeValeurs]
    glossaire: Glossaire
    exclusions: Exclusions
    corrections: Corrections
    referentiels: Referentiels
    sortantes: Mapping[str, tuple[Relation, ...]]
    entrantes: Mapping[str, tuple[Relation, ...]]
    renommees: Mapping[str, Renommage] = field(default_factory=dict)
    """Former id -> what it has become; never the id of a fiche."""
    mots_courants: tuple[MotCourant, ...] = ()
    textes: Mapping[str, bytes] = field(default_factory=dict)
    """Each file as its contributor wrote it, to be changed where it changes and nowhere else."""

    @cached_property
    def sigles(self) -> Sigles:
        """The sigles of the glossary, to link in pages."""
        return Sigles(self.glossaire)

    @cached_property
    def _par_type(self) -> dict[str, list[Fiche]]:
        found: dict[str, list[Fiche]] = {}
        for fiche in self.fiches.values():
            found.setdefault(fiche.type, []).append(fiche)
        return found

    @cached_property
    def _premiers_noms(self) -> dict[str, str]:
        """Id -> the oldest of its former ids; those of fiches that joined it were never its own."""
        jours = sorted(
            (r for r in self.renommees.values() if not r.fusion), key=lambda r: (r.le, r.ancien), reverse=True
        )
        return {r.nouveau: r.ancien for r in jours}

    @cached_property
    def noms_actuels(self) -> dict[str, str]:
        """Former id -> the id of today."""
        return {ancien: renommage.nouveau for ancien, renommage in self.renommees.items()}

    def premier_nom(self, id_: str) -> str:
        """Return the id under which a fiche was first published: what identifies it for ever."""
        return self._premiers_noms.get(id_, id_)

    def libelle(self, vocabulaire: str, valeur: str) -> str:
        """Return the public label of a vocabulary value."""
        return self.vocabulaires[vocabulaire].valeurs[valeur].libelle

    def du_type(self, type_: str) -> list[Fiche]:
        """Return the fiches of one kind, in the order of their titles."""
        return list(self._par_type.get(type_, ()))


def cle_de_tri(titre: str) -> str:
    """Return a sort key that ignores accents, case and leading articles' apostrophes, as a reader expects."""
    folded = unicodedata.normalize("NFKD", titre.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in folded if c.isalnum() or c == " ")
