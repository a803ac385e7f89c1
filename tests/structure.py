"""What a built page is made of, whatever engine built it: its title, its headings and its anchors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lxml import html

_CONTENU = (
    "//article[contains(@class, 'md-content__inner')]",  # Zensical
    "//div[contains(@class, 'feuille__tete') or contains(@class, 'feuille__texte')]",  # our theme
    "//*[@id='contenu']",  # our home page
)


@dataclass(frozen=True)
class Structure:
    """``titre``: of the page, without the name of the site. ``titres``: (level, text) in order. ``ancres``: every
    id."""

    titre: str
    titres: tuple[tuple[int, str], ...]
    ancres: frozenset[str]


def relever(contenu: bytes, site: str) -> Structure:
    """Read one page."""
    arbre = html.document_fromstring(contenu, parser=html.HTMLParser(encoding="utf-8"))
    parties = next(filter(None, map(arbre.xpath, _CONTENU)))
    titre = _texte(arbre.xpath("string(//title)"))
    for fin in (f" - {site}", f" · {site}"):
        titre = titre.removesuffix(fin)
    titres = [t for partie in parties for t in partie.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    ancres = {i for partie in parties for i in partie.xpath(".//@id")} - {"__skip", "contenu"}  # the themes’ own
    return Structure(titre, tuple((int(t.tag[1]), _titre(t)) for t in titres), frozenset(ancres))


def _titre(titre: html.HtmlElement) -> str:
    for lien in titre.xpath(".//a[contains(@class, 'headerlink')]"):
        lien.drop_tree()
    return _texte(titre.text_content())


def _texte(texte: str) -> str:
    return " ".join(texte.split())


def pages_pleines(dossier: Path) -> list[Path]:
    """Every page of a built site, those apart that only lead from a former address to another."""
    return [p for p in sorted(dossier.rglob("*.html")) if b'http-equiv="refresh"' not in p.read_bytes()]


def structures(dossier: Path, site: str) -> dict[str, Structure]:
    """Read every page of a built site, by address; the page shown for a wrong address is each engine's own."""
    return {
        p.relative_to(dossier).as_posix(): relever(p.read_bytes(), site)
        for p in pages_pleines(dossier)
        if p.name != "404.html"
    }
