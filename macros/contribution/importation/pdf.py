"""The text of a .pdf, page after page. Read in another process, which is stopped when it takes too long.

pypdf reads the text. Pages that are pictures have none: the message says so.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from macros.contribution.importation.extraction import ILLISIBLE
from macros.contribution.importation.refus import DocumentRefuse
from macros.contribution.importation.regles import Regles

RACINE = Path(__file__).resolve().parents[3]
SANS_TEXTE = (
    "ce PDF ne contient pas de texte : c’est sans doute une image numérisée. Passez-le dans un logiciel de "
    "reconnaissance de caractères, ou recopiez son texte dans un fichier .txt."
)


def lire(octets: bytes, limites: Regles) -> str:
    """Return the text of a PDF. Raises DocumentRefuse."""
    if not octets.lstrip()[:5].startswith(b"%PDF"):
        raise DocumentRefuse("ce n’est pas un PDF, malgré son nom. Redonnez-lui l’extension de son vrai format.")
    try:
        fait = subprocess.run(
            [sys.executable, "-m", "macros.contribution.importation.extraction", str(limites["pages"])],
            input=octets,
            capture_output=True,
            cwd=RACINE,
            timeout=limites["secondes"],
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DocumentRefuse(
            f"ce PDF n’a pas pu être lu en {limites['secondes']} secondes. Copiez son texte dans un .txt."
        ) from None
    reponse = json.loads(fait.stdout) if fait.returncode == 0 else {"refus": ILLISIBLE}
    if "refus" in reponse:
        raise DocumentRefuse(reponse["refus"])
    texte = "\n".join(reponse["pages"])
    if not texte.strip():
        raise DocumentRefuse(SANS_TEXTE)
    return texte
