"""Zip files written again without their dates, so that the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

_JOUR = (1980, 1, 1, 0, 0, 0)
Retouche = Callable[[str], str]


def retoucher(
    archive: bytes, retouches: Mapping[str, Retouche] | None = None, ajouts: Mapping[str, str] | None = None
) -> bytes:
    """Rewrite some members of a zip, in its order (an ODT begins with its uncompressed type), without its dates."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as neuf:
        for entree in source.infolist():
            contenu = source.read(entree)
            if retouches and entree.filename in retouches:
                contenu = retouches[entree.filename](contenu.decode()).encode()
            _poser(neuf, entree.filename, contenu, entree.compress_type)
        for nom, texte in (ajouts or {}).items():
            _poser(neuf, nom, texte.encode(), zipfile.ZIP_DEFLATED)
    return sortie.getvalue()


def _poser(archive: zipfile.ZipFile, nom: str, contenu: bytes, compression: int) -> None:
    membre = zipfile.ZipInfo(nom, _JOUR)
    membre.compress_type = compression
    membre.external_attr = 0o644 << 16
    archive.writestr(membre, contenu)
