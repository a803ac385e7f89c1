"""The map shows every site with its link, its row, and its point in the right place."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from math import hypot

import pytest
from lxml import html

from macros.catalogue.fige import Catalogue
from macros.ecriture.typographie import typographier
from macros.lecture.lieux.referentiels import Referentiels
from macros.modeles import Site
from macros.pages.outils.carte import (
    ECART,
    HAUTEUR,
    LARGEUR,
    METROPOLE,
    SIGNES,
    cadre_de,
    carte_exemples,
    contours,
    ecarter,
)
from macros.pages.vue import Vue
from tests.conftest import RACINE

MAXIMUM = 120_000
"""Bytes of the outlines alone."""
MAXIMUM_COMPRIME = 32_000
"""Bytes of the whole page part, compressed as a server sends it, for a hundred sites."""


@pytest.fixture(scope="module")
def texte(catalogue: Catalogue) -> str:
    return carte_exemples(Vue(catalogue, "exemples/carte/"))


@pytest.fixture(scope="module")
def arbre(texte: str) -> html.HtmlElement:
    return html.fragment_fromstring(texte)


def test_every_site_has_a_point_a_link_and_a_row(catalogue: Catalogue, arbre: html.HtmlElement) -> None:
    sites = [f for f in catalogue.du_type("site") if f.etat == "publiee"]
    assert sites
    communes = catalogue.referentiels.communes.values()
    lieux_situes = {commune.code for commune in communes if commune.lon is not None}
    for site in sites:
        point = arbre.get_element_by_id(f"point-{site.id}")
        ligne = arbre.get_element_by_id(f"ligne-{site.id}")
        assert ligne.find("span/a").get("href") == f"../../sites/{site.id}/"
        if point.tag == "span":  # nowhere in the référentiels: said on its row
            assert point.text == "hors de la carte" and not lieux_situes & {lieu.code for lieu in site.territoire.lieux}
            continue
        assert point.get("href") == f"../../sites/{site.id}/"
        assert ligne.xpath(f".//a[@href='#point-{site.id}']")
        x, y = map(float, re.findall(r"[-\d.]+", point.getparent().get("transform")))
        assert 0 < x < LARGEUR and 0 < y < HAUTEUR, site.id
        assert point.getparent().get("data-signe") == ligne.get("data-signe")


def test_no_sign_hides_another(arbre: html.HtmlElement) -> None:
    places = [tuple(map(float, re.findall(r"[-\d.]+", g.get("transform")))) for g in arbre.xpath("//g[@transform]")]
    for i, (x, y) in enumerate(places):
        for autre in places[:i]:
            assert hypot(x - autre[0], y - autre[1]) > ECART - 2


def test_signs_stay_near_their_real_points() -> None:
    assert ecarter([(10, 10), (500, 500)]) == [(10, 10), (500, 500)]
    for avant, apres in zip([(10, 10)] * 3, ecarter([(10, 10)] * 3), strict=True):
        assert hypot(avant[0] - apres[0], avant[1] - apres[1]) < 2 * ECART


def test_the_legend_counts_every_site_once(catalogue: Catalogue, arbre: html.HtmlElement) -> None:
    comptes = [int(n.strip("()")) for n in arbre.xpath("//span[@class='plan__nombre']/text()")]
    assert sum(comptes) == len([f for f in catalogue.du_type("site") if f.etat == "publiee"])


def test_signs_differ_by_shape_alone(catalogue: Catalogue, arbre: html.HtmlElement) -> None:
    """A shape for each line of the legend, the last two for other dispositifs and for none: nobody needs the colour."""
    lignes = arbre.xpath("//fieldset//svg/path/@d")
    assert len(lignes) == len(set(lignes)) <= len(SIGNES) == len(set(SIGNES.values()))
    principaux = Counter(f.dispositifs[0] for f in catalogue.du_type("site") if isinstance(f, Site) and f.dispositifs)
    noms = arbre.xpath("//fieldset//label/span/text()")
    plus_rare = principaux.most_common(len(SIGNES) - 2)[-1][1]
    for id_ in (id_ for id_, nombre in principaux.items() if nombre > plus_rare):
        assert any(typographier(catalogue.fiches[id_].titre) in nom for nom in noms), id_


def test_the_drawing_is_light(texte: str, catalogue: Catalogue) -> None:
    assert len(gzip.compress(texte.encode())) < MAXIMUM_COMPRIME
    assert 20_000 < len(contours(catalogue.referentiels)) < MAXIMUM


def test_places_fall_where_they_are() -> None:
    referentiels = Referentiels(RACINE / "fiches" / "referentiels")
    lille, brest, nice, ajaccio = (
        METROPOLE.projeter(lon, lat) for lon, lat in [(3.06, 50.63), (-4.49, 48.39), (7.26, 43.7), (8.74, 41.93)]
    )
    assert brest[0] < lille[0] < nice[0] < ajaccio[0]
    assert lille[1] < brest[1] < nice[1] < ajaccio[1]
    cayenne = cadre_de(referentiels, "973").projeter(-52.33, 4.92)
    assert 0 < cayenne[0] < LARGEUR and METROPOLE.hauteur < cayenne[1] < HAUTEUR
