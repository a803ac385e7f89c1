"""The measure of search: real questions, in a real browser, on the code that pages use; and what its index costs."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, Page

from macros.catalogue.chargement import charger
from macros.modeles import DOSSIERS
from macros.sorties.recherche.construction import documents_du_projet, fichiers
from mesures import construction, fabrique
from mesures.hebergeur import navigateur, servir

VIERGE = "accessibilite/"
"""A short page from which to search."""
UNE_SUR = 3
"""A cold question opens a browser of its own: one question in three is enough for a median. One in six is typed."""
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


def preparer(racine: Path, travail: Path, n: int) -> Path:
    """Build a copy of the project, filled up to ``n`` with made-up fiches. Raises EchecDeMesure when it does not
    build."""
    projet = travail / "projet"
    construction.copier(racine, projet)
    reelles = {p.relative_to(projet): p.read_bytes() for d in DOSSIERS for p in (projet / "fiches" / d).glob("*.yml")}
    if n > len(reelles):
        fabrique.fabriquer(projet, n - len(reelles))
        for chemin, contenu in reelles.items():
            (projet / chemin).write_bytes(contenu)
    construction.chronometrer(["scripts/site.py", "site"], projet)
    return projet / "site"


def mesurer(racine: Path, site: Path) -> dict[str, Any]:
    """Ask every question to the built ``site``. Raises EchecDeMesure when there is no browser."""
    requetes = lire_requetes(racine / "tests/recherche/requetes.yml")
    with servir(site) as base, navigateur() as chromium:
        page = _ouvrir(chromium, base)
        _demander(page, "échauffement")
        tiedes = [_demander(page, r.q) for r in requetes]
        frappes = [_demander(page, r.q[:fin])["ms"] for r in requetes[:: 2 * UNE_SUR] for fin in range(2, len(r.q) + 1)]
        page.context.close()
        froids = [_a_froid(chromium, base, r.q) for r in requetes[::UNE_SUR]]
    reponses = list(zip(requetes, (t["fiches"] for t in tiedes), strict=True))
    reserve = [(r, fiches) for r, fiches in reponses if r.reserve]
    return {
        "tout": asdict(noter(requetes, [fiches for _, fiches in reponses])),
        "reserve": asdict(noter([r for r, _ in reserve], [fiches for _, fiches in reserve])),
        "tiede_ms": round(statistics.median(t["ms"] for t in tiedes), 1),
        "frappe_ms": round(statistics.median(frappes), 1),
        "frappe_pire_sur_vingt_ms": round(statistics.quantiles(frappes, n=20)[-1], 1),
        "froid_ms": round(statistics.median(ms for ms, _ in froids), 1),
        "octets_mediane": round(statistics.median(o for _, o in froids)),
        "octets_pire": max(o for _, o in froids),
        **_index(site.parent if (site.parent / "fiches").is_dir() else racine),
        "manquees": {r.q: fiches[:3] for r, fiches in reponses if not 0 < rang(r, fiches) <= 3},
    }


def _index(projet: Path) -> dict[str, Any]:
    """Processor seconds that the index of ``projet`` takes, its documents included, and its size."""
    catalogue, _ = charger(projet)
    debut = time.process_time()
    docs = documents_du_projet(catalogue, projet / "docs")
    faits = fichiers(docs)
    return {
        "index_s": round(time.process_time() - debut, 2),
        "index_octets": sum(map(len, faits.values())),
        "index_fichiers": len(faits),
        "documents": len(docs),
    }


def _demander(page: Page, texte: str) -> dict[str, Any]:
    reponse: dict[str, Any] = page.evaluate(_CHERCHER, [texte, 10])
    return reponse


def _a_froid(chromium: Browser, base: str, texte: str) -> tuple[float, int]:
    """Time and bytes on the wire of a first question, nothing in the cache."""
    page = _ouvrir(chromium, base)
    protocole = page.context.new_cdp_session(page)
    recus: list[int] = []
    protocole.on("Network.loadingFinished", lambda e: recus.append(e["encodedDataLength"]))
    protocole.send("Network.enable")
    reponse = _demander(page, texte)
    page.wait_for_timeout(30)
    page.context.close()
    return reponse["ms"], round(sum(recus))


def _ouvrir(chromium: Browser, base: str) -> Page:
    page = chromium.new_context(locale="fr-FR").new_page()
    page.goto(base + VIERGE, wait_until="networkidle")
    return page


def tableau(mesure: dict[str, Any]) -> str:
    """The figures, in French."""
    tout, reserve = mesure["tout"], mesure["reserve"]
    lignes = [f"{'':24}{'en tête':>10}{'parmi trois':>13}{'rang inverse':>14}"]
    for nom, s in ((f"{tout['questions']} questions", tout), (f"dont {reserve['questions']} en réserve", reserve)):
        lignes.append(f"{nom:24}{s['hit1']:>10.2f}{s['hit3']:>13.2f}{s['mrr']:>14.2f}".replace(".", ","))
    lignes += [
        f"Réponse : {mesure['tiede_ms']:.0f} ms, à froid {mesure['froid_ms']:.0f} ms (médianes).",
        f"Frappe : {mesure['frappe_ms']:.0f} ms, au pire {mesure['frappe_pire_sur_vingt_ms']:.0f} ms dix-neuf "
        "fois sur vingt.",
        f"Index de {mesure['documents']} documents : {mesure['index_fichiers']} fichiers, "
        f"{mesure['index_octets']} octets, "
        f"{mesure['index_s'] * 1000:.0f} ms de processeur.",
        f"Première question : {mesure['octets_mediane']} octets, au pire {mesure['octets_pire']}.",
        f"Questions manquées : {len(mesure['manquees'])}",
    ]
    return "\n".join([*lignes, *(f"  {q} : {', '.join(f) or 'rien'}" for q, f in mesure["manquees"].items())])
