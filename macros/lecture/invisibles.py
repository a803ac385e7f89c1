"""Characters that nobody sees in a text and that change it: controls, marks of direction, spaces without width.

A mark of direction shows a text in another order than the one in which it is read; a control breaks the documents that
quote it; a space without width hides a word from the search. No French text needs one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from macros.lecture.problemes import Chemin

_CACHES = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ue000-\uf8ff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001fffe\U0001ffff\U000e0000-\U0010ffff]"
)
"""The joiner of emoji (U+200D) stays out: it changes how signs are drawn, not what is read."""


def caracteres_caches(donnees: Any, chemin: Chemin = ()) -> Iterator[tuple[Chemin, str]]:
    """Yield the path and the message of the first hidden character of each text, names of fields included."""
    if isinstance(donnees, str):
        trouve = _CACHES.search(donnees)
        if trouve:
            yield chemin, _message(trouve[0], donnees[: trouve.start()])
    elif isinstance(donnees, dict):
        for cle, valeur in donnees.items():
            trouve = _CACHES.search(cle)
            if trouve:
                yield (*chemin, _CACHES.sub("\ufffd", cle)), _message(trouve[0], cle[: trouve.start()])
            yield from caracteres_caches(valeur, (*chemin, cle))
    elif isinstance(donnees, list):
        for rang, valeur in enumerate(donnees):
            yield from caracteres_caches(valeur, (*chemin, rang))


def _message(signe: str, avant: str) -> str:
    nom = f"U+{ord(signe):04X}"
    genre = "de contrôle" if unicodedata.category(signe) in {"Cc", "Cn", "Co"} else "invisible"
    place = f"après « {' '.join(avant.split())[-30:]} »" if avant.strip() else "au début"
    return f"caractère {genre} ({nom}) {place}. Effacez-le et retapez le texte."
