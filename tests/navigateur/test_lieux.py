"""Places as readers write them: the inputs written before the search, places inside questions, hostile text, weights."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page

from macros.lecture.lieux.noms import entendre, plier
from macros.lecture.lieux.referentiels import Referentiels
from tests.conftest import RACINE

Ouvrir = Callable[..., Page]
PAGE = "ma-commune/"
SAISIES = yaml.safe_load((RACINE / "tests/lieux/saisies.yml").read_text("utf-8"))
QUESTIONS = yaml.safe_load((RACINE / "tests/lieux/questions.yml").read_text("utf-8"))
MAXIMUM = 30_000
"""Bytes without compression, of a lookup."""
TROUVER = """
async ([base, textes]) => {
  const { meilleur, trouver } = await import(`${base}assets/js/commune/trouver.js`);
  const lus = [];
  for (const texte of textes) {
    const trouve = await trouver(texte, { entierement: true });
    lus.push({ ...trouve, meilleur: meilleur(trouve, texte)?.code ?? null });
  }
  return lus;
}
"""
RECONNAITRE = """
async ([base, questions]) => {
  const { reconnaitreDans } = await import(`${base}assets/js/commune/reconnaitre.js`);
  const lus = [];
  for (const question of questions) lus.push(await reconnaitreDans(question));
  return lus;
}
"""


@pytest.fixture(scope="module")
def referentiels() -> Referentiels:
    return Referentiels(RACINE / "fiches" / "referentiels")


def _juste(saisie: dict[str, Any], lu: dict[str, Any]) -> bool:
    codes = {lieu["code"] for lieu in lu["lieux"]}
    devenue = saisie.get("devenue")
    return (
        lu["meilleur"] == saisie["code"]
        and set(saisie.get("aussi", ())) <= codes
        and (devenue is None or lu["lieux"][0].get("ancien") == devenue)
    )


def test_the_inputs_written_before_find_their_commune(ouvrir: Ouvrir, base: str) -> None:
    assert all(len(saisies) >= 20 for sorte, saisies in SAISIES.items() if sorte not in ("melange", "epci"))
    toutes = [saisie for saisies in SAISIES.values() for saisie in saisies]
    lus = ouvrir(PAGE).evaluate(TROUVER, [base, [s["ecrit"] for s in toutes]])
    manquees = [s["ecrit"] for s, lu in zip(toutes, lus, strict=True) if not _juste(s, lu)]
    assert len(manquees) <= 0.02 * len(toutes), manquees


def test_every_commune_opens_by_its_name_and_its_departement(
    ouvrir: Ouvrir, base: str, referentiels: Referentiels
) -> None:
    communes = random.Random(18).sample(list(referentiels.communes.values()), 400)
    ecrits = [f"{c.nom} ({c.departement})" for c in communes]
    lus = ouvrir(PAGE).evaluate(TROUVER, [base, ecrits])
    assert [lu["meilleur"] for lu in lus] == [c.code for c in communes]


def test_a_letter_wrong_is_forgiven(ouvrir: Ouvrir, base: str, referentiels: Referentiels) -> None:
    tirage = random.Random(6)
    noms = tirage.sample([c for c in referentiels.communes.values() if len(plier(c.nom)) > 6], 200)
    ecrits = []
    for commune in noms:
        place = tirage.randrange(1, len(commune.nom))
        ecrits.append(commune.nom[:place] + tirage.choice(["", "e", "s"]) + commune.nom[place + 1 :])
    lus = ouvrir(PAGE).evaluate(TROUVER, [base, ecrits])
    offertes = [c.code in {lieu["code"] for lieu in lu["lieux"]} for c, lu in zip(noms, lus, strict=True)]
    assert sum(offertes) >= 0.85 * len(noms), [e for e, o in zip(ecrits, offertes, strict=True) if not o]


@pytest.mark.parametrize("ecrit", ["Genève", "bruxelles", "Durbuy", "Namur"])
def test_a_place_abroad_is_not_taken_for_a_neighbour(ouvrir: Ouvrir, base: str, ecrit: str) -> None:
    [lu] = ouvrir(PAGE).evaluate(TROUVER, [base, [ecrit]])
    assert lu["meilleur"] is None
    assert lu["dehors"][0]["pays"].startswith("en ")


@pytest.mark.parametrize(
    "ecrit",
    [
        "",
        "  ",
        "<img src=x onerror=window.pris=1>",
        "99999",
        "999999999",
        "__proto__",
        "🏡",
        "a" * 10_000,
        "٥٩٤٦٤",
        "'\"`",
    ],
)
def test_hostile_text_finds_nothing_and_runs_nothing(ouvrir: Ouvrir, base: str, ecrit: str) -> None:
    page = ouvrir(PAGE)
    [lu] = page.evaluate(TROUVER, [base, [ecrit]])
    [dans] = page.evaluate(RECONNAITRE, [base, [ecrit]])
    assert lu["meilleur"] is None
    assert (dans["lieux"], dans["departement"]) == ([], None)
    assert page.evaluate("window.pris") is None


@pytest.mark.parametrize("ecrit", ["59218", "Cran-Gevrier", "Lyon 3e", "marseile", "Sainte-Colombe Lot", "22176"])
def test_a_lookup_stays_light(ouvrir: Ouvrir, base: str, ecrit: str) -> None:
    recus: list[int] = []
    page = ouvrir(
        PAGE,
        prepare=lambda p: p.on(
            "response", lambda r: recus.append(len(r.body())) if "/api/communes/" in r.url else None
        ),
    )
    page.evaluate(TROUVER, [base, [ecrit]])
    assert 0 < sum(recus) < MAXIMUM, recus


def test_places_are_recognised_inside_questions(ouvrir: Ouvrir, base: str) -> None:
    lus = ouvrir(PAGE).evaluate(RECONNAITRE, [base, [q["question"] for q in QUESTIONS]])
    for question, lu in zip(QUESTIONS, lus, strict=True):
        premier = lu["lieux"][0]["code"] if lu["lieux"] else None
        reste = question.get("reste", question["question"])
        assert (premier, lu["reste"], lu["departement"]) == (question["code"], reste, question.get("departement")), (
            question
        )


def test_questions_of_the_search_name_no_false_place(ouvrir: Ouvrir, base: str) -> None:
    """A place seen where there is none would hide the answers."""
    mots = yaml.safe_load((RACINE / "fiches/vocabulaires/mots_courants.yml").read_text("utf-8"))
    courants = [mot for entree in mots["mots_courants"] for mot in entree["mots"]]
    assert len(courants) > 1000
    lus = ouvrir(PAGE).evaluate(RECONNAITRE, [base, courants])
    assert not {mot: lu["ecrit"] for mot, lu in zip(courants, lus, strict=True) if lu["lieux"]}


def test_python_and_the_browser_hear_alike(ouvrir: Ouvrir, base: str, referentiels: Referentiels) -> None:
    cles = sorted({plier(c.nom) for c in referentiels.communes.values()})[::7]
    page = ouvrir(PAGE)
    entendus = page.evaluate(
        f"(cles) => import('{base}assets/js/commune/fautes.js').then((m) => cles.map(m.entendre))", cles
    )
    assert entendus == [entendre(cle) for cle in cles]
