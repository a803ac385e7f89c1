"""Words as the search sees them. ``docs/assets/js/recherche/normalisation.js`` does exactly the same.

Two uses: ``normaliser`` folds a query or a name to bare words; ``pour_index`` rewrites a displayed text so that
Pagefind, which splits on white space only, finds its words, while the browser can still restore the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

VIDES = (
    *("l’", "d’", "n’", "s’", "c’", "j’", "m’", "t’", "qu’", "lorsqu’", "puisqu’", "jusqu’"),
    *("le", "la", "les", "un", "une", "des", "du", "de", "au", "aux", "à", "a", "et", "ou", "en", "dans", "par"),
    *("pour", "sur", "sous", "avec", "sans", "ce", "cet", "cette", "ces", "se", "sa", "son", "ses", "leur", "leurs"),
    *("il", "elle", "ils", "elles", "on", "que", "qui", "dont", "où", "est", "sont", "ont", "être", "ne", "pas", "plus"),
    *("y", "comme", "entre", "vers", "si", "mais", "ni", "car", "très", "aussi"),
)
"""Words that no one looks for. In an indexed text each is one private character stuck to the word that follows:
Pagefind drops it, which keeps its posting lists small, and the browser writes the word back."""
_PREMIER = 0xE100
_CAPITALE = "\ue0ff"
_CODES = {mot: chr(_PREMIER + rang) for rang, mot in enumerate(VIDES)}
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


_TETE = re.compile(r"(l|d|n|s|c|j|m|t|qu|lorsqu|puisqu|jusqu)’(?=[^\W_])", re.IGNORECASE)
_JOINTURE = re.compile(r"(?<=[^\W_])-(?=[^\W_])")
_BARRE = re.compile(r"(?<=[^\W_])/(?=[^\W_])")


def pour_index(texte: str) -> str:
    """Rewrite a displayed text for Pagefind: empty words hidden, compound words split, ligatures undone."""
    texte = unicodedata.normalize("NFC", re.sub("[\ue000-\uf8ff]", "", texte)).replace("'", "’")
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
        sortie.append(caches + mot)
        caches = ""
    return " ".join([*sortie, *([montrer(caches).strip()] if caches else [])])


def _hidden(mot: str) -> str:
    code = _CODES.get(mot)
    if code:
        return code
    petit = mot[:1].lower() + mot[1:]
    return _CAPITALE + _CODES[petit] if petit != mot and petit in _CODES else ""


def montrer(texte: str) -> str:
    """Give back the displayed text of what ``pour_index`` wrote, but for a few ligatures."""

    def word(found: re.Match[str]) -> str:
        mot = VIDES[ord(found[2]) - _PREMIER]
        mot = mot[0].upper() + mot[1:] if found[1] else mot
        return mot if mot.endswith("’") else mot + " "

    dernier = chr(_PREMIER + len(VIDES) - 1)
    texte = re.sub(f"({_CAPITALE}?)([{chr(_PREMIER)}-{dernier}])", word, texte)
    texte = texte.replace(_TRAIT, "-").replace(" / ", "/")
    return re.sub(r"oe(?=u|il)", "œ", re.sub(r"Oe(?=u|il)", "Œ", texte))
