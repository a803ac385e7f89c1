"""The headings of the site’s menu, and which one a page belongs to. Knows the navigation as MkDocs builds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Entree:
    """What a page sees of a heading: its first page, whether the page is under it, whether it is that page."""

    titre: str
    url: str
    active: bool
    ici: bool


class Rubriques:
    """The headings of one navigation, read once for all pages."""

    def __init__(self, items: Iterable[Any]) -> None:
        self._lues = [
            (str(item.title), pages[0].url, {str(item.title), *(page.url for page in pages)})
            for item in items
            if not (item.is_page and item.is_homepage) and (pages := list(_pages(item)))
        ]

    def vues_de(self, url: str | None, rubrique: str | None) -> list[Entree]:
        """Return the headings for the page at ``url``; a fiche, which is out of the navigation, names its own."""
        return [
            Entree(titre, premiere, url in noms or rubrique in noms, url == premiere)
            for titre, premiere, noms in self._lues
        ]


def _pages(item: Any) -> Iterator[Any]:
    if item.is_section:
        for enfant in item.children:
            yield from _pages(enfant)
    elif item.is_page:
        yield item
