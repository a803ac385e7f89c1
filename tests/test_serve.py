"""While serving, a bad fiche shows its messages and serving goes on; once corrected, the page comes back."""

from __future__ import annotations

import gzip
import html
import re
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.conftest import copier, lancer
from tests.pannes.serveur import Serveur, port_libre


def _page(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=20) as reponse:
            return str(reponse.read().decode("utf-8"))
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""


def _wait(url: str, morceau: str, present: bool = True, delai: float = 150) -> str:
    """Fetch until the text is there (or gone). Fails after ``delai`` seconds."""
    limite = time.monotonic() + delai
    while time.monotonic() < limite:
        page = _page(url)
        if page and (morceau in page) == present:
            return page
        time.sleep(0.3)
    raise AssertionError(f"« {morceau} » {'absent de' if present else 'toujours dans'} {url} après {delai:.0f} s")


@pytest.fixture(scope="module")
def serveur(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    travail = tmp_path_factory.mktemp("serve")
    projet = copier(travail / "projet")
    with Serveur(projet, port_libre(), travail / "serve") as lance:
        yield projet, lance.url
    with socket.socket() as prise:
        assert prise.connect_ex(("127.0.0.1", lance.port)), "le serveur survit à la commande qui l’a lancé"


def test_a_fiche_changed_is_seen(serveur: tuple[Path, str]) -> None:
    projet, url = serveur
    fiche = projet / "fiches/sites/pledran.yml"
    fiche.write_text(
        fiche.read_text(encoding="utf-8").replace('titre: "Plédran"', 'titre: "Plédran en essai"'), encoding="utf-8"
    )
    _wait(f"{url}sites/pledran/", "Plédran en essai")
    with urllib.request.urlopen(f"{url}recherche/index.bin", timeout=60) as index:
        assert "Plédran en essai" in gzip.decompress(index.read()).decode()


def _told(url: str, question: str, delai: float) -> bool:
    """Whether a browser that asks ``question`` is told, in that time, that its page has changed."""
    try:
        with urllib.request.urlopen(url + question, timeout=delai) as reponse:
            return bool(reponse.read() == b"1")
    except TimeoutError:
        return False


def test_only_pages_that_changed_reload(serveur: tuple[Path, str]) -> None:
    projet, url = serveur
    fiche = projet / "fiches/methodes/diagnostic-en-marchant.yml"
    texte = fiche.read_text(encoding="utf-8")
    sienne, autre = (
        html.unescape(re.findall(r'data-question="/([^"]+)"', _page(url + page))[-1])
        for page in ("methodes/diagnostic-en-marchant/", "partenaires/caue-62/")
    )
    with ThreadPoolExecutor(2) as fils:
        prevenue, autre_prevenue = fils.submit(_told, url, sienne, 60), fils.submit(_told, url, autre, 6)
        fiche.write_text(texte.replace(" [s1]", " (essai) [s1]", 1), encoding="utf-8")
        assert prevenue.result()
        assert "(essai)" in _page(f"{url}methodes/diagnostic-en-marchant/")
        assert not autre_prevenue.result()


def test_a_template_changed_is_seen(serveur: tuple[Path, str]) -> None:
    projet, url = serveur
    gabarit = projet / "macros/gabarits/fiches/site.html"
    texte = gabarit.read_text(encoding="utf-8")
    gabarit.write_text(texte.replace("La question de départ", "La toute première question"), encoding="utf-8")
    _wait(f"{url}sites/pledran/", "La toute première question")


def test_a_bad_fiche_shows_its_messages_and_comes_back(serveur: tuple[Path, str]) -> None:
    projet, url = serveur
    fiche = projet / "fiches/partenaires/caue-62.yml"
    bon = fiche.read_text(encoding="utf-8")
    fiche.write_text(bon.replace("themes:", "themees:", 1), encoding="utf-8")
    page = _wait(f"{url}partenaires/caue-62/", "Fiche à corriger")
    assert "Vouliez-vous dire « themes »" in page.replace("\xa0", " ")
    assert "fiches/partenaires/caue-62.yml:" in page
    assert "Atelier flash" in _page(f"{url}dispositifs/atelier-flash/")
    fiche.write_text("type: partenaire\nid: caue-62\n\ttitre: x\n", encoding="utf-8")
    _wait(f"{url}partenaires/caue-62/", "tabulation")
    fiche.write_text(bon, encoding="utf-8")
    _wait(f"{url}partenaires/caue-62/", "Fiche à corriger", present=False)
    assert "CAUE du Pas-de-Calais" in _page(f"{url}partenaires/caue-62/")


def test_a_broken_page_does_not_stop_the_server(serveur: tuple[Path, str]) -> None:
    projet, url = serveur
    page = projet / "docs/quoi-de-neuf.md"
    bon = page.read_text(encoding="utf-8")
    page.write_text("---\nrender_macros: true\n---\n# X\n\n{{ fiche('inconnue-ici') }}\n", encoding="utf-8")
    _wait(f"{url}quoi-de-neuf/", "inconnue-ici")
    page.write_text(bon, encoding="utf-8")
    _wait(f"{url}quoi-de-neuf/", "Quoi de neuf")
    _wait(f"{url}quoi-de-neuf/", "inconnue-ici", present=False)


def test_a_busy_port_is_said(serveur: tuple[Path, str]) -> None:
    projet, url = serveur
    done = lancer(sys.executable, "scripts/servir.py", url.removeprefix("http://").rstrip("/"), cwd=projet, timeout=20)
    assert done.returncode == 1
    assert "déjà prise" in done.stderr


def test_a_preview_keeps_no_copy(serveur: tuple[Path, str]) -> None:
    """A copy to read offline would hide the changes that the preview is for."""
    _, url = serveur
    assert "data-hors-ligne" not in _page(f"{url}glossaire/")
    assert _page(f"{url}sw.js") == ""
