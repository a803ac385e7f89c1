"""The French dictionary of Grammalecte (« classique », 7.5, MPL 2.0; LICENCE.txt beside), kept as one compressed file.

Hunspell reads plain files: they are unpacked once, beside what else is kept from a run to the next.
``scripts/dictionnaire.py`` makes the archive again from a newer ``fr.aff`` and ``fr.dic``.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

ARCHIVE = Path(__file__).parent / "fr.tar.xz"
FICHIERS = ("fr.aff", "fr.dic")


def deballer(reserve: Path) -> Path:
    """Return a folder with ``fr.aff`` and ``fr.dic``, under ``reserve``; unpack them when this very archive was not.

    Raises OSError when ``reserve`` cannot be written.
    """
    octets = ARCHIVE.read_bytes()
    dossier = reserve / f"dictionnaire-{hashlib.sha256(octets).hexdigest()[:12]}"
    if all((dossier / nom).is_file() for nom in FICHIERS):
        return dossier
    dossier.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=reserve) as a_cote, tarfile.open(fileobj=io.BytesIO(octets), mode="r:xz") as archive:
        archive.extractall(a_cote, filter="data")
        for nom in FICHIERS:
            (Path(a_cote) / nom).replace(dossier / nom)
    return dossier


def emballer(dossier: Path) -> bytes:
    """Return the archive of the two files of ``dossier``: the same bytes from the same files.

    Raises FileNotFoundError when one of the two is missing.
    """
    tampon = io.BytesIO()
    with tarfile.open(fileobj=tampon, mode="w") as archive:
        for nom in FICHIERS:
            contenu = (dossier / nom).read_bytes()
            entree = tarfile.TarInfo(nom)
            entree.size = len(contenu)
            archive.addfile(entree, io.BytesIO(contenu))
    return lzma.compress(tampon.getvalue(), preset=9 | lzma.PRESET_EXTREME)
