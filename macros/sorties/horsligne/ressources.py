"""What a page, a script or a style sheet loads, read from its text. Pure."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

_ATTRIBUT = re.compile(r'="([^"?#\s]+\.(?:css|js|json|svg|webp|png))"')
_IMPORT = re.compile(r'(?:\bfrom|\bimport)\s*["\']([^"\']+)["\']')
_CHAINE = re.compile(r'["\'`]([^"\'`\s]{1,200}\.(?:js|json|css|bin))["\'`]')
_URL = re.compile(r'url\(\s*["\']?([^"\')]+)["\']?\s*\)')
_SUIVIS = (".js", ".css")
"""Files whose text is read in turn."""


def de_page(texte: str) -> Iterator[str]:
    """Addresses that a page loads or gives to its scripts (``src``, ``href`` of ``link``, ``data-…``); not what it
    links to."""
    for trouve in _ATTRIBUT.finditer(texte):
        balise = texte.rfind("<", 0, trouve.start())
        if not texte.startswith("<a ", balise):
            yield trouve[1]


def de_fichier(chemin: str, texte: str, a_la_demande: bool) -> Iterator[str]:
    """Addresses that a script or a style sheet needs; ``a_la_demande`` adds what it only names, to ask for later."""
    if chemin.endswith(".css"):
        yield from _URL.findall(texte)
    else:
        yield from _IMPORT.findall(texte)
        if a_la_demande:
            yield from _CHAINE.findall(texte)


def resoudre(adresse: str, depuis: str, fichiers: Collection[str]) -> str | None:
    """File of the site that an address leads to, from the file that names it or from the root; None when there is
    none."""
    nom = unquote(adresse)
    for base in (posixpath.dirname(depuis), ""):
        cible = posixpath.normpath(posixpath.join(base, nom)).lstrip("/")
        if cible in fichiers:
            return cible
    return None


class Ressources:
    """The files of a built site, each read once for what it loads."""

    def __init__(self, site: Path, fichiers: Collection[str]) -> None:
        self._site, self.fichiers = site, fichiers
        self._connues: dict[tuple[str, bool], list[str]] = {}

    def atteintes(self, depart: Iterable[str], a_la_demande: bool) -> dict[str, None]:
        """Return ``depart`` and all that it loads, in the order in which files are met."""
        vues: dict[str, None] = {}
        reste = list(depart)[::-1]
        while reste:
            chemin = reste.pop()
            if chemin in vues:
                continue
            vues[chemin] = None
            reste.extend(cible for cible in self._chargees(chemin, a_la_demande) if cible not in vues)
        return vues

    def _chargees(self, chemin: str, a_la_demande: bool) -> list[str]:
        """Files that one loads, the last to be met first."""
        page = chemin.endswith(".html")
        if not page and not chemin.endswith(_SUIVIS):
            return []
        cle = (chemin, a_la_demande and not page)
        if cle not in self._connues:
            texte = (self._site / chemin).read_text(encoding="utf-8", errors="replace")
            adresses = set(de_page(texte) if page else de_fichier(chemin, texte, a_la_demande))
            trouvees = {cible for a in adresses if (cible := resoudre(a, chemin, self.fichiers))}
            self._connues[cle] = sorted(trouvees, reverse=True)
        return self._connues[cle]
