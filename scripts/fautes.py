"""Door on the tests themselves: puts small faults in the code one at a time, and says which ones no test notices.

The faults are in ``tests/fautes.yml``. Each is put in a copy of the project, and in the copy's built site when it is in
a script of the browser; then the tests that it names are run.
Usage: python scripts/fautes.py [--site dossier] [mot du fichier ou du texte …]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml
from porte import RACINE, ouvrir

FAUTES = RACINE / "tests/fautes.yml"
DOSSIERS = ("docs", "fiches", "macros", "scripts", "tests", "theme", "deploiement", "mesures", ".github")
DU_NAVIGATEUR = "docs/assets/js/"
VUE = 1
"""Status of pytest when a test fails."""


@dataclass(frozen=True)
class Faute:
    """``faux`` in place of ``juste``, which stands once in ``fichier``; ``tests`` are those that should notice."""

    fichier: str
    juste: str
    faux: str
    tests: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.fichier} : « {self.juste} » → « {self.faux} »"


def lire(mots: Sequence[str]) -> list[Faute]:
    """Read the faults whose file or text holds one of the words; all of them without any."""
    brutes = yaml.safe_load(FAUTES.read_text(encoding="utf-8"))
    fautes = [Faute(**{**brute, "tests": tuple(brute["tests"])}) for brute in brutes]
    return [f for f in fautes if not mots or any(mot in str(f) for mot in mots)]


def impossibles(fautes: Sequence[Faute]) -> list[Faute]:
    """Return the faults whose text is no longer found once in its file."""
    return [f for f in fautes if (RACINE / f.fichier).read_text(encoding="utf-8").count(f.juste) != 1]


def copier(projet: Path) -> None:
    """Copy what tests need; documents already made are shared."""
    for nom in DOSSIERS:
        shutil.copytree(RACINE / nom, projet / nom, ignore=shutil.ignore_patterns("__pycache__"))
    for fichier in RACINE.glob("*.*"):
        if fichier.is_file():
            shutil.copy(fichier, projet)
    (projet / ".venv").symlink_to(RACINE / ".venv")


@contextmanager
def posee(faute: Faute, projet: Path, site: Path | None) -> Iterator[None]:
    """Put a fault in the copy, and in its site for a script of the browser; take it away afterwards."""
    places = [projet / faute.fichier]
    if site and faute.fichier.startswith(DU_NAVIGATEUR):
        places += site.glob(f"assets/e-*/js/{faute.fichier.removeprefix(DU_NAVIGATEUR)}")
    avant = {place: place.read_bytes() for place in places}
    for place, octets in avant.items():
        place.write_bytes(octets.replace(faute.juste.encode(), faute.faux.encode()))
    try:
        yield
    finally:
        for place, octets in avant.items():
            place.write_bytes(octets)


def essayer(tests: Sequence[str], projet: Path, site: Path | None) -> int:
    """Run tests in the copy, up to the first failure. Return the status of pytest."""
    environ = {**os.environ, "ACCOMPAGNER_CACHE": str(RACINE / ".cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    if site:
        environ["SITE_CONSTRUIT"] = str(site)
    commande = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *tests]
    return subprocess.run(commande, cwd=projet, env=environ, capture_output=True, check=False).returncode


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the faults. Return 0 when each was noticed, 1 when one was not, 2 when one cannot be put."""
    parser = argparse.ArgumentParser(description="Pose de petites fautes et dit celles qu’aucun test ne voit.")
    parser.add_argument("mots", nargs="*", help="fautes dont le fichier ou le texte contient un de ces mots")
    parser.add_argument("--site", type=Path, help="site déjà construit, que les tests du navigateur lisent (copié)")
    options = parser.parse_args(arguments)
    fautes = lire(options.mots)
    if perdues := impossibles(fautes):
        print("Ce texte n’est plus une fois dans son fichier :", *perdues, sep="\n", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="fautes-") as dossier:
        projet, site = Path(dossier) / "projet", Path(dossier) / "site"
        copier(projet)
        if options.site:
            shutil.copytree(options.site, site)
        elif any("navigateur" in test for faute in fautes for test in faute.tests):
            subprocess.run([sys.executable, "scripts/site.py", str(site)], cwd=projet, check=True)
        present = site if site.exists() else None
        vues, temoins = 0, {test for faute in fautes for test in faute.tests}
        if essayer(sorted(temoins), projet, present):
            print("Les tests nommés échouent déjà, sans aucune faute : corrigez-les d’abord.", file=sys.stderr)
            return 2
        for faute in fautes:
            with posee(faute, projet, present):
                statut = essayer(faute.tests, projet, present)
            vues += statut == VUE
            mot = {VUE: "vue", 0: "NON VUE"}.get(statut, "à revoir (les tests nommés ne se lancent pas)")
            print(f"{mot} : {faute}", flush=True)
    print(f"{vues} fautes vues sur {len(fautes)}.")
    return 0 if vues == len(fautes) else 1


if __name__ == "__main__":
    sys.exit(ouvrir(main))
