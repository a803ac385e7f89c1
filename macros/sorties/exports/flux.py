"""Catalogue -> what is new (Atom, RFC 4287). An entry a fiche, dated by its verification and its last correction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from lxml import etree

from macros.catalogue.fige import Catalogue
from macros.catalogue.textes_nus import LICENCE, NOM, ligne, plat, urn
from macros.ecriture.rendu import adresse
from macros.ecriture.typographie import date_lisible, typographier
from macros.modeles import Correction, Fiche
from macros.modeles.libelles import VALEURS
from macros.sorties.exports.fiches import publiees

ADRESSE = "api/fiches.atom"
LIMITE = 100
"""Entries at most, the latest first; everything is in ``api/fiches.json``."""
_ATOM = "http://www.w3.org/2005/Atom"
_ESPACES: Any = {None: _ATOM}  # lxml’s stubs do not know the default namespace
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def flux_atom(catalogue: Catalogue, base: str) -> str:
    """Return ``api/fiches.atom``."""
    corrections: dict[str, list[Correction]] = defaultdict(list)
    for correction in catalogue.corrections.corrections:
        corrections[correction.fiche].append(correction)
    datees = [(modifiee_le(f, corrections[f.id]), f) for f in publiees(catalogue)]
    # The latest first, in a fixed order within a day.
    datees.sort(key=lambda row: row[1].id)
    datees.sort(key=lambda row: row[0], reverse=True)
    feed = etree.Element(f"{{{_ATOM}}}feed", {_XML_LANG: "fr"}, nsmap=_ESPACES)
    _text(feed, "id", urn(catalogue, "nouveautes", "flux"))
    _text(feed, "title", f"{NOM}, fiches nouvelles et modifiées")
    _text(feed, "subtitle", "Site non officiel. Chaque affirmation renvoie à sa source.")
    _text(feed, "updated", _instant(datees[0][0] if datees else "1970-01-01"))
    _text(feed, "rights", LICENCE)
    _text(etree.SubElement(feed, f"{{{_ATOM}}}author"), "name", NOM)
    _link(feed, "self", base + ADRESSE, "application/atom+xml")
    _link(feed, "alternate", f"{base}quoi-de-neuf/", "text/html")
    for jour, fiche in datees[:LIMITE]:
        _entry(feed, catalogue, fiche, jour, corrections[fiche.id], base)
    return etree.tostring(feed, encoding="unicode").join(('<?xml version="1.0" encoding="utf-8"?>\n', "\n"))


def modifiee_le(fiche: Fiche, corrections: Iterable[Correction]) -> str:
    """Return the day on which a fiche last changed, as far as the base says it."""
    return max([fiche.verification.le, *(c.date for c in corrections)])


def _entry(
    feed: etree._Element, catalogue: Catalogue, fiche: Fiche, jour: str, corrections: list[Correction], base: str
) -> None:
    entry = etree.SubElement(feed, f"{{{_ATOM}}}entry")
    _text(entry, "id", urn(catalogue, fiche.id))
    _text(entry, "title", ligne(typographier(fiche.titre)))
    _text(entry, "updated", _instant(jour))
    _link(entry, "alternate", base + adresse(fiche), "text/html")
    _link(entry, "alternate", f"{base}api/fiches/{fiche.id}.json", "application/json")
    etree.SubElement(entry, f"{{{_ATOM}}}category", {"term": fiche.type, "label": fiche.LIBELLE})
    _text(entry, "summary", " ".join([plat(fiche.accroche), _said(fiche), *map(_corrected, corrections)]))


def _said(fiche: Fiche) -> str:
    niveau = VALEURS[fiche.verification.niveau]
    return f"{niveau[:1].upper()}{niveau[1:]} le {date_lisible(fiche.verification.le)}."


def _corrected(correction: Correction) -> str:
    return typographier(
        f"Correction du {date_lisible(correction.date)} : {ligne(correction.apres)} (avant : "
        f"{ligne(correction.avant)})."
    )


def _instant(jour: str) -> str:
    """Midnight UTC of a day: the base knows no hour."""
    return f"{jour}T00:00:00Z"


def _text(parent: etree._Element, nom: str, texte: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}{nom}").text = texte


def _link(parent: etree._Element, rel: str, href: str, genre: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}link", {"rel": rel, "type": genre, "href": href})
