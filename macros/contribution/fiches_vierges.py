"""The fiche to fill in of each kind, as documents: ODT and DOCX only, since they are made to be written in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from macros.catalogue.fige import Catalogue
from macros.contribution.importation.regles import Regles, regles
from macros.contribution.importation.vierge import lignes
from macros.ecriture.rendu import rendre
from macros.ecriture.typographie import typographier
from macros.modeles import TYPES
from macros.sorties.documents.modele import Document

DOSSIER = "fiche-a-remplir"
"""Stands where the id of a kit does: in the address, and among the documents that a build offers."""
PAGE = "contribuer/fiches-a-remplir/"
DATE = "2026-11-22"
"""Date of the form of these sheets, the only one that they bear: the same fields give the same bytes."""


class FicheVierge(Document):
    """A sheet: no PDF, which nobody can fill in."""

    @property
    def formats(self) -> tuple[str, ...]:
        """Formats in which it is given, the State's own office format first."""
        return ("odt", "docx")


def fiches_vierges(catalogue: Catalogue, site_url: str) -> Iterator[Document]:
    """Yield the sheet of each kind. ``site_url``: absolute address of the site, with its slash."""
    connu = regles(catalogue)
    for type_ in TYPES:
        yield fiche_vierge(type_, connu, site_url)


def fiche_vierge(type_: str, connu: Regles, site_url: str, valeurs: Mapping[str, Any] | None = None) -> Document:
    """Return the sheet of a kind, filled with ``valeurs`` when they are given."""
    modele = TYPES[type_]
    html = rendre(
        "documents/vierges/fiche.html",
        type=type_,
        mode_d_emploi=connu["fiche"]["mode_d_emploi"],
        lignes=lignes(type_, connu, valeurs),
    )
    return FicheVierge(
        kit=DOSSIER,
        nom=type_,
        titre=typographier(f"Fiche à remplir : {modele.LIBELLE.lower()}"),
        usage=typographier(modele.GENRE.phrase),
        kit_titre="Accompagner les territoires",
        date=DATE,
        page=site_url + PAGE,
        html=html,
    )
