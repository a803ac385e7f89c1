"""Documents to download: each opened by a library that did not write it, reproducible, and never rebuilt for
nothing."""

from __future__ import annotations

import dataclasses
import io
import itertools
import json
import re
import time
import unicodedata
import zipfile

import docx
import odfdo
import openpyxl
import pypdf
import pytest
import python_calamine
from conftest import cache

from macros.ecriture.rendu import GABARITS
from macros.ecriture.typographie import typographier
from macros.sorties.documents import fabrication, glyphes, pdf, tableurs, trames
from macros.sorties.documents.modele import Document
from macros.sorties.documents.planches import PLANCHES
from macros.sorties.documents.suivi import TABLEURS

SITE = "http://127.0.0.1:8000/"
RESTES = re.compile(r"\{\{|\}\}|\{%|%\}|\bNone\b|Undefined|TODO|\bXXX|[Ll]orem|\[s\d|\[kit|<[a-z/]")
TEXTES = [p.stem for p in (GABARITS / "documents").glob("*.html") if p.stem not in ("pieces", "origine")]


@pytest.fixture(scope="module")
def lot(catalogue):
    return fabrication.fabriquer(list(trames.documents(catalogue, SITE)), cache() / "documents")


@pytest.fixture(scope="module")
def fichiers(lot):
    """Every file, by format: (document, bytes)."""
    found: dict[str, list[tuple[Document, bytes]]] = {}
    for fichier, place in lot.fichiers:
        found.setdefault(fichier.format, []).append((fichier.document, place.read_bytes()))
    return found


def test_chaque_modele_sert_et_chaque_kit_en_offre(catalogue):
    modeles = {*TEXTES, *TABLEURS, *PLANCHES}
    assert modeles == set(catalogue.vocabulaires["documents"].valeurs)
    kits = [f for f in catalogue.fiches.values() if f.type == "kit"]
    assert {nom for kit in kits for nom in kit.documents} == modeles
    assert min(len(kit.documents) for kit in kits) >= 10


