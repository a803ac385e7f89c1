"""A visitor who has only a keyboard: Tab to what is named, and the focus seen at each stop."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

CRITERES = (Path(__file__).parent / "criteres.js").read_text(encoding="utf-8")
FOYER = """async () => {
  if (!criteres.foyer()) return "";
  for (let image = 0; image < 2; image += 1) await new Promise(requestAnimationFrame);
  return criteres.foyer();
}"""
"""A field that was left may say its faults while the next one takes the focus: what is drawn next is what is seen."""
ECART = """(liste, libelle) =>
  [...liste.options].findIndex((o) => o.textContent.trim().startsWith(libelle)) - liste.selectedIndex"""
"""How many choices of a native list stand between the one made and the one that is wanted."""
AU_PLUS = 320
"""Tab stops before giving up."""


@dataclass
class Clavier:
    """Drive a page with ``page.keyboard`` alone. ``fautes`` gathers the stops where the focus is not seen."""

    page: Page
    arrets: int = 0
    fautes: list[str] = field(default_factory=list)

    def _regarder(self) -> None:
        """Judge the ring of what has the focus."""
        if not self.page.evaluate("() => Boolean(window.criteres)"):
            self.page.evaluate(CRITERES)
        vu = self.page.evaluate(FOYER)
        self.arrets += 1
        if vu:
            self.fautes.append(f"{self.page.url} : {vu}")

    def tabuler(self, arriere: bool = False) -> None:
        """One Tab, judged."""
        self.page.keyboard.press("Shift+Tab" if arriere else "Tab")
        self._regarder()

    def aller(self, cible: Locator, arriere: bool = False) -> Clavier:
        """Tab until the element has the focus. Raises AssertionError when it is out of reach."""
        expect(cible).to_be_attached()
        noeud = cible.element_handle()
        for _ in range(AU_PLUS):
            if self.page.evaluate("e => document.activeElement === e", noeud):
                return self
            self.tabuler(arriere)
        raise AssertionError(f"{cible} hors d’atteinte au clavier en {AU_PLUS} tabulations")

    def lien(self, nom: str | Any, dans: str = "main", **options: Any) -> Clavier:
        """Tab to a link, by its name."""
        return self.aller(self.page.locator(dans).get_by_role("link", name=nom, **options).first)

    def bouton(self, nom: str | Any, dans: str = "body", **options: Any) -> Clavier:
        """Tab to a button, by its name."""
        return self.aller(self.page.locator(dans).get_by_role("button", name=nom, **options).first)

    def champ(self, nom: str | Any, dans: str = "main", **options: Any) -> Clavier:
        """Tab to a field, by its label."""
        return self.aller(self.page.locator(dans).get_by_label(nom, **options).first)

    def presser(self, *touches: str) -> Clavier:
        """Press keys, one after the other."""
        for touche in touches:
            self.page.keyboard.press(touche)
        return self

    def ecrire(self, texte: str) -> Clavier:
        """Type."""
        self.page.keyboard.type(texte)
        return self

    def remplacer(self, texte: str) -> Clavier:
        """Type in place of what the field holds."""
        return self.presser("Control+a").ecrire(texte)

    def dater(self, champ: Locator, jour: date) -> Clavier:
        """Type a date in its field, whatever the order of its parts on this machine."""
        self.aller(champ)
        for ordre in ("%m%d%Y", "%d%m%Y"):
            self.ecrire(jour.strftime(ordre))
            if champ.input_value() == jour.isoformat():
                return self
            self.presser("ArrowLeft", "ArrowLeft", "ArrowLeft")
        raise AssertionError(f"date écrite : {champ.input_value()}, au lieu de {jour}")

    def choisir(self, liste: Locator, libelle: str) -> Clavier:
        """Choose in a closed native list, by the arrows: a browser takes letters that come slowly for as many words."""
        self.aller(liste)
        for _ in range(liste.locator("option").count()):
            if not (ecart := liste.evaluate(ECART, libelle)):
                return self
            self.presser("ArrowDown" if ecart > 0 else "ArrowUp")
        raise AssertionError(f"« {libelle} » hors d’atteinte dans la liste")

    def cocher(self, groupe: Locator, libelle: str) -> Clavier:
        """Choose among radio buttons, by the arrows."""
        voulu = groupe.get_by_role("radio", name=libelle, exact=True)
        self.aller(groupe.locator("input:checked").first)
        for _ in range(groupe.get_by_role("radio").count()):
            if voulu.is_checked():
                return self
            self.presser("ArrowDown")
            self._regarder()
        raise AssertionError(f"« {libelle} » non coché")

    def eviter(self) -> Clavier:
        """Take the skip link: the next Tab is in the content."""
        self.page.keyboard.press("Tab")
        self._regarder()
        expect(self.page.locator(".evitement")).to_be_focused()
        return self.presser("Enter")

    def suivre(self, adresse: str) -> Clavier:
        """Enter, on a link: the page that opens ends with ``adresse``."""
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"**{adresse}", wait_until="load")
        return self
