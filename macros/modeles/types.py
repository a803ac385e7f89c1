"""Building blocks of the fiche models: constrained scalars and the marks that later rooms read.

A mark (``Enonce``, ``Reference``, ``Vocabulaire``, ``CleDeSource``, ``CodeDeLieu``) is metadata on a type.
It checks nothing here: rules that need more than one field read it through ``macros.modeles.parcours``.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict, dataclass
from typing import Annotated, Any, LiteralString

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic.config import JsonDict
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from macros.modeles.partage import COMMUN, FICHE


class Modele(BaseModel):
    """Base of every model: unknown fields refused, instances frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


@dataclass(frozen=True)
class _Marque:
    """A mark stands in the JSON Schema of its value, under its own name: ``x-reference``, ``x-enonce``…"""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), f"x-{type(self).__name__.lower()}": asdict(self)}


@dataclass(frozen=True)
class Enonce(_Marque):
    """Mark of a text in restricted Markdown that may cite sources (``[s1]``, ``[s1, s2]``, ``[kit]``).

    ``cite``: a published fiche must cite at least one source in each paragraph.
    ``bloc``: several paragraphs and lists allowed; otherwise inline only.
    """

    cite: bool = True
    bloc: bool = False


@dataclass(frozen=True)
class Vocabulaire(_Marque):
    """Mark of an identifier taken from ``fiches/vocabulaires/<nom>.yml``."""

    nom: str


@dataclass(frozen=True)
class Reference(_Marque):
    """Mark of a fiche id. ``types``: kinds allowed (empty: any). ``relation``: said of the target on this
    page; ``inverse``: heading of the reverse links on the target's page."""

    types: tuple[str, ...]
    relation: str
    inverse: str


@dataclass(frozen=True)
class CleDeSource(_Marque):
    """Mark of a key of the fiche's ``sources`` map, or ``kit`` (our own proposal)."""


@dataclass(frozen=True)
class Illustration(_Marque):
    """Mark of a file name under ``docs/assets/illustrations/``."""


@dataclass(frozen=True)
class Saisie(_Marque):
    """Mark of a value that is typed as text and read as something else, or checked further: entier, jour, url…"""

    genre: str


def champ(
    aide: str,
    exemple: Any,
    *,
    defaut: Any = ...,
    si_vide: str | None = None,
    a_demander: bool = False,
    **contraintes: Any,
) -> Any:
    """Declare a field once: French help, a real example, and what the page says when it is empty.

    ``si_vide`` names what is missing, for contributors; with ``a_demander`` (cost, contact, calendar), for readers too.
    """
    extra: JsonDict | None = {"si_vide": si_vide, "a_demander": a_demander} if si_vide else None
    return Field(default=defaut, description=aide, examples=[exemple], json_schema_extra=extra, **contraintes)


ATTENDUS: dict[str, str] = {}
"""Pattern -> what it asks for, as a message says it: filled by ``forme``."""


def forme(motif: str, attendu: str, *, max_length: int | None = None) -> StringConstraints:
    """Constrain a text to a pattern, and say in French what is expected, for the message and the JSON Schema."""
    ATTENDUS[motif] = attendu
    return StringConstraints(pattern=motif, max_length=max_length)


def faute(genre: LiteralString) -> PydanticCustomError:
    """Return the error of this type, whose message is in ``partage/fiche.yml`` under the same name."""
    return PydanticCustomError(genre, genre)


def _real_date(value: str) -> str:
    parts = [int(part) for part in value.split("-")]
    try:
        dt.date(*[*parts, 1, 1][:3])
    except ValueError:
        raise faute("date_impossible") from None
    return value


ENTIER, NOMBRE = r"^-?[0-9]{1,9}$", r"^-?[0-9]{1,13}([.,][0-9]{1,4})?$"


