"""What a commune already is, against the lists read without the code under test."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from shutil import copytree

import pytest

from macros.lecture.lieux.communes import Lieux
from macros.lecture.lieux.faits import Faits
from macros.lecture.lieux.referentiels import Referentiels
from tests.conftest import RACINE

REFERENTIELS = RACINE / "fiches" / "referentiels"


@pytest.fixture(scope="module")
def lieux() -> Lieux:
    return Lieux(Referentiels(REFERENTIELS))


def lues(nom: str) -> list[dict[str, str]]:
    with (REFERENTIELS / nom).open(encoding="utf-8", newline="") as flux:
        return list(csv.DictReader(flux))


def faits(lieux: Lieux, code: str) -> Faits:
    lieu = lieux.lieu(code)
    assert lieu is not None, code
    return lieu.faits


def test_chaque_ligne_des_programmes_se_retrouve(lieux: Lieux) -> None:
    sans_lieu = set()
    for ligne in lues("programmes.csv"):
        siren_de_commune = ligne["code"][2:7] if len(ligne["code"]) == 9 and ligne["code"].startswith("21") else ""
        lieu = lieux.lieu(siren_de_commune or ligne["code"])
        if lieu is None:
            sans_lieu.add(ligne["code"])
        else:
            assert lieu.faits.programmes[ligne["programme"]] == (ligne["convention"] or True), ligne
    # Three établissements publics territoriaux of the Grand Paris, which are not EPCI.
    assert sans_lieu == {"200057990", "200058014", "200058097"}


def test_les_territoires_d_industrie_valent_pour_les_communes_de_l_epci(lieux: Lieux) -> None:
    cluses = lieux.lieu("74081")
    assert cluses is not None and cluses.epci is not None
    assert "ti" in faits(lieux, cluses.epci.code).programmes
    assert "ti" in cluses.faits.programmes


def test_seule_une_ort_signee_compte(lieux: Lieux) -> None:
    for ligne in lues("ort.csv"):
        if lieu := lieux.lieu(ligne["code"]):
            signee = ligne["etat"] == "signée"
            assert lieu.faits.ort == ((ligne["date_signature"] or True) if signee else None), ligne


def test_les_typologies_la_montagne_et_les_quartiers(lieux: Lieux) -> None:
    montagne = {ligne["code"] for ligne in lues("zone_montagne.csv")}
    quartiers = Counter(ligne["code"] for ligne in lues("qpv_2024.csv"))
    for ligne in lues("typologies.csv"):
        fait = faits(lieux, ligne["code"])
        assert (fait.ruralite or "", fait.massif or "") == (ligne["ruralite"], ligne["massif"])
        assert [fait.densite, fait.centralite] == [
            int(ligne[c]) if ligne[c] else None for c in ("densite", "centralite")
        ]
        assert fait.montagne == (ligne["code"] in montagne)
        assert fait.qpv == (None if ligne["code"].startswith(("97", "98")) else quartiers[ligne["code"]])


def test_un_epci_a_ce_que_ses_communes_ont(lieux: Lieux) -> None:
    lyon = faits(lieux, "200046977")
    assert lyon.qpv is not None and lyon.qpv >= 30
    assert faits(lieux, "249740119").qpv is None, "outre-mer : la source ne permet pas de conclure"


def test_sans_les_listes_le_lieu_reste(tmp_path: Path) -> None:
    autre = tmp_path / "referentiels"
    copytree(REFERENTIELS, autre)
    for nom in ("typologies", "programmes", "ort", "qpv_2024", "zone_montagne"):
        (autre / f"{nom}.csv").unlink()
    assert faits(Lieux(Referentiels(autre)), "59464") == Faits(qpv=0)
