"""After random changes, what « make serve » shows is, byte for byte, what it would show started anew."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.conftest import RACINE, compteurs
from tests.pannes.serveur import Contributeur, Serveur, contenu, differences, port_libre

sys.path.append(str(RACINE / "scripts"))

from mesures import construction, fabrique


def _projet(dossier: Path, n: int) -> Path:
    construction.copier(RACINE, dossier)
    fabrique.fabriquer(dossier, n)
    return dossier


def _eprouver(travail: Path, n: int, gestes: int, graine: int, fautes: bool, pauses: float) -> tuple[int, list[str]]:
    """Change, wait, compare. Return how many files were compared, and those that differ."""
    import time

    projet, port = _projet(travail / "projet", n), port_libre()
    main = Contributeur(projet, graine, fautes)
    servi = travail / "servi"
    with Serveur(projet, port, travail / "un") as serveur:
        for _ in range(gestes):
            main.agir()
            time.sleep(main.tirage.choice([0, 0, 0.05, pauses]))
        serveur.attendre_le_calme()
        shutil.copytree(serveur.site, servi)
        relus = serveur.texte().count("Fiche relue, page")
        entieres = serveur.texte().count("Building documentation")
        assert "Traceback" not in serveur.texte()
    with Serveur(projet, port, travail / "deux") as neuf:
        ecarts = differences(servi, neuf.site)
    print(
        f"{gestes} gestes {main.comptes}, {relus} relectures, {entieres} constructions, {len(contenu(servi))} fichiers"
    )
    assert relus > gestes / 20, "les fiches se relisent une à une"
    compteurs["gestes pendant « make serve »"] += gestes
    compteurs["fichiers servis comparés à une construction neuve"] += len(contenu(servi))
    compteurs["fichiers servis différents d’une construction neuve"] += len(ecarts)
    return len(contenu(servi)), ecarts


def test_quelques_gestes_et_des_fautes(tmp_path):
    compares, ecarts = _eprouver(tmp_path, 16, 40, 3, True, 0.3)
    assert ecarts == []
    assert compares > 300


@pytest.mark.longue
def test_deux_cents_gestes_a_mille_fiches(tmp_path):
    compares, ecarts = _eprouver(tmp_path, 1000, 200, 1, False, 0.8)
    assert ecarts == []
    assert compares > 3000


@pytest.mark.longue
@pytest.mark.parametrize("graine", [11, 12])
def test_cinq_cents_gestes_et_des_fautes(tmp_path, graine):
    _, ecarts = _eprouver(tmp_path, 60, 500, graine, True, 0.5)
    assert ecarts == []
