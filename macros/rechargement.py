"""While serving: what a change of fiches makes stale, in which order it is made again, and what waits for it.

The page of the fiche that was saved comes first, then the pages that someone asks for, then the others, by the thread
of this module. A page is stale when something that it read of the catalogue is no longer the same (``suivi``): nothing is
guessed. Whatever is not a change of fiches goes through a whole build.
"""

from __future__ import annotations

import gc
import logging
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File

from macros.catalogue import Catalogue
from macros.chargement import charger
from macros.documents.fabrication import Lot
from macros.memoire import Memoire, memoire, remplacer, source
from macros.pages import Plan, plans
from macros.panne import page_de_panne
from macros.problemes import Probleme
from macros.relecture import Relecture
from macros.rendu import Depot
from macros.service import Guichet, Site, octets
from macros.suivi import Lectures, Suivie, Temoin, comparer, suivre, tables
from macros.veille import Releve, Veille, relever

journal = logging.getLogger("mkdocs.accompagner")
PREMIERES = 3
"""Pages made before the browser is told: that of the fiche saved; those of a whole folder changed at once come after."""
ATTENTE = 120
"""Seconds that a request waits for its page, at most."""
DOCUMENTS = "documents"
"""Name under which the documents of the kits are followed, beside the tables of the catalogue."""


@dataclass
class Atelier:
    """What the hooks lend: how the files of MkDocs, the data and the documents are made."""

    plans: dict[str, Plan]
    page: Callable[[str, Plan], File]
    texte: Callable[[str, str], File]
    piece: Callable[[str, Path], File]
    donnees: Callable[[Catalogue], Iterator[tuple[str, str]]]
    documents: Callable[[Catalogue], Lot]
    indexer: Callable[[], None]


@dataclass
class _Fait:
    """The state that the served site shows."""

    atelier: Atelier
    site: Site
    catalogue: Catalogue
    depot: Depot
    donnees: dict[str, str]
    lot: Lot


@dataclass
class _Reste:
    """What is left to do. ``pages``: source addresses, in order."""

    pages: dict[str, None] = field(default_factory=dict)
    demandees: list[str] = field(default_factory=list)
    gabarits: bool = False
    donnees: bool = False
    documents: bool = False
    index: bool = False

    def __bool__(self) -> bool:
        return bool(self.pages) or self.gabarits or self.donnees or self.documents or self.index


