"""The first time that a page uses a sigle of the glossary, it leads there and says its expansion."""

from __future__ import annotations

import re
from functools import cached_property

from markupsafe import Markup, escape

from macros.ecriture.typographie import typographier
from macros.modeles import Glossaire, Terme

_PIECES = re.compile(r"(<a\b.*?</a>|<sup\b.*?</sup>|<[^>]*>|&#?\w+;)", re.DOTALL)


class Sigles:
    """The sigles of a glossary, ready to be found in rendered text."""

    def __init__(self, glossaire: Glossaire) -> None:
        self._termes = {t.terme: t for t in glossaire.termes if t.developpement}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        longest_first = sorted(self._termes, key=len, reverse=True)
        if not longest_first:
            return None
        return re.compile(r"(?<![\w’-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w(-])")

    def relier(self, html: Markup, glossaire: str, vus: set[str]) -> Markup:
        """Return ``html`` with each sigle not in ``vus`` linked once to the page ``glossaire``; ``vus`` grows."""
        pattern = self._pattern
        if pattern is None or not pattern.search(html):
            return html
        parts = _PIECES.split(html)
        for rang in range(0, len(parts), 2):
            parts[rang] = pattern.sub(lambda found: self._link(found[0], glossaire, vus), parts[rang])
        return Markup("".join(parts))

    def _link(self, mot: str, glossaire: str, vus: set[str]) -> str:
        if mot in vus:
            return mot
        vus.add(mot)
        return _anchor(self._termes[mot], mot, glossaire)


def _anchor(terme: Terme, mot: str, glossaire: str) -> str:
    # A native title: shown on hover, read as a description, and the link itself works by keyboard and touch.
    titre = escape(typographier(terme.developpement or ""))
    return f'<a class="terme" href="{glossaire}#{terme.id}" title="{titre}">{mot}</a>'
