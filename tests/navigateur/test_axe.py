"""No fault found by axe, best practices included, on any template and state, light and dark.

Each page is checked on a phone or on a desktop, each state in light or in dark, in turn; ``AXE_COMPLET=1`` checks each
on both, in both (three times as long).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from .conftest import GABARITS, LARGEURS, PERDUE

COMPLET = bool(os.environ.get("AXE_COMPLET"))

# Contrast costs ten times all the rest on a long page: of a long run of like elements, the first ones are enough.
# Everything else is checked on the whole page.
PREPARER = """assez => {
  for (const parent of document.body.querySelectorAll("*")) {
    const vus = {};
    for (const { tagName, className } of parent.children) vus[tagName + className] = 0;
    for (const enfant of parent.children) {
      const genre = enfant.tagName + enfant.className;
      if (++vus[genre] > assez) enfant.dataset.horsContraste = "";
    }
  }
}"""
ASSEZ = 8
LANCER = """([couleurs, tout]) => {
  const options = { resultTypes: ["violations", "passes"], preload: false };
  const exclure = document.querySelector("[data-hors-contraste]") ? { exclude: [["[data-hors-contraste]"]] } : document;
  window.resultat = axe.run(exclure, { ...options, runOnly: couleurs }).then(async (teintes) => {
    const reste = tout && await axe.run(document,
      { ...options, rules: Object.fromEntries(couleurs.map((regle) => [regle, { enabled: false }])) });
    return [teintes, reste].filter(Boolean);
  });
  return null;
}"""
RELEVER = """async () => {
  const releves = await window.resultat;
  return { regles: releves.flatMap(({ passes }) => passes).length, fautes: releves.flatMap(({ violations }) =>
    violations.flatMap(({ id, help, nodes }) => nodes.map((n) =>
      `${id} (${help}) : ${n.target.join(" ")} — ${n.html.slice(0, 160)} — ${n.failureSummary}`))) };
}"""
COULEURS = ["color-contrast", "link-in-text-block"]
"""The rules that another colour scheme can change; all the others read the same page."""
Analyser = Callable[..., None]


def _fautes(pages: dict[str, Page], tout: bool) -> dict[str, list[str]]:
    """Run axe in every page at once (each has its own process), and return what it finds in each."""
    for page in pages.values():
        if not page.evaluate("() => Boolean(window.axe)"):
            page.evaluate(AXE_SCRIPT)
            page.evaluate(PREPARER, ASSEZ)
        page.evaluate(LANCER, [COULEURS, tout])
    releves: dict[str, dict[str, Any]] = {nom: page.evaluate(RELEVER) for nom, page in pages.items()}
    assert all(releve["regles"] >= (20 if tout else 1) for releve in releves.values()), "axe n’a presque rien vérifié"
    return {nom: releve["fautes"] for nom, releve in releves.items() if releve["fautes"]}


@pytest.fixture
def analyser(compter: Callable[[str, int], None]) -> Iterator[Analyser]:
    """Check pages, named by their state; fail once, with everything found."""
    trouvees: list[str] = []

    def analyse(adresse: str, pages: dict[str, Page], tout: bool = True) -> None:
        for etat, fautes in _fautes(pages, tout).items():
            trouvees.extend(f"/{adresse} [{etat}] {faute}" for faute in fautes)
        compter("pages × états vérifiés par axe", len(pages))

    yield analyse
    assert trouvees == [], "\n".join(trouvees)


RECEVOIR = """async () => {
  const { coder } = await import("../assets/js/selection/lien.js");
  const fiche = (type, id, note = "") => ({ type, titre: id, url: `${type}s/${id}/`, note });
  localStorage.setItem(`accompagner:${location.pathname.replace("ma-selection/", "")}:selection`,
    JSON.stringify([fiche("dispositif", "atelier-flash")]));
  const fiches = [fiche("partenaire", "cerema", "Une note."), fiche("kit", "disparu"), fiche("site", "poix-du-nord")];
  location.hash = await coder({ titre: "Reçue", fiches });
  location.reload();
}"""


def _obscurcir(page: Page) -> None:
    page.locator("[data-bascule-theme]").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.mouse.move(0, 0)


TOUS = [*GABARITS, PERDUE]


@pytest.mark.parametrize("adresse", TOUS, ids=lambda adresse: adresse.strip("/") or "accueil")
def test_gabarit(ouvrir: Callable[..., Page], base_404: str, analyser: Analyser, adresse: str) -> None:
    complete = base_404 + adresse if adresse == PERDUE else adresse
    tour = TOUS.index(adresse) % len(LARGEURS)
    largeurs = list(LARGEURS) if COMPLET else [list(LARGEURS)[tour]]
    pages = {f"{largeur} px": ouvrir(complete, largeur=largeur) for largeur in largeurs}
    analyser(adresse, {f"{nom}, clair": page for nom, page in pages.items()})
    # The dark scheme changes colours, not the layout: one width is enough.
    nom = list(pages)[tour % len(pages)]
    _obscurcir(pages[nom])
    analyser(adresse, {f"{nom}, sombre": pages[nom]}, tout=False)


def _chercher(page: Page) -> None:
    page.locator("[data-ouvre-recherche]").click()
    page.locator("[data-recherche] input").fill("friche")
    expect(page.locator("[data-recherche] [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")


def _ne_rien_trouver(page: Page) -> None:
    page.locator("[data-ouvre-recherche]").click()
    page.locator("[data-recherche] input").fill("zzqxw")
    expect(page.locator("[data-recherche] [data-aucun-resultat]")).to_be_visible()


def _repondre(page: Page) -> None:
    expect(page.locator("[data-resultats] [data-fiche], [data-aucun-resultat]").first).to_be_visible()


def _montrer_les_anciennes(page: Page) -> None:
    page.locator(".trouver__historique button").click()
    expect(page.locator(".trouver__historique [data-fiche]").first).to_be_visible()


def _ouvrir_les_filtres(page: Page) -> None:
    _repondre(page)
    page.locator(".facettes__ouvrir").click()
    expect(page.locator("dialog.tiroir")).to_be_visible()


def _derouler_menu(page: Page) -> None:
    page.locator(".menu > summary").click()
    expect(page.locator(".menu__panneau")).to_be_visible()


def _ouvrir_sommaire(page: Page) -> None:
    page.locator("[data-ouvre-sommaire]").click()
    expect(page.locator("dialog.feuillet")).to_be_visible()


def _selectionner(page: Page) -> None:
    """Put three fiches aside, write on one, take another away: the list and what can be undone."""
    accueil = page.url
    for fiche in ("dispositifs/atelier-flash/", "partenaires/cerema/", "sites/poix-du-nord/"):
        page.goto(accueil + fiche)
        page.locator("[data-selection]:visible").first.click()
    page.goto(accueil + "ma-selection/")
    expect(page.locator(".selection__etat")).to_have_count(3)
    page.locator("[data-note]").first.fill("À demander avant l’été.")
    page.locator("[data-retirer]").last.click()
    expect(page.locator(".selection li")).to_have_count(2)
    expect(page.locator("[data-annuler]")).to_be_visible()


def _recevoir(page: Page) -> None:
    """A list that came by a link, over one's own, with a fiche that is gone."""
    page.evaluate(RECEVOIR)
    expect(page.locator("[data-recue]")).to_be_visible()
    expect(page.locator(".selection__etat")).to_have_count(2)


