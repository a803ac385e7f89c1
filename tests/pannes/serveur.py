"""A real « make serve » on a copy of the project, all that it serves, and random changes to its fiches."""

from __future__ import annotations

import os
import random
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

from tests.conftest import cache

A_JOUR = "Site à jour"


def port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


class Serveur:
    """Serves ``projet`` until the end of the block. ``port``: the same gives the same addresses in the pages."""

    def __init__(self, projet: Path, port: int, travail: Path, options: tuple[str, ...] = ()) -> None:
        self.projet, self.port, self.travail = projet, port, travail
        self.url = f"http://127.0.0.1:{port}/"
        self.journal = travail / "serve.log"

    def __enter__(self) -> Serveur:
        shutil.rmtree(self.travail, ignore_errors=True)
        self.travail.mkdir(parents=True)
        self._flux = self.journal.open("wb")
        self._processus = subprocess.Popen(
            [sys.executable, "scripts/servir.py", f"127.0.0.1:{self.port}"],
            cwd=self.projet,
            stdout=self._flux,
            stderr=self._flux,
            env={**os.environ, "TMPDIR": str(self.travail), "ACCOMPAGNER_CACHE": str(cache())},
        )
        self.attendre(lambda: "Relu en" in self.texte(), 240)
        return self

    def __exit__(self, *_: object) -> None:
        self._processus.terminate()
        self._processus.wait(timeout=30)
        self._flux.close()

    @property
    def vivant(self) -> bool:
        return self._processus.poll() is None

    def texte(self) -> str:
        return self.journal.read_text(encoding="utf-8", errors="replace")

    def attendre(self, condition: Callable[[], bool], secondes: float) -> None:
        limite = time.monotonic() + secondes
        while not condition():
            assert self.vivant, self.texte()[-3000:]
            assert time.monotonic() < limite, self.texte()[-3000:]
            time.sleep(0.05)

    def attendre_le_calme(self) -> None:
        """Wait until what takes time is made too."""
        time.sleep(2)  # the last change has been seen
        self.attendre(lambda: re.findall(r"Relu en|Site à jour", self.texte())[-1] == A_JOUR, 240)

    def octets(self, chemin: str) -> bytes:
        with urllib.request.urlopen(self.url + chemin, timeout=60) as reponse:
            return bytes(reponse.read())

    def page(self, chemin: str) -> str:
        return self.octets(chemin).decode("utf-8")

    def contenu(self) -> dict[str, bytes]:
        """Every page of the served site, and every file that they lead to, but the search index."""
        plan = self.page("sitemap.xml")
        lus = {"sitemap.xml": "\n".join(sorted(plan.splitlines())).encode()}
        pages = [adresse.removeprefix(self.url) for adresse in re.findall(r"<loc>(.*?)</loc>", plan)]
        for uri in pages:
            lus[uri] = re.sub(r"<script data-question=.*?</script>", "", self.page(uri), flags=re.DOTALL).encode()
        menees = {
            urljoin(self.url + uri, lien.split("#")[0].split("?")[0])
            for uri in pages
            for lien in re.findall(r'(?:href|src)="([^"]+)"', lus[uri].decode())
        }
        for adresse in sorted(menees - {self.url + uri for uri in lus}):
            if adresse.startswith(self.url):
                lus[adresse.removeprefix(self.url)] = self.octets(adresse.removeprefix(self.url))
        return lus


def differences(un: dict[str, bytes], autre: dict[str, bytes]) -> list[str]:
    """Addresses that differ, or that one site alone holds."""
    return sorted(nom for nom in un.keys() | autre.keys() if un.get(nom) != autre.get(nom))


