"""Catalogue -> open data. Pure: returns text, writes nothing."""

from __future__ import annotations

import json
from typing import Any

from macros.catalogue import Catalogue
from macros.modeles import Fiche
from macros.rendu import adresse
from macros.textes import texte_nu
from macros.typographie import typographier

VERSION = 1
"""Version of the shape of ``api/fiches.json``; raised when a field changes meaning or goes."""


def fiches_json(catalogue: Catalogue) -> str:
    """Return ``api/fiches.json``: what lists, filters and reuses need of every published fiche."""
    fiches = [_record(catalogue, f) for f in catalogue.fiches.values() if f.etat == "publiee"]
    return json.dumps(
        {"version": VERSION, "licence": "Licence Ouverte 2.0", "fiches": fiches},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def fiche_json(catalogue: Catalogue, id_: str) -> str:
    """Return ``api/fiches/<id>.json``: what the YAML of a fiche holds, every scalar as text."""
    return json.dumps(catalogue.ecrites[id_], ensure_ascii=False, separators=(",", ":"))


def _record(catalogue: Catalogue, fiche: Fiche) -> dict[str, Any]:
    return {
        "type": fiche.type,
        "id": fiche.id,
        "titre": typographier(fiche.titre),
        "accroche": texte_nu(fiche.accroche),
        "url": adresse(fiche),
        "themes": list(fiche.themes),
        "phases": list(fiche.phases),
        "publics": list(fiche.publics),
        "mots_cles": list(fiche.mots_cles),
        "synonymes": list(fiche.synonymes),
        "territoire": fiche.territoire.model_dump(exclude_none=True, mode="json"),
        "validite": fiche.validite.model_dump(exclude_none=True, mode="json"),
        "verification": fiche.verification.model_dump(mode="json"),
        "sources": [
            {"cle": cle, **s.model_dump(exclude_none=True, exclude={"document"}, mode="json")}
            for cle, s in fiche.sources.items()
        ],
        "fiches_liees": sorted({r.cible for r in catalogue.sortantes.get(fiche.id, ())}),
        "fichier": catalogue.fichiers[fiche.id],
    }
