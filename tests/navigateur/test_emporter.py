"""« Repartir avec », in a real browser: what it writes is read back by other libraries than ours."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import docx
import icalendar
import odfdo
import pypdf
import pytest
from lxml import etree
from playwright.sync_api import Page, expect

from macros.catalogue.fige import Catalogue
from macros.sorties.assemblage import sans_commentaires

from .programmes import programme

KIT = "atelier-territorial-journee"
PAGE = "kits/documents/"
HOSTILE = (
    'A&B "<img src=x onerror=window.pris=1>"]]>\u0000\u0008\u001b\ufffe\ud800 </w:t></text:p>\r\nBEGIN:VEVENT;x,\\n'
)
INSTALLER = """async ([racine, programme]) => {
  const { installer } = await import(racine + "assets/js/emporter/index.js");
  const barre = document.createElement("section");
  barre.id = "barre";
  document.querySelector(".feuille__texte").replaceChildren(barre);
  window.programme = programme;
  installer(barre, () => window.programme);
}"""
MODULES = """async ([racine, module, x]) => {
  const m = await import(racine + "assets/js/emporter/" + module + ".js");
  CORPS;
}"""


@pytest.fixture
def barre(ouvrir: Callable[..., Page], base: str) -> Callable[..., Page]:
    """The bar, over a programme."""

    def poser(programme: dict[str, Any], largeur: int = 1280) -> Page:
        page = ouvrir(PAGE, largeur=largeur)
        page.evaluate(INSTALLER, [base, programme])
        expect(page.locator("#barre [data-telecharger]")).to_have_count(3)
        return page

    return poser


@pytest.fixture
def journee(catalogue: Catalogue) -> dict[str, Any]:
    """The Poix-du-Nord day, on the Sunday when the clocks go forward; one sequence bears a hostile text."""
    fait = programme(catalogue, KIT, ["2027-03-28"], titre="Journée à Poix-du-Nord : œuvrer ensemble")
    fait["jours"][0]["sequences"][4] |= {"notes": HOSTILE, "lieu": HOSTILE}
    fait["alertes"] = [{"texte": "La journée déborde.", "remede": "Raccourcissez une séquence."}]
    return fait


def prendre(page: Page, selecteur: str) -> tuple[str, bytes]:
    with page.expect_download() as attente:
        page.locator(selecteur).click()
    return attente.value.suggested_filename, Path(attente.value.path()).read_bytes()


def titres(programme: dict[str, Any]) -> list[str]:
    return [s["titre"] for jour in programme["jours"] for s in jour["sequences"]]


def test_odt(barre: Callable[..., Page], journee: dict[str, Any]) -> None:
    nom, octets = prendre(barre(journee), "[data-telecharger=odt]")
    assert nom == "journee-a-poix-du-nord-oeuvrer-ensemble-dossier.odt"
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        assert archive.testzip() is None
        premier = archive.infolist()[0]
        assert (premier.filename, premier.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert octets[30:38] == b"mimetype"
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        assert {i.compress_type for i in archive.infolist()[1:]} == {zipfile.ZIP_DEFLATED}
        for piece in archive.namelist()[1:]:
            etree.fromstring(archive.read(piece))
        styles = archive.read("styles.xml").decode()
    assert 'fo:page-width="21cm"' in styles and 'fo:language="fr"' in styles
    lu = odfdo.Document(io.BytesIO(octets))
    assert lu.meta.title == journee["titre"] and lu.meta.language == "fr-FR"
    tableau, materiel, retroplanning, emargement = lu.body.tables
    lignes = list(tableau.traverse())
    assert [str(ligne.get_cell(0)).strip().replace("\xa0", " ") for ligne in lignes[1:3]] == [
        "8 h 30 – 9 h",
        "9 h – 9 h 15",
    ]
    assert [t for t in titres(journee) if t not in tableau.get_formatted_text()] == []
    assert all(t.get_elements("table:table-header-rows") for t in lu.body.tables)
    assert materiel.height == len(journee["materiel"]) + 1
    assert emargement.height == 24 + 4 + 1
    dates = retroplanning.get_formatted_text()
    assert "jeudi 1er octobre\xa02026" in dates and "En retard" in dates and "lundi de Pâques" in dates and "☒" in dates
    entetes = [(h.get_attribute_integer("text:outline-level"), str(h)) for h in lu.body.headers]
    assert {niveau for niveau, _ in entetes} == {1, 2}
    animation = [t for n, t in entetes if n == 2 and " · " in t]
    assert len(animation) == 11 and all(t in " ".join(animation) for t in titres(journee))


def test_docx(barre: Callable[..., Page], journee: dict[str, Any]) -> None:
    nom, octets = prendre(barre(journee), "[data-telecharger=docx]")
    assert nom.endswith("-dossier.docx")
    lu = docx.Document(io.BytesIO(octets))
    assert lu.core_properties.title == journee["titre"] and lu.core_properties.language == "fr-FR"
    section = lu.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert journee["titre"] in section.footer.paragraphs[0].text
    tableau, materiel, _, emargement = lu.tables
    assert [c.text for c in tableau.rows[0].cells] == ["Horaire", "Durée", "Séquence", "Travail"]
    assert tableau.rows[0]._tr.trPr.xpath("w:tblHeader")
    lues = [ligne.cells[2].text.split("\n")[0] for ligne in tableau.rows[1:]]
    assert lues == titres(journee)
    assert len(materiel.rows) == len(journee["materiel"]) + 1 and len(emargement.rows) == 29
    textes = [p.text for p in lu.paragraphs]
    for titre in titres(journee):
        assert any(titre in p.text and p.style.name == "Heading 2" for p in lu.paragraphs), titre
    assert any("Raccourcissez" in t for t in textes)
    assert b"fr-FR" in lu.styles.element.xml.encode()
    liens = [r.target_ref for r in lu.part.rels.values() if r.is_external]
    assert any("/methodes/" in lien for lien in liens)


def test_hostile_text_is_only_text(barre: Callable[..., Page], catalogue: Catalogue) -> None:
    """In every field at once: the files still open, and say what was typed, less what XML forbids."""
    fait = programme(
        catalogue, KIT, ["2027-03-28"], titre=HOSTILE, contact=HOSTILE, lieu={"code": "59464", "nom": HOSTILE}
    )
    for jour in fait["jours"]:
        jour["titre"] = HOSTILE
        for s in jour["sequences"]:
            s.update(dict.fromkeys(("titre", "lieu", "notes", "livrable"), HOSTILE))
            s.update(roles=[HOSTILE], consignes=[HOSTILE], materiel=[{"nom": HOSTILE}])
            s["methode"] = {"id": "x", "titre": HOSTILE, "url": "javascript:window.pris=1"}
    fait["taches"] = [{**fait["taches"][0], "tache": HOSTILE, "role": HOSTILE, "ancre": HOSTILE}]
    fait["materiel"] = [{"nom": HOSTILE, "total": 1, "calcul": HOSTILE}]
    page = barre(fait)
    attendu = 'A&B "<img src=x onerror=window.pris=1>"]]> </w:t></text:p>'
    _, odt = prendre(page, "[data-telecharger=odt]")
    corps = odfdo.Document(io.BytesIO(odt)).body
    assert len(corps.tables) == 4 and attendu in str(corps.headers[0])
    assert "javascript:" not in zipfile.ZipFile(io.BytesIO(odt)).read("content.xml").decode()
    _, mots = prendre(page, "[data-telecharger=docx]")
    lu = docx.Document(io.BytesIO(mots))
    assert attendu in lu.paragraphs[0].text and len(lu.tables) == 4
    assert not [r for r in lu.part.rels.values() if "javascript" in r.target_ref]
    _, ics = prendre(page, "[data-telecharger=ics]")
    calendrier = icalendar.Calendar.from_ical(ics)
    assert len(calendrier.walk("VEVENT")) == 12
    assert all(not e.errors for e in calendrier.walk())
    assert (
        calendrier.walk("VEVENT")[0]["SUMMARY"].startswith('A&B "<img')
        and "\nBEGIN" in calendrier.walk("VEVENT")[0]["SUMMARY"]
    )
    page.locator("[data-emporter='dossier.imprimer']").evaluate(
        "b => { window.print = () => dispatchEvent(new Event('beforeprint')); b.click(); }"
    )
    assert page.locator(".papier :is(img, script)").count() == 0
    assert page.evaluate("() => window.pris") is None


def evenements(octets: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(octets).walk("VEVENT"))


def base_des_methodes(page: Page) -> str:
    return page.url.removesuffix(PAGE) + "methodes/"


def test_a_day_that_runs_past_midnight(barre: Callable[..., Page], catalogue: Catalogue) -> None:
    fait = programme(catalogue, KIT, ["2027-10-30"])
    tard = [("a", "23:30", "00:15", 45, True), ("b", "00:15", "01:00", 45, True), ("c", "22:00", "23:30", 90, False)]
    modele = fait["jours"][0]["sequences"][0]
    fait["jours"][0]["sequences"] = [
        {**modele, "id": i, "debut": d, "fin": f, "duree": m, "lendemain": lendemain} for i, d, f, m, lendemain in tard
    ]
    _, octets = prendre(barre(fait), "[data-emporter='calendrier.sequences']")
    lus = [(e.decoded("DTSTART"), e.decoded("DTEND")) for e in evenements(octets)]
    assert [f"{d:%d %H:%M}-{f:%d %H:%M}" for d, f in lus] == [
        "30 23:30-31 00:15",
        "31 00:15-31 01:00",
        "30 22:00-30 23:30",
    ]


def test_ics(barre: Callable[..., Page], catalogue: Catalogue) -> None:
    """Two days, the eve of summer time and the day itself: 8:30 is 7:30 UTC, then 6:30."""
    paris = ZoneInfo("Europe/Paris")
    samedi, dimanche = (programme(catalogue, KIT, [jour]) for jour in ("2027-03-27", "2027-03-28"))
    dimanche["jours"][0]["sequences"] = [{**s, "id": f"d-{s['id']}"} for s in dimanche["jours"][0]["sequences"]]
    samedi["jours"] += dimanche["jours"]
    page = barre(samedi)
    nom, octets = prendre(page, "[data-telecharger=ics]")
    assert nom == "atelier-territorial-d-une-journee.ics"
    assert all(len(ligne) <= 75 for ligne in octets.split(b"\r\n")) and b"\n" not in octets.replace(b"\r\n", b"")
    lus = evenements(octets)
    sequences = [e for e in lus if isinstance(e.decoded("DTSTART"), datetime)]
    assert len(sequences) == 22
    attendues = [(jour["date"], s) for jour in samedi["jours"] for s in jour["sequences"]]
    for lu, (jour, s) in zip(sequences, attendues, strict=True):
        for champ, heure in (("DTSTART", s["debut"]), ("DTEND", s["fin"])):
            voulu = datetime.fromisoformat(f"{jour}T{heure}").replace(tzinfo=paris)
            assert lu.decoded(champ).astimezone(UTC) == voulu.astimezone(UTC)
        assert str(lu["SUMMARY"]) == s["titre"]
    premiers = [sequences[0].decoded("DTSTART"), sequences[11].decoded("DTSTART")]
    assert [p.astimezone(UTC).hour for p in premiers] == [7, 6]
    taches = [e for e in lus if not isinstance(e.decoded("DTSTART"), datetime)]
    assert (taches[0].decoded("DTSTART"), taches[0].decoded("DTEND")) == (date(2026, 10, 1), date(2026, 10, 2))
    assert len(taches) == 3 and {str(t["TRANSP"]) for t in taches} == {"TRANSPARENT"}
    expect(page.locator(".emporter__message")).to_contain_text("1 élément sans date n’y est pas")
    assert len({str(e["UID"]) for e in lus}) == 25
    _, encore = prendre(page, "[data-telecharger=ics]")
    assert [e["UID"] for e in evenements(encore)] == [e["UID"] for e in lus]
    _, seules = prendre(page, "[data-emporter='calendrier.sequences']")
    _, reste = prendre(page, "[data-emporter='calendrier.taches']")
    assert {e["UID"] for e in evenements(seules)} | {e["UID"] for e in evenements(reste)} == {e["UID"] for e in lus}
    assert base_des_methodes(page) in str(sequences[2]["DESCRIPTION"])
    # Moved to another day: the same events, elsewhere.
    page.evaluate("() => { programme.jours[0].date = '2027-11-02'; }")
    _, deplaces = prendre(page, "[data-telecharger=ics]")
    assert [e["UID"] for e in evenements(deplaces)] == [e["UID"] for e in lus]


def test_the_time_zone_is_that_of_the_place(barre: Callable[..., Page], catalogue: Catalogue) -> None:
    """What our VTIMEZONE says, hour by hour around each change of clock for twenty years, is what the IANA base
    says."""
    page = barre(programme(catalogue, KIT, ["2027-03-28"]))
    _, octets = prendre(page, "[data-telecharger=ics]")
    notre = icalendar.Calendar.from_ical(octets).walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    paris = ZoneInfo("Europe/Paris")
    vus = 0
    for annee in range(2020, 2041):
        for mois, jour in ((1, 15), (3, 24), (10, 24)):
            for heures in range(0, 24 * 9):
                instant = datetime(annee, mois, jour, 4) + timedelta(hours=heures)
                if instant.hour == 2:
                    continue  # that hour does not exist, or exists twice
                assert instant.replace(tzinfo=notre).utcoffset() == instant.replace(tzinfo=paris).utcoffset(), instant
                vus += 1
    page.evaluate("() => { programme.lieu = { code: '97411', nom: 'Saint-Denis', departement: '974' }; }")
    _, ailleurs = prendre(page, "[data-telecharger=ics]")
    premier = evenements(ailleurs)[0].decoded("DTSTART")
    assert premier.astimezone(UTC) == datetime(2027, 3, 28, 4, 30, tzinfo=UTC)


def test_small_pieces(ouvrir: Callable[..., Page], base: str) -> None:
    """Folding, dates, CRC: in one pass each."""
    page = ouvrir(PAGE)

    def dans(module: str, corps: str, argument: Any = None) -> Any:
        return page.evaluate(MODULES.replace("CORPS", corps), [base, module, argument])

    for longue in ("é" * 400, "🙂" * 200, "x" * 75, "x" * 76, "", "a" + "€" * 99):
        plie = dans("ics", "return m.plier(x)", longue)
        assert all(len(ligne.encode()) <= 75 for ligne in plie.split("\r\n"))
        assert plie.replace("\r\n ", "") == longue
    assert dans("zip", "return m.crc32(new TextEncoder().encode(x))", "123456789") == 0xCBF43926
    lus = dans(
        "../francais", "return x.map((d) => m.dateLongue(d))", ["2027-05-01", "2027-02-30", "2028-02-29", "x", None]
    )
    assert lus == ["samedi 1er mai\xa02027", "", "mardi 29 février\xa02028", "", ""]
    heures = dans("../francais", "return x.map((h) => m.heure(h))", ["08:30", "17:00", "24:15", "", None])
    assert heures == ["8\xa0h\xa030", "17\xa0h", "0\xa0h\xa015", "", ""]


def test_without_deflate(barre: Callable[..., Page], journee: dict[str, Any]) -> None:
    """An older browser cannot compress: the files are larger, and open all the same."""
    page = barre(journee)
    page.evaluate("() => { delete window.CompressionStream; }")
    _, octets = prendre(page, "[data-telecharger=odt]")
    archive = zipfile.ZipFile(io.BytesIO(octets))
    assert archive.testzip() is None and {i.compress_type for i in archive.infolist()} == {zipfile.ZIP_STORED}
    assert len(odfdo.Document(io.BytesIO(octets)).body.tables) == 4


def test_offline_once_loaded(barre: Callable[..., Page], journee: dict[str, Any]) -> None:
    page = barre(journee)
    # The page asks for this module last, once idle; asked for again, it answers once its own modules are there.
    derniere = "() => performance.getEntriesByType('resource').find((r) => r.name.endsWith('/veille.js'))?.name"
    page.evaluate("adresse => import(adresse).then(() => true)", page.wait_for_function(derniere).json_value())
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    for forme in ("odt", "docx", "ics"):
        assert prendre(page, f"[data-telecharger={forme}]")[1]


def test_one_sheet_a_day(barre: Callable[..., Page], catalogue: Catalogue) -> None:
    """A4, a day on its own page, then the rest; nothing of the screen. Ctrl + P prints the same."""
    fait = programme(catalogue, KIT, ["2027-03-28"], contact="")
    fait["jours"] += [{**fait["jours"][0], "titre": "Le lendemain", "date": "2027-03-29"}]
    page = barre(fait)
    pdf = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    textes = [" ".join(p.extract_text().split()) for p in pdf.pages]
    assert all([float(x) for x in p.mediabox[2:]] == pytest.approx([595, 842], abs=1) for p in pdf.pages)
    assert "La journée" in textes[0] and "16 h 45" in textes[0] and "Le lendemain" not in textes[0]
    assert "Le lendemain" in textes[1] and "16 h 45" in textes[1] and "Animation" not in textes[1]
    assert not any("Séquences seules" in t for t in textes)
    expect(page.locator(".papier")).to_have_count(0)


def test_mail_and_copy(barre: Callable[..., Page], journee: dict[str, Any]) -> None:
    page = barre(journee)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    message = page.locator(".emporter__message")
    page.locator("[data-emporter='courriel.copier']").click()
    expect(message).to_have_text("Texte copié.")
    texte = page.evaluate("() => navigator.clipboard.readText()").replace("\xa0", " ")
    assert (
        all(t in texte for t in titres(journee)) and "8 h 30 – 9 h : Accueil" in texte and "Contact : service" in texte
    )
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('non')); }")
    page.locator("[data-emporter='courriel.copier']").click()
    expect(page.get_by_label("Texte du programme, à copier")).to_be_focused()
    expect(message).to_contain_text("refusée")


def test_nothing_to_take_away(barre: Callable[..., Page], journee: dict[str, Any]) -> None:
    page = barre(journee)
    message = page.locator(".emporter__message")
    page.evaluate("() => { programme.jours[0].date = null; programme.taches = []; }")
    page.locator("[data-telecharger=ics]").click()
    expect(message).to_contain_text("demande une date")
    page.evaluate("() => { programme.jours[0].sequences = []; }")
    for bouton in page.locator("#barre button").all():
        bouton.click()
        expect(message).to_contain_text("ajoutez d’abord une séquence")


def test_on_a_phone(barre: Callable[..., Page], journee: dict[str, Any]) -> None:
    page = barre(journee, largeur=390)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    hauteurs = page.locator("#barre button").evaluate_all("n => n.map((b) => b.getBoundingClientRect().height)")
    assert len(hauteurs) == 14 and min(hauteurs) >= 24
    page.locator("#barre button").first.focus()
    for _ in range(13):
        page.keyboard.press("Tab")
    expect(page.locator("#barre button").last).to_be_focused()
    page.keyboard.press("Shift+Tab")
    with page.expect_download():
        page.locator("[data-telecharger=odt]").press("Enter")


def test_weight(racine: Path) -> None:
    """What « Repartir avec » adds to the composer, compressed."""
    scripts = sorted((racine / "docs/assets/js/emporter").glob("*.js"))
    octets = sum(len(gzip.compress(sans_commentaires(f.read_text()).encode())) for f in scripts)
    assert octets < 17_000
    vides = [
        f.name
        for f in (racine / "docs/assets/js/emporter").glob("*.js")
        if re.search(r"innerHTML|eval\(", f.read_text())
    ]
    assert vides == []