class Contributeur:
    """Edits, adds, deletes and renames fiches at random, as people and their editors do; sometimes wrongly."""

    def __init__(self, projet: Path, graine: int, fautes: bool = False) -> None:
        self.fiches, self.tirage, self.fautes = projet / "fiches", random.Random(graine), fautes
        self.comptes: dict[str, int] = {}
        self._neuves = 0

    def agir(self) -> str:
        gestes: list[Callable[[Path], str | None]] = [
            *[self.modifier] * 9,
            *[self.retitrer] * 3,
            *[self.ajouter] * 3,
            *[self.supprimer] * 2,
            *[self.renommer] * 2,
            self.retyper,
        ]
        if self.fautes:
            gestes += [
                self.casser,
                self.tronquer,
                self.octets,
                self.temporaire,
                self.dossier,
                self.remplacer,
                self.vider,
            ]
        while True:
            fiche = self.tirage.choice(self._toutes())
            nom = self.tirage.choice(gestes)(fiche)
            if nom:
                self.comptes[nom] = self.comptes.get(nom, 0) + 1
                return nom

    def _toutes(self) -> list[Path]:
        fichiers = (p for p in self.fiches.glob("*/*.yml") if p.is_file())
        return sorted(p for p in fichiers if p.parent.name not in {"vocabulaires", "referentiels"})

    def _lire(self, fiche: Path) -> str:
        return fiche.read_bytes().decode("utf-8", errors="replace")

    def _ligne(self, texte: str, champ: str) -> re.Match[str] | None:
        return re.search(rf"^{champ}: *\"?(.*?)\"?$", texte, re.MULTILINE)

    def modifier(self, fiche: Path) -> str | None:
        """A statement gets a word more."""
        texte = self._lire(fiche)
        places = [m.start() for m in re.finditer(r" \[(?:s\d|kit)", texte)]
        if not places:
            return None
        place = self.tirage.choice(places)
        fiche.write_text(f"{texte[:place]} encore{texte[place:]}", encoding="utf-8")
        return "modification"

    def retitrer(self, fiche: Path) -> str | None:
        texte = self._lire(fiche)
        trouve = self._ligne(texte, "titre")
        if not trouve or trouve[1].startswith((">", "|")) or len(trouve[1]) > 120:
            return None
        mot = self.tirage.choice(["Autre", "Bis", "Ça", "Œuvre", "Zone"])
        reste = re.sub(r'["\\]', "", trouve[1])
        fiche.write_text(f'{texte[: trouve.start()]}titre: "{mot} {reste}"{texte[trouve.end() :]}', encoding="utf-8")
        return "titre"

    def ajouter(self, fiche: Path) -> str | None:
        self._neuves += 1
        neuve = fiche.with_name(f"neuve-{self._neuves}.yml")
        texte = re.sub(r"^id: .*$", f"id: {neuve.stem}", self._lire(fiche), count=1, flags=re.MULTILINE)
        neuve.write_text(texte, encoding="utf-8")
        return "ajout"

    def supprimer(self, fiche: Path) -> str | None:
        if len(self._toutes()) < 12:
            return None
        fiche.unlink()
        return "suppression"

    def renommer(self, fiche: Path) -> str | None:
        """As a person does: the name, then the id, sometimes forgotten."""
        self._neuves += 1
        texte = self._lire(fiche)
        neuve = fiche.rename(fiche.with_name(f"renommee-{self._neuves}.yml"))
        if self.tirage.random() < 0.7:
            texte = re.sub(r"^id: .*$", f"id: {neuve.stem}", texte, count=1, flags=re.MULTILINE)
            neuve.write_text(texte, encoding="utf-8")
        return "renommage"

    def retyper(self, fiche: Path) -> str | None:
        """Moved to another folder."""
        autres = [d for d in sorted(self.fiches.iterdir()) if d.is_dir() and d != fiche.parent]
        autres = [d for d in autres if d.name not in {"vocabulaires", "referentiels"}]
        cible = self.tirage.choice(autres) / fiche.name
        if cible.exists():
            return None
        fiche.rename(cible)
        return "déplacement"

    # --- what no editor should do, and some do

    def casser(self, fiche: Path) -> str:
        texte = self._lire(fiche)
        fiche.write_text(self.tirage.choice([f"{texte}\n\t x: 1\n", f"titree: x\n{texte}", f"{texte}\n<<<<<<< HEAD\n"]))
        return "fiche invalide"

    def tronquer(self, fiche: Path) -> str:
        octets = fiche.read_bytes()
        fiche.write_bytes(octets[: self.tirage.randrange(len(octets) + 1)])
        if self.tirage.random() < 0.7:  # the end comes later
            time.sleep(self.tirage.random() * 0.2)
            fiche.write_bytes(octets)
        return "écriture en deux fois"

    def octets(self, fiche: Path) -> str:
        fiche.write_bytes(self.tirage.choice([b"\xff\xfe\x00", b"\x00" * 50, b"[" * 100_000, b"- " * 90_000]))
        return "octets quelconques"

    def temporaire(self, fiche: Path) -> str:
        nom = self.tirage.choice([f".{fiche.name}.swp", f"{fiche.name}~", "4913", f"#{fiche.name}#", ".DS_Store"])
        temporaire = fiche.with_name(nom)
        temporaire.write_bytes(b"x")
        if self.tirage.random() < 0.8:
            time.sleep(self.tirage.random() * 0.1)
            temporaire.unlink()
        return "fichier d’éditeur"

    def dossier(self, fiche: Path) -> str:
        dossier = fiche.with_name(self.tirage.choice(["brouillon", "dossier.yml", "archives"]))
        if dossier.exists():
            shutil.rmtree(dossier)
        else:
            dossier.mkdir()
            (dossier / fiche.name).write_bytes(fiche.read_bytes())
        return "dossier"

    def remplacer(self, fiche: Path) -> str:
        """Written aside, then moved in place, as most editors do."""
        neuf = fiche.with_name(f".{fiche.name}.neuf")
        neuf.write_bytes(fiche.read_bytes())
        neuf.replace(fiche)
        return "remplacement"

    def vider(self, fiche: Path) -> str:
        fiche.write_bytes(b"")
        return "fichier vide"
