"""« Ma sélection » in a real browser: order, notes, links that overwrite nothing, and what one leaves with."""

from __future__ import annotations

import gzip
import io
import json
import random
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import docx
import odfdo
import pypdf
import pytest
from playwright.sync_api import Page, expect

from macros.sorties.assemblage import sans_commentaires

from .conftest import PREFIXE
from .test_emporter import HOSTILE, prendre

URI = "ma-selection/"
FICHES = [
    {"type": "dispositif", "titre": "Atelier flash", "url": "dispositifs/atelier-flash/"},
    {"type": "partenaire", "titre": "Cerema", "url": "partenaires/cerema/"},
    {"type": "site", "titre": "Poix-du-Nord", "url": "sites/poix-du-nord/"},
    {"type": "methode", "titre": "Scénario rose", "url": "methodes/scenario-rose-noir/"},
]
NOMS = ["Atelier flash", "Cerema", "Poix-du-Nord", "Scénario rose, scénario noir"]
CLE = f"accompagner:{PREFIXE}:selection"
CODER = "async (e) => (await import('../assets/js/selection/lien.js')).coder(e)"
VEILLE = "() => performance.getEntriesByType('resource').find((r) => r.name.endsWith('hors-ligne/veille.js'))?.name"
ALLER_RETOUR = """async (etats) => {
  const { coder, decoder } = await import("../assets/js/selection/lien.js");
  const faux = [];
  for (const etat of etats) {
    const fragment = await coder(etat);
    const { titre, fiches, ecartees } = await decoder(new URL(fragment, location.href).hash);
    const plat = (liste) => JSON.stringify(liste.map(({ type, url, note }) => [type, url, note ?? ""]));
    if (titre !== etat.titre || ecartees || plat(fiches) !== plat(etat.fiches)) faux.push(etat);
  }
  return faux;
}"""
ABIMER = """async ([fragment, coupes]) => {
  const { LienIllisible, decoder } = await import("../assets/js/selection/lien.js");
  const bilan = { refuses: 0, acceptes: [] };
  for (const coupe of coupes) {
    try { await decoder(coupe); bilan.acceptes.push(coupe); }
    catch (erreur) { if (!(erreur instanceof LienIllisible)) throw erreur; bilan.refuses += 1; }
  }
  return bilan;
}"""


@pytest.fixture
def remplie(ouvrir: Callable[..., Page]) -> Callable[..., Page]:
    """The page, over a memory; ``liste`` replaces the four fiches."""

    def ouvre(liste: Any = FICHES, suite: str = "", **options: Any) -> Page:
        def prepare(page: Page) -> None:
            valeur = json.dumps(json.dumps(liste))
            page.add_init_script(
                f"if (location.host) sessionStorage.vu ||= (localStorage.setItem('{CLE}', {valeur}), 'oui');"
            )

        page = ouvrir(URI + suite, prepare=prepare, **options)
        expect(page.locator(".selection > li")).to_have_count(len(liste))
        expect(page.locator(".selection__etat").first).to_be_visible()
        return page

    return ouvre


def noms(page: Page) -> list[str]:
    """Titles of the list, once the site's own titles have come over those that the memory holds."""
    page.wait_for_load_state("networkidle")
    return page.locator(".selection li a").all_text_contents()


def memoire(page: Page) -> list[dict[str, str]]:
    return list(page.evaluate(f"() => JSON.parse(localStorage.getItem('{CLE}'))"))


