"""Programmes as the composer hands them over, made from the real kits: what « Repartir avec » is tested on."""

from __future__ import annotations

from typing import Any

from macros.catalogue.fige import Catalogue
from macros.catalogue.materiel import materiel_du_kit
from macros.ecriture.rendu import adresse
from macros.ecriture.textes import texte_nu
from macros.modeles import Kit
from macros.modeles.partage import COMMUN
from macros.modeles.seances.agenda import creneaux

assert set(COMMUN["travail"]) == {"pleniere", "groupes", "terrain", "pause"}


def heure(minutes: int) -> str:
    """« 08:30 »."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def programme(catalogue: Catalogue, identifiant: str, dates: list[str | None], **champs: Any) -> dict[str, Any]:
    """Return the programme of a kit, its days on ``dates``; ``champs`` replaces fields."""
    kit = catalogue.fiches[identifiant]
    assert isinstance(kit, Kit)
    roles = {r.id: r.titre for r in kit.roles}
    seances = [s for s in kit.seances if creneaux(s)]
    jours = [
        {
            "titre": seance.titre,
            "date": date,
            "debut": seance.debut,
            "fin": heure(creneaux(seance)[-1].fin),
            "sequences": [
                {
                    "id": f"{seance.id}-{rang}",
                    "titre": texte_nu(c.sequence.titre),
                    "debut": heure(c.debut),
                    "fin": heure(c.fin),
                    "duree": c.fin - c.debut,
                    "fixe": bool(c.sequence.debut),
                    "modalite": c.sequence.modalite,
                    "roles": [roles[r] for r in c.sequence.roles],
                    "lieu": texte_nu(c.sequence.lieu or ""),
                    "notes": "",
                    "methode": _methode(catalogue, c.sequence.methode),
                    "livrable": texte_nu(c.sequence.livrable or ""),
                    "materiel": [{"nom": texte_nu(m.nom)} for m in c.sequence.materiel],
                    "lendemain": False,
                    "consignes": [texte_nu(x) for x in c.sequence.consignes],
                }
                for rang, c in enumerate(creneaux(seance))
            ],
        }
        for seance, date in zip(seances, dates, strict=True)
    ]
    materiel = [
        {"nom": texte_nu(b.nom), "total": b.total, "calcul": b.calcul} for b in materiel_du_kit(kit, catalogue.fiches)
    ]
    return {
        "titre": kit.titre,
        "kit": kit.id,
        "lieu": {"code": "59464", "nom": "Poix-du-Nord", "echelle": "commune", "departement": "59"},
        "contact": "service territorial, 03 00 00 00 00",
        "participants": 24,
        "groupes": 3,
        "animateurs": 4,
        "jours": jours,
        "taches": [
            _tache("Réserver la salle", "2026-10-01", retard=True),
            _tache("Envoyer le programme", "2027-03-29", ferie="lundi de Pâques"),
            _tache("Choisir la commune", "2026-09-01", fait=True),
            _tache("Rendre la synthèse", None),
        ],
        "materiel": materiel,
        "alertes": [],
        **champs,
    }


def _tache(tache: str, date: str | None, **champs: Any) -> dict[str, Any]:
    return {
        "tache": tache, "role": "Animateur", "ancre": "Jour de l’atelier", "date": date, "retard": False, "fait": False,
        "ferie": None, "weekend": None, **champs,
    }  # fmt: skip


def _methode(catalogue: Catalogue, identifiant: str | None) -> dict[str, str] | None:
    fiche = catalogue.fiches.get(identifiant or "")
    return {"id": fiche.id, "titre": fiche.titre, "url": adresse(fiche)} if fiche else None
