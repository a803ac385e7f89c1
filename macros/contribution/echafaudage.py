"""A new fiche from a few answers: which questions each kind asks, what an answer means, and the fields that result.

Nothing is asked or written here: ``macros.contribution.dialogue`` asks, ``scripts/nouvelle_fiche.py`` writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from macros.catalogue.fige import Catalogue
from macros.contribution.propositions import Choix, choix_de_fiches, choix_du_vocabulaire, comprendre
from macros.lecture.lieux.noms import plier as plier_lieu
from macros.lecture.lieux.referentiels import Endroit, Referentiels
from macros.modeles import TYPES
from macros.modeles.libelles import CHAMPS
from macros.modeles.parcours import marque_de
from macros.modeles.types import Reference, Vocabulaire
from macros.regles.citations import CITATION

Reponses = Mapping[str, Any]


class Refus(Exception):
    """An answer that cannot be understood; the message says why and what to write."""


@dataclass(frozen=True)
class Question:
    """One thing to ask. ``lire`` turns what was typed into a field's value, or raises ``Refus``."""

    cle: str
    invite: str
    aide: str
    exemple: str
    lire: Callable[[str], Any]
    choix: Choix | None = None
    plusieurs: bool = False
    facultative: bool = False
    defaut: str = ""
    si: tuple[str, Any] | None = None


INVITES = {
    "accroche": "Accroche (une phrase, finie par un point)",
    "orientable": "Une collectivité peut-elle le demander ?",
    "objectif": "Objectif (une phrase)",
    "duree": "Durée en minutes (60, ou 60-90)",
    "participants": "Nombre de participants (12, ou 6-12)",
    "finalite": "Finalité (une phrase)",
    "seances": "Titre de la première séance",
    "themes": "Thèmes, le principal d’abord",
    "phases": "Étapes du projet où la fiche sert",
    "territoire": "Territoire (« national », ou communes, EPCI ou départements, par nom ou par code)",
    "validite": "Cela vaut-il encore ?",
}
"""What is asked of a field whose name would not be enough."""
ETATS: Choix = {
    "en-vigueur": ("oui", "en vigueur"),
    "historique": ("non", "terminé"),
    "a-confirmer": ("je ne sais pas", "à confirmer"),
}


def questions(type_: str, catalogue: Catalogue) -> tuple[Question, ...]:
    """Return what a new fiche of this kind asks, in order, sources apart (``lire_source``)."""
    genre = TYPES[type_].GENRE
    cles = ("titre", "accroche", *genre.questions, "themes", "phases", "publics", "territoire", "validite")
    return (
        *(_question(type_, cle, catalogue) for cle in cles),
        *(_question(type_, cle, catalogue, facultative=True) for cle in genre.renvois),
    )


def _question(type_: str, cle: str, catalogue: Catalogue, *, facultative: bool = False) -> Question:
    info = TYPES[type_].model_fields[cle]
    plusieurs = str(info.annotation).startswith("tuple") and cle not in {"duree", "participants", "seances"}
    choix = _choices(type_, cle, catalogue)
    lecteurs: dict[str, Callable[[str], Any]] = {
        "territoire": lambda texte: lire_territoire(texte, catalogue.referentiels),
        "validite": lambda texte: {"etat": _one(texte, ETATS)},
        "duree": lambda texte: _figure(texte, "minute"),
        "participants": lambda texte: _figure(texte, "personne"),
        "seances": lambda texte: [{"id": "seance-1", "titre": _typo(texte)}],
    }
    lire = lecteurs.get(cle) or _reader(choix, plusieurs)
    exemple = (info.examples or [""])[0]
    if isinstance(exemple, (list, tuple)):
        exemple = ", ".join(map(str, exemple)) if all(isinstance(e, str) for e in exemple) else ""
    return Question(
        cle,
        INVITES.get(cle) or CHAMPS[cle],
        info.description or "",
        exemple if isinstance(exemple, str) else {"territoire": "Poix-du-Nord", "validite": "en-vigueur"}.get(cle, ""),
        lire,
        choix,
        plusieurs,
        facultative,
        {"territoire": "national", "orientable": "oui", "validite": TYPES[type_].GENRE.validite}.get(cle, ""),
        ("forme", "animation") if cle in {"duree", "participants"} else None,
    )


def _choices(type_: str, cle: str, catalogue: Catalogue) -> Choix | None:
    if cle == "orientable":
        return {"oui": (), "non": ()}
    if cle == "validite":
        return ETATS
    marque = marque_de(TYPES[type_], cle)
    if isinstance(marque, Vocabulaire):
        return choix_du_vocabulaire(catalogue, marque.nom)
    return choix_de_fiches(catalogue, marque.types) if isinstance(marque, Reference) else None


def _reader(choix: Choix | None, plusieurs: bool) -> Callable[[str], Any]:
    if choix is None:
        return _typo
    if plusieurs:
        return lambda texte: _several(texte, choix)
    return lambda texte: _one(texte, choix)


def _several(texte: str, choix: Choix) -> list[str]:
    """A comma parts two values, unless the whole is the name of one (« Patrimoine, architecture, paysage »)."""
    whole = comprendre(texte.strip(), choix).valeur
    parts = [p.strip() for p in re.split(r"[,;]", texte) if p.strip()]
    return [whole] if whole else list(dict.fromkeys(_one(part, choix) for part in parts))


