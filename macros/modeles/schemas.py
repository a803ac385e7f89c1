"""Models -> JSON Schemas (draft-07), one per kind: what editors complete and check, what the form is made from.

pydantic writes the shape; this room adds what it cannot know (labels, vocabularies) and widens scalars. Our reader
keeps every scalar as text, while an editor reads ``30`` as a number and ``true`` as a boolean: the schemas accept both,
so that what we accept is never underlined. Keys that begin with ``x-`` are the models' marks; editors ignore them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from macros.modeles import TYPES, ListeDeValeurs
from macros.modeles.libelles import CHAMPS, MODELES, VALEURS
from macros.modeles.partage import FICHE
from macros.modeles.types import ATTENDUS, ENTIER, NOMBRE

Noeud = dict[str, Any]
"""A JSON Schema, or a part of one."""

DOSSIER = "docs/api/schemas"
"""Where the schemas are kept and published, from the root of the project."""

_OUI_NON = r"^([Oo][Uu][Ii]|[Nn][Oo][Nn]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$"
_EN_CHIFFRES = ("7", "59", "2021", "3919", "59464", "200072544")
"""Texts that an editor reads as numbers: a pattern that admits one of them admits a number."""


def modeline(type_: str) -> str:
    """Return the first line of a fiche of this kind: it tells editors where the schema is."""
    return FICHE.dire("modeline", type=type_)


def schemas(vocabulaires: Mapping[str, ListeDeValeurs]) -> dict[str, str]:
    """Return the text of each schema file, by path from the root of the project."""
    return {
        f"{DOSSIER}/{type_}.json": json.dumps(schema(type_, vocabulaires), ensure_ascii=False, indent=1) + "\n"
        for type_ in TYPES
    }


def schema(type_: str, vocabulaires: Mapping[str, ListeDeValeurs]) -> Noeud:
    """Return the schema of one kind. Raises KeyError when a field or a value has no label."""
    modele = TYPES[type_]
    brut = modele.model_json_schema(ref_template="#/definitions/{model}")
    definitions = brut.pop("$defs", {})
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"{type_}.json",
        **_objet(brut, f"Fiche {modele.LIBELLE.lower()}", vocabulaires),
        "x-dossier": f"fiches/{modele.PLURIEL}",
        "x-libelle": modele.LIBELLE,
        "definitions": {
            nom: _objet(definition, MODELES[nom], vocabulaires) for nom, definition in sorted(definitions.items())
        },
    }


def _objet(brut: Noeud, titre: str, vocabulaires: Mapping[str, ListeDeValeurs]) -> Noeud:
    """A model: its fields, in their order; unknown ones refused."""
    return {
        "title": titre,
        "type": "object",
        "additionalProperties": False,
        "required": brut.get("required", []),
        "properties": {nom: _champ(nom, champ, vocabulaires) for nom, champ in brut["properties"].items()},
    }


def _champ(nom: str, brut: Noeud, vocabulaires: Mapping[str, ListeDeValeurs]) -> Noeud:
    """A field: its label, its help, its example, then what it accepts."""
    exemple = brut["examples"][0]
    corps = _valeur(_present(brut), vocabulaires)
    champ = {
        "title": CHAMPS[nom],
        "description": brut["description"],
        "markdownDescription": _aide(nom, brut, exemple, corps),
        "examples": [exemple],
        **corps,
    }
    if brut.get("si_vide"):
        champ["x-si-vide"] = brut["si_vide"]
    return champ


def _present(brut: Noeud) -> Noeud:
    """The shape of a field that is there: ours are left out, never null."""
    if "anyOf" not in brut:
        return brut
    return next(choix for choix in brut["anyOf"] if choix.get("type") != "null")


def _aide(nom: str, brut: Noeud, exemple: Any, corps: Noeud) -> str:
    texte = f"**{CHAMPS[nom]}** · {brut['description']}"
    if brut.get("si_vide"):
        texte += f"\n\n{FICHE.dire('si_vide', manque=brut['si_vide'])}"
    if "const" in corps:
        return texte
    if isinstance(exemple, str):
        return f"{texte}\n\nExemple : `{exemple}`"
    return f"{texte}\n\nExemple : `{json.dumps(exemple, ensure_ascii=False)}`"


def _valeur(brut: Noeud, vocabulaires: Mapping[str, ListeDeValeurs]) -> Noeud:
    """What a value must be, without its label and help."""
    if "$ref" in brut:
        return {"$ref": brut["$ref"]}
    if brut["type"] == "array":
        return {
            "type": "array",
            **_gardes(brut, "minItems"),
            "items": _valeur(brut["items"], vocabulaires),
        }
    if brut["type"] == "object":
        return {
            "type": "object",
            "additionalProperties": False,
            **_gardes(brut, "minProperties"),
            "patternProperties": {
                motif: _valeur(valeur, vocabulaires) for motif, valeur in brut["patternProperties"].items()
            },
            "patternErrorMessage": " ; ".join(ATTENDUS[motif] for motif in brut["patternProperties"]),
        }
    return _scalaire(brut, vocabulaires)


def _scalaire(brut: Noeud, vocabulaires: Mapping[str, ListeDeValeurs]) -> Noeud:
    marques = {nom: valeur for nom, valeur in brut.items() if nom.startswith("x-")}
    genre = marques.get("x-saisie", {}).get("genre")
    if genre in _SAISIES:
        return {**_SAISIES[genre](brut), **marques}
    if "const" in brut:
        return {"const": brut["const"]}
    if "enum" in brut:
        return _liste({valeur: (VALEURS[valeur], None) for valeur in brut["enum"]})
    if "x-vocabulaire" in marques:
        admises = vocabulaires[marques["x-vocabulaire"]["nom"]].valeurs
        return {**_liste({cle: (v.libelle, v.definition) for cle, v in admises.items()}), **marques}
    return {**_texte(brut), **marques}


def _liste(valeurs: Mapping[str, tuple[str, str | None]]) -> Noeud:
    """An enumeration, with the label and, where there is one, the definition of each value."""
    return {
        "enum": list(valeurs),
        "enumDescriptions": [libelle for libelle, _ in valeurs.values()],
        "markdownEnumDescriptions": [
            f"**{libelle}**" + (f" · {definition}" if definition else "") for libelle, definition in valeurs.values()
        ],
    }


def _texte(brut: Noeud) -> Noeud:
    """A text; also the numbers and booleans that an editor sees where our reader sees text."""
    motif = brut.get("pattern")
    admis = ["string"]
    if motif is None:
        admis += ["number", "boolean"]
    elif any(re.search(motif, chiffres) for chiffres in _EN_CHIFFRES):
        admis.append("number")
    noeud: Noeud = {"type": admis if len(admis) > 1 else "string", **_gardes(brut, "minLength", "maxLength")}
    return noeud if motif is None else {**noeud, **_forme(motif)}


def _entier(brut: Noeud) -> Noeud:
    # pydantic leaves the bounds of an optional integer under the names of Python.
    bornes = _gardes({"minimum": brut.get("ge"), "maximum": brut.get("le"), **brut}, "minimum", "maximum")
    return {"anyOf": [{"type": "integer", **bornes}, {"type": "string", "pattern": ENTIER}], **bornes}


def _nombre(_: Noeud) -> Noeud:
    return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": NOMBRE}]}


def _oui_non(_: Noeud) -> Noeud:
    return {"anyOf": [{"enum": ["oui", "non", True, False]}, {"type": "string", "pattern": _OUI_NON}]}


def _date(brut: Noeud) -> Noeud:
    """A year alone is a number for an editor."""
    annee: Noeud = {"type": "integer", "minimum": 1000, "maximum": 9999}
    return {"anyOf": [{"type": "string", **_forme(brut["pattern"])}, annee]}


def _url(brut: Noeud) -> Noeud:
    return {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://[^/]", **_gardes(brut, "maxLength")}


_SAISIES = {"entier": _entier, "nombre": _nombre, "oui-non": _oui_non, "date": _date, "url": _url}


def _gardes(brut: Noeud, *noms: str) -> Noeud:
    return {nom: brut[nom] for nom in noms if brut.get(nom) is not None}


def _forme(motif: str) -> Noeud:
    """A pattern, and what editors and the form say when a text does not have it. Raises KeyError when nothing was
    said."""
    return {"pattern": motif, "patternErrorMessage": ATTENDUS[motif]}
