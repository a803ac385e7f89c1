"""Catalogue -> what the form of the site must know to judge a fiche as the rules do: names, pictures, durations."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from macros.catalogue.fige import Catalogue
from macros.ecriture.typographie import typographier
from macros.lecture.json_publie import compact
from macros.modeles import TYPES, Fiche, Methode
from macros.modeles.seances.durees import EN_MINUTES, EN_PERSONNES, Bornes, bornes
from macros.pages.composition import bloc
from macros.pages.declaration import declarer
from macros.pages.vue import Vue
from macros.regles.orientation import REPONSES, faits_admis

URI = "api/formulaire.json"
_DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
_IMPORTATION = "assets/js/importation/importer.js"


@declarer(
    "Affiche le formulaire qui écrit une fiche ; sans script, il renvoie au guide et au modèle à recopier.",
    "{{ formulaire() }}",
)
def formulaire(vue: Vue) -> str:
    """The page « Écrire une fiche dans un formulaire »."""
    return bloc("blocs/formulaire.html", vue, types=TYPES, importation=importation())


def importation() -> str:
    """Address, from the form's modules, of the one that reads office documents; empty when the site has none."""
    return "../importation/importer.js" if (_DOCS / _IMPORTATION).is_file() else ""


def reperes_json(catalogue: Catalogue, illustrations: Iterable[str]) -> str:
    """Return ``api/formulaire.json``. ``illustrations``: file names of ``docs/assets/illustrations``."""
    vocabulaires = catalogue.vocabulaires
    reperes: dict[str, Any] = {
        "fiches": {
            **{f.id: _named(f) for f in catalogue.fiches.values()},
            **{i.id: [i.type, i.id] for i in catalogue.invalides.values()},
        },
        "historiques": {
            f.id: f.validite.remplace_par for f in catalogue.fiches.values() if f.validite.etat == "historique"
        },
        "renommees": catalogue.noms_actuels,
        "methodes": {f.id: _method(f) for f in catalogue.fiches.values() if isinstance(f, Methode)},
        "reponses": {q: list(vocabulaires[nom].valeurs) for q, nom in REPONSES.items() if nom in vocabulaires},
        "faits": faits_admis(vocabulaires),
        "departements": {code: e.nom for code, e in catalogue.referentiels.departements.items()},
        "illustrations": sorted(illustrations),
    }
    return compact(reperes)


def _named(fiche: Fiche) -> list[str]:
    """``[kind, title, synonyms…]``."""
    return [fiche.type, typographier(fiche.titre), *fiche.synonymes]


def _method(methode: Methode) -> dict[str, Any]:
    """Its duration in minutes and its head count, lowest and highest; null when unbounded."""
    return {
        "titre": methode.titre,
        "duree": _finite(bornes(methode.duree, EN_MINUTES)),
        "participants": _finite(bornes(methode.participants, EN_PERSONNES)),
    }


def _finite(intervalle: Bornes | None) -> list[float | None] | None:
    return [None if b == float("inf") else b for b in intervalle] if intervalle else None
