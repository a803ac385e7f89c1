"""Style sheets and scripts as they are published: gathered, minified, at an address that changes when they do.

A page asks for one sheet and one entry module; what the entry imports keeps its own file, its place and its relative
imports, so nothing needs bundling. Pure: reads ``docs/``, writes nothing.

Scripts only lose the comments that have their lines to themselves: nothing needs parsing, and compression does the rest
(rjsmin was tried: it takes the blanks out of a template literal within another one).
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rcssmin import cssmin

from macros.lecture.json_publie import compact
from macros.modeles.partage import fichiers as partages

STYLES = "assets/css/"
SCRIPTS = "assets/js/"
COMMENTAIRE = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*.*?\*/[ \t]*)(?:\n|\Z)", re.MULTILINE | re.DOTALL)
_IMPORT = re.compile(r'^import\s(?:[^"();]*?\sfrom\s*)?"(\.{1,2}/[^"]+)";', re.MULTILINE)


@dataclass(frozen=True)
class Assemblage:
    """What is published under ``dossier``; addresses are relative to the site."""

    dossier: str
    fichiers: dict[str, str]
    """Address → text."""
    modules: tuple[str, ...]
    """What the entry modules import, directly or not, in the order in which it is met: to ask for ahead."""

    @property
    def feuille(self) -> str:
        """Address of the one style sheet."""
        return f"{self.dossier}/site.css"

    def adresse(self, script: str) -> str:
        """Published address of ``script``, as mkdocs.yml names it."""
        return f"{self.dossier}/{script.removeprefix('assets/')}"


def modules_partages() -> dict[str, str]:
    """Return address -> text of the modules that hold what Python and the browser share
    (``macros/modeles/partage``)."""
    return {
        f"{SCRIPTS}partage/{partage.nom}.js": (
            f'import {{ partager }} from "../partage.js";\n\nconst donnees = {compact(partage.donnees)};\n'
            "export const { dire, motif } = partager(donnees);\nexport default donnees;\n"
        )
        for partage in partages()
    }


def assembler(
    docs: Path,
    feuilles: Sequence[str],
    entrees: Sequence[str],
    autres: Sequence[Path] = (),
    faits: Mapping[str, str] | None = None,
) -> Assemblage:
    """Gather the sheets in order, and every script of ``docs/assets/js``; ``autres`` are files published as they are.

    ``faits``: address -> text of the sheets and scripts that no file holds. ``feuilles`` and ``entrees`` are addresses
    relative to ``docs``. Raises FileNotFoundError when one is missing.
    """
    faits = faits or {}
    lues = (faits.get(f) or (docs / f).read_text(encoding="utf-8") for f in feuilles)
    textes = {"site.css": cssmin("\n".join(lues))}
    scripts = {p.relative_to(docs).as_posix(): p.read_text(encoding="utf-8") for p in (docs / SCRIPTS).rglob("*.js")}
    scripts |= {uri: texte for uri, texte in faits.items() if uri.startswith(SCRIPTS)}
    textes |= {nom.removeprefix("assets/"): sans_commentaires(texte) for nom, texte in sorted(scripts.items())}
    textes |= {p.name: p.read_text(encoding="utf-8") for p in autres}
    dossier = f"assets/e-{_empreinte(textes)}"
    modules = dict.fromkeys(m for entree in entrees for m in _imports(entree, scripts))
    fichiers = {f"{dossier}/{nom}": texte for nom, texte in textes.items()}
    return Assemblage(dossier, fichiers, tuple(f"{dossier}/{m.removeprefix('assets/')}" for m in modules))


def sans_commentaires(script: str) -> str:
    """Return the script without its whole-line comments."""
    return COMMENTAIRE.sub("", script)


def _empreinte(textes: dict[str, str]) -> str:
    """Twelve hexadecimal digits of what is published, names included."""
    condense = hashlib.sha256()
    for nom, texte in sorted(textes.items()):
        condense.update(f"{nom}\0{len(texte)}\0{texte}".encode())
    return condense.hexdigest()[:12]


def _imports(entree: str, scripts: dict[str, str]) -> Iterator[str]:
    """Every module that ``entree`` waits for before it runs, each once."""
    if entree not in scripts:
        raise FileNotFoundError(entree)
    vus = {entree}
    reste = [entree]
    while reste:
        nom = reste.pop(0)
        for cible in _IMPORT.findall(scripts[nom]):
            module = posixpath.normpath(posixpath.join(posixpath.dirname(nom), cible))
            if module not in vus:
                vus.add(module)
                reste.append(module)
                yield module