def _cocher(page: Page) -> None:
    cases = page.locator("[data-coches] input")
    for rang in range(3):
        cases.nth(rang).check()


def _juger(page: Page) -> None:
    expect(page.locator(".orientation--jugee")).to_be_visible()
    page.locator(".orientation details").evaluate_all("replis => replis.forEach((d) => { d.open = true; })")


def _verifier_le_formulaire(page: Page) -> None:
    expect(page.locator("[data-formulaire][data-pret='1']")).to_be_attached()
    page.locator('[data-champ="titre"] input').fill("Atelier flash")
    page.locator("details").evaluate_all("replis => replis.forEach((d) => { d.open = true; })")
    page.locator('[data-champ="resultats"] [type=checkbox]').check()
    page.get_by_role("button", name="Vérifier et finir").click()
    expect(page.locator("[data-zone=resume]")).to_be_focused()


ETATS = {
    "recherche": ("dispositifs/atelier-flash/", _chercher, (390, 1280)),
    "recherche vide": ("", _ne_rien_trouver, (390, 1280)),
    "résultats": ("trouver/?q=friche&theme=friches-foncier&type=inconnu", _repondre, (390, 1280)),
    "historique": ("trouver/?q=friche", _montrer_les_anciennes, (1280,)),
    "sans résultat": ("trouver/?q=zzqxw&type=kit", _repondre, (390, 1280)),
    "résultats triés": ("trouver/?tri=titre&phase=cadrer", _repondre, (390, 1280)),
    "filtres": ("trouver/?q=atelier", _ouvrir_les_filtres, (390,)),
    "menu": ("dispositifs/atelier-flash/", _derouler_menu, (390,)),
    "sommaire": ("dispositifs/atelier-flash/", _ouvrir_sommaire, (390,)),
    "cases cochées": ("kits/preparer-un-atelier-local/", _cocher, (390,)),
    "sélection": ("", _selectionner, (390, 1280)),
    "sélection reçue": ("ma-selection/", _recevoir, (390, 1280)),
    "orientation jugée": (
        "orientation/?sujet=friches-foncier&porteur=commune&manque=avis&programme=inconnu",
        _juger,
        (390, 1280),
    ),
    "formulaire vérifié": (
        "contribuer/formulaire/?type=action&methode=visite-exploratoire",
        _verifier_le_formulaire,
        (390, 1280),
    ),
}
"""State -> page, what leads to the state, widths."""
THEMES = ["light", "dark"]


def _tour(rang: int) -> list[str]:
    """Schemes of a state: one of the two, in turn; both in a complete run."""
    return THEMES if COMPLET else [THEMES[rang % 2]]


@pytest.mark.parametrize(
    ("adresse", "action", "largeurs", "theme"),
    [
        pytest.param(*etat, theme, id=f"{nom}-{theme}")
        for rang, (nom, etat) in enumerate(ETATS.items())
        for theme in _tour(rang)
    ],
)
def test_etat(
    ouvrir: Callable[..., Page],
    analyser: Analyser,
    adresse: str,
    action: Callable[[Page], None],
    largeurs: tuple[int, ...],
    theme: str,
) -> None:
    pages = {}
    for largeur in largeurs if COMPLET else {"light": largeurs[:1], "dark": largeurs[-1:]}[theme]:
        page = ouvrir(adresse, largeur=largeur, theme=theme)
        action(page)
        pages[f"{action.__name__.strip('_')}, {largeur} px, {theme}"] = page
    analyser(adresse, pages)
