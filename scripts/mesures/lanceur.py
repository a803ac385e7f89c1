"""Run a command and print its duration, processor time and peak memory, as JSON. Small on purpose, and standard library only.

A process starts with the memory peak of its parent: launched straight from a large program, a small one would be
charged with it. Usage: python -I -S lanceur.py DOSSIER JOURNAL commande arguments…
"""

from __future__ import annotations

import json
import os
import sys
import time


def main() -> int:
    """Run ``commande`` in ``DOSSIER``, its messages into the file ``JOURNAL``."""
    dossier, journal, *commande = sys.argv[1:]
    os.chdir(dossier)
    flux = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    sorties = [(os.POSIX_SPAWN_DUP2, flux, 1), (os.POSIX_SPAWN_DUP2, flux, 2)]
    debut = time.perf_counter()
    pid = os.posix_spawn(commande[0], commande, os.environ, file_actions=sorties)
    _, statut, usage = os.wait4(pid, 0)
    secondes = time.perf_counter() - debut
    unite = 1 if sys.platform == "darwin" else 1024
    print(
        json.dumps(
            {
                "code": os.waitstatus_to_exitcode(statut),
                "secondes": secondes,
                "processeur": usage.ru_utime + usage.ru_stime,
                "octets": usage.ru_maxrss * unite,
            }
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
