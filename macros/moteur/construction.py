"""``mkdocs build``: the whole site, or nothing. Whatever is wrong stops it; a second process renders and indexes."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page as PageMkDocs

from macros.moteur import fichiers
from macros.moteur.chantier import Chantier
from macros.moteur.commande import Commande, publiees
from macros.moteur.devoirs.securite import poser
from macros.moteur.memoire import Memoire, memoire, recharger
from macros.sorties.assemblage import Assemblage
from macros.sorties.documents.fabrication import Lot
from macros.sorties.horsligne import publication as hors_ligne


class Construction(Commande):
    """One build."""

    def __init__(self) -> None:
        super().__init__()
        self._lot = Lot((), 0)
        self._assemblage: Assemblage
        self._chantier: Chantier | None = None
        # A build makes a million objects and almost no cycle: looking for them each 700 objects takes 7 % of its time.
        gc.set_threshold(50_000, 20, 20)

    def lire(self) -> Memoire:
        """Read the fiches. Raises Abort once every mistake is said."""
        etat = recharger()
        if not etat.problemes:
            return etat
        for probleme in etat.problemes:
            print(probleme, file=sys.stderr)
        raise Abort(
            f"{len(etat.problemes)} erreur(s) dans les fiches. Corrigez-les, puis relancez (make valider les redit)."
        )

    def refuser(self, message: str) -> None:
        """Stop."""
        raise Abort(message) from None

    def preparer(self, config: MkDocsConfig) -> None:
        """Assemble sheets and scripts."""
        self._assemblage = fichiers.demander_assemblage(config)

    def documents(self, config: MkDocsConfig) -> Lot:
        """Write them first: pages say their weight."""
        self._lot = self.fabriquer(config, memoire().catalogue)
        return self._lot

    def ajouter(self, files: Files, config: MkDocsConfig) -> None:
        """Start rendering and indexing in a second process, then write the data and add the documents."""
        etat = memoire()
        gc.freeze()  # what is read stays to the end: neither process has to look through it, nor to copy it for that
        self._chantier = Chantier(etat.catalogue, Path(config.docs_dir), etat.depot, list(self.plans.values()))
        etat.ailleurs = self._chantier.page
        for uri, texte in publiees(config, etat.catalogue):
            files.append(fichiers.ecrire_donnee(config, uri, texte))
        fichiers.remplacer_sources(files, config, self._assemblage)
        for fichier, place in self._lot.fichiers:
            files.append(fichiers.piece(config, fichier.document.chemin(fichier.format), place))

    def finir(self, html: str, page: PageMkDocs | None) -> str:
        """Let go of what the page held, and give it its policy, once nothing more enters it."""
        if page is not None:
            page.content = None
        return poser(html)

    def livrer(self, config: MkDocsConfig) -> None:
        """Put the index in the site; then, last, what tells what every other file holds."""
        site = Path(config.site_dir)
        if self._chantier is not None:
            self._chantier.livrer(site)
        (hors_ligne.publier if config.extra.get("lecture_hors_ligne") else hors_ligne.retirer)(site)

    def abandonner(self) -> None:
        """Leave no index behind a build that failed."""
        if self._chantier is not None:
            self._chantier.abandonner()
