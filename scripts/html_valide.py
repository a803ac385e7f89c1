"""Door on the Nu Html Checker: judges every page of a built site, but for the few faults of others that a file
explains.

Usage: python scripts/html_valide.py [site construit, « site » par défaut]
It needs Java. The checker itself is fetched once, at a pinned version, by npm; or its place is given by VNU_JAR.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from porte import RACINE, ouvrir

EXCEPTIONS = RACINE / "tests/html/exceptions.yml"
VERSION = "26.9.27"
EMPREINTE = "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47"
"""SHA-256 of vnu.jar in the package « vnu-jar » that the maintainers of the checker publish."""
# Files read from a disk have no origin, so that « 'self' » means nothing to the checker; a browser judges the policy.
_POLITIQUE = re.compile(r"violates Content Security Policy")
_JAR_DU_PAQUET = "package/build/dist/vnu.jar"


class Impossible(Exception):
    """The checker cannot run here; the message says what to install."""


@dataclass(frozen=True)
class Faute:
    """An error found by the checker: page, line, message, and the HTML around it."""

    page: str
    ligne: int
    message: str
    extrait: str

    def __str__(self) -> str:
        return f"{self.page}:{self.ligne} : {self.message}  [{' '.join(self.extrait.split())[:120]}]"


@dataclass(frozen=True)
class Jugement:
    """What a run found: pages read, errors left, errors excepted, exceptions that no longer serve, warnings."""

    pages: int
    fautes: tuple[Faute, ...]
    exceptees: int
    sans_objet: tuple[str, ...]
    avertissements: int


def java() -> str:
    """Return the path of Java. Raises Impossible."""
    trouve = shutil.which("java")
    if not trouve:
        raise Impossible(
            "Java manque : la validité du HTML n’est pas jugée. Sur Debian : apt-get install default-jre-headless"
        )
    return trouve


def verificateur(reserve: Path) -> Path:
    """Return the place of vnu.jar, fetching it once into ``reserve``. Raises Impossible when it cannot, or is not the
    one expected."""
    donne = os.environ.get("VNU_JAR")
    place = Path(donne) if donne else reserve / f"vnu-{VERSION}.jar"
    if not donne and not place.is_file():
        _fetch(place)
    if not place.is_file() or hashlib.sha256(place.read_bytes()).hexdigest() != EMPREINTE:
        raise Impossible(f"{place} n’est pas le vérificateur attendu (vnu-jar {VERSION}). Retirez-le, puis relancez.")
    return place


def _fetch(place: Path) -> None:
    npm = shutil.which("npm")
    if not npm:
        raise Impossible(
            f"Le vérificateur Nu manque, et npm pour le prendre. Installez npm, ou donnez vnu.jar {VERSION} : "
            "VNU_JAR=/chemin/vnu.jar"
        )
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent) as dossier:
        prendre = [npm, "pack", "--silent", "--ignore-scripts", f"vnu-jar@{VERSION}"]
        fait = subprocess.run(prendre, cwd=dossier, capture_output=True, text=True, check=False)
        if fait.returncode:
            raise Impossible(f"Le paquet vnu-jar {VERSION} n’a pas pu être pris :\n{fait.stderr.strip()[-500:]}")
        (paquet,) = Path(dossier).glob("*.tgz")
        with tarfile.open(paquet) as archive:
            membre = archive.extractfile(_JAR_DU_PAQUET)
            contenu = membre.read() if membre else b""
        if hashlib.sha256(contenu).hexdigest() != EMPREINTE:
            raise Impossible(f"Le paquet vnu-jar {VERSION} n’a pas l’empreinte attendue : il n’est pas employé.")
        provisoire = Path(dossier) / "vnu.jar"
        provisoire.write_bytes(contenu)
        provisoire.replace(place)


def juger(site: Path, reserve: Path) -> Jugement:
    """Judge every page of ``site``. Raises Impossible."""
    pages = sorted(site.rglob("*.html"))
    commande = [java(), "-Xss16m", "-jar", str(verificateur(reserve)), "--stdout", "--exit-zero-always"]
    fait = subprocess.run(
        [*commande, "--skip-non-html", "--format", "json", str(site)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    try:
        messages = json.loads(fait.stdout)["messages"]
    except (ValueError, KeyError):
        raise Impossible(f"Le vérificateur Nu s’est arrêté :\n{(fait.stderr or fait.stdout).strip()[-500:]}") from None
    return trier(messages, site, len(pages), yaml.safe_load(EXCEPTIONS.read_text(encoding="utf-8")) or [])


def trier(messages: Iterable[dict[str, Any]], site: Path, pages: int, exceptions: Sequence[dict[str, str]]) -> Jugement:
    """Sort the messages of the checker: errors, those that an exception explains, and warnings."""
    motifs = [(re.compile(e["message"]), re.compile(e["extrait"])) for e in exceptions]
    servies: Counter[int] = Counter()
    fautes: list[Faute] = []
    avertissements = 0
    for m in messages:
        if m["type"] == "info":
            avertissements += not _POLITIQUE.search(m["message"])
            continue
        page = m.get("url", "").removeprefix("file:").removeprefix(f"{site}/")
        faute = Faute(page, m.get("lastLine", 0), m["message"], m.get("extract", ""))
        rang = next(
            (n for n, (dit, ou) in enumerate(motifs) if dit.search(faute.message) and ou.search(faute.extrait)), None
        )
        if rang is None:
            fautes.append(faute)
        else:
            servies[rang] += 1
    sans_objet = tuple(e["message"] for n, e in enumerate(exceptions) if not servies[n])
    return Jugement(pages, tuple(fautes), servies.total(), sans_objet, avertissements)


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge a site and print the figures. Return 1 on an error, 2 when the checker cannot run: never taken for a
    success."""
    lus = argparse.ArgumentParser(description="Juge la validité du HTML de tout le site (vérificateur Nu).")
    lus.add_argument("site", nargs="?", type=Path, default=RACINE / "site")
    site = lus.parse_args(arguments).site.resolve()
    if not (site / "index.html").is_file():
        print(f"{site} n’est pas un site construit. Lancez d’abord : make site", file=sys.stderr)
        return 2
    try:
        juge = juger(site, Path(os.environ.get("ACCOMPAGNER_CACHE", RACINE / ".cache")))
    except Impossible as raison:
        print(raison, file=sys.stderr)
        return 2
    for faute in juge.fautes:
        print(faute, file=sys.stderr)
    for motif in juge.sans_objet:
        print(f"tests/html/exceptions.yml : l’exception « {motif} » ne sert plus. Retirez-la.", file=sys.stderr)
    print(
        f"HTML de {juge.pages} pages (Nu {VERSION}) : {len(juge.fautes)} erreur(s), {juge.exceptees} exceptée(s) par "
        f"tests/html/exceptions.yml, {juge.avertissements} avertissement(s)."
    )
    return int(bool(juge.fautes or juge.sans_objet))


if __name__ == "__main__":
    ouvrir(main)
