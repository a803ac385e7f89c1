"""The home page. Pure: view in, HTML out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from macros.ecriture.typographie import date_lisible, typographier
from macros.modeles import Fiche
from macros.modeles.communs import Fiche as FicheCommune
from macros.pages.composition import bloc
from macros.pages.declaration import declarer
from macros.pages.listes import tuiles_themes
from macros.pages.vue import Vue


@declarer("Affiche la page d’accueil.", "{{ accueil() }}")
def accueil(vue: Vue) -> str:
    """The home page."""
    fiches = list(vue.catalogue.fiches.values())
    niveaux = [f.verification.niveau for f in fiches]
    confiance = {
        "redigees": niveaux.count("redigee-sur-sources"),
        "relues": niveaux.count("relue"),
        "confirmees": niveaux.count("confirmee-par-le-porteur"),
    }
    dernier = max((f.verification.le for f in fiches), default="")
    return bloc(
        "accueil.html",
        vue,
        total=len(fiches),
        maj=date_lisible(dernier) if dernier else "",
        confiance=confiance,
        recentes=_recent(vue, fiches),
        themes=tuiles_themes(vue, "sujet", 6),
        portes=_doors(vue),
        url_tous_themes=vue.vers("themes/"),
        url_recherche=vue.vers("trouver/"),
        url_confirmer=vue.vers("contribuer/confirmer/"),
    )


def _recent(vue: Vue, fiches: Iterable[FicheCommune], limite: int = 4) -> list[dict[str, str]]:
    """Last fiches written or checked, one a kind when dates are equal so that the list shows the variety."""
    latest: dict[str, Fiche] = {}
    for fiche in sorted(fiches, key=lambda f: (f.verification.le, f.titre), reverse=True):
        latest.setdefault(fiche.type, fiche)
    rows = sorted(latest.values(), key=lambda f: f.verification.le, reverse=True)[:limite]
    return [{**vue.lien(f.id), "date": date_lisible(f.verification.le)} for f in rows]


def _doors(vue: Vue) -> list[dict[str, Any]]:
    return [
        {
            "icone": "theme-equipements",
            "titre": "Je suis élu ou je travaille en mairie",
            "principale": True,
            "texte": typographier("Selon votre besoin : un avis, une vision, un cahier des charges, de l’argent."),
            "lien": "Trouver un appui en sept questions",
            "url": vue.vers("orientation/"),
        },
        {
            "icone": "groupe",
            "titre": "J’accompagne une commune",
            "principale": False,
            "texte": "Programme, rétroplanning et listes à cocher.",
            "lien": "Préparer un atelier",
            "url": vue.vers("kits/"),
        },
        {
            "icone": "crayon",
            "titre": "J’ai une expérience à partager",
            "principale": False,
            "texte": "Corriger une fiche ou en proposer une.",
            "lien": "Contribuer",
            "url": vue.vers("contribuer/"),
        },
    ]
