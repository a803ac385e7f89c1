"""Ask each outside address whether it still answers, gently, and write a report. Never fails on what it finds.

A known checker (lychee) reads the built pages; this one says in which file and at which line each address is quoted,
needs no binary on the two forges, and waits one second between two requests to the same host.
Usage: python scripts/liens_externes.py [rapport-liens.md] [--delai 20] [--pause 1]
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import requests
from porte import RACINE, ouvrir

from macros.moteur.liens_externes import Reponse, rapport, relever

HOTES = 12
"""Hosts asked at the same time."""
PAUSE_MINIMALE = 1.0
AGENT = "Mozilla/5.0 (compatible; controle-des-liens; site Accompagner les territoires)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Check every address and write the report. Return 0, or 2 when the report cannot be written."""
    options = _parser().parse_args(arguments)
    places = relever(RACINE)
    print(f"{len(places)} adresses, {len(_by_host(places))} sites. Une requête par seconde et par site…", flush=True)
    reponses = interroger(places, options.delai, max(options.pause, PAUSE_MINIMALE))
    texte = rapport(places, reponses, dt.date.today().isoformat())
    try:
        options.rapport.write_text(texte, encoding="utf-8")
    except OSError as error:
        print(f"{options.rapport} ne peut pas être écrit : {error.strerror}.", file=sys.stderr)
        return 2
    print("\n".join(line for line in texte.splitlines()[2:] if line.startswith("- ") and " : " in line))
    print(f"Rapport : {options.rapport}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Demande à chaque adresse citée si elle répond, et écrit un rapport.")
    parser.add_argument(
        "rapport", nargs="?", type=Path, default=Path("rapport-liens.md"), help="fichier Markdown à écrire"
    )
    parser.add_argument("--delai", type=float, default=20, metavar="SECONDES", help="attente d’une réponse, au plus")
    parser.add_argument(
        "--pause", type=float, default=1, metavar="SECONDES", help="entre deux requêtes au même site ; 1 au moins"
    )
    return parser


def interroger(adresses: Iterable[str], delai: float, pause: float) -> dict[str, Reponse]:
    """Ask every address; hosts side by side, each host one request at a time with ``pause`` seconds between."""
    found: dict[str, Reponse] = {}
    with ThreadPoolExecutor(HOTES) as pool:
        for lot in pool.map(lambda groupe: _host(groupe, delai, pause), _by_host(adresses).values()):
            found.update(lot)
    return found


def _by_host(adresses: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for adresse in adresses:
        found[(urlsplit(adresse).hostname or "").removeprefix("www.")].append(adresse)
    return found


def _host(adresses: list[str], delai: float, pause: float) -> dict[str, Reponse]:
    found = {}
    for rang, adresse in enumerate(adresses):
        if rang:
            time.sleep(pause)
        found[adresse] = demander(adresse, "HEAD", delai)
        if found[adresse].code not in range(200, 300):
            # Bien des sites ne répondent qu’à GET ; seul le début de la page est lu.
            time.sleep(pause)
            found[adresse] = demander(adresse, "GET", delai)
    return found


def demander(adresse: str, methode: str, delai: float) -> Reponse:
    """Make one request, of which only the head is read. Raises nothing: a failure is an answer too."""
    entetes = {"User-Agent": AGENT, "Accept": "*/*"}
    try:
        with requests.request(
            methode, adresse, headers=entetes, timeout=delai, allow_redirects=True, stream=True
        ) as lue:
            chemin = [*lue.history, lue]
            permanentes = [suite.url for avant, suite in pairwise(chemin) if avant.status_code in {301, 308}]
            return Reponse(lue.status_code, permanentes[-1] if permanentes else "")
    except requests.exceptions.InvalidSchema:  # it knows only the web: a redirection reads no local file
        return Reponse(302, erreur="redirection hors du web")
    except requests.exceptions.Timeout:
        return Reponse(0, erreur="délai dépassé")
    except (requests.RequestException, OSError, ValueError) as error:
        return Reponse(0, erreur=" ".join(str(error).split())[:120] or type(error).__name__)


if __name__ == "__main__":
    ouvrir(main)
