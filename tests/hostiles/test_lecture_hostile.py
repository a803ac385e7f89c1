"""Files that want to harm the reader: each refused in French, at a line, in bounded time and memory; none followed
out."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest

from macros.catalogue.chargement import charger
from scripts import valider
from tests.hostiles.bilan import noter
from tests.hostiles.monde import Monde
from tests.hostiles.octets import BRUTS, NOMS
from tests.hostiles.temoins import message_lisible

SECONDES, OCTETS = 5, 200_000_000


def test_chaque_fichier_est_refuse_dans_le_temps(monde: Monde) -> None:
    for nom, (famille, octets) in BRUTS.items():
        debut = time.process_time()
        problemes = monde.essai.controler("fiches/actions/hostile.yml", octets)
        duree = time.process_time() - debut
        assert problemes, f"accepté : {nom}"
        assert duree < SECONDES, (nom, duree)
        for probleme in problemes:
            message_lisible(probleme, octets)
        if "adresse" in nom:
            assert any(p.champ.startswith("liens[1]") for p in problemes), nom
        if famille == "identifiants":
            assert any(
                p.champ.startswith(("id", "illus", "doc", "fiches", "sources", "validite", "groupes"))
                for p in problemes
            )
        noter(f"fichiers : {famille}", "refusée")


@pytest.mark.parametrize("nom", ["milliard de rires", "crochets profonds", "champs innombrables", "espaces énormes"])
def test_la_memoire_reste_bornee(monde: Monde, nom: str) -> None:
    tracemalloc.start()
    monde.essai.controler("fiches/actions/hostile.yml", BRUTS[nom][1])
    _, pic = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert pic < OCTETS


def test_les_noms_de_fichiers_et_les_raccourcis(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name is never a path, a template nor a link; a shortcut is never followed, even to what has no end."""
    monde = Monde(tmp_path / "projet")
    dossier = monde.racine / "fiches/actions"
    for nom in NOMS:
        (dossier / nom).write_bytes(b"type: action\n")
    raccourcis = {
        "passwd.yml": Path("/etc/passwd"),
        "zero.yml": Path("/dev/zero"),
        "secret.yml": monde.secret,
        "tour.yml": dossier,
    }
    for nom, vers in raccourcis.items():
        (dossier / nom).symlink_to(vers)
    debut = time.monotonic()
    catalogue, problemes = charger(monde.racine)
    assert time.monotonic() - debut < 20
    for nom, mot in {**NOMS, **dict.fromkeys(raccourcis, "raccourci")}.items():
        (probleme,) = [p for p in problemes if p.fichier.endswith(f"actions/{nom}")]
        assert mot in probleme.message, probleme
        assert Path(nom).stem not in catalogue.invalides
        noter("fichiers : noms et raccourcis", "refusée")
    monkeypatch.setattr(valider, "RACINE", monde.racine)
    assert valider.main([]) == 1
    dit = capsys.readouterr()
    assert "Traceback" not in dit.out + dit.err
    assert "SENTINELLE" not in dit.out + dit.err
    assert "root:" not in dit.out + dit.err


@pytest.mark.parametrize("texte", ["a: [", "titre: x\n", "", "valeurs: {../x: {libelle: a}}\ntitre: a\naide: b\n"])
def test_une_liste_abimee_se_dit_sans_trace(tmp_path: Path, texte: str) -> None:
    monde = Monde(tmp_path / "projet")
    for nom in ("themes", "unites", "questions"):
        place = monde.racine / f"fiches/vocabulaires/{nom}.yml"
        avant = place.read_bytes()
        place.write_text(texte, encoding="utf-8")
        _, problemes = charger(monde.racine)
        assert any(p.fichier == f"fiches/vocabulaires/{nom}.yml" for p in problemes)
        place.unlink()
        _, problemes = charger(monde.racine)
        assert any(p.fichier.endswith(f"{nom}.yml") and "manque" in p.message for p in problemes)
        place.write_bytes(avant)
        noter("fichiers : vocabulaires", "refusée", 2)
