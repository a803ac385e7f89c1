"""The fields of a kind as plain data, from its model: what a fiche to fill in shows, what a text becomes in a field."""

from __future__ import annotations

import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import StringConstraints

from macros.modeles import TYPES
from macros.modeles.libelles import CHAMPS, VALEURS
from macros.modeles.types import Enonce, Modele, Reference, Vocabulaire

Noeud = dict[str, Any]
"""``genre`` is scalaire, liste, carte (values by key) or objet. A scalar has ``forme``: bloc (paragraphs), enonce (one
statement), texte, choix (``choix``: value -> label, or ``vocabulaire``: its name), reference, oui-non or nombre."""


def plan(type_: str) -> Noeud:
    """Return the fields of the kind ``type_``: an ``objet``. Raises KeyError on an unknown kind."""
    return _objet(TYPES[type_])


def _objet(modele: type[Modele]) -> Noeud:
    champs = {}
    for nom, info in modele.model_fields.items():
        champs[nom] = {
            "libelle": CHAMPS[nom],
            "aide": info.description or "",
            "exemple": info.examples[0] if info.examples else "",
            "obligatoire": info.is_required(),
            **_noeud(info.annotation, tuple(info.metadata)),
        }
    return {"genre": "objet", "champs": champs}


def _noeud(annotation: Any, marques: tuple[Any, ...]) -> Noeud:
    origine, args = get_origin(annotation), get_args(annotation)
    if origine is Annotated:
        return _noeud(args[0], (*marques, *args[1:]))
    if origine in (Union, types.UnionType):
        return _noeud(next(a for a in args if a is not type(None)), marques)
    if origine is tuple:
        return {"genre": "liste", "de": _noeud(args[0], ())}
    if origine is dict:
        return {"genre": "carte", "prefixe": "s", "de": _noeud(args[1], ())}
    if isinstance(annotation, type) and issubclass(annotation, Modele):
        return _objet(annotation)
    return {"genre": "scalaire", **_forme(annotation, origine, args, marques)}


def _forme(annotation: Any, origine: Any, args: tuple[Any, ...], marques: tuple[Any, ...]) -> Noeud:
    if origine is Literal:
        return {"forme": "choix", "choix": {valeur: VALEURS.get(valeur, valeur) for valeur in args}}
    if annotation is bool:
        return {"forme": "oui-non"}
    if annotation in (int, float):
        return {"forme": "nombre"}
    longueurs = [m.max_length for m in marques if isinstance(m, StringConstraints) and m.max_length]
    maximum = {"max": longueurs[-1]} if longueurs else {}
    return next((forme for marque in marques if (forme := _marquee(marque, maximum))), {"forme": "texte", **maximum})


def _marquee(marque: Any, maximum: Noeud) -> Noeud:
    """The form that a mark gives; empty when it says nothing of it."""
    if isinstance(marque, Vocabulaire):
        return {"forme": "choix", "vocabulaire": marque.nom}
    if isinstance(marque, Reference):
        return {"forme": "reference", "types": list(marque.types)}
    if isinstance(marque, Enonce):
        return {"forme": "bloc" if marque.bloc else "enonce", **maximum}
    return {}
