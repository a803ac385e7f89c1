"""The files given to MkDocs beside those of ``docs/``: pages to render, data, documents, assembled assets."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from macros.moteur.page_produite import PageProduite
from macros.pages.plans import Plan
from macros.sorties.assemblage import SCRIPTS, STYLES, Assemblage, assembler
from macros.sorties.genres import produits


def page(config: MkDocsConfig, uri: str, plan: Plan) -> File:
    """A generated page, which MkDocs renders through its macro."""
    fichier = texte(config, uri, plan.appel)
    PageProduite(plan, fichier, config)
    return fichier


def texte(config: MkDocsConfig, uri: str, contenu: str) -> File:
    """A file with this text, out of ``nav``."""
    return File.generated(config, uri, content=contenu, inclusion=InclusionLevel.NOT_IN_NAV)


def donnee(config: MkDocsConfig, uri: str) -> File:
    """A file published as it is, already in the site: a Markdown one too, a page for MkDocs if it knew its name."""
    nom = f"{uri}.txt" if uri.endswith(".md") else uri
    # Its source is its own place: MkDocs then knows of it, for the links of hand-written pages, and copies nothing.
    place = str(Path(config.site_dir) / uri)
    fichier = File.generated(config, nom, abs_src_path=place, inclusion=InclusionLevel.NOT_IN_NAV)
    fichier.dest_uri = uri
    return fichier


def ecrire_donnee(config: MkDocsConfig, uri: str, contenu: str) -> File:
    """Write a data file at once: waiting for MkDocs, all of them would be held in memory while the pages are
    rendered."""
    place = Path(config.site_dir) / uri
    try:
        place.write_bytes(contenu.encode())
    except FileNotFoundError:  # the first of its folder; asking before each would take as long as writing
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(contenu.encode())
    return donnee(config, uri)


def piece(config: MkDocsConfig, uri: str, place: Path) -> File:
    """A copy of a file kept elsewhere."""
    return File.generated(config, uri, abs_src_path=str(place), inclusion=InclusionLevel.NOT_IN_NAV)


def demander_assemblage(config: MkDocsConfig) -> Assemblage:
    """Assemble the sheets and the scripts, and have the pages ask for them."""
    docs = Path(config.docs_dir)
    icone = next(place for place in (Path(d) / config.theme["favicon"] for d in config.theme.dirs) if place.is_file())
    scripts = [s for s in config.extra_javascript if not isinstance(s, str)]  # what says « type: module »
    assemblage = assembler(docs, config.extra_css, [s.path for s in scripts], [icone], produits())
    config.extra_css = [assemblage.feuille]
    for script in scripts:
        script.path = assemblage.adresse(script.path)
    config.theme["favicon"] = f"{assemblage.dossier}/{icone.name}"
    config.extra["prechargements"] = assemblage.modules
    return assemblage


def remplacer_sources(files: Files, config: MkDocsConfig, assemblage: Assemblage | None) -> None:
    """Publish what pages ask for: the assembled files rather than their sources, and nothing of Material's own."""
    nom = config.theme.name or ""
    sources = (STYLES, SCRIPTS, "assets/images/favicon.") if assemblage else ()
    for file in list(files):
        if file.src_uri.startswith(sources) or f"/{nom}/templates/" in Path(file.abs_src_path or "").as_posix():
            files.remove(file)
    for uri, contenu in (assemblage.fichiers if assemblage else produits()).items():
        files.append(texte(config, uri, contenu))
