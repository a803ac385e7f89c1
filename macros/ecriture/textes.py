"""Texts of fiches -> safe HTML: restricted Markdown, citations turned into note calls, then an allow-list.

A fiche is untrusted: no raw HTML, no attribute list, no snippet, no link but to a public site or a mailbox.
"""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup

from macros.ecriture.typographie import typographier
from macros.modeles import Source
from macros.modeles.partage import FICHE
from macros.regles.citations import CITATION

# What stands for a citation while Markdown is read: a text cannot write it, since it changes with each process.
_SECRET = secrets.token_hex(8)
_PLACE = re.compile(f"\ue000{_SECRET}(\\d+)\ue001")
_LIEN_SUR = FICHE.motif("adresse_de_lien")
_SPECIAL = re.compile(r"[*_`\[\]\\<>\n]")
# Possessive, and begun at the first space of a run only: thousands of spaces are read once, not once from each of them.
_CALL = re.compile(r"(?<![ \t\u00a0])[ \t\u00a0]*+\n?[ \t]*+" + CITATION.pattern)
# What Notes.appel writes: the note calls of one statement, then the mark of our own proposals.
_APPELS = re.compile(r'(?:<sup class="appel">.*?</sup>(?:<a class="appel-kit".*?</a>)?|<a class="appel-kit".*?</a>)')
_ANCRE = re.compile(r' id="appel-[^"]*"')
_BLOC = re.compile(r"(?=<(?:li|p|d[dt]|t[dh])\b)")
ASSEZ = 3
"""Calls spared from which it is worth saying, at the head of a page, what it rests on."""
_LINK = re.compile(r"\[([^\[\]]*)\]\([^)]*\)")
_TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "br"}


def _markdown() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False})
    # No entity: what is read, checked and searched is what stands in the file, « &shy; » included.
    parser.enable(["emphasis", "link", "list", "newline", "escape"])
    parser.validateLink = lambda url: _LIEN_SUR.fullmatch(url) is not None  # type: ignore[method-assign]

    def text(self: RendererHTML, tokens: list[Token], index: int, *_: object) -> str:
        del self
        return escape(typographier(tokens[index].content), quote=False)

    parser.add_render_rule("text", text)
    return parser


_MARKDOWN = _markdown()


