"""What MkDocs asks at each step of a build, whatever the command: read, add the generated pages, put their HTML in
place.

``Construction`` and ``Apercu`` say what differs, each in its module: what stops the work, when documents, data and
index are made, what a finished page still receives.
"""

from __future__ import annotations

import os
import posixpath
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as PageMkDocs
from mkdocs.structure.toc import AnchorLink, TableOfContents

from macros.catalogue.fige import Catalogue
from macros.contribution.fiches_vierges import fiches_vierges
from macros.ecriture import rendu, sections
from macros.ecriture.rendu import Depot
from macros.ecriture.tableaux import nommer_tableaux
from macros.ecriture.typographie import typographier_html
from macros.lecture import docs
from macros.lecture.lieux.communes_gardees import pieces_gardees
from macros.lecture.pannes import dire_erreur_systeme
from macros.moteur import fichiers
from macros.moteur.devoirs.contact_securite import URIS, security_txt
from macros.moteur.memoire import RACINE, Memoire, editeur, memoire, retenir_editeur
from macros.moteur.page_produite import compiler_une_fois
from macros.moteur.publication import adresse_publique, decrire, donnees_publiees
from macros.moteur.rubriques import Rubriques
from macros.pages.plans import Plan, plans
from macros.sorties.documents.bureautique import EchecDePandoc
from macros.sorties.documents.fabrication import Lot, fabriquer
from macros.sorties.documents.pdf import EchecDeTypst
from macros.sorties.documents.trames import documents


