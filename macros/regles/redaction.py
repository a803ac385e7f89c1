"""How texts are written: one plain sentence, said of the thing and not of the fiche, without praise."""

from __future__ import annotations

import re

from macros.modeles.parcours import Occurrence
from macros.modeles.types import Enonce
from macros.regles.citations import CITATION
from macros.regles.contexte import Brouillon, Constats, Reperes

_CITED_WORDS = re.compile(r"«[^«»]*»")
_PRAISE = re.compile(
    r"\b(innovant\w*|ambitieu(?:x|ses?)|incontournables?|performante?s?|formidables?|exceptionnel(?:le)?s?"
    r"|remarquables?|inédite?s?|uniques? en (?:son|leur) genre"
    r"|(?<!\bun )(?<!\bdeux )(?<!\bchaque )exemplaires?"
    r"|(?:communes?|équipes?|territoires?|villes?|bourgs?|réseaux?|acteurs?) dynamiques?)\b",
    re.IGNORECASE,
)
"""Adjectives that praise. « Une dynamique locale » is a noun and « un guichet unique » a fact: both stay."""
_ENDS = re.compile(r"[.!?…](?:[»)\s\u00a0\u202f]|\*)*$")
_NEXT_SENTENCE = re.compile(r"[.!?…]\s+(?=[«\s]*[A-ZÀ-ÖØ-Ý])")
_PRONOUN = re.compile(
    r"(?:(?:ils?|elles?|on|nous|vous|je|ceci|cela|ça|ce|cet|cette|ces)\b|(?:c|j)’|(?:la|notre) (?:présente )?fiche\b)",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"(?:accompagne|permet|propose|réunit|finance|conseille|organise|intervient|sert|donne|offre|met|est|sont|soutient"
    r"|anime|apporte|vise|facilite|regroupe|rassemble|fédère|assure|gère)(?:nt)?\b",
    re.IGNORECASE,
)
"""Verbs by which a description would begin without its subject; forms that are also nouns are left out."""
_FIGURE = re.compile(r"\d")
_CITED = re.compile(r"(?<!\s)\s*+" + CITATION.pattern)
"""Begun at the first space of a run only: thousands of spaces are read once, not once from each of them."""
_ABOUT_SOURCES = {"validite", "inconnues"}
"""Fields that speak of what we read and when: their dates are those of the sources listed beside them."""
_NOT_SENTENCES = {"inconnues", "legende"}
"""Fields that complete a sentence of the page, or name a picture."""


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
            yield (
                chemin,
                (
                    f"« {found[0]} » vante. Dites le fait qui le montre ; si c’est le mot de la source, mettez-le entre "
                    "guillemets « »."
                ),
            )


def accroche(lue: Brouillon, _: Reperes) -> Constats:
    """The hook is one sentence: a capital, a full stop, and neither a pronoun nor a verb without subject to begin."""
    texte, chemin = " ".join(_bare(lue.champ("accroche")).split()), ("accroche",)
    if not texte:
        return
    if _NEXT_SENTENCE.search(texte):
        yield chemin, "l’accroche tient en une phrase. Gardez la première ; le reste va dans resume."
    debut = texte.lstrip("« \u00a0\u202f")
    if not debut[:1].isupper() and not debut[:1].isdigit():
        yield chemin, "l’accroche commence par une majuscule. Ajoutez-la."
    if not texte.endswith("."):
        yield chemin, "l’accroche finit par un point, après la citation. Ajoutez-le."
    start = _PRONOUN.match(debut) or _VERB.match(debut)
    if start:
        yield (
            chemin,
            (
                f"l’accroche commence par « {start[0]} ». Commencez par un infinitif ou un groupe nominal : « Réunir… », "
                "« Deux jours… »."
            ),
        )


def fin_de_phrase(lue: Brouillon, _: Reperes) -> Constats:
    """A statement ends with a full stop, a question mark, an exclamation mark or an ellipsis."""
    for occurrence, _enonce in _statements(lue):
        if occurrence.chemin == ("accroche",) or _NOT_SENTENCES & set(occurrence.chemin):
            continue
        fin = " ".join(_bare(occurrence.valeur).split())
        if fin and not _ENDS.search(fin):
            yield (
                occurrence.chemin,
                f"phrase sans point final : « …{fin[-30:].lstrip()} ». Finissez par un point, après la citation.",
            )


def mots_cles(lue: Brouillon, _: Reperes) -> Constats:
    """A keyword is what a reader would type, not a sentence."""
    mots = lue.brut.donnees.get("mots_cles")
    for rang, mot in enumerate(mots if isinstance(mots, list) else []):
        if isinstance(mot, str) and (_ENDS.search(mot) or len(mot.split()) > 8):
            yield (
                ("mots_cles", rang),
                f"« {mot[:40]} » est une phrase. Gardez les mots que l’on chercherait, sans point.",
            )


def chiffres_sources(lue: Brouillon, _: Reperes) -> Constats:
    """A figure in a sentence that need not cite still needs its source (the others always do)."""
    if lue.champ("etat") != "publiee":
        return
    for occurrence, enonce in _statements(lue):
        if enonce.cite or _ABOUT_SOURCES & set(occurrence.chemin):
            continue
        if _FIGURE.search(_bare(occurrence.valeur)) and not CITATION.search(occurrence.valeur):
            yield (
                occurrence.chemin,
                "chiffre sans source. Ajoutez [s1] (clé de sources), ou [kit] si c’est notre proposition.",
            )
