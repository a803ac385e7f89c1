"""A page is a list of sections: what engines receive. Pure data, with one writer per engine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

_ID = re.compile(r'\bid="([^"]+)"')


@dataclass(frozen=True)
class Section:
    """A part of a page. ``html`` carries its own heading when ``titre_inclus``; ``repli`` folds it, and says what it
    holds."""

    niveau: int
    id: str
    titre: str
    html: str
    titre_inclus: bool = False
    pleine_largeur: bool = False
    repli: str = ""


@dataclass(frozen=True)
class Page:
    """A generated page. ``uri`` ends with a slash and is relative to the site; ``source`` is the file to edit."""

    uri: str
    titre: str
    description: str
    entete: str
    sections: tuple[Section, ...]
    type: str = ""
    rubrique: str = ""
    fil: tuple[tuple[str, str], ...] = ()
    source: str = ""
    depend_de: frozenset[str] = field(default_factory=frozenset)
    donnees_liees: str = ""
    """What the page says of itself to search engines: JSON, safe in a script element."""
    fiche: str = ""
    """Title of the fiche of which this is a part; its own page is the last of ``fil``."""
    imprimer: str = ""
    """Address of the page that holds all of the fiche, to be printed."""

    @property
    def ancres(self) -> set[str]:
        """Ids of the sections."""
        return {s.id for s in self.sections}

    @property
    def reperes(self) -> list[str]:
        """Every id that a link may aim at, in order, but those of the notes."""
        trouves = (i for s in self.sections for i in (s.id, *_ID.findall(s.html)))
        return [i for i in dict.fromkeys(trouves) if not i.startswith(("note", "appel-"))]


def en_html(page: Page, marque: str = "") -> str:
    """Write the page as one HTML fragment. ``marque`` ends the part that spans the whole grid."""
    wide = [s for s in page.sections if s.pleine_largeur]
    rest = [s for s in page.sections if not s.pleine_largeur]
    head = [page.entete, *(_section_html(s) for s in wide)]
    return "\n".join([*head, *([marque] if wide else []), *(_section_html(s) for s in rest)])


def _section_html(section: Section) -> str:
    if section.titre_inclus:
        return section.html
    if section.repli:
        # The id is inside: a browser opens what it must show, and leaves alone the part that it is itself sent to.
        titre = f"<h{section.niveau}>{escape(section.titre, quote=False)}</h{section.niveau}>"
        resume = f'<summary>{titre}<span class="repli__compte">{escape(section.repli, quote=False)}</span></summary>'
        contenu = f'<div class="repli__texte" id="{section.id}">\n{section.html}\n</div>'
        return f'<details class="repli">{resume}{contenu}</details>'
    heading = f'<h{section.niveau} id="{section.id}">{escape(section.titre, quote=False)}</h{section.niveau}>'
    # No aria-labelledby: fifteen landmarks a page would hide the four that help.
    return f"<section>\n{heading}\n{section.html}\n</section>"


def en_markdown(page: Page) -> str:
    """Write the page for an engine without hooks: Markdown headings between HTML blocks give it a contents list."""
    lines = [
        f"---\ntitle: {_quoted(page.titre)}\ndescription: {_quoted(page.description)}\n---\n",
        un_bloc(page.entete),
    ]
    # What spans the whole grid comes first, as in ``en_html``.
    for section in sorted(page.sections, key=lambda s: not s.pleine_largeur):
        if not section.titre_inclus:
            lines.append(f"{'#' * section.niveau} {escape(section.titre, quote=False)} {{: #{section.id} }}")
        lines.append(un_bloc(section.html))
    return "\n\n".join(lines) + "\n"


_TEL_QUEL = re.compile(r"(<pre\b.*?</pre>|<textarea\b.*?</textarea>)", re.DOTALL)
_BLANCS = re.compile(r"[ \t\r\n]+")


def un_bloc(html: str) -> str:
    """Write HTML as one block of Markdown: on one line, since a blank one would end it; ``pre`` keeps its lines."""
    parts = _TEL_QUEL.split(html)
    done = [p.replace("\n", "&#10;") if rang % 2 else _BLANCS.sub(" ", p) for rang, p in enumerate(parts)]
    return f"<div>{''.join(done).strip()}</div>"


def _quoted(texte: str) -> str:
    return '"' + texte.replace("\\", "\\\\").replace('"', '\\"') + '"'


def sommaire(sections: Sequence[Section]) -> list[Section]:
    """Return the sections that belong in the contents list."""
    return [s for s in sections if s.titre]