def test_order_and_notes_by_keyboard(remplie: Callable[..., Page]) -> None:
    """Moved, noted, named; the button keeps the focus; all of it comes back, from the memory and from the address."""
    page = remplie(largeur=390)
    assert noms(page) == NOMS
    page.locator("[data-descendre]").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    assert noms(page) == ["Cerema", "Poix-du-Nord", "Atelier flash", NOMS[3]]
    expect(page.locator("[data-descendre]").nth(2)).to_be_focused()
    expect(page.locator(".annonce")).to_contain_text("3 sur 4")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-monter]").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # already first: nothing moves, nothing is lost
    assert noms(page) == NOMS
    expect(page.locator("[data-monter]").first).to_be_focused()
    expect(page.locator("[data-monter]").first).to_have_attribute("aria-disabled", "true")
    page.get_by_label("Note sur Cerema").fill("Relancer en mars 🌱\nL’été, non")
    page.get_by_label("Titre de la sélection").fill("Pour la mairie")
    page.reload()  # before the address had time to follow
    expect(page.locator("[data-recue]")).to_have_count(0)
    expect(page.get_by_label("Titre de la sélection")).to_have_value("Pour la mairie")
    lue = "async () => (await (await import('../assets/js/selection/lien.js')).decoder(location.hash))?.fiches[1].note || ''"
    page.wait_for_function(f"async () => (await ({lue})()).startsWith('Relancer')")
    adresse = page.url
    page.goto("about:blank")
    page.goto(adresse)
    expect(page.locator("[data-recue]")).to_have_count(0)
    expect(page.get_by_label("Note sur Cerema")).to_have_value("Relancer en mars 🌱\nL’été, non")
    expect(page.get_by_label("Titre de la sélection")).to_have_value("Pour la mairie")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_note_typed_just_before_leaving_is_kept(remplie: Callable[..., Page], base: str) -> None:
    page = remplie()
    page.locator("[data-note]").first.fill("vite")
    page.goto(base)
    page.goto(base + URI)
    expect(page.locator("[data-note]").first).to_have_value("vite")


def test_drag(remplie: Callable[..., Page]) -> None:
    page = remplie()
    depart = page.locator(".selection__poignee").first.bounding_box()
    arrivee = page.locator(".selection > li").nth(2).bounding_box()
    assert depart and arrivee
    page.mouse.move(depart["x"] + 5, depart["y"] + 5)
    page.mouse.down()
    for pas in range(1, 12):
        page.mouse.move(depart["x"] + 5, depart["y"] + (arrivee["y"] + arrivee["height"] - depart["y"]) * pas / 11)
    page.mouse.up()
    assert noms(page) == ["Cerema", "Poix-du-Nord", "Atelier flash", NOMS[3]]
    assert [f["titre"] for f in memoire(page)][2] == "Atelier flash"


def test_taking_away_is_undone(remplie: Callable[..., Page]) -> None:
    page = remplie([{**FICHES[0], "note": "à garder"}, *FICHES[1:]])
    page.locator("[data-retirer]").first.click()
    expect(page.locator(".selection > li")).to_have_count(3)
    expect(page.locator("[data-compteur-selection]")).to_have_text("3")
    page.locator("[data-annuler]").click()
    assert noms(page) == NOMS
    expect(page.locator("[data-note]").first).to_have_value("à garder")
    for _ in FICHES:
        page.locator("[data-retirer]").first.click()
    expect(page.locator("[data-page-selection]")).to_contain_text("vide")
    page.keyboard.press("Control+z")
    expect(page.locator(".selection > li")).to_have_count(1)
    assert len(memoire(page)) == 1


def test_back_on_a_fiche_the_note_comes_back(
    ouvrir: Callable[..., Page], remplie: Callable[..., Page], base: str
) -> None:
    page = remplie([{**FICHES[0], "note": "à garder"}])
    page.goto(base + FICHES[0]["url"])
    bouton = page.locator(".actions [data-selection]")
    bouton.click()
    expect(bouton).to_have_attribute("aria-pressed", "false")
    bouton.click()
    expect(bouton).to_have_attribute("aria-pressed", "true")
    assert memoire(page)[0]["note"] == "à garder"


