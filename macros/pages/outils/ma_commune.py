"""The page « Ma commune »: every row that may concern a place, with what a script needs to keep those that do."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from markupsafe import Markup

from macros.catalogue.fige import Catalogue
from macros.catalogue.fraicheur import trier_pour_lecture
from macros.ecriture.rendu import adresse
from macros.ecriture.typographie import accorder, enumerer, typographier
from macros.lecture.json_publie import dans_une_page
from macros.lecture.lieux.communes import Centre, Lieux, lieux_de
from macros.modeles import Dispositif, Fiche, Partenaire, Site
from macros.pages.apercu import faits_de
from macros.pages.composition import bloc
from macros.pages.declaration import declarer
from macros.pages.outils.orientation import conditions, contacts
from macros.pages.outils.sept_questions import du_lieu
from macros.pages.vue import Vue

PREMIER = "ddt-m"
"""Whom a commune calls first; a partenaire that declines it takes its place where it works."""
SORTES_DE_PROJET = {
    "renovation-energetique": "Rénovation énergétique des bâtiments publics",
    "eclairage": "Éclairage public",
    "renaturation": "Renaturation des villes et des villages",
    "ingenierie": "Ingénierie",
    "recyclage-foncier": "Recyclage foncier et friches",
    "biodiversite": "Biodiversité",
    "incendies": "Prévention des feux de forêt",
    "papi": "Prévention des inondations",
    "covoiturage": "Covoiturage",
    "biodechets": "Tri des biodéchets",
    "zfe": "Zones à faibles émissions",
    "montagne": "Risques en montagne",
    "trait-de-cote": "Recul du trait de côte",
    "cyclones": "Bâtiments face aux cyclones",
}
"""Measures of the Fonds vert of 2023, as ``fonds_vert_2023.csv`` names them, the most used first."""
ECHELLES = ("commune", "epci", "departement", "national")


@declarer(
    "Affiche la page « Ma commune » : partenaires, appuis et exemples, que le script trie selon la commune choisie.",
    "{{ ma_commune() }}",
)
def ma_commune(vue: Vue) -> str:
    """Partners, supports and examples of every place, plainly; the script keeps those of the commune typed."""
    partenaires = [f for f in _published(vue.catalogue, "partenaire") if f.validite.etat != "historique"]
    premiers = [f for f in partenaires if PREMIER in (f.id, getattr(f, "decline", None))]
    autres = [_row(vue, f) for f in partenaires if f not in premiers]
    appuis = [f for f in _published(vue.catalogue, "dispositif") if isinstance(f, Dispositif) and concerns(f)]
    lieux = lieux_de(vue.catalogue.referentiels)
    sites = [_example(vue, lieux, f) for f in _published(vue.catalogue, "site") if isinstance(f, Site)]
    return bloc(
        "blocs/ma_commune.html",
        vue,
        premiers=sorted((_row(vue, f) for f in premiers), key=_by_scale),
        locaux=sorted((r for r in autres if r["echelle"] != "national"), key=_by_scale),
        nationaux=_by_nature(vue, [r for r in autres if r["echelle"] == "national"], "nature_partenaire"),
        appuis=_by_nature(vue, [_support(vue, f) for f in appuis], "nature_appui"),
        sites=sites,
        themes_des_sites=_themes(vue, sites),
        sortes_de_projet=SORTES_DE_PROJET,
        nationales=vue.catalogue.referentiels.manifeste.pages_nationales,
        donnees=_data(vue, sites),
        comptes={"appuis": len(appuis), "sites": len(sites)},
    )


@declarer(
    "Affiche « Ma fiche d’appels » : la commune retenue, ses contacts, quoi dire, quoi apporter.",
    "{{ ma_fiche_d_appels() }}",
)
def ma_fiche_d_appels(vue: Vue) -> str:
    """One sheet, that the script fills with what the browser keeps."""
    valeurs = vue.catalogue.vocabulaires["memo_contact"].valeurs.items()
    memo = [
        {"id": id_, "libelle": typographier(v.libelle), "aide": typographier(v.definition or "")} for id_, v in valeurs
    ]
    return bloc("blocs/ma_fiche_d_appels.html", vue, memo=memo)


@declarer(
    "Liste les données de référence du site, d’après leur manifeste : source, date, licence, colonnes, ce qui trompe.",
    "{{ donnees_de_reference() }}",
)
def donnees_de_reference(vue: Vue) -> str:
    """The files of ``fiches/referentiels``, as their manifest declares them."""
    return bloc("blocs/donnees_de_reference.html", vue, jeux=vue.catalogue.referentiels.manifeste.jeux)


def is_open(fiche: Fiche) -> bool:
    """Whether a collectivité can ask for it today: in force, and a support rather than a framework."""
    return isinstance(fiche, Dispositif) and fiche.validite.etat == "en-vigueur" and fiche.orientable


def concerns(fiche: Dispositif) -> bool:
    """Whether the page speaks of it: open to a request, or a framework in force that tells which places it holds
    for."""
    return is_open(fiche) or (fiche.validite.etat == "en-vigueur" and bool(fiche.conditions_de_lieu))


def centre_du_site(lieux: Lieux, site: Fiche) -> Centre | None:
    """Centre of a site: of its place, or the middle of its places."""
    centres = [
        c for lieu in site.territoire.lieux if (c := lieux.centre(site.territoire.echelle, lieu.code)) is not None
    ]
    if not centres:
        return None
    exact = len(centres) == 1 and centres[0].exact and site.territoire.echelle != "departement"
    lon, lat = (round(sum(getattr(c, axe) for c in centres) / len(centres), 4) for axe in ("lon", "lat"))
    return Centre(lon, lat, exact)


def noms_des_lieux(catalogue: Catalogue, fiche: Fiche) -> str:
    """Places of a fiche with their département, as a reader tells them apart."""
    if fiche.territoire.echelle == "national":
        return "Toute la France"
    noms = []
    for lieu in fiche.territoire.lieux:
        endroit = catalogue.referentiels.trouver(fiche.territoire.echelle, lieu.code)
        departement = f" ({endroit.departement})" if endroit else ""
        noms.append(typographier(lieu.nom) + departement)
    return enumerer(noms)


def _published(catalogue: Catalogue, type_: str) -> list[Fiche]:
    return trier_pour_lecture([f for f in catalogue.du_type(type_) if f.etat == "publiee"])


def _row(vue: Vue, fiche: Fiche) -> dict[str, Any]:
    """What a row shows, and the places for which it holds."""
    nature = fiche.nature if isinstance(fiche, Partenaire | Dispositif) else ""
    return {
        **vue.lien(fiche.id),
        "id": fiche.id,
        "nature": nature[0] if isinstance(nature, tuple) else nature,
        "echelle": fiche.territoire.echelle,
        "codes": " ".join(lieu.code for lieu in fiche.territoire.lieux),
        "decline": getattr(fiche, "decline", None) or "",
        "titre_decline": _declined_title(vue, fiche),
        "ou": noms_des_lieux(vue.catalogue, fiche),
        "texte": vue.sans_notes(fiche.accroche),
        "faits": faits_de(vue, fiche),
        "a_confirmer": fiche.validite.etat == "a-confirmer",
    }


def _support(vue: Vue, dispositif: Dispositif) -> dict[str, Any]:
    """A row of support, with what it asks of the place and whom to call."""
    return {
        **_row(vue, dispositif),
        "lieu": du_lieu(vue, dispositif),
        "interlocuteurs": [vue.lien(id_) for id_ in contacts(vue.catalogue, dispositif)],
    }


def _declined_title(vue: Vue, fiche: Fiche) -> str:
    decline = getattr(fiche, "decline", None)
    return typographier(vue.catalogue.fiches[decline].titre) if decline and vue.existe(decline) else ""


def _themes(vue: Vue, sites: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Themes of the sites, by name."""
    ids = {id_ for site in sites for id_ in site["ids_themes"].split()}
    return sorted(((id_, vue.libelle("themes", id_)) for id_ in ids), key=lambda theme: theme[1])


