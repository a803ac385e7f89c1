"""A fiche -> readable, commented YAML, in the order in which its model declares the fields.

What is written reads back exactly the same, by ``macros.lecture.brute`` (where every scalar is text) and by any YAML
1.1 or 1.2 reader: words in small letters stay bare, and numbers where a number is declared; all else is quoted
(``no``, ``12:30``, ``01234`` or ``2021-03`` would be something else). ``macros.contribution.retouche`` changes a text
that is already there.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Union, get_args, get_origin

from macros.lecture.problemes import Chemin, nom_de_champ
from macros.modeles import TYPES
from macros.modeles.partage import FICHE
from macros.modeles.schemas import modeline
from macros.modeles.types import Modele

LARGEUR: int = FICHE["ecriture"]["largeur"]
"""Columns: a list of words longer than that takes a line an item. A text is never folded: it changes alone."""
_RETRAIT = 2

_CLE_NUE, _MOT_NU, _NOMBRE_NU = map(FICHE.motif, ("cle_nue", "mot_nu", "nombre_nu"))
_RESERVES = frozenset(FICHE["ecriture"]["reserves"])
_A_ECHAPPER = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\"\\]")
_ILLISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_SAUT = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_ECHAPPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\", "\0": "\\0"}


@dataclass(frozen=True)
class _Redaction:
    """What stays the same during one writing: the comments, and which were placed."""

    commentaires: Mapping[str, str]
    places: set[str]
    aere: bool

    @cached_property
    def par_parent(self) -> dict[str, list[str]]:
        """Fields commented, by the place that holds them (empty: the first level)."""
        trouves: dict[str, list[str]] = {}
        for place in self.commentaires:
            parent, _, nom = place.rpartition(".")
            if "[" not in nom:
                trouves.setdefault(parent, []).append(nom)
        return trouves

    @cached_property
    def listes(self) -> set[str]:
        """Places of the lists that hold a comment."""
        return {place[: found.start()] for place in self.commentaires for found in re.finditer(r"\[", place)}


def ecrire(
    type_: str,
    champs: Mapping[str, Any],
    commentaires: Mapping[str, str] | None = None,
    entete: Sequence[str] = (),
    pied: Sequence[str] = (),
    *,
    aere: bool = False,
) -> str:
    """Write a fiche of the kind ``type_`` and return its text, ending with a newline.

    ``champs``: texts, lists and maps, nested. Known fields come in the order of the model at every level, others after
    them in the order given. ``True``/``False`` become ``oui``/``non``, numbers become quoted text; ``None`` is left
    out.
    ``commentaires``: text by place, written as messages write it: ``titre``, ``sources.s1.titre``, ``etapes[2].texte``
    (items from 1). A comment stands above its field; one whose field is absent stands where the field would be, which
    is how an optional field is offered (several lines allowed). One whose parent is absent goes to the end, with its
    place. ``entete``, ``pied``: comment lines after the modeline, and at the end. ``aere``: an empty line before each
    commented field of the first level.

    Raises KeyError on an unknown kind, ValueError on a text that no YAML can hold (lone surrogate).
    """
    modele = TYPES[type_]
    redaction = _Redaction(commentaires or {}, set(), aere)
    corps = list(_mapping(champs, modele, (), 0, redaction))
    egares = [f"{place} : {texte}" for place, texte in redaction.commentaires.items() if place not in redaction.places]
    lines = [modeline(type_), *_comment("\n".join(entete), 0), *corps]
    for texte in (*pied, *egares):
        lines += _comment(texte, 0)
    return "\n".join(lines) + "\n"


def _mapping(
    champs: Mapping[str, Any], declare: Any, chemin: Chemin, retrait: int, redaction: _Redaction
) -> Iterator[str]:
    fields = champs_declares(declare)
    for cle in _ordered(champs, fields, chemin, redaction):
        place = (*chemin, cle)
        yield from _remark(place, retrait, redaction)
        valeur = champs.get(cle)
        if valeur is None:
            continue
        yield from _field(cle, valeur, fields.get(cle) or dedans(declare), place, retrait, redaction)


def _field(cle: str, valeur: Any, declare: Any, place: Chemin, retrait: int, redaction: _Redaction) -> Iterator[str]:
    lines = list(_node(valeur, declare, place, retrait, redaction))
    first = f"{' ' * retrait}{_key(cle)}:"
    yield f"{first} {lines[0]}" if lines[0] else first
    yield from lines[1:]


def _ordered(champs: Mapping[str, Any], known: Iterable[str], chemin: Chemin, redaction: _Redaction) -> list[str]:
    """Keys present or commented: those that the model declares in its order, then the others."""
    wanted = dict.fromkeys([*champs, *redaction.par_parent.get(nom_de_champ(chemin), ())])
    return [*(nom for nom in known if nom in wanted), *(nom for nom in wanted if nom not in known)]


def _remark(place: Chemin, retrait: int, redaction: _Redaction) -> list[str]:
    nom = nom_de_champ(place)
    if nom not in redaction.commentaires:
        return []
    redaction.places.add(nom)
    space = [""] if redaction.aere and len(place) == 1 else []
    return [*space, *_comment(redaction.commentaires[nom], retrait)]


def _comment(texte: str, retrait: int) -> list[str]:
    if not texte:
        return []
    lines = (_ILLISIBLE.sub(" ", line).rstrip() for line in _SAUT.split(texte))
    return [f"{' ' * retrait}# {line}".rstrip() for line in lines]


def _node(valeur: Any, declare: Any, place: Chemin, retrait: int, redaction: _Redaction) -> Iterator[str]:
    """Lines of a value; the first goes on the line of its key or dash (empty: it starts on the next one)."""
    if isinstance(valeur, Mapping):
        if not any(v is not None for v in valeur.values()):
            yield "{}"
        else:
            yield ""
        yield from _mapping(valeur, declare, place, retrait + _RETRAIT, redaction)
    elif isinstance(valeur, Iterable) and not isinstance(valeur, str):
        yield from _sequence([v for v in valeur if v is not None], declare, place, retrait + _RETRAIT, redaction)
    else:
        yield from _scalar(_text(valeur, place), declare, retrait + _RETRAIT)


def _sequence(items: list[Any], declare: Any, place: Chemin, retrait: int, redaction: _Redaction) -> Iterator[str]:
    nom = nom_de_champ(place)
    remarked = nom in redaction.listes
    flow = f"[{', '.join(map(str, items))}]"
    short = all(isinstance(v, str) and _plain(v) for v in items)
    if not items or (short and not remarked and len(flow) + retrait + len(str(place[-1])) <= LARGEUR):
        yield flow
    else:
        yield ""
        for rank, item in enumerate(items):
            yield from _remark((*place, rank), retrait, redaction)
            yield from _item(item, dedans(declare), (*place, rank), retrait, redaction)
    rank = len(items)
    while nom_de_champ((*place, rank)) in redaction.commentaires:
        yield from _remark((*place, rank), retrait, redaction)
        rank += 1


def _item(item: Any, declare: Any, place: Chemin, retrait: int, redaction: _Redaction) -> Iterator[str]:
    """Lines of an item; a map starts on the line of its dash unless a comment stands above its first field."""
    dash = " " * retrait + "-"
    lines = list(_node(item, declare, place, retrait, redaction))
    if not lines[0] and isinstance(item, Mapping) and not lines[1].lstrip().startswith("#"):
        yield f"{dash} {lines[1].lstrip(' ')}"
        yield from lines[2:]
    else:
        yield f"{dash} {lines[0]}".rstrip()
        yield from lines[1:]


def _text(valeur: Any, place: Chemin) -> str:
    if isinstance(valeur, float) and valeur.is_integer():
        valeur = int(valeur)
    texte = ("oui" if valeur else "non") if isinstance(valeur, bool) else str(valeur)
    if any("\ud800" <= char <= "\udfff" for char in texte):
        raise ValueError(f"{nom_de_champ(place)} : caractère impossible à écrire (demi-codet isolé)")
    return texte


def _key(cle: str) -> str:
    return cle if _CLE_NUE.fullmatch(cle) and cle.lower() not in _RESERVES else _quoted(cle)


def _scalar(texte: str, declare: Any, retrait: int) -> list[str]:
    """Lines of a text: bare, literal or quoted. ``retrait``: of its continuation."""
    if "\n" in texte and _blockable(texte):
        return _literal(texte, retrait)
    return [texte if _plain(texte, declare) else _quoted(texte)]


def _plain(texte: str, declare: Any = None) -> bool:
    """Whether a text stands without quotes: a word, text for every reader, or a number where one is declared."""
    nu = _NOMBRE_NU if declare in (int, float) else _MOT_NU
    return bool(nu.fullmatch(texte)) and texte not in _RESERVES


def _blockable(texte: str) -> bool:
    """Whether block styles keep a text as it is: nothing to escape, no white space at the edge of a line."""
    lines = texte.removesuffix("\n").split("\n")
    return (
        bool(lines[0] and lines[-1])
        and all(line == line.strip() for line in lines)
        and not _A_ECHAPPER.search(texte.replace('"', "").replace("\\", "").replace("\n", ""))
    )


def _literal(texte: str, retrait: int) -> list[str]:
    marge = " " * retrait
    head = "|" if texte.endswith("\n") else "|-"
    return [head, *(f"{marge}{line}".rstrip() for line in texte.removesuffix("\n").split("\n"))]


def _quoted(texte: str) -> str:
    def escape(found: re.Match[str]) -> str:
        char = found[0]
        return _ECHAPPES.get(char) or (f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}")

    return f'"{_A_ECHAPPER.sub(escape, texte)}"'


def _bare(annotation: Any) -> Any:
    """A declared type without its marks and without None."""
    while get_origin(annotation) in (Annotated, Union, types.UnionType):
        annotation = next((a for a in get_args(annotation) if a is not type(None)), None)
    return annotation


def champs_declares(declare: Any) -> Mapping[str, Any]:
    """Declared type of each field of a model, in order; empty when ``declare`` is no model."""
    known = isinstance(declare, type) and issubclass(declare, Modele)
    return {nom: _bare(info.annotation) for nom, info in declare.model_fields.items()} if known else {}


def dedans(declare: Any) -> Any:
    """Declared type of the items of a list, or of the values of a map."""
    args = get_args(declare)
    return _bare(args[-1] if get_origin(declare) is dict else args[0]) if args else None


def extrait(type_: str, champs: Mapping[str, Any]) -> str:
    """Return some fields of a kind as YAML, without modeline nor final newline: to show in a comment or in a page."""
    return ecrire(type_, champs).split("\n", 1)[1].removesuffix("\n")


def champ_neuf(nom: str, valeur: Any, declare: Any, retrait: int) -> list[str]:
    """Lines of one field of the declared type ``declare``."""
    return list(_field(nom, valeur, declare, (nom,), retrait, _Redaction({}, set(), aere=False)))


def item_neuf(valeur: Any, declare: Any, retrait: int) -> list[str]:
    """Lines of one item of a list whose dashes stand at the column ``retrait``."""
    return list(_item(valeur, declare, (0,), retrait, _Redaction({}, set(), aere=False)))
