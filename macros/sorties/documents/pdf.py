"""HTML -> PDF/UA-1: pandoc writes typst, typst writes the PDF with the project's own font and none of the machine's."""

from __future__ import annotations

import json
import shutil
import threading
from datetime import UTC, datetime
from pathlib import Path

from macros.sorties.documents.bureautique import pandoc
from macros.sorties.documents.glyphes import dessinable
from macros.sorties.documents.modele import Document

ICI = Path(__file__).parent
STYLES, POLICES = ICI / "styles", ICI / "polices"
_VERROU = threading.Lock()
"""typst is given one document at a time: it already uses every core."""


class EchecDeTypst(Exception):
    """typst refused a document, or warned about it; the message says which."""


def ecrire(document: Document, dossier: Path) -> bytes:
    """Return the bytes of the PDF; ``dossier`` holds its images. Raises EchecDePandoc, EchecDeTypst."""
    corps = document.typst or pandoc(document.html, "typst", date=document.date, dossier=dossier).decode()
    for modele in STYLES.glob("*.typ"):
        shutil.copy(modele, dossier)
    entete = {"titre": document.titre, "kit": document.kit_titre, "usage": document.usage, "date": document.date}
    (dossier / "entete.json").write_text(dessinable(json.dumps(entete, ensure_ascii=False)), encoding="utf-8")
    ouvre = '#import "modele.typ": *\n#show: mise-en-page.with(json("entete.json"))\n' if document.html else ""
    (dossier / "document.typ").write_text(ouvre + dessinable(corps), encoding="utf-8")
    return compiler(dossier, document.date)


def compiler(dossier: Path, date: str) -> bytes:
    """Compile ``dossier``/document.typ. Raises EchecDeTypst, on a warning too."""
    import typst  # six megabytes, of use only when a document has changed

    try:
        with _VERROU:
            octets, alertes = typst.compile_with_warnings(
                str(dossier / "document.typ"),
                root=str(dossier),
                font_paths=[str(POLICES)],
                ignore_system_fonts=True,
                pdf_standards="ua-1",
                timestamp=int(datetime.fromisoformat(date).replace(tzinfo=UTC).timestamp()),
            )
    except typst.TypstError as erreur:
        raise EchecDeTypst(str(erreur)) from None
    if alertes:
        raise EchecDeTypst("\n".join(str(alerte) for alerte in alertes))
    return bytes(octets)
