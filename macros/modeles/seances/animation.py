"""Whether a méthode can be run as it stands, by someone who never saw it, without asking anyone."""

from __future__ import annotations

from macros.modeles import Fiche, Methode
from macros.modeles.seances.durees import EN_MINUTES, bornes, somme

FORMES = ("animation", "visite")
"""Forms that a group lives through in one go; the others (document, conseil…) are not run."""
VIGILANCES = 2
"""A reader who never ran the method needs to know more than one thing that goes wrong."""


def prete_a_animer(fiche: Fiche) -> bool:
    """Whether everything needed to run the méthode tomorrow is on its page."""
    return isinstance(fiche, Methode) and fiche.forme in FORMES and not manques_pour_animer(fiche)


def manques_pour_animer(methode: Methode) -> list[str]:
    """Return what is missing to run it, in the order of the page."""
    attendus = {
        "quand l’utiliser": bool(methode.quand_utiliser),
        "quand l’éviter": bool(methode.quand_eviter),
        "la durée": bornes(methode.duree, EN_MINUTES) is not None,
        "le nombre de participants": bool(methode.participants),
        "qui anime": bool(methode.animateurs),
        "un déroulé minuté": _timed(methode),
        "un matériel chiffré": _counted(methode),
        "ce qui en sort": bool(methode.livrables),
        "deux points de vigilance": len(methode.vigilances) >= VIGILANCES,
        "une variante": bool(methode.variantes),
    }
    return [quoi for quoi, present in attendus.items() if not present]


def _timed(methode: Methode) -> bool:
    """Every step says how long it lasts and what to do."""
    return somme(e.duree for e in methode.etapes) is not None and all(e.texte for e in methode.etapes)


def _counted(methode: Methode) -> bool:
    """Every supply says how many, and for whom."""
    return bool(methode.materiel) and all(m.quantite and m.par for m in methode.materiel)
