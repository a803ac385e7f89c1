"""A méthode holds together: its timed steps fill its duration, neither more nor less."""

from __future__ import annotations

from macros.modeles import Methode
from macros.modeles.partage import FICHE
from macros.modeles.seances.durees import EN_MINUTES, bornes, bornes_lisibles, somme
from macros.regles.contexte import Constats, Lue, Reperes


def etapes_dans_la_duree(lue: Lue, _: Reperes) -> Constats:
    """When every step is timed, their total meets the duration, over all its sources."""
    methode = lue.fiche
    if not isinstance(methode, Methode):
        return
    duree, total = bornes(methode.duree, EN_MINUTES), somme(e.duree for e in methode.etapes)
    if duree is None or total is None or (total[0] <= duree[1] and duree[0] <= total[1]):
        return
    yield (
        ("etapes",),
        FICHE.dire("etapes_hors_duree", total=bornes_lisibles(total), duree=bornes_lisibles(duree)),
    )
