"""Catalogue -> open data, one module per format. Pure: every function returns text and writes nothing.

``base`` is the address of the site, with its final slash: what leaves the site must say where it comes from.
"""

from __future__ import annotations

from macros.sorties.exports.fiches import VERSION, fiche_json, fiches_json
from macros.sorties.exports.publies import fichiers

__all__ = ["VERSION", "fiche_json", "fiches_json", "fichiers"]
