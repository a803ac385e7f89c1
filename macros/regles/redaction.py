"""How texts are written: one plain sentence, said of the thing and not of the fiche, without praise."""

from __future__ import annotations

import re

from macros.lecture.problemes import Chemin, nom_de_champ
from macros.modeles.parcours import Occurrence
from macros.modeles.partage import FICHE
from macros.modeles.types import Enonce
from macros.regles.citations import CITATION
from macros.regles.contexte import Brouillon, Constats, Reperes

_CITED_WORDS, _NEXT_SENTENCE = FICHE.motif("mots_cites"), FICHE.motif("phrase_suivante")
_PRAISE, _WITHOUT_SUBJECT = (FICHE.motif(nom, re.IGNORECASE) for nom in ("eloge", "debut_de_fiche"))
_ENDS, _FIGURE = FICHE.motif("fin_de_phrase"), FICHE.motif("chiffre")
_CITED = re.compile(r"(?<!\s)\s*+" + CITATION.pattern)
"""Begun at the first space of a run only: thousands of spaces are read once, not once from each of them."""
_ABOUT_US = FICHE.motif("parle_de_nous", re.IGNORECASE)
_BETWEEN, _WORDS = FICHE.motif("entre_phrases"), FICHE.motif("mots")
_MAY_COME_BACK = set(FICHE["peuvent_revenir"])
_ABOUT_SOURCES, _NOT_SENTENCES = set(FICHE["parlent_des_sources"]), set(FICHE["pas_des_phrases"])


def _statements(lue: Brouillon) -> list[tuple[Occurrence, Enonce]]:
    return [(o, o.marque) for o in lue.occurrences if isinstance(o.marque, Enonce)]


def _bare(texte: str) -> str:
    """Return the text without its citations and the space before them."""
    return _CITED.sub("", texte).strip()


def sans_eloge(lue: Brouillon, _: Reperes) -> Constats:
    """No adjective that praises, except in words that are quoted."""
    textes = [(o.chemin, o.valeur) for o, _ in _statements(lue)]
    for chemin, texte in [(("titre",), lue.champ("titre")), *textes]:
        for found in _PRAISE.finditer(_CITED_WORDS.sub(" ", texte)):
            yield chemin, FICHE.dire("eloge", mot=found[0])


def accroche(lue: Brouillon, _: Reperes) -> Constats:
    """The hook is one sentence: a capital, a full stop, and neither a pronoun nor a verb without subject to begin."""
    texte, chemin = " ".join(_bare(lue.champ("accroche")).split()), ("accroche",)
    if not texte:
        return
    if _NEXT_SENTENCE.search(texte):
        yield chemin, FICHE.dire("accroche_longue")
    debut = texte.lstrip("« \u00a0\u202f")
    if not debut[:1].isupper() and not debut[:1].isdigit():
        yield chemin, FICHE.dire("accroche_majuscule")
    if not texte.endswith("."):
        yield chemin, FICHE.dire("accroche_point")
    if start := _WITHOUT_SUBJECT.match(debut):
        yield chemin, FICHE.dire("accroche_debut", mot=start[0])


def fin_de_phrase(lue: Brouillon, _: Reperes) -> Constats:
    """A statement ends with a full stop, a question mark, an exclamation mark or an ellipsis."""
    for occurrence, _enonce in _statements(lue):
        if occurrence.chemin == ("accroche",) or _NOT_SENTENCES & set(occurrence.chemin):
            continue
        fin = " ".join(_bare(occurrence.valeur).split())
        if fin and not _ENDS.search(fin):
            yield occurrence.chemin, FICHE.dire("sans_point", fin=fin[-30:].lstrip())


def pas_de_nous(lue: Brouillon, _: Reperes) -> Constats:
    """A sentence is about its subject, not about who read what."""
    for occurrence, _enonce in _statements(lue):
        for found in _ABOUT_US.finditer(_CITED_WORDS.sub(" ", occurrence.valeur)):
            yield occurrence.chemin, FICHE.dire("parle_de_nous", mots=found[0])


def dit_une_fois(lue: Brouillon, _: Reperes) -> Constats:
    """A sentence stands at one place of the fiche, whatever its case, its marks and its sources."""
    vues: dict[str, Chemin] = {}
    for occurrence, _enonce in _statements(lue):
        if _MAY_COME_BACK & set(occurrence.chemin):
            continue
        for phrase in _BETWEEN.split(_CITED.sub("", occurrence.valeur)):
            mots = _WORDS.findall(phrase.lower())
            if len(mots) < FICHE["limites"]["mots_d_une_phrase"]:
                continue
            ailleurs = vues.setdefault(" ".join(mots), occurrence.chemin)
            if ailleurs != occurrence.chemin:
                debut = " ".join(phrase.split())[:50].rstrip(" .")
                yield occurrence.chemin, FICHE.dire("deja_dit", debut=debut, ou=nom_de_champ(ailleurs))


def mots_cles(lue: Brouillon, _: Reperes) -> Constats:
    """A keyword is what a reader would type, not a sentence."""
    mots = lue.brut.donnees.get("mots_cles")
    for rang, mot in enumerate(mots if isinstance(mots, list) else []):
        if isinstance(mot, str) and (_ENDS.search(mot) or len(mot.split()) > FICHE["limites"]["mots_d_un_mot_cle"]):
            yield ("mots_cles", rang), FICHE.dire("mot_cle_phrase", mot=mot[:40])


def chiffres_sources(lue: Brouillon, _: Reperes) -> Constats:
    """A figure in a sentence that need not cite still needs its source (the others always do)."""
    if lue.champ("etat") != "publiee":
        return
    for occurrence, enonce in _statements(lue):
        if enonce.cite or _ABOUT_SOURCES & set(occurrence.chemin):
            continue
        if _FIGURE.search(_bare(occurrence.valeur)) and not CITATION.search(occurrence.valeur):
            yield occurrence.chemin, FICHE.dire("chiffre_sans_source", citez=FICHE.dire("citez"))
