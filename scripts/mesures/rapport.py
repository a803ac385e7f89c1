"""Figures of a measure: a table to read, and JSON to keep. Nothing in them names the machine."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import statistics
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from mesures.chrono import Passage
from mesures.construction import Base, Mesure, Paire

ETAPES = {
    "validation": "lecture et validation des fiches",
    "rendu": "rendu des pages de fiches et des listes",
    "theme": "gabarits du thème et écriture",
    "recherche": "index de recherche",
    "outils": "outils lancés à part",
    "liens": "contrôle des liens",
    "reste": "reste (démarrage, MkDocs, Markdown, macros)",
}

ROLES = {
    "construction": "construction",
    "second": "second processus",
    "commande": "commande, contrôle des liens",
    "pagefind": "Pagefind",
}
"""Kinds of processes whose memory is told apart."""


def en_json(mesure: Mesure) -> str:
    """Return the figures as JSON: seconds, millions of bytes, bytes."""
    return json.dumps(_chiffres(mesure), ensure_ascii=False, indent=2) + "\n"


def _chiffres(mesure: Mesure) -> dict[str, Any]:
    return {
        "n": mesure.n,
        "nous_s": round(_mediane(mesure, lambda p: p.nous.secondes), 2),
        "nous_sans_controle_s": round(_mediane(mesure, lambda p: p.sans_controle.secondes), 2),
        "reference_s": round(_mediane(mesure, lambda p: p.reference.secondes), 2),
        "rapport": round(_mediane(mesure, _rapport), 3),
        "nous_processeur_s": round(_mediane(mesure, lambda p: p.nous.processeur), 2),
        "nous_sans_controle_processeur_s": round(_mediane(mesure, lambda p: p.sans_controle.processeur), 2),
        "reference_processeur_s": round(_mediane(mesure, lambda p: p.reference.processeur), 2),
        "rapport_processeur": round(_mediane(mesure, lambda p: p.nous.processeur / p.reference.processeur), 3),
        "nous_memoire_mo": round(_mediane(mesure, lambda p: p.nous.memoire_mo), 1),
        "reference_memoire_mo": round(_mediane(mesure, lambda p: p.reference.memoire_mo), 1),
        "nous_roles_mo": {role: round(mo, 1) for role, mo in _roles(mesure).items()},
        "premiere_s": round(mesure.premiere.secondes, 2),
        "premiere_processeur_s": round(mesure.premiere.processeur, 2),
        "nous_octets": mesure.nous.octets,
        "reference_octets": mesure.reference.octets,
        "nous_fichiers": mesure.nous.fichiers,
        "reference_fichiers": mesure.reference.fichiers,
        "nous_pages": mesure.nous.pages,
        "reference_pages": mesure.reference.pages,
        "paires": [
            {
                "nous_s": round(p.nous.secondes, 2),
                "nous_sans_controle_s": round(p.sans_controle.secondes, 2),
                "reference_s": round(p.reference.secondes, 2),
                "rapport": round(_rapport(p), 3),
                "nous_processeur_s": round(p.nous.processeur, 2),
                "reference_processeur_s": round(p.reference.processeur, 2),
                "nous_memoire_mo": round(p.nous.memoire_mo, 1),
                "reference_memoire_mo": round(p.reference.memoire_mo, 1),
            }
            for p in mesure.paires
        ],
        "etapes": {nom: round(secondes, 2) for nom, secondes in mesure.etapes.items()},
        "fiche_mediane": {
            nom: {"fiches": b.fiches, "octets": round(b.octets), "champs": b.champs}
            for nom, b in (("fabriquee", mesure.fabriquee), ("reelle", mesure.reelle))
        },
        "graine": mesure.graine,
        "machine": {
            "coeurs": os.cpu_count(),
            "python": platform.python_version(),
            "mkdocs": version("mkdocs"),
            "material": version("mkdocs-material"),
        },
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
    }


def tableau(mesure: Mesure) -> str:
    """Return the table, in French: medians, and the ratio pair by pair."""
    nous, autre = mesure.nous, mesure.reference
    lignes = [
        ("", "ce site", "Material nu", "rapport : min, médiane, max"),
        _ligne(mesure, "durée", lambda p: p.secondes, _secondes),
        _ligne(mesure, "temps de processeur", lambda p: p.processeur, _secondes),
        _ligne(mesure, "  sans contrôle des liens", lambda p: p.processeur, _secondes, lambda p: p.sans_controle),
        _ligne(mesure, "mémoire du plus gros processus", lambda p: p.memoire_mo, lambda v: f"{v:.0f} Mo"),
        *((f"  {ROLES[role]}", f"{mo:.0f} Mo", "", "") for role, mo in _roles(mesure).items() if role in ROLES),
        ("taille du site", _mo(nous.octets), _mo(autre.octets), _nombre(nous.octets / autre.octets)),
        ("fichiers", str(nous.fichiers), str(autre.fichiers), ""),
        ("pages", str(nous.pages), str(autre.pages), ""),
    ]
    s = "s" if len(mesure.paires) > 1 else ""
    total = mesure.etapes["total"]
    return "\n".join(
        [
            f"Construction de {mesure.n} fiches fabriquées : {len(mesure.paires)} paire{s}, médianes.",
            "",
            *(f"{a:<32}{b:>12}{c:>14}   {d}".rstrip() for a, b, c, d in lignes),
            "",
            f"Première construction, rien de gardé (documents écrits, gabarits compilés) : "
            f"{_secondes(mesure.premiere.secondes)}, {_secondes(mesure.premiere.processeur)} de processeur.",
            "",
            f"Où passe le temps de ce site ({_secondes(total)} de processeur, mesuré à part) :",
            *(
                f"  {libelle:<46}{_secondes(mesure.etapes.get(nom, 0)):>9}{mesure.etapes.get(nom, 0) / total:>7.0%}"
                for nom, libelle in ETAPES.items()
            ),
            "",
            f"Fiche médiane, fabriquée : {_ko(mesure.fabriquee.octets)}, {_champs(mesure.fabriquee)} ; réelle "
            f"({mesure.reelle.fiches} fiches) : {_ko(mesure.reelle.octets)}, {_champs(mesure.reelle)}.",
        ]
    )


def _ligne(
    mesure: Mesure,
    nom: str,
    valeur: Callable[[Passage], float],
    ecrire: Callable[[float], str],
    notre: Callable[[Paire], Passage] = lambda p: p.nous,
) -> tuple[str, str, str, str]:
    """One row: our median, theirs, and how the ratios of the pairs spread."""
    rapports = [valeur(notre(p)) / valeur(p.reference) for p in mesure.paires]
    return (
        nom,
        ecrire(_mediane(mesure, lambda p: valeur(notre(p)))),
        ecrire(_mediane(mesure, lambda p: valeur(p.reference))),
        " – ".join(map(_nombre, (min(rapports), statistics.median(rapports), max(rapports)))),
    )


def _roles(mesure: Mesure) -> dict[str, float]:
    """Median memory of each kind of process of ours, in the order of ``ROLES``."""
    vus = {role for paire in mesure.paires for role in paire.nous.roles_mo}
    rangs = [*ROLES, *sorted(vus - set(ROLES))]
    return {
        role: statistics.median(p.nous.roles_mo.get(role, 0) for p in mesure.paires) for role in rangs if role in vus
    }


def _rapport(paire: Paire) -> float:
    return paire.nous.secondes / paire.reference.secondes


def _mediane(mesure: Mesure, valeur: Callable[[Paire], float]) -> float:
    return statistics.median(valeur(p) for p in mesure.paires)


def _nombre(valeur: float) -> str:
    return f"{valeur:.2f}".replace(".", ",")


def _secondes(valeur: float) -> str:
    return f"{valeur:.1f} s".replace(".", ",")


def _mo(octets: float) -> str:
    return f"{octets / 1e6:.1f} Mo".replace(".", ",")


def _champs(base: Base) -> str:
    return f"{base.champs:g} champs".replace(".", ",")


def _ko(octets: float) -> str:
    return f"{octets / 1e3:.1f} ko".replace(".", ",")
