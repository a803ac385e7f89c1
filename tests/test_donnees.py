"""The page « Données ouvertes » tells the truth: what it names exists, and its examples run on the built files."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from tests.conftest import RACINE

PAGE = (RACINE / "docs/donnees.md").read_text(encoding="utf-8")
SITE = "{{ config.site_url }}"


def blocs(langue: str) -> list[str]:
    return re.findall(rf"^```{langue}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def adresse(site: Path) -> Iterator[str]:
    """The built site, served on loopback."""

    class Muet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    serveur = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Muet, directory=str(site)))
    threading.Thread(target=serveur.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serveur.server_address[1]}/"
    serveur.shutdown()


@pytest.mark.parametrize("rang", range(len(blocs("python"))))
def test_each_python_example_runs(rang: int, adresse: str, tmp_path: Path) -> None:
    code = blocs("python")[rang].replace(SITE, adresse)
    done = subprocess.run([sys.executable, "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.skipif(not shutil.which("curl"), reason="curl n’est pas installé")
def test_the_shell_example_fetches(adresse: str, tmp_path: Path) -> None:
    (bloc,) = blocs("sh")
    done = subprocess.run(["sh", "-e"], input=bloc.replace(SITE, adresse), cwd=tmp_path, text=True, check=False)
    assert done.returncode == 0
    assert (tmp_path / "atelier-flash.json").read_text(encoding="utf-8").startswith('{"type":"dispositif"')
    assert (tmp_path / "sites.csv").read_bytes().startswith(b"\xef\xbb\xbfid;")


def liens(site: Path) -> list[str]:
    """Files of the site to which the built page leads."""
    page = html.parse(site / "donnees/index.html")
    return [a.removeprefix("../") for a in page.xpath("//main//a/@href") if re.match(r"\.\./(?:api/|llms\.txt)", a)]


def test_every_address_of_the_page_exists(site: Path) -> None:
    cites = re.findall(rf"{re.escape(SITE)}([\w./-]+)", PAGE) + liens(site)
    assert len(cites) > 35
    assert [u for u in cites if not (site / u).is_file()] == []


def test_every_file_of_the_inventory_is_on_the_page(site: Path) -> None:
    import json

    index, presents = json.loads((site / "api/index.json").read_text(encoding="utf-8")), set(liens(site))
    for jeu in index["jeux"]:
        for fichier in jeu["fichiers"]:
            assert "api/" + fichier["adresse"].split("/api/")[1] in presents, fichier["adresse"]
