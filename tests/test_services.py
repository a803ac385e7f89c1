"""The services of the State, against their files read without the code under test; and files that are wrong."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from shutil import copytree

import pytest

from macros.lecture.lieux.referentiels import Referentiels
from macros.lecture.lieux.services import Services, appel
from tests.conftest import RACINE, lancer

REFERENTIELS = RACINE / "fiches" / "referentiels"
MAXIMUM = 30_000
SANS_SERVICE = {"977", "978", "984", "986", "987", "988", "989"}
NOMS = {
    "01": "DDT de l’Ain",
    "2A": "DDT de la Corse-du-Sud",
    "59": "DDTM du Nord",
    "75": "Unité départementale de Paris de la DRIEAT",
    "93": "Unité départementale de la Seine-Saint-Denis de la DRIEAT",
    "971": "DEAL de la Guadeloupe",
    "973": "DGTM de la Guyane",
    "975": "DTAM de Saint-Pierre-et-Miquelon",
    "976": "DEALM de Mayotte",
}


@pytest.fixture(scope="module")
def services() -> Services:
    return Services(Referentiels(REFERENTIELS))


def portes() -> dict[str, list[dict[str, str]]]:
    """Département -> rows of its service, the newest first."""
    trouvees = defaultdict(list)
    with (REFERENTIELS / "contacts_etat.csv").open(encoding="utf-8", newline="") as flux:
        for ligne in csv.DictReader(flux):
            if (ligne["echelle"], ligne["nature"]) == ("departement", "ddt"):
                trouvees[ligne["lieu"]].append(ligne)
    return {lieu: sorted(lignes, key=lambda r: r["date"], reverse=True) for lieu, lignes in trouvees.items()}


def test_chaque_departement_a_sa_porte_sous_son_nom(services: Services) -> None:
    attendues = portes()
    assert len(attendues) == 102
    for code, lignes in attendues.items():
        porte = services.porte(code)
        assert porte is not None, code
        telephones = list(dict.fromkeys(r["telephone"] for r in lignes if r["telephone"]))
        assert [t.texte for t in porte.telephones][: len(telephones)] == telephones, code
        en_mer = any("mer" in re.split(r"\W+", r["service"].lower()) for r in lignes)
        if code.isdigit() and len(code) == 2 and code not in {"75", "92", "93", "94"}:
            assert porte.nom.split()[0] == ("DDTM" if en_mer else "DDT"), code
    assert {code: porte.nom for code in NOMS if (porte := services.porte(code))} == NOMS
    assert all(services.porte(code) is None for code in SANS_SERVICE)


def test_la_region_et_le_departement_de_meme_code_ne_se_melent_pas(services: Services) -> None:
    noms = [contact.nom for contact in services.autres("01")]
    assert "DREAL Auvergne-Rhône-Alpes" in noms
    assert not any("Guadeloupe" in nom for nom in noms)


def test_deux_sources_qui_different_se_lisent_toutes_deux(services: Services) -> None:
    nord, var = services.porte("59"), services.porte("83")
    assert nord is not None and var is not None
    assert [t.date for t in nord.telephones] == ["2024-10-18", "2022-01-11"]
    assert (nord.accord, var.accord) == (False, True)


@pytest.mark.parametrize(
    ("ecrit", "compose"),
    [
        ("03 28 03 83 09", "+33328038309"),
        ("05 90 99 43 43", "+590590994343"),
        ("02 62 40 26 26", "+262262402626"),
        ("02 69 61 12 54", "+262269611254"),
        ("05 08 41 12 00", "+508411200"),
    ],
)
def test_un_numero_se_compose_de_partout(ecrit: str, compose: str) -> None:
    assert appel(ecrit) == compose


def test_un_departement_se_lit_en_peu_d_octets(services: Services) -> None:
    fichiers = services.fichiers({"memo": {}, "delai": 6})
    assert len(fichiers) == 109
    assert max(len(texte.encode()) for texte in fichiers.values()) < MAXIMUM
    assert json.loads(fichiers["api/services/978.json"])["nationale"]["url"].startswith("https://")


def test_chaque_fichier_est_declare_une_fois() -> None:
    declares = [jeu.fichier for jeu in Referentiels(REFERENTIELS).manifeste.jeux]
    presents = {p.name for p in REFERENTIELS.iterdir() if p.suffix in {".csv", ".geojson"}}
    assert sorted(declares) == sorted(presents)
    assert Referentiels(REFERENTIELS).problemes() == []


CONTACTS = "lieu,echelle,nature,service,courriel,telephone,adresse,ville,page,source,date\n"
AIN = "01,departement,ddt,DDT,ddt@ain.gouv.fr,04 74 45 62 37,,,,anct,2025-05\n"
FAUTES = {
    "colonne": (CONTACTS.replace(",telephone", "") + AIN, 1, "telephone", "colonne absente"),
    "lettres": (CONTACTS + AIN.replace("62 37", "62 AB"), 2, "telephone", "dix chiffres groupés par deux"),
    "doublon": (CONTACTS + AIN + AIN, 3, "lieu, echelle, nature, service, source, date", "qu’à la ligne 2"),
    "lieu": (CONTACTS + AIN.replace("01,", "00,", 1), 2, "lieu", "« 00 » n’est pas"),
    "personne": (CONTACTS + AIN.replace("ddt@", "jeanne.dupont@"), 2, "courriel", "Jamais l’adresse d’une personne"),
    "code": (CONTACTS + AIN.replace(",,,,", ",,,javascript:alert(1),"), 2, "page", "n’est pas une adresse de page"),
    "cases": (CONTACTS + "01,departement\n", 2, "", "2 cases pour 11 colonnes"),
    "octets": ("\xff", 1, "", "UTF-8"),
}


@pytest.mark.parametrize("faute", FAUTES)
def test_un_fichier_fautif_le_dit_et_le_reste_continue(faute: str, tmp_path: Path) -> None:
    contenu, ligne, colonne, dit = FAUTES[faute]
    autre = tmp_path / "referentiels"
    copytree(REFERENTIELS, autre)
    suite = "" if faute in {"colonne", "octets"} else AIN.replace("01,", "02,", 1)
    (autre / "contacts_etat.csv").write_bytes((contenu + suite).encode("latin-1" if faute == "octets" else "utf-8"))
    referentiels = Referentiels(autre)
    (probleme,) = referentiels.problemes()
    assert (probleme.fichier, probleme.position.ligne, probleme.champ) == (
        "fiches/referentiels/contacts_etat.csv",
        ligne,
        colonne,
    )
    assert dit in probleme.message
    assert (Services(referentiels).porte("02") is None) == (not suite)
    assert Services(referentiels).autres("59"), "l’ADIL ne vient pas de ce fichier"


def test_une_copie_plus_recente_se_controle_avant_de_remplacer(tmp_path: Path) -> None:
    copie = tmp_path / "ort.csv"
    lignes = (REFERENTIELS / "ort.csv").read_text(encoding="utf-8").splitlines()
    fautive = lignes[1].replace("signée", "signee")
    copie.write_text("\n".join([lignes[0], fautive, *lignes[2:-1]]), encoding="utf-8")
    faite = lancer(sys.executable, "scripts/valider.py", "--referentiel", copie, cwd=RACINE)
    assert faite.returncode == 1
    assert "ort.csv:2:1 · etat : « signee » est inconnu" in faite.stdout
    assert "0 lignes ajoutées, 2 retirées" in faite.stdout
