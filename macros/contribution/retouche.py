"""A YAML file that is already there, with other data: what did not change keeps its lines, comments, quotes and order.

The lines of each field and item are known from the reader; only those whose value changed are written, by
``macros.contribution.ecriture``. ``docs/assets/js/formulaire/retouche.js`` does the same: a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from macros.contribution.ecriture import champ_neuf, champs_declares, dedans, item_neuf
from macros.lecture.brute import lire

_MOTS = re.compile("([ \n]+)")


@dataclass(frozen=True)
class _Place:
    """Where a field or an item stands: its comments from ``debut``, its key or dash at ``tete``, its end."""

    debut: int
    tete: int
    fin: int
    valeur: Any
    node: yaml.Node


def retoucher(modele: Any, texte: str, champs: Mapping[str, Any]) -> str:
    """Return ``texte``, a file of the model ``modele`` without fault, made to say ``champs``.

    The same data give the same text. New fields take the place that the model gives them. Raises ValueError when
    ``texte`` cannot be read.
    """
    brut, problemes = lire("", texte.encode())
    if brut is None:
        raise ValueError(problemes[0].message)
    return texte if brut.donnees == champs else _Retouche(texte).texte(modele, brut.donnees, champs)


class _Retouche:
    def __init__(self, texte: str) -> None:
        self.racine: Any = yaml.compose(texte.removeprefix("\ufeff"), Loader=yaml.CBaseLoader)
        self.lignes = texte.split("\n")
        self.retour = "\r" if self.lignes[0].endswith("\r") else ""

    def texte(self, modele: Any, avant: Any, apres: Mapping[str, Any]) -> str:
        places = self._places(self.racine, avant, 0)
        lignes = [
            *self.lignes[: self._premiere(places)],
            *self._contenu(self.racine, places, apres, modele),
            *self.lignes[self._fin(self.racine) :],
        ]
        return "\n".join(lignes)

    def _places(self, node: yaml.Node, valeur: Any, debut: int) -> dict[str | int, _Place]:
        """What a block holds, in its order; each dash is taken out of its line, and put back when it is written."""
        places: dict[str | int, _Place] = {}
        for rang, item in enumerate(node.value):
            cle, dessous = (item[0].value, item[1]) if isinstance(node, yaml.MappingNode) else (rang, item)
            if isinstance(node, yaml.MappingNode):
                tete = item[0].start_mark.line
            else:
                tete = next(n for n in range(debut, item.start_mark.line + 1) if self._a_un_tiret(n, node))
                self.lignes[tete] = _pose(self.lignes[tete], node.start_mark.column, " ")
            fin = self._fin(dessous)
            places[cle] = _Place(debut if places else tete, tete, fin, valeur[cle], dessous)
            debut = fin
        return places

    def _a_un_tiret(self, rang: int, node: yaml.Node) -> bool:
        return self.lignes[rang][: node.start_mark.column + 1].strip() == "-"

    def _fin(self, node: yaml.Node) -> int:
        """The line after a node; blank lines below are of what follows."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            last = node.value[-1]
            return self._fin(last[1] if isinstance(node, yaml.MappingNode) else last)
        fin = int(node.end_mark.line) + bool(node.end_mark.column)
        while not self.lignes[fin - 1].strip():
            fin -= 1
        return fin

    @staticmethod
    def _premiere(places: Mapping[str | int, _Place]) -> int:
        return next(iter(places.values())).tete

    def _contenu(
        self, node: yaml.Node, places: Mapping[str | int, _Place], valeurs: Any, declare: Any
    ) -> Iterator[str]:
        retrait = node.start_mark.column
        if isinstance(valeurs, Mapping):
            connus = champs_declares(declare)
            for nom in _ordre(list(places), valeurs, list(connus)):
                place, plus = places.get(nom), connus.get(nom) or dedans(declare)
                if place:
                    yield from self.lignes[place.debut : place.tete]
                yield from self._corps(place, nom, valeurs[nom], plus, retrait)
            return
        for place, valeur in _paires(list(places.values()), valeurs):
            if place:
                yield from self.lignes[place.debut : place.tete]
            premiere, *suite = self._corps(place, None, valeur, dedans(declare), retrait)
            yield from (_pose(premiere, retrait, "-").rstrip(" "), *suite)

    def _corps(self, place: _Place | None, nom: str | None, valeur: Any, declare: Any, retrait: int) -> list[str]:
        """Lines of a field (``nom``) or of an item, from its key or dash on."""
        if place and place.valeur == valeur:
            return self.lignes[place.tete : place.fin]
        if place and _en_bloc(place.node) and valeur and type(place.valeur) is type(valeur):
            places = self._places(place.node, place.valeur, place.tete)
            tete = self.lignes[place.tete : self._premiere(places)]
            return [*tete, *self._contenu(place.node, places, valeur, declare)]
        mince = place and self._mince(place, nom, valeur, retrait)
        if mince:
            return mince
        neuves = item_neuf(valeur, declare, retrait) if nom is None else champ_neuf(nom, valeur, declare, retrait)
        return [f"{ligne}{self.retour}" for ligne in neuves]

    def _mince(self, place: _Place, nom: str | None, valeur: Any, retrait: int) -> list[str] | None:
        """The same lines with the new words only, at the place where they then read as they should."""
        brut = "\n".join(self.lignes[place.tete : place.fin])
        voulu = [valeur] if nom is None else {nom: valeur}
        textes = list(_changes(place.valeur, valeur))
        for ancien, nouveau in _milieux(*textes[0]) if len(textes) == 1 else ():
            debut = brut.find(ancien)
            while debut >= 0:
                essai = brut[:debut] + nouveau + brut[debut + len(ancien) :]
                if _relu(essai if nom is not None else _pose(essai, retrait, "-")) == voulu:
                    return essai.split("\n")
                debut = brut.find(ancien, debut + 1)
        return None


