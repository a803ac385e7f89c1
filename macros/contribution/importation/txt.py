"""The text of a .txt: UTF-8, else UTF-16 when marked, else Windows (Latin-1), said as a remark."""

from __future__ import annotations

from macros.contribution.importation.refus import refus
from macros.modeles.partage import IMPORTATION

_SIGNATURES = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90")


def lire(octets: bytes) -> tuple[str, list[str]]:
    """Return the text and the remarks. Raises DocumentRefuse on what is not text."""
    if octets.startswith(_SIGNATURES):
        raise refus("binaire")
    if octets.startswith((b"\xff\xfe", b"\xfe\xff")):
        return octets.decode("utf-16", errors="replace"), []
    if _part_de_controles(octets) > 0.01:
        raise refus("binaire")
    try:
        return octets.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return _windows(octets), [IMPORTATION.dire("latin")]


def _part_de_controles(octets: bytes) -> float:
    """Share of the bytes that no text holds."""
    controles = sum(1 for octet in octets if octet < 9 or 13 < octet < 32)
    return controles / max(1, len(octets)) if 0 not in octets else 1.0


def _windows(octets: bytes) -> str:
    """Windows-1252 as browsers decode it: its five unused bytes are controls."""
    return "".join(
        chr(octet) if octet in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([octet]).decode("cp1252") for octet in octets
    )
