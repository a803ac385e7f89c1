"""Characters that nobody sees in a text and that change it: controls, marks of direction, spaces without width.

A mark of direction shows a text in another order than the one in which it is read; a control breaks the documents that
quote it; a space without width hides a word from the search. No French text needs one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from macros.lecture.problemes import Chemin
from macros.modeles.partage import FICHE

_CACHES = FICHE.motif("caches")


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
