"""Communes and EPCI cut into small sorted pieces, so that a browser finds one without loading them all. Pure.

Two sorted lists, cut like the leaves of a tree: ``noms`` by folded name, ``codes`` by official code. The index holds
the first key of each piece: a lookup loads the index, a piece or two of names, then the piece of the code, which names
the EPCI of its communes.
``docs/assets/js/commune/lieux.js`` reads them, and folds exactly as ``plier`` does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from macros.lecture.json_publie import compact
from macros.lecture.lieux.faits import PROGRAMMES, Faits, FaitsDesLieux
from macros.lecture.lieux.noms import Row, nombres, par_les_sons, rangees
from macros.lecture.lieux.referentiels import Endroit, Referentiels

DOSSIER = "api/communes"
_OCTETS = {"noms": 3700, "codes": 5000, "nombres": 6000}


@dataclass(frozen=True)
class Centre:
    """A point in WGS84 degrees. ``exact`` is false when the place has none of its own and borrows a larger one's."""

    lon: float
    lat: float
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Intercommunalite:
    """The EPCI of a commune; ``departements``: the main one first."""

    code: str
    nom: str
    population: int | None
    departements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lieu:
    """A place as the browser knows it (``lieu`` of ``docs/assets/js/commune/lieux.js``)."""

    code: str
    nom: str
    population: int | None
    centre: Centre | None
    departements: tuple[str, ...]
    epci: Intercommunalite | None
    est_epci: bool
    faits: Faits


class Lieux:
    """The communes and EPCI of the référentiels, with what a lookup needs of them."""

    def __init__(self, referentiels: Referentiels) -> None:
        self._r = referentiels
        self._faits = FaitsDesLieux(referentiels)

    def lieu(self, code: str) -> Lieu | None:
        """Return the commune (INSEE code) or the EPCI (SIREN), None when the code is neither."""
        endroit = self._r.communes.get(code) or self._r.epci.get(code)
        if endroit is None:
            return None
        est_epci = endroit.echelle == "epci"
        return Lieu(
            code,
            endroit.nom,
            endroit.population,
            self.centre(endroit.echelle, code),
            tuple(self.departements_de(code)) if est_epci else (endroit.departement,),
            self.intercommunalite(endroit.epci) if endroit.epci else None,
            est_epci,
            self._faits.de(code),
        )

    def intercommunalite(self, siren: str) -> Intercommunalite:
        """Return an EPCI with the départements over which it lies."""
        epci = self._r.epci[siren]
        return Intercommunalite(siren, epci.nom, epci.population, tuple(self.departements_de(siren)))

    @cached_property
    def _par_departement(self) -> dict[str, list[Endroit]]:
        found: dict[str, list[Endroit]] = {}
        for commune in self._r.communes.values():
            found.setdefault(commune.departement, []).append(commune)
        return found

    def centre(self, echelle: str, code: str) -> Centre | None:
        """Centre of a place: its own, else the mean of its communes weighted by their inhabitants, else its EPCI's."""
        if echelle == "commune":
            commune = self._r.communes[code]
            if commune.lon is not None and commune.lat is not None:
                return Centre(commune.lon, commune.lat)
            large = self.centre("epci", commune.epci) if commune.epci else None
            large = large or self.centre("departement", commune.departement)
            return Centre(large.lon, large.lat, exact=False) if large else None
        return _mean((self._r.membres if echelle == "epci" else self._par_departement).get(code, ()))

    def departements_de(self, epci: str) -> list[str]:
        """Départements over which an EPCI lies, the main one first."""
        principal = self._r.epci[epci].departement
        return [principal, *sorted({c.departement for c in self._r.membres.get(epci, ())} - {principal})]

    @cached_property
    def tous(self) -> list[Endroit]:
        """Every commune and EPCI."""
        return [*self._r.communes.values(), *self._r.epci.values()]


@lru_cache(maxsize=1)
def lieux_de(referentiels: Referentiels) -> Lieux:
    """Return the places of these référentiels, whose members and centres are then read once for all that ask."""
    return Lieux(referentiels)


def _mean(communes: Iterable[Endroit]) -> Centre | None:
    situees = [(c.lon, c.lat, max(c.population or 0, 1)) for c in communes if c.lon is not None and c.lat is not None]
    poids = sum(p for *_, p in situees)
    if not poids:
        return None
    return Centre(
        round(sum(lon * p for lon, _, p in situees) / poids, 4), round(sum(lat * p for _, lat, p in situees) / poids, 4)
    )


