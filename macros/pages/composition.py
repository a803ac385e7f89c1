"""Templates put together with what they may ask: the view of the page, and the facts of a fiche in a list."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from macros.ecriture.rendu import rendre
from macros.ecriture.sections import Section
from macros.ecriture.textes import appeler_a_la_suite, appeler_une_fois
from macros.pages.apercu import etats, faits
from macros.pages.vue import Vue

_EN_BREF, _CELLULE = "en-bref", re.compile('(?=<div[^>]*class="en-bref__cellule[ "])')
"""A part whose every answer stands alone: each keeps its source."""


def sections_de(vue: Vue, gabarit: str, **contexte: Any) -> tuple[str, tuple[Section, ...]]:
    """Render the template of a page and return (header HTML, sections): what is folded closes the page."""
    entete = rendre(gabarit, v=vue, f=vue.fiche, faits=faits, etats=etats, **contexte).strip()
    rangees = sorted(vue.sections, key=lambda s: bool(s.repli))
    a_part = [s.id == _EN_BREF for s in rangees]
    communes = [s.html for s, seule in zip(rangees, a_part, strict=True) if not seule]
    appel, (entete, *parties) = appeler_une_fois([entete, *communes])
    reste = iter(parties)
    sections = tuple(
        replace(s, html=next(reste) if not seule else s.html if appel else _by_cell(s.html))
        for s, seule in zip(rangees, a_part, strict=True)
    )
    return entete + str(vue.repose_sur(appel)), sections


def _by_cell(html: str) -> str:
    return "".join(appeler_a_la_suite(cellule) for cellule in _CELLULE.split(html))


def bloc(gabarit: str, vue: Vue, **contexte: Any) -> str:
    """Render a template that is a part of a page, and collects no section."""
    return rendre(gabarit, v=vue, faits=faits, etats=etats, **contexte)
