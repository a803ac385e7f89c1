"""No fault found by axe, best practices included, on any template and state, light and dark; and each template is laid
out well.

In the quick run, each page is checked on a phone or on a desktop, in light or in dark, in turn, and so is a sample of
states. The long one checks every page and every state on four widths, from 320 to 1280 px, in both schemes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from .conftest import GABARITS, LARGEURS, PERDUE
from .etats import ETATS
from .test_mise_en_page import fautes_de_mise_en_page

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
ABREGER = "() => { for (const e of document.querySelectorAll('[data-hors-contraste]')) e.remove(); }"
"""For the quick run, which looks at nothing of the end of these long runs: a third of the time of the longest page."""
LANCER = """([couleurs, tout]) => {
  const options = { resultTypes: ["violations", "passes"], preload: false };
  const long = document.querySelector("[data-hors-contraste]");
  if (tout && !long) {
    window.resultat = axe.run(document, options).then((releve) => [releve]);
    return null;
  }
  const exclure = long ? { exclude: [["[data-hors-contraste]"]] } : document;
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


def _preparer(page: Page) -> None:
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate(PREPARER, ASSEZ)


def _abreger(page: Page) -> None:
    _preparer(page)
    page.evaluate(ABREGER)


def _fautes(pages: dict[str, Page], tout: bool) -> dict[str, list[str]]:
    """Run axe in every page at once (each has its own process), and return what it finds in each."""
    for page in pages.values():
        _preparer(page)
        page.evaluate(LANCER, [COULEURS, tout])
    releves: dict[str, dict[str, Any]] = {nom: page.evaluate(RELEVER) for nom, page in pages.items()}
    assert all(releve["regles"] >= (20 if tout else 1) for releve in releves.values()), "axe n’a presque rien vérifié"
    return {nom: releve["fautes"] for nom, releve in releves.items() if releve["fautes"]}


@pytest.fixture
def analyser(compter: Callable[[str, int], None]) -> Iterator[Analyser]:
    """Check pages, named by their state; fail once, with everything found."""
    trouvees: list[str] = []

    def analyse(adresse: str, pages: dict[str, Page], tout: bool = True) -> None:
        avant = len(trouvees)
        for etat, fautes in _fautes(pages, tout).items():
            trouvees.extend(f"/{adresse} [{etat}] {faute}" for faute in fautes)
        compter("pages × états × thèmes vérifiés par axe", len(pages))
        compter("fautes trouvées par axe", len(trouvees) - avant)

    yield analyse
    assert trouvees == [], "\n".join(trouvees)


TOUS = [*GABARITS, PERDUE]
THEMES = ["light", "dark"]


@pytest.mark.parametrize("adresse", TOUS, ids=lambda adresse: adresse.strip("/") or "accueil")
def test_gabarit(
    ouvrir: Callable[..., Page],
    base_404: str,
    analyser: Analyser,
    compter: Callable[[str, int], None],
    adresse: str,
) -> None:
    """Laid out well on four widths, then judged by axe on one. Requests and console are watched by « ouvrir »."""
    complete = base_404 + adresse if adresse == PERDUE else adresse
    rang = TOUS.index(adresse)
    largeur, theme = list(LARGEURS)[rang % 2], THEMES[rang // 2 % 2]
    page = ouvrir(complete, largeur=largeur, theme=theme)
    fautes = fautes_de_mise_en_page(page)
    compter("pages × largeurs vérifiées pour la mise en page", 4)
    page.set_viewport_size({"width": largeur, "height": LARGEURS[largeur]})
    _abreger(page)
    analyser(adresse, {f"{largeur} px, {theme}": page})
    assert fautes == [], "\n".join(fautes)


# The quick run: states of each kind, on the widths and in the schemes where they differ most, in turn.
ECHANTILLON = {
    "recherche": (390, 1280),
    "recherche vide": (390, 1280),
    "résultats": (390, 1280),
    "historique": (1280,),
    "sans résultat": (390, 1280),
    "résultats triés": (390, 1280),
    "filtres": (390,),
    "menu": (390,),
    "sommaire": (390,),
    "cases cochées": (390,),
    "sélection": (390, 1280),
    "sélection reçue": (390, 1280),
    "orientation jugée": (390, 1280),
    "formulaire vérifié": (390, 1280),
    "composition, alertes": (390, 1280),
    "composition, méthodes": (390, 1280),
    "composition, brouillons": (1280,),
    "séance en cours": (390, 1280),
    "séance, noter": (390,),
    "séance close": (390, 1280),
}
"""State -> widths, the light scheme on the first, the dark one on the last."""


@pytest.mark.parametrize(
    ("nom", "theme"),
    [pytest.param(nom, THEMES[rang % 2], id=f"{nom}-{THEMES[rang % 2]}") for rang, nom in enumerate(ECHANTILLON)],
)
def test_etat(ouvrir: Callable[..., Page], analyser: Analyser, nom: str, theme: str) -> None:
    etat = ETATS[nom]
    largeur = ECHANTILLON[nom][0 if theme == "light" else -1]
    page = ouvrir(etat.adresse, largeur=largeur, theme=theme)
    etat.geste(page)
    _abreger(page)
    analyser(etat.adresse, {f"{nom}, {largeur} px, {theme}": page})


# --- everything: each template and state, on four widths, in light and in dark

TOUTES_LARGEURS = (320, 390, 768, 1280)


def _tout(analyser: Analyser, adresse: str, nom: str, page: Page) -> None:
    """Check a page as it is, in light, then in dark."""
    analyser(adresse, {f"{nom}, clair": page})
    # A dialog keeps the button of the header out of reach: what the button sets is set here.
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    page.wait_for_timeout(200)  # colours fade in 0.12 s
    analyser(adresse, {f"{nom}, sombre": page}, tout=False)


@pytest.mark.longue
@pytest.mark.parametrize("largeur", TOUTES_LARGEURS)
@pytest.mark.parametrize("adresse", TOUS, ids=lambda adresse: adresse.strip("/") or "accueil")
def test_chaque_gabarit(
    ouvrir: Callable[..., Page], base_404: str, analyser: Analyser, adresse: str, largeur: int
) -> None:
    page = ouvrir(base_404 + adresse if adresse == PERDUE else adresse, largeur=largeur)
    _tout(analyser, adresse, f"{largeur} px", page)


@pytest.mark.longue
@pytest.mark.parametrize(
    ("nom", "largeur"),
    [
        pytest.param(nom, largeur, id=f"{nom}-{largeur}")
        for nom, etat in ETATS.items()
        for largeur in TOUTES_LARGEURS
        if largeur <= etat.au_plus
    ],
)
def test_chaque_etat(ouvrir: Callable[..., Page], analyser: Analyser, nom: str, largeur: int) -> None:
    etat = ETATS[nom]
    page = ouvrir(etat.adresse, largeur=largeur)
    etat.geste(page)
    _tout(analyser, etat.adresse, f"{nom}, {largeur} px", page)
