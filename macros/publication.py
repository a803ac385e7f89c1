"""Every data file that the site publishes beside its pages: for its own scripts, and for whoever reuses the data. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from macros import communes, composeur, exports
from macros.catalogue import Catalogue
from macros.contribution import reperes_du_formulaire
from macros.documents import navigateur
from macros.importation import regles as importation

LOCALE = "http://127.0.0.1:8000/"
"""Where « make serve » shows the site: its address when nobody gave another."""


def donnees_publiees(catalogue: Catalogue, images: Iterable[str], base: str = LOCALE) -> Iterator[tuple[str, str]]:
    """Yield (address in the site, text) of each file.

    ``images``: names of those that a fiche may show. ``base``: address of the site, with its final slash.
    """
    yield from exports.fichiers(catalogue, base)
    yield importation.ADRESSE, importation.regles_json(catalogue)
    yield reperes_du_formulaire.URI, reperes_du_formulaire.reperes_json(catalogue, images)
    yield from composeur.fichiers(catalogue)
    yield from communes.pieces(catalogue.referentiels).items()
    yield "assets/documents/modeles.json", navigateur.modeles_json()
