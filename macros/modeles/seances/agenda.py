"""Times of a séance, computed from durations and fixed starts. Minutes since midnight."""

from __future__ import annotations

from dataclasses import dataclass

from macros.modeles import Seance, Sequence


@dataclass(frozen=True)
class Creneau:
    """A sequence placed in the day. ``debut`` and ``fin`` in minutes since midnight.

    ``ecart``: minutes between the end of the previous sequence and this fixed start; negative when they overlap.
    """

    sequence: Sequence
    debut: int
    fin: int
    ecart: int


def minutes(heure: str) -> int:
    """Return minutes since midnight of « 08:30 »."""
    hours, mins = heure.split(":")
    return int(hours) * 60 + int(mins)


def creneaux(seance: Seance) -> list[Creneau]:
    """Place the sequences one after the other; empty when the séance has no start."""
    if seance.debut is None:
        return []
    placed = []
    cursor = minutes(seance.debut)
    for sequence in seance.sequences:
        start = minutes(sequence.debut) if sequence.debut else cursor
        placed.append(Creneau(sequence, start, start + sequence.duree, start - cursor))
        cursor = start + sequence.duree
    return placed


def heure_lisible(total: int) -> str:
    """Write minutes since midnight as « 8 h 30 »."""
    hours, mins = divmod(total, 60)
    return f"{hours} h {mins:02d}" if mins else f"{hours} h"


def duree_lisible(total: int) -> str:
    """Write a duration in minutes as « 45 min », « 2 h » or « 1 h 15 »."""
    return heure_lisible(total) if total >= 60 else f"{total} min"
