"""A draft -> its YAML: doubts above their field, what found no place at the end."""

from __future__ import annotations

import textwrap
from collections import defaultdict

from macros.contribution.ecriture import ecrire
from macros.contribution.importation.importer import Brouillon, Importation
from macros.modeles import TYPES

LARGEUR = 110
DOUTE = "à vérifier"


def rediger(importation: Importation, rang: int) -> str:
    """Return the YAML of the draft number ``rang`` of an importation."""
    b = importation.brouillons[rang]
    return ecrire(b.type, b.champs, _commentaires(b), _entete(importation), _pied(importation, b, rang))


def _entete(importation: Importation) -> list[str]:
    lignes = [
        f"Brouillon tiré de « {importation.fichier} », lu comme : {importation.nature}.",
        f"Relisez chaque « {DOUTE} », reformulez avec vos mots, complétez, puis passez etat à publiee.",
        *(f"Remarque : {remarque}." for remarque in importation.remarques),
    ]
    return [ligne for texte in lignes for ligne in _plier(texte)]


def _commentaires(b: Brouillon) -> dict[str, str]:
    lignes: dict[str, list[str]] = defaultdict(list)
    for place, origine in b.origines.items():
        lignes[place] += _plier(f"dans le document : {origine}")
    for place, doute in b.doutes:
        lignes[place] += _plier(f"{DOUTE} : {doute}")
    for nom, info in TYPES[b.type].model_fields.items():
        if info.is_required() and nom not in b.champs:
            lignes[nom] += _plier(f"à compléter (obligatoire) · {nom} : {info.description}")
    return {place: "\n".join(textes) for place, textes in lignes.items()}


def _pied(importation: Importation, b: Brouillon, rang: int) -> list[str]:
    lignes: list[str] = []
    if b.restes:
        lignes += ["", "Ce qui n’a pas trouvé de place, à ranger ou à retirer :"]
        lignes += [ligne for reste in b.restes for ligne in _plier(f"- {reste}")]
    if importation.reparations and rang == 0:
        lignes += ["", "Fautes de numérisation réparées :"]
        lignes += [ligne for reparation in importation.reparations for ligne in _plier(f"- {reparation}")]
    return lignes


def _plier(texte: str) -> list[str]:
    """Fold a comment; its own line breaks stay."""
    pliees: list[str] = []
    for ligne in texte.split("\n"):
        pliees += textwrap.wrap(
            ligne, LARGEUR, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
        ) or [""]
    return pliees