def _example(vue: Vue, lieux: Lieux, site: Site) -> dict[str, Any]:
    centre = centre_du_site(lieux, site)
    seul = site.territoire.lieux[0].code if len(site.territoire.lieux) == 1 else ""
    lieu = lieux.lieu(seul) if site.territoire.echelle in {"commune", "epci"} else None
    return {
        **_row(vue, site),
        "lieu": lieu,
        "habitants": accorder(lieu.population, "habitant") if lieu and lieu.population else "",
        "ids_themes": " ".join(site.themes),
        "themes": " · ".join(vue.libelle("themes", t) for t in site.themes[:2]),
        "centre": centre,
        "profondeur": "Étude de cas" if site.profondeur == "cas" else "Repérage",
        "uri": adresse(site),
    }


def _by_scale(row: dict[str, Any]) -> tuple[int, str]:
    return ECHELLES.index(row["echelle"]), row["ou"]


def _by_nature(vue: Vue, rows: list[dict[str, Any]], vocabulaire: str) -> list[dict[str, Any]]:
    """Rows in groups, in the order of the vocabulary."""
    ordre = list(vue.catalogue.vocabulaires[vocabulaire].valeurs)
    rows = sorted(rows, key=lambda r: ordre.index(r["nature"]))
    return [
        {"titre": vue.libelle(vocabulaire, nature), "id": f"{vocabulaire.replace('_', '-')}-{nature}", "rows": list(g)}
        for nature, g in groupby(rows, key=lambda r: r["nature"])
    ]


def _data(vue: Vue, sites: list[dict[str, Any]]) -> Markup:
    """Départements with their région, the words of the lists, and the centres of the sites, as JSON inside the page."""
    catalogue, referentiels = vue.catalogue, vue.catalogue.referentiels
    programmes, dates = referentiels.manifeste.programmes, {j.fichier: j.date for j in referentiels.manifeste.jeux}
    donnees = {
        "mots": {c: {k: typographier(m) for k, m in mots.items()} for c, mots in referentiels.manifeste.mots.items()},
        "listes": {id_: {"nom": typographier(p.nom), "date": dates.get(p.jeu, "")} for id_, p in programmes.items()},
        "fiches": {id_: vue.lien(p.fiche)["url"] for id_, p in programmes.items() if p.fiche and vue.existe(p.fiche)},
        "departements": {code: [d.nom, referentiels.regions[code]] for code, d in referentiels.departements.items()},
        "conditions": {f.id: conditions(f) for f in catalogue.fiches.values() if isinstance(f, Dispositif)},
        "sites": {s["id"]: _situation(s) for s in sites if s["centre"]},
    }
    return dans_une_page(donnees)


def _situation(site: dict[str, Any]) -> list[Any]:
    """``[lon, lat, exact]``, then, of the place when there is one: inhabitants, density, rural type, whether it is an
    EPCI."""
    centre, lieu = site["centre"], site["lieu"]
    point = [centre.lon, centre.lat, int(centre.exact)]
    return [*point, lieu.population, lieu.faits.densite, lieu.faits.ruralite, lieu.est_epci] if lieu else point
