"""What the catalogue suggests to whoever starts a fiche: an identifier, the value meant, values and fiches nearby."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from macros.catalogue.fige import Catalogue
from macros.contribution.proximite import mots_utiles, noms
from macros.ecriture.normalisation import normaliser, plier
from macros.modeles import Fiche

LONGUEUR = 60
"""Letters of a proposed identifier, at most; the model takes more."""
_RESSEMBLE, _ECART = 65, 15
"""Likeness, out of 100, from which a word is suggested, and how far behind the nearest one the others may be."""
Choix = Mapping[str, tuple[str, ...]]
"""Accepted value -> the names by which people call it, the public label first."""


def identifiant(titre: str, pris: Collection[str]) -> str:
    """Return the first free identifier for ``titre``: its bare words, then ``-2``, ``-3``… when taken."""
    mots = re.findall(r"[a-z0-9]+", plier(normaliser(titre)))
    base = ""
    for mot in mots:
        if len(base) + len(mot) + 1 > LONGUEUR:
            break
        base = f"{base}-{mot}" if base else mot
    base = base or (mots[0][:LONGUEUR] if mots else "fiche")
    rang, libre = 1, base
    while libre in pris:
        rang += 1
        libre = f"{base}-{rang}"
    return libre


@dataclass(frozen=True)
class Comprise:
    """What a typed word means: the accepted ``valeur``, or None and the nearest ``suggestions``."""

    valeur: str | None
    suggestions: tuple[str, ...] = ()


def comprendre(saisie: str, choix: Choix) -> Comprise:
    """Find the accepted value that a word means: itself, a label, a synonym, the start of only one of them."""
    cle = _fold(saisie)
    if saisie in choix:
        return Comprise(saisie)
    exacts = [v for v, autres in choix.items() if cle and cle in (_fold(v), *map(_fold, autres))]
    if len(exacts) == 1:
        return Comprise(exacts[0])
    if exacts:
        return Comprise(None, tuple(exacts[:5]))
    debuts = [v for v, autres in choix.items() if len(cle) > 2 and any(_fold(n).startswith(cle) for n in (v, *autres))]
    if len(debuts) == 1:
        return Comprise(debuts[0])
    return Comprise(None, tuple(dict.fromkeys([*debuts, *_alike(cle, choix)]))[:5])


def _alike(cle: str, choix: Choix) -> list[str]:
    pairs = [(_fold(nom), valeur) for valeur, autres in choix.items() for nom in (valeur, *autres)]
    found = process.extract(cle, [nom for nom, _ in pairs], scorer=fuzz.ratio, score_cutoff=_RESSEMBLE, limit=8)
    return [pairs[rang][1] for _, score, rang in found if score >= found[0][1] - _ECART]


def _fold(texte: str) -> str:
    return plier(normaliser(texte))


def choix_du_vocabulaire(catalogue: Catalogue, nom: str) -> Choix:
    """Values of a controlled list, with their label and synonyms."""
    return {v: (d.libelle, *d.synonymes) for v, d in catalogue.vocabulaires[nom].valeurs.items()}


def choix_de_fiches(catalogue: Catalogue, types: Sequence[str]) -> Choix:
    """Fiches of some kinds (all when empty), with their title and synonyms."""
    return {i: noms(f) for i, f in catalogue.fiches.items() if not types or f.type in types}


def fiches_proches(texte: str, fiches: Iterable[Fiche], limite: int = 8) -> list[Fiche]:
    """Fiches that share the most telling words with ``texte``, the nearest first; a word that all use tells nothing."""
    par_id = {f.id: f for f in fiches}
    sacs = {i: mots_utiles(" ".join((*noms(f), *f.mots_cles, f.accroche))) for i, f in par_id.items()}
    usage = Counter(mot for sac in sacs.values() for mot in sac)
    voulus = mots_utiles(texte)
    scores = {i: sum(1 / usage[mot] for mot in voulus & sac) / len(sac) ** 0.5 for i, sac in sacs.items() if sac}
    ranked = sorted((i for i in scores if scores[i]), key=lambda i: (-scores[i], i))
    return [par_id[i] for i in ranked[:limite]]


def valeurs_proches(champ: str, texte: str, proches: Sequence[Fiche], choix: Choix, limite: int = 3) -> list[str]:
    """Values of ``champ`` that suit ``texte``: those whose name it says, then those of the nearest fiches."""
    voulus = mots_utiles(texte)
    dits = [v for v, autres in choix.items() if any((m := mots_utiles(nom)) and m <= voulus for nom in autres)]
    votes: Counter[str] = Counter()
    for rang, fiche in enumerate(proches):
        for valeur in getattr(fiche, champ, ()):
            votes[valeur] += len(proches) - rang
    ordre = dict.fromkeys([*dits, *(v for v, _ in sorted(votes.items(), key=lambda pair: (-pair[1], pair[0])))])
    return [v for v in ordre if v in choix][:limite]
