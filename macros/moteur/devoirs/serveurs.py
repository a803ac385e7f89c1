"""The files of ``deploiement/``: servers ready to use, written from the one description of the headers
(``securite.py``)."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros.moteur.devoirs.securite import EN_TETES, politique

GABARITS = Path(__file__).parents[2] / "gabarits/deploiement"
FICHIERS = ("nginx.conf", "Caddyfile")
RACINE_DU_SITE = "/var/www/accompagner-les-territoires"
IMMUABLE = "^/(.*/)?assets/(e-[0-9a-f]{12}|stylesheets|javascripts)/"
"""Addresses whose file name or folder changes with their content."""
HSTS_JOURS = 365


def configurations() -> dict[str, str]:
    """Return each file by its name."""
    env = Environment(
        loader=FileSystemLoader(GABARITS),
        autoescape=False,  # configuration of servers, from our own constants
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    valeurs = {
        "politique": politique(en_tete=True),
        "en_tetes": EN_TETES,
        "immuable": IMMUABLE,
        "cache_immuable": "public, max-age=31536000, immutable",
        "cache_ailleurs": "no-cache",
        "racine": RACINE_DU_SITE,
        "hsts": f"max-age={HSTS_JOURS * 86_400}",
        "hsts_jours": HSTS_JOURS,
    }
    return {nom: env.get_template(nom).render(valeurs) for nom in FICHIERS}
