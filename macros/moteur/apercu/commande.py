"""``make serve``: nothing stops on a mistake, which is said; documents and index come later, and pages without them
first."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cache

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from macros.catalogue.chargement import charger
from macros.catalogue.relecture import Relecture
from macros.lecture.problemes import Probleme
from macros.moteur import fichiers
from macros.moteur.commande import Commande, publiees
from macros.moteur.memoire import Memoire, memoire, remplacer, source
from macros.pages.plans import plans
from macros.sorties.documents.fabrication import Lot


class Apercu(Commande):
    """One for the whole of a « make serve »."""

    def __init__(self) -> None:
        super().__init__()
        self.lot = Lot((), 0)
        self._relecture = Relecture()
        self._dits: set[Probleme] = set()
        self._donnees: dict[str, str] | None = None
        self._noms: tuple[str, ...] = ()

    @classmethod
    @cache
    def courant(cls) -> Apercu:
        """Return the preview of this process: the same for the hooks and for the server."""
        return cls()

    def lire(self) -> Memoire:
        """Read the fiches; those with a mistake are left out, their page says why."""
        self._relecture.oublier_jugements()
        return self._lire()

    def _lire(self) -> Memoire:
        catalogue, problemes = charger(source(), relecture=self._relecture)
        self._donnees = None
        for probleme in problemes:
            if probleme not in self._dits:
                print(f"À corriger · {probleme}", file=sys.stderr)
        self._dits = set(problemes)
        return remplacer(Memoire(catalogue, problemes, crochets=True, patiente=True))

    def relire(self) -> bool:
        """Read again what changed of the fiches. Return False when pages come, go or move: MkDocs must know of them."""
        depot = memoire().depot
        etat = self._lire()
        etat.depot = depot
        return {f"{plan.uri}index.md": plan for plan in plans(etat.catalogue)} == self.plans

    def refuser(self, message: str) -> None:
        """Say it, and go on without."""
        print(f"À corriger · {message}", file=sys.stderr)

    def preparer(self, config: MkDocsConfig) -> None:
        """Keep no copy to read offline: it would hide the changes that the preview is for."""
        config.extra["lecture_hors_ligne"] = False

    def documents(self, config: MkDocsConfig) -> Lot:  # noqa: ARG002 - those written so far, whatever the settings
        """Return those that are ready."""
        return self.lot

    def ajouter(self, files: Files, config: MkDocsConfig) -> None:
        """Let MkDocs know of the data, for the links of hand-written pages; sheets and scripts stay as they are."""
        for uri in self._noms or self.donnees(config):
            files.append(fichiers.donnee(config, uri))
        fichiers.remplacer_sources(files, config, None)

    def donnees(self, config: MkDocsConfig) -> dict[str, str]:
        """Return address -> text of each data file, of the fiches as they are now."""
        if self._donnees is None:
            self._donnees = dict(publiees(config, memoire().catalogue))
            self._noms = tuple(self._donnees)
        return self._donnees

    def offrir(self, lot: Lot) -> bool:
        """Take documents that were just written. Return whether pages show something else."""
        self.lot, offre = lot, lot.par_kit()
        etat = memoire()
        if etat.depot.documents == offre:
            return False
        etat.depot = replace(etat.depot, documents=offre)
        return True
