"""The outside addresses that the fiches and the pages quote, what an answer means, and the report. No network here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from macros.lecture.brute import lire
from macros.lecture.problemes import Chemin

Place = tuple[str, int]
"""File relative to the project, and line from 1."""
_ADRESSE = re.compile(r"https?://[^\s<>\"'\\{}|^`\])»]+(?<![.,;:!?…])")
_LOCALE = re.compile(r"https?://(?:127\.|localhost|exemple\.fr|(?:www\.)?example\.)")
"""Addresses of this machine, or made up to explain: nothing to check."""


@dataclass(frozen=True)
class Reponse:
    """What a server said: its HTTP ``code`` (0: no answer), where it led, and the words of a failure."""

    code: int
    arrivee: str = ""
    erreur: str = ""


ETATS = {
    "absente": "Pages qui n’existent plus",
    "injoignable": "Sites qui ne répondent pas",
    "erreur": "Sites en panne",
    "deplacee": "Adresses déplacées pour toujours",
    "refusee": "Sites qui refusent les robots (à ouvrir à la main)",
    "bonne": "Adresses bonnes",
}
"""State -> heading of the report, the most pressing first."""


def etat(adresse: str, reponse: Reponse) -> str:
    """Return the state of an address, one of ``ETATS``."""
    if reponse.code == 0:
        return "injoignable"
    if reponse.code in {404, 410}:
        return "absente"
    if reponse.code in {401, 403, 405, 406, 429, 451, 999}:
        return "refusee"
    if reponse.code >= 300:  # a redirection that was not followed leads out of the web, or in circles
        return "erreur"
    return "deplacee" if reponse.arrivee and _bare(reponse.arrivee) != _bare(adresse) else "bonne"


def _bare(adresse: str) -> str:
    """What two writings of one address share: no scheme, no www, no final slash."""
    return re.sub(r"^https?://(?:www\.)?", "", adresse.split("#", maxsplit=1)[0]).rstrip("/")


def relever(racine: Path) -> dict[str, list[Place]]:
    """Return every outside address of ``racine``/fiches and /docs, with the places that quote it."""
    found: dict[str, list[Place]] = defaultdict(list)
    for path in sorted((racine / "fiches").rglob("*.yml")):
        nom = path.relative_to(racine).as_posix()
        brut, _ = lire(nom, path.read_bytes())
        for chemin, texte in _texts(brut.donnees) if brut else ():
            for adresse in _addresses(texte):
                found[adresse].append((nom, brut.position(chemin).ligne if brut else 1))
    for path in sorted((racine / "docs").rglob("*.md")):
        for numero, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for adresse in _addresses(line):
                found[adresse].append((path.relative_to(racine).as_posix(), numero))
    return dict(sorted(found.items()))


def _texts(valeur: Any, chemin: Chemin = ()) -> Iterator[tuple[Chemin, str]]:
    if isinstance(valeur, str):
        yield chemin, valeur
    elif isinstance(valeur, (dict, list)):
        for cle, item in valeur.items() if isinstance(valeur, dict) else enumerate(valeur):
            yield from _texts(item, (*chemin, cle))


def _addresses(texte: str) -> Iterable[str]:
    return (found[0] for found in _ADRESSE.finditer(texte) if not _LOCALE.match(found[0]))


def rapport(places: Mapping[str, list[Place]], reponses: Mapping[str, Reponse], jour: str) -> str:
    """Return the report as Markdown: what to look at first, where each address is quoted."""
    par_etat: dict[str, list[str]] = defaultdict(list)
    for adresse, reponse in reponses.items():
        par_etat[etat(adresse, reponse)].append(adresse)
    lines = [f"# Adresses externes, {jour}", ""]
    lines += [f"- {titre} : {len(par_etat[nom])}" for nom, titre in ETATS.items()]
    for nom, titre in ETATS.items():
        if nom == "bonne" or not par_etat[nom]:
            continue
        lines += ["", f"## {titre}", ""]
        for adresse in sorted(par_etat[nom]):
            reponse = reponses[adresse]
            suite = f" → <{reponse.arrivee}>" if nom == "deplacee" else f" ({reponse.erreur or reponse.code})"
            lines.append(f"- <{adresse}>{suite}")
            lines += [f"  - {fichier}:{ligne}" for fichier, ligne in places.get(adresse, ())]
    return "\n".join(lines) + "\n"
