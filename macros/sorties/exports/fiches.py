"""Catalogue -> the fiches as JSON: all of them in short, one kind in full, one alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from macros.catalogue.fige import Catalogue
from macros.catalogue.fraicheur import fin_de_vigueur
from macros.catalogue.textes_nus import LICENCE
from macros.ecriture.rendu import adresse
from macros.ecriture.textes import texte_nu
from macros.ecriture.typographie import typographier
from macros.lecture.json_publie import compact
from macros.modeles import TYPES, Fiche

VERSION = 1
"""Version of the shape of every file of ``api/``; raised when a field changes meaning or goes."""


def publiees(catalogue: Catalogue, type_: str | None = None) -> list[Fiche]:
    """Return the fiches that are not drafts, of one kind or of all, in the order of their titles."""
    fiches: Iterable[Fiche] = catalogue.du_type(type_) if type_ else catalogue.fiches.values()
    return [f for f in fiches if f.etat == "publiee"]


def fichiers(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield (address, text) of every file of fiches. Each fiche is written once, and its text put where it goes."""
    breves = {f.id: compact(fiche_breve(catalogue, f)) for f in publiees(catalogue)}
    yield "api/fiches.json", _liste({}, breves.values())
    for type_, modele in TYPES.items():
        items = (f'{breves[f.id][:-1]},"contenu":{fiche_json(catalogue, f.id)}}}' for f in publiees(catalogue, type_))
        yield f"api/{modele.PLURIEL}.json", _liste({"type": type_}, items)
    for id_ in catalogue.fiches:
        yield f"api/fiches/{id_}.json", fiche_json(catalogue, id_)
        yield f"api/fiches/{id_}.yml", catalogue.textes[id_].decode()


def _liste(tete: dict[str, str], items: Iterable[str]) -> str:
    """A file of fiches, from the text of each."""
    return f'{compact({"version": VERSION, "licence": LICENCE, **tete})[:-1]},"fiches":[{",".join(items)}]}}'


def fiches_json(catalogue: Catalogue) -> str:
    """Return ``api/fiches.json``: what lists, filters and reuses need of every published fiche."""
    return _liste({}, (compact(fiche_breve(catalogue, f)) for f in publiees(catalogue)))


def fiche_json(catalogue: Catalogue, id_: str) -> str:
    """Return ``api/fiches/<id>.json``: what the YAML of a fiche holds, every scalar as text."""
    return catalogue.ecrites[id_].decode()


def fiche_breve(catalogue: Catalogue, fiche: Fiche) -> dict[str, Any]:
    """What every list of fiches says of one."""
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
        "validite": fiche.validite.model_dump(exclude_none=True, mode="json")
        | ({"a_confirmer_apres": fin} if (fin := fin_de_vigueur(fiche)) else {}),
        "verification": fiche.verification.model_dump(mode="json"),
        "sources": [
            {"cle": cle, **s.model_dump(exclude_none=True, exclude={"document"}, mode="json")}
            for cle, s in fiche.sources.items()
        ],
        "fiches_liees": sorted({r.cible for r in catalogue.sortantes.get(fiche.id, ())}),
        "fichier": catalogue.fichiers[fiche.id],
    }
