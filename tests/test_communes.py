"""Every commune and EPCI is found by its name and by its code, in pieces small enough for a phone in a field."""

from __future__ import annotations

import csv
import json
import shutil
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from macros.lecture.lieux import communes_gardees
from macros.lecture.lieux.communes import DOSSIER, Lieux, pieces
from macros.lecture.lieux.communes_gardees import FICHIER, pieces_gardees
from macros.lecture.lieux.noms import plier
from macros.lecture.lieux.referentiels import Referentiels
from tests.conftest import RACINE

REFERENTIELS = RACINE / "fiches" / "referentiels"
MAXIMUM = 30_000
HORS_CARTE = ("975", "977", "978", "98")
"""Collectivités d’outre-mer: communes of the référentiel, without département nor centre."""


@pytest.fixture(scope="module")
def referentiels() -> Referentiels:
    return Referentiels(REFERENTIELS)


@pytest.fixture(scope="module")
def fichiers(referentiels: Referentiels) -> dict[str, str]:
    return pieces(referentiels)


def pieces_du_nom(bornes: list[str], cle: str) -> list[int]:
    """Which pieces a typed key asks for, as ``commune/lieux.js`` does: the next one too when it is the last."""
    premiere = bisect_right(bornes, cle) - 1
    derniere = bisect_left(bornes, cle + "~") - 1
    return [premiere, derniere] if derniere == premiere + 1 else [premiere]


def piece_du_code(bornes: list[str], code: str) -> int:
    return max(0, bisect_right(bornes, code) - 1)


@cache
def _rows() -> list[dict[str, str]]:
    """The référentiel as it is written, read without the code under test."""
    with (REFERENTIELS / "communes.csv").open(encoding="utf-8", newline="") as flux:
        return list(csv.DictReader(flux))


def _bornes(fichiers: dict[str, str]) -> dict[str, list[str]]:
    lu = json.loads(fichiers[f"{DOSSIER}/index.json"])
    return {nom: lu[nom].split(" ") for nom in ("noms", "codes")}


def _loaded(fichiers: dict[str, str]) -> tuple[dict[str, list[str]], list[list[Any]], list[list[Any]]]:
    index = _bornes(fichiers)
    noms = [json.loads(fichiers[f"{DOSSIER}/noms/{n}.json"]) for n in range(len(index["noms"]))]
    codes = [json.loads(fichiers[f"{DOSSIER}/codes/{n}.json"])["lieux"] for n in range(len(index["codes"]))]
    return index, noms, codes


def test_every_commune_is_found_by_its_name(fichiers: dict[str, str]) -> None:
    index, noms, _ = _loaded(fichiers)
    par_piece = [{(row[0], row[1]) for row in piece} for piece in noms]
    assert len(_rows()) == 34_969
    for row in _rows():
        premiere = pieces_du_nom(index["noms"], plier(row["nom"]))[0]
        assert (row["code"], row["nom"]) in par_piece[premiere]


def test_every_commune_resolves_to_its_departement_and_epci(fichiers: dict[str, str]) -> None:
    index, _, codes = _loaded(fichiers)
    par_piece = [{row[0]: row for row in piece} for piece in codes]
    for row in _rows():
        found = par_piece[piece_du_code(index["codes"], row["code"])][row["code"]]
        assert (found[1], found[6], found[7]) == (row["nom"], [row["departement"]], row["epci"])
        assert (found[3] is None) == row["departement"].startswith(HORS_CARTE), row["code"]


def test_the_piece_of_a_commune_names_its_epci(referentiels: Referentiels, fichiers: dict[str, str]) -> None:
    index, _, codes = _loaded(fichiers)
    lieux = Lieux(referentiels)
    noms = [json.loads(fichiers[f"{DOSSIER}/codes/{n}.json"])["epci"] for n in range(len(codes))]
    for row in _rows():
        if row["epci"]:
            epci = referentiels.epci[row["epci"]]
            attendu = [epci.nom, epci.population, *lieux.departements_de(epci.code)]
            assert noms[piece_du_code(index["codes"], row["code"])][row["epci"]] == attendu


