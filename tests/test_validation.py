"""Every error that the models can raise is worded in French, at the right place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import BaseModel
from pydantic_core import CoreSchema

from macros.lecture.validation import valider
from macros.modeles import TYPES
from macros.modeles.partage import FICHE
from macros.modeles.reperes import Exclusions, Glossaire, ListeDeValeurs
from tests.fabrique import brut, donnees

# Which errors each kind of core schema can raise; pydantic’s own documentation is the source.
RAISED_BY = {
    "str": {"string_type", "string_too_short", "string_too_long", "string_pattern_mismatch"},
    "int": {"int_type", "greater_than_equal", "less_than_equal"},
    "float": {"float_type"},
    "bool": {"bool_type"},
    "tuple": {"tuple_type", "too_short", "too_long"},
    "dict": {"dict_type", "too_short"},
    "model": {"model_type", "missing"},
    "literal": set(),
}


def _kinds(schema: Any) -> set[str]:
    found: set[str] = set()
    if isinstance(schema, dict):
        if isinstance(schema.get("type"), str):
            found.add(schema["type"])
        for value in schema.values():
            found |= _kinds(value)
    elif isinstance(schema, (list, tuple)):
        for value in schema:
            found |= _kinds(value)
    return found


@pytest.mark.parametrize("modele", [*TYPES.values(), ListeDeValeurs, Glossaire, Exclusions])
def test_every_raisable_error_has_words(modele: type[BaseModel]) -> None:
    schema: CoreSchema = modele.__pydantic_core_schema__
    needed = set().union(*(RAISED_BY.get(kind, set()) for kind in _kinds(schema)))
    assert needed <= set(FICHE["messages"]), needed - set(FICHE["messages"])
    assert len(needed) > 3


@pytest.mark.parametrize("type_", TYPES)
def test_the_smallest_fiche_is_valid(type_: str) -> None:
    fiche, problemes = valider(TYPES[type_], "x.yml", brut(donnees(type_)))
    assert problemes == []
    assert fiche is not None
    assert fiche.id == "essai"


@pytest.mark.parametrize("type_", TYPES)
def test_every_field_has_french_help_and_an_example_that_is_valid(type_: str) -> None:
    for nom, info in TYPES[type_].model_fields.items():
        assert info.description, nom
        assert info.description[0].isupper() or info.description.startswith(
            ("en-vigueur", "national", "oui", "redigee", "reperage", "brouillon", "«")
        ), nom
        assert info.examples, nom
        exemple = json.loads(json.dumps(info.examples[0]))
        essai = donnees(type_, **{nom: exemple})
        _, problemes = valider(TYPES[type_], "x.yml", brut(essai))
        assert [p for p in problemes if p.champ.startswith(nom)] == [], nom


CAS: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "dispositif",
        {"etat": "publie"},
        "etat",
        "« publie » n’est pas admis. Vouliez-vous dire « publiee » ? Valeurs admises : brouillon, publiee.",
    ),
    ("dispositif", {"titr": "x"}, "titr", "champ inconnu. Vouliez-vous dire « titre » ?"),
    ("dispositif", {"titre": None}, "titre", "champ obligatoire absent. Ajoutez-le."),
    ("dispositif", {"themes": "friches-foncier"}, "themes", "une liste est attendue."),
    ("dispositif", {"themes": []}, "themes", "au moins 1 élément attendu."),
    ("dispositif", {"titre": ["a"]}, "titre", "un texte est attendu ici."),
    ("dispositif", {"id": "Atelier Flash"}, "id", "des minuscules sans accent"),
    (
        "dispositif",
        {"validite": {"etat": "en-vigueur", "debut": "2025-02-30"}},
        "validite.debut",
        "la date « 2025-02-30 » n’existe pas.",
    ),
    (
        "dispositif",
        {"validite": {"etat": "en-vigueur", "debut": "31/12/2025"}},
        "validite.debut",
        "une date AAAA, AAAA-MM ou AAAA-MM-JJ",
    ),
    ("dispositif", {"validite": {"etat": "en-vigueur", "debut": "1767225600"}}, "validite.debut", "une date AAAA"),
    ("dispositif", {"orientable": "peut-être"}, "orientable", "Valeurs admises : oui, non."),
    (
        "dispositif",
        {"montants": [{"valeur": "1_000", "unite": "euro", "source": "s1"}]},
        "montants[1].valeur",
        "« 1_000 » n’est pas un nombre.",
    ),
    (
        "dispositif",
        {"montants": [{"min": "3", "max": "2", "unite": "euro", "source": "s1"}]},
        "montants[1]",
        "min dépasse max.",
    ),
    (
        "dispositif",
        {"montants": [{"unite": "euro", "source": "s1"}]},
        "montants[1]",
        "donnez soit valeur, soit min et max",
    ),
    (
        "dispositif",
        {"montants": [{"valeur": "1", "unite": "euro", "source": "x"}]},
        "montants[1].source",
        "une clé de source",
    ),
    ("dispositif", {"criteres": [{"toujours": "oui"}]}, "criteres[1]", "critère incomplet."),
    ("dispositif", {"sources": {"s1": {"titre": "a", "editeur": "b"}}}, "sources.s1", "la source ne se retrouve pas."),
    (
        "dispositif",
        {"sources": {"s1": {"titre": "a", "editeur": "b", "url": "javascript:alert(1)"}}},
        "sources.s1.url",
        "adresse refusée",
    ),
    (
        "site",
        {"territoire": {"echelle": "national", "lieux": [{"code": "59464", "nom": "x"}]}},
        "territoire",
        "echelle et lieux ne vont pas ensemble.",
    ),
    ("site", {"profondeur": "cas"}, "", "un cas demande demarche"),
    ("methode", {"forme": "animation"}, "", "une animation demande duree et participants"),
    (
        "kit",
        {
            "seances": [
                {
                    "id": "j",
                    "titre": "J",
                    "sequences": [{"titre": "a", "duree": "2", "modalite": "pleniere", "sources": ["kit"]}],
                }
            ]
        },
        "seances[1].sequences[1].duree",
        "« 2 » est trop petit : au moins 5.",
    ),
    ("kit", {"seances": [{"id": "j", "titre": "J", "debut": "8h30"}]}, "seances[1].debut", "une heure HH:MM"),
]


@pytest.mark.parametrize(("type_", "champs", "champ", "message"), CAS)
def test_message(type_: str, champs: dict[str, Any], champ: str, message: str) -> None:
    _, problemes = valider(TYPES[type_], "x.yml", brut(donnees(type_, **champs)))
    assert [p.champ for p in problemes] == [champ]
    assert message in problemes[0].message
