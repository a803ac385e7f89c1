"""YAML text -> plain data with the position of each field. Never executes, never guesses types.

Every scalar stays text: ``01400`` is not octal, ``12:30`` not sexagesimal, ``no`` not false. Data is built from
parser events, so that depth, anchors, aliases, tags and duplicate keys are refused before anything is composed
(composing 100,000 nested brackets crashes the C library).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from macros.problemes import Chemin, Position, Probleme, nom_de_champ

TAILLE_MAX = 400_000
"""Bytes. The longest file of the project is four times smaller."""
PROFONDEUR_MAX = 20
EVENEMENTS_MAX = 60_000
CLE_MAX = 1_000
TEXTE_MAX = 20_000
"""Characters of one value: three times what the longest field admits, so that its own message comes first."""

_FRENCH = {
    "mapping values are not allowed": "deux-points suivi d’une espace dans un texte sans guillemets. "
    "Mettez tout le texte entre guillemets doubles.",
    "could not find expected ':'": "deux-points manquant après un nom de champ, ou texte qui devrait être entre "
    "guillemets. Écrivez « champ: valeur ».",
    "did not find expected key": "un nom de champ était attendu ici. Vérifiez l’alignement des lignes et les "
    "guillemets de la ligne précédente.",
    "did not find expected '-' indicator": "un tiret de liste était attendu ici. Alignez les éléments de la liste.",
    "did not find expected ',' or ']'": "liste entre crochets mal fermée. Séparez par des virgules et fermez par « ] ».",
    "did not find expected ',' or '}'": "accolades mal fermées. Séparez par des virgules et fermez par « } ».",
    "found unexpected end of stream": "guillemets ouverts et jamais fermés. Ajoutez le guillemet fermant.",
    "found unknown escape character": "antislash dans un texte entre guillemets doubles. Retirez-le, ou doublez-le.",
    "block sequence entries are not allowed": "tiret de liste mal placé. Passez à la ligne après le nom du champ.",
    "control characters are not allowed": "caractère de contrôle invisible. Effacez-le et retapez le texte.",
}


_AUTRES_FINS = re.compile("[\x85\u2028\u2029]")
_SEEN_LATE = (
    "did not find expected",
    "could not find expected",
    "unexpected end of stream",
    "unknown escape",
    "mapping values",
)
"""Errors that a quote left open above causes."""
_QUOTE = re.compile(r'(?<!\\)"')
_OPENING = re.compile(r'\s*(?:- )*(?:[\w-]+: )?"')


@dataclass
class Brut:
    """A file's content as text scalars, lists and dicts, with positions by path."""

    donnees: dict[str, Any]
    positions: dict[Chemin, Position]

    def position(self, chemin: Chemin) -> Position:
        """Return the position of the deepest part of ``chemin`` that the file holds."""
        known: Chemin = ()
        for part in chemin:
            if (*known, part) in self.positions:
                known = (*known, part)
        return self.positions.get(known, Position())


class _Refus(Exception):
    def __init__(self, message: str, position: Position, chemin: Chemin = ()) -> None:
        super().__init__(message)
        self.message, self.position, self.chemin = message, position, chemin


@dataclass
class _Niveau:
    """A list or dict being filled."""

    contenu: dict[str, Any] | list[Any]
    chemin: Chemin
    cle: str | None = None
    cles: dict[str, int] = field(default_factory=dict)

    def prochain(self) -> Chemin:
        if isinstance(self.contenu, list):
            return (*self.chemin, len(self.contenu))
        return (*self.chemin, self.cle or "")

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
        return _build(_decode(octets)), []
    except _Refus as refus:
        return None, [Probleme(fichier, refus.position, nom_de_champ(refus.chemin), refus.message)]


def _decode(octets: bytes) -> str:
    if len(octets) > TAILLE_MAX:
        raise _Refus(
            f"fichier trop gros. Une fiche ne dépasse pas {TAILLE_MAX // 1000} ko : "
            "partagez-la ou retirez ce qui n’est pas du texte.",
            Position(),
        )
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
        raise _Refus("fichier vide. Écrivez au moins les champs obligatoires, ou supprimez le fichier.", Position())
    return texte


