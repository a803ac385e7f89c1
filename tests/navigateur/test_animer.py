"""« Animer la journée » in a real browser whose clock is driven: a whole day, its delays, its groups, its reload."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

import docx
import icalendar
import odfdo
import pytest
import python_calamine
from playwright.sync_api import Locator, Page, expect

from .conftest import PRETE, Journal

Ouvrir = Callable[..., Page]
JOURNEE = "composer/animer/?kit=atelier-territorial-journee"
SCHEMA = Path(__file__).parent / "schema_projets_territoire_0.1.0.json"
"""The national schema of a project, of schema.data.gouv.fr (Licence Ouverte 2.0)."""
VEILLE = "veille.js"
"""Asked for at rest by every page, to say what is kept: without a network, the page does without."""
MATIN = "2026-12-01T08:20:00"
PIEGEE = json.dumps(
    [
        {
            "v": 1,
            "id": "a1",
            "date": "2026-12-01",
            "ouverte": 1,
            "titre": "</script><script>window.PIEGE=1</script>",
            "jour": {
                "id": "j1",
                "sequences": [
                    {"id": "s1", "titre": "<img src=x onerror=window.PIEGE=1>", "debut": "09:00", "duree": 30},
                ],
            },
        }
    ]
)
"""A session that is one, and holds what nobody should run."""


class Salle:
    """The page as the person who leads sees it, and the hands on its clock."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def attendre(self, minutes: int) -> None:
        """Let time pass as a locked phone does: no tick in between."""
        self.page.clock.fast_forward(minutes * 60_000)

    def geste(self, nom: str, rang: int = 0) -> None:
        self.page.locator(f"[data-geste={nom}]").nth(rang).click()

    def noter(self, texte: str, genre: str, qui: str = "", quand: str = "") -> None:
        self.geste("noter")
        self.page.locator("[data-note-texte]").fill(texte)
        if qui:
            self.page.locator("[data-note-qui]").fill(qui)
        if quand:
            self.page.locator("[data-note-quand]").fill(quand)
        self.page.locator(f"[data-dialogue-note] button[value={genre}]").click()
        expect(self.page.locator("[data-dialogue-note]")).to_be_hidden()

    def champ(self, nom: str) -> Locator:
        return self.page.locator(f"[data-vue=regie] [data-{nom}]")

    def coupes(self, *attendues: str) -> None:
        """Check what does not hold any more, then the ways out, in their order."""
        expect(self.champ("coupes").locator("h3, button")).to_have_text(list(attendues))

    def voir(self, **attendus: str) -> None:
        """Check what the page says, part by part; spaces of French typography count as spaces."""
        for nom, texte in attendus.items():
            expect(self.champ(nom)).to_have_text(texte)


@pytest.fixture
def salle(ouvrir: Ouvrir, journal: Journal) -> Salle:
    """The day of the kit with eleven sequences and three groups, opened ten minutes before it begins."""
    journal.toleres = (VEILLE,)
    page = ouvrir(JOURNEE, largeur=390, prepare=lambda p: p.clock.install(time=MATIN))
    page.get_by_role("button", name="Animer « Atelier territorial").click()
    return Salle(page)


def _le_premier_retard(salle: Salle) -> None:
    """Ten minutes more to sit down; the visit starts at ten all the same. What a method needs is not cut."""
    salle.attendre(28)
    salle.geste("plus")
    salle.geste("plus")
    salle.voir(reste="12 min", ecart="10 min de retard")
    salle.coupes(
        "« L’expérience du terrain » à 10 h : 10 min de trop",
        "Raccourcir « Présenter la journée » de 5 min (10 min au lieu de 15 min)",
        "Passer « Présenter la journée » (15 min)",
        "Commencer à 10 h 10",
    )
    salle.geste("couper")
    salle.voir(ecart="10 min de retard")
    expect(salle.champ("coupes").locator("h3")).to_have_text("« L’expérience du terrain » à 10 h : 5 min de trop")
    for minutes, titre, ecart in (
        (12, "Présenter la journée", "5 min de retard"),
        (10, "Échanger sur la posture", "5 min de retard"),
        (25, "Préparer la visite", "À l’heure"),
        (15, "L’expérience du terrain", "À l’heure"),
    ):
        salle.attendre(minutes)
        salle.geste("suivante")
        salle.voir(titre=titre, ecart=ecart)


