"""What is kept on a device, in which lot; the site as a folder."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from pathlib import Path

import pytest

from macros.sorties.horsligne.dossier import NOM, ecrire_zip, lien_de_dossier, page_de_dossier, proposer, titres
from macros.sorties.horsligne.lots import lots
from macros.sorties.horsligne.publication import publier, retirer
from macros.sorties.horsligne.ressources import Ressources, de_page
from scripts import zip_du_site


def page(corps: str = "", profondeur: int = 0, titre: str = "Une page") -> str:
    racine = "../" * profondeur
    return (
        f'<!doctype html>\n<html lang="fr" class="no-js"><head><title>{titre} · Site</title>'
        f'<meta name="description" content="Ce qu’on y lit">'
        f'<link rel="stylesheet" href="{racine}assets/site.css">'
        f'</head><body data-md-color-scheme="default"><h1>{titre}</h1>{corps}<a href="{racine or "."}">Accueil</a>'
        f'<script type="module" src="{racine}assets/js/site.js"></script></body></html>'
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site in which each file has one reason to be kept, or not to be."""
    kit = '<a href="../../documents/flash/programme.odt">Programme</a> <a href="../../documents/flash/programme.pdf">PDF</a>'
    for nom, texte in {
        "index.html": page('<img src="assets/plan.png" alt="">'),
        "404.html": page(),
        "hors-ligne/index.html": page("<!--zip--><p>À fabriquer.</p><!--fin-zip-->", 1),
        "kits/index.html": page(profondeur=1),
        "kits/flash/index.html": page("", 2, "Flash"),
        "kits/flash/documents/index.html": page(kit.replace("../../", "../../../"), 3, "Documents"),
        "kits/documents/index.html": page(kit, 2),
        "methodes/vote/index.html": page('<svg><use href="#i"/></svg><a href="../../api/fiches.json">Données</a>', 2),
        "trouver/index.html": page("<noscript><p>Sans script.</p></noscript><div data-page-trouver></div>", 1),
        "composer/index.html": page('<div data-donnees="../api/composer.json" data-composer></div>', 1),
        "themes/friches/index.html": page('<img src="../../assets/friche.webp" alt="">', 2),
        "assets/site.css": '@import "autre.css"; body { background: url("fond.svg") }',
        "assets/fond.svg": "<svg/>",
        "assets/plan.png": "png",
        "assets/friche.webp": "webp",
        "assets/js/site.js": 'import"./socle.js";const '
        'a=()=>import("./recherche/page.js");fetch("api/formulaire.json");',
        "assets/js/socle.js": "export const x = 1;",
        "assets/js/recherche/page.js": 'import {x} from "../socle.js"; fetch(new URL("recherche/", racine));',
        "assets/js/hors-ligne/veille.js": 'import "../socle.js";',
        "assets/js/seul.js": "rien ne le demande",
        "assets/site.css.map": "{}",
        "api/composer.json": "{}",
        "api/composer/flash.json": "{}",
        "api/fiches.json": "[]",
        "api/fiches/vote.json": "{}",
        "api/formulaire.json": "{}",
        "api/communes/a.json": "{}",
        "recherche/index.bin": "index",
        "recherche/0a1b.bin": "textes",
        "documents/flash/programme.odt": "odt",
        "documents/flash/programme.pdf": "pdf",
        "documents/autre/carte.pdf": "pdf",
        "sitemap.xml": "<x/>",
    }.items():
        place = tmp_path / "site" / nom
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(texte, encoding="utf-8")
    return tmp_path / "site"


def noms(site: Path, lot: str) -> set[str]:
    return {f.chemin for f in lots(site).get(lot, [])}


COQUILLE = {
    "hors-ligne/index.html",
    "index.html",
    "assets/site.css",
    "assets/fond.svg",
    "assets/plan.png",
    "assets/js/site.js",
    "assets/js/socle.js",
    "assets/js/hors-ligne/veille.js",
}


