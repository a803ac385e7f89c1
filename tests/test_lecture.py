"""Reading never executes, never guesses, never crashes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.catalogue.chargement import charger
from macros.lecture.brute import PROFONDEUR_MAX, TAILLE_MAX, lire
from macros.lecture.problemes import Position
from tests.conftest import RACINE


def _message(octets: bytes) -> tuple[Position, str]:
    brut, problemes = lire("fiches/sites/x.yml", octets)
    assert brut is None
    assert len(problemes) == 1
    return problemes[0].position, problemes[0].message


def test_scalars_stay_text() -> None:
    brut, problemes = lire("x.yml", b"code: 01400\nheure: 12:30\nreponse: no\nnombre: 1_000\ndate: 2025-01-02\n")
    assert problemes == []
    assert brut is not None
    assert brut.donnees == {"code": "01400", "heure": "12:30", "reponse": "no", "nombre": "1_000", "date": "2025-01-02"}


def test_positions_of_nested_fields() -> None:
    brut, _ = lire("x.yml", "a:\n  b:\n    - c: 1\n    - c: é, deux\n      d: 3\n".encode())
    assert brut is not None
    assert brut.position(("a", "b", 1, "d")) == Position(5, 7)
    assert brut.position(("a", "b", 1, "absent")) == Position(4, 7)
    assert brut.position(("a", "b", 0)) == Position(3, 7)


@pytest.mark.parametrize(
    ("octets", "position", "morceau"),
    [
        (b"", Position(1, 1), "fichier vide"),
        (b"   \n\n", Position(1, 1), "fichier vide"),
        (b"titre: a\n\tb: c\n", Position(2, 1), "tabulation"),
        (b"titre: a\nliste:\n\t- b\n", Position(3, 1), "tabulation"),
        (b"titre: a\ntitre: b\n", Position(2, 1), "apparaît deux fois (déjà ligne 1)".encode().decode()),
        ("titre: été\n".encode("latin-1"), Position(1, 8), "UTF-8"),
        (b"titre: un texte : avec deux-points\n", Position(1, 17), "guillemets doubles"),
        (b"titre: !!python/object/apply:os.system ['ls']\n", Position(1, 8), "étiquette YAML"),
        (b"titre: &a b\n", Position(1, 8), "ancre YAML"),
        (b"a: x\ntitre: *a\n", Position(2, 8), "renvoi YAML"),
        (b"titre: 'jamais ferm\n", Position(1, 8), "jamais fermé"),
        (b"titre: 'L'atelier'\na: b\n", Position(1, 8), "l’apostrophe droite ferme"),
        (b'titre: "Le "grand" jour"\n', Position(1, 13), "du texte suit le guillemet fermant"),
        (b"titre: [a] b\n", Position(1, 11), "du texte suit le crochet"),
        (b"titre: Le lot # 3\n", Position(1, 15), "ce qui suit « # » est un commentaire"),
        (b"a:\n  - un\n  -deux\n", Position(3, 3), "Écrivez « - mot »"),
        (b'a:\n  - "un"\n  -deux', Position(3, 3), "Écrivez « - mot »"),
        ("titre:\u00a0x\na: b\n".encode(), Position(1, 7), "espace insécable"),
        ("a: b\ntitre:\u202fx\n".encode(), Position(2, 7), "espace insécable"),
        ("a:\n  etat:\u00a0x\n".encode(), Position(2, 8), "espace insécable"),
        ("a:\n\u00a0\u00a0b: c\n".encode(), Position(2, 1), "espace insécable"),
        (b"<<<<<<< HEAD\ntitre: a\n=======\n", Position(1, 1), "conflit git"),
        (b"a: b\n>>>>>>> branche\n", Position(2, 1), "conflit git"),
        (b"a:\n  - *mot*\n", Position(2, 5), "ne peut pas commencer par « * »"),
        (b"a: {b: c\nd: e\nf: g\n", Position(1, 4), "accolades mal fermées"),
        (b"a: b\nc: [d, e", Position(2, 4), "crochets mal fermée"),
        (b"titre Atelier\na: b\n", Position(1, 1), "deux-points manquant"),
        (b"titre = x\na: b\n", Position(1, 7), "Remplacez « = »"),
        ("titre：x\na: b\n".encode(), Position(1, 6), "autre alphabet"),
        (b"titre:x\na: b\n", Position(1, 6), "il manque une espace"),
        (b"titre: {{ nom }}\n", Position(1, 9), "n’exécute rien"),
        ("a:\n  • un\n  • deux\n".encode(), Position(2, 3), "Remplacez cette puce"),
        (b"a: b\n c: d\n", Position(2, 1), "trop en retrait"),
        ("titre: été\n".encode("utf-16"), Position(1, 1), "UTF-16"),
        ("titre: été\nautre: a\n".encode("utf-16-be"), Position(1, 1), "UTF-16"),
        (b"titre: @demain\n", Position(1, 8), "ne peut pas commencer par « @ »"),
        (b"titre: a\n---\ntitre: b\n", Position(2, 1), "deuxième document"),
        (b"- a\n- b\n", Position(1, 1), "suite de lignes"),
        (b"juste du texte\n", Position(1, 1), "suite de lignes"),
        (b"titre:\nautre: a\n", Position(1, 1), "valeur absente"),
        (b"[a, b]: c\n", Position(1, 1), "nom de champ ne peut pas être une liste"),
        (b"titre: a\x00b\n", Position(1, 9), "caractère de contrôle"),
    ],
)
def test_each_syntax_error_has_its_message(octets: bytes, position: Position, morceau: str) -> None:
    found, message = _message(octets)
    assert morceau in message
    assert found == position


def test_deep_nesting_is_refused_before_composition() -> None:
    position, message = _message(b"a: " + b"[" * 200_000)
    assert f"plus de {PROFONDEUR_MAX} niveaux" in message
    assert position.ligne == 1


def test_size_limit() -> None:
    _, message = _message(b"a: " + b"x" * 5_000_000)
    assert "trop gros" in message
    assert str(TAILLE_MAX // 1000) in message


def test_many_small_events_are_refused() -> None:
    _, message = _message(b"a: [" + b"b," * 80_000 + b"b]")
    assert "trop complexe" in message


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_data_or_one_message(octets: bytes) -> None:
    brut, problemes = lire("x.yml", octets)
    assert (brut is None) == bool(problemes)


def _scalars(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _scalars(item)
    elif isinstance(value, list):
        for item in value:
            yield from _scalars(item)
    else:
        yield value


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab:-#'\"{}[]&*!|>%@` \n", max_size=60))
def test_only_text_comes_out(texte: str) -> None:
    brut, _ = lire("x.yml", f"a: 1\n{texte}".encode())
    if brut is not None:
        assert all(isinstance(s, str) for s in _scalars(brut.donnees))


@pytest.mark.parametrize("nom", ["glossaire.yml", "exclusions.yml", "corrections.yml", "renommees.yml"])
@pytest.mark.parametrize("faute", ["absent", "raccourci"])
def test_a_shared_file_is_there_and_is_itself(tmp_path: Path, nom: str, faute: str) -> None:
    shutil.copytree(RACINE / "fiches/vocabulaires", tmp_path / "fiches/vocabulaires")
    (tmp_path / "fiches/referentiels").symlink_to(RACINE / "fiches/referentiels")
    if faute == "raccourci":
        (tmp_path / "fiches" / nom).symlink_to("/etc/passwd")
    messages = [str(p) for p in charger(tmp_path)[1] if p.fichier == f"fiches/{nom}"]
    assert len(messages) == 1
    assert (
        "ce fichier manque" if faute == "absent" else "un raccourci vers un autre fichier n’est pas lu"
    ) in messages[0]
    assert "root:" not in messages[0]
