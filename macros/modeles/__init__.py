"""The fiche models: one class per kind. Declared once; validation, schemas and help come from here."""

from __future__ import annotations

from macros.modeles.action import Action, Cas
from macros.modeles.communs import Chiffre, Fiche, Lieu, Source, Territoire, Validite
from macros.modeles.dispositif import Critere, Dispositif
from macros.modeles.kit import Kit, Seance, Sequence, Tache
from macros.modeles.methode import Materiel, Methode
from macros.modeles.partenaire import Partenaire
from macros.modeles.reperes import (
    Correction,
    Corrections,
    Exclusions,
    Glossaire,
    ListeDeValeurs,
    Renommees,
    Terme,
    Valeur,
)
from macros.modeles.site import Site

TYPES: dict[str, type[Fiche]] = {m.TYPE: m for m in (Dispositif, Partenaire, Action, Site, Methode, Kit)}
"""Kind (singular, without accents) -> model, in the order in which readers meet them."""
DOSSIERS: dict[str, type[Fiche]] = {m.PLURIEL: m for m in TYPES.values()}
"""Folder of ``fiches/`` -> model."""

__all__ = [
    "DOSSIERS",
    "TYPES",
    "Action",
    "Cas",
    "Chiffre",
    "Correction",
    "Corrections",
    "Critere",
    "Dispositif",
    "Exclusions",
    "Fiche",
    "Glossaire",
    "Kit",
    "Lieu",
    "ListeDeValeurs",
    "Materiel",
    "Methode",
    "Partenaire",
    "Renommees",
    "Seance",
    "Sequence",
    "Site",
    "Source",
    "Tache",
    "Terme",
    "Territoire",
    "Valeur",
    "Validite",
]