def test_the_code_alone_gives_the_departement() -> None:
    """As the browser does in its list: ``departementDe``."""
    for row in _rows():
        code = row["code"]
        assert code[: 3 if code.startswith(("97", "98")) else 2] == row["departement"]


def test_every_epci_is_found_with_its_departements(referentiels: Referentiels, fichiers: dict[str, str]) -> None:
    index, noms, codes = _loaded(fichiers)
    attendus: dict[str, set[str]] = {}
    for row in _rows():
        attendus.setdefault(row["epci"], set()).add(row["departement"])
    for siren, epci in referentiels.epci.items():
        assert siren in {row[0] for row in noms[pieces_du_nom(index["noms"], plier(epci.nom))[0]]}
        found = next(r for r in codes[piece_du_code(index["codes"], siren)] if r[0] == siren)
        assert set(found[6]) == attendus[siren] | {epci.departement}
        assert found[5] == 1


def test_shared_names_are_told_apart(fichiers: dict[str, str]) -> None:
    comptes = Counter(row["nom"] for row in _rows())
    partages = {nom for nom, n in comptes.items() if n > 1}
    assert len(partages) == 1441
    couples = [(row["nom"], row["departement"]) for row in _rows() if row["nom"] in partages]
    assert len(couples) == len(set(couples)), "deux communes de même nom dans un même département"
    index, noms, _ = _loaded(fichiers)
    par_piece = [{row[0] for row in piece} for piece in noms]
    for row in _rows():
        if row["nom"] in partages:
            assert row["code"] in par_piece[pieces_du_nom(index["noms"], plier(row["nom"]))[0]]


@pytest.mark.parametrize(
    ("ecrit", "code"),
    [
        ("st etienne", "42218"),
        ("SAINT-ÉTIENNE", "42218"),
        ("Poix du nord", "59464"),
        ("poix-du-nord", "59464"),
        ("salins fontaine", "73284"),
        ("la rochelle", "17300"),
        ("l'hay les roses", "94038"),
        ("L’Haÿ-les-Roses", "94038"),
        ("ste maxime", "83115"),
        ("oeuilly", "02565"),
        ("cc des deux morin", "200072544"),
        ("Communauté de communes des Deux Morin", "200072544"),
        ("grenoble alpes metropole", "200040715"),
    ],
)
def test_spellings_are_forgiven(fichiers: dict[str, str], ecrit: str, code: str) -> None:
    cle = plier(ecrit)
    lues = [json.loads(fichiers[f"{DOSSIER}/noms/{n}.json"]) for n in pieces_du_nom(_bornes(fichiers)["noms"], cle)]
    assert code in [row[0] for piece in lues for row in piece if plier(row[1]) == cle]


def test_a_lookup_stays_small(referentiels: Referentiels, fichiers: dict[str, str]) -> None:
    """Letter by letter from the third, every piece on the way counted with the EPCI's name, without compression."""
    tailles = {uri: len(texte.encode()) for uri, texte in fichiers.items()}
    index = _bornes(fichiers)
    pires = []
    for endroit in Lieux(referentiels).tous:
        cle = plier(endroit.nom)
        lus = {n for fin in range(min(3, len(cle)), len(cle) + 1) for n in pieces_du_nom(index["noms"], cle[:fin])}
        octets = tailles[f"{DOSSIER}/index.json"] + sum(tailles[f"{DOSSIER}/noms/{n}.json"] for n in lus)
        octets += tailles[f"{DOSSIER}/codes/{piece_du_code(index['codes'], endroit.code)}.json"]
        pires.append((octets, endroit.nom))
    assert max(pires)[0] < MAXIMUM, max(pires)
    assert len(fichiers) <= 1600


