"""What any format may carry of a text, and the identifiers that do not change with the address of the site."""

from __future__ import annotations

import re
import uuid
from functools import lru_cache

from macros.catalogue.fige import Catalogue
from macros.ecriture.textes import texte_nu

LICENCE = "Licence Ouverte 2.0"
LICENCE_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
NOM = "Accompagner les territoires"
_ESPACE_DE_NOMS = uuid.UUID("5b0f6c0e-3d0c-5d8a-9f0e-6d3a7f1c2b44")
_INTERDITS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_INVISIBLES = re.compile("[\u200b\u2028-\u202e\u2060-\u2069\ufeff]")
"""Line separators and marks that reverse the reading order: nothing that a French text needs."""
_BLANCS = re.compile("[ \t\n\r\x85]+")
"""Not ``\\s``: the unbreakable spaces of French stay."""
_A_REPRENDRE = re.compile(f"{_INTERDITS.pattern[:-1]}{_INVISIBLES.pattern[1:-1]}\t\n\r\x85]|  |^ | $")
"""Whether a text needs any of this: few do, and one look is cheaper than three passes."""


def ligne(texte: str) -> str:
    """Return the text on one line, without any character that XML refuses or that no reader sees."""
    if not _A_REPRENDRE.search(texte):
        return texte
    visible = _INVISIBLES.sub(" ", _INTERDITS.sub("", texte))
    return _BLANCS.sub(" ", visible).strip(" ")


@lru_cache(maxsize=16_384)  # an accroche goes to six files
def plat(texte: str) -> str:
    """Return a text of a fiche as plain words on one line: no citation, no Markdown."""
    return ligne(texte_nu(texte))


def urn(catalogue: Catalogue, id_: str, quoi: str = "fiche") -> str:
    """Return an identifier that stays the same when the site moves, or when the fiche is renamed."""
    return f"urn:uuid:{uuid.uuid5(_ESPACE_DE_NOMS, f'{quoi}/{catalogue.premier_nom(id_)}')}"
