"""The corpus’s own words, with how often they come: what the browser corrects a query against. Pure."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterable
from math import log2
from typing import Any

from macros.catalogue.fige import Catalogue
from macros.ecriture.normalisation import CODES, VIDES, mots, plier
from macros.ecriture.typographie import typographier
from macros.lecture.json_publie import compact
from macros.pages.documents_de_recherche import Document, libelles_de_facettes

FICHIER = "corpus.bin"
_COMMUNS_MAX = 35


def corpus(catalogue: Catalogue, docs: list[Document]) -> dict[str, Any]:
    """Return everything that the browser needs beside Pagefind, small enough to come with the first query."""
    return {
        "mots": mots_du_corpus(docs),
        "documents": len(docs),
        "vides": {code: mot for mot, code in CODES.items()},
        "facettes": libelles_de_facettes(catalogue, {d for doc in docs for d in doc.filtres.get("departement", ())}),
        "themes": [
            [id_, typographier(v.libelle), list(v.synonymes)]
            for id_, v in catalogue.vocabulaires["themes"].valeurs.items()
        ],
        "termes": [
            [t.id, typographier(t.terme), typographier(t.developpement or "")] for t in catalogue.glossaire.termes
        ],
    }


def mots_du_corpus(docs: Iterable[Document]) -> str:
    """Return the words, sorted, front-coded: « <common prefix><rest><how often> » between spaces.

    The common prefix is one character of base 36, how often is the logarithm of the number of documents, one digit.
    """
    nombre: Counter[str] = Counter()
    for doc in docs:
        textes = (doc.titre, doc.accroche, *(t for _, t in doc.blocs), *(t for _, t in doc.caches), *doc.noms)
        nombre.update({mot for texte in textes for mot in mots(texte)})
    vides = {plier(v.rstrip("’")) for v in VIDES}
    gardes = sorted(m for m in nombre if len(m) >= 2 and plier(m) not in vides and not m.isdigit())
    sortie, precedent = [], ""
    for mot in gardes:
        commun = _common(precedent, mot)
        sortie.append(f"{_base36(commun)}{mot[commun:]}{min(9, int(log2(nombre[mot])))}")
        precedent = mot
    return " ".join(sortie)


def _common(a: str, b: str) -> int:
    longueur = 0
    for x, y in zip(a, b, strict=False):
        if x != y or longueur == _COMMUNS_MAX:
            break
        longueur += 1
    return longueur


def _base36(n: int) -> str:
    return "0123456789abcdefghijklmnopqrstuvwxyz"[n]


def en_octets(donnees: dict[str, Any]) -> bytes:
    """Compress. The browser decompresses by itself: no server setting is needed."""
    return gzip.compress(compact(donnees).encode(), compresslevel=9, mtime=0)
