"""Sheets -> XLSX (xlsxwriter) and ODS (odfdo): same headings, same formulas, same drop-down lists."""

from __future__ import annotations

import io
import math
from datetime import datetime

from odfdo import Cell, Column, Element, Row, Style, Table
from odfdo import Document as Odf
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from macros.sorties.documents.archives import retoucher
from macros.sorties.documents.modele import Cellule, Document, Feuille

DATE = "dd/mm/yyyy"
HAUTEUR = 15
"""Points of a line."""
MM_PAR_SIGNE = 2.1
"""Width of a character, with some room."""
PAYSAGE = (
    '<style:page-layout style:name="paysage"><style:page-layout-properties fo:page-width="29.7cm" '
    'fo:page-height="21cm" '
    'style:print-orientation="landscape" fo:margin="1.2cm" style:scale-to-X="1" '
    'style:scale-to-Y="0"/></style:page-layout>'
)
"""A4 landscape, as many pages high as needed, one wide."""


def ecrire(document: Document, format_: str) -> bytes:
    """Return the bytes of an XLSX or an ODS."""
    return retoucher(_xlsx(document) if format_ == "xlsx" else _ods(document))


def _mentions(document: Document) -> tuple[str, ...]:
    return (
        document.titre,
        document.kit_titre,
        f"Fiche du {document.date}. Licence Ouverte 2.0. Site non officiel.",
        f"Page du kit : {document.page}",
    )


# ---- XLSX


def _xlsx(document: Document) -> bytes:
    sortie = io.BytesIO()
    with Workbook(sortie, {"in_memory": True}) as classeur:
        creation = datetime.fromisoformat(document.date)
        classeur.set_properties(
            {"title": document.titre, "subject": document.usage, "author": "Accompagner les territoires",
             "comments": document.kit_titre, "created": creation}
        )  # fmt: skip
        formats = {
            "tete": classeur.add_format(
                {"bold": True, "bg_color": "#EFE8D8", "border": 1, "text_wrap": True, "valign": "top"}
            ),
            "texte": classeur.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
            "date": classeur.add_format({"border": 1, "num_format": DATE, "valign": "top"}),
            "nombre": classeur.add_format({"border": 1, "valign": "top"}),
            "titre": classeur.add_format({"bold": True, "font_size": 14}),
        }  # fmt: skip
        for feuille in document.feuilles:
            _feuille_xlsx(classeur, feuille, formats)
        origine = classeur.add_worksheet("Origine")
        origine.set_column(0, 0, 110)
        for rang, mention in enumerate(_mentions(document)):
            origine.write_string(rang, 0, mention, formats["titre"] if rang == 0 else None)
    return sortie.getvalue()


def _feuille_xlsx(classeur: Workbook, feuille: Feuille, formats: dict[str, Format]) -> None:
    page = classeur.add_worksheet(feuille.nom)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&C&A, page &P sur &N")
    tete = len(feuille.avant)
    for rang, (titre, largeur) in enumerate(feuille.colonnes):
        page.set_column(rang, rang, largeur / 1.9)
        page.write_string(tete, rang, titre, formats["tete"])
    page.freeze_panes(tete + 1, 0)
    page.repeat_rows(tete)
    for ligne, cellules in (*enumerate(feuille.avant), *enumerate(feuille.lignes, tete + 1)):
        if ligne > tete:
            page.set_row(ligne, HAUTEUR * _lignes_de_texte(cellules, feuille))
        for colonne, cellule in enumerate(cellules):
            bordee = ligne > tete or cellule.genre == "date"
            _cellule_xlsx(page, ligne, colonne, cellule, formats[cellule.genre] if bordee else None)
    for colonne, valeurs in feuille.choix.items():
        page.data_validation(
            tete + 1, colonne, tete + len(feuille.lignes), colonne, {"validate": "list", "source": list(valeurs)}
        )


def _lignes_de_texte(cellules: tuple[Cellule, ...], feuille: Feuille) -> int:
    """How many lines the longest text of a row takes: a reader does not always measure it by itself."""
    besoins = zip(cellules, feuille.colonnes, strict=True)
    return max(1, *(math.ceil(len(c.texte) * MM_PAR_SIGNE / largeur) for c, (_, largeur) in besoins))


def _cellule_xlsx(page: Worksheet, ligne: int, colonne: int, cellule: Cellule, mise: Format | None) -> None:
    if cellule.formule:
        ancre, jours = cellule.formule
        page.write_formula(
            ligne, colonne, f'=IF(${ancre[0]}${ancre[1:]}="","",${ancre[0]}${ancre[1:]}{jours:+d})', mise, ""
        )
    elif cellule.genre == "nombre" and cellule.texte:
        page.write_number(ligne, colonne, float(cellule.texte), mise)
    elif cellule.texte:
        page.write_string(ligne, colonne, cellule.texte, mise)
    else:
        page.write_blank(ligne, colonne, None, mise)


