"""The five stories that must work end to end, played with the keyboard alone; the focus is seen at each stop.

Elements are named, never clicked nor focused by the test: Tab leads to them, or the story fails.
"""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Download, Page, expect

from macros.catalogue.fige import Catalogue
from macros.contribution.essai import Essai
from tests.conftest import RACINE, lancer

from .clavier import Clavier

Jouer = Callable[..., Clavier]
PREMIER_MARS = """{
  const jour = new Date("2027-03-01T10:00:00").getTime();
  window.Date = class extends Date { constructor(...d) { super(...(d.length ? d : [jour])); } };
}"""
"""What the page takes for today."""


@pytest.fixture
def jouer(ouvrir: Callable[..., Page], compter: Callable[[str, int], None]) -> Iterator[Jouer]:
    """Open the home page for someone who has only a keyboard; fail if the focus was lost from sight anywhere."""
    claviers: list[Clavier] = []

    def ouvre(adresse: str = "", **options: object) -> Clavier:
        claviers.append(Clavier(ouvrir(adresse, **options)))
        return claviers[-1]

    yield ouvre
    fautes = [faute for clavier in claviers for faute in clavier.fautes]
    compter("arrêts de tabulation vus dans les récits", sum(clavier.arrets for clavier in claviers))
    assert fautes == [], "\n".join(fautes)
    compter("récits joués au clavier seul", len(claviers))


def _telecharge(clavier: Clavier) -> tuple[str, bytes]:
    """Press Enter on what gives a file; return its name and content."""
    with clavier.page.expect_download() as attente:
        clavier.presser("Enter")
    recu: Download = attente.value
    return recu.suggested_filename, Path(recu.path()).read_bytes()


def _texte(octets: bytes) -> str:
    """Words of an ODT file."""
    with zipfile.ZipFile(BytesIO(octets)) as archive:
        return re.sub(r"<[^>]+>", " ", archive.read("content.xml").decode())


def test_agent_qui_prepare(jouer: Jouer) -> None:
    """From the kit to a retroplanning in the calendar, an editable programme, the materials and the canvases."""
    clavier = jouer(prepare=lambda page: page.add_init_script(PREMIER_MARS))
    page = clavier.page
    clavier.bouton("Rechercher", dans="header").presser("Enter").ecrire("préparer un atelier flash")
    expect(page.locator("[data-recherche] [role=option]", has_text="Préparer un Atelier flash").first).to_be_visible()
    kit = page.locator("[data-recherche] [role=option][aria-selected=true]")
    for _ in range(20):
        clavier.presser("ArrowDown")
        if "Préparer un Atelier flash" in kit.inner_text():
            break
    clavier.suivre("/kits/preparer-un-atelier-flash/")

    clavier.eviter().lien("Poser une date").suivre("?kit=preparer-un-atelier-flash")
    expect(page.locator("[data-sequence]").first).to_be_visible()
    # Two days adapted: one sequence shorter, another brought forward.
    clavier.eviter().aller(page.get_by_label("Durée de « Visiter le site », en minutes")).remplacer("90")
    visite = page.locator("[data-sequence]", has=page.locator("h3", has_text="Visiter le site"))
    expect(visite).to_have_attribute("data-fin", "11:30")
    clavier.bouton("Monter « Partager les étonnements »").presser("Enter")
    expect(page.locator("[data-annonce]")).to_contain_text("Partager les étonnements")

    clavier.aller(page.get_by_role("link", name="Aller à mon contexte"), arriere=True).presser("Enter")
    clavier.champ("Commune ou intercommunalité").ecrire("poix du")
    expect(page.get_by_role("option").first).to_contain_text("Poix-du-Nord")
    clavier.presser("ArrowDown", "Enter")
    clavier.champ("Participants").remplacer("24")
    premier_jour = date(2027, 5, 11)
    clavier.dater(page.get_by_label("Premier jour sur place"), premier_jour)
    clavier.champ("Contact", exact=True).ecrire("Service territorial, 03 00 00 00 00")

    taches = page.locator("[data-tache]")
    clavier.aller(taches.first.get_by_role("checkbox")).presser("Space")
    expect(page.locator("[data-tache] input:checked")).to_have_count(1)
    clavier.bouton(re.compile("^Le calendrier : ICS"))
    nom, octets = _telecharge(clavier)
    assert nom.endswith(".ics")
    evenements = icalendar.Calendar.from_ical(octets).walk("VEVENT")
    jours = {_jour(e) for e in evenements}
    assert premier_jour in jours
    assert min(jours) <= premier_jour - timedelta(weeks=8), "le rétroplanning n’est pas dans le calendrier"
    clavier.aller(page.get_by_role("button", name="Le programme : ODT"), arriere=True)
    programme = _texte(_telecharge(clavier)[1])
    assert "Visiter le site" in programme and "11 mai\u00a02027" in programme
    clavier.bouton("La feuille d’émargement : ODT")
    assert "Poix-du-Nord" in _texte(_telecharge(clavier)[1])
    clavier.aller(page.get_by_role("button", name="Le dossier de l’atelier : ODT"), arriere=True)
    assert "Papillons collants" in _texte(_telecharge(clavier)[1])

    clavier.lien("leur page").suivre("/kits/documents/")
    clavier.eviter().lien(re.compile("^Canevas A3.*PDF"))
    # A browser shows a PDF or saves it, as its owner chose: what the link gives is enough.
    canevas = page.request.get(page.evaluate("document.activeElement.href"))
    assert canevas.ok and canevas.body().startswith(b"%PDF")


