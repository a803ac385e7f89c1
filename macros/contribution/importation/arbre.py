"""XML read without its traps: no DOCTYPE, no entity, no network, no endless nesting."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from macros.contribution.importation.blocs import refus


def arbre(octets: bytes, profondeur: int) -> etree._Element:
    """Parse a part of a document. Raises DocumentRefuse on a DOCTYPE, on damage, or past ``profondeur`` levels."""
    if b"<!DOCTYPE" in octets or b"<!ENTITY" in octets:
        raise refus("entites")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        racine = etree.fromstring(octets, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise refus("illisible") from None
    if getattr(racine.getroottree().docinfo, "doctype", ""):
        raise refus("entites")
    if _deeper(racine, profondeur):
        raise refus("illisible")
    return racine


def _deeper(racine: etree._Element, profondeur: int) -> bool:
    niveau = 0
    for moment, _ in etree.iterwalk(racine, events=("start", "end")):
        niveau += 1 if moment == "start" else -1
        if niveau > profondeur:
            return True
    return False


def nom(element: etree._Element) -> str:
    """The name of an element, without its namespace; empty for a comment or an instruction."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def attribut(element: etree._Element, cherche: str) -> str:
    """The value of an attribute, whatever its namespace; empty when absent."""
    return next((str(valeur) for cle, valeur in element.attrib.items() if etree.QName(cle).localname == cherche), "")


def enfants(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Children with their names, comments left aside."""
    for enfant in element:
        if nom(enfant):
            yield nom(enfant), enfant
