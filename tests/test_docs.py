"""``docs/`` is input too: what MkDocs would copy from it is looked at first."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files

from macros.lecture.docs import verifier
from macros.modeles import DOSSIERS
from macros.modeles.partage import FICHE
from macros.moteur.construction import Construction
from macros.pages.plans import Plan
from tests.conftest import RACINE

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1 1">{}</svg>'


def _messages(docs: Path) -> list[str]:
    return [str(p) for p in verifier(docs)]


def test_what_the_project_publishes_is_admitted() -> None:
    assert _messages(RACINE / "docs") == []


def test_a_link_out_of_docs_is_never_published(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "secret.txt").symlink_to("/proc/self/environ")
    (docs / "tout").symlink_to("/etc")
    (docs / "boucle").symlink_to(docs)
    assert [m.partition(" : ")[0] for m in _messages(docs)] == [
        f"docs/{n}:1:1" for n in ("boucle", "tout", "secret.txt")
    ]


@pytest.mark.parametrize("nom", ["a.html", "a.php", "a.xml", "a.htaccess", "a.SVG", "sans-extension"])
def test_an_unknown_extension_is_refused(tmp_path: Path, nom: str) -> None:
    (tmp_path / nom).write_text("x", encoding="utf-8")
    assert "docs/ ne publie que css, ico" in "".join(_messages(tmp_path))


@pytest.mark.parametrize(
    ("contenu", "dit"),
    [
        (SVG.format("<script>alert(1)</script>"), "« script » n’est pas admis"),
        (SVG.format('<rect onload="alert(1)"/>'), "lancerait un programme"),
        (SVG.format('<use href="https://ailleurs.example/x.svg#a"/>'), "va chercher hors du dessin"),
        (SVG.format('<use xlink:href="data:text/html,x"/>'), "va chercher hors du dessin"),
        (SVG.format('<rect fill="url(https://ailleurs.example/x)"/>'), "va chercher hors du dessin"),
        (SVG.format("<style>@import 'https://ailleurs.example/x.css'</style>"), "« style » n’est pas admis"),
        (SVG.format("<foreignObject/>"), "« foreignObject » n’est pas admis"),
        (SVG.format('<rect xmlns="http://www.w3.org/1999/xhtml"/>'), "« rect » n’est pas admis"),
        ('<?xml-stylesheet href="x.css"?>' + SVG.format(""), "ni feuille"),
        ('<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SVG.format("<text>&x;</text>"), "ni entité"),
        ("<svg>", "bien formé"),
    ],
)
def test_a_drawing_only_draws(tmp_path: Path, contenu: str, dit: str) -> None:
    (tmp_path / "dessin.svg").write_text(contenu, encoding="utf-8")
    messages = "\n".join(_messages(tmp_path))
    assert dit in messages and "dessin.svg:1:1" in messages
    (tmp_path / "dessin.svg").write_text(SVG.format('<g><rect fill="url(#a)"/><!-- x --></g>'), encoding="utf-8")
    assert _messages(tmp_path) == []


def test_the_build_stops_on_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fuite.txt").symlink_to("/proc/self/environ")
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "docs_dir": str(tmp_path), "extra": {}})
    monkeypatch.setattr("macros.moteur.commande.retenir_editeur", lambda _: [])
    with pytest.raises(Abort, match=r"fuite\.txt:1:1 : raccourci"):
        Construction().configurer(config)


def test_no_fiche_takes_the_place_of_a_written_page() -> None:
    """The address of a fiche is its folder and its id; a written page may already stand there."""
    ecrites = {p.stem for dossier in DOSSIERS for p in (RACINE / "docs" / dossier).glob("*.md")}
    assert {nom for nom in ecrites if not FICHE.motif("nom_reserve").match(nom)} == set()
    assert all(FICHE.motif("nom_reserve").match(nom) for nom in ("con", "nul", "com1", "lpt9", "aux"))
    assert not FICHE.motif("nom_reserve").match("console")


def test_a_page_is_never_replaced_by_another() -> None:
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "docs_dir": str(RACINE / "docs"), "site_dir": "/nulle-part"})
    construction = Construction()
    ecrite = File("kits/Documents.md", config.docs_dir, config.site_dir, use_directory_urls=True)
    with (
        patch("macros.moteur.commande.plans", lambda _: [Plan("kits/documents/", "x.yml", "kit", "documents")]),
        patch("macros.moteur.commande.memoire"),
        pytest.raises(Abort, match="prend la place d’une page produite"),
    ):
        construction.fichiers(Files([ecrite]), config)
