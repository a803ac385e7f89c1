"""The build: made-up fiches, the same pages already written in Markdown in a Material site as it comes, both timed in
pairs."""

from __future__ import annotations

import compileall
import os
import posixpath
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pypandoc
import yaml
from lxml import html
from mkdocs.utils.yaml import yaml_load

from mesures import EchecDeMesure, fabrique

_LAISSES = {"site", "tests", "mesures", "node_modules", "__pycache__"}
"""What a copy of the project leaves behind at its root, beside hidden files."""
_CONTENU = "//article[contains(@class, 'feuille')] | //*[contains(@class, 'accueil')] | //main"
"""Where the content of a page stands: the first in the page."""
_SANS_TEXTE = (
    "//nav | //svg | //script | //style | //template | //form | //button | //img | //noscript | //input | //select"
)
_DANS_UNE_LIGNE = "//th//* | //td//* | //caption//* | //dt//* | //summary//* | //h1//* | //h2//* | //h3//* | //h4//*"
"""What Markdown writes on one line: only links and text stay in it."""
_EN_MARKDOWN = "markdown_strict+pipe_tables-raw_html"
_LOT = 60
"""Pages given at once to pandoc, which takes longer to start than to convert one."""
_COUPURE = "coupureentredeuxpages"


@dataclass(frozen=True)
class Passage:
    """One run: seconds by the clock, and of processor, descendants included (they hardly feel other work on the
    machine)."""

    secondes: float
    processeur: float


def mesurer(racine: Path, travail: Path, n: int, paires: int) -> dict[str, Any]:
    """Measure ``n`` fiches in the empty folder ``travail``. Raises EchecDeMesure when something does not build."""
    projet, modele = travail / "projet", travail / "reference"
    copier(racine, projet)
    fabrique.fabriquer(projet, n)
    compileall.compile_dir(projet, quiet=2)  # as after any first run
    construire = {
        "nous": lambda: chronometrer(["scripts/site.py"], projet),
        "reference": lambda: chronometrer(["-m", "mkdocs", "build", "-q"], modele),
    }
    premiere = construire["nous"]()
    pages = ecrire_reference(projet / "site", projet, modele)
    faites: list[dict[str, Passage]] = []
    for rang in range(paires):  # who goes first changes every time
        faites.append({nom: construire[nom]() for nom in sorted(construire, reverse=bool(rang % 2))})
    return {
        "n": n,
        "pages": pages,
        "premiere": asdict(premiere),
        **{nom: _medianes([p[nom] for p in faites]) for nom in construire},
        "rapport": round(statistics.median(_rapports(faites, "secondes")), 3),
        "rapport_processeur": round(statistics.median(_rapports(faites, "processeur")), 3),
        "paires": [{nom: asdict(p[nom]) for nom in construire} for p in faites],
        "octets": {nom: _peser(place / "site") for nom, place in (("nous", projet), ("reference", modele))},
    }


def copier(racine: Path, projet: Path) -> None:
    """Copy the project, without what it builds nor what is not needed to build."""
    projet.mkdir(parents=True)
    for source in racine.iterdir():
        if source.name in _LAISSES or source.name.startswith("."):
            continue
        if source.is_dir():
            shutil.copytree(source, projet / source.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, projet / source.name)


def chronometrer(arguments: Sequence[str], dossier: Path) -> Passage:
    """Run Python on ``arguments`` in ``dossier``, whose ``site`` goes first. Raises EchecDeMesure when it fails."""
    shutil.rmtree(dossier / "site", ignore_errors=True)
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("ACCOMPAGNER_", "GITHUB_", "DEPOT_", "SITE_"))}
    avant, debut = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], cwd=dossier, env=environ, capture_output=True, check=False)
    secondes, apres = time.perf_counter() - debut, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        fin = (done.stdout + done.stderr).decode(errors="replace")[-3000:]
        raise EchecDeMesure(f"La commande mesurée a échoué : {' '.join(arguments)}\n{fin}")
    processeur = apres.ru_utime - avant.ru_utime + apres.ru_stime - avant.ru_stime
    return Passage(round(secondes, 2), round(processeur, 2))


def _medianes(passages: Sequence[Passage]) -> dict[str, float]:
    return {nom: statistics.median(getattr(p, nom) for p in passages) for nom in ("secondes", "processeur")}


def _rapports(paires: Iterable[dict[str, Passage]], mesure: str) -> list[float]:
    return [getattr(p["nous"], mesure) / getattr(p["reference"], mesure) for p in paires]


def _peser(site: Path) -> int:
    return sum(p.stat().st_size for p in site.rglob("*") if p.is_file())


def ecrire_reference(site: Path, projet: Path, destination: Path) -> int:
    """Write into ``destination`` the same pages as ``site`` in Markdown, and the settings of a beginner. Return how
    many.

    Links to an anchor lead to its page; anchors within a page and links to files that are not pages are left out.
    """
    pages = sorted(p.relative_to(site).as_posix() for p in site.rglob("index.html") if p.stat().st_size)
    connues = set(pages)
    for debut in range(0, len(pages), _LOT):
        lot = pages[debut : debut + _LOT]
        contenus = [_contenu((site / nom).read_bytes(), nom, connues) for nom in lot]
        for nom, texte in zip(lot, en_markdown(contenus), strict=True):
            place = (destination / "docs" / nom).with_suffix(".md")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(texte, encoding="utf-8")
    (destination / "mkdocs.yml").write_text(_reglages(projet / "mkdocs.yml", connues), encoding="utf-8")
    return len(pages)


