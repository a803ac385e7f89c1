"""The schemas of the JSON files of ``api/`` (draft-07). Those of the fiches themselves are made from the models."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from macros.modeles import TYPES
from macros.modeles.types import IDENTIFIANT, IDENTIFIANT_MAX
from macros.sorties.exports.fiches import VERSION

Noeud = dict[str, Any]
DOSSIER = "api/schemas/fichiers"
_TEXTE: Noeud = {"type": "string", "minLength": 1}
_TEXTES: Noeud = {"type": "array", "items": _TEXTE}
_ID: Noeud = {"type": "string", "pattern": IDENTIFIANT, "maxLength": IDENTIFIANT_MAX}
_IDS: Noeud = {"type": "array", "items": _ID}
_JOUR: Noeud = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_DATE: Noeud = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
_URL: Noeud = {"type": "string", "pattern": "^https?://[^/]"}
_ADRESSE: Noeud = {"type": "string", "pattern": "^[a-z]+/[a-z0-9-]+/$"}
_LIEUX: Noeud = {"type": "array", "items": {"type": "object", "required": ["code", "nom"]}}


def _objet(requis: dict[str, Noeud], facultatifs: dict[str, Noeud] | None = None) -> Noeud:
    """An object that holds nothing else."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(requis),
        "properties": {**requis, **(facultatifs or {})},
    }


_BREVE: dict[str, Noeud] = {
    "type": {"enum": list(TYPES)},
    "id": _ID,
    "titre": _TEXTE,
    "accroche": _TEXTE,
    "url": _ADRESSE,
    "themes": {**_IDS, "minItems": 1},
    "phases": {**_IDS, "minItems": 1},
    "publics": {**_IDS, "minItems": 1},
    "mots_cles": _TEXTES,
    "synonymes": _TEXTES,
    "territoire": _objet(
        {"echelle": {"enum": ["national", "departement", "epci", "commune"]}, "lieux": _LIEUX}, {"precision": _TEXTE}
    ),
    "validite": _objet(
        {"etat": {"enum": ["en-vigueur", "historique", "a-confirmer"]}},
        {"debut": _DATE, "fin": _DATE, "remplace_par": _ID, "precision": _TEXTE, "a_confirmer_apres": _DATE},
    ),
    "verification": _objet(
        {
            "niveau": {"enum": ["redigee-sur-sources", "relue", "confirmee-par-le-porteur"]},
            "le": _JOUR,
            "par": _TEXTE,
        }
    ),
    "sources": {
        "type": "array",
        "minItems": 1,
        "items": _objet(
            {"cle": {"type": "string", "pattern": "^s[1-9][0-9]?$"}, "titre": _TEXTE, "editeur": _TEXTE},
            {"url": _URL, "date": _DATE, "modifie_le": _DATE, "consulte_le": _JOUR, "note": _TEXTE},
        ),
    },
    "fiches_liees": _IDS,
    "fichier": _TEXTE,
}
_TETE: dict[str, Noeud] = {"version": {"const": VERSION}, "licence": _TEXTE}
_POSITION: Noeud = {
    "type": "array",
    "minItems": 2,
    "maxItems": 2,
    "items": [{"type": "number", "minimum": -180, "maximum": 180}, {"type": "number", "minimum": -90, "maximum": 90}],
}
_GEOMETRIE: Noeud = {
    "oneOf": [
        {"type": "null"},
        _objet({"type": {"const": "Point"}, "coordinates": _POSITION}),
        _objet({"type": {"const": "MultiPoint"}, "coordinates": {"type": "array", "items": _POSITION, "minItems": 2}}),
    ]
}
_PROPRIETES: dict[str, Noeud] = {
    "id": _ID,
    "titre": _TEXTE,
    "accroche": _TEXTE,
    "adresse": _URL,
    "profondeur": {"enum": ["reperage", "cas"]},
    "dispositifs": _IDS,
    "themes": _IDS,
    "annees": {"type": "array", "items": _DATE},
    "avancement": {"anyOf": [{"type": "null"}, _ID]},
    "validite": {"enum": ["en-vigueur", "historique", "a-confirmer"]},
    "echelle": {"enum": ["national", "departement", "epci", "commune"]},
    "codes": _TEXTES,
    "lieux": _TEXTES,
    "position": {"enum": ["commune", "approchee", "inconnue"]},
    "verifie_le": _JOUR,
}
_RENOMMEE: dict[str, Noeud] = {"ancien": _ID, "nouveau": _ID, "le": _JOUR, "url": _ADRESSE}
_FICHIER: Noeud = _objet({"@type": {"const": "Distribution"}, "adresse": _URL, "media": _TEXTE, "schema": _URL})
_JEU: Noeud = _objet(
    {
        "@type": {"const": "Dataset"},
        "@id": _URL,
        "id": _ID,
        "titre": _TEXTE,
        "description": _TEXTE,
        "fiches": {"type": "integer", "minimum": 0},
        "fichiers": {"type": "array", "minItems": 1, "items": _FICHIER},
    }
)


def schemas() -> dict[str, Noeud]:
    """Return name of the file -> its schema."""
    found = {
        "fiches": ("Toutes les fiches", _objet({**_TETE, "fiches": {"type": "array", "items": _objet(_BREVE)}})),
        "renommees": (
            "Fiches renommées",
            _objet({"version": _TETE["version"], "renommees": {"type": "array", "items": _objet(_RENOMMEE)}}),
        ),
        "fiche-renommee": ("À l’adresse d’une fiche renommée", _objet({**_RENOMMEE, "fichier": _TEXTE})),
        "sites.geojson": ("Sites sur une carte (RFC 7946)", _collection()),
        "index": ("Inventaire des jeux de données", _index()),
    }
    for type_, modele in TYPES.items():
        # The schema of the fiches of this kind, published beside.
        item = _objet({**_BREVE, "type": {"const": type_}, "contenu": {"$ref": f"../{type_}.json"}})
        jeu = _objet({**_TETE, "type": {"const": type_}, "fiches": {"type": "array", "items": item}})
        found[modele.PLURIEL] = (modele.LIBELLE_PLURIEL, jeu)
    return {
        nom: {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "$id": f"{nom}.json",
            "title": titre,
            **noeud,
        }
        for nom, (titre, noeud) in found.items()
    }


def _collection() -> Noeud:
    feature = _objet(
        {"type": {"const": "Feature"}, "id": _ID, "geometry": _GEOMETRIE, "properties": _objet(_PROPRIETES)}
    )
    return _objet(
        {
            "type": {"const": "FeatureCollection"},
            "licence": _TEXTE,
            "features": {"type": "array", "items": feature},
        }
    )


def _index() -> Noeud:
    return _objet(
        {
            "@context": {"type": "object"},
            "@id": _URL,
            "@type": {"const": "Catalog"},
            **_TETE,
            "titre": _TEXTE,
            "description": _TEXTE,
            "langue": {"const": "fr"},
            "editeur": _TEXTE,
            "licence_adresse": _URL,
            "modifie_le": _JOUR,
            "documentation": _URL,
            "jeux": {"type": "array", "minItems": 1, "items": _JEU},
        }
    )


def fichiers() -> Iterator[tuple[str, str]]:
    """Yield (address, text) of each schema."""
    for nom, noeud in schemas().items():
        yield f"{DOSSIER}/{nom}.json", json.dumps(noeud, ensure_ascii=False, indent=1) + "\n"
