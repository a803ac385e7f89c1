"""The course of a project on a theme: at each step, which support, who, how, with what, and who did it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from macros.catalogue.fige import Catalogue
from macros.catalogue.fraicheur import ORDRE_DES_ETATS
from macros.modeles import TYPES, Fiche
from macros.modeles.genre import Offre

OFFRES = tuple(
    dict.fromkeys(o for m in sorted(TYPES.values(), key=lambda m: m.GENRE.rang_theme) for o in m.GENRE.offres)
)
"""What a step offers, in reading order."""
PAR_OFFRE = 3
"""How many fiches a step shows of each; the others are a search away."""


@dataclass(frozen=True)
class Rangee:
    """What a step offers of one sort: the first fiches, how many more there are, and the kinds where they are found."""

    offre: Offre
    fiches: tuple[Fiche, ...]
    autres: int
    types: tuple[str, ...]


@dataclass(frozen=True)
class EtapeDuParcours:
    """A step of the project, and what it offers."""

    phase: str
    offres: tuple[Rangee, ...]

    @property
    def vide(self) -> bool:
        """Whether nothing at all is known for this step."""
        return not self.offres


def parcours(catalogue: Catalogue, fiches: Iterable[Fiche], theme: str) -> list[EtapeDuParcours]:
    """Return every step of the project, in order, with the fiches of ``theme`` that serve there."""
    members = list(fiches)
    return [
        EtapeDuParcours(phase, tuple(_offers([f for f in members if phase in f.phases], theme)))
        for phase in catalogue.vocabulaires["phases"].valeurs
    ]


def _offers(fiches: Sequence[Fiche], theme: str) -> Iterable[Rangee]:
    for offre in OFFRES:
        found = sorted((f for f in fiches if f.offre == offre), key=lambda f: _rank(f, theme))
        if found:
            types = [t for t, m in TYPES.items() if offre in m.GENRE.offres]
            types.sort(key=lambda t: TYPES[t].GENRE.rang_theme)
            yield Rangee(offre, tuple(found[:PAR_OFFRE]), max(0, len(found) - PAR_OFFRE), tuple(types))


def _rank(fiche: Fiche, theme: str) -> tuple[int, bool, int]:
    """In force first, then what is mainly about the theme, then what serves few steps and so this one the most."""
    return ORDRE_DES_ETATS.index(fiche.validite.etat), fiche.themes[0] != theme, len(fiche.phases)
