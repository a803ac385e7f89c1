"""Watches what a site is made from while it is served: fiches at once, through the system; the rest by comparing dates."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

_CHANGEMENTS = {"created", "deleted", "modified", "moved", "closed"}
"""Events that may mean a new content: our own readings, which also make events, are not among them."""
Releve = dict[str, tuple[int, int, int]]


class Veille(FileSystemEventHandler):
    """Calls ``signaler`` at each change under ``dossier``, within milliseconds."""

    def __init__(self, dossier: Path, signaler: Callable[[], None]) -> None:
        self._signaler, self._dossier = signaler, dossier

    def commencer(self) -> None:
        """Start watching, in a thread that ends with the program. Where the system is short of watches, look often."""
        try:
            self._start(Observer())
        except OSError:
            self._start(PollingObserver(timeout=0.5))

    def _start(self, observateur: BaseObserver) -> None:
        observateur.daemon = True
        observateur.schedule(self, str(self._dossier), recursive=True)
        observateur.start()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass on what changes a file; a folder changes by its files, or by coming and going."""
        if event.event_type not in _CHANGEMENTS or (event.is_directory and event.event_type == "modified"):
            return
        self._signaler()


def relever(places: Iterable[Path]) -> Releve:
    """Return date, size and number of every file of ``places``: equal, nothing has changed."""
    return {
        fichier: (etat.st_mtime_ns, etat.st_size, etat.st_ino)
        for place in places
        for fichier, etat in _files(str(place))
    }


def _files(place: str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        if os.path.isfile(place):  # noqa: PTH113 - scandir gives texts, twice as fast as paths
            yield place, os.stat(place)  # noqa: PTH116
            return
        with os.scandir(place) as entrees:
            for entree in entrees:
                if entree.is_dir(follow_symlinks=False):
                    if entree.name != "__pycache__":
                        yield from _files(entree.path)
                else:
                    yield entree.path, entree.stat()
    except OSError:
        return  # gone since it was listed: the next reading will not hold it
