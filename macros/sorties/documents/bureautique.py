"""HTML -> ODT and DOCX, by pandoc, on models made for A4 and French. The same input gives the same bytes."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pypandoc

from macros.lecture.pannes import REINSTALLER
from macros.sorties.documents.archives import Retouche, retoucher
from macros.sorties.documents.modele import Document

IMAGE = "Code QR vers la page du kit"
STYLES = Path(__file__).parent / "styles"


class EchecDePandoc(Exception):
    """Pandoc refused a document; the message, in French, says which."""


def pandoc(entree: str, vers: str, *options: str, date: str, dossier: Path) -> bytes:
    """Run pandoc in ``dossier`` on HTML. Raises EchecDePandoc, on a warning too."""
    secondes = int(datetime.fromisoformat(date).replace(tzinfo=UTC).timestamp())
    commande = [_pandoc(), "--from", "html", "--to", vers, "--fail-if-warnings"]
    commande += [f"--lua-filter={STYLES / 'styles.lua'}", *options]
    return _lancer(commande, entree.encode(), dossier, {**os.environ, "SOURCE_DATE_EPOCH": str(secondes)})


def _lancer(
    commande: list[str], entree: bytes = b"", dossier: Path | None = None, environ: Mapping[str, str] | None = None
) -> bytes:
    """Run pandoc; return what it wrote. Raises EchecDePandoc."""
    try:
        done = subprocess.run(commande, input=entree, capture_output=True, cwd=dossier, env=environ, check=False)
    except OSError as erreur:
        raise EchecDePandoc(f"pandoc ne démarre pas ({erreur.strerror}). {REINSTALLER}") from None
    if done.returncode:
        message = done.stderr.decode(errors="replace").strip()
        raise EchecDePandoc(message or f"pandoc s’est arrêté sans rien dire (statut {done.returncode}). {REINSTALLER}")
    return done.stdout


def _pandoc() -> str:
    """Where pandoc is. Raises EchecDePandoc when it is nowhere."""
    try:
        return str(pypandoc.get_pandoc_path())
    except OSError:
        raise EchecDePandoc(f"pandoc manque. {REINSTALLER}") from None


def ecrire(document: Document, format_: str, dossier: Path) -> bytes:
    """Return the bytes of an ODT or a DOCX; ``dossier`` holds its images. Raises EchecDePandoc."""
    modele = dossier / f"modele.{format_}"
    modele.write_bytes(modele_odt() if format_ == "odt" else modele_docx())
    metadonnees = {"title": document.titre, "subtitle": document.kit_titre, "lang": "fr-FR", "subject": document.usage}
    options = [f"--metadata={cle}={valeur}" for cle, valeur in metadonnees.items()]
    octets = pandoc(
        document.html,
        format_,
        f"--reference-doc={modele.name}",
        "-o",
        "-",
        *options,
        date=document.date,
        dossier=dossier,
    )
    return retoucher(octets, {"content.xml": _corps_odt}) if format_ == "odt" else octets


def _corps_odt(contenu: str) -> str:
    """Give the cells of tables a line, and the image (there is but one) its alternative: pandoc writes neither."""
    contenu = contenu.replace('fo:border="none"', 'fo:border="0.5pt solid #847A66" fo:padding="0.15cm"')
    return re.sub(
        r"</draw:image>(?=</draw:frame>)|/>(?=</draw:frame>)", rf"\g<0><svg:title>{IMAGE}</svg:title>", contenu
    )


@cache
def modele_odt() -> bytes:
    """Reference ODT: A4, French, our styles, title and page number at the foot."""
    pied = (
        '<text:p text:style-name="MP1"><text:title/>, page <text:page-number text:select-page="current">1'
        "</text:page-number> sur <text:page-count>1</text:page-count></text:p>"
    )

    def styles(xml: str) -> str:
        xml = re.sub(
            r'fo:page-width="8.5in"\s+fo:page-height="11in"', 'fo:page-width="21cm" fo:page-height="29.7cm"', xml
        )
        xml = re.sub(r'fo:margin-(top|bottom|left|right)="1in"', r'fo:margin-\1="2cm"', xml)
        xml = xml.replace('fo:language="en" fo:country="US"', 'fo:language="fr" fo:country="FR"')
        xml = re.sub(r'<text:p text:style-name="MP1">.*?</text:p>', pied, xml, flags=re.DOTALL)
        return _remplacer_styles(xml, "style:name", "style:style", STYLES / "odt.xml", "</office:styles>")

    return _modele("odt", {"styles.xml": styles})


@cache
def modele_docx() -> bytes:
    """Reference DOCX: the same, in Word's words."""
    pied = (STYLES / "docx-pied.xml").read_text(encoding="utf-8")
    type_ = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
    lien = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId90"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" '
        'w:gutter="0"/>'
        "</w:sectPr>"
    )

    def corps(xml: str) -> str:
        return re.sub(r"<w:sectPr\s*/>|<w:sectPr>.*?</w:sectPr>", "", xml, flags=re.DOTALL).replace(
            "</w:body>", f"{section}</w:body>"
        )

    def styles(xml: str) -> str:
        xml = xml.replace('w:val="en-US"', 'w:val="fr-FR"')
        return _remplacer_styles(xml, "w:styleId", "w:style", STYLES / "docx.xml", "</w:styles>")

    return _modele(
        "docx",
        {
            "word/document.xml": corps,
            "word/styles.xml": styles,
            "word/settings.xml": lambda xml: xml.replace('w:val="en-US"', 'w:val="fr-FR"'),
            "word/_rels/document.xml.rels": lambda xml: xml.replace(
                "</Relationships>", f'<Relationship Type="{lien}" Id="rId90" Target="footer1.xml"/></Relationships>'
            ),
            "[Content_Types].xml": lambda xml: xml.replace(
                "</Types>", f'<Override PartName="/word/footer1.xml" ContentType="{type_}"/></Types>'
            ),
        },
        {"word/footer1.xml": pied},
    )


def _remplacer_styles(xml: str, attribut: str, element: str, fichier: Path, fin: str) -> str:
    """Take out the styles that ours redefine, then add ours before ``fin``."""
    notres = fichier.read_text(encoding="utf-8")
    for nom in re.findall(rf'<{element}\b[^>]*{attribut}="([^"]*)"', notres):
        debut = rf'<{element}\b[^>]*{attribut}="{re.escape(nom)}"[^>]*?'
        xml = re.sub(rf"{debut}(?:/>|(?<!/)>.*?</{element}>)", "", xml, count=1, flags=re.DOTALL)
    return xml.replace(fin, notres + fin)


def _modele(format_: str, retouches: Mapping[str, Retouche], ajouts: Mapping[str, str] | None = None) -> bytes:
    defaut = _lancer([_pandoc(), f"--print-default-data-file=reference.{format_}"])
    return retoucher(defaut, retouches, ajouts or {})
