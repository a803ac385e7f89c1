"""Tables of hand-written pages: a title tied to each, and headers that say what they head.

Markdown writes neither. A paragraph of class ``legende`` right before a table is its title; without us (another engine),
it stays a paragraph, in the same place.
"""

from __future__ import annotations

import re

_LEGENDE = re.compile(r'<p class="legende">(.*?)</p>\s*<table>', re.DOTALL)
_ENTETE = re.compile(r"<th(?=[ >])(?![^>]*\bscope=)")
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)


def nommer_tableaux(html: str) -> str:
    """Return the HTML with the paragraphs that announce a table as captions, and a scope on its headers."""
    html = _LEGENDE.sub(r"<table>\n<caption>\1</caption>", html)
    return _TABLE.sub(lambda table: _ENTETE.sub('<th scope="col"', table[0]), html)
