"""The map of the sites, drawn at build time: outlines of the départements, one symbol a site; then by region. Pure."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from macros.catalogue.fige import cle_de_tri
from macros.ecriture.typographie import date_lisible, enumerer, typographier
from macros.lecture.lieux.communes import Lieux, lieux_de
from macros.lecture.lieux.referentiels import Referentiels
from macros.modeles import Site
from macros.pages.composition import bloc
from macros.pages.declaration import declarer
from macros.pages.outils.ma_commune import centre_du_site, noms_des_lieux
from macros.pages.vue import Vue

LARGEUR, HAUTEUR = 1000, 980
_PAS = 2
"""Outlines snap to this grid, in units of the drawing: neighbours that share a border still share it."""
ECART = 42
"""Least distance between two signs, enough for a phone, where they are larger: nearer ones are drawn apart, each tied
to its real point by a thin line."""

Point = tuple[float, float]
Anneaux = list[list[list[Point]]]


@dataclass(frozen=True)
class Cadre:
    """A window of the map: a box of degrees drawn into a box of the drawing."""

    ouest: float
    est: float
    sud: float
    nord: float
    x: float
    y: float
    largeur: float
    hauteur: float

    @property
    def echelle(self) -> float:
        """Units of the drawing for one degree of latitude."""
        return min(self.largeur / ((self.est - self.ouest) * self._rapport), self.hauteur / (self.nord - self.sud))

    @property
    def _rapport(self) -> float:
        return cos(radians((self.sud + self.nord) / 2))

    def projeter(self, lon: float, lat: float) -> Point:
        """Place a point: degrees of longitude are shortened as they are at the middle of the window."""
        x = self.x + self.largeur / 2 + (lon - (self.ouest + self.est) / 2) * self._rapport * self.echelle
        y = self.y + self.hauteur / 2 - (lat - (self.sud + self.nord) / 2) * self.echelle
        return x, y


METROPOLE = Cadre(-5.2, 9.65, 41.3, 51.15, 10, 10, 980, 850)
_VIGNETTE = 96
_OUTRE_MER = ("971", "972", "973", "974", "976")

SIGNES = {
    "disque": "M-10 0a10 10 0 1 0 20 0a10 10 0 1 0-20 0z",
    "carre": "M-9-9h18v18h-18z",
    "losange": "M0-12L12 0L0 12L-12 0z",
    "triangle": "M0-11L11 9H-11z",
    "triangle-bas": "M0 11L11-9H-11z",
    "hexagone": "M-6-10h12l6 10l-6 10h-12l-6-10z",
    "croix": "M-4-11h8v7h7v8h-7v7h-8v-7h-7v-8h7z",
    "etoile": "M0-13L3.5-4.5 12.5-4 5.5 1.8 7.8 10.8 0 6-7.8 10.8-5.5 1.8-12.5-4-3.5-4.5z",
    "barre": "M-11-5h22v10h-22z",
}
"""Shape -> its outline around the point. The shape tells the dispositif; the colour only repeats it."""
COULEURS = 6


@declarer("Dessine la carte des sites, avec sa légende et leur liste par région.", "{{ carte_exemples() }}")
def carte_exemples(vue: Vue) -> str:
    """The map, its legend, which filters, and the list of the same sites, by region."""
    sites = [f for f in vue.catalogue.du_type("site") if isinstance(f, Site) and f.etat == "publiee"]
    legende = _legend(vue, sites)
    lieux = lieux_de(vue.catalogue.referentiels)
    rows = [_row(vue, lieux, site, legende) for site in sites]
    for row, place in zip(
        situes := [r for r in rows if r["point"]], ecarter([r["point"] for r in situes]), strict=True
    ):
        row["place"] = place
    return bloc(
        "blocs/carte.html",
        vue,
        largeur=LARGEUR,
        hauteur=HAUTEUR,
        contours=contours(vue.catalogue.referentiels),
        vignettes=vignettes(vue.catalogue.referentiels),
        signes=SIGNES,
        legende=list({signe["id"]: signe for signe in legende.values()}.values()),
        # From north to south: the order of the keyboard is the one of the eye.
        points=sorted(situes, key=lambda r: (r["point"][1], r["point"][0])),
        regions=_by_region(rows),
    )


def _legend(vue: Vue, sites: Iterable[Site]) -> dict[str, dict[str, Any]]:
    """Main dispositif -> sign, the most frequent first; the others share a sign, and those without any the last."""
    comptes = Counter(_principal(site) for site in sites)
    formes = list(SIGNES)
    propres = [id_ for id_, _ in sorted(comptes.items(), key=lambda c: (-c[1], c[0])) if id_][: len(formes) - 2]
    rangs = {id_: rang for rang, id_ in enumerate(propres)}
    signes: dict[str, dict[str, Any]] = {}
    for id_, nombre in sorted(comptes.items(), key=lambda c: (not c[0], rangs.get(c[0], len(formes)), c[0])):
        cle = id_ if id_ in rangs else "autre" if id_ else "aucun"
        rang = rangs.get(id_, len(formes) - 2 if id_ else len(formes) - 1)
        titre = typographier(vue.catalogue.fiches[id_].titre) if id_ in rangs else _COMMUNS[cle]
        partage = next((s for s in signes.values() if s["id"] == cle), None)
        signes[id_] = partage or {
            "id": cle, "titre": titre, "forme": formes[rang], "couleur": rang % COULEURS + 1, "n": 0,
        }  # fmt: skip
        signes[id_]["n"] += nombre
    return signes


_COMMUNS = {"autre": "Un autre dispositif", "aucun": "Dispositif non renseigné"}


def _principal(site: Site) -> str:
    return site.dispositifs[0] if site.dispositifs else ""


def _row(vue: Vue, lieux: Lieux, site: Site, legende: dict[str, dict[str, Any]]) -> dict[str, Any]:
    centre = centre_du_site(lieux, site)
    departement = _departement(vue, site)
    point = cadre_de(vue.catalogue.referentiels, departement).projeter(centre.lon, centre.lat) if centre else None
    return {
        **vue.lien(site.id),
        "id": site.id,
        "signe": legende[_principal(site)],
        "point": tuple(round(v, 1) for v in point) if point else None,
        "exact": bool(centre and centre.exact),
        "ou": noms_des_lieux(vue.catalogue, site),
        "annees": enumerer([date_lisible(a) for a in site.annees]),
        "region": typographier(vue.catalogue.referentiels.regions.get(departement, "Sur plusieurs régions")),
    }


def _by_region(rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Sites of each region, both by name."""
    regions: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        regions[row["region"]].append(row)
    return sorted(regions.items(), key=lambda region: cle_de_tri(region[0]))


