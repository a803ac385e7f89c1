"""Tasks of a kit, grouped by anchor and put in the order of their dates."""

from __future__ import annotations

from dataclasses import dataclass

from macros.modeles import Kit, Tache
from macros.modeles.partage import COMMUN


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
    nom = "avant_j" if tache.decalage < 0 else "apres_j" if tache.decalage else "jour_j"
    return COMMUN.dire(nom, jours=abs(tache.decalage))
