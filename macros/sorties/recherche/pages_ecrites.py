"""Hand-written Markdown pages -> their plain text, for the search. Pure."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from macros.pages.documents_de_recherche import PageEcrite

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


def page_ecrite(chemin: str, source: str) -> PageEcrite | None:
    """Return what the search keeps of a page of ``docs/``; None for the home page, « recherche: non » or no title."""
    entete = _ENTETE.match(source)
    champs = {nom: valeur.strip().strip("\"'") for nom, valeur in _CHAMP.findall(entete[1])} if entete else {}
    if chemin == "index.md" or champs.get("recherche") == "non" or not champs.get("title"):
        return None
    texte = source[entete.end() :] if entete else source
    for motif, remplacement in _RETRAITS:
        texte = motif.sub(remplacement, texte)
    blocs = [" ".join(bloc.split()) for bloc in re.split(r"\n\s*\n", texte)]
    return PageEcrite(
        _address(chemin), champs["title"], champs.get("description", ""), "\n\n".join(b for b in blocs if len(b) > 3)
    )


def _address(chemin: str) -> str:
    chemin_pur = PurePosixPath(chemin)
    if chemin_pur.name == "index.md":
        return f"{chemin_pur.parent}/"
    return f"{chemin_pur.with_suffix('')}/"
