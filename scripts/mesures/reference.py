"""The reference: the same pages, already written in Markdown, in a Material site as it comes."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml
from lxml import html
from lxml.html import HtmlElement
from mkdocs.utils.yaml import yaml_load

from mesures.vers_markdown import convertir

_CONTENUS = (
    "//article[contains(concat(' ', @class, ' '), ' feuille ')]//*[contains(concat(' ', @class, ' '), ' feuille__tete ')"
    " or contains(concat(' ', @class, ' '), ' feuille__texte ')]",
    "//*[contains(concat(' ', @class, ' '), ' accueil ')]",
    "//main",
)
"""Where the content of a page stands, the first that is found."""


def ecrire(site: Path, projet: Path, destination: Path) -> int:
    """Write into ``destination`` the reference of the built ``site`` of ``projet``. Return the number of pages.

    Links to an anchor lead to its page; anchors within a page and links to files that are not pages are left out.
    """
    pages = {p.relative_to(site).as_posix() for p in site.rglob("index.html") if p.is_file() and p.stat().st_size}
    for nom in sorted(pages):
        source = (destination / "docs" / nom).with_suffix(".md")
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(_markdown(site / nom, nom, pages), encoding="utf-8")
    (destination / "mkdocs.yml").write_text(_reglages(projet / "mkdocs.yml", pages), encoding="utf-8")
    return len(pages)


def _markdown(fichier: Path, nom: str, pages: set[str]) -> str:
    arbre = html.document_fromstring(fichier.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    return "\n".join(convertir(partie, lambda a: _lien(a, nom, pages)) for partie in _contenus(arbre))


def _contenus(arbre: HtmlElement) -> list[HtmlElement]:
    for chemin in _CONTENUS:
        found: list[HtmlElement] = arbre.xpath(chemin)
        if found:
            return found
    return []


def _lien(adresse: str, nom: str, pages: set[str]) -> str | None:
    """Relative link to the Markdown file of the page that ``adresse`` leads to; outside addresses stay."""
    parts = urlsplit(adresse)
    if parts.scheme or parts.netloc:
        return adresse
    if not parts.path:
        return None
    dossier = posixpath.dirname(nom)
    cible = posixpath.normpath(posixpath.join(dossier, unquote(parts.path), "index.html"))
    if cible not in pages:
        return None
    return posixpath.relpath(cible, dossier or ".").removesuffix(".html") + ".md"


def _reglages(mkdocs_yml: Path, pages: Iterable[str]) -> str:
    """Settings as a beginner writes them: stock theme and search in French, our navigation, fiches out of it."""
    with mkdocs_yml.open(encoding="utf-8") as flux:
        notres = yaml_load(flux)
    nav = _nav(notres["nav"])
    dehors = sorted({_hors_navigation(p) for p in pages} - {f"/{p}" for p in _feuilles(nav)})
    reglages = {
        "site_name": notres["site_name"],
        "site_url": "https://exemple.fr/",
        "theme": {"name": "material", "language": "fr"},
        "plugins": [{"search": {"lang": "fr"}}],
        "nav": nav,
        "not_in_nav": "\n".join(dehors) + "\n",
    }
    return yaml.safe_dump(reglages, allow_unicode=True, sort_keys=False)


def _hors_navigation(page: str) -> str:
    """One pattern a folder of pages, so that their number costs nothing."""
    parts = page.removesuffix(".html").split("/")
    return f"/{parts[0]}/*/index.md" if len(parts) > 2 else f"/{'/'.join(parts)}.md"


def _nav(entree: Any) -> Any:
    if isinstance(entree, list):
        return [_nav(e) for e in entree]
    if isinstance(entree, dict):
        return {titre: _nav(e) for titre, e in entree.items()}
    nom = str(entree)
    return nom if urlsplit(nom).scheme or nom.endswith("index.md") else f"{nom.removesuffix('.md')}/index.md"


def _feuilles(nav: Any) -> Iterable[str]:
    if isinstance(nav, str):
        yield nav
    for entree in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from _feuilles(entree)
