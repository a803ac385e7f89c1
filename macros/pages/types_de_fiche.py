"""The kinds of fiches as hand-written pages and the theme see them, once it is sure that each can be shown."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from macros.ecriture.rendu import GABARITS
from macros.modeles import TYPES
from macros.modeles.genre import Genre

SYMBOLES = Path(__file__).resolve().parents[2] / "theme" / "partials" / "symboles"


def types_de_fiche(gabarits: Path = GABARITS, symboles: Path = SYMBOLES) -> list[Genre]:
    """Return the kinds, in the order of readers. Raises LookupError, which says what to add, when one lacks a file."""
    manques = [
        f"Le type « {type_} » n’a pas de {quoi} : ajoutez {ou}/{type_}.html."
        for type_ in TYPES
        for quoi, ou, dossier in (
            ("gabarit", "macros/gabarits/fiches", gabarits / "fiches"),
            ("symbole", "theme/partials/symboles", symboles),
        )
        if not (dossier / f"{type_}.html").is_file()
    ]
    for lettre, combien in Counter(modele.GENRE.lettre for modele in TYPES.values()).items():
        if combien > 1:
            manques.append(f"Deux types ont la lettre « {lettre} » : donnez à l’un une autre « initiale », dans GENRE.")
    if manques:
        raise LookupError("\n".join(manques))
    return [modele.GENRE for modele in TYPES.values()]
