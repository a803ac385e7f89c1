"""The search: both sides fold alike, facets count what the catalogue says, hostile questions stay questions."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any

import pytest
import yaml
from conftest import RACINE
from fabrique import donnees

from macros.ecriture.normalisation import normaliser
from macros.modeles import TYPES
from macros.pages.documents_de_recherche import Document, documents, durees, filtres
from macros.sorties.recherche import construction
from macros.sorties.recherche.construction import INDEX, documents_du_projet, fichiers
from macros.sorties.recherche.pages_ecrites import page_ecrite
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
        ("3 500 habitants, 1\u202f000\u202f000 €", "3500 habitants 1000000"),
        ("le 03 20 00 00 00, en 2021 350 fois", "le 03 20 00 00 00 en 2021 350 fois"),
    ],
)
def test_normaliser(texte, attendu):
    assert normaliser(texte) == attendu


def test_facettes_du_catalogue(catalogue):
    docs = {d.uri: d for d in documents(catalogue)}
    for fiche in catalogue.fiches.values():
        doc = docs[f"{fiche.PLURIEL}/{fiche.id}/"]
        assert doc.filtres == filtres(catalogue, fiche)
        assert doc.filtres["theme"] == fiche.themes
        assert doc.filtres["departement"], fiche.id
    assert {d.type for d in docs.values()} == {*TYPES, "terme", "theme", "document"}


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
    assert (page.uri, page.titre, page.accroche, page.blocs) == ("a/", "Titre", "Dit", ("Du lien .",))
    assert page_ecrite("index.md", "---\ntitle: A\n---\n") is None
    assert page_ecrite("x.md", "---\ntitle: A\nrecherche: non\n---\n") is None


def _lire(octets: bytes) -> Any:
    return json.loads(gzip.decompress(octets))


def _occurrences(faits: dict[str, bytes]) -> dict[str, list[tuple[int, str]]]:
    """Word -> (document, letter) of all that say it, read as the browser does."""
    index = _lire(faits[INDEX])
    listes = [liste for _, nom in index["occurrences"] for liste in _lire(faits[nom]).split(" ")]
    precedent, lues = "", {}
    for code, liste in zip(index["mots"].split(), listes, strict=True):
        precedent = precedent[: int(code[0], 36)] + code[1:-1]
        rang, lues[precedent] = 0, []
        for saut, lettre in re.findall("([0-9a-z]*)([A-Z])", liste):
            rang += int(saut or "0", 36)
            lues[precedent].append((rang, lettre))
            rang += 1
    return lues


def test_l_index_se_decode(monkeypatch):
    monkeypatch.setattr(construction, "_OCCURRENCES", 3)
    vide = Document("vide/", "page", "Rien", "")
    docs = [Document("x/", "page", "Le fonds", "Une friche", ("école et friche", "écoles, friche, friche"))]
    docs += [vide] * 40 + [Document("y/", "page", "Friches", "", ("Une ecole, École",), caches=("", "halle"))]
    faits = fichiers(docs)
    assert {mot: liste for mot, liste in _occurrences(faits).items() if liste} == {
        **{"école": [(0, "B"), (41, "B")], "ecole": [(41, "B")], "écoles": [(0, "B")]},
        **{"friche": [(0, "I")], "et": [(0, "B")], "une": [(0, "F"), (41, "B")]},
    }
    assert {"fonds", "halle", "rien"} <= _occurrences(faits).keys()
    assert len(_lire(faits[INDEX])["occurrences"]) > 1
    taille, noms = _lire(faits[INDEX])["textes"]
    assert _lire(faits[noms[0]])[0] == [[], "Une friche", "école et friche", "écoles, friche, friche"]
    assert len(noms) == -(-len(docs) // taille)


def test_deux_index_des_memes_fiches_ont_les_memes_octets(catalogue, site):
    """Another process, that of the site, which orders its sets otherwise, wrote the same files."""
    ecrits = {p.name: p.read_bytes() for p in (site / "recherche").iterdir()}
    assert ecrits == fichiers(documents_du_projet(catalogue, RACINE / "docs"), catalogue.mots_courants)


def test_requetes_du_banc_visent_des_fiches(catalogue):
    requetes = [r for fichier in banc.JEUX.values() for r in banc.lire_requetes(RACINE / fichier)]
    connues = {f"{f.PLURIEL}/{f.id}" for f in catalogue.fiches.values()}
    visees = {f for r in requetes for f in (*r.fiches, *r.aussi, *filter(None, [r.premier]))}
    assert {f for f in visees if not f.startswith("commune:")} <= connues
    assert len({r.q for r in requetes}) >= 400
    assert len(banc.lire_requetes(RACINE / banc.JEUX["mises de côté"])) >= 100


def test_un_titre_pese_plus_que_tout_le_reste() -> None:
    """What names a fiche before what introduces it, and that before what it says at length."""
    poids = yaml.safe_load(construction.CLASSEMENT.read_text(encoding="utf-8"))["champs"]
    ordre = ["titre", "noms", "developpes", "mots_cles", "accroche", "texte"]
    assert sorted(ordre, key=lambda champ: -poids[champ]) == ordre
    assert poids["titre"] == max(poids.values()) and list(poids.values()).count(poids["titre"]) == 1
