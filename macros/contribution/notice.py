"""The comments of a new fiche: what each field is for, the values it takes, and every optional field ready to use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from macros.catalogue.fige import Catalogue
from macros.contribution.ecriture import extrait
from macros.modeles import TYPES
from macros.modeles.parcours import marque_de
from macros.modeles.types import Vocabulaire

AIDE = "→ "
"""Starts the lines that explain, as opposed to those that hold a field to uncomment."""
ENTETE = (
    "Brouillon. Les lignes « # → … » expliquent le champ qui suit. Les autres lignes « # … » sont des champs "
    "facultatifs",
    "avec un exemple : retirez le dièse et l’espace qui le suit, puis mettez ce que dit votre source. Effacez le "
    "reste.",
)
_CLE = re.compile(r"(?<=[\[ ])s\d(?=[],\n]|$)", re.MULTILINE)
"""A key of source in an example: the new fiche has s1 for sure."""
_EVIDENTS = {"type", "id", "profondeur"}


def commentaires(type_: str, champs: Mapping[str, Any], catalogue: Catalogue) -> dict[str, str]:
    """Return the comments of a fiche that holds ``champs``, by place, for ``macros.contribution.ecriture.ecrire``."""
    modele = TYPES[type_]
    found: dict[str, str] = {}
    for nom, info in modele.model_fields.items():
        if nom in _EVIDENTS and nom in champs:
            continue
        lines = [AIDE + (info.description or "")]
        if nom == "etat":
            lines = [f"{AIDE}brouillon tant qu’il manque quelque chose ; publiee quand tout est relu et sourcé."]
        lines += _accepted(type_, nom, catalogue)
        if nom not in champs:
            lines.append(_CLE.sub("s1", extrait(type_, {nom: (info.examples or [""])[0]})))
        found[nom] = "\n".join(lines)
    found[f"sources.s{len(champs.get('sources', {})) + 1}"] = "\n".join(
        [f"{AIDE}Une source de plus : citez ensuite sa clé dans au moins un texte.", *_source_of_more(champs)]
    )
    return found


def _accepted(type_: str, nom: str, catalogue: Catalogue) -> list[str]:
    marque = marque_de(TYPES[type_], nom)
    if not isinstance(marque, Vocabulaire):
        return []
    valeurs = catalogue.vocabulaires[marque.nom].valeurs
    lines, line = [], "Valeurs :"
    for rang, (valeur, detail) in enumerate(valeurs.items(), 1):
        piece = f" {valeur} ({detail.libelle}){',' if rang < len(valeurs) else '.'}"
        if len(line) + len(piece) > 112:
            lines.append(AIDE + line)
            line = "  " + piece.lstrip()
        else:
            line += piece
    return [*lines, AIDE + line]


def _source_of_more(champs: Mapping[str, Any]) -> list[str]:
    cle = f"s{len(champs.get('sources', {})) + 1}"
    return [
        f"{cle}:",
        "  titre: Titre de la page ou du document",
        "  editeur: Organisme qui publie",
        "  url: https://exemple.fr/page",
        '  date: "2025-10-03"',
        '  consulte_le: "2026-11-22"',
    ]
