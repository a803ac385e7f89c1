"""Words as the search sees them. ``docs/assets/js/recherche/normalisation.js`` does exactly the same.

Two uses: ``normaliser`` folds a query or a name to bare words; ``pour_index`` rewrites a displayed text so that
Pagefind, which splits on white space only, finds its words, while the browser can still restore the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

VIDES = (
    *("l’", "d’", "n’", "s’", "c’", "j’", "m’", "t’", "qu’", "lorsqu’", "puisqu’", "jusqu’"),
    *("le", "la", "les", "un", "une", "des", "du", "de", "au", "aux", "à", "a", "et", "ou", "en", "dans", "par"),
    *("pour", "sur", "sous", "avec", "sans", "ce", "cet", "cette", "ces", "se", "sa", "son", "ses", "leur", "leurs"),
    *(
        "il",
        "elle",
        "ils",
        "elles",
        "on",
        "que",
        "qui",
        "dont",
        "où",
        "est",
        "sont",
        "ont",
        "être",
        "ne",
        "pas",
        "plus",
    ),
    *("y", "comme", "entre", "vers", "si", "mais", "ni", "car", "très", "aussi"),
)
"""Words that no one looks for. In an indexed text each is one rare punctuation mark, apart from the word that follows:
Pagefind drops it, which keeps its index small, and the browser writes the word back."""
_PONCTUATION = {"Pd", "Pe", "Pf", "Pi", "Po", "Ps"}
_MARQUES = [
    chr(point)
    for debut, fin in ((0x2E00, 0x2E4F), (0x3001, 0x3003), (0x3008, 0x3011), (0x3014, 0x301B), (0xFE30, 0xFE4C))
    for point in range(debut, fin + 1)
    if unicodedata.category(chr(point)) in _PONCTUATION and unicodedata.normalize("NFC", chr(point)) == chr(point)
]
_CAPITALE = "\u203b"
CODES = dict(zip(VIDES, _MARQUES, strict=False))
_DE_CODE = {code: mot for mot, code in CODES.items()}
_TRAIT = "\u2010 "

_ELISION = re.compile(r"(?<![^\W_])(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu|quoiqu)’ ?(?=[^\W_])")
_APOSTROPHES = re.compile("[’'‘ʼ`´′＇]")
_ENTRE_PARENTHESES = re.compile(r"(?<=[^\W\d_])\(([^\W\d_]{1,3})\)")
_HORS_MOT = re.compile(r"[\W_]+")


def normaliser(texte: str) -> str:
    """Return the bare words of ``texte``: lower case, accents kept, no elision, no ligature, no punctuation."""
    texte = unicodedata.normalize("NFC", unicodedata.normalize("NFC", texte).lower())
    texte = texte.replace("œ", "oe").replace("æ", "ae")
    texte = _ELISION.sub(" ", _APOSTROPHES.sub("’", texte))
    texte = _ENTRE_PARENTHESES.sub(r"\1", texte)
    return _HORS_MOT.sub(" ", texte).strip()


def plier(texte: str) -> str:
    """Return ``texte`` without its accents."""
    return "".join(c for c in unicodedata.normalize("NFD", texte) if not unicodedata.combining(c))


def mots(texte: str) -> Iterator[str]:
    """Yield the normalised words of a text."""
    yield from normaliser(texte).split()


_INTERDITS = re.compile(f"[{_CAPITALE}¶‡{re.escape(''.join(_MARQUES))}]")
_TETE = re.compile(r"(l|d|n|s|c|j|m|t|qu|lorsqu|puisqu|jusqu)’(?=[^\W_])", re.IGNORECASE)
_JOINTURE = re.compile(r"(?<=[^\W_])-(?=[^\W_])")
_BARRE = re.compile(r"(?<=[^\W_])/(?=[^\W_])")


def pour_index(texte: str) -> str:
    """Rewrite a displayed text for Pagefind: empty words hidden, compound words split, ligatures undone."""
    texte = unicodedata.normalize("NFC", _INTERDITS.sub("", texte)).replace("'", "’")
    texte = texte.replace("œ", "oe").replace("Œ", "Oe").replace("æ", "ae").replace("Æ", "Ae")
    texte = _BARRE.sub(" / ", _JOINTURE.sub(_TRAIT, texte))
    sortie, caches = [], ""
    for mot in texte.split(" "):
        if not mot:
            continue
        if _hidden(mot):
            caches += _hidden(mot)
            continue
        tete = _TETE.match(mot)
        if tete:
            caches += _hidden(tete[0])
            mot = mot[tete.end() :]  # noqa: PLW2901 - what is left of the word
        sortie += [caches, mot] if caches else [mot]
        caches = ""
    return " ".join([*sortie, *([caches] if caches else [])])


@lru_cache(maxsize=50_000)
def _hidden(mot: str) -> str:
    code = CODES.get(mot)
    if code:
        return code
    petit = mot[:1].lower() + mot[1:]
    return _CAPITALE + CODES[petit] if petit != mot and petit in CODES else ""


def montrer(texte: str) -> str:
    """Give back the displayed text of what ``pour_index`` wrote, but for a few ligatures."""

    def word(found: re.Match[str]) -> str:
        mot = _DE_CODE[found[2]]
        mot = mot[0].upper() + mot[1:] if found[1] else mot
        return mot if mot.endswith("’") else mot + " "

    texte = re.sub(f"({_CAPITALE}?)([{re.escape(''.join(_DE_CODE))}]) ?", word, texte).rstrip(" ")
    texte = texte.replace(_TRAIT, "-").replace(" / ", "/")
    return re.sub(r"oe(?=u|il)", "œ", re.sub(r"Oe(?=u|il)", "Œ", texte))
