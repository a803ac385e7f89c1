"""The hostile texts of charges.yml, their marks replaced."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

ICI = Path(__file__).parent
_REPETE = re.compile("§(.+?)×([0-9]+)§", re.DOTALL)
SECRET = "SENTINELLE-DU-SECRET"
"""What the file that must not be read holds."""


@dataclass(frozen=True)
class Charge:
    """One hostile text: its family, its name in charges.yml, the text."""

    famille: str
    nom: str
    texte: str

    def __str__(self) -> str:
        return f"{self.famille}/{self.nom}"


def charges(secret: Path | None = None, voisin: str = "../secret.txt") -> list[Charge]:
    """Return every text. ``secret``: the file that must not be read; ``voisin``: the same, seen from the project."""
    familles = yaml.safe_load((ICI / "charges.yml").read_text(encoding="utf-8"))
    return [
        Charge(famille, nom, _ecrire(texte, str(secret or "/etc/passwd"), voisin))
        for famille, textes in familles.items()
        for nom, texte in textes.items()
    ]


def _ecrire(texte: str, secret: str, voisin: str) -> str:
    texte = texte.replace("§SECRET§", secret).replace("§VOISIN§", voisin)
    return developper(texte)


def developper(texte: str) -> str:
    """Write « §ab×3§ » in full: ababab."""
    return _REPETE.sub(lambda trouve: trouve[1] * int(trouve[2]), texte)