def _relu(texte: str) -> Any:
    """What some lines say, in a file of their own; None when they say nothing."""
    lu, _ = lire("", "\n".join(["x:", *(f" {ligne}" for ligne in texte.split("\n"))]).encode())
    return lu.donnees["x"] if lu else None


def _pose(ligne: str, colonne: int, signe: str) -> str:
    return ligne[:colonne] + signe + ligne[colonne + 1 :]


def _en_bloc(node: yaml.Node) -> bool:
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def _ordre(places: Sequence[Any], valeurs: Mapping[str, Any], connus: Sequence[str]) -> list[str]:
    """Names to write: those of the file in its order, a new one after those that the model puts before it."""
    ordre = [nom for nom in places if nom in valeurs]
    for nom in [*(n for n in connus if n in valeurs), *(n for n in valeurs if n not in connus)]:
        if nom not in ordre:
            avant = connus[: connus.index(nom)] if nom in connus else ordre
            ordre.insert(max((rang for rang, n in enumerate(ordre, 1) if n in avant), default=0), nom)
    return ordre


def _paires(places: list[_Place], valeurs: Sequence[Any]) -> list[tuple[_Place | None, Any]]:
    """Each item with the one that it was: the same, else the first that is left."""
    memes: list[_Place | None] = []
    for valeur in valeurs:
        memes.append(next((place for place in places if place.valeur == valeur), None))
        places = [place for place in places if place is not memes[-1]]
    restes = iter(places)
    return [(meme or next(restes, None), valeur) for meme, valeur in zip(memes, valeurs, strict=True)]


def _changes(avant: Any, apres: Any) -> Iterator[tuple[str, str]]:
    """Texts that changed, where the rest has the same shape; empty ones where it has not."""
    if isinstance(avant, str) and isinstance(apres, str):
        if avant != apres:
            yield avant, apres
    elif isinstance(avant, list) and isinstance(apres, list) and len(avant) == len(apres):
        for a, b in zip(avant, apres, strict=True):
            yield from _changes(a, b)
    elif isinstance(avant, dict) and isinstance(apres, dict) and avant.keys() == apres.keys():
        for nom, valeur in avant.items():
            yield from _changes(valeur, apres[nom])
    else:
        yield "", ""


def _milieux(avant: str, apres: str) -> Iterator[tuple[str, str]]:
    """The words that differ: with the word before them, then alone."""
    a, b = _MOTS.split(avant), _MOTS.split(apres)
    court = min(len(a), len(b))
    debut = next((rang for rang in range(court) if a[rang] != b[rang]), court)
    fin = next((rang for rang in range(court - debut) if a[-1 - rang] != b[-1 - rang]), court - debut)
    for depuis in (max(debut - 2, 0), debut):
        if ancien := "".join(a[depuis : len(a) - fin]):
            yield ancien, "".join(b[depuis : len(b) - fin])
