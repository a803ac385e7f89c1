"""A file -> its text, or the XML of its parts: what the browser's modules then read, whichever the machine."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Any

from macros.contribution.importation import pdf, txt
from macros.contribution.importation.arbre import arbre
from macros.contribution.importation.archive import Archive
from macros.contribution.importation.refus import refus
from macros.contribution.importation.regles import Regles
from macros.modeles.partage import IMPORTATION

FORMATS = (".docx", ".odt", ".pdf", ".txt")


def ouvrir(nom: str, octets: bytes, regles: Regles) -> dict[str, Any]:
    """Open ``octets``, a file named ``nom``: its ``nom``, its ``texte`` and ``remarques``, or its ``membres``.

    ``docs/assets/js/importation/ouverture.js`` does so in the browser. Raises DocumentRefuse, whose message says what
    to do.
    """
    limites = regles["limites"]
    suffixe = PurePath(nom).suffix.lower()
    if suffixe not in FORMATS:
        raise refus("format_inconnu", suffixe=suffixe or IMPORTATION.dire("sans_extension"), formats=", ".join(FORMATS))
    if not octets.strip(b" \t\r\n\x00"):
        raise refus("vide")
    if len(octets) > limites["octets"]:
        raise refus("trop_gros", mo=limites["octets"] // 1_000_000)
    lu = {"nom": PurePath(nom).name, "remarques": []}
    if suffixe == ".pdf":
        return {**lu, "texte": pdf.lire(octets, limites)}
    if suffixe == ".txt":
        if octets.count(b"\n") + octets.count(b"\r") > 2 * limites["blocs"]:
            raise refus("trop_long")
        texte, remarques = txt.lire(octets)
        return {**lu, "texte": texte, "remarques": remarques}
    archive = Archive(octets, limites)
    if b"encryption-data" in (archive.lire(MANIFESTE) if MANIFESTE in archive else b""):
        raise refus("protege")
    utiles = re.compile(regles["membres"][suffixe])
    return {**lu, "membres": {m: arbre(archive.lire(m), limites) for m in archive.noms() if utiles.search(m)}}


MANIFESTE = "META-INF/manifest.xml"
