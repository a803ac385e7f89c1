"""Blocks -> sections: which profile a document follows, where each heading, time slot and site begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from macros.contribution.importation.blocs import Bloc
from macros.contribution.importation.mots import normaliser, uni
from macros.contribution.importation.regles import Regles, motif

Profil = Mapping[str, Any]
"""An entry of ``profils``, in the correspondances."""
Horaire = tuple[int, int | None, str]
"""Start and end in minutes from midnight (None: not said), and what follows on the line."""


@dataclass
class Section:
    """A piece of the document. ``cible``: the entry of the profile that its heading names; ``intitule``: the heading as
    written. ``horaire``: it is a time slot. ``site``: it is a site, as (name, place, subject). ``annonce``: the line
    that opens the list of the site. ``dates``: lines that hold but a date, noted on the first section."""

    cible: Mapping[str, Any] | None = None
    intitule: str = ""
    blocs: list[Bloc] = field(default_factory=list)
    horaire: Horaire | None = None
    site: tuple[str, str, str] | None = None
    annonce: str = ""
    dates: list[str] = field(default_factory=list)


def choisir(blocs: list[Bloc], regles: Regles, type_: str | None) -> Profil:
    """Return the profile of a document: the one most of whose headings it holds, else a free one of the kind."""
    profils: list[Profil] = [p for p in regles["profils"] if type_ in (None, p["type"])]
    horaires = sum(1 for b in blocs if _horaire(b.texte, regles))
    sites = sum(1 for s in decouper(blocs, {"intitules": [], "sites": True}, regles) if s.site)
    connus = {p["id"]: _intitules_connus(blocs, p) for p in profils if not p.get("libre")}
    for profil in profils:
        if profil.get("libre"):
            continue
        if profil.get("creneaux") and horaires >= regles["creneaux"]["minimum"]:
            return profil
        if profil.get("sites") and sites >= regles["sites"]["minimum"]:
            return profil
    assez = [p for p in profils if not p.get("libre") and connus[p["id"]] >= p.get("seuil", 99)]
    if assez:
        return max(assez, key=lambda p: connus[p["id"]])
    debut = " ".join(normaliser(b.texte) for b in [b for b in blocs if b.genre != "vide"][:6])
    voulu = type_ or next(t["type"] for t in regles["types_reconnus"] if motif(t["motif"]).search(debut))
    return next(p for p in profils if p.get("libre") and p["type"] == voulu)


def decouper(blocs: list[Bloc], profil: Profil, regles: Regles) -> list[Section]:
    """Return the sections of a document; the first, without heading, may be empty."""
    sections = [Section()]
    annonce = ""
    for bloc in blocs:
        if bloc.genre in ("vide", "marge"):
            continue
        if motif(regles["lignes"]["date"]).match(normaliser(bloc.texte)):
            sections[0].dates.append(uni(bloc.texte))
            continue
        horaire = _horaire(bloc.texte, regles) if profil.get("creneaux") else None
        site = _site(bloc, annonce, regles) if profil.get("sites") else None
        seul = motif(regles["sites"]["titre"]).match(uni(bloc.texte)) if profil.get("sites") else None
        cible, suite = intitule(bloc.texte, profil)
        if seul:
            sections.append(Section(site=(seul[1], "", ""), intitule=bloc.texte))
        elif horaire:
            ligne = uni(bloc.texte)
            heures = ligne[: len(ligne) - len(horaire[2])].strip(" ")
            sections.append(
                Section(horaire=horaire, intitule=heures, blocs=[Bloc("titre", horaire[2], 0, bloc.alertes)])
            )
        elif site:
            sections.append(Section(site=site, annonce=annonce, intitule=bloc.texte))
        elif cible:
            debut = bloc.texte if cible.get("entier") else suite
            vu = bloc.texte if not suite else bloc.texte[: len(bloc.texte) - len(suite)]
            sections.append(Section(cible=cible, intitule="" if cible.get("entier") else vu.strip(" \t")))
            if debut:
                sections[-1].blocs.append(Bloc("paragraphe", debut, 0, bloc.alertes))
        elif _titre_inconnu(bloc) and sections[-1].horaire is None:
            sections.append(Section(blocs=[Bloc("titre", bloc.texte, bloc.niveau, bloc.alertes)], annonce="titre"))
        elif annonce and sections[-1].site and bloc.genre != "element":
            sections.append(Section(blocs=[bloc]))
        else:
            sections[-1].blocs.append(bloc)
        if profil.get("sites") and not site:
            annonce = bloc.texte if _annonce(bloc.texte, regles) else ""
    return sections


def _annonce(texte: str, regles: Regles) -> bool:
    """Whether a line opens a list of sites."""
    court = len(texte) <= regles["sites"]["annonce_max"]
    return court and bool(motif(regles["sites"]["annonce"]).search(_avec_deux_points(texte)))


def _avec_deux_points(texte: str) -> str:
    """A normalised text that keeps its final colon, which tells a list."""
    return normaliser(texte) + (":" if uni(texte).endswith(":") else "")


def intitule(texte: str, profil: Profil) -> tuple[Mapping[str, Any] | None, str]:
    """Return the entry of the profile that ``texte`` names, and what follows the heading on its line. A heading begins
    with a capital: « démarche. », at the end of a cut line, is none."""
    if not motif('^[«" ]*[A-ZÀ-ÝŒ]').match(texte):
        return None, ""
    rang = texte.find(":")
    if 0 < rang <= 90:
        cible = _entree(normaliser(texte[:rang]), profil)
        if cible:
            return cible, texte[rang + 1 :].strip(" \t\u00a0\u202f")
    tabule = texte.find("\t")
    cible = _entree(normaliser(texte[:tabule]), profil) if 0 < tabule <= 90 else None
    if cible:
        return cible, "" if cible["forme"] == "vigilances" else texte[tabule + 1 :].strip()
    return (_entree(normaliser(texte), profil), "") if len(texte) <= 120 else (None, "")


def _entree(nom: str, profil: Profil) -> Mapping[str, Any] | None:
    for entree in profil["intitules"]:
        for mot in entree["mots"]:
            if motif(mot).search(nom) if mot.startswith("^") else mot == nom:
                return dict(entree)
    return None


def _intitules_connus(blocs: list[Bloc], profil: Profil) -> int:
    """How many different fields of the profile the headings of a document name."""
    vus = {str(cible["champ"]) for b in blocs if (cible := intitule(b.texte, profil)[0])}
    return len(vus)


def _titre_inconnu(bloc: Bloc) -> bool:
    """A heading that the profile does not know: styled as one, or a short line in capitals."""
    texte = uni(bloc.texte)
    capitales = len(texte) <= 120 and texte == texte.upper() and bool(motif("[A-ZÀ-ÝŒ]{4}").search(texte))
    return bloc.genre == "titre" or (capitales and bloc.genre == "paragraphe")


def _horaire(texte: str, regles: Regles) -> Horaire | None:
    """A time slot that opens a line; None when there is none or its hours cannot be."""
    ligne = uni(texte)
    trouve = motif(regles["creneaux"]["motif"]).match(ligne)
    if trouve:
        debut, fin = _minutes(trouve[1], trouve[2]), _minutes(trouve[3], trouve[4])
        return (debut, fin, trouve[5]) if debut is not None and fin is not None else None
    trouve = motif(regles["creneaux"]["debut_seul"]).match(ligne)
    if trouve and trouve[2]:
        debut = _minutes(trouve[1], trouve[2])
        return (debut, None, trouve[3]) if debut is not None else None
    return None


def _minutes(heures: str, minutes: str | None) -> int | None:
    total = int(heures) * 60 + int(minutes or 0)
    return total if int(heures) < 24 and int(minutes or 0) < 60 else None


def _site(bloc: Bloc, annonce: str, regles: Regles) -> tuple[str, str, str] | None:
    """A site of the list that ``annonce`` opens: its name, the place in brackets, its subject."""
    if not annonce or bloc.genre not in ("element", "ligne"):
        return None
    trouve = motif(regles["sites"]["element"]).match(uni(bloc.texte))
    return (trouve[1], trouve[2], motif("[ ;,.]+$").sub("", trouve[3])) if trouve else None
