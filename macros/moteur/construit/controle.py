"""Checks over a built site: every link and anchor leads somewhere, ids are unique, every image has its alternative,
every block of data is read, every page has its policy, and nothing is asked of a third party by a page, a sheet or a
script."""

from __future__ import annotations

import json
import multiprocessing
import os
import posixpath
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import cast
from urllib.parse import unquote, urlsplit

from lxml import etree

from macros.moteur.construit.exterieur import fautes_des_ressources
from macros.moteur.devoirs.securite import defauts

_IDS = etree.XPath("//@id")
_ADRESSES = {
    **dict.fromkeys(("img", "iframe", "source", "audio", "track", "embed", "input", "script"), ("src",)),
    **{"video": ("src", "poster"), "object": ("data",), "image": ("href",), "use": ("href",), "link": ("href",)},
}
"""Element -> attributes that make the browser ask for something."""
_MENENT = {"a": "href", "area": "href", "form": "action"}
_LUS = (*_ADRESSES, *_MENENT, "style", "meta")
# What stands on any element, and hardly ever does: looked for in the tree only where the text has its words.
_CANDIDATES = re.compile(rb"srcset"), etree.XPath("//*/@srcset | //*/@imagesrcset")
_PING = re.compile(rb"ping"), etree.XPath("//*/@ping")
_STYLED = re.compile(rb"style\s*="), etree.XPath("//*/@style")
_HANDLERS = re.compile(rb"on(?<![\w-]on)\w+\s*="), etree.XPath("//*/@*[starts-with(name(), 'on')]")
_LOADED_RELS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "dns-prefetch", "preconnect", "manifest"}


_ENSEMBLE = 100
"""Pages below which starting processes would cost more than reading."""
_CONTEXTE = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


@dataclass
class Releve:
    """What one page holds: its ids, and its links as (attribute, address)."""

    uri: str
    ids: set[str] = field(default_factory=set)
    doubles: set[str] = field(default_factory=set)
    liens: list[str] = field(default_factory=list)
    charges: list[str] = field(default_factory=list)
    sans_alternative: int = 0
    autres: list[str] = field(default_factory=list)
    """What is wrong in the page by itself, in French."""


@dataclass(frozen=True)
class Bilan:
    """Figures of a check, and what is wrong."""

    pages: int
    liens: int
    fautes: tuple[str, ...]


def controler(dossier: Path, racine: str = "/") -> Bilan:
    """Read every page of ``dossier`` once and check all links against all pages.

    ``racine``: path under which the site is published, such as ``/accompagner/``; a link from the root must begin with
    it.
    """
    fichiers = {p.relative_to(dossier).as_posix() for p in dossier.rglob("*") if p.is_file()}
    releves = {releve.uri: releve for releve in _read_all(dossier, sorted(f for f in fichiers if f.endswith(".html")))}
    fautes = [faute for releve in releves.values() for faute in _faults(releve, releves, fichiers, racine)]
    fautes += fautes_des_ressources(dossier, sorted(fichiers))
    return Bilan(len(releves), sum(len(r.liens) + len(r.charges) for r in releves.values()), tuple(fautes))


