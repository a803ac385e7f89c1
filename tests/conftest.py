"""What several tests share: the catalogue of the project, and the site built once from it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings

from macros.catalogue.chargement import charger
from macros.catalogue.fige import Catalogue
from macros.ecriture.sections import Page, en_html
from macros.pages.plans import page
from tests.comptes import compteurs
from tests.hostiles import bilan

RACINE = Path(__file__).resolve().parent.parent
ENTIERS = {"site", "augmente", "projet", "petit", "navigateur", "chantier"}
"""Fixtures that ask for a whole site, a copy of the project or a browser: « make vite » leaves their tests aside."""
DOSSIERS_ENTIERS = {"navigateur", "pannes", "hostiles"}
FICHIERS_ENTIERS = {
    *("autre_moteur", "chantier", "communes", "croissance", "documents_des_kits", "mesurer", "sbom", "serve"),
}
"""The same of a folder, and of ``test_….py``: documents, servers, builds, or seconds of computing."""
settings.register_profile("suite", derandomize=True)  # the same drawings each time; the long verification draws anew
settings.load_profile("default" if os.environ.get("VERIF_LONGUE") else "suite")
COPIES = ("macros", "fiches", "docs", "theme", "scripts", "mkdocs.yml")


@pytest.hookimpl(tryfirst=True)  # before the marks choose
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        ou = DOSSIERS_ENTIERS & set(item.path.parts) or item.path.stem.removeprefix("test_") in FICHIERS_ENTIERS
        if ou or ENTIERS & set(getattr(item, "fixturenames", ())):
            item.add_marker("entiere")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Gather what each process of the run has counted."""
    compteurs.update(getattr(node, "workeroutput", {}).get("compteurs", {}))


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["compteurs"] = dict(compteurs)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for ligne in bilan.lignes(compteurs):
        terminalreporter.write_line(ligne)
    if essayees := compteurs.pop("pannes essayées", 0):
        terminalreporter.write_line(f"Pannes surmontées : {compteurs.pop('pannes surmontées', 0)} sur {essayees}")
    for quoi, combien in sorted(compteurs.items()):
        if not quoi.startswith(bilan.PREFIXE):
            terminalreporter.write_line(f"Navigateur : {combien} {quoi}")


def cache() -> Path:
    """Where documents are kept: one place for the project and its copies, their keys tell them apart."""
    return Path(os.environ.setdefault("ACCOMPAGNER_CACHE", str(RACINE / ".cache")))


@pytest.fixture(scope="session", autouse=True)
def _cache() -> None:
    cache()


@pytest.fixture(scope="session")
def racine() -> Path:
    return RACINE


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    loaded, problemes = charger(RACINE)
    assert problemes == [], "\n".join(map(str, problemes))
    return loaded


@pytest.fixture(scope="session")
def pages_des_fiches(catalogue: Catalogue) -> dict[str, tuple[Page, str]]:
    """Each fiche, its page, and the HTML of it: made once for the tests that read them all."""
    faites = {id_: page(catalogue, "fiche", id_) for id_ in catalogue.fiches}
    return {id_: (faite, en_html(faite)) for id_, faite in faites.items()}


def copier(destination: Path) -> Path:
    """Copy what a build needs; the original stays untouched."""
    for nom in COPIES:
        source = RACINE / nom
        if source.is_dir():
            shutil.copytree(source, destination / nom, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, destination / nom)
    return destination


def lancer(*commande: object, cwd: Path = RACINE, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command of the project to its end; what it says is kept, as text."""
    dite = list(map(str, commande))
    return subprocess.run(dite, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False, **options)


@pytest.fixture
def projet(tmp_path: Path) -> Path:
    """A copy of the project, to break at will."""
    return copier(tmp_path / "projet")


def une_fois(usine: pytest.TempPathFactory, nom: str, batir: Callable[[Path], object]) -> Path:
    """A folder that ``batir`` fills once a run: the first process that asks for it builds, the others wait."""
    place = usine.getbasetemp()
    dossier = (place.parent if "PYTEST_XDIST_WORKER" in os.environ else place) / nom
    with FileLock(f"{dossier}.verrou"):
        if not (dossier / "fait").exists():
            dossier.mkdir()
            batir(dossier)
            (dossier / "fait").touch()
    return dossier


def batir(projet: Path, destination: Path) -> None:
    """Build the project at a place into another. Fail when it does not."""
    done = lancer(sys.executable, "scripts/site.py", destination, cwd=projet)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built strictly and checked; or, to iterate, the folder that SITE_CONSTRUIT names."""
    if deja := os.environ.get("SITE_CONSTRUIT"):
        return Path(deja)
    return une_fois(tmp_path_factory, "entier", lambda dossier: batir(RACINE, dossier / "site")) / "site"


@pytest.fixture(scope="session")
def augmente(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the project with a few more fiches and one more kind (augmente.py)."""
    from tests.augmente import augmenter

    return une_fois(tmp_path_factory, "augmente", augmenter) / "site"
