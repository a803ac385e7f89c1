"""What a loading keeps for the next one: a file that has not changed is neither parsed nor judged again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from macros.catalogue.suivi import Lectures, Suivie, Temoin

T = TypeVar("T")
_ABSENT = object()
Tables = Mapping[str, Mapping[str, Any]]


class Relecture:
    """Results by file content, by object, and by what was read to reach them.

    A fresh one remembers nothing: each loading that must start anew gets its own.
    """

    def __init__(self) -> None:
        self._fichiers: dict[str, tuple[bytes, Any]] = {}
        self._objets: dict[tuple[str, str], tuple[Any, Any]] = {}
        self._jugements: dict[str, tuple[Any, dict[tuple[str, str], Any], dict[str, Any], Any]] = {}
        self._noms: dict[Path, str] = {}

    def nom(self, place: Path, faire: Callable[[Path], str]) -> str:
        """Return the name of a file, found once: resolving a thousand paths takes longer than reading the files."""
        if place not in self._noms:
            self._noms[place] = faire(place)
        return self._noms[place]

    def de_fichier(self, nom: str, octets: bytes, faire: Callable[[], T]) -> T:
        """Return what ``faire`` gave for the file ``nom`` when it held the same bytes."""
        connu = self._fichiers.get(nom)
        if connu is None or connu[0] != octets:
            connu = self._fichiers[nom] = (octets, faire())
        done: T = connu[1]
        return done

    def d_objet(self, usage: str, cle: str, objet: object, faire: Callable[[], T]) -> T:
        """Return what ``faire`` gave for the very same object."""
        connu = self._objets.get((usage, cle))
        if connu is None or connu[0] is not objet:
            connu = self._objets[usage, cle] = (objet, faire())
        done: T = connu[1]
        return done

    def jugement(self, cle: str, objet: tuple[object, ...], tables: Tables, faire: Callable[[Tables], T]) -> T:
        """Return what ``faire`` gave for the same objects, if all that it read of ``tables`` is still the same."""
        connu = self._jugements.get(cle)
        if connu and all(a is b for a, b in zip(connu[0], objet, strict=True)) and _unchanged(connu, tables):
            done: T = connu[3]
            return done
        temoin, lectures = Temoin(), Lectures()
        suivies = {nom: Suivie(nom, table, temoin) for nom, table in tables.items()}
        with temoin.suivre(lectures):
            resultat = faire(suivies)
        lues = {(nom, c): tables[nom].get(c, _ABSENT) for nom, c in lectures.cles}
        entieres = {nom: dict(tables[nom]) for nom in lectures.entieres}
        self._jugements[cle] = (objet, lues, entieres, resultat)
        return resultat


def _unchanged(connu: tuple[Any, dict[tuple[str, str], Any], dict[str, Any], Any], tables: Tables) -> bool:
    _, lues, entieres, _ = connu
    return all(_same(tables[nom].get(cle, _ABSENT), valeur) for (nom, cle), valeur in lues.items()) and all(
        list(tables[nom].items()) == list(table.items()) for nom, table in entieres.items()
    )


def _same(un: object, autre: object) -> bool:
    """Identity, but for texts: comparing two fiches field by field would cost more than judging again."""
    return un is autre or (isinstance(un, str) and un == autre)
