"""Sections -> drafts: each section goes to its field, or to what is left over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from macros.contribution.importation.blocs import Bloc
from macros.contribution.importation.brouillon import LIBELLE, Brouillon
from macros.contribution.importation.creneaux import placer_creneaux
from macros.contribution.importation.decoupe import Section
from macros.contribution.importation.formes import FORMES, texte
from macros.contribution.importation.mots import uni
from macros.contribution.importation.regles import Regles
from macros.contribution.importation.sites import site
from macros.modeles.partage import IMPORTATION


def placer(sections: list[Section], profil: Mapping[str, Any], regles: Regles) -> list[Brouillon]:
    """Return the draft of the document, then one for each site of its lists."""
    b = Brouillon(profil["type"])
    if profil.get("creneaux") and any(section.horaire for section in sections):
        b.champs["seances"] = [dict(profil["seance"])]
    for date in sections[0].dates:
        b.douter("periode" if b.type == "action" else "validite", IMPORTATION.dire("date", lu=date))
    _debut(b, sections[0], profil, regles)
    sites: list[Brouillon] = []
    titre_courant = ""
    for section in sections[1:]:
        if section.site:
            sites.append(site(section, titre_courant, regles))
        elif section.cible:
            _rubrique(b, section, regles)
        elif not section.horaire:
            if section.annonce and section.blocs:
                titre_courant = uni(section.blocs[0].texte)
            _sans_rubrique(b, section, profil, regles)
    placer_creneaux(b, sections, regles)
    return [b, *sites]


def _debut(b: Brouillon, section: Section, profil: Mapping[str, Any], regles: Regles) -> None:
    """What comes before any heading: the title first, then the field that the profile says."""
    blocs = list(section.blocs)
    if profil["debut"] and blocs and len(uni(blocs[0].texte)) <= LIBELLE:
        premier = blocs.pop(0)
        b.champs["titre"] = uni(premier.texte)
        b.alerter("titre", premier)
    if blocs:
        texte(b, profil["suite"], Section(blocs=blocs), regles)


def _sans_rubrique(b: Brouillon, section: Section, profil: Mapping[str, Any], regles: Regles) -> None:
    blocs = list(section.blocs)
    if "titre" not in b.champs and blocs and len(uni(blocs[0].texte)) <= LIBELLE:
        _debut(b, section, profil, regles)
        return
    texte(b, profil["suite"], Section(blocs=blocs), regles)


def _rubrique(b: Brouillon, section: Section, regles: Regles) -> None:
    cible = section.cible or {}
    champ = str(cible["champ"])
    if champ.startswith("seances[1]") and "seances" not in b.champs:
        champ = "resume"
        cible = {"forme": "texte"}
        section = Section(cible, section.intitule, [*_titre_de(section), *section.blocs])
    FORMES[str(cible["forme"])](b, champ, section, regles)
    place = b.place(champ)
    if section.intitule and cible["forme"] != "reste":
        vide = (
            "" if section.blocs or cible["forme"] == "intitule" else f" ({IMPORTATION.dire('vide_dans_le_document')})"
        )
        deja = b.origines.get(place)
        vu = uni(section.intitule) + vide
        if vu not in (deja or "").split(" · "):
            b.origines[place] = f"{deja} · {vu}" if deja else vu


def _titre_de(section: Section) -> list[Bloc]:
    return [Bloc("paragraphe", section.intitule)] if section.intitule else []
