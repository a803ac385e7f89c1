"""A file -> its blocks: which reader, and the limits that all of them keep."""

from __future__ import annotations

from pathlib import PurePath

from macros.contribution.importation import docx, odt, pdf, txt
from macros.contribution.importation.archive import Archive
from macros.contribution.importation.blocs import Document, refus
from macros.contribution.importation.mots import nettoyer
from macros.contribution.importation.regles import Regles
from macros.modeles.partage import IMPORTATION

FORMATS = (".docx", ".odt", ".pdf", ".txt")


def ouvrir(nom: str, octets: bytes, limites: Regles) -> Document:
    """Read ``octets``, a file named ``nom``. Raises DocumentRefuse, whose message says what to do."""
    suffixe = PurePath(nom).suffix.lower()
    if suffixe not in FORMATS:
        raise refus("format_inconnu", suffixe=suffixe or IMPORTATION.dire("sans_extension"), formats=", ".join(FORMATS))
    if not octets.strip(b" \t\r\n\x00"):
        raise refus("vide")
    if len(octets) > limites["octets"]:
        raise refus("trop_gros", mo=limites["octets"] // 1_000_000)
    if suffixe == ".txt" and octets.count(b"\n") + octets.count(b"\r") > 2 * limites["blocs"]:
        raise refus("trop_long")
    document = _lire(PurePath(nom).name, suffixe, octets, limites)
    if len(document.blocs) > limites["blocs"]:
        raise refus("trop_long")
    for bloc in document.blocs:
        bloc.texte = nettoyer(bloc.texte)
        if not bloc.texte:
            bloc.genre = "vide"
    taille = sum(len(bloc.texte) for bloc in document.blocs)
    if taille > limites["caracteres"]:
        raise refus("trop_long")
    if any(len(ligne) > limites["paragraphe"] for bloc in document.blocs for ligne in bloc.texte.split("\n")):
        raise refus("paragraphe_trop_long", limite=limites["paragraphe"])
    if not taille:
        raise refus("sans_texte")
    return document


def _lire(nom: str, suffixe: str, octets: bytes, limites: Regles) -> Document:
    if suffixe == ".txt":
        return Document(nom, *txt.lire(octets))
    if suffixe == ".pdf":
        return Document(nom, pdf.lire(octets, limites))
    lecteur = docx.lire if suffixe == ".docx" else odt.lire
    return Document(nom, lecteur(Archive(octets, limites), limites["profondeur"]))
