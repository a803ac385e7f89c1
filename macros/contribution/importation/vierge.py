"""The fiche to fill in, one a kind: what it shows of each field, in order, with the marks that the importation reads.

Given values, the sheet is filled with them: that is how a test proves that what is written in it comes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from macros.contribution.importation.champs import Noeud
from macros.contribution.importation.regles import Regles

PARTIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("L’essentiel", ("titre", "accroche", "resume", "themes", "phases", "publics", "mots_cles", "synonymes")),
    ("Le contenu", ()),
    ("Où et quand", ("territoire", "validite", "historique")),
    ("Les sources", ("sources",)),
    ("Autour de la fiche", ("liens", "fiches_liees", "illustrations", "inconnues")),
    ("Pour la publication", ("id", "verification")),
)
"""Parts of a sheet, with their fields; the second takes all those of the kind."""
ABSENTS = frozenset({"type", "etat"})
"""Fields that nobody fills in: the sheet says the kind, and what it gives is a draft."""
EXEMPLAIRES = {
    "sources": 2,
    "sequences": 3,
    "retroplanning": 2,
    "roles": 2,
    "demarche": 3,
    "deroulement": 3,
    "etapes": 3,
}
"""Blank copies of an item, when one is not enough."""
GARDES = frozenset({"sequences", "lieux"})
"""Lists inside an item that a blank sheet shows. The others (the measured duration of a step…) are rare: it is still
possible to write them, under the mark that their path makes."""
CHOIX_MONTRES = 45


@dataclass(frozen=True)
class Ligne:
    """A line of the sheet. ``genre``: partie, groupe (a heading), champ (an answer follows). ``reponse``: paragraphs
    already written; ``vides``: blank paragraphs to write in when there is none; ``serre``: on one line, inside an
    item."""

    genre: str
    texte: str
    repere: str = ""
    aide: str = ""
    exemple: str = ""
    choix: tuple[str, ...] = ()
    obligatoire: bool = False
    reponse: tuple[str, ...] = ()
    vides: int = 1
    serre: bool = False


def lignes(type_: str, regles: Regles, valeurs: Mapping[str, Any] | None = None) -> list[Ligne]:
    """Return the lines of the sheet of a kind, filled with ``valeurs`` where they are given."""
    champs = regles["champs"][type_]["champs"]
    ailleurs = {nom for _, noms in PARTIES for nom in noms} | ABSENTS
    sortie: list[Ligne] = []
    for titre, noms in PARTIES:
        sortie.append(Ligne("partie", titre))
        for nom in noms or [nom for nom in champs if nom not in ailleurs]:
            sortie += _champ(champs[nom], nom, (valeurs or {}).get(nom), regles, niveau=0)
    return sortie


def _champ(noeud: Noeud, chemin: str, valeur: Any, regles: Regles, *, niveau: int) -> Iterator[Ligne]:
    libelle = noeud["libelle"]
    if niveau > 0 and not valeur and _rare(noeud, chemin):
        return
    if noeud["genre"] == "objet":
        yield Ligne("groupe", libelle, aide=noeud["aide"])
        yield from _objet(noeud, chemin, valeur or {}, regles, niveau)
    elif noeud["genre"] in ("liste", "carte") and noeud["de"]["genre"] == "objet":
        cles = _cles(noeud, chemin, valeur)
        for rang, cle in enumerate(cles):
            item = valeur[cle if isinstance(valeur, Mapping) else rang] if _present(valeur, cle, rang) else {}
            titre = f"{libelle} · {cle}" if len(cles) > 1 else libelle
            yield Ligne("groupe", titre, aide=noeud["aide"] if rang == 0 else "")
            yield from _objet(noeud["de"], f"{chemin}.{cle}", item, regles, niveau + 1)
    else:
        yield _reponse(noeud, chemin, valeur, regles, niveau)


def _rare(noeud: Noeud, chemin: str) -> bool:
    """An optional group inside an item."""
    groupe = noeud["genre"] == "objet" or noeud.get("de", {}).get("genre") == "objet"
    return groupe and not noeud["obligatoire"] and chemin.rsplit(".", 1)[-1] not in GARDES


def _objet(noeud: Noeud, chemin: str, valeur: Mapping[str, Any], regles: Regles, niveau: int) -> Iterator[Ligne]:
    for nom, champ in noeud["champs"].items():
        yield from _champ(champ, f"{chemin}.{nom}", valeur.get(nom), regles, niveau=niveau + 1)


def _cles(noeud: Noeud, chemin: str, valeur: Any) -> list[str]:
    """Names of the copies: those of the values, then enough blank ones."""
    nom = chemin.rsplit(".", 1)[-1]
    voulus = EXEMPLAIRES.get(nom, 1) if not valeur else 0
    if isinstance(valeur, Mapping):
        return list(valeur)
    prefixe = noeud.get("prefixe", "")
    return [f"{prefixe}{rang}" for rang in range(1, max(voulus, len(valeur or ())) + 1)]


def _present(valeur: Any, cle: str, rang: int) -> bool:
    return bool(valeur) and (cle in valeur if isinstance(valeur, Mapping) else rang < len(valeur))


def _reponse(noeud: Noeud, chemin: str, valeur: Any, regles: Regles, niveau: int) -> Ligne:
    feuille = noeud["de"] if noeud["genre"] == "liste" else noeud
    exemple = noeud["exemple"]
    choix = _choix(feuille, regles)
    return Ligne(
        "champ",
        noeud["libelle"],
        chemin,
        aide=noeud["aide"],
        exemple="" if niveau or choix else _exemple(exemple),
        choix=choix,
        obligatoire=noeud["obligatoire"],
        reponse=_paragraphes(feuille, valeur),
        serre=niveau > 0,
        vides=3 if feuille["forme"] == "bloc" or (noeud["genre"] == "liste" and niveau == 0 and not choix) else 1,
    )


def _exemple(exemple: Any) -> str:
    return str(exemple[0] if isinstance(exemple, list) and exemple else exemple)


def _choix(feuille: Noeud, regles: Regles) -> tuple[str, ...]:
    """The labels among which to choose; none when there are too many."""
    if feuille["forme"] == "oui-non":
        return ("oui", "non")
    if feuille["forme"] != "choix":
        return ()
    if "choix" in feuille:
        return tuple(feuille["choix"].values())
    noms = tuple(formes[0] for formes in regles["vocabulaires"][feuille["vocabulaire"]].values())
    return noms if len(noms) <= CHOIX_MONTRES else ()


def _paragraphes(feuille: Noeud, valeur: Any) -> tuple[str, ...]:
    if valeur is None:
        return ()
    if isinstance(valeur, str):
        return tuple(valeur.split("\n\n")) if feuille["forme"] == "bloc" else (valeur,)
    return tuple(str(item) for item in valeur)