def _le_second_retard(salle: Salle) -> None:
    """A group is back early, another asks for ten minutes; lunch waits, the end of the day is to be saved."""
    salle.attendre(100)
    salle.geste("groupe-rend", 0)
    salle.geste("groupe-plus", 1)
    salle.geste("groupe-plus", 1)
    groupes = salle.champ("groupes").locator("li")
    expect(groupes.locator(".salle__horloge")).to_have_text(["a rendu à 11 h 40", "20 min", "30 min"])
    salle.voir(reste="30 min", ecart="10 min de retard")
    salle.coupes("« Déjeuner » à 12 h : 10 min de trop", "Commencer à 12 h 10")
    salle.geste("couper")
    salle.noter("Garder la halle ouverte toute l’année", "decision")
    salle.attendre(30)
    salle.geste("suivante")
    salle.voir(titre="Déjeuner", jusque="jusqu’à 13 h 10 · 1 h")


def _emporter(page: Page, nom: str, dossier: Path) -> Path:
    """Click an offer of « Repartir avec »; return the file that it gives."""
    with page.expect_download() as attendu:
        page.locator(f'[data-emporter="{nom}"]').click()
    place = dossier / attendu.value.suggested_filename
    attendu.value.save_as(place)
    return place


def _lignes(rangees: Iterable[Iterable[str]]) -> list[list[str]]:
    """Cells as they read: unbreakable spaces are spaces."""
    return [[" ".join(cellule.split()) for cellule in rangee] for rangee in rangees]


ACTIONS = [["Action", "Qui", "Pour quand"], ["Demander un devis", "Secrétariat de mairie", "vendredi 15 janvier 2027"]]
TENU = [
    ["Horaire", "Durée (prévue)", "Séquence"],
    ["8 h 30 – 9 h 10", "40 min (30 min)", "Accueil, constitution des groupes"],
    ["9 h 10 – 9 h 20", "10 min (15 min)", "Présenter la journée"],
    ["9 h 20 – 9 h 45", "25 min (30 min)", "Échanger sur la posture"],
    ["9 h 45 – 10 h", "15 min (15 min)", "Préparer la visite"],
    [
        "10 h – 12 h 10",
        "2 h 10 (2 h)",
        "L’expérience du terrain Groupe 1 : 1 h 40 ; Groupe 2 : 2 h 10 ; Groupe 3 : 2 h 10",
    ],
    ["12 h 10 – 13 h 10", "1 h (1 h)", "Déjeuner"],
    ["13 h 10 – 14 h 25", "1 h 15 (1 h 15)", "Mettre en commun Un marché le soir"],
    ["14 h 25 – 14 h 55", "30 min (30 min)", "Présenter la boîte à outils"],
    ["14 h 55 – 16 h 10", "1 h 15 (1 h 15)", "Proposer un accompagnement"],
    ["16 h 10 – 16 h 45", "35 min (45 min)", "Restituer, groupe par groupe"],
    ["16 h 45 – 17 h", "15 min (15 min)", "Conclure"],
]


def _relire_le_compte_rendu(page: Page, dossier: Path) -> None:
    """The same figures in ODT and in DOCX, opened by libraries that did not write them."""
    mot = docx.Document(str(_emporter(page, "compte-rendu.docx", dossier)))
    assert [_lignes([c.text for c in r.cells] for r in t.rows) for t in mot.tables] == [ACTIONS, TENU]
    texte = "\n".join(" ".join(p.text.split()) for p in mot.paragraphs)
    odt = odfdo.Document(str(_emporter(page, "compte-rendu.odt", dossier)))
    tableaux = [
        _lignes([" ".join(p.inner_text for p in c.get_elements("text:p")) for c in r.cells] for r in t.rows)
        for t in odt.body.tables
    ]
    assert tableaux == [ACTIONS, TENU]
    for lu in (texte, " ".join(odt.get_formatted_text().split())):
        assert "31" in lu and "de 8 h 30 à 17 h, à l’heure prévue" in lu
        assert "Garder la halle ouverte toute l’année" in lu
        assert not re.search(r"undefined|null|NaN|\[object|<!--", lu)


