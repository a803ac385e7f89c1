"""What is drawn rather than written: A3 canvases for a table, and the deck of cards. Python gives the data to typst."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from macros.catalogue.fige import Catalogue
from macros.ecriture.textes import texte_nu
from macros.ecriture.typographie import date_lisible, typographier
from macros.modeles import Kit, Methode
from macros.pages.apercu import durees
from macros.pages.vue import Vue

ETAPES_MAX = 7
"""Steps on the back of a card; it then says that the fiche has more."""


def _planche(fonction: str, donnees: dict[str, Any]) -> str:
    """Call a function of planches.typ on data, quoted twice: JSON inside a typst string."""
    texte = json.dumps(json.dumps(donnees, ensure_ascii=False), ensure_ascii=False)
    return f'#import "planches.typ": *\n#{fonction}(json(bytes({texte})))\n'


def canevas(nom: str) -> Callable[[Catalogue, Kit], str]:
    """Return what draws a canvas of canevas.yml: rows of boxes."""

    def draw(catalogue: Catalogue, kit: Kit) -> str:
        del catalogue
        modele = _canevas()[nom]
        return _planche(
            "canevas",
            {
                "titre": typographier(modele["titre"]),
                "consigne": typographier(modele["consigne"]),
                "rangees": [r for rangee in modele["rangees"] for r in [_rangee(rangee)] * rangee.get("fois", 1)],
                "kit": typographier(kit.titre),
                "date": kit.verification.le,
                "jour": date_lisible(kit.verification.le),
            },
        )

    return draw


@cache
def _canevas() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "canevas.yml").read_text(encoding="utf-8"))
    return found


def _rangee(rangee: dict[str, Any]) -> dict[str, Any]:
    cases = [{"titre": typographier(t), "aide": typographier(a), "part": part} for t, a, part in rangee["cases"]]
    return {"hauteur": rangee["hauteur"], "cases": cases}


def cartes(catalogue: Catalogue, kit: Kit) -> str:
    """Draw one card for each méthode: its purpose in front; when, steps and cautions on the back."""
    vue = Vue(catalogue, "")
    methodes = sorted(
        (f for f in catalogue.fiches.values() if isinstance(f, Methode) and f.etat == "publiee"),
        key=lambda m: (list(catalogue.vocabulaires["forme_methode"].valeurs).index(m.forme), m.titre),
    )
    donnees = {
        "date": kit.verification.le,
        "jour": date_lisible(kit.verification.le),
        "cartes": [_carte(catalogue, vue, methode) for methode in methodes],
    }
    return _planche("cartes", donnees)


def _carte(catalogue: Catalogue, vue: Vue, methode: Methode) -> dict[str, Any]:
    etapes = [[typographier(etape.titre), texte_nu(etape.texte or "")] for etape in methode.etapes]
    return {
        "titre": typographier(methode.titre),
        "forme": typographier(catalogue.libelle("forme_methode", methode.forme)),
        "phases": [vue.libelle("phases", phase) for phase in methode.phases],
        "objectif": texte_nu(methode.objectif),
        "faits": durees(vue, methode) + [vue.quantite(c) for c in methode.participants[:1]],
        "materiel": [texte_nu(m.nom).rstrip(" .") for m in methode.materiel[:6]],
        "utiliser": [texte_nu(t) for t in methode.quand_utiliser[:2]],
        "eviter": [texte_nu(t) for t in methode.quand_eviter[:2]],
        "etapes": etapes[:ETAPES_MAX],
        "suite": len(etapes) > ETAPES_MAX,
        "vigilances": [texte_nu(t) for t in methode.vigilances[:2]],
    }


PLANCHES: dict[str, Callable[[Catalogue, Kit], str]] = {
    "cartes-boite-a-outils": cartes,
    **{nom: canevas(nom) for nom in _canevas()},
}
"""Document -> what draws it."""
