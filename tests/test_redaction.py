"""The rules of writing: what each refuses, in which words, and what it leaves alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.catalogue.chargement import charger
from macros.lecture.brute import lire
from macros.lecture.problemes import nom_de_champ
from macros.lecture.validation import valider
from macros.modeles import TYPES
from macros.regles import Brouillon, Lue, Reperes, lieux_dates, redaction
from macros.regles.citations import enonces_sources, hote_faible, hotes_durables
from macros.regles.contexte import Constats
from tests.conftest import RACINE
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
        "énoncé sans source : « Aider 40 communes… ». Ajoutez [s1] (clé de sources), ou [kit] si c’est notre "
        "proposition."
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
    ("phrase", "mots"),
    [
        ("Le coût, la source ne le dit pas [s1].", "la source ne"),
        ("Aucune page consultée n’en donne le coût [s1].", "Aucune page consultée n’"),
        ("Depuis la page de 2019, rien de neuf [s1].", "la page de 2019"),
        ("Un guide que nous n’avons pas pu lire [s1].", "nous n’avons pas"),
        ("La fin manque dans notre copie [s1].", "notre copie"),
    ],
)
def test_a_sentence_about_our_reading_is_refused(phrase: str, mots: str) -> None:
    (message,) = dits(redaction.pas_de_nous, objectifs=[phrase])
    assert message.startswith(f"« {mots} » parle de notre lecture")
    assert (
        dits(redaction.pas_de_nous, objectifs=[f"Un élu le dit : « {phrase} » [s1].", "La source d’eau tarit [s1]."])
        == []
    )


def test_a_sentence_is_said_once() -> None:
    deux = {
        "objectifs": ["Réunir les élus du bourg [s1]. Ensuite [s1]."],
        "sujets": ["Réunir « les élus » du bourg ! [kit]"],
    }
    assert dits(redaction.dit_une_fois, **deux) == [
        "« Réunir « les élus » du bourg… » est déjà dit (objectifs[1]). Gardez la phrase au seul endroit où on "
        "la cherche."
    ]
    assert dits(redaction.dit_une_fois, objectifs=["Réunir les élus [s1].", "Réunir les élus [s1]."]) == []


@pytest.mark.parametrize(
    ("adresse", "hote"),
    [
        ("https://fr.scribd.com/document/1", "scribd.com"),
        ("https://123dok.net/a", "123dok.net"),
        ("https://issuu.com./b", "issuu.com."),
        ("HTTPS://WWW.WEKA.FR", "WEKA.FR"),
        ("https://scribd.exemple.fr/", None),
        ("https://exemple.fr/scribd.com/", None),
        ("https://uneweka.fr/", None),
    ],
)
def test_a_site_that_stores_the_documents_of_others_is_refused(adresse: str, hote: str | None) -> None:
    constats = dits(hotes_durables, sources={"s1": {"titre": "A", "editeur": "B", "url": adresse}})
    assert [c.split(" reprend")[0] for c in constats] == ([f"« {hote} »"] if hote else [])


@pytest.mark.parametrize(
    ("adresse", "attendu"),
    [("https://fr.scribd.com/document/1", ["sources.s1.url"]), ("https://exemple.fr", [])],
)
def test_the_glossary_has_the_same_sources(projet: Path, adresse: str, attendu: list[str]) -> None:
    glossaire = yaml.safe_load((projet / "fiches/glossaire.yml").read_text(encoding="utf-8"))
    glossaire["sources"]["s1"]["url"] = adresse
    (projet / "fiches/glossaire.yml").write_text(yaml.safe_dump(glossaire, allow_unicode=True), encoding="utf-8")
    assert [p.champ for p in charger(projet)[1] if p.fichier == "fiches/glossaire.yml"] == attendu


def test_documents_and_pages_lead_to_no_such_site() -> None:
    """What the rule refuses in a fiche is not in a template or a written page either."""
    textes = [*(RACINE / "macros/gabarits").rglob("*.html"), *(RACINE / "docs").rglob("*.md")]
    adresses = [a for p in textes for a in re.findall(r"https?://[^\s\"')>]+", p.read_text(encoding="utf-8"))]
    assert len(adresses) > 30
    assert [a for a in adresses if hote_faible(a)] == []


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        (
            {"verification": {"niveau": "redigee-sur-sources", "le": "2042-01-01", "par": "x"}},
            [("verification.le", "à venir")],
        ),
        (
            {"date": "9999", "consulte_le": "2042-01-01"},
            [("sources.s1.date", "à venir"), ("sources.s1.consulte_le", "à venir")],
        ),
        (
            {"date": "1016", "modifie_le": "1889"},
            [("sources.s1.date", "dans le passé"), ("sources.s1.modifie_le", "dans le passé")],
        ),
        ({"date": "1977-01-03", "modifie_le": "2026-11", "consulte_le": "2026-11-28"}, []),
    ],
)
def test_a_date_of_reading_is_neither_to_come_nor_absurd(
    champs: dict[str, Any], attendu: list[tuple[str, str]]
) -> None:
    source = {"titre": "A", "editeur": "B", "note": "C"}
    autres = champs if "verification" in champs else {"sources": {"s1": source | champs}}
    brut, _ = lire("x.yml", texte("site", **autres).encode())
    assert brut
    lue = Lue("x.yml", "sites", brut, TYPES["site"], TYPES["site"].model_validate(brut.donnees))
    constats = list(lieux_dates.dates_passees(lue, REPERES))
    assert [nom_de_champ(chemin) for chemin, _ in constats] == [champ for champ, _ in attendu]
    assert all(mots in dit for (_, dit), (_, mots) in zip(constats, attendu, strict=True))


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
