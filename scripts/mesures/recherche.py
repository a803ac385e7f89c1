"""The measure of search: real questions, in a real browser, on the code that pages use; and Material's own beside it."""

from __future__ import annotations

import contextlib
import gzip
import json
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from playwright.sync_api import Browser, Page

from macros.modeles import DOSSIERS
from mesures import construction, fabrique
from mesures.chrono import Passage, chronometrer
from mesures.hebergeur import PREFIXE, navigateur, servir, site_de_reference

VIERGE = "accessibilite/"
"""A short page from which to search."""
UNE_SUR = 3
"""A cold question opens a browser of its own: one question in three is enough for a median."""
_CHERCHER = """async ([texte, limite]) => {
  const debut = performance.now();
  const moteur = await import(new URL("recherche/moteur.js", document.querySelector("script[type=module]").src));
  const { resultats } = await moteur.chercher(texte, { limite, comptes: false });
  return { fiches: resultats.map((r) => r.fiche), ms: performance.now() - debut };
}"""


@dataclass(frozen=True)
class Requete:
    """A question, and the fiches of which one at least is expected among the first three."""

    q: str
    fiches: tuple[str, ...]
    reserve: bool = False


@dataclass
class Scores:
    """Share of the questions answered first, in the first three, and mean of the inverse ranks."""

    questions: int
    hit1: float
    hit3: float
    mrr: float


@dataclass
class Bilan:
    """Everything measured on one site."""

    fiches: int
    tout: Scores
    reserve: Scores
    manquees: list[dict[str, Any]]
    temps_ms: dict[str, float] = field(default_factory=dict)
    octets: dict[str, float] = field(default_factory=dict)
    material: dict[str, Any] = field(default_factory=dict)
    construction: dict[str, float] = field(default_factory=dict)
    """Of the site, when it was built here: wall seconds, and peak memory of its largest process in millions of bytes."""


def lire_requetes(fichier: Path) -> list[Requete]:
    """Read the questions."""
    lignes = yaml.safe_load(fichier.read_text(encoding="utf-8"))["requetes"]
    return [Requete(str(r["q"]), tuple(r["fiches"]), bool(r.get("reserve"))) for r in lignes]


def noter(requetes: Sequence[Requete], rangees: Sequence[Sequence[str]]) -> Scores:
    """Score the answers, each a list of fiches in rank order."""
    rangs = [rang(r, fiches) for r, fiches in zip(requetes, rangees, strict=True)]
    total = len(rangs) or 1
    return Scores(
        len(rangs),
        round(sum(r == 1 for r in rangs) / total, 3),
        round(sum(0 < r <= 3 for r in rangs) / total, 3),
        round(sum(1 / r for r in rangs if r) / total, 3),
    )


def rang(requete: Requete, fiches: Sequence[str]) -> int:
    """Rank of the first expected fiche, from 1; 0 when it is not there."""
    return next((n for n, f in enumerate(fiches, 1) if f in requete.fiches), 0)


def preparer(racine: Path, travail: Path, site: Path | None, n: int) -> tuple[Path, Passage | None]:
    """Return the site to measure: the one given, or one built from a copy, filled up to ``n`` with made-up fiches, and
    what building it took. Raises EchecDeMesure when it does not build."""
    if site:
        return site.resolve(), None
    projet = travail / "projet"
    construction.copier(racine, projet)
    reelles = {p.relative_to(projet): p.read_bytes() for d in DOSSIERS for p in (projet / "fiches" / d).glob("*.yml")}
    if n > len(reelles):
        fabrique.fabriquer(projet, n - len(reelles))
        for chemin, contenu in reelles.items():
            (projet / chemin).write_bytes(contenu)
    passage = chronometrer([sys.executable, "scripts/site.py", "site"], projet, travail / "site.log")
    return projet / "site", passage


def mesurer(
    racine: Path,
    site: Path,
    travail: Path,
    *,
    passage: Passage | None = None,
    froid: bool = True,
    material: bool = True,
) -> Bilan:
    """Run every question on the built ``site``. Raises EchecDeMesure when there is no browser."""
    requetes = lire_requetes(racine / "tests/recherche/requetes.yml")
    with servir(site) as base, navigateur() as chromium:
        page = _ouvrir(chromium, base + VIERGE)
        _demander(page, "échauffement")
        tiedes = [_demander(page, r.q) for r in requetes]
        page.context.close()
        froids = [_a_froid(chromium, base, r.q) for r in requetes[::UNE_SUR]] if froid else []
    rangees = [t["fiches"] for t in tiedes]
    bilan = Bilan(
        fiches=len(json.loads((site / "api/fiches.json").read_text(encoding="utf-8"))["fiches"]),
        tout=noter(requetes, rangees),
        reserve=noter(*_reserve(requetes, rangees)),
        manquees=[
            {"q": r.q, "attendues": r.fiches, "trouvees": f[:3], "reserve": r.reserve}
            for r, f in zip(requetes, rangees, strict=True)
            if not 0 < rang(r, f) <= 3
        ],
        temps_ms={"tiede_mediane": round(statistics.median(t["ms"] for t in tiedes), 1)},
    )
    if froids:
        bilan.temps_ms["froid_mediane"] = round(statistics.median(ms for ms, _, _ in froids), 1)
        for nom, valeurs in (("transferes", [o for _, o, _ in froids]), ("bruts", [o for _, _, o in froids])):
            bilan.octets[f"{nom}_mediane"] = round(statistics.median(valeurs))
            bilan.octets[f"{nom}_pire"] = max(valeurs)
    index = [p.stat().st_size for p in (site / "pagefind").rglob("*") if p.is_file()]
    bilan.octets["index"] = sum(index)
    if passage:
        bilan.construction = {"secondes": round(passage.secondes, 1), "memoire_mo": round(passage.memoire_mo)}
    if material:
        bilan.material = _material(racine, site, travail, requetes)
    return bilan


