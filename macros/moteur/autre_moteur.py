"""The whole site as plain Markdown in a folder: for an engine that runs neither our hooks nor our macros (Zensical).

Generated pages are written from their sections, hand-written ones with their macros already expanded and their
typography set; data files stand beside. Nothing is left to the engine but Markdown, navigation and its theme.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined

from macros.ecriture.sections import en_markdown, un_bloc
from macros.ecriture.typographie import typographier
from macros.moteur.appels import MACROS
from macros.moteur.memoire import Memoire
from macros.moteur.publication import donnees_publiees
from macros.pages.plans import page, plans
from macros.pages.types_de_fiche import types_de_fiche
from macros.pages.vue import Vue
from macros.sorties.genres import produits

_INTACT = re.compile(
    r"(\A---\n.*?\n---\n|^```.*?^```|`[^`\n]*`|\]\([^)\n]*\)|<[^>\n]*>|\{\{.*?\}\}|\{:[^}\n]*\}|^\s*:::?.*?$)",
    re.DOTALL | re.MULTILINE,
)
"""What is no prose in a hand-written page: its head, code, addresses, tags, calls and attributes."""
_RENDU = re.compile(r"^render_macros:\s*true\s*$", re.MULTILINE)
_REGLAGES = ("site_name", "site_description", "site_url", "repo_url", "use_directory_urls", "nav", "extra_css", "extra")
"""Settings that mean the same to both engines."""


def ecrire(etat: Memoire, racine: Path, dossier: Path, base: str, documents: Mapping[str, Path]) -> int:
    """Write the project under ``dossier``: docs/ and mkdocs.yml. Return the number of pages.

    ``racine``: of this project. ``base``: address of the site, with its final slash. ``documents``: address of each
    file to download -> where it was written.
    """
    docs = dossier / "docs"
    shutil.copytree(racine / "docs", docs, ignore=shutil.ignore_patterns("*.md"))
    nombre = 0
    for uri, texte in pages(etat, racine / "docs", base):
        _write(docs / uri, texte)
        nombre += 1
    images = [p.name for p in (racine / "docs/assets/illustrations").glob("*.*")]
    for uri, texte in [*produits().items(), *donnees_publiees(etat.catalogue, images, base)]:
        # The engine would make a page of a Markdown file: it keeps the text under another name.
        _write(docs / (f"{uri}.txt" if uri.endswith(".md") else uri), texte)
    for uri, place in documents.items():
        (docs / uri).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(place, docs / uri)
    _write(dossier / "mkdocs.yml", reglages((racine / "mkdocs.yml").read_text(encoding="utf-8"), base))
    return nombre


def pages(etat: Memoire, docs: Path, base: str) -> Iterator[tuple[str, str]]:
    """Yield (file under docs/, Markdown) of every page, generated or written by hand."""
    for plan in plans(etat.catalogue):
        yield f"{plan.uri}index.md", en_markdown(page(etat.catalogue, plan.genre, plan.cle, etat.depot))
    for path in sorted(docs.rglob("*.md")):
        uri = path.relative_to(docs).as_posix()
        yield uri, a_la_main(etat, uri, path.read_text(encoding="utf-8"), base)


def a_la_main(etat: Memoire, uri: str, texte: str, base: str) -> str:
    """A hand-written page: typography set, macros expanded. Raises what a macro raises on a wrong call."""
    prose = "".join(p if rang % 2 else typographier(p) for rang, p in enumerate(_INTACT.split(texte)))
    tete, sep, corps = prose.partition("\n---\n")
    if not (sep and _RENDU.search(tete)):
        return prose
    vue = Vue(etat.catalogue, _adresse(uri), None, etat.depot)
    env = Environment(undefined=StrictUndefined, autoescape=False)
    env.globals.update(
        {nom: _macro(nom, vue) for nom in MACROS}, config={"site_url": base}, types_de_fiche=types_de_fiche()
    )
    return tete + sep + env.from_string(corps).render()


def _macro(nom: str, vue: Vue) -> Callable[..., str]:
    macro = MACROS[nom]

    def call(*args: Any, **kwargs: Any) -> str:
        if "vue" in kwargs:
            kwargs["vue_"] = kwargs.pop("vue")
        html = macro.fonction(vue, *args, **kwargs)
        return f"\n\n{un_bloc(html)}\n\n" if macro.bloc else html

    return call


def _adresse(uri: str) -> str:
    """Address of a page from its file: ``kits/index.md`` -> ``kits/``, ``trouver.md`` -> ``trouver/``."""
    chemin = PurePosixPath(uri)
    dossier = chemin.parent if chemin.stem == "index" else chemin.with_suffix("")
    return "" if dossier == PurePosixPath(".") else f"{dossier.as_posix()}/"


class _Lecteur(yaml.SafeLoader):
    """Reads ``!ENV [NOM, défaut]`` as its default: the engine has its own way to give an address."""


def _defaut(lecteur: _Lecteur, noeud: yaml.SequenceNode) -> Any:
    return lecteur.construct_sequence(noeud)[-1]


_Lecteur.add_constructor("!ENV", _defaut)


def reglages(mkdocs: str, base: str) -> str:
    """Return the mkdocs.yml of the other engine: ours without hooks, plugins, nor what only Material's theme reads."""
    lus = yaml.load(mkdocs, _Lecteur)
    gardes = {cle: lus[cle] for cle in _REGLAGES if cle in lus}
    theme = {cle: lus["theme"][cle] for cle in ("name", "language", "font", "favicon") if cle in lus["theme"]}
    gardes |= {"site_url": base, "theme": theme, "markdown_extensions": [*lus["markdown_extensions"], "toc"]}
    # It sees no anchor in a block of HTML, and would print each of our lines: links are checked on the built site.
    gardes["validation"] = False
    return yaml.safe_dump(gardes, allow_unicode=True, sort_keys=False)


def _write(path: Path, texte: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(texte, encoding="utf-8", newline="")
