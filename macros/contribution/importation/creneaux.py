"""Time slots -> sequences of a day: their hours, title, instructions, and who works with whom."""

from __future__ import annotations

from typing import Any

from macros.contribution.importation.brouillon import LIBELLE, Brouillon, citer, phrases
from macros.contribution.importation.decoupe import Section
from macros.contribution.importation.mots import normaliser, uni
from macros.contribution.importation.regles import Regles, motif
from macros.modeles.partage import COMMUN, IMPORTATION


def placer_creneaux(b: Brouillon, sections: list[Section], regles: Regles) -> None:
    """Write the slots of a document into the only séance of the draft."""
    horaires = [section for section in sections if section.horaire]
    if not horaires:
        return
    seance = b.champs["seances"][0]
    seance["sequences"] = []
    for rang, section in enumerate(horaires):
        suivant = horaires[rang + 1] if rang + 1 < len(horaires) else None
        place = f"seances[1].sequences[{rang + 1}]"
        seance["sequences"].append(_sequence(b, place, section, suivant, regles))
    premier, dernier = horaires[0].horaire, horaires[-1].horaire
    if premier and dernier:
        seance["debut"] = heure(premier[0])
        if dernier[1] is not None:
            seance["fin"] = heure(dernier[1])


def _sequence(b: Brouillon, place: str, section: Section, suivant: Section | None, regles: Regles) -> dict[str, Any]:
    debut, fin, ligne = section.horaire or (0, None, "")
    titre, suite = _titre(uni(ligne))
    textes = [*([suite] if suite else []), *(uni(bloc.texte) for bloc in section.blocs[1:])]
    sequence: dict[str, Any] = {"titre": titre or "Sans titre", "debut": heure(debut), "sources": ["s1"]}
    if not titre:
        b.douter(f"{place}.titre", IMPORTATION.dire("creneau_sans_titre"))
    if fin is None and suivant and suivant.horaire:
        fin = suivant.horaire[0]
        b.douter(f"{place}.duree", IMPORTATION.dire("duree_du_suivant"))
    duree = fin - debut if fin is not None else 0
    if COMMUN["sequence"]["min"] <= duree <= COMMUN["sequence"]["max"]:
        sequence["duree"] = str(duree)
    else:
        impossible = "duree_impossible" if fin is None else "duree_impossible_entre"
        b.douter(f"{place}.duree", IMPORTATION.dire(impossible, debut=heure(debut), fin=heure(fin or 0)))
    consignes = [citer(morceau) for texte in textes if texte for morceau in phrases(texte)]
    if consignes:
        sequence["consignes"] = consignes
    sequence["modalite"] = _modalite(titre, regles)
    b.douter(f"{place}.modalite", IMPORTATION.dire("modalite", titre=titre))
    b.origines[place] = section.intitule
    for bloc in section.blocs:
        b.alerter(place, bloc)
    return sequence


def _titre(ligne: str) -> tuple[str, str]:
    """A title that holds in its field, cut at a comma or between words, and what follows."""
    if len(ligne) <= LIBELLE:
        return ligne, ""
    coupe = ligne.rfind(", ", 0, LIBELLE)
    coupe = coupe if coupe > 20 else ligne.rfind(" ", 0, LIBELLE)
    coupe = coupe if coupe > 0 else LIBELLE
    return ligne[:coupe], motif("^[ ,]+").sub("", ligne[coupe:])


def _modalite(titre: str, regles: Regles) -> str:
    propre = normaliser(titre)
    for regle in regles["creneaux"]["modalites"]:
        if motif(regle["motif"]).search(propre):
            return str(regle["modalite"])
    return str(regles["creneaux"]["defaut"])


def heure(minutes: int) -> str:
    """Minutes from midnight -> 08:30."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
