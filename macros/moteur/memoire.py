"""The catalogue of this process, loaded once a build by whoever comes first: the hooks, or ``define_env``."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from macros.catalogue.chargement import charger
from macros.catalogue.fige import Catalogue
from macros.ecriture.rendu import FIN_DE_TETE, Depot
from macros.ecriture.sections import Page, en_html
from macros.lecture.problemes import Probleme
from macros.moteur.devoirs.editeur import Editeur, lire

RACINE = Path(__file__).resolve().parents[2]
_JETON = re.compile(r'<div data-jeton="(\d+)"></div>')


@dataclass
class Memoire:
    """What one build shares between the hooks and the macros."""

    catalogue: Catalogue
    problemes: list[Probleme]
    depot: Depot = field(default_factory=Depot)
    jetons: dict[str, bytes] = field(default_factory=dict)
    """Number of a token -> HTML that waits for its page to be written, compressed: a site of it would fill the
    memory."""
    pages: dict[str, Page] = field(default_factory=dict)
    """Generated pages rendered so far, by address: the hooks take contents list and description from here."""
    crochets: bool = False
    """Whether hooks will put the HTML back in place of its token; without them, macros return HTML itself."""
    patiente: bool = False
    """Whether a page whose macro is wrong shows why in its place: while serving, instead of stopping."""
    ailleurs: Callable[[str, str], Page | None] = field(default=lambda _genre, _cle: None)
    """Gives a page already rendered by another process, if any."""
    _numeros: count[int] = field(default_factory=count)

    def deposer(self, html: str) -> str:
        """Keep ``html`` away from Markdown: return a token when hooks are there to replace it, else the HTML."""
        if not self.crochets:
            return html
        numero = str(next(self._numeros))
        self.jetons[numero] = zlib.compress(html.encode(), 1)
        return f'<div data-jeton="{numero}"></div>'

    def reprendre(self, html: str) -> str:
        """Put back what was kept, in place of its tokens."""
        return _JETON.sub(lambda found: zlib.decompress(self.jetons.pop(found[1])).decode(), html)

    def deposer_page(self, page: Page) -> str:
        """Keep a generated page for the hooks; return the token of its HTML."""
        self.pages[page.uri] = page
        return self.deposer(en_html(page, FIN_DE_TETE))


_courante: Memoire | None = None
_editeur = Editeur()


def memoire() -> Memoire:
    """Return the memory of this build, loading the catalogue if nobody did."""
    return _courante or recharger()


def source() -> Path:
    """Return the folder whose fiches are read."""
    return Path(os.environ.get("ACCOMPAGNER_RACINE", RACINE))


def recharger(racine: Path | None = None) -> Memoire:
    """Read the fiches again: once at the start of each build."""
    return remplacer(Memoire(*charger(racine or source())))


def remplacer(nouvelle: Memoire) -> Memoire:
    """Make ``nouvelle`` the memory of what comes next."""
    global _courante  # noqa: PLW0603 - one memory a process, on purpose (see the module docstring)
    _courante = nouvelle
    return nouvelle


def editeur() -> Editeur:
    """Return the publisher that the configuration of this build names."""
    return _editeur


def retenir_editeur(donnees: Any) -> list[str]:
    """Keep the publisher of ``extra.editeur``; return what is wrong with it, in French."""
    global _editeur
    _editeur, fautes = lire(donnees)
    return fautes
