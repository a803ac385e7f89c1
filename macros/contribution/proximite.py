"""Probable duplicates: titles so close that two fiches may be one.

The measure is written to be done again, identically, in a browser:

1. words: ``plier(normaliser(texte))`` (``macros/ecriture/normalisation.py``, whose twin already is
   ``docs/assets/js/recherche/normalisation.js``), split on spaces, without those of ``MOTS_VIDES``, each cut of a final
   ``s`` or ``x`` when it has more than three letters;
2. pairs: in these words joined by one space, every two neighbouring characters (UTF-16 units and code points give the
   same here: no astral letter is a word of a title);
3. closeness: Dice's coefficient, ``2 × common / (count + count)``, over the set of words and over the set of pairs;
   the greater of the two. An empty set is close to nothing: 0;
4. a fiche's closeness is that of the nearest of its names: its title and its synonyms. ``SEUIL`` and above is worth
   saying.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from macros.ecriture.normalisation import normaliser, plier
from macros.modeles import Fiche
from macros.modeles.partage import COMMUN

SEUIL: float = COMMUN["seuil_de_proximite"]
"""At or above it, two names probably say the same thing. Measured on the project's own 235 fiches: from 0.8 up, the
pairs do share their subject (a dispositif and its kit, a method and its report); below, « Jeu de territoire » meets
« Aides-territoires »."""
MOTS_VIDES = frozenset(COMMUN["mots_vides"])
"""Words that a title may gain or lose without changing its subject; folded, as compared."""


@dataclass(frozen=True)
class Voisin:
    """A fiche whose title or synonym ``nom`` is close to what was typed; ``score`` from 0 to 1."""

    fiche: Fiche
    nom: str
    score: float


def mots_utiles(texte: str) -> frozenset[str]:
    """Return the words of a name that say its subject."""
    return frozenset(_words(texte))


@lru_cache(maxsize=20_000)
def _words(texte: str) -> tuple[str, ...]:
    return tuple(_singular(mot) for mot in plier(normaliser(texte)).split() if mot not in MOTS_VIDES)


def _singular(mot: str) -> str:
    return mot[:-1] if len(mot) > 3 and mot[-1] in "sx" else mot


def _pairs(texte: str) -> frozenset[str]:
    joined = " ".join(_words(texte))
    return frozenset(joined[i : i + 2] for i in range(len(joined) - 1))


def _dice(un: frozenset[str], autre: frozenset[str]) -> float:
    return 2 * len(un & autre) / (len(un) + len(autre)) if un and autre else 0.0


def proximite(un: str, autre: str) -> float:
    """Return how close two names are, from 0 (nothing in common) to 1 (the same words)."""
    return max(_dice(mots_utiles(un), mots_utiles(autre)), _dice(_pairs(un), _pairs(autre)))


def noms(fiche: Fiche) -> tuple[str, ...]:
    """Return every name under which a fiche may already be known: its title first, then its synonyms."""
    return (fiche.titre, *fiche.synonymes)


def voisins(titre: str, fiches: Iterable[Fiche], *, seuil: float = SEUIL, limite: int = 5) -> list[Voisin]:
    """Return the fiches that ``titre`` probably repeats, the closest first; ties by identifier."""
    found = []
    for fiche in fiches:
        score, nom = max(((proximite(titre, nom), nom) for nom in noms(fiche)), key=lambda pair: pair[0])
        if score >= seuil:
            found.append(Voisin(fiche, nom, score))
    return sorted(found, key=lambda v: (-v.score, v.fiche.id))[:limite]
