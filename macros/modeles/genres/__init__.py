"""One file a kind of fiche: its model, and its ``GENRE``. A file added here is a kind added to the site."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from macros.modeles.communs import Fiche


def _modeles() -> list[type[Fiche]]:
    """Models of this folder, in the order in which readers meet them."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    modeles = [
        valeur
        for module in modules
        for valeur in vars(module).values()
        if isinstance(valeur, type) and issubclass(valeur, Fiche) and valeur.__module__ == module.__name__
    ]
    return sorted(modeles, key=lambda modele: modele.GENRE.rang)


TYPES: dict[str, type[Fiche]] = {m.TYPE: m for m in _modeles()}
"""Kind (singular, without accents) → model, in the order in which readers meet them."""
DOSSIERS: dict[str, type[Fiche]] = {m.PLURIEL: m for m in TYPES.values()}
"""Folder of ``fiches/`` → model."""
