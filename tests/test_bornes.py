"""Limits and choices, each at its edge: a number moved by one, a comparison turned round, a word lost are seen here."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import etree

from macros.catalogue.confiance import phrase_de_confiance
from macros.catalogue.fige import Catalogue
from macros.catalogue.fraicheur import Echeance, prochaine
from macros.contribution.essai import Essai
from macros.contribution.importation.regles import regles
from macros.contribution.navigateur import appeler
from macros.ecriture.sections import en_html
from macros.lecture.brute import lire
from macros.modeles import TYPES, Chiffre, Fiche, Source, Tache
from macros.modeles.reperes import Correction, Corrections
from macros.modeles.seances.durees import EN_MINUTES, bornes, bornes_lisibles
from macros.modeles.seances.retroplanning import quand
from macros.pages.accueil import accueil
from macros.pages.outils.orientation import contacts
from macros.pages.plans import page
from macros.pages.vue import Vue, quantite_lisible
from macros.regles.remplacement import remplacee
from macros.sorties.exports.flux import flux_atom
from tests.conftest import RACINE
from tests.fabrique import donnees, texte

CITE = " [s1]."


@pytest.fixture(scope="module")
def essai(catalogue: Catalogue) -> Essai:
    return Essai(catalogue, RACINE)


def dits(essai: Essai, type_: str, **champs: Any) -> list[str]:
    """What the validator says of the smallest fiche with these fields."""
    place = f"fiches/{TYPES[type_].PLURIEL}/essai-de-borne.yml"
    return [p.message for p in essai.controler(place, texte(type_, "essai-de-borne", **champs).encode())]


def faire(type_: str, id_: str = "essai", **champs: Any) -> Fiche:
    return TYPES[type_].model_validate(donnees(type_, id_, **champs))  # type: ignore[return-value]


# --- what a fiche may hold


@pytest.mark.parametrize(
    ("champ", "limite", "fin"),
    [("titre", 160, "e"), ("accroche", 320, CITE), ("objectifs", 700, CITE), ("resume", 6000, CITE)],
)
def test_a_text_as_long_as_allowed_and_one_letter_more(essai: Essai, champ: str, limite: int, fin: str) -> None:
    for taille in (limite, limite + 1):
        phrase = "Créer " + "a" * (taille - 6 - len(fin)) + fin
        trop = [f"texte trop long ({taille} caractères, au plus {limite}). Coupez-le ou répartissez-le."]
        assert dits(essai, "dispositif", **{champ: [phrase] if champ == "objectifs" else phrase}) == (
            trop if taille > limite else []
        )


def test_a_fiche_nests_twenty_levels() -> None:
    for niveaux, dit in ((20, []), (21, ["plus de 20 niveaux imbriqués"])):
        listes = niveaux - 1  # the file itself is the first
        _, problemes = lire("x.yml", f"a: {'[' * listes}{']' * listes}".encode())
        assert [p.message.partition(".")[0] for p in problemes] == dit


def test_a_keyword_of_eight_words_and_of_nine(essai: Essai) -> None:
    huit = "un deux trois quatre cinq six sept huit"
    assert dits(essai, "dispositif", mots_cles=[huit]) == []
    assert "est une phrase" in dits(essai, "dispositif", mots_cles=[f"{huit} neuf"])[0]


@pytest.mark.parametrize(("duree", "attendu"), [("120", []), ("121", ["la séance dépasse minuit"])])
def test_a_day_may_end_at_midnight(essai: Essai, duree: str, attendu: list[str]) -> None:
    sequence = {"titre": "Veiller", "duree": duree, "modalite": "pleniere", "sources": ["kit"]}
    messages = dits(
        essai, "kit", seances=[{"id": "jour", "titre": "Le jour", "debut": "22:00", "sequences": [sequence]}]
    )
    assert [m.partition(".")[0] for m in messages] == attendu


def test_a_working_day_lasts_seven_hours() -> None:
    assert EN_MINUTES == {"minute": 1, "heure": 60, "demi-journee": 210, "jour": 420}
    assert bornes([Chiffre(valeur=2, unite="jour", source="s1")], EN_MINUTES) == (840, 840)


@pytest.mark.parametrize(
    ("chiffre", "quantite", "duree"),
    [
        ({"valeur": 90}, "90", "1 h 30"),
        ({"min": 60, "max": 90}, "60 à 90", "de 1 h à 1 h 30"),
        ({"valeur": "1,5", "unite": "heure"}, "1,5", "1 h 30"),
        ({"min": 60}, "au moins 60", "au moins 1 h"),
        ({"max": 90}, "jusqu’à 90", "au plus 1 h 30"),
    ],
)
def test_each_end_of_a_figure_is_said(chiffre: dict[str, Any], quantite: str, duree: str) -> None:
    donne = Chiffre(**{"unite": "minute", "source": "s1", **chiffre})  # type: ignore[arg-type]
    assert quantite_lisible(donne) == quantite
    bas_haut = bornes([donne], EN_MINUTES)
    assert bas_haut and bornes_lisibles(bas_haut).replace("\xa0", " ") == duree


@pytest.mark.parametrize(
    ("euros", "dit"),
    [
        (999_999, "999 999 €"),
        (1_150_000_000, "1,15 milliard d’euros"),
        (2_600_000, "2,6 millions d’euros"),
        (2e9, "2 milliards d’euros"),
    ],
)
def test_from_a_million_on_nobody_counts_zeros(catalogue: Catalogue, euros: float, dit: str) -> None:
    vue = Vue(catalogue, "essai/")
    assert (
        vue.quantite(Chiffre(valeur=euros, unite="euro", source="s1")).replace("\xa0", " ").replace("\u202f", " ")
        == dit
    )


def test_a_task_is_said_before_on_or_after_the_day() -> None:
    taches = [Tache(ancre="jour", decalage=n, tache="Prévenir.", role="animateur") for n in (-30, 0, 15)]
    assert [quand(t).replace("\xa0", " ") for t in taches] == ["J − 30", "Jour J", "J + 15"]


@pytest.mark.parametrize(("minutes", "duree"), [(4, None), (5, "5"), (720, "720"), (721, None)])
def test_an_imported_slot_lasts_twelve_hours_at_most(catalogue: Catalogue, minutes: int, duree: str | None) -> None:
    placer = """({ placerCreneaux }, minutes, regles) => {
        const [doutes, seance] = [[], {}];
        const b = { champs: { seances: [seance] }, origines: {}, douter: (_, doute) => doutes.push(doute) };
        placerCreneaux(b, [{ horaire: [480, 480 + minutes, "Visiter"], blocs: [] }], regles);
        return [seance.sequences[0].duree ?? null, doutes];
    }"""
    lue, doutes = appeler("importation/creneaux.js", placer, minutes, regles(catalogue))
    assert lue == duree
    assert any("durée impossible" in doute for doute in doutes) == (duree is None)


@pytest.mark.parametrize(("etat", "fautes"), [("en-vigueur", 0), ("historique", 1)])
def test_a_replacement_leads_to_something_in_force(etat: str, fautes: int) -> None:
    """Two steps: the one that replaces is over too, without anything after it, or is not."""
    passee = faire("dispositif", validite={"etat": "historique", "remplace_par": "suite"})
    suite = faire("dispositif", "suite", validite={"etat": etat})
    lue = SimpleNamespace(fiche=passee)
    assert len(list(remplacee(lue, {"essai": passee, "suite": suite}))) == fautes  # type: ignore[arg-type]


# --- what a page says of its worth


def test_the_source_that_serves_most_is_the_one_named() -> None:
    dates = {"s1": "2026-01", "s2": "2025-11-07", "s3": "2019"}
    sources = {cle: Source(titre="T", editeur="E", url="https://e.fr/", date=date) for cle, date in dates.items()}
    fiche = faire("partenaire", missions=["Aider [s2].", "Conseiller [s2]."]).model_copy(update={"sources": sources})
    assert phrase_de_confiance(fiche)[0].replace("\xa0", " ").endswith("3 sources, la principale du 7 novembre 2025")


@pytest.mark.parametrize(
    ("niveau", "verifiee", "phrase", "repere"),
    [
        ("redigee-sur-sources", False, "jamais vérifié auprès du porteur", "Rédigée sur sources"),
        ("relue", False, "relu par Cerema le 22 novembre 2026, jamais vérifié auprès du porteur", "Fiche relue"),
        ("confirmee-par-le-porteur", True, "confirmé par le porteur (Cerema) le 22", "Fiche vérifiée"),
    ],
)
def test_only_the_owner_makes_a_fiche_verified(
    catalogue: Catalogue, niveau: str, verifiee: bool, phrase: str, repere: str
) -> None:
    verification = {"niveau": niveau, "le": "2026-11-22", "par": "Cerema"}
    fiche = catalogue.fiches["atelier-flash"]
    fiche = fiche.model_copy(update={"verification": type(fiche.verification).model_validate(verification)})
    _, dite, mots = phrase_de_confiance(fiche)
    assert dite is verifiee and mots.replace("\xa0", " ").startswith(phrase)
    monde = replace(catalogue, fiches={**catalogue.fiches, fiche.id: fiche})
    assert f"Relues&nbsp;: {int(niveau == 'relue')}<" in accueil(Vue(monde, ""))
    html = en_html(page(monde, "fiche", fiche.id))
    assert ("confiance--verifiee" in html) is verifiee
    assert f"<dt>{repere}</dt>" in html


def test_a_verification_is_due_on_its_day() -> None:
    echeance = prochaine(faire("partenaire"))
    assert echeance == Echeance("2027-11-22", "partenaire", "essai")
    assert echeance.passee(dt.date(2027, 11, 22)) and not echeance.passee(dt.date(2027, 11, 21))


def test_a_correction_dates_the_entry_of_its_fiche(catalogue: Catalogue) -> None:
    corrigee = Correction(date="2031-02-03", fiche="cerema", avant="un mot", apres="un autre")
    flux = etree.fromstring(
        flux_atom(replace(catalogue, corrections=Corrections(corrections=(corrigee,))), "https://e.fr/").encode()
    )
    atom = "{http://www.w3.org/2005/Atom}"
    premiere = flux.find(f"{atom}entry")
    assert premiere is not None and premiere.findtext(f"{atom}title") == catalogue.fiches["cerema"].titre
    assert str(premiere.findtext(f"{atom}updated")).startswith("2031-02-03")


# --- who to call


@pytest.mark.parametrize(
    ("saisine", "appele"), [("prefet", "prefet-de-departement"), ("ddt", "ddt-m"), ("direct", "cerema")]
)
def test_a_porteur_is_called_the_way_it_is_asked(catalogue: Catalogue, saisine: str, appele: str) -> None:
    cerema = catalogue.fiches["cerema"].model_copy(update={"saisine": saisine})
    appui = catalogue.fiches["atelier-flash"].model_copy(update={"premiers_contacts": (), "porteurs": ("cerema",)})
    monde = replace(catalogue, fiches={**catalogue.fiches, "cerema": cerema})
    assert contacts(monde, appui) == (appele,)  # type: ignore[arg-type]
