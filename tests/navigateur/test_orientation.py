"""« De quel appui avons-nous besoin ? » in a browser: the same verdicts as Python, the address, the keyboard, paper."""

from __future__ import annotations

import random
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from macros.catalogue.fige import Catalogue
from macros.pages.outils.orientation import historiques, orientables, orienter, questions

Ouvrir = Callable[..., Page]
PAGE = "orientation/"
ESSAIS = 4000
FRICHE = "?sujet=friches-foncier&porteur=commune&manque=avis"

JUGER = """async ([module, essais]) => {
  const { orienter } = await import(module);
  const regles = JSON.parse(document.getElementById("donnees-orientation").textContent);
  return essais.map((reponses) => orienter(regles, reponses).map(({ id, valeur, remplis, manques, inconnus }) => (
    `${id} ${valeur} ${remplis} ${manques} ${inconnus}`)));
}"""
VERDICTS = "noeuds => noeuds.map((n) => [n.dataset.dispositif, n.dataset.verdict])"


def _pret(page: Page) -> Page:
    expect(page.locator("form.questions")).to_be_visible()
    return page


def _choisir(page: Page, question: str, reponse: str) -> None:
    page.locator(f'input[name="{question}"][value="{reponse}"]').check()


def _parametres(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def _affiches(page: Page) -> list[tuple[str, str]]:
    return [tuple(x) for x in page.locator("[data-dispositif]").evaluate_all(VERDICTS)]


def test_the_same_verdicts_and_order_as_python(ouvrir: Ouvrir, base: str, catalogue: Catalogue) -> None:
    tirage = random.Random(7)
    choix = {q: (None, *r) for q, r in questions(catalogue).items()}
    essais = [{q: v for q, r in choix.items() if (v := tirage.choice(r))} for _ in range(ESSAIS)]
    essais += [{q: tirage.choice(r[1:]) for q, r in choix.items()} for _ in range(1000)]
    page = _pret(ouvrir(PAGE))
    rendus = page.evaluate(JUGER, [base + "assets/js/orientation/verdict.js", essais])
    for reponses, rendu in zip(essais, rendus, strict=True):
        assert rendu == [
            f"{r.dispositif} {r.valeur} {len(r.remplis)} {len(r.manques)} {len(r.inconnus)}"
            for r in orienter(catalogue, reponses)
        ], reponses


def test_answers_sort_the_supports_and_say_why(ouvrir: Ouvrir, catalogue: Catalogue) -> None:
    page = _pret(ouvrir(PAGE))
    assert {v for _, v in _affiches(page)} == {"a-verifier"}
    assert len(_affiches(page)) == len(orientables(catalogue))
    for question, reponse in (("sujet", "friches-foncier"), ("porteur", "commune"), ("manque", "avis")):
        _choisir(page, question, reponse)
    attendus = orienter(catalogue, {"sujet": "friches-foncier", "porteur": "commune", "manque": "avis"})
    assert _affiches(page) == [(r.dispositif, r.valeur) for r in attendus]
    premier = page.locator('[data-dispositif="urbanvitaliz"]')
    expect(premier).to_contain_text("Oui : Les friches sont le sujet du service.", use_inner_text=True)
    expect(premier.locator("details")).to_have_attribute("open", "")
    expect(premier).to_contain_text("Premier contact")
    opah = page.locator('[data-dispositif="opah"]')
    assert opah.get_attribute("data-verdict") == "non-adapte"
    page.locator('[data-groupe="non-adapte"] > details > summary').click()
    opah.locator("summary").click()
    expect(opah.locator('[data-si="manque statique"]:visible').first).to_contain_text("Non")
    expect(opah).to_contain_text("Ce qui le rendrait adapté")
    expect(page.get_by_role("status").first).to_contain_text("À étudier en premier")
    for dispositif in historiques(catalogue):
        expect(page.locator(f'[data-historique="{dispositif.titre}"]')).to_be_visible()
        assert page.locator(f'[data-dispositif="{dispositif.id}"]').count() == 0


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
    expect(page.locator('input[name="porteur"][value="commune"]')).to_be_checked()
    page.go_back()
    page.wait_for_url("**/orientation/?sujet=agriculture")
    expect(page.locator('input[name="porteur"][value=""]')).to_be_checked()
    page.get_by_role("button", name="Effacer les réponses").click()
    assert _parametres(page) == {}
    expect(page.locator('input[name="sujet"][value=""]')).to_be_checked()
    expect(page.locator("[data-liste] [data-dispositif]").first).to_be_visible()


def test_from_the_keyboard(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir(PAGE, largeur=390))
    sujet = page.locator('input[name="sujet"][value="energie"]')
    sujet.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**/orientation/?sujet=energie")
    expect(sujet).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator('input[name="sujet"][value="planification"]')).to_be_focused()
    page.wait_for_url("**/orientation/?sujet=planification")
    page.keyboard.press("Tab")
    expect(page.locator('input[name="porteur"][value=""]')).to_be_focused()
    page.get_by_role("link", name="Voir le résultat").press("Enter")
    expect(page.locator("#resultat")).to_be_focused()
    assert _parametres(page) == {"sujet": ["planification"]}


