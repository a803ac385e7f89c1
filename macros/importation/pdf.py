"""A .pdf -> blocks: one a line of each page. Read in another process, which is stopped when it takes too long.

pypdf reads the text. Pages that are pictures have none: the message says so. Run as a program, this module reads a PDF on
its standard input and writes the text of its pages, as JSON, on its output.
"""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from pathlib import Path

from macros.importation.blocs import Bloc, DocumentRefuse
from macros.importation.regles import Regles

RACINE = Path(__file__).resolve().parent.parent.parent
ILLISIBLE = "ce PDF est abîmé. Ouvrez-le et enregistrez-le à nouveau, ou copiez son texte dans un fichier .txt."
PROTEGE = "ce PDF est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe."
SANS_TEXTE = (
    "ce PDF ne contient pas de texte : c’est sans doute une image numérisée. Passez-le dans un logiciel de "
    "reconnaissance de caractères, ou recopiez son texte dans un fichier .txt."
)
MEMOIRE = 1_500_000_000
"""Bytes of memory left to the reading, where the system can hold it to that."""


def lire(octets: bytes, limites: Regles) -> list[Bloc]:
    """Return the blocks of a PDF. Raises DocumentRefuse."""
    if not octets.lstrip()[:5].startswith(b"%PDF"):
        raise DocumentRefuse("ce n’est pas un PDF, malgré son nom. Redonnez-lui l’extension de son vrai format.")
    try:
        fait = subprocess.run(
            [sys.executable, "-m", "macros.importation.pdf", str(limites["pages"])],
            input=octets,
            capture_output=True,
            cwd=RACINE,
            timeout=limites["secondes"],
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DocumentRefuse(f"ce PDF n’a pas pu être lu en {limites['secondes']} secondes. {ILLISIBLE}") from None
    reponse = json.loads(fait.stdout) if fait.returncode == 0 else {"refus": ILLISIBLE}
    if "refus" in reponse:
        raise DocumentRefuse(reponse["refus"])
    lignes = [ligne for page in reponse["pages"] for ligne in page.split("\n")]
    if not any(ligne.strip() for ligne in lignes):
        raise DocumentRefuse(SANS_TEXTE)
    return [Bloc("paragraphe", ligne) if ligne.strip() else Bloc("vide") for ligne in lignes]


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
