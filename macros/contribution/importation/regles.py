"""The data of the importation: ``correspondances.yml``, read once, and what the browser is given of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from macros.catalogue.fige import Catalogue
from macros.contribution.importation.champs import plan
from macros.lecture.json_publie import compact
from macros.modeles import TYPES, Dispositif, Partenaire

FICHIER = Path(__file__).parent / "correspondances.yml"
ADRESSE = "api/importation.json"
"""Where the browser finds the same data, relative to the site."""

Regles = Mapping[str, Any]


@cache
def correspondances() -> Regles:
    """Return the content of ``correspondances.yml``, each profile with the headings that it borrows."""
    donnees: dict[str, Any] = yaml.safe_load(FICHIER.read_text(encoding="utf-8"))
    par_id = {profil["id"]: profil for profil in donnees["profils"]}
    for profil in donnees["profils"]:
        if "comme" in profil:
            modele = par_id[profil["comme"]]
            profil.update({cle: modele[cle] for cle in ("intitules", "creneaux", "seance", "sites") if cle in modele})
    return donnees


def regles(catalogue: Catalogue) -> Regles:
    """Return all that the importation reads: the correspondances, the fields of each kind, the names it can resolve."""
    valeurs = catalogue.vocabulaires
    return {
        **correspondances(),
        "fiche": {**correspondances()["fiche"], "usages": [modele.GENRE.phrase for modele in TYPES.values()]},
        "champs": {type_: plan(type_) for type_ in TYPES},
        "vocabulaires": {
            nom: {cle: [v.libelle, *v.synonymes] for cle, v in liste.valeurs.items()} for nom, liste in valeurs.items()
        },
        "noms": {
            type_: {f.id: _noms(f) for f in catalogue.fiches.values() if f.type == type_}
            for type_ in ("partenaire", "dispositif")
        },
        "ids": sorted(catalogue.fiches),
        "sigles": sorted(
            {t.terme for t in catalogue.glossaire.termes if t.terme.isupper()}
            | {f.sigle for f in catalogue.fiches.values() if isinstance(f, (Partenaire, Dispositif)) and f.sigle}
        ),
        "departements": {code: lieu.nom for code, lieu in catalogue.referentiels.departements.items()},
    }


def regles_json(catalogue: Catalogue) -> str:
    """Return ``api/importation.json``."""
    return compact(regles(catalogue))


def _noms(fiche: Any) -> list[str]:
    """What a document may call this fiche."""
    autres = (getattr(fiche, "sigle", None), getattr(fiche, "nom_complet", None))
    return [fiche.titre, *(nom for nom in autres if nom), *fiche.synonymes]
