"""What a device keeps to read the site without a network, in lots: the shell, the essential, the rest, and on request.
Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from macros.sorties.horsligne.ressources import Ressources, resoudre

COQUILLE = ("hors-ligne/index.html", "index.html")
"""Pages kept as soon as the worker is installed, with what they load at once."""
VEILLE = "/hors-ligne/"
"""Folder of the scripts that say what is kept: asked for late, but needed without a network."""
ESSENTIEL = ("composer/", "glossaire/", "kits/", "ma-selection/", "methodes/", "trouver/")
"""Pages that an agent needs in the field: kept in the background after a first visit."""
DONNEES = ("api/composer", "api/fiches.json", "assets/documents/", "recherche/")
"""What these pages ask for under names that their scripts put together."""
COMMUNES = ("api/communes/", "api/fonds-vert/", "api/services/")
"""What « Ma commune » asks for: kept as one lot, on request."""
DOCUMENTS = "documents/"
PUBLIES = ("sw.js", "hors-ligne.json")
"""What the browser must always ask the server for."""
_HORS_LISTE = (*PUBLIES, "404.html")
_KIT = re.compile(r"kits/(?!documents/)[^/]+/(?:[^/]+/)?index\.html")
_LIEN = re.compile(r'href="([^"#?]+)"')


class Fichier(NamedTuple):
    """A file to keep: its address in the site, the beginning of its SHA-256, its size in bytes."""

    chemin: str
    empreinte: str
    octets: int


Lots = dict[str, list[Fichier]]


def lots(site: Path) -> Lots:
    """Return the lots of a built site: ``coquille``, ``essentiel``, ``pages`` (all the others), ``communes``.

    A file belongs to the first of them that needs it. Then ``kit:<id>``, each complete in itself: the pages of the kit,
    what they load and its documents, so that one kit can be kept alone.
    """
    fichiers = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()} - set(_HORS_LISTE)
    ressources = Ressources(site, fichiers)
    pages = sorted(f for f in fichiers if f.endswith(".html"))
    veille = sorted(f for f in fichiers if VEILLE in f and f.endswith(".js"))
    coquille = [*(p for p in COQUILLE if p in fichiers), *veille]
    a_garder = {
        "coquille": ressources.atteintes(coquille, a_la_demande=False),
        "essentiel": _essentiel(ressources, pages),
        "pages": _autres(ressources, pages),
        "communes": [f for f in sorted(fichiers) if f.startswith(COMMUNES)],
    }
    places: set[str] = set()
    faits: Lots = {}
    for nom, chemins in a_garder.items():
        nouveaux = [c for c in chemins if c not in places]
        places.update(nouveaux)
        if nouveaux:
            faits[nom] = [_lu(site, c) for c in nouveaux]
    for kit, siennes in groupby(filter(_KIT.fullmatch, pages), key=lambda page: page.split("/")[1]):
        parties = list(siennes)
        lies = [document for page in parties for document in documents_lies(site, page, fichiers)]
        charges = [*ressources.atteintes(parties, a_la_demande=False), *lies]
        faits[f"kit:{kit}"] = [_lu(site, chemin) for chemin in dict.fromkeys(charges)]
    return faits


def _essentiel(ressources: Ressources, pages: Iterable[str]) -> list[str]:
    donnees = [f for f in sorted(ressources.fichiers) if f.startswith(DONNEES)]
    depart = [*(p for p in pages if p.startswith(ESSENTIEL)), *donnees]
    # The scripts name data of every page: those that serve elsewhere wait for their own lot.
    return [
        f for f in ressources.atteintes(depart, a_la_demande=True) if not f.startswith("api/") or f.startswith(DONNEES)
    ]


def _autres(ressources: Ressources, pages: Iterable[str]) -> list[str]:
    return [f for f in ressources.atteintes(pages, a_la_demande=True) if not f.startswith(COMMUNES)]


def documents_lies(site: Path, page: str, fichiers: set[str]) -> list[str]:
    """Documents to download that a page links to, in its order."""
    texte = (site / page).read_text(encoding="utf-8")
    cibles = (resoudre(lien, page, fichiers) for lien in _LIEN.findall(texte) if DOCUMENTS in lien)
    return list(dict.fromkeys(c for c in cibles if c and c.startswith(DOCUMENTS) and not c.endswith(".html")))


def _lu(site: Path, chemin: str) -> Fichier:
    contenu = (site / chemin).read_bytes()
    return Fichier(chemin, hashlib.sha256(contenu).hexdigest()[:20], len(contenu))
