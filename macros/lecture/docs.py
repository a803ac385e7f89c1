"""What ``docs/`` may hold: written pages, sheets, scripts, pictures and schemas. Nothing else is published.

MkDocs copies every file it finds there, and follows links: a link to ``/proc/self/environ`` would publish a machine's
secrets, a drawing could bring a script in.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from macros.lecture.problemes import Position, Probleme

EXTENSIONS = ("css", "ico", "jpg", "js", "json", "md", "png", "svg", "txt", "webp", "woff2")
OCTETS_SVG = 2_000_000
"""A drawing beyond this size is not read: nobody draws by hand what would fill it."""
_SVG = "http://www.w3.org/2000/svg"
_BALISES = re.compile(
    "svg|g|defs|symbol|use|title|desc|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|clipPath|mask|pattern"
    "|linearGradient|radialGradient|stop|marker"
)


def verifier(docs: Path) -> Iterator[Probleme]:
    """Yield what is to be taken out of ``docs``; hidden files, which MkDocs leaves aside, are not looked at."""
    for dossier, sous_dossiers, noms in os.walk(docs):
        sous_dossiers[:] = sorted(nom for nom in sous_dossiers if not nom.startswith("."))
        for nom in [*(n for n in sous_dossiers if (Path(dossier) / n).is_symlink()), *sorted(noms)]:
            if not nom.startswith("."):
                place = Path(dossier) / nom
                yield from (_probleme(docs, place, m, ligne) for ligne, m in _faults(place))


def _probleme(docs: Path, place: Path, message: str, ligne: int) -> Probleme:
    return Probleme(place.relative_to(docs.parent).as_posix(), Position(ligne), "", message)


def _faults(place: Path) -> Iterator[tuple[int, str]]:
    if place.is_symlink():
        yield 1, "raccourci vers un autre fichier, qui serait publié. Mettez à sa place le fichier lui-même."
    elif not place.is_file():
        yield 1, "ni fichier, ni dossier. Retirez-le."
    elif (extension := place.suffix.removeprefix(".")) not in EXTENSIONS:
        admises = ", ".join(EXTENSIONS)
        yield 1, f"extension « {extension} » : docs/ ne publie que {admises}. Changez de format, ou retirez le fichier."
    elif extension == "svg":
        yield from _drawing(place)


def _drawing(place: Path) -> Iterator[tuple[int, str]]:
    if place.stat().st_size > OCTETS_SVG:
        yield 1, f"dessin de plus de {OCTETS_SVG // 1_000_000} Mo. Simplifiez-le."
        return
    parseur = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        arbre = etree.parse(place, parseur)
    except (etree.XMLSyntaxError, OSError) as erreur:
        yield int(getattr(erreur, "lineno", 0) or 1), "dessin illisible, ce n’est pas du SVG bien formé. Réexportez-le."
        return
    if getattr(arbre.docinfo, "doctype", "") or arbre.xpath("//processing-instruction()"):
        yield 1, "un dessin n’a ni type, ni entité, ni feuille (<!DOCTYPE>, <?xml-stylesheet>). Retirez ces lignes."
        return
    for noeud in arbre.iter(etree.Element):
        yield from ((int(str(noeud.sourceline or 1)), message) for message in _refusals(noeud))


def _refusals(noeud: etree._Element) -> Iterator[str]:
    nom = etree.QName(noeud)
    if nom.namespace != _SVG or not _BALISES.fullmatch(nom.localname):
        yield (
            f"« {nom.localname} » n’est pas admis dans un dessin, qui ne contient que des tracés et du texte. "
            "Retirez-le."
        )
        return
    for attribut, valeur in ((etree.QName(str(a)).localname, str(v).lower()) for a, v in noeud.attrib.items()):
        if attribut.lower().startswith("on"):
            yield f"« {attribut} » lancerait un programme. Retirez-le."
        elif (attribut == "href" and not valeur.startswith("#")) or re.search(r"url\((?!#)", valeur):
            yield f"« {attribut} » va chercher hors du dessin. Ne citez que ce qu’il contient (#…)."
