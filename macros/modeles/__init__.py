"""The fiche models: one class per kind. Declared once; validation, schemas and help come from here."""

from __future__ import annotations

from macros.modeles.communs import Chiffre, Fiche, Lieu, Source, Territoire, Validite
from macros.modeles.conditions import ConditionDeLieu, Critere
from macros.modeles.genres import DOSSIERS, TYPES
from macros.modeles.genres.action import Action, Cas
from macros.modeles.genres.dispositif import Dispositif
from macros.modeles.genres.kit import Kit, Seance, Sequence, Tache
from macros.modeles.genres.methode import Materiel, Methode
from macros.modeles.genres.partenaire import Partenaire
from macros.modeles.genres.site import Site
from macros.modeles.reperes import (
    Correction,
    Corrections,
    Exclusions,
    Glossaire,
    ListeDeValeurs,
    MotCourant,
    MotsCourants,
    Renommees,
    Terme,
    Valeur,
)

__all__ = [
    "DOSSIERS",
    "TYPES",
    "Action",
    "Cas",
    "Chiffre",
    "ConditionDeLieu",
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
    "MotCourant",
    "MotsCourants",
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
