"""Criteria of dispositifs: known answers, and no exclusion without a source."""

from __future__ import annotations

from macros.lecture.problemes import remede
from macros.modeles import Critere, Dispositif
from macros.modeles.partage import FICHE
from macros.regles.citations import cles_citees
from macros.regles.contexte import Constats, Lue, Reperes

REPONSES = {
    "sujet": "themes",
    "porteur": "reponses_porteur",
    "population": "reponses_population",
    "perimetre": "echelles",
    "avancement": "reponses_avancement",
    "manque": "reponses_manque",
    "programme": "reponses_programme",
}
"""Question -> vocabulary of its answers."""


def criteres(lue: Lue, reperes: Reperes) -> Constats:
    """Answers belong to their question; an exclusion rests on a source other than ourselves."""
    if not isinstance(lue.fiche, Dispositif):
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


def exclut(critere: Critere) -> bool:
    """Whether another answer sets the dispositif aside: the fiche says so, and quotes a source other than ourselves."""
    textes = (critere.phrase_oui or "", critere.phrase_non or "")
    sourced = any(cle != "kit" for texte in textes for cle in cles_citees(texte))
    return critere.si_non == "non-adapte" and sourced
