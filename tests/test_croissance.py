"""What a build computes grows with the number of fiches, and no faster. Function calls are counted, not seconds: the
same at each run, on any machine."""

from __future__ import annotations

import cProfile
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.catalogue.chargement import charger
from macros.moteur import appels, memoire
from macros.moteur.publication import donnees_publiees
from macros.pages import plans as pages
from macros.sorties.recherche.construction import documents_du_projet, fichiers
from tests.fabrique import petit_projet

TAILLES = (24, 48, 96)
"""Three sizes, each the double of the one before: what a fiche adds is compared, so that what is fixed does not hide
it."""
MARGE = 1.4
"""What a fiche may cost in the second doubling, against the first: 1 when all is linear, 2 when all is quadratic."""
LISTES = (
    "bibliographie",
    "liste_complete",
    "qualite",
    "fraicheur",
    "historiques",
    "nouveautes",
    "ma_commune",
    "carte_exemples",
)


def _compter(travail: Callable[[], object]) -> int:
    """Run ``travail``; return how many functions it called, Python’s and C’s."""
    profil = cProfile.Profile()
    profil.runcall(travail)
    return sum(appelee.callcount for appelee in profil.getstats())


def _etapes(projet: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Calls of each stage of the build of ``projet``."""
    catalogue, problemes = charger(projet)
    assert problemes == []
    monkeypatch.setattr(memoire, "_courante", memoire.Memoire(catalogue, []))
    plans = list(pages.plans(catalogue))

    def rendre() -> None:
        for plan in plans:
            pages.page(catalogue, plan.genre, plan.cle)

    def lister() -> None:
        for nom in LISTES:
            appels.appeler(nom, "liste/")

    def indexer() -> None:
        fichiers(documents_du_projet(catalogue, projet / "docs"), catalogue.mots_courants)

    travaux: dict[str, Callable[[], object]] = {
        "lecture": lambda: charger(projet),
        "pages": rendre,
        "listes": lister,
        "données": lambda: list(donnees_publiees(catalogue, [], lieux=lambda _: {})),
        "recherche": indexer,
    }
    # Templates are compiled, places are read, the words of the project are folded: once, whatever the number.
    for nom in ("pages", "listes", "données", "recherche"):
        travaux[nom]()
    return {nom: _compter(travail) for nom, travail in travaux.items()}


def test_rien_ne_grandit_plus_vite_que_les_fiches(tmp_path, monkeypatch):
    mesures = []
    for n in TAILLES:
        mesures.append(_etapes(petit_projet(tmp_path / str(n), n), monkeypatch))
    petit, moyen, grand = mesures
    rapports = {etape: (grand[etape] - moyen[etape]) / (moyen[etape] - petit[etape]) / 2 for etape in petit}
    assert {etape: rapport for etape, rapport in rapports.items() if rapport > MARGE} == {}
