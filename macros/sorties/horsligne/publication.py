"""Writes ``sw.js`` and ``hors-ligne.json`` at the root of a built site, last of all: they say what every other file
holds."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from macros.sorties.assemblage import sans_commentaires
from macros.sorties.horsligne.lots import PUBLIES, Lots, lots

GABARITS = Path(__file__).resolve().parents[2] / "gabarits" / "horsligne"
PARTIES = ("reserve.js", "telechargement.js", "reponses.js", "cycle.js")
"""The worker's script, in order: it is one classic script, because not every browser takes a module there."""
_REGLAGES = "const REGLAGES = {};"


def publier(site: Path) -> Lots:
    """Write the two files and return the lots. Raises OSError when the site cannot be read or written."""
    faits = lots(site)
    code = script()
    liste = json.dumps({nom: [list(f) for f in fichiers] for nom, fichiers in faits.items()}, separators=(",", ":"))
    version = hashlib.sha256((code + liste).encode()).hexdigest()[:16]
    reglages = json.dumps({"version": version, "liste": PUBLIES[1]})
    (site / PUBLIES[1]).write_text(f'{{"version":"{version}","lots":{liste}}}\n', encoding="utf-8")
    (site / PUBLIES[0]).write_text(code.replace(_REGLAGES, f"const REGLAGES = {reglages};"), encoding="utf-8")
    return faits


def retirer(site: Path) -> None:
    """Write a worker that undoes the one that visitors may hold: for a site that gives up offline reading."""
    texte = (GABARITS / "retrait.js").read_text(encoding="utf-8")
    (site / PUBLIES[0]).write_text(sans_commentaires(texte), encoding="utf-8")


def script() -> str:
    """The worker's script, without its settings."""
    textes = [(GABARITS / nom).read_text(encoding="utf-8") for nom in PARTIES]
    return sans_commentaires("\n".join(textes))
