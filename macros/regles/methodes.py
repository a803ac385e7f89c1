"""A méthode holds together: its timed steps fill its duration, neither more nor less."""

from __future__ import annotations

from macros.modeles import Methode
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
        f"les étapes durent {bornes_lisibles(total)} en tout, alors que duree annonce {bornes_lisibles(duree)}. "
        "Corrigez le temps d’une étape, ou la durée ; ce qui se fait avant la séance va dans preparation.",
    )
