"""The measure of the build: made-up fiches are valid, the converter keeps what it should, the figures are whole."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import RACINE

from macros.catalogue.chargement import charger

sys.path.append(str(RACINE / "scripts"))

from mesures.chrono import EchecDeMesure, chronometrer
from mesures.reference import _lien
from mesures.vers_markdown import convertir_texte

from mesures import construction, fabrique

CLES = {
    *("n", "nous_s", "reference_s", "rapport", "nous_memoire_mo", "reference_memoire_mo", "nous_octets"),
    *("reference_octets", "paires", "etapes", "machine", "date"),
}


def _fabrique(dossier: Path, n: int, graine: int = 1) -> Path:
    construction.copier(RACINE, dossier)
    fabrique.fabriquer(dossier, n, graine)
    return dossier


def _fiches(projet: Path) -> dict[str, str]:
    return {p.name: p.read_text(encoding="utf-8") for p in sorted((projet / "fiches").rglob("*.yml"))}


def test_fiches_fabriquees_valides_de_tous_les_types_et_de_taille_vraie(tmp_path, catalogue):
    projet = _fabrique(tmp_path / "p", 40)
    fabriquees, problemes = charger(projet)
    assert problemes == []
    assert len(fabriquees.fiches) == 40
    assert {f.type for f in fabriquees.fiches.values()} == {f.type for f in catalogue.fiches.values()}
    assert sum(map(len, fabriquees.sortantes.values())) > 40
    assert set(fabriquees.fiches) & set(catalogue.fiches), "des pages écrites à la main citent des fiches : gardées"
    ici, vraie = construction.base_de(fabriquees, projet), construction.base_de(catalogue, RACINE)
    assert 0.7 < ici.octets / vraie.octets < 1.3
    assert 0.7 < ici.champs / vraie.champs < 1.3


def test_douze_fiches_valides_et_la_meme_graine_redonne_les_memes(tmp_path):
    projet = _fabrique(tmp_path / "p", 12)
    assert charger(projet)[1] == []
    assert _fiches(projet) == _fiches(_fabrique(tmp_path / "q", 12))


@pytest.mark.parametrize(
    ("source", "attendu"),
    [
        ("<h2 id='a'>Un <em>titre</em></h2><p>Du\n texte.</p>", "## Un *titre*\n\nDu texte."),
        ("<div>Nu <div><p>Dedans</p></div> après</div>", "Nu\n\nDedans\n\naprès"),
        ("<ul><li>Un</li><li><p>Deux</p><ul><li>Trois</li></ul></li></ul>", "-   Un\n\n-   Deux\n\n    -   Trois"),
        ("<ol><li>Un</li><li>Deux</li></ol>", "1.  Un\n2.  Deux"),
        ("<dl><dt>Coût</dt><dd>Rien</dd></dl>", "**Coût**\n\nRien"),
        (
            "<table><caption>T</caption><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>x|y</td></tr></table>",
            "**T**\n\n| A | B |\n| --- | --- |\n| 1 | x\\|y |",
        ),
        ("<p>Voir <a href='x/'>le <strong>lieu</strong></a>.</p>", "Voir [le **lieu**](x/)."),
        ("<p>Prix<sup><a href='#n1'>1</a></sup> 2*3 &lt;b&gt; [x]</p>", "Prix\\[1\\] 2\\*3 &lt;b> \\[x\\]"),
        ("<p>1. pas une liste</p><p># ni un titre</p>", "1\\. pas une liste\n\n\\# ni un titre"),
        ("<p>A<svg><text>non</text></svg><script>non()</script>B</p>", "AB"),
        ("<pre><code>a\n b</code></pre><blockquote><p>Dit</p></blockquote>", "```\na\n b\n```\n\n> Dit"),
    ],
)
def test_conversion_en_markdown(source, attendu):
    assert convertir_texte(source, lambda a: None if a.startswith("#") else a) == attendu + "\n"


def test_liens_de_la_reference():
    pages = {"index.html", "sites/a/index.html", "glossaire/index.html"}
    liens = {a: _lien(a, "sites/a/index.html", pages) for a in ("../../glossaire/#amo", "../..", "#note", "../b/")}
    assert liens == {
        "../../glossaire/#amo": "../../glossaire/index.md",
        "../..": "../../index.md",
        "#note": None,
        "../b/": None,
    }
    assert _lien("https://exemple.fr/", "index.html", pages) == "https://exemple.fr/"
    assert _lien("sites/a/", "index.html", pages) == "sites/a/index.md"


def test_memoire_sans_celle_de_qui_lance(tmp_path):
    lourd = bytearray(os.urandom(1) * 200_000_000)
    passage = chronometrer([sys.executable, "-c", "pass"], tmp_path, tmp_path / "journal")
    assert lourd
    assert passage.memoire_mo < 60
    assert 0 < passage.processeur <= passage.secondes * (os.cpu_count() or 1)


def test_commande_qui_echoue_dit_pourquoi(tmp_path):
    with pytest.raises(EchecDeMesure, match="aïe"):
        chronometrer([sys.executable, "-c", "raise SystemExit('aïe')"], tmp_path, tmp_path / "journal")


def test_mesure_entiere(tmp_path):
    sortie = tmp_path / "chiffres.json"
    done = subprocess.run(
        [
            *(sys.executable, "scripts/mesurer.py", "construction"),
            *("--n", "12", "--paires", "1", "--json", str(sortie)),
        ],
        cwd=RACINE,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    chiffres = json.loads(sortie.read_text(encoding="utf-8"))
    assert set(chiffres) >= CLES
    assert chiffres["n"] == 12
    assert chiffres["nous_pages"] == chiffres["reference_pages"] > 12
    assert 0 < chiffres["nous_s"] < 120
    assert 0 < chiffres["reference_s"] < 120
    assert chiffres["rapport"] == pytest.approx(chiffres["nous_s"] / chiffres["reference_s"], rel=0.05)
    assert chiffres["nous_memoire_mo"] > 20
    assert chiffres["reference_memoire_mo"] > 20
    assert chiffres["nous_octets"] > 500_000
    etapes = chiffres["etapes"]
    assert sum(v for k, v in etapes.items() if k != "total") == pytest.approx(etapes["total"], abs=0.1)
    assert min(etapes[k] for k in ("validation", "rendu", "liens")) > 0
    assert set(chiffres["machine"]) == {"coeurs", "python", "mkdocs", "material"}
    assert not re.search(r"/(tmp|home|root|work|Users)/", sortie.read_text(encoding="utf-8"))
    assert "Material nu" in done.stdout
    assert str(RACINE) not in done.stdout
