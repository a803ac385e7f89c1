"""Whom to call, in a real browser: every département, from the home page, on every page, on one sheet."""

from __future__ import annotations

import csv
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from macros.catalogue.fige import Catalogue
from macros.lecture.lieux.referentiels import Referentiels
from macros.lecture.lieux.services import Services, appel
from tests.test_services import REFERENTIELS, portes

Ouvrir = Callable[..., Page]
PAGE = "ma-commune/"
DDT = "[data-contact=ddt]"
SUIVRE = """(code) => {
  history.pushState(null, "", `?code=${code}`);
  dispatchEvent(new PopStateEvent("popstate"));
}"""


def plus_grandes() -> dict[str, tuple[str, str]]:
    """Département -> code and name of its largest commune."""
    trouvees: dict[str, tuple[int, str, str]] = {}
    with (REFERENTIELS / "communes.csv").open(encoding="utf-8", newline="") as flux:
        for ligne in csv.DictReader(flux):
            rang = (int(ligne["population"] or 0), ligne["code"], ligne["nom"])
            trouvees[ligne["departement"]] = max(rang, trouvees.get(ligne["departement"], rang))
    return {departement: (code, nom) for departement, (_, code, nom) in trouvees.items()}


def test_chaque_departement_montre_son_telephone_et_son_nom(ouvrir: Ouvrir) -> None:
    services, communes = Services(Referentiels(REFERENTIELS)), plus_grandes()
    page = ouvrir(PAGE)
    for departement, lignes in portes().items():
        code, nom = communes[departement]
        page.evaluate(SUIVRE, code)
        expect(page.locator("[data-titre]")).to_have_text(nom.replace("'", "’"))
        bloc, porte = page.locator(DDT).first, services.porte(departement)
        assert porte is not None
        assert bloc.locator(".contact__nom").inner_text() == porte.nom
        attendus = list(dict.fromkeys(r["telephone"] for r in lignes if r["telephone"]))
        lus = bloc.locator("a[href^='tel:']")
        assert lus.all_inner_texts()[: len(attendus)] == attendus, departement
        assert lus.first.get_attribute("href") == f"tel:{appel(attendus[0])}"
        boites = [r["courriel"] for r in lignes if r["courriel"]]
        assert bloc.locator("a[href^='mailto:']").count() == len(set(boites)), departement


def test_de_l_accueil_appeler_sa_ddt_prend_un_champ_et_deux_gestes(ouvrir: Ouvrir) -> None:
    page = ouvrir("", largeur=390)
    page.locator("#chercher-besoin").press_sequentially("poix du nord")
    page.get_by_role("option", name="Poix-du-Nord").click()
    telephone = page.locator(f"{DDT} a[href^='tel:']").first
    expect(telephone).to_have_attribute("href", "tel:+33328038309")
    expect(telephone).to_be_in_viewport()


def test_au_clavier_le_telephone_suit_le_nom_de_la_commune(ouvrir: Ouvrir) -> None:
    page = ouvrir(PAGE)
    champ = page.get_by_role("combobox")
    champ.fill("Saint-Étienne")
    champ.press("Enter")
    expect(page.locator("[data-titre]")).to_be_focused()
    for _ in range(6):
        page.keyboard.press("Tab")
        if (page.evaluate("document.activeElement.href") or "").startswith("tel:"):
            return
    pytest.fail("le téléphone n’est pas dans les six premiers arrêts après le nom")


def test_le_courriel_est_deja_ecrit(ouvrir: Ouvrir) -> None:
    page = ouvrir(f"{PAGE}?code=59464")
    href = page.locator(f"{DDT} a[href^='mailto:']").first.get_attribute("href") or ""
    ecrit = unquote(href)
    assert ecrit.startswith("mailto:ddtm-direction-cabinet@nord.gouv.fr?subject=Poix-du-Nord (59)")
    for rubrique in (
        "Qui nous sommes",
        "Le problème en cinq lignes",
        "Ce qui existe",
        "Ce que nous demandons",
        "2126 habitants",
    ):
        assert rubrique in ecrit, rubrique
    assert len(href) < 1900


