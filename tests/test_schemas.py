"""The schemas are up to date, valid draft-07, accept every real fiche as an editor reads it, and refuse wrong ones."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from macros.catalogue.fige import Catalogue
from macros.lecture.brute import lire
from macros.lecture.validation import valider
from macros.modeles import DOSSIERS, TYPES
from macros.modeles.libelles import CHAMPS, MODELES, VALEURS
from macros.modeles.schemas import modeline, schemas
from tests.fabrique import brut, donnees

RACINE = Path(__file__).resolve().parent.parent


class _Editeur(yaml.CSafeLoader):
    """YAML 1.2 core, as editors read it: numbers, true, false, null; everything else is text."""


_Editeur.yaml_implicit_resolvers = {}
for _tag, _motif, _debuts in (
    ("tag:yaml.org,2002:bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("tag:yaml.org,2002:null", r"^(?:null|Null|NULL|~|)$", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+0123456789."),
):
    _Editeur.add_implicit_resolver(_tag, re.compile(_motif), list(_debuts))
_Editeur.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value, 10))


@pytest.fixture(scope="module")
def juges(catalogue: Catalogue) -> dict[str, Any]:
    return {
        type_: jsonschema.Draft7Validator(json.loads((RACINE / f"docs/api/schemas/{type_}.json").read_text("utf-8")))
        for type_ in TYPES
    }


def _fiches() -> Iterator[tuple[str, Path]]:
    for dossier, modele in DOSSIERS.items():
        for path in sorted((RACINE / "fiches" / dossier).glob("*.yml")):
            yield modele.TYPE, path


def test_les_schemas_sont_ceux_que_les_modeles_donnent(catalogue: Catalogue) -> None:
    attendus = schemas(catalogue.vocabulaires)
    for nom, texte in attendus.items():
        assert (RACINE / nom).read_text("utf-8") == texte, f"{nom} n’est plus à jour : lancez « make schemas »."
    assert sorted(attendus) == sorted(f"docs/api/schemas/{p.name}" for p in (RACINE / "docs/api/schemas").iterdir())


def test_les_schemas_sont_du_draft_07(juges: dict[str, Any]) -> None:
    for juge in juges.values():
        assert juge.schema["$schema"] == "http://json-schema.org/draft-07/schema#"
        jsonschema.Draft7Validator.check_schema(juge.schema)


def test_chaque_fiche_dit_son_schema_a_l_editeur() -> None:
    vues = 0
    for type_, path in _fiches():
        assert path.read_text("utf-8").startswith(modeline(type_) + "\n"), f"{path.name} : lancez « make schemas »."
        chemin = modeline(type_).split("=", 1)[1]
        assert (path.parent / chemin).resolve() == RACINE / f"docs/api/schemas/{type_}.json"
        vues += 1
    assert vues > 200


def test_toutes_les_vraies_fiches_sont_acceptees_comme_texte_et_comme_un_editeur_les_lit(juges: dict[str, Any]) -> None:
    for type_, path in _fiches():
        brut, _ = lire(path.name, path.read_bytes())
        assert brut is not None
        for lue in (brut.donnees, yaml.load(path.read_text("utf-8"), Loader=_Editeur)):
            erreurs = [f"{list(e.path)} {e.message}" for e in juges[type_].iter_errors(lue)]
            assert erreurs == [], f"{path.name} : {erreurs}"


@pytest.mark.parametrize(
    ("type_", "champs"),
    [
        ("kit", {"groupes": 3, "titre": 2021}),
        ("kit", {"groupes": "3", "titre": True}),
        ("dispositif", {"orientable": True}),
        ("dispositif", {"orientable": "Non"}),
        ("site", {"annees": [2019, "2019", "2021-03", "2021-03-04"]}),
        ("site", {"population": [{"valeur": 2200, "environ": False, "unite": "habitant", "source": "s1"}]}),
        ("site", {"population": [{"min": 1.5, "max": "2,5", "unite": "habitant", "source": "kit"}]}),
        ("site", {"territoire": {"echelle": "commune", "lieux": [{"code": 59464, "nom": "Poix-du-Nord"}]}}),
        ("partenaire", {"premier_contact": {"standard": 3919}}),
    ],
)
def test_nombres_et_booleens_d_un_editeur_passent(juges: dict[str, Any], type_: str, champs: dict[str, Any]) -> None:
    assert [e.message for e in juges[type_].iter_errors(donnees(type_, **champs))] == []


FAUTIVES = [
    ("dispositif", {"natur": "x"}, "natur"),
    ("dispositif", {"nature": ["acompagnement"]}, "acompagnement"),
    ("dispositif", {"nature": []}, "nature"),
    ("dispositif", {"titre": None}, "titre"),
    ("dispositif", {"titre": ""}, "titre"),
    ("dispositif", {"titre": "x" * 161}, "titre"),
    ("dispositif", {"titre": ["liste"]}, "titre"),
    ("dispositif", {"accroche": "Trop court."}, "accroche"),
    ("dispositif", {"id": "Majuscule"}, "id"),
    ("dispositif", {"type": "kit"}, "type"),
    ("dispositif", {"orientable": "peut-être"}, "orientable"),
    ("dispositif", {"etat": "publie"}, "etat"),
    ("dispositif", {"sources": {}}, "sources"),
    ("dispositif", {"sources": {"source1": {"titre": "a", "editeur": "b", "note": "c"}}}, "source1"),
    ("dispositif", {"sources": {"s1": {"titre": "a", "editeur": "b", "url": "javascript:alert(1)"}}}, "url"),
    ("dispositif", {"verification": {"niveau": "relue", "le": "hier", "par": "rédaction"}}, "le"),
    ("kit", {"groupes": 31}, "groupes"),
    ("kit", {"groupes": "beaucoup"}, "groupes"),
    ("kit", {"seances": [{"id": "a", "titre": "b", "debut": "25:00"}]}, "debut"),
    ("site", {"annees": ["en 2019"]}, "annees"),
    ("site", {"population": [{"valeur": "beaucoup", "unite": "habitant", "source": "s1"}]}, "population"),
    ("site", {"territoire": {"echelle": "commune", "lieux": [{"code": "ABCDE", "nom": "x"}]}}, "code"),
    ("methode", {"duree": {"valeur": "2"}}, "duree"),
    ("partenaire", {"premier_contact": {"boite": "pas-une-adresse"}}, "boite"),
]


@pytest.mark.parametrize(("type_", "champs", "ou"), FAUTIVES)
def test_les_fiches_fautives_sont_refusees_au_bon_endroit(
    juges: dict[str, Any], type_: str, champs: dict[str, Any], ou: str
) -> None:
    lue = donnees(type_, **champs)
    erreurs = list(juges[type_].iter_errors(lue))
    assert erreurs
    assert all(ou in map(str, e.path) or ou in e.message for e in erreurs), [e.message for e in erreurs]
    assert valider(TYPES[type_], "x.yml", brut(lue))[1] or "acompagnement" in str(champs)


def test_ce_que_le_schema_refuse_le_modele_le_refuse(juges: dict[str, Any]) -> None:
    """On real fiches spoilt at random, the schema never refuses what the models and vocabularies accept."""
    tirage = random.Random(7)
    refus = 0
    fiches = list(_fiches())
    for _ in range(400):
        type_, path = tirage.choice(fiches)
        vraie, _ = lire(path.name, path.read_bytes())
        assert vraie is not None
        lue = _abimer(vraie.donnees, tirage)
        if not juges[type_].is_valid(lue):
            refus += 1
            assert valider(TYPES[type_], path.name, brut(lue))[1], (path.name, lue)
    assert refus > 60


def _abimer(donnees_: dict[str, Any], tirage: random.Random) -> dict[str, Any]:
    """Change one scalar that is not a word of a vocabulary, or remove or add a field."""
    lue = copy.deepcopy(donnees_)
    niveau: Any = lue
    while True:
        cle = tirage.choice(list(niveau) if isinstance(niveau, dict) else range(len(niveau)))
        if isinstance(niveau[cle], (dict, list)) and niveau[cle] and tirage.random() < 0.8:
            niveau = niveau[cle]
            continue
        geste = tirage.randrange(4)
        if geste == 0 and isinstance(niveau, dict):
            del niveau[cle]
        elif geste == 1 and isinstance(niveau, dict):
            niveau["champ_inconnu"] = "x"
        elif isinstance(niveau[cle], str) and not re.fullmatch(r"[a-z0-9-]+", niveau[cle]):
            niveau[cle] = tirage.choice(["", "x" * 900, "2021-13", "peut-être", "http://", "Deux mots", "12"])
        elif isinstance(niveau[cle], (dict, list)):
            niveau[cle] = tirage.choice(["texte", [], {}])
        return lue


def test_chaque_libelle_sert(juges: dict[str, Any]) -> None:
    """No label is left for a field, a model or a value that no longer exists."""
    tout = "".join(json.dumps(j.schema, ensure_ascii=False) for j in juges.values())
    for table in (CHAMPS, MODELES, VALEURS):
        for nom in table:
            assert f'"{nom}"' in tout, nom


def test_une_valeur_a_son_libelle_et_sa_definition(juges: dict[str, Any], catalogue: Catalogue) -> None:
    documents = juges["kit"].schema["properties"]["documents"]["items"]
    rang = documents["enum"].index("deliberation")
    valeur = catalogue.vocabulaires["documents"].valeurs["deliberation"]
    assert valeur.definition
    assert documents["enumDescriptions"][rang] == valeur.libelle
    assert valeur.definition in documents["markdownEnumDescriptions"][rang]
    assert len(documents["enum"]) == len(documents["enumDescriptions"]) == len(documents["markdownEnumDescriptions"])
