"""The project with three more fiches, one of them hostile, and a seventh kind: built once, for the tests of each."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.conftest import batir, copier, lancer
from tests.fabrique import texte

HOSTILE = (
    '</title><script>alert(1)</script>{{ 7*7 }}{% raw %}{# x #} --8<-- "/etc/passwd" '
    "[x](https://e.fr){ onclick=alert(1) }"
)
PIECES = Path(__file__).parent / "septieme_type"
PLACES = {
    "evenement.py": "macros/modeles/genres/evenement.py",
    "gabarit.html": "macros/gabarits/fiches/evenement.html",
    "symbole.html": "theme/partials/symboles/evenement.html",
    "nature_evenement.yml": "fiches/vocabulaires/nature_evenement.yml",
    "fete-du-projet.yml": "fiches/evenements/fete-du-projet.yml",
}


def augmenter(dossier: Path) -> None:
    """Build the project in ``dossier``, with what is added to it."""
    projet = copier(dossier / "projet")
    _ajouter_des_fiches(projet)
    _ajouter_un_type(projet)
    batir(projet, dossier / "site")


def _ajouter_des_fiches(projet: Path) -> None:
    """A méthode and a site that cite each other, and a partenaire whose every text is hostile."""
    methode = {"titre": "Essai : tour de table", "partenaires": ["caue-62"], "themes": ["habitat"]}
    site = {
        "titre": "Essai à Bailleul",
        "dispositifs": ["atelier-flash"],
        "methodes": ["essai-tour-de-table"],
        "themes": ["habitat"],
        "territoire": {"echelle": "commune", "lieux": [{"code": "59043", "nom": "Bailleul"}]},
    }
    partenaire = {
        "titre": HOSTILE[:150],
        "accroche": f"Un texte hostile : {HOSTILE} [s1].",
        "resume": f"{HOSTILE} [s1].",
        "missions": [f"Le même ailleurs {HOSTILE} [s1]."],
        "mots_cles": [HOSTILE[:50]],
        "synonymes": ["<b onmouseover=alert(1)>"],
        "inconnues": [HOSTILE],
        "sources": {"s1": {"titre": HOSTILE[:150], "editeur": "<i>Éditeur</i>", "note": "{{ 7*7 }}"}},
    }
    for type_, id_, champs in (
        ("methode", "essai-tour-de-table", methode),
        ("site", "essai-bailleul", site),
        ("partenaire", "essai-hostile", partenaire),
    ):
        (projet / f"fiches/{type_}s/{id_}.yml").write_text(texte(type_, id_, **champs), encoding="utf-8")


def _ajouter_un_type(projet: Path) -> None:
    """« evenement »: its model, its template, its symbol, its words, a label, a fiche; then the schemas."""
    for nom, place in PLACES.items():
        (projet / place).parent.mkdir(exist_ok=True)
        shutil.copy(PIECES / nom, projet / place)
    libelles = projet / "macros/modeles/libelles.py"
    debut = '        "type": "Type de fiche",\n'
    lus = libelles.read_text(encoding="utf-8")
    assert debut in lus
    libelles.write_text(lus.replace(debut, f'{debut}        "jauge": "Jauge",\n'), encoding="utf-8")
    fait = lancer(sys.executable, "scripts/schemas.py", cwd=projet)
    assert fait.returncode == 0, fait.stderr