def test_each_file_is_in_its_lot(site: Path) -> None:
    assert noms(site, "coquille") == COQUILLE
    assert noms(site, "essentiel") == {
        "kits/index.html",
        "kits/flash/index.html",
        "kits/flash/documents/index.html",
        "kits/documents/index.html",
        "methodes/vote/index.html",
        "trouver/index.html",
        "composer/index.html",
        "assets/js/recherche/page.js",
        "api/composer.json",
        "api/composer/flash.json",
        "api/fiches.json",
        "recherche/index.bin",
        "recherche/0a1b.bin",
    }
    assert noms(site, "pages") == {"themes/friches/index.html", "assets/friche.webp", "api/formulaire.json"}
    assert noms(site, "communes") == {"api/communes/a.json"}
    assert noms(site, "kit:flash") == {
        "kits/flash/index.html",
        "kits/flash/documents/index.html",
        "assets/site.css",
        "assets/fond.svg",
        "assets/js/site.js",
        "assets/js/socle.js",
        "documents/flash/programme.odt",
        "documents/flash/programme.pdf",
    }
    assert "kit:documents" not in lots(site)


def test_the_list_tells_the_content(site: Path) -> None:
    """Digests are those of the files; the same site gives the same bytes; one page changed changes its line and the
    version."""
    publier(site)
    premiere = (site / "hors-ligne.json").read_text(encoding="utf-8")
    lue = json.loads(premiere)
    for fichiers in lue["lots"].values():
        for chemin, empreinte, octets in fichiers:
            contenu = (site / chemin).read_bytes()
            assert (empreinte, octets) == (hashlib.sha256(contenu).hexdigest()[:20], len(contenu))
    script = (site / "sw.js").read_text(encoding="utf-8")
    assert f'const REGLAGES = {{"version": "{lue["version"]}", "liste": "hors-ligne.json"}};' in script
    publier(site)
    assert (site / "hors-ligne.json").read_text(encoding="utf-8") == premiere, "la liste ne se compte pas elle-même"
    with (site / "methodes/vote/index.html").open("a", encoding="utf-8") as flux:
        flux.write("<!-- autre -->")
    publier(site)
    seconde = json.loads((site / "hors-ligne.json").read_text(encoding="utf-8"))
    assert seconde["version"] != lue["version"]
    avant, apres = ({f[0]: f[1] for lot in x["lots"].values() for f in lot} for x in (lue, seconde))
    assert {chemin for chemin in apres if apres[chemin] != avant[chemin]} == {"methodes/vote/index.html"}


def test_giving_up_undoes(site: Path) -> None:
    retirer(site)
    script = (site / "sw.js").read_text(encoding="utf-8")
    assert "registration.unregister()" in script and "caches.delete" in script and "fetch" not in script


def test_the_worker_has_no_comment_left_and_no_foreign_address(site: Path) -> None:
    publier(site)
    script = (site / "sw.js").read_text(encoding="utf-8")
    assert not re.search(r"^\s*(//|/\*\*)", script, re.MULTILINE)
    assert "http" not in script.replace("https", "http") and "eval(" not in script and "importScripts" not in script


def test_links_are_not_loads() -> None:
    assert list(de_page('<a href="a.json">a</a><link href="b.css"><img src="c.png"><p data-donnees="d.json">')) == [
        "b.css",
        "c.png",
        "d.json",
    ]


def test_a_missing_or_outside_file_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<link href="../../etc/x.css"><img src="https://ailleurs.fr/a.png"><img src="non.png">'
    )
    assert list(Ressources(tmp_path, {"index.html"}).atteintes(["index.html"], a_la_demande=True)) == ["index.html"]


