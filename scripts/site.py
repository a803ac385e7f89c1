"""Door on the build: strict, in a folder beside the site, checked, then swapped into place only when it is whole.

Usage: python scripts/site.py [destination, « site » par défaut]
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from porte import RACINE, TRACE, ouvrir

from macros.lecture import pannes
from macros.moteur.filiation import mourir_avec_le_parent

if TYPE_CHECKING:
    from macros.moteur.construit.controle import Bilan

SANS_ANNONCE = {"NO_MKDOCS_2_WARNING": "1"}
"""Material announces its successor at each build; the design already answers it (pages independent of the engine)."""
INTACT = "Le site n’a pas été construit ; l’ancien est intact."


def construire(destination: Path) -> int:
    """Build the site into ``destination``. Return 0, or 1 after saying in French what to do."""
    debut = time.perf_counter()
    try:
        from macros.moteur.construit.controle import controler
        from macros.moteur.construit.mise_en_place import ChantierRefuse, chantier_de, echanger
    except ImportError as erreur:
        return _refuser(pannes.expliquer(str(erreur)))
    try:
        with chantier_de(destination, lambda phrase: print(phrase, file=sys.stderr, flush=True)) as provisoire:
            bilan = _build(provisoire, controler)
            if bilan is None:
                return 1
            echanger(provisoire, destination)
    except ChantierRefuse as erreur:
        return _refuser(str(erreur))
    except OSError as erreur:
        return _refuser(pannes.dire_erreur_systeme(erreur))
    print(
        f"Site construit dans {destination} : {bilan.pages} pages, {bilan.liens} liens vérifiés, "
        f"{time.perf_counter() - debut:.1f} s."
    )
    return 0


def _refuser(message: str) -> int:
    print(f"{message}\n{INTACT}", file=sys.stderr)
    return 1


def _build(provisoire: Path, controler: Callable[[Path, str], Bilan]) -> Bilan | None:
    """Build and check. Return None after saying what is wrong."""
    # Not -q: MkDocs would then exit 0 on a macro error, even strict.
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--site-dir", str(provisoire)],
        cwd=RACINE,
        preexec_fn=mourir_avec_le_parent,
        env={**os.environ, **SANS_ANNONCE},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode < 0:
        _refuser(pannes.dire_arret(done.returncode))
        return None
    brute = done.stdout + done.stderr
    sortie = brute if TRACE else pannes.sans_trace(brute)
    journal = [line for line in sortie.splitlines() if not line.startswith("INFO")]
    if done.returncode or any(line.startswith(("WARNING", "ERROR")) for line in journal):
        if TRACE and pannes.TRACE in brute:
            suite = [pannes.expliquer(brute)]
        else:
            suite = [] if sortie != brute else ["Corrigez les messages ci-dessus, puis relancez."]
        _refuser("\n".join([*journal, *suite]))
        return None
    bilan = controler(provisoire, urlsplit(os.environ.get("SITE_URL", "")).path or "/")
    if bilan.fautes:
        fautes = "\n".join(bilan.fautes)
        _refuser(
            f"{fautes}\n{len(bilan.fautes)} faute(s) dans le site construit. Corrigez les liens ou les ancres "
            "ci-dessus, puis relancez."
        )
        return None
    return bilan


def main(arguments: Sequence[str] | None = None) -> int:
    """Build where asked. Interrupted, leave nothing behind."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return construire(Path(given[0]).resolve() if given else RACINE / "site")
    except KeyboardInterrupt:
        print(INTACT, file=sys.stderr)
        return 130


if __name__ == "__main__":
    ouvrir(main)
