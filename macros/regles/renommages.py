"""Former ids lead to fiches of today: every one is free, and every chain ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from macros.lecture.problemes import Chemin, remede
from macros.modeles import Renommees

_LIBRE = (
    "une fiche porte encore l’identifiant « {ancien} ». Renommez son fichier et son champ id, ou retirez cette ligne : "
    "un ancien identifiant ne ressert pas."
)
_DOUBLE = "« {ancien} » apparaît deux fois. Gardez une seule ligne."
_BOUCLE = "« {ancien} » revient à lui-même de renommage en renommage. Corrigez le dernier nouveau nom de la chaîne."


@dataclass(frozen=True)
class Renommage:
    """What became of a former id. ``type`` is the kind that the fiche had then: it made its address."""

    ancien: str
    type: str
    nouveau: str
    le: str
    fusion: bool = False
    """Whether the fiche joined another one, which keeps its own name for ever."""


def suivre(lues: Renommees, types: Mapping[str, str]) -> tuple[dict[str, Renommage], list[tuple[Chemin, str]]]:
    """Return former id -> what it has become, chains followed to their end, and what is wrong: (place, message).

    ``types``: id -> kind of every fiche, even of one in error.
    """
    suites = {r.ancien: r.nouveau for r in lues.renommees}
    trouvees: dict[str, Renommage] = {}
    constats: list[tuple[Chemin, str]] = []
    for rang, renommee in enumerate(lues.renommees):
        ancien, chemin = renommee.ancien, ("renommees", rang)
        arrivee = fin(ancien, suites)
        if ancien in types:
            constats.append(((*chemin, "ancien"), _LIBRE.format(ancien=ancien)))
        elif ancien in trouvees:
            constats.append(((*chemin, "ancien"), _DOUBLE.format(ancien=ancien)))
        elif arrivee is None:
            constats.append(((*chemin, "nouveau"), _BOUCLE.format(ancien=ancien)))
        elif arrivee not in types:
            message = f"la fiche « {arrivee} » n’existe pas. {remede(arrivee, types)}".rstrip()
            constats.append(((*chemin, "nouveau"), message))
        else:
            trouvees[ancien] = Renommage(ancien, renommee.type or types[arrivee], arrivee, renommee.le, renommee.fusion)
    return trouvees, constats


def fin(ancien: str, suites: Mapping[str, str]) -> str | None:
    """The id at the end of a chain of renamings; None when it goes round."""
    vus = {ancien}
    courant = suites[ancien]
    while courant in suites:
        if courant in vus:
            return None
        vus.add(courant)
        courant = suites[courant]
    return courant
