"""MkDocs glue: gives it the generated pages and puts their HTML in place. Knows MkDocs; nothing above it does."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as PageMkDocs
from mkdocs.structure.toc import AnchorLink, TableOfContents

RACINE = Path(__file__).resolve().parent.parent
if str(RACINE) not in sys.path:
    sys.path.insert(0, str(RACINE))

from macros.catalogue.fige import Catalogue  # noqa: E402
from macros.contribution.fiches_vierges import fiches_vierges  # noqa: E402
from macros.ecriture import rendu, sections  # noqa: E402
from macros.ecriture.rendu import Depot  # noqa: E402
from macros.ecriture.tableaux import nommer_tableaux  # noqa: E402
from macros.ecriture.typographie import typographier_html  # noqa: E402
from macros.lecture.lieux.communes_gardees import pieces_gardees  # noqa: E402
from macros.lecture.pannes import dire_erreur_systeme  # noqa: E402
from macros.moteur import fichiers  # noqa: E402
from macros.moteur.chantier import Chantier  # noqa: E402
from macros.moteur.devoirs.contact_securite import URIS, security_txt  # noqa: E402
from macros.moteur.devoirs.securite import poser  # noqa: E402
from macros.moteur.memoire import editeur, memoire, recharger, retenir_editeur, source  # noqa: E402
from macros.moteur.page_produite import compiler_une_fois  # noqa: E402
from macros.moteur.publication import adresse_publique, decrire, donnees_publiees  # noqa: E402
from macros.moteur.rubriques import Rubriques  # noqa: E402
from macros.moteur.service.rechargement import Rechargement  # noqa: E402
from macros.moteur.service.site import Site  # noqa: E402
from macros.moteur.service.site_servi import Atelier  # noqa: E402
from macros.pages.plans import Plan, plans  # noqa: E402
from macros.sorties.assemblage import Assemblage  # noqa: E402
from macros.sorties.documents.bureautique import EchecDePandoc  # noqa: E402
from macros.sorties.documents.fabrication import Lot, fabriquer  # noqa: E402
from macros.sorties.documents.pdf import EchecDeTypst  # noqa: E402
from macros.sorties.documents.trames import documents  # noqa: E402
from macros.sorties.horsligne import publication as hors_ligne  # noqa: E402
from macros.sorties.recherche.arriere_plan import Rafraichissement  # noqa: E402
from macros.sorties.recherche.construction import EchecDePagefind  # noqa: E402

_command = "build"
_plans: dict[str, Plan] = {}
_rubriques = Rubriques(())
_documents = Lot((), 0)
_donnees: dict[str, str] = {}
_index = Rafraichissement()
_service: Rechargement | None = None
_nav: Navigation | None = None
_site: Site | None = None
_chantier: Chantier | None = None
_assemblage: Assemblage | None = None


def on_startup(*, command: str, **_: Any) -> None:
    """Remember whether we serve: then nothing may stop on a bad fiche. A build collects garbage more rarely."""
    global _command, _service  # noqa: PLW0603 - MkDocs gives the command once, before any other hook
    _command = command
    _service = Rechargement() if command == "serve" else None
    if command != "serve":
        # A build makes a million objects and almost no cycle: looking for them each 700 objects takes 7 % of its time.
        gc.set_threshold(50_000, 20, 20)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the fiches and write the documents. A build stops on a bad catalogue; serving shows the messages instead."""
    global _documents, _assemblage  # noqa: PLW0603 - MkDocs calls the two ends of a build in the same process
    rendu.oublier_gabarits()
    if _command == "serve":
        config.extra["lecture_hors_ligne"] = False  # a copy would hide the changes that the preview is for
    state = _service.commencer() if _service else recharger()
    state.crochets = True
    if state.problemes and not _service:
        for probleme in state.problemes:
            print(probleme, file=sys.stderr)
        raise Abort(
            f"{len(state.problemes)} erreur(s) dans les fiches. Corrigez-les, puis relancez (make valider les redit)."
        )
    _retenir_editeur(config)
    _documents = _faire_documents(config, state.catalogue)
    depot = replace(_depot(config), documents=_documents.par_kit(), site=adresse_publique(_base(config)))
    state.depot = _service.suivre_documents(depot) if _service else depot
    # Serving leaves sheets and scripts as they are: a change is one reload away.
    _assemblage = None if _service else fichiers.demander_assemblage(config)
    return config


