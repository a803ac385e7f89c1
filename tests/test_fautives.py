"""Each bad file of ``fautives/`` gives exactly its list of messages, kept beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from macros.catalogue.chargement import charger
from tests.conftest import RACINE, lancer
from tests.fabrique import texte

FAUTIVES = RACINE / "tests" / "fautives"
ATTENDUS = FAUTIVES / "attendus.txt"
"""All the messages, in the order of the files. To accept a new wording: scripts/valider.py tests/fautives > …"""


def _valider(*arguments: str, cwd: Path = RACINE) -> subprocess.CompletedProcess[str]:
    return lancer(sys.executable, "scripts/valider.py", *arguments, cwd=cwd)


def test_all_messages_of_all_bad_files() -> None:
    done = _valider("tests/fautives")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stdout == ATTENDUS.read_text(encoding="utf-8")
    files = list(FAUTIVES.rglob("*.yml"))
    assert len(files) >= 14
    for path in files:
        assert path.relative_to(RACINE).as_posix() in done.stdout, f"{path.name} n’a donné aucun message"


def test_one_file_alone_gives_only_its_messages() -> None:
    done = _valider("tests/fautives/partenaires/faute-doublon.yml")
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == (
        "tests/fautives/partenaires/faute-doublon.yml:4:1 · titre : « titre » apparaît deux fois (déjà ligne 3). "
        "Gardez une seule des deux lignes."
    )


def test_json_and_github_say_the_same() -> None:
    rows = json.loads(_valider("--format", "json", "tests/fautives").stdout)
    lines = _valider("--format", "github", "tests/fautives").stdout.splitlines()
    assert len(rows) == len(lines) > 20
    assert rows == sorted(rows, key=lambda r: (r["fichier"], r["ligne"], r["colonne"], r["champ"]))
    first = rows[0]
    assert lines[0].startswith(f"::error file={first['fichier']},line={first['ligne']},col={first['colonne']},title=")
    assert all("\n" not in line and line.startswith("::error ") for line in lines)


def test_everything_is_checked_by_default_and_passes() -> None:
    done = _valider()
    assert done.returncode == 0, done.stdout
    assert "sans erreur" in done.stdout


def test_a_missing_path_is_said() -> None:
    done = _valider("fiches/nulle-part")
    assert done.returncode == 1
    assert "introuvable" in done.stderr


def test_an_id_used_twice_is_refused(projet: Path) -> None:
    (projet / "fiches/sites/caue-62.yml").write_text(texte("site", "caue-62"), encoding="utf-8")
    _, problemes = charger(projet)
    assert any(p.champ == "id" and "existe déjà (fiches/partenaires/caue-62.yml)" in p.message for p in problemes)


def test_a_chain_of_replacements_must_end_in_force(projet: Path) -> None:
    (projet / "fiches/dispositifs/a-un.yml").write_text(
        texte("dispositif", "a-un", validite={"etat": "historique", "remplace_par": "a-deux"}), encoding="utf-8"
    )
    (projet / "fiches/dispositifs/a-deux.yml").write_text(
        texte("dispositif", "a-deux", validite={"etat": "historique", "remplace_par": "a-un"}), encoding="utf-8"
    )
    _, problemes = charger(projet)
    assert {p.fichier for p in problemes if "ne mène à rien" in p.message} == {
        "fiches/dispositifs/a-un.yml",
        "fiches/dispositifs/a-deux.yml",
    }


def test_an_orphan_theme_is_refused(projet: Path) -> None:
    themes = projet / "fiches/vocabulaires/themes.yml"
    themes.write_text(themes.read_text(encoding="utf-8") + "  sans-fiche:\n    libelle: Sans fiche\n", encoding="utf-8")
    _, problemes = charger(projet)
    assert [p.champ for p in problemes] == ["sans-fiche"]


def test_a_file_that_is_not_a_fiche_is_said(projet: Path) -> None:
    (projet / "fiches/sites/notes.txt").write_text("à ranger", encoding="utf-8")
    (projet / "fiches/perdue.yml").write_text("type: site\n", encoding="utf-8")
    _, problemes = charger(projet)
    assert {p.fichier for p in problemes} == {"fiches/sites/notes.txt", "fiches/perdue.yml"}
