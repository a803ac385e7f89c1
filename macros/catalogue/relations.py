"""The typed links between fiches, both ways."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from macros.catalogue.fige import Relation
from macros.catalogue.relecture import Relecture
from macros.modeles import Fiche
from macros.modeles.parcours import occurrences
from macros.modeles.types import Reference


def relations(
    fiches: list[Fiche], relecture: Relecture
) -> tuple[dict[str, tuple[Relation, ...]], dict[str, tuple[Relation, ...]]]:
    """Return the links that leave each fiche, then those that reach it; what has not changed is not looked at again."""
    known = {f.id for f in fiches}
    out: dict[str, list[Relation]] = defaultdict(list)
    back: dict[str, list[Relation]] = defaultdict(list)
    for fiche in fiches:
        for relation in relecture.d_objet("relations", fiche.id, fiche, partial(_named, fiche)):
            if relation.cible in known:
                out[fiche.id].append(relation)
                back[relation.cible].append(relation)
    return {k: tuple(v) for k, v in out.items()}, {k: tuple(v) for k, v in back.items()}


def _named(fiche: Fiche) -> list[Relation]:
    """The fiches that a fiche names, whether they exist or not."""
    return [
        Relation(fiche.id, o.valeur, str(o.chemin[0]), o.marque.relation, o.marque.inverse)
        for o in occurrences(fiche)
        if isinstance(o.marque, Reference)
    ]
