"""The fiche to fill in, filled: each answer read back into the field that its mark names."""

from __future__ import annotations

import re
from typing import Any

from macros.contribution.importation.blocs import Bloc
from macros.contribution.importation.brouillon import Brouillon
from macros.contribution.importation.mots import mots, normaliser, uni
from macros.contribution.importation.noms import cites
from macros.contribution.importation.regles import Regles, motif
from macros.modeles.partage import IMPORTATION
from macros.modeles.types import IDENTIFIANT

Reponses = dict[str, list[str]]
"""Path as the sheet writes it (``etapes.1.titre``) -> paragraphs of the answer."""


def type_de_fiche(blocs: list[Bloc], regles: Regles) -> str | None:
    """The kind that a sheet announces; None when the document is no sheet."""
    for bloc in blocs:
        trouve = motif(regles["fiche"]["entete"]).search(uni(bloc.texte))
        if trouve and trouve[1] in regles["champs"]:
            return str(trouve[1])
    return None


def relire(blocs: list[Bloc], type_: str, regles: Regles) -> Brouillon:
    """Return the draft that a filled sheet makes."""
    b = Brouillon(type_)
    plan = regles["champs"][type_]
    reponses = _reponses(blocs, b, _mots_de_la_fiche(plan, regles), regles)
    arbre: dict[str, Any] = {}
    for chemin, paragraphes in reponses.items():
        noeud = _noeud(plan, chemin.split("."))
        if noeud is None:
            b.restes += [f"{chemin} : {p}" for p in paragraphes]
            continue
        _poser(arbre, chemin.split("."), (noeud, paragraphes, _place(chemin)))
    b.champs = _valeur_d_objet(b, arbre, regles)
    return b


def _reponses(blocs: list[Bloc], b: Brouillon, connus: set[str], regles: Regles) -> Reponses:
    """Answers by path. What stands outside of any answer and is not the sheet's own text is left over."""
    fiche = regles["fiche"]
    reponses: Reponses = {}
    courant = ""
    for bloc in blocs:
        if bloc.genre == "vide" or motif(fiche["entete"]).search(uni(bloc.texte)):
            continue
        repere = motif(fiche["repere"]).search(uni(bloc.texte))
        ferme = bloc.genre in ("titre", "marge") or bloc.texte.startswith(tuple(fiche["fermeture"]))
        if repere:
            courant = repere[1]
            if repere[2]:
                reponses.setdefault(courant, []).append(repere[2])
        elif ferme or not courant:
            courant = ""
            if any(mot not in connus for mot in mots(bloc.texte)):
                b.restes.append(bloc.texte)
        else:
            reponses.setdefault(courant, []).append(bloc.texte)
    return reponses


def _mots_de_la_fiche(noeud: Any, regles: Regles) -> set[str]:
    """Words that the blank sheet holds: its labels, help and examples."""
    connus = {mot for texte in _textes(regles["fiche"]) for mot in mots(texte)}
    connus |= {mot for noms in regles["vocabulaires"].values() for nom in noms.values() for mot in mots(nom[0])}
    connus |= {f"{prefixe}{rang}" for rang in range(1, 100) for prefixe in ("", "s")}

    def lire(valeur: Any) -> None:
        if isinstance(valeur, str):
            connus.update(mots(valeur))
        elif isinstance(valeur, dict):
            connus.update(mot for cle in valeur for mot in mots(cle))
            for item in valeur.values():
                lire(item)
        elif isinstance(valeur, (list, tuple)):
            for item in valeur:
                lire(item)

    lire(noeud)
    return connus


def _textes(fiche: Any) -> list[str]:
    return [*fiche["textes"], *fiche["mode_d_emploi"], *fiche["usages"]]


def _noeud(noeud: Any, chemin: list[str]) -> Any:
    """The scalar, or the list of scalars, at a path; None when the kind has no such field."""
    for part in chemin:
        numero = noeud["genre"] == "liste" and part.isdecimal()
        if noeud["genre"] == "objet":
            noeud = noeud["champs"].get(part)
        elif numero or (noeud["genre"] == "carte" and re.fullmatch(r"s[1-9][0-9]?", part)):
            noeud = noeud["de"]
        else:
            return None
        if noeud is None:
            return None
    simple = noeud["genre"] == "scalaire" or (noeud["genre"] == "liste" and noeud["de"]["genre"] == "scalaire")
    return noeud if simple else None


