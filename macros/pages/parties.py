"""The pages of a fiche: one, or several when its kind says so."""

from __future__ import annotations

from macros.ecriture.rendu import adresse
from macros.modeles import Fiche
from macros.modeles.genre import Partie


def parties_de(fiche: Fiche) -> list[Partie]:
    """Return the pages of a fiche that have something to show, the first one always."""
    return [p for p in fiche.GENRE.parties if not p.champs or any(getattr(fiche, champ) for champ in p.champs)]


def adresse_de(fiche: Fiche, cle: str) -> str:
    """Return the address of a part of a fiche, relative to the site: ``kits/atelier/deroule/``."""
    return f"{adresse(fiche)}{cle}/" if cle else adresse(fiche)