RECUE = {
    "titre": "Reçue d’Anne",
    "fiches": [
        {**FICHES[1], "note": "la sienne"},
        {**FICHES[3], "note": ""},
        {"type": "kit", "titre": "x", "url": "kits/perdu/", "note": "gardée"},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("geste", "attendues", "titre"),
    [
        ("ignorer", NOMS[:2], "Mon titre"),
        ("remplacer", ["Cerema", NOMS[3], "perdu : la chercher"], "Reçue d’Anne"),
        ("ajouter", [*NOMS[:2], NOMS[3], "perdu : la chercher"], "Mon titre"),
    ],
)
def test_a_received_link(remplie: Callable[..., Page], geste: str, attendues: list[str], titre: str) -> None:
    """It is read first; one's own list changes only when asked, and can come back."""
    page = remplie([FICHES[0], {**FICHES[1], "note": "la mienne"}])
    page.get_by_label("Titre de la sélection").fill("Mon titre")
    page.wait_for_function("() => localStorage.length > 1")
    mienne = memoire(page)
    page.evaluate("async (h) => { location.hash = h; }", page.evaluate(CODER, RECUE))
    bandeau = page.locator("[data-recue]")
    expect(bandeau).to_contain_text("« Reçue d’Anne »")
    expect(bandeau).to_contain_text("La vôtre (2 fiches) n’a pas changé")
    assert [n.replace("\xa0", " ") for n in noms(page)] == ["Cerema", NOMS[3], "perdu : la chercher"]
    expect(page.locator(".selection")).to_contain_text("gardée")
    assert page.locator(".selection button").count() == 0
    assert memoire(page) == mienne
    page.locator(f"[data-{geste}]").click()
    expect(bandeau).to_have_count(0)
    expect(page.locator("[data-page-selection]")).to_be_focused()
    assert [n.replace("\xa0", " ") for n in noms(page)] == attendues
    expect(page.get_by_label("Titre de la sélection")).to_have_value(titre)
    if geste == "ajouter":
        expect(page.get_by_label("Note sur Cerema")).to_have_value("la mienne\nla sienne")
    if geste != "ignorer":
        page.locator("[data-annuler]").click()
        assert noms(page) == NOMS[:2]
        assert [f["url"] for f in memoire(page)] == [f["url"] for f in mienne]


def test_the_address_survives(ouvrir: Callable[..., Page], compter: Callable[[str, int], None]) -> None:
    """Round trips of generated lists, then cut, altered and hostile links: a message, nothing run, nothing lost."""
    hasard = random.Random(8)
    lettres = [
        "é",
        "œ",
        "🌱",
        "\u202f",
        "<img src=x onerror=window.pris=1>",
        "</script>",
        '"',
        "\\",
        "\n",
        "#",
        "%",
        "&",
        "漢",
        "a",
        " ",
    ]

    def mots(maximum: int) -> str:
        return "".join(hasard.choices(lettres, k=hasard.randint(0, maximum)))

    etats = [
        {
            "titre": mots(12)[:120],
            "fiches": [
                {"type": "kit", "titre": "x", "url": f"kits/fiche-{n}/", "note": mots(120)[:1900]}
                for n in range(hasard.randint(1, 40))
            ],
        }
        for _ in range(60)
    ]
    etats.append({"titre": "", "fiches": [{**FICHES[0], "note": "n" * 2000}]})
    page = ouvrir(URI)
    assert page.evaluate(ALLER_RETOUR, etats) == []
    bon = page.evaluate(CODER, {"titre": "Ma liste", "fiches": [{**f, "note": "Une note é 🌱"} for f in FICHES]})
    abimes = [bon[:n] for n in range(len("#selection="), len(bon))]
    abimes += [
        bon[:n] + ("A" if bon[n] != "A" else "B") + bon[n + 1 :] for n in range(len("#selection=1z"), len(bon) - 1)
    ]
    abimes += [
        "#selection=2z0.AAAA",
        "#selection=1x0.AA",
        "#selection=<img src=x>",
        "#selection=1b0." + "A" * 500_000,
        "#selection=%E0%A4%A",
    ]
    bilan = page.evaluate(ABIMER, [bon, abimes])
    assert bilan["acceptes"] == []
    compter("sélections passées par l’adresse", len(etats))
    compter("liens abîmés refusés", bilan["refuses"])


def test_a_bad_link_says_so(remplie: Callable[..., Page], base: str) -> None:
    page = remplie()
    for fragment, mot in (("#selection=1z0.AAAA", "incomplet ou abîmé"), ("#selection=9z0.AAAA", "autre version")):
        page.goto("about:blank")
        page.goto(base + URI + fragment)
        expect(page.locator(".selection__alerte")).to_contain_text(mot)
        expect(page.locator(".selection__alerte")).to_contain_text("la vôtre, inchangée")
        assert noms(page) == NOMS and len(memoire(page)) == 4


def test_a_hostile_link(ouvrir: Callable[..., Page], base: str) -> None:
    page = ouvrir(URI)
    hostile = HOSTILE.replace("\ud800", "")
    fiches = [{**FICHES[0], "note": hostile}, {"type": "kit", "titre": "x", "url": "kits/x/", "note": hostile}]
    fragment = page.evaluate(CODER, {"titre": hostile[:100], "fiches": fiches})
    # Names of types and of fiches that the page does not know, in a link that is otherwise well made.
    faux = page.evaluate(
        """async () => {
          const { crc32 } = await import("../assets/js/emporter/zip.js");
          const entrees = [{}, "__proto__/x", "d/../../x", "x/y", 3, null, [["d/a"]], "d/atelier-flash"];
          const clair = new TextEncoder().encode(JSON.stringify(entrees));
          const texte = btoa(String.fromCharCode(...clair)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
          return `#selection=1b${crc32(clair).toString(36)}.${texte}`;
        }"""
    )
    for suite, nombre in ((fragment, 2), (faux, 1)):
        page.goto("about:blank")
        page.goto(base + URI + suite)
        expect(page.locator("[data-recue]")).to_be_visible()
        expect(page.locator(".selection > li")).to_have_count(nombre)
        assert page.locator("main img, .page img, .page script:not([type])").count() == 0
        page.locator("[data-remplacer]").click()
        expect(page.locator(".selection > li")).to_have_count(nombre)
        assert page.evaluate("() => window.pris") is None
        assert all(u.startswith(base) for u in page.locator(".selection a").evaluate_all("n => n.map((a) => a.href)"))


def test_gone_or_moved(remplie: Callable[..., Page]) -> None:
    """A fiche that moved is followed by its id or its title; one that is gone is said, with its note."""
    page = remplie(
        [
            {"type": "dispositif", "titre": "Autre nom", "url": "actions/atelier-flash/"},
            {"type": "partenaire", "titre": "CEREMA", "url": "partenaires/centre-etudes/"},
            {"type": "site", "titre": "Nulle part", "url": "sites/nulle-part/", "note": "à ne pas perdre"},
        ]
    )
    assert [n.replace("\xa0", " ") for n in noms(page)] == ["Atelier flash", "Cerema", "Nulle part : la chercher"]
    expect(page.locator(".selection__alerte")).to_contain_text("2 fiches ont changé d’adresse")
    expect(page.locator(".selection > li").last).to_contain_text("n’est plus sur le site")
    assert "trouver/?q=Nulle+part" in (page.locator(".selection a").last.get_attribute("href") or "")
    assert [(f["url"], f.get("note", "")) for f in memoire(page)] == [
        ("dispositifs/atelier-flash/", ""),
        ("partenaires/cerema/", ""),
        ("sites/nulle-part/", "à ne pas perdre"),
    ]


def test_leaving_with_it(remplie: Callable[..., Page], base: str) -> None:
    """ODT, DOCX, paper, mail: each fiche in its order, its absolute address, its state, its note."""
    liste = [{**f, "note": f"Note {rang} & <b>"} for rang, f in enumerate(FICHES)]
    page = remplie(liste)
    page.get_by_label("Titre de la sélection").fill("Pour Mme la maire")
    nom, odt = prendre(page, "[data-telecharger=odt]")
    assert nom == "pour-mme-la-maire.odt"
    corps = odfdo.Document(io.BytesIO(odt)).body
    assert [str(h).strip() for h in corps.headers] == [f"{n}. {t}" for n, t in enumerate(NOMS, 1)]
    texte = odfdo.Document(io.BytesIO(odt)).get_formatted_text()
    _, mots = prendre(page, "[data-telecharger=docx]")
    lu = docx.Document(io.BytesIO(mots))
    ecrit = "\n".join(p.text for p in lu.paragraphs)
    assert [p.text for p in lu.paragraphs if p.style.name == "Heading 1"] == [
        f"{n}. {t}" for n, t in enumerate(NOMS, 1)
    ]
    pdf = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    papier = " ".join(unicodedata.normalize("NFKC", " ".join(p.extract_text() for p in pdf.pages)).split())
    for rang, fiche in enumerate(FICHES):
        for contenu in (texte, ecrit, papier):
            assert base + fiche["url"] in contenu.replace("\n", ""), fiche["titre"]
            assert f"Note {rang} & <b>" in contenu
    for contenu in (texte, ecrit, papier):
        assert "En vigueur" in contenu and "Historique" in contenu and "jamais vérifiée auprès du porteur" in contenu
    assert "Monter" not in papier and "Repartir avec" not in papier and "Titre de la sélection" not in papier


def test_copy_and_mail(remplie: Callable[..., Page], base: str) -> None:
    page = remplie()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    message = page.locator(".emporter__message")
    page.locator("[data-emporter='lien.lien']").click()
    expect(message).to_contain_text("Lien copié")
    lien = page.evaluate("() => navigator.clipboard.readText()")
    assert lien.startswith(base + URI + "#selection=1z") and len(lien) < 250
    page.locator("[data-emporter='courriel.copier']").click()
    expect(message).to_have_text("Liste copiée.")
    texte = page.evaluate("() => navigator.clipboard.readText()")
    assert all(base + f["url"] in texte for f in FICHES)
    ecrire = "async (e) => (await import('../assets/js/gestes.js')).messagerie(...e)"
    court = page.evaluate(ecrire, ["Objet & é", ["long " * 1000, "Bonjour,\nà vous"]])
    assert court["rang"] == 1
    assert unquote(court["adresse"]) == "mailto:?subject=Objet & é&body=Bonjour,\r\nà vous"
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('non')); }")
    page.locator("[data-emporter='lien.lien']").click()
    expect(page.get_by_label("Lien à copier")).to_be_focused()


