"""Walk a model along its declared types: each text, reference, code or key, with its path and its mark."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from macros.modeles.types import CleDeSource, Enonce, Illustration, Modele, Reference, Vocabulaire

Marque = Enonce | Reference | Vocabulaire | CleDeSource | Illustration
MARQUES = (Enonce, Reference, Vocabulaire, CleDeSource, Illustration)


@dataclass(frozen=True)
class Occurrence:
    """A marked value found in a model."""

    chemin: tuple[str | int, ...]
    valeur: str
    marque: Marque


@dataclass(frozen=True)
class _Plan:
    """How to descend into a value: its own mark, the plan of its items, or the model that it is."""

    marque: Marque | None = None
    items: _Plan | None = None
    modele: type[Modele] | None = None


def occurrences(modele: Modele, chemin: tuple[str | int, ...] = ()) -> Iterator[Occurrence]:
    """Yield the marked values of ``modele``, in the order of its fields."""
    for nom, plan in _plans(type(modele)):
        yield from _descend(getattr(modele, nom), plan, (*chemin, nom))


def _descend(valeur: Any, plan: _Plan, chemin: tuple[str | int, ...]) -> Iterator[Occurrence]:
    if valeur is None:
        return
    if plan.modele:
        yield from occurrences(valeur, chemin)
    elif plan.items:
        pairs = valeur.items() if isinstance(valeur, dict) else enumerate(valeur)
        for cle, item in pairs:
            yield from _descend(item, plan.items, (*chemin, cle))
    elif plan.marque:
        yield Occurrence(chemin, valeur, plan.marque)


@cache
def _plans(classe: type[Modele]) -> tuple[tuple[str, _Plan], ...]:
    """Plans of the fields that hold a mark somewhere; computed once a class."""
    found = []
    for nom, info in classe.model_fields.items():
        plan = _plan(info.annotation, tuple(info.metadata))
        if plan:
            found.append((nom, plan))
    return tuple(found)


def _plan(annotation: Any, metadata: tuple[Any, ...] = ()) -> _Plan | None:
    origin, args = get_origin(annotation), get_args(annotation)
    marque = next((m for m in metadata if isinstance(m, MARQUES)), None)
    if origin is Annotated:
        return _plan(args[0], (*metadata, *args[1:]))
    if origin in (Union, types.UnionType):
        kept = [a for a in args if a is not type(None)]
        return _plan(kept[0], metadata) if len(kept) == 1 else None
    if marque:
        return _Plan(marque=marque)
    if origin in (tuple, dict):
        item = _plan(args[0] if origin is tuple else args[1])
        return _Plan(items=item) if item else None
    if isinstance(annotation, type) and issubclass(annotation, Modele):
        return _Plan(modele=annotation)
    return None