def _integer(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(ENTIER, value):
            raise faute("entier_attendu")
        return int(value)
    return value


def _number(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(NOMBRE, value):
            raise faute("nombre_attendu")
        return float(value.replace(",", "."))
    return value


def _boolean(value: Any) -> Any:
    if isinstance(value, str):
        known = {"oui": True, "true": True, "non": False, "false": False}
        if value.lower() not in known:
            raise faute("booleen_attendu")
        return known[value.lower()]
    return value


_ADRESSE = FICHE.motif("adresse")


def _safe_url(value: str) -> str:
    if not _ADRESSE.fullmatch(value):
        raise faute("url_refusee")
    return value


Libelle = Annotated[str, StringConstraints(min_length=1, max_length=160)]
"""Short plain text, without markup nor citation."""
Phrase = Annotated[str, StringConstraints(min_length=1, max_length=700), Enonce()]
"""One statement, inline Markdown, at least one citation when published."""
PhraseLibre = Annotated[str, StringConstraints(min_length=1, max_length=700), Enonce(cite=False)]
"""One sentence that may cite but need not (accroche, what we do not know)."""
Texte = Annotated[str, StringConstraints(min_length=1, max_length=6000), Enonce(bloc=True)]
"""Paragraphs, each with at least one citation when published."""
IDENTIFIANT: str = COMMUN["motifs"]["identifiant"]
IDENTIFIANT_MAX = 80
Identifiant = Annotated[
    str,
    forme(
        IDENTIFIANT,
        "des minuscules sans accent, des chiffres et des tirets, par exemple atelier-flash",
        max_length=IDENTIFIANT_MAX,
    ),
]
"""Lower-case words joined by hyphens, without accents."""
DatePartielle = Annotated[
    str,
    forme(r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", "une date AAAA, AAAA-MM ou AAAA-MM-JJ, par exemple 2021-10-20"),
    AfterValidator(_real_date),
    Saisie("date"),
]
"""ISO 8601 date, month or year: 2025-11-07, 2025-11 or 2025."""
Jour = Annotated[
    str,
    forme(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "un jour AAAA-MM-JJ, par exemple 2026-11-22"),
    AfterValidator(_real_date),
    Saisie("jour"),
]
"""ISO 8601 day."""
Heure = Annotated[str, forme(COMMUN["motifs"]["heure"], "une heure HH:MM, par exemple 08:30")]
"""Local time, 24 hours: 08:30."""
Entier = Annotated[int, BeforeValidator(_integer), Saisie("entier")]
Nombre = Annotated[float, BeforeValidator(_number), Saisie("nombre")]
Booleen = Annotated[bool, BeforeValidator(_boolean), Saisie("oui-non")]
CodeDeLieu = Annotated[
    str,
    forme(
        r"^[0-9][0-9AB][0-9]{0,7}$",
        "un code INSEE de commune (59464), un SIREN d’EPCI (200072544) ou un département (59, 2A)",
    ),
]
NomDImage = Annotated[
    str,
    forme(
        r"^[a-z0-9][a-z0-9-]*\.(svg|png|jpg|webp)$",
        "un nom de fichier svg, png, jpg ou webp, en minuscules et sans espace",
    ),
    Illustration(),
]
Courriel = Annotated[
    str,
    forme(
        r"^[a-zA-Z0-9._+-]+@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+$",
        "une adresse électronique, par exemple contact@exemple.fr",
    ),
]
Telephone = Annotated[
    str,
    forme(
        r"^0[0-9]( [0-9]{2}){4}$|^3[0-9]{3}$",
        "un numéro à dix chiffres groupés par deux, par exemple 03 20 00 00 00",
    ),
]
Url = Annotated[str, StringConstraints(max_length=500), AfterValidator(_safe_url), Saisie("url")]
"""Absolute http or https address."""
Cle = Annotated[str, forme(r"^(s[1-9][0-9]?|kit)$", "une clé de source (s1, s2…) ou kit"), CleDeSource()]
"""Key of ``sources``, or ``kit``."""
_UNE_CLE = "une clé de source : s1, s2, s3…"
CleDeclaree = Annotated[str, forme(r"^s[1-9][0-9]?$", _UNE_CLE)]
CleDuGlossaire = Annotated[str, forme(r"^s[1-9][0-9]?[0-9]?$", _UNE_CLE)]
