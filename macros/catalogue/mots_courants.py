"""What is wrong in the thesaurus of everyday words, beside the themes: the search would answer badly, or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from macros.ecriture.normalisation import normaliser, plier
from macros.lecture.problemes import Chemin, remede
from macros.modeles import MotsCourants
from macros.modeles.partage import FICHE

FICHIER = "vocabulaires/mots_courants.yml"
_VIDE = "rien ne répond à « {mot} ». Donnez au moins une fiche, un thème ou une porte."
_DOUBLE = "« {mot} » est déjà dans l’entrée n° {rang}, « {autre} ». Gardez-le à un seul endroit."
_SANS_MOT = "« {mot} » ne contient aucun mot. Écrivez ce que les gens tapent."


def fautes(lus: MotsCourants, themes: Collection[str]) -> Iterator[tuple[Chemin, str]]:
    """Yield (place, message): a word said twice, whatever its accents; an unknown theme; an entry that answers
    nothing."""
    dits: dict[str, int] = {}
    for rang, entree in enumerate(lus.mots_courants):
        chemin = ("mots_courants", rang)
        for place, mot in enumerate(entree.mots):
            cle = plier(normaliser(mot))
            if not cle:
                yield (*chemin, "mots", place), _SANS_MOT.format(mot=mot)
            elif cle in dits:
                deja = dits[cle]
                autre = lus.mots_courants[deja].mots[0]
                yield (*chemin, "mots", place), _DOUBLE.format(mot=mot, rang=deja + 1, autre=autre)
            dits.setdefault(cle, rang)
        if entree.theme and entree.theme not in themes:
            message = FICHE.dire("literal_error", saisie=entree.theme)
            yield (*chemin, "theme"), f"{message} {remede(entree.theme, themes)}"
        if not (entree.fiches or entree.theme or entree.porte):
            yield chemin, _VIDE.format(mot=entree.mots[0])
