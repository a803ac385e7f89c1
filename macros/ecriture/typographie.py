"""French typography, dates and numbers."""

from __future__ import annotations

import re
from functools import lru_cache

INSECABLE, FINE = "\u00a0", "\u202f"
MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\w)'(?=\w)|(?<=\w)'(?=[«»\s]|$)"), "’"),
    (re.compile(r"«[ \u00a0\u202f]*(?=\S)"), "«" + INSECABLE),
    (re.compile(r"(?<=\S)[ \u00a0\u202f]*»"), INSECABLE + "»"),
    (re.compile(r"(?:(?<=\S)|^)[ \u00a0\u202f]+([;!?])"), FINE + r"\1"),
    (re.compile(r"(?:(?<=\S)|^)[ \u00a0\u202f]+:"), INSECABLE + ":"),
    (re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))"), FINE),
    (re.compile(r"(?<=\d)[ \u00a0\u202f]+(?=[€%]|km\b|ha\b|m²|h\b|min\b)"), INSECABLE),
    (re.compile(r"(?<=\bh) (?=\d{2}\b)"), INSECABLE),
    (re.compile(r"(?<=\bn°) (?=\d)"), INSECABLE),
)
_NEEDS = re.compile(r"['«»;!?:€%°]|\d[ \u00a0]")


@lru_cache(maxsize=20_000)  # titles and labels come back on many pages
def typographier(texte: str) -> str:
    """Set apostrophes and unbreakable spaces as a French printer would.

    Source of the rules: Lexique des règles typographiques en usage à l’Imprimerie nationale.
    """
    if not _NEEDS.search(texte) and " h " not in texte:
        return texte
    for pattern, replacement in _RULES:
        texte = pattern.sub(replacement, texte)
    return texte


_TAG = re.compile(r"(<[^>]*>)")
_VERBATIM = ("code", "pre", "script", "style", "kbd", "textarea")


def typographier_html(html: str) -> str:
    """Set the typography of the text of an HTML fragment, leaving code and attributes alone."""
    parts = _TAG.split(html)
    depth = 0
    for rang, part in enumerate(parts):
        if rang % 2:
            nom = part.strip("</>").split(maxsplit=1)[0].lower() if part.strip("</>") else ""
            if nom in _VERBATIM:
                depth += -1 if part.startswith("</") else 1
        elif depth == 0:
            parts[rang] = typographier(part)
    return "".join(parts)


def date_lisible(date: str) -> str:
    """Write an ISO date, month or year in French: « 7 novembre 2025 », « mai 2018 », « 2019 »."""
    parts = date.split("-")
    if len(parts) == 1:
        return parts[0]
    mois = MOIS[int(parts[1]) - 1]
    if len(parts) == 2:
        return f"{mois} {parts[0]}"
    jour = "1er" if parts[2] == "01" else str(int(parts[2]))
    return f"{jour} {mois} {parts[0]}"


def nombre_lisible(nombre: float) -> str:
    """Write a number in French: « 20 000 », « 1,4 »."""
    if nombre == int(nombre):
        entier = int(nombre)
        return str(entier) if abs(entier) < 10_000 and entier < 1000 else f"{entier:,}".replace(",", FINE)
    return f"{nombre:,.4f}".rstrip("0").replace(",", FINE).replace(".", ",")


def accorder(nombre: float, singulier: str, pluriel: str | None = None) -> str:
    """Write « 1 fiche », « 12 fiches », « aucune » being left to the caller (0 takes the singular in French)."""
    mot = singulier if abs(nombre) < 2 else (pluriel or singulier + "s")
    return f"{nombre_lisible(nombre)}{INSECABLE}{mot}"


def enumerer(mots: list[str]) -> str:
    """Join words: « a, b et c »."""
    return mots[0] if len(mots) == 1 else ", ".join(mots[:-1]) + f" et {mots[-1]}" if mots else ""


def taille_lisible(octets: int) -> str:
    """Write a size in bytes as « 42 ko » or « 1,3 Mo », never « 0 ko »."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))}{INSECABLE}ko"
    return f"{octets / 1_000_000:.1f}{INSECABLE}Mo".replace(".", ",")
