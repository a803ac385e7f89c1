"""What the page « Trouver » needs before any search: its facets with their counts, and the whole list without a
script."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any

from markupsafe import Markup

from macros.catalogue.fige import Catalogue, cle_de_tri
from macros.catalogue.fraicheur import ORDRE_DES_ETATS
from macros.ecriture.rendu import adresse
from macros.ecriture.typographie import typographier
from macros.lecture.json_publie import dans_une_page
from macros.modeles import TYPES, Fiche
from macros.pages.composition import bloc
from macros.pages.declaration import declarer
from macros.pages.documents_de_recherche import DUREES, NATIONAL, filtres
from macros.pages.faits_de_recherche import COUTS, GROUPES
from macros.pages.vue import Vue

TITRES = {
    "type": ("Type de fiche", "types"),
    "theme": ("Thème", "thèmes"),
    "phase": ("Étape du projet", "étapes"),
    "public": ("Pour qui", "publics"),
    "cout": ("Coût pour la collectivité", "coûts"),
    "taille": ("Taille de commune", "tailles"),
    "departement": ("Département", "départements"),
    "duree": ("Durée", "durées"),
    "groupe": ("Taille du groupe", "tailles"),
    "validite": ("Validité", "états"),
}
"""Facet -> its title, and what « the other values » are called."""
PRECISIONS = {
    "departement": "Les fiches valables dans toute la France y comptent aussi.",
    "taille": "Les appuis et les partenaires sans condition de taille y comptent aussi.",
    "groupe": "Pour les méthodes et les kits.",
}
CONTACTS = {
    "ddt-m": "la direction départementale des territoires, qui connaît les appuis de l’État",
    "caue": "le conseil d’architecture, d’urbanisme et de l’environnement, qui peut venir sur place",
}
"""Who to ask when the base has no answer, and why them."""


@declarer(
    "Donne à la page « Trouver » ses facettes, leurs libellés et leurs comptes. Rien ne s’affiche sans script.",
    "{{ facettes() }}",
)
def facettes(vue: Vue) -> str:
    """Facets and contacts, as JSON inside the page: a script reads it, nothing is fetched for it."""
    fiches = [f for f in vue.catalogue.fiches.values() if f.etat == "publiee"]
    donnees = {
        "total": len(fiches),
        "facettes": _facets(vue.catalogue, fiches),
        "contacts": [
            {**vue.lien(id_), "raison": typographier(raison)} for id_, raison in CONTACTS.items() if vue.existe(id_)
        ],
        "tousLesThemes": vue.vers("themes/"),
    }
    return str(
        Markup('<script type="application/json" id="donnees-trouver">{}</script>').format(dans_une_page(donnees))
    )


def _facets(catalogue: Catalogue, fiches: list[Fiche]) -> list[dict[str, Any]]:
    """Each facet with its values and how many fiches each would give: the counts of the engine, before any question."""
    comptes: dict[str, Counter[str]] = {id_: Counter() for id_ in TITRES}
    for fiche in fiches:
        for facette, valeurs in filtres(catalogue, fiche).items():
            comptes[facette].update(set(valeurs))
    departements = comptes["departement"]
    partout = departements[NATIONAL]
    comptes["departement"] = Counter({k: n if k == NATIONAL else n + partout for k, n in departements.items()})
    vocabulaires = {"theme": "themes", "phase": "phases", "public": "publics", "taille": "reponses_population"}
    libelles: dict[str, dict[str, str]] = {
        "type": {type_: modele.LIBELLE for type_, modele in TYPES.items()},
        **{
            facette: {id_: typographier(v.libelle) for id_, v in catalogue.vocabulaires[nom].valeurs.items()}
            for facette, nom in vocabulaires.items()
        },
        "duree": DUREES,
        "cout": COUTS,
        "groupe": GROUPES,
        "departement": {NATIONAL: "Toute la France"}
        | {
            code: typographier(f"{lieu.nom} ({code})")
            for code, lieu in catalogue.referentiels.departements.items()
            if code in departements
        },
        "validite": {"en-vigueur": "En vigueur", "a-confirmer": "À confirmer", "historique": "Historique"},
    }
    return [
        {
            "id": id_,
            "titre": titre,
            "pluriel": pluriel,
            "precision": PRECISIONS.get(id_, ""),
            "valeurs": [
                {"id": valeur, "libelle": libelle, "n": comptes[id_][valeur]}
                for valeur, libelle in libelles[id_].items()
            ],
        }
        for id_, (titre, pluriel) in TITRES.items()
    ]


@declarer(
    "Liste toutes les fiches par type, puis par premier thème : la page « Trouver » sans script.",
    "{{ liste_complete() }}",
)
def liste_complete(vue: Vue) -> str:
    """Every fiche once, by kind then by main theme: what stands on « Trouver » without a script."""
    ordre = list(vue.catalogue.vocabulaires["themes"].valeurs)

    def rang(fiche: Fiche) -> tuple[int, int, str]:
        return ordre.index(fiche.themes[0]), ORDRE_DES_ETATS.index(fiche.validite.etat), cle_de_tri(fiche.titre)

    types = []
    for type_, modele in TYPES.items():
        fiches = sorted(vue.catalogue.du_type(type_), key=rang)
        if fiches:
            themes = [
                {
                    "titre": vue.libelle("themes", theme),
                    "liens": [{"titre": typographier(f.titre), "url": vue.vers(adresse(f))} for f in membres],
                }
                for theme, membres in groupby(fiches, key=lambda f: f.themes[0])
            ]
            types.append({"type": type_, "modele": modele, "nombre": len(fiches), "themes": themes})
    liens_themes = [{"titre": vue.libelle("themes", t), "url": vue.vers(f"themes/{t}/")} for t in ordre]
    return bloc("blocs/liste_complete.html", vue, types=types, themes=liens_themes)
