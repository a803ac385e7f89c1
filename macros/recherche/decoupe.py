"""Cuts Pagefind’s index into smaller pieces, so that a question loads the words it needs and few others.

Pagefind 1.5 writes pieces of some 40 kB (CBOR, RFC 8949) and offers no setting; a question of three words would load
120 kB. Words are moved whole: only the list of pieces is written again. What is not of the known shape is left as it is.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import cbor2

SIGNATURE = b"pagefind_dcd"
TAILLE = 20_000
"""Bytes of a piece before compression; a frequent word may need more by itself."""
_PIECES = 2
"""Place, in the file of metadata, of the list of pieces: ``[first word, last word, name]``."""


class FormeInconnue(Exception):
    """The index is not of the shape that this module knows."""


def redecouper(dossier: Path, taille: int = TAILLE) -> int:
    """Cut the index of ``dossier`` again. Return the number of pieces. Raises FormeInconnue, having changed nothing."""
    metas = list(dossier.glob("*.pf_meta"))
    if len(metas) != 1:
        raise FormeInconnue("un seul fichier pf_meta attendu")
    meta = _decode(_read(metas[0]), metas[0])
    if not (isinstance(meta, list) and len(meta) > _PIECES and all(len(piece) == 3 for piece in meta[_PIECES])):
        raise FormeInconnue("liste des morceaux")
    anciens = [dossier / "index" / f"{nom}.pf_index" for *_, nom in meta[_PIECES]]
    neufs = list(_pieces((mot for ancien in anciens for mot in _words(ancien)), taille))
    noms = [f"fr_{hashlib.sha256(octets).hexdigest()[:10]}" for *_, octets in neufs]
    meta[_PIECES] = [[premier, dernier, nom] for (premier, dernier, _), nom in zip(neufs, noms, strict=True)]
    for ancien in anciens:
        ancien.unlink()
    for nom, (*_, octets) in zip(noms, neufs, strict=True):
        _write(dossier / "index" / f"{nom}.pf_index", octets)
    _write(metas[0], cbor2.dumps(meta))
    return len(neufs)


def _words(fichier: Path) -> list[tuple[str, bytes]]:
    """Return the words of a piece, each with its bytes."""
    octets = _read(fichier)
    contenu = _decode(octets, fichier)
    if not (isinstance(contenu, list) and len(contenu) == 1 and all(isinstance(mot[0], str) for mot in contenu[0])):
        raise FormeInconnue(f"morceau d’index {fichier.name}")
    mots = [(mot[0], cbor2.dumps(mot)) for mot in contenu[0]]
    if _piece(mots) != octets:
        raise FormeInconnue(f"écriture de {fichier.name}")
    return mots


def _pieces(mots: Iterable[tuple[str, bytes]], taille: int) -> Iterator[tuple[str, str, bytes]]:
    """Yield the first word, the last word and the bytes of each new piece."""
    lot: list[tuple[str, bytes]] = []
    rempli = 0
    for mot, octets in mots:
        if lot and rempli + len(octets) > taille:
            yield lot[0][0], lot[-1][0], _piece(lot)
            lot, rempli = [], 0
        lot.append((mot, octets))
        rempli += len(octets)
    if lot:
        yield lot[0][0], lot[-1][0], _piece(lot)


def _piece(lot: Sequence[tuple[str, bytes]]) -> bytes:
    """Write an array that holds the array of the words, already encoded: only the two heads are left to write."""
    tete = cbor2.dumps([[None] * len(lot)])[: -len(lot)]
    return tete + b"".join(octets for _, octets in lot)


def _read(fichier: Path) -> bytes:
    octets = gzip.decompress(fichier.read_bytes())
    if not octets.startswith(SIGNATURE):
        raise FormeInconnue(f"signature absente de {fichier.name}")
    return octets[len(SIGNATURE) :]


def _decode(octets: bytes, fichier: Path) -> Any:
    try:
        return cbor2.loads(octets)
    except cbor2.CBORDecodeError as erreur:
        raise FormeInconnue(fichier.name) from erreur


def _write(fichier: Path, octets: bytes) -> None:
    fichier.write_bytes(gzip.compress(SIGNATURE + octets, 9, mtime=0))
