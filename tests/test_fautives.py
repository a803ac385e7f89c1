"""Each bad file of ``fautives/`` gives exactly its list of messages, kept beside it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.catalogue.chargement import charger
from scripts import valider
from tests.conftest import RACINE, lancer
from tests.fabrique import texte

FAUTIVES = RACINE / "tests" / "fautives"
ATTENDUS = FAUTIVES / "attendus.txt"
"""All the messages, in the order of the files. To accept a new wording: scripts/valider.py tests/fautives > …"""


@pytest.fixture(scope="module")
def _lues_une_fois() -> Iterator[None]:
    lues = charger(RACINE, sorted(FAUTIVES.rglob("*.yml")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(valider, "charger", lambda *_: lues)
        yield


def _dit(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What « valider » says of what it finds wrong."""
    assert valider.main(arguments) == 1
    return capsys.readouterr().out


def test_all_messages_of_all_bad_files() -> None:
    done = lancer(sys.executable, "scripts/valider.py", "tests/fautives")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stdout == ATTENDUS.read_text(encoding="utf-8")
    files = list(FAUTIVES.rglob("*.yml"))
    assert len(files) >= 14
    for path in files:
        assert path.relative_to(RACINE).as_posix() in done.stdout, f"{path.name} n’a donné aucun message"


@pytest.mark.usefixtures("_lues_une_fois")
def test_one_file_alone_gives_only_its_messages(capsys: pytest.CaptureFixture[str]) -> None:
    assert _dit(capsys, "tests/fautives/partenaires/faute-doublon.yml").splitlines()[0] == (
        "tests/fautives/partenaires/faute-doublon.yml:4:1 · titre : « titre » apparaît deux fois (déjà ligne 3). "
        "Gardez une seule des deux lignes."
    )


@pytest.mark.usefixtures("_lues_une_fois")
def test_each_format_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    """For a machine, for the annotations of GitHub, for the quality report of GitLab."""
    rows = json.loads(_dit(capsys, "--format", "json", "tests/fautives"))
    lines = _dit(capsys, "--format", "github", "tests/fautives").splitlines()
    rapport = json.loads(_dit(capsys, "--format", "gitlab", "tests/fautives"))
    assert len(rows) == len(lines) == len(rapport) > 20
    assert rows == sorted(rows, key=lambda r: (r["fichier"], r["ligne"], r["colonne"], r["champ"]))
    first = rows[0]
    assert lines[0].startswith(f"::error file={first['fichier']},line={first['ligne']},col={first['colonne']},title=")
    assert all("\n" not in line and line.startswith("::error ") for line in lines)
    assert len({ligne["fingerprint"] for ligne in rapport}) == len(rapport)
    for ligne, row in zip(rapport, rows, strict=True):
        assert set(ligne) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert ligne["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert ligne["location"] == {"path": row["fichier"], "lines": {"begin": row["ligne"]}}


def test_a_missing_path_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert valider.main(["fiches/nulle-part"]) == 1
    assert "introuvable" in capsys.readouterr().err


def test_what_only_the_whole_base_shows(projet: Path) -> None:
    """An id used twice, replacements that end nowhere, a theme without fiche, files that are not fiches: all said at
    once."""
    fiches = projet / "fiches"
    (fiches / "sites/caue-62.yml").write_text(texte("site", "caue-62"), encoding="utf-8")
    for un, autre in (("a-un", "a-deux"), ("a-deux", "a-un")):
        validite = {"etat": "historique", "remplace_par": autre}
        (fiches / f"dispositifs/{un}.yml").write_text(texte("dispositif", un, validite=validite), encoding="utf-8")
    with (fiches / "vocabulaires/themes.yml").open("a", encoding="utf-8") as themes:
        themes.write("  sans-fiche:\n    libelle: Sans fiche\n")
    (fiches / "sites/notes.txt").write_text("à ranger", encoding="utf-8")
    (fiches / "perdue.yml").write_text("type: site\n", encoding="utf-8")
    _, problemes = charger(projet)
    assert any(p.champ == "id" and "existe déjà (fiches/partenaires/caue-62.yml)" in p.message for p in problemes)
    assert {p.fichier for p in problemes if "ne mène à rien" in p.message} == {
        "fiches/dispositifs/a-un.yml",
        "fiches/dispositifs/a-deux.yml",
    }
    assert [p.champ for p in problemes if p.fichier == "fiches/vocabulaires/themes.yml"] == ["sans-fiche"]
    assert {"fiches/sites/notes.txt", "fiches/perdue.yml"} <= {p.fichier for p in problemes}
