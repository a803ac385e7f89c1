"""What a screen reader leans on, over every page of the built site: language, title, landmarks, headings, tables,
names.

No browser: what the pages hold before any script. The browser tests see the rest, in each state.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from macros.ecriture.tableaux import nommer_tableaux
from tests.conftest import compteurs
from tests.structure import pages_pleines

REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers", "list")
A_NOMMER = "//dialog | //*[@role='region' or @role='search' or @role='group' or @role='table' or @role='listbox']"
# Cloned into a page that already has them, or filled by a script before they are shown.
PAS_ENCORE = {"resume-titre"}
ARGENTES = ("recherche", "api")
"""Folders of the site that hold data, not pages."""
Page = html.HtmlElement


def _texte(noeud: Page) -> str:
    return " ".join(str(noeud.text_content()).split())


def _nom(page: Page, noeud: Page) -> str:
    """What names an element: what it is labelled by, or its label."""
    renvois = [page.get_element_by_id(i, None) for i in (noeud.get("aria-labelledby") or "").split()]
    return " ".join(_texte(r) for r in renvois if r is not None) or (noeud.get("aria-label") or "").strip()


def _montrer(noeud: Page) -> str:
    return re.sub(r"\s+", " ", html.tostring(noeud, encoding="unicode", with_tail=False))[:140]


def _attend_un_script(noeud: Page) -> bool:
    """Hidden until a script fills it."""
    return bool(noeud.xpath("ancestor-or-self::*[@hidden]"))


def document(page: Page) -> Iterator[str]:
    """Language, title, zoom, and what must not be there."""
    if page.get("lang") != "fr":
        yield "langue absente"
    if not (page.findtext(".//title") or "").strip():
        yield "page sans titre"
    for regle in page.xpath("//meta[@name='viewport']/@content"):
        if "user-scalable" in regle or "maximum-scale" in regle:
            yield f"agrandissement empêché : {regle}"
    for noeud in page.xpath("//marquee | //blink | //*[@accesskey] | //meta[@http-equiv='refresh'] | //*[@target]"):
        yield f"à ne pas employer : {_montrer(noeud)}"
    yield from (f"ordre de tabulation forcé : {_montrer(n)}" for n in page.xpath("//*[@tabindex > 0]"))


def reperes(page: Page) -> Iterator[str]:
    """One main, one banner, one footer; navigations named, and told apart."""
    for balise in ("main", "body//header[not(ancestor::article or ancestor::section)]", "body//footer"):
        if (n := len(page.xpath(f"//{balise}"))) != 1:
            yield f"{n} <{balise}>"
    noms = [(_nom(page, nav), nav) for nav in page.xpath("//nav | //*[@role='navigation']")]
    yield from (f"navigation sans nom : {_montrer(nav)}" for nom, nav in noms if not nom)
    yield from (f"deux navigations « {nom} »" for nom, n in Counter(nom for nom, _ in noms).items() if n > 1)
    yield from (f"sans nom : {_montrer(n)}" for n in page.xpath(A_NOMMER) if not _nom(page, n) and n.tag != "table")
    # What is said out of a landmark is skipped by who goes from one to the next.
    dehors = page.xpath("//body//p[not(ancestor::main or ancestor::header or ancestor::footer or ancestor::dialog)]")
    yield from (f"hors de tout repère : {_montrer(p)}" for p in dehors if _texte(p) and not _attend_un_script(p))


def titres(page: Page) -> Iterator[str]:
    """One h1; no level skipped, no heading empty."""
    tous = page.xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")
    if (n := sum(t.tag == "h1" for t in tous)) != 1:
        yield f"{n} titres de niveau 1"
    precedent = 0
    for titre in tous:
        niveau = int(titre.tag[1])
        if niveau > precedent + 1:
            yield f"niveau sauté avant « {_texte(titre)} » (h{niveau} après h{precedent})"
        if not _texte(titre) and not _attend_un_script(titre):
            yield f"titre vide : {_montrer(titre)}"
        precedent = niveau


def tableaux(page: Page) -> Iterator[str]:
    """A caption (Markdown: a paragraph of class « legende » before the table); headers that say what they head."""
    for table in page.xpath("//table[not(ancestor::template)]"):
        legende = table.find("caption")
        if legende is None or not _texte(legende):
            yield f"tableau sans titre : {_texte(table)[:60]}"
        if not table.xpath(".//th"):
            yield f"tableau sans en-tête : {_texte(table)[:60]}"
        yield from (f"en-tête sans portée : {_montrer(th)}" for th in table.xpath(".//th[not(@scope)]"))
        yield from (f"en-tête vide : {_montrer(th)}" for th in table.xpath(".//th") if not _texte(th))
        colonnes = len(table.xpath("./thead/tr[1]/th"))
        for rangee in table.xpath("./tbody/tr[not(*/@colspan)]"):
            if len(rangee) != colonnes:
                yield f"rangée incomplète : {_texte(rangee)[:60]}"


def alternatives(page: Page) -> Iterator[str]:
    """Images and drawings have an alternative, or are hidden from who cannot see them."""
    yield from (f"image sans alternative : {_montrer(i)}" for i in page.xpath("//img[not(@alt)]"))
    for dessin in page.xpath("//svg[not(ancestor-or-self::*[@aria-hidden='true'])]"):
        if dessin.get("role") not in ("img", "group") or not _nom(page, dessin):
            yield f"dessin sans nom : {_montrer(dessin)}"
    for lien in page.xpath("//a[@href] | //button | //summary"):
        muet = not _texte(lien) and not _nom(page, lien) and not lien.xpath(".//img[@alt != '']")
        if muet and not _attend_un_script(lien):
            yield f"sans nom : {_montrer(lien)}"


def champs(page: Page) -> Iterator[str]:
    """A label for each field, a legend for each group; nothing points to an id that is not there."""
    muets = ("hidden", "submit", "button")
    etiquettes = {e.get("for") for e in page.xpath("//label[@for]") if _texte(e)}
    # Material's own switches are not displayed.
    for champ in page.xpath("//input[not(contains(@class, 'md-'))] | //select | //textarea"):
        if (
            champ.get("type") in muets
            or champ.get("id") in etiquettes
            or any(map(_texte, champ.xpath("ancestor::label")))
        ):
            continue
        if not _nom(page, champ):
            yield f"champ sans étiquette : {_montrer(champ)}"
    yield from (f"groupe sans légende : {_montrer(f)}" for f in page.xpath("//fieldset[not(legend)]"))
    connus = set(page.xpath("//@id"))
    for attribut in REFERENCES:
        for valeur in page.xpath(f"//*[not(ancestor::template)]/@{attribut}"):
            if perdus := set(valeur.split()) - connus - PAS_ENCORE:
                yield f"{attribut} ne mène à rien : {', '.join(sorted(perdus))}"


def fil(page: Page) -> Iterator[str]:
    """No name twice on the way to a page, nor in the menus; no paragraph that is a lone full stop."""
    for liste in page.xpath("//nav[@class='fil']/ol | //nav[@class='sousmenu']/ul | //nav[@class='menu__panneau']/ul"):
        noms = [_texte(li) for li in liste.findall("li")]
        yield from (f"« {nom} » deux fois dans une navigation" for nom, n in Counter(noms).items() if n > 1)
    yield from (
        f"ponctuation seule : {_montrer(n)}" for n in page.xpath("//p | //dd | //li") if _texte(n) in {".", ",", "·"}
    )


REGLES = (document, reperes, titres, tableaux, alternatives, champs, fil)


def _pages(site: Path) -> Iterator[tuple[str, Page]]:
    lecteur = html.HTMLParser(encoding="utf-8")
    for fichier in pages_pleines(site):
        chemin = fichier.relative_to(site)
        if chemin.parts[0] not in ARGENTES:
            yield chemin.as_posix(), html.parse(fichier, parser=lecteur).getroot()


def test_every_page_of_the_site(site: Path) -> None:
    vues, fautes = 0, []
    for chemin, page in _pages(site):
        vues += 1
        fautes.extend(f"{chemin} : {faute}" for regle in REGLES for faute in regle(page))
    assert vues > 200
    compteurs["pages dont la structure est vérifiée"] += vues
    assert fautes == [], "\n".join(fautes[:60])


def test_no_two_entries_of_the_menus_share_a_name(site: Path) -> None:
    """Over all pages: an entry of a menu, of a sub-menu or of the footer has one name, and leads to one page."""
    menant: dict[str, set[Path]] = {}
    for chemin, page in _pages(site):
        if chemin == "404.html":
            continue  # served at any depth: its links start from the root of the host
        for lien in page.xpath("//nav[contains(@class, 'sousmenu') or contains(@class, 'onglets')]//a"):
            cible = (site / chemin).parent / lien.get("href").partition("#")[0]
            menant.setdefault(_texte(lien), set()).add(cible.resolve())
    assert {nom: cibles for nom, cibles in menant.items() if len(cibles) > 1} == {}


FAUTIVE = """<html><head><title> </title><meta name="viewport" content="user-scalable=no"></head><body>
<header></header><nav></nav><nav aria-label="a"></nav><nav aria-label="a"></nav><p>Perdu.</p><a href="x" target="_blank">x</a>
<main><h1>Un</h1><h3>Trois</h3><h2></h2><p tabindex="2">x</p><dialog></dialog>
<table><thead><tr><th>a</th><th scope="col"></th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>
<nav class="fil" aria-label="b"><ol><li>Z</li><li>Z</li></ol></nav><p>.</p><img src="x"><svg></svg><a href="y"></a><input id="seul"><fieldset></fieldset><label for="absent">z</label></main>
<footer></footer></body></html>"""
ATTENDUES = [
    "langue absente", "page sans titre", "agrandissement empêché", "à ne pas employer", "ordre de tabulation forcé",
    "navigation sans nom", "deux navigations « a »", "sans nom : <dialog", "hors de tout repère : <p>Perdu",
    "niveau sauté avant « Trois »", "titre vide", "tableau sans titre", "en-tête sans portée", "en-tête vide",
    "rangée incomplète", "image sans alternative", "dessin sans nom", "sans nom : <a", "champ sans étiquette",
    "groupe sans légende", "for ne mène à rien : absent", "« Z » deux fois", "ponctuation seule",
]  # fmt: skip


@pytest.mark.parametrize("attendue", ATTENDUES)
def test_the_check_sees_what_is_wrong(attendue: str) -> None:
    page = html.document_fromstring(FAUTIVE)
    assert any(faute.startswith(attendue) for regle in REGLES for faute in regle(page))


def test_tables_of_markdown_get_their_title_and_scopes() -> None:
    lu = nommer_tableaux(
        '<p class="legende">Titre & <em>mots</em></p>\n<table>\n<thead>\n<tr>\n<th>a</th>\n<th '
        'style="x">b</th>\n</tr></thead>'
        '</table><p class="legende">Seul.</p><p>x</p><table class="autre"><th>c</th></table>'
    )
    assert lu.startswith("<table>\n<caption>Titre & <em>mots</em></caption>\n<thead>")
    assert '<th scope="col">a</th>' in lu and '<th scope="col" style="x">b</th>' in lu
    assert '<p class="legende">Seul.</p>' in lu and "<th>c</th>" in lu