def _jour(evenement: icalendar.Event) -> date:
    debut = evenement["DTSTART"].dt
    return debut.date() if hasattr(debut, "date") else debut


def test_agent_sur_le_terrain(jouer: Jouer) -> None:
    """On a tablet: the toolbox from the menu, a method by what it is for and by the time it takes, its list ticked."""
    clavier = jouer(largeur=768)
    page = clavier.page
    clavier.aller(page.locator(".menu > summary")).presser("Enter")
    clavier.lien("Boîte à outils", dans=".menu__panneau").suivre("/methodes/")
    clavier.eviter().lien("Boîte à outils de la DDT(M)").suivre("/boite-a-outils-ddt/")
    besoin = page.locator("details", has=page.locator("#besoin-animer"))
    clavier.eviter().aller(besoin.locator("summary")).presser("Enter")
    expect(besoin.locator("h3").first).to_be_in_viewport()
    ligne = besoin.locator("li", has_text=re.compile(r"\b40\s+à\s+65\s+minutes"))
    clavier.aller(ligne.get_by_role("link").first).presser("Enter")
    page.wait_for_url(re.compile(r"/methodes/(?!boite)[a-z-]+/$"))

    clavier.eviter()
    cases = page.locator("[data-coches] input")
    clavier.aller(cases.first).presser("Space")
    clavier.aller(cases.nth(1)).presser("Space")
    page.reload()
    expect(cases.nth(1)).to_be_checked()


def test_elu_qui_cherche_un_appui(jouer: Jouer) -> None:
    """Plain questions, what fits and why the others do not, who to call; side by side; a neighbour that did it."""
    clavier = jouer()
    page = clavier.page
    clavier.eviter().lien("Trouver un appui en sept questions").suivre("/orientation/")
    expect(page.locator(".questions")).to_be_visible()
    clavier.eviter()
    for question, reponse in (
        ("sujet", "Friches et foncier"),
        ("porteur", "Une commune"),
        ("avancement", "Une idée ou un problème"),
        ("manque", "Un avis ou une visite"),
        ("population", "Moins de 3\u202f500 habitants"),
        ("programme", "Aucun"),
    ):
        clavier.choisir(page.locator(f"select[name={question}]"), reponse)
    expect(page.locator("[data-compte]")).to_contain_text("Ne semble pas correspondre")
    clavier.lien("Voir le résultat").presser("Enter")
    expect(page.locator("#resultat")).to_be_focused()
    retenu = page.locator('.appui[data-place="1"]')
    expect(retenu.locator("[data-dire]")).to_contain_text("Bonjour")
    clavier.aller(retenu.locator(".appui__contact a").first)
    ecartes = page.locator("[data-groupe=non-adapte]")
    clavier.aller(ecartes.locator("summary").first).presser("Enter")
    clavier.aller(ecartes.locator("[data-appui=opah] .appui__pourquoi summary")).presser("Enter")
    expect(ecartes.locator("[data-etat=manque] [data-si=manque]:visible").first).to_be_visible()

    clavier.aller(page.locator("[data-et-si] a", has_text="Atelier flash").first, arriere=True)
    clavier.suivre("/dispositifs/atelier-flash/")
    clavier.eviter().lien(re.compile("^Comparer avec")).presser("Enter")
    page.wait_for_url("**/comparer/**")
    expect(page.locator("[data-comparer-choix]")).to_be_visible()
    clavier.eviter().choisir(page.locator("[data-comparer-choix] select").nth(1), "Atelier local")
    clavier.champ("Ne montrer que les différences").presser("Space")
    expect(page.locator("tr[data-rangee][data-verdict=identique]:visible")).to_have_count(0)
    expect(page.locator("tr[data-rangee]:visible").first).to_be_visible()

    clavier.aller(page.locator(".sousmenu a", has_text="Ma commune"), arriere=True).suivre("/ma-commune/")
    clavier.eviter().champ("Votre commune ou votre intercommunalité").ecrire("poix du")
    expect(page.get_by_role("option").first).to_contain_text("Poix-du-Nord")
    clavier.presser("ArrowDown", "Enter")
    expect(page.locator("[data-titre]")).to_be_focused()
    clavier.aller(page.locator("[data-premiers] > :not([hidden]) a").first)
    exemple = page.locator("[data-sites] > :not([hidden]) a").first
    clavier.aller(exemple)
    clavier.presser("Enter")
    page.wait_for_url("**/sites/*/")
    expect(page.locator("h1")).to_have_text("Poix-du-Nord")


