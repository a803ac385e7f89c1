"""Public and school holidays, computed once for the browser by the packages that follow the official texts.

Public holidays: ``holidays``, less the days that are customs and not law overseas (code du travail, L3422-2 names the
abolition of slavery alone). School holidays: ``vacances-scolaires-france``, zones A, B and C, as far as the ministry
has published them; neither Corsica nor overseas. Beyond either, the browser says that it does not know.
"""

from __future__ import annotations

import csv
import datetime as dt
from importlib.resources import files
from itertools import groupby
from typing import Any

from holidays import country_holidays

ANNEES = range(2026, 2041)
"""Years whose public holidays are given: fixed, so that two builds of one commit are the same."""
ALSACE_MOSELLE = {"57": "57", "67": "6AE", "68": "6AE"}
"""Département -> its name in ``holidays``, which knows Alsace as one collectivity."""
OUTRE_MER = {code: code for code in ("971", "972", "973", "974", "976")}
ZONES = "ABC"
_CAPITALES = ("Pâques", "Pentecôte", "Ascension", "Assomption", "Toussaint", "Noël", "Saint")


def feries() -> dict[str, dict[str, str]]:
    """Code of a département, or nothing for those of everyone -> day (ISO 8601) -> name of the public holiday."""
    communs = _nommes(None)
    propres = {"": communs}
    for code, connu in (ALSACE_MOSELLE | OUTRE_MER).items():
        en_plus = {jour: nom for jour, nom in _nommes(connu).items() if jour not in communs}
        if code in OUTRE_MER:
            en_plus = {jour: nom for jour, nom in en_plus.items() if nom.startswith("abolition")}
        propres[code] = en_plus
    return propres


def _nommes(code: str | None) -> dict[str, str]:
    lus = country_holidays("FR", years=ANNEES, subdiv=code, language="fr")
    return {jour.isoformat(): _dans_la_phrase(nom) for jour, nom in sorted(lus.items())}


def _dans_la_phrase(nom: str) -> str:
    """Write the name as inside a sentence."""
    return nom.replace("'", "’") if nom.startswith(_CAPITALES) else nom[:1].lower() + nom[1:].replace("'", "’")


def vacances() -> list[tuple[str, str, str, str]]:
    """School holidays: zone, name, first and last day without class (ISO 8601)."""
    # Its data rather than its class, which parses thirty-five years of dates each time.
    with (files("vacances_scolaires_france") / "data/data.csv").open(encoding="utf-8") as flux:
        lus = [ligne for ligne in csv.DictReader(flux) if ligne["date"] >= f"{ANNEES.start - 1}"]
    periodes = []
    for zone in ZONES:
        donnes = [ligne for ligne in lus if ligne[f"vacances_zone_{zone.lower()}"] == "True"]
        jours = [(dt.date.fromisoformat(ligne["date"]), ligne["nom_vacances"]) for ligne in donnes]
        # Consecutive days of one name keep the same difference between their date and their rank.
        for (nom, _), suite in groupby(enumerate(jours), key=lambda r: (r[1][1], r[1][0] - dt.timedelta(r[0]))):
            dates = [jour for _, (jour, _) in suite]
            if dates[-1].year >= ANNEES.start:
                periodes.append((zone, _dans_la_phrase(nom), dates[0].isoformat(), dates[-1].isoformat()))
    return periodes


def connus(zones: dict[str, str]) -> dict[str, Any]:
    """What the composer reads; ``zones``: département -> zone of its schools."""
    return {"annees": [ANNEES.start, ANNEES[-1]], "feries": feries(), "zones": zones, "vacances": vacances()}