def test_every_postcode_and_every_former_commune_has_its_number(
    referentiels: Referentiels, fichiers: dict[str, str]
) -> None:
    bornes = json.loads(fichiers[f"{DOSSIER}/nombres/index.json"]).split(" ")
    lus = [json.loads(fichiers[f"{DOSSIER}/nombres/{n}.json"]) for n in range(len(bornes))]
    postes = [{(row[0], code) for row in lu["postes"] for code in row[1::2]} for lu in lus]
    anciens = [{(row[0], row[1], row[3]) for row in lu["anciens"]} for lu in lus]
    for code, connus in referentiels.codes_postaux.items():
        assert all((poste, code) in postes[piece_du_code(bornes, poste)] for poste in connus)
    for ancienne in referentiels.anciennes:
        attendue = (ancienne.code, ancienne.commune, ancienne.nom)
        assert ancienne.code == ancienne.commune or attendue in anciens[piece_du_code(bornes, ancienne.code)]


def test_names_that_are_words_and_places_abroad_are_known(referentiels: Referentiels) -> None:
    connus = {e.nom for e in Lieux(referentiels).tous} | {a.nom for a in referentiels.anciennes}
    assert referentiels.noms_qui_sont_des_mots <= connus
    assert {"Orange", "Sens", "Mer"} <= referentiels.noms_qui_sont_des_mots
    assert all(pays.startswith(("en ", "au ", "aux ", "à ")) for pays in referentiels.hors_de_france.values())


def test_a_borrowed_centre_says_so(referentiels: Referentiels) -> None:
    lieux = Lieux(referentiels)
    sans = [c for c in referentiels.communes.values() if c.lon is None]
    assert len(sans) == 101
    for commune in sans:
        centre = lieux.centre("commune", commune.code)
        if commune.departement.startswith(HORS_CARTE):
            assert centre is None
        else:
            assert centre is not None and not centre.exact


@pytest.fixture
def faites(fichiers: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> list[Referentiels]:
    """What the pieces were made from, each time that they are: they come ready-made."""
    fois: list[Referentiels] = []

    def pieces(lieux: Referentiels) -> dict[str, str]:
        fois.append(lieux)
        return fichiers

    monkeypatch.setattr(communes_gardees.communes, "pieces", pieces)
    return fois


@pytest.fixture
def reserve(tmp_path: Path, referentiels: Referentiels, fichiers: dict[str, str], faites: list[Referentiels]) -> Path:
    """A folder where the pieces of the référentiels are kept."""
    assert pieces_gardees(referentiels, tmp_path / "reserve") == fichiers
    faites.clear()
    return tmp_path / "reserve"


def test_what_is_kept_is_what_was_made(
    reserve: Path, referentiels: Referentiels, fichiers: dict[str, str], faites: list[Referentiels]
) -> None:
    assert list(pieces_gardees(referentiels, reserve).items()) == list(fichiers.items())
    assert faites == []


@pytest.mark.parametrize("garde", [b"[]", b'{"empreinte": "autre", "pieces": {}}', b"\xff"])
def test_what_is_not_whole_is_made_again(
    garde: bytes, reserve: Path, referentiels: Referentiels, fichiers: dict[str, str], faites: list[Referentiels]
) -> None:
    (reserve / FICHIER).write_bytes(garde)
    assert pieces_gardees(referentiels, reserve) == fichiers
    assert faites == [referentiels]
    assert (reserve / FICHIER).stat().st_size > 1_000_000


def test_a_changed_referentiel_is_read_again(reserve: Path, tmp_path: Path, faites: list[Referentiels]) -> None:
    shutil.copytree(REFERENTIELS, tmp_path / "referentiels")
    with (tmp_path / "referentiels/communes.csv").open("a", encoding="utf-8") as communes:
        communes.write("\n")
    autre = Referentiels(tmp_path / "referentiels")
    pieces_gardees(autre, reserve)
    assert faites == [autre]


def test_nowhere_to_keep_them(
    tmp_path: Path, referentiels: Referentiels, fichiers: dict[str, str], faites: list[Referentiels]
) -> None:
    (tmp_path / "fichier").write_text("")
    assert pieces_gardees(referentiels, tmp_path / "fichier" / "reserve") == fichiers
    assert faites == [referentiels]
