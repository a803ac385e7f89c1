"""Cuts Pagefind’s index into smaller pieces, so that a question loads the words it needs and few others.

Pagefind 1.5 writes pieces of some 40 kB and offers no setting; a question of three words would load 120 kB. Words are
moved whole, as bytes: only the list of pieces is written again. What is not of the known shape is left as it is.
"""

from __future__ import annotations

import gzip
import hashlib
import itertools
from collections.abc import Iterator
from pathlib import Path

SIGNATURE = b"pagefind_dcd"
TAILLE = 20_000
"""Bytes of a piece before compression; a frequent word may need more by itself."""


class FormeInconnue(Exception):
    """The index is not of the shape that this module knows."""


def redecouper(dossier: Path, taille: int = TAILLE) -> int:
    """Cut the index of ``dossier`` again. Return the number of pieces. Raises FormeInconnue, having changed nothing."""
    metas = list(dossier.glob("*.pf_meta"))
    if len(metas) != 1:
        raise FormeInconnue("un seul fichier pf_meta attendu")
    meta = _read(metas[0])
    debuts = _items(meta, 0)
    liste = _items(meta, debuts[2])
    anciens = [dossier / "index" / f"{_text(meta, _items(meta, i)[2])}.pf_index" for i in liste[:-1]]
    neufs: list[tuple[str, str, bytes]] = []
    lot: list[tuple[str, bytes]] = []
    for mot, octets in (paire for ancien in anciens for paire in _words(_read(ancien))):
        if lot and sum(len(o) for _, o in lot) + len(octets) > taille:
            neufs.append(_piece(lot))
            lot = []
        lot.append((mot, octets))
    if lot:
        neufs.append(_piece(lot))
    noms = [f"fr_{hashlib.sha256(octets).hexdigest()[:10]}" for *_, octets in neufs]
    entrees = [_array(3) + _string(a) + _string(b) + _string(nom) for (a, b, _), nom in zip(neufs, noms, strict=True)]
    meta = meta[: debuts[2]] + _array(len(entrees)) + b"".join(entrees) + meta[debuts[3] :]
    for ancien in anciens:
        ancien.unlink()
    for nom, (*_, octets) in zip(noms, neufs, strict=True):
        _write(dossier / "index" / f"{nom}.pf_index", octets)
    _write(metas[0], meta)
    return len(neufs)


def _read(fichier: Path) -> bytes:
    octets = gzip.decompress(fichier.read_bytes())
    if not octets.startswith(SIGNATURE):
        raise FormeInconnue(f"signature absente de {fichier.name}")
    return octets[len(SIGNATURE) :]


def _write(fichier: Path, octets: bytes) -> None:
    fichier.write_bytes(gzip.compress(SIGNATURE + octets, 9, mtime=0))


def _words(octets: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield each word of a piece with its bytes."""
    racine = _items(octets, 0)
    debuts = _items(octets, racine[0])
    if len(racine) != 2 or debuts[-1] != len(octets):
        raise FormeInconnue("morceau d’index")
    for debut, fin in itertools.pairwise(debuts):
        yield _text(octets, _items(octets, debut)[0]), octets[debut:fin]


def _piece(lot: list[tuple[str, bytes]]) -> tuple[str, str, bytes]:
    return lot[0][0], lot[-1][0], _array(1) + _array(len(lot)) + b"".join(octets for _, octets in lot)


# ---- The little of CBOR (RFC 8949) that the index uses: integers, strings, arrays of known length.


def _head(octets: bytes, place: int) -> tuple[int, int, int]:
    """Return (major type, value, place after the head)."""
    premier = octets[place]
    genre, info = premier >> 5, premier & 31
    if info < 24:
        return genre, info, place + 1
    if info > 27:
        raise FormeInconnue("longueur indéfinie")
    fin = place + 1 + (1 << (info - 24))
    return genre, int.from_bytes(octets[place + 1 : fin], "big"), fin


def _skip(octets: bytes, place: int) -> int:
    """Return the place after the item that starts at ``place``."""
    reste = 1
    while reste:
        genre, valeur, place = _head(octets, place)
        reste -= 1
        if genre in (2, 3):
            place += valeur
        elif genre == 4:
            reste += valeur
        elif genre not in (0, 1):
            raise FormeInconnue(f"type {genre}")
    return place


def _items(octets: bytes, place: int) -> list[int]:
    """Return the places of the items of the array at ``place``, then the place after it."""
    genre, nombre, place = _head(octets, place)
    if genre != 4:
        raise FormeInconnue("tableau attendu")
    places = [place]
    for _ in range(nombre):
        places.append(_skip(octets, places[-1]))
    return places


def _text(octets: bytes, place: int) -> str:
    genre, longueur, debut = _head(octets, place)
    if genre != 3:
        raise FormeInconnue("texte attendu")
    return octets[debut : debut + longueur].decode()


def _array(nombre: int) -> bytes:
    return _encode(4, nombre)


def _string(texte: str) -> bytes:
    octets = texte.encode()
    return _encode(3, len(octets)) + octets


def _encode(genre: int, valeur: int) -> bytes:
    if valeur < 24:
        return bytes([genre << 5 | valeur])
    taille = next(n for n in (1, 2, 4, 8) if valeur < 1 << (8 * n))
    return bytes([genre << 5 | 23 + (taille.bit_length())]) + valeur.to_bytes(taille, "big")
