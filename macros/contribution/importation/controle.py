"""The proof that nothing was dropped: every word of the document is somewhere in the drafts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from macros.contribution.importation.brouillon import Brouillon
from macros.contribution.importation.mots import mots


def oublies(textes: Iterable[str], brouillons: list[Brouillon], autres: Iterable[str]) -> list[str]:
    """Return the texts of the document one word of which at least is nowhere in the drafts nor in ``autres``."""
    connus = {mot for b in brouillons for texte in _textes(b) for mot in mots(texte)}
    connus |= {mot for texte in autres for mot in mots(texte)}
    return [texte for texte in textes if any(mot not in connus for mot in mots(texte))]


def _textes(b: Brouillon) -> Iterator[str]:
    yield from _valeurs(b.champs)
    for place, texte in b.doutes:
        yield place
        yield texte
    yield from b.origines.values()
    yield from b.restes


def _valeurs(valeur: Any) -> Iterator[str]:
    if isinstance(valeur, dict):
        for item in valeur.values():
            yield from _valeurs(item)
    elif isinstance(valeur, list):
        for item in valeur:
            yield from _valeurs(item)
    else:
        yield str(valeur)
