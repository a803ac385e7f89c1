"""The same site at the root of a host or under any path; its files compressed beforehand."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from comprimer import comprimer
from conftest import RACINE

from macros.moteur.construit.controle import controler
from macros.moteur.devoirs.securite import poser
from tests.conftest import lancer
from tests.fabrique import petit_projet

ADRESSES = {"racine": "https://a.exemple.fr/", "chemin": "https://b.exemple.fr/deux/niveaux/"}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same small project, built for the root of a host and for a path of another."""
    travail = tmp_path_factory.mktemp("mise-en-ligne")
    petit_projet(travail / "projet", 12)

    def construire(nom: str) -> Path:
        done = lancer(
            sys.executable,
            "scripts/site.py",
            str(travail / nom),
            cwd=travail / "projet",
            env={**os.environ, "SITE_URL": ADRESSES[nom]},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return travail / nom

    with ThreadPoolExecutor() as fils:
        return dict(zip(ADRESSES, fils.map(construire, ADRESSES), strict=True))


PERDUE = '<a href="{0}">a</a><a href="{0}fiche/">b</a><script src="{0}assets/site.js"></script>'


def _page(corps: str) -> str:
    """A page as the site publishes them: with its policy, without which the check complains of it."""
    return poser(f'<!doctype html><html lang="fr"><head><meta charset="utf-8"></head><body>{corps}</body></html>')


@pytest.mark.parametrize("racine", ["/", "/accompagner/", "/deux/niveaux/"])
def test_a_link_from_the_root_begins_with_the_path(tmp_path: Path, racine: str) -> None:
    """What leaves the path of the site is told, even where the root of a host would have answered."""
    pages = {"index.html": _page('<a href="fiche/">d</a>'), "fiche/index.html": _page('<a href="../">c</a>')}
    for nom, texte in {**pages, "assets/site.js": ""}.items():
        (tmp_path / nom).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / nom).write_text(texte, encoding="utf-8")
    perdue = tmp_path / "404.html"
    perdue.write_text(_page(PERDUE.format(racine)), encoding="utf-8")
    assert controler(tmp_path, racine).fautes == ()
    for ailleurs in {"/", "/autre/", "/accompagner/"} - {racine}:
        perdue.write_text(_page(PERDUE.format(ailleurs)), encoding="utf-8")
        assert len([f for f in controler(tmp_path, racine).fautes if "lien mort" in f]) == 3, ailleurs


@pytest.mark.longue
def test_links_lead_somewhere_under_any_path(sites: dict[str, Path]) -> None:
    """The check passes for the path a site was built for; 404.html, served at any depth, holds no relative link."""
    liens = 0
    for nom, chemin in (("racine", "/"), ("chemin", "/deux/niveaux/")):
        bilan = controler(sites[nom], chemin)
        assert bilan.fautes == ()
        liens += bilan.liens
        perdue = (sites[nom] / "404.html").read_text(encoding="utf-8")
        adresses = [a for a in re.findall(r'(?:href|src|action)="([^"]+)"', perdue) if not a.startswith("#")]
        assert adresses and all(a.startswith(chemin) for a in adresses)
    assert any("404.html : lien mort : /deux/niveaux/" in f for f in controler(sites["chemin"]).fautes)


@pytest.mark.longue
def test_the_pages_are_the_same_wherever_they_go(sites: dict[str, Path]) -> None:
    """But for the public address, every page and every asset has the same bytes; sw.js holds a number drawn from them
    all."""
    fichiers = {nom: {p.relative_to(d).as_posix() for p in d.rglob("*") if p.is_file()} for nom, d in sites.items()}
    assert fichiers["racine"] == fichiers["chemin"]
    textes = sorted(
        f for f in fichiers["racine"] if f.endswith((".html", ".css", ".js")) and f not in {"404.html", "sw.js"}
    )
    assert len(textes) > 100
    for fichier in textes:
        ici, la = ((sites[nom] / fichier).read_text(encoding="utf-8") for nom in ADRESSES)
        assert ici.replace(ADRESSES["racine"], "@") == la.replace(ADRESSES["chemin"], "@"), fichier


def test_files_compressed_beforehand(tmp_path: Path) -> None:
    """Texts worth it, the same bytes each time; what stood beside a file that has gone goes."""
    page = "<p>Bonjour</p>" * 100
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    (tmp_path / "court.html").write_text("<p>", encoding="utf-8")
    (tmp_path / "image.webp").write_bytes(b"0" * 1000)
    (tmp_path / "partie.html.gz").write_bytes(b"ancien")
    (tmp_path / "archive.tar.gz").write_bytes(b"publiee")
    avant, apres = comprimer(tmp_path)
    assert (avant, apres) == (1400, (tmp_path / "index.html.gz").stat().st_size)
    assert gzip.decompress((tmp_path / "index.html.gz").read_bytes()).decode() == page
    premier = (tmp_path / "index.html.gz").read_bytes()
    comprimer(tmp_path)
    assert (tmp_path / "index.html.gz").read_bytes() == premier
    noms = {p.name for p in tmp_path.iterdir()}
    assert noms == {"index.html", "index.html.gz", "court.html", "image.webp", "archive.tar.gz"}


def _envoyer(tmp_path: Path, *arguments: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Run the script with an « aws » that only notes what it is asked."""
    outil, journal = tmp_path / "bin/aws", tmp_path / "journal"
    outil.parent.mkdir(exist_ok=True)
    outil.write_text(f'#!/bin/sh\nprintf "%s|" "$@" >> {journal}\necho >> {journal}\n', encoding="utf-8")
    outil.chmod(0o755)
    done = lancer(
        "sh",
        str(RACINE / "deploiement/envoyer.sh"),
        *arguments,
        env={**os.environ, "PATH": f"{outil.parent}:{os.environ['PATH']}"},
    )
    return done, journal.read_text(encoding="utf-8").splitlines() if journal.exists() else []


def test_object_storage_receives_assets_first_then_pages(tmp_path: Path) -> None:
    """Each with its cache; nothing of an earlier fingerprint is deleted; the options given go to both commands."""
    site = tmp_path / "mon site"
    site.mkdir()
    (site / "index.html").write_text("", encoding="utf-8")
    done, (assets, pages) = _envoyer(tmp_path, f"{site}/", "s3://seau/chemin/", "--dryrun", "--profile", "à moi")
    assert done.returncode == 0, done.stderr
    debut, fin = f"s3|sync|{site}|s3://seau/chemin|", "|--dryrun|--profile|à moi|"
    empreintes = "--include|assets/e-*|--include|recherche/*|--exclude|recherche/index.bin"
    immuable = f"--exclude|*|{empreintes}|--cache-control|public, max-age=31536000, immutable"
    assert assets == f"{debut}{immuable}{fin}"
    reste = "--exclude|assets/e-*|--exclude|recherche/*|--include|recherche/index.bin"
    assert pages == f"{debut}{reste}|--delete|--cache-control|no-cache{fin}"


@pytest.mark.parametrize(
    ("arguments", "mot"), [((), "Emploi"), (("rien", "seau"), "s3://"), (("rien", "s3://a"), "make site")]
)
def test_a_wrong_sending_is_refused(tmp_path: Path, arguments: tuple[str, ...], mot: str) -> None:
    done, demandes = _envoyer(tmp_path, *arguments)
    assert done.returncode != 0 and mot in done.stderr and demandes == []
