"""What a section becomes in its field: one function for each ``forme`` of the correspondances."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from macros.contribution.importation.brouillon import LIBELLE, PHRASE, TEXTE, Brouillon, citer, phrases
from macros.contribution.importation.decoupe import Section
from macros.contribution.importation.mots import identifiant, normaliser, uni
from macros.contribution.importation.noms import cites
from macros.contribution.importation.regles import Regles
from macros.modeles.partage import IMPORTATION

Forme = Callable[[Brouillon, str, Section, Regles], None]


def libelle(b: Brouillon, champ: str, section: Section, _: Regles) -> None:
    """A short text; what does not fit is left over."""
    for bloc in section.blocs:
        texte = uni(bloc.texte)
        if champ not in b.champs and len(texte) <= LIBELLE:
            b.champs[champ] = texte
            b.alerter(champ, bloc)
        elif section.cible and section.cible.get("suite") and section.cible["suite"] not in b.champs:
            b.champs[section.cible["suite"]] = texte[:320]
            b.douter(section.cible["suite"], IMPORTATION.dire("debut_du_document", lu=texte[:320]))
            b.restes += [texte] if len(texte) > 320 else []
        else:
            b.restes.append(bloc.texte)


def phrase(b: Brouillon, champ: str, section: Section, _: Regles) -> None:
    """One statement; the following ones are left over."""
    for bloc in section.blocs:
        premiere, *autres = phrases(uni(bloc.texte))
        if champ in b.champs:
            b.restes.append(bloc.texte)
            continue
        b.champs[champ] = citer(premiere)
        b.alerter(champ, bloc)
        b.restes += autres


def enonces(b: Brouillon, champ: str, section: Section, _: Regles) -> None:
    """A list of statements, one a paragraph; a long one is cut between its sentences."""
    conteneur, cle = _descendre(b, champ)
    liste = conteneur.setdefault(cle, [])
    for bloc in section.blocs:
        morceaux = phrases(uni(bloc.texte))
        for morceau in morceaux:
            liste.append(citer(morceau))
            b.alerter(f"{b.place(champ)}[{len(liste)}]", bloc)
    if not liste:
        del conteneur[cle]


def texte(b: Brouillon, champ: str, section: Section, _: Regles) -> None:
    """Paragraphs and lists; past the length of the field, they are left over."""
    deja = b.champs.get(champ, "")
    for bloc in section.blocs:
        item = bloc.genre == "element"
        ligne = uni(bloc.texte) if bloc.genre == "titre" else ("- " if item else "") + citer(uni(bloc.texte))
        saut = "" if not deja else "\n" if item and deja.split("\n")[-1].startswith("- ") else "\n\n"
        if len(deja) + len(saut) + len(ligne) > TEXTE:
            b.restes.append(bloc.texte)
            continue
        deja += saut + ligne
        b.alerter(champ, bloc)
    if deja:
        b.champs[champ] = deja


def mots_separes(b: Brouillon, champ: str, section: Section, _: Regles) -> None:
    """A list of short texts, parted by dashes, commas or semicolons."""
    liste = b.champs.setdefault(champ, [])
    for bloc in section.blocs:
        pieces = re.split(r" [–—-] |[,;•·/]|\t", uni(bloc.texte))
        for piece in pieces:
            mot = re.sub(r"[ .]+$", "", piece).strip(" ")
            if mot and len(mot) <= LIBELLE:
                liste.append(mot)
            elif mot:
                b.restes.append(mot)
        b.alerter(champ, bloc)
    if not liste:
        del b.champs[champ]


def choix(b: Brouillon, champ: str, section: Section, regles: Regles) -> None:
    """A value of a vocabulary, guessed from the words; the text stays as a doubt."""
    noeud = regles["champs"][b.type]["champs"][champ]
    noms = regles["vocabulaires"][noeud["vocabulaire"]]
    lu = " ".join(uni(bloc.texte) for bloc in section.blocs)
    if not lu:
        return
    trouve = deviner(lu, noms)
    if trouve:
        b.champs[champ] = trouve
    b.douter(champ, IMPORTATION.dire("valeur_deduite" if trouve else "valeur_douteuse", lu=lu))


def deviner(lu: str, noms: Mapping[str, list[str]]) -> str:
    """The value whose name comes first in a text; empty when none does."""
    propre = f" {re.sub('[^a-z0-9]+', ' ', normaliser(lu))} "
    rangs = []
    for cle, formes in noms.items():
        for forme in formes:
            rang = propre.find(f" {re.sub('[^a-z0-9]+', ' ', normaliser(forme)).strip()} ")
            if rang >= 0:
                rangs.append((rang, cle))
    return min(rangs)[1] if rangs else ""


def etapes(b: Brouillon, champ: str, section: Section, _: Regles) -> None:
    """Steps: a title and a text. « Titre : texte » is cut at its colon; a long text waits for its title."""
    liste = b.champs.setdefault(champ, [])
    for bloc in section.blocs:
        ligne = uni(bloc.texte)
        coupe = re.match(r"^([^:]{3,100}?) ?: (.+)$", ligne)
        tete, corps = (coupe[1], coupe[2]) if coupe else (ligne, "")
        if len(tete) > LIBELLE:
            tete, corps = _tete(tete), ligne
        morceaux = phrases(corps) if corps else []
        for rang, morceau in enumerate(morceaux or [""]):
            etape = {"titre": tete if rang == 0 else f"{_tete(tete, 140)} (suite {rang})"}
            liste.append({**etape, "texte": citer(morceau)} if morceau else etape)
            if corps == ligne or rang:
                b.douter(f"{champ}[{len(liste)}].titre", IMPORTATION.dire("titre_a_ecrire"))
        b.alerter(f"{champ}[{len(liste)}]", bloc)
    if not liste:
        del b.champs[champ]


def _tete(texte: str, maximum: int = 80) -> str:
    """The first words of a text."""
    return texte if len(texte) <= maximum else phrases(texte, maximum)[0] + "…"


def partenaires(b: Brouillon, champ: str, section: Section, regles: Regles) -> None:
    """Partners found by their names; the text is the role of the first, and a doubt on all."""
    lu = " ".join(uni(bloc.texte) for bloc in section.blocs)
    if not lu:
        return
    trouves = cites(lu, regles["noms"]["partenaire"])
    morceaux = phrases(lu)
    liste = []
    for rang, cible in enumerate(trouves):
        role = citer(morceaux[rang] if rang < len(morceaux) else cible[1])
        liste.append({"fiche": cible[0], "role": role})
    if liste:
        b.champs[champ] = liste
    b.restes += morceaux[len(trouves) :]
    b.douter(champ, IMPORTATION.dire("partenaires", lu=lu))


def role(b: Brouillon, champ: str, section: Section, _: Regles) -> None:
    """Who does what: the heading names the role, the text its tasks."""
    titre = re.sub(r"[ .:]+$", "", uni(section.intitule))
    missions = [citer(morceau) for bloc in section.blocs for morceau in phrases(uni(bloc.texte))]
    if not missions or len(titre) > LIBELLE:
        texte(b, "resume", section, _)
        return
    liste = b.champs.setdefault(champ, [])
    liste.append({"id": identifiant(titre), "titre": titre, "missions": missions})
    b.douter(f"{champ}[{len(liste)}]", IMPORTATION.dire("role", titre=titre))
    for bloc in section.blocs:
        b.alerter(f"{champ}[{len(liste)}]", bloc)


def periode(b: Brouillon, champ: str, section: Section, _: Regles) -> None:
    """When, in words; the dates are left to whoever knows them."""
    for bloc in section.blocs:
        if champ in b.champs:
            b.restes.append(bloc.texte)
            continue
        premiere, *autres = phrases(uni(bloc.texte))
        b.champs[champ] = {"texte": citer(premiere)}
        b.restes += autres
        b.alerter(champ, bloc)


def intitule(b: Brouillon, champ: str, section: Section, _: Regles) -> None:
    """A heading that opens what follows: the title of a day, a case."""
    if champ == "cas":
        _cas(b, section)
        return
    conteneur, cle = _descendre(b, champ)
    conteneur[cle] = _titre_de_seance(section.intitule)
    if section.blocs:
        enonces(b, "seances[1].description", section, _)


def _titre_de_seance(intitule_: str) -> str:
    """« DÉROULEMENT DE LA JOURNÉE : » -> « Déroulement de la journée »."""
    titre = re.sub(r"[ .:]+$", "", uni(intitule_))[:LIBELLE]
    return titre[:1] + titre[1:].lower() if titre == titre.upper() else titre


def _cas(b: Brouillon, section: Section) -> None:
    """A case worked on: named by the first line under its heading; one already seen goes on."""
    for rang, bloc in enumerate(section.blocs):
        nom = uni(bloc.texte)
        if rang == 0 and len(nom) <= 100 and bloc.genre != "element" and nom[-1] not in ".:;":
            liste = b.champs.setdefault("cas", [])
            vus = [cas for cas in liste if cas["titre"] == nom]
            if vus:
                liste.remove(vus[0])
            liste.append(vus[0] if vus else {"id": identifiant(nom), "titre": nom})
        else:
            texte(b, "resume", Section(blocs=[bloc]), {})


def vigilances(b: Brouillon, champ: str, section: Section, _: Regles) -> None:
    """Rows of two columns: what weakens, and the lead that answers it. Several weaknesses in one cell share its lead,
    which is then set apart."""
    conteneur, cle = _descendre(b, champ)
    liste = conteneur.setdefault(cle, [])
    for bloc in section.blocs:
        constats, *pistes = bloc.texte.split("\t")
        tous = [re.sub(r"[ ;]*→$", "", uni(c)) for c in re.split("❑", constats)]
        tous = [c for c in tous if c]
        piste = " ".join(uni(p) for p in pistes if uni(p))
        if not tous or max(len(c) for c in [*tous, piste]) > PHRASE:
            b.restes.append(bloc.texte)
            continue
        seul = len(tous) == 1
        liste += [{"constat": citer(c), **({"piste": citer(piste)} if piste and seul else {})} for c in tous]
        if piste and not seul and champ.startswith("cas."):
            conteneur.setdefault("pistes", []).append(citer(piste))
            b.douter(b.place("cas.pistes"), IMPORTATION.dire("pistes"))
        elif piste and not seul:
            b.restes.append(piste)
        b.alerter(f"{b.place(champ)}[{len(liste)}]", bloc)
    if not liste:
        del conteneur[cle]


def reste(b: Brouillon, _champ: str, section: Section, _: Regles) -> None:
    """Kept, but in no field."""
    b.restes += [*([section.intitule] if section.intitule else []), *(bloc.texte for bloc in section.blocs)]


def _descendre(b: Brouillon, champ: str) -> tuple[dict[str, Any], str]:
    """The map that holds ``champ``, made when missing: ``cas.x`` is the last case, ``seances[1].x`` the first day."""
    tete, _, suite = champ.partition(".")
    if not suite:
        return b.champs, champ
    if tete.endswith("]"):
        return b.champs.setdefault(tete.split("[")[0], [{}])[0], suite
    if tete == "cas":
        cas = b.champs.setdefault("cas", [])
        if not cas:
            cas.append({"id": "cas", "titre": "Cas"})
            b.douter("cas[1].titre", IMPORTATION.dire("titre_a_ecrire"))
        return cas[-1], suite
    return b.champs.setdefault(tete, {}), suite


FORMES: dict[str, Forme] = {
    "libelle": libelle,
    "phrase": phrase,
    "phrases": enonces,
    "texte": texte,
    "mots": mots_separes,
    "choix": choix,
    "etapes": etapes,
    "partenaires": partenaires,
    "role": role,
    "periode": periode,
    "intitule": intitule,
    "vigilances": vigilances,
    "reste": reste,
}
