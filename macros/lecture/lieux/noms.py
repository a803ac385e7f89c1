"""How a place is written: the folding of a name, how it sounds, and the small sorted files where a spelling is looked
up. Pure.

Beside the pieces of ``communes.py``, ``nombres`` holds postcodes and the codes of former communes, ``avant`` and
``arriere`` every folded name sorted by how it sounds, from its beginning and from its end: a name with a letter or two
wrong keeps one of the two, and stands beside the right one there.
``docs/assets/js/commune/trouver.js`` reads them; folding and sounds are data that both share (``partage/lieux.yml``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

from macros.lecture.json_publie import compact
from macros.lecture.lieux.referentiels import Ancienne, Endroit, Referentiels
from macros.modeles.partage import LIEUX

Row = tuple[str, str, str]
"""Key, official code, JSON text of the row."""
_NOMS_PAR_PIECE = 160
_CHIFFRES = "0123456789abcdefghijklmnopqrstuvwxyz"
_SORTES = {"commune-deleguee": "d", "commune-associee": "a", "arrondissement-municipal": "r"}
_NATURES = tuple(tuple(nature.split()) for nature in LIEUX["natures"])
_SONS = tuple((re.compile(motif), rendu.replace("$", "\\")) for motif, rendu in LIEUX["sons"])


def plier(texte: str) -> str:
    """Fold a name to what its spellings share: no accent, case, hyphen nor leading article; « saint » is « st ».

    The kind of an EPCI (« CC de », « Communauté de communes du »…) goes too.
    """
    bas = unicodedata.normalize("NFKD", texte.lower().replace("œ", "oe").replace("æ", "ae"))
    mots = re.sub(r"[^a-z0-9]+", " ", re.sub(r"[\u0300-\u036f]", "", bas)).split()
    nature = next((n for n in _NATURES if len(mots) > len(n) and tuple(mots[: len(n)]) == n), ())
    mots = mots[len(nature) :]
    a_passer = LIEUX["liaisons"] if nature else LIEUX["articles"]
    while len(mots) > 1 and mots[0] in a_passer:
        mots = mots[1:]
        if not nature:
            break
    return "".join(LIEUX["abreges"].get(mot, mot) for mot in mots)


def entendre(cle: str) -> str:
    """Return how a folded name sounds."""
    for motif, rendu in _SONS:
        cle = motif.sub(rendu, cle)
    return cle


def rangees(referentiels: Referentiels) -> list[Row]:
    """Rows of the names, sorted: ``[code, name, inhabitants, département, former name, kind, word]``, cut after the
    last known.

    The département only for an EPCI, whose code does not say it. The former name is that of a commune which is part of
    this one; kind: ``d`` déléguée, ``D`` the one where its town hall sits, ``a`` associée, ``r`` arrondissement.
    ``word``: 1 when the name looked up is also French words. A place abroad has no code, and its country for
    département.
    """
    lieux = (*referentiels.communes.values(), *referentiels.epci.values())
    lignes: list[list[Any]] = [
        [e.code, e.nom, e.population or 0, e.departement if e.echelle == "epci" else 0, 0, 0] for e in lieux
    ]
    for ancienne in anciennes(referentiels):
        commune = referentiels.communes[ancienne.commune]
        lignes.append([commune.code, commune.nom, commune.population or 0, 0, ancienne.nom, sorte(ancienne)])
    lignes += [["", nom, 0, pays, 0, 0] for nom, pays in referentiels.hors_de_france.items()]
    mots = referentiels.noms_qui_sont_des_mots
    return sorted((plier(ecrit(r)), r[0], compact(_court([*r, int(ecrit(r) in mots)]))) for r in lignes)


def ecrit(ligne: list[Any]) -> str:
    """Return the name that a row is looked up by."""
    return str(ligne[4] if len(ligne) > 4 and ligne[4] else ligne[1])


def _court(ligne: list[Any]) -> list[Any]:
    while ligne[-1] == 0 and len(ligne) > 3:
        ligne = ligne[:-1]
    return ligne


def sorte(ancienne: Ancienne) -> str:
    """Kind of a former commune, in one letter."""
    lettre = _SORTES[ancienne.type]
    return lettre.upper() if ancienne.code == ancienne.commune else lettre


def anciennes(referentiels: Referentiels) -> Iterator[Ancienne]:
    """Former communes that do not bear the name of the one they are part of."""
    for ancienne in referentiels.anciennes:
        if plier(ancienne.nom) != plier(referentiels.communes[ancienne.commune].nom):
            yield ancienne


def nombres(referentiels: Referentiels) -> Iterator[Row]:
    """Yield the rows of the numbers: ``[postcode, code, name, code, name…]``, the most populous first, and former
    codes."""
    partages: dict[str, list[Endroit]] = {}
    for code, postes in referentiels.codes_postaux.items():
        for poste in postes:
            partages.setdefault(poste, []).append(referentiels.communes[code])
    for poste, communes in partages.items():
        communes.sort(key=lambda c: (-(c.population or 0), c.code))
        yield poste, "", compact([poste, *(champ for c in communes for champ in (c.code, c.nom))])
    for ancienne in referentiels.anciennes:
        if ancienne.code != ancienne.commune:
            commune = referentiels.communes[ancienne.commune]
            texte = compact([ancienne.code, commune.code, commune.nom, ancienne.nom, sorte(ancienne)])
            yield ancienne.code, "a", texte


def par_les_sons(referentiels: Referentiels, *, arriere: bool) -> Iterator[tuple[str, str, str]]:
    """Yield the pieces of the names by how they sound: first sound, last sound, names.

    Each name says how many letters it shares with the one before, then how populous it is (twice the decimal
    logarithm), both in base 36, then its other letters.
    """
    habitants: dict[str, int] = {}
    for endroit in (*referentiels.communes.values(), *referentiels.epci.values()):
        cle = plier(endroit.nom)
        habitants[cle] = max(habitants.get(cle, 0), endroit.population or 0)
    for ancienne in anciennes(referentiels):
        if ancienne.type != "arrondissement-municipal":
            habitants.setdefault(plier(ancienne.nom), 0)
    sens = -1 if arriere else 1
    ranges = sorted((entendre(cle)[::sens], cle[::sens], cle) for cle in habitants)
    debut = 0
    while debut < len(ranges):
        fin = min(debut + _NOMS_PAR_PIECE, len(ranges))
        while fin < len(ranges) and ranges[fin][0] == ranges[fin - 1][0]:
            fin += 1
        piece = ranges[debut:fin]
        yield piece[0][0], piece[-1][0], " ".join(_a_la_suite([(lu, habitants[cle]) for _, lu, cle in piece]))
        debut = fin


def _a_la_suite(noms: Iterable[tuple[str, int]]) -> Iterator[str]:
    avant = ""
    for nom, habitants in noms:
        communes = sum(1 for _ in takewhile(lambda paire: paire[0] == paire[1], zip(avant, nom, strict=False)))
        communes = min(communes, len(_CHIFFRES) - 1)
        yield (
            _CHIFFRES[communes] + _CHIFFRES[2 * (len(str(habitants)) - 1) + (str(habitants)[0] >= "3")] + nom[communes:]
        )
        avant = nom
