"""An .odt -> blocks. Read from its XML, as the browser does, so that both see the same text within the same limits."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from macros.contribution.importation.arbre import arbre, attribut, enfants
from macros.contribution.importation.archive import Archive
from macros.contribution.importation.blocs import Bloc, Genre, refus

_TAIRE = {"tracked-changes", "sequence-decls", "forms", "settings", "bookmark", "title", "desc"}
_MARGES = {"note", "annotation"}


def lire(archive: Archive, profondeur: int) -> list[Bloc]:
    """Return the blocks of the document. Raises refus."""
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.lire("META-INF/manifest.xml"):
        raise refus("protege")
    contenu = arbre(archive.lire("content.xml"), profondeur)
    blocs: list[Bloc] = []
    for balise, corps in enfants(contenu):
        if balise == "body":
            blocs += [bloc for _, texte in enfants(corps) for bloc in _blocs(texte, "paragraphe")]
    blocs += [Bloc("marge", texte) for texte in _marges(contenu)]
    if "styles.xml" in archive:
        for balise, maitres in enfants(arbre(archive.lire("styles.xml"), profondeur)):
            if balise == "master-styles":
                blocs += [Bloc("marge", b.texte) for b in _blocs(maitres, "paragraphe") if b.texte.strip()]
    return blocs


def _blocs(conteneur: etree._Element, genre: Genre) -> Iterator[Bloc]:
    for balise, element in enfants(conteneur):
        if balise in ("h", "p"):
            texte = _texte(element)
            if not texte.strip():
                yield Bloc("vide")
            elif balise == "h":
                niveau = attribut(element, "outline-level")
                yield Bloc("titre", texte, int(niveau) if niveau.isdecimal() and len(niveau) == 1 else 1)
            else:
                yield Bloc(genre, texte)
        elif balise == "list":
            yield from _blocs(element, "element")
        elif balise == "table":
            yield from _rangees(element, genre)
        elif balise not in _TAIRE and balise not in _MARGES:
            yield from _blocs(element, genre)


def _rangees(table: etree._Element, genre: Genre) -> Iterator[Bloc]:
    """Rows; a table of one column is a frame: its paragraphs stand for themselves."""
    for balise, rangee in enfants(table):
        if balise == "table-row":
            cellules = [cellule for balise_, cellule in enfants(rangee) if balise_ == "table-cell"]
            if len(cellules) == 1:
                yield from _blocs(cellules[0], genre)
            else:
                textes = [_cellule(cellule) for cellule in cellules]
                yield Bloc("ligne", "\t".join(textes)) if any(textes) else Bloc("vide")
        elif balise in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rangees(rangee, genre)


def _cellule(cellule: etree._Element) -> str:
    return " ".join(" ".join(bloc.texte for bloc in _blocs(cellule, "paragraphe")).split())


def _marges(element: etree._Element) -> Iterator[str]:
    for balise, enfant in enfants(element):
        if balise in _MARGES:
            textes = [bloc.texte for bloc in _blocs(enfant, "paragraphe")]
            if any(textes):
                yield "\n".join(texte for texte in textes if texte)
        elif balise != "tracked-changes":
            yield from _marges(enfant)


def _texte(element: etree._Element) -> str:
    morceaux = [element.text or ""]
    for balise, enfant in enfants(element):
        if balise == "s":
            nombre = attribut(enfant, "c")
            morceaux.append(" " * (int(nombre) if nombre.isdecimal() and len(nombre) < 4 else 1))
        elif balise == "tab":
            morceaux.append("\t")
        elif balise == "line-break":
            morceaux.append("\n")
        elif balise in ("p", "h"):  # a text box inside a paragraph
            morceaux.append("\n" + _texte(enfant) + "\n")
        elif balise not in _TAIRE and balise not in _MARGES:
            morceaux.append(_texte(enfant))
        morceaux.append(enfant.tail or "")
    return "".join(morceaux)
