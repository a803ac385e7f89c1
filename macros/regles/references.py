"""Ids, kinds, vocabularies and references agree with what the catalogue holds."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from macros.lecture.problemes import absente, remede
from macros.modeles import TYPES
from macros.modeles.partage import FICHE
from macros.modeles.types import IDENTIFIANT, Illustration, Reference, Vocabulaire
from macros.regles.contexte import Brouillon, Constats, Reperes

_RESERVED = FICHE.motif("nom_reserve")


def place_du_fichier(lue: Brouillon, reperes: Reperes) -> Constats:
    """The file name is the id, which no other fiche bore before; the folder is the plural of the kind."""
    id_, modele = lue.champ("id"), lue.modele
    if _RESERVED.match(id_):
        yield ("id",), FICHE.dire("identifiant_reserve", id=id_)
    if id_ in reperes.renommees:
        actuel = reperes.renommees[id_]
        yield ("id",), FICHE.dire("identifiant_ancien", id=id_, actuel=actuel)
    chemin = PurePosixPath(lue.fichier)
    if id_ and chemin.stem != id_:
        # Only what may name a file is proposed as one.
        bon = re.fullmatch(IDENTIFIANT, id_)
        remedes = (
            f"Renommez le fichier en {id_}.yml, ou écrivez id: {chemin.stem}." if bon else f"Écrivez id: {chemin.stem}."
        )
        yield ("id",), f"l’identifiant « {id_} » n’est pas le nom du fichier. {remedes}"
    if lue.dossier != modele.PLURIEL:
        yield (
            ("type",),
            (
                f"cette fiche est de type {modele.TYPE}, dans le dossier « {lue.dossier} ». Déplacez-la dans "
                f"fiches/{modele.PLURIEL}/, ou corrigez type."
            ),
        )


def vocabulaires(lue: Brouillon, reperes: Reperes) -> Constats:
    """Each value of a controlled list exists in it."""
    for occurrence in lue.occurrences:
        if isinstance(occurrence.marque, Vocabulaire):
            admis = reperes.vocabulaires[occurrence.marque.nom].valeurs
            if occurrence.valeur not in admis:
                message = FICHE.dire("literal_error", saisie=occurrence.valeur)
                yield occurrence.chemin, f"{message} {remede(occurrence.valeur, admis)}"


def references(lue: Brouillon, reperes: Reperes) -> Constats:
    """Each fiche cited exists, is of the kind expected, and is not the fiche itself."""
    for occurrence in lue.occurrences:
        if not isinstance(occurrence.marque, Reference):
            continue
        cible, attendus = occurrence.valeur, occurrence.marque.types
        kind = reperes.types.get(cible)
        if kind is None:
            admis = [i for i, t in reperes.types.items() if not attendus or t in attendus]
            yield occurrence.chemin, absente(cible, admis, reperes.renommees)
        elif attendus and kind not in attendus:
            voulu = " ou ".join(TYPES[t].LIBELLE.lower() for t in attendus)
            dit = FICHE.dire("fiche_d_un_autre_type", id=cible, type=TYPES[kind].LIBELLE.lower(), voulu=voulu)
            yield occurrence.chemin, dit
        elif cible == lue.champ("id"):
            yield occurrence.chemin, FICHE.dire("fiche_elle_meme")


def doublons(lue: Brouillon, _: Reperes) -> Constats:
    """A reference or a vocabulary value stands once in a list."""
    seen: set[tuple[object, ...]] = set()
    for occurrence in lue.occurrences:
        if isinstance(occurrence.marque, (Reference, Vocabulaire)) and isinstance(occurrence.chemin[-1], int):
            key = (*occurrence.chemin[:-1], occurrence.valeur)
            if key in seen:
                yield occurrence.chemin, FICHE.dire("deux_fois", valeur=occurrence.valeur)
            seen.add(key)


def illustrations(lue: Brouillon, reperes: Reperes) -> Constats:
    """Each picture named is in the illustrations folder."""
    for occurrence in lue.occurrences:
        if isinstance(occurrence.marque, Illustration) and not (reperes.illustrations / occurrence.valeur).is_file():
            yield occurrence.chemin, FICHE.dire("image_absente", nom=occurrence.valeur)
