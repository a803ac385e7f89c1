"""Tables of hand-written pages: a title tied to each, headers that say what they head, a frame for the wide ones.

Markdown writes none of these. A paragraph of class ``legende`` right before a table is its title; with ``defile`` too,
the table scrolls alone in a frame, on a screen narrower than it. Without us (another engine), it stays a paragraph, in
the same place.
"""

from __future__ import annotations

import re

_LEGENDE = re.compile(r'<p class="legende( defile)?">((?:(?!</p>).)*)</p>\s*(<table>)(.*?</table>)', re.DOTALL)
_ENTETE = re.compile(r"<th(?=[ >])(?![^>]*\bscope=)")
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_BALISE = re.compile(r"<[^>]*>")


def nommer_tableaux(html: str) -> str:
    """Return the HTML with the paragraphs that announce a table as captions, and a scope on its headers."""
    html = _TABLE.sub(lambda table: _ENTETE.sub('<th scope="col"', table[0]), html)
    return _LEGENDE.sub(_nommer, html)


def _nommer(found: re.Match[str]) -> str:
    defile, legende, ouvrante, reste = found.groups()
    if not defile:
        return f"{ouvrante}\n<caption>{legende}</caption>{reste}"
    # Le même cadre que celui des fiches (gabarits/composants.html) : il a un nom, et on y entre au clavier.
    nom = _BALISE.sub("", legende).replace('"', "&quot;")
    cadre = f'<div class="cadre-tableau" role="region" tabindex="0" aria-label="{nom}">'
    return f'{cadre}\n<table class="tableau">\n<caption>{legende}</caption>{reste}\n</div>'
