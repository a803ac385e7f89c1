"""States of the site that a visitor can reach: an address, and what leads from it to the state.

Each one is a dialog, a menu, a drawer, an alert, a filled or refused form: what a page looks like only after a gesture.
Shared by the accessibility checks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

RECEVOIR = """async () => {
  const { coder } = await import("../assets/js/selection/lien.js");
  const fiche = (type, id, note = "") => ({ type, titre: id, url: `${type}s/${id}/`, note });
  localStorage.setItem(`accompagner:${location.pathname.replace("ma-selection/", "")}:selection`,
    JSON.stringify([fiche("dispositif", "atelier-flash")]));
  const fiches = [fiche("partenaire", "cerema", "Une note."), fiche("kit", "disparu"), fiche("site", "poix-du-nord")];
  return coder({ titre: "Reçue", fiches });
}"""
COMPOSER = "composer/"
POIX = "composer/?kit=atelier-territorial-journee"
ANIMER = "composer/animer/?kit=atelier-territorial-journee"
FORMULAIRE = "contribuer/formulaire/"
CARTES = "[data-sequence]"


@dataclass(frozen=True)
class Etat:
    """A page and the gestures that lead to one of its states; ``au_plus``: widest screen (px) on which it exists."""

    adresse: str
    geste: Callable[[Page], None]
    au_plus: int = 9999


# --- finding


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


def _derouler_les_filtres(page: Page) -> None:
    """The whole of every long list of filters, one ticked."""
    _repondre(page)
    if page.locator(".facettes__ouvrir").is_visible():
        page.locator(".facettes__ouvrir").click()
    for bouton in page.locator(".facettes__reste:visible").all():
        bouton.click()
    page.locator(".facettes input[name=theme]").first.check()


def _corriger(page: Page) -> None:
    _repondre(page)
    expect(page.locator("[data-resultats]")).to_contain_text("participation")


def _reconnaitre_une_commune(page: Page) -> None:
    page.locator("#chercher-besoin").fill("poix-du-nord")
    expect(page.get_by_role("option", name="Poix-du-Nord").first).to_be_visible()


# --- the page around the text


def _derouler_menu(page: Page) -> None:
    page.locator(".menu > summary").click()
    expect(page.locator(".menu__panneau")).to_be_visible()


def _ouvrir_sommaire(page: Page) -> None:
    page.locator("[data-ouvre-sommaire]").click()
    expect(page.locator("dialog.feuillet")).to_be_visible()


def _eviter(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".evitement")).to_be_focused()


def _deplier(page: Page) -> None:
    """Everything folded on a page is unfolded."""
    page.locator("details:not(.menu)").evaluate_all("replis => replis.forEach((d) => { d.open = true; })")


def _cocher(page: Page) -> None:
    cases = page.locator("[data-coches] input")
    for rang in range(3):
        cases.nth(rang).check()


def _mettre_de_cote(page: Page) -> None:
    page.locator("[data-selection]:visible").first.click()
    expect(page.locator("[data-selection]:visible").first).to_have_attribute("aria-pressed", "true")


def _passer_l_echeance(page: Page) -> None:
    """The page read long after the end of what it describes."""
    page.add_init_script("{ const D = Date; window.Date = class extends D { constructor(...d) {"
                         " super(...(d.length ? d : ['2031-01-05T10:00:00'])); } }; }")  # fmt: skip
    page.reload()
    expect(page.locator("[data-fin]:visible").first).to_be_visible()


# --- my selection


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
    """A list that came by a link, over one's own, with a fiche that is gone.

    By another page: a page that reloads itself may already look as it will, and vanish while it is checked.
    """
    adresse = page.url + page.evaluate(RECEVOIR)
    page.goto("about:blank")
    page.goto(adresse)
    expect(page.locator("[data-recue]")).to_be_visible()
    expect(page.locator(".selection__etat")).to_have_count(2)


def _mal_recevoir(page: Page) -> None:
    page.evaluate("location.hash = 'selection=1zabime.AAAA'")
    expect(page.locator(".selection__alerte")).not_to_be_empty()


def _copier_le_lien(page: Page) -> None:
    """The clipboard refuses: the link is given in a field."""
    _selectionner(page)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refus')); }")
    page.locator("[data-emporter='lien.lien']").click()
    expect(page.locator("[data-texte-a-copier]")).to_be_focused()


# --- orientation, my commune, comparing, the map


def _juger(page: Page) -> None:
    expect(page.locator(".orientation--jugee .orientation__note")).to_be_visible()
    _deplier(page)


def _ecrire_le_memo(page: Page) -> None:
    page.locator("[data-memo] > summary").click()
    page.locator("#memo-probleme").fill("Une friche au centre du bourg, et personne pour la suivre.")
    page.locator("[data-memo-effacer]").click()
    expect(page.locator("[data-memo-annonce]")).not_to_be_empty()


def _refuser_l_adresse(page: Page) -> None:
    expect(page.locator(".orientation__note")).to_be_visible()


def _taper_une_commune(page: Page) -> None:
    page.get_by_role("combobox").press_sequentially("poix du")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")


def _dire_le_refus(page: Page) -> None:
    expect(page.locator("[data-message]")).to_contain_text("code")


def _montrer_les_differences(page: Page) -> None:
    page.locator("[data-comparer-differences]").check()
    expect(page.locator("[data-comparer-messages]")).not_to_be_empty()


def _dire_les_messages(page: Page) -> None:
    expect(page.locator("[data-comparer-messages]")).not_to_be_empty()


def _filtrer_la_carte(page: Page) -> None:
    cases = page.locator("[data-filtre]")
    for rang in range(cases.count() - 1):
        cases.nth(rang).uncheck()
    page.locator("[data-carte] tr[data-signe]:visible a[href^='#point-']").first.press("Enter")


def _vider_la_carte(page: Page) -> None:
    for case in page.locator("[data-filtre]").all():
        case.uncheck()
    expect(page.locator("[data-compte]")).to_contain_text("Aucun site")


# --- composing


def _composeur(page: Page) -> Page:
    expect(page.locator("[data-composer]")).to_be_visible()
    return page


def _fausser_la_journee(page: Page) -> None:
    """Overlaps, groups too big, a Saturday, tasks already late: every kind of warning, and a card unfolded."""
    _composeur(page)
    dejeuner = page.locator(CARTES).filter(has=page.locator("h3", has_text="Déjeuner"))
    dejeuner.locator("[data-champ=fixe]").fill("11:00")
    page.locator("#composer-participants").fill("300")
    page.locator("#composer-groupes").fill("9")
    page.get_by_label("Jour de l’atelier").fill("2026-12-05")
    page.locator(CARTES).nth(4).locator("summary").click()
    expect(page.locator("[data-alerte=erreur]").first).to_be_visible()
    expect(page.locator("[data-alerte=attention]").first).to_be_visible()
    expect(page.locator("[data-emporter]").first).to_be_visible()


def _choisir_une_methode(page: Page) -> None:
    _composeur(page).get_by_role("button", name="Ajouter une méthode, La journée").click()
    expect(page.locator("[data-dialogue-methodes]")).to_be_visible()


def _ne_trouver_aucune_methode(page: Page) -> None:
    _choisir_une_methode(page)
    page.locator("#methodes-texte").fill("zzqx")
    expect(page.locator("[data-compte-methodes]")).to_contain_text("Aucune méthode")


def _garder_un_brouillon(page: Page) -> None:
    _composeur(page).get_by_role("button", name="Pause, La journée").click()
    page.wait_for_function("() => location.hash.startsWith('#c1.')")


def _lister_les_brouillons(page: Page) -> None:
    _garder_un_brouillon(page)
    page.get_by_role("button", name="Mes brouillons").click()
    expect(page.locator("[data-liste-brouillons] li")).to_have_count(1)


def _choisir_le_lieu(page: Page) -> None:
    _composeur(page).locator("#composer-lieu").press_sequentially("poix du")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")


def _animer(page: Page) -> None:
    page.get_by_role("button", name="Animer « Atelier").click()
    for _ in range(4):  # as far as the groups
        page.locator("[data-geste=suivante]").click()
    expect(page.locator("[data-groupes] li")).to_have_count(3)


def _noter(page: Page) -> None:
    _animer(page)
    page.get_by_role("button", name="Noter").click()
    page.locator("[data-note-texte]").fill("Garder la halle ouverte")


def _clore(page: Page) -> None:
    _noter(page)
    page.get_by_role("button", name="Action", exact=True).click()
    page.locator("[data-outils] summary").click()
    page.get_by_role("button", name="Terminer la séance").click()
    page.locator("[data-heures] summary").click()
    expect(page.locator("[data-cloture] table")).to_be_visible()


def _recevoir_un_lien_casse(page: Page) -> None:
    expect(_composeur(page).locator("[data-note]")).to_be_visible()


# --- contributing


def _formulaire(page: Page) -> Page:
    expect(page.locator("[data-formulaire][data-pret]")).to_be_attached()
    return page


def _verifier_le_formulaire(page: Page) -> None:
    expect(page.locator("[data-formulaire][data-pret='1']")).to_be_attached()
    page.locator('[data-champ="titre"] input').fill("Atelier flash")
    page.locator("details").evaluate_all("replis => replis.forEach((d) => { d.open = true; })")
    page.locator('[data-champ="resultats"] [type=checkbox]').check()
    page.get_by_role("button", name="Vérifier et finir").click()
    expect(page.locator("[data-zone=resume]")).to_be_focused()


def _finir_la_fiche(page: Page) -> None:
    _formulaire(page)
    page.locator('[name="licence"]').check()
    page.locator('[name="images"]').check()
    page.get_by_role("button", name="Vérifier et finir").click()
    expect(page.get_by_role("heading", name="Votre fiche est prête")).to_be_focused()


def _donner(page: Page, nom: str, texte: str) -> None:
    fichier: Any = {"name": nom, "mimeType": "application/octet-stream", "buffer": texte.encode()}
    _formulaire(page).locator("[data-zone=fichier]").set_input_files(fichier)


def _importer(page: Page) -> None:
    """A text whose slips are put right, with what found no place."""
    _formulaire(page).locator("[name=type][value=action]").check()
    _donner(page, "atelier.txt", "Atelier du bourg\n\nContexte\nPlut6t une place vide.\n\nPartenaires\nLa commune.\n")
    expect(page.locator("[data-zone=import]")).to_be_visible()


def _refuser_un_fichier(page: Page) -> None:
    _donner(page, "page.html", "<p>Rien")
    expect(page.locator("[data-zone=message]")).to_contain_text("ne s’ouvre pas")


def _reprendre_un_brouillon(page: Page) -> None:
    page.wait_for_timeout(400)  # the draft is kept a moment after the page is ready
    _formulaire(page).locator('[data-champ="titre"] input').fill("Un brouillon")
    expect(page.locator("[data-zone=garde]")).to_contain_text("gardé")
    page.wait_for_timeout(400)
    page.goto(page.url.split("?")[0])
    expect(page.locator("[data-zone=brouillons-liste] li")).to_have_count(1)


def _signaler(page: Page) -> None:
    page.locator("#signaler-erreur").fill("La date est fausse.")
    expect(page.locator('[data-lien="courriel"]')).to_be_visible()


TELEPHONE = 959
"""Pixels: widest screen of what only a narrow one has."""
FICHE = "dispositifs/atelier-flash/"
ETATS = {
    "recherche": Etat(FICHE, _chercher),
    "recherche vide": Etat("", _ne_rien_trouver),
    "résultats": Etat("trouver/?q=friche&theme=friches-foncier&type=inconnu", _repondre),
    "historique": Etat("trouver/?q=friche", _montrer_les_anciennes),
    "sans résultat": Etat("trouver/?q=zzqxw&type=kit", _repondre),
    "résultats triés": Etat("trouver/?tri=titre&phase=cadrer", _repondre),
    "filtres": Etat("trouver/?q=atelier", _ouvrir_les_filtres, TELEPHONE),
    "filtres déroulés": Etat("trouver/?q=atelier", _derouler_les_filtres),
    "mot corrigé": Etat("trouver/?q=partcipation", _corriger),
    "commune reconnue": Etat("", _reconnaitre_une_commune),
    "menu": Etat(FICHE, _derouler_menu, TELEPHONE),
    "sommaire": Etat(FICHE, _ouvrir_sommaire, TELEPHONE),
    "évitement": Etat(FICHE, _eviter),
    "fiche dépliée": Etat("kits/preparer-un-atelier-flash/deroule/", _deplier),
    "cases cochées": Etat("kits/preparer-un-atelier-local/calendrier/", _cocher),
    "fiche mise de côté": Etat(FICHE, _mettre_de_cote),
    "échéance passée": Etat("dispositifs/territoires-industrie/", _passer_l_echeance),
    "sélection": Etat("", _selectionner),
    "sélection reçue": Etat("ma-selection/", _recevoir),
    "sélection illisible": Etat("ma-selection/", _mal_recevoir),
    "lien à copier": Etat("", _copier_le_lien),
    "orientation jugée": Etat("orientation/?code=59464&sujet=friches-foncier&porteur=commune&manque=avis&programme=inconnu", _juger),
    "orientation, adresse fautive": Etat("orientation/?sujet=nulle-part", _refuser_l_adresse),
    "mémo": Etat("orientation/", _ecrire_le_memo),
    "communes proposées": Etat("ma-commune/", _taper_une_commune),
    "commune inconnue": Etat("ma-commune/?code=99999", _dire_le_refus),
    "comparaison filtrée": Etat("comparer/?fiches=crte,atelier-local", _montrer_les_differences),
    "comparaison incomplète": Etat("comparer/?fiches=inconnu,crte", _dire_les_messages),
    "carte filtrée": Etat("exemples/carte/", _filtrer_la_carte),
    "carte vide": Etat("exemples/carte/", _vider_la_carte),
    "composition, alertes": Etat(POIX, _fausser_la_journee),
    "composition, méthodes": Etat(COMPOSER, _choisir_une_methode),
    "composition, aucune méthode": Etat(COMPOSER, _ne_trouver_aucune_methode),
    "composition, brouillons": Etat(COMPOSER, _lister_les_brouillons),
    "composition, lieu": Etat(POIX, _choisir_le_lieu),
    "composition, lien cassé": Etat(f"{COMPOSER}#c9.abc", _recevoir_un_lien_casse),
    "séance en cours": Etat(ANIMER, _animer),
    "séance, noter": Etat(ANIMER, _noter),
    "séance close": Etat(ANIMER, _clore),
    "formulaire vérifié": Etat(f"{FORMULAIRE}?type=action&methode=visite-exploratoire", _verifier_le_formulaire),
    "fiche prête": Etat(f"{FORMULAIRE}?fiche=visite-exploratoire", _finir_la_fiche),
    "document importé": Etat(FORMULAIRE, _importer),
    "fichier refusé": Etat(FORMULAIRE, _refuser_un_fichier),
    "brouillon à reprendre": Etat(f"{FORMULAIRE}?type=site", _reprendre_un_brouillon),
    "erreur signalée": Etat("contribuer/signaler/?fiche=poix-du-nord", _signaler),
}  # fmt: skip
"""Every state but those of ``GABARITS``, which are pages as they open."""
