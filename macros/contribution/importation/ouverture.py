"""A file -> its blocks: which reader, and the limits that all of them keep."""

from __future__ import annotations

from pathlib import PurePath

from macros.contribution.importation import docx, odt, pdf, txt
from macros.contribution.importation.archive import Archive
from macros.contribution.importation.blocs import Document, DocumentRefuse
from macros.contribution.importation.mots import nettoyer
from macros.contribution.importation.regles import Regles

TROP_LONG = "ce document est trop long pour une fiche. Gardez-en la partie utile."
FORMATS = (".docx", ".odt", ".pdf", ".txt")


def ouvrir(nom: str, octets: bytes, limites: Regles) -> Document:
    """Read ``octets``, a file named ``nom``. Raises DocumentRefuse, whose message says what to do."""
    suffixe = PurePath(nom).suffix.lower()
    if suffixe not in FORMATS:
        raise DocumentRefuse(
            f"format « {suffixe or 'sans extension'} » inconnu. Formats lus : {', '.join(FORMATS)}. "
            "Enregistrez le document dans l’un d’eux."
        )
    if not octets.strip(b" \t\r\n\x00"):
        raise DocumentRefuse("ce fichier est vide.")
    if len(octets) > limites["octets"]:
        raise DocumentRefuse(f"ce fichier dépasse {limites['octets'] // 1_000_000} Mo. Retirez-en les images.")
    if suffixe == ".txt" and octets.count(b"\n") + octets.count(b"\r") > 2 * limites["blocs"]:
        raise DocumentRefuse(TROP_LONG)
    document = _lire(PurePath(nom).name, suffixe, octets, limites)
    if len(document.blocs) > limites["blocs"]:
        raise DocumentRefuse(TROP_LONG)
    for bloc in document.blocs:
        bloc.texte = nettoyer(bloc.texte)
        if not bloc.texte:
            bloc.genre = "vide"
    taille = sum(len(bloc.texte) for bloc in document.blocs)
    if taille > limites["caracteres"]:
        raise DocumentRefuse(TROP_LONG)
    if any(len(ligne) > limites["paragraphe"] for bloc in document.blocs for ligne in bloc.texte.split("\n")):
        raise DocumentRefuse(
            f"un paragraphe de ce document dépasse {limites['paragraphe']} caractères. Coupez-le, puis recommencez."
        )
    if not taille:
        raise DocumentRefuse("ce document ne contient pas de texte. S’il montre une image, recopiez-en le texte.")
    return document


def _lire(nom: str, suffixe: str, octets: bytes, limites: Regles) -> Document:
    if suffixe == ".txt":
        return Document(nom, *txt.lire(octets))
    if suffixe == ".pdf":
        return Document(nom, pdf.lire(octets, limites))
    lecteur = docx.lire if suffixe == ".docx" else odt.lire
    return Document(nom, lecteur(Archive(octets, limites), limites["profondeur"]))
