"""Every file of the open data, once each: what the site publishes for whoever reuses it."""

from __future__ import annotations

from collections.abc import Iterator

from macros.catalogue.fige import Catalogue
from macros.lecture.lieux.communes import lieux_de
from macros.sorties.exports import echeances, fiches, flux, inventaire, lieux, renommees, schemas, tableaux
from macros.sorties.exports.lisible import Lisible, adresse_lisible


def fichiers(catalogue: Catalogue, base: str) -> Iterator[tuple[str, str]]:
    """Yield (address in the site, text) of each file. ``base``: address of the site, with its final slash."""
    places = lieux_de(catalogue.referentiels)
    lisible = Lisible(catalogue, base)
    yield from fiches.fichiers(catalogue)
    for id_, fiche in catalogue.fiches.items():
        yield adresse_lisible(id_), lisible.fiche(fiche)
    yield from tableaux.publication(catalogue, places, base)
    yield "api/sites.geojson", lieux.sites_geojson(catalogue, places, base)
    yield flux.ADRESSE, flux.flux_atom(catalogue, base)
    yield echeances.ADRESSE, echeances.calendrier_ics(catalogue, base)
    yield from renommees.fichiers(catalogue, base)
    yield from schemas.fichiers()
    yield "api/index.json", inventaire.index_json(catalogue, base)
    yield "llms.txt", inventaire.llms_txt(catalogue, base)
