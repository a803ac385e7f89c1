"""Searching from the keyboard, from an address, with facets, and without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from macros.catalogue.fige import Catalogue
from macros.ecriture.rendu import adresse
from macros.pages.faits_de_recherche import couts, groupes, tailles
from tests.navigateur.conftest import Journal

Ouvrir = Callable[..., Page]


def _parametres(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def _case(page: Page, facette: str, valeur: str) -> Locator:
    return page.locator(f'[data-facette="{facette}"] input[value="{valeur}"]')


def _compte(page: Page, facette: str, valeur: str) -> int:
    ligne = page.locator(f'[data-facette="{facette}"] li', has=page.locator(f'input[value="{valeur}"]'))
    return int(ligne.get_attribute("data-nombre") or -1)


def _nombre(page: Page) -> int:
    return int(re.sub(r"\D", "", page.locator("[data-compte]").inner_text().split("fiche")[0]))


def _pret(page: Page) -> Page:
    """Wait for an answer, or for the whole list when nothing is asked."""
    expect(page.locator("[data-page-trouver]:not([aria-busy])")).to_have_count(1)
    expect(page.locator("[data-compte]")).to_contain_text("fiche")
    return page


def _fiches(page: Page) -> list[str]:
    return page.locator("[data-resultats] [data-fiche]").evaluate_all("liens => liens.map((a) => a.dataset.fiche)")


# ---- The box of the header


def test_nothing_is_fetched_before_use(ouvrir: Ouvrir) -> None:
    demandes: list[str] = []

    def suivre(page: Page) -> None:
        def noter(demande: Request) -> None:
            demandes.append(urlsplit(demande.url).path)

        page.on("request", noter)

    page = ouvrir("dispositifs/atelier-flash/", prepare=suivre)
    page.wait_for_load_state("networkidle")
    assert [d for d in demandes if "/recherche/" in d or "search" in d] == []

    page.keyboard.press("/")
    page.keyboard.type("friche")
    expect(page.get_by_role("option").first).to_be_visible()
    assert any(d.endswith("/recherche/index.bin") for d in demandes)


def test_find_page_at_rest_fetches_no_engine(ouvrir: Ouvrir) -> None:
    demandes: list[str] = []
    page = ouvrir("trouver/", prepare=lambda p: p.on("request", lambda d: demandes.append(d.url)))
    page.wait_for_load_state("networkidle")
    _pret(page)
    assert not [d for d in demandes if d.endswith((".bin", "moteur.js"))]


@pytest.mark.parametrize(("touche", "largeur"), [("/", 390), ("Control+k", 1280), ("Meta+k", 1280)])
def test_box_from_the_keyboard(ouvrir: Ouvrir, touche: str, largeur: int) -> None:
    page = ouvrir("methodes/", largeur=largeur)
    bouton = page.locator("[data-ouvre-recherche]")
    bouton.focus()
    page.keyboard.press(touche)
    boite = page.get_by_role("dialog", name="Rechercher dans les fiches")
    champ = boite.get_by_role("combobox", name="Rechercher")
    expect(champ).to_be_focused()
    expect(champ).to_have_attribute("aria-expanded", "false")

    page.keyboard.type("atelier flash")
    options = boite.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(champ).to_have_attribute("aria-expanded", "true")
    expect(boite.get_by_role("status")).to_contain_text("résultats")
    expect(boite.locator("mark").first).to_be_visible()
    expect(boite.get_by_role("group").first).to_be_visible()

    page.keyboard.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    expect(champ).to_have_attribute("aria-activedescendant", options.nth(0).get_attribute("id") or "?")
    page.keyboard.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "false")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(champ).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")

    page.keyboard.press("Escape")
    expect(boite).to_be_hidden()
    expect(bouton).to_be_focused()


def test_enter_opens_the_chosen_result(ouvrir: Ouvrir) -> None:
    page = ouvrir("")
    page.keyboard.press("/")
    page.keyboard.type("atelier flash")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    fiche = page.locator('[role="option"][aria-selected="true"]').get_attribute("data-fiche")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{fiche}/")


def test_enter_alone_leads_to_every_result(ouvrir: Ouvrir) -> None:
    page = ouvrir("kits/")
    page.locator("[data-ouvre-recherche]").click()
    page.keyboard.type("friche")
    expect(page.get_by_role("link", name=re.compile(r"^Voir les \d+ résultats$"))).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/trouver/?q=friche")
    assert "methodes/cartofriches" in _fiches(_pret(page))


def test_slash_is_typed_in_a_field(ouvrir: Ouvrir) -> None:
    page = ouvrir("")
    champ = page.locator("#chercher-besoin")
    champ.focus()
    page.keyboard.type("a/b")
    expect(champ).to_have_value("a/b")
    expect(page.locator("[data-recherche]")).to_be_hidden()


def test_last_answer_wins(ouvrir: Ouvrir) -> None:
    """Typed fast, then erased: no answer comes back from the past."""
    page = ouvrir("")
    page.keyboard.press("/")
    for texte in ("friche", "world café", "friche", "zzqxw"):
        page.keyboard.press("Control+a")
        page.keyboard.type(texte, delay=20)
    expect(page.locator("[data-recherche] [data-aucun-resultat]")).to_be_visible()
    page.wait_for_timeout(400)
    expect(page.get_by_role("option")).to_have_count(0)


def test_home_field_leads_to_the_same_results(ouvrir: Ouvrir) -> None:
    page = ouvrir("")
    page.locator("#chercher-besoin").fill("world café")
    page.keyboard.press("Enter")
    page.wait_for_url("**/trouver/?q=world+caf%C3%A9")
    assert _fiches(_pret(page))[0] == "methodes/world-cafe"


# ---- The page « Trouver »


def test_counts_at_rest_are_those_of_the_catalogue(ouvrir: Ouvrir, catalogue: Catalogue) -> None:
    page = _pret(ouvrir("trouver/"))
    fiches = list(catalogue.fiches.values())
    assert _nombre(page) == len(fiches)
    for type_ in {f.type for f in fiches}:
        assert _compte(page, "type", type_) == len(catalogue.du_type(type_))
    for theme in catalogue.vocabulaires["themes"].valeurs:
        assert _compte(page, "theme", theme) == sum(theme in f.themes for f in fiches)


@pytest.mark.parametrize(
    ("facette", "parametre", "valeur"),
    [
        ("type", "type", "kit"),
        ("theme", "theme", "habitat"),
        ("phase", "phase", "decider"),
        ("public", "public", "elu"),
        ("validite", "validite", "historique"),
        ("departement", "dep", "62"),
        ("cout", "cout", "rien"),
        ("taille", "taille", "moins-3500"),
        ("groupe", "groupe", "grand"),
    ],
)
def test_a_facet_gives_the_fiches_of_the_catalogue(
    ouvrir: Ouvrir, catalogue: Catalogue, facette: str, parametre: str, valeur: str
) -> None:
    """The number announced before the click, after it, and for another facet then, by type."""
    dedans = {
        "type": lambda f: f.type == valeur,
        "theme": lambda f: valeur in f.themes,
        "phase": lambda f: valeur in f.phases,
        "public": lambda f: valeur in f.publics,
        "validite": lambda f: f.validite.etat == valeur,
        "cout": lambda f: valeur in couts(f),
        "taille": lambda f: valeur in tailles(catalogue, f),
        "groupe": lambda f: valeur in groupes(f),
        "departement": lambda f: (
            f.territoire.echelle == "national"
            or any(
                (p := catalogue.referentiels.trouver(f.territoire.echelle, x.code)) and p.departement == valeur
                for x in f.territoire.lieux
            )
        ),
    }[facette]
    attendues = [f for f in catalogue.fiches.values() if dedans(f)]
    page = _pret(ouvrir("trouver/"))
    assert _compte(page, facette, valeur) == len(attendues)
    if not _case(page, facette, valeur).is_visible():
        page.locator(f'[data-facette="{facette}"]').get_by_role("button", name=re.compile("autres")).click()
    _case(page, facette, valeur).check()
    page.wait_for_url(f"**/trouver/?{parametre}={valeur}")
    _pret(page)
    assert _nombre(page) == len(attendues)
    for type_ in ("dispositif", "methode", "site") if facette != "type" else ():
        assert _compte(page, "type", type_) == sum(f.type == type_ for f in attendues)


def test_facets_combine_or_inside_and_across(ouvrir: Ouvrir, catalogue: Catalogue) -> None:
    page = _pret(ouvrir("trouver/?type=kit&type=methode&theme=participation"))
    attendues = [f for f in catalogue.fiches.values() if f.type in {"kit", "methode"} and "participation" in f.themes]
    assert _nombre(page) == len(attendues)
    # Inside a facet, counts say what a value would give, whatever its neighbours.
    assert _compte(page, "type", "site") == sum("participation" in f.themes for f in catalogue.du_type("site"))


def test_facets_from_the_keyboard(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir("trouver/?q=friche"))
    page.locator("#trouver-q").focus()
    case = _case(page, "type", "dispositif")
    for _ in range(12):
        page.keyboard.press("Tab")
        if case.evaluate("noeud => noeud === document.activeElement"):
            break
    page.keyboard.press("Space")
    page.wait_for_url("**/trouver/?q=friche&type=dispositif")
    _pret(page)
    expect(case).to_be_focused()
    expect(case).to_be_checked()
    assert {f.split("/")[0] for f in _fiches(page)} == {"dispositifs"}
    expect(page.get_by_role("status").filter(has_text="fiches")).to_have_count(1)


def test_chips(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir("trouver/?q=friche&theme=friches-foncier&phase=cadrer&validite=en-vigueur"))
    puces = page.get_by_role("list", name="Filtres actifs")
    expect(puces.get_by_role("button")).to_have_count(4)
    puces.get_by_role("button", name="Retirer le filtre Comprendre et cadrer").press("Enter")
    page.wait_for_url("**/trouver/?q=friche&theme=friches-foncier&validite=en-vigueur")
    expect(puces.get_by_role("button", name="Retirer le filtre En vigueur")).to_be_focused()
    expect(_case(page, "phase", "cadrer")).not_to_be_checked()
    puces.get_by_role("button", name="Tout effacer").press("Enter")
    page.wait_for_url("**/trouver/?q=friche")
    expect(page.locator("#trouver-q")).to_be_focused()
    expect(page.locator("#trouver-q")).to_have_value("friche")


def test_state_round_trip_and_back_button(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir("trouver/"))
    page.locator("#trouver-q").fill("atelier")
    page.keyboard.press("Enter")
    page.wait_for_url("**/trouver/?q=atelier")
    _case(page, "type", "methode").check()
    _case(page, "type", "kit").check()
    page.get_by_label("Trier par").select_option("titre")
    voulu = {"q": ["atelier"], "type": ["methode", "kit"], "tri": ["titre"]}
    assert _parametres(page) == voulu
    _pret(page)
    avant = (_nombre(page), _fiches(page))
    page.reload()
    _pret(page)
    assert (_nombre(page), _fiches(page)) == avant
    expect(page.locator("#trouver-q")).to_have_value("atelier")
    expect(page.get_by_label("Trier par")).to_have_value("titre")
    expect(_case(page, "type", "kit")).to_be_checked()

    page.go_back()
    assert _parametres(page) == {"q": ["atelier"], "type": ["methode", "kit"]}
    page.go_back()
    _pret(page)
    assert _parametres(page) == {"q": ["atelier"], "type": ["methode"]}
    expect(_case(page, "type", "kit")).not_to_be_checked()
    page.go_back()
    page.go_back()
    _pret(page)
    assert _parametres(page) == {}
    expect(page.locator("#trouver-q")).to_have_value("")
    expect(page.locator("[data-liste-complete]")).to_be_visible()
    page.go_forward()
    _pret(page)
    assert _fiches(page)


def test_sort_by_title(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir("trouver/?q=atelier&tri=titre"))
    titres = page.locator("[data-resultats] > .groupe-fiches h3").all_inner_texts()
    assert len(titres) >= 5
    assert titres == page.evaluate(
        "t => t.toSorted((a, b) => a.localeCompare(b, 'fr', {ignorePunctuation: true}))", titres
    )


def test_more_results_keep_the_place(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir("trouver/?type=methode&tri=titre"))
    avant = len(_fiches(page))
    page.get_by_role("button", name="Afficher la suite").click()
    expect(page.locator("[data-resultats] [data-fiche]").nth(avant)).to_be_focused()


def test_historical_fiches_are_folded(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir("trouver/?theme=friches-foncier"))
    bouton = page.get_by_role("button", name="Les afficher")
    expect(bouton).to_have_attribute("aria-expanded", "false")
    avant = set(_fiches(page))
    assert "dispositifs/fonds-friches" not in avant
    bouton.click()
    expect(page.get_by_role("button", name="Les masquer")).to_have_attribute("aria-expanded", "true")
    assert "dispositifs/fonds-friches" in set(_fiches(page)) - avant
    assert len(_fiches(page)) == len(set(_fiches(page)))


def test_exact_historical_title_comes_first(ouvrir: Ouvrir) -> None:
    assert _fiches(_pret(ouvrir("trouver/?q=Fonds friches")))[0] == "dispositifs/fonds-friches"


def test_empty_result_gives_a_next_step(ouvrir: Ouvrir) -> None:
    page = ouvrir("trouver/?q=zzqxw&type=kit")
    vide = page.locator("[data-resultats] [data-aucun-resultat]")
    expect(vide).to_be_visible()
    assert _fiches(page) == []
    for cible in ("partenaires/ddt-m/", "partenaires/caue/", "themes/"):
        assert vide.locator(f'a[href$="{cible}"]').count() >= 1
    vide.get_by_role("link", name="Retirer le filtre").click()
    page.wait_for_url("**/trouver/?q=zzqxw")


@pytest.mark.parametrize(
    "requete",
    [
        "q=<img src=x onerror=alert(1)>",
        'q="><script>alert(1)</script>&theme="><b>x',
        "type=__proto__&theme=constructor&phase=toString&tri=hasOwnProperty",
        "dep=../../etc&validite=%00&duree=%E2%80%AE&public=",
        "q=" + "friche " * 400,
        "&".join(["theme=habitat"] * 500),
        "q=%F0%9F%92%A9%ED%A0%80&type=javascript:alert(1)",
        "q=%E0%A4%A&type=kit",
    ],
)
def test_hostile_addresses(ouvrir: Ouvrir, requete: str) -> None:
    """Nothing runs, nothing breaks, and what is not understood is said (the fixture fails on any console error)."""
    page = ouvrir("")
    page.on("dialog", lambda _: pytest.fail("une adresse a fait exécuter un script"))
    page.goto(page.url + "trouver/?" + requete)
    _pret(page)
    assert page.locator("[data-resultats] :is(img, script, b)").count() == 0
    if "theme=" in requete or "type=_" in requete or "dep=" in requete or "javascript" in requete:
        expect(page.locator(".trouver__note")).to_contain_text("ne connaît pas")
    assert len(page.locator("#trouver-q").input_value()) <= 200


def test_typing_makes_one_step_of_history(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir("trouver/"))
    page.locator("#trouver-q").press_sequentially("friche", delay=120)
    page.wait_for_url("**/trouver/?q=friche")
    page.go_back()
    assert _parametres(page) == {}


def test_filters_on_a_phone(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir("trouver/?q=atelier", largeur=390))
    expect(page.locator("[data-facette]").first).to_be_hidden()
    ouvre = page.get_by_role("button", name="Filtrer")
    ouvre.press("Enter")
    tiroir = page.get_by_role("dialog", name="Filtrer")
    expect(tiroir).to_be_visible()
    tiroir.get_by_role("checkbox", name=re.compile("^Méthode")).press("Space")
    page.wait_for_url("**/trouver/?q=atelier&type=methode")
    tiroir.get_by_role("button", name=re.compile(r"^Voir les \d+\sfiches$")).press("Enter")
    expect(tiroir).to_be_hidden()
    expect(page.get_by_role("button", name="Filtrer (1 actif)")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# ---- What is said before the results


def test_a_place_is_a_chip(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir("trouver/?q=friche Plédran", largeur=390))
    puce = page.locator("[data-resultats] a[data-lieu]")
    expect(puce).to_have_text("Plédran (22)")
    assert (puce.get_attribute("href") or "").endswith("/ma-commune/?code=22176")
    assert _fiches(page)


@pytest.mark.parametrize(
    "question, nature, numero",
    [
        ("ddt marne", "ddt", "03 26 70 80 00"),
        ("téléphone de la préfecture dans la Marne", "prefecture", "03 26 26 10 10"),
        ("adil lille", "adil", "03 59 61 62 59"),
    ],
)
def test_who_asks_for_a_counter_has_its_number(ouvrir: Ouvrir, question: str, nature: str, numero: str) -> None:
    page = ouvrir(f"trouver/?q={quote(question)}", largeur=390)
    lien = page.locator(f"[data-guichet={nature}] a[href^='tel:']").first
    expect(lien).to_have_text(numero)
    expect(lien).to_be_in_viewport()


def test_a_north_wall_is_no_departement(ouvrir: Ouvrir) -> None:
    page = ouvrir("trouver/?q=fa%C3%A7ade+nord")
    expect(page.locator("[data-resultats] h3").first).to_be_visible()
    expect(page.locator("[data-guichet]")).to_have_count(0)


@pytest.mark.parametrize("question", ["émargement", "modèle de délibération"])
def test_a_document_is_an_answer(ouvrir: Ouvrir, question: str) -> None:
    page = ouvrir(f"trouver/?q={quote(question)}", largeur=390)
    page.locator(".trouver__definition a").click()
    page.wait_for_url("**/kits/documents/#*")
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator(":target a").first).to_be_visible()


def test_a_correction_is_said_and_undone(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir("trouver/?q=firche"))
    dit = page.locator(".trouver__dit").first
    expect(dit).to_contain_text("Réponses pour «\u00a0friche\u00a0». Vous aviez écrit «\u00a0firche\u00a0»")
    dit.get_by_role("link").click()
    page.wait_for_url("**/trouver/?q=firche&mots=exacts")
    expect(page.locator(".trouver__dit").first).to_contain_text("Aucune fiche ne parle de «\u00a0firche\u00a0».")
    assert _fiches(_pret(page)) == []
    expect(page.locator("#trouver-q")).to_have_value("firche")


def test_an_unknown_word_is_kept_and_a_door_given(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir("trouver/?q=parapluie école"))
    expect(page.locator(".trouver__dit").first).to_contain_text("Aucune fiche ne parle de «\u00a0parapluie\u00a0».")
    expect(page.locator("[data-porte]").first).to_be_visible()
    assert _fiches(page)


def test_a_lost_connection_is_no_zero(ouvrir: Ouvrir, journal: Journal) -> None:
    """Nothing read is nothing counted; once back online, the question is asked again by itself."""
    journal.toleres = ("recherche", "Failed to load resource")
    page = _pret(ouvrir("trouver/?q=friche"))
    page.route("**/recherche/*.bin", lambda route: route.abort())
    page.locator("#trouver-q").fill("halle de marché couverte")
    panne = page.locator("[data-panne]")
    expect(panne).to_be_visible()
    assert "fiche" not in page.locator("[data-compte]").inner_text()
    page.unroute("**/recherche/*.bin")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(panne).to_be_hidden()
    assert _nombre(_pret(page)) > 0


def test_the_header_says_that_its_module_is_gone(ouvrir: Ouvrir, journal: Journal) -> None:
    journal.toleres = ("boite.js", "Failed to load resource", "réponse 404")
    page = ouvrir("kits/")
    page.route("**/recherche/boite.js", lambda route: route.fulfill(status=404))
    page.keyboard.press("/")
    expect(page.locator("[data-recherche] [data-etat]")).to_contain_text("Le site a changé")


_ATTENDRE = """(quoi) => new Promise((fait) => {
  const vu = () => scrollY > 0 && (quoi === "page" || Math.abs(history.state?.y - scrollY) < 2);
  const voir = () => (vu() ? fait() : requestAnimationFrame(voir));
  voir();
})"""
"""The policy of the site forbids to evaluate a condition again and again, as « wait_for_function » does."""


def test_back_to_the_list_keeps_its_length_and_place(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir("trouver/?type=methode&tri=titre"))
    page.get_by_role("button", name="Afficher la suite").click()
    expect(page.locator("[data-resultats] [data-fiche]").nth(20)).to_be_visible()
    page.locator("[data-resultats] [data-fiche]").nth(20).scroll_into_view_if_needed()
    page.evaluate(_ATTENDRE, "state")
    avant = (len(_fiches(page)), page.evaluate("Math.round(scrollY)"))
    page.locator("[data-resultats] [data-fiche]").nth(20).click()
    page.wait_for_url("**/methodes/**")
    page.go_back()
    _pret(page)
    page.evaluate(_ATTENDRE, "page")
    assert (len(_fiches(page)), page.evaluate("Math.round(scrollY)")) == avant


@pytest.mark.parametrize("requete", ["", "?q=friche", "?q=subvention école Figeac"])
def test_the_page_is_short_and_still(ouvrir: Ouvrir, requete: str) -> None:
    """Four screens of a phone at most, and nothing moves while it loads."""
    observer = """
      globalThis.decalage = 0;
      new PerformanceObserver((liste) => {
        for (const e of liste.getEntries()) if (!e.hadRecentInput) globalThis.decalage += e.value;
      }).observe({ type: "layout-shift", buffered: true });
    """
    page = ouvrir(f"trouver/{requete}", largeur=390, prepare=lambda p: p.add_init_script(observer))
    _pret(page)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollHeight") <= 4 * 844
    assert page.evaluate("decalage") <= 0.05


def test_without_a_script_every_fiche_stands_there(ouvrir: Ouvrir, catalogue: Catalogue) -> None:
    page = ouvrir("trouver/?q=friche", scripts=False)
    for groupe in page.locator("[data-liste-complete] summary").all():
        groupe.click()
    hrefs = page.locator("[data-liste-complete] a:visible").evaluate_all(
        "liens => liens.map((a) => a.getAttribute('href'))"
    )
    assert {f"../{adresse(f)}" for f in catalogue.fiches.values()} <= set(hrefs)
    assert {f"../themes/{t}/" for t in catalogue.vocabulaires["themes"].valeurs} <= set(hrefs)
    expect(page.locator("#trouver-q")).to_be_hidden()


@pytest.mark.parametrize("largeur", [390, 1280])
def test_without_a_script_the_header_field_is_a_form(ouvrir: Ouvrir, largeur: int) -> None:
    page = ouvrir("kits/", largeur=largeur, scripts=False)
    formulaire = page.locator("[data-recherche-sans-script]")
    formulaire.get_by_role("button", name="Rechercher").click()
    page.wait_for_url("**/trouver/?q=")
