"""How long a fiche takes to show while serving: from the saving of its file to its page fetched, and to the signal that reloads it."""

from __future__ import annotations

import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mesures import fabrique
from mesures.chrono import EchecDeMesure
from mesures.construction import copier

DEPART, PATIENCE = 600, 60
"""Seconds given to the server to start, and to a page to change."""


@dataclass(frozen=True)
class Enregistrement:
    """One save: seconds until the page fetched shows it, until its browser is told, and until the whole site is up to date."""

    vue_s: float
    signal_s: float
    site_s: float


@dataclass(frozen=True)
class Bilan:
    """Every save, of ``n`` fiches."""

    n: int
    graine: int
    enregistrements: tuple[Enregistrement, ...]


def mesurer(racine: Path, travail: Path, n: int, fois: int, graine: int = 1) -> Bilan:
    """Serve ``n`` made-up fiches and save ``fois`` of them, each once the site is quiet. Raises EchecDeMesure."""
    projet = travail / "projet"
    copier(racine, projet)
    fabrique.fabriquer(projet, n, graine)
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port = int(prise.getsockname()[1])
    journal = travail / "serve.log"
    with journal.open("wb") as flux:
        serveur = subprocess.Popen(
            [sys.executable, "scripts/servir.py", f"127.0.0.1:{port}"],
            cwd=projet,
            stdout=flux,
            stderr=flux,
            env={k: v for k, v in os.environ.items() if not k.startswith(("GITHUB_", "DEPOT_", "SITE_"))},
        )
    try:
        return Bilan(n, graine, tuple(_Seance(projet, port, journal, graine).enregistrer(fois)))
    finally:
        serveur.terminate()
        serveur.wait(30)


class _Seance:
    """A server at work, and who saves fiches."""

    def __init__(self, projet: Path, port: int, journal: Path, graine: int) -> None:
        self.projet, self.journal = projet, journal
        self.url = f"http://127.0.0.1:{port}/"
        self.tirage = random.Random(graine)

    def enregistrer(self, fois: int) -> list[Enregistrement]:
        self._wait(lambda: "Serving on" in self._said(), DEPART, "le serveur ne démarre pas")
        fiches = sorted(p for p in (self.projet / "fiches").glob("*/*.yml") if " [s1]" in p.read_text(encoding="utf-8"))
        fiches = [p for p in fiches if p.parent.name not in {"vocabulaires", "referentiels"}]
        return [self._save(self.tirage.choice(fiches), f"mesure{rang}x") for rang in range(fois)]

    def _save(self, fiche: Path, mot: str) -> Enregistrement:
        page = f"{self.url}{fiche.parent.name}/{fiche.stem}/"
        epoque = re.findall(r"livereload\((\d+), (\d+)\)", _fetch(page))[-1]
        signal: list[float] = []
        appel = urllib.request.Request(f"{self.url}livereload/{epoque[0]}/{epoque[1]}", headers={"Referer": page})
        ecoute = threading.Thread(target=lambda: signal.append(_answered(appel)), daemon=True)
        ecoute.start()
        time.sleep(0.3)
        texte = fiche.read_text(encoding="utf-8").replace(" [s1]", f" {mot} [s1]", 1)
        faits = self._said().count("Site à jour")
        debut = time.perf_counter()
        fiche.write_text(texte, encoding="utf-8")
        self._wait(lambda: mot in _fetch(page), PATIENCE, f"{fiche.name} ne se voit pas")
        vue = time.perf_counter() - debut
        ecoute.join(PATIENCE)
        if not signal:
            raise EchecDeMesure(f"Le navigateur n’est pas prévenu que {fiche.name} a changé.")
        self._wait(lambda: self._said().count("Site à jour") > faits, PATIENCE, "le site n’est pas remis à jour")
        return Enregistrement(vue, signal[0] - debut, time.perf_counter() - debut)

    def _said(self) -> str:
        return self.journal.read_text(encoding="utf-8", errors="replace")

    def _wait(self, condition: Callable[[], bool], secondes: float, sinon: str) -> None:
        limite = time.monotonic() + secondes
        while not condition():
            if time.monotonic() > limite:
                raise EchecDeMesure(f"Après {secondes:.0f} s, {sinon} :\n{self._said()[-2000:]}")
            time.sleep(0.01)


def _fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=PATIENCE) as reponse:
        return str(reponse.read().decode("utf-8"))


def _answered(appel: urllib.request.Request) -> float:
    with urllib.request.urlopen(appel, timeout=PATIENCE * 2) as reponse:
        reponse.read()
    return time.perf_counter()


def chiffres(bilan: Bilan) -> dict[str, Any]:
    """Medians and extremes, in seconds."""
    resume = {
        nom: {
            "mediane": round(statistics.median(valeurs), 3),
            "min": round(min(valeurs), 3),
            "max": round(max(valeurs), 3),
        }
        for nom in ("vue_s", "signal_s", "site_s")
        if (valeurs := [getattr(e, nom) for e in bilan.enregistrements])
    }
    return {
        "n": bilan.n,
        "graine": bilan.graine,
        "enregistrements": len(bilan.enregistrements),
        **resume,
        "detail_vue_s": [round(e.vue_s, 3) for e in bilan.enregistrements],
    }


def en_json(bilan: Bilan) -> str:
    """The figures, to keep."""
    return json.dumps(chiffres(bilan), ensure_ascii=False, indent=2) + "\n"


def tableau(bilan: Bilan) -> str:
    """The figures, in French."""
    noms = {
        "vue_s": "enregistrée → page récupérée",
        "signal_s": "enregistrée → navigateur prévenu",
        "site_s": "enregistrée → site entier à jour",
    }
    faits = chiffres(bilan)
    lignes = [f"Rechargement, {bilan.n} fiches, {len(bilan.enregistrements)} enregistrements : médiane (min – max)"]
    for nom, libelle in noms.items():
        v = faits[nom]
        lignes.append(f"  {libelle:<36}{v['mediane']:>7.2f} s ({v['min']:.2f} – {v['max']:.2f})".replace(".", ","))
    return "\n".join(lignes)
