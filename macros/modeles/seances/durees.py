"""Figures with a unit, compared with one another: durations in minutes, head counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from macros.modeles import Chiffre
from macros.modeles.seances.agenda import duree_lisible

EN_MINUTES = {"minute": 1, "heure": 60, "demi-journee": 210, "jour": 420}
"""Unit -> minutes. A working day is counted as seven hours, half a day as three and a half."""

Bornes = tuple[float, float]
"""Lowest and highest value; infinity when nothing bounds it from above."""


def bornes(chiffres: Iterable[Chiffre], unites: Mapping[str, int]) -> Bornes | None:
    """Widest range over all sources; an open bound is taken as far as it goes. None when no unit is known."""
    found = [_range(c, unites[c.unite]) for c in chiffres if c.unite in unites]
    return (min(b for b, _ in found), max(h for _, h in found)) if found else None


def _range(chiffre: Chiffre, facteur: int) -> Bornes:
    bas = chiffre.valeur if chiffre.valeur is not None else chiffre.min
    haut = chiffre.valeur if chiffre.valeur is not None else chiffre.max
    return (bas or 0) * facteur, haut * facteur if haut is not None else float("inf")


def somme(chiffres: Iterable[Chiffre | None]) -> Bornes | None:
    """Total time of steps, in minutes; None when there is none, or when one of them is not timed."""
    total = (0.0, 0.0)
    vide = True
    for chiffre in chiffres:
        duree = bornes([chiffre], EN_MINUTES) if chiffre else None
        if duree is None:
            return None
        total, vide = (total[0] + duree[0], total[1] + duree[1]), False
    return None if vide else total


def bornes_lisibles(intervalle: Bornes) -> str:
    """Write « 1 h 15 », « de 45 min à 1 h 30 », « au moins 1 h » or « au plus 2 h »."""
    bas, haut = intervalle
    if haut == float("inf"):
        return f"au moins {duree_lisible(int(bas))}"
    if bas == haut:
        return duree_lisible(int(bas))
    if bas == 0:
        return f"au plus {duree_lisible(int(haut))}"
    return f"de {duree_lisible(int(bas))} à {duree_lisible(int(haut))}"
