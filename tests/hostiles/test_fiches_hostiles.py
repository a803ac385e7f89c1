"""Each text field of each kind of fiche receives hostile texts: refused at its line, or written in the page as plain
text."""

from __future__ import annotations

import pytest

from macros.lecture.brute import lire
from macros.lecture.problemes import Chemin
from macros.lecture.validation import valider
from macros.modeles import TYPES, Glossaire, ListeDeValeurs
from tests.hostiles.bilan import noter
from tests.hostiles.charges import Charge
from tests.hostiles.fiches import champs_textes, empoisonnee, en_yaml, pleine
from tests.hostiles.monde import Monde, glossaire, valeurs
from tests.hostiles.temoins import message_lisible


@pytest.mark.parametrize("type_", TYPES)
def test_la_fiche_pleine_est_sans_faute(monde: Monde, type_: str) -> None:
    """Without which no refusal below would prove anything."""
    assert monde.essai.controler(f"fiches/{TYPES[type_].PLURIEL}/hostile.yml", en_yaml(pleine(type_, "hostile"))) == []
    assert len(champs_textes(type_)) > 40


@pytest.mark.parametrize("type_", TYPES)
def test_un_texte_hostile_est_refuse_a_sa_ligne_ou_accepte(monde: Monde, type_: str) -> None:
    """A sample: one text for each field, another for each kind."""
    champs = [c for c, _ in champs_textes(type_)]
    debut = list(TYPES).index(type_) * 15
    for rang, chemin in enumerate(champs, debut):
        _essayer(monde, type_, chemin, monde.charges[rang % len(monde.charges)])


@pytest.mark.longue
@pytest.mark.parametrize("type_", TYPES)
def test_tous_les_textes_dans_tous_les_champs(monde: Monde, type_: str) -> None:
    for chemin, _ in champs_textes(type_):
        for charge in monde.charges:
            _essayer(monde, type_, chemin, charge)


def _essayer(monde: Monde, type_: str, chemin: Chemin, charge: Charge) -> None:
    octets = en_yaml(empoisonnee(type_, "hostile", {chemin: charge}))
    problemes = monde.essai.controler(f"fiches/{TYPES[type_].PLURIEL}/hostile.yml", octets)
    for probleme in problemes:
        message_lisible(probleme, octets)
    if charge.famille == "invisibles":
        assert problemes, (chemin, charge)
    if problemes:
        noter(f"champs : {charge.famille}", "refusée")


def test_listes_communes(monde: Monde) -> None:
    """A glossary and a vocabulary full of hostile texts: messages, at a line, in French."""
    for charge in monde.charges:
        for nom, modele, octets in (
            ("fiches/glossaire.yml", Glossaire, glossaire([charge])),
            ("fiches/vocabulaires/besoins.yml", ListeDeValeurs, valeurs([charge])),
        ):
            brut, problemes = lire(nom, octets)
            if brut:
                problemes = valider(modele, nom, brut)[1]
            for probleme in problemes:
                message_lisible(probleme, octets)
            if charge.famille == "invisibles":
                assert problemes, (nom, charge)
            if problemes:
                noter("glossaire et vocabulaires", "refusée")
