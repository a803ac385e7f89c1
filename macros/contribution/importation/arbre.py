"""XML read without its traps: no DOCTYPE, no entity, no network, no endless nesting."""

from __future__ import annotations

from typing import Any

from lxml import etree

from macros.contribution.importation.refus import refus
from macros.contribution.importation.regles import Regles

Noeud = dict[str, Any]
"""An element: ``nom`` and ``attributs`` (names without prefix), ``noeuds``: its texts and elements, in order."""


def arbre(octets: bytes, limites: Regles) -> Noeud:
    """Parse a part of a document. Raises DocumentRefuse on a DOCTYPE, on damage, or past the levels allowed."""
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
    return _noeud(racine, limites["profondeur"])


def _noeud(element: etree._Element, reste: int) -> Noeud:
    if not reste:
        raise refus("illisible")
    noeuds: list[str | Noeud] = [element.text] if element.text else []
    for enfant in element:
        noeuds.append(_noeud(enfant, reste - 1))
        if enfant.tail:
            noeuds.append(enfant.tail)
    attributs = {etree.QName(cle).localname: valeur for cle, valeur in reversed(element.attrib.items())}
    return {"nom": etree.QName(element).localname, "attributs": attributs, "noeuds": noeuds}
