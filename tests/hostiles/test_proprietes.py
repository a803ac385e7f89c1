"""Whatever the text: reading never fails otherwise than by a message, writing is read back, pages run nothing, exports
give the text back. « make test » draws a few; the long verification draws fifty times more."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import os
import time
from typing import Any

import openpyxl
import pytest
import python_calamine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from macros.catalogue.brouillons import ouvrir as ouvrir_fiche
from macros.contribution.ecriture import ecrire
from macros.contribution.importation.importer import importer
from macros.contribution.importation.refus import DocumentRefuse
from macros.contribution.importation.regles import regles
from macros.ecriture.textes import Notes, rendre_phrase, rendre_texte, texte_nu
from macros.lecture.brute import lire
from macros.modeles import TYPES, Source
from macros.pages.plans import page
from macros.sorties.documents import tableurs
from macros.sorties.documents.modele import Cellule, Document, Feuille
from macros.sorties.exports import fiche_json, fiches_json
from tests.echantillons import ECRIRE
from tests.hostiles.bilan import noter
from tests.hostiles.chantier import acceptees
from tests.hostiles.charges import Charge, charges
from tests.hostiles.fiches import champs_textes, empoisonnee, en_yaml
from tests.hostiles.monde import Monde
from tests.hostiles.octets import BRUTS
from tests.hostiles.temoins import fautes_de_csv, fautes_de_page, message_lisible

LONGUE = bool(os.environ.get("VERIF_LONGUE"))
"""The long verification says so (scripts/faire.py); it runs only what bears its mark."""
pytestmark = [pytest.mark.longue] if LONGUE else []


def tirages(combien: int) -> settings:
    """Settings of a property: ``combien`` drawings in « make test », fifty times more in the long verification."""
    trop_lent = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    return settings(max_examples=combien * (50 if LONGUE else 1), deadline=None, suppress_health_check=trop_lent)


LETTRES = st.characters(exclude_categories=("Cs",))
CHARGES = st.sampled_from([c.texte for c in charges()])
SIGNES = st.text("<>\"'&[](){}*_`\\!:;#%=+-@|~^$/\n\t\r \u00a0\u202e\u200b\x00é0aſ", max_size=60)
TEXTES = st.one_of(
    CHARGES, SIGNES, st.text(LETTRES, max_size=60), st.lists(st.one_of(CHARGES, SIGNES), max_size=4).map(" ".join)
)
MORCEAUX = st.sampled_from(
    [
        *(b"a", b": ", b"- ", b"\n", b"  ", b"[", b"]", b"{", b"}", b"&x ", b"*x", b"!!python/name:os ", b'"', b"'"),
        *(b"|", b">", b"#", b"\\", b"? ", b"---\n", b"...\n", b"%TAG ! x\n", b"<<", b"\t", b"\x00", b"\xff"),
        *(b"\xc2\x85", b"\xef\xbb\xbf", b"type: action\n", b"id: x\n"),
    ]
)
PLACES = st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=8)
OCTETS = st.one_of(st.binary(max_size=200), st.lists(MORCEAUX, max_size=60).map(b"".join))


@tirages(150)
@given(OCTETS)
def test_lire_ne_leve_rien(octets: bytes) -> None:
    debut = time.process_time()
    brut, problemes = lire("x.yml", octets)
    assert (brut is None) == bool(problemes)
    for probleme in problemes:
        message_lisible(probleme, octets)
    assert time.process_time() - debut < 2


@tirages(60)
@given(octets=OCTETS, type_=st.sampled_from(list(TYPES)))
def test_controler_ne_leve_rien(monde: Monde, octets: bytes, type_: str) -> None:
    octets = f"type: {type_}\nid: hostile\n".encode() + octets
    for probleme in monde.essai.controler(f"fiches/{TYPES[type_].PLURIEL}/hostile.yml", octets):
        message_lisible(probleme, octets)


@tirages(40)
@given(graine=st.integers(0, 2**32), brut=st.sampled_from([o for _, o in BRUTS.values() if len(o) < 5_000]))
def test_un_octet_change_ne_leve_rien(monde: Monde, graine: int, brut: bytes) -> None:
    """Real files of the corpus, with a byte drawn and changed."""
    abime = bytearray(brut or b"x")
    abime[graine % len(abime)] = graine // 7 % 256
    for probleme in monde.essai.controler("fiches/actions/hostile.yml", bytes(abime)):
        message_lisible(probleme, bytes(abime))


@tirages(150)
@given(TEXTES)
def test_tout_texte_rendu_est_inerte_et_bien_forme(texte: str) -> None:
    source = Source(titre="a", editeur="b", note="c")
    for rendu in (rendre_texte(texte, Notes({"s1": source})), rendre_phrase(texte, None)):
        assert fautes_de_page(f"<html><body>{rendu}</body></html>") == []
        arbre = etree.fromstring(f"<a>{rendu}</a>".replace("<br>", "<br/>"), etree.XMLParser(recover=_illisible(texte)))
        assert {str(e.tag) for e in arbre.iter()} <= {"a", "p", "em", "strong", "ul", "ol", "li", "br", "sup"}
    assert "<" not in texte_nu(texte) or "<" in texte


def _illisible(texte: str) -> bool:
    """Whether XML has no place for these signs: validation refuses them before."""
    return any((ord(c) < 32 and c not in "\t\n\r") or c in "\ufffe\uffff" for c in texte)


@tirages(12)
@given(data=st.data(), type_=st.sampled_from(list(TYPES)))
def test_une_page_de_textes_tires_est_inerte(monde: Monde, data: st.DataObject, type_: str) -> None:
    """Real pages, made from a fiche whose statements are drawn; exports give its texts back."""
    enonces = [chemin for chemin, enonce in champs_textes(type_) if enonce][:20]
    ou = {chemin: Charge("tirage", "tirage", data.draw(TEXTES)[:300]) for chemin in enonces}
    gardees = acceptees(monde, type_, "hostile", ou)
    octets = en_yaml(empoisonnee(type_, "hostile", gardees))
    _, lue, problemes = ouvrir_fiche(f"fiches/{TYPES[type_].PLURIEL}/hostile.yml", TYPES[type_].PLURIEL, octets)
    assert problemes == []
    assert lue is not None
    catalogue = _avec(monde, lue)
    faite = page(catalogue, "fiche", "hostile")
    corps = faite.entete + "".join(section.html for section in faite.sections)
    assert fautes_de_page(f"<html><body>{corps}</body></html>") == []
    assert json.loads(fiche_json(catalogue, "hostile")) == lue.brut.donnees
    assert json.loads(fiches_json(catalogue))["fiches"]
    noter("propriétés : textes tirés", "inerte", len(gardees))
    noter("propriétés : textes tirés", "refusée", len(ou) - len(gardees))


def _avec(monde: Monde, lue: Any) -> Any:
    cat = monde.catalogue
    return dataclasses.replace(
        cat,
        fiches={**cat.fiches, "hostile": lue.fiche},
        fichiers={**cat.fichiers, "hostile": lue.fichier},
        ecrites={**cat.ecrites, "hostile": lue.brut.json},
    )


@tirages(60)
@given(
    st.dictionaries(
        st.sampled_from(["titre", "resume", "accroche", "x"]),
        st.one_of(TEXTES, st.lists(TEXTES, max_size=3)),
        min_size=1,
    )
)
def test_ce_qui_est_ecrit_se_relit(champs: dict[str, Any]) -> None:
    brut, problemes = lire("x.yml", ecrire("action", champs).encode())
    if any(len(t) > 20_000 for v in champs.values() for t in ([v] if isinstance(v, str) else v)):
        assert problemes
        return
    assert problemes == []
    assert brut is not None and brut.donnees == champs


@tirages(10)
@given(
    st.lists(
        TEXTES.map(lambda t: "".join(c for c in t if c >= " " and c not in "\ufffe\uffff")[:2000]),
        min_size=1,
        max_size=5,
    )
)
def test_un_tableur_rend_le_texte_et_n_en_calcule_rien(textes: list[str]) -> None:
    feuille = Feuille("Essai", (("Texte", 40),), tuple((Cellule(t),) for t in textes), {}, ())
    document = Document("k", "n", "T", "U", "K", "2026-11-22", "https://exemple.fr/", feuilles=(feuille,))
    xlsx = openpyxl.load_workbook(io.BytesIO(tableurs.ecrire(document, "xlsx")))["Essai"]
    ods = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(tableurs.ecrire(document, "ods")))
    lus = [" ".join(str(ligne[0]).split()) for ligne in ods.get_sheet_by_name("Essai").to_python()[1:]]
    for rang, texte in enumerate(textes):
        cellule = xlsx.cell(rang + 2, 1)
        assert cellule.data_type != "f"
        assert " ".join(str(cellule.value or "").split()) == " ".join(texte.split())
    assert [x for x in lus if x] == [" ".join(t.split()) for t in textes if t.split()]


@tirages(40)
@given(
    format_=st.sampled_from(["docx", "odt", "txt"]),
    places=st.lists(st.tuples(st.integers(0), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_un_document_abime_est_lu_ou_refuse(monde: Monde, format_: str, places: list[tuple[int, int]]) -> None:
    octets = bytearray(_BONS[format_])
    for place, octet in places:
        octets[place % len(octets)] = octet
    try:
        importer(f"x.{format_}", bytes(octets), regles(monde.catalogue), "2026-11-22")
    except DocumentRefuse as refus:
        assert str(refus).endswith(".")


_BONS = {format_: ECRIRE[format_](["Titre", "Présentation", "Un texte."]) for format_ in ("docx", "odt", "txt")}


@pytest.mark.parametrize("texte", [c.texte for c in charges() if c.famille == "demesures"])
def test_le_rendu_reste_rapide(texte: str) -> None:
    debut = time.process_time()
    rendre_texte(texte[:6000], None)
    rendre_phrase(texte[:6000], None)
    texte_nu(texte[:6000])
    assert time.process_time() - debut < 4


def test_le_juge_des_csv_lit_ce_que_csv_ecrit() -> None:
    """The judge made for the open data reads what the standard library writes, whatever the cells."""
    for charge in charges():
        sortie = io.StringIO()
        csv.writer(sortie).writerows([["id", "texte"], ["a", charge.texte]])
        attendu = charge.texte.lstrip(" \u00a0")[:1] in tuple("=+-@\t\r＝")
        assert bool(fautes_de_csv(sortie.getvalue())) == attendu, charge
