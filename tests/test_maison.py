"""One straight line: a module knows only those above it, and so does each room of ``macros/``."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import RACINE

MACROS = RACINE / "macros"


def _modules() -> dict[str, Path]:
    """Name of each module -> its file."""
    noms = {".".join(p.relative_to(RACINE).with_suffix("").parts): p for p in MACROS.rglob("*.py")}
    return {nom.removesuffix(".__init__"): place for nom, place in noms.items()}


def _imports(place: Path, connus: dict[str, Path]) -> set[str]:
    trouves = set()
    for noeud in ast.walk(ast.parse(place.read_text(encoding="utf-8"))):
        if isinstance(noeud, ast.ImportFrom) and (noeud.module or "").split(".")[0] == "macros":
            dedans = {f"{noeud.module}.{alias.name}" for alias in noeud.names}
            trouves |= {nom if nom in connus else str(noeud.module) for nom in dedans}
    return trouves


@pytest.fixture(scope="module")
def graphe() -> dict[str, set[str]]:
    connus = _modules()
    return {nom: _imports(place, connus) - {nom} for nom, place in connus.items()}


def test_aucun_module_ne_tourne_en_rond(graphe: dict[str, set[str]]) -> None:
    ordre = list(TopologicalSorter(graphe).static_order())  # raises CycleError, which names the circle
    assert ordre.index("macros.lecture") < ordre.index("macros.chargement") < ordre.index("macros.hooks")


def test_aucune_piece_ne_tourne_en_rond(graphe: dict[str, set[str]]) -> None:
    pieces: dict[str, set[str]] = {}
    for nom, vus in graphe.items():
        ici = ".".join(nom.split(".")[:2])
        pieces.setdefault(ici, set()).update({".".join(vu.split(".")[:2]) for vu in vus} - {ici})
    ordre = list(TopologicalSorter(pieces).static_order())
    assert ordre.index("macros.modeles") < ordre.index("macros.pages") < ordre.index("macros.hooks")