def _relire_les_donnees(page: Page, dossier: Path) -> None:
    """The follow-ups as a calendar, a spreadsheet and the national schema: what was decided, and nobody in the last."""
    agenda = icalendar.Calendar.from_ical(_emporter(page, "suites.ics", dossier).read_bytes())
    assert [(str(e["SUMMARY"]), e.decoded("DTSTART")) for e in agenda.walk("VEVENT")] == [
        ("Demander un devis (Secrétariat de mairie)", dt.date(2027, 1, 15))
    ]
    feuille = python_calamine.CalamineWorkbook.from_path(_emporter(page, "suivi.ods", dossier)).get_sheet_by_index(0)
    assert feuille.to_python()[1:] == [
        ["Décision", "Garder la halle ouverte toute l’année", "", "", "", "L’expérience du terrain"],
        ["Action", "Demander un devis", "Secrétariat de mairie", dt.date(2027, 1, 15), "à faire", "Mettre en commun"],
    ]
    donnees = json.loads(_emporter(page, "projet.json", dossier).read_text("utf-8"))
    schema = json.loads(SCHEMA.read_text("utf-8"))
    types = {"string": str, "integer": int, "array": list}
    champs = {champ["name"]: champ for champ in schema["fields"]}
    assert set(donnees) <= set(champs)
    assert not any(nom.startswith("porteur") for nom in donnees) and "Secrétariat" not in json.dumps(donnees)
    for nom, champ in champs.items():
        regles = champ.get("constraints") or {}
        assert nom in donnees or not regles.get("required"), nom
        if nom in donnees:
            assert isinstance(donnees[nom], types[champ["type"]]), nom
            assert re.search(regles.get("pattern", ""), str(donnees[nom])), nom
            assert donnees[nom] in regles.get("enum", [donnees[nom]]), nom
    assert uuid.UUID(donnees["id"]) and donnees["dateDebutPrevisionnelle"] == "2026-12-01"


def _finir_la_fiche(page: Page) -> None:
    """The draft fiche opens in the form, with real durations, and says who does what of nobody."""
    page.context.set_offline(False)
    page.locator('[data-emporter="fiche.ouvrir"]').click()
    page.get_by_role("button", name="Atelier territorial d’une journée", exact=True).click()
    expect(page.locator("[data-zone=yaml]")).to_contain_text("valeur: 130")
    yaml = page.locator("[data-zone=yaml]").text_content() or ""
    assert "Garder la halle ouverte toute l’année [s1]." in yaml and "visite-exploratoire" in yaml
    assert "Secrétariat" not in yaml


def test_une_journee_entiere(salle: Salle, tmp_path: Path) -> None:
    """Eleven sequences, three groups, two delays, one reload, no network: times, cuts, notes and figures."""
    page = salle.page
    salle.voir(titre="Accueil, constitution des groupes", reste="dans 10 min", ecart="À l’heure")
    demandes: list[str] = []
    page.context.set_offline(True)
    page.on("request", lambda demande: demandes.append(demande.url))
    salle.attendre(10)
    salle.geste("suivante")
    salle.voir(reste="30 min", jusque="jusqu’à 9 h · 30 min")

    _le_premier_retard(salle)
    _le_second_retard(salle)

    # The battery dies at lunch: the page comes back where it was, an hour later.
    page.context.set_offline(False)
    salle.attendre(60)
    page.reload()
    page.wait_for_function(PRETE)
    page.wait_for_load_state("networkidle")  # what the evening's minutes need
    page.context.set_offline(True)
    demandes.clear()
    salle.voir(titre="Déjeuner", reste="C’est l’heure", ecart="10 min de retard")
    salle.geste("suivante")
    salle.noter("Demander un devis", "action", "Secrétariat de mairie", "2027-01-15")
    salle.noter("Un marché le soir", "idee")
    salle.coupes(
        "La fin de la séance à 17 h : 10 min de trop",
        "Raccourcir « Restituer, groupe par groupe » de 10 min (35 min au lieu de 45 min)",
        "Finir à 17 h 10",
    )
    salle.geste("couper")
    salle.voir(ecart="10 min de retard")
    expect(salle.champ("ensuite")).to_contain_text("Fin à 17 h")
    expect(salle.champ("ensuite")).not_to_contain_text("au lieu de")
    for minutes in (75, 30, 75, 35, 15):
        salle.attendre(minutes)
        salle.geste("suivante")

    cloture = page.locator("[data-cloture]")
    expect(cloture).to_contain_text("De 8 h 30 à 17 h, à l’heure prévue.")
    page.get_by_label("Nombre de personnes présentes").fill("31")
    page.keyboard.press("Tab")
    durees = ["40 min", "10 min", "25 min", "15 min", "2 h 10", "1 h", "1 h 15", "30 min", "1 h 15", "35 min", "15 min"]
    expect(cloture.locator("tbody td:last-child")).to_have_text(durees)
    assert [n.input_value() for n in cloture.locator("[data-champ=texte]").all()] == [
        "Garder la halle ouverte toute l’année",
        "Demander un devis",
        "Un marché le soir",
    ]
    hors_de_la_page = [url for url in demandes if not url.startswith(("blob:", "data:")) and VEILLE not in url]
    assert hors_de_la_page == []
    _relire_le_compte_rendu(page, tmp_path)
    _relire_les_donnees(page, tmp_path)
    assert hors_de_la_page == []
    _finir_la_fiche(page)


