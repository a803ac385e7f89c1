"""Run a command and print its duration, processor time and peak memory, as JSON. Small on purpose, and standard library only.

A process starts with the memory peak of its parent: launched straight from a large program, a small one would be
charged with it. Usage: python -I -S lanceur.py DOSSIER JOURNAL commande arguments…
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
import threading
import time
from pathlib import Path

PERIODE = 0.1
"""Seconds between two looks at the processes."""


class Guet:
    """Peak memory of each kind of process of a command, looked at while they run. Empty where there is no ``/proc``."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._fini = threading.Event()
        self._fil = threading.Thread(target=self._regarder)
        self.octets: dict[str, int] = {}
        self._fil.start()

    def finir(self) -> dict[str, int]:
        """Stop, and return kind of process -> bytes of the largest."""
        self._fini.set()
        self._fil.join()
        return self.octets

    def _regarder(self) -> None:
        while not self._fini.wait(PERIODE):
            with contextlib.suppress(OSError):
                self._noter(self._pid, "commande")

    def _noter(self, pid: int, parent: str) -> None:
        place = Path("/proc") / str(pid)
        role = _role((place / "cmdline").read_text(encoding="utf-8", errors="replace"), parent)
        sommet = re.search(r"VmHWM:\s+(\d+)", (place / "status").read_text(encoding="utf-8"))
        if sommet:
            self.octets[role] = max(self.octets.get(role, 0), int(sommet[1]) * 1024)
        for tache in (place / "task").iterdir():
            for enfant in (tache / "children").read_text(encoding="utf-8").split():
                with contextlib.suppress(OSError):  # it ended as we looked
                    self._noter(int(enfant), role)


def _role(commande: str, parent: str) -> str:
    """What a process does: ``construction`` is MkDocs’, ``second`` the one it starts, ``commande`` what surrounds them."""
    if "pagefind" in commande:
        return "pagefind"
    if "mkdocs" in commande:
        return "second" if parent in {"construction", "second"} else "construction"
    return "commande" if parent == "commande" and "python" in commande else "outils"


def main() -> int:
    """Run ``commande`` in ``DOSSIER``, its messages into the file ``JOURNAL``."""
    dossier, journal, *commande = sys.argv[1:]
    os.chdir(dossier)
    flux = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    sorties = [(os.POSIX_SPAWN_DUP2, flux, 1), (os.POSIX_SPAWN_DUP2, flux, 2)]
    debut = time.perf_counter()
    pid = os.posix_spawn(commande[0], commande, os.environ, file_actions=sorties)
    guet = Guet(pid)
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
                "roles": guet.finir(),
            }
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
