"""Figures with a unit, compared with one another: durations in minutes, head counts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping

from macros.modeles import Chiffre
from macros.modeles.partage import COMMUN
from macros.modeles.seances.agenda import duree_lisible

EN_MINUTES: dict[str, int] = COMMUN["minutes"]
"""Unit -> minutes. A working day is counted as seven hours, half a day as three and a half."""
EN_PERSONNES = {"personne": 1}

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
    return _en_mots(intervalle, lambda n: duree_lisible(int(n)), "de_a")


def effectif_lisible(intervalle: Bornes) -> str:
    """Write « 4 à 8 personnes », « au moins 5 personnes » or « 7,5 personnes »."""
    return f"{_en_mots(intervalle, lambda n: f'{math.floor(n * 10 + 0.5) / 10:g}'.replace('.', ','), 'a')} personnes"


def _en_mots(intervalle: Bornes, ecrire: Callable[[float], str], entre: str) -> str:
    bas, haut = intervalle
    if haut == float("inf"):
        return COMMUN.dire("au_moins", bas=ecrire(bas))
    if bas == haut:
        return ecrire(bas)
    return COMMUN.dire(entre if bas else "au_plus", bas=ecrire(bas), haut=ecrire(haut))
