"""The search: both sides fold alike, facets count what the catalogue says, hostile questions stay questions."""

from __future__ import annotations

import gzip
import sys
import threading
import time
from pathlib import Path

import pytest
from conftest import RACINE
from fabrique import donnees
from hypothesis import given
from hypothesis import strategies as st

from macros.ecriture.normalisation import montrer, normaliser, plier, pour_index
from macros.modeles import TYPES
from macros.pages.documents_de_recherche import Document, documents, durees, en_html, filtres
from macros.sorties.recherche import arriere_plan, decoupe
from macros.sorties.recherche.corpus import mots_du_corpus
from macros.sorties.recherche.pages_ecrites import page_ecrite

sys.path.append(str(RACINE / "scripts"))

from mesures import recherche as banc


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("L’aménagement", "aménagement"),
        ("d'usage", "usage"),
        ("Qu’il d’œuvre", "il oeuvre"),
        ("DDT(M)", "ddtm"),
        ("Poix-du-Nord", "poix du nord"),
        ("aujourd’hui", "aujourd hui"),
    ],
)
def test_normaliser(texte, attendu):
    assert normaliser(texte) == attendu


def test_le_texte_indexe_se_relit(catalogue):
    for doc in documents(catalogue):
        for texte in (doc.titre, doc.accroche, *(t for _, t in doc.blocs)):
            attendu = " ".join(mot for mot in texte.replace("'", "’").split(" ") if mot)
            rendu = montrer(pour_index(texte))
            assert rendu.replace(" / ", "/") == attendu.replace(" / ", "/") or "oe" in plier(texte.lower()), texte


@given(st.text(max_size=60))
def test_indexer_ne_perd_pas_de_mot(texte):
    sans_marque = montrer(pour_index(texte))
    assert normaliser(montrer(pour_index(sans_marque))) == normaliser(sans_marque)


def test_document_sans_html_recu():
    doc = Document("x", "x/", "page", "Page", "<script>", '"><img>', ((1, "a<b & c"),), nature='"|<i>')
    html = en_html(doc)
    assert "<script>" not in html
    assert "<img>" not in html
    assert "a&lt;b" in html


def test_facettes_du_catalogue(catalogue):
    docs = {d.cle: d for d in documents(catalogue)}
    for fiche in catalogue.fiches.values():
        doc = docs[f"{fiche.PLURIEL}/{fiche.id}"]
        assert doc.filtres == filtres(catalogue, fiche)
        assert doc.filtres["theme"] == fiche.themes
        assert doc.filtres["departement"], fiche.id
    assert {d.filtres["type"][0] for d in docs.values()} == {*TYPES, "terme", "theme"}


@pytest.mark.parametrize(
    ("chiffre", "attendu"),
    [
        ({"valeur": "45", "unite": "minute"}, ("moins-1h",)),
        ({"min": "45", "max": "120", "unite": "minute"}, ("moins-1h", "demi-journee")),
        ({"valeur": "1", "unite": "jour"}, ("journee",)),
        ({"min": "2", "max": "3", "unite": "jour"}, ("quelques-jours",)),
        ({"min": "10", "max": "15", "unite": "mois"}, ("quelques-mois", "un-an")),
        ({"valeur": "3", "unite": "seance"}, ()),
    ],
)
def test_durees(chiffre, attendu):
    fiche = TYPES["methode"].model_validate(donnees("methode", duree=[{**chiffre, "source": "s1"}]))
    assert durees(fiche) == attendu


def test_page_ecrite():
    page = page_ecrite("a/index.md", "---\ntitle: Titre\ndescription: Dit\n---\n# T\n\nDu [lien](x.md) {{ m('x') }}.\n")
    assert page is not None
    assert (page.uri, page.titre, page.description, page.texte) == ("a/", "Titre", "Dit", "Du lien .")
    assert page_ecrite("index.md", "---\ntitle: A\n---\n") is None
    assert page_ecrite("x.md", "---\ntitle: A\nrecherche: non\n---\n") is None


def test_mots_du_corpus_se_decodent():
    doc = Document("x", "x/", "page", "Page", "Friche et friches", "Un projet", (), noms=())
    precedent, lus = "", []
    for code in mots_du_corpus([doc]).split():
        precedent = precedent[: int(code[0], 36)] + code[1:-1]
        lus.append(precedent)
    assert lus == ["friche", "friches", "projet"]


def test_redecouper_refuse_ce_qu_il_ne_connait_pas(tmp_path):
    (tmp_path / "index").mkdir()
    meta = tmp_path / "x.pf_meta"
    meta.write_bytes(gzip.compress(b"pagefind_dcd\xa1\x01\x02"))
    avant = meta.read_bytes()
    with pytest.raises(decoupe.FormeInconnue):
        decoupe.redecouper(tmp_path)
    assert meta.read_bytes() == avant


def test_index_du_site_sans_fichier_inutile(site):
    noms = {p.name for p in (site / "pagefind").iterdir()}
    assert {"pagefind.js", "corpus.bin", "wasm.fr.pagefind", "index", "fragment", "filter"} <= noms
    assert not any("ui" in n or "highlight" in n or "worker" in n or "unknown" in n for n in noms)
    assert not (site / "search").exists()


def test_servir_rafraichit_en_arriere_plan(tmp_path, monkeypatch):
    faits: list[int] = []
    depart = threading.Event()

    def lent(racine, _docs, site: Path) -> None:
        depart.wait(5)
        faits.append(racine)
        (site / "pagefind").mkdir()
        (site / "pagefind/x").write_text(str(racine))

    monkeypatch.setattr(arriere_plan, "CALME", 0)
    monkeypatch.setattr(arriere_plan, "construire_a_part", lent)
    suivi = arriere_plan.Rafraichissement()
    debut = time.perf_counter()
    for rang in range(4):
        suivi.demander(rang, tmp_path, tmp_path)
    assert time.perf_counter() - debut < 1
    depart.set()
    suivi.attendre(5)
    assert faits[-1] == 3
    assert len(faits) <= 3, "les demandes intermédiaires ne sont pas toutes refaites"
    assert (tmp_path / "pagefind/x").read_text() == "3"


def test_requetes_du_banc_visent_des_fiches(catalogue):
    requetes = banc.lire_requetes(RACINE / "tests/recherche/requetes.yml")
    connues = {f"{f.PLURIEL}/{f.id}" for f in catalogue.fiches.values()}
    assert len(requetes) >= 80
    assert {f for r in requetes for f in r.fiches} <= connues
    assert 0.25 < sum(r.reserve for r in requetes) / len(requetes) < 0.45
    assert len({r.q for r in requetes}) == len(requetes)
