"""Every text that the project writes in French, each with the file and the place where it stands."""

from __future__ import annotations

import ast
import re
import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from html import unescape
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml
from jinja2 import Environment
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import StringConstraints

from macros.catalogue.fige import Catalogue
from macros.lecture.problemes import nom_de_champ
from macros.modeles import TYPES
from macros.modeles.types import CleDeSource, Enonce, Illustration, Modele, Reference, Vocabulaire
from macros.regles.citations import CITATION
from tests.conftest import RACINE

_NAMES = (Reference, Vocabulaire, CleDeSource, Illustration)
_NOT_PROSE = {"url", "document", "parmi"}
"""Addresses, file names, and answers of the questions (identifiers, checked by a rule)."""
_IDENTIFIERS = {"type", "etat", "profondeur"}
"""Fields whose help lists identifiers."""
_ATTRIBUTES = r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"'
_ADDRESS = re.compile(
    r"https?://\S+|www\.\S+|\b[\w.+-]+@[\w.-]+|\b[\w-]+(?:\.[\w-]+)*\.(?:fr|org|com|net|eu|txt|yml|md|json|csv)\b"
)


@dataclass(frozen=True)
class Morceau:
    """A text, where it stands, and its mark when it is a statement."""

    fichier: str
    champ: str
    texte: str
    enonce: Enonce | None = None

    def __str__(self) -> str:
        return f"{self.fichier} · {self.champ}"

    @cached_property
    def prose(self) -> str:
        """The words alone: no citation, no address, no link target."""
        sans = re.sub(r"\s*" + CITATION.pattern, "", self.texte)
        return _ADDRESS.sub("…", re.sub(r"\]\([^)]*\)", "]", sans))


def _values(
    valeur: Any, annotation: Any, chemin: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], str, Any]]:
    """Yield each text of a value, with its mark if it has one; skip names, keys, codes and dates."""
    metadata: tuple[Any, ...] = ()
    while get_origin(annotation) in (Annotated, Union, types.UnionType):
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            metadata += tuple(more)
        else:
            annotation = next(a for a in get_args(annotation) if a is not type(None))
    if isinstance(valeur, Modele):
        for nom, info in type(valeur).model_fields.items():
            item = getattr(valeur, nom)
            if nom not in _NOT_PROSE and item is not None:
                declared = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
                yield from _values(item, declared, (*chemin, nom))
    elif isinstance(valeur, tuple):
        for rang, item in enumerate(valeur):
            yield from _values(item, get_args(annotation)[0], (*chemin, rang))
    elif isinstance(valeur, dict):
        for cle, item in valeur.items():
            yield from _values(item, get_args(annotation)[1], (*chemin, cle))
    elif isinstance(valeur, str) and get_origin(annotation) is not Literal:
        patterned = any(isinstance(m, StringConstraints) and m.pattern for m in metadata)
        if not patterned and not any(isinstance(m, _NAMES) for m in metadata) and chemin[-1] != "type":
            yield chemin, valeur, next((m for m in metadata if isinstance(m, Enonce)), None)


def _of_model(fichier: str, modele: Modele) -> Iterator[Morceau]:
    for chemin, texte, marque in _values(modele, type(modele), ()):
        # The title of a publication is quoted as it stands; a place is checked against the official list.
        quoted = chemin[0] == "sources" or (chemin[-1] == "nom" and "lieux" in chemin)
        if not quoted:
            yield Morceau(fichier, nom_de_champ(chemin), texte, marque)


def des_fiches(catalogue: Catalogue) -> list[Morceau]:
    """Every text of every fiche, its titles and labels included."""
    return [m for id_, fiche in catalogue.fiches.items() for m in _of_model(catalogue.fichiers[id_], fiche)]


def des_sources(catalogue: Catalogue) -> list[Morceau]:
    """Titles and publishers of the sources."""
    holders = [(catalogue.fichiers[i], f) for i, f in catalogue.fiches.items()]
    return [
        Morceau(fichier, f"sources.{cle}.{nom}", getattr(source, nom))
        for fichier, holder in [*holders, ("fiches/glossaire.yml", catalogue.glossaire)]
        for cle, source in holder.sources.items()
        for nom in ("titre", "editeur", "note")
        if getattr(source, nom)
    ]


def des_listes(catalogue: Catalogue) -> list[Morceau]:
    """Glossary, vocabularies and exclusions."""
    found = [
        *_of_model("fiches/glossaire.yml", catalogue.glossaire),
        *_of_model("fiches/exclusions.yml", catalogue.exclusions),
    ]
    for nom, liste in catalogue.vocabulaires.items():
        found += _of_model(f"fiches/vocabulaires/{nom}.yml", liste)
    return found


