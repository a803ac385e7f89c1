"""A generated page as MkDocs handles it: mkdocs-macros renders its call, and nothing else is read in it."""

from __future__ import annotations

from functools import cache
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from macros.pages.plans import Plan


class PageProduite(Page):
    """A page whose source is one macro call, which gives HTML: it has no front matter, nor Markdown to convert."""

    def __init__(self, plan: Plan, file: File, config: MkDocsConfig) -> None:
        self.plan = plan
        super().__init__(None, file, config)

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs’ signature
        """Take the call from the plan; its key is a variable of the page, so that one compiled template serves them
        all."""
        self.markdown = self.plan.appel
        self.meta = {"render_macros": True, "cle": self.plan.cle}

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs’ signature
        """Keep what the macro gave; the hooks put the contents list in place."""
        self.content = self.markdown
        self.toc = TableOfContents([])


def compiler_une_fois(env: Any) -> None:
    """Compile each distinct source once in the Jinja environment ``env`` of mkdocs-macros, which has no cache."""
    env.from_string = cache(env.from_string)
