"""Door on the preview: builds, serves on 127.0.0.1:8000, reloads when a fiche, a page or a template changes.

Usage: python scripts/servir.py [hôte:port]
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent


def main() -> int:
    """Serve until interrupted. Return the exit status of MkDocs."""
    adresse = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:8000"
    hote, _, port = adresse.partition(":")
    if _busy(hote, int(port or 8000)):
        print(
            f"L’adresse {adresse} est déjà prise. Arrêtez l’autre serveur, ou choisissez un autre port : "
            "python scripts/servir.py 127.0.0.1:8001",
            file=sys.stderr,
        )
        return 1
    # A mistake in a page must not stop the server; a build, it must.
    environ = {**os.environ, "ARRET_SUR_ERREUR": "false", "SITE_URL": f"http://{adresse}/", "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", adresse]
    serveur = subprocess.Popen(command, cwd=RACINE, env=environ)
    # Whoever stops this command stops the server too; Ctrl-C already reaches both.
    signal.signal(signal.SIGTERM, lambda *_: serveur.terminate())
    try:
        statut = serveur.wait()
        if statut > 0:
            print(
                "Le serveur n’a pas pu démarrer ou continuer. Corrigez les messages ci-dessus, puis relancez.",
                file=sys.stderr,
            )
        return statut
    except KeyboardInterrupt:
        serveur.wait()
        return 0


def _busy(hote: str, port: int) -> bool:
    with socket.socket() as prise:
        prise.settimeout(0.3)
        return prise.connect_ex((hote, port)) == 0


if __name__ == "__main__":
    sys.exit(main())
