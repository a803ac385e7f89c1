"""Templates put together with what they may ask: the view of the page, and the facts of a fiche in a list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from macros.ecriture.rendu import rendre
from macros.ecriture.sections import Section
from macros.ecriture.textes import appeler_une_fois
from macros.pages.apercu import faits
from macros.pages.vue import Vue

_CHACUN = {"en-bref"}
"""Parts whose every answer stands alone: each keeps its source."""


def sections_de(vue: Vue, gabarit: str, **contexte: Any) -> tuple[str, tuple[Section, ...]]:
    """Render the template of a page and return (header HTML, sections)."""
    entete = rendre(gabarit, v=vue, f=vue.fiche, faits=faits, **contexte)
    return entete.strip(), tuple(
        s if s.id in _CHACUN else replace(s, html=appeler_une_fois(s.html)) for s in vue.sections
    )


def bloc(gabarit: str, vue: Vue, **contexte: Any) -> str:
    """Render a template that is a part of a page, and collects no section."""
    return rendre(gabarit, v=vue, faits=faits, **contexte)
