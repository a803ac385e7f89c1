"""The macros that pages call: run here, each declared where it is written."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from macros.contribution import annotee, reperes_du_formulaire
from macros.moteur.appels import fiches, outils
from macros.moteur.memoire import memoire
from macros.pages import accueil, entretien, listes
from macros.pages import plans as pages
from macros.pages.declaration import MACROS, Macro
from macros.pages.outils import atelier, carte, facettes, ma_commune, sept_questions
from macros.pages.vue import Vue

__all__ = ["MACROS", "Macro", "appeler", "inerte", "uri_de"]
_DECLARENT = (
    accueil,
    annotee,
    atelier,
    carte,
    entretien,
    facettes,
    fiches,
    listes,
    ma_commune,
    outils,
    reperes_du_formulaire,
    sept_questions,
)
"""Modules whose macros are known once they are imported."""


def appeler(nom: str, uri: str, *args: Any, **kwargs: Any) -> str:
    """Run a macro for the page at ``uri``. Block macros leave a token that the hooks replace."""
    state = memoire()
    macro = MACROS[nom]
    if kwargs.get("vue_") == "page":
        faite = state.ailleurs(nom, args[0]) or pages.page(state.catalogue, nom, args[0], state.depot)
        return state.deposer_page(faite)
    try:
        html = macro.fonction(Vue(state.catalogue, uri, None, state.depot), *args, **kwargs)
    except (ValueError, KeyError) as erreur:
        if not state.patiente:
            raise
        html = f"<strong>À corriger dans la page : {escape(f'{nom} : {erreur}')}</strong>"
    return state.deposer(html) if macro.bloc else inerte(html)


_MARKDOWN = re.compile(r"[\\`*_{}\[\]()#+.!|~:^-]")
_BLANCS = re.compile(r"[^\S\u00a0\u202f]+")
"""Any blank but the unbreakable ones."""


def inerte(html: str) -> str:
    """Keep Markdown away from the text of a fiche written inside a sentence: what it would read becomes entities.

    A title may hold « [text](javascript:…) » or « {: onclick=… } »; Python-Markdown reads both around inline HTML.
    """
    parts = re.split(r"(<[^<>]*>)", _BLANCS.sub(" ", html).strip())
    parts[::2] = [_MARKDOWN.sub(lambda found: f"&#{ord(found[0])};", part) for part in parts[::2]]
    return "".join(parts)


def uri_de(url: str) -> str:
    """Address of a MkDocs page, relative to the site, with its slash."""
    return url if url not in {".", "./"} else ""
