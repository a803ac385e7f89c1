"""A seventh kind of fiche is found by the search (the rest of it: ``tests/test_septieme_type.py``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import servir


@pytest.fixture
def augmente_servi(augmente: Path) -> Iterator[str]:
    yield from servir(augmente, "/")


def test_la_recherche_la_trouve(ouvrir: Callable[..., Page], augmente_servi: str) -> None:
    page = ouvrir(f"{augmente_servi}trouver/?q=guinguette&type=evenement")
    expect(page.locator("[data-resultats] a[href$='evenements/fete-du-projet/']")).to_be_visible()
