"""The index: ``index.bin`` (heads of the documents, words), then, asked for by need, what holds each word and the
texts.

Every file is JSON compressed here, so that no server setting is needed; the same fiches give the same bytes. Files
asked for later bear the fingerprint of what they hold: a page opened before a publication never reads half of two
indexes.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from math import log2
from pathlib import Path
from typing import Any

import yaml

from macros.catalogue.fige import Catalogue, cle_de_tri
from macros.ecriture.normalisation import mots, plier
from macros.ecriture.typographie import typographier
from macros.lecture.dictionnaire import formes
from macros.lecture.json_publie import compact
from macros.modeles import TYPES, MotCourant
from macros.pages.documents_de_recherche import Document, documents
from macros.sorties.recherche.pages_ecrites import page_ecrite

CLASSEMENT = Path(__file__).parent / "classement.yml"
DOSSIER = "recherche"
INDEX = "index.bin"
_OCCURRENCES = 8_000
"""Characters of a file of occurrences, before compression: a question needs two or three of them."""
_TEXTES = 3
"""Documents whose texts come together."""
_SEUILS = (1, 2, 3, 5)
"""Occurrences in the text from which each of the four levels starts; in the presentation (``accroche``), the first two
do."""
_CHIFFRES = "0123456789abcdefghijklmnopqrstuvwxyz"
_COMMUNS_MAX = len(_CHIFFRES) - 1

_plier = lru_cache(maxsize=None)(plier)


def construire_index(catalogue: Catalogue, docs_dir: Path, site: Path) -> None:
    """Write ``site``/recherche whole, then put it in place of any older one. Raises OSError."""
    place = site / DOSSIER
    neuf, ancien = place.with_name(f".{DOSSIER}-neuf"), place.with_name(f".{DOSSIER}-ancien")
    for reste in (neuf, ancien):
        shutil.rmtree(reste, ignore_errors=True)
    neuf.mkdir(parents=True)
    for nom, octets in fichiers(documents_du_projet(catalogue, docs_dir), catalogue.mots_courants).items():
        (neuf / nom).write_bytes(octets)
    if place.exists():
        place.rename(ancien)
    neuf.rename(place)
    shutil.rmtree(ancien, ignore_errors=True)


def documents_du_projet(catalogue: Catalogue, docs_dir: Path) -> list[Document]:
    """Return the documents of the catalogue and of the pages of ``docs_dir``, in the order of their titles."""
    pages = (
        page_ecrite(p.relative_to(docs_dir).as_posix(), p.read_text(encoding="utf-8"))
        for p in sorted(docs_dir.rglob("*.md"))
    )
    return sorted([*documents(catalogue), *filter(None, pages)], key=lambda doc: (cle_de_tri(doc.titre), doc.uri))


def fichiers(docs: Sequence[Document], courants: Sequence[MotCourant] = ()) -> dict[str, bytes]:
    """Return name -> bytes of each file of the index."""
    classement: dict[str, Any] = yaml.safe_load(CLASSEMENT.read_text(encoding="utf-8"))
    lexique, listes = _index(docs, courants)
    tranches = list(_slices(listes))
    occurrences = [_in_bytes(" ".join(listes[debut:fin])) for debut, fin in tranches]
    textes = [
        _in_bytes([[d.faits, d.accroche, *d.blocs] for d in docs[i : i + _TEXTES]])
        for i in range(0, len(docs), _TEXTES)
    ]
    parts = _forms()
    index = {
        "documents": [_head(doc) for doc in docs],
        "mots": lexique,
        "occurrences": [[debut, _name(octets)] for (debut, _), octets in zip(tranches, occurrences, strict=True)],
        "textes": [_TEXTES, [_name(octets) for octets in textes]],
        "courants": list(_everyday(docs, courants, set(_plier(classement["grammaire"]).split()))),
        "lieux": " ".join(sorted({mot for doc in docs for lieu in doc.lieux for mot in mots(lieu)})),
        "formes": [formes.MOTIF, formes.LETTRES, formes.TOURS, [_name(octets) for octets in parts]],
        "classement": classement,
        "libelles": {
            **{t: m.LIBELLE for t, m in TYPES.items()},
            "terme": "Glossaire",
            "theme": "Thème",
            "document": "Document à télécharger",
            "page": "Page",
        },
    }
    return {INDEX: _in_bytes(index)} | {_name(octets): octets for octets in (*occurrences, *textes, *parts)}


@cache
def _forms() -> tuple[bytes, ...]:
    """The parts of the filter of French words: read only when a word is unknown."""
    filtre = formes.FICHIER.read_bytes()
    return tuple(
        gzip.compress(filtre[i : i + formes.OCTETS], compresslevel=1, mtime=0)
        for i in range(0, len(filtre), formes.OCTETS)
    )


def _everyday(docs: Sequence[Document], courants: Sequence[MotCourant], vides: set[str]) -> Iterator[list[Any]]:
    """Words without accents nor ``vides``, ranks of the documents that answer them, rank of their theme, what is
    said, then whom to ask and where.

    What a browser reads of the thesaurus (``docs/assets/js/recherche/courants.js``); the last ones may be missing.
    """
    rangs = {doc.uri.rstrip("/"): rang for rang, doc in enumerate(docs)}
    fiches = {uri.rpartition("/")[2]: rang for uri, rang in rangs.items() if docs[rang].type in TYPES}
    for courant in courants:
        porte = [courant.porte.titre, courant.porte.url] if courant.porte else []
        entree: list[Any] = [
            " · ".join(dict.fromkeys(_essential(texte, vides) for texte in courant.mots)),
            [fiches[f] for f in courant.fiches if f in fiches],
            rangs.get(f"themes/{courant.theme}", -1),
            typographier(courant.dire or ""),
            *porte,
        ]
        while entree[-1] in ("", -1):
            entree.pop()
        yield entree


def _head(doc: Document) -> list[Any]:
    """What the browser holds of every document; its order is that of ``docs/assets/js/recherche/index.js``."""
    autres = {nom: valeurs for nom, valeurs in doc.filtres.items() if valeurs and nom not in {"type", "validite"}}
    return [
        *(doc.uri, doc.type, doc.titre, doc.nature, doc.validite, doc.fraicheur, doc.fin),
        *(sum(len(bloc.split()) for bloc in doc.blocs), autres, list(doc.noms), list(doc.caches)),
        *([list(doc.codes)] if doc.codes else []),
    ]


def _essential(texte: str, vides: set[str]) -> str:
    tous = [_plier(mot) for mot in mots(texte)]
    return " ".join([mot for mot in tous if mot not in vides] or tous)


def _index(docs: Sequence[Document], courants: Sequence[MotCourant]) -> tuple[str, list[str]]:
    """Return the words of the documents, and of each word, in the same order, which documents say it (see ``_list``).

    Everyday words that no document says are there too: one may be typed wrong.
    """
    nombre: Counter[str] = Counter()
    dits: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for rang, doc in enumerate(docs):
        accroche, texte = Counter(mots(doc.accroche)), Counter(mot for bloc in doc.blocs for mot in mots(bloc))
        for mot in accroche.keys() | texte.keys():
            dits[mot].append((rang, accroche[mot], texte[mot]))
        caches = {mot for t in (doc.titre, *doc.noms, *doc.caches, doc.nature) for mot in mots(t)}
        nombre.update(caches | accroche.keys() | texte.keys())
    nombre.update({mot: 0 for courant in courants for texte in courant.mots for mot in mots(texte)})
    gardes = sorted((mot for mot in nombre if len(mot) > 1), key=lambda mot: (_plier(mot), mot))
    return _front_coded((mot, nombre[mot]) for mot in gardes), [_list(dits[mot]) for mot in gardes]


def _front_coded(comptes: Iterator[tuple[str, int]]) -> str:
    """Return « <common prefix><rest><how often> » for each word, between spaces.

    The common prefix is one character of base 36, how often is the logarithm of the number of documents, one digit, or
    « - » when there is none.
    """
    sortie, precedent = [], ""
    for mot, nombre in comptes:
        commun = 0
        while commun < min(len(precedent), len(mot), _COMMUNS_MAX) and precedent[commun] == mot[commun]:
            commun += 1
        sortie.append(f"{_CHIFFRES[commun]}{mot[commun:]}{min(9, int(log2(nombre))) if nombre else '-'}")
        precedent = mot
    return " ".join(sortie)


def _list(dits: Sequence[tuple[int, int, int]]) -> str:
    """Return « <documents skipped, base 36><letter> » for each document: the letter tells how often, and where.

    Letter number ``5 × level in the presentation + level in the text``, from « A », which nothing has.
    """
    sortie, attendu = [], 0
    for rang, accroche, texte in dits:
        niveau = 5 * bisect_right(_SEUILS[:2], accroche) + bisect_right(_SEUILS, texte)
        sortie.append(f"{_base36(rang - attendu)}{chr(ord('A') + niveau)}")
        attendu = rang + 1
    return "".join(sortie)


def _base36(nombre: int) -> str:
    chiffres = ""
    while nombre:
        nombre, reste = divmod(nombre, len(_CHIFFRES))
        chiffres = _CHIFFRES[reste] + chiffres
    return chiffres


def _slices(listes: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield (first, end) of each run of words whose lists fill a file."""
    debut, taille = 0, 0
    for rang, liste in enumerate(listes):
        if taille and taille + len(liste) > _OCCURRENCES:
            yield debut, rang
            debut, taille = rang, 0
        taille += len(liste) + 1
    if listes:
        yield debut, len(listes)


def _in_bytes(donnees: Any) -> bytes:
    return gzip.compress(compact(donnees).encode(), compresslevel=9, mtime=0)


def _name(octets: bytes) -> str:
    return f"{hashlib.sha256(octets).hexdigest()[:12]}.bin"
