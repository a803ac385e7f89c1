"""The form in a browser: every door in, the keyboard alone, hostile input, drafts, and every way out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from macros.catalogue.fige import Catalogue
from macros.contribution.proximite import voisins
from macros.lecture.brute import lire
from tests.fabrique import texte

Ouvrir = Callable[..., Page]
PAGE = "contribuer/formulaire/"
RACINE = Path(__file__).resolve().parent.parent.parent
HOSTILE = "<img src=x onerror=\"document.title='pris'\"></script><script>document.title='pris'</script>"


def _pret(page: Page) -> Page:
    expect(page.locator("[data-formulaire][data-pret]")).to_be_attached()
    return page


def _saisie(page: Page, champ: str) -> Any:
    return page.locator(f'[data-champ="{champ}"] > [data-saisie]')


def _calme(page: Page, geste: Callable[[], Any]) -> None:
    """Do something and wait until the form has judged it."""
    avant = int(page.locator("[data-formulaire]").get_attribute("data-pret") or "0")
    geste()
    page.wait_for_function(
        "avant => Number(document.querySelector('[data-formulaire]').dataset.pret) > avant", arg=avant
    )
    page.wait_for_timeout(250)


def _yaml(page: Page) -> str:
    return page.locator("[data-zone=yaml]").text_content() or ""


def _choisir_fichier(page: Page, nom: str, contenu: bytes) -> None:
    page.locator("[data-zone=fichier]").set_input_files(
        {"name": nom, "mimeType": "application/octet-stream", "buffer": contenu}
    )


def _finir(page: Page) -> None:
    page.locator('[name="licence"]').check()
    page.locator('[name="images"]').check()
    page.get_by_role("button", name="Vérifier et finir").click()


def test_une_fiche_s_ouvre_prete_et_sort_telle_quelle(ouvrir: Ouvrir, catalogue: Catalogue) -> None:
    page = ouvrir("methodes/visite-exploratoire/")
    page.get_by_role("link", name="Proposer une modification").click()
    _pret(page)
    expect(page.locator("[data-zone=compte]")).to_have_text("Rien à corriger.")
    assert _yaml(page) == (RACINE / catalogue.fichiers["visite-exploratoire"]).read_text("utf-8")
    expect(page.locator("[data-zone=apercu]")).to_contain_text("Visite exploratoire de terrain")
    _finir(page)
    expect(page.get_by_role("heading", name="Votre fiche est prête")).to_be_focused()
    with page.expect_download() as recu:
        page.get_by_role("button", name="Télécharger la fiche").click()
    assert recu.value.suggested_filename == "visite-exploratoire.yml"
    assert Path(recu.value.path()).read_text("utf-8") == _yaml(page)
    courriel = page.get_by_role("link", name="Préparer le courriel").get_attribute("href") or ""
    assert courriel.startswith("mailto:?subject=")
    assert "visite-exploratoire.yml" in unquote(courriel)


def test_une_methode_employee_devient_une_action_qui_la_nomme(ouvrir: Ouvrir) -> None:
    page = ouvrir("methodes/visite-exploratoire/")
    page.get_by_role("link", name="J’ai utilisé cette méthode").click()
    _pret(page)
    assert "type: action\n" in _yaml(page)
    assert "methodes: [visite-exploratoire]\n" in _yaml(page)


def test_citer_et_ranger_au_clavier(ouvrir: Ouvrir) -> None:
    """What the story of the contributor (test_recits.py) does not press: « Citer », and the order of a list."""
    page = _pret(ouvrir(PAGE + "?type=methode"))
    _saisie(page, "objectif").fill("Recueillir ce qui compte.")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("aria-label", "Citer s1")
    page.keyboard.press("Enter")
    expect(_saisie(page, "objectif")).to_have_value("Recueillir ce qui compte [s1].")
    for rang, public in enumerate(("elu", "technicien"), 1):
        page.locator('[data-champ="publics"] .liste__ajouter').press("Enter")
        expect(_saisie(page, f"publics[{rang}]")).to_be_focused()
        _saisie(page, f"publics[{rang}]").select_option(public)
    page.locator('[data-champ="publics"] [data-geste="monter"][aria-label="Monter, Lecteurs visés 2"]').press("Enter")
    expect(_saisie(page, "publics[1]")).to_have_value("technicien")
    assert page.evaluate("document.activeElement.closest('[data-champ=\"publics\"]') !== null")


def test_les_fautes_se_disent_au_champ_et_le_resume_y_mene(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir(PAGE + "?type=site"))
    expect(page.locator("[data-erreur]:visible")).to_have_count(0)
    accroche = _saisie(page, "accroche")
    _calme(page, lambda: accroche.fill("Il accompagne une commune innovante."))
    accroche.blur()
    erreur = page.locator('[data-champ="accroche"] > [data-erreur]')
    expect(erreur).to_contain_text("commence par « Il »", use_inner_text=True)
    expect(accroche).to_have_attribute("aria-invalid", "true")
    assert (erreur.get_attribute("id") or "") in (accroche.get_attribute("aria-describedby") or "").split()
    page.get_by_role("button", name="Vérifier et finir").click()
    resume = page.locator("[data-zone=resume]")
    expect(resume).to_be_focused()
    expect(resume.get_by_role("link")).not_to_have_count(0)
    resume.get_by_role("link", name="Titre : champ obligatoire absent").click()
    expect(_saisie(page, "titre")).to_be_focused()
    expect(page.locator("[data-zone=facons] .facon")).to_have_count(0)


def test_je_ne_sais_pas_vide_le_champ_dit_la_page_et_rend_le_texte(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir(PAGE + "?fiche=caue-62"))
    page.locator("details.partie").evaluate_all("replis => replis.forEach((d) => { d.open = true; })")
    assert "\nmissions:" in _yaml(page)
    coche = page.locator('[data-champ="missions"] > .champ__ignore input')
    _calme(page, coche.check)
    expect(page.locator('[data-champ="missions"] > .champ__ignore')).to_contain_text("ses missions")
    assert "\nmissions:" not in _yaml(page)
    expect(page.locator("[data-zone=apercu] .inconnues")).to_contain_text("ses missions")
    _calme(page, coche.uncheck)
    assert "\nmissions:" in _yaml(page)


def test_les_doublons_probables_sont_ceux_de_python(ouvrir: Ouvrir, base: str, catalogue: Catalogue) -> None:
    titres = [
        *[f.titre for f in catalogue.fiches.values()],
        "Atelier flach",
        "Visite du terrain",
        "zzz",
        "",
        "l’",
        "CAUE",
    ]
    rendus = ouvrir("accessibilite/").evaluate(
        """async ([base, titres]) => {
          const { voisins } = await import(`${base}assets/js/formulaire/doublons.js`);
          const reperes = await (await fetch(`${base}api/formulaire.json`)).json();
          return titres.map((titre) => voisins(titre, reperes).map(({ id, score }) => [id, score]));
        }""",
        [base, titres],
    )
    for titre, rendu in zip(titres, rendus, strict=True):
        attendus = [[v.fiche.id, v.score] for v in voisins(titre, catalogue.fiches.values())]
        assert [i for i, _ in rendu] == [i for i, _ in attendus], titre
        assert [s for _, s in rendu] == pytest.approx([s for _, s in attendus]), titre
    page = _pret(ouvrir(PAGE + "?type=dispositif"))
    _calme(page, lambda: _saisie(page, "titre").fill("Ateliers flash"))
    expect(page.locator("[data-zone=doublons]")).to_contain_text("Atelier flash")


def test_un_fichier_yaml_s_ouvre_et_rien_ne_se_perd(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir(PAGE))
    fiche = texte("action", "essai", titre="Essai : « non » n’est pas oui", couleur="bleu")
    _choisir_fichier(page, "essai.yml", fiche.encode())
    expect(page.locator("[data-zone=titre]")).to_contain_text("Nouvelle fiche action")
    expect(page.locator("[data-zone=champs]")).to_contain_text("Champ inconnu")
    assert "\ncouleur: bleu\n" in _yaml(page)
    _calme(page, page.get_by_role("button", name="Retirer ce champ").click)
    assert "couleur" not in _yaml(page)


MODULE = """export async function importer(fichier) {
  const premier = { type: "action", champs: { titre: `Tiré de ${fichier.name}`, resume: "Texte <b>lu</b>." },
    doutes: [{ chemin: "resume", texte: "mot peu lisible" }], restes: ["Une ligne sans place."] };
  const second = { type: "site", champs: { titre: "Second lieu" }, doutes: [{ chemin: "annees[1]", texte: "2O19" }], restes: [] };
  return { ...premier, brouillons: [premier, second] };
}"""


def _avec_importation(page: Page) -> None:
    """Put an import module of ours in the site, whether it has one or not."""

    def html(route: Route) -> None:
        reponse = route.fetch()
        corps = re.sub(r'data-importation="[^"]*"', 'data-importation="./importation-essai.js"', reponse.text())
        route.fulfill(response=reponse, body=corps)

    page.route("**/contribuer/formulaire/", html)
    page.route("**/importation-essai.js", lambda route: route.fulfill(content_type="text/javascript", body=MODULE))


def test_un_document_importe_montre_ses_doutes_ses_restes_et_garde_ses_autres_fiches(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir(PAGE, prepare=_avec_importation))
    _choisir_fichier(page, "note.docx", b"PK")
    expect(page.locator("[data-zone=titre]")).to_contain_text("Nouvelle fiche action")
    expect(_saisie(page, "titre")).to_have_value("Tiré de note.docx")
    bloc = page.locator("[data-zone=import]")
    for attendu in ("mot peu lisible", "Une ligne sans place.", "Second lieu", "2O19"):
        expect(bloc).to_contain_text(attendu)
    page.goto(page.url)
    _pret(page)
    page.get_by_role("button", name="Second lieu", exact=True).click()
    expect(page.locator("[data-zone=titre]")).to_contain_text("Nouvelle fiche site")


def test_un_document_reel_s_ouvre_et_dit_ce_qu_il_a_change(ouvrir: Ouvrir) -> None:
    """With the true reading module: fields, and the slips of the scan that were put right."""
    page = _pret(ouvrir(PAGE))
    texte_du_document = "Atelier du bourg\n\nContexte\nPlut6t une place vide.\n\nPartenaires\nLa commune.\n"
    _choisir_fichier(page, "atelier.txt", texte_du_document.encode())
    if page.locator("[data-zone=choix]").is_visible():
        page.locator("[name=type][value=action]").check()
        _choisir_fichier(page, "atelier.txt", texte_du_document.encode())
    expect(page.locator("[data-zone=titre]")).to_contain_text("Nouvelle fiche")
    expect(page.locator("[data-zone=import]")).to_contain_text("Plutôt")


def test_une_fiche_du_site_s_ouvre_repliee(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir(PAGE + "?fiche=atelier-flash"))
    source = page.locator("[data-champ='sources.s2']")
    expect(source).to_be_hidden()
    page.locator("summary", has_text="s2").first.click()
    expect(source).to_be_visible()
    expect(page.locator("[data-zone=doublons]")).to_be_hidden()


MAUVAIS = {
    "ancre.yml": b"type: &a site\ntitre: *a\n",
    "etiquette.yml": b"type: !!python/object/apply:os.system ['x']\n",
    "sans-type.yml": b"titre: rien\n",
    "crochets.yml": b"type: " + b"[" * 50_000,
    "binaire.yml": bytes(range(256)) * 20,
    "enorme.yml": b"type: site\ntitre: " + b"x" * 500_000,
    "proto.yml": b"type: site\n__proto__: {a: b}\n",
    "vide.yml": b"",
    "double.yml": b"type: site\ntype: kit\n",
    "page.html": b"<script>document.title='pris'</script>",
}


def test_les_fichiers_hostiles_sont_refuses_avec_un_message(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir(PAGE))
    for nom, contenu in MAUVAIS.items():
        page.evaluate("document.querySelector('[data-zone=message]').textContent = ''")
        _choisir_fichier(page, nom, contenu)
        expect(page.locator("[data-zone=message]")).to_contain_text("Ce fichier ne s’ouvre pas")
        expect(page.locator("[data-zone=choix]")).to_be_visible()
    assert page.title() != "pris"


def test_un_texte_hostile_reste_du_texte_partout(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir(PAGE))
    fiche = texte("action", "essai", titre=HOSTILE, resume=HOSTILE + " [s1].", **{"<b>x</b>": HOSTILE})
    _choisir_fichier(page, "essai.yml", fiche.encode())
    expect(page.locator("[data-zone=apercu]")).to_contain_text("<img src=x")
    page.get_by_role("button", name="Vérifier et finir").click()
    expect(page.locator("[data-zone=resume]")).to_be_focused()
    for zone in ("apercu", "resume", "champs", "yaml", "titre"):
        assert page.locator(f"[data-zone={zone}] img, [data-zone={zone}] script").count() == 0
    assert page.title() != "pris"


@pytest.mark.parametrize(
    "requete",
    [
        "?fiche=../../x",
        "?fiche=%3Cimg%20src=x%3E",
        "?fiche=__proto__",
        "?fiche=inconnue",
        "?fiche=constructor",
        "?fiche=",
    ],
)
def test_une_adresse_hostile_est_dite_et_laissee(ouvrir: Ouvrir, requete: str) -> None:
    page = _pret(ouvrir(PAGE + requete))
    expect(page.locator("[data-zone=message]")).to_contain_text("n’existe pas ici")
    expect(page.locator("[data-zone=choix]")).to_be_visible()


def test_le_brouillon_revient_s_efface_et_les_onglets_ne_se_melent_pas(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir(PAGE + "?type=site"))
    _calme(page, lambda: _saisie(page, "titre").fill("Premier onglet"))
    autre = _pret(ouvrir(PAGE + "?type=kit", avec=page))
    _calme(autre, lambda: _saisie(autre, "titre").fill("Second onglet"))
    page.goto(page.url.split("?")[0])
    _pret(page)
    reprendre = page.locator("[data-zone=brouillons-liste] li")
    expect(reprendre).to_have_count(2)
    page.get_by_role("button", name="Premier onglet", exact=True).click()
    expect(_saisie(page, "titre")).to_have_value("Premier onglet")
    page.on("dialog", lambda dialogue: dialogue.accept())
    page.locator("[data-zone=effacer]").click()
    expect(page.locator("[data-zone=brouillons-liste] li")).to_have_count(1)
    expect(page.locator("[data-zone=brouillons-liste]")).to_contain_text("Second onglet")


def test_une_memoire_abimee_ne_fait_rien(ouvrir: Ouvrir) -> None:
    page = _pret(ouvrir(PAGE + "?type=site"))
    _calme(page, lambda: _saisie(page, "titre").fill("Gardé"))
    page.evaluate(
        """hostile => {
          const cle = Object.keys(localStorage).find((k) => k.includes(":formulaire:b-"));
          const base = cle.slice(0, cle.lastIndexOf(":") + 1);
          const poser = (nom, v) => localStorage.setItem(base + nom, v);
          poser("b-abime-1", "{");
          poser("b-abime-2", JSON.stringify({ type: "inconnu", donnees: {} }));
          poser("b-abime-3", JSON.stringify({ type: "site", donnees: [1, 2] }));
          poser("b-abime-4", "[".repeat(100000));
          poser("b-abime-5", JSON.stringify({
            type: "kit", quand: hostile, modifiee: "../x",
            donnees: { titre: hostile, seances: 3, sources: "x", themes: { a: 1 } },
          }));
          poser("b-abime-6", JSON.stringify({ type: "site", donnees: { titre: "x".repeat(900000) } }));
          let profond = {}; for (let i = 0; i < 2000; i += 1) profond = { a: profond };
          poser("b-abime-7", JSON.stringify({ type: "site", donnees: { titre: "Profond", objet: profond } }));
        }""",
        HOSTILE,
    )
    page.goto(page.url.split("?")[0])
    _pret(page)
    expect(page.locator("[data-zone=brouillons-liste] li")).to_have_count(3)
    page.locator("[data-zone=brouillons-liste] button", has_text="<img").first.click()
    _pret(page)
    expect(page.locator("[data-zone=apercu]")).to_contain_text("<img src=x")
    assert page.title() != "pris"
    assert page.locator("[data-zone=apercu] img").count() == 0


SORTIES = [
    ("https://github.com/o/p", "", "https://github.com/o/p/new/main?filename=fiches%2Fsites%2Fx.yml&value=", True),
    ("https://github.com/o/p/", "x", "https://github.com/o/p/edit/main/fiches/sites/x.yml", False),
    ("https://gitlab.com/o/p", "", "https://gitlab.com/o/p/-/new/main/?file_name=fiches%2Fsites%2Fx.yml", False),
    ("https://gitlab.exemple.fr/o/p", "x", "https://gitlab.exemple.fr/o/p/-/edit/main/fiches/sites/x.yml", False),
    ("https://forge.exemple/p", "", "https://forge.exemple/p", False),
]


def test_chaque_forge_a_sa_page_et_sans_depot_rien(ouvrir: Ouvrir, base: str) -> None:
    page = ouvrir("accessibilite/")
    calcul = """async ([base, depot, fiche]) => {
      const { surLaForge } = await import(`${base}assets/js/formulaire/depots.js`);
      return surLaForge(depot, fiche);
    }"""
    fiche = {"chemin": "fiches/sites/x.yml", "texte": "type: site\ntitre: « é »\n"}
    for depot, modifiee, debut, rempli in SORTIES:
        rendu = page.evaluate(calcul, [base, depot, {**fiche, "modifiee": modifiee}])
        assert rendu["url"].startswith(debut), rendu
        assert rendu["rempli"] is rempli
    valeur = parse_qs(urlsplit(page.evaluate(calcul, [base, SORTIES[0][0], {**fiche, "modifiee": ""}])["url"]).query)
    assert valeur["value"] == [fiche["texte"]]
    longue = page.evaluate(calcul, [base, SORTIES[0][0], {**fiche, "modifiee": "", "texte": "é" * 3000}])
    assert longue["rempli"] is False
    assert "value=" not in longue["url"]
    for depot in ("", "javascript:alert(1)", "pas une adresse"):
        assert page.evaluate(calcul, [base, depot, {**fiche, "modifiee": ""}]) is None


def test_signaler_prepare_un_courriel_et_ne_suit_pas_une_adresse_hostile(ouvrir: Ouvrir) -> None:
    page = ouvrir("sites/poix-du-nord/")
    page.get_by_role("link", name="Signaler une erreur").click()
    expect(page.locator("#signaler-fiche")).to_have_value(page.url.split("contribuer/")[0] + "sites/poix-du-nord/")
    page.locator("#signaler-erreur").fill("La date & le lieu\nsont faux.")
    lien = page.locator('[data-lien="courriel"]').get_attribute("href") or ""
    assert lien.startswith("mailto:?subject=")
    assert "La date & le lieu\nsont faux." in unquote(lien)
    assert "&le" not in lien
    expect(page.locator('[data-lien="ticket"]')).to_be_hidden()
    assert "?fiche=poix-du-nord" in (page.locator('[data-lien="corriger"]').get_attribute("href") or "")
    hostile = ouvrir("contribuer/signaler/?fiche=../../x")
    expect(hostile.locator("#signaler-fiche")).to_have_value("")


def test_sans_script_la_page_dit_que_faire(ouvrir: Ouvrir) -> None:
    page = ouvrir(PAGE, scripts=False)
    expect(page.locator("[data-formulaire] noscript p")).to_contain_text("Le formulaire demande JavaScript")
    expect(page.locator("[data-zone=choisir]")).to_be_hidden()


def test_l_api_dit_chaque_fiche_telle_que_son_fichier(site: Path, catalogue: Catalogue) -> None:
    for id_, fichier in catalogue.fichiers.items():
        brut, _ = lire(fichier, (RACINE / fichier).read_bytes())
        assert brut is not None
        assert json.loads((site / f"api/fiches/{id_}.json").read_text("utf-8")) == brut.donnees
