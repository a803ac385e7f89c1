"""The second process of a build gives the pages that the first would have made, or leaves them to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.catalogue.fige import Catalogue
from macros.ecriture.rendu import Depot
from macros.moteur.chantier import PART, Chantier
from macros.pages import plans as pages
from macros.pages.plans import Plan, plans
from tests.conftest import RACINE


@pytest.fixture
def chantier(catalogue: Catalogue) -> Iterator[tuple[Chantier, list[Plan]]]:
    planned = list(plans(catalogue))
    ouvert = Chantier(catalogue, RACINE / "docs", Depot(), planned)
    yield ouvert, planned
    ouvert.abandonner()


def test_the_same_pages_come_from_the_other_process(
    catalogue: Catalogue, chantier: tuple[Chantier, list[Plan]]
) -> None:
    ouvert, planned = chantier
    dernier = planned[-1]  # of the first lot that the process takes: it cannot be given back
    faite = ouvert.page(dernier.genre, dernier.cle)
    assert faite == pages.page(catalogue, dernier.genre, dernier.cle, Depot())


def test_a_page_is_made_there_or_given_back_once(chantier: tuple[Chantier, list[Plan]]) -> None:
    ouvert, planned = chantier
    faites = [ouvert.page(p.genre, p.cle) for p in planned]
    debut = round(len(planned) * (1 - PART))
    assert not any(faites[:debut]), "une page du début n’est jamais confiée"
    assert any(faites[debut:])
    for plan, faite in zip(planned, faites, strict=True):
        assert faite is None or faite.uri == plan.uri


def test_a_small_project_keeps_its_pages(catalogue: Catalogue) -> None:
    ouvert = Chantier(catalogue, Path("docs").resolve(), Depot(), list(plans(catalogue))[-20:])
    dernier = list(plans(catalogue))[-1]
    try:
        assert ouvert.page(dernier.genre, dernier.cle) is None
    finally:
        ouvert.abandonner()
