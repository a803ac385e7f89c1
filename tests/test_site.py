"""The real site, whole: what a strict build and a check of every link cannot see."""

from __future__ import annotations

import json
import re
from pathlib import Path

import material
import pytest
from lxml import html

from macros.catalogue.fige import Catalogue
from macros.ecriture.rendu import adresse
from macros.moteur.construit.controle import controler
from tests.conftest import RACINE, batir


def _texte(fichier: Path) -> str:
    arbre = html.parse(fichier, parser=html.HTMLParser(encoding="utf-8")).getroot()
    for balise in arbre.xpath("//script | //style | //svg | //code"):
        balise.drop_tree()
    return str(arbre.xpath("string(//body)"))


def test_links_anchors_ids_alternatives_and_third_parties(site: Path) -> None:
    bilan = controler(site)
    assert bilan.fautes == ()
    assert bilan.pages > 200
    assert bilan.liens > 15_000


def test_the_check_itself_sees_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<html><body><p id="a"><p id="a"><a href="absent/">x</a><a href="#nulle-part">y</a><img '
        'src="https://tiers.fr/i.png">'
        '<a href="javascript:1">z</a><link rel="stylesheet" href="https://tiers.fr/s.css"></body></html>',
        encoding="utf-8",
    )
    fautes = "\n".join(controler(tmp_path).fautes)
    for morceau in (
        "identifiants en double",
        "lien mort : absent/",
        "ancre absente : #nulle-part",
        "tiers.fr/i.png",
        "tiers.fr/s.css",
        "adresse refusée",
        "sans alternative",
    ):
        assert morceau in fautes


def test_no_template_left_over(site: Path) -> None:
    for fichier in site.rglob("*.html"):
        texte = _texte(fichier)
        for reste in ("{{", "{%", "[s1]", "[kit]", "data-jeton", "Undefined", "None ", "’’", "&amp;amp;"):
            assert reste not in texte, (fichier.relative_to(site).as_posix(), reste)


def test_french_throughout(site: Path) -> None:
    """Apostrophes are typographic, a space before a double sign is unbreakable, the language is declared."""
    straight = re.compile(r"[a-zà-ÿ]'[a-zà-ÿ]", re.IGNORECASE)
    plain = re.compile(r"\w [;!?»]|« \w|\w :\s")
    for fichier in site.rglob("*.html"):
        texte = _texte(fichier)
        nom = fichier.relative_to(site).as_posix()
        assert not straight.search(texte), (nom, straight.search(texte))
        found = plain.search(texte)
        assert not found, (nom, texte[max(0, found.start() - 30) : found.end() + 30])
        assert 'lang="fr"' in fichier.read_text(encoding="utf-8")[:300]


def test_every_fiche_is_reachable_from_its_index(site: Path, catalogue: Catalogue) -> None:
    for fiche in catalogue.fiches.values():
        index = (site / fiche.PLURIEL / "index.html").read_text(encoding="utf-8")
        assert f'href="../{adresse(fiche)}"' in index or f'href="{fiche.id}/"' in index, fiche.id
        for theme in fiche.themes:
            assert f'href="../../{adresse(fiche)}"' in (site / f"themes/{theme}/index.html").read_text(encoding="utf-8")


def test_open_data(site: Path, catalogue: Catalogue) -> None:
    data = json.loads((site / "api/fiches.json").read_text(encoding="utf-8"))
    assert data["version"] == 1
    assert {f["id"] for f in data["fiches"]} == set(catalogue.fiches)
    champs = {
        "type",
        "id",
        "titre",
        "accroche",
        "url",
        "themes",
        "phases",
        "publics",
        "territoire",
        "validite",
        "verification",
        "sources",
    }
    for fiche in data["fiches"]:
        assert champs <= set(fiche)
        assert fiche["type"] in {"action", "partenaire", "dispositif", "site", "methode", "kit"}
        assert (site / fiche["url"] / "index.html").is_file()
        assert fiche["sources"]


def test_navigation_has_seven_entries_and_no_fiche(site: Path) -> None:
    accueil = html.parse(site / "index.html").getroot()
    onglets = [a.text_content().strip() for a in accueil.xpath("(//nav[contains(@class, 'onglets')])[1]//a")]
    assert onglets == [
        "Trouver un appui",
        "Qui peut aider",
        "Préparer un atelier",
        "Boîte à outils",
        "Exemples",
        "Thèmes",
        "Contribuer",
    ]
    assert "- dispositifs/atelier-flash" not in (RACINE / "mkdocs.yml").read_text(encoding="utf-8")


def test_every_macro_is_documented(site: Path) -> None:
    from macros.moteur.appels import MACROS

    page = (site / "contribuer/macros/index.html").read_text(encoding="utf-8")
    assert len(MACROS) >= 12
    for macro in MACROS.values():
        assert f'id="macro-{macro.nom}"' in page
        assert macro.aide


def test_names_left_out_are_nowhere(site: Path) -> None:
    """Persons named by the sources, and the counter-example commune, are on no page. Kept as fingerprints here."""
    import hashlib

    interdits = {
        "4861c814",
        "602810a8",
        "4bf1e9fb",
        "318bcc79",
        "a0558cea",
        "df78dea4",
        "7501778b",
        "d2ffebae",
        "9752f321",
        "95f4fd03",
    }
    words: set[str] = set()
    for fichier in site.rglob("*.html"):
        words |= set(re.findall(r"[a-zà-ÿ]{5,}", _texte(fichier).casefold()))
    prints = {hashlib.sha256(w.encode()).hexdigest()[:8] for w in words}
    assert not prints & interdits


def test_material_gives_icons_words_and_markdown(site: Path) -> None:
    """What « theme: material » is there for: taken away, this fails. Nothing of it is asked for by the browser."""
    icones = Path(material.__file__).parent / "templates/.icons/material"
    accueil = (site / "index.html").read_text(encoding="utf-8")
    for dessin in ("clock-outline", "bookmark-outline", "home-outline"):
        assert re.search(r' d="[^"]+"', (icones / f"{dessin}.svg").read_text(encoding="utf-8"))[0] in accueil  # type: ignore[index]
    assert '<a class="evitement" href="#contenu">Aller au contenu</a>' in accueil, "les mots de l’interface"
    page = html.parse(site / "contribuer/macros/index.html")
    assert len(page.xpath('//div[@class="tabbed-set tabbed-alternate"]/input[@type="radio"]')) == 4, "les onglets"


@pytest.mark.longue
def test_two_builds_of_the_same_commit_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    """Of the real site; « tests/pannes » looks at a smaller one each time."""
    batir(RACINE, tmp_path / "site")
    un, autre = (
        {p.relative_to(place): p.read_bytes() for p in place.rglob("*") if p.is_file()}
        for place in (site, tmp_path / "site")
    )
    assert un.keys() == autre.keys()
    assert [nom for nom in un if un[nom] != autre[nom]] == []