def pieces(referentiels: Referentiels) -> dict[str, str]:
    """Return the files of the lookup: address in the site -> JSON text."""
    lieux, mots = lieux_de(referentiels), _Mots()
    noms = _cut(rangees(referentiels), _OCTETS["noms"])
    connus = (lieu for e in lieux.tous if (lieu := lieux.lieu(e.code)))
    codes = _cut(sorted((u.code, u.code, compact(_code_row(u, mots))) for u in connus), _OCTETS["codes"])
    index = {
        "noms": " ".join(_bounds([p[0][0] for p in noms], [p[-1][0] for p in noms])),
        "codes": " ".join(_bounds([p[0][0] for p in codes], [p[-1][0] for p in codes])),
        "mots": list(mots.rangs),
        "programmes": PROGRAMMES,
    }
    files = {f"{DOSSIER}/index.json": compact(index)}
    for numero, piece in enumerate(noms):
        files[f"{DOSSIER}/noms/{numero}.json"] = _array(piece)
    for numero, piece in enumerate(codes):
        epci = compact(_epci_of(referentiels, lieux, (code for _, code, _ in piece)))
        files[f"{DOSSIER}/codes/{numero}.json"] = f'{{"lieux":{_array(piece)},"epci":{epci}}}'
    departements = {code: d.nom for code, d in referentiels.departements.items()}
    files[f"{DOSSIER}/departements.json"] = compact(departements)
    return files | _par_les_nombres(referentiels) | _par_les_sons(referentiels)


def _par_les_nombres(referentiels: Referentiels) -> dict[str, str]:
    """Postcodes and codes of former communes: ``nombres/``, the first key of each piece in its index."""
    coupees = _cut(sorted(nombres(referentiels)), _OCTETS["nombres"])
    files = {f"{DOSSIER}/nombres/index.json": compact(" ".join(p[0][0] for p in coupees))}
    for numero, piece in enumerate(coupees):
        postes, anciens = ([row for row in piece if bool(row[1]) is ancien] for ancien in (False, True))
        files[f"{DOSSIER}/nombres/{numero}.json"] = f'{{"postes":{_array(postes)},"anciens":{_array(anciens)}}}'
    return files


def _par_les_sons(referentiels: Referentiels) -> dict[str, str]:
    """Every name by how it sounds: ``avant/`` and ``arriere/``, the bounds of both in ``sons.json``."""
    files: dict[str, str] = {}
    bornes: dict[str, str] = {}
    for sens in ("avant", "arriere"):
        coupees = list(par_les_sons(referentiels, arriere=sens == "arriere"))
        bornes[sens] = " ".join(_bounds([p[0] for p in coupees], [p[1] for p in coupees]))
        files |= {f"{DOSSIER}/{sens}/{numero}.json": compact(p[2]) for numero, p in enumerate(coupees)}
    return {f"{DOSSIER}/sons.json": compact(bornes), **files}


def _epci_of(referentiels: Referentiels, lieux: Lieux, codes: Iterable[str]) -> dict[str, list[Any]]:
    """SIREN -> name, inhabitants, départements: a commune is shown with its EPCI in one reading."""
    communes = (referentiels.communes[code] for code in codes if code in referentiels.communes)
    sirens = sorted({c.epci for c in communes if c.epci})
    return {u.code: [u.nom, u.population, *u.departements] for u in map(lieux.intercommunalite, sirens)}


class _Mots:
    """Words of the facts, each named in the rows by its rank in the index, from 1; 0 is none."""

    def __init__(self) -> None:
        self.rangs: dict[str, int] = {}

    def rang(self, mot: str | None) -> int:
        return self.rangs.setdefault(mot, len(self.rangs) + 1) if mot else 0


def _code_row(lieu: Lieu, mots: _Mots) -> list[Any]:
    """``[code, name, inhabitants or null, lon, lat, exact, départements, EPCI, facts]``."""
    point = [lieu.centre.lon, lieu.centre.lat, int(lieu.centre.exact)] if lieu.centre else [None, None, 0]
    epci = lieu.epci.code if lieu.epci else ""
    return [lieu.code, lieu.nom, lieu.population, *point, lieu.departements, epci, _facts_row(lieu.faits, mots)]


def _facts_row(faits: Faits, mots: _Mots) -> list[Any]:
    """``[density, rural type, centrality, massif, mountain, QPV, programmes, ORT, day of each]``, less the nulls at the
    end.

    Programmes: the sum of 1, 2, 4, 8 for those of ``PROGRAMMES``; those whose day is known are in the last object.
    """
    row: list[Any] = [faits.densite, mots.rang(faits.ruralite), faits.centralite, mots.rang(faits.massif)]
    signes = sum(1 << rang for rang, programme in enumerate(PROGRAMMES) if programme in faits.programmes)
    dates = {programme: jour for programme, jour in faits.programmes.items() if jour is not True}
    row += [int(faits.montagne), faits.qpv, signes or None, faits.ort, dates or None]
    while row and row[-1] is None:
        row.pop()
    return row


def _array(piece: list[Row]) -> str:
    return f"[{','.join(texte for *_, texte in piece)}]"


def _cut(rows: list[Row], octets: int) -> list[list[Row]]:
    """Cut a sorted list in pieces of at most ``octets``; a key is never astride two pieces."""
    cut: list[list[Row]] = [[]]
    taille = 0
    for i, row in enumerate(rows):
        poids = len(row[2].encode()) + 1
        if cut[-1] and taille + poids > octets and rows[i - 1][0] != row[0]:
            cut.append([])
            taille = 0
        cut[-1].append(row)
        taille += poids
    return cut


def _bounds(firsts: list[str], lasts: list[str]) -> list[str]:
    """The shortest prefix of each first key that still stands after the last key of the piece before."""
    bounds = [""]
    for last, first in zip(lasts, firsts[1:], strict=False):
        bounds.append(next(first[:n] for n in range(1, len(first) + 1) if first[:n] > last))
    return bounds