def _one(texte: str, choix: Choix) -> str:
    comprise = comprendre(texte.strip(), choix)
    if comprise.valeur:
        return comprise.valeur
    if comprise.suggestions:
        pistes = ", ".join(f"« {v} »" for v in comprise.suggestions)
        raise Refus(f"« {texte.strip()} » n’est pas connu. Vouliez-vous dire {pistes} ?")
    suite = f" Valeurs admises : {', '.join(choix)}." if len(choix) <= 40 else ""
    raise Refus(f"« {texte.strip()} » n’est pas connu.{suite}")


def propre(texte: str) -> str:
    """What was meant by what was typed: no control character (arrow keys leave some), no half of a character."""
    return re.sub(r"\x1b\[[0-9;]*[A-Za-z~]|[\x00-\x1f\x7f-\x9f\ud800-\udfff]", "", texte.replace("\t", " ")).strip()


def _typo(texte: str) -> str:
    """One line, with the typographic apostrophe."""
    return re.sub(r"(?<=\w)'(?=\w)", "’", " ".join(texte.split()))


def _figure(texte: str, unite: str) -> list[dict[str, str]]:
    found = re.fullmatch(r"\s*(\d{1,5})\s*(?:(?:-|–|à)\s*(\d{1,5}))?\s*(?:min\w*|pers\w*)?\s*", texte)
    if not found:
        raise Refus(f"« {texte.strip()} » n’est pas un nombre. Écrivez 60, ou 60-90.")
    bornes = {"min": found[1], "max": found[2]} if found[2] else {"valeur": found[1]}
    return [{**bornes, "unite": unite, "source": "s1"}]


def lire_territoire(texte: str, referentiels: Referentiels) -> dict[str, Any]:
    """Read « national », or places of one scale by official name or code. Raises Refus."""
    if plier_lieu(texte) in {"national", "france", "francenentiere", "franceentiere"}:
        return {"echelle": "national"}
    endroits = [_place(part.strip(), referentiels) for part in re.split(r"[,;]", texte) if part.strip()]
    echelles = {e.echelle for e in endroits}
    if len(echelles) != 1:
        raise Refus("Tous les lieux d’une fiche sont de même nature : communes, EPCI ou départements.")
    return {"echelle": echelles.pop(), "lieux": [{"code": e.code, "nom": e.nom} for e in endroits]}


def _place(texte: str, referentiels: Referentiels) -> Endroit:
    tous = [e for echelle in ("departement", "epci", "commune") for e in referentiels.par_echelle(echelle).values()]
    cle = plier_lieu(texte)
    found = [e for e in tous if e.code == texte.upper()] or [e for e in tous if plier_lieu(e.nom) == cle]
    if len(found) == 1:
        return found[0]
    if not found:
        nom = comprendre(texte, {e.code: (e.nom,) for e in tous if plier_lieu(e.nom)[:2] == cle[:2]})
        found = [e for e in tous if e.code in {nom.valeur, *nom.suggestions}]
    if not found:
        raise Refus(f"« {texte} » n’est ni un département, ni un EPCI, ni une commune connus. Écrivez le nom officiel.")
    pistes = ", ".join(f"{e.nom} ({e.code})" for e in found[:6])
    raise Refus(f"« {texte} » : à préciser par son code. Vouliez-vous dire {pistes} ?")


def lire_source(titre: str, editeur: str, adresse: str, date: str = "") -> dict[str, str]:
    """Read a source: what is no http(s) address becomes the note that tells where it is. Raises Refus."""
    titre, editeur, adresse, date = (_typo(t) for t in (titre, editeur, adresse, date))
    for nom, valeur in (("titre", titre), ("éditeur", editeur), ("adresse", adresse)):
        if not valeur:
            raise Refus(
                f"Source sans {nom}. Une source donne un titre, un éditeur, et une adresse ou le lieu où la lire."
            )
    place = {"url": adresse} if re.match(r"https?://", adresse) else {"note": adresse}
    return {"titre": titre, "editeur": editeur, **place, **({"date": date} if date else {})}


def citer(texte: str, cles: str) -> str:
    """End a sentence with a full stop and its citation, unless it already cites."""
    texte = texte.strip()
    if not texte or CITATION.search(texte):
        return texte
    return f"{texte} [{cles}]" if texte[-1] in "!?…" else f"{texte.removesuffix('.').rstrip()} [{cles}]."


def assembler(
    type_: str, id_: str, reponses: Reponses, sources: list[dict[str, str]], jour: str, par: str
) -> dict[str, Any]:
    """Return the fields of a draft. ``jour``: ISO 8601 day of writing; ``par``: an institution or a role."""
    cles = ", ".join(f"s{rang}" for rang, _ in enumerate(sources, 1))
    champs = {
        "type": type_,
        "id": id_,
        **{cle: valeur for cle, valeur in reponses.items() if valeur not in ("", [], None)},
        "verification": {"niveau": "redigee-sur-sources", "le": jour, "par": par},
        "sources": {f"s{rang}": source for rang, source in enumerate(sources, 1)},
        "etat": "brouillon",
    }
    for cle, citees in (("accroche", cles), ("objectif", "s1"), ("finalite", "s1")):
        if cle in champs:
            champs[cle] = citer(champs[cle], citees)
    return {**champs, "profondeur": "reperage"} if type_ == "site" else champs
