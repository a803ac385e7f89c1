"""When what a fiche says must be checked again, and what it is worth on a given day. Pure."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.modeles import TYPES, Fiche, Partenaire
from macros.regles.lieux_dates import ANS_DE_PREUVE

_COMMUNS: dict[str, tuple[str, int | None]] = {
    "glossaire": ("Glossaire, qui ne porte pas encore de date", 24),
    "historique": ("Fiche historique", None),
}
DELAIS: dict[str, tuple[str, int | None]] = dict(
    sorted(
        [*(delai for modele in TYPES.values() for delai in modele.GENRE.delais.items()), *_COMMUNS.items()],
        key=lambda delai: delai[1][1] or 999,
    )
)
"""What is checked -> how readers are told, and months after which to check it again; None, never."""


@dataclass(frozen=True, order=True)
class Echeance:
    """A day from which something said by a fiche is to be checked again."""

    le: str
    regime: str
    fiche: str

    def passee(self, jour: dt.date) -> bool:
        """Whether that day has come."""
        return self.le <= jour.isoformat()


def regime(fiche: Fiche) -> str:
    """Return the key of ``DELAIS`` that a fiche follows; what no longer holds is never checked again."""
    return "historique" if fiche.validite.etat == "historique" else fiche.regime


def ajouter_mois(jour: str, mois: int) -> str:
    """Return the same day ``mois`` later, or the last day of that month when it is shorter."""
    depart = dt.date.fromisoformat(jour)
    annee, rang = divmod(depart.year * 12 + depart.month - 1 + mois, 12)
    dernier = calendar.monthrange(annee, rang + 1)[1]
    return dt.date(annee, rang + 1, min(depart.day, dernier)).isoformat()


def echeances(fiche: Fiche) -> Iterator[Echeance]:
    """Yield the days from which the fiche, then its contact, are to be checked again."""
    regimes = [regime(fiche)]
    if regimes != ["historique"] and isinstance(fiche, Partenaire) and fiche.premier_contact:
        regimes.append("contact")
    for nom in regimes:
        mois = DELAIS[nom][1]
        if mois is not None:
            yield Echeance(ajouter_mois(fiche.verification.le, mois), nom, fiche.id)


def prochaine(fiche: Fiche) -> Echeance | None:
    """Return the first day to come for a fiche, or None when it is historical."""
    return min(echeances(fiche), default=None)


def calendrier(fiches: Iterable[Fiche]) -> dict[str, list[Echeance]]:
    """Return due day -> what is due, the earliest first."""
    found: dict[str, list[Echeance]] = {}
    for echeance in sorted(e for f in fiches for e in echeances(f)):
        found.setdefault(echeance.le, []).append(echeance)
    return found


def finie(fin: str, jour: dt.date) -> bool:
    """Whether a period that ends on this date, month or year is over."""
    return fin < jour.isoformat()[: len(fin)]


def fin_de_vigueur(fiche: Fiche) -> str | None:
    """Return the date after which what is in force is to be confirmed: its announced end, or the end of its proofs.

    A dispositif lives by its sources: two years after the last of them, nothing says that it still exists.
    """
    if fiche.validite.etat != "en-vigueur":
        return None
    preuves = [s.derniere_preuve for s in fiche.sources.values() if s.derniere_preuve]
    prouvee = None
    if fiche.type == "dispositif" and preuves:
        annee, reste = max(preuves)[:4], max(preuves)[4:]
        prouvee = f"{int(annee) + ANS_DE_PREUVE}{reste}"
    return min((fin for fin in (fiche.validite.fin, prouvee) if fin), default=None)


def etat_du_jour(fiche: Fiche, jour: dt.date) -> str:
    """Return the state on a given day: what was in force until a date now past is to be confirmed."""
    fin = fin_de_vigueur(fiche)
    return "a-confirmer" if fin and finie(fin, jour) else fiche.validite.etat


ORDRE_DES_ETATS = ("en-vigueur", "a-confirmer", "historique")
"""In which order lists show fiches."""


def trier_pour_lecture(fiches: list[Fiche], theme: str = "") -> list[Fiche]:
    """Put first what is in force, then what is to be confirmed; then what has ``theme`` as its main theme."""

    def rank(fiche: Fiche) -> tuple[int, bool]:
        return ORDRE_DES_ETATS.index(fiche.validite.etat), bool(theme) and fiche.themes[0] != theme

    return sorted(fiches, key=rank)
