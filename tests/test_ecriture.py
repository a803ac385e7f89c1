"""What is written reads back the same, everywhere; and it is pleasant to read."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.contribution.ecriture import ecrire
from macros.lecture.brute import lire
from macros.modeles import TYPES
from macros.modeles.schemas import modeline

RACINE = Path(__file__).resolve().parent.parent
DIFFICILES = [
    *("non", "no", "oui", "yes", "on", "off", "y", "N", "true", "null", "~", "", " ", "=", "<<", ".inf", ".NaN"),
    *(
        "12:30",
        "12:30:45",
        "01234",
        "01400",
        "0o17",
        "0x1F",
        "1e3",
        "1_000",
        "1,5",
        "2021-03",
        "2021-10-20",
        "-5",
        "+5",
    ),
    *("a: b", "a:", ":a", "a #b", "#a", "- a", "-", "---", "...", "... suite", "? a", "{a}", "[a, b]", "[s1]", "a, b]"),
    *("*a", "&a", "!a", "%a", "@a", "`a", "|", ">", "'a'", '"a"', 'il dit "oui"', "l'eau", "a\\b", "\\n", "tab\tici"),
    *("é", "Où ?", "« guillemets »", "cœur 😀", "\u00a0", "\u202f!", "\ufeff", "\u2028", "\x85", "\x00", "\x07", "\r"),
    *(
        "a\nb",
        "a\n\nb",
        "a\n",
        "a\n\n",
        "\na",
        " a\nb",
        "a\n b",
        "a \nb",
        "a\n#b",
        "- a\n- b",
        "a\r\nb",
        "\n",
        "a\n\tb",
    ),
    *("mot " * 60 + "fin", "mot : " * 40 + "fin", "mot  double " * 20 + "fin", "x" * 400, "# " + "mot " * 60 + "fin"),
]
LETTRES = st.characters(exclude_categories=("Cs",))
TEXTES = st.one_of(
    st.sampled_from(DIFFICILES),
    st.text(LETTRES, max_size=40),
    st.text(" \n#:-[]{}'\"|>,&*!?\\é0123.", max_size=30),
    st.lists(st.sampled_from(["mot", "d’usage", ":", "#", "[s1].", "-", "2021"]), max_size=60).map(" ".join),
)
CLES = st.one_of(
    st.sampled_from(["titre", "s1", "no", "2021", "<<", "a b", "", "é", "a: b"]), st.text(LETTRES, max_size=12)
)
VALEURS: st.SearchStrategy[Any] = st.recursive(
    TEXTES,
    lambda plus: st.one_of(st.lists(plus, max_size=4), st.dictionaries(CLES, plus, max_size=4)),
    max_leaves=12,
)
CHAMPS = st.dictionaries(
    st.one_of(st.sampled_from(["titre", "resume", "sources", "themes", "etapes"]), CLES),
    VALEURS,
    min_size=1,
    max_size=6,
)
COMMENTAIRES = st.dictionaries(
    st.sampled_from(
        ["titre", "accroche", "sources.s1.titre", "sources.s1.url", "themes[1]", "themes[9]", "perdu.loin"]
    ),
    st.text(st.characters(), max_size=30),
    max_size=4,
)


def relu(texte: str, rapide: bool = False) -> Any:
    """Read by our reader and by PyYAML; both must agree, numbers apart (PyYAML makes numbers of them)."""
    brut, problemes = lire("x.yml", texte.encode())
    assert not problemes, (problemes, texte)
    assert brut is not None
    assert _en_texte(yaml.load(texte, yaml.CSafeLoader if rapide else yaml.SafeLoader)) == brut.donnees
    return brut.donnees


def _en_texte(valeur: Any) -> Any:
    if isinstance(valeur, dict):
        return {cle: _en_texte(dedans) for cle, dedans in valeur.items()}
    if isinstance(valeur, list):
        return [_en_texte(dedans) for dedans in valeur]
    return str(valeur) if isinstance(valeur, (int, float)) and not isinstance(valeur, bool) else valeur


@settings(max_examples=120, deadline=None)
@given(CHAMPS, COMMENTAIRES, st.lists(st.text(st.characters(), max_size=20), max_size=2))
def test_tout_ce_qui_est_ecrit_se_relit_a_l_identique(
    champs: dict[str, Any], commentaires: dict[str, str], marges: list[str]
) -> None:
    for type_ in ("methode", "site"):
        assert relu(ecrire(type_, champs, commentaires, entete=marges, pied=marges)) == champs


@pytest.mark.parametrize("texte", DIFFICILES)
def test_chaque_texte_difficile_se_relit_partout_ou_il_peut_etre(texte: str) -> None:
    champs = {
        "titre": texte,
        "themes": [texte, texte],
        "etapes": [{"titre": texte, "texte": texte}],
        "x": {texte: texte},
    }
    assert relu(ecrire("methode", champs)) == champs


@pytest.mark.parametrize("type_", TYPES)
def test_les_vraies_fiches_se_relisent_a_l_identique(type_: str) -> None:
    for path in sorted((RACINE / "fiches" / TYPES[type_].PLURIEL).glob("*.yml")):
        brut, _ = lire(path.name, path.read_bytes())
        assert brut is not None
        assert relu(ecrire(type_, brut.donnees), rapide=True) == brut.donnees


def test_un_mot_reste_nu_et_une_phrase_a_ses_guillemets() -> None:
    for nu in ("oui", "non", "atelier-flash", "s1"):
        assert f"titre: {nu}\n" in ecrire("methode", {"titre": nu})
    for protege in ("no", "y", "12:30", "2021-03", "20000", "Atelier", "deux mots", "l’eau", "[s1] dit", "a:b", "é"):
        assert f'titre: "{protege}"\n' in ecrire("methode", {"titre": protege})
    duree = {"duree": [{"valeur": "30", "min": "0.5", "max": "1,5", "libelle": "30"}]}
    assert ecrire("methode", duree).endswith('  - valeur: 30\n    min: 0.5\n    max: "1,5"\n    libelle: "30"\n')


def test_ordre_du_modele_commentaires_et_retrait() -> None:
    texte = ecrire(
        "methode",
        {
            "sources": {"s1": {"url": "https://exemple.fr/a", "titre": "Guide", "editeur": "Ville : Metz"}},
            "themes": ["participation"],
            "titre": "Rendre le lieu accessible",
            "type": "methode",
            "etapes": [{"texte": "Un\nDeux", "titre": "Faire"}, {"titre": "Refaire"}],
            "validite": {"etat": "en-vigueur", "remplace_par": None},
            "mots_cles": [],
        },
        {
            "titre": "Nom usuel.",
            "resume": "resume: facultatif\nsur deux lignes",
            "sources.s1.titre": "Ce qu’on lit en haut.",
            "sources.s1.date": 'date: "2025-10-03"',
            "etapes[2]": "à vérifier",
            "etapes[3]": "et ainsi de suite",
            "kit.loin": "sans place",
        },
        entete=["Brouillon."],
        pied=["Reste :"],
    )
    assert texte == modeline("methode") + "\n" + textwrap.dedent("""\
        # Brouillon.
        type: methode
        # Nom usuel.
        titre: "Rendre le lieu accessible"
        # resume: facultatif
        # sur deux lignes
        themes: [participation]
        mots_cles: []
        validite:
          etat: en-vigueur
        sources:
          s1:
            # Ce qu’on lit en haut.
            titre: "Guide"
            editeur: "Ville : Metz"
            url: "https://exemple.fr/a"
            # date: "2025-10-03"
        etapes:
          - titre: "Faire"
            texte: |-
              Un
              Deux
          # à vérifier
          - titre: "Refaire"
          # et ainsi de suite
        # Reste :
        # kit.loin : sans place
        """)


def test_vrai_faux_et_nombres_deviennent_du_texte() -> None:
    assert relu(ecrire("kit", {"a": True, "b": False, "c": 3, "d": 1.5})) == {
        "a": "oui",
        "b": "non",
        "c": "3",
        "d": "1.5",
    }


def test_ce_qui_ne_peut_pas_s_ecrire_est_dit() -> None:
    with pytest.raises(KeyError):
        ecrire("inconnu", {})
    with pytest.raises(ValueError, match=r"sources\.s1\.titre"):
        ecrire("kit", {"sources": {"s1": {"titre": "\ud800"}}})
