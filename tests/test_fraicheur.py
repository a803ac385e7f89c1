"""Delays of verification: by content, at month ends, never for what is over."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from macros.catalogue.fige import Catalogue
from macros.catalogue.fraicheur import (
    DELAIS,
    ORDRE_DES_ETATS,
    ajouter_mois,
    calendrier,
    echeances,
    etat_du_jour,
    fin_de_vigueur,
    finie,
    regime,
)
from macros.ecriture.sections import Page
from macros.modeles import TYPES, Fiche
from macros.pages.entretien import fraicheur, historiques, nouveautes
from macros.pages.listes import choisir
from macros.pages.vue import Vue
from tests.fabrique import donnees

CONTENU = {
    "contact": 6,
    "financement": 6,
    "cadre": 6,
    "dispositif": 12,
    "partenaire": 12,
    "kit": 12,
    "site-en-cours": 12,
    "site-acheve": 36,
    "action": 24,
    "methode": 36,
    "glossaire": 24,
    "historique": None,
}


def faire(type_: str, **champs: object) -> Fiche:
    return TYPES[type_].model_validate(donnees(type_, **champs))  # type: ignore[return-value]


def test_delays_are_those_agreed() -> None:
    assert {nom: mois for nom, (_, mois) in DELAIS.items()} == CONTENU


@pytest.mark.parametrize(
    ("type_", "champs", "attendu"),
    [
        ("dispositif", {}, "dispositif"),
        ("dispositif", {"nature": ["programme", "financement"]}, "financement"),
        ("dispositif", {"nature": ["cadre"]}, "cadre"),
        ("partenaire", {}, "partenaire"),
        ("action", {}, "action"),
        ("methode", {}, "methode"),
        ("kit", {}, "kit"),
        ("site", {}, "site-en-cours"),
        ("site", {"avancement": "en-cours"}, "site-en-cours"),
        ("site", {"avancement": "acheve"}, "site-acheve"),
        ("site", {"validite": {"etat": "historique"}}, "historique"),
        ("dispositif", {"nature": ["financement"], "validite": {"etat": "historique"}}, "historique"),
    ],
)
def test_each_kind_has_its_delay(type_: str, champs: dict[str, object], attendu: str) -> None:
    assert regime(faire(type_, **champs)) == attendu


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [
        ("2026-11-22", 6, "2027-05-22"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2026-10-31", 6, "2027-04-30"),
        ("2026-12-01", 36, "2029-12-01"),
    ],
)
def test_due_dates_at_month_ends(jour: str, mois: int, attendu: str) -> None:
    assert ajouter_mois(jour, mois) == attendu


def test_a_contact_ages_faster_than_its_fiche() -> None:
    fiche = faire("partenaire", premier_contact={"annuaire": "https://exemple.fr/"})
    assert [(e.regime, e.le) for e in echeances(fiche)] == [("partenaire", "2027-11-22"), ("contact", "2027-05-22")]


def test_what_is_over_is_never_due(catalogue: Catalogue, pages_des_fiches: dict[str, tuple[Page, str]]) -> None:
    dues = {e.fiche for lot in calendrier(catalogue.fiches.values()).values() for e in lot}
    for fiche in catalogue.fiches.values():
        assert (fiche.id in dues) == (fiche.validite.etat != "historique"), fiche.id
        assert ("À revérifier" in pages_des_fiches[fiche.id][1]) == (fiche.id in dues), fiche.id


@pytest.mark.parametrize(
    ("fin", "jour", "attendu"),
    [
        ("2027", dt.date(2027, 12, 31), False),
        ("2027", dt.date(2028, 1, 1), True),
        ("2027-02", dt.date(2027, 2, 28), False),
        ("2027-02", dt.date(2027, 3, 1), True),
        ("2027-02-28", dt.date(2027, 2, 28), False),
        ("2027-02-28", dt.date(2027, 3, 1), True),
    ],
)
def test_a_validity_ends_with_its_last_day(fin: str, jour: dt.date, attendu: bool) -> None:
    assert finie(fin, jour) is attendu
    etat = etat_du_jour(_fiche("methode", validite={"etat": "en-vigueur", "fin": fin}), jour)
    assert etat == ("a-confirmer" if attendu else "en-vigueur")
    assert etat_du_jour(_fiche("methode", validite={"etat": "historique", "fin": fin}), jour) == "historique"


@pytest.mark.parametrize(
    ("dates", "fin"),
    [
        ({"date": "2024-03-05"}, "2026-03-05"),
        ({"date": "2021-03", "modifie_le": "2024-11"}, "2026-11"),
        ({"date": "2021", "consulte_le": "2026-11-28"}, "2028-11-28"),
        ({}, None),
    ],
)
def test_a_dispositif_is_in_force_as_long_as_its_last_proof(dates: dict[str, str], fin: str | None) -> None:
    """Two years after it, the page turns to « à confirmer » by itself; a méthode does not age that way."""
    source = {"titre": "Une page", "editeur": "X", "url": "https://x.fr/", **dates}
    champs: dict[str, Any] = {"validite": {"etat": "en-vigueur"}, "sources": {"s1": source}}
    assert fin_de_vigueur(_fiche("dispositif", **champs)) == fin
    assert fin_de_vigueur(_fiche("methode", **champs)) is None
    echue = _fiche("dispositif", **{**champs, "validite": {"etat": "en-vigueur", "fin": "2025"}})
    assert fin_de_vigueur(echue) == "2025", "l’échéance annoncée, si elle vient plus tôt"


def _fiche(type_: str, **champs: Any) -> Fiche:
    return TYPES[type_].model_validate(donnees(type_, "essai", **champs))


def test_lists_show_first_what_is_in_force(catalogue: Catalogue) -> None:
    for type_ in TYPES:
        rangs = [ORDRE_DES_ETATS.index(f.validite.etat) for f in choisir(catalogue, type=type_)]
        assert rangs == sorted(rangs), type_


def test_pages_of_freshness(catalogue: Catalogue) -> None:
    vue = Vue(catalogue, "qualite/")
    premiere = dt.date.fromisoformat(min(e.le for f in catalogue.fiches.values() for e in echeances(f)))
    vue.jour = premiere
    html = fraicheur(vue)
    assert f'data-echeance="{premiere}"' in html
    assert "data-apres>" in html
    assert "data-apres hidden>" in html
    vue.jour = premiere - dt.timedelta(1)
    assert "data-apres>" not in fraicheur(vue)
    anciennes = historiques(vue)
    for fiche in catalogue.fiches.values():
        if fiche.validite.etat == "historique":
            assert f"{fiche.PLURIEL}/{fiche.id}/" in anciennes
            if fiche.validite.remplace_par:
                assert f"/{fiche.validite.remplace_par}/" in anciennes
    assert "correction" in nouveautes(vue)
