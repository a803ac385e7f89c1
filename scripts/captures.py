"""Make again the pictures of CONTRIBUTING.md: what the commands really print, drawn as a terminal.

Usage: python scripts/captures.py  (needs a Chromium, as the tests do; writes docs/assets/images/contribuer/)
"""

from __future__ import annotations

import base64
import builtins
import contextlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from playwright.sync_api import sync_playwright

RACINE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(RACINE))

import nouvelle_fiche  # noqa: E402 - beside this script
import valider  # noqa: E402

SORTIE = RACINE / "docs/assets/images/contribuer"
LARGEUR = 760
COUPE = "[…]"
STYLE = """
body { margin: 0; background: #22231f; }
pre { margin: 0; padding: 18px 20px; width: 720px; box-sizing: border-box; color: #ece9df;
      font: 13px/1.5 "DejaVu Sans Mono", monospace; white-space: pre-wrap; }
b { color: #9fd3a2; font-weight: 700; } i { color: #f0c674; font-style: normal; } s { color: #a9a594; text-decoration: none; }
"""
EN_WEBP = """async (png) => {
  const image = new Image();
  image.src = "data:image/png;base64," + png;
  await image.decode();
  const toile = Object.assign(document.createElement("canvas"), {width: image.width, height: image.height});
  toile.getContext("2d").drawImage(image, 0, 0);
  return toile.toDataURL("image/webp", 0.6).split(",")[1];
}"""
"""The browser writes WebP too: lighter than its PNG, and letters stay sharp."""
REPONSES = (
    *("méthode", "Toiture végétalisée de l’école", "Verdir un toit avec les élèves", "visite", "Choisir où planter"),
    *("partisipation", "équipements, participation", "cadrer", "élus", "national", "", "", ""),
    *("Guide des toits", "Ville de Metz", "https://metz.fr/toits", "2024", "n", ""),
)
FAUTES = {"porteurs: [anct]": "porteurs: [ademee]", 'date: "2024-06-14"': 'date: "2024-06-31"'}


def _conversation(dossier: Path) -> str:
    """What « make fiche » prints, with the answers typed."""
    reponses: Iterator[str] = iter(REPONSES)
    texte = io.StringIO()

    def entree(invite: str = "") -> str:
        reponse = next(reponses)
        texte.write(f"{invite}\x01{reponse}\x02\n")
        return reponse

    avant = builtins.input
    builtins.input = entree  # type: ignore[assignment]
    try:
        with contextlib.redirect_stdout(texte):
            nouvelle_fiche.main(["--fiches", str(dossier / "fiches")])
    finally:
        builtins.input = avant
    return texte.getvalue().replace(f"{dossier}/", "")


def _erreurs(dossier: Path) -> str:
    """What « make valider » prints of a real fiche with two mistakes."""
    source = (RACINE / "fiches/dispositifs/villages-avenir.yml").read_text(encoding="utf-8")
    for juste, faux in FAUTES.items():
        if juste not in source:
            raise SystemExit(
                f"« {juste} » n’est plus dans la fiche : choisissez une autre faute dans {Path(__file__).name}."
            )
        source = source.replace(juste, faux, 1)
    path = dossier / "dispositifs/villages-avenir-essai.yml"
    path.parent.mkdir()
    path.write_text(source.replace("id: villages-avenir\n", "id: villages-avenir-essai\n"), encoding="utf-8")
    texte = io.StringIO()
    with contextlib.redirect_stdout(texte):
        valider.main([str(path)])
    return (
        texte.getvalue()
        .replace(f"{path.parent.parent}/", "fiches/")
        .replace("villages-avenir-essai", "villages-avenir")
    )


def _between(texte: str, debut: str, fin: str) -> str:
    start = texte.index(debut)
    return texte[start : texte.index(fin, start)]


def _html(commande: str, parties: Iterable[str]) -> str:
    corps = f"\n<s>{COUPE}</s>\n".join(
        escape(p.strip("\n")).replace("\x01", "<b>").replace("\x02", "</b>") for p in parties
    )
    corps = corps.replace("Vouliez-vous dire", "<i>Vouliez-vous dire</i>")
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><pre><s>$</s> <b>{escape(commande)}</b>\n{corps}</pre>"


def main() -> int:
    """Draw the pictures. Return 0."""
    dossier = Path(tempfile.mkdtemp())
    try:
        dit = _conversation(dossier)
        fiche = [_between(dit, "Que voulez", "\nNom usuel"), _between(dit, "Titre", "\nUne phrase")]
        fiche += [_between(dit, "  Proches de votre sujet (numéros admis) :\n    1. equipements", "\nÉtapes du projet")]
        fiche += [_between(dit, "Écrit :", "  4. Quand")]
        images = {"make-fiche": _html("make fiche", fiche), "make-valider": _html("make valider", [_erreurs(dossier)])}
    finally:
        shutil.rmtree(dossier, ignore_errors=True)
    SORTIE.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as outil:
        navigateur = outil.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for nom, html in images.items():
            page = navigateur.new_page(viewport={"width": LARGEUR, "height": 100}, device_scale_factor=1.5)
            page.set_content(html)
            image = base64.b64encode(page.locator("pre").screenshot()).decode()
            (SORTIE / f"{nom}.webp").write_bytes(base64.b64decode(page.evaluate(EN_WEBP, image)))
        navigateur.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
