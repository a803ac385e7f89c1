"""Door on the preview: serves on 127.0.0.1:8000, each page made when it is asked for, and reloads those that change.

Usage: python scripts/servir.py [hôte:port]
"""

from __future__ import annotations

import errno
import logging
import os
import signal
import sys
import tempfile
import threading
from pathlib import Path

from porte import ouvrir


def main() -> int:
    """Serve until interrupted, then end the program. Return 1 after saying why when it cannot begin."""
    adresse = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:8000"
    hote, _, port = adresse.partition(":")
    # A mistake in a page must not stop the server; a build, it must.
    os.environ.update(ARRET_SUR_ERREUR="false", SITE_URL=f"http://{adresse}/", NO_MKDOCS_2_WARNING="1")
    logging.basicConfig(format="%(message)s")
    logging.getLogger("mkdocs.accompagner").setLevel(logging.INFO)
    from macros.moteur.apercu.serveur import Serveur, Site  # after the settings that it reads

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="apercu-") as dossier:
        site = Site(Path(dossier).resolve(), f"http://{adresse}/")
        try:
            serveur = Serveur(hote, int(port or 8000), site)
        except OSError as erreur:
            prise = erreur.errno == errno.EADDRINUSE
            raison = "est déjà prise" if prise else f"ne convient pas ({erreur.strerror})"
            print(
                f"L’adresse {adresse} {raison}. Arrêtez l’autre serveur, ou choisissez un autre port : "
                "python scripts/servir.py 127.0.0.1:8001",
                file=sys.stderr,
            )
            return 1
        print(f"Lecture des fiches… Le site sera sur http://{adresse}/ (Ctrl-C pour arrêter)", flush=True)
        threading.Thread(target=site.veiller, name="veille", daemon=True).start()
        try:
            serveur.serve_forever()
        except KeyboardInterrupt:
            serveur.server_close()
    os._exit(0)  # at once: documents being written, which nobody will read, do not have to be finished


if __name__ == "__main__":
    ouvrir(main)
