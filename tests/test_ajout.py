"""A fiche added by hand shows everywhere without touching anything else; a hostile one stays text."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from macros.moteur.construit.mise_en_place import MARQUE
from tests.conftest import lancer
from tests.fabrique import petit_projet


def _lire(site: Path, uri: str) -> str:
    return (site / uri / "index.html").read_text(encoding="utf-8").replace("\xa0", " ")


def test_it_appears_in_reverse_links(augmente: Path) -> None:
    assert 'href="../../sites/essai-bailleul/"' in _lire(augmente, "dispositifs/atelier-flash")
    methode = _lire(augmente, "methodes/essai-tour-de-table")
    assert "Où elle a servi" in methode
    assert "Aucun lieu ni aucune action" not in methode
    assert 'href="../../sites/essai-bailleul/"' in methode
    assert 'href="../../methodes/essai-tour-de-table/"' in _lire(augmente, "partenaires/caue-62")


def test_it_is_in_the_open_data_the_bibliography_and_the_search_index(augmente: Path) -> None:
    data = json.loads((augmente / "api/fiches.json").read_text(encoding="utf-8"))
    fiche = next(f for f in data["fiches"] if f["id"] == "essai-tour-de-table")
    assert fiche["type"] == "methode"
    assert fiche["url"] == "methodes/essai-tour-de-table/"
    assert "Page d’essai" in _lire(augmente, "sources")
    assert any("essai-tour-de-table" in f for f in _fragments(augmente))


def _fragments(site: Path) -> list[str]:
    """Everything that the search knows and can show: compressed JSON, but for the list of real words."""
    return [gzip.decompress(p.read_bytes()).decode(errors="replace") for p in site.glob("recherche/*.bin")]


def _est_une_donnee(script: html.HtmlElement, uri: str) -> None:
    """A script may hold the hostile text only as linked data: a block that no browser runs, whole, that gives the text
    back."""
    assert dict(script.attrib) == {"type": "application/ld+json"}, uri
    brut = script.text or ""
    assert "<" not in brut and ">" not in brut, uri
    assert any("</title><script>alert(1)</script>{{ 7*7 }}" in t for t in _textes(json.loads(brut))), uri


def _textes(valeur: object) -> Iterator[str]:
    if isinstance(valeur, str):
        yield valeur.replace("\xa0", " ")
    elif isinstance(valeur, dict):
        for dedans in valeur.values():
            yield from _textes(dedans)
    elif isinstance(valeur, list):
        for dedans in valeur:
            yield from _textes(dedans)


def test_hostile_text_is_literal_everywhere(augmente: Path) -> None:
    pages = ["partenaires/essai-hostile", "partenaires", "themes/friches-foncier", "sources", "."]
    for uri in pages:
        brut = _lire(augmente, uri)
        arbre = html.document_fromstring(brut)
        for script in (s for s in arbre.iter("script") if "alert" in (s.text or "")):
            _est_une_donnee(script, uri)
        for element in arbre.iter():
            if isinstance(element.tag, str):
                assert not [a for a in element.attrib if a.startswith("on")], (uri, element.tag)
        assert not [t for t in arbre.itertext() if "hostile" in t and "49" in t], uri
        assert "root:x:0" not in brut
    page = html.document_fromstring(_lire(augmente, "partenaires/essai-hostile"))
    assert "<script>alert(1)</script>{{ 7*7 }}" in page.findtext(".//h1").replace("\xa0", " ")
    assert "<script>alert(1)</script>" in page.findtext(".//title")
    description = page.xpath("string(//meta[@name='description']/@content)")
    assert "<script>alert(1)</script>" in description


def test_hostile_text_is_plain_text_in_the_search_index(augmente: Path) -> None:
    """The browser only ever sets it as text; here, that nothing was run or lost on the way."""
    index = json.loads(gzip.decompress((augmente / "recherche/index.bin").read_bytes()))
    (fiche,) = [d for d in index["documents"] if d[0] == "partenaires/essai-hostile/"]
    assert "<script>alert(1)</script>{{ 7*7 }}" in fiche[2].replace("\xa0", " ")
    assert not any("root:x:0" in f for f in _fragments(augmente))


@pytest.fixture
def petit(tmp_path: Path) -> Path:
    """A few made-up fiches, to spoil."""
    return petit_projet(tmp_path / "projet", 12)


def _construire(projet: Path) -> subprocess.CompletedProcess[str]:
    return lancer(sys.executable, "scripts/site.py", projet / "site", cwd=projet)


def test_a_broken_page_stops_the_build_and_keeps_the_old_site(petit: Path) -> None:
    ancien = petit / "site"
    ancien.mkdir()
    (ancien / "index.html").write_text("l’ancien site", encoding="utf-8")
    (ancien / MARQUE).touch()
    page, fiche = petit / "docs/quoi-de-neuf.md", next(petit.glob("fiches/methodes/*.yml")).stem
    origine = page.read_text(encoding="utf-8")
    page.write_text(f"---\nrender_macros: true\n---\n# X\n\n{{{{ fiche('{fiche}s') }}}}\n", encoding="utf-8")
    done = _construire(petit)
    assert done.returncode == 1
    assert f"Vouliez-vous dire « {fiche} »" in done.stderr
    page.write_text(origine + "\n[mort](nulle-part.md) et [ancre](glossaire.md#nulle-part)\n", encoding="utf-8")
    done = _construire(petit)
    assert done.returncode == 1
    assert "nulle-part" in done.stderr
    assert "l’ancien est intact" in done.stderr
    assert (ancien / "index.html").read_text(encoding="utf-8") == "l’ancien site"


def test_a_bad_fiche_stops_the_build_with_its_messages(petit: Path) -> None:
    fiche = next(petit.glob("fiches/sites/*.yml"))
    lue = fiche.read_text(encoding="utf-8")
    fiche.write_text(re.sub("profondeur: .*", "profondeur: repérage", lue), encoding="utf-8")
    done = _construire(petit)
    assert done.returncode == 1
    assert f"fiches/sites/{fiche.name}:" in done.stderr
    assert "Vouliez-vous dire « reperage » ?" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (petit / "site").exists()


def test_a_page_that_would_hide_a_fiche_is_refused(petit: Path) -> None:
    page = petit / "docs/sites" / next(petit.glob("fiches/sites/*.yml")).stem / "index.md"
    page.parent.mkdir()
    page.write_text("# Autre\n", encoding="utf-8")
    done = _construire(petit)
    assert done.returncode == 1
    assert "prend la place" in done.stderr
