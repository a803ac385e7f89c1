"""Two or three short facts that help choosing among fiches in a list."""

from __future__ import annotations

from typing import Any

from macros.catalogue.fraicheur import etat_du_jour, fin_de_vigueur
from macros.ecriture.typographie import enumerer
from macros.modeles import Fiche, Methode
from macros.modeles.genre import EXEMPLE
from macros.modeles.seances.animation import prete_a_animer
from macros.modeles.seances.durees import EN_MINUTES
from macros.pages.faits_de_recherche import faits as decisifs
from macros.pages.vue import Vue


def faits(vue: Vue, fiche: Fiche) -> list[dict[str, Any]]:
    """At most three facts that decide, those of the search; then the validity, when it asks for care."""
    return [*faits_de(vue, fiche)[:3], *etats(vue, fiche)]


def faits_de(vue: Vue, fiche: Fiche) -> list[dict[str, Any]]:
    """What decides: for whom, cost, duration, place; whom to call is read on the fiche."""
    prete = [("ok", "Prête à animer")] if isinstance(fiche, Methode) and prete_a_animer(fiche) else []
    return [{"icone": i, "texte": t} for i, t in [*decisifs(vue.catalogue, fiche), *prete] if i != "courrier"]


def etats(vue: Vue, fiche: Fiche) -> list[dict[str, Any]]:
    """Validity when it asks for care; what ends later keeps « À confirmer » ready, for the browser to show that day.

    An example is never in force: its years say enough.
    """
    jour, fin = etat_du_jour(fiche, vue.jour), fin_de_vigueur(fiche)
    if EXEMPLE in fiche.GENRE.offres:
        return []
    if jour == "historique":
        return [{"icone": "archive", "alerte": True, "texte": "Historique"}]
    alerte = {"icone": "alerte", "alerte": True, "texte": "À confirmer"}
    return [alerte] if jour == "a-confirmer" else [{**alerte, "fin": fin}] if fin else []


def faits_outil(vue: Vue, outil: Methode) -> list[dict[str, Any]]:
    """What an agent asks of a tool of the toolbox: who holds it, how long it takes, whether it is in force."""
    noms = [vue.libelle("tenu_par", t).partition(" (")[0].lower() for t in outil.boite.tenu_par] if outil.boite else []
    qui = enumerer(noms)
    temps = durees(vue, outil)
    combien = temps[0] if temps else vue.libelle("forme_methode", outil.forme)
    return [
        {"icone": "personne", "texte": qui[:1].upper() + qui[1:]},
        {"icone": "duree" if temps else "drapeau", "texte": combien[:1].upper() + combien[1:]},
        *etats(vue, outil),
    ]


def durees(vue: Vue, methode: Methode) -> list[str]:
    """Shortest and longest durations over all sources, when their units can be compared."""
    bornes = [(c, v) for c in methode.duree for v in (c.valeur, c.min, c.max) if v is not None]
    unites = {c.unite for c, _ in bornes}
    if len(unites) > 1 and unites <= set(EN_MINUTES):
        ranked = sorted(bornes, key=lambda borne: borne[1] * EN_MINUTES[borne[0].unite])
        ends = (c.model_copy(update={"valeur": v, "min": None, "max": None}) for c, v in (ranked[0], ranked[-1]))
        return [" à ".join(dict.fromkeys(vue.quantite(c) for c in ends))]
    if len(unites) != 1:
        return []
    valeurs = [v for _, v in bornes]
    merged = methode.duree[0].model_copy(update={"valeur": None, "min": min(valeurs), "max": max(valeurs)})
    if merged.min == merged.max:
        merged = merged.model_copy(update={"valeur": merged.min})
    return [vue.quantite(merged)]
