"""HTML of a page -> plain Markdown: headings, paragraphs, lists, tables, links. Nothing else survives."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import html
from lxml.html import HtmlElement

Lien = Callable[[str], str | None]
"""Address in the page -> address to write, or None to keep the text alone."""

_IGNORES = {"svg", "script", "style", "template", "button", "input", "select", "textarea", "form", "img", "noscript"}
_TITRES = {f"h{n}": "#" * n for n in range(1, 7)}
_BLOCS = {
    *_TITRES,
    *(
        "article",
        "aside",
        "blockquote",
        "details",
        "div",
        "dl",
        "dd",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
    ),
    *("header", "hr", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "ul", "li"),
}
_SPECIAUX = re.compile(r"([\\`*_\[\]|])")
_DEBUT = re.compile(r"^(\d*)([#>+.)-])")
"""What Markdown would take for a heading, a quotation or an item at the start of a paragraph."""


def convertir(element: HtmlElement, lien: Lien = lambda adresse: adresse) -> str:
    """Return the Markdown of the content of ``element``, ended by one line feed."""
    return "\n\n".join(_blocs(element, lien)) + "\n"


def convertir_texte(source: str, lien: Lien = lambda adresse: adresse) -> str:
    """Return the Markdown of a piece of HTML."""
    return convertir(html.fragment_fromstring(source, create_parent="div"), lien)


def _blocs(element: HtmlElement, lien: Lien) -> list[str]:
    """Blocks of a container. Text between blocks becomes a paragraph."""
    blocs: list[str] = []
    courant = [_echapper(element.text)]
    for enfant in element:
        if isinstance(enfant.tag, str) and enfant.tag not in _IGNORES:
            if enfant.tag in _BLOCS or _contient_un_bloc(enfant):
                _paragraphe(courant, blocs)
                courant = []
                blocs += _bloc(enfant, lien)
            else:
                courant.append(_en_ligne(enfant, lien))
        courant.append(_echapper(enfant.tail))
    _paragraphe(courant, blocs)
    return blocs


def _contient_un_bloc(element: HtmlElement) -> bool:
    return any(e.tag in _BLOCS for e in element.iterdescendants())


def _paragraphe(morceaux: list[str], blocs: list[str]) -> None:
    texte = _tasser("".join(morceaux))
    if texte:
        blocs.append(_DEBUT.sub(r"\1\\\2", texte))


def _bloc(element: HtmlElement, lien: Lien) -> list[str]:
    return _ECRIVAINS.get(element.tag, _blocs)(element, lien)


def _titre(element: HtmlElement, lien: Lien) -> list[str]:
    texte = _tasser(_interieur(element, lien))
    return [f"{_TITRES[element.tag]} {texte}"] if texte else []


def _terme(element: HtmlElement, lien: Lien) -> list[str]:
    texte = _tasser(_interieur(element, lien)).replace("**", "")
    return [f"**{texte}**"] if texte else []


def _code(element: HtmlElement, _: Lien) -> list[str]:
    return ["```\n" + element.text_content().strip("\n") + "\n```"]


def _citation(element: HtmlElement, lien: Lien) -> list[str]:
    return [_prefixer("\n\n".join(_blocs(element, lien)), "> ")]


def _liste(element: HtmlElement, lien: Lien) -> list[str]:
    lignes, serree = [], True
    for rang, item in enumerate((e for e in element if e.tag == "li"), 1):
        blocs = _blocs(item, lien)
        if not blocs:
            continue
        serree = serree and len(blocs) == 1
        puce = f"{rang}." if element.tag == "ol" else "-"
        lignes.append(f"{puce:<4}" + _prefixer("\n\n".join(blocs), "    ").lstrip(" "))
    return [("\n" if serree else "\n\n").join(lignes)] if lignes else []


def _table(element: HtmlElement, lien: Lien) -> list[str]:
    rangs = [[_cellule(c, lien) for c in r if c.tag in {"th", "td"}] for r in element.iter("tr")]
    rangs = [r for r in rangs if r]
    if not rangs:
        return []
    largeur = max(map(len, rangs))
    lignes = ["| " + " | ".join([*r, *[""] * (largeur - len(r))]) + " |" for r in rangs]
    lignes.insert(1, "|" + " --- |" * largeur)
    legende = element.find("caption")
    titre = [f"**{texte}**"] if legende is not None and (texte := _tasser(_echapper(legende.text_content()))) else []
    return [*titre, "\n".join(lignes)]


def _cellule(element: HtmlElement, lien: Lien) -> str:
    return _tasser(_interieur(element, lien))


def _interieur(element: HtmlElement, lien: Lien) -> str:
    """Inline Markdown of everything inside, blocks included (in a cell or a heading, they only add a space)."""
    morceaux = [_echapper(element.text)]
    for enfant in element:
        if isinstance(enfant.tag, str) and enfant.tag not in _IGNORES:
            texte = _en_ligne(enfant, lien)
            morceaux.append(f" {texte} " if enfant.tag in _BLOCS else texte)
        morceaux.append(_echapper(enfant.tail))
    return "".join(morceaux)


def _en_ligne(element: HtmlElement, lien: Lien) -> str:
    if element.tag == "br":
        return " "
    if element.tag == "code":
        return f"`{_tasser(element.text_content())}`"
    texte = _interieur(element, lien)
    coeur = texte.strip()
    return texte.replace(coeur, _marquer(element, coeur, lien)) if coeur else texte


def _marquer(element: HtmlElement, coeur: str, lien: Lien) -> str:
    """Give ``coeur`` the mark of its element, unless it already holds one that would clash."""
    marque = {"strong": "**", "b": "**", "em": "*", "i": "*"}.get(element.tag, "")
    if marque:
        return coeur if "*" in coeur else f"{marque}{coeur}{marque}"
    if element.tag == "sup":
        return rf"\[{coeur}\]"
    if element.tag == "a" and "](" not in coeur:
        adresse = lien(element.get("href") or "")
        return f"[{_tasser(coeur)}]({adresse})" if adresse else coeur
    return coeur


def _echapper(texte: str | None) -> str:
    if not texte:
        return ""
    return _SPECIAUX.sub(r"\\\1", texte).replace("&", "&amp;").replace("<", "&lt;")


def _tasser(texte: str) -> str:
    """One line: French no-break spaces stay, other white space is a single space."""
    return re.sub(r"[ \t\r\n]+", " ", texte).strip(" ")


def _prefixer(texte: str, prefixe: str) -> str:
    return "\n".join(prefixe + ligne if ligne else ligne for ligne in texte.split("\n"))


_ECRIVAINS: dict[str, Callable[[HtmlElement, Lien], list[str]]] = {
    **dict.fromkeys(_TITRES, _titre),
    **dict.fromkeys(("ul", "ol"), _liste),
    **dict.fromkeys(("dt", "summary"), _terme),
    "table": _table,
    "pre": _code,
    "blockquote": _citation,
    "hr": lambda _element, _lien: ["---"],
}
