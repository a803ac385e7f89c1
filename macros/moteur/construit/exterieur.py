"""What the sheets, scripts and drawings of a built site could ask of another server: nothing. Pure, but for reading
them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ADMISES: dict[str, str] = {
    "http://www.w3.org/": "espace de noms XML : un nom, jamais demandé",
    "http://schemas.openxmlformats.org/": "espace de noms des documents bureautiques",
    "http://schemas.microsoft.com/": "espace de noms des documents bureautiques",
}
"""Absolute addresses that a script may contain, by their beginning, and why nothing is asked there."""

_CSS = re.compile(r"(?:url\(\s*|@import\s+)[\"']?\s*((?:[a-z][a-z0-9+.-]*:)?//[^\"')\s;]+)", re.IGNORECASE)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_JS = re.compile(r"[\"'`]((?:(?:https?|wss?|ftp)://|//[a-z0-9-]+\.[a-z])[^\"'`\s]*)", re.IGNORECASE)
_SVG = re.compile(
    r"(?:href|src)\s*=\s*[\"']((?:[a-z][a-z0-9+.-]*:)?//[^\"']+)|(?:url\(\s*[\"']?)((?:[a-z]+:)?//[^\"')]+)", re.I
)
_EVAL = re.compile(r"(?<![\w.$])eval\s*\(|\bnew\s+Function\s*\(")
_SANS_EVAL = ("assets/javascripts/",)
"""Where the scripts of Material are: they hold words that look like it, and the policy forbids it anyway."""


def fautes_des_ressources(dossier: Path, fichiers: Iterable[str]) -> Iterator[str]:
    """Say in French which file of the site names another server, or makes code from text."""
    for nom in fichiers:
        lire = _LECTEURS.get(nom.rpartition(".")[2])
        if lire is None:
            continue
        texte = (dossier / nom).read_text(encoding="utf-8", errors="replace")
        for adresse in dict.fromkeys(lire(texte)):
            yield f"{nom} : requête possible vers un tiers : {adresse}"
        if nom.endswith(("js", "mjs")) and not nom.startswith(_SANS_EVAL) and _EVAL.search(texte):
            yield f"{nom} : du texte y devient du code, ce que la politique de sécurité refuse"


def de_css(texte: str) -> list[str]:
    """Return the addresses of other servers that a style sheet would ask for."""
    return _CSS.findall(_CSS_COMMENT.sub("", texte))


def de_js(texte: str) -> list[str]:
    """Return the absolute addresses that a script holds as text, but those that are only names or never asked for."""
    return [a for a in _JS.findall(texte) if not a.startswith(tuple(ADMISES))]


def de_svg(texte: str) -> list[str]:
    """Return the addresses of other servers that a drawing would ask for."""
    return [a or b for a, b in _SVG.findall(texte)]


_LECTEURS = {"css": de_css, "js": de_js, "mjs": de_js, "svg": de_svg}