def _reserve(
    requetes: Sequence[Requete], rangees: Sequence[Sequence[str]]
) -> tuple[list[Requete], list[Sequence[str]]]:
    paires = [(r, f) for r, f in zip(requetes, rangees, strict=True) if r.reserve]
    return [r for r, _ in paires], [f for _, f in paires]


def _demander(page: Page, texte: str) -> dict[str, Any]:
    reponse: dict[str, Any] = page.evaluate(_CHERCHER, [texte, 10])
    return reponse


def _a_froid(chromium: Browser, base: str, texte: str) -> tuple[float, int, int]:
    """Time, bytes on the wire and bytes once decompressed of a first question, nothing in the cache."""
    page = _ouvrir(chromium, base + VIERGE)
    protocole = page.context.new_cdp_session(page)
    recus: list[tuple[int, int]] = []
    bruts: dict[str, int] = {}
    protocole.on("Network.loadingFinished", lambda e: recus.append((e["encodedDataLength"], 0)))
    protocole.on("Network.dataReceived", lambda e: bruts.update({str(len(bruts)): e["dataLength"]}))
    protocole.send("Network.enable")
    reponse = _demander(page, texte)
    page.wait_for_timeout(30)
    page.context.close()
    return reponse["ms"], sum(n for n, _ in recus), sum(bruts.values())


def _ouvrir(chromium: Browser, adresse: str) -> Page:
    page = chromium.new_context(locale="fr-FR").new_page()
    page.goto(adresse, wait_until="networkidle")
    return page


def _material(racine: Path, site: Path, travail: Path, requetes: Sequence[Requete]) -> dict[str, Any]:
    """Ask the same questions to the real search box of the same pages in a stock Material site."""
    stock = site_de_reference(racine, site, travail)
    with servir(stock) as base, navigateur() as chromium:
        page = _ouvrir(chromium, base)
        rangees = [_boite_de_material(page, base, r.q) for r in requetes]
    index = (stock / "search/search_index.json").read_bytes()
    return {
        "tout": asdict(noter(requetes, rangees)),
        "reserve": asdict(noter(*_reserve(requetes, rangees))),
        "index_octets_comprimes": len(gzip.compress(index)),
        "charge": "sur chaque page, avant tout usage",
    }


def _boite_de_material(page: Page, base: str, texte: str) -> list[str]:
    page.evaluate("() => document.querySelectorAll('.md-search-result__list > *').forEach((e) => e.remove())")
    boite = page.locator(".md-search__input")
    boite.fill("", force=True)
    page.wait_for_timeout(40)
    boite.fill(texte, force=True)
    boite.dispatch_event("keyup")
    attendu = "() => /\\d|Aucun/.test(document.querySelector('.md-search-result__meta').textContent)"
    with contextlib.suppress(Exception):
        page.wait_for_function(attendu, timeout=2000)
    page.wait_for_timeout(160)
    liens = page.eval_on_selector_all(
        ".md-search-result__item > a, .md-search-result__item > .md-search-result__link:first-child",
        "(a) => a.map((e) => e.href)",
    )
    uris = [urlsplit(lien).path.removeprefix(PREFIXE).strip("/") for lien in liens if lien.startswith(base)]
    return list(dict.fromkeys(uris))[:10]


def tableau(bilan: Bilan) -> str:
    """The figures, in French."""
    lignes = [
        f"Recherche sur {bilan.fiches} fiches, {bilan.tout.questions} questions ({bilan.reserve.questions} en réserve)"
    ]
    lignes += ["", f"{'':32}{'hit@1':>8}{'hit@3':>8}{'MRR':>8}"]
    rangs = [("nous, toutes", asdict(bilan.tout)), ("nous, réserve", asdict(bilan.reserve))]
    if bilan.material:
        rangs += [("Material, toutes", bilan.material["tout"]), ("Material, réserve", bilan.material["reserve"])]
    lignes += [f"{nom:32}{s['hit1']:>8.2f}{s['hit3']:>8.2f}{s['mrr']:>8.2f}" for nom, s in rangs]
    lignes += ["", *(f"{nom:32}{v:>10.0f} ms" for nom, v in bilan.temps_ms.items())]
    lignes += [f"octets {nom:25}{v / 1000:>10.0f} ko" for nom, v in bilan.octets.items()]
    if bilan.material:
        lignes.append(f"{'index de Material, comprimé':32}{bilan.material['index_octets_comprimes'] / 1000:>10.0f} ko")
    if bilan.construction:
        lignes.append(
            f"site construit en {bilan.construction['secondes']:.0f} s, plus gros processus "
            f"{bilan.construction['memoire_mo']:.0f} Mo"
        )
    lignes += ["", f"Questions manquées : {len(bilan.manquees)}"]
    for m in bilan.manquees:
        marque = " (réserve)" if m["reserve"] else ""
        lignes.append(f"  {m['q']}{marque} : {', '.join(m['trouvees']) or 'rien'}")
    return "\n".join(lignes)


def en_json(bilan: Bilan) -> str:
    """The same, to keep."""
    return json.dumps(asdict(bilan), ensure_ascii=False, indent=2) + "\n"