def _retenir_editeur(config: MkDocsConfig) -> None:
    """Read the fields of the publisher. A build stops on one filled in wrongly; serving says so and goes on."""
    fautes = retenir_editeur(config.extra.get("editeur"))
    if fautes and _command != "serve":
        raise Abort("\n".join([*fautes, "Corrigez mkdocs.yml, puis relancez."]))
    for faute in fautes:
        print(f"À corriger · {faute}", file=sys.stderr)


def _faire_documents(config: MkDocsConfig, catalogue: Catalogue) -> Lot:
    """Write the documents of the kits and the fiches to fill in, or find them as they were. Serving goes on without what fails."""
    reserve = _reserve() / "documents"
    site_url = _base(config)
    try:
        return fabriquer([*documents(catalogue, site_url), *fiches_vierges(catalogue, site_url)], reserve)
    except OSError as erreur:
        if _command != "serve":
            raise Abort(f"Les documents des kits ne peuvent pas être gardés. {dire_erreur_systeme(erreur)}") from None
        print(f"Documents à télécharger laissés de côté · {dire_erreur_systeme(erreur)}", file=sys.stderr)
        return Lot((), 0)
    except (EchecDePandoc, EchecDeTypst) as echec:
        if _command != "serve":
            raise Abort(f"Un document de kit n’a pas pu être écrit :\n{echec}") from None
        print(f"Documents à télécharger laissés de côté · {echec}", file=sys.stderr)
        return Lot((), 0)


def _base(config: MkDocsConfig) -> str:
    """Address of the site, with its final slash."""
    return (config.site_url or "").rstrip("/") + "/"


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
        files.append(fichiers.page(config, uri, plan))
    compiler_une_fois(config.plugins["macros"].env)  # type: ignore[attr-defined]
    if _command != "serve":
        gc.freeze()  # what is read stays to the end: neither process has to look through it, nor to copy it for that
        _chantier = Chantier(memoire().catalogue, Path(config.docs_dir), memoire().depot, list(_plans.values()))
        memoire().ailleurs = _chantier.page
    _donnees.clear()
    for uri, texte in _publiees(config, memoire().catalogue):
        if _service:
            _donnees[uri] = texte
        files.append(fichiers.ecrire_donnee(config, uri, texte))
    fichiers.remplacer_sources(files, config, _assemblage)
    if contact := security_txt(editeur(), config.site_url or ""):
        for uri in URIS:
            files.append(fichiers.texte(config, uri, contact))
    for fichier, place in _documents.fichiers:
        files.append(fichiers.piece(config, fichier.document.chemin(fichier.format), place))
    return files


