"""Writes the documents, runs Pagefind over them and keeps what the browser needs. The only impure part."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from macros.catalogue.fige import Catalogue
from macros.lecture.pannes import sans_trace
from macros.pages.documents_de_recherche import Document, documents, en_html
from macros.sorties.recherche.corpus import FICHIER, corpus, en_octets
from macros.sorties.recherche.decoupe import FormeInconnue, redecouper
from macros.sorties.recherche.pages_ecrites import page_ecrite

DOSSIER = "pagefind"
_GARDES = ("pagefind.js", "pagefind-entry.json", "wasm.fr.pagefind", "*.pf_meta", "fragment", "filter", "index")
"""What ``moteur.js`` loads. The rest is interfaces that we do not show, and a worker that we do not start."""


class EchecDePagefind(Exception):
    """Pagefind is missing or refused; the message, in French, says what to do."""


@dataclass(frozen=True)
class Index:
    """What was built."""

    documents: int
    octets: int
    secondes: float


def documents_du_projet(catalogue: Catalogue, docs_dir: Path) -> list[Document]:
    """Return the documents of the catalogue and of the pages of ``docs_dir``."""
    pages = (
        page_ecrite(p.relative_to(docs_dir).as_posix(), p.read_text(encoding="utf-8"))
        for p in sorted(docs_dir.rglob("*.md"))
    )
    return list(documents(catalogue, [p for p in pages if p]))


def construire_index(catalogue: Catalogue, docs_dir: Path, site: Path) -> Index:
    """Build ``site``/pagefind whole, then put it in place of any older one. Raises EchecDePagefind."""
    debut = time.perf_counter()
    docs = documents_du_projet(catalogue, docs_dir)
    with tempfile.TemporaryDirectory(prefix="recherche-") as travail:
        source, neuf = Path(travail) / "documents", Path(travail) / "index"
        source.mkdir()
        for rang, doc in enumerate(docs):
            (source / f"{rang}.html").write_text(en_html(doc), encoding="utf-8")
        _pagefind(source, neuf)
        with contextlib.suppress(FormeInconnue):  # the index works as Pagefind cut it, only heavier
            redecouper(neuf)
        (neuf / FICHIER).write_bytes(en_octets(corpus(catalogue, docs)))
        gardes = {p for motif in (*_GARDES, FICHIER) for p in neuf.glob(motif)}
        for entree in neuf.iterdir():
            if entree not in gardes:
                shutil.rmtree(entree) if entree.is_dir() else entree.unlink()
        octets = sum(p.stat().st_size for p in neuf.rglob("*") if p.is_file())
        _replace(neuf, site / DOSSIER)
    return Index(len(docs), octets, time.perf_counter() - debut)


def _pagefind(source: Path, destination: Path) -> None:
    commande = [sys.executable, "-m", "pagefind", "--site", str(source), "--output-path", str(destination)]
    done = subprocess.run(
        [*commande, "--force-language", "fr", "--quiet"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode or not (destination / "pagefind-entry.json").exists():
        raise EchecDePagefind(
            "L’index de recherche n’a pas pu être construit par Pagefind :\n"
            f"{sans_trace(done.stderr or done.stdout).strip()}\n"
            "S’il manque, réinstallez l’environnement : python3 scripts/faire.py preparer"
        )


def _replace(neuf: Path, place: Path) -> None:
    """Swap the index: a page being read never meets half of one."""
    ancien = place.with_name(f".{place.name}-ancien")
    shutil.rmtree(ancien, ignore_errors=True)
    if place.exists():
        place.rename(ancien)
    shutil.move(str(neuf), str(place))
    shutil.rmtree(ancien, ignore_errors=True)
