"""Rules that need more than one field: each a named generator of (path, message)."""

from __future__ import annotations

from collections.abc import Callable

from macros.regles import citations, kits, lieux_dates, orientation, references
from macros.regles.contexte import Constats, Lue, Reperes

__all__ = ["REGLES", "Lue", "Reperes"]

Regle = Callable[[Lue, Reperes], Constats]

REGLES: tuple[Regle, ...] = (
    references.place_du_fichier,
    references.vocabulaires,
    references.references,
    references.doublons,
    references.illustrations,
    citations.sources_citees,
    citations.enonces_sources,
    citations.liens_surs,
    citations.personne_nommee,
    lieux_dates.territoire,
    lieux_dates.dates_en_ordre,
    lieux_dates.validite,
    kits.horaires,
    kits.renvois_internes,
    orientation.criteres,
)
"""In the order in which their messages make most sense; the output is sorted by place anyway."""
