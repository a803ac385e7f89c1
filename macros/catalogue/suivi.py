"""Who reads what: a catalogue that notes, for the page being made, which of its entries the page looks at."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from macros.catalogue.fige import Catalogue
from macros.modeles import Fiche

V = TypeVar("V")
TABLES = ("fiches", "fichiers", "ecrites", "invalides", "sortantes", "entrantes")
"""Fields of the catalogue that a change of fiches alone can change."""
TYPES = "types"
"""Stands beside the tables for « every fiche of a kind, in order »."""


@dataclass
class Lectures:
    """What was read. ``cles``: (table, key); ``entieres``: tables read whole, their order included."""

    cles: set[tuple[str, str]] = field(default_factory=set)
    entieres: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Changements:
    """What differs between two states: keys, present or not; tables in which something differs, or the order alone."""

    cles: frozenset[tuple[str, str]] = frozenset()
    tables: frozenset[str] = frozenset()

    def touchent(self, lectures: Lectures) -> bool:
        """Whether something that was read is no longer the same."""
        return not self.tables.isdisjoint(lectures.entieres) or not self.cles.isdisjoint(lectures.cles)


class Temoin:
    """Notes what the current reader reads; nobody reading, nothing is noted."""

    def __init__(self) -> None:
        self.lectures: Lectures | None = None

    @contextmanager
    def suivre(self, lectures: Lectures) -> Iterator[None]:
        """Note in ``lectures`` what is read inside."""
        avant, self.lectures = self.lectures, lectures
        try:
            yield
        finally:
            self.lectures = avant

    def cle(self, table: str, cle: object) -> None:
        """An entry is looked for; that it is absent counts too."""
        if self.lectures is not None:
            self.lectures.cles.add((table, str(cle)))

    def entiere(self, table: str) -> None:
        """A whole table is read."""
        if self.lectures is not None:
            self.lectures.entieres.add(table)


class Suivie(Mapping[str, V]):
    """A mapping that tells its ``temoin`` what is read of it."""

    def __init__(self, table: str, donnees: Mapping[str, V], temoin: Temoin) -> None:
        self._table, self._donnees, self._temoin = table, donnees, temoin

    def __getitem__(self, cle: str) -> V:
        self._temoin.cle(self._table, cle)
        return self._donnees[cle]

    def __contains__(self, cle: object) -> bool:
        self._temoin.cle(self._table, cle)
        return cle in self._donnees

    def __iter__(self) -> Iterator[str]:
        self._temoin.entiere(self._table)
        return iter(self._donnees)

    def __len__(self) -> int:
        self._temoin.entiere(self._table)
        return len(self._donnees)

    def values(self) -> Any:
        """As of any mapping, without looking each key up again."""
        self._temoin.entiere(self._table)
        return self._donnees.values()

    def items(self) -> Any:
        """As of any mapping, without looking each key up again."""
        self._temoin.entiere(self._table)
        return self._donnees.items()


@dataclass(frozen=True)
class CatalogueSuivi(Catalogue):
    """A catalogue whose every entry read is noted."""

    temoin: Temoin = field(default_factory=Temoin)

    def du_type(self, type_: str) -> list[Fiche]:
        """Return the fiches of one kind; a page that lists a kind does not depend on the others."""
        self.temoin.cle(TYPES, type_)
        with self.temoin.suivre(Lectures()):
            return super().du_type(type_)


def suivre(catalogue: Catalogue, temoin: Temoin) -> CatalogueSuivi:
    """Return the same catalogue, which tells ``temoin`` what is read of it."""
    valeurs = {f.name: getattr(catalogue, f.name) for f in fields(catalogue)}
    suivies = {table: Suivie(table, valeurs[table], temoin) for table in TABLES}
    return CatalogueSuivi(**{**valeurs, **suivies}, temoin=temoin)


def comparer(avant: Mapping[str, Mapping[str, Any]], apres: Mapping[str, Mapping[str, Any]]) -> Changements:
    """Return what differs, table by table, between two states."""
    cles: set[tuple[str, str]] = set()
    tables: set[str] = set()
    for table in avant.keys() | apres.keys():
        ancienne, nouvelle = avant.get(table, {}), apres.get(table, {})
        changees = _differing(ancienne, nouvelle)
        cles.update((table, cle) for cle in changees)
        if changees or list(ancienne) != list(nouvelle):
            tables.add(table)
    return Changements(frozenset(cles), frozenset(tables))


def tables(catalogue: Catalogue) -> dict[str, Mapping[str, Any]]:
    """Return what of a catalogue a change of fiches can change, by table; ``catalogue`` is a plain one."""
    par_type: dict[str, list[Fiche]] = {}
    for fiche in catalogue.fiches.values():
        par_type.setdefault(fiche.type, []).append(fiche)
    return {**{table: getattr(catalogue, table) for table in TABLES}, TYPES: par_type}


def _differing(ancienne: Mapping[str, Any], nouvelle: Mapping[str, Any]) -> Collection[str]:
    absent = object()
    changees = [cle for cle, valeur in nouvelle.items() if not _same(ancienne.get(cle, absent), valeur)]
    return [*changees, *(cle for cle in ancienne if cle not in nouvelle)]


def _same(un: Any, autre: Any) -> bool:
    """Whether two entries are the same; lists of fiches are compared by identity, an unchanged fiche not being read again."""
    if un is autre:
        return True
    if isinstance(un, list) and isinstance(autre, list):
        return len(un) == len(autre) and all(a is b for a, b in zip(un, autre, strict=True))
    return bool(un == autre)
