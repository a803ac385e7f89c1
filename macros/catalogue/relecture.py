"""What a loading keeps for the next one: a file that has not changed is neither parsed nor judged again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from macros.lecture.problemes import Probleme
from macros.regles import Brouillon, Reperes

T = TypeVar("T")


class Relecture:
    """Results by what they were made from. A fresh one remembers nothing: each loading that must start anew gets its
    own."""

    def __init__(self) -> None:
        self._lus: dict[str, tuple[Hashable, Any]] = {}
        self._jugements: dict[str, tuple[Brouillon, list[Probleme]]] = {}
        self._reperes: Reperes | None = None

    def lire(self, nom: str, contenu: Hashable, faire: Callable[[], T]) -> T:
        """Return what ``faire`` gave for the file or folder ``nom`` when its content was the same."""
        if nom not in self._lus or self._lus[nom][0] != contenu:
            self._lus[nom] = (contenu, faire())
        done: T = self._lus[nom][1]
        return done

    def juger(self, brouillon: Brouillon, reperes: Reperes, faire: Callable[[], Iterable[Probleme]]) -> list[Probleme]:
        """Return what ``faire`` found in the very same reading, beside the same names."""
        if reperes is not self._reperes:
            if reperes != self._reperes:
                self._jugements.clear()
            self._reperes = reperes
        connu = self._jugements.get(brouillon.fichier)
        if connu is None or connu[0] is not brouillon:
            connu = self._jugements[brouillon.fichier] = (brouillon, list(faire()))
        return connu[1]

    def oublier_jugements(self) -> None:
        """Judge everything again: something beside the fiches has changed, an illustration perhaps."""
        self._jugements.clear()
