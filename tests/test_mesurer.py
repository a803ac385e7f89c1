"""The measures: made-up fiches are valid and real in size, the reference keeps what it should, the figures are
whole."""

from __future__ import annotations

import json
import re
import statistics
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import RACINE

from macros.catalogue.chargement import charger
from macros.catalogue.fige import Catalogue
from macros.ecriture import sections
from macros.pages import plans as pages
from mesures import EchecDeMesure, construction, fabrique
from tests.conftest import lancer
from tests.fabrique import petit_projet


def _tailles(catalogue: Catalogue, racine: Path) -> tuple[float, float]:
    """Median bytes of a page and median number of fields of a fiche."""
    octets = [len(sections.en_html(pages.page_fiche(catalogue, f))) for f in catalogue.fiches.values()]
    champs = [_champs(fabrique.donnees_de(racine / fichier)) for fichier in catalogue.fichiers.values()]
    return statistics.median(octets), statistics.median(champs)


def _champs(donnees: Any) -> int:
    if isinstance(donnees, dict | list):
        return sum(map(_champs, donnees.values() if isinstance(donnees, dict) else donnees))
    return 1


def test_fiches_fabriquees_valides_de_tous_les_types_et_de_taille_vraie(tmp_path, catalogue):
    projet = petit_projet(tmp_path / "p", 40)
    fabriquees, problemes = charger(projet)
    assert problemes == []
    assert len(fabriquees.fiches) == 40
    assert {f.type for f in fabriquees.fiches.values()} == {f.type for f in catalogue.fiches.values()}
    assert sum(map(len, fabriquees.sortantes.values())) > 40
    assert set(fabriquees.fiches) & set(catalogue.fiches), "des pages écrites à la main citent des fiches : gardées"
    for ici, vraie in zip(_tailles(fabriquees, projet), _tailles(catalogue, RACINE), strict=True):
        assert 0.7 < ici / vraie < 1.3


def test_douze_fiches_valides_et_la_meme_graine_redonne_les_memes(tmp_path):
    un, deux = (petit_projet(tmp_path / nom, 12) for nom in "pq")
    assert charger(un)[1] == []
    lues = [{p.name: p.read_bytes() for p in (projet / "fiches").rglob("*.yml")} for projet in (un, deux)]
    assert lues[0] == lues[1]


def test_plus_de_fiches_que_de_vraies(tmp_path, catalogue):
    fabriquees, problemes = charger(petit_projet(tmp_path / "p", 2 * len(catalogue.fiches)))
    assert problemes == []
    assert len(fabriquees.fiches) == 2 * len(catalogue.fiches)


def test_la_reference_dit_la_meme_chose_en_markdown():
    page = b"""<body><nav>Menu</nav><article class="feuille"><h2 id='a'>Un <em>titre</em></h2><p>Du texte<svg><text>non</text></svg>,
    <a href="../b/#x">un lien</a>, <a href="#note">une note</a>.</p><script>non()</script>
    <table><tr><th>A</th><th>B</th></tr><tr><td><p>1</p></td><td>x|y</td></tr></table></article></body>"""
    contenu = construction._contenu(page, "sites/a/index.html", {"sites/a/index.html", "sites/b/index.html"})
    titre, autre = construction.en_markdown([contenu, "<p>1. pas une liste</p>"])
    assert titre.startswith("## Un titre\n\nDu texte, [un lien](../b/index.md), ")
    assert re.search(r"\| A +\| B +\|\n\|[-|]+\|\n\| 1 +\| x\\\|y \|", titre)
    assert "non" not in titre and "Menu" not in titre
    assert autre == "1\\. pas une liste\n"


def test_liens_de_la_reference():
    pages = {"index.html", "sites/a/index.html", "glossaire/index.html"}
    menes = [construction.lien_de_reference(a, "sites/a/index.html", pages) for a in ("../../glossaire/#amo", "../..")]
    assert menes == ["../../glossaire/index.md", "../../index.md"]
    perdus = [construction.lien_de_reference(a, "sites/a/index.html", pages) for a in ("#note", "../b/")]
    assert perdus == [None, None]
    assert construction.lien_de_reference("https://exemple.fr/", "index.html", pages) == "https://exemple.fr/"


def test_commande_qui_echoue_dit_pourquoi(tmp_path):
    with pytest.raises(EchecDeMesure, match="aïe"):
        construction.chronometrer(["-c", "raise SystemExit('aïe')"], tmp_path)


@pytest.mark.longue
def test_mesure_entiere(tmp_path):
    sortie = tmp_path / "chiffres.json"
    done = lancer(
        sys.executable, "scripts/mesurer.py", "construction", "--n", "12", "--paires", "1", "--json", str(sortie)
    )
    assert done.returncode == 0, done.stdout + done.stderr
    chiffres = json.loads(sortie.read_text(encoding="utf-8"))
    assert chiffres["n"] == 12 < chiffres["pages"]
    for cote in ("nous", "reference"):
        assert 0 < chiffres[cote]["secondes"] < 240 and 0 < chiffres[cote]["processeur"] < 240
        assert chiffres["octets"][cote] > 500_000
    attendu = chiffres["nous"]["processeur"] / chiffres["reference"]["processeur"]
    assert chiffres["rapport_processeur"] == pytest.approx(attendu, rel=0.05)
    assert not re.search(r"/(tmp|home|root|work|Users)/", sortie.read_text(encoding="utf-8"))
    assert "Material nu" in done.stdout and str(RACINE) not in done.stdout
