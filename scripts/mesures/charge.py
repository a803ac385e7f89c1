"""The load: a built site behind nginx, on loopback, asked by wrk as visitors ask: pages, then what they need.

nginx is set as ``docs/mise-en-ligne.md`` says: files compressed beforehand, nothing written on disk. Client and server
share the machine, so that the figures are low rather than high.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mesures.chrono import EchecDeMesure

PALIERS = (10, 100, 500)
"""Connections open at once."""
_NGINX = """
worker_processes auto;
pid {travail}/nginx.pid;
error_log {travail}/erreurs.log;
events {{ worker_connections 2048; }}
http {{
  types {{ text/html html; text/css css; text/javascript js; application/json json; image/svg+xml svg; }}
  access_log off;
  client_body_temp_path {travail}/t1; proxy_temp_path {travail}/t2; fastcgi_temp_path {travail}/t3;
  uwsgi_temp_path {travail}/t4; scgi_temp_path {travail}/t5;
  sendfile on; tcp_nopush on; gzip_static on; keepalive_requests 100000;
  server {{ listen 127.0.0.1:{port} backlog=2048; root {racine}; index index.html; error_page 404 /404.html; }}
}}
"""
_LUA = """
local adresses = {{ {adresses} }}
local rang = 0
function init() rang = math.random(#adresses) end
request = function()
  rang = rang % #adresses + 1
  return wrk.format("GET", adresses[rang], {{ ["Accept-Encoding"] = "gzip" }})
end
"""
_UNITES = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
_OCTETS = {"B": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}


@dataclass(frozen=True)
class Palier:
    """What one level of load gave. Latencies in milliseconds, bytes as received."""

    connexions: int
    requetes: int
    par_seconde: float
    p50_ms: float
    p99_ms: float
    erreurs: int
    octets_par_requete: int


def mesurer(site: Path, travail: Path, secondes: int) -> dict[str, Any]:
    """Load the built ``site`` for ``secondes`` at each level. Raises EchecDeMesure when nginx or wrk is missing or fails."""
    for outil in ("nginx", "wrk"):
        if not _outil(outil):
            raise EchecDeMesure(f"{outil} manque. Sur Debian ou Ubuntu : sudo apt-get install nginx wrk")
    if not (site / "index.html").is_file():
        raise EchecDeMesure(f"Pas de site construit dans {site}. Lancez d’abord : make site")
    copie = travail / "site"
    shutil.copytree(site, copie)
    comprimer(copie)
    adresses = _adresses(copie)
    script = travail / "visites.lua"
    script.write_text(_LUA.format(adresses=",".join(f'"{a}"' for a in adresses)), encoding="utf-8")
    travail.chmod(0o755)  # nginx reads as another user
    with _nginx(copie, travail) as base:
        paliers = [_palier(base, script, n, secondes) for n in PALIERS]
    return {"secondes": secondes, "adresses": len(adresses), "paliers": [asdict(p) for p in paliers]}


def comprimer(site: Path) -> None:
    """Compress beforehand, as ``scripts/comprimer.py`` does."""
    import comprimer as porte

    porte.comprimer(site)


def _adresses(site: Path) -> list[str]:
    """Every page, each followed by what a first visit takes: the sheet and the scripts of all pages."""
    communs = [f"/{p.relative_to(site).as_posix()}" for p in site.glob("assets/e-*/site.css")]
    communs += [
        f"/{p.relative_to(site).as_posix()}"
        for nom in ("site", "entete", "echeance", "socle")
        for p in site.glob(f"assets/e-*/js/{nom}.js")
    ]
    pages = sorted(f"/{p.parent.relative_to(site).as_posix()}/" for p in site.rglob("*/index.html"))
    random.Random(1).shuffle(pages)
    return [adresse for page in pages for adresse in (page, *communs)]


def _outil(nom: str) -> str | None:
    return shutil.which(nom) or shutil.which(nom, path="/usr/sbin:/sbin")


@contextlib.contextmanager
def _nginx(site: Path, travail: Path) -> Iterator[str]:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port = prise.getsockname()[1]
    reglages = travail / "nginx.conf"
    reglages.write_text(_NGINX.format(travail=travail, port=port, racine=site), encoding="utf-8")
    commande = [_outil("nginx") or "nginx", "-c", str(reglages), "-g", "daemon off;"]
    serveur = subprocess.Popen(commande, stderr=subprocess.DEVNULL)
    try:
        for _ in range(50):
            with socket.socket() as prise:
                if prise.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            raise EchecDeMesure("nginx ne démarre pas.")
        yield f"http://127.0.0.1:{port}/"
    finally:
        serveur.terminate()
        serveur.wait()


def _palier(base: str, script: Path, connexions: int, secondes: int) -> Palier:
    fils = min(os.cpu_count() or 1, connexions)
    done = subprocess.run(
        ["wrk", "-t", str(fils), "-c", str(connexions), "-d", f"{secondes}s", "--latency", "-s", str(script), base],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise EchecDeMesure(f"wrk a échoué : {done.stdout}{done.stderr}")
    return lire(done.stdout, connexions)


def lire(sortie: str, connexions: int) -> Palier:
    """Read what wrk prints. Raises EchecDeMesure when it is not what was expected."""
    total = re.search(r"(\d+) requests in .*?, ([\d.]+)([KMG]?B) read", sortie)
    debit = re.search(r"Requests/sec:\s+([\d.]+)", sortie)
    rangs = dict(re.findall(r"(50|99)%\s+([\d.]+(?:us|ms|s|m))", sortie))
    if not (total and debit and {"50", "99"} <= set(rangs)):
        raise EchecDeMesure(f"Sortie de wrk inattendue : {sortie}")
    prises = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", sortie)
    refus = re.search(r"Non-2xx or 3xx responses: (\d+)", sortie)
    erreurs = sum(map(int, prises.groups())) if prises else 0
    requetes = int(total[1])
    return Palier(
        connexions,
        requetes,
        float(debit[1]),
        _ms(rangs["50"]),
        _ms(rangs["99"]),
        erreurs + (int(refus[1]) if refus else 0),
        round(float(total[2]) * _OCTETS[total[3]] / max(requetes, 1)),
    )


def _ms(texte: str) -> float:
    nombre, unite = re.fullmatch(r"([\d.]+)(\w+)", texte).groups()  # type: ignore[union-attr]
    return round(float(nombre) * _UNITES[unite], 2)


def tableau(resultat: dict[str, Any]) -> str:
    """The figures, in French."""
    lignes = [
        f"Le site derrière nginx, en boucle locale : {resultat['adresses']} adresses, {resultat['secondes']} s par palier",
        "",
        f"{'connexions':>10}{'requêtes':>12}{'par seconde':>14}{'p50 (ms)':>11}{'p99 (ms)':>11}{'erreurs':>10}{'ko/requête':>13}",
    ]
    for p in resultat["paliers"]:
        lignes.append(
            f"{p['connexions']:>10}{p['requetes']:>12}{p['par_seconde']:>14.0f}{p['p50_ms']:>11.1f}{p['p99_ms']:>11.1f}"
            f"{p['erreurs']:>10}{p['octets_par_requete'] / 1000:>13.1f}".replace(".", ",")
        )
    return "\n".join(lignes)


def en_json(resultat: dict[str, Any]) -> str:
    """The same, to keep."""
    return json.dumps(resultat, ensure_ascii=False, indent=2) + "\n"
