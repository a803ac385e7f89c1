"""Raw data -> model, with every pydantic error worded in French: what is wrong, what is accepted, the nearest name."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from macros.lecture.brute import Brut
from macros.lecture.invisibles import caracteres_caches
from macros.lecture.problemes import Chemin, Probleme, nom_de_champ, remede
from macros.modeles.types import Modele

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
    genre = detail["type"]
    contexte: Contexte = {**detail.get("ctx", {}), "saisie": _shorten(detail["input"])}
    if genre == "extra_forbidden":
        admis = _fields_at(modele, chemin[:-1])
        return f"champ inconnu. {remede(str(chemin[-1]), admis)}".rstrip()
    if genre == "literal_error":
        admis = [a for a in str(contexte.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ") if a]
        return f"« {contexte['saisie']} » n’est pas admis. {remede(str(detail['input']), admis)}"
    return MESSAGES[genre](contexte)


def _shorten(value: Any) -> str:
    texte = str(value)
    return texte if len(texte) <= 60 else texte[:57] + "…"


def _pattern(contexte: Contexte) -> str:
    pattern = contexte["pattern"]
    attendu = next((phrase for motif, phrase in _PATTERNS if motif in pattern), "une autre forme")
    return f"« {contexte['saisie']} » n’a pas la forme voulue : {attendu}."


_PATTERNS = (
    (r"^[0-9]{4}(-", "une date AAAA, AAAA-MM ou AAAA-MM-JJ, par exemple 2021-10-20"),
    (r"^[0-9]{4}-[0-9]{2}-", "un jour AAAA-MM-JJ, par exemple 2026-11-22"),
    (r"([01][0-9]|2[0-3])", "une heure HH:MM, par exemple 08:30"),
    (r"^[a-z0-9]+(-", "des minuscules sans accent, des chiffres et des tirets, par exemple atelier-flash"),
    (r"^(s[1-9]", "une clé de source (s1, s2…) ou kit"),
    (r"^s[1-9]", "une clé de source : s1, s2, s3…"),
    (r"[0-9AB]", "un code INSEE de commune (59464), un SIREN d’EPCI (200072544) ou un département (59, 2A)"),
    (r"(svg|png", "un nom de fichier svg, png, jpg ou webp, en minuscules et sans espace"),
    (r"0[0-9]( ", "un numéro à dix chiffres groupés par deux, par exemple 03 20 00 00 00"),
    (r"@", "une adresse électronique, par exemple contact@exemple.fr"),
)

MESSAGES: dict[str, Callable[[Contexte], str]] = {
    "missing": lambda _: "champ obligatoire absent. Ajoutez-le.",
    "string_type": lambda _: (
        "un texte est attendu ici. Retirez la liste ou les sous-champs, ou mettez le texte entre guillemets."
    ),
    "tuple_type": lambda _: "une liste est attendue. Mettez chaque élément sur sa ligne, après un tiret.",
    "dict_type": lambda _: "des sous-champs « clé: valeur » sont attendus ici.",
    "model_type": lambda _: "des sous-champs « champ: valeur » sont attendus ici.",
    "string_too_short": lambda c: f"texte trop court (au moins {c['min_length']} caractères). Complétez-le.",
    "string_too_long": lambda c: (
        f"texte trop long (au plus {c['max_length']} caractères). Coupez-le ou répartissez-le."
    ),
    "too_short": lambda c: f"au moins {c['min_length']} élément attendu. Ajoutez-le.",
    "string_pattern_mismatch": _pattern,
    "greater_than_equal": lambda c: f"« {c['saisie']} » est trop petit : au moins {c['ge']}.",
    "less_than_equal": lambda c: f"« {c['saisie']} » est trop grand : au plus {c['le']}.",
    "int_type": lambda _: "un nombre entier est attendu.",
    "float_type": lambda _: "un nombre est attendu.",
    "bool_type": lambda _: "oui ou non est attendu.",
    "date_impossible": lambda c: f"la date « {c['valeur']} » n’existe pas. Vérifiez le mois et le jour.",
    "entier_attendu": lambda c: f"« {_shorten(c['valeur'])} » n’est pas un nombre entier. Écrivez par exemple 90.",
    "nombre_attendu": lambda c: f"« {_shorten(c['valeur'])} » n’est pas un nombre. Écrivez par exemple 2 ou 1,5.",
    "booleen_attendu": lambda c: f"« {_shorten(c['valeur'])} » n’est pas admis. Valeurs admises : oui, non.",
    "url_refusee": lambda c: (
        f"adresse refusée : « {c['valeur']} ». Écrivez une adresse http ou https complète, sans espace."
    ),
    "source_introuvable": lambda _: "la source ne se retrouve pas. Donnez url, ou document, ou note.",
    "chiffre_incomplet": lambda _: "donnez soit valeur, soit min et max (l’un des deux suffit).",
    "bornes_inversees": lambda _: "min dépasse max. Inversez-les.",
    "territoire_incoherent": lambda _: (
        "echelle et lieux ne vont pas ensemble. national : aucun lieu ; sinon au moins un."
    ),
    "critere_incomplet": lambda _: (
        "critère incomplet. Donnez question, parmi, si_non, phrase_oui et phrase_non ; ou bien toujours: oui et phrase."
    ),
    "cas_incomplet": lambda _: (
        "un cas demande demarche, et resultats ou enseignements. Sinon écrivez profondeur: reperage."
    ),
    "animation_sans_duree": lambda _: (
        "une animation demande duree et participants (au besoin une proposition, source: kit), ou une autre forme."
    ),
}
"""Error type -> message. A test fails when a model can raise a type that is not here."""


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
