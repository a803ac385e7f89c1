"""Words as the search sees them, bare, in whatever way they are typed.

``docs/assets/js/recherche/normalisation.js`` does exactly the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_ELISION = re.compile(r"(?<![^\W_])(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu|quoiqu)’ ?(?=[^\W_])")
_APOSTROPHES = re.compile("[’'‘ʼ`´′＇]")
_ENTRE_PARENTHESES = re.compile(r"(?<=[^\W\d_])\(([^\W\d_]{1,3})\)")
_MILLIERS = re.compile("(?<![^\\W_])[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?![^\\W_])")
_HORS_MOT = re.compile(r"[\W_]+")


def normaliser(texte: str) -> str:
    """Return the bare words of ``texte``: lower case, accents kept, no elision, no ligature, no punctuation.

    « 3 500 » is one word, as 3500.
    """
    texte = unicodedata.normalize("NFC", unicodedata.normalize("NFC", texte).lower())
    texte = texte.replace("œ", "oe").replace("æ", "ae")
    texte = _ELISION.sub(" ", _APOSTROPHES.sub("’", texte))
    texte = _ENTRE_PARENTHESES.sub(r"\1", texte)
    texte = _MILLIERS.sub(lambda nombre: re.sub(r"\D", "", nombre[0]), texte)
    return _HORS_MOT.sub(" ", texte).strip()


def plier(texte: str) -> str:
    """Return ``texte`` without its accents."""
    return "".join(c for c in unicodedata.normalize("NFD", texte) if not unicodedata.combining(c))


def mots(texte: str) -> Iterator[str]:
    """Yield the normalised words of a text."""
    yield from normaliser(texte).split()