@pytest.mark.parametrize(
    ("adresse", "depuis", "attendue"),
    [
        (".", "index.html", "index.html"),
        ("..", "kits/index.html", "../index.html"),
        ("../../", "kits/flash/index.html", "../../index.html"),
        ("kits/", "index.html", "kits/index.html"),
        ("./", "trouver/index.html", "index.html"),
        ("kits/flash/?a=1&amp;b=2#ici", "index.html", "kits/flash/index.html?a=1&amp;b=2#ici"),
        ("?kit=flash", "composer/index.html", "index.html?kit=flash"),
        ("#ici", "kits/index.html", "#ici"),
        ("https://exemple.fr/a/", "index.html", "https://exemple.fr/a/"),
        ("mailto:a@exemple.fr", "index.html", "mailto:a@exemple.fr"),
        ("../documents/flash/programme.odt", "kits/index.html", "../documents/flash/programme.odt"),
        ("../api/fiches.json", "kits/index.html", "../donnees/index.html"),
    ],
)
def test_links_of_a_folder(adresse: str, depuis: str, attendue: str) -> None:
    assert lien_de_dossier(adresse, depuis, {"documents/flash/programme.odt"}) == attendue


def test_a_page_of_a_folder_asks_for_no_module(site: Path) -> None:
    faite = page_de_dossier(
        (site / "trouver/index.html").read_text(encoding="utf-8"), "trouver/index.html", {"assets/site.css"}
    )
    assert 'type="module"' not in faite and "noscript" not in faite and "Sans script." in faite
    assert faite.count("<script") == 2 and 'src="../titres.js"' in faite
    assert "Site en un dossier\u00a0: la recherche porte ici sur les titres" in faite


def test_titles_are_data(site: Path) -> None:
    """Hostile text stays text: the script that carries it is read back as JSON."""
    ecrit = titres({"a/index.html": page(titre="&lt;/script&gt; L’été · suite")})
    assert json.loads(ecrit.removeprefix("window.TITRES = ").removesuffix(";\n")) == [
        ["</script> L’été · suite", "Ce qu’on y lit", "a/index.html"]
    ]


def test_the_zip_is_the_same_twice_and_whole(site: Path, tmp_path: Path) -> None:
    for nom in ("un.zip", "deux.zip"):
        ecrire_zip(site, tmp_path / nom)
    assert (tmp_path / "un.zip").read_bytes() == (tmp_path / "deux.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "un.zip") as archive:
        contenu = {i.filename.removeprefix(f"{NOM}/") for i in archive.infolist()}
        assert all(i.date_time[0] == 2020 for i in archive.infolist())
    assert contenu == {
        *(f for f in ("index.html", "hors-ligne/index.html", "kits/index.html", "kits/flash/index.html")),
        "kits/flash/documents/index.html",
        *("kits/documents/index.html", "methodes/vote/index.html", "trouver/index.html", "composer/index.html"),
        *("themes/friches/index.html", "assets/site.css", "assets/fond.svg", "assets/plan.png", "assets/friche.webp"),
        *("documents/flash/programme.odt", "documents/flash/programme.pdf"),
        *("dossier.js", "titres.js", "LISEZ-MOI.html"),
    }


def test_publishing_the_zip_offers_it(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page gets the link with its size, and the list says what the page now holds; doing it again changes
    nothing."""
    publier(site)
    assert zip_du_site.main([str(site), "--publier"]) == 0
    lue = (site / "hors-ligne/index.html").read_text(encoding="utf-8")
    assert re.search(r'href="accompagner-les-territoires\.zip">le site en un dossier \(zip, \d,\d\u00a0Mo\)</a>', lue)
    empreintes = {
        f[0]: f[1] for f in json.loads((site / "hors-ligne.json").read_text(encoding="utf-8"))["lots"]["coquille"]
    }
    assert empreintes["hors-ligne/index.html"] == hashlib.sha256(lue.encode()).hexdigest()[:20]
    assert proposer(lue, "accompagner-les-territoires.zip", 1).count("<!--zip-->") == 1
    assert ".zip" in capsys.readouterr().out


def test_no_site_no_zip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert zip_du_site.main([str(tmp_path / "rien")]) == 1
    assert "make site" in capsys.readouterr().err
