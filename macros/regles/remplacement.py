"""Following « remplace_par » from a fiche, one comes to something in force."""

from __future__ import annotations

from collections.abc import Mapping

from macros.modeles import Fiche
from macros.modeles.partage import FICHE
from macros.regles.contexte import Constats, Lue


def remplacee(lue: Lue, fiches: Mapping[str, Fiche]) -> Constats:
    """A chain of replacements ends on something in force."""
    if _endless(lue.fiche, fiches):
        yield ("validite", "remplace_par"), FICHE.dire("remplacement_sans_fin")


def _endless(fiche: Fiche, fiches: Mapping[str, Fiche]) -> bool:
    """Whether following ``remplace_par`` never reaches a fiche that is not historical."""
    if not fiche.validite.remplace_par:
        return False
    seen = {fiche.id}
    current = fiches.get(fiche.validite.remplace_par)
    while current is not None and current.validite.etat == "historique":
        suite = current.validite.remplace_par
        if current.id in seen or suite is None:
            return True
        seen.add(current.id)
        current = fiches.get(suite)
    return False
