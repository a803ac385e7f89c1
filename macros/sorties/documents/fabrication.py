"""Documents -> files: each kept under a key made of all that decides its bytes, so that an unchanged one is not
rebuilt."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import os
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import segno

from macros.ecriture.rendu import Telechargement
from macros.lecture.depose import deposer
from macros.sorties.documents import bureautique, pdf
from macros.sorties.documents.modele import NOMS_DE_FORMATS, Document, Fichier

ICI = Path(__file__).parent
GARDE = 30 * 24 * 3600
"""Seconds for which an unused file is kept."""
OUTILS = ("pypandoc-binary", "typst", "segno", "odfdo", "xlsxwriter")


@dataclass(frozen=True)
class Lot:
    """Files ready to be copied into the site: each with the place where it is kept, and how many were written anew."""

    fichiers: tuple[tuple[Fichier, Path], ...]
    refaits: int

    def par_kit(self) -> dict[str, tuple[Telechargement, ...]]:
        """Return what each kit offers, in its order."""
        kits: dict[str, dict[str, list[Fichier]]] = {}
        for fichier, _ in self.fichiers:
            kits.setdefault(fichier.document.kit, {}).setdefault(fichier.document.nom, []).append(fichier)
        return {kit: tuple(_offre(fichiers) for fichiers in noms.values()) for kit, noms in kits.items()}


def _offre(fichiers: list[Fichier]) -> Telechargement:
    document = fichiers[0].document
    formats = tuple((NOMS_DE_FORMATS[f.format], document.chemin(f.format), f.octets) for f in fichiers)
    return Telechargement(document.nom, document.titre, document.usage, formats)


def fabriquer(documents: Iterable[Document], reserve: Path) -> Lot:
    """Write what ``reserve`` does not hold whole, forget what nothing asks for any more.

    Raises EchecDePandoc, EchecDeTypst, and OSError when ``reserve`` cannot be written.
    """
    reserve.mkdir(parents=True, exist_ok=True)
    demandes = [(document, format_) for document in documents for format_ in document.formats]
    places = [reserve / f"{_cle(document, format_)}.{format_}" for document, format_ in demandes]
    manquants = [(*demande, place) for demande, place in zip(demandes, places, strict=True) if not _entier(place)]
    with ThreadPoolExecutor(os.cpu_count() or 1) as ouvriers:  # pandoc and typst work outside of Python
        list(ouvriers.map(lambda travail: _ecrire(*travail), manquants))
    _oublier(reserve, set(places))
    fichiers = [
        (Fichier(document, format_, place.stat().st_size), place)
        for (document, format_), place in zip(demandes, places, strict=True)
    ]
    return Lot(tuple(fichiers), len(manquants))


def _oublier(reserve: Path, servis: set[Path]) -> None:
    """Drop what was not asked for in a month: serving and building, whose addresses differ, do not undo each other."""
    gardes = {garde for place in servis for garde in (place, _temoin(place))}
    for garde in gardes:
        os.utime(garde)
    for ancien in set(reserve.iterdir()) - gardes:
        with suppress(FileNotFoundError):  # another build forgets too
            if time.time() - ancien.stat().st_mtime > GARDE:
                ancien.unlink()


def _ecrire(document: Document, format_: str, place: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="document-") as nom:
        dossier = Path(nom)
        (dossier / "qr.png").write_bytes(_code_qr(document.page))
        if format_ == "pdf":
            octets = pdf.ecrire(document, dossier)
        elif document.feuilles:
            from macros.sorties.documents import tableurs  # ten megabytes, of use only when a sheet has changed

            octets = tableurs.ecrire(document, format_)
        else:
            octets = bureautique.ecrire(document, format_, dossier)
    deposer(place, octets)
    deposer(_temoin(place), hashlib.sha256(octets).hexdigest().encode())


def _entier(place: Path) -> bool:
    """Whether a file kept is the one that was written: a build cut short, a full disk, a copied cache may have cut
    it."""
    try:
        return hashlib.sha256(place.read_bytes()).hexdigest() == _temoin(place).read_text(encoding="ascii")
    except (OSError, ValueError):
        return False


def _temoin(place: Path) -> Path:
    """Where the fingerprint of a kept file stands."""
    return place.with_name(f"{place.name}.empreinte")


def _cle(document: Document, format_: str) -> str:
    contenu = json.dumps([dataclasses.asdict(document), format_, _outillage()], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(contenu.encode()).hexdigest()[:24]


@cache
def _code_qr(adresse: str) -> bytes:
    """Return the PNG of the code that leads to ``adresse``: one a kit."""
    image = io.BytesIO()
    segno.make(adresse, error="m").save(image, kind="png", scale=8, border=2)
    return image.getvalue()


@cache
def _outillage() -> str:
    """Fingerprint of the code, styles and fonts of this folder, and of the versions of the tools."""
    empreinte = hashlib.sha256(" ".join(f"{outil} {version(outil)}" for outil in OUTILS).encode())
    for fichier in sorted(p for p in ICI.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        empreinte.update(fichier.read_bytes())
    return empreinte.hexdigest()
