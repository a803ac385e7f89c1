"""Every data file that the site publishes beside its pages: for its own scripts, and for whoever reuses the data. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from macros import communes, composeur, exports
from macros.catalogue import Catalogue
from macros.contribution import reperes_du_formulaire
from macros.documents import navigateur
from macros.importation import regles as importation


def donnees_publiees(catalogue: Catalogue, images: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (address in the site, text) of each file. ``images``: names of those that a fiche may show."""
    yield "api/fiches.json", exports.fiches_json(catalogue)
    for id_ in catalogue.fiches:
        yield f"api/fiches/{id_}.json", exports.fiche_json(catalogue, id_)
    yield importation.ADRESSE, importation.regles_json(catalogue)
    yield reperes_du_formulaire.URI, reperes_du_formulaire.reperes_json(catalogue, images)
    yield from composeur.fichiers(catalogue)
    yield from communes.pieces(catalogue.referentiels).items()
    yield "assets/documents/modeles.json", navigateur.modeles_json()
