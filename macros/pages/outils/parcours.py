"""The course of a project on a theme: at each step, which support, who, how, with what, and who did it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from macros.catalogue.fige import Catalogue
from macros.catalogue.fraicheur import ORDRE_DES_ETATS
from macros.modeles import Dispositif, Fiche

ROLES = {
    "dispositif": ("dispositif",),
    "cadre": ("dispositif",),
    "partenaire": ("partenaire",),
    "methode": ("methode",),
    "kit": ("kit",),
    "exemple": ("site", "action"),
}
"""What a step offers, in reading order -> kinds of fiches. A framework (ZAN, SCoT…) is not a support to ask for."""
ATTENDUS = tuple(r for r in ROLES if r != "cadre")
"""What every step should offer."""
PAR_ROLE = 3
"""How many fiches a step shows of each; the others are a search away."""


@dataclass(frozen=True)
class Offre:
    """What a step offers of one sort: the first fiches, and how many more there are."""

    role: str
    fiches: tuple[Fiche, ...]
    autres: int


@dataclass(frozen=True)
class EtapeDuParcours:
    """A step of the project: what it offers, and what is missing."""

    phase: str
    offres: tuple[Offre, ...]

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


def _offers(fiches: Sequence[Fiche], theme: str) -> Iterable[Offre]:
    for role in ROLES:
        found = sorted((f for f in fiches if role_de(f) == role), key=lambda f: _rank(f, theme))
        if found:
            yield Offre(role, tuple(found[:PAR_ROLE]), max(0, len(found) - PAR_ROLE))


def role_de(fiche: Fiche) -> str:
    """Return what a fiche brings to a step."""
    if isinstance(fiche, Dispositif) and fiche.nature[0] == "cadre":
        return "cadre"
    return next(role for role, types in ROLES.items() if fiche.type in types)


def _rank(fiche: Fiche, theme: str) -> tuple[int, bool, int]:
    """In force first, then what is mainly about the theme, then what serves few steps and so this one the most."""
    return ORDRE_DES_ETATS.index(fiche.validite.etat), fiche.themes[0] != theme, len(fiche.phases)


def absents(etapes: Sequence[EtapeDuParcours]) -> dict[str, list[str]]:
    """Return what is missing -> the steps that lack it, among those that offer something."""
    found: dict[str, list[str]] = {}
    for role in ATTENDUS:
        lacking = [e.phase for e in etapes if not e.vide and role not in {o.role for o in e.offres}]
        if lacking:
            found[role] = lacking
    return found
