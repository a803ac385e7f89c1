"""The rules of writing: what each refuses, in which words, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from macros.lecture.brute import lire
from macros.lecture.validation import valider
from macros.modeles import TYPES
from macros.regles import Brouillon, Reperes, redaction
from macros.regles.citations import enonces_sources
from macros.regles.contexte import Constats
from tests.fabrique import donnees, texte

Regle = Callable[[Brouillon, Reperes], Constats]
REPERES = Reperes({}, {}, None, Path())  # type: ignore[arg-type]
"""These rules look at the fiche alone."""


def dits(regle: Regle, **champs: Any) -> list[str]:
    """What a rule says of the smallest dispositif with these fields."""
    brut, problemes = lire("x.yml", texte("dispositif", **champs).encode())
    assert brut and not problemes
    return [message for _, message in regle(Brouillon("x.yml", "dispositifs", brut, TYPES["dispositif"]), REPERES)]


def test_a_chiffre_without_source_is_refused() -> None:
    essai = donnees("dispositif", montants=[{"valeur": "20000", "unite": "euro"}])
    brut, _ = lire("x.yml", texte("dispositif", montants=essai["montants"]).encode())
    assert brut
    _, problemes = valider(TYPES["dispositif"], "x.yml", brut)
    assert [(p.champ, p.message) for p in problemes] == [
        ("montants[1].source", "champ obligatoire absent. Ajoutez-le.")
    ]


def test_a_figure_in_a_statement_without_citation_is_refused_once_published() -> None:
    essai = {"objectifs": ["Aider 40 communes."]}
    assert dits(enonces_sources, **essai) == [
        "énoncé sans source : « Aider 40 communes… ». Ajoutez [s1] (clé de sources), ou [kit] si c’est notre proposition."
    ]
    assert dits(enonces_sources, **essai, etat="brouillon") == []
    assert dits(enonces_sources, objectifs=["Aider 40 communes [s1]."]) == []


def test_a_figure_in_a_sentence_that_need_not_cite_is_refused_too() -> None:
    refus = ["chiffre sans source. Ajoutez [s1] (clé de sources), ou [kit] si c’est notre proposition."]
    assert dits(redaction.chiffres_sources, accroche="Aider 40 communes à cadrer leur projet.") == refus
    assert dits(redaction.chiffres_sources, accroche="Aider 40 communes à cadrer leur projet [s1].") == []
    assert dits(redaction.chiffres_sources, accroche="Aider 40 communes à cadrer leur projet.", etat="brouillon") == []
    # Ce que nous avons lu, et quand, n’est pas un chiffre du sujet.
    assert dits(redaction.chiffres_sources, validite={"etat": "en-vigueur", "precision": "Lu en 2025."}) == []
    assert dits(redaction.chiffres_sources, inconnues=["les suites après 2025"]) == []


@pytest.mark.parametrize(
    "phrase",
    [
        "Un appui innovant [s1].",
        "Des démarches innovantes [s1].",
        "Une politique ambitieuse [s1].",
        "Un projet exemplaire [s1].",
        "Un lieu incontournable [s1].",
        "Une commune dynamique [s1].",
        "Un outil performant [s1].",
        "Un formidable élan [s1].",
        "Une aide exceptionnelle [s1].",
        "Un lieu remarquable [s1].",
        "Une méthode inédite [s1].",
        "Un marché unique en son genre [s1].",
    ],
)
def test_praise_is_refused(phrase: str) -> None:
    (message,) = dits(redaction.sans_eloge, objectifs=[phrase])
    assert "vante. Dites le fait qui le montre" in message


@pytest.mark.parametrize(
    "phrase",
    [
        "Un projet « exemplaire » à l’extérieur comme en interne, selon un groupe [s1].",
        "Un guichet unique [s1].",
        "Relancer une dynamique locale [s1].",
        "Le contrat est signé en deux exemplaires [s1].",
    ],
)
def test_facts_and_quoted_words_are_left_alone(phrase: str) -> None:
    assert dits(redaction.sans_eloge, objectifs=[phrase]) == []


@pytest.mark.parametrize(
    ("accroche", "attendu"),
    [
        ("Réunir les acteurs locaux autour d’un projet [s1].", []),
        ("« Petites villes de demain » : un appui sur six ans, pour les bourgs [s1].", []),
        (
            "Deux à trois jours sur place, avant l’avant-projet. Et après ?",
            ["tient en une phrase", "finit par un point"],
        ),
        ("réunir les acteurs locaux autour d’un projet [s1].", ["commence par une majuscule"]),
        ("Réunir les acteurs locaux autour d’un projet [s1]", ["finit par un point"]),
        ("Elle réunit les acteurs locaux [s1].", ["commence par « Elle »"]),
        ("Cette fiche présente un appui [s1].", ["commence par « Cette »"]),
        ("La fiche présente un appui [s1].", ["commence par « La fiche »"]),
        ("C’est un appui pour les communes [s1].", ["commence par « C’ »"]),
        ("Accompagne les petites communes [s1].", ["commence par « Accompagne »"]),
        ("Accompagnement des petites communes [s1].", []),
        ("Aide financière aux petites communes [s1].", []),
        ("Centre de ressources pour les communes [s1].", []),
    ],
)
def test_accroche(accroche: str, attendu: list[str]) -> None:
    messages = dits(redaction.accroche, accroche=accroche)
    assert len(messages) == len(attendu)
    assert all(mots in message for mots, message in zip(attendu, messages, strict=True))


def test_a_statement_ends_with_punctuation() -> None:
    assert dits(redaction.fin_de_phrase, objectifs=["Cadrer [s1]"]) == [
        "phrase sans point final : « …Cadrer ». Finissez par un point, après la citation."
    ]
    fins = ["Cadrer [s1].", "Cadrer ? [s1]", "Cadrer… [s1]", "Dire « oui ». [s1]", "Cadrer (en deux jours.) [s1]"]
    assert dits(redaction.fin_de_phrase, objectifs=fins, inconnues=["la date"]) == []


def test_a_keyword_is_not_a_sentence() -> None:
    (message,) = dits(redaction.mots_cles, mots_cles=["friche", "Cet appui sert à cadrer."])
    assert message == "« Cet appui sert à cadrer. » est une phrase. Gardez les mots que l’on chercherait, sans point."
