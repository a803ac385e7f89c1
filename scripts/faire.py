"""The one command behind every make target, for machines without make: sets up what is needed, then runs it.

Standard library only: it runs before anything is installed.
Usage: python3 scripts/faire.py cible [options] ; sans cible, la liste s’affiche.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
VENV = RACINE / ".venv"
VERROU = RACINE / "requirements.txt"
TEMOIN = VENV / "empreinte-du-verrou"
PARALLELE = ("-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal")
"""Processes of the test run, four at most: each opens a browser."""
NAVIGATEURS = ("chromium", "chromium-browser", "google-chrome")

SCRIPTS = ("docs/assets/js", "macros/gabarits/horsligne")
"""Where the browser's scripts stand."""
TESTS_DU_TEXTE = ("tests/test_contenu.py", "tests/test_orthographe.py", "tests/test_sigles.py", "tests/test_kits.py")
"""Tests that judge the fiches themselves rather than the code."""


class Echec(Exception):
    """Something that the person at the keyboard can put right; the message says how."""


def python() -> Path:
    """Return the interpreter of the project's environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def preparer() -> None:
    """Make the environment agree with the lock. Raises Echec when it cannot."""
    if sys.version_info < (3, 11):
        raise Echec(f"Python 3.11 ou plus récent est nécessaire ; celui-ci est {sys.version.split()[0]}.")
    empreinte = hashlib.sha256(VERROU.read_bytes()).hexdigest()
    if python().exists() and TEMOIN.exists() and TEMOIN.read_text() == empreinte:
        return
    print("Préparation de l’environnement (une fois, quelques minutes)…", flush=True)
    if not python().exists() and subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Echec(
            "Impossible de créer .venv. Sur Debian ou Ubuntu : sudo apt-get install python3-venv, puis relancez. "
            "Sinon, "
            "vérifiez que ce dossier se laisse écrire et que le disque a de la place (un gigaoctet)."
        )
    pip = [str(python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
    if subprocess.run([*pip, str(VERROU)], check=False).returncode:
        raise Echec("L’installation a échoué (message ci-dessus). Vérifiez l’accès à l’internet, puis relancez.")
    TEMOIN.write_text(empreinte)


def navigateur() -> str:
    """Return the path of a Chromium, installing Debian's when possible. Raises Echec when there is none."""
    donne = os.environ.get("CHROMIUM")
    if donne and not shutil.which(donne):
        raise Echec(f"CHROMIUM mène à « {donne} », qui n’est pas un programme. Corrigez ce chemin, ou retirez-le.")
    found = donne or next(filter(None, map(shutil.which, NAVIGATEURS)), None)
    if found:
        return found
    apt = shutil.which("apt-get")
    if apt and (os.geteuid() == 0 or shutil.which("sudo")):
        prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
        print("Installation de Chromium pour les tests dans un navigateur…", flush=True)
        if not subprocess.run([*prefix, apt, "update", "-qq"], check=False).returncode:
            subprocess.run([*prefix, apt, "install", "-y", "-qq", "chromium"], check=False, stdout=subprocess.DEVNULL)
        found = shutil.which("chromium")
    if not found:
        raise Echec(
            "Les tests demandent un navigateur Chromium. Installez-le (sudo apt-get install chromium), ou donnez "
            "son chemin : CHROMIUM=/chemin/vers/chromium make test"
        )
    return found


def lancer(*arguments: str, programme: str = "python", **environ: str) -> None:
    """Run a program of the environment. Raises SystemExit with its status when it fails."""
    place = python().with_name(programme).with_suffix(python().suffix)
    done = subprocess.run([str(place), *arguments], cwd=RACINE, env={**os.environ, **environ}, check=False)
    if done.returncode:
        sys.exit(done.returncode)


@dataclass(frozen=True)
class Etape:
    """One program to run: what is said before, its arguments, whether it needs a browser."""

    titre: str
    arguments: tuple[str, ...]
    navigateur: bool = False
    environ: Mapping[str, str] = field(default_factory=dict)
    programme: str = "python"


def porte(nom: str, *arguments: str, titre: str = "") -> Etape:
    """A command of ``scripts/``."""
    return Etape(titre, (f"scripts/{nom}.py", *arguments))


