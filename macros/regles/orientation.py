"""Criteria of dispositifs and partenaires, conditions on their place: known answers, and no exclusion without a
source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from macros.lecture.problemes import remede
from macros.modeles import Critere, Dispositif, ListeDeValeurs, Partenaire
from macros.modeles.partage import FICHE
from macros.regles.citations import cles_citees
from macros.regles.contexte import Constats, Lue, Reperes

REPONSES = {
    "sujet": "themes",
    "porteur": "reponses_porteur",
    "perimetre": "echelles",
    "avancement": "reponses_avancement",
    "manque": "reponses_manque",
    "population": "reponses_population",
    "programme": "reponses_programme",
}
"""Question -> vocabulary of its answers."""


def criteres(lue: Lue, reperes: Reperes) -> Constats:
    """Answers belong to their question; an exclusion rests on a source other than ourselves."""
    if not isinstance(lue.fiche, Dispositif | Partenaire):
        return
    for rang, critere in enumerate(lue.fiche.criteres):
        chemin = ("criteres", rang)
        if critere.question in REPONSES:
            admis = reperes.vocabulaires[REPONSES[critere.question]].valeurs
            for place, reponse in enumerate(critere.parmi):
                if reponse not in admis:
                    message = FICHE.dire("reponse_refusee", reponse=reponse)
                    yield (*chemin, "parmi", place), f"{message} {remede(reponse, admis)}"
        if critere.si_non == "non-adapte" and not exclut(critere):
            yield (*chemin, "si_non"), FICHE.dire("critere_sans_source")


def faits_admis(vocabulaires: Mapping[str, ListeDeValeurs]) -> dict[str, dict[str, Any]]:
    """Fact of a place -> its values (none for a number), and whether a dated list tells it."""
    valeurs = vocabulaires["valeurs_de_lieu"].valeurs.items()
    return {
        fait: {"valeurs": [id_ for id_, v in valeurs if v.groupe == fait], "liste": connu.groupe == "liste"}
        for fait, connu in vocabulaires["faits_de_lieu"].valeurs.items()
    }


def conditions_de_lieu(lue: Lue, reperes: Reperes) -> Constats:
    """Values belong to their fact; what closes rests on a source, and never on a dated list."""
    if not isinstance(lue.fiche, Dispositif | Partenaire):
        return
    faits = faits_admis(reperes.vocabulaires)
    for rang, condition in enumerate(lue.fiche.conditions_de_lieu):
        chemin = ("conditions_de_lieu", rang)
        if (admis := faits.get(condition.fait)) is None:
            continue
        if admis["valeurs"] and not condition.parmi:
            yield (*chemin, "fait"), FICHE.dire("condition_sans_nombre", fait=condition.fait)
        for place, valeur in enumerate(condition.parmi):
            if valeur not in admis["valeurs"]:
                message = FICHE.dire("reponse_refusee", reponse=valeur)
                yield (*chemin, "parmi", place), f"{message} {remede(valeur, admis['valeurs'])}"
        if condition.effet == "ferme" and admis["liste"]:
            yield (*chemin, "effet"), FICHE.dire("liste_datee")
        if condition.effet == "ferme" and not sourcee(condition.phrase_oui, condition.phrase_non):
            yield (*chemin, "effet"), FICHE.dire("critere_sans_source")


def sourcee(*textes: str | None) -> bool:
    """Whether one of the texts quotes a source other than ourselves."""
    return any(cle != "kit" for texte in textes for cle in cles_citees(texte or ""))


def exclut(critere: Critere) -> bool:
    """Whether another answer sets the dispositif aside: the fiche says so, and quotes a source other than ourselves."""
    return critere.si_non == "non-adapte" and sourcee(critere.phrase_oui, critere.phrase_non)