def _place(chemin: str) -> str:
    """``etapes.1.titre`` -> ``etapes[1].titre``."""
    return re.sub(r"\.([0-9]+)(?=\.|$)", r"[\1]", chemin)


def _poser(arbre: dict[str, Any], chemin: list[str], feuille: Any) -> None:
    for part in chemin[:-1]:
        arbre = arbre.setdefault(part, {})
    arbre[chemin[-1]] = feuille


def _valeur_d_objet(b: Brouillon, arbre: dict[str, Any], regles: Regles) -> dict[str, Any]:
    champs: dict[str, Any] = {}
    for cle, valeur in arbre.items():
        lue = _valeur(b, valeur, regles)
        if lue not in (None, [], {}):
            champs[cle] = lue
    return champs


def _valeur(b: Brouillon, valeur: Any, regles: Regles) -> Any:
    if isinstance(valeur, tuple):
        noeud, paragraphes, place = valeur
        return _feuille(b, noeud, paragraphes, place, regles)
    if valeur and all(cle.isdecimal() for cle in valeur):
        items = [_valeur(b, valeur[cle], regles) for cle in sorted(valeur, key=int)]
        return [item for item in items if item not in (None, [], {})]
    return _valeur_d_objet(b, valeur, regles)


def _feuille(b: Brouillon, noeud: Any, paragraphes: list[str], place: str, regles: Regles) -> Any:
    """The value of an answer: a list has one item a paragraph, or parted by commas when its values are short names."""
    if noeud["genre"] == "scalaire":
        texte = "\n\n".join(paragraphes) if noeud["forme"] == "bloc" else uni(" ".join(paragraphes))
        return _scalaire(b, noeud, texte, place, regles)
    courts = noeud["de"]["forme"] in ("choix", "reference")
    morceaux = [m for p in paragraphes for m in (re.split(r"[,;\n]", p) if courts else [p])]
    puces = motif(regles["lignes"]["puce"])
    textes = [uni(puces.sub("", morceau)) for morceau in morceaux]
    lus = [_scalaire(b, noeud["de"], texte, place, regles) for texte in textes if texte]
    return [lu for lu in lus if lu]


def _scalaire(b: Brouillon, noeud: Any, texte: str, place: str, regles: Regles) -> str | None:
    if noeud["forme"] == "choix":
        return _choisi(b, noeud, texte, place, regles)
    if noeud["forme"] == "reference":
        return _designee(b, noeud, texte, place, regles)
    if noeud["forme"] == "oui-non":
        bas = normaliser(texte)
        if bas not in ("oui", "non"):
            b.douter(place, IMPORTATION.dire("oui_ou_non", lu=texte))
            return None
        return bas
    if noeud["forme"] == "nombre":
        return re.sub(r"(?<=[0-9]) (?=[0-9]{3})", "", texte)
    if "max" in noeud and len(texte) > noeud["max"]:
        b.douter(place, IMPORTATION.dire("valeur_longue", taille=len(texte), max=noeud["max"]))
    return texte


def _choisi(b: Brouillon, noeud: Any, texte: str, place: str, regles: Regles) -> str | None:
    """The value whose id or label is the answer; else a doubt, which keeps the answer."""
    admises = noeud.get("choix") or {cle: n[0] for cle, n in regles["vocabulaires"][noeud["vocabulaire"]].items()}
    for cle, libelle in admises.items():
        if normaliser(texte) in (normaliser(cle), normaliser(libelle)):
            return str(cle)
    b.douter(place, IMPORTATION.dire("valeur_inconnue", lu=texte))
    return None


def _designee(b: Brouillon, noeud: Any, texte: str, place: str, regles: Regles) -> str | None:
    """The id written, or the fiche whose title is; else a doubt, which keeps the answer."""
    if re.fullmatch(IDENTIFIANT, texte):
        return texte
    for type_ in noeud["types"]:
        trouves = cites(texte, regles["noms"].get(type_, {}))
        if len(trouves) == 1:
            b.douter(place, IMPORTATION.dire("fiche_reconnue", lu=texte))
            return trouves[0][0]
    b.douter(place, IMPORTATION.dire("fiche_inconnue", lu=texte))
    return None
