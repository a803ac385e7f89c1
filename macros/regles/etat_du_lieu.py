"""Conditions on a place, facts of a place -> member, open, to check, closed. Pure.

The rule, the same in ``docs/assets/js/commune/conditions.js`` (a test compares them):

- a condition that does not look at this place (``pour``) says nothing;
- a number lies between bounds: the fact is an interval, since a reader may know only a bracket; a list holds one of
  ``parmi``; a fact that nobody knows leaves the condition « inconnu »;
- whoever is in a programme is a member, whatever the rest; then what is closed is closed; then anything « à vérifier »
  or
  unknown asks to be checked; else it is open;
- where a national law holds only if it says so, what no condition has settled asks to be checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from macros.lecture.lieux.communes import Lieu
from macros.modeles import ConditionDeLieu
from macros.modeles.partage import ORIENTATION

ETATS = ("membre", "ouvert", "a-verifier", "ferme")
DROIT_PROPRE = "droit-propre"

Fait = tuple[Any, ...] | None
"""An interval (two numbers), or a list of values; None when nobody knows."""
Faits = Mapping[str, Fait]
Tranches = Mapping[str, tuple[float, float]]
"""Answer on the population -> its bounds."""


@dataclass(frozen=True)
class Etat:
    """State, and what tells it: ranks of the conditions, each with « oui », « non » or « inconnu »."""

    valeur: str
    raisons: tuple[tuple[int, str], ...] = ()


def faits_du_lieu(lieu: Lieu) -> dict[str, Fait]:
    """Facts of a commune or EPCI, as conditions read them."""
    faits = lieu.faits
    outre_mer = any(code[:2] in ("97", "98") for code in lieu.departements)
    propre = any(code in ORIENTATION["droit_propre"] for code in lieu.departements)
    epci = lieu if lieu.est_epci else lieu.epci
    return {
        "echelle": ("epci",) if lieu.est_epci else ("commune",),
        "territoire": ("outre-mer", *((DROIT_PROPRE,) if propre else ())) if outre_mer else ("metropole",),
        "population": _exact(lieu.population),
        "population-epci": _exact(epci.population if epci else None),
        "densite": _exact(faits.densite),
        "qpv": _exact(faits.qpv),
        "montagne": ("montagne",) * faits.montagne,
        "programme": tuple(nom for cle, nom in ORIENTATION["programmes"].items() if cle in faits.programmes),
        "ort": ("ort-signee",) if faits.ort else (),
    }


def faits_du_projet(reponses: Mapping[str, str], lieu: Lieu | None, tranches: Tranches) -> dict[str, Fait]:
    """Facts of whoever carries the project: the commune, its EPCI or several communes; answers tell what no place
    does."""
    porteur, dite = reponses.get("porteur"), tranches.get(reponses.get("population", ""))
    faits: dict[str, Fait] = {"echelle": ("commune",), "territoire": ("metropole",)}
    if lieu:
        faits = faits_du_lieu(lieu)
    if porteur == "intercommunalite" and "commune" in (faits["echelle"] or ()):
        ti = tuple(p for p in faits.get("programme") or () if p == ORIENTATION["programmes"]["ti"]) if lieu else None
        connue = faits.get("population-epci")
        faits = {"echelle": ("epci",), "territoire": faits["territoire"], "programme": ti, "population": connue}
        faits["population-epci"] = connue
    population = faits.get("population")
    if porteur == "communes" and population:
        faits["population"] = (population[0], inf)  # together, at least as many as this one
    if dite and (porteur == "communes" or population is None):
        faits["population"] = dite
        if porteur == "intercommunalite":
            faits["population-epci"] = dite
    if (programme := reponses.get("programme")) and programme != "autre":
        dits = () if programme == "aucun" else (programme,)
        faits["programme"] = (*(faits.get("programme") or ()), *dits)
    return faits


def _exact(nombre: float | None) -> tuple[float, float] | None:
    return None if nombre is None else (nombre, nombre)


def regarde(condition: ConditionDeLieu, faits: Faits) -> bool:
    """Whether the condition concerns this place."""
    lieu = {str(v) for fait in ("echelle", "territoire") for v in faits.get(fait) or ()}
    return lieu.issuperset(condition.pour)


def lire(condition: ConditionDeLieu, faits: Faits) -> str:
    """« oui », « non » or « inconnu »."""
    connu: Any = faits.get(condition.fait)
    if connu is None:
        return "inconnu"
    if condition.parmi:
        return "oui" if set(connu) & set(condition.parmi) else "non"
    bas, haut = connu
    plancher = condition.min or 0
    plafond = inf if condition.max is None else condition.max
    if plancher <= bas and haut <= plafond:
        return "oui"
    return "non" if haut < plancher or bas > plafond else "inconnu"


def etat_du_lieu(conditions: Iterable[ConditionDeLieu], faits: Faits) -> Etat:
    """What the place is to whoever set these conditions."""
    lues = [(rang, c, lire(c, faits)) for rang, c in enumerate(conditions) if regarde(c, faits)]

    def raisons(garder: Callable[[ConditionDeLieu, str], bool]) -> tuple[tuple[int, str], ...]:
        return tuple((rang, lu) for rang, c, lu in lues if garder(c, lu))

    if membre := raisons(lambda c, lu: c.effet == "membre" and lu == "oui"):
        return Etat("membre", membre)
    if fermees := raisons(lambda c, lu: c.effet == "ferme" and lu == "non"):
        return Etat("ferme", fermees)
    douteuses = raisons(lambda c, lu: c.effet != "precise" and lu != "oui")
    propre = DROIT_PROPRE in (faits.get("territoire") or ())
    if douteuses or (propre and not raisons(lambda c, lu: c.fait == "territoire" and lu == "oui")):
        return Etat("a-verifier", douteuses)
    ouvertes = raisons(lambda c, lu: c.effet != "precise" and lu == "oui")
    return Etat("ouvert", ouvertes + raisons(lambda c, lu: c.effet == "precise" and lu != "inconnu"))