class Commande(ABC):
    """One for a build; one for the whole of a preview, which goes through its steps again when more than a fiche
    changes."""

    def __init__(self) -> None:
        self.plans: dict[str, Plan] = {}
        self.rubriques = Rubriques(())
        self._env: Environment
        self._parties: dict[object, str] = {}

    @abstractmethod
    def lire(self) -> Memoire:
        """Read the fiches. Raises Abort where a mistake must stop the work."""

    @abstractmethod
    def refuser(self, message: str) -> None:
        """Say what cannot be done as asked, and how to put it right: raise Abort, or go on without."""

    @abstractmethod
    def preparer(self, config: MkDocsConfig) -> None:
        """Set what depends on the command, once the fiches are read."""

    @abstractmethod
    def documents(self, config: MkDocsConfig) -> Lot:
        """Return the documents that pages offer."""

    @abstractmethod
    def ajouter(self, files: Files, config: MkDocsConfig) -> None:
        """Add what is published beside the pages, once they are planned."""

    def configurer(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read everything that pages are made from."""
        rendu.oublier_gabarits()
        etat = self.lire()
        etat.crochets = True
        for faute in retenir_editeur(config.extra.get("editeur")):
            self.refuser(f"{faute}\nCorrigez mkdocs.yml, puis relancez.")
        for probleme in docs.verifier(Path(config.docs_dir)):
            self.refuser(str(probleme))
        self.preparer(config)
        depot = replace(_depot(config), site=adresse_publique(base(config)))
        etat.depot = replace(depot, documents=self.documents(config).par_kit())
        return config

    def fichiers(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the generated pages, out of ``nav``, then the open data and the documents."""
        self.plans = {f"{plan.uri}index.md": plan for plan in plans(memoire().catalogue)}
        ecrites = {file.dest_uri.lower() for file in files}
        for uri, plan in self.plans.items():
            if uri.replace(".md", ".html").lower() in ecrites:
                raise Abort(f"docs/{uri} prend la place d’une page produite par {plan.source}. Renommez l’un des deux.")
            files.append(fichiers.page(config, uri, plan))
        compiler_une_fois(config.plugins["macros"].env)  # type: ignore[attr-defined]
        self.ajouter(files, config)
        if contact := security_txt(editeur(), config.site_url or ""):
            for uri in URIS:
                files.append(fichiers.texte(config, uri, contact))
        return files

    def naviguer(self, nav: Navigation) -> Navigation:
        """Read the headings once: the theme shows them on every page."""
        self.rubriques = Rubriques(nav.items)
        return nav

    def gabarits(self, env: Environment, config: MkDocsConfig) -> Environment:
        """Keep the compiled templates of the theme from a build to the next, as ours are; render once what every page
        holds."""
        self._env, self._parties = env, {}
        env.bytecode_cache = rendu.reserve_de_gabarits()
        env.globals["symboles_communs"] = env.get_template("partials/symboles_communs.html").render(config=config)
        return env

    def contenu(self, html: str, page: PageMkDocs) -> str:
        """Describe generated pages; set the typography of hand-written text. The HTML of macros is still to come."""
        etat = memoire()
        plan = self.plans.get(page.file.src_uri)
        if plan:
            _describe(page, etat.pages.pop(plan.uri))
        else:
            page.meta["donnees_liees"] = decrire(etat.catalogue, etat.depot.site, page.url)
            html = nommer_tableaux(typographier_html(html))
            page.toc = TableOfContents([_typographed(item) for item in page.toc.items])
        return html

    def contexte(self, context: dict[str, Any], page: PageMkDocs | None) -> dict[str, Any]:
        """Put the HTML of macros in place, and give the theme the headings, as this page (None: 404.html) sees them."""
        url, rubrique = (page.url, page.meta.get("rubrique")) if page is not None else (None, None)
        context["rubriques"] = self.rubriques.vues_de(url, rubrique)
        if page is not None:
            page.content = memoire().reprendre(page.content or "")
            context["site_public"] = memoire().depot.site
        context["entete"] = self._partagee("header", context, page)
        context["pied"] = self._partagee("footer", context, page)
        return context

    def _partagee(self, nom: str, context: dict[str, Any], page: PageMkDocs | None) -> str:
        """A part of the theme that only says where the page stands: rendered once for the generated pages of a
        folder."""
        produite = page is not None and page.file.src_uri in self.plans
        cle = (nom, posixpath.dirname(page.url.rstrip("/")), *context["rubriques"]) if page and produite else None
        if cle is None or cle not in self._parties:
            rendue = self._env.get_template(f"partials/{nom}.html").render(context)
            if cle is None:
                return rendue
            self._parties[cle] = rendue
        return self._parties[cle]

    def finir(self, html: str, page: PageMkDocs | None) -> str:  # noqa: ARG002 - for those that finish something
        """Give a page (None: 404.html) what it still lacks."""
        return html

    def livrer(self, config: MkDocsConfig) -> None:  # noqa: B027 - a preview puts nothing there
        """Put in the site what comes after the pages."""

    def abandonner(self) -> None:  # noqa: B027 - the same
        """Leave nothing behind a build that failed, so that its message comes alone."""

    def fabriquer(self, config: MkDocsConfig, catalogue: Catalogue) -> Lot:
        """Write the documents of the kits and the fiches to fill in, or find them as they were; those that fail are
        refused."""
        adresse = base(config)
        demandes = [*documents(catalogue, adresse), *fiches_vierges(catalogue, adresse)]
        try:
            return fabriquer(demandes, reserve() / "documents")
        except OSError as erreur:
            self.refuser(f"Les documents des kits ne peuvent pas être gardés. {dire_erreur_systeme(erreur)}")
        except (EchecDePandoc, EchecDeTypst) as echec:
            self.refuser(f"Un document de kit n’a pas pu être écrit :\n{echec}")
        return Lot((), 0)


def publiees(config: MkDocsConfig, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield (address in the site, text) of each data file."""
    images = [image.name for image in (Path(config.docs_dir) / "assets/illustrations").glob("*.*")]
    return donnees_publiees(catalogue, images, base(config), partial(pieces_gardees, reserve=reserve()))


def base(config: MkDocsConfig) -> str:
    """Address of the site, with its final slash."""
    return (config.site_url or "").rstrip("/") + "/"


def reserve() -> Path:
    """Folder of what is kept from a build to the next."""
    return Path(os.environ.get("ACCOMPAGNER_CACHE", RACINE / ".cache"))


def _depot(config: MkDocsConfig) -> Depot:
    """Where to edit: ``repo_url``, or the repository in which a forge's CI runs; nothing otherwise."""
    adresse = config.repo_url or ""
    if not adresse and os.environ.get("GITHUB_REPOSITORY"):
        adresse = f"{os.environ.get('GITHUB_SERVER_URL', 'https://github.com')}/{os.environ['GITHUB_REPOSITORY']}"
    adresse = adresse.rstrip("/")
    chemin = "-/edit/main" if "gitlab" in adresse else "edit/main"
    return Depot(adresse, f"{adresse}/{chemin}" if adresse else "")


def _describe(page: PageMkDocs, made: sections.Page) -> None:
    """Title, description, place in the site and contents list. Material escapes none of them: we do."""
    page.meta.update(
        title=str(escape(made.titre)),
        description=str(escape(made.description)),
        type=made.type,
        rubrique=made.rubrique,
        fil=[{"titre": titre, "uri": uri} for titre, uri in made.fil],
        fil_titre=str(escape(made.titre.removesuffix(f" · {made.fiche}"))) if made.fiche else "",
        fiche=str(escape(made.fiche or made.titre)),
        imprimer=made.imprimer,
        source=made.source,
        donnees_liees=made.donnees_liees,
    )
    page.edit_url = memoire().depot.modifier(made.source) or None
    page.toc = TableOfContents(
        [AnchorLink(str(escape(s.titre)), s.id, s.niveau) for s in sections.sommaire(made.sections)]
    )
    page.present_anchor_ids = made.ancres


def _typographed(item: AnchorLink) -> AnchorLink:
    done = AnchorLink(typographier_html(item.title), item.id, item.level)
    done.children = [_typographed(child) for child in item.children]
    return done