class Notes:
    """Numbers of the sources of one page, in the order of its fiche, then of other fiches quoted on it."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.entrees: dict[str, tuple[int, Source]] = {
            cle: (rang, source) for rang, (cle, source) in enumerate(sources.items(), 1)
        }
        self.kit = False
        self._called: set[str] = set()

    def ajouter(self, prefixe: str, sources: Mapping[str, Source]) -> None:
        """Make room for the sources of another fiche, under ``prefixe``-s1; the same publication keeps its number."""
        known = {(s.titre, s.url, s.document): rang for rang, s in self.entrees.values()}
        for cle, source in sources.items():
            name = f"{prefixe}-{cle}"
            if name not in self.entrees:
                rang = known.get((source.titre, source.url, source.document))
                self.entrees[name] = (rang or max(n for n, _ in self.entrees.values()) + 1, source)

    def appel(self, cles: list[str], prefixe: str = "") -> str:
        """Return the HTML of a note call for ``cles``; unknown keys (refused earlier) are left out."""
        calls, kit = [], ""
        for cle in cles:
            if cle == "kit":
                self.kit = True
                kit = '<a class="appel-kit" href="#note-kit" aria-label="proposition du kit">kit</a>'
                continue
            name = f"{prefixe}-{cle}" if prefixe else cle
            if name in self.entrees:
                calls.append(self._call(self._canonical(name)))
        html = f'<sup class="appel">{", ".join(dict.fromkeys(calls))}</sup>' if calls else ""
        return html + kit

    def _canonical(self, name: str) -> str:
        rang = self.entrees[name][0]
        return next(n for n, (r, _) in self.entrees.items() if r == rang)

    def _call(self, name: str) -> str:
        rang = self.entrees[name][0]
        anchor = "" if name in self._called else f' id="appel-{name}"'
        self._called.add(name)
        return f'<a href="#note-{name}"{anchor} aria-label="note {rang}">{rang}</a>'

    def liste(self) -> list[tuple[int, str, Source]]:
        """Return (number, key, source) once each, in order; of other fiches, only what is called here."""
        seen: dict[int, tuple[int, str, Source]] = {}
        for name, (rang, source) in self.entrees.items():
            seen.setdefault(rang, (rang, name, source))
        return [row for row in seen.values() if "-s" not in row[1] or row[1] in self._called]

    def appelee(self, name: str) -> bool:
        """Whether a call with an anchor was written for this note."""
        return name in self._called


def _isolate(texte: str) -> tuple[str, list[list[str]]]:
    """Replace each citation, with the space before it, by a placeholder that Markdown leaves alone."""
    groups: list[list[str]] = []

    def keep(found: re.Match[str]) -> str:
        groups.append([cle.strip() for cle in found[1].split(",")])
        return f"\ue000{_SECRET}{len(groups) - 1}\ue001"

    return _CALL.sub(keep, texte), groups


def appeler_une_fois(parties: Sequence[str]) -> tuple[str, list[str]]:
    """Return the call that the whole page rests on, or nothing, and its parts with fewer calls.

    Either statements in a row that rest on the same sources call them once, after the last; or, when fewer calls are
    left, the page says once the source that serves most (or that it is our own proposal), and every other call stays.
    """
    appels = [[a[0] for a in _APPELS.finditer(partie)] for partie in parties]
    nus = [[_ANCRE.sub("", a) for a in rangee] for rangee in appels]
    a_la_suite = sum(1 for rangee in nus for _ in groupby(rangee))
    seuls = Counter(a for rangee in nus for a in rangee if a.count("<a ") == 1)
    commun, compte = max(seuls.items(), key=lambda x: x[1], default=("", 0))
    if a_la_suite - (sum(map(len, nus)) - compte) < ASSEZ:
        return "", [appeler_a_la_suite(partie) for partie in parties]
    dits = [a for rangee in appels for a in rangee if _ANCRE.sub("", a) == commun]
    reste = [_APPELS.sub(lambda a: "" if _ANCRE.sub("", a[0]) == commun else a[0], partie) for partie in parties]
    return max(dits, key=len), ["".join(map(appeler_a_la_suite, _BLOC.split(partie))) for partie in reste]


def appeler_a_la_suite(html: str) -> str:
    """Several calls side by side count as one. The mark to which a source leads back follows the call that is kept."""
    appels = list(_APPELS.finditer(html))
    morceaux, reste, ancres = [], 0, ""
    for rang, appel in enumerate(appels):
        morceaux.append(html[reste : appel.start()])
        reste = appel.end()
        suivant = appels[rang + 1] if rang + 1 < len(appels) else None
        if suivant and _ANCRE.sub("", suivant[0]) == _ANCRE.sub("", appel[0]):
            ancres = max(ancres, appel[0], key=len)
            continue
        morceaux.append(max(ancres, appel[0], key=len))
        ancres = ""
    return "".join([*morceaux, html[reste:]])


def rendre_phrase(texte: str, notes: Notes | None, prefixe: str = "") -> Markup:
    """Render inline text. Without ``notes``, citations are dropped."""
    body, groups = _isolate(texte)
    if _SPECIAL.search(body):
        html = nh3.clean(
            _MARKDOWN.renderInline(body),
            tags=_TAGS - {"p", "ul", "ol", "li"},
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener",
        )
    else:
        html = escape(typographier(body), quote=False)
    return _restore(html, groups, notes, prefixe)


def rendre_texte(texte: str, notes: Notes | None, prefixe: str = "") -> Markup:
    """Render paragraphs and lists."""
    body, groups = _isolate(texte)
    html = nh3.clean(
        _MARKDOWN.render(body),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )
    return _restore(html, groups, notes, prefixe)


def _restore(html: str, groups: list[list[str]], notes: Notes | None, prefixe: str) -> Markup:
    def call(found: re.Match[str]) -> str:
        return notes.appel(groups[int(found[1])], prefixe) if notes else ""

    # nh3 writes unbreakable spaces as entities; as characters they weigh less and compare with plain text.
    return Markup(_PLACE.sub(call, html.replace("&nbsp;", "\u00a0")))


def texte_nu(texte: str) -> str:
    """Return plain text for titles, descriptions and exports: no citation, no Markdown, typography set."""
    body = CITATION.sub("", texte)
    body = _LINK.sub(r"\1", body)
    body = re.sub(r"(?<!\w)[*_]{1,3}|[*_]{1,3}(?!\w)", "", body)
    return typographier(" ".join(body.split()).replace(" .", ".").replace(" ,", ","))
