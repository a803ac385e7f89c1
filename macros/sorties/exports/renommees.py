"""Catalogue -> what became of former ids: a list, and at each former address a page and a file that lead to the new
one."""

from __future__ import annotations

from collections.abc import Iterator

from macros.catalogue.fige import Catalogue
from macros.ecriture.rendu import adresse, relatif, rendre
from macros.ecriture.typographie import typographier
from macros.lecture.json_publie import compact
from macros.modeles import TYPES
from macros.regles.renommages import Renommage
from macros.sorties.exports.fiches import VERSION


def fichiers(catalogue: Catalogue, base: str) -> Iterator[tuple[str, str]]:
    """Yield (address, text) of ``api/renommees.json``, then what stands at each former address."""
    renommees = [r for r in catalogue.renommees.values() if r.nouveau in catalogue.fiches]
    lignes = [{"ancien": r.ancien, "nouveau": r.nouveau, "le": r.le, "url": _nouvelle(catalogue, r)} for r in renommees]
    yield "api/renommees.json", compact({"version": VERSION, "renommees": lignes})
    for renommage, ligne in zip(renommees, lignes, strict=True):
        fichier = f"api/fiches/{renommage.nouveau}.json"
        yield f"api/fiches/{renommage.ancien}.json", compact({**ligne, "fichier": fichier})
        yield f"{_ancienne(renommage)}index.html", _page(catalogue, renommage, base)


def _ancienne(renommage: Renommage) -> str:
    return f"{TYPES[renommage.type].PLURIEL}/{renommage.ancien}/"


def _nouvelle(catalogue: Catalogue, renommage: Renommage) -> str:
    return adresse(catalogue.fiches[renommage.nouveau])


def _page(catalogue: Catalogue, renommage: Renommage, base: str) -> str:
    vers = _nouvelle(catalogue, renommage)
    return rendre(
        "renommee.html",
        titre=typographier(catalogue.fiches[renommage.nouveau].titre),
        lien=relatif(_ancienne(renommage), vers),
        canonique=base + vers,
    )
