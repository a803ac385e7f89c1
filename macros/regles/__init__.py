"""Rules that need more than one field: each a named generator of (path, message)."""

from __future__ import annotations

from collections.abc import Callable

from macros.regles import citations, kits, lieux_dates, methodes, orientation, redaction, references
from macros.regles.contexte import Brouillon, Constats, Lue, Reperes

__all__ = ["REGLES_DES_FICHES", "REGLES_DES_VALEURS", "Brouillon", "Lue", "Reperes"]

REGLES_DES_VALEURS: tuple[Callable[[Brouillon, Reperes], Constats], ...] = (
    references.place_du_fichier,
    references.vocabulaires,
    references.references,
    references.doublons,
    references.illustrations,
    citations.sources_citees,
    citations.enonces_sources,
    citations.liens_surs,
    citations.hotes_durables,
    citations.personne_nommee,
    redaction.accroche,
    redaction.sans_eloge,
    redaction.pas_de_nous,
    redaction.dit_une_fois,
    redaction.fin_de_phrase,
    redaction.mots_cles,
    redaction.chiffres_sources,
)
"""Rules that look at one value at a time: they run on every file that can be read, valid or not."""

REGLES_DES_FICHES: tuple[Callable[[Lue, Reperes], Constats], ...] = (
    lieux_dates.territoire,
    lieux_dates.dates_en_ordre,
    lieux_dates.dates_passees,
    lieux_dates.validite,
    lieux_dates.vigueur,
    kits.horaires,
    kits.renvois_internes,
    methodes.etapes_dans_la_duree,
    orientation.criteres,
    orientation.conditions_de_lieu,
)
"""Rules that need a valid fiche."""
