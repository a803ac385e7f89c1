"""From a folder being built to the site in place, whenever the power goes: one build at a time, a swap that is whole or
not at all.

The new site is built beside the old one, so that putting it in place is a renaming and never a copy.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from macros.lecture.pannes import dire_erreur_systeme

PATIENCE = 1800
"""Seconds for which a build waits for another one."""
_AT_FDCWD, _ECHANGER = -100, 2


MARQUE = "construit.txt"
"""Name of the file that says that a folder is ours to replace."""
_MOT = "Ce dossier est un site construit : la construction suivante le remplace en entier. N’y rangez rien.\n"
RACINE = Path(__file__).resolve().parents[3]
"""The project itself, which no build may replace."""


class ChantierRefuse(Exception):
    """Nothing can be built there; the message, in French, says why and what to do."""


class DejaEnCours(ChantierRefuse):
    """Another build of the same site does not end."""


def refuser_de_remplacer(destination: Path) -> None:
    """Make sure that putting a site at ``destination`` (absolute, resolved) deletes nothing that is not ours.

    Raises ChantierRefuse for the project itself and what holds it, a file, and a folder that holds something but no
    mark of a former build. ``site`` in the project, which git ignores, is ours even when an older build left no mark.
    """
    if destination == RACINE or destination in RACINE.parents:
        raise ChantierRefuse(
            f"{destination} contient le projet lui-même : y mettre le site l’effacerait. Donnez un dossier à part, "
            "par exemple site."
        )
    if destination.is_symlink() or (destination.exists() and not destination.is_dir()):
        raise ChantierRefuse(f"{destination} existe et n’est pas un dossier. Donnez le nom d’un dossier à créer.")
    if destination == RACINE / "site" or not destination.exists() or (destination / MARQUE).is_file():
        return
    if next(destination.iterdir(), None) is not None:
        raise ChantierRefuse(
            f"{destination} contient des fichiers qu’aucune construction n’y a mis (il n’y a pas de « {MARQUE} »). "
            "Donnez un dossier vide ou nouveau, ou videz celui-ci vous-même."
        )


@contextmanager
def chantier_de(destination: Path, dire: Callable[[str], None]) -> Iterator[Path]:
    """Give an empty folder in which to build what will stand at ``destination``; nobody else builds it meanwhile.

    What a build cut short left behind is put right first. The lock goes with the process that holds it, even killed.
    Raises ChantierRefuse, and OSError when nothing can be written there.
    """
    refuser_de_remplacer(destination)
    destination.parent.mkdir(parents=True, exist_ok=True)
    # A lock that cannot be created looks like one that is taken: where nothing can be written, say so at once.
    try:
        tempfile.TemporaryFile(dir=destination.parent).close()
    except OSError as erreur:
        raison = dire_erreur_systeme(OSError(erreur.errno, erreur.strerror))
        raise ChantierRefuse(f"Rien ne s’écrit dans {destination.parent}. {raison}") from None
    with _seul(destination, dire):
        reparer(destination, dire)
        provisoire = Path(tempfile.mkdtemp(prefix=_prefixe(destination), dir=destination.parent))
        try:
            yield provisoire
        finally:
            shutil.rmtree(provisoire, ignore_errors=True)


@contextmanager
def _seul(destination: Path, dire: Callable[[str], None]) -> Iterator[None]:
    verrou = FileLock(destination.with_name(f".{destination.name}.verrou"))
    try:
        verrou.acquire(timeout=0)
    except Timeout:
        dire("Une autre construction de ce site est en cours : celle-ci attend qu’elle finisse.")
        try:
            verrou.acquire(timeout=PATIENCE)
        except Timeout:
            raise DejaEnCours(
                f"L’autre construction n’est pas finie après {PATIENCE // 60} minutes. Arrêtez-la, puis relancez."
            ) from None
    try:
        yield
    finally:
        verrou.release()


def reparer(destination: Path, dire: Callable[[str], None]) -> None:
    """Undo what a build cut short left: its folders, and the gap between the two renamings of a swap."""
    ancien = _ancien(destination)
    if ancien.exists() and not destination.exists():
        ancien.rename(destination)
        dire("Une construction avait été coupée pendant l’échange : le site précédent est remis en place.")
    for reste in (ancien, *destination.parent.glob(f"{_prefixe(destination)}*")):
        shutil.rmtree(reste, ignore_errors=True)


def echanger(provisoire: Path, destination: Path) -> None:
    """Put the new site in place of the old one, which goes last. Raises OSError, the old one still in place."""
    provisoire.chmod(0o755)
    (provisoire / MARQUE).write_text(_MOT, encoding="utf-8")
    if not destination.exists():
        provisoire.rename(destination)
        return
    if not _en_un_geste(provisoire, destination):
        ancien = _ancien(destination)
        shutil.rmtree(ancien, ignore_errors=True)
        destination.rename(ancien)
        try:
            provisoire.rename(destination)
        except OSError:
            ancien.rename(destination)
            raise
        shutil.rmtree(ancien, ignore_errors=True)


def _en_un_geste(un: Path, autre: Path) -> bool:
    """Exchange two folders at once, where the system knows how: then no moment is without a site."""
    if sys.platform != "linux":
        return False
    with suppress(AttributeError, OSError):
        appel = ctypes.CDLL(None, use_errno=True).renameat2
        return bool(appel(_AT_FDCWD, os.fsencode(un), _AT_FDCWD, os.fsencode(autre), _ECHANGER) == 0)
    return False


def _ancien(destination: Path) -> Path:
    return destination.with_name(f".{destination.name}-ancien")


def _prefixe(destination: Path) -> str:
    return f".{destination.name}-neuf-"