def test_rose_avant_noir(catalogue):
    """The founding document of 2018 has the groups write the rose scenario, then the noir."""
    kit = catalogue.fiches["atelier-scenario-rose-noir"]
    textes = {d.nom: d.html or d.typst for d in trames.documents_du_kit(catalogue, kit, SITE)}
    for nom in ("tableau-rose-noir", "canevas-rose-noir"):
        couleurs = re.findall(r"(?i)\b(?:scénario|le) (rose|noir)\b", textes[nom])
        assert couleurs == ["rose", "noir"] * (len(couleurs) // 2), nom
        assert couleurs, nom


def test_odt(fichiers):
    for document, octets in fichiers["odt"]:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            assert archive.infolist()[0].filename == "mimetype", document.nom
            styles = archive.read("styles.xml").decode()
        lu = odfdo.Document(io.BytesIO(octets))
        assert lu.meta.title == document.titre
        assert lu.meta.language == "fr-FR"
        assert 'fo:page-width="21cm"' in styles
        assert 'fo:language="fr"' in styles
        assert 'fo:language="en"' not in styles
        titres = [t.get_attribute("text:outline-level") for t in lu.body.get_elements("//text:h")]
        _titres_en_ordre(document, [int(str(niveau)) for niveau in titres])
        texte = lu.get_formatted_text()
        _texte_fini(document, texte)
        images = lu.body.get_elements("//draw:frame")
        assert any("Code QR" in image.serialize() for image in images), document.nom
        assert len(lu.body.get_elements("//table:table-header-rows")) == len(lu.body.get_elements("//table:table"))


def test_docx(fichiers):
    for document, octets in fichiers["docx"]:
        lu = docx.Document(io.BytesIO(octets))
        assert lu.core_properties.title == document.titre
        langues = re.findall(r'<w:lang [^>]*w:val="([^"]+)"', lu.styles.element.xml)
        assert langues == ["fr-FR"], document.nom
        largeur, hauteur = lu.sections[0].page_width, lu.sections[0].page_height
        assert (round(largeur.mm), round(hauteur.mm)) == (210, 297)
        niveaux = [int(p.style.name[-1]) for p in lu.paragraphs if re.fullmatch(r"[Hh]eading \d", p.style.name)]
        _titres_en_ordre(document, niveaux)
        _texte_fini(document, "\n".join([*(p.text for p in lu.paragraphs), *_cellules(lu)]))
        assert "PAGE" in lu.sections[0].footer._element.xml
        assert 'descr="Code QR' in lu.element.xml


def _cellules(lu):
    return [cellule.text for tableau in lu.tables for ligne in tableau.rows for cellule in ligne.cells]


def test_pdf_accessibles(fichiers):
    for document, octets in fichiers["pdf"]:
        lu = pypdf.PdfReader(io.BytesIO(octets))
        racine = lu.trailer["/Root"]
        assert lu.metadata.title in (document.titre, "Jeu de cartes de la boîte à outils") or document.typst
        assert lu.metadata.title
        assert str(racine["/Lang"]).startswith("fr"), document.nom
        assert racine["/MarkInfo"]["/Marked"]
        assert "/StructTreeRoot" in racine
        assert racine["/ViewerPreferences"]["/DisplayDocTitle"]
        assert b"pdfuaid:part" in racine["/Metadata"].get_data()
        pages = [page.extract_text() for page in lu.pages]
        texte = "\n".join(pages)
        _texte_fini(document, texte)
        assert all(map(str.strip, pages)), f"{document.nom} : page vide"
        if document.html:
            assert {tuple(round(float(v)) for v in page.mediabox[2:]) for page in lu.pages} == {(595, 842)}
            assert document.page in "".join(texte.split())


def test_canevas_en_a3_et_en_deux_tuiles(fichiers):
    canevas = [(d, o) for d, o in fichiers["pdf"] if d.nom.startswith("canevas-")]
    assert len(canevas) >= 8
    for document, octets in canevas:
        tailles = [tuple(round(float(v)) for v in p.mediabox[2:]) for p in pypdf.PdfReader(io.BytesIO(octets)).pages]
        assert tailles == [(1191, 842), (595, 842), (595, 842)], document.nom


def test_jeu_de_cartes_recto_verso(fichiers, catalogue):
    (octets,) = [o for d, o in fichiers["pdf"] if d.nom == "cartes-boite-a-outils"]
    pages = pypdf.PdfReader(io.BytesIO(octets)).pages
    methodes = [f for f in catalogue.fiches.values() if f.type == "methode" and f.etat == "publiee"]
    assert len(pages) == 2 * -(-len(methodes) // 4)
    for recto, verso in zip(pages[::2], pages[1::2], strict=True):
        devant, derriere = _nus(recto.extract_text()), _nus(verso.extract_text())
        assert sum(_nus(m.titre) in devant and _nus(m.titre) in derriere for m in methodes) >= (
            4 if recto != pages[-2] else 1
        )


def _nus(texte: str) -> str:
    return re.sub(r"[\W_]+", "", texte)


@pytest.mark.parametrize("format_", ["ods", "xlsx"])
def test_tableurs(fichiers, format_, catalogue):
    """Both hold the same words; the retroplanning has one formula a task, and nothing but dates to type."""
    for document, octets in fichiers[format_]:
        lu = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(octets))
        assert lu.sheet_names == [*(f.nom for f in document.feuilles), "Origine"]
        for feuille in document.feuilles:
            lignes = lu.get_sheet_by_name(feuille.nom).to_python()
            tete = [titre for titre, _ in feuille.colonnes]
            rang = lignes.index(tete)
            _texte_fini(document, "\n".join(str(v) for ligne in lignes for v in ligne))
            if document.nom == "retroplanning":
                assert len(lignes) - rang - 1 == len(catalogue.fiches[document.kit].retroplanning)
        mots = " ".join(str(v) for ligne in lu.get_sheet_by_name("Origine").to_python() for v in ligne)
        assert document.titre in mots
        assert document.page in mots


def test_formules_du_retroplanning(fichiers, catalogue):
    for document, octets in fichiers["xlsx"]:
        if document.nom != "retroplanning":
            continue
        kit = catalogue.fiches[document.kit]
        classeur = openpyxl.load_workbook(io.BytesIO(octets))
        assert classeur.properties.title == document.titre
        page = classeur.worksheets[0]
        formules = [c.value for ligne in page.iter_rows() for c in ligne if str(c.value).startswith("=")]
        assert len(formules) == len(kit.retroplanning)
        decalages = sorted(int(re.search(r"([+-]\d+)\)$", f)[1]) for f in formules)
        assert decalages == sorted(t.decalage for t in kit.retroplanning)
        ancres = {page[re.search(r"\$(B)\$(\d+)", f).expand(r"A\2")].value for f in formules}
        assert ancres <= {typographier(a.libelle) for a in kit.ancres}
        ods = next(o for d, o in fichiers["ods"] if (d.kit, d.nom) == (document.kit, document.nom))
        with zipfile.ZipFile(io.BytesIO(ods)) as archive:
            assert archive.read("content.xml").decode().count("table:formula=") == len(formules)


def test_rien_n_est_refait_sans_changement(lot, catalogue):
    encore = fabrication.fabriquer(list(trames.documents(catalogue, SITE)), cache() / "documents")
    assert encore.refaits == 0
    assert len(encore.fichiers) == len(lot.fichiers) > 150


def test_memes_octets_a_chaque_fois(catalogue, tmp_path):
    kit = catalogue.fiches["atelier-territorial-journee"]
    choisis = [d for d in trames.documents_du_kit(catalogue, kit, SITE) if d.nom in ("programme", "retroplanning")]
    passages = []
    for rang in range(2):
        time.sleep(2.1 * rang)  # a zip keeps even seconds
        lot = fabrication.fabriquer(choisis, tmp_path / str(rang))
        assert lot.refaits == 5
        passages.append({place.name: place.read_bytes() for _, place in lot.fichiers})
    assert passages[0] == passages[1]


def test_un_changement_ne_refait_que_lui(catalogue, tmp_path):
    kit = catalogue.fiches["atelier-territorial-journee"]
    documents = [d for d in trames.documents_du_kit(catalogue, kit, SITE) if d.nom in ("emargement", "retroplanning")]
    assert fabrication.fabriquer(documents, tmp_path).refaits == 5
    autre = [dataclasses.replace(documents[0], titre="Autre titre"), documents[1]]
    assert fabrication.fabriquer(autre, tmp_path).refaits == len(documents[0].formats)


HOSTILE = '#read("/etc/passwd") $x$ <script>alert(1)</script> {{ 7*7 }} *gras* _it_ @ref <label> `code` \\ "guillemets"'


def test_texte_hostile_reste_du_texte(catalogue, tmp_path):
    kit = catalogue.fiches["atelier-territorial-journee"]
    roles = (kit.roles[0].model_copy(update={"titre": HOSTILE}), *kit.roles[1:])
    seance = kit.seances[0]
    sequences = (seance.sequences[0].model_copy(update={"titre": HOSTILE}), *seance.sequences[1:])
    mauvais = kit.model_copy(
        update={"titre": HOSTILE, "roles": roles, "seances": (seance.model_copy(update={"sequences": sequences}),)}
    )
    noms = ("programme", "conducteur", "retroplanning", "canevas-diagnostic")
    documents = [d for d in trames.documents_du_kit(catalogue, mauvais, SITE) if d.nom in noms]
    lot = fabrication.fabriquer(documents, tmp_path)
    pdfs = [place for fichier, place in lot.fichiers if fichier.format == "pdf"]
    assert len(pdfs) == 3
    for place in pdfs:
        texte = "".join(page.extract_text() for page in pypdf.PdfReader(place).pages)
        assert "root:" not in texte
        assert "/etc/passwd" in re.sub(r"\s", "", texte)


def test_un_signe_sans_dessin_devient_un_carre(catalogue, tmp_path):
    """A PDF that names a sign of no font is refused by typst: the build would stop on one word of one fiche."""
    kit = catalogue.fiches["atelier-territorial-journee"].model_copy(update={"titre": "Égal ＝ 农 🌱 → ✓ ł"})
    documents = [
        d for d in trames.documents_du_kit(catalogue, kit, SITE) if d.nom in ("programme", "canevas-diagnostic")
    ]
    lot = fabrication.fabriquer(documents, tmp_path)
    textes = {
        fichier.format: "".join(page.extract_text() for page in pypdf.PdfReader(place).pages)
        for fichier, place in lot.fichiers
        if fichier.format == "pdf"
    }
    assert "Égal □ □ □ → ✓ ł" in " ".join(textes["pdf"].split())
    (odt,) = (
        place for fichier, place in lot.fichiers if fichier.format == "odt" and fichier.document.nom == "programme"
    )
    assert "Égal ＝ 农 🌱 → ✓ ł" in odfdo.Document(odt).get_formatted_text()


def test_chaque_signe_annonce_se_dessine(tmp_path):
    signes = [chr(c) for c in range(0x20, 0xFFFF) if re.match(f"[{glyphes.DESSINES}]", chr(c))]
    assert len(signes) > 3_000
    avec_base = ["a" + s if unicodedata.combining(s) else s for s in signes if unicodedata.category(s) != "Cn"]
    (tmp_path / "signes.json").write_text(json.dumps(avec_base), encoding="utf-8")
    (tmp_path / "document.typ").write_text(
        '#set document(title: "Signes")\n#set text(font: ("Noto Sans", "Libertinus Serif"), lang: "fr")\n'
        '#for signe in json("signes.json") [#signe ]\n#strong[#for signe in json("signes.json") [#signe ]]\n',
        encoding="utf-8",
    )
    assert pdf.compiler(tmp_path, "2026-11-22").startswith(b"%PDF")
    assert glyphes.dessinable("＃農\u200d") == glyphes.CARRE * 3


def test_formule_dans_un_texte_reste_du_texte():
    """A title that starts as a formula is written as a string by both spreadsheets."""
    from macros.sorties.documents.modele import Cellule, Feuille

    feuille = Feuille("A", (("x", 20),), ((Cellule('=HYPERLINK("http://x")'),),))
    document = Document("k", "n", "T", "u", "K", "2026-11-22", SITE, feuilles=(feuille,))
    page = openpyxl.load_workbook(io.BytesIO(tableurs.ecrire(document, "xlsx"))).worksheets[0]
    assert page["A2"].data_type == "s"
    with zipfile.ZipFile(io.BytesIO(tableurs.ecrire(document, "ods"))) as archive:
        assert "table:formula" not in archive.read("content.xml").decode()


def test_le_site_les_donne(site, lot, catalogue):
    for fichier, place in lot.fichiers:
        assert (site / fichier.document.chemin(fichier.format)).read_bytes() == place.read_bytes()
    page = (site / "kits/preparer-un-atelier-flash/documents/index.html").read_text(encoding="utf-8")
    liens = re.findall(
        r'href="\.\./\.\./\.\./documents/preparer-un-atelier-flash/[^"]+"[^>]*aria-label="([^"]+)"', page
    )
    assert len(liens) == sum(f.document.kit == "preparer-un-atelier-flash" for f, _ in lot.fichiers)
    assert all(re.search(r", (ODT|DOCX|PDF|ODS|XLSX), [\d,]+\u00a0(ko|Mo)$", lien) for lien in liens), liens[:3]


def _titres_en_ordre(document: Document, niveaux: list[int]) -> None:
    assert niveaux, document.nom
    assert niveaux[0] == 1, document.nom
    assert all(b - a <= 1 for a, b in itertools.pairwise(niveaux)), (document.nom, niveaux)


def _texte_fini(document: Document, texte: str) -> None:
    reste = RESTES.search(texte)
    assert reste is None, (document.kit, document.nom, texte[max(0, reste.start() - 60) : reste.end() + 60])
