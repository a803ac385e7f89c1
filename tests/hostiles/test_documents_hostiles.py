"""Documents that want to harm the importation: refused with a message, or drafts that the reader reads back; within
limits."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from macros.contribution.importation.importer import importer
from macros.contribution.importation.redaction import rediger
from macros.contribution.importation.refus import DocumentRefuse
from macros.contribution.importation.regles import regles
from macros.lecture.brute import lire
from tests.conftest import RACINE, lancer
from tests.hostiles.bilan import noter
from tests.hostiles.charges import Charge
from tests.hostiles.documents import inertes, refuses
from tests.hostiles.monde import Monde

SECONDES, OCTETS = 20, 1_500_000_000
JOUR = "2026-11-22"
_SOUS = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_DATA, ({octets}, {octets}))
from macros.contribution.importation.refus import DocumentRefuse
from macros.contribution.importation.importer import importer
from macros.contribution.importation.regles import correspondances
connu = {{**correspondances(), "champs": {{}}, "vocabulaires": {{}}, "noms": {{}}, "ids": [], "sigles": [], "departements": {{}}}}
for nom, chemin in json.load(sys.stdin):
    debut = time.process_time()
    try:
        importer(nom, open(chemin, "rb").read(), connu, "2026-11-22")
        dit = ""
    except DocumentRefuse as refus:
        dit = str(refus)
    print(json.dumps([nom, dit, time.process_time() - debut]), flush=True)
print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
"""


def test_chaque_document_piege_est_refuse_dans_son_temps_et_sa_memoire(tmp_path: Path) -> None:
    """All read by one process that the system holds to its memory."""
    cas = refuses()
    entrees = []
    for rang, (nom, octets) in enumerate(cas.values()):
        (tmp_path / str(rang)).write_bytes(octets)
        entrees.append((nom, str(tmp_path / str(rang))))
    fait = lancer(
        sys.executable,
        "-c",
        _SOUS.format(octets=OCTETS),
        env={**os.environ, "PYTHONPATH": str(RACINE)},
        input=json.dumps(entrees),
    )
    assert fait.returncode == 0, fait.stderr[-2000:]
    *lignes, _ = [json.loads(ligne) for ligne in fait.stdout.splitlines()]
    assert len(lignes) == len(cas)
    for genre, (_, dit, secondes) in zip(cas, lignes, strict=True):
        assert dit.endswith("."), f"lu : {genre}"
        assert "root:" not in dit and "Error" not in dit
        assert secondes < SECONDES, (genre, secondes)
        noter("documents importés", "refusée")


def test_ce_qui_est_lu_est_inerte(monde: Monde) -> None:
    _lire_tout(monde, monde.charges[::4])


@pytest.mark.longue
def test_tout_ce_qui_est_lu_est_inerte(monde: Monde) -> None:
    _lire_tout(monde, monde.charges)


def _lire_tout(monde: Monde, textes: list[Charge]) -> None:
    """Whatever the text, the drafts are read back as they were made, and hold nothing of a file that the document
    names."""
    connu = regles(monde.catalogue)
    for nom, fichier, octets in inertes(textes):
        debut = time.process_time()
        try:
            fait = importer(fichier, octets, connu, JOUR)
        except DocumentRefuse as refus:
            assert str(refus).endswith(".")
            noter("documents importés", "refusée")
            continue
        for rang, brouillon in enumerate(fait.brouillons):
            texte = rediger(fait, rang)
            brut, problemes = lire("x.yml", texte.encode())
            assert problemes == [], (nom, problemes)
            assert brut is not None and brut.donnees == brouillon.champs
            assert "root:" not in texte and "AutoOpen" not in texte and "SENTINELLE" not in texte
        assert time.process_time() - debut < SECONDES, nom
        noter("documents importés", "inerte")


def test_la_commande_dit_le_refus_sans_trace(tmp_path: Path) -> None:
    """The door on the importation: French, status 1, nothing written outside of the folder asked for."""
    choisis = ["rires docx", "lzma truqué", "chemin odt", "nul", "nom nul", "pdf vide"]
    cas = refuses()
    chemins = []
    for rang, nom in enumerate(choisis):
        place = tmp_path / f"{rang}-{Path(cas[nom][0].replace(chr(0), '_')).name}"
        place.write_bytes(cas[nom][1])
        chemins.append(str(place))
    pirate = tmp_path / "pirate.txt"
    pirate.write_text("../../../pris\nUn texte.", encoding="utf-8")
    sortie = tmp_path / "brouillons"
    fait = subprocess.run(
        [
            sys.executable,
            "scripts/importer.py",
            *chemins,
            str(pirate),
            str(tmp_path / "absent.docx"),
            "--sortie",
            str(sortie),
        ],
        cwd=RACINE,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (OCTETS, OCTETS)),
    )
    assert fait.returncode == 1
    assert "Traceback" not in fait.stderr
    assert all(f"{chemin} : " in fait.stderr for chemin in chemins)
    ecrits = [p.relative_to(sortie).as_posix() for p in sortie.rglob("*.yml")]
    assert len(ecrits) == 1 and "/" in ecrits[0] and "pris" in ecrits[0]
    assert not list(tmp_path.parent.glob("pris*"))
    noter("documents importés", "inerte")


@pytest.mark.parametrize("nom", ["rires odt", "entité externe docx", "doctype distant"])
def test_le_message_dit_pourquoi(monde: Monde, nom: str) -> None:
    fichier, octets = refuses()[nom]
    with pytest.raises(DocumentRefuse, match="entités XML"):
        importer(fichier, octets, regles(monde.catalogue), JOUR)
