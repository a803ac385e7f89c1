"""How long the documents of the kits take: all of them anew, then with nothing changed."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from macros.catalogue.chargement import charger
from macros.sorties.documents import fabrication, trames
from mesures.chrono import EchecDeMesure

SITE = "https://exemple.fr/"


@dataclass(frozen=True)
class Bilan:
    """Seconds and files written, cold then warm; number and bytes of the files, by format."""

    froid_s: float
    froid_refaits: int
    chaud_s: float
    chaud_refaits: int
    fichiers: dict[str, int]
    octets: dict[str, int]


def mesurer(racine: Path, travail: Path) -> Bilan:
    """Write the documents into the empty folder ``travail``, twice. Raises EchecDeMesure when a fiche has a mistake."""
    catalogue, problemes = charger(racine)
    if problemes:
        raise EchecDeMesure("Des fiches ont des erreurs :\n" + "\n".join(map(str, problemes[:10])))
    passages = []
    for _ in range(2):
        debut = time.perf_counter()
        lot = fabrication.fabriquer(list(trames.documents(catalogue, SITE)), travail)
        passages.append((time.perf_counter() - debut, lot.refaits))
    fichiers, octets = Counter[str](), Counter[str]()
    for fichier, _ in lot.fichiers:
        fichiers[fichier.format] += 1
        octets[fichier.format] += fichier.octets
    (froid, refaits), (chaud, encore) = passages
    return Bilan(round(froid, 2), refaits, round(chaud, 2), encore, dict(fichiers), dict(octets))


def tableau(bilan: Bilan) -> str:
    """The figures, in French."""
    lignes = [
        f"Documents des kits : {sum(bilan.fichiers.values())} fichiers, {sum(bilan.octets.values()) / 1e6:.1f} Mo",
        f"  tout écrire      {bilan.froid_s:>7.2f} s, {bilan.froid_refaits} fichiers écrits",
        f"  sans changement  {bilan.chaud_s:>7.2f} s, {bilan.chaud_refaits} fichier écrit",
        *(
            f"  {nom:<6}{nombre:>6} fichiers {bilan.octets[nom] / 1000:>9.0f} ko"
            for nom, nombre in bilan.fichiers.items()
        ),
    ]
    return "\n".join(lignes).replace(".", ",")