def test_offline_once_loaded(remplie: Callable[..., Page], journal: Any) -> None:
    journal.toleres = ("favicon",)  # asked again whenever the address changes
    page = remplie()
    # The last script comes when the page has nothing else to do; asked for again, it answers once its own modules are
    # there.
    veille = page.wait_for_function(VEILLE).json_value()
    page.evaluate("adresse => import(adresse).then(() => true)", veille)
    page.context.set_offline(True)
    page.locator("[data-descendre]").first.click()
    assert noms(page)[0] == "Cerema"
    assert prendre(page, "[data-telecharger=odt]")[1]


def test_a_memory_that_refuses(ouvrir: Callable[..., Page]) -> None:
    """A received list is read, kept on the page, changed; the page says that it will not last."""

    def refuser(page: Page) -> None:
        page.add_init_script(
            "Storage.prototype.setItem = () => { throw new DOMException('plein', 'QuotaExceededError'); };"
        )

    page = ouvrir(URI, prepare=refuser)
    page.evaluate("async (h) => { location.hash = h; }", page.evaluate(CODER, RECUE))
    expect(page.locator("[data-recue]")).to_be_visible()
    page.locator("[data-remplacer]").click()
    expect(page.locator(".selection__alerte")).to_contain_text("refuse de garder")
    page.locator("[data-descendre]").first.click()
    assert noms(page)[1] == "Cerema"
    assert prendre(page, "[data-telecharger=odt]")[1]