def ecarter(points: list[Point]) -> list[Point]:
    """Push apart the points that are too near to be told apart; the others stay where they are."""
    places = [list(p) for p in points]
    for _ in range(80):
        bouge = False
        for i, j in _near(places):
            a, b = places[i], places[j]
            dx, dy = a[0] - b[0], a[1] - b[1]
            distance = hypot(dx, dy)
            if distance >= ECART:
                continue
            if distance < 0.01:
                dx, dy, distance = 1.0, 0.0, 1.0
            pas = (ECART + 0.5 - min(distance, ECART)) / 2 / distance
            a[0], a[1], b[0], b[1] = a[0] + dx * pas, a[1] + dy * pas, b[0] - dx * pas, b[1] - dy * pas
            bouge = True
        if not bouge:
            break
    return [(round(x, 1), round(y, 1)) for x, y in places]


def _near(places: list[list[float]]) -> list[tuple[int, int]]:
    """Pairs that may touch, or come to touch while others are pushed: those of neighbouring squares."""
    cote = 2 * ECART
    carres: dict[tuple[int, int], list[int]] = defaultdict(list)
    paires = []
    for i, (x, y) in enumerate(places):
        colonne, rang = int(x // cote), int(y // cote)
        paires += [(i, j) for dx in (-1, 0, 1) for dy in (-1, 0, 1) for j in carres.get((colonne + dx, rang + dy), ())]
        carres[colonne, rang].append(i)
    return sorted(paires)


def _departement(vue: Vue, site: Site) -> str:
    if not site.territoire.lieux:
        return ""
    endroit = vue.catalogue.referentiels.trouver(site.territoire.echelle, site.territoire.lieux[0].code)
    return endroit.departement if endroit else ""


# --- outlines


def contours(referentiels: Referentiels) -> str:
    """One path for the départements of the métropole."""
    formes = _shapes(referentiels.dossier)
    return "".join(_path(formes[code], METROPOLE) for code in sorted(formes) if code not in _OUTRE_MER)


def vignettes(referentiels: Referentiels) -> list[dict[str, Any]]:
    """The insets of the overseas départements, each at its own scale."""
    formes = _shapes(referentiels.dossier)
    return [
        {
            "nom": typographier(referentiels.departements[code].nom),
            "x": (cadre := cadre_de(referentiels, code)).x,
            "y": cadre.y,
            "cote": _VIGNETTE,
            "trace": _path(formes[code], cadre),
        }
        for code in _OUTRE_MER
    ]


def cadre_de(referentiels: Referentiels, departement: str) -> Cadre:
    """The window where a département is drawn."""
    if departement not in _OUTRE_MER:
        return METROPOLE
    points = [p for poly in _shapes(referentiels.dossier)[departement] for ring in poly for p in ring]
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    x = 30 + _OUTRE_MER.index(departement) * (_VIGNETTE + 84)
    return Cadre(min(lons), max(lons), min(lats), max(lats), x, HAUTEUR - _VIGNETTE - 34, _VIGNETTE, _VIGNETTE)


@cache
def _shapes(dossier: Path) -> dict[str, Anneaux]:
    donnees = json.loads((dossier / "departements.geojson").read_text(encoding="utf-8"))
    return {f["properties"]["code"]: f["geometry"]["coordinates"] for f in donnees["features"]}


def _path(polygones: Anneaux, cadre: Cadre) -> str:
    return "".join(_ring(anneau, cadre) for polygone in polygones for anneau in polygone)


def _ring(anneau: list[Point], cadre: Cadre) -> str:
    """A closed ring in whole units, relative; empty when the grid swallows it."""
    grille: list[tuple[int, int]] = []
    for lon, lat in anneau:
        x, y = cadre.projeter(lon, lat)
        point = (round(x / _PAS) * _PAS, round(y / _PAS) * _PAS)
        if not grille or point != grille[-1]:
            grille.append(point)
    if grille and grille[0] == grille[-1]:
        grille.pop()
    if len(grille) < 3:
        return ""
    pas = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(grille)]
    return f"M{_pair(*grille[0])}l" + " ".join(_pair(dx, dy) for dx, dy in pas) + "z"


def _pair(x: int, y: int) -> str:
    return f"{x}{y}" if y < 0 else f"{x} {y}"
