"""Méthodes that can be run as they stand: how many, which ones, and what their pages say."""

from __future__ import annotations

from typing import Any

import pytest

from macros.catalogue.fige import Catalogue
from macros.lecture.brute import lire
from macros.lecture.validation import valider
from macros.modeles import TYPES, Kit, Methode
from macros.modeles.seances.animation import FORMES, manques_pour_animer, prete_a_animer
from macros.pages.apercu import faits
from macros.pages.plans import page
from macros.pages.vue import Vue
from macros.regles import Lue, Reperes
from macros.regles.methodes import etapes_dans_la_duree
from tests.fabrique import texte

AU_MOINS = 60


def _methodes(catalogue: Catalogue) -> list[Methode]:
    return [f for f in catalogue.du_type("methode") if isinstance(f, Methode)]


def _html(catalogue: Catalogue, id_: str) -> str:
    found = page(catalogue, "fiche", id_)
    return found.entete + "".join(s.titre + s.html for s in found.sections)


def test_enough_methodes_can_be_run(catalogue: Catalogue) -> None:
    assert len([m for m in _methodes(catalogue) if prete_a_animer(m)]) >= AU_MOINS


def test_every_methode_that_a_kit_runs_is_ready(catalogue: Catalogue) -> None:
    employees = {
        s.methode
        for kit in catalogue.du_type("kit")
        if isinstance(kit, Kit)
        for seance in kit.seances
        for s in seance.sequences
        if s.methode
    }
    animees = [m for m in _methodes(catalogue) if m.id in employees and m.forme in FORMES]
    assert len(animees) >= 10
    assert {m.id: manques for m in animees if (manques := manques_pour_animer(m))} == {}


def test_a_ready_methode_says_so_on_its_page_and_in_lists(catalogue: Catalogue) -> None:
    assert "Prête à animer" in page(catalogue, "fiche", "world-cafe").entete
    assert "Prête à animer" not in page(catalogue, "fiche", "feuille-de-route").entete
    vue = Vue(catalogue, "methodes/")
    prete = {"icone": "ok", "texte": "Prête à animer"}
    assert prete in faits(vue, catalogue.fiches["world-cafe"])
    assert prete not in faits(vue, catalogue.fiches["feuille-de-route"])


def test_what_is_missing_is_named() -> None:
    methode = _methode(forme="animation", duree=[_minutes(30)], participants=[_personnes(5)])
    assert not prete_a_animer(methode)
    assert manques_pour_animer(methode) == [
        "quand l’utiliser",
        "quand l’éviter",
        "qui anime",
        "un déroulé minuté",
        "un matériel chiffré",
        "ce qui en sort",
        "deux points de vigilance",
        "une variante",
    ]


def test_the_absence_of_any_use_is_said(catalogue: Catalogue) -> None:
    sans = [
        m for m in _methodes(catalogue) if m.forme in FORMES and "Aucun lieu ni aucune action" in _html(catalogue, m.id)
    ]
    assert {"world-cafe", "metaplan", "un-deux-quatre-tous"} <= {m.id for m in sans}
    assert not any(m.exemples for m in sans)
    for m in _methodes(catalogue):
        if m.forme in FORMES:
            assert "Où elle a servi" in _html(catalogue, m.id), m.id


def test_real_uses_are_listed_and_kits_are_not_uses(catalogue: Catalogue) -> None:
    visite = next(s for s in page(catalogue, "fiche", "visite-exploratoire").sections if s.id == "ou-elle-a-servi")
    assert "sites/pledran/" in visite.html
    assert "actions/atelier-territorial-poix-du-nord-2021/" in visite.html
    assert "kits/" not in visite.html
    # Le kit flash emploie le vote ; ce n’est pas un retour d’expérience.
    assert "Aucun lieu ni aucune action" in _html(catalogue, "vote-gommettes")


def test_a_duration_reads_once(catalogue: Catalogue) -> None:
    html = _html(catalogue, "world-cafe")
    assert "d’une heure trente à une journée" not in html
    assert "(et jusqu’à une journée)" in html


def _minutes(valeur: int | None = None, **bornes: int) -> dict[str, Any]:
    return {**({"valeur": valeur} if valeur else bornes), "unite": "minute", "source": "s1"}


def _personnes(valeur: int) -> dict[str, Any]:
    return {"valeur": valeur, "unite": "personne", "source": "s1"}


def _methode(**champs: Any) -> Methode:
    brut, problemes = lire("essai.yml", texte("methode", **champs).encode())
    assert brut and not problemes
    fiche, problemes = valider(TYPES["methode"], "essai.yml", brut)
    assert isinstance(fiche, Methode), problemes
    return fiche


def _dits(duree: list[dict[str, Any]], etapes: list[dict[str, Any] | None]) -> list[str]:
    """What the rule says of a méthode with these durations."""
    champs: dict[str, Any] = {
        "duree": duree,
        "etapes": [{"titre": f"Étape {n}", **({"duree": d} if d else {})} for n, d in enumerate(etapes, 1)],
    }
    brut, _ = lire("essai.yml", texte("methode", **champs).encode())
    assert brut
    lue = Lue("essai.yml", "methodes", brut, TYPES["methode"], _methode(**champs))
    return [message for _, message in etapes_dans_la_duree(lue, Reperes({}, {}, None, None))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("duree", "etapes", "attendu"),
    [
        ([_minutes(60)], [_minutes(20), _minutes(40)], ""),
        ([_minutes(60)], [_minutes(20), _minutes(30)], "50 min en tout, alors que duree annonce 1 h."),
        (
            [_minutes(min=30, max=45)],
            [_minutes(30), _minutes(30)],
            "1 h en tout, alors que duree annonce de 30 min à 45",
        ),
        # Une étape sans durée : on ne sait pas le total.
        ([_minutes(60)], [_minutes(20), None], ""),
        # Une fourchette convient dès qu’elle rencontre la durée.
        ([_minutes(60)], [_minutes(min=20, max=40), _minutes(30)], ""),
        # Les sources divergent : la plus longue et la plus courte bornent.
        ([_minutes(30), _minutes(90)], [_minutes(75)], ""),
        ([_minutes(min=90)], [_minutes(300)], ""),
        ([_minutes(max=90)], [_minutes(95)], "1 h 35 en tout, alors que duree annonce au plus 1 h 30."),
    ],
)
def test_steps_fill_the_duration(
    duree: list[dict[str, Any]], etapes: list[dict[str, Any] | None], attendu: str
) -> None:
    messages = _dits(duree, etapes)
    assert len(messages) == bool(attendu)
    assert all(attendu in m for m in messages)
