"""MkDocs glue: gives it the generated pages and puts their HTML in place. Knows MkDocs; nothing above it does."""

from __future__ import annotations

import gc
import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as PageMkDocs
from mkdocs.structure.toc import AnchorLink, TableOfContents

RACINE = Path(__file__).resolve().parent.parent
if str(RACINE) not in sys.path:
    sys.path.insert(0, str(RACINE))

from macros import rendu, sections  # noqa: E402
from macros.allegement import alleger  # noqa: E402
from macros.chantier import Chantier  # noqa: E402
from macros.documents.bureautique import EchecDePandoc  # noqa: E402
from macros.documents.fabrication import Lot, fabriquer  # noqa: E402
from macros.documents.fiches_vierges import fiches_vierges  # noqa: E402
from macros.documents.pdf import EchecDeTypst  # noqa: E402
from macros.documents.trames import documents  # noqa: E402
from macros.memoire import memoire, recharger  # noqa: E402
from macros.page_produite import PageProduite, compiler_une_fois  # noqa: E402
from macros.pages import Plan, plans  # noqa: E402
from macros.publication import donnees_publiees  # noqa: E402
from macros.recherche.arriere_plan import Rafraichissement  # noqa: E402
from macros.recherche.construction import EchecDePagefind  # noqa: E402
from macros.rendu import Depot  # noqa: E402
from macros.rubriques import Rubriques  # noqa: E402
from macros.typographie import typographier_html  # noqa: E402

_TOKEN = re.compile(r'<div data-jeton="(\d+)"></div>')
_command = "build"
_plans: dict[str, Plan] = {}
_rubriques = Rubriques(())
_documents = Lot((), 0)
_index = Rafraichissement()
_chantier: Chantier | None = None


