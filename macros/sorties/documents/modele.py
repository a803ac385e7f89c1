"""What a document is, before any format."""

from __future__ import annotations

from dataclasses import dataclass, field

NOMS_DE_FORMATS = {"odt": "ODT", "docx": "DOCX", "pdf": "PDF", "ods": "ODS", "xlsx": "XLSX"}


@dataclass(frozen=True)
class Cellule:
    """A cell of a spreadsheet: a text, a number, a date to type (``genre="date"``) or a formula of both formats.

    ``formule``: (cell of this sheet, days to add), the only formula that our sheets need.
    """

    texte: str = ""
    genre: str = "texte"
    formule: tuple[str, int] | None = None


@dataclass(frozen=True)
class Feuille:
    """A sheet: its columns as (heading, width in millimetres), its rows, and what may be typed in a column.

    ``choix``: column rank -> values offered by a drop-down list. ``avant``: rows above the headings.
    """

    nom: str
    colonnes: tuple[tuple[str, int], ...]
    lignes: tuple[tuple[Cellule, ...], ...]
    choix: dict[int, tuple[str, ...]] = field(default_factory=dict)
    avant: tuple[tuple[Cellule, ...], ...] = ()


@dataclass(frozen=True)
class Document:
    """A document of a kit, from one source: ``html`` for a text, ``feuilles`` for a spreadsheet, ``typst`` for a sheet
    to draw. ``date``: ISO date of the fiche, the only date a document bears, so that the same fiche gives the same
    bytes.
    """

    kit: str
    nom: str
    titre: str
    usage: str
    kit_titre: str
    date: str
    page: str
    html: str = ""
    feuilles: tuple[Feuille, ...] = ()
    typst: str = ""

    @property
    def formats(self) -> tuple[str, ...]:
        """Formats in which it is given, the State's own office format first."""
        if self.html:
            return ("odt", "docx", "pdf")
        return ("ods", "xlsx") if self.feuilles else ("pdf",)

    def chemin(self, format_: str) -> str:
        """Address of a file, relative to the site: its name still says what it is once downloaded."""
        return f"documents/{self.kit}/{self.nom}-{self.kit}.{format_}"


@dataclass(frozen=True)
class Fichier:
    """A file to offer: document, format, size in bytes."""

    document: Document
    format: str
    octets: int
