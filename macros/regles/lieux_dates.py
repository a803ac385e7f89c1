"""Places agree with the référentiels; dates are in order; a replacement makes sense."""

from __future__ import annotations

import datetime as dt
import re

from macros.lecture.problemes import Chemin, proche
from macros.modeles.partage import FICHE
from macros.regles.contexte import Constats, Lue, Reperes


def territoire(lue: Lue, reperes: Reperes) -> Constats:
    """Each code exists at the scale announced, under the name given."""
    lieu_de = lue.fiche.territoire
    if lieu_de.echelle == "national":
        return
    endroits = reperes.referentiels.par_echelle(lieu_de.echelle)
    for rang, lieu in enumerate(lieu_de.lieux):
        chemin = ("territoire", "lieux", rang)
        officiel = endroits.get(lieu.code)
        if officiel is None:
            par_nom = [e.code for e in endroits.values() if _fold(e.nom) == _fold(lieu.nom)]
            conseil = f" « {lieu.nom} » a pour code {' ou '.join(par_nom[:5])}." if par_nom else ""
            dit = FICHE.dire("lieu_inconnu", code=lieu.code, aucun=FICHE["aucun"][lieu_de.echelle])
            yield (
                (*chemin, "code"),
                f"{dit}{conseil} Cherchez-le dans fiches/referentiels/{_file(lieu_de.echelle)}.",
            )
        elif officiel.nom != lieu.nom:
            voisin = proche(lieu.nom, (e.nom for e in endroits.values()), 90)
            autre = next((e for e in endroits.values() if e.nom == voisin and e.code != lieu.code), None)
            suite = f" « {autre.nom} » a pour code {autre.code}." if autre else ""
            dit = FICHE.dire("lieu_mal_nomme", code=lieu.code, officiel=officiel.nom, nom=lieu.nom)
            yield (*chemin, "nom"), f"{dit}{suite}"


def _file(echelle: str) -> str:
    return {"commune": "communes.csv", "epci": "epci.csv", "departement": "departements.csv"}[echelle]


def _fold(nom: str) -> str:
    return re.sub(r"[\s'’-]+", " ", nom).casefold()


def dates_en_ordre(lue: Lue, _: Reperes) -> Constats:
    """A beginning does not come after its end, wherever both stand."""
    yield from _in_order(lue.fiche.validite, ("validite",))
    for rang, etat in enumerate(lue.fiche.historique):
        yield from _in_order(etat, ("historique", rang))
    periode = getattr(lue.fiche, "periode", None)
    if periode:
        yield from _in_order(periode, ("periode",))
    for rang, cadre in enumerate(getattr(lue.fiche, "cadres", ())):
        yield from _in_order(cadre, ("cadres", rang))


def _in_order(periode: object, chemin: tuple[str | int, ...]) -> Constats:
    debut, fin = getattr(periode, "debut", None), getattr(periode, "fin", None)
    if debut and fin and debut[: len(fin)] > fin[: len(debut)]:
        yield (*chemin, "fin"), FICHE.dire("dates_inversees", debut=debut, fin=fin)


def dates_passees(lue: Lue, _: Reperes) -> Constats:
    """What was verified, published, modified or read again was so on a day that has come, and not centuries ago.

    Tomorrow is still accepted: a day begins earlier elsewhere. What passes once passes for ever.
    """
    demain = (dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)).isoformat()
    dites: list[tuple[Chemin, str | None]] = [(("verification", "le"), lue.fiche.verification.le)]
    for cle, source in lue.fiche.sources.items():
        dites += [(("sources", cle, nom), getattr(source, nom)) for nom in FICHE["premieres_annees"] if nom != "le"]
    for chemin, jour in dites:
        if jour and jour > demain[: len(jour)]:
            yield chemin, FICHE.dire("date_future", date=jour)
        elif jour and jour[:4] < FICHE["premieres_annees"][chemin[-1]]:
            yield chemin, FICHE.dire("date_absurde", date=jour)


ANS_DE_PREUVE = 2
"""Years for which a source proves that a dispositif still exists."""


def vigueur(lue: Lue, _: Reperes) -> Constats:
    """A published dispositif is said to be in force on a source of less than two years, counted from the day it was
    written.

    From that day and not from today: what was proved stays accepted, and the page says by itself when it no longer is.
    """
    fiche = lue.fiche
    if fiche.type != "dispositif" or fiche.etat != "publiee" or fiche.validite.etat != "en-vigueur":
        return
    annee, reste = fiche.verification.le[:4], fiche.verification.le[4:]
    limite = f"{int(annee) - ANS_DE_PREUVE}{reste}"
    preuves = [s.derniere_preuve for s in fiche.sources.values() if s.derniere_preuve]
    if not any(limite[: len(preuve)] <= preuve for preuve in preuves):
        yield ("validite", "etat"), FICHE.dire("vigueur_sans_preuve")


def validite(lue: Lue, _: Reperes) -> Constats:
    """Only what is over is replaced."""
    valide = lue.fiche.validite
    if valide.remplace_par and valide.etat == "en-vigueur":
        yield ("validite", "remplace_par"), FICHE.dire("remplacee_en_vigueur")
