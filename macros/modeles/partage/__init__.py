"""What Python and the browser both apply: messages, words, patterns, limits. Written once, in the YAML files of this
folder.

Python reads a file through ``Partage``; the browser imports it as the module ``assets/js/partage/<nom>.js``, made with
the site (``macros/sorties/assemblage.py``). Both say a message by its name (``dire``) and compile a pattern by its name
(``motif``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

DOSSIER = Path(__file__).parent
_NOM = re.compile(r"\{([a-z_]+)\}")
_CLASSES = {"mot": r"\w", "espace": r"\s", "chiffre": r"\d"}
"""What a pattern names, as Python writes it. ``docs/assets/js/partage.js`` writes the same for JavaScript."""


class Partage:
    """One file of shared data, read when it is first asked for."""

    def __init__(self, nom: str) -> None:
        self.nom = nom

    @cached_property
    def donnees(self) -> dict[str, Any]:
        """Everything that the file holds."""
        donnees: dict[str, Any] = yaml.load((DOSSIER / f"{self.nom}.yml").read_bytes(), yaml.CSafeLoader)
        return donnees

    def __getitem__(self, cle: str) -> Any:
        return self.donnees[cle]

    def dire(self, nom: str, /, **valeurs: object) -> str:
        """Return the message ``nom``. Raises KeyError when the file does not hold it, or when it names a value not
        given."""
        texte: str = self.donnees["messages"][nom]
        return texte.format_map(valeurs)

    def motif(self, cle: str, drapeaux: int = 0) -> re.Pattern[str]:
        """Compile the pattern ``cle``. Raises KeyError when the file holds neither it nor a list that it names."""
        return re.compile(self._develop(self.donnees["motifs"][cle]), drapeaux)

    def _develop(self, motif: str) -> str:
        return _NOM.sub(lambda nom: _CLASSES.get(nom[1]) or self._develop("|".join(self.donnees[nom[1]])), motif)


COMMUN = Partage("commun")
"""What pages, documents and tools name or count alike."""
FICHE = Partage("fiche")
"""A fiche: its messages, what its words are looked for."""
IMPORTATION = Partage("importation")
"""A document that becomes a fiche: why it cannot be read, what was read from where."""
LIEUX = Partage("lieux")
"""A place: how its name is folded, how it sounds."""

ORIENTATION = Partage("orientation")
"""Which supports come first, and what the place changes."""


def fichiers() -> Iterator[Partage]:
    """Yield each file of the folder."""
    return (Partage(place.stem) for place in sorted(DOSSIER.glob("*.yml")))
