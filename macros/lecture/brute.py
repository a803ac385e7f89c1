"""YAML text -> plain data with the position of each field. Never executes, never guesses types.

Every scalar stays text: ``01400`` is not octal, ``12:30`` not sexagesimal, ``no`` not false. Data is built from
parser events, so that depth, anchors, aliases, tags and duplicate keys are refused before anything is composed
(composing 100,000 nested brackets crashes the C library).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from macros.lecture import lapsus
from macros.lecture.json_publie import compact
from macros.lecture.problemes import Chemin, Position, Probleme, nom_de_champ
from macros.modeles.partage import FICHE

TAILLE_MAX: int = FICHE["limites"]["octets"]
"""The longest file of the project is four times smaller."""
PROFONDEUR_MAX: int = FICHE["limites"]["profondeur"]
EVENEMENTS_MAX = 60_000
CLE_MAX = 1_000
TEXTE_MAX = 20_000
"""Characters of one value: three times what the longest field admits, so that its own message comes first."""


_AUTRES_FINS = re.compile("[\x85\u2028\u2029]")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
Reperes = dict[str | int, Any]
"""Key or rank -> where it stands (a mark of the YAML reader), or (mark, marks of what it holds)."""


@dataclass
class Brut:
    """A file's content as text scalars, lists and dicts. Where its parts stand is found again in its text, when a
    message
    asks: few messages do, and a mark for each part of each fiche would fill the memory."""

    donnees: dict[str, Any]
    octets: bytes

    @cached_property
    def _reperes(self) -> tuple[Reperes, Any]:
        _, reperes, debut = _build(_decode(self.octets))
        return reperes, debut

    def position(self, chemin: Chemin) -> Position:
        """Return the position of the deepest part of ``chemin`` that the file holds."""
        ici, repere = self._reperes
        for part in chemin:
            trouve = ici.get(part)
            if trouve is not None:
                repere, ici = trouve if isinstance(trouve, tuple) else (trouve, {})
        return _position(repere)

    @cached_property
    def json(self) -> bytes:
        """What the file says, as JSON without spaces nor escapes: the same bytes for the same data."""
        return compact(self.donnees).encode()

    @property
    def positions(self) -> dict[Chemin, Position]:
        """Every path that the file holds, with its position."""
        reperes, debut = self._reperes
        return {(): _position(debut), **dict(_positions(reperes, ()))}


def _positions(reperes: Reperes, chemin: Chemin) -> Iterator[tuple[Chemin, Position]]:
    for rang, trouve in reperes.items():
        repere, dedans = trouve if isinstance(trouve, tuple) else (trouve, {})
        yield (*chemin, rang), _position(repere)
        yield from _positions(dedans, (*chemin, rang))


def _position(repere: Any) -> Position:
    return Position(repere.line + 1, repere.column + 1) if repere else Position()


class _Refus(Exception):
    def __init__(self, message: str, position: Position, chemin: Chemin = ()) -> None:
        super().__init__(message)
        self.message, self.position, self.chemin = message, position, chemin


@dataclass(slots=True)
class _Niveau:
    """A list or dict being filled, with the marks of its items or keys."""

    contenu: dict[str, Any] | list[Any]
    reperes: Reperes = field(default_factory=dict)
    cle: str | None = None

    def rang(self) -> str | int | None:
        """Key or rank of the value to come; None when a key is to come."""
        return len(self.contenu) if isinstance(self.contenu, list) else self.cle

    def poser(self, valeur: Any) -> None:
        if isinstance(self.contenu, list):
            self.contenu.append(valeur)
        else:
            self.contenu[self.cle or ""] = valeur
            self.cle = None


def lire(fichier: str, octets: bytes) -> tuple[Brut | None, list[Probleme]]:
    """Read one YAML file given as bytes.

    Return the content (None when unreadable) and the problems found. Raises nothing on bad input.
    """
    try:
        return Brut(_build(_decode(octets))[0], octets), []
    except _Refus as refus:
        return None, [Probleme(fichier, refus.position, nom_de_champ(refus.chemin), refus.message)]


def _decode(octets: bytes) -> str:
    if len(octets) > TAILLE_MAX:
        raise _Refus(FICHE.dire("trop_gros", ko=TAILLE_MAX // 1000), Position())
    if octets.startswith(_UTF16) or octets[:40].count(0) >= 10:
        raise _Refus(FICHE.dire("utf16"), Position())
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = octets[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise _Refus(
            "ce caractère n’est pas de l’UTF-8 (Latin-1 ?). Enregistrez le fichier avec l’encodage UTF-8.",
            Position(line, column),
        ) from None
    if other := _AUTRES_FINS.search(texte):
        # Read by YAML as ends of lines, by editors as nothing: every line after would be one too far.
        debut = texte.rfind("\n", 0, other.start())
        raise _Refus(
            "caractère de contrôle interdit. Effacez-le et retapez le texte.",
            Position(texte.count("\n", 0, other.start()) + 1, other.start() - debut),
        )
    if not texte.strip():
        raise _Refus(FICHE.dire("vide"), Position())
    if marque := lapsus.conflit(texte):
        raise _Refus(*marque)
    return texte


def _events(texte: str) -> Iterator[Any]:
    """Yield the events of the C reader, refusing what a fiche may not hold before anything is made of it."""
    documents = 0
    try:
        for count, event in enumerate(iter(yaml.CBaseLoader(texte).get_event, None)):
            if count > EVENEMENTS_MAX:
                raise _Refus("fichier trop complexe. Partagez-le en plusieurs fiches.", _position(event.start_mark))
            if isinstance(event, yaml.NodeEvent):
                _refuse_dangerous(event)
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                raise _Refus(FICHE.dire("second_document"), _position(event.start_mark))
            yield event
    except yaml.MarkedYAMLError as error:
        raise _Refus(*lapsus.expliquer(texte, error)) from None
    except yaml.YAMLError:
        raise _Refus(
            "caractère de contrôle interdit. Effacez-le et retapez le texte.", _position_of_control(texte)
        ) from None


def _position_of_control(texte: str) -> Position:
    for number, line in enumerate(texte.split("\n"), 1):
        for column, char in enumerate(line, 1):
            if (ord(char) < 32 and char not in "\t\r") or 0x7F <= ord(char) < 0xA0 or char in "\ufffe\uffff":
                return Position(number, column)
    return Position()


def _refuse_dangerous(event: Any) -> None:
    if isinstance(event, yaml.AliasEvent):
        raise _Refus(FICHE.dire("renvoi_yaml"), _position(event.start_mark))
    if event.anchor:
        raise _Refus(FICHE.dire("ancre_yaml"), _position(event.start_mark))
    if event.tag:
        raise _Refus(FICHE.dire("etiquette_yaml"), _position(event.start_mark))


def _build(texte: str) -> tuple[dict[str, Any], Reperes, Any]:
    """Fill data from the events. Return it with the marks of its parts, and the mark of its start."""
    pile: list[_Niveau] = []
    racine: Any = None
    reperes: Reperes = {}
    debut: Any = None
    for event in _events(texte):
        genre = type(event)
        if genre is yaml.ScalarEvent:
            if pile:
                _scalar(event, pile, texte)
            else:
                racine = event.value
        elif genre is yaml.MappingStartEvent or genre is yaml.SequenceStartEvent:
            if not pile:
                debut = event.start_mark
            pile.append(_opened(event, pile))
        elif genre is yaml.MappingEndEvent or genre is yaml.SequenceEndEvent:
            niveau = pile.pop()
            if pile:
                pile[-1].poser(niveau.contenu)
            else:
                racine, reperes = niveau.contenu, niveau.reperes
    if not isinstance(racine, dict):
        raise _Refus(FICHE.dire("pas_une_fiche"), Position())
    return racine, reperes, debut


def _opened(event: yaml.Event, pile: list[_Niveau]) -> _Niveau:
    """Return the list or dict that starts, known to the one that holds it."""
    if len(pile) >= PROFONDEUR_MAX:
        raise _Refus(FICHE.dire("trop_profond", max=PROFONDEUR_MAX), _position(event.start_mark))
    niveau = _Niveau({} if isinstance(event, yaml.MappingStartEvent) else [])
    if pile:
        dessus = pile[-1]
        rang = dessus.rang()
        if rang is None:
            accolade = isinstance(event, yaml.MappingStartEvent)
            message = "un nom de champ ne peut pas être une liste. Mettez le texte entre guillemets."
            raise _Refus(FICHE.dire("commande") if accolade else message, _position(event.start_mark))
        dessus.reperes[rang] = (dessus.reperes.get(rang, event.start_mark), niveau.reperes)
    return niveau


def _scalar(event: Any, pile: list[_Niveau], source: str) -> None:
    """Store a key or a value in the open level."""
    niveau, texte = pile[-1], event.value
    rang = niveau.rang()
    if rang is None:
        if len(texte) > CLE_MAX:
            raise _Refus(
                f"nom de champ de plus de {CLE_MAX} caractères. Vérifiez les deux-points.", _position(event.start_mark)
            )
        if texte in niveau.reperes:
            deja = _position(_mark(niveau.reperes[texte])).ligne
            message = FICHE.dire("nom_en_double", nom=texte, ligne=deja)
            raise _Refus(message, _position(event.start_mark), _path(pile, texte))
        niveau.reperes[texte] = event.start_mark
        niveau.cle = texte
        return
    repere = niveau.reperes.setdefault(rang, event.start_mark)
    if not event.style:
        if not texte.strip():
            if (place := lapsus.retrait_insecable(source, event.end_mark.index)) is not None:
                raise _Refus(FICHE.dire("espace_insecable"), _place(source, place), _path(pile, rang))
            raise _Refus(FICHE.dire("valeur_absente"), _position(repere), _path(pile, rang))
        debut, fin = event.start_mark.index, event.end_mark.index
        if perdu := lapsus.texte_nu(source[debut:fin], texte, source[fin : fin + 9]):
            raise _Refus(perdu[0], _place(source, debut + perdu[1]), _path(pile, rang))
    if len(texte) > TEXTE_MAX:
        raise _Refus(
            f"texte de plus de {TEXTE_MAX} caractères. Coupez-le ou répartissez-le.",
            _position(_mark(repere)),
            _path(pile, rang),
        )
    niveau.poser(texte)


def _place(texte: str, rang: int) -> Position:
    return Position(texte.count("\n", 0, rang) + 1, rang - texte.rfind("\n", 0, rang))


def _mark(repere: Any) -> Any:
    return repere[0] if isinstance(repere, tuple) else repere


def _path(pile: list[_Niveau], dernier: str | int) -> Chemin:
    """Path of a key or item of the level being filled."""
    return (*(rang for niveau in pile[:-1] if (rang := niveau.rang()) is not None), dernier)