def en_markdown(contenus: Sequence[str]) -> list[str]:
    """Convert pieces of HTML, together."""
    entree = f"<p>{_COUPURE}</p>".join(contenus)
    sortie = pypandoc.convert_text(
        entree, _EN_MARKDOWN, "html-native_divs-native_spans", ["--quiet", "--wrap=none", "--markdown-headings=atx"]
    )
    return [texte.strip() + "\n" for texte in sortie.split(_COUPURE)]


def _contenu(octets: bytes, nom: str, pages: set[str]) -> str:
    """The HTML of what a page says, links as MkDocs follows them, drawings and forms apart."""
    arbre: Any = html.document_fromstring(octets, parser=html.HTMLParser(encoding="utf-8"))
    contenu = arbre.xpath(f"({_CONTENU})[1]")[0]
    for element in contenu.xpath(f".{_SANS_TEXTE.replace('| ', '| .')}"):
        element.drop_tree()
    for lien in contenu.iter("a"):
        lien.set("href", lien_de_reference(lien.get("href", ""), nom, pages) or "")
    for element in contenu.xpath(f".{_DANS_UNE_LIGNE.replace('| ', '| .')} | .//a[not(@href) or @href='']"):
        if element.tag != "a" or not element.get("href"):
            element.tag = "span"
    return str(html.tostring(contenu, encoding="unicode"))


def lien_de_reference(adresse: str, nom: str, pages: set[str]) -> str | None:
    """Relative link to the Markdown file of the page that ``adresse`` leads to from the page ``nom``; outside addresses
    stay."""
    parts = urlsplit(adresse)
    if parts.scheme or parts.netloc:
        return adresse
    dossier = posixpath.dirname(nom)
    cible = posixpath.normpath(posixpath.join(dossier, unquote(parts.path), "index.html"))
    if not parts.path or cible not in pages:
        return None
    return posixpath.relpath(cible, dossier or ".").removesuffix(".html") + ".md"


def _reglages(mkdocs_yml: Path, pages: Iterable[str]) -> str:
    """Stock theme and search in French, our navigation, fiches out of it (one pattern a folder: their number costs
    nothing)."""
    with mkdocs_yml.open(encoding="utf-8") as flux:
        notres = yaml_load(flux)
    dehors = {re.sub(r"^([^/]+)/[^/]+/.*$", r"/\1/*/index.md", p.removesuffix(".html") + ".md") for p in pages}
    return yaml.safe_dump(
        {
            "site_name": notres["site_name"],
            "site_url": "https://exemple.fr/",
            "theme": {"name": "material", "language": "fr"},
            "plugins": [{"search": {"lang": "fr"}}],
            "nav": _feuilles(notres["nav"], lambda p: p if p.endswith("index.md") else f"{p[:-3]}/index.md"),
            "not_in_nav": "\n".join(sorted(p if p.startswith("/") else f"/{p}" for p in dehors)),
        },
        allow_unicode=True,
        sort_keys=False,
    )


def _feuilles(nav: Any, changer: Callable[[str], str]) -> Any:
    """The same navigation, its pages changed."""
    if isinstance(nav, list):
        return [_feuilles(entree, changer) for entree in nav]
    if isinstance(nav, dict):
        return {titre: _feuilles(entree, changer) for titre, entree in nav.items()}
    return nav if urlsplit(nav).scheme else changer(nav)


def tableau(mesure: dict[str, Any]) -> str:
    """The figures, in French: medians, and how the ratio spreads over the pairs."""
    paires = [{nom: Passage(**p[nom]) for nom in ("nous", "reference")} for p in mesure["paires"]]
    lignes = [
        f"Construction de {mesure['n']} fiches fabriquées, {mesure['pages']} pages : {len(paires)} paire(s), médianes.",
        "",
        f"{'':22}{'ce site':>12}{'Material nu':>14}   rapport : min, médiane, max",
    ]
    for cle, nom in (("secondes", "durée"), ("processeur", "temps de processeur")):
        rapports = _rapports(paires, cle)
        etendue = " – ".join(f"{r:.2f}" for r in (min(rapports), statistics.median(rapports), max(rapports)))
        lignes.append(f"{nom:22}{mesure['nous'][cle]:>10.1f} s{mesure['reference'][cle]:>12.1f} s   {etendue}")
    octets = mesure["octets"]
    lignes.append(f"{'taille du site':22}{octets['nous'] / 1e6:>9.1f} Mo{octets['reference'] / 1e6:>11.1f} Mo")
    premiere = mesure["premiere"]
    lignes += ["", f"Première construction, rien de gardé : {premiere['secondes']:.1f} s."]
    return "\n".join(lignes).replace(".", ",")
