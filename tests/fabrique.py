"""Small fiches and small projects for tests: the least that is valid, to change one thing at a time."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml

from macros.lecture.brute import Brut
from mesures import construction, fabrique

_COMMUN: dict[str, Any] = {
    "accroche": "Aider une petite commune à cadrer son projet, sans rien inventer.",
    "themes": ["friches-foncier"],
    "phases": ["cadrer"],
    "publics": ["elu"],
    "territoire": {"echelle": "national"},
    "validite": {"etat": "en-vigueur"},
    "verification": {"niveau": "redigee-sur-sources", "le": "2026-11-22", "par": "rédaction du site"},
    "sources": {
        "s1": {"titre": "Page d’essai", "editeur": "Éditeur d’essai", "url": "https://exemple.fr/essai", "date": "2025"}
    },
    "resume": "Un énoncé qui cite sa source [s1].",
    "etat": "publiee",
}
_PROPRES: dict[str, dict[str, Any]] = {
    "dispositif": {"nature": ["accompagnement"], "orientable": "oui"},
    "partenaire": {"nature": "reseau"},
    "action": {"nature": "atelier"},
    "site": {
        "profondeur": "reperage",
        "territoire": {"echelle": "commune", "lieux": [{"code": "59464", "nom": "Poix-du-Nord"}]},
    },
    "methode": {"forme": "document", "objectif": "Écrire à plusieurs [s1]."},
    "kit": {
        "format": "Journée",
        "finalite": "Tenir une journée [kit].",
        "seances": [{"id": "jour", "titre": "Le jour"}],
    },
}


def donnees(type_: str, id_: str = "essai", **champs: Any) -> dict[str, Any]:
    """Return the data of a valid fiche, with ``champs`` replaced (None removes a field)."""
    base = {
        "type": type_,
        "id": id_,
        "titre": f"Essai {id_}",
        **copy.deepcopy(_COMMUN),
        **copy.deepcopy(_PROPRES[type_]),
    }
    base.update(champs)
    return {nom: valeur for nom, valeur in base.items() if valeur is not None}


def texte(type_: str, id_: str = "essai", **champs: Any) -> str:
    """Return the same, as YAML."""
    return yaml.safe_dump(donnees(type_, id_, **champs), allow_unicode=True, sort_keys=False)


def brut(contenu: dict[str, Any]) -> Brut:
    """What reading a file that holds this would give."""
    return Brut(contenu, yaml.safe_dump(contenu, allow_unicode=True, sort_keys=False).encode())


def petit_projet(dossier: Path, n: int, graine: int = 1) -> Path:
    """Copy the project into ``dossier``, with ``n`` made-up fiches. Return the folder."""
    construction.copier(Path(__file__).resolve().parent.parent, dossier)
    fabrique.fabriquer(dossier, n, graine)
    return dossier
