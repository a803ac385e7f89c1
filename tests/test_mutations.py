"""Hundreds of spoilt fiches: each gives a message at the right line of the right file, and none breaks the reader."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache

import pytest

from macros.catalogue.chargement import charger
from macros.catalogue.fige import Catalogue
from macros.contribution.essai import Essai
from macros.modeles import DOSSIERS
from tests.conftest import RACINE
from tests.mutations import MUTATIONS, Faute, Feuille, Mutation

GRAINE = 20261122
PAR_GENRE = 9
MINIMUM = 150


@pytest.fixture(scope="module")
def essai(catalogue: Catalogue) -> Essai:
    return Essai(catalogue, RACINE)


@cache
def fautes(mutation: Mutation) -> list[tuple[str, Faute]]:
    """The first files, in an order drawn once, that this mistake can spoil."""
    hasard = random.Random(f"{GRAINE} {mutation.__name__}")
    fichiers = sorted(p.relative_to(RACINE).as_posix() for d in DOSSIERS for p in (RACINE / "fiches" / d).glob("*.yml"))
    hasard.shuffle(fichiers)
    found = []
    for fichier in fichiers:
        faute = mutation(Feuille(fichier, (RACINE / fichier).read_bytes(), hasard))
        if faute:
            found.append((fichier, faute))
        if len(found) == PAR_GENRE:
            break
    return found


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.__name__)
def test_chaque_faute_est_dite_a_sa_ligne(mutation: Mutation, essai: Essai) -> None:
    gatees = fautes(mutation)
    assert gatees, "aucune fiche ne se prête à cette faute"
    for fichier, faute in gatees:
        problemes = essai.controler(fichier, faute.octets)
        vus = "\n".join(map(str, problemes))
        assert {p.fichier for p in problemes} == {fichier}, f"{faute.genre} : aucun message pour {fichier}"
        justes = [p for p in problemes if p.position.ligne in faute.lignes and faute.dit in p.message]
        assert justes, f"{faute.genre}, attendu ligne {sorted(faute.lignes)} « {faute.dit} » dans {fichier} :\n{vus}"
        assert all(
            1 <= p.position.ligne <= faute.octets.count(b"\n") + 1 and p.position.colonne >= 1 for p in problemes
        )


def test_il_y_en_a_assez() -> None:
    compte = Counter(faute.genre for mutation in MUTATIONS for _, faute in fautes(mutation))
    assert sum(compte.values()) >= MINIMUM
    assert len(compte) == len(MUTATIONS) >= 20


def test_l_essai_dit_ce_que_dit_le_chargement(catalogue: Catalogue, essai: Essai) -> None:
    """The shortcut that these tests take applies the rules that « valider » applies, no more and no less."""
    dossier = RACINE / "tests/fautives"
    autres = sorted(dossier.rglob("*.yml"))
    _, problemes = charger(RACINE, autres)
    for path in autres:
        fichier = path.relative_to(RACINE).as_posix()
        attendus = [p for p in problemes if p.fichier == fichier]
        assert essai.controler(fichier, path.read_bytes()) == attendus, fichier
    for id_ in ("atelier-flash", "preparer-un-atelier-flash", "poix-du-nord"):
        fichier = catalogue.fichiers[id_]
        assert essai.controler(fichier, (RACINE / fichier).read_bytes()) == []
