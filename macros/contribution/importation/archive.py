"""An archive (.docx, .odt) opened without trusting it: limits on its size, no path out of it, nothing executed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from macros.contribution.importation.refus import refus
from macros.contribution.importation.regles import Regles

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Archive:
    """The members of a zip, read one by one."""

    def __init__(self, octets: bytes, limites: Regles) -> None:
        """Check the directory. Raises DocumentRefuse."""
        if octets.startswith(OLE):
            raise refus("ancien_word")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(octets))
        except (zipfile.BadZipFile, struct.error, ValueError, OverflowError, NotImplementedError, EOFError):
            raise refus("autre_format") from None
        self._limite, self._balises = limites["octets_d_une_entree"], limites["balises"]
        self._entrees = {entree.filename: entree for entree in self._zip.infolist()}
        self._controler(limites)

    def _controler(self, limites: Regles) -> None:
        liste = self._zip.infolist()
        total = sum(entree.file_size for entree in liste)
        if len(liste) > limites["entrees"] or total > limites["octets_decompresses"]:
            raise refus("demesure")
        for entree in liste:
            nom = entree.filename
            if nom.startswith("/") or "\\" in nom or ".." in nom.split("/"):
                raise refus("chemin")
            if entree.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                # No word processor writes anything else; LZMA takes the gigabytes that its header asks for.
                raise refus("abime")
            if entree.flag_bits & 1:
                raise refus("protege")
            if entree.file_size > 1_000_000 and entree.file_size > limites["ratio"] * max(1, entree.compress_size):
                raise refus("demesure")
        if len(self._entrees) != len(liste):
            raise refus("abime")

    def __contains__(self, nom: str) -> bool:
        return nom in self._entrees

    def noms(self) -> list[str]:
        """Names of the members, in the order of the archive."""
        return list(self._entrees)

    def lire(self, nom: str) -> bytes:
        """Decompress one member. Raises DocumentRefuse when it is missing, damaged or too big."""
        if nom not in self._entrees:
            raise refus("sans_texte_principal")
        try:
            with self._zip.open(self._entrees[nom]) as flux:
                contenu = flux.read(self._limite + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            struct.error,
            NotImplementedError,
            EOFError,
            OSError,
            RuntimeError,
            ValueError,
        ):
            raise refus("abime") from None
        if len(contenu) > self._limite or contenu.count(b"<") > self._balises:
            raise refus("demesure")
        return contenu