def test_la_salle_ne_voit_que_le_sien(ouvrir: Ouvrir, salle: Salle) -> None:
    """A second screen: title, time left, instruction, and the time of each group; it follows what the first one does."""
    for _ in range(4):
        salle.geste("suivante")
    ecran = ouvrir("composer/animer/?ecran", avec=salle.page)
    attendu = ["Préparer la visite", "15 min"]
    expect(ecran.locator("[data-ecran-titre]")).to_have_text(attendu[0])
    expect(ecran.locator("[data-ecran-reste]")).to_have_text(attendu[1])
    expect(ecran.locator("[data-ecran-groupes] li")).to_have_count(3)
    assert ecran.locator("button:visible, a:visible").count() == 0
    salle.geste("groupe-rend", 2)
    expect(ecran.locator("[data-ecran-groupes] li").nth(2)).to_have_text("Groupe 3 a rendu")


def test_tout_au_clavier(salle: Salle) -> None:
    """Begin, lengthen, note, go on, come back: without a mouse, and without losing one's place."""
    page = salle.page
    expect(salle.champ("titre")).to_be_focused()
    page.keyboard.press("Control+ArrowRight")
    page.keyboard.press("Control+ArrowUp")
    salle.voir(jusque="jusqu’à 8 h 55 · 35 min")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Dite au clavier")
    page.keyboard.press("Control+Enter")
    expect(salle.champ("notes-titre")).to_have_text("1 note prise")
    for _ in range(4):
        page.keyboard.press("Control+ArrowRight")
    expect(salle.champ("groupes").locator("li")).to_have_count(3)
    bouton = salle.champ("groupes").get_by_role("button", name="A rendu, Groupe 2")
    bouton.focus()
    page.keyboard.press("Enter")
    expect(salle.champ("groupes").locator("li").nth(1)).to_contain_text("a rendu à")
    assert page.evaluate("document.activeElement.closest('[data-groupes]') !== null")


def test_reprendre_et_effacer(salle: Salle) -> None:
    """A day closed by mistake is taken up again; once erased, nothing of it is left on the device."""
    page = salle.page
    salle.geste("suivante")
    salle.noter("Un nom qui ne doit pas rester", "action", "Quelqu’un")
    page.locator("[data-outils] summary").click()
    salle.geste("clore")
    page.get_by_role("button", name="Rouvrir la séance").click()
    expect(salle.champ("titre")).to_be_visible()
    page.locator("[data-outils] summary").click()
    salle.geste("clore")
    effacer = page.get_by_role("button", name="Effacer cette séance de l’appareil")
    effacer.click()
    page.get_by_role("button", name="Effacer pour de bon").click()
    expect(page.locator("[data-vue=choix]")).to_be_visible()
    gardes = page.evaluate("JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage })")
    assert "Quelqu’un" not in gardes and "animer:seances" not in gardes


@pytest.mark.parametrize("garde", ['"rien"', "[[]]", '[{"v": 1, "id": "a1"}]', '[{"v": 9}]', "{", PIEGEE])
def test_une_memoire_abimee_ne_casse_rien(ouvrir: Ouvrir, base: str, garde: str) -> None:
    """Whatever stands in the browser's storage, the page opens, runs nothing of it, and loses nothing else."""
    page = ouvrir("composer/animer/", largeur=390)
    page.evaluate(
        "([cle, garde]) => localStorage.setItem(cle, garde)",
        [f"accompagner:{urlsplit(base).path}:animer:seances", garde],
    )
    page.reload()
    expect(page.locator("[data-journees] li")).to_have_count(1)
    for reprise in page.get_by_role("button", name="Reprendre").all():
        reprise.click()
        expect(page.locator("[data-vue=regie] [data-titre]")).to_have_text("<img src=x onerror=window.PIEGE=1>")
    assert page.evaluate("window.PIEGE") is None
