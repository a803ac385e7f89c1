"""Every data file that the site publishes beside its pages: for its own scripts, and for whoever reuses the data.
Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from macros.catalogue.fige import Catalogue
from macros.catalogue.fraicheur import DELAIS
from macros.contribution import reperes_du_formulaire
from macros.contribution.importation import regles as importation
from macros.ecriture.typographie import typographier
from macros.lecture.lieux import communes, projets
from macros.lecture.lieux.referentiels import Referentiels
from macros.lecture.lieux.services import Services
from macros.moteur.devoirs.securite import poser
from macros.pages.donnees_liees import Decrit
from macros.pages.outils import composeur
from macros.sorties import exports
from macros.sorties.documents import navigateur
from macros.sorties.exports.inventaire import jeux

LOCALE = "http://127.0.0.1:8000/"
"""Where « make serve » shows the site: its address when nobody gave another."""


_LOCAUX = ("localhost", "127.0.0.1", "[::1]", "0.0.0.0")


def adresse_publique(base: str) -> str:
    """Return the address of the site when others can follow it; an empty string for that of a preview."""
    hote = urlsplit(base).netloc.rpartition("@")[2].rsplit(":", 1)[0]
    return "" if not hote or hote in _LOCAUX else base


def decrire(catalogue: Catalogue, base: str, uri: str) -> str:
    """Return what a hand-written page says of itself to search engines (JSON-LD); empty for most."""
    decrit = Decrit(catalogue, base, uri)
    if uri == "":
        return decrit.accueil()
    if uri == "donnees/":
        return decrit.donnees([(f[0], f[1], jeu.titre) for jeu in jeux(catalogue) for f in jeu.fichiers])
    return ""


def donnees_publiees(
    catalogue: Catalogue,
    images: Iterable[str],
    base: str = LOCALE,
    lieux: Callable[[Referentiels], Mapping[str, str]] = communes.pieces,
) -> Iterator[tuple[str, str]]:
    """Yield (address in the site, text) of each file.

    ``images``: names of those that a fiche may show. ``base``: address of the site, with its final slash. ``lieux``:
    gives the files of the commune lookup.
    """
    for uri, texte in exports.fichiers(catalogue, base):
        yield uri, poser(texte) if uri.endswith(".html") else texte  # a former address is a page like the others
    yield importation.ADRESSE, importation.regles_json(catalogue)
    yield reperes_du_formulaire.URI, reperes_du_formulaire.reperes_json(catalogue, images)
    yield from composeur.fichiers(catalogue)
    yield from lieux(catalogue.referentiels).items()
    yield from projets.fichiers(catalogue.referentiels)
    yield from Services(catalogue.referentiels).fichiers(premier_contact(catalogue)).items()
    yield "assets/documents/modeles.json", navigateur.modeles_json()


def premier_contact(catalogue: Catalogue) -> dict[str, Any]:
    """Parts of a first message, and months after which a contact is to be confirmed: what each département repeats."""
    valeurs = catalogue.vocabulaires["memo_contact"].valeurs.items()
    return {"memo": {id_: typographier(valeur.libelle) for id_, valeur in valeurs}, "delai": DELAIS["contact"][1]}