@pytest.mark.parametrize(
    "requete",
    [
        "sujet=<img src=x onerror=alert(1)>",
        "sujet=__proto__&porteur=constructor&manque=toString",
        "population=moins-3500&population=20000-plus",
        "perimetre=" + "bourg" * 2000,
        "sujet=participation",
        "programme=%E0%A4%A",
    ],
)
def test_hostile_addresses(ouvrir: Ouvrir, requete: str) -> None:
    page = ouvrir("")
    page.on("dialog", lambda _: pytest.fail("une adresse a fait exécuter un script"))
    page.goto(page.url + PAGE + "?" + requete)
    _pret(page)
    expect(page.locator("[data-note]")).to_contain_text("ne connaît pas")
    assert page.locator(".orientation img").count() == 0
    assert {v for _, v in _affiches(page)} == {"a-verifier"}
    _choisir(page, "manque", "argent")
    expect(page.locator("[data-note]")).to_be_hidden()
    assert _parametres(page) == {"manque": ["argent"]}


def test_without_a_script(ouvrir: Ouvrir, catalogue: Catalogue) -> None:
    page = ouvrir(PAGE + FRICHE, scripts=False)
    expect(page.locator("form.questions")).to_be_hidden()
    expect(page.locator("noscript li")).to_have_count(len(questions(catalogue)))
    expect(page.locator("[data-dispositif]:visible")).to_have_count(len(orientables(catalogue)))
    page.locator('[data-dispositif="atelier-flash"] summary').click()
    expect(page.locator('[data-dispositif="atelier-flash"]')).to_contain_text("Ce qui le rendrait adapté")
    expect(page.get_by_label("Ce que nous demandons")).to_be_visible()


def test_the_memo_stays_here(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir(PAGE + FRICHE))
    page.get_by_label("Le problème en cinq lignes").fill("Une filature fermée <b>depuis</b> 2009.")
    page.get_by_label("Ce que nous demandons").fill("Une visite & un avis")
    page.reload()
    _pret(page)
    expect(page.get_by_label("Le problème en cinq lignes")).to_have_value("Une filature fermée <b>depuis</b> 2009.")
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
    page = _pret(ouvrir(PAGE + FRICHE + "&population=moins-3500&perimetre=ilot&avancement=idee&programme=aucun"))
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1
    page.emulate_media(media="print")
    for cache in ("form.questions", ".memo", ".orientation__etat", '[data-groupe="non-adapte"]'):
        expect(page.locator(cache)).to_be_hidden()
    expect(page.locator("[data-reponses]")).to_contain_text("Friches et foncier")
    assert page.locator("[data-dispositif]:visible").count() == 3
    expect(page.locator("#premier-contact")).to_be_visible()


def test_on_paper_the_memo_alone(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir(PAGE))
    page.evaluate("() => { window.print = () => {}; }")
    page.get_by_label("Le lieu").fill("La filature, rue du Moulin")
    page.get_by_role("button", name="Imprimer le mémo").click()
    page.emulate_media(media="print")
    expect(page.locator("[data-memo-papier]")).to_contain_text("La filature, rue du Moulin")
    expect(page.locator("[data-memo-papier] dt")).to_have_count(7)
    expect(page.locator(".appuis[data-liste]")).to_be_hidden()
