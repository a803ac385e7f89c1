"""Scripts lose their comments when published, and nothing else."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from macros.allegement import alleger, sans_commentaires


def test_only_whole_comments_go() -> None:
    source = """// Le sujet.
import { a } from "./a.js"; // gardé

/** Une ligne. */
const adresse = "https://exemple.org"; /* gardé */
  /**
   * Plusieurs lignes : const faux = 1;
   */
const motif = /\\/\\*\\*/;
  // la fin"""
    assert sans_commentaires(source) == (
        'import { a } from "./a.js"; // gardé\n\nconst adresse = "https://exemple.org"; /* gardé */\nconst motif = /\\/\\*\\*/;\n'
    )


def test_what_goes_is_comment(racine: Path, tmp_path: Path) -> None:
    """In every script of the site: each line that goes starts as a comment does, and lines of code are left alone."""
    scripts = sorted((racine / "docs" / "assets" / "js").rglob("*.js"))
    avant = apres = 0
    for script in scripts:
        source = script.read_text(encoding="utf-8")
        allege = sans_commentaires(source)
        restantes = iter(allege.splitlines())
        prochaine = next(restantes, None)
        for ligne in source.splitlines():
            if ligne == prochaine:
                prochaine = next(restantes, None)
            else:
                assert re.match(r"\s*(//|/\*\*|\*)", ligne), f"{script.name} : {ligne}"
        assert prochaine is None, script.name
        copie = tmp_path / script.name
        copie.write_text(source, encoding="utf-8")
        avant, apres = avant + len(gzip.compress(source.encode())), apres + len(gzip.compress(allege.encode()))
    alleger(tmp_path)
    assert all(not re.search(r"^\s*//", f.read_text(encoding="utf-8"), re.MULTILINE) for f in tmp_path.glob("*.js"))
    print(f"{len(scripts)} scripts : {avant} octets compressés avec leurs commentaires, {apres} sans")
