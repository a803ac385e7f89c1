"""Projects of the Fonds vert of 2023, one file a département, light enough to be asked for on a phone."""

from __future__ import annotations

import csv
import json

import pytest

from macros.lecture.lieux.projets import fichiers
from macros.lecture.lieux.referentiels import Referentiels
from macros.pages.outils.ma_commune import SORTES_DE_PROJET
from tests.conftest import RACINE

REFERENTIELS = RACINE / "fiches" / "referentiels"
MAXIMUM = 30_000


@pytest.fixture(scope="module")
def publies() -> dict[str, dict[str, list[list[object]]]]:
    textes = dict(fichiers(Referentiels(REFERENTIELS)))
    assert max(len(texte.encode()) for texte in textes.values()) <= MAXIMUM
    return {adresse.rsplit("/", 1)[1]: json.loads(texte) for adresse, texte in textes.items()}


def test_every_project_stands_in_a_place_of_today(publies: dict[str, dict[str, list[list[object]]]]) -> None:
    assert len(publies) == 101
    for lu in publies.values():
        assert {projet[0] for projet in lu["projets"]} == set(lu["lieux"])
        assert set(lu["sortes"]) <= set(SORTES_DE_PROJET)


def test_few_projects_are_lost(publies: dict[str, dict[str, list[list[object]]]]) -> None:
    with (REFERENTIELS / "fonds_vert_2023.csv").open(encoding="utf-8", newline="") as flux:
        lignes = list(csv.DictReader(flux))
    gardes = {(projet[4], str(projet[2])[:40]) for lu in publies.values() for projet in lu["projets"]}
    assert len(gardes) > 0.9 * len(lignes)
