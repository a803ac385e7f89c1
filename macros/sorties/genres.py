"""What is published among the scripts and the sheets of ``docs/`` without standing there: what the models say. Pure.

Of the kinds of fiches: a module for the scripts, a sheet for their colours. Of the rules: the shared modules.
"""

from __future__ import annotations

from macros.lecture.json_publie import compact
from macros.modeles import TYPES
from macros.sorties.assemblage import SCRIPTS, STYLES, modules_partages


def produits() -> dict[str, str]:
    """Return address → text of each."""
    return {f"{SCRIPTS}genres.js": _module(), f"{STYLES}genres.css": _feuille(), **modules_partages()}


def _module() -> str:
    genres = {
        type_: {
            "libelle": modele.LIBELLE,
            "pluriel": modele.LIBELLE_PLURIEL,
            "dossier": modele.PLURIEL,
            "lettre": modele.GENRE.lettre,
        }
        for type_, modele in TYPES.items()
    }
    return f"export const GENRES = {compact(genres)};\n"


def _feuille() -> str:
    """Colours in both themes, then what takes the colour of the kind that it shows."""
    couleurs = {type_: modele.GENRE.couleurs for type_, modele in TYPES.items()}
    clair = "".join(f"--{t}: {c.claire}; --{t}-fond: {c.fond_clair};\n" for t, c in couleurs.items())
    sombre = "".join(f"--{t}: {c.sombre}; --{t}-fond: {c.fond_sombre};\n" for t, c in couleurs.items())
    porteurs = "".join(f".type-{t} {{ --type: var(--{t}); --type-fond: var(--{t}-fond); }}\n" for t in couleurs)
    return (
        f':root,\n[data-md-color-scheme="default"] {{\n{clair}}}\n'
        f'@media screen {{\n[data-md-color-scheme="slate"] {{\n{sombre}}}\n}}\n{porteurs}'
    )
