"""The browser reads a document exactly as the script does: same fields, same doubts, same leftovers, same refusals."""

from __future__ import annotations

import base64

import pytest
from echantillons import ECRIRE, TOUS, archive, document_xml, en_txt, paragraphe_xml, pieges

from macros.contribution.fiches_vierges import fiche_vierge
from macros.contribution.importation.importer import Importation, importer
from macros.contribution.importation.refus import DocumentRefuse
from macros.contribution.importation.regles import regles
from macros.lecture.brute import lire
from macros.sorties.documents import bureautique

JOUR = "2026-11-22"
PAGE = "contribuer/fiches-a-remplir/"
IMPORTER = """async (fichiers) => {
    const module = await import(new URL("../../assets/js/importation/importer.js", document.baseURI));
    const rendus = [];
    for (const [nom, contenu, type] of fichiers) {
        const octets = Uint8Array.from(atob(contenu), (c) => c.charCodeAt(0));
        try { rendus.push(await module.importer(new File([octets], nom), { jour: "2026-11-22", type })); }
        catch (erreur) {
            if (!(erreur instanceof module.DocumentRefuse)) throw erreur;
            rendus.push({ refus: erreur.message });
        }
    }
    return rendus;
}"""
NON_LUS = {"fiche.rtf", "fiche"}
"""Refused by both, with a list of formats that has no PDF in the browser."""


@pytest.fixture(scope="module")
def connu(catalogue):
    return regles(catalogue)


@pytest.fixture(scope="module")
def fichiers(connu, catalogue, racine, tmp_path_factory) -> list[tuple[str, bytes, str | None]]:
    """Every sample in every format that the browser reads, the hostile files, and filled sheets."""
    dossier = tmp_path_factory.mktemp("fiches")
    lus = [f for f in ECRIRE if f != "pdf"]
    tous = [(f"{nom}.{f}", ECRIRE[f](lignes), None) for nom, lignes in TOUS.items() for f in lus]
    tous += [(nom, octets, None) for nom, octets, _ in pieges().values() if nom not in NON_LUS]
    tous += [(f"{type_}.txt", en_txt(TOUS["retour"]), type_) for type_ in connu["champs"]]
    tous.append(("latin.txt", "Présentation de l’été\nÀ Évry, un “cœur” à 3 €".encode("cp1252"), None))
    tous.append(("utf16.txt", "Été à Évry".encode("utf-16"), None))
    stocke = archive({"word/document.xml": document_xml(paragraphe_xml("Sans compression"))}, compression=0)
    tous.append(("stocke.docx", stocke, None))
    for id_ in ("scenario-rose-noir", "atelier-territorial-journee", "poix-du-nord"):
        brut, _ = lire("x.yml", (racine / catalogue.fichiers[id_]).read_bytes())
        document = fiche_vierge(brut.donnees["type"], connu, "http://127.0.0.1:8000/", brut.donnees)
        tous += [(f"{id_}.{f}", bureautique.ecrire(document, f, dossier), None) for f in document.formats]
    return tous


def test_le_navigateur_lit_comme_le_script(ouvrir, connu, fichiers, compter):
    page = ouvrir(PAGE)
    rendus = page.evaluate(
        IMPORTER, [[nom, base64.b64encode(octets).decode(), type_] for nom, octets, type_ in fichiers]
    )
    for (nom, octets, type_), rendu in zip(fichiers, rendus, strict=True):
        try:
            attendu = _forme(importer(nom, octets, connu, JOUR, type_))
        except DocumentRefuse as refus:
            attendu = {"refus": f"« {nom} » : {refus}"}
        assert rendu == attendu, nom
    compter("documents importés comme le script", len(fichiers))


def _forme(fait: Importation) -> dict[str, object]:
    """What the browser's module returns."""
    brouillons = [
        {
            "type": b.type,
            "champs": b.champs,
            "doutes": [{"chemin": chemin, "texte": texte} for chemin, texte in b.doutes],
            "origines": b.origines,
            "restes": b.restes,
        }
        for b in fait.brouillons
    ]
    forme = {
        **brouillons[0],
        "nature": fait.nature,
        "reparations": list(fait.reparations),
        "remarques": list(fait.remarques),
    }
    return {**forme, "brouillons": brouillons} if len(brouillons) > 1 else forme


def test_le_navigateur_refuse_pdf_et_inconnus_et_n_execute_rien(ouvrir):
    page = ouvrir(PAGE)
    hostile = base64.b64encode(en_txt(TOUS["hostile"])).decode()
    rendus = page.evaluate(
        IMPORTER,
        [["<img src=x onerror=alert(1)>.txt", hostile, None], ["f.pdf", hostile, None], ["f.rtf", hostile, None]],
    )
    assert rendus[0]["champs"]["sources"]["s1"]["document"] == "<img src=x onerror=alert(1)>.txt"
    assert "scripts/importer.py" in rendus[1]["refus"]
    assert rendus[2]["refus"].startswith("« f.rtf » : format « .rtf » inconnu. Formats lus : .docx, .odt, .txt.")
    assert page.evaluate("document.querySelectorAll('img[src=x]').length") == 0


def test_la_page_donne_douze_fiches(ouvrir):
    page = ouvrir(PAGE)
    liens = page.locator("a[href*='documents/fiche-a-remplir/']")
    assert liens.count() == 12
    for lien in liens.all():
        reponse = page.request.get(lien.evaluate("a => a.href"))
        assert reponse.ok
        assert reponse.body()[:2] == b"PK"
