"""A fiche added by hand shows everywhere without touching anything else; a hostile one stays text."""

from __future__ import annotations

import gzip
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import html

from tests.conftest import copier
from tests.fabrique import texte

HOSTILE = '</title><script>alert(1)</script>{{ 7*7 }}{% raw %}{# x #} --8<-- "/etc/passwd" [x](https://e.fr){ onclick=alert(1) }'


@pytest.fixture(scope="module")
def augmente(
    tmp_path_factory: pytest.TempPathFactory, construire: Callable[[Path, Path], subprocess.CompletedProcess[str]]
) -> Path:
    """The project with three more fiches, built strictly."""
    projet = copier(tmp_path_factory.mktemp("augmente") / "projet")
    (projet / "fiches/methodes/essai-tour-de-table.yml").write_text(
        texte(
            "methode", "essai-tour-de-table", titre="Essai : tour de table", partenaires=["caue-62"], themes=["habitat"]
        ),
        encoding="utf-8",
    )
    (projet / "fiches/sites/essai-bailleul.yml").write_text(
        texte(
            "site",
            "essai-bailleul",
            titre="Essai à Bailleul",
            dispositifs=["atelier-flash"],
            methodes=["essai-tour-de-table"],
            themes=["habitat"],
            territoire={"echelle": "commune", "lieux": [{"code": "59043", "nom": "Bailleul"}]},
        ),
        encoding="utf-8",
    )
    (projet / "fiches/partenaires/essai-hostile.yml").write_text(
        texte(
            "partenaire",
            "essai-hostile",
            titre=HOSTILE[:150],
            accroche=f"Un texte hostile : {HOSTILE} [s1].",
            resume=f"{HOSTILE} [s1].",
            missions=[f"Le même ailleurs {HOSTILE} [s1]."],
            mots_cles=[HOSTILE[:50]],
            synonymes=["<b onmouseover=alert(1)>"],
            inconnues=[HOSTILE],
            sources={"s1": {"titre": HOSTILE[:150], "editeur": "<i>Éditeur</i>", "note": "{{ 7*7 }}"}},
        ),
        encoding="utf-8",
    )
    destination = projet / "site"
    done = construire(projet, destination)
    assert done.returncode == 0, done.stdout + done.stderr
    return destination


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
    """Everything that the search knows and can show: its files are compressed JSON."""
    return [gzip.decompress(p.read_bytes()).decode() for p in site.glob("recherche/*.bin")]


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


def test_a_broken_page_stops_the_build_and_keeps_the_old_site(
    projet: Path, construire: Callable[[Path, Path], subprocess.CompletedProcess[str]]
) -> None:
    ancien = projet / "site"
    ancien.mkdir()
    (ancien / "index.html").write_text("l’ancien site", encoding="utf-8")
    page = projet / "docs/quoi-de-neuf.md"
    origine = page.read_text(encoding="utf-8")
    page.write_text("---\nrender_macros: true\n---\n# X\n\n{{ fiche('atelier-flsh') }}\n", encoding="utf-8")
    done = construire(projet, ancien)
    assert done.returncode == 1
    assert "atelier-flash" in done.stderr
    assert (ancien / "index.html").read_text(encoding="utf-8") == "l’ancien site"
    page.write_text(origine + "\n[mort](nulle-part.md) et [ancre](glossaire.md#nulle-part)\n", encoding="utf-8")
    done = construire(projet, ancien)
    assert done.returncode == 1
    assert "nulle-part" in done.stderr
    assert "l’ancien est intact" in done.stderr


def test_a_bad_fiche_stops_the_build_with_its_messages(
    projet: Path, construire: Callable[[Path, Path], subprocess.CompletedProcess[str]]
) -> None:
    fiche = projet / "fiches/sites/pledran.yml"
    fiche.write_text(
        fiche.read_text(encoding="utf-8").replace("profondeur: reperage", "profondeur: repérage"), encoding="utf-8"
    )
    done = construire(projet, projet / "site")
    assert done.returncode == 1
    assert "fiches/sites/pledran.yml:" in done.stderr
    assert "Vouliez-vous dire « reperage » ?" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (projet / "site").exists()


def test_a_page_that_would_hide_a_fiche_is_refused(
    projet: Path, construire: Callable[[Path, Path], subprocess.CompletedProcess[str]]
) -> None:
    (projet / "docs/sites/pledran").mkdir()
    (projet / "docs/sites/pledran/index.md").write_text("# Autre\n", encoding="utf-8")
    done = construire(projet, projet / "site")
    assert done.returncode == 1
    assert "prend la place" in done.stderr
