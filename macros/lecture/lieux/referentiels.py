"""Official places: communes, EPCI and départements (INSEE and DGCL, 2026), read once from ``fiches/referentiels``."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from sys import intern

from macros.lecture.brute import lire
from macros.lecture.lieux.controle import ABSENT, Codes, Constat, Ligne, Lu, controler
from macros.lecture.problemes import Position, Probleme
from macros.lecture.validation import valider
from macros.modeles.manifeste import Manifeste

DOSSIER = "fiches/referentiels"
MANIFESTE = "manifeste.yml"
_LUS: dict[tuple[str, bytes, bytes], Lu] = {}
"""What a content was found to be, once for a process: a list is long, and changes once a year."""


@dataclass(frozen=True, slots=True)
class Endroit:
    """An official place. ``population`` in inhabitants; ``lon``, ``lat`` in WGS84 degrees, when known."""

    code: str
    nom: str
    echelle: str
    departement: str
    epci: str = ""
    population: int | None = None
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class Ancienne:
    """A former commune, or an arrondissement of Paris, Lyon or Marseille; ``commune``: code of the one it is part
    of."""

    code: str
    nom: str
    type: str
    commune: str


class Referentiels:
    """Lookups by code. Files are read at the first question and never again."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier

    def _rows(self, nom: str) -> Iterator[dict[str, str]]:
        with (self.dossier / nom).open(encoding="utf-8", newline="") as flux:
            yield from csv.DictReader(flux)

    def lignes(self, nom: str) -> Sequence[Ligne]:
        """Return the sound rows of a list that the site can do without: none when its file is not there."""
        return self._lu(nom).lignes

    @cached_property
    def manifeste(self) -> Manifeste:
        """What is said of each file; nothing when it cannot be read."""
        return self._manifeste[0] or Manifeste(
            sources_des_contacts={}, mots_des_boites=(), pages_nationales=(), jeux=()
        )

    @cached_property
    def _manifeste(self) -> tuple[Manifeste | None, list[Probleme]]:
        place = self.dossier / MANIFESTE
        if not place.is_file():
            return None, []
        nom = f"{DOSSIER}/{MANIFESTE}"
        brut, problemes = lire(nom, place.read_bytes())
        if brut is None:
            return None, problemes
        valeur, fautes = valider(Manifeste, nom, brut)
        return valeur, [*problemes, *fautes]

    def problemes(self) -> list[Probleme]:
        """What is wrong in the manifest and in the files that it names; what is right is kept."""
        fautes = [
            Probleme(f"{DOSSIER}/{jeu.fichier}", Position(constat.ligne, 1), constat.colonne, constat.message)
            for jeu in self.manifeste.jeux
            for constat in self._lu(jeu.fichier).constats
        ]
        return [*self._manifeste[1], *fautes]

    def _lu(self, nom: str, place: Path | None = None) -> Lu:
        jeu = next((j for j in self.manifeste.jeux if j.fichier == nom), None)
        place = place or self.dossier / nom
        if jeu is None or not place.is_file():
            return Lu((), (Constat(1, "", ABSENT),))
        if not jeu.colonnes:
            return Lu()
        empreinte = hashlib.sha256(octets := place.read_bytes()).digest()
        cle = (jeu.model_dump_json(), empreinte, self._empreinte_des_codes)
        if cle not in _LUS:
            _LUS[cle] = controler(jeu, octets, self._codes)
        return _LUS[cle]

    def essayer(self, place: Path) -> Lu:
        """Check a newer copy, wherever it is, as if it were the file of its name."""
        return self._lu(place.name, place)

    @cached_property
    def _codes(self) -> Codes:
        boites, regions = (
            frozenset(self.manifeste.mots_des_boites),
            {r["region"] for r in self._rows("departements.csv")},
        )
        return Codes(self.communes, self.epci, self.departements, frozenset(regions), boites)

    @cached_property
    def _empreinte_des_codes(self) -> bytes:
        lus = (self.dossier / nom for nom in ("communes.csv", "epci.csv", "departements.csv"))
        return hashlib.sha256(b"".join(hashlib.sha256(p.read_bytes()).digest() for p in lus if p.is_file())).digest()

    @cached_property
    def membres(self) -> dict[str, list[Endroit]]:
        """SIREN -> communes of the EPCI."""
        found: dict[str, list[Endroit]] = {}
        for commune in self.communes.values():
            if commune.epci:
                found.setdefault(commune.epci, []).append(commune)
        return found

    @cached_property
    def departements(self) -> dict[str, Endroit]:
        """Département code -> place."""
        return {
            r["code"]: Endroit(r["code"], r["nom"], "departement", r["code"]) for r in self._rows("departements.csv")
        }

    @cached_property
    def regions(self) -> dict[str, str]:
        """Département code -> name of its région."""
        return {r["code"]: r["nom_region"] for r in self._rows("departements.csv")}

    @cached_property
    def epci(self) -> dict[str, Endroit]:
        """SIREN -> EPCI."""
        return {
            r["code"]: Endroit(r["code"], r["nom"], "epci", r["departement"], population=_int(r["population"]))
            for r in self._rows("epci.csv")
        }

    @cached_property
    def communes(self) -> dict[str, Endroit]:
        """INSEE code -> commune."""
        return {
            r["code"]: Endroit(
                r["code"],
                r["nom"],
                "commune",
                intern(r["departement"]),  # 35,000 communes, a hundred départements: one text each
                intern(r["epci"]),
                _int(r["population"]),
                _float(r["lon"]),
                _float(r["lat"]),
            )
            for r in self._rows("communes.csv")
        }

    @cached_property
    def zones_scolaires(self) -> dict[str, str]:
        """Département code -> zone of its school holidays; Corsica and overseas, which have calendars of their own, are
        left out."""
        return {r["departement"]: r["zone"] for r in self._rows("zones_scolaires.csv")}

    @cached_property
    def codes_postaux(self) -> dict[str, list[str]]:
        """INSEE code -> postcodes of the commune."""
        return {r["code"]: r["codes_postaux"].split() for r in self.lignes("codes_postaux.csv")}

    @cached_property
    def anciennes(self) -> list[Ancienne]:
        """Former communes, and arrondissements."""
        return [Ancienne(r["code"], r["nom"], r["type"], r["commune"]) for r in self.lignes("anciennes_communes.csv")]

    @cached_property
    def noms_qui_sont_des_mots(self) -> frozenset[str]:
        """Names of places that a sentence may hold without naming the place: « Orange », « Le Pont »."""
        return frozenset(r["nom"] for r in self.lignes("noms_qui_sont_des_mots.csv"))

    @cached_property
    def hors_de_france(self) -> dict[str, str]:
        """Name of a place abroad -> its country, as in « en Belgique »."""
        return {r["nom"]: r["pays"] for r in self.lignes("hors_de_france.csv")}

    def par_echelle(self, echelle: str) -> dict[str, Endroit]:
        """Return the places of one scale: ``departement``, ``epci`` or ``commune``."""
        return {"departement": self.departements, "epci": self.epci, "commune": self.communes}[echelle]

    def trouver(self, echelle: str, code: str) -> Endroit | None:
        """Return the place, or None when the code is unknown."""
        return self.par_echelle(echelle).get(code)


def _int(texte: str) -> int | None:
    return int(texte) if texte else None


def _float(texte: str) -> float | None:
    return float(texte) if texte else None
