"""The small hostile project, made once a process; and the site built from it, once a run."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import une_fois
from tests.hostiles.chantier import Chantier, batir
from tests.hostiles.monde import Monde


@pytest.fixture(scope="session")
def monde(tmp_path_factory: pytest.TempPathFactory) -> Monde:
    """The project, with plain fiches only."""
    return Monde(tmp_path_factory.mktemp("monde") / "projet")


@pytest.fixture(scope="session")
def site_hostile(tmp_path_factory: pytest.TempPathFactory) -> Chantier:
    """The site of a project full of hostile fiches that the validator accepts: a sample of them."""
    return _une_fois(tmp_path_factory, entier=False)


@pytest.fixture(scope="session")
def site_hostile_entier(tmp_path_factory: pytest.TempPathFactory) -> Chantier:
    """The same with every text in every field."""
    return _une_fois(tmp_path_factory, entier=True)


def _une_fois(tmp_path_factory: pytest.TempPathFactory, *, entier: bool) -> Chantier:
    if deja := os.environ.get("SITE_HOSTILE"):
        return Chantier.relire(Path(deja))
    nom = "hostile-entier" if entier else "hostile"
    return Chantier.relire(une_fois(tmp_path_factory, nom, partial(batir, entier=entier)))
