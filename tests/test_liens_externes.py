"""Outside links: found where they stand, asked gently, and told apart: gone, moved, refused, silent."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

import pytest

from macros.moteur.liens_externes import Reponse, etat, rapport, relever
from scripts import liens_externes
from tests.conftest import RACINE


class _Serveur(BaseHTTPRequestHandler):
    vues: ClassVar[list[tuple[float, str, str]]] = []

    def _repondre(self) -> None:
        _Serveur.vues.append((time.monotonic(), self.command, self.path))
        if self.path == "/bouge":
            self.send_response(301)
            self.send_header("Location", "/bonne")
        elif self.path == "/piege":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
        elif self.path == "/vers-le-reseau":
            self.send_response(302)
            self.send_header("Location", f"http://localhost:{self.server.server_port}/secret")  # type: ignore[attr-defined]
        elif self.path == "/goutte":
            time.sleep(30)
        elif self.path == "/sans-tete" and self.command == "HEAD":
            self.send_response(405)
        else:
            self.send_response({"/perdue": 404, "/interdite": 403, "/panne": 503}.get(self.path, 200))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = _repondre  # noqa: N815 - names imposed by http.server

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def serveur(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A site on this machine, which these tests alone may ask."""
    monkeypatch.setattr(liens_externes, "publique", lambda _: True)
    _Serveur.vues = []
    serveur = ThreadingHTTPServer(("127.0.0.1", 0), _Serveur)
    threading.Thread(target=serveur.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{serveur.server_port}"
    serveur.shutdown()
    serveur.server_close()


def test_chaque_reponse_est_comprise_et_un_site_n_est_pas_presse(serveur: str) -> None:
    chemins = ["/bonne", "/bouge", "/piege", "/sans-tete", "/perdue", "/interdite", "/panne", "/très bien ?é=1"]
    reponses = liens_externes.interroger([serveur + c for c in chemins], delai=5, pause=0.05)
    etats = {c: etat(serveur + c, reponses[serveur + c]) for c in chemins}
    assert etats == {
        "/bonne": "bonne",
        "/bouge": "deplacee",
        "/piege": "erreur",
        "/sans-tete": "bonne",
        "/perdue": "absente",
        "/interdite": "refusee",
        "/panne": "erreur",
        "/très bien ?é=1": "bonne",
    }
    assert reponses[f"{serveur}/bouge"].arrivee.endswith("/bonne")
    # Une redirection suit aussitôt ; tout le reste attend la pause.
    temps = [t for t, _, chemin in _Serveur.vues if chemin not in {"/bouge", "/bonne", "/piege"}]
    assert all(b - a >= 0.045 for a, b in pairwise(temps))


def test_la_pause_ne_descend_pas_sous_une_seconde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    demandees: list[float] = []
    monkeypatch.setattr(
        liens_externes, "interroger", lambda adresses, delai, pause, en_tout: demandees.append(pause) or {}
    )
    monkeypatch.setattr(liens_externes, "relever", lambda _: {})
    assert liens_externes.main([str(tmp_path / "r.md"), "--pause", "0"]) == 0
    assert demandees == [1.0]
    assert liens_externes.main([str(tmp_path / "absent/r.md")]) == 2


@pytest.mark.parametrize(
    "hote", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
def test_this_machine_is_never_asked(hote: str) -> None:
    _Serveur.vues = []
    serveur = ThreadingHTTPServer(("", 0), _Serveur)
    threading.Thread(target=serveur.serve_forever, daemon=True).start()
    reponse = liens_externes.demander(f"http://{hote}:{serveur.server_port}/x", "GET", 2)
    serveur.shutdown()
    serveur.server_close()
    assert (reponse.code, _Serveur.vues) == (0, [])


@pytest.mark.parametrize(
    "ip",
    ["10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "fe80::1%eth0", "fd00::1", "224.0.0.1"],
)
def test_a_neighbour_is_not_public(ip: str) -> None:
    assert not liens_externes.publique(ip)
    assert liens_externes.publique("217.70.184.55")


def test_a_redirection_does_not_lead_into_the_network(serveur: str, monkeypatch: pytest.MonkeyPatch) -> None:
    demandes: list[str] = []

    def publique(ip: str) -> bool:
        demandes.append(ip)
        return len(demandes) <= 2  # the first connection: its name, then where it led

    monkeypatch.setattr(liens_externes, "publique", publique)
    reponse = liens_externes.demander(f"{serveur}/vers-le-reseau", "GET", 2)
    assert liens_externes.RESERVEE in reponse.erreur
    assert [chemin for _, _, chemin in _Serveur.vues] == ["/vers-le-reseau"]


def test_the_whole_check_ends_in_time(serveur: str) -> None:
    debut = time.monotonic()
    lentes = [f"{serveur}/goutte", f"{serveur}/bonne"]
    reponses = liens_externes.interroger(lentes, delai=60, pause=0.05, en_tout=0.5)
    assert time.monotonic() - debut < 5
    assert {etat(a, reponses[a]) for a in lentes} == {"injoignable"}


def test_un_site_muet_est_une_reponse() -> None:
    for adresse in ("http://127.0.0.1:9/x", "http://[::1", "http://site.invalid/x"):
        assert etat(adresse, liens_externes.demander(adresse, "GET", 2)) == "injoignable"


def test_les_adresses_sont_relevees_avec_leur_ligne() -> None:
    places = relever(RACINE)
    assert len(places) > 300
    assert not [a for a in places if "exemple.fr" in a or "127.0.0.1" in a]
    for adresse, ou in list(places.items())[:60]:
        for fichier, ligne in ou:
            lignes = (RACINE / fichier).read_text(encoding="utf-8").splitlines()
            assert any(adresse[:40] in proche for proche in lignes[ligne - 1 : ligne + 12]), (adresse, fichier, ligne)


def test_le_rapport_dit_ou_corriger() -> None:
    perdue, bouge, bonne = "https://a.fr/x", "https://b.fr/y", "https://c.fr"
    texte = rapport(
        {perdue: [("fiches/sites/x.yml", 12)], bouge: [("docs/x.md", 3)], bonne: []},
        {perdue: Reponse(404), bouge: Reponse(200, "https://d.fr/z"), bonne: Reponse(200, "http://www.c.fr/")},
        "2026-11-22",
    )
    assert "- Pages qui n’existent plus : 1\n" in texte
    assert "- <https://a.fr/x> (404)\n  - fiches/sites/x.yml:12\n" in texte
    assert "- <https://b.fr/y> → <https://d.fr/z>\n  - docs/x.md:3\n" in texte
    assert "<https://c.fr>" not in texte
