"""The weight of pages: what a first visit asks of the network, and what the next page adds.

Requests are counted in a real browser; bytes are those of the files asked for, compressed at a fixed level: the same
site always gives the same.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page

from mesures.hebergeur import corps, fichier_de, navigateur, servir

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


def visiter(chromium: Browser, base: str, site: Path, page: str) -> Visite:
    """Visit a page with an empty cache, then a fiche. The icon, which a headless browser may not ask for, is
    counted."""
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


def mesurer(site: Path) -> dict[str, Any]:
    """Visit the pages of the built ``site``. Raises EchecDeMesure when there is no browser."""
    with servir(site) as base, navigateur() as chromium:
        return {nom: asdict(visiter(chromium, base, site, page)) for nom, page in PAGES.items()}


def tableau(mesure: dict[str, Any]) -> str:
    """The figures, in French."""
    lignes = [f"{'Première visite':18}{'requêtes':>10}{'octets':>10}{'dont HTML':>12}{'page suivante':>16}"]
    for nom, v in mesure.items():
        lignes.append(f"{nom:18}{v['requetes']:>10}{v['octets']:>10}{v['html']:>12}{v['suivante']:>16}")
    return "\n".join(lignes)
