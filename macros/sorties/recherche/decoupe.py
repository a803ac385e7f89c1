"""Cuts Pagefind’s index into smaller pieces, so that a question loads the words it needs and few others.

Pagefind 1.5 writes pieces of some 40 kB (CBOR, RFC 8949) and offers no setting; a question of three words would load
120 kB. Words are moved whole: only the list of pieces is written again. What is not of the known shape is left as it is.
"""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import cbor2

SIGNATURE = b"pagefind_dcd"
TAILLE = 20_000
"""Bytes of a piece before compression; a frequent word may need more by itself."""
_PIECES = 2
"""Place, in the file of metadata, of the list of pieces: ``[first word, last word, name]``."""
_LECTURE = 1024
"""Bytes read at once: a few words."""
_TABLEAU, _LONGUEUR, _SUR_UN_OCTET, _SUR_HUIT_OCTETS = 0x80, 0x1F, 24, 27
"""CBOR’s head of an array: its type, the bits of its length, and from which value that length follows in 1 to 8 bytes."""


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
    nombre, debut = _head(octets, fichier)
    flux = io.BytesIO(octets)
    flux.seek(debut)
    lecteur = cbor2.CBORDecoder(flux, read_size=_LECTURE)
    mots = []
    for _ in range(nombre):
        try:
            mot = lecteur.decode()
        except cbor2.CBORDecodeError as erreur:
            raise FormeInconnue(fichier.name) from erreur
        if not (isinstance(mot, list) and mot and isinstance(mot[0], str)):
            raise FormeInconnue(f"mot de {fichier.name}")
        fin = flux.tell()
        mots.append(
            (mot[0], octets[debut:fin])
        )  # its bytes as they are: writing them again takes longer than all the rest
        debut = fin
    if debut != len(octets):
        raise FormeInconnue(f"suite de {fichier.name}")
    return mots


def _head(octets: bytes, fichier: Path) -> tuple[int, int]:
    """Return how many words an array in an array holds, and where the first starts (RFC 8949, section 3)."""
    if len(octets) < 2 or octets[0] != _TABLEAU + 1 or octets[1] & ~_LONGUEUR != _TABLEAU:
        raise FormeInconnue(f"morceau d’index {fichier.name}")
    longueur = octets[1] & _LONGUEUR
    if longueur < _SUR_UN_OCTET:
        return longueur, 2
    if longueur > _SUR_HUIT_OCTETS:
        raise FormeInconnue(f"tableau sans longueur dans {fichier.name}")
    fin = 2 + (1 << (longueur - _SUR_UN_OCTET))
    return int.from_bytes(octets[2:fin], "big"), fin


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
