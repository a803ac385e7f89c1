"""« De quel appui avons-nous besoin ? » in a browser: the same verdicts as Python, the address, the keyboard, paper."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from playwright.sync_api import Page, expect

from macros.catalogue.fige import Catalogue
from macros.lecture.lieux.communes import Lieux
from macros.pages.outils.orientation import et_si, historiques, orientables, orienter, questions
from tests.conftest import RACINE

Ouvrir = Callable[..., Page]
PAGE = "orientation/"
COMMUNES = list(yaml.safe_load((RACINE / "tests/orientation/communes.yml").read_text("utf-8")))
ESSAIS = 1500
FRICHE = "?sujet=friches-foncier&porteur=commune&manque=avis"
CONNUE = FRICHE.replace("?", "?code=59464&")

JUGER = """async ([base, essais]) => {
  const [{ orienter, etSi }, { lieu }] = await Promise.all(
    ["orientation/verdict", "commune/lieux"].map((nom) => import(`${base}assets/js/${nom}.js`)));
  const regles = JSON.parse(document.getElementById("donnees-orientation").textContent);
  const rendus = [];
  for (const [code, reponses] of essais) {
    const ou = code ? await lieu(code) : null;
    rendus.push([
      orienter(regles, reponses, ou).map(({ id, valeur, remplis, manques, inconnus, lieu: l, points, place }) => (
        `${id} ${valeur} ${remplis} ${manques} ${inconnus} ${l.valeur} ${l.raisons} ${points} ${place}`)),
      etSi(regles, reponses, ou).map(({ question, reponse, id }) => `${question} ${reponse} ${id}`)]);
  }
  return rendus;
}"""
VERDICTS = "noeuds => noeuds.map((n) => [n.dataset.appui, n.dataset.verdict])"


def _pret(page: Page) -> Page:
    expect(page.locator(".orientation--prete")).to_be_visible()
    return page


def _choisir(page: Page, question: str, reponse: str) -> None:
    page.locator(f'select[name="{question}"]').select_option(reponse)


def _parametres(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def _affiches(page: Page) -> list[tuple[str, str]]:
    return [tuple(x) for x in page.locator("[data-appui]").evaluate_all(VERDICTS)]


def test_the_same_verdicts_and_order_as_python(ouvrir: Ouvrir, base: str, catalogue: Catalogue) -> None:
    tirage = random.Random(7)
    choix = {q: (None, *r) for q, r in questions(catalogue).items()}
    codes = [None, *COMMUNES, "200040715", "200043321"]
    essais = [
        (tirage.choice(codes), {q: v for q, r in choix.items() if (v := tirage.choice(r))}) for _ in range(ESSAIS)
    ]
    essais += [(tirage.choice(codes), {q: tirage.choice(r[1:]) for q, r in choix.items()}) for _ in range(300)]
    lieux = Lieux(catalogue.referentiels)
    page = _pret(ouvrir(PAGE))
    rendus = page.evaluate(JUGER, [base, essais])
    for (code, reponses), (verdicts, retournees) in zip(essais, rendus, strict=True):
        lieu = lieux.lieu(code) if code else None
        assert verdicts == [
            f"{r.fiche} {r.valeur} {len(r.remplis)} {len(r.manques)} {len(r.inconnus)} {r.lieu.valeur} "
            f"{','.join(f'{rang},{lu}' for rang, lu in r.lieu.raisons)} {r.points} {r.place}"
            for r in orienter(catalogue, reponses, lieu)
        ], (code, reponses)
        attendues = [f"{r.question} {r.reponse} {r.fiche}" for r in et_si(catalogue, reponses, lieu)]
        assert retournees == attendues, (code, reponses)


def test_answers_sort_the_supports_and_say_why(ouvrir: Ouvrir, catalogue: Catalogue) -> None:
    page = _pret(ouvrir(PAGE))
    assert {v for _, v in _affiches(page)} == {"a-verifier"}
    assert len(_affiches(page)) == len(orientables(catalogue))
    for question, reponse in (("sujet", "friches-foncier"), ("porteur", "commune"), ("manque", "avis")):
        _choisir(page, question, reponse)
    attendus = orienter(catalogue, {"sujet": "friches-foncier", "porteur": "commune", "manque": "avis"})
    assert _affiches(page) == [(r.fiche, r.valeur) for r in attendus]
    premiers = page.locator("[data-place]")
    expect(premiers).to_have_count(3)
    assert premiers.evaluate_all("n => n.map((a) => a.dataset.place)") == ["1", "2", "3"]
    premier = page.locator('[data-dispositif="urbanvitaliz"]')
    expect(premier).to_contain_text("Dites ceci au téléphone")
    expect(premier).to_contain_text("Nous avons une friche")
    expect(premier).to_contain_text("Premier contact")
    expect(page.locator("[data-et-si] li").first).to_be_visible()
    opah = page.locator('[data-dispositif="opah"]')
    assert opah.get_attribute("data-verdict") == "non-adapte"
    expect(opah).to_be_hidden()
    page.locator('[data-groupe="non-adapte"] > summary').click()
    opah.locator("summary").click()
    expect(opah.locator('[data-si="manque statique"]:visible').first).to_contain_text("Non")
    expect(opah).to_contain_text("Ce qui le rendrait adapté")
    expect(page.locator("[data-compte]")).to_contain_text("À étudier en premier")
    for dispositif in historiques(catalogue):
        assert page.locator(f'[data-dispositif="{dispositif.id}"]').count() == 0


def test_the_commune_fills_what_it_knows(ouvrir: Ouvrir, catalogue: Catalogue) -> None:
    """Its size and programmes are no longer asked; what is closed to it says why; who carries changes the population."""
    page = _pret(ouvrir(PAGE))
    champ = page.get_by_role("combobox", name="Votre commune")
    champ.fill("poix-du")
    page.get_by_role("option", name="Poix-du-Nord").click()
    page.wait_for_url("**/orientation/?code=59464")
    expect(champ).to_have_value("Poix-du-Nord")
    expect(page.locator("[data-connu]")).to_contain_text("habitants, Territoires d’industrie")
    expect(page.locator('[data-question="population"]')).to_be_hidden()
    expect(page.locator('[data-question="programme"]')).to_be_hidden()
    acv = page.locator('[data-dispositif="action-coeur-de-ville"]')
    assert acv.get_attribute("data-verdict") == "non-adapte"
    page.locator('[data-groupe="non-adapte"] > summary').click()
    expect(acv.locator("[data-du-lieu] li:visible")).to_contain_text("villes moyennes")
    _choisir(page, "porteur", "communes")
    expect(page.get_by_label("Habitants des communes, ensemble ?")).to_be_visible()
    _choisir(page, "porteur", "intercommunalite")
    expect(page.locator('[data-question="population"]')).to_be_hidden()
    champ.fill("")
    champ.press("Tab")
    page.wait_for_url("**/orientation/?porteur=intercommunalite")
    expect(page.get_by_label("Habitants de l’intercommunalité ?")).to_be_visible()
    page.reload()
    _pret(page)
    champ.focus()
    expect(page.get_by_role("option", name="Poix-du-Nord")).to_be_visible()


def test_a_short_page(ouvrir: Ouvrir) -> None:
    """On a phone: two screens to start, a first answer within one and a half, and nothing that moves by itself."""
    page = _pret(ouvrir(PAGE, largeur=390))
    assert page.evaluate("document.documentElement.scrollHeight") <= 2 * 844
    _choisir(page, "sujet", "friches-foncier")
    premier = page.locator('.appui[data-place="1"]')
    expect(premier).to_be_visible()
    assert premier.evaluate("n => n.getBoundingClientRect().top + scrollY") <= 1.5 * 844


@pytest.mark.parametrize("largeur", [390, 1280])
def test_nothing_moves(ouvrir: Ouvrir, largeur: int) -> None:
    page = ouvrir("accessibilite/", largeur=largeur)
    page.add_init_script(
        """window.decalage = 0;
        new PerformanceObserver((liste) => liste.getEntries().forEach((e) => { window.decalage += e.value; }))
          .observe({ type: "layout-shift", buffered: true });"""
    )
    page.goto(page.url.replace("accessibilite/", PAGE + CONNUE))
    expect(page.locator('.appui[data-place="1"]')).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.decalage") <= 0.05


def test_the_address_holds_the_answers(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir(PAGE))
    _choisir(page, "sujet", "agriculture")
    page.wait_for_url("**/orientation/?sujet=agriculture")
    _choisir(page, "porteur", "commune")
    page.wait_for_url("**/orientation/?sujet=agriculture&porteur=commune")
    avant = _affiches(page)
    page.reload()
    _pret(page)
    assert _affiches(page) == avant
    expect(page.locator('select[name="porteur"]')).to_have_value("commune")
    page.go_back()
    page.wait_for_url("**/orientation/?sujet=agriculture")
    expect(page.locator('select[name="porteur"]')).to_have_value("")
    page.get_by_role("button", name="Effacer les réponses").click()
    assert _parametres(page) == {}
    expect(page.locator('select[name="sujet"]')).to_have_value("")
    expect(page.locator("[data-liste] > summary")).to_be_visible()


def test_from_the_keyboard(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir(PAGE, largeur=390))
    page.get_by_role("combobox", name="Votre commune").focus()
    page.keyboard.press("Tab")
    expect(page.locator('select[name="sujet"]')).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**/orientation/?sujet=centralites")
    page.keyboard.press("Tab")
    expect(page.locator('select[name="porteur"]')).to_be_focused()
    page.get_by_role("link", name="Voir le résultat").press("Enter")
    expect(page.locator("#resultat")).to_be_focused()
    assert _parametres(page) == {"sujet": ["centralites"]}


@pytest.mark.parametrize(
    "requete",
    [
        "sujet=<img src=x onerror=alert(1)>",
        "sujet=__proto__&porteur=constructor&manque=toString",
        "population=moins-3500&population=20000-plus",
        "perimetre=" + "bourg" * 2000,
        "sujet=participation",
        "programme=%E0%A4%A",
        "code=99999",
        "code=<img src=x onerror=alert(1)>",
        "code=59464&code=62298",
        "code=__proto__",
    ],
)
def test_hostile_addresses(ouvrir: Ouvrir, requete: str) -> None:
    page = ouvrir("")
    page.on("dialog", lambda _: pytest.fail("une adresse a fait exécuter un script"))
    page.goto(page.url + PAGE + "?" + requete)
    _pret(page)
    expect(page.locator("[data-note]")).to_contain_text(re.compile("ne connaît pas|ne contient pas|ne porte le code"))
    assert page.locator(".orientation img").count() == 0
    assert {v for _, v in _affiches(page)} == {"a-verifier"}
    _choisir(page, "manque", "argent")
    expect(page.locator("[data-note]")).to_be_hidden()
    assert _parametres(page) == {"manque": ["argent"]}


def test_without_a_script(ouvrir: Ouvrir, catalogue: Catalogue) -> None:
    page = ouvrir(PAGE + FRICHE, scripts=False)
    expect(page.locator("form.questions")).to_be_hidden()
    page.locator("[data-liste] > summary").click()
    expect(page.locator("[data-appui]:visible")).to_have_count(len(orientables(catalogue)))
    page.locator('[data-dispositif="atelier-flash"] summary').click()
    expect(page.locator('[data-dispositif="atelier-flash"]')).to_contain_text("Ce qui le rendrait adapté")
    page.locator("[data-memo] > summary").click()
    expect(page.get_by_label("Ce que nous demandons")).to_be_visible()


def test_the_memo_stays_here(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir(PAGE + FRICHE))
    page.locator("[data-memo] > summary").click()
    page.get_by_label("Le problème en cinq lignes").fill("Une filature fermée <b>depuis</b> 2009.")
    page.get_by_label("Ce que nous demandons").fill("Une visite & un avis")
    page.reload()
    _pret(page)
    expect(page.get_by_label("Le problème en cinq lignes")).to_have_value("Une filature fermée <b>depuis</b> 2009.")
    page.locator("[data-memo] > summary").click()
    with page.expect_download() as attendu:
        page.get_by_role("button", name="Télécharger").click()
    texte = attendu.value.path().read_text(encoding="utf-8")
    assert "Une filature fermée <b>depuis</b> 2009." in texte
    assert "Friches et foncier" in texte
    lien = page.locator("[data-memo-envoyer]")
    lien.evaluate("a => a.addEventListener('click', (clic) => clic.preventDefault())")
    lien.click()
    href = lien.get_attribute("href") or ""
    assert href.startswith("mailto:?subject=Une%20visite%20%26%20un%20avis&body=")
    page.get_by_role("button", name="Effacer le mémo").click()
    page.reload()
    _pret(page)
    expect(page.get_by_label("Ce que nous demandons")).to_have_value("")


@pytest.mark.parametrize("garde", ["{[", "null", "7", '{"qui":{"a":1},"__proto__":"x"}', '{"qui":"<img src=x>"}'])
def test_a_spoilt_memory(ouvrir: Ouvrir, garde: str) -> None:
    page = _pret(ouvrir(PAGE))
    page.evaluate("v => localStorage.setItem(`accompagner:${new URL('..', location).pathname}:memo-contact`, v)", garde)
    page.reload()
    _pret(page)
    assert page.locator(".memo img").count() == 0
    assert page.get_by_label("Qui nous sommes").input_value() in ("", "<img src=x>")


def test_on_paper_one_page_of_result(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir(PAGE + CONNUE + "&perimetre=ilot&avancement=idee"))
    expect(page.locator('.appui[data-place="3"]')).to_be_visible()
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1
    page.emulate_media(media="print")
    for cache in ("form.questions", ".memo", ".orientation__etat", '[data-groupe="non-adapte"]'):
        expect(page.locator(cache)).to_be_hidden()
    expect(page.locator("[data-reponses]")).to_contain_text("Poix-du-Nord, 2 126 habitants", use_inner_text=True)
    assert page.locator("[data-appui]:visible").count() == 3


def test_on_paper_the_memo_alone(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir(PAGE))
    page.evaluate("() => { window.print = () => {}; }")
    page.locator("[data-memo] > summary").click()
    page.get_by_label("Le lieu").fill("La filature, rue du Moulin")
    page.get_by_role("button", name="Imprimer le mémo").click()
    page.emulate_media(media="print")
    expect(page.locator("[data-memo-papier]")).to_contain_text("La filature, rue du Moulin")
    expect(page.locator("[data-memo-papier] dt")).to_have_count(7)
    expect(page.locator(".appuis[data-liste]")).to_be_hidden()
