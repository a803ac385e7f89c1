"""Catalogue -> the days to come (iCalendar, RFC 5545): what is to be checked again, and what ends.

Written here rather than with a library: all-day events need four rules of the format, and icalendar would take 0.7 s
of a build of 1,000 fiches. The tests read the file with it.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator

from macros.catalogue.fige import Catalogue
from macros.catalogue.fraicheur import DELAIS, echeances
from macros.catalogue.textes_nus import NOM, ligne
from macros.ecriture.rendu import adresse
from macros.ecriture.typographie import date_lisible, typographier
from macros.modeles import Fiche
from macros.sorties.exports.fiches import publiees

ADRESSE = "api/echeances.ics"
_DOMAINE = "accompagner-les-territoires"
"""Right-hand side of the UIDs: it must not change when the site moves."""
_OCTETS = 75
"""Longest line of the format, its end left out."""


def calendrier_ics(catalogue: Catalogue, base: str) -> str:
    """Return ``api/echeances.ics``: one all-day event a verification that is due, one a known end."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{NOM}//Échéances//FR",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(f'{NOM} : échéances')}",
    ]
    for fiche in sorted(publiees(catalogue), key=lambda f: f.id):
        for event in _events(fiche):
            lines += _event(event, catalogue.premier_nom(fiche.id), fiche, base)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


_Evenement = tuple[str, dt.date, str, str]
"""Kind of event, day, title, details."""


def _events(fiche: Fiche) -> Iterator[_Evenement]:
    titre = ligne(typographier(fiche.titre))
    for echeance in echeances(fiche):
        quoi = DELAIS[echeance.regime][0]
        detail = f"{quoi} : vérification du {date_lisible(fiche.verification.le)}, à refaire à partir de ce jour."
        sujet = "Contact à revérifier" if echeance.regime == "contact" else "Fiche à revérifier"
        yield f"verification-{echeance.regime}", dt.date.fromisoformat(echeance.le), f"{sujet} : {titre}", detail
    if fiche.validite.fin and fiche.validite.etat != "historique":
        detail = f"{fiche.LIBELLE} : fin annoncée, {date_lisible(fiche.validite.fin)}."
        yield "fin", dernier_jour(fiche.validite.fin), f"Fin annoncée : {titre}", detail


def dernier_jour(date: str) -> dt.date:
    """Return the last day of an ISO date, month or year."""
    annee, mois, jour = ([int(p) for p in date.split("-")] + [0, 0])[:3]
    mois = mois or 12
    return dt.date(annee, mois, jour or calendar.monthrange(annee, mois)[1])


def _event(event: _Evenement, premier_nom: str, fiche: Fiche, base: str) -> list[str]:
    quoi, jour, titre, detail = event
    return [
        "BEGIN:VEVENT",
        f"UID:{quoi}-{premier_nom}@{_DOMAINE}",
        f"DTSTAMP:{fiche.verification.le.replace('-', '')}T000000Z",
        f"DTSTART;VALUE=DATE:{jour:%Y%m%d}",
        f"SUMMARY:{_escaped(typographier(titre))}",
        f"DESCRIPTION:{_escaped(typographier(detail))}",
        f"URL:{base}{adresse(fiche)}",
        f"CATEGORIES:{_escaped(fiche.LIBELLE)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(texte: str) -> str:
    return texte.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """Cut a line after 75 bytes, never inside a character."""
    octets = line.encode()
    parts = []
    while len(octets) > _OCTETS:
        fin = _OCTETS
        while octets[fin] & 0xC0 == 0x80:  # inside a character
            fin -= 1
        parts.append(octets[:fin])
        octets = b" " + octets[fin:]
    return b"\r\n".join([*parts, octets]).decode()
