"""The site built from hostile fiches: every page, every file of data and every document is inert; nothing was read or
written elsewhere, and the build kept to its time and memory."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from tests.hostiles.bilan import noter
from tests.hostiles.chantier import OCTETS, SECONDES, Chantier
from tests.hostiles.charges import SECRET
from tests.hostiles.temoins import PRODUIT, fautes_de_csv, fautes_de_page, textes_de_document

TABLEURS = {".xlsx", ".ods"}
DOCUMENTS = {".pdf", ".odt", ".docx", *TABLEURS}


def test_echantillon(site_hostile: Chantier) -> None:
    _juger(site_hostile, pages=60, documents=20)


@pytest.mark.longue
def test_entier(site_hostile_entier: Chantier) -> None:
    _juger(site_hostile_entier, pages=500, documents=200)


def _juger(chantier: Chantier, pages: int, documents: int) -> None:
    assert chantier.statut == 0, chantier.dit[-3000:]
    assert chantier.ailleurs == []
    assert chantier.secondes < SECONDES
    assert chantier.megaoctets < OCTETS / 1_000_000
    vues = _pages(chantier.site)
    lus = _documents(chantier.site)
    _donnees(chantier.site)
    assert vues >= pages
    assert lus >= documents
    for (fichier, famille), combien in Counter((p[0], p[1]) for p in chantier.poses).items():
        noter("glossaire et vocabulaires" if "." in fichier else f"champs : {famille}", "inerte", combien)


def _pages(site: Path) -> int:
    fautes: list[str] = []
    pages = sorted(site.rglob("*.html"))
    for page in pages:
        fautes += fautes_de_page(page.read_bytes(), page.relative_to(site).as_posix())
    assert fautes == [], "\n".join(fautes[:40])
    return len(pages)


def _documents(site: Path) -> int:
    fichiers = [p for p in sorted(site.rglob("*")) if p.suffix in DOCUMENTS]
    for fichier in fichiers:
        texte = textes_de_document(fichier)
        assert SECRET not in texte, fichier
        assert PRODUIT not in texte, fichier
        if fichier.suffix == ".xlsx":
            _sans_formule_etrangere(fichier)
    return len(fichiers)


def _sans_formule_etrangere(fichier: Path) -> None:
    """The only formulas are ours: a date counted from an anchor."""
    for feuille in openpyxl.load_workbook(fichier):
        for ligne in feuille.iter_rows():
            for cellule in ligne:
                if cellule.data_type == "f":
                    assert str(cellule.value).startswith("=IF($B$"), (fichier, cellule.value)
                assert not cellule.hyperlink or str(cellule.hyperlink.target).startswith(("http", "mailto")), fichier


def _donnees(site: Path) -> None:
    """Every JSON is read back; every CSV, calendar and feed holds as many lines as it means to."""
    for fichier in site.rglob("*.json"):
        if "recherche" not in fichier.parts:
            json.loads(fichier.read_text(encoding="utf-8"))
    for fichier in site.rglob("*.csv"):
        assert fautes_de_csv(fichier.read_text(encoding="utf-8-sig")) == [], fichier
    for fichier in (
        p
        for p in site.rglob("*")
        if p.is_file() and p.suffix in {".json", ".csv", ".ics", ".xml", ".txt", ".md", ".html"}
    ):
        assert SECRET.encode() not in fichier.read_bytes(), fichier


def test_les_temoins_voient_ce_qui_est_mauvais() -> None:
    mauvaises = [
        "<p onclick=window.pris=1>x",
        "<a href='java\tscript:window.pris=1'>x</a>",
        "<a href=' javascript:x'>x</a>",
        "<img src=x onerror=1>",
        "<script>window.pris=1</script>",
        "<iframe></iframe>",
        "<base href=/x>",
        "<form action=data:x></form>",
        "<svg><a xlink:href='vbscript:x'>x</a></svg>",
        f"<p>{SECRET}</p>",
        f"<p>{PRODUIT}</p>",
        "<meta http-equiv=Refresh content=0>",
        "<link href=https://pris.example/x.css rel=stylesheet>",
        "<style>pris</style>",
    ]
    for page in mauvaises:
        assert fautes_de_page(f"<html><body>{page}</body></html>"), page
    assert fautes_de_page("<html><body><a href='https://x.fr'>&lt;script&gt;</a></body></html>") == []
    assert fautes_de_csv("a,b\n=1+1,x\n") and fautes_de_csv('a,b\n"\t=1",x\n') and fautes_de_csv("a;b\n@x;y\n")
    assert fautes_de_csv("a,b\n-3,'=1\n+33 3 20,x\n") == []
