"""Ask each outside address whether it still answers, gently, and write a report. Never fails on what it finds.

A known checker (lychee) reads the built pages; this one says in which file and at which line each address is quoted,
needs no binary on the two forges, and waits one second between two requests to the same host. An address of this
machine or of its network is never asked, whatever its notation, nor after a redirection.
Usage: python scripts/liens_externes.py [rapport-liens.md] [--delai 20] [--pause 1] [--en-tout 40]
"""

from __future__ import annotations

import argparse
import datetime as dt
import ipaddress
import socket
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import urlsplit

import requests
from porte import RACINE, ouvrir
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from macros.moteur.liens_externes import Reponse, rapport, relever

HOTES = 12
"""Hosts asked at the same time."""
PAUSE_MINIMALE = 1.0
RESERVEE = "adresse de cette machine ou de son réseau, jamais demandée"
AGENT = "Mozilla/5.0 (compatible; controle-des-liens; site Accompagner les territoires)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Check every address and write the report. Return 0, or 2 when the report cannot be written."""
    options = _parser().parse_args(arguments)
    places = relever(RACINE)
    print(f"{len(places)} adresses, {len(_by_host(places))} sites. Une requête par seconde et par site…", flush=True)
    reponses = interroger(places, options.delai, max(options.pause, PAUSE_MINIMALE), options.en_tout * 60)
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
    parser.add_argument(
        "--en-tout", type=float, default=40, metavar="MINUTES", help="temps de tout le contrôle, au plus"
    )
    return parser


def interroger(adresses: Iterable[str], delai: float, pause: float, en_tout: float = 2400) -> dict[str, Reponse]:
    """Ask every address; hosts side by side, each host one request at a time with ``pause`` seconds between.

    Ends after ``en_tout`` seconds whatever the hosts do: what was not asked by then is said so. The threads are
    daemons, so that a host which answers a byte at a time does not hold the command back.
    """
    groupes = _by_host(adresses)
    found = {a: Reponse(0, erreur="pas demandée, le temps du contrôle est écoulé") for g in groupes.values() for a in g}
    attente: SimpleQueue[list[str]] = SimpleQueue()
    for groupe in groupes.values():
        attente.put(groupe)
    rendues: SimpleQueue[tuple[str, Reponse]] = SimpleQueue()
    for _ in range(min(HOTES, len(groupes))):
        threading.Thread(target=_ask, args=(attente, rendues, delai, pause), daemon=True).start()
    fin = time.monotonic() + en_tout
    restent = len(found)
    while restent and (reste := fin - time.monotonic()) > 0:
        try:
            adresse, reponse = rendues.get(timeout=reste)
        except Empty:
            break
        found[adresse] = reponse
        restent -= 1
    return found


def _ask(
    attente: SimpleQueue[list[str]], rendues: SimpleQueue[tuple[str, Reponse]], delai: float, pause: float
) -> None:
    while True:
        try:
            groupe = attente.get_nowait()
        except Empty:
            return
        for couple in _host(groupe, delai, pause):
            rendues.put(couple)


def _by_host(adresses: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for adresse in adresses:
        found[(urlsplit(adresse).hostname or "").removeprefix("www.")].append(adresse)
    return found


def _host(adresses: list[str], delai: float, pause: float) -> Iterator[tuple[str, Reponse]]:
    for rang, adresse in enumerate(adresses):
        if rang:
            time.sleep(pause)
        reponse = demander(adresse, "HEAD", delai)
        if reponse.code not in range(200, 300):
            # Bien des sites ne répondent qu’à GET ; seul le début de la page est lu.
            time.sleep(pause)
            reponse = demander(adresse, "GET", delai)
        yield adresse, reponse


def publique(adresse_ip: str) -> bool:
    """Whether a numeric address belongs to the open network: neither this machine, nor its neighbours, nor a tunnel to
    them."""
    ip = ipaddress.ip_address(adresse_ip.partition("%")[0])
    return (getattr(ip, "ipv4_mapped", None) or ip).is_global and not ip.is_multicast


class _Publique(HTTPConnection):
    """A connection that knows where it leads before it says a word: the name is read once, and what it names is judged.

    Judging the name apart, then connecting, would let it change its mind in between.
    """

    def _new_conn(self) -> socket.socket:
        for *_, prise in socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM):
            if not publique(str(prise[0])):
                raise OSError(RESERVEE)
        lien = super()._new_conn()
        if not publique(lien.getpeername()[0]):
            lien.close()
            raise OSError(RESERVEE)
        return lien


class _PubliqueSure(_Publique, HTTPSConnection):
    pass


class _Prudent(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        pools = {"http": HTTPConnectionPool, "https": HTTPSConnectionPool}
        liens = {"http": _Publique, "https": _PubliqueSure}
        self.poolmanager.pool_classes_by_scheme = {
            nom: type(nom, (pool,), {"ConnectionCls": liens[nom]}) for nom, pool in pools.items()
        }


def demander(adresse: str, methode: str, delai: float) -> Reponse:
    """Make one request, of which only the head is read. Raises nothing: a failure is an answer too."""
    entetes = {"User-Agent": AGENT, "Accept": "*/*"}
    try:
        with (
            _session() as session,
            session.request(methode, adresse, headers=entetes, timeout=delai, allow_redirects=True, stream=True) as lue,
        ):
            chemin = [*lue.history, lue]
            permanentes = [suite.url for avant, suite in pairwise(chemin) if avant.status_code in {301, 308}]
            return Reponse(lue.status_code, permanentes[-1] if permanentes else "")
    except requests.exceptions.InvalidSchema:  # it knows only the web: a redirection reads no local file
        return Reponse(302, erreur="redirection hors du web")
    except requests.exceptions.Timeout:
        return Reponse(0, erreur="délai dépassé")
    except (requests.RequestException, OSError, ValueError) as error:
        return Reponse(0, erreur=" ".join(str(error).split())[:120] or type(error).__name__)


def _session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False  # a proxy of the environment would ask in our place what we refuse to ask
    for debut in ("http://", "https://"):
        session.mount(debut, _Prudent())
    return session


if __name__ == "__main__":
    ouvrir(main)
