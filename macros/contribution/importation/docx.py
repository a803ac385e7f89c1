"""A .docx -> blocks. Read from its XML, as the browser does, so that both see the same text within the same limits.

Deleted text of tracked changes, field codes and macros are not text; headers, footers, notes and comments are kept as
margin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from macros.contribution.importation.arbre import arbre, attribut, enfants
from macros.contribution.importation.archive import Archive
from macros.contribution.importation.blocs import Bloc, Genre

_TAIRE = {"pPr", "rPr", "instrText", "delText", "del", "moveFrom", "Fallback", "sdtPr", "tblPr", "trPr", "tcPr"}
_MARGES = re.compile(r"^word/(header|footer|footnotes|endnotes|comments)[0-9]*\.xml$")
_TITRE = re.compile(r"^(?:heading|titre) ?([1-9])$")


def lire(archive: Archive, profondeur: int) -> list[Bloc]:
    """Return the blocks of the document. Raises DocumentRefuse."""
    corps = arbre(archive.lire("word/document.xml"), profondeur)
    styles = _styles(archive, profondeur)
    blocs = [bloc for _, enfant in enfants(corps) for bloc in _blocs(enfant, styles)]
    for membre in archive.noms():
        if _MARGES.match(membre):
            marge = arbre(archive.lire(membre), profondeur)
            blocs += [Bloc("marge", bloc.texte) for bloc in _blocs(marge, styles) if bloc.texte.strip()]
    return blocs


def _styles(archive: Archive, profondeur: int) -> dict[str, str]:
    """Style id -> its name in lower case, or « heading N » when the style has an outline level."""
    if "word/styles.xml" not in archive:
        return {}
    noms: dict[str, str] = {}
    for balise, style in enfants(arbre(archive.lire("word/styles.xml"), profondeur)):
        if balise == "style":
            for detail, element in enfants(style):
                if detail == "name":
                    noms[attribut(style, "styleId")] = attribut(element, "val").lower()
    return noms


def _blocs(conteneur: etree._Element, styles: dict[str, str]) -> Iterator[Bloc]:
    for balise, element in enfants(conteneur):
        if balise == "p":
            yield _paragraphe(element, styles)
        elif balise == "tbl":
            yield from _rangees(element, styles)
        elif balise not in _TAIRE:
            yield from _blocs(element, styles)


def _paragraphe(element: etree._Element, styles: dict[str, str]) -> Bloc:
    texte = _texte(element)
    if not texte.strip():
        return Bloc("vide")
    style, liste = "", False
    for balise, proprietes in enfants(element):
        if balise == "pPr":
            for detail, propriete in enfants(proprietes):
                if detail == "pStyle":
                    style = styles.get(attribut(propriete, "val"), attribut(propriete, "val").lower())
                liste = liste or detail == "numPr"
    titre = _TITRE.match(style)
    if titre or style in ("title", "titre"):
        return Bloc("titre", texte, int(titre[1]) if titre else 0)
    genre: Genre = "element" if liste else "paragraphe"
    return Bloc(genre, texte)


def _rangees(table: etree._Element, styles: dict[str, str]) -> Iterator[Bloc]:
    """Rows; a table of one column is a frame: its paragraphs stand for themselves."""
    for balise, rangee in enfants(table):
        if balise == "tr":
            cellules = list(_cellules(rangee))
            if len(cellules) == 1:
                yield from _blocs(cellules[0], styles)
            else:
                textes = [_cellule(cellule, styles) for cellule in cellules]
                yield Bloc("ligne", "\t".join(textes)) if any(textes) else Bloc("vide")
        elif balise not in _TAIRE:
            yield from _rangees(rangee, styles)


def _cellules(rangee: etree._Element) -> Iterator[etree._Element]:
    for balise, element in enfants(rangee):
        if balise == "tc":
            yield element
        elif balise not in _TAIRE:
            yield from _cellules(element)


def _cellule(cellule: etree._Element, styles: dict[str, str]) -> str:
    """The text of a cell on one line: its paragraphs parted by spaces, the cells of a table inside it too."""
    textes = [bloc.texte for bloc in _blocs(cellule, styles)]
    return " ".join(" ".join(textes).split())


def _texte(element: etree._Element) -> str:
    morceaux: list[str] = []
    for balise, enfant in enfants(element):
        if balise == "t":
            morceaux.append(enfant.text or "")
        elif balise == "tab":
            morceaux.append("\t")
        elif balise in ("br", "cr"):
            morceaux.append("\n")
        elif balise == "noBreakHyphen":
            morceaux.append("-")
        elif balise == "p":  # a text box inside a paragraph
            morceaux.append("\n" + _texte(enfant) + "\n")
        elif balise not in _TAIRE:
            morceaux.append(_texte(enfant))
    return "".join(morceaux)
