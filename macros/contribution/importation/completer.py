"""What every draft needs beside the text of the document: an id, its source, its state; themes that its words
suggest."""

from __future__ import annotations

import re

from macros.contribution.importation.brouillon import Brouillon
from macros.contribution.importation.mots import identifiant, normaliser
from macros.contribution.importation.regles import Regles
from macros.modeles.partage import IMPORTATION


def completer(b: Brouillon, fichier: str, source: str, texte: str, jour: str, regles: Regles) -> None:
    """Add the fields that do not come from the text. ``fichier``: name of the document;
    ``source``: its title, empty when it cites its own; ``jour``: ISO date."""
    if "titre" not in b.champs:
        b.champs["titre"] = re.sub(r"\.[a-z]+$", "", fichier)[:160]
        b.douter("titre", IMPORTATION.dire("titre_du_fichier"))
    titre = str(b.champs["titre"])
    b.champs["type"] = b.type
    if "id" not in b.champs:
        b.champs["id"] = identifiant(titre)
        if b.champs["id"] in regles["ids"]:
            b.douter("id", IMPORTATION.dire("identifiant_pris"))
    b.champs["etat"] = "brouillon"
    b.champs.setdefault("validite", {"etat": "a-confirmer"})
    b.champs.setdefault(
        "verification", {"niveau": "redigee-sur-sources", "le": jour, "par": IMPORTATION.dire("auteur")}
    )
    if source and "sources" not in b.champs:
        b.champs["sources"] = {
            "s1": {"titre": source[:160], "editeur": IMPORTATION.dire("a_preciser"), "document": fichier[:160]}
        }
        b.douter("sources.s1.editeur", IMPORTATION.dire("editeur"))
    if "themes" not in b.champs:
        trouves = _themes(texte, regles)
        if trouves:
            b.champs["themes"] = trouves
            b.douter("themes", IMPORTATION.dire("themes"))


def _themes(texte: str, regles: Regles) -> list[str]:
    """The two themes whose names come most often, from two mentions on."""
    propre = f" {re.sub('[^a-z0-9]+', ' ', normaliser(texte))} "
    comptes = []
    for rang, (cle, noms) in enumerate(regles["vocabulaires"]["themes"].items()):
        formes = {re.sub("[^a-z0-9]+", " ", normaliser(nom)).strip() for nom in noms}
        total = sum(len(propre.split(f" {forme} ")) - 1 for forme in formes if len(forme) >= 4)
        comptes.append((-total, rang, cle))
    return [cle for total, _, cle in sorted(comptes)[:2] if total <= -2]
