"""Raw data -> model, with every pydantic error worded in French: what is wrong, what is accepted, the nearest name."""

from __future__ import annotations

import types
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from macros.lecture.brute import Brut
from macros.lecture.invisibles import caracteres_caches
from macros.lecture.problemes import Chemin, Probleme, nom_de_champ, remede
from macros.modeles.partage import FICHE
from macros.modeles.types import ATTENDUS, Modele

M = TypeVar("M", bound=Modele)
Contexte = dict[str, Any]


def valider(modele: type[M], fichier: str, brut: Brut) -> tuple[M | None, list[Probleme]]:
    """Build ``modele`` from ``brut``. Return it (None when invalid) and all its problems."""
    caches = [Probleme(fichier, brut.position(c), nom_de_champ(c), m) for c, m in caracteres_caches(brut.donnees)]
    try:
        valide = modele.model_validate(brut.donnees)
    except ValidationError as error:
        details = [d for d in error.errors(include_url=False) if not _echo(d)]
        return None, [*caches, *(_probleme(modele, fichier, brut, detail) for detail in details)]
    return (None, caches) if caches else (valide, [])


def _echo(detail: ErrorDetails) -> bool:
    """Whether pydantic counts a list as too short only because its items are wrong, which it also says."""
    return detail["type"] == "too_short" and bool(detail["input"])


def _probleme(modele: type[Modele], fichier: str, brut: Brut, detail: ErrorDetails) -> Probleme:
    chemin: Chemin = tuple(part for part in detail["loc"] if part != "[key]")
    message = _message(modele, chemin, detail)
    return Probleme(fichier, brut.position(chemin), nom_de_champ(chemin), message)


def _message(modele: type[Modele], chemin: Chemin, detail: ErrorDetails) -> str:
    genre, saisie = detail["type"], detail["input"]
    if genre == "literal_error" and not isinstance(saisie, str):
        genre = "string_type"
    contexte: Contexte = {**detail.get("ctx", {}), "saisie": _shorten(saisie), "taille": len(str(saisie).strip())}
    if genre == "string_pattern_mismatch":
        contexte["attendu"] = ATTENDUS[contexte["pattern"]]
    message = FICHE.dire(genre, **contexte)  # too_long, too_short… : les noms de pydantic
    if genre == "extra_forbidden":
        return f"{message} {remede(str(chemin[-1]), _fields_at(modele, chemin[:-1]))}".rstrip()
    if genre == "literal_error":
        admis = [a for a in str(contexte.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ") if a]
        return f"{message} {remede(str(saisie), admis)}"
    return message


def _shorten(value: Any) -> str:
    texte, limite = str(value).strip(), FICHE["limites"]["saisie"]
    return texte if len(texte) <= limite else texte[: limite - 3] + "…"


def _fields_at(modele: type[BaseModel], chemin: Chemin) -> list[str]:
    """Names of the fields accepted at ``chemin``."""
    current: Any = modele
    for part in chemin:
        if isinstance(current, type) and issubclass(current, BaseModel):
            info = current.model_fields.get(str(part))
            current = info.annotation if info else None
        else:
            current = _item_type(current)
        current = _unwrap(current)
    if isinstance(current, type) and issubclass(current, BaseModel):
        return list(current.model_fields)
    return []


def _item_type(annotation: Any) -> Any:
    args = get_args(annotation)
    return (args[1] if get_origin(annotation) is dict else args[0]) if args else None


def _unwrap(annotation: Any) -> Any:
    while get_origin(annotation) in (Union, types.UnionType, Annotated):
        annotation = next(a for a in get_args(annotation) if a is not type(None))
    return annotation
