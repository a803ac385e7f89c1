"""« Ma commune » and the map in a real browser: typing, keyboard, address, hostile values, the offer of the home
page."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Page, expect

from macros.catalogue.fige import Catalogue
from macros.lecture.lieux.communes import Lieux
from macros.lecture.lieux.noms import plier
from macros.lecture.lieux.referentiels import Referentiels
from tests.conftest import RACINE

Ouvrir = Callable[..., Page]
PAGE = "ma-commune/"
TITRE = "[data-titre]"


def test_type_arrows_enter(ouvrir: Ouvrir) -> None:
    page = ouvrir(PAGE)
    champ = page.get_by_role("combobox")
    champ.press_sequentially("poix du")
    expect(page.get_by_role("option").first).to_contain_text("Poix-du-Nord")
    expect(champ).to_have_attribute("aria-expanded", "true")
    champ.press("ArrowDown")
    expect(champ).to_have_attribute("aria-activedescendant", "commune-choix-0")
    champ.press("Enter")
    expect(page.locator(TITRE)).to_have_text("Poix-du-Nord")
    expect(page.locator(TITRE)).to_be_focused()
    assert page.url.endswith("?code=59464")
    page.go_back()
    expect(page.locator("[data-identite]")).to_be_hidden()


def test_escape_closes_the_list(ouvrir: Ouvrir) -> None:
    page = ouvrir(PAGE)
    champ = page.get_by_role("combobox")
    champ.press_sequentially("saint denis")
    expect(page.get_by_role("option").first).to_be_visible()
    champ.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(champ).to_have_value("saint denis")


def test_the_supports_follow_the_commune(ouvrir: Ouvrir) -> None:
    """A member first, then what is open with its reason; what is closed is folded, and says why; nothing is lost."""
    page = ouvrir(f"{PAGE}?code=60235")
    membre = page.locator("[data-etat=membre] [data-appui]")
    expect(membre).to_have_count(1)
    expect(membre).to_contain_text("Votre commune est dans le programme")
    expect(membre).to_contain_text("Votre interlocuteur")
    ferme = page.locator("[data-etat=ferme] [data-appui=action-coeur-de-ville]")
    expect(ferme).to_be_hidden()
    page.locator("[data-etat=ferme] > summary").click()
    expect(ferme).to_contain_text("Le programme vise des villes moyennes")
    expect(page.locator("[data-appui=ingenierie-sur-mesure-anct]")).to_contain_text("Gratuit sous 3")
    nombre = page.locator("[data-appui]").count()
    listes = set()
    for code in ("75056", "97501", "98818", "60235"):
        page.goto(page.url.split("?")[0] + f"?code={code}")
        expect(page.locator(TITRE)).to_be_visible()
        lignes = page.locator("[data-appui]")
        assert lignes.count() == nombre
        listes.add(str(sorted(lignes.evaluate_all("n => n.map((l) => [l.dataset.appui, l.dataset.verdict])"))))
    assert len(listes) == 4
    page.locator("[data-orienter]").click()
    page.wait_for_url("**/orientation/?code=60235")


def test_homonyms_are_told_apart_by_departement(ouvrir: Ouvrir) -> None:
    page = ouvrir(PAGE)
    page.get_by_role("combobox").press_sequentially("st denis")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    textes = options.all_text_contents()
    assert len(textes) == len(set(textes)) > 3
    assert any("Seine-Saint-Denis (93)" in t for t in textes) and any("Réunion (974)" in t for t in textes)


def test_the_whole_name_is_enough(ouvrir: Ouvrir) -> None:
    page = ouvrir(PAGE)
    champ = page.get_by_role("combobox")
    champ.fill("pledran")
    champ.press("Enter")
    expect(page.locator(TITRE)).to_have_text("Plédran")
    expect(page.locator("[data-sites] > li:visible").first).to_contain_text("ici même")


def test_the_address_opens_a_commune(ouvrir: Ouvrir, base: str) -> None:
    page = ouvrir(f"{PAGE}?code=59464")
    expect(page.locator(TITRE)).to_have_text("Poix-du-Nord")
    resume = page.locator("[data-resume]")
    expect(resume).to_contain_text("CC du Pays de Mormal")
    expect(resume).to_contain_text("Nord (59)")
    expect(page.locator("[data-faits]")).to_contain_text("Hauts-de-France")
    premiers = page.locator("[data-premiers] > li:visible")
    expect(premiers).to_have_count(1)
    expect(premiers).to_contain_text("DDTM du Nord")
    expect(page.locator("[data-sites] > li:visible")).to_have_count(3)
    assert page.locator("[data-locaux] > li:visible", has_text="CAUE du Pas-de-Calais").count() == 0


def test_another_departement_keeps_the_national_contact(ouvrir: Ouvrir) -> None:
    page = ouvrir(f"{PAGE}?code=42218")
    expect(page.locator(TITRE)).to_have_text("Saint-Étienne")
    premiers = page.locator("[data-premiers] > li:visible")
    expect(premiers).to_have_count(1)
    expect(page.locator("[data-contact=ddt]")).to_contain_text("DDT de la Loire")
    expect(page.locator("[data-aucun-local]")).to_be_visible()


def test_an_epci_opens_too(ouvrir: Ouvrir) -> None:
    page = ouvrir(f"{PAGE}?code=200072544")
    expect(page.locator(TITRE)).to_have_text("CC des Deux Morin")
    expect(page.locator("[data-sites] > li:visible").first).to_contain_text("ici même")


@pytest.mark.parametrize(
    "valeur",
    [
        "",
        "0",
        "99999",
        "999999999",
        "59464 ",
        "../59464",
        "<img src=x onerror=window.pris=1>",
        "__proto__",
        "٥٩٤٦٤",
        "9" * 5000,
    ],
)
def test_a_hostile_address_gets_a_clear_message(ouvrir: Ouvrir, valeur: str) -> None:
    page = ouvrir(f"{PAGE}?code={quote(valeur)}")
    expect(page.locator("[data-message]")).to_contain_text("ci-dessus")
    expect(page.locator("[data-identite]")).to_be_hidden()
    assert page.evaluate("window.pris") is None


def test_a_lookup_asks_little(ouvrir: Ouvrir) -> None:
    """Measured on what the server sends, without compression."""
    recus: list[int] = []

    def ecouter(page: Page) -> None:
        page.on("response", lambda r: recus.append(len(r.body())) if "/api/communes/" in r.url else None)

    page = ouvrir(PAGE, prepare=ecouter)
    champ = page.get_by_role("combobox")
    champ.press_sequentially("saint-martin-de-crau", delay=60)
    champ.press("Enter")
    expect(page.locator(TITRE)).to_have_text("Saint-Martin-de-Crau")
    assert 0 < sum(recus) < 30_000 + 6_100, recus  # and the piece of its EPCI


def test_without_scripts_everything_is_listed(ouvrir: Ouvrir, catalogue: Catalogue) -> None:
    page = ouvrir(PAGE, scripts=False)
    expect(page.get_by_role("heading", name="Qui appeler d’abord")).to_be_attached()
    assert page.locator("[data-sites] > li").count() == len(catalogue.du_type("site"))


def test_python_and_the_browser_fold_alike(ouvrir: Ouvrir, base: str) -> None:
    noms = [e.nom for e in Lieux(Referentiels(RACINE / "fiches" / "referentiels")).tous]
    choisis = [
        *random.Random(7).sample(noms, 6000),
        "Communauté d’agglomération de la Ville",
        "CŒUR",
        "L’Île-d’Yeu",
        "  ",
    ]
    page = ouvrir(PAGE)
    plies = page.evaluate(
        f"(noms) => import('{base}assets/js/commune/lieux.js').then((m) => noms.map(m.plier))", choisis
    )
    assert plies == [plier(nom) for nom in choisis]


def test_the_home_page_offers_the_commune(ouvrir: Ouvrir) -> None:
    """One field, two gestures: write, choose."""
    page = ouvrir("")
    champ = page.locator("#chercher-besoin")
    champ.press_sequentially("pled")
    expect(page.get_by_role("option", name="Plédran")).to_contain_text("Côtes-d’Armor (22)")
    champ.press("ArrowDown")
    champ.press("Enter")
    expect(page.locator(TITRE)).to_have_text("Plédran")


def test_a_plain_word_offers_nothing_and_is_searched(ouvrir: Ouvrir) -> None:
    page = ouvrir("")
    champ = page.locator("#chercher-besoin")
    with page.expect_response("**/api/communes/noms/*.json"):
        champ.press_sequentially("friche")
    expect(page.get_by_role("option")).to_have_count(0)
    champ.press("Enter")
    page.wait_for_url("**/trouver/?q=friche")


def test_examples_come_by_distance_then_by_likeness(ouvrir: Ouvrir) -> None:
    page = ouvrir(f"{PAGE}?code=59464")
    proches = page.locator("[data-sites] > li:visible")
    expect(proches).to_have_count(3)
    expect(proches.first).to_contain_text("ici même")
    page.locator("[data-comme] > summary").click()
    pareils = page.locator("[data-pareils] > li:visible")
    expect(pareils).to_have_count(3)
    expect(pareils.first.locator("[data-termes]")).to_contain_text("habitants")
    page.get_by_label("Sur quel thème").select_option(label="Friches et foncier")
    for ligne in page.locator("[data-sites] > li:visible, [data-pareils] > li:visible").all():
        assert "friches-foncier" in (ligne.get_attribute("data-themes") or "").split()


def test_projects_are_asked_for_when_opened(ouvrir: Ouvrir) -> None:
    demandes: list[str] = []
    page = ouvrir(
        f"{PAGE}?code=59464",
        prepare=lambda p: p.on("request", lambda r: demandes.append(r.url) if "fonds-vert/" in r.url else None),
    )
    expect(page.locator(TITRE)).to_be_visible()
    partie = page.locator("[data-projets]")
    assert not [d for d in demandes if d.endswith(".json")]
    partie.locator("summary").click()
    expect(partie).to_contain_text("Poix du Nord")
    expect(partie).to_contain_text("304\u202f391\u00a0€ d’aide")
    expect(partie.get_by_role("heading", name="Dans des communes comme la vôtre")).to_contain_text("1\u202f063")
    partie.get_by_label("Sorte de projet").select_option(label="Recyclage foncier et friches")
    expect(partie.get_by_role("listitem").first).to_contain_text("Recyclage foncier")


@pytest.mark.parametrize(
    ("ecrit", "code", "message"),
    [
        ("poix du nord", "59464", ""),
        ("22960", "22176", ""),
        ("Cran-Gevrier", "74010", "Cran-Gevrier, commune déléguée\u00a0: la commune est Annecy."),
        ("Bellegarde-sur-Valserine", "01033", "s’appelle aujourd’hui Valserhône"),
        ("Paris 13", "75056", "la commune est Paris"),
        ("marseile", "13055", "voici le plus proche"),
    ],
)
def test_the_address_may_hold_what_was_written(ouvrir: Ouvrir, ecrit: str, code: str, message: str) -> None:
    page = ouvrir(f"{PAGE}?{urlencode({'q': ecrit})}")
    expect(page.locator(f"[data-commune='{code}']")).to_be_visible()
    expect(page.locator("[data-message]")).to_contain_text(message)


def test_homonyms_are_offered_beside_the_best(ouvrir: Ouvrir) -> None:
    page = ouvrir(f"{PAGE}?q=saint+denis")
    expect(page.locator("[data-commune='97411']")).to_be_visible()
    autres = page.locator("[data-autres] a")
    expect(autres).to_have_count(3)
    autres.filter(has_text="Seine-Saint-Denis (93)").click()
    expect(page.locator("[data-commune='93066']")).to_be_visible()


@pytest.mark.parametrize(
    ("adresse", "message"),
    [
        ("?q=Durbuy", "Durbuy est en Belgique"),
        ("?q=zzzzqqqq", "Aucune commune ni intercommunalité de France"),
        (f"?{urlencode({'q': '<img src=x onerror=window.pris=1>'})}", "Aucune commune"),
        (f"?q={'a' * 5000}", "Aucune commune"),
        ("?code=74093", "la commune est Annecy"),
    ],
)
def test_what_cannot_open_is_said(ouvrir: Ouvrir, adresse: str, message: str) -> None:
    page = ouvrir(PAGE + adresse)
    expect(page.locator("[data-message]")).to_contain_text(message)
    expect(page.locator("[data-commune='']")).to_have_count(0 if "code" in adresse else 1)
    assert page.evaluate("window.pris") is None


def test_the_map_filters_its_drawing_and_its_table(ouvrir: Ouvrir, catalogue: Catalogue) -> None:
    page, tous = ouvrir("exemples/carte/"), len(catalogue.du_type("site"))
    lignes = page.locator(".plan__liste li:not([hidden])")
    expect(lignes).to_have_count(tous)
    page.locator("[data-filtre][value=atelier-flash]").uncheck()
    expect(page.locator("[data-compte]")).to_contain_text(f"sur {tous}")
    visibles = lignes.count()
    assert visibles < tous
    situes = page.locator(".plan__liste li:not([hidden]) a[href^='#point-']").count()
    expect(page.locator(".plan__dessin g[data-signe]:visible")).to_have_count(situes)


def test_the_map_is_walked_with_the_keyboard(ouvrir: Ouvrir) -> None:
    page = ouvrir("exemples/carte/")
    region = page.locator("details.repli", has=page.locator("#ligne-poix-du-nord"))
    region.locator("summary").press("Enter")
    page.locator("#ligne-poix-du-nord a[href^='#point-']").press("Enter")
    expect(page.locator("#point-poix-du-nord")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sites/poix-du-nord/")


def test_python_and_the_browser_know_a_place_alike(ouvrir: Ouvrir, base: str) -> None:
    lieux = Lieux(Referentiels(RACINE / "fiches" / "referentiels"))
    codes = [*random.Random(18).sample([e.code for e in lieux.tous], 400), "05132", "23019", "01033", "97411", "98818"]
    attendus = {code: _comme_le_navigateur(lieux, code) for code in codes}
    page = ouvrir(PAGE)
    lus = page.evaluate(
        f"""(codes) => import('{base}assets/js/commune/lieux.js')
          .then(async (m) => Object.fromEntries(await Promise.all(codes.map(async (c) => [c, await m.lieu(c)]))))""",
        codes,
    )
    assert lus == attendus


def _comme_le_navigateur(lieux: Lieux, code: str) -> dict[str, Any]:
    lieu = lieux.lieu(code)
    assert lieu is not None
    dit: dict[str, Any] = json.loads(json.dumps(asdict(lieu)))
    centre = dit.pop("centre") or {"lon": None, "lat": None, "exact": False}
    est_epci = dit.pop("est_epci")
    return {**dit, **centre, "estEpci": est_epci}


def test_the_commune_is_kept_here_only_and_forgotten(ouvrir: Ouvrir, base: str) -> None:
    page = ouvrir(f"{PAGE}?code=59464")
    expect(page.locator(TITRE)).to_have_text("Poix-du-Nord")
    module = f"import('{base}assets/js/commune/retenue.js')"
    assert page.evaluate(f"{module}.then((m) => m.retenue())") == {"code": "59464", "nom": "Poix-du-Nord"}
    cle = page.evaluate("Object.keys(localStorage).find((cle) => cle.endsWith(':commune'))")
    for abime in (
        "",
        "null",
        "[]",
        '"59464"',
        '{"code": 59464, "nom": "x"}',
        '{"code": "<b>", "nom": "x"}',
        '{"code": "59464"}',
    ):
        page.evaluate("([cle, valeur]) => localStorage.setItem(cle, valeur)", [cle, abime])
        assert page.evaluate(f"{module}.then((m) => m.retenue())") is None, abime
    annonce = f"""{module}.then((m) => new Promise((finir) => {{
      document.addEventListener("commune-retenue", (e) => finir([e.detail, localStorage.length]), {{ once: true }});
      m.oublier();
    }}))"""
    avant = page.evaluate("localStorage.length")
    assert page.evaluate(annonce) == [None, avant - 1]
