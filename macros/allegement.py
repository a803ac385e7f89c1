"""Scripts as they are published: without the comments that only those who maintain them read.

A comment is left out when it has its lines to itself; what shares a line with code stays, so that nothing needs parsing.
A test holds the sources to it: no template literal runs over lines that look like a comment.
"""

from __future__ import annotations

import re
from pathlib import Path

COMMENTAIRE = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/[ \t]*)(?:\n|\Z)", re.MULTILINE | re.DOTALL)


def sans_commentaires(script: str) -> str:
    """Return the script without its whole-line comments."""
    return COMMENTAIRE.sub("", script)


def alleger(dossier: Path) -> None:
    """Rewrite every script under ``dossier``."""
    for place in dossier.rglob("*.js"):
        place.write_text(sans_commentaires(place.read_text(encoding="utf-8")), encoding="utf-8")
