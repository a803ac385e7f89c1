"""What WCAG 2.2 asks and axe does not measure: focus seen, targets, reflow, text spacing, motion, forced colours.

A sample of each in the quick run; every template and state in the long one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import RACINE

from .clavier import CRITERES
from .conftest import GABARITS, PERDUE
from .etats import ETATS, POIX

Ouvrir = Callable[..., Page]
Mesurer = Callable[..., None]
FICHE = "dispositifs/atelier-flash/"
QUOI = {
    "foyers": "éléments dont l’anneau de focus est mesuré",
    "cibles": "cibles mesurées",
    "debordements": "pages × états sans défilement de côté",
    "espacement": "textes espacés sans rien couper",
    "noms": "noms dits comme ils sont écrits",
    "mouvements": "éléments immobiles",
}
TOUS = ("foyers", "cibles", "debordements", "espacement", "noms")


@pytest.fixture
def mesurer(compter: Callable[[str, int], None]) -> Iterator[Mesurer]:
    """Measure a page as it is; fail once, with everything found."""
    trouvees: list[str] = []

    def mesure(page: Page, nom: str, *quoi: str) -> None:
        page.evaluate(CRITERES)
        page.keyboard.press("Shift")  # a key: from now on, what has the focus shows it
        for critere in quoi:
            rendu = page.evaluate("critere => criteres[critere]()", critere)
            assert rendu["vus"] > 0 or critere == "noms", f"{nom} : rien de mesuré ({critere})"
            compter(QUOI[critere], rendu["vus"])
            trouvees.extend(f"/{nom} : {faute}" for faute in rendu["fautes"])

    yield mesure
    assert trouvees == [], "\n".join(trouvees)


@pytest.mark.parametrize(
    ("adresse", "largeur"),
    [(FICHE, 320), ("", 320), ("comparer/", 390), (POIX, 1280), ("kits/atelier-territorial-journee/deroule/", 768)],
)
def test_sample_of_pages(ouvrir: Ouvrir, mesurer: Mesurer, adresse: str, largeur: int) -> None:
    page = ouvrir(adresse, largeur=largeur)
    if adresse == POIX:
        expect(page.locator("[data-sequence]").first).to_be_visible()
    mesurer(page, f"{adresse} à {largeur} px", *TOUS, "mouvements")


@pytest.mark.parametrize(
    ("nom", "largeur"), [("recherche", 320), ("menu", 320), ("composition, alertes", 320), ("formulaire vérifié", 320)]
)
def test_sample_of_states(ouvrir: Ouvrir, mesurer: Mesurer, nom: str, largeur: int) -> None:
    _mesurer_etat(ouvrir, mesurer, nom, largeur, "light")


def _mesurer_etat(ouvrir: Ouvrir, mesurer: Mesurer, nom: str, largeur: int, theme: str) -> None:
    etat = ETATS[nom]
    page = ouvrir(etat.adresse, largeur=largeur, theme=theme)
    etat.geste(page)
    # To give the focus to what is behind a menu closes it: the rings of that page are measured elsewhere.
    mesurer(page, f"{nom}, {largeur} px, {theme}", *(TOUS[1:] if nom == "menu" else TOUS))


LARGEURS_ET_THEMES = [(320, "light"), (390, "dark"), (768, "light"), (1280, "dark")]


@pytest.mark.longue
@pytest.mark.parametrize(("largeur", "theme"), LARGEURS_ET_THEMES)
@pytest.mark.parametrize("adresse", [*GABARITS, PERDUE], ids=lambda adresse: adresse.strip("/") or "accueil")
def test_each_template(ouvrir: Ouvrir, base_404: str, mesurer: Mesurer, adresse: str, largeur: int, theme: str) -> None:
    page = ouvrir(base_404 + adresse if adresse == PERDUE else adresse, largeur=largeur, theme=theme)
    if adresse.startswith("composer/?"):
        expect(page.locator("[data-sequence]").first).to_be_visible()
    mesurer(page, f"{adresse}, {largeur} px, {theme}", *TOUS, "mouvements")


@pytest.mark.longue
@pytest.mark.parametrize(
    ("nom", "largeur", "theme"),
    [(nom, px, theme) for nom, etat in ETATS.items() for px, theme in LARGEURS_ET_THEMES if px <= etat.au_plus],
)
def test_each_state(ouvrir: Ouvrir, mesurer: Mesurer, nom: str, largeur: int, theme: str) -> None:
    _mesurer_etat(ouvrir, mesurer, nom, largeur, theme)


# --- forced colours: the system paints; only shapes, borders and words still tell a state

ASPECT = """e => {
  const style = getComputedStyle(e);
  return {
    anneau: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    bord: parseFloat(style.borderBottomWidth) > 0 ? style.borderBottomColor : "aucun",
    trait: style.textDecorationLine, gras: style.fontWeight, appearance: style.appearance,
  };
}"""


@pytest.fixture
def force(navigateur: Browser, base: str) -> Iterator[Ouvrir]:
    """Open a page as Windows shows it with a contrast theme."""
    contexte = navigateur.new_context(forced_colors="active", viewport={"width": 1280, "height": 900}, locale="fr-FR")

    def ouvre(adresse: str) -> Page:
        page = contexte.new_page()
        page.goto(base + adresse)
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        return page

    yield ouvre
    contexte.close()


def test_forced_colours(force: Ouvrir, compter: Callable[[str, int], None]) -> None:
    """The current tab, the boxes, the buttons and every ring can still be told."""
    page = force("partenaires/")
    actif, autre = (
        page.locator(s).first.evaluate(ASPECT) for s in (".onglets .est-active", ".onglets a:not(.est-active)")
    )
    assert (actif["bord"], actif["gras"]) != (autre["bord"], autre["gras"])
    assert page.locator("main p a").first.evaluate(ASPECT)["trait"] == "underline"
    page.keyboard.press("/")
    champ = page.locator("[data-recherche] input")
    expect(champ).to_be_focused()
    assert page.locator(".recherche__champ").evaluate(ASPECT)["anneau"] >= 2
    for adresse, case in (
        (KIT, "[data-coches] input"),
        ("exemples/carte/", "[data-filtre]"),
    ):
        page = force(adresse)
        # Drawn by the system, a box shows by itself whether it is ticked.
        expect(page.locator(case).first).to_be_visible()
        assert page.locator(case).first.evaluate(ASPECT)["appearance"] == "auto", adresse
    page = force(POIX)
    bouton = page.get_by_role("button", name="Ajouter une méthode, La journée")
    bouton.focus()
    page.keyboard.press("Shift")
    assert bouton.evaluate(ASPECT)["bord"] != "aucun"
    page.evaluate(CRITERES)
    vus = page.evaluate("criteres.foyers()")
    sans_anneau = [faute for faute in vus["fautes"] if "anneau de" in faute]
    assert sans_anneau == []
    compter("anneaux de focus vus en contrastes forcés", vus["vus"])


KIT = "kits/preparer-un-atelier-local/materiel/"


def test_the_menu_closes_behind_the_focus(ouvrir: Ouvrir) -> None:
    """Tab goes out of the menu of a phone: nothing that has the focus stays under it."""
    page = ouvrir(FICHE, largeur=390)
    page.locator(".menu > summary").press("Enter")
    panneau = page.locator(".menu__panneau")
    expect(panneau).to_be_visible()
    for _ in range(panneau.locator("a").count()):
        page.keyboard.press("Tab")
        expect(panneau).to_be_visible()
    page.keyboard.press("Tab")
    expect(panneau).to_be_hidden()


def test_motion_only_when_it_is_wanted() -> None:
    """Everything that moves is undone for who asks for it; nothing scrolls by itself nor lasts."""
    feuilles = {f.name: f.read_text("utf-8") for f in (RACINE / "docs/assets/css").glob("*.css")}
    assert "prefers-reduced-motion: reduce" in feuilles["base.css"]
    for nom, texte in feuilles.items():
        assert "scroll-behavior: smooth" not in texte, nom
        assert "@keyframes" not in texte, nom
        durees = [float(d) for d in re.findall(r"transition:[^;]*?(\d*\.?\d+)s", texte)]
        assert all(d <= 0.3 for d in durees), nom


def test_the_statement_says_what_is_tried() -> None:
    """The figures of the accessibility statement are those of the tests."""
    texte = (RACINE / "docs/accessibilite.md").read_text("utf-8")
    assert f"{len(GABARITS) + 1} pages, au moins une par gabarit, et {len(ETATS)} états" in texte
    for obligatoire in ("non conforme", "Défenseur des droits", "Ce qui n’a pas été essayé", "article 47"):
        assert obligatoire in texte