def _read_all(dossier: Path, pages: list[str]) -> list[Releve]:
    """Read the pages on every core, in order."""
    coeurs = min(os.cpu_count() or 1, len(pages) // _ENSEMBLE)
    lire = partial(_read, dossier)
    if coeurs < 2:
        return list(map(lire, pages))
    with ProcessPoolExecutor(coeurs, mp_context=_CONTEXTE) as processus:
        return list(processus.map(lire, pages, chunksize=_ENSEMBLE // 4))


def _read(dossier: Path, nom: str) -> Releve:
    return relever(nom, (dossier / nom).read_bytes())


def relever(uri: str, contenu: bytes) -> Releve:
    """Collect ids and links of one page."""
    arbre = etree.fromstring(contenu, etree.HTMLParser(encoding="utf-8", collect_ids=False))
    minuscules = contenu.lower()
    releve = Releve(uri)
    for id_ in _texts(_IDS(arbre)):
        (releve.doubles if id_ in releve.ids else releve.ids).add(id_)
    for element in arbre.iter(*_LUS):
        _collect(element, releve)
    releve.charges += _anywhere(_PING, minuscules, arbre)
    for liste in _anywhere(_CANDIDATES, minuscules, arbre):
        releve.charges += [candidat.split()[0] for candidat in liste.split(",") if candidat.strip()]
    styles = sum(1 for _ in arbre.iter("style")) + len(_anywhere(_STYLED, minuscules, arbre))
    if styles:
        releve.autres.append(f"{styles} style(s) en ligne : à mettre dans une feuille")
    if nombre := len(_anywhere(_HANDLERS, minuscules, arbre)):
        releve.autres.append(f"{nombre} gestionnaire(s) en ligne (on…) : à mettre dans un module")
    releve.autres += defauts(contenu.decode("utf-8"))
    return releve


def _collect(element: etree._Element, releve: Releve) -> None:
    """Note where an element leads, what it asks for, and what is wrong with it."""
    balise, donnes = str(element.tag), cast(dict[str, str], element.attrib)
    if balise in _MENENT:
        if (lien := donnes.get(_MENENT[balise])) is not None:
            releve.liens.append(lien)
    elif balise in _ADRESSES:
        charges = [donnes[nom] for nom in _ADRESSES[balise] if nom in donnes]
        interne = balise == "use" and charges and charges[0].startswith("#")
        if not interne and (balise != "link" or _LOADED_RELS & set(donnes.get("rel", "").split())):
            releve.charges += charges
    elif balise == "meta" and donnes.get("http-equiv", "").lower() == "refresh":
        cible = donnes.get("content", "").partition("=")[2].strip()
        if urlsplit(cible).netloc:
            releve.autres.append(f"renvoi automatique vers un tiers : {cible}")
    if balise == "script" and (genre := donnes.get("type")) in {"application/ld+json", "application/json"}:
        releve.autres += _data_faults(str(genre), element.text or "")
    montree = balise == "img" or (balise == "area" and "href" in donnes)
    montree = montree or (balise == "input" and donnes.get("type") == "image")
    releve.sans_alternative += montree and "alt" not in donnes


def _data_faults(genre: str, texte: str) -> Iterator[str]:
    try:
        lu = json.loads(texte)
    except ValueError as erreur:
        yield f"bloc {genre} illisible : {erreur}"
        return
    if genre != "application/ld+json":
        return
    for objet in lu if isinstance(lu, list) else [lu]:
        if not isinstance(objet, dict) or "@context" not in objet or not ({"@type", "@graph"} & set(objet)):
            yield "bloc JSON-LD sans « @context », ou sans « @type » ni « @graph »"


def _anywhere(rare: tuple[re.Pattern[bytes], etree.XPath], minuscules: bytes, arbre: etree._Element) -> list[str]:
    mots, chemin = rare
    return _texts(chemin(arbre)) if mots.search(minuscules) else []


def _texts(values: object) -> list[str]:
    """Attribute values found by an XPath expression, as plain text (lxml's own keep their tree alive)."""
    return [str(v) for v in values] if isinstance(values, list) else []


def _faults(releve: Releve, releves: dict[str, Releve], fichiers: set[str], racine: str) -> Iterator[str]:
    if releve.doubles:
        yield f"{releve.uri} : identifiants en double : {', '.join(sorted(releve.doubles))}"
    if releve.sans_alternative:
        yield f"{releve.uri} : {releve.sans_alternative} image(s) sans alternative"
    for faute in releve.autres:
        yield f"{releve.uri} : {faute}"
    for adresse in releve.charges:
        if urlsplit(adresse).netloc:
            yield f"{releve.uri} : requête vers un tiers : {adresse}"
    dossier = posixpath.dirname(releve.uri)
    for adresse in dict.fromkeys([*releve.liens, *releve.charges]):
        scheme, netloc, cible, ancre = _parts(*_from_above(dossier, adresse), racine)
        if scheme or netloc:
            if scheme not in {"http", "https", "mailto", "tel", "data"}:
                yield f"{releve.uri} : adresse refusée : {adresse}"
            continue
        cible = cible or releve.uri
        if cible not in fichiers:
            yield f"{releve.uri} : lien mort : {adresse}"
        elif ancre and cible in releves and ancre not in releves[cible].ids:
            yield f"{releve.uri} : ancre absente : {adresse}"


def _from_above(dossier: str, adresse: str) -> tuple[str, str]:
    """The same link from the folder where it stops going up: there, pages of many folders share it."""
    if adresse.startswith("#"):
        return "", adresse
    while dossier and adresse.startswith("../"):
        dossier, adresse = posixpath.dirname(dossier), adresse[3:] or "./"
    return dossier, adresse


@lru_cache(maxsize=200_000)
def _parts(base: str, adresse: str, racine: str) -> tuple[str, str, str, str]:
    """Scheme, host, file (empty: the page itself) and anchor of a link."""
    parts = urlsplit(adresse)
    if parts.scheme or parts.netloc:
        return parts.scheme, parts.netloc, "", ""
    return "", "", _target(base, unquote(parts.path), racine), unquote(parts.fragment)


def _target(base: str, path: str, racine: str) -> str:
    """File that a link leads to, relative to the site; empty for the page itself, the address itself out of the
    site."""
    if not path:
        return ""
    if path.startswith("/"):
        if not path.startswith(racine):
            return path
        base, path = "", path.removeprefix(racine) or "./"
    cible = posixpath.normpath(posixpath.join(base, path))
    cible = "" if cible == "." else cible
    if path.endswith("/") or posixpath.splitext(cible)[1] == "":
        return posixpath.join(cible, "index.html")
    return cible
