"""Twenty tasks of real readers, on a phone: from the home page to the right answer within four gestures."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, expect

from tests.conftest import RACINE

TACHES: list[dict[str, Any]] = yaml.safe_load((RACINE / "tests/taches/taches.yml").read_text("utf-8"))
GESTES = 4
"""Most gestures of a task (issue « Un écran, une réponse »)."""


def _chercher(page: Page, texte: str) -> None:
    champ = page.locator(".accueil .chercher input")
    champ.fill(texte)
    champ.press("Enter")


def _commune(page: Page, nom: str) -> None:
    page.locator(".accueil .chercher input").fill(nom)
    page.get_by_role("option", name=nom).first.click()


def _lien(page: Page, nom: str) -> None:
    """Click a link of the page, or of its menu, that is in sight or can be scrolled to."""
    page.locator("main a:visible, footer a:visible").filter(has_text=nom).first.click()


def _bouton(page: Page, nom: str) -> None:
    page.locator("main").get_by_role("button", name=nom).or_(page.locator("main summary", has_text=nom)).first.click()


def _cocher(page: Page, nom: str) -> None:
    page.get_by_role("checkbox", name=nom).check()


FAIRE = {"chercher": _chercher, "commune": _commune, "lien": _lien, "bouton": _bouton, "cocher": _cocher}


@pytest.mark.parametrize("tache", TACHES, ids=[t["tache"] for t in TACHES])
def test_a_task_ends_within_four_gestures(ouvrir: Callable[..., Page], tache: dict[str, Any]) -> None:
    page = ouvrir(largeur=390)
    assert len(tache["gestes"]) <= GESTES
    for geste in tache["gestes"]:
        ((nom, valeur),) = geste.items()
        FAIRE[nom](page, valeur)
    voit = tache["voit"]
    vu = page.locator(voit["ou"]).first
    expect(vu).to_be_visible()
    if "vaut" in voit:
        expect(vu).to_have_value(re.compile(voit["vaut"]))
    else:
        expect(vu).to_contain_text(voit["dit"])


def test_the_first_gesture_is_offered_on_the_home_page(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(largeur=390)
    textes = " ".join(page.locator("main a:visible, header a, nav a, footer a").all_text_contents())
    for tache in TACHES:
        offerts = [p for p in tache["premiers"] if p == "chercher" or p in textes]
        assert offerts, tache["tache"]
        (premier,) = tache["gestes"][0]
        assert premier != "lien" or tache["gestes"][0]["lien"] in tache["premiers"]