def test_ce_que_la_commune_est_deja_est_date(ouvrir: Ouvrir) -> None:
    page = ouvrir(f"{PAGE}?code=05132")
    pvd = page.locator("[data-programme=pvd]")
    expect(pvd).to_contain_text("convention signée, le 25 mai 2021, d’après la liste de septembre 2024")
    expect(page.locator("[data-programme=ti]")).to_contain_text("Territoires d’industrie")
    expect(page.locator("[data-programme=montagne]")).to_be_visible()
    expect(page.locator("[data-programme=acv]")).to_have_count(0)
    expect(page.locator("[data-faits]")).to_contain_text("bourg")


def test_une_intercommunalite_a_cheval_donne_les_deux_services(ouvrir: Ouvrir) -> None:
    page = ouvrir(f"{PAGE}?code=01010")
    expect(page.locator("[data-a-cheval]")).to_contain_text("Demandez lequel suit le dossier")
    noms = page.locator(f"[data-services] {DDT} .contact__nom").all_inner_texts()
    assert noms == ["DDT de l’Ain", "DDT de la Haute-Savoie"]


def test_la_ou_aucun_annuaire_ne_nomme_de_service_la_porte_est_nationale(ouvrir: Ouvrir) -> None:
    page = ouvrir(f"{PAGE}?code=98818")
    expect(page.locator("[data-contact=national]")).to_contain_text("de la Nouvelle-Calédonie")
    expect(page.locator(DDT)).to_have_count(0)


def test_votre_ddt_devient_le_bon_service_et_s_oublie(ouvrir: Ouvrir) -> None:
    page = ouvrir(f"{PAGE}?code=59464")
    expect(page.locator(DDT)).to_be_visible()
    page = ouvrir("dispositifs/atelier-flash/", avec=page)
    place = page.locator("[data-votre-service]").first
    expect(place.locator("a[href^='tel:']")).to_have_text("03 28 03 83 09")
    expect(place).to_contain_text("Pour Poix-du-Nord")
    expect(page.locator("[data-votre-nom]").first).to_have_text("DDTM du Nord")
    place.get_by_role("button", name="Oublier cette commune").click()
    expect(place).to_contain_text("Quelle commune")
    assert page.evaluate("Object.keys(localStorage).some((cle) => cle.endsWith(':commune'))") is False


def test_tout_dispositif_en_vigueur_dit_a_qui_ecrire(
    pages_des_fiches: dict[str, tuple[object, str]], catalogue: Catalogue
) -> None:
    for fiche in catalogue.du_type("dispositif"):
        if fiche.validite.etat == "en-vigueur":
            assert "#icone-courrier" in pages_des_fiches[fiche.id][1].partition("</section>")[0], fiche.id


def test_la_fiche_d_appels_tient_sur_une_feuille(ouvrir: Ouvrir) -> None:
    page = ouvrir(f"{PAGE}?code=59464")
    expect(page.locator(DDT)).to_be_visible()
    page = ouvrir("ma-fiche-d-appels/", avec=page)
    expect(page.locator("[data-lieu]")).to_have_text("Poix-du-Nord (59)")
    expect(page.locator(f"{DDT} a[href^='tel:']").first).to_be_visible()
    pdf = page.pdf(format="A4")
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1


def test_rien_ne_bouge_et_la_page_tient_en_cinq_ecrans(ouvrir: Ouvrir) -> None:
    page = ouvrir(f"{PAGE}?code=59464", largeur=390)
    expect(page.locator(f"{DDT} a[href^='tel:']").first).to_be_in_viewport()
    bouge = page.evaluate(
        """new Promise((finir) => new PerformanceObserver((liste) =>
          finir(liste.getEntries().reduce((somme, { value }) => somme + value, 0)))
            .observe({ type: "layout-shift", buffered: true }) ?? setTimeout(() => finir(0), 300))"""
    )
    assert bouge <= 0.05
    assert page.evaluate("document.documentElement.scrollHeight") <= 5 * 844
