"""What a link reached on a fiche before its page was ordered anew, it reaches still."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import html

from macros.catalogue.confiance import a_demander
from macros.catalogue.fige import Catalogue
from macros.modeles import Fiche

# Anchors read on the pages of 28 November 2026, and the fields of the fiche that they led to: nothing, when every page had it.
COMMUNES = {
    "en-bref": "",
    "notes-et-sources": "",
    "en-quelques-mots": "resume",
    "ce-qui-a-change": "historique",
    "fiches-liees": "fiches_liees",
    "liens-utiles": "liens",
    "images": "illustrations",
}
ANCRES = {
    "dispositif": {
        "a-quoi-cela-sert": "objectifs sujets principes apport montants livrables resultats chiffres",
        "cadres": "cadres",
        "demander": "acces.etapes",
        "deroulement": "deroulement",
        "est-ce-pour-nous": "criteres",
        "l-obtenir": "beneficiaires echelles acces.mode acces.qui_decide acces.calendrier acces.pieces acces.effort",
        "qui-conduit": "pilotage participants",
        "qui-fait-quoi": "partenaires",
    },
    "methode": {
        "a-emporter": "materiel",
        "a-preparer": "preparation",
        "a-quoi-elle-sert": "objectif",
        "ce-qui-en-sort": "livrables",
        "comment-faire": "etapes",
        "ou-elle-a-servi": "",
        "quand-s-en-servir": "quand_utiliser quand_eviter",
        "supports": "supports",
        "vigilance": "variantes vigilances limites",
        "y-acceder": "acces",
    },
    "partenaire": {
        "comment-l-appeler": "comment_mobiliser delai",
        "missions": "missions",
        "moyens": "competences chiffres membres autres_membres",
        "quand-l-appeler": "quand_mobiliser ne_fait_pas",
        "regles-locales": "regles_locales",
    },
    "site": {
        "acteurs": "demandeur equipe participants",
        "contexte": "contexte chiffres",
        "demarche": "demarche",
        "question-de-depart": "problematique",
        "qui-fait-quoi": "partenaires",
        "resultats": "resultats difficultes enseignements suites",
    },
    "action": {
        "contexte": "contexte",
        "demarche": "demarche",
        "enseignements": "facteurs_reussite vigilances",
        "moyens": "moyens_internes moyens_externes diffusion",
        "objectifs": "objectifs",
        "qui-fait-quoi": "partenaires",
        "resultats": "resultats livrables suites",
    },
    "kit": {
        "a-cocher": "check_lists",
        "avant-de-choisir": "",
        "budget": "budget",
        "documents": "documents",
        "evaluation": "evaluation",
        "materiel": "",
        "retroplanning": "retroplanning",
        "roles": "roles",
        "vigilance": "vigilances",
    },
}


def _valeur(fiche: Any, chemin: str) -> Any:
    for nom in chemin.split("."):
        fiche = getattr(fiche, nom, None)
    return fiche


def _attendues(fiche: Fiche) -> set[str]:
    ancres = COMMUNES | ANCRES[fiche.type]
    if fiche.type in {"methode", "kit"}:
        del ancres["en-quelques-mots"]
    attendues = {a for a, champs in ancres.items() if not champs or any(_valeur(fiche, c) for c in champs.split())}
    if fiche.type in {"dispositif", "partenaire"} and a_demander(fiche):
        attendues.add("ce-que-nous-ne-savons-pas")
    for seance in getattr(fiche, "seances", ()):
        numerotees = [s for s in seance.sequences if s.modalite != "pause"]
        attendues |= {seance.id, *(f"{seance.id}-{n}" for n in range(1, len(numerotees) + 1))}
        attendues |= {f"frise-{seance.id}"} if seance.debut else set()
    return attendues | {f"note-{cle}" for cle in fiche.sources} | {f"cas-{x.id}" for x in getattr(fiche, "cas", ())}


def _atteintes(dossier: Path) -> set[str]:
    """Anchors of a page, less those that stand in a link to another page and are not there."""
    lu = html.parse(dossier / "index.html")
    atteintes = set(lu.xpath("//@id"))
    for volet in lu.xpath("//nav[@class='volets']//a[span]"):
        ailleurs = html.parse(dossier / volet.get("href") / "index.html")
        atteintes -= set(volet.xpath("span/@id")) - set(ailleurs.xpath("//@id"))
    return atteintes


@pytest.mark.parametrize("type_", ANCRES)
def test_chaque_ancre_d_avant_mene_encore(catalogue: Catalogue, site: Path, type_: str) -> None:
    perdues = []
    for fiche in catalogue.du_type(type_):
        presentes = _atteintes(site / fiche.PLURIEL / fiche.id)
        perdues += [f"{fiche.PLURIEL}/{fiche.id}/#{a}" for a in sorted(_attendues(fiche) - presentes)]
    assert perdues == []
