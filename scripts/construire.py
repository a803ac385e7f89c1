"""Build the site with one engine or the other.

Usage: python scripts/construire.py [--moteur mkdocs|zensical] [destination, « site » par défaut]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from porte import RACINE, ouvrir

from macros.contribution.fiches_vierges import fiches_vierges
from macros.ecriture.rendu import Depot
from macros.moteur.autre_moteur import ecrire
from macros.moteur.construit.mise_en_place import ChantierRefuse, echanger, refuser_de_remplacer
from macros.moteur.memoire import recharger
from macros.moteur.publication import LOCALE, adresse_publique
from macros.sorties.documents.fabrication import fabriquer
from macros.sorties.documents.trames import documents


def zensical(destination: Path, racine: Path = RACINE) -> int:
    """Build into ``destination`` with Zensical. Return 0, or 1 after saying in French what to do."""
    debut = time.perf_counter()
    try:
        refuser_de_remplacer(destination)
    except ChantierRefuse as refus:
        print(refus, file=sys.stderr)
        return 1
    etat = recharger(racine)
    if etat.problemes:
        print("\n".join(map(str, etat.problemes)), file=sys.stderr)
        print("Le site n’a pas été construit : corrigez les fiches ci-dessus, puis relancez.", file=sys.stderr)
        return 1
    base = os.environ.get("SITE_URL", LOCALE).rstrip("/") + "/"
    cache = racine / ".cache"
    cache.mkdir(exist_ok=True)
    reserve = Path(os.environ.get("ACCOMPAGNER_CACHE", cache)) / "documents"
    lot = fabriquer([*documents(etat.catalogue, base), *fiches_vierges(etat.catalogue, base)], reserve)
    etat.depot = Depot(documents=lot.par_kit(), site=adresse_publique(base))
    with tempfile.TemporaryDirectory(prefix="zensical-", dir=cache) as provisoire:
        dossier = Path(provisoire)
        nombre = ecrire(etat, racine, dossier, base, {f.document.chemin(f.format): p for f, p in lot.fichiers})
        commande = [sys.executable, "-m", "zensical", "build", "--clean"]
        done = subprocess.run(commande, cwd=dossier, capture_output=True, text=True, encoding="utf-8", check=False)
        if done.returncode:
            print(done.stdout + done.stderr, file=sys.stderr)
            print("Zensical n’a pas construit le site (message ci-dessus) ; l’ancien est intact.", file=sys.stderr)
            return 1
        _en_markdown(dossier / "site")
        echanger(dossier / "site", destination)
    print(f"Site construit par Zensical dans {destination} : {nombre} pages, {time.perf_counter() - debut:.1f} s.")
    return 0


def _en_markdown(dossier: Path) -> None:
    """Give back its name to the Markdown of each fiche, which the engine must not take for a page."""
    for fichier in (dossier / "api/fiches").glob("*.md.txt"):
        fichier.rename(fichier.with_suffix(""))


def main(arguments: Sequence[str] | None = None) -> int:
    """Build where asked, with the engine asked."""
    parser = argparse.ArgumentParser(prog="construire.py", description="Construire le site.")
    parser.add_argument("--moteur", choices=("mkdocs", "zensical"), default="mkdocs", help="moteur (mkdocs par défaut)")
    parser.add_argument("destination", nargs="?", type=Path, default=RACINE / "site", help="dossier du site construit")
    donnes = parser.parse_args(arguments)
    destination = donnes.destination.resolve()
    if donnes.moteur == "zensical":
        return zensical(destination)
    return subprocess.run([sys.executable, str(RACINE / "scripts/site.py"), str(destination)], check=False).returncode


if __name__ == "__main__":
    ouvrir(main)
