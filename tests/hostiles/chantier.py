"""The hostile project built as « make site » builds, watched: its time, its memory, what it wrote outside of its
place."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from macros.catalogue.chargement import charger
from macros.lecture.brute import TAILLE_MAX
from macros.lecture.problemes import Chemin, nom_de_champ
from macros.modeles import TYPES
from tests.hostiles.charges import Charge
from tests.hostiles.fiches import champs_textes, empoisonnee, en_yaml
from tests.hostiles.monde import Monde, glossaire, valeurs

SECONDES, OCTETS = 1_800, 4_000_000_000
"""Bounds of a build: time, and memory of any of its processes."""
ECHANTILLON = ["programme", "retroplanning", "note-de-cadrage", "cartes-boite-a-outils"]


@dataclass(frozen=True)
class Chantier:
    """What a build gave. ``poses``: (id, family, name of the text, field) of all that was accepted and built."""

    dossier: str
    statut: int
    dit: str
    secondes: float
    megaoctets: int
    ailleurs: list[str]
    poses: list[list[str]]

    @property
    def site(self) -> Path:
        """Where the site is."""
        return Path(self.dossier) / "site"

    @staticmethod
    def relire(dossier: Path) -> Chantier:
        """Find a build again."""
        return Chantier(**json.loads((dossier / "bilan.json").read_text(encoding="utf-8")))


def batir(dossier: Path, *, entier: bool) -> Chantier:
    """Make the project, build it, keep what happened."""
    monde = Monde(dossier / "projet")
    poses: list[list[str]] = []
    for type_, id_, ou in (_toutes if entier else _melangees)(monde):
        gardees = acceptees(monde, type_, id_, ou)
        fiche = empoisonnee(type_, id_, gardees)
        if type_ == "kit":
            fiche["documents"] = fiche["documents"] if entier else ECHANTILLON
        monde.poser(type_, fiche)
        poses += [[id_, c.famille, c.nom, ".".join(map(str, chemin))] for chemin, c in gardees.items()]
    for nom, texte, charges in _listes(monde):
        (monde.racine / "fiches" / nom).write_bytes(texte)
        poses += [[nom, charge.famille, charge.nom, ""] for charge in charges]
    monde.completer()
    avant = _photo(dossier)
    statut, dit, secondes, megaoctets = _construire(monde.racine, dossier)
    permis = (str(dossier / "site"), str(dossier / "cache"), str(dossier / "projet/.cache"))
    ailleurs = [p for p, quand in _photo(dossier).items() if avant.get(p) != quand and not p.startswith(permis)]
    verrou = str(dossier / ".site.verrou")  # kept beside the site, on purpose: macros/moteur/construit/mise_en_place.py
    ailleurs = [p for p in ailleurs if "__pycache__" not in p and not p.endswith("/projet") and p != verrou]
    fait = Chantier(str(dossier), statut, dit, secondes, megaoctets, ailleurs, poses)
    (dossier / "bilan.json").write_text(json.dumps(asdict(fait)), encoding="utf-8")
    return fait


def acceptees(monde: Monde, type_: str, id_: str, ou: dict[Chemin, Charge]) -> dict[Chemin, Charge]:
    """Of the texts put in a fiche, those that the validator accepts together."""
    fichier = f"fiches/{TYPES[type_].PLURIEL}/{id_}.yml"
    gardees = dict(ou)
    while problemes := monde.essai.controler(fichier, en_yaml(empoisonnee(type_, id_, gardees))):
        touches = {p.champ for p in problemes}
        reste = {c: charge for c, charge in gardees.items() if not _touche(nom_de_champ(c), touches)}
        assert len(reste) < len(gardees), problemes
        gardees = reste
    return gardees


def _touche(champ: str, touches: set[str]) -> bool:
    return any(
        champ == t or champ.startswith((f"{t}.", f"{t}[")) or t.startswith((f"{champ}.", f"{champ}[")) for t in touches
    )


def _melangees(monde: Monde) -> Iterator[tuple[str, str, dict[Chemin, Charge]]]:
    """Two fiches of each kind, each field with another text: every text stands somewhere."""
    for type_ in TYPES:
        champs = [c for c, _ in champs_textes(type_) if c != ("id",)]
        for rang in range(2):
            ou = {c: monde.charges[(n * (rang + 1) + rang * 31) % len(monde.charges)] for n, c in enumerate(champs)}
            yield type_, f"hostile-{type_}-{rang}", ou


def _toutes(monde: Monde) -> Iterator[tuple[str, str, dict[Chemin, Charge]]]:
    """One fiche for each kind and text, the text in every field: or several, where one file would be refused as too
    long."""
    for type_ in TYPES:
        champs = [c for c, _ in champs_textes(type_) if c != ("id",)]
        for rang, charge in enumerate(monde.charges):
            parts = _tenant_dans_un_fichier(type_, champs, charge)
            for numero, part in enumerate(parts):
                suite = f"-{numero}" if len(parts) > 1 else ""
                yield type_, f"hostile-{type_}-{rang}{suite}", dict.fromkeys(part, charge)


def _tenant_dans_un_fichier(type_: str, champs: list[Chemin], charge: Charge) -> list[list[Chemin]]:
    if len(en_yaml(empoisonnee(type_, "essai", dict.fromkeys(champs, charge)))) <= TAILLE_MAX * 0.9 or len(champs) == 1:
        return [champs]
    milieu = len(champs) // 2
    return [p for moitie in (champs[:milieu], champs[milieu:]) for p in _tenant_dans_un_fichier(type_, moitie, charge)]


def _listes(monde: Monde) -> Iterator[tuple[str, bytes, list[Charge]]]:
    """The glossary and the vocabulary, with the texts that each accepts."""
    # Items of a list are counted from 1; the values bear their number in their name, from 0.
    for nom, ecrire, premier in (("glossaire.yml", glossaire, 1), ("vocabulaires/besoins.yml", valeurs, 0)):
        chemin = monde.racine / "fiches" / nom
        gardees = monde.charges
        while True:
            chemin.write_bytes(ecrire(gardees))
            problemes = [p for p in charger(monde.racine)[1] if p.fichier.endswith(nom)]
            if not problemes:
                break
            fautives = {int(nombre) for p in problemes for nombre in re.findall("[0-9]+", p.champ)[:1]}
            reste = [charge for rang, charge in enumerate(gardees, premier) if rang not in fautives]
            assert len(reste) < len(gardees), problemes
            gardees = reste
        yield nom, ecrire(gardees), gardees


def _construire(projet: Path, dossier: Path) -> tuple[int, str, float, int]:
    debut = time.monotonic()
    fait = subprocess.run(
        [sys.executable, "scripts/site.py", str(dossier / "site")],
        cwd=projet,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=SECONDES,
        env={**os.environ, "ACCOMPAGNER_CACHE": str(dossier / "cache"), "DEPOT_URL": "https://exemple.fr/depot"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (OCTETS, OCTETS)),
    )
    enfants = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    return fait.returncode, fait.stdout + fait.stderr, time.monotonic() - debut, enfants


def _photo(dossier: Path) -> dict[str, float]:
    return {str(p): p.stat().st_mtime for p in dossier.rglob("*") if not p.is_dir()}
