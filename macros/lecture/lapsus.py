"""Slips of the keyboard that YAML takes for something else: found in the text itself, and told where they stand.

The reader of YAML often stumbles a line further, or not at all: ``titre: Le lot # 3`` is read « Le lot ».
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import yaml

from macros.lecture.problemes import Position
from macros.modeles.partage import FICHE

Lapsus = tuple[str, Position]
"""What is wrong, and where."""

_FRENCH = {
    "mapping values are not allowed": FICHE.dire("deux_points"),
    "could not find expected ':'": "deux-points manquant après un nom de champ, ou texte qui devrait être entre "
    "guillemets. Écrivez « champ: valeur ».",
    "did not find expected key": FICHE.dire("nom_attendu"),
    "did not find expected '-' indicator": "un tiret de liste était attendu ici. Alignez les éléments de la liste.",
    "did not find expected ',' or ']'": FICHE.dire("crochets"),
    "did not find expected ',' or '}'": FICHE.dire("accolades", fermante="}"),
    "found unexpected end of stream": FICHE.dire("guillemet_ouvert"),
    "found unknown escape character": FICHE.dire("antislash"),
    "block sequence entries are not allowed": "tiret de liste mal placé. Passez à la ligne après le nom du champ.",
    "control characters are not allowed": "caractère de contrôle invisible. Effacez-le et retapez le texte.",
}
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

_CHAMP = r"^\s*(?:- +)*[\w-]+"
_LAPSUS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(motif), message)
    for motif, message in (
        (_CHAMP + r"\s*:[ ]*()'[^']*'[^\s,\]}#]", FICHE.dire("apostrophe")),
        (_CHAMP + r'\s*:[ ]*"(?:[^"\\]|\\.)*"()[ ]*[^\s,\]}#]', FICHE.dire("apres_guillemet")),
        (r'^\s*- +"(?:[^"\\]|\\.)*"()[ ]*[^\s,\]}#:]', FICHE.dire("apres_guillemet")),
        (r"^\s*- +()'[^']*'[^\s,\]}#:]", FICHE.dire("apostrophe")),
        (_CHAMP + r"\s*:[ ]*\[[^\]]*\]()[ ]*[^\s,\]}#]", FICHE.dire("apres_crochet")),
        (_CHAMP + r":()[\u00a0\u202f\u2007]", FICHE.dire("espace_insecable")),
        (r"^ *()[\u00a0\u202f\u2007]", FICHE.dire("espace_insecable")),
        (r"^\s*()-[^\s-]", FICHE.dire("tiret_colle")),
        (r"^\s*()[•·▪◦‣–—*]\s", FICHE.dire("puce")),
        (_CHAMP + r"\s*()[：﹕]", FICHE.dire("deux_points_etranger")),
        (_CHAMP + r"\s*()=[ ]", FICHE.dire("egal")),
        (_CHAMP + r"()\s*:[^\s:/\\]", FICHE.dire("deux_points_colle")),
        (r"()\{[{%#]", FICHE.dire("commande")),
    )
)
_CONFLIT = re.compile(r"^(?:<{7}|>{7}|={7}|\|{7})(?: |\r?$)", re.MULTILINE)
_COUPE = re.compile(r"[ \t]+#")
_SUITE = re.compile(r"(?:^|\n\s*)(-[^\s\d-])")
_INSECABLES = "\u00a0\u202f\u2007"
_INSECABLE = re.compile(rf"[\w-]+:[{_INSECABLES}]")
_PUCE = re.compile(r"[•·▪◦‣–—]\s")
_MOT = FICHE.motif("mot_nu")


def conflit(texte: str) -> Lapsus | None:
    """The first mark that git leaves where two changes meet."""
    found = _CONFLIT.search(texte) if "<<<<<<<" in texte or ">>>>>>>" in texte else None
    return (FICHE.dire("conflit_git"), Position(texte.count("\n", 0, found.start()) + 1, 1)) if found else None


@dataclass(frozen=True)
class _Erreur:
    """What the reader of YAML says: what stops it, where, and what it was reading since the line ``debut``."""

    lines: Sequence[str]
    position: Position
    depart: Position
    problem: str
    context: str

    @property
    def line(self) -> str:
        return self.lines[self.position.ligne - 1] if self.position.ligne <= len(self.lines) else ""


def expliquer(texte: str, error: yaml.MarkedYAMLError) -> Lapsus:
    """Say in French what the reader of YAML refuses, where a hand went wrong rather than where it stumbled."""
    ici, la = _position(error.problem_mark or error.context_mark), _position(error.context_mark or error.problem_mark)
    erreur = _Erreur(texte.split("\n"), ici, la, error.problem or "", error.context or "")
    return next(trouve for explication in _EXPLICATIONS if (trouve := explication(erreur)))


def _position(mark: yaml.Mark | None) -> Position:
    return Position(mark.line + 1, mark.column + 1) if mark else Position()


def _tabulation(e: _Erreur) -> Lapsus | None:
    indent = e.line[: len(e.line) - len(e.line.lstrip())]
    if "\t" not in indent:
        return None
    return FICHE.dire("tabulation"), Position(e.position.ligne, indent.index("\t") + 1)


def _frappe(e: _Erreur) -> Lapsus | None:
    """The slip that explains it, on the same line or on the one above when what was read began there."""
    suite = e.depart < e.position or "mapping values" in e.problem
    for numero in range(min(e.position.ligne, len(e.lines)), max(e.position.ligne - suite, 1) - 1, -1):
        for motif, message in _LAPSUS:
            if found := motif.search(e.lines[numero - 1]):
                return message, Position(numero, found.start(1) + 1)
    return None


def _nom_interdit(e: _Erreur) -> Lapsus | None:
    nom = "renvoi_yaml" if "an alias" in e.context else "ancre_yaml" if "an anchor" in e.context else ""
    return (FICHE.dire(nom), e.depart) if nom else None


def _guillemet(e: _Erreur) -> Lapsus | None:
    ouvert = _unclosed(e.lines[: e.position.ligne])
    if ouvert and any(words in e.problem for words in _SEEN_LATE):
        return FICHE.dire("guillemet_ouvert"), ouvert
    seul = "quoted scalar" in e.context and "end of stream" in e.problem
    return (FICHE.dire("guillemet_ouvert"), e.depart) if seul else None


def _retrait(e: _Erreur) -> Lapsus | None:
    """The text above goes on into a line indented by mistake: the colon that stops it ends the name of a field."""
    found = re.match(_CHAMP + r"\s*:", e.line)
    if "mapping values" in e.problem and found and found.end() == e.position.colonne:
        if e.line[0] == " ":
            return FICHE.dire("retrait_de_trop"), Position(e.position.ligne, 1)
        return _FRENCH["could not find expected ':'"], Position(max(e.position.ligne - 1, 1), 1)
    if "expected key" in e.problem and e.position.ligne > 2:
        avant, dessus, ici = (_marge(e.lines[e.position.ligne - n]) for n in (3, 2, 1))
        if avant < ici < dessus:  # the line above, alone too far to the right
            return FICHE.dire("retrait_de_trop"), Position(e.position.ligne - 1, 1)
    return None


def _marge(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _debut_interdit(e: _Erreur) -> Lapsus | None:
    signe = e.line[e.position.colonne - 1 : e.position.colonne]
    return (FICHE.dire("debut_interdit", signe=signe), e.position) if "cannot start any token" in e.problem else None


def _mot_a_mot(e: _Erreur) -> Lapsus:
    """At the bracket, or the word, that waits for its end."""
    place = e.depart if "flow" in e.context or "simple key" in e.context else e.position
    dits = (french for english, french in _FRENCH.items() if english in e.problem)
    return next(dits, "YAML illisible ici. Vérifiez l’alignement, les guillemets et les deux-points."), place


_EXPLICATIONS: tuple[Callable[[_Erreur], Lapsus | None], ...] = (
    _tabulation,
    _frappe,
    _nom_interdit,
    _guillemet,
    _retrait,
    _debut_interdit,
    _mot_a_mot,
)


def _unclosed(lines: Sequence[str]) -> Position | None:
    """Where the double quote stands that no other closes, among lines up to the error; None when all are closed.

    A quote left open swallows the next lines up to the following quote, where the reader stumbles: the mistake is
    at the first line of an odd number of quotes, and one such line closes another.
    """
    odd = [n for n, line in enumerate(lines, 1) if len(_QUOTE.findall(line)) % 2]
    if len(odd) % 2 == 0:
        return None
    found = _OPENING.match(lines[odd[-1] - 1])
    return Position(odd[-1], found.end()) if found else None


def retrait_insecable(texte: str, depuis: int) -> int | None:
    """Where the next written line begins, when its indent is of spaces that YAML takes for text."""
    debut = depuis + len(texte[depuis:]) - len(texte[depuis:].lstrip(" \r\n"))
    return debut if texte[debut : debut + 1] in _INSECABLES and debut < len(texte) else None


def texte_nu(brut: str, valeur: str, apres: str) -> tuple[str, int] | None:
    """What a text without quotes lost or swallowed: the message, and how far from its start.

    ``brut``: as written; ``valeur``: as read; ``apres``: what follows in the file.
    """
    if _COUPE.match(apres) and not _MOT.fullmatch(valeur) and not valeur.replace(".", "").isdigit():
        return FICHE.dire("diese"), len(brut) + 1
    if found := _SUITE.search(brut):
        return FICHE.dire("tiret_colle"), found.start(1)
    if _PUCE.match(brut):
        return FICHE.dire("puce"), 0
    if _INSECABLE.match(valeur):
        return FICHE.dire("espace_insecable"), valeur.index(":") + 1
    return None
