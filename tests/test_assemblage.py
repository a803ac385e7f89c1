"""One sheet and one entry module a page, at an address that changes when they do; minified, and otherwise the same."""

from __future__ import annotations

import gzip
import posixpath
import re
from pathlib import Path

import pytest
from mkdocs.utils.yaml import yaml_load

from macros.sorties.assemblage import Assemblage, assembler, sans_commentaires
from macros.sorties.genres import produits


def du_projet(racine: Path) -> Assemblage:
    with (racine / "mkdocs.yml").open(encoding="utf-8") as flux:
        reglages = yaml_load(flux)
    entrees = [s["path"] for s in reglages["extra_javascript"]]
    return assembler(racine / "docs", reglages["extra_css"], entrees, faits=produits())


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A small site: an entry, what it imports, what it asks for later."""
    for nom, texte in {
        "assets/css/a.css": "/* note */\n:root { --a: calc(1px + 2px); }\n",
        "assets/css/b.css": "p > a { color: red; }\n",
        "assets/js/site.js": (
            '// note\nimport "./un.js";\nimport {\n  deux,\n} from "./sujet/deux.js";\ndeux(() => import("./tard.js"));\n'
        ),
        "assets/js/un.js": 'import { socle } from "./socle.js";\nsocle();\n',
        "assets/js/sujet/deux.js": 'export { deux } from "../socle.js";\nimport { socle } from "../socle.js";\nsocle();\n',
        "assets/js/socle.js": "export const socle = () => {}, deux = socle;\n",
        "assets/js/tard.js": "export const tard = 1;\n",
    }.items():
        place = tmp_path / nom
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(texte, encoding="utf-8")
    return tmp_path


def assemble(docs: Path, *feuilles: str) -> Assemblage:
    return assembler(docs, feuilles or ("assets/css/a.css", "assets/css/b.css"), ["assets/js/site.js"])


def test_what_is_published(docs: Path) -> None:
    publie = assemble(docs)
    assert re.fullmatch(r"assets/e-[0-9a-f]{12}", publie.dossier)
    noms = {nom.removeprefix(publie.dossier + "/") for nom in publie.fichiers}
    assert noms == {"site.css", "js/site.js", "js/un.js", "js/sujet/deux.js", "js/socle.js", "js/tard.js"}
    assert publie.fichiers[publie.feuille] == ":root{--a:calc(1px + 2px)}p>a{color:red}"
    assert "note" not in publie.fichiers[publie.adresse("assets/js/site.js")]


def test_what_the_entry_waits_for(docs: Path) -> None:
    """Static imports, each once; what comes on use is not asked for ahead."""
    publie = assemble(docs)
    assert [m.removeprefix(publie.dossier) for m in publie.modules] == [
        "/js/un.js",
        "/js/sujet/deux.js",
        "/js/socle.js",
    ]


def test_the_address_follows_the_content(docs: Path) -> None:
    """The same bytes give the same address; any change, another: of a sheet, of a script, of their order."""
    premiere = assemble(docs).dossier
    assert assemble(docs).dossier == premiere
    vues = {premiere, assemble(docs, "assets/css/b.css", "assets/css/a.css").dossier}
    for nom in ("assets/css/b.css", "assets/js/tard.js"):
        with (docs / nom).open("a", encoding="utf-8") as flux:
            flux.write("\n/* x */ " + ("i { color: red }" if nom.endswith("css") else "export const x = 1;"))
        vues.add(assemble(docs).dossier)
    (docs / "assets/js/tard.js").rename(docs / "assets/js/tot.js")
    vues.add(assemble(docs).dossier)
    assert len(vues) == 5
    # A comment is not published: the address stays, and so does every cache.
    (docs / "assets/js/un.js").write_text('// autre\nimport { socle } from "./socle.js";\nsocle();\n', encoding="utf-8")
    assert assemble(docs).dossier in vues


def test_a_missing_file_stops(docs: Path) -> None:
    with pytest.raises(FileNotFoundError):
        assemble(docs, "assets/css/absente.css")
    with pytest.raises(FileNotFoundError):
        assembler(docs, [], ["assets/js/absent.js"])


def test_only_whole_comments_go() -> None:
    source = """// Le sujet.
import { a } from "./a.js"; // gardé

/** Une ligne. */
const adresse = "https://exemple.org"; /* gardé */
  /**
   * Plusieurs lignes : const faux = 1;
   */
const motif = /\\/\\*\\*/;
  // la fin"""
    assert sans_commentaires(source) == (
        'import { a } from "./a.js"; // gardé\n\nconst adresse = "https://exemple.org"; /* gardé */\nconst motif = /\\/\\*\\*/;\n'
    )


def test_scripts_only_lose_comments(racine: Path) -> None:
    """In every script of the site: each line that goes starts as a comment does, and every import leads to a module."""
    publie = du_projet(racine)
    avant = apres = 0
    for script in sorted((racine / "docs/assets/js").rglob("*.js")):
        source = script.read_text(encoding="utf-8")
        adresse = publie.adresse(script.relative_to(racine / "docs").as_posix())
        allege = publie.fichiers[adresse]
        restantes = iter(allege.splitlines())
        prochaine = next(restantes, None)
        for ligne in source.splitlines():
            if ligne == prochaine:
                prochaine = next(restantes, None)
            else:
                assert re.match(r"\s*(//|/\*\*|\*)", ligne), f"{script.name} : {ligne}"
        assert prochaine is None, script.name
        for cible in re.findall(r"""(?:from|import)\s*\(?"(\.[^"]+)\"""", allege):
            assert posixpath.normpath(posixpath.join(posixpath.dirname(adresse), cible)) in publie.fichiers, adresse
        avant, apres = avant + len(gzip.compress(source.encode())), apres + len(gzip.compress(allege.encode()))
    assert apres < avant
