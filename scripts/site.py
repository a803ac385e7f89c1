"""Door on the build: strict, in a temporary folder, checked, then swapped into place only when it is whole.

Usage: python scripts/site.py [destination, « site » par défaut]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

RACINE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(RACINE))

from macros.controle import controler  # noqa: E402

SANS_ANNONCE = {"NO_MKDOCS_2_WARNING": "1"}
"""Material announces its successor at each build; the design already answers it (pages independent of the engine)."""


def construire(destination: Path) -> int:
    """Build the site into ``destination``. Return 0, or 1 after saying in French what to do."""
    cache = RACINE / ".cache"
    cache.mkdir(exist_ok=True)
    provisoire = Path(tempfile.mkdtemp(prefix="site-", dir=cache))
    try:
        return _build_and_swap(provisoire, destination)
    finally:
        shutil.rmtree(provisoire, ignore_errors=True)


def _build_and_swap(provisoire: Path, destination: Path) -> int:
    debut = time.perf_counter()
    # Not -q: MkDocs would then exit 0 on a macro error, even strict.
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--site-dir", str(provisoire)],
        cwd=RACINE,
        env={**os.environ, **SANS_ANNONCE},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    journal = [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("INFO")]
    if done.returncode or any(line.startswith(("WARNING", "ERROR")) for line in journal):
        print("\n".join(journal), file=sys.stderr)
        print(
            "Le site n’a pas été construit ; l’ancien est intact. Corrigez les messages ci-dessus, puis relancez.",
            file=sys.stderr,
        )
        return 1
    bilan = controler(provisoire, urlsplit(os.environ.get("SITE_URL", "")).path or "/")
    if bilan.fautes:
        print("\n".join(bilan.fautes), file=sys.stderr)
        print(
            f"{len(bilan.fautes)} faute(s) dans le site construit ; l’ancien est intact. Corrigez les liens ou les "
            "ancres ci-dessus, puis relancez.",
            file=sys.stderr,
        )
        return 1
    _swap(provisoire, destination)
    print(
        f"Site construit dans {destination} : {bilan.pages} pages, {bilan.liens} liens vérifiés, "
        f"{time.perf_counter() - debut:.1f} s."
    )
    return 0


def _swap(provisoire: Path, destination: Path) -> None:
    """Put the new site in place of the old one; the old one goes last."""
    ancien = destination.with_name(f".{destination.name}-ancien")
    shutil.rmtree(ancien, ignore_errors=True)
    provisoire.chmod(0o755)
    if destination.exists():
        destination.rename(ancien)
    shutil.move(str(provisoire), str(destination))
    shutil.rmtree(ancien, ignore_errors=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build where asked."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    return construire(Path(given[0]).resolve() if given else RACINE / "site")


if __name__ == "__main__":
    sys.exit(main())
