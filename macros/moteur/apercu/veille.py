"""What was saved: date, size and number of every file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

Releve = dict[str, tuple[int, int, int]]


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
