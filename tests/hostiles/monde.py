"""A small project to poison: plain fiches to refer to, the hostile ones, a secret beside it that nothing may read."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from macros.catalogue.chargement import charger
from macros.catalogue.fige import Catalogue
from macros.contribution.essai import Essai
from macros.lecture.brute import lire
from macros.modeles import DOSSIERS, TYPES
from scripts.mesures.fabrique import adapter_pages
from tests.conftest import RACINE, copier
from tests.hostiles.charges import SECRET, Charge, charges
from tests.hostiles.fiches import cibles, ecrite, en_yaml

VIDES = {"exclusions.yml": "exclusions: []\n", "corrections.yml": "corrections: []\n"}
CITEE = "{{ lien_fiche('%s') }}"


VIDES = {
    "glossaire.yml": "sources: {}\ntermes: []\n",
    "exclusions.yml": "exclusions: []\n",
    "corrections.yml": "corrections: []\n",
    "renommees.yml": "renommees: []\n",
    "vocabulaires/mots_courants.yml": "mots_courants: []\n",
}
"""The shared files, without the entries that name fiches which are not here."""


class Monde:
    """The project in ``racine``, its catalogue of plain fiches, and what judges one more fiche."""

    def __init__(self, racine: Path) -> None:
        self.racine = racine
        racine.mkdir(parents=True)
        self.secret = racine.parent / "secret.txt"
        self.secret.write_text(SECRET, encoding="utf-8")
        self.charges = charges(self.secret)
        self.fiches: dict[str, dict[str, Any]] = {}
        themes = list(_donnees(RACINE / "fiches/vocabulaires/themes.yml")["valeurs"])
        sans = shutil.ignore_patterns("mots_courants.yml")  # it names fiches that are not here
        for dossier in ("vocabulaires", "referentiels"):
            shutil.copytree(RACINE / "fiches" / dossier, racine / "fiches" / dossier, ignore=sans)
        for nom, vide in VIDES.items():
            (racine / "fiches" / nom).write_text(vide, encoding="utf-8")
        for type_, fiche in cibles(themes).items():
            self.poser(type_, fiche)
        self.catalogue: Catalogue
        self.catalogue, problemes = charger(racine)
        assert problemes == [], "\n".join(map(str, problemes))
        self.essai = Essai(self.catalogue, racine)

    def poser(self, type_: str, fiche: dict[str, Any]) -> None:
        """Write a fiche into the project."""
        dossier = self.racine / "fiches" / TYPES[type_].PLURIEL
        dossier.mkdir(parents=True, exist_ok=True)
        (dossier / f"{fiche['id']}.yml").write_bytes(en_yaml(fiche))
        self.fiches[fiche["id"]] = fiche

    def completer(self) -> None:
        """Add what a build needs: pages without links to fiches that are not here, a page that cites every fiche in a
        sentence."""
        reels = {p.stem for dossier in DOSSIERS for p in (RACINE / "fiches" / dossier).glob("*.yml")}
        fiches = self.racine / "fiches"
        a_part = self.racine.parent / "copie"
        copier(a_part)
        shutil.rmtree(a_part / "fiches")
        shutil.copytree(a_part, self.racine, dirs_exist_ok=True)
        for nom, texte in VIDES.items():
            (fiches / nom).write_text(texte, encoding="utf-8")
        adapter_pages(self.racine, reels - set(self.fiches))
        phrases = "\n\n".join(f"Voir {CITEE % id_}{{: #apres }} et la suite." for id_ in sorted(self.fiches))
        page = self.racine / "docs/quoi-de-neuf.md"
        page.write_text(page.read_text(encoding="utf-8") + f"\n\n{phrases}\n", encoding="utf-8")


def glossaire(textes: list[Charge]) -> bytes:
    """A glossary each entry of which is one hostile text, in each of its fields; the real terms are left out."""
    source = {"titre": "Page d’essai", "editeur": "Éditeur", "note": "essai"}
    termes = [
        {
            "id": f"glo-hostile-{rang}",
            "terme": charge.texte,
            "developpement": charge.texte,
            "definition": ecrite(charge, enonce=True),
            "synonymes": [charge.texte],
            "attention": charge.texte,
        }
        for rang, charge in enumerate(textes)
    ]
    return en_yaml({"sources": {"s1": source}, "termes": termes})


def valeurs(textes: list[Charge]) -> bytes:
    """A vocabulary of the site (the needs) where each hostile text is a label, a definition and a synonym."""
    donnees = _donnees(RACINE / "fiches/vocabulaires/besoins.yml")
    for rang, charge in enumerate(textes):
        valeur = {"libelle": charge.texte, "definition": charge.texte, "synonymes": [charge.texte]}
        donnees["valeurs"][f"hostile-{rang}"] = valeur
    return en_yaml(donnees)


def _donnees(chemin: Path) -> dict[str, Any]:
    brut, problemes = lire(chemin.name, chemin.read_bytes())
    assert brut is not None, problemes
    return brut.donnees