# ---- ODS


def _ods(document: Document) -> bytes:
    classeur = Odf("spreadsheet")
    classeur.body.clear()
    classeur.set_language("fr-FR")
    creation = datetime.fromisoformat(document.date)
    meta = classeur.meta
    meta.title, meta.subject, meta.language = document.titre, document.usage, "fr-FR"
    meta.initial_creator = meta.creator = "Accompagner les territoires"
    meta.creation_date = meta.date = creation
    styles = _styles_ods(classeur)
    controles = Element.from_tag("table:content-validations")
    for numero, feuille in enumerate(document.feuilles):
        classeur.body.append(_feuille_ods(classeur, feuille, numero, styles, controles))
    if controles.children:
        classeur.body.insert(controles, position=0)
    origine = Table("Origine")
    for mention in _mentions(document):
        ligne = Row()
        ligne.append_cell(Cell(mention))
        origine.append_row(ligne)
    classeur.body.append(origine)
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def _styles_ods(classeur: Odf) -> dict[str, str]:
    date = (
        '<number:date-style style:name="jour"><number:day number:style="long"/><number:text>/</number:text>'
        '<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>'
        "</number:date-style>"
    )
    classeur.insert_style(date, automatic=True)
    bord = 'fo:border="0.5pt solid #847A66" fo:wrap-option="wrap" style:vertical-align="top"'
    classeur.insert_style(PAYSAGE)
    classeur.insert_style('<style:master-page style:name="Paysage" style:page-layout-name="paysage"/>')
    classeur.insert_style(
        '<style:style style:name="feuille" style:family="table" style:master-page-name="Paysage">'
        '<style:table-properties table:display="true"/></style:style>',
        automatic=True,
    )
    noms = {}
    for nom, plus, texte in (
        ("tete", ' fo:background-color="#EFE8D8"', '<style:text-properties fo:font-weight="bold"/>'),
        ("texte", "", ""),
        ("nombre", "", ""),
        ("date", "", ""),
    ):
        donnee = ' style:data-style-name="jour"' if nom == "date" else ""
        style = (
            f'<style:style style:name="c-{nom}" style:family="table-cell"{donnee}>'
            f"<style:table-cell-properties {bord}{plus}/>{texte}</style:style>"
        )
        classeur.insert_style(style, automatic=True)
        noms[nom] = f"c-{nom}"
    return noms


def _feuille_ods(classeur: Odf, feuille: Feuille, numero: int, styles: dict[str, str], controles: Element) -> Table:
    table = Table(feuille.nom, style="feuille")
    for rang, (_, largeur) in enumerate(feuille.colonnes):
        style = Style("table-column", name=f"largeur-{numero}-{rang}", width=f"{largeur}mm")
        classeur.insert_style(style, automatic=True)
        table.append_column(Column(style=style.name))
    for colonne, valeurs in feuille.choix.items():
        controles.append(_controle(f"choix-{numero}-{colonne}", valeurs))
    for cellules in feuille.avant:
        table.append_row(_ligne_ods([_cellule_ods(c, styles["date"] if c.genre == "date" else None) for c in cellules]))
    table.append_row(_ligne_ods([_cellule_ods(Cellule(titre), styles["tete"]) for titre, _ in feuille.colonnes]))
    for cellules in feuille.lignes:
        ecrites = [_cellule_ods(c, styles[c.genre]) for c in cellules]
        for colonne in feuille.choix:
            ecrites[colonne].set_attribute("table:content-validation-name", f"choix-{numero}-{colonne}")
        table.append_row(_ligne_ods(ecrites))
    return table


def _ligne_ods(cellules: list[Cell]) -> Row:
    ligne = Row()
    for cellule in cellules:
        ligne.append_cell(cellule)
    return ligne


def _cellule_ods(cellule: Cellule, style: str | None) -> Cell:
    ecrite = Cell(style=style) if style else Cell()
    if cellule.formule:
        ancre, jours = cellule.formule
        absolue = f"[.${ancre[0]}${ancre[1:]}]"
        ecrite.formula = f'of:=IF({absolue}="";"";{absolue}{jours:+d})'
    elif cellule.genre == "nombre" and cellule.texte:
        ecrite.value = int(cellule.texte)
    elif cellule.texte:
        ecrite.value = cellule.texte
    return ecrite


def _controle(nom: str, valeurs: tuple[str, ...]) -> Element:
    liste = ";".join(f'"{valeur}"' for valeur in valeurs)
    controle = Element.from_tag("table:content-validation")
    controle.set_attribute("table:name", nom)
    controle.set_attribute("table:condition", f"of:cell-content-is-in-list({liste})")
    controle.set_attribute("table:allow-empty-cell", "true")
    controle.set_attribute("table:display-list", "unsorted")
    return controle