class Rechargement:
    """The served site, kept up to date. One for the whole of a « make serve »."""

    def __init__(self) -> None:
        self._temoin = Temoin()
        self._relecture = Relecture()
        self._lectures: dict[str, Lectures] = {}
        self._fait: _Fait | None = None
        self._reste = _Reste()
        self._tour = threading.Condition(threading.RLock())
        self._presses = 0
        self._compte = threading.Lock()
        self._generation = 0
        self._occupe = False
        self._panne: str | None = None
        self._places: list[Path] = []
        self._entrees: Releve = {}
        self._dits: set[Probleme] = set()
        self._guichet: Guichet | None = None
        self._tout: Callable[[], None] = lambda: None
        self._catalogue: Catalogue | None = None

    # --- called by the hooks during a whole build

    def commencer(self) -> Memoire:
        """Read every fiche anew, and note from now on what each page reads."""
        self._relecture, self._lectures, self._reste = Relecture(), {}, _Reste()
        self._fait = None
        gc.unfreeze()
        catalogue, problemes = charger(source(), relecture=self._relecture)
        self._catalogue = catalogue
        return self._remember(catalogue, problemes, Depot())

    def suivre_documents(self, depot: Depot) -> Depot:
        """Return the same depot, whose documents are followed too."""
        documents = Suivie(DOCUMENTS, depot.documents, self._temoin)
        return replace(depot, documents=documents)

    def page(self, src_uri: str, debut: bool = False) -> None:
        """From now on, it is this page that reads."""
        if debut or src_uri not in self._lectures:
            self._lectures[src_uri] = Lectures()
        self._temoin.lectures = self._lectures[src_uri]

    def fin_de_page(self) -> None:
        """Nobody reads any more."""
        self._temoin.lectures = None

    def construit(self, atelier: Atelier, site: Site, donnees: dict[str, str], lot: Lot) -> None:
        """A whole build is done: keep what the next changes start from."""
        self.fin_de_page()
        assert self._catalogue is not None
        self._fait = _Fait(atelier, site, self._catalogue, memoire().depot, donnees, lot)
        atelier.indexer()
        gc.collect()
        gc.freeze()  # thousands of fiches and pages that live as long as the server: not to be looked at again and again

    def brancher(self, serveur: LiveReloadServer, entrees: Iterable[Path]) -> None:
        """Take over the rebuilds of ``serveur``."""
        self._tout = serveur.builder
        self._guichet = Guichet(serveur, self._patienter)
        serveur.builder = self.reconstruire
        self._places = list(entrees)
        self._entrees = relever(self._places)
        Veille(source() / "fiches", self._guichet.signaler).commencer()
        threading.Thread(target=self._travailler, name="rechargement", daemon=True).start()

    # --- called by the server

    def reconstruire(self) -> None:
        """Make what has changed visible; whatever happens, the server goes on."""
        with self._press():
            self._occupe = True
            try:
                if not self._seulement_les_fiches():
                    self._tout_reconstruire()
            except (Exception, SystemExit) as erreur:  # a mistake, ours included, must not stop the server
                self._tomber(erreur)
            finally:
                self._occupe = False
                self._tour.notify_all()

    def _seulement_les_fiches(self) -> bool:
        """Do what a change of fiches asks for. Return False when there is more to do, or when it failed."""
        if self._fait is None or self._panne is not None or relever(self._places) != self._entrees:
            return False
        try:
            return self._actualiser(self._fait)
        except Exception as erreur:  # a whole build says what is wrong, or heals it
            journal.warning("Fiche relue sans succès (%s) : tout est reconstruit.", erreur)
            journal.debug("%s", traceback.format_exc())
            return False

    def _tout_reconstruire(self) -> None:
        releve = relever(self._places)
        self._generation += 1
        self._tout()
        self._entrees, self._panne = releve, None
        if self._guichet:
            self._guichet.dater_construction(None)

    def _tomber(self, erreur: BaseException) -> None:
        """Show what went wrong in place of the site, until a change puts it right."""
        journal.error("La construction a échoué : %s", erreur)
        journal.debug("%s", traceback.format_exc())
        self._fait, self._reste = None, _Reste()
        self._panne = page_de_panne(str(erreur))
        if self._guichet:
            self._guichet.dater_construction(None)

    # --- a change of fiches

    def _actualiser(self, fait: _Fait) -> bool:
        """Take the change into account. Return False when only a whole build can."""
        debut = time.perf_counter()
        catalogue, problemes = charger(source(), relecture=self._relecture)
        if not _same_frame(fait.catalogue, catalogue):
            return False
        nouveaux = {f"{plan.uri}index.md": plan for plan in plans(catalogue)}
        if _collides(fait, nouveaux):
            return False
        changements = comparer(tables(fait.catalogue), tables(catalogue))
        self._generation += 1
        self._remember(catalogue, problemes, fait.depot)
        fait.catalogue = self._catalogue = catalogue
        if not changements.tables:
            return True
        self._stale(uri for uri, lues in self._lectures.items() if changements.touchent(lues))
        if nouveaux != fait.atelier.plans or list(nouveaux) != list(fait.atelier.plans):
            self._replan(fait, nouveaux)
        self._reste.donnees = self._reste.documents = self._reste.index = True
        cles = {cle for table, cle in changements.cles if table in {"ecrites", "invalides", "fichiers"}}
        premieres = [uri for uri, plan in nouveaux.items() if plan.genre == "fiche" and plan.cle in cles]
        changees = [self._refaire(fait, uri) for uri in premieres[:PREMIERES]]
        if self._guichet:
            self._guichet.dater_construction([dest for dest in changees if dest])
        journal.info("Fiche relue, page refaite en %d ms", (time.perf_counter() - debut) * 1000)
        return True

    def _remember(self, catalogue: Catalogue, problemes: list[Probleme], depot: Depot) -> Memoire:
        nouvelle = Memoire(suivre(catalogue, self._temoin), problemes, depot, crochets=True, patiente=True)
        for probleme in problemes:
            if probleme not in self._dits:
                journal.warning("À corriger · %s", probleme)
        self._dits = set(problemes)
        return remplacer(nouvelle)

    def _replan(self, fait: _Fait, nouveaux: dict[str, Plan]) -> None:
        """Pages come, go, or change place in the list of pages."""
        anciens, site = dict(fait.atelier.plans), fait.site
        fichiers = {uri: site.files.get_file_from_path(uri) for uri in anciens}
        gardes = {uri: f for uri, f in fichiers.items() if f and nouveaux.get(uri) == anciens[uri]}
        for uri, fichier in fichiers.items():
            if fichier and uri not in nouveaux:
                site.effacer(fichier.dest_uri)
                self._lectures.pop(uri, None)
                self._reste.pages.pop(uri, None)
        autres = [f for u in (*fait.donnees, *_uris(fait.lot)) if (f := site.publie(u))]
        page = {uri: gardes.get(uri) or fait.atelier.page(uri, plan) for uri, plan in nouveaux.items()}
        site.echanger([*(f for f in fichiers.values() if f), *autres], [*page.values(), *autres])
        fait.atelier.plans.clear()
        fait.atelier.plans.update(nouveaux)
        self._stale(uri for uri in nouveaux if uri not in gardes)
        if anciens.keys() != nouveaux.keys():  # hand-written pages may link to one that came or went
            self._stale(uri for uri in site.pages if uri not in nouveaux)
        self._reste.gabarits = True

    def _stale(self, uris: Iterable[str]) -> None:
        self._reste.pages.update(dict.fromkeys(uris))

    def _refaire(self, fait: _Fait, src_uri: str) -> str | None:
        """Make a page again. Return its address in the site when it changed."""
        try:
            changee = fait.site.refaire_page(src_uri)
        finally:
            self.fin_de_page()
        self._reste.pages.pop(src_uri, None)
        return fait.site.destination(src_uri) if changee else None

    # --- the rest, by a thread of its own

    def _travailler(self) -> None:
        while True:
            with self._tour:
                self._tour.wait_for(lambda: bool(self._reste) and not self._presses and self._fait is not None)
                generation, debut = self._generation, time.perf_counter()
            try:
                while self._un_pas(generation):
                    pass
            except Exception as erreur:  # the next whole build says what is wrong, or heals it
                journal.error("Page non refaite (%s) : tout est reconstruit.", erreur)
                journal.debug("%s", traceback.format_exc())
                with self._tour:
                    self._fait, self._reste = None, _Reste()
                if self._guichet:
                    self._guichet.signaler()
                continue
            with self._tour:
                if generation == self._generation and not self._reste:
                    journal.info("Site à jour (%.1f s de plus)", time.perf_counter() - debut)

    def _un_pas(self, generation: int) -> bool:
        """Do the most pressing thing that is left. Return whether to go on."""
        with self._tour:
            if self._presses or generation != self._generation or self._fait is None or not self._reste:
                return False
            fait, reste = self._fait, self._reste
            page = next((p for p in reste.demandees if p in reste.pages), None)
            if page is None and not (reste.donnees and reste.gabarits):
                page = next(iter(reste.pages), None)
            if page is not None:
                changee = self._refaire(fait, page)
                if changee and self._guichet:
                    self._guichet.dater([changee])
                reste.demandees = [p for p in reste.demandees if p in reste.pages]
                self._tour.notify_all()
                return True
        if reste.donnees:
            return self._publier(fait, generation)
        if reste.documents:
            return self._documenter(fait, generation)
        with self._tour:
            if reste.gabarits:
                fait.site.refaire_gabarits()
                reste.gabarits = False
            elif reste.index:
                fait.atelier.indexer()
                reste.index = False
            return True

    def _publier(self, fait: _Fait, generation: int) -> bool:
        """Write the data that changed. Computed aside: a change that comes meanwhile does not wait."""
        nouvelles: dict[str, str] = {}
        for uri, texte in fait.atelier.donnees(fait.catalogue):
            nouvelles[uri] = texte
            with self._tour:  # who has the turn works alone: half the processor would double the wait
                if generation != self._generation:
                    return False
        with self._tour:
            if generation != self._generation:
                return False
            for uri, texte in nouvelles.items():
                if fait.donnees.get(uri) != texte:
                    _write(fait.site.dossier / uri, texte.encode())
            if list(nouvelles) != list(fait.donnees):
                self._reclasser(fait, nouvelles)
            fait.donnees = nouvelles
            self._reste.donnees = False
            self._tour.notify_all()
        return True

    def _reclasser(self, fait: _Fait, nouvelles: dict[str, str]) -> None:
        """Data files come and go, and with them what a page may link to."""
        site = fait.site
        retires = [f for u in (*fait.donnees, *_uris(fait.lot)) if (f := site.publie(u))]
        documents = [f for u in _uris(fait.lot) if (f := site.publie(u))]
        for uri in fait.donnees.keys() - nouvelles.keys():
            site.effacer(uri)
        site.echanger(retires, [*(fait.atelier.texte(u, t) for u, t in nouvelles.items()), *documents])

    def _documenter(self, fait: _Fait, generation: int) -> bool:
        """Write the documents that changed, then the pages that say their weight."""
        lot = fait.atelier.documents(fait.catalogue)
        with self._tour:
            if generation != self._generation:
                return False
            avant, apres = _places(fait.lot), _places(lot)
            for uri in avant.keys() - apres.keys():
                fait.site.effacer(uri)
            for uri, place in apres.items():
                if avant.get(uri) != place:
                    _write(fait.site.dossier / uri, place.read_bytes())
            if list(avant) != list(apres):
                anciens = [f for u in avant if (f := fait.site.publie(u))]
                fait.site.echanger(anciens, [fait.atelier.piece(u, p) for u, p in apres.items()])
            offre = lot.par_kit()
            changements = comparer({DOCUMENTS: fait.depot.documents}, {DOCUMENTS: offre})
            fait.depot = self.suivre_documents(replace(fait.depot, documents=offre))
            memoire().depot = fait.depot
            fait.lot = lot
            self._stale(uri for uri, lues in self._lectures.items() if changements.touchent(lues))
            self._reste.documents = False
        return True

    # --- who waits for whom

    @contextmanager
    def _press(self) -> Iterator[None]:
        """Take the turn before the thread's next page."""
        with self._compte:
            self._presses += 1
        try:
            with self._tour:
                with self._compte:
                    self._presses -= 1
                yield
        finally:
            with self._tour:
                self._tour.notify_all()

    def _patienter(self, dest_uri: str) -> str | None:
        """Wait until a file of the site is fresh. Return the page to show instead while the whole build fails."""
        src = f"{dest_uri.removesuffix('index.html')}index.md" if dest_uri.endswith("index.html") else ""

        def fraiche() -> bool:
            if self._occupe:
                return False
            if self._fait and dest_uri in self._fait.donnees:
                return not self._reste.donnees
            return src not in self._reste.pages and autre not in self._reste.pages

        autre = f"{dest_uri.removesuffix('/index.html')}.md"
        with self._press():
            self._reste.demandees += [p for p in (src, autre) if p in self._reste.pages]
            self._tour.notify_all()
            self._tour.wait_for(fraiche, timeout=ATTENTE)
            return self._panne


def _collides(fait: _Fait, nouveaux: Mapping[str, Plan]) -> bool:
    """Whether a hand-written page stands where a generated one must."""
    return any(uri not in fait.atelier.plans and fait.site.destination(uri) for uri in nouveaux)


def _same_frame(un: Catalogue, autre: Catalogue) -> bool:
    """Whether all but the fiches is the same: vocabularies, glossary, exclusions, corrections, former names."""
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


def _uris(lot: Lot) -> list[str]:
    return list(_places(lot))


def _places(lot: Lot) -> dict[str, Path]:
    """Address in the site -> place where the document is kept, whose name says its content."""
    return {fichier.document.chemin(fichier.format): place for fichier, place in lot.fichiers}


def _write(place: Path, contenu: bytes) -> None:
    """Write a file that may be read at any moment, if it is not already so."""
    if octets(place) == contenu:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    neuf = place.with_name(f".{place.name}-neuf")
    neuf.write_bytes(contenu)
    neuf.replace(place)
