"""The state that a served site shows, and how it is brought from one to the next: pages, data, documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.structure.files import File

from macros.catalogue.fige import Catalogue
from macros.ecriture.rendu import Depot
from macros.moteur.service.site import Site, octets
from macros.pages.plans import Plan
from macros.sorties.documents.fabrication import Lot


@dataclass
class Atelier:
    """What the hooks lend: how the files of MkDocs, the data and the documents are made."""

    plans: dict[str, Plan]
    page: Callable[[str, Plan], File]
    donnee: Callable[[str], File]
    piece: Callable[[str, Path], File]
    donnees: Callable[[Catalogue], Iterator[tuple[str, str]]]
    documents: Callable[[Catalogue], Lot]
    indexer: Callable[[], None]


@dataclass
class Reste:
    """What is left to do. ``pages``: source addresses, in order; ``demandees``: those that someone waits for."""

    pages: dict[str, None] = field(default_factory=dict)
    demandees: list[str] = field(default_factory=list)
    gabarits: bool = False
    donnees: bool = False
    documents: bool = False
    index: bool = False

    def __bool__(self) -> bool:
        return bool(self.pages) or self.gabarits or self.donnees or self.documents or self.index

    def perimer(self, uris: Iterable[str]) -> None:
        """These pages are to be made again."""
        self.pages.update(dict.fromkeys(uris))

    def prochaine(self) -> str | None:
        """The page to make: one that is asked for; else any, unless the data that pages may link to must come before."""
        demandee = next((p for p in self.demandees if p in self.pages), None)
        if demandee is None and not (self.donnees and self.gabarits):
            return next(iter(self.pages), None)
        return demandee

    def faite(self, src_uri: str) -> None:
        """This page is fresh, or gone."""
        self.pages.pop(src_uri, None)
        self.demandees = [p for p in self.demandees if p in self.pages]


@dataclass
class SiteServi:
    """What is shown: made from ``catalogue``, with these data and these documents."""

    atelier: Atelier
    site: Site
    catalogue: Catalogue
    depot: Depot
    donnees: dict[str, str]
    lot: Lot

    def meme_cadre(self, autre: Catalogue) -> bool:
        """Whether all but the fiches is the same: vocabularies, glossary, exclusions, corrections, former names."""
        un = self.catalogue
        return un.vocabulaires.keys() == autre.vocabulaires.keys() and all(
            a is b or a == b
            for a, b in (
                *zip(un.vocabulaires.values(), autre.vocabulaires.values(), strict=True),
                (un.glossaire, autre.glossaire),
                (un.exclusions, autre.exclusions),
                (un.corrections, autre.corrections),
                (un.renommees, autre.renommees),
            )
        )

    def a_page_ecrite(self, nouveaux: Mapping[str, Plan]) -> bool:
        """Whether a hand-written page stands where a generated one must."""
        return any(uri not in self.atelier.plans and self.site.destination(uri) for uri in nouveaux)

    def memes_plans(self, nouveaux: Mapping[str, Plan]) -> bool:
        """Whether pages are the same, in the same order."""
        return list(nouveaux.items()) == list(self.atelier.plans.items())

    def replanifier(self, nouveaux: Mapping[str, Plan]) -> tuple[list[str], list[str]]:
        """Pages come, go, or change place in the list of pages. Return those that went, and those to make."""
        plans, site = self.atelier.plans, self.site
        connus = {uri: f for uri in plans if (f := site.files.get_file_from_path(uri))}
        gardes = {uri: f for uri, f in connus.items() if nouveaux.get(uri) == plans[uri]}
        partis = [uri for uri in connus if uri not in nouveaux]
        for uri in partis:
            site.effacer(connus[uri].dest_uri)
        autres = self._files(self.donnees, places_de(self.lot))
        pages = [gardes.get(uri) or self.atelier.page(uri, plan) for uri, plan in nouveaux.items()]
        site.echanger([*connus.values(), *autres], [*pages, *autres])
        memes = plans.keys() == nouveaux.keys()
        plans.clear()
        plans.update(nouveaux)
        # A hand-written page may link to one that came or went.
        ecrites = [] if memes else [uri for uri in site.pages if uri not in nouveaux]
        return partis, [*(uri for uri in nouveaux if uri not in gardes), *ecrites]

    def publier(self, nouvelles: dict[str, str]) -> list[str]:
        """Write the data whose text changed; take away those that are no longer published.

        Return the addresses of the pages that may read them in the browser: those written by hand.
        """
        if nouvelles == self.donnees and list(nouvelles) == list(self.donnees):
            return []
        for uri, texte in nouvelles.items():
            if self.donnees.get(uri) != texte:
                ecrire(self.site.dossier / uri, texte.encode())
        for uri in self.donnees.keys() - nouvelles.keys():
            self.site.effacer(uri)
        if list(nouvelles) != list(self.donnees):
            documents = self._files(places_de(self.lot))
            neuves = [self.atelier.donnee(uri) for uri in nouvelles]
            self.site.echanger([*self._files(self.donnees), *documents], [*neuves, *documents])
        self.donnees = nouvelles
        ecrites = (uri for uri in self.site.pages if uri not in self.atelier.plans)
        return [dest for uri in ecrites if (dest := self.site.destination(uri))]

    def poser_documents(self, lot: Lot) -> None:
        """Write the documents that changed; take away those that no kit offers any more."""
        avant, apres = places_de(self.lot), places_de(lot)
        for uri in avant.keys() - apres.keys():
            self.site.effacer(uri)
        for uri, place in apres.items():
            if avant.get(uri) != place:
                ecrire(self.site.dossier / uri, place.read_bytes())
        if list(avant.items()) != list(apres.items()):
            self.site.echanger(self._files(avant), [self.atelier.piece(uri, place) for uri, place in apres.items()])
        self.lot = lot

    def _files(self, *uris: Iterable[str]) -> list[File]:
        """Files of the collection that give these addresses, in their order."""
        par_adresse = {f.dest_uri: f for f in self.site.files}
        return [par_adresse[uri] for liste in uris for uri in liste if uri in par_adresse]


def places_de(lot: Lot) -> dict[str, Path]:
    """Address in the site -> place where the document is kept, whose name says its content."""
    return {fichier.document.chemin(fichier.format): place for fichier, place in lot.fichiers}


def ecrire(place: Path, contenu: bytes) -> None:
    """Write a file that may be read at any moment, if it is not already so."""
    if octets(place) == contenu:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    neuf = place.with_name(f".{place.name}-neuf")
    neuf.write_bytes(contenu)
    neuf.replace(place)
