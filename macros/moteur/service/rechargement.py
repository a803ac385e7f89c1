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
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from macros.catalogue.chargement import charger
from macros.catalogue.fige import Catalogue
from macros.catalogue.relecture import Relecture
from macros.catalogue.suivi import Lectures, Suivie, Temoin, comparer, suivre, tables
from macros.ecriture.rendu import Depot
from macros.lecture.pannes import dire_erreur_systeme, page_de_panne
from macros.lecture.problemes import Probleme
from macros.moteur.memoire import Memoire, memoire, remplacer, source
from macros.moteur.service.site import Guichet, Site
from macros.moteur.service.site_servi import Atelier, Reste, SiteServi
from macros.moteur.service.veille import Releve, Veille, relever
from macros.pages.plans import plans
from macros.sorties.documents.fabrication import Lot

journal = logging.getLogger("mkdocs.accompagner")
PREMIERES = 3
"""Pages made before the browser is told: that of the fiche saved; those of a whole folder changed at once come after."""
ATTENTE = 120
"""Seconds that a request waits for its page, at most."""
DOCUMENTS = "documents"
"""Name under which the documents of the kits are followed, beside the tables of the catalogue."""


class Rechargement:
    """The served site, kept up to date. One for the whole of a « make serve »."""

    def __init__(self) -> None:
        self._temoin = Temoin()
        self._relecture = Relecture()
        self._lectures: dict[str, Lectures] = {}
        self._catalogue: Catalogue | None = None
        self._fait: SiteServi | None = None
        self._reste = Reste()
        self._tour = threading.Condition(threading.RLock())
        self._compte, self._presses = threading.Lock(), 0
        self._generation = 0
        self._occupe = False
        self._panne: str | None = None
        self._places: list[Path] = []
        self._entrees: Releve = {}
        self._dits: set[Probleme] = set()
        self._guichet: Guichet | None = None
        self._tout: Callable[[], None] = lambda: None

    def commencer(self) -> Memoire:
        """Read every fiche anew, and note from now on what each page reads."""
        self._fait, self._reste = None, Reste()
        self._relecture, self._lectures = Relecture(), {}
        gc.unfreeze()
        self._catalogue, problemes = charger(source(), relecture=self._relecture)
        self._dire(problemes)
        return remplacer(Memoire(suivre(self._catalogue, self._temoin), problemes, crochets=True, patiente=True))

    def suivre_documents(self, depot: Depot) -> Depot:
        """Return the same depot, whose documents are followed too."""
        return replace(depot, documents=Suivie(DOCUMENTS, depot.documents, self._temoin))

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
        if self._catalogue is None:
            return
        self._fait = SiteServi(atelier, site, self._catalogue, memoire().depot, donnees, lot)
        atelier.indexer()
        gc.collect()
        gc.freeze()  # thousands of fiches and pages that live as long as the server: not to be looked at again and again

    def brancher(self, serveur: LiveReloadServer, entrees: Iterable[Path]) -> None:
        """Take over the rebuilds of ``serveur``. ``entrees``: what, beside fiches, the site is made from."""
        self._tout = serveur.builder
        self._guichet = Guichet(serveur, self._patienter)
        serveur.builder = self.reconstruire
        self._places = list(entrees)
        self._entrees = relever(self._places)
        Veille(source() / "fiches", self._guichet.signaler).commencer()
        threading.Thread(target=self._travailler, name="rechargement", daemon=True).start()

    def reconstruire(self) -> None:
        """Make what has changed visible; whatever happens, the server goes on."""
        with self._press():
            self._occupe = True
            try:
                if not self._only_fiches():
                    self._tout_reconstruire()
            except (Exception, SystemExit) as erreur:  # a mistake, ours included, must not stop the server
                self._tomber(erreur)
            finally:
                self._occupe = False

    def _only_fiches(self) -> bool:
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
        self._fait, self._reste = None, Reste()
        self._panne = page_de_panne(dire_erreur_systeme(erreur) if isinstance(erreur, OSError) else str(erreur))
        if self._guichet:
            self._guichet.dater_construction(None)

    def _actualiser(self, fait: SiteServi) -> bool:
        """Take the change into account. Return False when only a whole build can."""
        debut = time.perf_counter()
        catalogue, problemes = charger(source(), relecture=self._relecture)
        nouveaux = {f"{plan.uri}index.md": plan for plan in plans(catalogue)}
        if not fait.meme_cadre(catalogue) or fait.a_page_ecrite(nouveaux):
            return False
        changements = comparer(tables(fait.catalogue), tables(catalogue))
        self._generation += 1
        self._dire(problemes)
        suivi = suivre(catalogue, self._temoin)
        remplacer(replace(memoire(), catalogue=suivi, problemes=problemes, jetons={}, pages={}))
        fait.catalogue = self._catalogue = catalogue
        if not changements.tables:
            return True
        self._reste.perimer(uri for uri, lues in self._lectures.items() if changements.touchent(lues))
        if not fait.memes_plans(nouveaux):
            partis, a_faire = fait.replanifier(nouveaux)
            for uri in partis:
                self._lectures.pop(uri, None)
                self._reste.faite(uri)
            self._reste.perimer(a_faire)
            self._reste.gabarits = True
        self._reste.donnees = self._reste.documents = self._reste.index = True
        cles = {cle for table, cle in changements.cles if table in {"ecrites", "invalides", "fichiers"}}
        premieres = [uri for uri, plan in nouveaux.items() if plan.genre == "fiche" and plan.cle in cles][:PREMIERES]
        changees = [self._refaire(fait, uri) for uri in premieres]
        if self._guichet:
            self._guichet.dater_construction([dest for dest in changees if dest])
        journal.info("Fiche relue, page refaite en %d ms", (time.perf_counter() - debut) * 1000)
        return True

    def _dire(self, problemes: list[Probleme]) -> None:
        """Say what is to correct, once."""
        for probleme in problemes:
            if probleme not in self._dits:
                journal.warning("À corriger · %s", probleme)
        self._dits = set(problemes)

    def _refaire(self, fait: SiteServi, src_uri: str) -> str | None:
        """Make a page again. Return its address in the site when it changed."""
        try:
            changee = fait.site.refaire_page(src_uri)
        finally:
            self.fin_de_page()
        self._reste.faite(src_uri)
        return fait.site.destination(src_uri) if changee else None

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
                    self._fait, self._reste = None, Reste()
                if self._guichet:
                    self._guichet.signaler()
                continue
            with self._tour:
                if generation == self._generation and not self._reste:
                    journal.info("Site à jour (%.1f s de plus)", time.perf_counter() - debut)

    def _un_pas(self, generation: int) -> bool:
        """Do the most pressing thing that is left. Return whether to go on."""
        with self._tour:
            fait, reste = self._fait, self._reste
            if self._presses or generation != self._generation or fait is None or not reste:
                return False
            page = reste.prochaine()
            if page is not None:
                changee = self._refaire(fait, page)
                if changee and self._guichet:
                    self._guichet.dater([changee])
                self._tour.notify_all()
                return True
        if reste.donnees:
            return self._publier(fait, generation)
        if reste.documents:
            return self._documenter(fait, generation)
        with self._tour:
            if generation != self._generation:
                return False
            if reste.gabarits:
                fait.site.refaire_gabarits()
                reste.gabarits = False
            elif reste.index:
                fait.atelier.indexer()
                reste.index = False
            return True

    def _publier(self, fait: SiteServi, generation: int) -> bool:
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
            lectrices = fait.publier(nouvelles)
            if self._guichet:
                self._guichet.dater(lectrices)
            self._reste.donnees = False
            self._tour.notify_all()
        return True

    def _documenter(self, fait: SiteServi, generation: int) -> bool:
        """Write the documents that changed, then the pages that say their weight."""
        lot = fait.atelier.documents(fait.catalogue)
        with self._tour:
            if generation != self._generation:
                return False
            fait.poser_documents(lot)
            offre = lot.par_kit()
            changements = comparer({DOCUMENTS: fait.depot.documents}, {DOCUMENTS: offre})
            fait.depot = self.suivre_documents(replace(fait.depot, documents=offre))
            memoire().depot = fait.depot
            self._reste.perimer(uri for uri, lues in self._lectures.items() if changements.touchent(lues))
            self._reste.documents = False
        return True

    @contextmanager
    def _press(self) -> Iterator[None]:
        """Take the turn before the thread's next page."""
        with self._compte:
            self._presses += 1
        with self._tour:
            with self._compte:
                self._presses -= 1
            try:
                yield
            finally:
                self._tour.notify_all()

    def _patienter(self, dest_uri: str) -> str | None:
        """Wait until a file of the site is fresh. Return the page to show instead while the whole build fails."""
        dossier = dest_uri.removesuffix("index.html")
        sources = (f"{dossier}index.md", f"{dossier.removesuffix('/')}.md") if dest_uri.endswith("index.html") else ()

        def fraiche() -> bool:
            if self._occupe or (self._reste.donnees and self._fait and dest_uri in self._fait.donnees):
                return False
            return not any(src in self._reste.pages for src in sources)

        with self._press():
            self._reste.demandees += [src for src in sources if src in self._reste.pages]
            self._tour.notify_all()
            self._tour.wait_for(fraiche, timeout=ATTENTE)
            return self._panne
