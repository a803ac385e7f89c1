"""Two or three short facts that help choosing among fiches in a list."""

from __future__ import annotations

from typing import Any

from macros.catalogue.fraicheur import etat_du_jour, fin_de_vigueur
from macros.ecriture.typographie import date_lisible, enumerer, typographier
from macros.modeles import Action, Dispositif, Fiche, Kit, Methode, Partenaire, Site
from macros.modeles.seances.animation import prete_a_animer
from macros.modeles.seances.durees import EN_MINUTES
from macros.pages.vue import Vue


def faits(vue: Vue, fiche: Fiche) -> list[dict[str, Any]]:
    """At most three short facts for a list row; the last says the validity or the age of the sources."""
    return [*faits_de(vue, fiche), *fraicheurs(vue, fiche)]


def fraicheurs(vue: Vue, fiche: Fiche) -> list[dict[str, Any]]:
    """Validity or age of the sources; what ends later keeps « À confirmer » ready, for the browser to show that day."""
    fin = fin_de_vigueur(fiche)
    if not fin:
        return [fraicheur(fiche)]
    alerte = {"icone": "alerte", "alerte": True, "texte": "À confirmer"}
    if etat_du_jour(fiche, vue.jour) == "a-confirmer":
        return [alerte]
    return [{**fraicheur(fiche), "jusqu_a": fin}, {**alerte, "fin": fin}]


def faits_de(vue: Vue, fiche: Fiche) -> list[dict[str, Any]]:
    """Two facts that help choosing among fiches of the same kind."""
    if isinstance(fiche, Dispositif):
        pairs = [("personne", fiche.pour_qui), ("cout", fiche.cout)]
        return [{"icone": i, "texte": vue.sans_notes(r.reponse)} for i, r in pairs if r] or [
            {"icone": "drapeau", "texte": vue.libelles("nature_appui", fiche.nature)}
        ]
    if isinstance(fiche, Partenaire):
        ou = (
            "Toute la France"
            if fiche.territoire.echelle == "national"
            else enumerer([lieu.nom for lieu in fiche.territoire.lieux])
        )
        return [
            {"icone": "drapeau", "texte": vue.libelle("nature_partenaire", fiche.nature)},
            {"icone": "lieu", "texte": ou},
        ]
    if isinstance(fiche, Methode):
        prete = ", prête à animer" if prete_a_animer(fiche) else ""
        rows = [{"icone": "drapeau", "texte": vue.libelle("forme_methode", fiche.forme) + prete}]
        return rows + [{"icone": "duree", "texte": texte} for texte in durees(vue, fiche)]
    if isinstance(fiche, Site):
        rows = [{"icone": "drapeau", "texte": "Étude de cas" if fiche.profondeur == "cas" else "Repérage"}]
        return rows + [{"icone": "date", "texte": enumerer([date_lisible(a) for a in fiche.annees])}] * bool(
            fiche.annees
        )
    if isinstance(fiche, Kit):
        return [{"icone": "duree", "texte": typographier(fiche.format)}]
    return (
        [{"icone": "drapeau", "texte": vue.libelle("nature_action", fiche.nature)}] if isinstance(fiche, Action) else []
    )


def faits_outil(vue: Vue, outil: Methode) -> list[dict[str, Any]]:
    """What an agent asks of a tool of the toolbox: who holds it, how long it takes, whether it is in force."""
    noms = [vue.libelle("tenu_par", t).partition(" (")[0].lower() for t in outil.boite.tenu_par] if outil.boite else []
    qui = enumerer(noms)
    temps = durees(vue, outil)
    combien = temps[0] if temps else vue.libelle("forme_methode", outil.forme)
    vigueur = {"icone": "ok", "texte": "En vigueur"} if outil.validite.etat == "en-vigueur" else fraicheur(outil)
    return [
        {"icone": "personne", "texte": qui[:1].upper() + qui[1:]},
        {"icone": "duree" if temps else "drapeau", "texte": combien[:1].upper() + combien[1:]},
        vigueur,
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


def fraicheur(fiche: Fiche) -> dict[str, Any]:
    """Validity when it is not plain, else the years of the sources."""
    etat = fiche.validite.etat
    if etat != "en-vigueur":
        return {
            "icone": "archive" if etat == "historique" else "alerte",
            "alerte": etat != "historique"
            or fiche.type not in {"site", "action"},  # an example that is over asks for no care
            "texte": "Historique" if etat == "historique" else "À confirmer",
        }
    dates = sorted(d[:4] for d in (s.derniere_date for s in fiche.sources.values()) if d)
    if not dates:
        return {"icone": "document", "texte": "Sources non datées"}
    annees = dates[0] if dates[0] == dates[-1] else f"{dates[0]} à {dates[-1]}"
    return {"icone": "document", "texte": f"Sources de {annees}"}