def test_contributeur_sans_git(jouer: Jouer, catalogue: Catalogue, tmp_path: Path) -> None:
    """A document he has becomes a draft; what is missing is said, and filled; a valid file and an e-mail come out."""
    document = tmp_path / "dessiner.txt"
    document.write_text("Dessiner la carte des envies\n\nPrésentation\nDessiner les lieux que l’on aime.\n", "utf-8")
    clavier = jouer()
    page = clavier.page
    # The system's own window is out of the page, and of this test. Asked for with the key that opens it, the browser
    # may take it over too late.
    page.on("filechooser", lambda fenetre: fenetre.set_files(document))
    clavier.eviter().lien("Contribuer").suivre("/contribuer/")
    clavier.eviter().lien("Écrire ou envoyer une fiche").suivre("/contribuer/formulaire/")
    expect(page.locator("[data-zone=choisir]")).to_be_visible()
    clavier.eviter().aller(page.locator('[name="type"]').first)
    clavier.presser("ArrowDown", "ArrowDown")
    expect(page.locator('[name="type"][value="action"]')).to_be_checked()
    clavier.aller(page.locator("[data-zone=fichier]")).presser("Enter")
    expect(page.locator("[data-zone=titre]")).to_be_focused()
    expect(page.locator('[data-champ="titre"] [data-saisie]')).to_have_value("Dessiner la carte des envies")

    clavier.bouton("Vérifier et finir").presser("Enter")
    resume = page.locator("[data-zone=resume]")
    expect(resume).to_be_focused()
    clavier.aller(resume.get_by_role("link", name=re.compile("^Accroche")).first).presser("Enter")
    expect(page.locator('[data-champ="accroche"] > [data-saisie]')).to_be_focused()
    clavier.remplacer("Dessiner ensemble les lieux que l’on aime [s1].")
    for champ, libelle in (("themes", "Participation"), ("phases", "Comprendre"), ("publics", "Technicien")):
        clavier.aller(page.locator(f'[data-champ="{champ}"] .liste__ajouter')).presser("Enter")
        clavier.choisir(page.locator(f'[data-champ="{champ}[1]"] > [data-saisie]'), libelle)
    clavier.choisir(page.locator('[data-champ="territoire.echelle"] > [data-saisie]'), "National")
    clavier.choisir(page.locator('[data-champ="nature"] > [data-saisie]'), "Atelier")
    clavier.aller(page.locator('[name="licence"]')).presser("Space")
    clavier.aller(page.locator('[name="images"]')).presser("Space")
    clavier.bouton("Vérifier et finir").presser("Enter")
    expect(page.get_by_role("heading", name="Votre fiche est prête")).to_be_focused()
    clavier.bouton("Télécharger la fiche")
    nom, octets = _telecharge(clavier)
    assert nom == "dessiner-la-carte-des-envies.yml"
    assert Essai(catalogue, RACINE).controler(f"fiches/actions/{nom}", octets) == []
    clavier.lien("Préparer le courriel")
    assert (page.evaluate("document.activeElement.href") or "").startswith("mailto:?subject=")


def test_contributeur_avec_git(jouer: Jouer, tmp_path: Path) -> None:
    """The guide by keyboard; then, in a terminal, a fiche begun, a mistake told in French with its line, and put
    right."""
    clavier = jouer()
    page = clavier.page
    clavier.aller(page.locator(".onglets a", has_text="Contribuer")).suivre("/contribuer/")
    clavier.eviter().lien("Maintenir le site", dans="main").suivre("/contribuer/maintenir/")
    clavier.eviter().lien("Écrire une fiche", exact=True).suivre("/contribuer/ecrire-une-fiche/")
    for commande in ("make fiche", "make valider"):
        expect(page.locator("main code", has_text=commande).first).to_be_visible()
    clavier.eviter().lien(re.compile("champs", re.I)).presser("Enter")
    page.wait_for_url("**/contribuer/champs/**")

    def commande(script: str, *arguments: str) -> tuple[int, str]:
        done = lancer(sys.executable, f"scripts/{script}.py", *arguments, timeout=120)
        return done.returncode, done.stdout + done.stderr

    status, _ = commande(
        "nouvelle_fiche", "--fiches", str(tmp_path), "--type", "partenaire", "--sans-question",
        *("--titre", "Toiture végétalisée", "--accroche", "Verdir un toit : l’ombre, la pluie et les oiseaux"),
        *("--themes", "équipements", "--phases", "realiser", "--publics", "maire", "--champ", "nature=reseau"),
        *("--source", "Guide : des toits vivants | Ville de Metz | https://metz.fr/toits | 2024-05"),
    )  # fmt: skip
    assert status == 0
    (fiche,) = tmp_path.rglob("*.yml")
    juste = fiche.read_text("utf-8")
    assert commande("valider", str(fiche))[0] == 0

    fiche.write_text(juste.replace("nature: reseau", "nature: resau"), "utf-8")
    ligne = juste.splitlines().index("nature: reseau") + 1
    status, dit = commande("valider", str(fiche))
    assert status == 1
    for attendu in (f"{fiche.name}:{ligne}:", "nature", "« resau »", "Vouliez-vous dire « reseau »"):
        assert attendu in dit.replace("\u00a0", " ").replace("\u202f", " "), dit
    assert "Traceback" not in dit
