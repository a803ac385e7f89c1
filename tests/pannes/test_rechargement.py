"""After random changes, what « make serve » shows is, byte for byte, what it would show started anew."""

from __future__ import annotations

import time
import urllib.error
from pathlib import Path

import pytest

from tests.conftest import compteurs
from tests.fabrique import petit_projet
from tests.pannes.serveur import Contributeur, Serveur, differences, port_libre


def _eprouver(travail: Path, n: int, gestes: int, graine: int, fautes: bool, pauses: float) -> tuple[int, list[str]]:
    """Change, wait, compare. Return how many files were compared, and those that differ."""
    projet, port = petit_projet(travail / "projet", n), port_libre()
    main = Contributeur(projet, graine, fautes)
    with Serveur(projet, port, travail / "un") as serveur:
        for _ in range(gestes):
            main.agir()
            time.sleep(main.tirage.choice([0, pauses / 2, pauses, pauses]))
        serveur.attendre_le_calme()
        servi = serveur.contenu()
        relus = serveur.texte().count("Relu en")
        assert "Traceback" not in serveur.texte()
    with Serveur(projet, port, travail / "deux") as neuf:
        neuf.attendre_le_calme()
        ecarts = differences(servi, neuf.contenu())
    assert relus > gestes / 20, "les fiches se relisent une à une"
    compteurs["gestes pendant « make serve »"] += gestes
    compteurs["fichiers servis comparés à un serveur relancé"] += len(servi)
    compteurs["fichiers servis différents de ceux d’un serveur relancé"] += len(ecarts)
    return len(servi), ecarts


def test_quelques_gestes_et_des_fautes(tmp_path):
    compares, ecarts = _eprouver(tmp_path, 16, 30, 3, True, 0.3)
    assert ecarts == []
    assert compares > 150


@pytest.mark.longue
def test_deux_cents_gestes_a_mille_fiches(tmp_path):
    compares, ecarts = _eprouver(tmp_path, 1000, 200, 1, False, 0.8)
    assert ecarts == []
    assert compares > 1000


@pytest.mark.longue
@pytest.mark.parametrize("graine", [11, 12])
def test_cinq_cents_gestes_et_des_fautes(tmp_path, graine):
    _, ecarts = _eprouver(tmp_path, 60, 500, graine, True, 0.5)
    assert ecarts == []


def test_une_construction_impossible_se_montre_puis_se_repare(tmp_path):
    """A hand-written page in the place of a fiche, then settings that cannot be read: said on every page, until put
    right."""
    projet = petit_projet(tmp_path / "projet", 12)
    intruse, reglages = projet / "docs/themes/habitat/index.md", projet / "mkdocs.yml"
    bons = reglages.read_text(encoding="utf-8")
    with Serveur(projet, port_libre(), tmp_path / "serve") as serveur:
        intruse.parent.mkdir(parents=True)
        intruse.write_text("# Intruse", encoding="utf-8")
        serveur.attendre(lambda: "prend la place d’une page" in _meme_en_panne(serveur, "themes/habitat/"), 90)
        intruse.unlink()
        serveur.attendre(lambda: "Habitat" in _meme_en_panne(serveur, "themes/habitat/"), 90)
        reglages.write_text(f"{bons}\n[", encoding="utf-8")
        serveur.attendre(lambda: "ne se construit pas" in _meme_en_panne(serveur, ""), 90)
        reglages.write_text(bons, encoding="utf-8")
        serveur.attendre(lambda: "Accompagner les territoires" in _meme_en_panne(serveur, ""), 90)
        assert serveur.vivant


def _meme_en_panne(serveur: Serveur, chemin: str) -> str:
    try:
        return serveur.page(chemin)
    except urllib.error.HTTPError as erreur:
        return erreur.read().decode("utf-8")
