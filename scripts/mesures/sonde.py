"""Run ``scripts/site.py`` of the project that holds this file, without the link check or with each stage timed.

Usage, from that project: python scripts/mesures/sonde.py sans-controle
                          python scripts/mesures/sonde.py etapes FICHIER.json
                          python scripts/mesures/sonde.py mkdocs FICHIER.json arguments… (what « etapes » starts)
"""

from __future__ import annotations

import functools
import importlib
import json
import resource
import runpy
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

RACINE = Path(__file__).resolve().parent.parent.parent
sys.path[0] = str(RACINE)

PAR_MKDOCS = (
    ("validation", "macros.moteur.memoire", "charger"),
    ("rendu", "macros.moteur.appels", "appeler"),
    ("theme", "mkdocs.commands.build", "_build_page"),
    ("recherche", "macros.moteur.chantier", "Chantier.livrer"),
)
"""Stage, module, function timed in the process of MkDocs, without what it spends in another stage.

The process that builds the index counts where it is waited for.
"""


def horloge() -> float:
    """Processor seconds used so far, by this process and those it has waited for: other work does not disturb them."""
    enfants = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + enfants.ru_utime + enfants.ru_stime


class Chronometre:
    """Processor seconds spent in each stage, each second counted once."""

    def __init__(self) -> None:
        self.secondes: dict[str, float] = defaultdict(float)
        self._dedans: list[float] = []

    def suivre(self, etape: str, module: str, nom: str) -> None:
        """Time every call of a function, named within its module."""
        porteur: Any = importlib.import_module(module)
        *parents, dernier = nom.split(".")
        for parent in parents:
            porteur = getattr(porteur, parent)
        setattr(porteur, dernier, self.compter(etape, getattr(porteur, dernier)))

    def compter(self, etape: str, fonction: Callable[..., Any]) -> Callable[..., Any]:
        """Return ``fonction``, timed."""

        @functools.wraps(fonction)
        def timed(*args: Any, **kwargs: Any) -> Any:
            debut = horloge()
            self._dedans.append(0.0)
            try:
                return fonction(*args, **kwargs)
            finally:
                duree = horloge() - debut
                self.secondes[etape] += duree - self._dedans.pop()
                if self._dedans:
                    self._dedans[-1] += duree

        return timed


def etapes(sortie: Path) -> int:
    """Build as usual, and write into ``sortie`` the processor seconds of each stage. Return the status."""
    debut = horloge()
    chrono = Chronometre()
    chrono.suivre("liens", "macros.moteur.construit.controle", "controler")
    directement, outils = subprocess.run, chrono.compter("outils", subprocess.run)

    def run(commande: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(commande, list) and "mkdocs" in commande:
            suite = commande[commande.index("mkdocs") + 1 :]
            return directement([sys.executable, __file__, "mkdocs", str(sortie), *suite], *args, **kwargs)
        return outils(commande, *args, **kwargs)

    subprocess.run = run  # type: ignore[assignment]
    code = _site()
    total = horloge() - debut
    secondes = {**json.loads(sortie.read_text(encoding="utf-8")), **chrono.secondes}
    secondes |= {"reste": total - sum(secondes.values()), "total": total}
    sortie.write_text(json.dumps(secondes), encoding="utf-8")
    return code


def mkdocs(sortie: Path, arguments: list[str]) -> int:
    """Run MkDocs, and write the seconds of each of its stages. Return the status."""
    from mkdocs.__main__ import cli

    chrono = Chronometre()
    chantier: Any = importlib.import_module("macros.moteur.chantier")
    chantier.PART = 0  # every page is rendered by the first process: what the second one uses is the index
    for suivie in PAR_MKDOCS:
        chrono.suivre(*suivie)
    try:
        cli(arguments, prog_name="mkdocs")
    except SystemExit as fin:
        return int(fin.code or 0)
    finally:
        sortie.write_text(json.dumps(chrono.secondes), encoding="utf-8")
    return 0


def sans_controle() -> int:
    """Build without reading the built site again."""
    from macros.moteur.construit import controle

    def rien(dossier: Path, racine: str = "/") -> controle.Bilan:  # noqa: ARG001 - same shape as what it replaces
        return controle.Bilan(0, 0, ())

    controle.controler = rien
    return _site()


def _site() -> int:
    sys.argv = ["scripts/site.py"]
    try:
        runpy.run_path(str(RACINE / "scripts/site.py"), run_name="__main__")
    except SystemExit as fin:
        return int(fin.code or 0)
    return 0


def main() -> int:
    """Do what the command line asks."""
    mode, *reste = sys.argv[1:]
    if mode == "sans-controle":
        return sans_controle()
    if mode == "mkdocs":
        return mkdocs(Path(reste[0]), reste[1:])
    return etapes(Path(reste[0]))


if __name__ == "__main__":
    sys.exit(main())
