"""What MkDocs makes before any page, then one page at a time. The only place that uses what MkDocs keeps to itself."""

from __future__ import annotations

from pathlib import Path

from mkdocs.commands.build import _build_page, _build_theme_template, _populate_page
from mkdocs.config import load_config
from mkdocs.structure.files import File, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page


class Cadre:
    """Settings, files, navigation and templates, as a build has them once it begins to write. ``dossier``: where it
    writes."""

    def __init__(self, reglages: Path, dossier: Path, adresse: str) -> None:
        config = load_config(str(reglages), site_dir=str(dossier), site_url=adresse)
        config.plugins.on_startup(command="serve", dirty=False)
        self.config = config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        files, env = get_files(config), config.theme.get_env()
        files.add_files_from_theme(env, config)
        self.files = files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        self.nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
        for page in (
            self.nav.pages
        ):  # the theme writes the titles of others on each page: those of hand-written ones come from their text
            if page.file.generated_by is None:
                page.read_source(config)
                page.render(config, files)
        self.env = config.plugins.on_env(env, config=config, files=files)
        self.dossier = dossier
        self._pages = files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        self._par_adresse = {fichier.dest_uri: fichier for fichier in files}

    def fichier(self, dest_uri: str) -> File | None:
        """Return what stands behind an address of the site (« sites/x/index.html »)."""
        return self._par_adresse.get(dest_uri)

    def page(self, fichier: File) -> bytes:
        """Make a page. Raises whatever is wrong with it."""
        page = fichier.page or Page(None, fichier, self.config)
        _populate_page(page, self.config, self.files)
        _build_page(page, self.config, self._pages, self.nav, self.env)
        return Path(fichier.abs_dest_path).read_bytes()

    def gabarit(self, nom: str) -> bytes:
        """Make what lists pages without being one: 404.html, sitemap.xml."""
        _build_theme_template(nom, self.env, self.files, self.config, self.nav)
        return (self.dossier / nom).read_bytes()