def des_pages() -> list[Morceau]:
    """Prose of the hand-written pages, of CONTRIBUTING.md and of the French part of README.md."""
    found = []
    for path in [*sorted((RACINE / "docs").rglob("*.md")), RACINE / "CONTRIBUTING.md", RACINE / "README.md"]:
        fichier = path.relative_to(RACINE).as_posix()
        source = path.read_text(encoding="utf-8").split("\n## In English")[0]
        if source.startswith("---\n"):
            _, head, source = source.split("---\n", 2)
            found += [
                Morceau(fichier, nom, str(valeur))
                for nom, valeur in yaml.safe_load(head).items()
                if isinstance(valeur, str)
            ]
        source = re.sub(
            r'^ *(?:===|[!?]{3}\+?)(?: \w+)? "(.*)"$', r"\1", source, flags=re.MULTILINE
        )  # onglets, encadrés
        source = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "…", source, flags=re.DOTALL)
        found += [Morceau(fichier, f"ligne {ligne}", texte) for ligne, texte in _prose(source)]
    return found


def _inline(token: Token) -> str:
    if token.type == "text":
        return token.content
    return {"softbreak": "\n", "hardbreak": "\n", "code_inline": "…"}.get(token.type, "")


def _prose(source: str) -> Iterator[tuple[int, str]]:
    """Yield the text of each block of a Markdown page: no code, no link target, no HTML tag."""
    for token in MarkdownIt("commonmark").enable("table").parse(source):
        if token.type == "inline":
            yield (token.map or [0])[0] + 1, "".join(_inline(t) for t in token.children or [])
        elif token.type == "html_block":
            html = re.sub(r"<(script|style)\b.*?</\1>", " ", token.content, flags=re.DOTALL)
            texte = unescape(" ".join([*re.findall(_ATTRIBUTES, html), re.sub(r"<[^>]*>", " ", html)]))
            yield (token.map or [0])[0] + 1, texte


def des_aides() -> list[Morceau]:
    """Help of the fields, that the page of the fields shows."""
    return [
        Morceau(f"macros/modeles ({type_})", nom, info.description or "")
        for type_, modele in TYPES.items()
        for nom, info in modele.model_fields.items()
        if nom not in _IDENTIFIERS
    ]


def _identifiers(modele: type[Modele]) -> set[str]:
    """Names of the fields of the models, and the values that their fixed lists accept."""
    found = set(modele.model_fields)
    for info in modele.model_fields.values():
        found |= set(re.findall(r"'([a-z-]+)'", str(info.annotation)))
    return found.union(*(_identifiers(child) for child in modele.__subclasses__()))


def des_messages() -> list[Morceau]:
    """French strings of the code: messages, labels, headings. English docstrings have no accent nor French quote."""
    found = []
    names = re.compile(
        rf"(?<![\w-])(?:{'|'.join(sorted(_identifiers(Modele), key=len, reverse=True))})(?![\w-])|python3 \S+ \w+|\S+/\S+"
    )
    for path in sorted((RACINE / "macros").rglob("*.py")):
        fichier = path.relative_to(RACINE).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                texte = re.sub(r"<[^>]*>", "…", names.sub("…", node.value))
                if " " in texte and re.search(r"[à-ÿœ’]", texte) and not re.search(r"\\|\(\?", texte):
                    found.append(Morceau(fichier, f"ligne {node.lineno}", texte))
    return found


@cache
def des_gabarits() -> tuple[Morceau, ...]:
    """Text of the templates: what stands between tags, in read attributes, and strings that hold a sentence."""
    found = []
    environment = Environment()
    for path in [*sorted((RACINE / "macros/gabarits").rglob("*.html")), *sorted((RACINE / "theme").rglob("*.html"))]:
        fichier = path.relative_to(RACINE).as_posix()
        data, lines = "", {}
        for ligne, kind, value in environment.lex(path.read_text(encoding="utf-8")):
            if kind == "data":
                data += value
            elif kind == "string" and " " in value and not re.search(r"[<>{}=/#%_]|--|\d \d", value):
                found.append(Morceau(fichier, f"ligne {ligne}", value[1:-1]))
            elif kind in ("variable_begin", "block_begin"):
                data += "\x00"
            lines[len(data)] = ligne
        data = re.sub(r"<(script|style|svg|symbol)\b.*?</\1>", " ", data, flags=re.DOTALL)
        for texte in [*re.findall(_ATTRIBUTES, data), *re.split(r"<[^>]*>", data)]:
            for piece in texte.split("\x00"):
                # A tag opened before an expression is closed after it: such a remainder is not prose.
                if re.search(r"\w", piece) and not re.search(r"[<>=\"]", piece):
                    words = unescape(piece)
                    found.append(Morceau(fichier, f"« {' '.join(words.split())[:40]} »", words))
    return tuple(found)
