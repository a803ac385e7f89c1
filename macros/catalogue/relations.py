"""The typed links between fiches, both ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from macros.catalogue.fige import Relation
from macros.modeles.types import Reference
from macros.regles import Lue


def relations(lues: Sequence[Lue]) -> tuple[dict[str, tuple[Relation, ...]], dict[str, tuple[Relation, ...]]]:
    """Return the links that leave each fiche, then those that reach it; those to a fiche that is not there are left
    out."""
    known = {lue.fiche.id for lue in lues}
    out: dict[str, list[Relation]] = defaultdict(list)
    back: dict[str, list[Relation]] = defaultdict(list)
    for lue in lues:
        for o in lue.occurrences:
            if isinstance(o.marque, Reference) and o.valeur in known:
                relation = Relation(lue.fiche.id, o.valeur, str(o.chemin[0]), o.marque.relation, o.marque.inverse)
                out[relation.source].append(relation)
                back[relation.cible].append(relation)
    return {k: tuple(v) for k, v in out.items()}, {k: tuple(v) for k, v in back.items()}
