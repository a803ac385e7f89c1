"""A file -> its drafts: opened here, then read by the modules of the browser (``docs/assets/js/importation/``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from py_mini_racer import JSOOMException, JSTimeoutException

from macros.contribution.importation.ouverture import ouvrir
from macros.contribution.importation.refus import DocumentRefuse, refus
from macros.contribution.importation.regles import Regles
from macros.contribution.navigateur import appeler


@dataclass
class Brouillon:
    """A draft. ``doutes``: (place, text); ``origines``: place -> heading of the document; ``restes``: what found no
    place. A place is written as messages write it, items from 1: ``seances[1].sequences[2].titre``."""

    type: str
    champs: dict[str, Any] = field(default_factory=dict)
    doutes: list[tuple[str, str]] = field(default_factory=list)
    origines: dict[str, str] = field(default_factory=dict)
    restes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Importation:
    """What a file gave: how it was read (``nature``), its drafts, the mends, what the reader has to say."""

    fichier: str
    nature: str
    brouillons: tuple[Brouillon, ...]
    reparations: tuple[str, ...]
    remarques: tuple[str, ...]


_LIRE = """(module, ...donnees) => {
  try {
    return module.lire(...donnees);
  } catch (refuse) {
    if (refuse instanceof module.DocumentRefuse) return { refus: refuse.message };
    throw refuse;
  }
}"""


def importer(nom: str, octets: bytes, regles: Regles, jour: str, type_: str | None = None) -> Importation:
    """Read a file. ``jour``: ISO date of the import. ``type_``: kind imposed. Raises DocumentRefuse."""
    document = ouvrir(nom, octets, regles)
    try:
        fait = appeler("importation/lecture.js", _LIRE, document, regles, jour, type_)
    except (JSOOMException, JSTimeoutException):
        raise refus("trop_long") from None
    if "refus" in fait:
        raise DocumentRefuse(fait["refus"])
    brouillons = [
        Brouillon(**{**b, "doutes": [(doute["chemin"], doute["texte"]) for doute in b["doutes"]]})
        for b in fait["brouillons"]
    ]
    return Importation(
        document["nom"],
        fait["nature"],
        tuple(brouillons),
        tuple(fait["reparations"]),
        tuple(document["remarques"]),
    )
