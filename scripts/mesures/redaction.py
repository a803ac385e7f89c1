"""How the fiches read, on the built pages: words, note calls, unknowns shown, sentences said twice on a page."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

from lxml import html

from macros.modeles import TYPES

_PHRASE = re.compile(r"(?<=[.!?…])\s+")
COURTE = 6
"""Words under which a sentence may come back: « Un quart d’heure. »"""


def mesurer(site: Path) -> dict[str, Any]:
    """Read the page of every fiche of a built site."""
    pages = [p for modele in TYPES.values() for p in sorted((site / modele.PLURIEL).glob("*/index.html"))
             if (site / f"api/fiches/{p.parent.name}.json").is_file()]  # fmt: skip
    releves = [_relever(html.parse(p, html.HTMLParser(encoding="utf-8")).getroot()) for p in pages]
    releves = [r for r in releves if r["mots"]]  # a former address holds nothing
    total = {cle: sum(r[cle] for r in releves) for cle in ("mots", "enonces", "appels", "kit", "inconnues", "redites")}
    return {"pages": len(releves), **total, "redites_au_plus": max(r["redites"] for r in releves),
            "mots_par_page": median(r["mots"] for r in releves)}  # fmt: skip


def _relever(page: html.HtmlElement) -> dict[str, int]:
    parties = page.xpath("//div[contains(@class, 'feuille__tete') or contains(@class, 'feuille__texte')]")
    for notes in [
        n for partie in parties for n in partie.xpath(".//*[contains(@class, 'notes')] | .//dl[@class='reperes']")
    ]:
        notes.drop_tree()
    appels = sum(len(partie.xpath(".//sup[@class='appel']")) for partie in parties)
    kit = sum(len(partie.xpath(".//a[@class='appel-kit']")) for partie in parties)
    inconnues = sum(
        len(p.xpath(".//*[contains(@class, 'inconnues')]//li | .//section[@class='inconnues']/p")) for p in parties
    )
    textes = [
        " ".join(n.text_content().split())
        for partie in parties
        for n in partie.xpath(".//p | .//li | .//td | .//dd")
              if not n.xpath("./p | ./ul | ./ol")]  # fmt: skip
    phrases = Counter(p for texte in textes for p in _PHRASE.split(texte) if len(p.split()) >= COURTE)
    return {
        "mots": sum(len(texte.split()) for texte in textes),
        "enonces": sum(phrases.values()),
        "appels": appels,
        "kit": kit,
        "inconnues": inconnues,
        "redites": sum(nombre - 1 for nombre in phrases.values()),
    }


def tableau(mesure: dict[str, Any]) -> str:
    """Word the figures."""
    m = mesure
    return "\n".join(
        (
            f"{m['pages']} pages de fiches, {m['mots']} mots ({m['mots_par_page']:.0f} par page, médiane).",
            f"Mots par phrase                 {m['mots'] / max(1, m['enonces']):6.1f}",
            f"Appels de note pour 100 mots    {100 * m['appels'] / max(1, m['mots']):6.2f}  ({m['appels']})",
            f"Mentions « kit »                {m['kit']:6d}",
            f"Inconnues montrées              {m['inconnues']:6d}",
            f"Phrases redites dans une page   {m['redites']:6d}  (au plus {m['redites_au_plus']} dans une page)",
        )
    )
