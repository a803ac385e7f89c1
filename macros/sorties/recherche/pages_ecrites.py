"""Hand-written Markdown pages -> what the search knows of them. Pure."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from macros.ecriture.typographie import typographier
from macros.pages.documents_de_recherche import Document

_ENTETE = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_CHAMP = re.compile(r"^(title|description|recherche):[ \t]*(.*)$", re.MULTILINE)
_RETRAITS = (
    (re.compile(r"```.*?```", re.DOTALL), " "),
    (re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{:.*?\}", re.DOTALL), " "),
    (re.compile(r"<script.*?</script>|<template.*?</template>|<[^>]*>", re.DOTALL), " "),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^[ \t]*(?:#{1,6}|[-*+>]|\d+\.)[ \t]+", re.MULTILINE), ""),
    (re.compile(r"[*_`|]"), " "),
)


def page_ecrite(chemin: str, source: str) -> Document | None:
    """Return what the search keeps of a page of ``docs/``; None for the home page, « recherche: non » or no title."""
    entete = _ENTETE.match(source)
    champs = {nom: valeur.strip().strip("\"'") for nom, valeur in _CHAMP.findall(entete[1])} if entete else {}
    if chemin == "index.md" or champs.get("recherche") == "non" or not champs.get("title"):
        return None
    texte = source[entete.end() :] if entete else source
    for motif, remplacement in _RETRAITS:
        texte = motif.sub(remplacement, texte)
    blocs = [" ".join(bloc.split()) for bloc in re.split(r"\n\s*\n", texte)]
    nom = PurePosixPath(chemin)
    uri = f"{nom.parent if nom.name == 'index.md' else nom.with_suffix('')}/"
    textes = tuple(bloc for bloc in blocs if len(bloc) > 3)
    return Document(uri, "page", typographier(champs["title"]), typographier(champs.get("description", "")), textes)
