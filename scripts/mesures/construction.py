"""The measure itself: make the fiches, write the reference, run both in pairs."""

from __future__ import annotations

import compileall
import json
import shutil
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path

from macros.catalogue.chargement import charger
from macros.catalogue.fige import Catalogue
from macros.ecriture import sections
from macros.pages import plans as pages
from mesures import fabrique, reference
from mesures.chrono import EchecDeMesure, Passage, Taille, chronometrer, peser

_LAISSES = {"site", "tests", "mesures", "node_modules", "__pycache__"}
"""What a copy of the project leaves behind at its root, beside hidden files."""


@dataclass(frozen=True)
class Paire:
    """Ours, the reference, and ours without the link check, one after the other."""

    nous: Passage
    reference: Passage
    sans_controle: Passage


@dataclass(frozen=True)
class Base:
    """A set of fiches: how many; median size of a fiche's page before the theme (bytes) and of its fields (number)."""

    fiches: int
    octets: float
    champs: float


@dataclass(frozen=True)
class Mesure:
    """Everything measured for ``n`` fiches. ``premiere``: ours, with nothing kept yet (documents to write, templates
    to compile). ``etapes``: processor seconds of each stage of ours, in a run apart."""

    n: int
    graine: int
    premiere: Passage
    paires: tuple[Paire, ...]
    nous: Taille
    reference: Taille
    etapes: dict[str, float]
    fabriquee: Base
    reelle: Base


def mesurer(racine: Path, travail: Path, n: int, paires: int, graine: int = 1) -> Mesure:
    """Measure in the folder ``travail``, empty. Raises EchecDeMesure when something does not build."""
    travail = travail.resolve()
    projet, modele = travail / "projet", travail / "reference"
    copier(racine, projet)
    fabrique.fabriquer(projet, n, graine)
    fabriquee, reelle = base(projet), base(racine)
    compileall.compile_dir(projet, quiet=2)  # as after any first run
    premiere = _nous(projet, travail)
    reference.ecrire(projet / "site", projet, modele)
    faites = tuple(_paire(projet, modele, travail, rang) for rang in range(paires))
    tailles = peser(projet / "site"), peser(modele / "site")
    return Mesure(n, graine, premiere, faites, *tailles, _etapes(projet, travail), fabriquee, reelle)


def copier(racine: Path, projet: Path) -> None:
    """Copy the project, without what it builds nor what is not needed to build."""
    projet.mkdir(parents=True)
    for source in racine.iterdir():
        if source.name in _LAISSES or source.name.startswith("."):
            continue
        if source.is_dir():
            shutil.copytree(source, projet / source.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, projet / source.name)


def base(racine: Path) -> Base:
    """Read a set of fiches and weigh it. Raises EchecDeMesure when a fiche has a mistake."""
    catalogue, problemes = charger(racine)
    if problemes:
        raise EchecDeMesure("Des fiches ont des erreurs :\n" + "\n".join(map(str, problemes[:10])))
    return base_de(catalogue, racine)


def base_de(catalogue: Catalogue, racine: Path) -> Base:
    """Weigh the fiches of ``catalogue``, read from ``racine``, by rendering their pages."""
    tailles = [
        len(sections.en_html(pages.page_fiche(catalogue, fiche)).encode()) for fiche in catalogue.fiches.values()
    ]
    nombres = [fabrique.champs(fabrique.donnees_de(racine / fichier)) for fichier in catalogue.fichiers.values()]
    return Base(len(tailles), statistics.median(tailles), statistics.median(nombres))


def _paire(projet: Path, modele: Path, travail: Path, rang: int) -> Paire:
    """One pair, each building the whole site; who goes first changes every time."""
    if rang % 2:
        autre, notre = _reference(modele, travail), _nous(projet, travail)
    else:
        notre, autre = _nous(projet, travail), _reference(modele, travail)
    return Paire(notre, autre, _nous(projet, travail, "scripts/mesures/sonde.py", "sans-controle"))


def _nous(projet: Path, travail: Path, *commande: str) -> Passage:
    """Build everything that comes from the fiches. What the project keeps in ``.cache`` comes from none of them but the
    kits: their documents, counted apart; the lookup of communes, drawn from the référentiels; the compiled templates, which
    are to Jinja what ``__pycache__`` is to Python.
    """
    shutil.rmtree(projet / "site", ignore_errors=True)
    return chronometrer([sys.executable, *(commande or ("scripts/site.py",))], projet, travail / "nous.log")


def _reference(modele: Path, travail: Path) -> Passage:
    shutil.rmtree(modele / "site", ignore_errors=True)
    return chronometrer([sys.executable, "-m", "mkdocs", "build", "-q"], modele, travail / "reference.log")


def _etapes(projet: Path, travail: Path) -> dict[str, float]:
    sortie = travail / "etapes.json"
    _nous(projet, travail, "scripts/mesures/sonde.py", "etapes", str(sortie))
    secondes: dict[str, float] = json.loads(sortie.read_text(encoding="utf-8"))
    return secondes
