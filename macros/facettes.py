"""What the page « Trouver » needs before any search: its facets with their counts, and the whole list without a script."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from markupsafe import Markup

from macros.catalogue import Catalogue, cle_de_tri
from macros.modeles import TYPES, Fiche
from macros.rendu import adresse
from macros.typographie import typographier
from macros.vue import Vue, bloc

DUREES = {
    "moins-1h": "Moins d’une heure",
    "1h-2h": "Une à deux heures",
    "demi-journee": "Une demi-journée",
    "journee": "Une journée",
    "plusieurs-jours": "Plusieurs jours",
    "plusieurs-mois": "Plusieurs mois",
}
VALIDITES = {"en-vigueur": "En vigueur", "a-confirmer": "À confirmer", "historique": "Historique"}
CONTACTS = {
    "ddt-m": "la direction départementale des territoires, qui connaît les appuis de l’État",
    "caue": "le conseil d’architecture, d’urbanisme et de l’environnement, qui peut venir sur place",
}
"""Who to ask when the base has no answer, and why them."""


def facettes(vue: Vue) -> str:
    """Facets, kinds and contacts, as JSON inside the page: a script reads it, nothing is fetched for it."""
    catalogue = vue.catalogue
    fiches = list(catalogue.fiches.values())
    donnees = {
        "total": len(fiches),
        "types": {t: {"libelle": m.LIBELLE, "pluriel": m.LIBELLE_PLURIEL} for t, m in TYPES.items()},
        "facettes": [
            {"id": id_, "titre": titre, "pluriel": pluriel, "valeurs": _values(libelles, valeurs, fiches)}
            for id_, titre, pluriel, libelles, valeurs in _declared(catalogue)
        ],
        "contacts": [
            {**vue.lien(id_), "raison": typographier(raison)} for id_, raison in CONTACTS.items() if vue.existe(id_)
        ],
        "tousLesThemes": vue.vers("themes/"),
    }
    # « < » written as an escape: no text of a fiche can close the script element.
    texte = json.dumps(donnees, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return str(Markup('<script type="application/json" id="donnees-trouver">{}</script>').format(Markup(texte)))


Valeurs = Callable[[Fiche], Iterable[str]]


def _declared(catalogue: Catalogue) -> list[tuple[str, str, str, dict[str, str], Valeurs | None]]:
    """(id, title, what « the other values » are called, labels, values of a fiche) of each facet, in reading order."""

    def vocabulaire(nom: str) -> dict[str, str]:
        return {k: v.libelle for k, v in catalogue.vocabulaires[nom].valeurs.items()}

    departements = catalogue.referentiels.departements
    codes = sorted({code for f in catalogue.fiches.values() for code in departements_de(catalogue, f)})
    noms = {code: f"{departements[code].nom} ({code})" for code in codes}
    return [
        ("type", "Type de fiche", "types", {t: m.LIBELLE for t, m in TYPES.items()}, lambda f: [f.type]),
        ("theme", "Thème", "thèmes", vocabulaire("themes"), lambda f: f.themes),
        ("phase", "Étape du projet", "étapes", vocabulaire("phases"), lambda f: f.phases),
        ("public", "Pour qui", "publics", vocabulaire("publics"), lambda f: f.publics),
        # The band of a fiche is computed with the index; its counts come with the first answer of the engine.
        ("duree", "Durée", "durées", DUREES, None),
        ("departement", "Département", "départements", noms, lambda f: departements_de(catalogue, f)),
        ("validite", "Validité", "états", VALIDITES, lambda f: [f.validite.etat]),
    ]


def _values(libelles: dict[str, str], valeurs: Valeurs | None, fiches: list[Fiche]) -> list[dict[str, Any]]:
    counts = Counter(v for f in fiches for v in set(valeurs(f))) if valeurs else None
    return [
        {"id": k, "libelle": typographier(libelle), **({"n": counts[k]} if counts is not None else {})}
        for k, libelle in libelles.items()
    ]


def departements_de(catalogue: Catalogue, fiche: Fiche) -> list[str]:
    """Codes of the départements where the fiche takes place; none when it holds everywhere."""
    territoire = fiche.territoire
    places = [catalogue.referentiels.trouver(territoire.echelle, lieu.code) for lieu in territoire.lieux]
    return list(dict.fromkeys(p.departement for p in places if p))


def liste_complete(vue: Vue) -> str:
    """Every fiche once, by kind then by main theme: what stands on « Trouver » without a script."""
    ordre = list(vue.catalogue.vocabulaires["themes"].valeurs)
    types = []
    for type_, modele in TYPES.items():
        fiches = sorted(
            vue.catalogue.du_type(type_), key=lambda f: (ordre.index(f.themes[0]), cle_de_tri(f.titre))
        )
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
