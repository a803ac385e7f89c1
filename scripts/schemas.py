"""Write the JSON Schemas of docs/api/schemas/ from the models, and the modeline of each fiche.

Usage: .venv/bin/python scripts/schemas.py
"""

from __future__ import annotations

from pathlib import Path

from porte import RACINE, ouvrir

from macros.catalogue.chargement import charger
from macros.modeles import DOSSIERS
from macros.modeles.schemas import modeline, schemas


def main() -> int:
    """Write what differs, and say so."""
    vocabulaires = charger(RACINE)[0].vocabulaires
    changes = 0
    for nom, texte in schemas(vocabulaires).items():
        changes += _ecrire(RACINE / nom, texte)
    for dossier, modele in DOSSIERS.items():
        ligne = modeline(modele.TYPE)
        for fiche in sorted((RACINE / "fiches" / dossier).glob("*.yml")):
            texte = fiche.read_text(encoding="utf-8")
            if texte.split("\n", 1)[0] != ligne:
                changes += _ecrire(fiche, f"{ligne}\n{texte}")
    print(f"{changes} fichier(s) écrit(s)." if changes else "Rien à changer.")
    return 0


def _ecrire(chemin: Path, texte: str) -> int:
    """Write the file when its text changes; return 1 then, else 0."""
    if chemin.is_file() and chemin.read_text(encoding="utf-8") == texte:
        return 0
    chemin.parent.mkdir(parents=True, exist_ok=True)
    chemin.write_text(texte, encoding="utf-8", newline="\n")
    print(chemin.relative_to(RACINE))
    return 1


if __name__ == "__main__":
    ouvrir(main)
