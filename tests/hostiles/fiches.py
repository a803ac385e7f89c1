"""Hostile fiches, made from the models: each text field of each kind receives each hostile text."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from macros.lecture.problemes import Chemin
from macros.modeles import TYPES
from macros.modeles.parcours import occurrences_brutes
from macros.modeles.types import CleDeSource, Enonce, Reference
from macros.regles.citations import CITATION
from tests.fabrique import donnees
from tests.hostiles.charges import Charge


def cible(type_: str) -> str:
    """Id of the plain fiche of a kind, to which references lead."""
    return f"cible-{type_}"


def pleine(type_: str, id_: str) -> dict[str, Any]:
    """A valid fiche all of whose fields are filled in: the examples of its model, with one source."""
    return {**copy.deepcopy(_pleine(type_)), "id": id_, "titre": f"Essai {id_}"}


@cache
def _pleine(type_: str) -> dict[str, Any]:
    modele = TYPES[type_]
    fiche: dict[str, Any] = {
        nom: copy.deepcopy(info.examples[0]) for nom, info in modele.model_fields.items() if info.examples
    }
    fiche |= {"id": "essai", "type": type_, "titre": "Essai", "illustrations": []}
    fiche["validite"] = {"etat": "en-vigueur", "precision": "Vu sur la page [s1]."}
    fiche["sources"] = donnees(type_)["sources"]
    for occurrence in list(occurrences_brutes(modele, fiche)):
        if isinstance(occurrence.marque, CleDeSource):
            poser(fiche, occurrence.chemin, "s1")
        elif isinstance(occurrence.marque, Enonce):
            poser(
                fiche, occurrence.chemin, CITATION.sub(lambda m: m[0] if "kit" in m[0] else "[s1]", occurrence.valeur)
            )
        elif isinstance(occurrence.marque, Reference):
            poser(fiche, occurrence.chemin, cible((occurrence.marque.types or ("methode",))[0]))
    return fiche


@cache
def champs_textes(type_: str) -> list[tuple[Chemin, bool]]:
    """Every text of a full fiche: its path, and whether it is a statement (which must cite and end with a full
    stop)."""
    fiche = pleine(type_, "essai")
    enonces = {o.chemin for o in occurrences_brutes(TYPES[type_], fiche) if isinstance(o.marque, Enonce)}
    return [(chemin, chemin in enonces) for chemin, _ in _textes(fiche) if chemin not in {("type",), ("sources",)}]


def _textes(valeur: Any, chemin: Chemin = ()) -> Iterator[tuple[Chemin, str]]:
    if isinstance(valeur, dict):
        for cle, item in valeur.items():
            yield from _textes(item, (*chemin, cle))
    elif isinstance(valeur, list):
        for rang, item in enumerate(valeur):
            yield from _textes(item, (*chemin, rang))
    else:
        yield chemin, str(valeur)


def poser(fiche: dict[str, Any], chemin: Chemin, valeur: Any) -> None:
    """Put a value at a path that exists."""
    niveau: Any = fiche
    for part in chemin[:-1]:
        niveau = niveau[part]
    niveau[chemin[-1]] = valeur


def ecrite(charge: Charge, enonce: bool) -> str:
    """The hostile text as a field holds it: a statement cites its source and ends."""
    return f"Mot {charge.texte} [s1]." if enonce else charge.texte


def empoisonnee(type_: str, id_: str, ou: dict[Chemin, Charge]) -> dict[str, Any]:
    """A full fiche with hostile texts at the paths given."""
    fiche = pleine(type_, id_)
    enonces = dict(champs_textes(type_))
    for chemin, charge in ou.items():
        poser(fiche, chemin, ecrite(charge, enonces[chemin]))
    return fiche


def en_yaml(fiche: dict[str, Any]) -> bytes:
    """The fiche as a hostile hand would write it: every character that YAML can carry, by its escapes."""
    return yaml.dump(fiche, Dumper=yaml.CSafeDumper, allow_unicode=False, sort_keys=False, width=10_000).encode()


def cibles(themes: list[str]) -> dict[str, dict[str, Any]]:
    """One plain fiche of each kind; the first bears every theme, so that none is orphan."""
    faites = {type_: donnees(type_, cible(type_)) for type_ in TYPES}
    faites["dispositif"]["themes"] = themes
    return faites
