"""MkDocs glue: each of its events, passed on to the command that is running. Knows MkDocs; nothing above it does."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

RACINE = Path(__file__).resolve().parent.parent
if str(RACINE) not in sys.path:
    sys.path.insert(0, str(RACINE))

from macros.moteur.apercu.commande import Apercu  # noqa: E402
from macros.moteur.commande import Commande  # noqa: E402
from macros.moteur.construction import Construction  # noqa: E402

_commande: Commande


def on_startup(*, command: str, **_: Any) -> None:
    """Choose how things are done: a preview goes on whatever is wrong, a build stops."""
    global _commande  # noqa: PLW0603 - MkDocs gives the command once, before any other event
    _commande = Apercu.courant() if command == "serve" else Construction()


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the fiches, and what pages are made from."""
    return _commande.configurer(config)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages, the open data, the documents."""
    return _commande.fichiers(files, config)


def on_nav(nav: Navigation, **_: Any) -> Navigation:
    """Read the headings."""
    return _commande.naviguer(nav)


def on_env(env: Environment, *, config: MkDocsConfig, **_: Any) -> Environment:
    """Keep compiled templates."""
    return _commande.gabarits(env, config)


def on_page_content(html: str, *, page: Page, **_: Any) -> str:
    """Describe generated pages; set the typography of the others."""
    return _commande.contenu(html, page)


def on_page_context(context: dict[str, Any], *, page: Page, **_: Any) -> dict[str, Any]:
    """Put the HTML of macros in place."""
    return _commande.contexte(context, page)


def on_template_context(context: dict[str, Any], **_: Any) -> dict[str, Any]:
    """The same for what is not a page: 404.html."""
    return _commande.contexte(context, None)


def on_post_page(output: str, *, page: Page, **_: Any) -> str:
    """Finish a page."""
    return _commande.finir(output, page)


def on_post_template(output_content: str, *, template_name: str, **_: Any) -> str:
    """Finish what is not a page, 404.html."""
    return _commande.finir(output_content, None) if template_name.endswith(".html") else output_content


def on_post_build(*, config: MkDocsConfig, **_: Any) -> None:
    """Put in the site what comes after the pages."""
    _commande.livrer(config)


def on_build_error(**_: Any) -> None:
    """Leave nothing behind a build that failed."""
    _commande.abandonner()
