"""Checks over a built site: every link and anchor leads somewhere, ids are unique, nothing is asked of a third party."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

_LINKED = {"a": "href", "area": "href", "form": "action"}
_LOADED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "object": "data",
    "link": "href",
}
_LOADED_RELS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "dns-prefetch", "preconnect", "manifest"}


@dataclass
class Releve:
    """What one page holds: its ids, and its links as (attribute, address)."""

    uri: str
    ids: set[str] = field(default_factory=set)
    doubles: set[str] = field(default_factory=set)
    liens: list[str] = field(default_factory=list)
    charges: list[str] = field(default_factory=list)
    sans_alternative: int = 0


@dataclass(frozen=True)
class Bilan:
    """Figures of a check, and what is wrong."""

    pages: int
    liens: int
    fautes: tuple[str, ...]


def controler(dossier: Path) -> Bilan:
    """Read every page of ``dossier`` once and check all links against all pages."""
    fichiers = {p.relative_to(dossier).as_posix() for p in dossier.rglob("*") if p.is_file()}
    releves = {nom: relever(nom, (dossier / nom).read_bytes()) for nom in sorted(fichiers) if nom.endswith(".html")}
    fautes = [faute for releve in releves.values() for faute in _faults(releve, releves, fichiers)]
    return Bilan(len(releves), sum(len(r.liens) + len(r.charges) for r in releves.values()), tuple(fautes))


def relever(uri: str, contenu: bytes) -> Releve:
    """Collect ids and links of one page."""
    arbre = html.document_fromstring(contenu, parser=html.HTMLParser(encoding="utf-8"))
    releve = Releve(uri)
    for element in arbre.iter():
        if not isinstance(element.tag, str):
            continue
        id_ = element.get("id")
        if id_:
            (releve.doubles if id_ in releve.ids else releve.ids).add(id_)
        lien = element.get(_LINKED.get(element.tag, "-"))
        if lien is not None:
            releve.liens.append(lien)
        charge = element.get(_LOADED.get(element.tag, "-"))
        if charge is not None and (element.tag != "link" or _LOADED_RELS & set((element.get("rel") or "").split())):
            releve.charges.append(charge)
        releve.sans_alternative += element.tag == "img" and element.get("alt") is None
    return releve


def _faults(releve: Releve, releves: dict[str, Releve], fichiers: set[str]) -> Iterator[str]:
    if releve.doubles:
        yield f"{releve.uri} : identifiants en double : {', '.join(sorted(releve.doubles))}"
    if releve.sans_alternative:
        yield f"{releve.uri} : {releve.sans_alternative} image(s) sans alternative"
    for adresse in releve.charges:
        if urlsplit(adresse).netloc:
            yield f"{releve.uri} : requête vers un tiers : {adresse}"
    for adresse in dict.fromkeys([*releve.liens, *releve.charges]):
        parts = urlsplit(adresse)
        if parts.scheme or parts.netloc:
            if parts.scheme not in {"http", "https", "mailto", "tel", "data"}:
                yield f"{releve.uri} : adresse refusée : {adresse}"
            continue
        cible = _target(releve.uri, unquote(parts.path))
        if cible not in fichiers:
            yield f"{releve.uri} : lien mort : {adresse}"
        elif parts.fragment and cible in releves and unquote(parts.fragment) not in releves[cible].ids:
            yield f"{releve.uri} : ancre absente : {adresse}"


def _target(uri: str, path: str) -> str:
    """File that a link leads to, relative to the site."""
    if not path:
        return uri
    base = "" if path.startswith("/") else posixpath.dirname(uri)
    cible = posixpath.normpath(posixpath.join(base, path.lstrip("/") if path.startswith("/") else path))
    cible = "" if cible == "." else cible
    if path.endswith("/") or posixpath.splitext(cible)[1] == "":
        return posixpath.join(cible, "index.html")
    return cible