def on_startup(*, command: str, **_: Any) -> None:
    """Remember whether we serve: then nothing may stop on a bad fiche. A build collects garbage more rarely."""
    global _command  # noqa: PLW0603 - MkDocs gives the command once, before any other hook
    _command = command
    if command != "serve":
        # A build makes a million objects and almost no cycle: looking for them each 700 objects takes 7 % of its time.
        gc.set_threshold(50_000, 20, 20)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the fiches and write the documents. A build stops on a bad catalogue; serving shows the messages instead."""
    global _documents  # noqa: PLW0603 - MkDocs calls the two ends of a build in the same process
    rendu.oublier_gabarits()
    state = recharger()
    state.crochets = True
    if state.problemes and _command != "serve":
        for probleme in state.problemes:
            print(probleme, file=sys.stderr)
        raise Abort(
            f"{len(state.problemes)} erreur(s) dans les fiches. Corrigez-les, puis relancez (make valider les redit)."
        )
    for probleme in state.problemes:
        print(f"À corriger · {probleme}", file=sys.stderr)
    _documents = _faire_documents(config)
    state.depot = replace(_depot(config), documents=_documents.par_kit())
    return config


def _faire_documents(config: MkDocsConfig) -> Lot:
    """Write the documents of the kits and the fiches to fill in, or find them as they were. Serving goes on without what fails."""
    reserve = Path(os.environ.get("ACCOMPAGNER_CACHE", RACINE / ".cache")) / "documents"
    site_url = (config.site_url or "").rstrip("/") + "/"
    catalogue = memoire().catalogue
    try:
        return fabriquer([*documents(catalogue, site_url), *fiches_vierges(catalogue, site_url)], reserve)
    except (EchecDePandoc, EchecDeTypst) as echec:
        if _command != "serve":
            raise Abort(f"Un document de kit n’a pas pu être écrit :\n{echec}") from None
        print(f"Documents à télécharger laissés de côté · {echec}", file=sys.stderr)
        return Lot((), 0)


def _depot(config: MkDocsConfig) -> Depot:
    """Where to edit: ``repo_url``, or the repository in which a forge's CI runs; nothing otherwise."""
    adresse = config.repo_url or ""
    if not adresse and os.environ.get("GITHUB_REPOSITORY"):
        adresse = f"{os.environ.get('GITHUB_SERVER_URL', 'https://github.com')}/{os.environ['GITHUB_REPOSITORY']}"
    adresse = adresse.rstrip("/")
    chemin = "-/edit/main" if "gitlab" in adresse else "edit/main"
    return Depot(adresse, f"{adresse}/{chemin}" if adresse else "")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages, out of ``nav``, and the open data; start rendering and indexing in a second process."""
    global _chantier  # noqa: PLW0603 - MkDocs calls the two ends of a build in the same process
    _plans.clear()
    for plan in plans(memoire().catalogue):
        uri = f"{plan.uri}index.md"
        if files.get_file_from_path(uri):
            raise Abort(f"docs/{uri} prend la place d’une page produite par {plan.source}. Renommez l’un des deux.")
        _plans[uri] = plan
        file = _generated(config, uri, plan.appel)
        PageProduite(plan, file, config)
        files.append(file)
    compiler_une_fois(config.plugins["macros"].env)  # type: ignore[attr-defined]
    if _command != "serve":
        gc.freeze()  # what is read stays to the end: neither process has to look through it, nor to copy it for that
        _chantier = Chantier(memoire().catalogue, Path(config.docs_dir), memoire().depot, list(_plans.values()))
        memoire().ailleurs = _chantier.page
    images = [image.name for image in (Path(config.docs_dir) / "assets/illustrations").glob("*.*")]
    for uri, texte in donnees_publiees(memoire().catalogue, images):
        files.append(_generated(config, uri, texte))
    for fichier, place in _documents.fichiers:
        uri = fichier.document.chemin(fichier.format)
        files.append(File.generated(config, uri, abs_src_path=str(place), inclusion=InclusionLevel.NOT_IN_NAV))
    return files


def _generated(config: MkDocsConfig, uri: str, content: str) -> File:
    return File.generated(config, uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV)


def on_page_content(html: str, *, page: PageMkDocs, **_: Any) -> str:
    """Put the HTML of generated pages and of block macros in place; set the typography of hand-written text."""
    state = memoire()
    plan = _plans.get(page.file.src_uri)
    if plan:
        _describe(page, state.pages.pop(plan.uri))
    else:
        html = typographier_html(html)
        page.toc = TableOfContents([_typographed(item) for item in page.toc.items])
    return _TOKEN.sub(lambda found: state.jetons.pop(found[1]), html)


def _describe(page: PageMkDocs, made: sections.Page) -> None:
    """Title, description, place in the site and contents list. Material escapes none of them: we do."""
    page.meta.update(
        title=str(escape(made.titre)),
        description=str(escape(made.description)),
        type=made.type,
        rubrique=made.rubrique,
        fil=[{"titre": titre, "uri": uri} for titre, uri in made.fil],
        source=made.source,
    )
    page.edit_url = memoire().depot.modifier(made.source) or None
    page.toc = TableOfContents(_anchors(made.sections))
    page.present_anchor_ids = made.ancres


def _typographed(item: AnchorLink) -> AnchorLink:
    done = AnchorLink(typographier_html(item.title), item.id, item.level)
    done.children = [_typographed(child) for child in item.children]
    return done


def _anchors(parts: tuple[sections.Section, ...]) -> list[AnchorLink]:
    return [AnchorLink(str(escape(s.titre)), s.id, s.niveau) for s in sections.sommaire(parts)]


def on_nav(nav: Navigation, **_: Any) -> Navigation:
    """Read the headings once: the theme shows them on every page."""
    global _rubriques  # noqa: PLW0603 - MkDocs gives the navigation once a build, before the pages
    _rubriques = Rubriques(nav.items)
    return nav


def on_env(env: Environment, **_: Any) -> Environment:
    """Keep the compiled templates of the theme from a build to the next, as ours are."""
    env.bytecode_cache = rendu.reserve_de_gabarits()
    return env


def on_page_context(context: dict[str, Any], *, page: PageMkDocs, **_: Any) -> dict[str, Any]:
    """Give the theme the headings, as this page sees them."""
    context["rubriques"] = _rubriques.vues_de(page.url, page.meta.get("rubrique"))
    return context


def on_post_page(output: str, *, page: PageMkDocs, **_: Any) -> str:
    """Let go of what the page held, once written. While serving, MkDocs may build it again."""
    if _command != "serve":
        page.content = None
    return output


def on_template_context(context: dict[str, Any], **_: Any) -> dict[str, Any]:
    """The same for what is not a page: 404.html."""
    context["rubriques"] = _rubriques.vues_de(None, None)
    return context


def on_post_build(*, config: MkDocsConfig, **_: Any) -> None:
    """Put the index in the site: complete in a build, later when serving, so that the reload does not wait."""
    if _chantier is None:
        _index.demander(memoire().catalogue, Path(config.docs_dir), Path(config.site_dir))
        return
    alleger(Path(config.site_dir) / "assets" / "js")
    try:
        _chantier.livrer(Path(config.site_dir))
    except EchecDePagefind as echec:
        raise Abort(str(echec)) from None


def on_build_error(**_: Any) -> None:
    """Leave no index behind a build that failed, so that its message comes alone."""
    if _chantier is not None:
        _chantier.abandonner()


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
    """Rebuild when a fiche or a template changes; MkDocs already watches the pages."""
    for dossier in (RACINE / "fiches", RACINE / "macros" / "gabarits", *map(Path, config.theme.dirs)):
        if dossier.is_relative_to(RACINE) and not dossier.is_relative_to(RACINE / ".venv"):
            server.watch(str(dossier))
    return server
