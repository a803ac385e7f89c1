"""The text of the pages of a PDF, read in a process of its own, which may be stopped. Light: it loads nothing else.

Reads the PDF on its standard input, writes {"pages": […]} or {"refus": message} as JSON on its output.
"""

from __future__ import annotations

import io
import json
import logging
import sys

ILLISIBLE = "ce PDF est abîmé. Ouvrez-le et enregistrez-le à nouveau, ou copiez son texte dans un fichier .txt."
PROTEGE = "ce PDF est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe."
MEMOIRE = 1_500_000_000
"""Bytes of memory left to the reading, where the system can hold it to that."""


def _pages(octets: bytes, maximum: int) -> dict[str, object]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.disable(logging.CRITICAL)
    try:
        lecteur = PdfReader(io.BytesIO(octets))
        if lecteur.is_encrypted and not lecteur.decrypt(""):
            return {"refus": PROTEGE}
        if len(lecteur.pages) > maximum:
            return {"refus": f"ce PDF a plus de {maximum} pages. Gardez seulement celles de la fiche."}
        return {"pages": [page.extract_text() for page in lecteur.pages]}
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OSError):
        return {"refus": ILLISIBLE}


def _limiter() -> None:
    """Hold this process to its memory, where the system knows how."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE, MEMOIRE))


if __name__ == "__main__":
    _limiter()
    print(json.dumps(_pages(sys.stdin.buffer.read(), int(sys.argv[1]))))
