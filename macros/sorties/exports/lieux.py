"""Catalogue -> the sites on a map (GeoJSON, RFC 7946). Points are those of the official places, never guessed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from macros.catalogue.fige import Catalogue
from macros.catalogue.textes_nus import LICENCE, ligne, plat
from macros.ecriture.rendu import adresse
from macros.lecture.json_publie import compact
from macros.lecture.lieux.communes import Centre, Lieux
from macros.modeles import Fiche, Site
from macros.sorties.exports.fiches import publiees

Position = list[float]
"""``[longitude, latitude]``, WGS 84 degrees."""


def sites_geojson(catalogue: Catalogue, lieux: Lieux, base: str) -> str:
    """Return ``api/sites.geojson``: one feature a site, with a point for each of its places."""
    sites = [_feature(lieux, f, base) for f in publiees(catalogue, "site") if isinstance(f, Site)]
    return compact({"type": "FeatureCollection", "licence": LICENCE, "features": sites})


def centres(lieux: Lieux, fiche: Fiche) -> list[Centre]:
    """The centre of each place of a fiche that has one; none for the whole country or unknown places."""
    echelle = fiche.territoire.echelle
    if echelle == "national":
        return []
    return [c for lieu in fiche.territoire.lieux if (c := _centre(lieux, echelle, lieu.code))]


@lru_cache(maxsize=4096)
def _centre(lieux: Lieux, echelle: str, code: str) -> Centre | None:
    """The mean of the communes of a département is worth keeping: several tables ask for it."""
    return lieux.centre(echelle, code)


def point_unique(lieux: Lieux, fiche: Fiche) -> tuple[float, float] | None:
    """The point of a fiche that stands in one place; None when it has several, or none."""
    trouves = centres(lieux, fiche) if len(fiche.territoire.lieux) == 1 else []
    return (trouves[0].lon, trouves[0].lat) if trouves else None


def _feature(lieux: Lieux, site: Site, base: str) -> dict[str, Any]:
    points = centres(lieux, site)
    exact = site.territoire.echelle == "commune" and bool(points) and all(c.exact for c in points)
    return {
        "type": "Feature",
        "id": site.id,
        "geometry": _geometry([[c.lon, c.lat] for c in points]),
        "properties": {
            "id": site.id,
            "titre": ligne(site.titre),
            "accroche": plat(site.accroche),
            "adresse": base + adresse(site),
            "profondeur": site.profondeur,
            "dispositifs": list(site.dispositifs),
            "themes": list(site.themes),
            "annees": list(site.annees),
            "avancement": site.avancement,
            "validite": site.validite.etat,
            "echelle": site.territoire.echelle,
            "codes": [lieu.code for lieu in site.territoire.lieux],
            "lieux": [lieu.nom for lieu in site.territoire.lieux],
            "position": "commune" if exact else "approchee" if points else "inconnue",
            "verifie_le": site.verification.le,
        },
    }


def _geometry(points: list[Position]) -> dict[str, Any] | None:
    if not points:
        return None
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    return {"type": "MultiPoint", "coordinates": points}
