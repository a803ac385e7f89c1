"""The site does not depend on MkDocs: the same pages, titles, headings and anchors come out of another engine."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import markdown
import pytest
import yaml

from macros.catalogue.fige import Catalogue
from macros.contribution.fiches_vierges import fiches_vierges
from macros.ecriture.rendu import Depot
from macros.ecriture.sections import en_markdown, un_bloc
from macros.moteur.autre_moteur import a_la_main, ecrire, pages, reglages
from macros.moteur.memoire import Memoire
from macros.moteur.publication import LOCALE
from macros.sorties.documents.fabrication import fabriquer
from macros.sorties.documents.trames import documents
from tests.conftest import RACINE, cache, compteurs, lancer
from tests.structure import relever, structures

NOM = "Accompagner les territoires"
BASE = "https://exemple.fr/"
UN_SUR = 12
"""Generated pages tried in « make test »: one out of as many; all hand-written ones."""


@pytest.fixture(scope="module")
def etat(catalogue: Catalogue, site: Path) -> Memoire:
    """As a build leaves it, documents included: they are those of the site, which has just written them."""
    base = os.environ.get("SITE_URL", LOCALE)
    lot = fabriquer([*documents(catalogue, base), *fiches_vierges(catalogue, base)], cache() / "documents")
    return Memoire(catalogue, [], Depot(documents=lot.par_kit()))


_LUES = yaml.safe_load(reglages((RACINE / "mkdocs.yml").read_text(encoding="utf-8"), BASE))["markdown_extensions"]
REGLAGES = {nom: valeur for lue in _LUES if isinstance(lue, dict) for nom, valeur in lue.items()}
EXTENSIONS = [nom for lue in _LUES for nom in (lue if isinstance(lue, dict) else [lue])]


def rendue(texte: str) -> bytes:
    """A page as Zensical renders it: the same Markdown library, the same extensions, without its theme."""
    tete, _, corps = texte.partition("\n---\n")
    titre = yaml.safe_load(tete.removeprefix("---\n"))["title"] if tete.startswith("---\n") else ""
    contenu = markdown.markdown(corps or texte, extensions=[*EXTENSIONS, "fenced_code"], extension_configs=REGLAGES)
    return f"<title>{titre}</title><article class='md-content__inner'>{contenu}</article>".encode()


def test_both_writers_give_the_same_pages(etat: Memoire, site: Path) -> None:
    ecrites = dict(pages(etat, RACINE / "docs", BASE))
    construites = structures(site, NOM)
    assert {u.removesuffix(".md").removesuffix("index").rstrip("/") for u in ecrites} == {
        u.removesuffix("index.html").rstrip("/") for u in construites
    }
    ecrites_a_la_main = {p.relative_to(RACINE / "docs").as_posix() for p in (RACINE / "docs").rglob("*.md")}
    for rang, (uri, texte) in enumerate(ecrites.items()):
        if uri in ecrites_a_la_main or rang % UN_SUR == 0:
            construite, vue = construites[_html(uri)], relever(rendue(texte), NOM)
            # The home page bears the name of the site, which the theme knows.
            assert vue == (replace(construite, titre="Accueil") if uri == "index.md" else construite), uri
            compteurs["pages comparées entre les deux moteurs"] += 1


def _html(uri: str) -> str:
    return uri.replace(".md", ".html") if uri.endswith("index.md") else uri.removesuffix(".md") + "/index.html"


def test_calls_and_code_are_left_alone_and_prose_is_set(etat: Memoire) -> None:
    texte = '---\ntitle: "Un : deux"\nrender_macros: true\n---\nOù ? Voir `a ? b` et [x](y?z : t).\n\n{{ nombre_fiches("site") }}\n'
    fait = a_la_main(etat, "x.md", texte, BASE)
    assert 'title: "Un : deux"' in fait
    assert "Où\u202f? Voir `a ? b` et [x](y?z : t)." in fait
    assert fait.rstrip().endswith(str(len(etat.catalogue.du_type("site"))))
    assert "{{" in a_la_main(etat, "x.md", texte.replace("render_macros: true\n", ""), BASE)


def test_a_block_is_one_line_and_keeps_preformatted_text() -> None:
    assert (
        un_bloc("<p>a\n\n b\u00a0c</p>\n<pre>x\n\n  y</pre>")
        == "<div><p>a b\u00a0c</p> <pre>x&#10;&#10;  y</pre></div>"
    )


def test_no_setting_of_the_first_engine_is_left(etat: Memoire) -> None:
    lus = yaml.safe_load(reglages((RACINE / "mkdocs.yml").read_text(encoding="utf-8"), BASE))
    assert lus["site_url"] == BASE
    assert not {"hooks", "plugins", "extra_javascript"} & set(lus)
    assert "custom_dir" not in lus["theme"]


def test_the_folder_holds_pages_data_and_documents(etat: Memoire, tmp_path: Path) -> None:
    document = tmp_path / "un.odt"
    document.write_bytes(b"PK")
    nombre = ecrire(etat, RACINE, tmp_path / "projet", BASE, {"kits/x/un.odt": document})
    docs = tmp_path / "projet/docs"
    assert len(list(docs.rglob("*.md"))) == nombre > 280
    assert (docs / "kits/x/un.odt").read_bytes() == b"PK"
    assert (docs / "api/fiches/atelier-flash.md.txt").is_file()
    assert "{{" not in (docs / "index.md").read_text(encoding="utf-8")


def test_sections_that_span_the_page_come_first_in_both_writers(catalogue: Catalogue) -> None:
    from macros.pages.plans import page

    made = page(catalogue, "fiche", "atelier-territorial-journee")
    assert any(s.pleine_largeur for s in made.sections)
    ecrite = relever(rendue(en_markdown(made)), NOM)
    assert made.ancres <= ecrite.ancres


@pytest.mark.longue
def test_zensical_builds_the_whole_site(site: Path, tmp_path: Path) -> None:
    done = lancer(
        sys.executable,
        "scripts/construire.py",
        "--moteur",
        "zensical",
        str(tmp_path / "site"),
        env={**os.environ, "ACCOMPAGNER_CACHE": str(cache())},
        timeout=900,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    nous, eux = structures(site, NOM), structures(tmp_path / "site", NOM)
    assert set(nous) == set(eux)
    for uri, page_ in nous.items():
        assert eux[uri] == page_, uri
        compteurs["pages identiques construites par Zensical"] += 1