def _publiees(config: MkDocsConfig, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    images = [image.name for image in (Path(config.docs_dir) / "assets/illustrations").glob("*.*")]
    lieux = partial(pieces_gardees, reserve=_reserve())
    return donnees_publiees(catalogue, images, _base(config), lieux)


def _reserve() -> Path:
    """Folder of what is kept from a build to the next."""
    return Path(os.environ.get("ACCOMPAGNER_CACHE", RACINE / ".cache"))


def on_pre_page(page: PageMkDocs, **_: Any) -> PageMkDocs:
    """While serving, note what this page reads."""
    if _service:
        _service.page(page.file.src_uri, debut=True)
    return page


def on_page_content(html: str, *, page: PageMkDocs, **_: Any) -> str:
    """Describe generated pages; set the typography of hand-written text. The HTML of macros is still to come."""
    state = memoire()
    plan = _plans.get(page.file.src_uri)
    if plan:
        _describe(page, state.pages.pop(plan.uri))
    else:
        page.meta["donnees_liees"] = decrire(state.catalogue, state.depot.site, page.url)
        html = nommer_tableaux(typographier_html(html))
        page.toc = TableOfContents([_typographed(item) for item in page.toc.items])
    return html


def _describe(page: PageMkDocs, made: sections.Page) -> None:
    """Title, description, place in the site and contents list. Material escapes none of them: we do."""
    page.meta.update(
        title=str(escape(made.titre)),
        description=str(escape(made.description)),
        type=made.type,
        rubrique=made.rubrique,
        fil=[{"titre": titre, "uri": uri} for titre, uri in made.fil],
        source=made.source,
        donnees_liees=made.donnees_liees,
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
    global _rubriques, _nav
    _rubriques, _nav = Rubriques(nav.items), nav
    return nav


def on_env(env: Environment, *, config: MkDocsConfig, files: Files, **_: Any) -> Environment:
    """Keep the compiled templates of the theme from a build to the next, as ours are; and what making one page again asks for."""
    global _site  # noqa: PLW0603 - MkDocs gives it once a build, and no more at its end
    env.bytecode_cache = rendu.reserve_de_gabarits()
    if _service and _nav is not None:
        _service.fin_de_page()
        _site = Site(config, files, _nav, env)
    return env


def on_page_context(context: dict[str, Any], *, page: PageMkDocs, **_: Any) -> dict[str, Any]:
    """Put the HTML of macros in place, and give the theme the headings, as this page sees them."""
    if _service:
        _service.page(page.file.src_uri)
    page.content = memoire().reprendre(page.content or "")
    context["rubriques"] = _rubriques.vues_de(page.url, page.meta.get("rubrique"))
    context["site_public"] = memoire().depot.site
    return context


def on_template_context(context: dict[str, Any], **_: Any) -> dict[str, Any]:
    """The same for what is not a page: 404.html."""
    context["rubriques"] = _rubriques.vues_de(None, None)
    return context


def on_post_page(output: str, *, page: PageMkDocs, **_: Any) -> str:
    """Let go of what the page held, and give it its policy, once nothing more enters it.

    While serving, MkDocs may build the page again, and adds a script of its own to each answer: no policy then.
    """
    if _command == "serve":
        return output
    page.content = None
    return poser(output)


def on_post_template(output_content: str, *, template_name: str, **_: Any) -> str:
    """Give what is not a page, 404.html, its policy too."""
    return poser(output_content) if _command != "serve" and template_name.endswith(".html") else output_content


def on_post_build(*, config: MkDocsConfig, **_: Any) -> None:
    """Put the index in the site: complete in a build, later when serving, so that the reload does not wait."""
    if _service and _site is not None:
        _service.construit(_atelier(config), _site, dict(_donnees), _documents)
    if _chantier is None:
        return
    try:
        _chantier.livrer(Path(config.site_dir))
    except EchecDePagefind as echec:
        raise Abort(str(echec)) from None
    # Last: it tells what every other file holds.
    (hors_ligne.publier if config.extra.get("lecture_hors_ligne") else hors_ligne.retirer)(Path(config.site_dir))


def on_build_error(**_: Any) -> None:
    """Leave no index behind a build that failed, so that its message comes alone."""
    if _chantier is not None:
        _chantier.abandonner()


def _atelier(config: MkDocsConfig) -> Atelier:
    """Lend the service what makes pages, data and documents, with the settings of this build."""
    docs, site = Path(config.docs_dir), Path(config.site_dir)
    return Atelier(
        plans=_plans,
        page=partial(fichiers.page, config),
        donnee=partial(fichiers.donnee, config),
        piece=partial(fichiers.piece, config),
        donnees=partial(_publiees, config),
        documents=partial(_faire_documents, config),
        indexer=partial(_index.demander, source(), docs, site),
    )


def on_serve(server: LiveReloadServer, *, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
    """Rebuild when a fiche, a template or a référentiel changes; MkDocs already watches the pages."""
    gabarits, referentiels = RACINE / "macros" / "gabarits", source() / "fiches" / "referentiels"
    dossiers = [gabarits, referentiels, *(d for d in map(Path, config.theme.dirs) if _ours(d))]
    for dossier in dossiers:
        server.watch(str(dossier))
    if _service:
        _service.brancher(server, [Path(config.docs_dir), Path(config.config_file_path), *dossiers])
    return server


def _ours(dossier: Path) -> bool:
    return dossier.is_relative_to(RACINE) and not dossier.is_relative_to(RACINE / ".venv")
