"""Spelling and typography of everything that the project writes in French."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest
from hunspell import Hunspell

from macros.catalogue.fige import Catalogue
from macros.lecture.dictionnaire import ARCHIVE, deballer, emballer
from macros.lecture.dictionnaire.formes import FICHIER
from scripts import dictionnaire as dictionnaire_
from tests.conftest import RACINE
from tests.corpus import Morceau, des_aides, des_fiches, des_gabarits, des_listes, des_messages, des_pages, des_sources

MOTS = RACINE / "tests/orthographe/mots.txt"
"""The words of the project that the dictionary lacks."""
TELS_QUELS = {
    "Atelier de l’Ourc": "écrit ainsi par la page sur Fumel",
    "Ingenierie 62": "écrit ainsi par le document 000",
    "Metalaquitaine": "écrit ainsi par la liste de 2019",
    "world cafe": "le nom anglais, sans accent",
}
"""Misspellings that the fiches quote: never right in other words."""
ELISION = re.compile(r"^(?:[ldnsjmtc]|qu)’", re.IGNORECASE)
MOT = re.compile(r"(?<![\w.])[^\W\d_]+(?:[’'-][^\W\d_]+)*(?![\w])")

Epeler = Callable[[str], bool]


def liste() -> tuple[set[str], set[str]]:
    """The words of the project, then the names of several words, right only as a whole."""
    lignes = MOTS.read_text(encoding="utf-8").splitlines()
    mots = {ligne for ligne in lignes if MOT.fullmatch(ligne) and "-" not in ligne}
    return mots, set(lignes) - mots


@pytest.fixture(scope="module")
def dictionnaire() -> Hunspell:
    return Hunspell("fr", hunspell_data_dir=str(deballer(RACINE / ".cache")))


def test_the_dictionary_is_packed_as_it_was(tmp_path: Path) -> None:
    """Unpacked then packed again: the same bytes; damaged on the disk, it comes whole again."""
    place = deballer(tmp_path)
    assert emballer(place) == ARCHIVE.read_bytes()
    (place / "fr.dic").unlink()
    assert (deballer(tmp_path) / "fr.dic").stat().st_size > 1_000_000


def test_the_filter_of_forms_is_that_of_the_dictionary() -> None:
    """Made again from the dictionary and the places, the same bytes"""
    assert FICHIER.read_bytes() == dictionnaire_.faire(deballer(RACINE / ".cache")), "relancez scripts/dictionnaire.py"


@pytest.fixture(scope="module")
def corpus(catalogue: Catalogue) -> list[Morceau]:
    fiches, sources, listes = des_fiches(catalogue), des_sources(catalogue), des_listes(catalogue)
    return [*fiches, *sources, *listes, *des_pages(), *des_gabarits(), *des_aides(), *des_messages()]


@pytest.fixture(scope="module")
def juste(dictionnaire: Hunspell, catalogue: Catalogue) -> Epeler:
    """Whether a word is right: by the dictionary, the project’s words, or the official names that the fiches give."""
    lieux = {m for f in catalogue.fiches.values() for lieu in f.territoire.lieux for m in MOT.findall(lieu.nom)}
    admis = liste()[0] | lieux | {id_ for id_ in catalogue.fiches if "-" in id_}

    def seul(mot: str) -> bool:
        # Un mot à deux capitales est un sigle : test_sigles le juge.
        if len(mot) == 1 or mot in admis or mot[:1].lower() + mot[1:] in admis or sum(map(str.isupper, mot)) > 1:
            return True
        return bool(dictionnaire.spell(mot))

    @cache
    def check(mot: str) -> bool:
        return seul(mot) or all(seul(part) or seul(ELISION.sub("", part)) for part in mot.split("-"))

    return check


def fautes(morceaux: Iterable[Morceau], juste: Epeler, dictionnaire: Hunspell) -> list[str]:
    """One line a fault: where, the word, the nearest right one."""
    lignes: dict[str, str] = {}
    noms = re.compile(
        "|".join(rf"(?<!\w){re.escape(nom)}(?!\w)" for nom in sorted({*liste()[1], *TELS_QUELS}, key=len, reverse=True))
    )
    for morceau in morceaux:
        for mot in MOT.findall(noms.sub("…", unicodedata.normalize("NFC", morceau.prose))):
            if mot not in lignes and not juste(mot):
                voisins = dictionnaire.suggest(mot)
                conseil = f" Vouliez-vous dire « {voisins[0]} » ?" if voisins else ""
                lignes[mot] = f"{morceau} : « {mot} » n’est pas au dictionnaire.{conseil}"
    return list(lignes.values())


def test_everything_is_spelled_right(corpus: list[Morceau], juste: Epeler, dictionnaire: Hunspell) -> None:
    assert len(corpus) > 8000
    lignes = fautes(corpus, juste, dictionnaire)
    assert not lignes, (
        "Corrigez, ou ajoutez le mot à tests/orthographe/mots.txt s’il est juste (nom propre, mot du métier) :\n"
        + "\n".join(lignes)
    )


def test_a_fault_is_said_with_its_file_and_the_nearest_word(juste: Epeler, dictionnaire: Hunspell) -> None:
    morceau = Morceau(
        "fiches/sites/x.yml", "objet", "La reconquète d’une friche de l’Etat, avec l’aide du Cerema [s1]."
    )
    assert fautes([morceau], juste, dictionnaire) == [
        "fiches/sites/x.yml · objet : « reconquète » n’est pas au dictionnaire. Vouliez-vous dire « reconquête » ?",
        "fiches/sites/x.yml · objet : « l’Etat » n’est pas au dictionnaire. Vouliez-vous dire « l’État » ?",
    ]


@pytest.mark.parametrize(
    "mot", ["coeur", "oeuvre", "Etat", "Ecole", "developpement", "dispositf", "accceuil", "connaitra"]
)
def test_the_dictionary_knows_these_faults(mot: str, juste: Epeler) -> None:
    assert not juste(mot)


def test_the_list_of_words_is_sorted_and_useful(corpus: list[Morceau], dictionnaire: Hunspell) -> None:
    lignes = MOTS.read_text(encoding="utf-8").splitlines()
    assert lignes == sorted(set(lignes), key=cle), "Triez la liste, sans tenir compte des accents ni des capitales."
    assert [m for m in liste()[0] if dictionnaire.spell(m)] == [], "Ces mots sont déjà au dictionnaire."
    textes = "\n".join(m.prose for m in corpus)
    presents = {part for mot in MOT.findall(textes) for part in (mot, *mot.split("-"))}
    presents |= {ELISION.sub("", mot) for mot in presents}
    presents |= {mot[:1].lower() + mot[1:] for mot in presents}
    inutiles = [m for m in lignes if m not in presents and m not in textes]
    assert inutiles == [], "Plus aucun texte n’emploie ces mots : retirez-les."
    assert [nom for nom in TELS_QUELS if nom not in textes] == []


def cle(mot: str) -> tuple[str, str]:
    """Order of a dictionary: accents and capitals aside."""
    nu = "".join(c for c in unicodedata.normalize("NFD", mot.casefold()) if not unicodedata.combining(c))
    return nu, mot


TYPOGRAPHIE = {
    "apostrophe droite entre deux lettres : écrivez ’": re.compile(r"[^\W\d_]'[^\W\d_]"),
    "deux espaces de suite": re.compile(r"\S  +\S"),
    "guillemets droits : écrivez « … »": re.compile(r'"'),
    "espace avant une virgule": re.compile(r"\s,"),
    "espace avant un point": re.compile(r"\w\s+\.(?![.\w])"),
    "capitale sans accent : écrivez À": re.compile(
        r"(?:^|[.!?…]\s+)A (?=(?:l’|la |le |un|l[ea]s? |partir|défaut|noter|terme|propos)\b)"
    ),
    "trois points : écrivez …": re.compile(r"\.\.\."),
    "guillemet sans espace": re.compile(r"«(?=[^\s])|(?<=[^\s])»"),
    "œ écrit oe": re.compile(r"\b(?:[cC]oeur|[sS]oeur|[vV]oeu|[nN]oeud|[oO]euvre|[bB]oeuf|[mM]oeurs|[oO]eil)"),
}


def test_typography(corpus: list[Morceau]) -> None:
    lignes = [
        f"{m} : {faute} (« {found[0]} » dans « {m.prose[max(0, found.start() - 20) : found.end() + 20]} »)"
        for m in corpus
        for faute, motif in TYPOGRAPHIE.items()
        if (found := motif.search(m.prose))
    ]
    assert not lignes, "\n".join(lignes)


@pytest.mark.parametrize(
    "texte",
    [
        "l'état",
        "un  projet",
        'dit "oui"',
        "un projet , long",
        "la fin .",
        "A la fin",
        "etc...",
        "le «bourg »",
        "un coeur",
    ],
)
def test_typography_sees(texte: str) -> None:
    assert any(motif.search(texte) for motif in TYPOGRAPHIE.values())


def test_statements_of_lists_end_with_punctuation(catalogue: Catalogue) -> None:
    """Fiches have a rule for it; glossary and vocabularies are read here."""
    sans = [str(m) for m in des_listes(catalogue) if m.enonce and not re.search(r"[.!?…][»)\s]*$", m.prose)]
    assert sans == []
