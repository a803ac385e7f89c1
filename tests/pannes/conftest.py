"""A small project, built once, that faults are tried on; and the count of the faults survived."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import compteurs
from tests.fabrique import petit_projet
from tests.pannes.atelier import Chantier


@pytest.fixture(scope="session")
def chantier(tmp_path_factory: pytest.TempPathFactory) -> Chantier:
    """Twelve made-up fiches, with a store of documents of their own, and the site that they give."""
    dossier = tmp_path_factory.mktemp("pannes")
    projet = petit_projet(dossier / "projet", 12)
    _donner_un_document(projet)
    fait = Chantier(projet, dossier)
    done = fait.construire(fait.modele)
    assert done.returncode == 0, done.stdout + done.stderr
    return fait


def _donner_un_document(projet: Path) -> None:
    """Let the kit offer an attendance sheet, so that a build writes a PDF too: typst loads only when there is one to
    write."""
    kit = next((projet / "fiches/kits").glob("*.yml"))
    fiche = kit.read_text(encoding="utf-8")
    if "\ndocuments:" not in fiche:
        kit.write_text(f"{fiche.rstrip()}\ndocuments:\n  - emargement\n", encoding="utf-8")


@pytest.fixture
def surmontee() -> Callable[[], None]:
    """To call once a fault is survived; the run tells how many were tried."""
    compteurs["pannes essayées"] += 1

    def compter() -> None:
        compteurs["pannes surmontées"] += 1

    return compter


RACINE_DU_SYSTEME = hasattr(os, "geteuid") and os.geteuid() == 0
