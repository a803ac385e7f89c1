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

Reponse = dict[str, Any]
VIERGE = "accessibilite/"
"""A short page from which to search."""
UNE_SUR = 3
"""A cold question opens a browser of its own: one question in three is enough for a median. One in six is typed."""
_CHERCHER = """async ([texte, limite]) => {
  const debut = performance.now();
  const moteur = await import(new URL("recherche/moteur.js", document.querySelector("script[type=module]").src));
  const rendu = await moteur.chercher(texte, { limite });
  const ms = performance.now() - debut;
  return {
    fiches: rendu.resultats.map((r) => r.fiche),
    communes: (rendu.lieux ?? []).map((lieu) => `commune:${lieu.code}`),
    porte: !rendu.fiches || rendu.inconnus.length > 0 || rendu.courants.some((c) => c.porte),
    ms,
  };
}"""
JEUX = {
    "questions du projet": "tests/recherche/requetes.yml",
    "questions d’essai": "tests/recherche/essai.yml",
    "questions d’élus": "tests/requetes_elus.yml",
    "mises de côté": "tests/requetes_de_cote.yml",
}
"""Sets of questions; those of the last one are never shown, so that nothing is tuned on them."""


@dataclass(frozen=True)
class Requete:
    """A question, and what is expected: one at least of ``fiches`` among the first three.

    « commune:CODE »: the page of that place is proposed. ``premier``: which fiche must come first; ``aussi``: what its
    second need expects too; ``porte``: no fiche, and to be told whom to ask.
    """

    q: str
    fiches: tuple[str, ...] = ()
    premier: str = ""
    aussi: tuple[str, ...] = ()
    porte: bool = False


@dataclass
class Scores:
    """Share of the questions answered first, and in the first three."""

    questions: int
    hit1: float
    hit3: float


def lire_requetes(fichier: Path) -> list[Requete]:
    """Read the questions."""
    lignes = yaml.safe_load(fichier.read_text(encoding="utf-8"))["requetes"]
    return [
        Requete(
            str(r["q"]),
            tuple(r.get("fiches", ())),
            r.get("premier", ""),
            tuple(r.get("aussi", ())),
            bool(r.get("porte")),
        )
        for r in lignes
    ]


def noter(requetes: Sequence[Requete], reponses: Sequence[Reponse]) -> Scores:
    """Score the answers, in the order of the questions."""
    juges = [juger(r, reponse) for r, reponse in zip(requetes, reponses, strict=True)]
    total = len(juges) or 1
    premiers, parmi = (round(sum(j[i] for j in juges) / total, 3) for i in (0, 1))
    return Scores(len(juges), premiers, parmi)


def juger(requete: Requete, reponse: Reponse) -> tuple[bool, bool]:
    """Return whether what is expected comes first, and whether all of it is in the first three."""
    if requete.porte:
        return reponse["porte"], reponse["porte"]
    rang = _rang((requete.premier,) if requete.premier else requete.fiches, reponse)
    parmi = _rang(requete.fiches, reponse) <= 3 and (not requete.aussi or _rang(requete.aussi, reponse) <= 3)
    return rang == 1 or (bool(requete.aussi) and _rang(requete.aussi, reponse) == 1), parmi


def _rang(voulues: Sequence[str], reponse: Reponse) -> int:
    """Rank of the first expected answer, from 1; a commune that is proposed stands on top."""
    if any(c in voulues for c in reponse["communes"]):
        return 1
    return next((n for n, f in enumerate(reponse["fiches"], 1) if f in voulues), 99)


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
    jeux = {nom: lire_requetes(racine / fichier) for nom, fichier in JEUX.items()}
    requetes = jeux["questions du projet"]
    with servir(site) as base, navigateur() as chromium:
        page = _ouvrir(chromium, base)
        demander(page, "échauffement")
        reponses = {nom: [demander(page, r.q) for r in jeu] for nom, jeu in jeux.items()}
        tiedes = reponses["questions du projet"]
        frappes = [demander(page, r.q[:fin])["ms"] for r in requetes[:: 2 * UNE_SUR] for fin in range(2, len(r.q) + 1)]
        page.context.close()
        froids = [_a_froid(chromium, base, r.q) for r in requetes[::UNE_SUR]]
    montres = [nom for nom in jeux if nom != "mises de côté"]
    return {
        "jeux": {nom: asdict(noter(jeu, reponses[nom])) for nom, jeu in jeux.items()},
        "tiede_ms": round(statistics.median(t["ms"] for t in tiedes), 1),
        "frappe_ms": round(statistics.median(frappes), 1),
        "frappe_pire_sur_vingt_ms": round(statistics.quantiles(frappes, n=20)[-1], 1),
        "froid_ms": round(statistics.median(ms for ms, _ in froids), 1),
        "octets_mediane": round(statistics.median(o for _, o in froids)),
        "octets_pire": max(o for _, o in froids),
        **_index(site.parent if (site.parent / "fiches").is_dir() else racine),
        "manquees": {
            r.q: rendu["fiches"][:3]
            for nom in montres
            for r, rendu in zip(jeux[nom], reponses[nom], strict=True)
            if not juger(r, rendu)[1]
        },
    }


def _index(projet: Path) -> dict[str, Any]:
    """Processor seconds that the index of ``projet`` takes, its documents included, and its size."""
    catalogue, _ = charger(projet)
    debut = time.process_time()
    docs = documents_du_projet(catalogue, projet / "docs")
    faits = fichiers(docs, catalogue.mots_courants)
    return {
        "index_s": round(time.process_time() - debut, 2),
        "index_octets": sum(map(len, faits.values())),
        "index_fichiers": len(faits),
        "documents": len(docs),
    }


def demander(page: Page, texte: str) -> Reponse:
    """Ask the engine of the page; what it answers, as ``juger`` wants it."""
    reponse: Reponse = page.evaluate(_CHERCHER, [texte, 10])
    return reponse


def _a_froid(chromium: Browser, base: str, texte: str) -> tuple[float, int]:
    """Time and bytes on the wire of a first question, nothing in the cache."""
    page = _ouvrir(chromium, base)
    protocole = page.context.new_cdp_session(page)
    recus: list[int] = []
    protocole.on("Network.loadingFinished", lambda e: recus.append(e["encodedDataLength"]))
    protocole.send("Network.enable")
    reponse = demander(page, texte)
    page.wait_for_timeout(30)
    page.context.close()
    return reponse["ms"], round(sum(recus))


def _ouvrir(chromium: Browser, base: str) -> Page:
    page = chromium.new_context(locale="fr-FR").new_page()
    page.goto(base + VIERGE, wait_until="networkidle")
    return page


def tableau(mesure: dict[str, Any]) -> str:
    """The figures, in French."""
    lignes = [f"{'':24}{'questions':>10}{'en tête':>10}{'parmi trois':>13}"]
    for nom, s in mesure["jeux"].items():
        lignes.append(f"{nom:24}{s['questions']:>10}{s['hit1']:>10.2f}{s['hit3']:>13.2f}".replace(".", ","))
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
