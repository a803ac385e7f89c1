"""Which words are French, and which name places: a Bloom filter of their stems, small enough for a browser to ask
before it calls a word a mistake.

``formes.bin`` is made from the dictionary and the names of places by ``scripts/dictionnaire.py``. The site publishes it
cut in parts: one word costs one part. ``docs/assets/js/recherche/formes.js`` reads what ``places`` writes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

FICHIER = Path(__file__).with_name("formes.bin")
PARTS = 16
OCTETS = 12_000
"""Bytes of a part: about thirteen bits for each stem; one mistake in three hundred passes for a word."""
TOURS = 8
LIEU = "_"
"""What the stem of a name of place begins with, so that it is no French word."""
LETTRES = 4
"""A shorter word is never called a mistake."""
TERMINAISONS = (
    "a ai aient ais ait ames ant ante antes ants as asse assent asses assiez assions ates e ee ees ent er era erai "
    "eraient erais erait eras erent erez eriez erions erons eront es ez i ie ies iez imes ions ir ira irai "
    "iraient irais "
    "irait iras irent irez iriez irions irons iront is issaient issais issait issant isse issent isses issez issiez "
    "issions issons it ites ons ra rai raient rais rait ras re rez riez rions rons ront s t u umes urent us usse "
    "ussent usses ussiez ussions ut utes"
)
"""What number and conjugation add: the stem is what stays without the longest, three letters at least."""
MOTIF = f"(?<=[a-z][a-z][a-z])(?:{'|'.join(TERMINAISONS.split())})$"
_FIN = re.compile(MOTIF)
_MOT = re.compile(f"[a-z]{{{LETTRES},}}")
_REGLE = re.compile(r"^SFX (\S\S) (\S+) ([^/\s]+)\S* (\S+)", re.MULTILINE)


def souches(textes: Iterable[str]) -> set[str]:
    """Return the stems of the words of ``textes``."""
    trouves: set[str] = set()
    for texte in textes:
        bas = unicodedata.normalize("NFD", texte.lower().replace("œ", "oe").replace("æ", "ae"))
        trouves.update(_MOT.findall("".join(c for c in bas if not unicodedata.combining(c))))
    return {_FIN.sub("", mot) for mot in trouves}


def formes(dossier: Path) -> Iterator[str]:
    """Yield every word of ``fr.dic`` in every form that ``fr.aff`` gives it. Raises OSError."""
    regles: defaultdict[str, list[tuple[str, str, re.Pattern[str]]]] = defaultdict(list)
    for drapeau, retrait, ajout, condition in _REGLE.findall((dossier / "fr.aff").read_text(encoding="utf-8")):
        regle = ("" if retrait == "0" else retrait, "" if ajout == "0" else ajout, re.compile(f"{condition}$"))
        regles[drapeau].append(regle)
    for ligne in (dossier / "fr.dic").read_text(encoding="utf-8").splitlines()[1:]:
        mot, _, drapeaux = ligne.partition("\t")[0].split(" ")[0].partition("/")
        yield mot
        for drapeau in re.findall("..", drapeaux):
            for retrait, ajout, condition in regles.get(drapeau, ()):
                if mot.endswith(retrait) and condition.search(mot):
                    yield mot.removesuffix(retrait) + ajout


def filtrer(mots: Iterable[str], noms: Iterable[str]) -> bytes:
    """Return the filter of the stems of French words and of names of places."""
    bits = bytearray(PARTS * OCTETS)
    for place in chain(chain.from_iterable(map(places, mots)), chain.from_iterable(places(nom, LIEU) for nom in noms)):
        bits[place >> 3] |= 1 << (place & 7)
    return bytes(bits)


def places(souche: str, marque: str = "") -> Iterator[int]:
    """Yield the bits that a stem sets, all in the part that the stem alone decides."""
    part = _hacher(souche, 0x811C9DC5) % PARTS * OCTETS * 8
    marque += souche
    premier, pas = _hacher(marque, 0x811C9DC5), _hacher(marque, 0x9DC5811C) | 1
    for tour in range(TOURS):
        yield part + ((premier >> 4) + tour * pas) % (OCTETS * 8)


def _hacher(mot: str, depart: int) -> int:
    """FNV-1a, 32 bits."""
    for lettre in mot.encode("ascii"):
        depart = ((depart ^ lettre) * 0x01000193) & 0xFFFFFFFF
    return depart