TEXTE = Etape("Texte : contenu, orthographe, sigles", ("-m", "pytest", *TESTS_DU_TEXTE))
VERROUILLER = (
    *("-m", "uv", "pip", "compile", "pyproject.toml", "--group", "tests", "--universal", "--generate-hashes", "-q"),
    # nothing of this machine enters the lock
    *("--no-emit-index-url", "--no-emit-find-links", "--python-version", "3.11"),
    *("--custom-compile-command", "make verrou", "-o", "requirements.txt"),
)
SBOM = (
    *("-m", "cyclonedx_py", "requirements", "requirements.txt", "--pyproject", "pyproject.toml", "--sv", "1.6"),
    *("--of", "JSON", "--output-reproducible", "--validate", "-o"),
)
RELECTURE = (
    Etape("Relecture du code (ruff)", ("-m", "ruff", "check", ".")),
    Etape("Relecture et forme des scripts du navigateur (oxlint, oxfmt)", SCRIPTS, programme="oxlint"),
    Etape("", ("--check", *SCRIPTS), programme="oxfmt"),
    Etape("Types (mypy)", ("-m", "mypy")),
    porte("valider", titre="Fiches"),
)
TESTS = Etape("Tests : unités, site entier, navigateur", ("-m", "pytest", *PARALLELE), navigateur=True)
UNITES = Etape("Tests : unités", ("-m", "pytest", "-m", "not longue and not entiere", *PARALLELE))
LONGUE = ("-m", "pytest", "-m", "longue", "-rs", *PARALLELE)
CIBLES: dict[str, tuple[Etape, ...]] = {
    "preparer": (),
    "serve": (porte("servir"),),
    "test": (*RELECTURE, TESTS),
    "vite": (*RELECTURE, UNITES),
    "site": (porte("site"),),
    "publication": (
        porte("publication", "--verifier", titre="Devoirs de l’éditeur"),
        TEXTE,
        porte("publication", titre="Site à mettre en ligne"),
    ),
    "deploiement": (porte("site"), porte("deploiement")),
    "html": (porte("html_valide"),),
    "sbom": (Etape("Inventaire des composants (CycloneDX 1.6)", SBOM),),
    "zip": (porte("zip_du_site"),),
    "valider": (porte("valider"),),
    "schemas": (porte("schemas"),),
    # No browser: the code that it would try has not changed.
    "verifier-fiches": (porte("valider", titre="Fiches"), TEXTE, porte("site", titre="Site")),
    "fiche": (porte("nouvelle_fiche"),),
    "liens": (porte("liens_externes"),),
    "ruff": (Etape("", ("-m", "ruff")),),
    "mypy": (Etape("", ("-m", "mypy")),),
    "oxlint": (Etape("", (), programme="oxlint"),),
    "oxfmt": (Etape("", (), programme="oxfmt"),),
    "verif-longue": (Etape("", LONGUE, navigateur=True, environ={"VERIF_LONGUE": "1"}),),
    "mesurer": (porte("mesurer"),),
    "verrou": (Etape("", VERROUILLER),),
}
"""What each target runs, in order; what follows its name on the command line goes to the last program."""
SANS_RIEN_DE_PLUS = {"mesurer": ["construction"], "sbom": ["sbom.cdx.json"]}
"""What a target is given when nothing follows its name."""


def derouler(cible: str, arguments: list[str]) -> None:
    """Run the programs of a target, up to the first that fails."""
    etapes = CIBLES[cible]
    for etape in etapes:
        if etape.titre:
            print(f"— {etape.titre}", flush=True)
        environ = {**etape.environ, **({"CHROMIUM": navigateur()} if etape.navigateur else {})}
        suite = (arguments or SANS_RIEN_DE_PLUS.get(cible, [])) if etape is etapes[-1] else []
        lancer(*etape.arguments, *suite, programme=etape.programme, **environ)


def main() -> int:
    """Run the target named first on the command line."""
    cible, *reste = sys.argv[1:] or ["aide"]
    if cible not in CIBLES:
        print(f"Cibles : {', '.join(CIBLES)}. Par exemple : python3 scripts/faire.py serve", file=sys.stderr)
        return 2
    try:
        preparer()
        derouler(cible, reste)
    except Echec as echec:
        print(echec, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except OSError as erreur:
        print(f"Le système refuse : {erreur.strerror or erreur} ({erreur.filename or RACINE}).", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
