"""On a phone, a fiche gives its answer on one screen and ends within its budget; what it folds away is never lost."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.catalogue.fige import Catalogue
from macros.pages.parties import adresse_de, parties_de

from .conftest import BOITE
from .test_mise_en_page import DEBORDEMENTS

BUDGETS = {"dispositif": 6, "methode": 6, "partenaire": 5, "site": 5, "action": 5, "kit": 6}
"""Screens of 390 × 844, as first shown; twice as many when everything is open (issue « Un écran, une réponse »)."""
RICHE = "dispositifs/atelier-flash/"
KIT = "kits/preparer-un-atelier-flash/"
MARQUES = 12
"""Most marks « kit » on a page: they tell the exception, and what the page rests on is said once."""
JAMAIS_REPLIES = "#en-bref, #avant-de-choisir, #budget, #documents, #est-ce-pour-nous, #demander, #l-obtenir, #a-demander, #comment-l-appeler, #demarche"

MESURE = """(jamais) => {
  const ecrans = () => document.documentElement.scrollHeight / innerHeight;
  const carte = document.querySelector(".en-bref")?.getBoundingClientRect().height ?? 0;
  const barre = document.querySelector(".barre").getBoundingClientRect().height;
  const confiance = document.querySelector(".confiance")?.getBoundingClientRect().height ?? 0;
  const marques = document.querySelectorAll(".appel-kit").length;
  const montree = ecrans();
  const replis = [...document.querySelectorAll(jamais)].filter((e) => e.closest("details")).map((e) => e.id);
  for (const pli of document.querySelectorAll(".feuille details")) pli.open = true;
  return { montree, ouverte: ecrans(), carte: carte + barre <= innerHeight, confiance, replis, marques };
}"""


ENTREES = {
    "trouver-un-appui/": 3,
    "dispositifs/": 8,
    "partenaires/": 8,
    "methodes/": 8,
    "exemples/": 3,
    "exemples/carte/": 5,
    "sites/": 8,
    "actions/": 5,
    "themes/": 5,
}
"""Ways in: nothing of them is folded but short lists, and they stay within twice their budget when open."""
REPERTOIRES = {"methodes/boite-a-outils-ddt/": 8, "glossaire/": 8, "sources/": 10}
"""Looked up rather than read: folded by need, by term, by letter."""
HAUTEUR = "() => document.documentElement.scrollHeight / innerHeight"
OUVRIR_TOUT = "() => document.querySelectorAll('.feuille details').forEach((pli) => { pli.open = true; })"


def test_une_page_d_entree_finit_avant_le_lecteur(ouvrir: Callable[..., Page], base: str, catalogue: Catalogue) -> None:
    themes = {f"themes/{theme}/": 5 for theme in catalogue.vocabulaires["themes"].valeurs}
    page = ouvrir(largeur=390)
    fautes = []
    for adresse, budget in (ENTREES | REPERTOIRES | themes).items():
        page.goto(base + adresse, wait_until="domcontentloaded")
        montree = page.evaluate(HAUTEUR)
        page.evaluate(OUVRIR_TOUT)
        ouverte = page.evaluate(HAUTEUR)
        print(f"{adresse} : {montree:.1f} écrans, {ouverte:.1f} tout ouvert")
        if montree > budget or (adresse not in REPERTOIRES and ouverte > 2 * budget):
            fautes.append(f"{adresse} : {montree:.1f} écrans pour {budget}, {ouverte:.1f} tout ouvert")
    assert fautes == [], "\n".join(fautes)


@pytest.mark.parametrize("scripts", [True, False], ids=["avec script", "sans script"])
@pytest.mark.parametrize("adresse", ["glossaire/#glo-amo", "sources/#editeur-40", f"{BOITE}#besoin-animer"])
def test_un_lien_ouvre_la_ligne_d_un_repertoire(ouvrir: Callable[..., Page], adresse: str, scripts: bool) -> None:
    page = ouvrir(adresse, largeur=390, scripts=scripts)
    cible = page.locator(f"[id='{adresse.partition('#')[2]}']")
    expect(cible).to_be_visible()
    expect(cible).to_be_in_viewport()


@pytest.mark.parametrize("largeur", [320, 390, 1280])
def test_chaque_signe_de_la_carte_s_ouvre_en_son_centre(ouvrir: Callable[..., Page], largeur: int) -> None:
    page = ouvrir("exemples/carte/", largeur=largeur)
    page.locator(".plan__dessin").scroll_into_view_if_needed()
    autres = page.evaluate("""() => [...document.querySelectorAll(".plan__point")].filter((point) => {
      point.scrollIntoView({ block: "center", behavior: "instant" });
      const { x, y, width, height } = point.querySelector(".plan__zone").getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2)?.closest(".plan__point") !== point;
    }).map((point) => point.id)""")
    assert page.locator(".plan__point").count() > 30
    assert autres == []


@pytest.mark.parametrize("type_", BUDGETS)
def test_un_ecran_une_reponse(
    ouvrir: Callable[..., Page], base: str, catalogue: Catalogue, compter: Callable[[str, int], None], type_: str
) -> None:
    page = ouvrir(largeur=390)
    fautes, hauteurs = [], []
    pages = [(f, adresse_de(f, p.cle)) for f in catalogue.du_type(type_) for p in parties_de(f) if not p.entiere]
    for fiche, adresse in pages:
        page.goto(base + adresse, wait_until="domcontentloaded")
        vu = page.evaluate(MESURE, JAMAIS_REPLIES)
        hauteurs.append(vu["montree"])
        if vu["montree"] > BUDGETS[type_] or vu["ouverte"] > 2 * BUDGETS[type_]:
            fautes.append(f"{adresse} : {vu['montree']:.1f} écrans, {vu['ouverte']:.1f} tout ouvert")
        if not vu["carte"]:
            fautes.append(f"{adresse} : la réponse ne tient pas sur un écran")
        if vu["replis"]:
            fautes.append(f"{adresse} : repliés, {vu['replis']}")
        if vu["marques"] > MARQUES:
            fautes.append(f"{adresse} : {vu['marques']} fois « kit »")
        if fiche.verification.niveau == "redigee-sur-sources" and vu["confiance"] > 40:
            fautes.append(f"{adresse} : la confiance prend {vu['confiance']:.0f} px, plus d’une ligne")
    compter(f"dixièmes d’écran d’une fiche médiane sur téléphone ({type_})", round(10 * median(hauteurs)))
    print(f"{type_} : {median(hauteurs):.1f} écrans en médiane, {max(hauteurs):.1f} au plus")
    assert fautes == [], "\n".join(fautes)


@pytest.mark.parametrize(
    ("adresse", "mots"),
    [
        (RICHE, ("Pour qui", "Coût pour vous", "Durée", "Premier appel", "Est-ce pour nous")),
        (KIT, ("Le choisir quand", "Durée", "Équipe", "Poser une date", "documents")),
    ],
)
def test_le_premier_ecran_repond(ouvrir: Callable[..., Page], adresse: str, mots: tuple[str, ...]) -> None:
    """For whom, cost, how long, first call or date, without a gesture, above the bar of the phone."""
    page = ouvrir(adresse, largeur=390)
    haut_de_barre = page.locator(".barre").evaluate("e => e.getBoundingClientRect().top")
    for mot in mots:
        reponse = page.locator(".en-bref").get_by_text(mot).first
        assert reponse.evaluate("e => e.getBoundingClientRect().bottom") <= haut_de_barre, mot


@pytest.mark.parametrize("scripts", [True, False], ids=["avec script", "sans script"])
@pytest.mark.parametrize(("ancre", "volet"), [("jour-2-3", "Déroulé"), ("documents", "Documents")])
def test_un_ancien_lien_vers_un_kit(ouvrir: Callable[..., Page], ancre: str, volet: str, scripts: bool) -> None:
    """A script leads to the page that holds it now; without one, its tab is marked, under the eyes."""
    page = ouvrir(f"{KIT}#{ancre}", largeur=390, scripts=scripts)
    if not scripts:
        lien = page.locator(".volets a:has(:target)")
        expect(lien).to_be_in_viewport()
        expect(lien).to_have_text(volet)
        lien.click()
    expect(page.locator("h1")).to_have_text(volet)
    expect(page.locator(".volets [aria-current]")).to_have_text(volet)
    if scripts:
        expect(page.locator(f"#{ancre}")).to_be_in_viewport()


def test_la_barre_d_un_kit_suit(ouvrir: Callable[..., Page]) -> None:
    """From the top of a page to its foot, at both widths, and without a script."""
    for partie, largeur in (("", 1280), ("deroule/", 390)):
        page = ouvrir(KIT + partie, largeur=largeur, scripts=False)
        page.locator("#notes-et-sources").locator("xpath=..").scroll_into_view_if_needed()
        expect(page.locator(".volets [aria-current]")).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False], ids=["avec script", "sans script"])
@pytest.mark.parametrize("ancre", ["note-s2", "cadres", "qui-fait-quoi", "ce-qui-a-change", "notes-et-sources"])
def test_un_lien_ouvre_ce_qui_est_replie(ouvrir: Callable[..., Page], ancre: str, scripts: bool) -> None:
    page = ouvrir(f"{RICHE}#{ancre}", largeur=390, scripts=scripts)
    expect(page.locator(f"#{ancre}")).to_be_visible()
    expect(page.locator(f"#{ancre}")).to_be_in_viewport()


def test_la_recherche_dans_la_page_ouvre_ce_qui_est_replie(navigateur: Browser, base: str) -> None:
    """A link to a text goes through the same door as the find bar of the browser."""
    page = navigateur.new_page()
    page.goto(f"{base}{RICHE}#:~:text=Sites%20accompagn%C3%A9s")
    expect(page.locator(".feuille details[open]")).to_contain_text("Sites accompagnés")
    page.close()


def test_sans_script_tout_s_ouvre_d_un_geste(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(RICHE, largeur=390, scripts=False)
    for pli in page.locator(".texte > .repli").all():
        pli.locator("summary").first.click()
        expect(pli.locator(".repli__texte")).to_be_visible()


def test_l_imprimante_ouvre_tout(ouvrir: Callable[..., Page]) -> None:
    page = ouvrir(RICHE)
    page.emulate_media(media="print")
    for partie in page.locator(".repli__texte, .pli .liens-inverses").all():
        expect(partie).to_be_visible()
    expect(page.locator(".repli__compte").first).to_be_hidden()


@pytest.mark.parametrize("fragment", ["nulle-part", "%E0%A4%A", "a b'c\"]", ":~:text="])
def test_un_fragment_qui_ne_mene_nulle_part_laisse_la_page_entiere(ouvrir: Callable[..., Page], fragment: str) -> None:
    page = ouvrir(f"{RICHE}#{fragment}", largeur=390)
    page.locator("[data-ouvre-sommaire]").click()
    expect(page.locator("dialog.feuillet")).to_be_visible()


@pytest.mark.parametrize("theme", ["bleu", '{"', ""])
def test_une_preference_inconnue_laisse_la_page_entiere(ouvrir: Callable[..., Page], theme: str) -> None:
    page = ouvrir(RICHE, prepare=lambda p: p.add_init_script(f"localStorage.setItem('accompagner:theme', {theme!r})"))
    expect(page.locator(".en-bref")).to_be_visible()
    assert page.evaluate("() => document.body.dataset.mdColorScheme") in {"default", "slate"}


@pytest.mark.parametrize(
    "adresse", [RICHE, "methodes/visite-exploratoire/", "partenaires/ddt-m/", "sites/poix-du-nord/"]
)
def test_rien_ne_deborde_une_fois_ouvert(ouvrir: Callable[..., Page], adresse: str) -> None:
    page = ouvrir(adresse)
    page.evaluate("() => document.querySelectorAll('.feuille details').forEach((pli) => { pli.open = true; })")
    for largeur in (320, 390, 768, 1280):
        page.set_viewport_size({"width": largeur, "height": 844})
        assert page.evaluate(DEBORDEMENTS) == [], largeur
