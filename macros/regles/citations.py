"""Texts cite sources that exist, every source is cited, and nothing personal or dangerous stands in a text."""

from __future__ import annotations

import re

from macros.lecture.problemes import remede
from macros.modeles.partage import FICHE
from macros.modeles.types import CleDeSource, Enonce
from macros.regles.contexte import Brouillon, Constats, Reperes

CITATION = FICHE.motif("citation")
"""``[s1]``, ``[s1, s3]`` or ``[kit]``."""
_PARAGRAPHS, _LINK = FICHE.motif("paragraphes"), FICHE.motif("lien")
_SAFE_LINK = FICHE.motif("adresse_de_lien")
_WEAK_HOST = FICHE.motif("hote_faible", re.IGNORECASE)
_PERSONAL = {"adresse_nominative": FICHE.motif("courriel", re.IGNORECASE), "portable": FICHE.motif("portable")}


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
                message = FICHE.dire("source_absente", cle=cle)
                yield occurrence.chemin, f"{message} {remede(cle, [*declarees, 'kit'])}"
    for cle in declarees:
        if cle not in vues:
            yield ("sources", cle), FICHE.dire("source_jamais_citee", cle=cle)


def enonces_sources(lue: Brouillon, _: Reperes) -> Constats:
    """In a published fiche, each paragraph of a statement cites at least one source (or [kit])."""
    if lue.champ("etat") != "publiee":
        return
    for occurrence in lue.occurrences:
        if not isinstance(occurrence.marque, Enonce) or not occurrence.marque.cite:
            continue
        for paragraphe in _PARAGRAPHS.split(occurrence.valeur):
            if not CITATION.search(paragraphe):
                debut = " ".join(paragraphe.split())[:50].rstrip(" .")
                yield occurrence.chemin, FICHE.dire("enonce_sans_source", debut=debut, citez=FICHE.dire("citez"))


def liens_surs(lue: Brouillon, _: Reperes) -> Constats:
    """A Markdown link in a text leads to the address of a public site, or writes to one mailbox."""
    for occurrence in lue.occurrences:
        if isinstance(occurrence.marque, Enonce):
            for found in _LINK.finditer(occurrence.valeur):
                if not _SAFE_LINK.fullmatch(found[1]):
                    yield occurrence.chemin, FICHE.dire("lien_refuse", adresse=found[1][:60])


def hotes_durables(lue: Brouillon, _: Reperes) -> Constats:
    """No source on a site that stores the publications of others."""
    sources = lue.brut.donnees.get("sources")
    for cle, source in sources.items() if isinstance(sources, dict) else ():
        adresse = source.get("url") if isinstance(source, dict) else None
        if isinstance(adresse, str) and (faible := hote_faible(adresse)):
            yield ("sources", cle, "url"), FICHE.dire("hote_faible", hote=faible)


def hote_faible(adresse: str) -> str | None:
    """Return the site of ``adresse`` when it only stores the publications of others."""
    found = _WEAK_HOST.match(adresse)
    return found[1] if found else None


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
    return [FICHE.dire(nom) for nom, motif in _PERSONAL.items() if motif.search(texte)]
