"""What is a probable duplicate, and what is not."""

from __future__ import annotations

import pytest

from macros.catalogue.fige import Catalogue
from macros.contribution.proximite import SEUIL, mots_utiles, proximite, voisins


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("Atelier flash", "Ateliers flashs"),
        ("Atelier flash", "L’ATELIER FLASH"),
        ("Plan de paysage", "Plans paysage"),
        ("Balade urbaine", "Ballade urbaines"),
        ("Œuvre d’art", "oeuvre d'art"),
        ("Diagnostic en marchant", "Le diagnostic en marche"),
        ("Médiathèque à l’étage", "mediatheque etage"),
    ],
)
def test_memes_sujets(un: str, autre: str) -> None:
    assert SEUIL <= proximite(un, autre) == proximite(autre, un) <= 1


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("Atelier flash", "Atelier local"),
        ("Jeu de territoire", "Aides-territoires"),
        ("Budget participatif", "Carte participative"),
        ("Fonds vert", "Fonds rouge"),
        ("", "Atelier"),
        ("de la", "de la"),
    ],
)
def test_sujets_differents(un: str, autre: str) -> None:
    assert proximite(un, autre) < SEUIL


def test_mots_utiles() -> None:
    assert mots_utiles("L’Atelier des territoires : à la carte") == {"atelier", "territoire", "carte"}


def test_les_synonymes_comptent_et_le_plus_proche_vient_d_abord(catalogue: Catalogue) -> None:
    trouves = voisins("Agence technique départementale", catalogue.fiches.values())
    assert trouves[0].fiche.id == "agences-techniques-departementales"
    assert [v.score for v in trouves] == sorted((v.score for v in trouves), reverse=True)
    par_synonyme = voisins("marche exploratoire", catalogue.fiches.values())
    assert [(v.fiche.id, v.nom, v.score) for v in par_synonyme[:1]] == [
        ("diagnostic-en-marchant", "marche exploratoire", 1.0)
    ]
    assert voisins("Toiture végétalisée du gymnase", catalogue.fiches.values()) == []
