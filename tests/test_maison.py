"""One straight line: a module knows only those above it, and so does each room of ``macros/``."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from scripts import faire, fautes
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
    assert (
        ordre.index("macros.lecture.brute") < ordre.index("macros.catalogue.chargement") < ordre.index("macros.hooks")
    )


PIECES = ["modeles", "lecture", "regles", "ecriture", "catalogue", "pages", "sorties", "contribution", "moteur"]
"""The rooms along the line: each knows those before it."""


def test_une_piece_ne_connait_que_celles_d_avant(graphe: dict[str, set[str]]) -> None:
    retours = {
        f"{nom} connaît {vu}"
        for nom, vus in graphe.items()
        for vu in vus
        if (ici := nom.split(".")[1:2]) and ici != ["hooks"] and _rang(ici[0]) < _rang(vu.split(".")[1])
    }
    assert not retours


def _rang(piece: str) -> int:
    return PIECES.index(piece)


def test_une_douzaine_d_entrees() -> None:
    entrees = {p.name for p in MACROS.iterdir() if p.name != "__pycache__"}
    assert entrees == {*PIECES, "gabarits", "hooks.py", "__init__.py"}
    assert all((MACROS / piece / "__init__.py").read_text(encoding="utf-8").startswith('"""') for piece in PIECES)


def test_chaque_faute_de_la_liste_peut_se_poser() -> None:
    """Its text stands once in its file, and the tests that it names are there: else it proves nothing any more."""
    toutes = fautes.lire(())
    assert fautes.impossibles(toutes) == []
    for fichier, _, nom in (essai.partition("::") for faute in toutes for essai in faute.tests):
        assert f"def {nom}" in (RACINE / fichier).read_text(encoding="utf-8"), (fichier, nom)


def test_aucun_script_du_navigateur_ne_passe_cent_vingt_colonnes() -> None:
    """As ruff says of Python; oxfmt does not cut a text nor a comment."""
    scripts = [p for dossier in faire.SCRIPTS for p in (RACINE / dossier).rglob("*.js")]
    lignes = [(p, n, ligne) for p in scripts for n, ligne in enumerate(p.read_text("utf-8").splitlines(), 1)]
    assert [f"{p.relative_to(RACINE)}:{n}" for p, n, ligne in lignes if len(ligne) > 120] == []