def _events(texte: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(texte, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        raise _syntax_refusal(texte, error) from None
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


def _syntax_refusal(texte: str, error: yaml.MarkedYAMLError) -> _Refus:
    mark = error.problem_mark or error.context_mark
    position = Position(mark.line + 1, mark.column + 1) if mark else Position()
    lines = texte.split("\n")
    line = lines[position.ligne - 1] if position.ligne <= len(lines) else ""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return _Refus(
            "tabulation dans le retrait. Remplacez-la par des espaces, deux par niveau.",
            Position(position.ligne, indent.index("\t") + 1),
        )
    problem = error.problem or ""
    ouvert = _unclosed(lines[: position.ligne])
    if ouvert and any(words in problem for words in _SEEN_LATE):
        return _Refus("guillemet ouvert et jamais fermé. Ajoutez le guillemet fermant à la fin du texte.", ouvert)
    if "cannot start any token" in problem:
        char = line[position.colonne - 1 : position.colonne]
        return _Refus(
            f"un texte ne peut pas commencer par « {char} ». Mettez tout le texte entre guillemets doubles.", position
        )
    for english, french in _FRENCH.items():
        if english in problem:
            return _Refus(french, position)
    return _Refus("YAML illisible ici. Vérifiez l’alignement, les guillemets et les deux-points.", position)


def _unclosed(lines: list[str]) -> Position | None:
    """Where the double quote stands that no other closes, among lines up to the error; None when all are closed.

    A quote left open swallows the next lines up to the following quote, where the reader stumbles: the mistake is
    at the first line of an odd number of quotes, and one such line closes another.
    """
    odd = [n for n, line in enumerate(lines, 1) if len(_QUOTE.findall(line)) % 2]
    if len(odd) % 2 == 0:
        return None
    found = _OPENING.match(lines[odd[-1] - 1])
    return Position(odd[-1], found.end()) if found else None


def _refuse_dangerous(event: yaml.Event, position: Position) -> None:
    if isinstance(event, yaml.AliasEvent):
        raise _Refus("renvoi YAML (« * ») refusé. Recopiez la valeur.", position)
    if getattr(event, "anchor", None):
        raise _Refus(
            "ancre YAML (« & ») refusée. Retirez-la ; un texte qui commence par « & » va entre guillemets.", position
        )
    if getattr(event, "tag", None):
        raise _Refus(
            "étiquette YAML (« ! ») refusée. Retirez-la ; un texte qui commence par « ! » va entre guillemets.",
            position,
        )


def _build(texte: str) -> Brut:
    """Fill data from the events, keeping the position of each key and item."""
    positions: dict[Chemin, Position] = {}
    pile: list[_Niveau] = []
    racine: Any = None
    documents = 0
    for count, event in enumerate(_events(texte)):
        mark = event.start_mark
        position = Position(mark.line + 1, mark.column + 1) if mark else Position()
        if count > EVENEMENTS_MAX:
            raise _Refus("fichier trop complexe. Partagez-le en plusieurs fiches.", position)
        _refuse_dangerous(event, position)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _Refus("deuxième document (« --- ») refusé. Un fichier tient une seule fiche.", position)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if len(pile) >= PROFONDEUR_MAX:
                raise _Refus(f"plus de {PROFONDEUR_MAX} niveaux imbriqués. Vérifiez crochets et accolades.", position)
            _require_text_key(pile, position)
            chemin = pile[-1].prochain() if pile else ()
            positions.setdefault(chemin, position)
            contenu: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
            pile.append(_Niveau(contenu, chemin))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            done = pile.pop()
            if pile:
                pile[-1].poser(done.contenu)
            else:
                racine = done.contenu
        elif isinstance(event, yaml.ScalarEvent) and not _scalar(event, position, pile, positions):
            racine = event.value
    if not isinstance(racine, dict):
        raise _Refus("une fiche est une suite de lignes « champ: valeur ». Commencez par « type: ».", Position())
    return Brut(racine, positions)


def _require_text_key(pile: list[_Niveau], position: Position) -> None:
    if pile and isinstance(pile[-1].contenu, dict) and pile[-1].cle is None:
        raise _Refus("un nom de champ ne peut pas être une liste. Mettez le texte entre guillemets.", position)


def _scalar(
    event: yaml.ScalarEvent, position: Position, pile: list[_Niveau], positions: dict[Chemin, Position]
) -> bool:
    """Store a key or a value in the open level. Return False when there is none (bare scalar document)."""
    if not pile:
        return False
    niveau = pile[-1]
    if isinstance(niveau.contenu, dict) and niveau.cle is None:
        cle = event.value
        if len(cle) > CLE_MAX:
            raise _Refus(f"nom de champ de plus de {CLE_MAX} caractères. Vérifiez les deux-points.", position)
        if cle in niveau.cles:
            raise _Refus(
                f"« {cle} » apparaît deux fois (déjà ligne {niveau.cles[cle]}). Gardez une seule des deux lignes.",
                position,
                (*niveau.chemin, cle),
            )
        niveau.cles[cle] = position.ligne
        niveau.cle = cle
        positions[(*niveau.chemin, cle)] = position
        return True
    chemin = niveau.prochain()
    if not event.value.strip() and not event.style:
        raise _Refus("valeur absente. Écrivez-la, ou retirez la ligne.", positions.get(chemin, position), chemin)
    if len(event.value) > TEXTE_MAX:
        raise _Refus(
            f"texte de plus de {TEXTE_MAX} caractères. Coupez-le ou répartissez-le.",
            positions.get(chemin, position),
            chemin,
        )
    positions.setdefault(chemin, position)
    niveau.poser(event.value)
    return True
