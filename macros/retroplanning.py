"""Tasks of a kit, grouped by anchor and put in the order of their dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from macros.modeles import Kit, Materiel, Tache


@dataclass(frozen=True)
class Bloc:
    """Tasks hung on one anchor, earliest first, with the name of their roles."""

    ancre: str
    taches: tuple[dict[str, str], ...]


def blocs(kit: Kit) -> list[Bloc]:
    """Group the tasks by anchor, in the order in which the kit declares its anchors."""
    roles = {r.id: r.titre for r in kit.roles}
    found = []
    for ancre in kit.ancres:
        taches = sorted((t for t in kit.retroplanning if t.ancre == ancre.id), key=lambda t: t.decalage)
        if taches:
            rows = tuple({"quand": quand(t), "tache": t.tache, "role": roles.get(t.role, t.role)} for t in taches)
            found.append(Bloc(ancre.libelle, rows))
    return found


def quand(tache: Tache) -> str:
    """Write « J − 30 », « Jour J » or « J + 15 »."""
    if tache.decalage == 0:
        return "Jour J"
    return f"J {'−' if tache.decalage < 0 else '+'} {abs(tache.decalage)}"


def materiel_du_kit(kit: Kit) -> list[Materiel]:
    """Add up the supplies of all sequences: the same item in the same unit counts once, with the largest quantity
    a single sequence needs (it is used again, not used up)."""
    merged: dict[tuple[str, str | None], Materiel] = {}
    for item in _items(kit):
        key = (item.nom, item.par)
        known = merged.get(key)
        if known is None or (item.quantite or 0) > (known.quantite or 0):
            merged[key] = item
    return list(merged.values())


def _items(kit: Kit) -> Iterable[Materiel]:
    for seance in kit.seances:
        for sequence in seance.sequences:
            yield from sequence.materiel
