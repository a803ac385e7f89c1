"""Texts cite sources that exist, every source is cited, and nothing personal or dangerous stands in a text."""

from __future__ import annotations

import re

from macros.lecture.problemes import remede
from macros.modeles.types import CleDeSource, Enonce
from macros.regles.contexte import Brouillon, Constats, Reperes

CITATION = re.compile(r"\[((?:s\d{1,3}|kit)(?:\s*,\s*(?:s\d{1,3}|kit))*)\]")
"""``[s1]``, ``[s1, s3]`` or ``[kit]``."""
_LINK = re.compile(r"\]\(\s*([^)\s]*)")
_PERSONAL_MAIL = re.compile(r"\b[a-z]{2,}[.-][a-z]{2,}@", re.IGNORECASE)
_MOBILE = re.compile(r"\b0[67]([ .-]?\d{2}){4}\b")


def cles_citees(texte: str) -> list[str]:
    """Return the keys cited in ``texte``, in order, ``kit`` included."""
    return [cle.strip() for found in CITATION.finditer(texte) for cle in found[1].split(",")]


def sources_citees(lue: Brouillon, _: Reperes) -> Constats:
    """Each key cited exists; each source is cited somewhere. A source nobody cites proves nothing."""
    declarees = lue.sources
    vues: set[str] = set()
    for occurrence in lue.occurrences:
        if isinstance(occurrence.marque, CleDeSource):
            cles = [occurrence.valeur]
        elif isinstance(occurrence.marque, Enonce):
            cles = cles_citees(occurrence.valeur)
        else:
            continue
        for cle in cles:
            vues.add(cle)
            if cle not in declarees and cle != "kit":
                yield occurrence.chemin, f"la source « {cle} » n’est pas déclarée. {remede(cle, [*declarees, 'kit'])}"
    for cle in declarees:
        if cle not in vues:
            yield ("sources", cle), f"source jamais citée. Citez-la là où elle sert ([{cle}]), ou retirez-la."


def enonces_sources(lue: Brouillon, _: Reperes) -> Constats:
    """In a published fiche, each paragraph of a statement cites at least one source (or [kit])."""
    if lue.champ("etat") != "publiee":
        return
    for occurrence in lue.occurrences:
        if not isinstance(occurrence.marque, Enonce) or not occurrence.marque.cite:
            continue
        for paragraphe in re.split(r"\n\s*\n", occurrence.valeur):
            if not CITATION.search(paragraphe):
                debut = " ".join(paragraphe.split())[:50].rstrip(" .")
                yield (
                    occurrence.chemin,
                    (
                        f"énoncé sans source : « {debut}… ». Ajoutez [s1] (clé de sources), ou [kit] si c’est notre proposition."
                    ),
                )


def liens_surs(lue: Brouillon, _: Reperes) -> Constats:
    """A Markdown link in a text leads to http, https or mailto only."""
    for occurrence in lue.occurrences:
        if isinstance(occurrence.marque, Enonce):
            for found in _LINK.finditer(occurrence.valeur):
                if not re.match(r"(https?://|mailto:)", found[1], re.IGNORECASE):
                    yield (
                        occurrence.chemin,
                        (
                            f"adresse de lien refusée : « {found[1][:60]} ». Écrivez une adresse http, https ou mailto ; "
                            "pour une autre fiche, utilisez fiches_liees."
                        ),
                    )


def personne_nommee(lue: Brouillon, _: Reperes) -> Constats:
    """No personal address or mobile number anywhere."""
    for occurrence in lue.occurrences:
        if isinstance(occurrence.marque, Enonce):
            yield from ((occurrence.chemin, m) for m in _personal(occurrence.valeur))
    contact = lue.brut.donnees.get("premier_contact")
    for nom in ("boite", "standard"):
        valeur = contact.get(nom) if isinstance(contact, dict) else None
        if isinstance(valeur, str):
            yield from ((("premier_contact", nom), m) for m in _personal(valeur))


def _personal(texte: str) -> list[str]:
    messages = []
    if _PERSONAL_MAIL.search(texte):
        messages.append("adresse nominative. Donnez une boîte fonctionnelle, ou rien.")
    if _MOBILE.search(texte):
        messages.append("numéro de portable. Donnez un standard, ou rien.")
    return messages