def test_without_the_list_of_fiches(ouvrir: Callable[..., Page], journal: Any) -> None:
    """The titles kept are enough to go on."""
    journal.toleres = ("fiches.json", "net::ERR_FAILED")

    def prepare(page: Page) -> None:
        page.route("**/api/fiches.json", lambda route: route.abort())
        page.add_init_script(f"localStorage.setItem('{CLE}', {json.dumps(json.dumps(FICHES))});")

    page = ouvrir(URI, prepare=prepare)
    expect(page.locator(".selection__alerte")).to_contain_text("n’ont pas pu se charger")
    assert noms(page) == [f["titre"] for f in FICHES]
    assert prendre(page, "[data-telecharger=docx]")[1]


def test_weight(racine: Path) -> None:
    """What a page loads once there is a selection stays small; nothing writes HTML from a text."""
    dossier = racine / "docs/assets/js"
    partout = [dossier / "selection.js", dossier / "selection/annonce.js", dossier / "selection/liste.js"]
    octets = sum(len(gzip.compress(sans_commentaires(f.read_text()).encode())) for f in partout)
    assert octets < 2_100
    assert not [f.name for f in (dossier / "selection").glob("*.js") if re.search(r"innerHTML|eval\(", f.read_text())]


def test_leaving_before_the_script_arrives_loses_nothing(ouvrir: Callable[..., Page], base: str) -> None:
    """On a slow network, the button is pressed, the page is left at once, then another: the next page does all that
    was asked."""
    page = ouvrir("dispositifs/atelier-flash/")
    page.route("**/js/selection.js", lambda demande: None)  # never answered while these pages are there
    page.locator("[data-selection]:visible").first.click()
    page.goto(base + "partenaires/cerema/")
    page.locator("[data-selection]:visible").first.click()
    page.unroute("**/js/selection.js")
    page.goto(base + URI)
    expect(page.locator(".selection > li")).to_have_count(2)
    assert noms(page) == ["Atelier flash", "Cerema"]
    page.reload()
    assert noms(page) == ["Atelier flash", "Cerema"]
