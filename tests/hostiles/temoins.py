"""The judges: whether a message can be read, whether a page is inert, whether a file says what it must not."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree, html
from pypdf import PdfReader

from macros.lecture.problemes import Probleme
from tests.hostiles.charges import SECRET

_BALISES = {"iframe", "object", "embed", "base", "frame", "frameset", "applet", "math", "noembed", "marquee", "style"}
_LIENS = (
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "{http://www.w3.org/1999/xlink}href",
    "xlink:href",
    "srcset",
)
_SCHEMAS = {"", "http", "https", "mailto", "tel"}
_SCRIPTS = {"module", "application/json", "application/ld+json"}
_ANGLAIS = re.compile(
    r"Traceback|Error\b|Exception|expected|found unknown|line \d+|NoneType|object has no", re.IGNORECASE
)
PRODUIT = "56945529"
"""What « {{ 7191 * 7919 }} » would write if something computed it."""


def message_lisible(probleme: Probleme, octets: bytes) -> None:
    """A message names its file, a line that exists, says what to do in French, and stays short."""
    lignes = len(re.split(rb"\r\n|[\n\r]", octets))
    assert 1 <= probleme.position.ligne <= lignes + 1, probleme
    assert probleme.position.colonne >= 1
    assert "\n" not in str(probleme)
    assert probleme.message.rstrip().endswith((".", "?", "»")), probleme
    assert len(str(probleme)) < 4000, str(probleme)[:200]
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", str(probleme)), ascii(
        str(probleme)
    )
    texte = re.sub("« .*? »", "", probleme.message, flags=re.DOTALL)
    assert not _ANGLAIS.search(texte), probleme


def fautes_de_page(contenu: bytes | str, nom: str = "") -> list[str]:
    """What is active in the HTML of a page and should not be; also what was computed, or read elsewhere."""
    octets = contenu.encode() if isinstance(contenu, str) else contenu
    arbre = html.document_fromstring(octets, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    texte = octets.decode()
    fautes = [f"{nom} : {mot} est dans la page" for mot in (SECRET, PRODUIT, "prisprispris") if mot in texte]
    for element in arbre.iter(etree.Element):
        fautes += [f"{nom} : {faute}" for faute in _fautes(element)]
    return fautes


def _fautes(element: etree._Element) -> Iterable[str]:
    balise = str(element.tag)
    if balise in _BALISES and not (balise == "style" and "pris" not in (element.text or "")):
        yield f"<{balise}>"
    if balise == "script":
        yield from _fautes_de_script(element)
    if balise == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
        yield "redirection"
    for nom, valeur in element.attrib.items():
        if str(nom).lower().startswith("on"):
            yield f"attribut {nom} de <{balise}>"
        if "pris" in str(nom) or (str(nom) == "style" and "fixed" in str(valeur)):
            yield f"attribut {nom} de <{balise}>"
        if nom in _LIENS and _schema(str(valeur)) not in _SCHEMAS | ({"data"} if balise in {"img", "link"} else set()):
            yield f"adresse {str(valeur)[:60]} de <{balise}>"
        if nom in {"src", "href"} and balise not in {"a"} and "pris.example" in str(valeur):
            yield f"requête vers {valeur}"


def _fautes_de_script(element: etree._Element) -> Iterable[str]:
    texte, genre = element.text or "", element.get("type") or ""
    if genre in {"application/json", "application/ld+json"}:
        json.loads(texte)
    elif "pris" in texte or genre not in _SCRIPTS | {""}:
        yield f"script : {texte[:60]}"


def _schema(adresse: str) -> str:
    """The scheme as a browser reads it: controls and spaces at the edges dropped, tabs and line breaks everywhere."""
    nette = re.sub(r"[\t\n\r]", "", adresse.strip("".join(map(chr, range(33)))))
    try:
        return urlsplit(nette).scheme.lower()
    except ValueError:
        return "illisible"


def textes_de_document(chemin: Path) -> str:
    """All the text that a document holds: of each member of an archive, or of each page of a PDF."""
    if chemin.suffix == ".pdf":
        lecteur = PdfReader(io.BytesIO(chemin.read_bytes()))
        assert not any(nom in lecteur.trailer["/Root"] for nom in ("/OpenAction", "/AA")), chemin
        return "\n".join(page.extract_text() for page in lecteur.pages)
    with zipfile.ZipFile(chemin) as archive:
        assert not any("vba" in nom.lower() or ".." in nom for nom in archive.namelist()), chemin
        for nom in archive.namelist():
            if nom.endswith((".xml", ".rels")) and archive.read(nom):  # templates carry empty settings
                etree.fromstring(archive.read(nom))
        return "\n".join(archive.read(nom).decode(errors="replace") for nom in archive.namelist())


def fautes_de_csv(contenu: str) -> list[str]:
    """Cells that a spreadsheet would compute: a comma- or semicolon-separated file is safe when none begins so.

    A cell is defused by an apostrophe in front. Numbers (« -3 », « +33 3 20 ») compute nothing.
    """
    lecteur = csv.reader(io.StringIO(contenu, newline=""), delimiter=max(",;\t", key=contenu.split("\n", 1)[0].count))
    return [
        f"ligne {rang} : {cellule[:60]!r}"
        for rang, ligne in enumerate(lecteur, 1)
        for cellule in ligne
        if cellule.lstrip(" \u00a0")[:1] in tuple("=+-@\t\r＝＋－＠")
        and not re.fullmatch(r"[+-]?[0-9 .,\u202f]+", cellule)
    ]
