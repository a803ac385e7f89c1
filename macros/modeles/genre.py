"""What a kind of fiche is, beside its fields: said once, on its model; pages, forms, exports and scripts read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Couleurs:
    """Colour of a kind and of its background, in the light theme, which is also that of paper, then in the dark one."""

    claire: str
    fond_clair: str
    sombre: str
    fond_sombre: str


@dataclass(frozen=True)
class Offre:
    """What a kind brings to a step of the course of a project. ``un``: one of them, with its article."""

    cle: str
    titre: str
    un: str


CADRE = Offre("cadre", "Règle à connaître", "une règle")
"""A framework (ZAN, SCoT…) is not a support to ask for: no step is expected to offer one."""
EXEMPLE = Offre("exemple", "Ils l’ont fait", "un exemple")


@dataclass(frozen=True)
class Colonne:
    """A column of the open data: its stable name, what it holds, its Table Schema type and format.

    ``chemin``: field, or « field.part », when the name of the column is not its own. ``borne``: the lowest (0) or the
    highest (1) figure that the sources give; ``axe``: longitude (0) or latitude (1), when there is one place.
    """

    nom: str
    aide: str
    chemin: str = ""
    genre: str = "string"
    requise: bool = False
    format: str = ""
    borne: int | None = None
    axe: int | None = None


@dataclass(frozen=True)
class Partie:
    """A page of a fiche that is too long for one: end of its address (none: that of the fiche), title, and the fields
    without which there is no such page. ``entiere``: it holds all the others, to be printed."""

    cle: str
    titre: str
    champs: tuple[str, ...] = ()
    entiere: bool = False


@dataclass(frozen=True)
class Genre:
    """A kind of fiche.

    ``rang``: order in which readers meet the kinds; ``rang_theme``: on the page of a theme, under ``titre_theme``.
    ``nom``: value of ``type``, name of the template, of the symbol and of the JSON Schema. Both names take an « s »,
    unless ``pluriels`` says how they are written.
    ``usage``: what a fiche of this kind is about, after « Dispositif : ».
    ``rubrique``: entry of the navigation under which the pages stand, title and address.
    ``delais``: what is checked → how readers are told, and months after which to check it again.
    ``questions`` and ``renvois``: fields that a new fiche asks for, and references that it proposes.
    ``validite``: what « Cela vaut-il encore ? » proposes. ``initiale``: its letter, when another kind begins the same.
    ``liste_ecrite``: the page that lists them is ``docs/<pluriel>/index.md``; without it, one is made.
    ``planche``: where its symbol stands on the drawing of the home page.
    ``parties``: its pages, in order, when it has several.
    """

    rang: int
    nom: str
    libelle: str
    usage: str
    rubrique: tuple[str, str]
    couleurs: Couleurs
    delais: Mapping[str, tuple[str, int]]
    rang_theme: int = 99
    titre_theme: str = ""
    offres: tuple[Offre, ...] = ()
    questions: tuple[str, ...] = ()
    renvois: tuple[str, ...] = ()
    validite: str = "en-vigueur"
    colonnes: tuple[Colonne, ...] = ()
    pluriels: tuple[str, str] | None = None
    initiale: str = ""
    liste_ecrite: bool = False
    planche: tuple[int, int] | None = None
    parties: tuple[Partie, ...] = (Partie("", ""),)

    @property
    def lettre(self) -> str:
        """What tells the kind in the link of a selection."""
        return self.initiale or self.nom[0]

    @property
    def pluriel(self) -> str:
        """Folder of the fiches, and start of their addresses."""
        return self.pluriels[0] if self.pluriels else f"{self.nom}s"

    @property
    def libelle_pluriel(self) -> str:
        """What several are called."""
        return self.pluriels[1] if self.pluriels else f"{self.libelle}s"

    @property
    def phrase(self) -> str:
        """``usage``, as a sentence that stands alone."""
        return self.usage[:1].upper() + self.usage[1:]
