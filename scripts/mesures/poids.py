"""The measure of pages: what a first visit asks of the network, what the next page adds, and how soon it shows.

Requests are counted in a real browser; bytes are those of the files asked for, compressed at a fixed level: the same
site always gives the same. Times are those of a telephone on a mobile network, imitated; only their comparison counts.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page

from mesures.chrono import EchecDeMesure
from mesures.hebergeur import corps, fichier_de, navigateur, servir, site_de_reference

PAGES = {
    "accueil": "",
    "fiche": "dispositifs/atelier-flash/",
    "kit": "kits/preparer-un-atelier-flash/",
    "trouver": "trouver/",
    "theme": "themes/friches-foncier/",
    "carte": "exemples/carte/",
    "composer": "composer/",
    "comparer": "comparer/",
    "methodes": "methodes/",
}
SUIVANTE = "partenaires/cerema/"
"""The next page of every visit: a fiche."""
TELEPHONE = {"latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
"""Milliseconds, and bytes a second: a middling mobile network."""
LENTEUR = 4
"""How many times slower than this machine the processor of the telephone is."""
ATTENTE_DU_TRACE = 10
"""Seconds to wait for the largest paint to be told."""
_OBSERVER = """
  window.mesure = { lcp: 0, cls: 0, blocage: 0 };
  new PerformanceObserver((l) => { for (const e of l.getEntries()) mesure.lcp = e.startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((l) => { for (const e of l.getEntries()) if (!e.hadRecentInput) mesure.cls += e.value; })
    .observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((l) => { for (const e of l.getEntries()) mesure.blocage += Math.max(0, e.duration - 50); })
    .observe({ type: "longtask", buffered: true });
"""


@dataclass(frozen=True)
class Visite:
    """What a first visit of a page asks for, then the next page. Bytes are compressed, without their headers."""

    requetes: int
    octets: int
    html: int
    tiers: tuple[str, ...]
    """Requests to other hosts."""
    suivante: int
    """Requests of the next page."""
    suivante_octets: int


@dataclass(frozen=True)
class Temps:
    """Largest paint and blocking time (milliseconds), layout shift (no unit): medians."""

    lcp_ms: int
    cls: float
    blocage_ms: int


def visiter(chromium: Browser, base: str, site: Path, page: str) -> Visite:
    """Visit a page with an empty cache, then a fiche. The icon, which a headless browser may not ask for, is counted."""
    contexte = chromium.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    onglet = contexte.new_page()
    reseau = contexte.new_cdp_session(onglet)
    reseau.send("Network.enable")
    premiere = _demandes(onglet, reseau, base + page)
    icones = onglet.eval_on_selector_all("link[rel=icon]", "(n) => n.map((l) => l.href)")
    suite = _demandes(onglet, reseau, base + SUIVANTE)
    contexte.close()
    premiere += [icone for icone in icones if icone not in premiere]
    hote = urlsplit(base).netloc
    return Visite(
        requetes=len(premiere),
        octets=sum(_octets(site, a) for a in premiere if urlsplit(a).netloc == hote),
        html=_octets(site, base + page),
        tiers=tuple(a for a in (*premiere, *suite) if urlsplit(a).netloc != hote),
        suivante=len(suite),
        suivante_octets=sum(_octets(site, a) for a in suite if urlsplit(a).netloc == hote),
    )


def _demandes(onglet: Page, reseau: CDPSession, adresse: str) -> list[str]:
    """Open an address; return what was asked of the network, and not found in the cache."""
    demandes: dict[str, str] = {}

    def recue(evenement: dict[str, Any]) -> None:
        reponse = evenement["response"]
        if not reponse.get("fromDiskCache") and not reponse["url"].startswith(("data:", "blob:")):
            demandes[evenement["requestId"]] = reponse["url"]

    def gardee(evenement: dict[str, Any]) -> None:
        gardees.add(evenement["requestId"])

    gardees: set[str] = set()
    reseau.on("Network.responseReceived", recue)
    reseau.on("Network.requestServedFromCache", gardee)
    onglet.goto(adresse, wait_until="networkidle")
    reseau.remove_listener("Network.responseReceived", recue)
    reseau.remove_listener("Network.requestServedFromCache", gardee)
    return [url for rang, url in demandes.items() if rang not in gardees]


def _octets(site: Path, adresse: str) -> int:
    fichier = fichier_de(site, adresse)
    return len(corps(fichier)[0]) if fichier.is_file() else 0


def chronometrer(chromium: Browser, adresse: str) -> Temps:
    """Open an address once, with an empty cache, as a telephone on a mobile network does."""
    contexte = chromium.new_context(locale="fr-FR", viewport={"width": 390, "height": 844}, device_scale_factor=2)
    contexte.add_init_script(_OBSERVER)
    onglet = contexte.new_page()
    reseau = contexte.new_cdp_session(onglet)
    reseau.send("Network.enable")
    reseau.send("Network.emulateNetworkConditions", {"offline": False, **TELEPHONE})
    reseau.send("Emulation.setCPUThrottlingRate", {"rate": LENTEUR})
    onglet.goto(adresse, wait_until="networkidle")
    # A light page is idle before its largest paint is told. Asked from here: the policy of the pages refuses « eval ».
    fin = time.monotonic() + ATTENTE_DU_TRACE
    while not onglet.evaluate("() => mesure.lcp") and time.monotonic() < fin:
        onglet.wait_for_timeout(100)
    lu = onglet.evaluate("() => mesure")
    contexte.close()
    if not lu["lcp"]:
        raise EchecDeMesure(
            f"Le navigateur n’a pas dit quand le plus grand élément de {adresse} s’est affiché. Recommencez."
        )
    return Temps(round(lu["lcp"]), round(lu["cls"], 4), round(lu["blocage"]))


def mesurer(racine: Path, site: Path, travail: Path, fois: int = 5, pages: dict[str, str] = PAGES) -> dict[str, Any]:
    """Measure the pages of the built ``site`` and of the reference made from it, in turn, ``fois`` times each.

    Raises EchecDeMesure when the reference does not build or there is no browser.
    """
    stock = site_de_reference(racine, site, travail)
    resultat: dict[str, Any] = {"fois": fois, "suivante": SUIVANTE, "pages": {}}
    with servir(site) as ici, servir(stock) as la, navigateur() as chromium:
        cotes = {"site": (ici, site), "material": (la, stock)}
        for nom, page in pages.items():
            temps: dict[str, list[Temps]] = {cote: [] for cote in cotes}
            for rang in range(fois):
                for cote in sorted(cotes, reverse=bool(rang % 2)):
                    temps[cote].append(chronometrer(chromium, cotes[cote][0] + page))
            resultat["pages"][nom] = {"adresse": page} | {
                cote: asdict(visiter(chromium, base, dossier, page)) | asdict(_mediane(temps[cote]))
                for cote, (base, dossier) in cotes.items()
            }
    return resultat


def _mediane(temps: Sequence[Temps]) -> Temps:
    return Temps(
        round(statistics.median(t.lcp_ms for t in temps)),
        statistics.median(t.cls for t in temps),
        round(statistics.median(t.blocage_ms for t in temps)),
    )


def tableau(resultat: dict[str, Any]) -> str:
    """The figures, in French: this site, then Material."""
    lignes = [
        f"Première visite, {resultat['fois']} fois chaque page ; ce site | Material nu, mêmes contenus",
        "",
        f"{'':10}{'requêtes':>12}{'ko':>14}{'page suivante':>15}{'LCP (ms)':>14}{'CLS':>16}{'blocage (ms)':>14}",
    ]
    for nom, mesure in resultat["pages"].items():
        a, b = mesure["site"], mesure["material"]
        lignes.append(
            f"{nom:10}{_cote(a['requetes'], b['requetes']):>12}{_cote(_ko(a['octets']), _ko(b['octets'])):>14}"
            f"{_cote(a['suivante'], b['suivante']):>15}{_cote(a['lcp_ms'], b['lcp_ms']):>14}"
            f"{_cote(a['cls'], b['cls']):>16}{_cote(a['blocage_ms'], b['blocage_ms']):>14}"
        )
    return "\n".join(lignes).replace(".", ",")


def _cote(a: object, b: object) -> str:
    return f"{a} | {b}"


def _ko(octets: int) -> str:
    return f"{octets / 1000:.1f}"


def en_json(resultat: dict[str, Any]) -> str:
    """The same, to keep."""
    return json.dumps(resultat, ensure_ascii=False, indent=2) + "\n"
