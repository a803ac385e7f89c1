"""Door on the publication: refuse, with what to do, while something forbids it; else build the site and say what was
done.

Usage: python scripts/publication.py [--verifier] [destination, « site » par défaut]
"""

from __future__ import annotations

import argparse
import datetime as dt
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from porte import RACINE, ouvrir

from macros.catalogue.chargement import charger
from macros.moteur.devoirs.contact_securite import URIS, security_txt
from macros.moteur.devoirs.editeur import CHAMPS, Editeur, lire
from macros.moteur.devoirs.mise_en_ligne import manques


def configuration(racine: Path) -> tuple[str, Editeur, list[str]]:
    """Return the public address, the publisher, and what is wrong with its fields, as mkdocs.yml and the environment
    say."""
    try:
        config = load_config(str(racine / "mkdocs.yml"))
    except MkDocsException as erreur:
        raise SystemExit(f"mkdocs.yml ne se lit pas, ou SITE_URL n’est pas une adresse : {erreur}") from None
    return config.site_url or "", *lire(config.extra.get("editeur"))


def refus(racine: Path, aujourd_hui: dt.date) -> list[str]:
    """Return everything that forbids to publish, in French; empty when nothing does."""
    site_url, editeur, fautes = configuration(racine)
    catalogue, problemes = charger(racine)
    return [*map(str, problemes), *fautes, *map(str, manques(editeur, catalogue, site_url, aujourd_hui))]


def main(arguments: Sequence[str] | None = None) -> int:
    """Check, then build. Return 0 when the site may be put on line, else 1."""
    lus = argparse.ArgumentParser(description="Construit le site à mettre en ligne, si rien ne l’interdit.")
    lus.add_argument("--verifier", action="store_true", help="dire seulement ce qui manque, sans construire")
    lus.add_argument("destination", nargs="?", default=str(RACINE / "site"))
    demande = lus.parse_args(arguments)
    raisons = refus(RACINE, dt.date.today())
    if raisons:
        print("\n".join(raisons), file=sys.stderr)
        print(
            f"Publication refusée : {len(raisons)} point(s) à régler ci-dessus. Rien n’a été construit.",
            file=sys.stderr,
        )
        return 1
    if demande.verifier:
        print("Rien n’interdit la publication.")
        return 0
    destination = Path(demande.destination).resolve()
    return _construire(destination) or _verifier_promesse(destination)


def _construire(destination: Path) -> int:
    return subprocess.run([sys.executable, "scripts/site.py", str(destination)], cwd=RACINE, check=False).returncode


def _verifier_promesse(destination: Path) -> int:
    """Check that what was built carries the security contact, and say what was done."""
    site_url, editeur, _ = configuration(RACINE)
    attendu = security_txt(editeur, site_url)
    for uri in URIS:
        place = destination / uri
        if not place.is_file() or place.read_text(encoding="utf-8") != attendu:
            print(f"{uri} manque au site construit, ou ne dit pas ce que dit mkdocs.yml. Relancez.", file=sys.stderr)
            return 1
    print(
        f"Prêt à mettre en ligne à l’adresse {site_url} : {len(CHAMPS)} champs de l’éditeur renseignés, aucune "
        "fiche en "
        f"brouillon, security.txt valable jusqu’au {editeur['securite_valable_jusqu_au']}."
    )
    return 0


if __name__ == "__main__":
    ouvrir(main)
