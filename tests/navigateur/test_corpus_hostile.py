"""The corpus of tests/hostiles in a real browser: addresses, memories, files opened by the composer, hostile fiches
shown."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import icalendar
import pytest
import yaml
from playwright.sync_api import Page

from tests.hostiles.bilan import noter
from tests.hostiles.chantier import Chantier
from tests.hostiles.charges import Charge, charges, developper
from tests.hostiles.conftest import site_hostile, site_hostile_entier  # noqa: F401 - fixtures

from .conftest import PREFIXE, servir

DONNEES = yaml.safe_load((Path(__file__).parent.parent / "hostiles/navigateur.yml").read_text(encoding="utf-8"))
ICI = Path(__file__).parent
INERTE = (ICI / "inerte.js").read_text(encoding="utf-8")
EXPORTS = (ICI / "exports_hostiles.js").read_text(encoding="utf-8")
BONNES = [c for c in charges() if "\x00" not in c.texte and len(c.texte) < 7000]


def _surveiller(page: Page) -> None:
    page.on("dialog", lambda boite: pytest.fail(f"une boîte s’est ouverte : {boite.message}"))


def _inerte(page: Page, nom: str) -> None:
    fautes = page.evaluate(INERTE)
    if fautes:
        noter("navigateur", "exécutée")
    assert fautes == [], f"{nom} : {fautes}"


def _adresses() -> list[tuple[str, str]]:
    """(page, what follows) of every hostile address."""
    toutes = []
    for page, cles in DONNEES["adresses"].items():
        for cle in cles:
            toutes += [(page, f"?{cle}={quote(charge.texte, safe='')}") for charge in BONNES]
            toutes += [(page, f"?{cle}={developper(valeur)}") for valeur in DONNEES["valeurs"].values()]
    return toutes + [(page, fragment) for page, liste in DONNEES["fragments"].items() for fragment in liste]


def _memoires() -> list[tuple[str, str, str]]:
    """(page, key, content) of every hostile memory."""
    contenus = [developper(contenu) for contenu in DONNEES["contenus"].values()]
    return [(page, cle, contenu) for cle, page in DONNEES["memoires"].items() for contenu in contenus]


def _visiter(ouvrir: Callable[..., Page], base: str, adresses: list[tuple[str, str]]) -> None:
    page = ouvrir("mentions-legales/", prepare=_surveiller)
    for place, suite in adresses:
        page.goto("about:blank")
        page.goto(base + place + suite, wait_until="load")
        _inerte(page, place + suite[:80])
        noter("adresses du navigateur", "inerte")


def _echantillon(liste: list[Any], combien: int) -> list[Any]:
    return random.Random(20261122).sample(liste, min(combien, len(liste)))


def test_adresses(ouvrir: Callable[..., Page], base: str) -> None:
    fragments = [(page, liste[-1]) for page, liste in DONNEES["fragments"].items()]
    _visiter(ouvrir, base, [*_echantillon(_adresses(), 10), *fragments])


@pytest.mark.longue
@pytest.mark.parametrize("place", sorted({page for page, _ in _adresses()}))
def test_toutes_les_adresses(ouvrir: Callable[..., Page], base: str, place: str) -> None:
    _visiter(ouvrir, base, [(page, suite) for page, suite in _adresses() if page == place])


def _se_souvenir(ouvrir: Callable[..., Page], base: str, memoires: list[tuple[str, str, str]]) -> None:
    page = ouvrir("mentions-legales/", prepare=_surveiller)
    for place, cle, contenu in memoires:
        poser = "([c, v]) => { localStorage.clear(); localStorage.setItem(c, v); sessionStorage.setItem(c, v); }"
        page.evaluate(poser, [f"accompagner:{PREFIXE}:{cle}", contenu])
        page.goto(base + place, wait_until="load")
        _inerte(page, f"{cle} = {contenu[:60]}")
        noter("mémoire du navigateur", "inerte")


def test_memoires(ouvrir: Callable[..., Page], base: str) -> None:
    _se_souvenir(ouvrir, base, _echantillon(_memoires(), 6))


@pytest.mark.longue
def test_toutes_les_memoires(ouvrir: Callable[..., Page], base: str) -> None:
    _se_souvenir(ouvrir, base, _memoires())


def test_fichiers_ouverts_par_le_composeur(ouvrir: Callable[..., Page]) -> None:
    """Refused in French, or rebuilt field by field; nothing reaches the prototype of objects."""
    page = ouvrir("composer/", prepare=_surveiller)
    textes = {nom: developper(texte) for nom, texte in DONNEES["compositions"].items()}
    textes |= {
        str(c): json.dumps({"v": 1, "titre": c.texte[:200], "jours": [{"id": "j", "titre": c.texte[:200]}]})
        for c in BONNES
    }
    lus = page.evaluate(EXPORTS, {"quoi": "lire", "textes": textes})
    for nom, (issue, dit) in lus.items():
        assert issue in ("lue", "refusée"), (nom, dit)
        assert issue == "lue" or (dit.endswith(".") and len(dit) < 500 and "Error" not in dit), (nom, dit)
        noter("fichiers du composeur", "refusée" if issue == "refusée" else "inerte")
    champ = page.locator("input[type=file]").first
    for nom in ("titre_html", "prototype", "profond"):
        fichier = {"name": "x.json", "mimeType": "application/json", "buffer": textes[nom].encode()}
        champ.set_input_files(files=[fichier])  # type: ignore[list-item]
        _inerte(page, nom)


def test_ce_que_le_navigateur_ecrit_se_relit(ouvrir: Callable[..., Page]) -> None:
    """Calendars hold one event a sequence whatever the text, ODT and DOCX are XML, links give the composition back."""
    page = ouvrir("composer/", prepare=_surveiller)
    textes = [c.texte[:600] for c in BONNES]
    fait = page.evaluate(EXPORTS, {"quoi": "ecrire", "textes": textes})
    assert fait["liens"] == []
    assert fait["xml"] == []
    for texte, ics in zip(textes, fait["calendriers"], strict=True):
        calendrier = icalendar.Calendar.from_ical(ics)
        evenements = calendrier.walk("VEVENT")
        assert len(evenements) == 2, texte
        assert not any(nom.startswith("X-PRIS") for e in evenements for nom in e)
        assert str(evenements[0]["SUMMARY"]).split() == _attendu(texte), ascii(texte)
        assert all(len(ligne.encode()) <= 75 for ligne in ics.split("\r\n"))
        noter("calendriers et liens écrits", "inerte")


def _attendu(texte: str) -> list[str]:
    """The words that a calendar gives back: the same, less what no line may hold."""
    interdits = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
    return texte.translate(interdits).replace("\x7f", " ").split()


@pytest.fixture
def base_hostile(request: pytest.FixtureRequest) -> Iterator[tuple[str, Chantier]]:
    """A server of the hostile site. To ask for before « ouvrir »: the pages must close before it stops, since an icon
    still on its way would be an error of their console."""
    chantier = request.getfixturevalue(request.param)
    serveur = servir(chantier.site, PREFIXE)
    yield next(serveur), chantier
    next(serveur, None)


def _parcourir(ouvrir: Callable[..., Page], base: str, chantier: Chantier, pages: list[str]) -> None:
    page = ouvrir(base + "mentions-legales/", prepare=_surveiller)
    for nom in pages:
        page.goto(base + nom, wait_until="load")
        _inerte(page, nom)
        noter("pages hostiles dans le navigateur", "inerte")


@pytest.mark.parametrize("base_hostile", ["site_hostile"], indirect=True)
def test_les_fiches_hostiles_s_affichent_sans_rien_executer(
    base_hostile: tuple[str, Chantier], ouvrir: Callable[..., Page]
) -> None:
    base, chantier = base_hostile
    fiches = sorted(
        p.parent.relative_to(chantier.site).as_posix() + "/" for p in chantier.site.rglob("hostile-*/index.html")
    )
    listes = ["glossaire/", "contribuer/vocabulaires/", "quoi-de-neuf/", "trouver/?q=mot", "sources/"]
    _parcourir(ouvrir, base, chantier, [*fiches[::3], *listes])


@pytest.mark.longue
@pytest.mark.parametrize("base_hostile", ["site_hostile_entier"], indirect=True)
def test_tout_le_site_hostile(base_hostile: tuple[str, Chantier], ouvrir: Callable[..., Page]) -> None:
    base, chantier = base_hostile
    pages = sorted(p.relative_to(chantier.site).as_posix() for p in chantier.site.rglob("index.html"))
    _parcourir(ouvrir, base, chantier, [p.removesuffix("index.html") for p in pages])


def test_les_charges_couvrent_les_familles() -> None:
    familles = {c.famille for c in charges()}
    assert {"html", "jinja", "markdown", "snippets", "adresses", "typst", "tableur", "lignes", "invisibles"} <= familles
    assert len(charges()) > 80 and len(_adresses()) > 1000 and isinstance(charges()[0], Charge)
