"""A kind of fiche is one model, one template, one symbol, its labels, and fiches: all the rest follows by itself."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from macros.modeles import TYPES
from macros.modeles.libelles import CHAMPS, LibelleManquant
from macros.pages.types_de_fiche import SYMBOLES, types_de_fiche
from tests.conftest import RACINE


def _page(site: Path, uri: str) -> str:
    return (site / uri / "index.html").read_text(encoding="utf-8").replace("\xa0", " ")


def test_sa_page_son_index_son_theme_l_accueil(augmente: Path) -> None:
    page = _page(augmente, "evenements/fete-du-projet")
    assert "Jauge" in page
    assert "Deux cents personnes" in page
    assert 'id="sym-evenement"' in page
    assert 'href="../../exemples/"' in page
    assert 'href="fete-du-projet/"' in _page(augmente, "evenements")
    assert 'href="../../evenements/fete-du-projet/"' in _page(augmente, "themes/habitat")
    assert 'href="evenements/">Exemples&nbsp;: événements</a>' in _page(augmente, "")


def test_sa_facette_son_formulaire_ses_champs(augmente: Path) -> None:
    assert '{"id":"evenement","libelle":"Événement","n":1}' in _page(augmente, "trouver")
    assert 'name="type" value="evenement"' in _page(augmente, "contribuer/formulaire")
    assert "<code>jauge</code>" in _page(augmente, "contribuer/champs")
    assert "evenement" in json.loads((augmente / "api/importation.json").read_text())["champs"]


def test_son_schema_ses_exports_ses_couleurs(augmente: Path) -> None:
    assert json.loads((augmente / "api/schemas/evenement.json").read_text())["properties"]["jauge"]["title"] == "Jauge"
    [fiche] = json.loads((augmente / "api/evenements.json").read_text())["fiches"]
    assert fiche["id"] == "fete-du-projet"
    assert "Deux cents personnes" in (augmente / "api/evenements.csv").read_text("utf-8-sig")
    assert (augmente / "api/schemas/tableaux/evenements.json").is_file()
    assert "api/evenements.csv" in (augmente / "api/index.json").read_text()
    assert ".type-evenement{" in next(augmente.glob("assets/e-*/site.css")).read_text().replace(" ", "")
    assert '"evenement"' in next(augmente.glob("assets/e-*/js/genres.js")).read_text()


def test_un_oubli_dit_ce_qu_il_faut_ajouter(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match=r"« dispositif » n’a pas de gabarit : ajoutez macros/.*dispositif\.html"):
        types_de_fiche(tmp_path, SYMBOLES)
    with pytest.raises(LookupError, match=r"« kit » n’a pas de symbole : ajoutez theme/partials/symboles/kit\.html"):
        types_de_fiche(symboles=tmp_path)
    with pytest.raises(
        LibelleManquant, match=r"« jauge » n’a pas de libellé : ajoutez-le à CHAMPS, dans .*libelles\.py"
    ):
        CHAMPS["jauge"]


def test_deux_types_ne_partagent_pas_leur_lettre(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shared selection tells a kind by its letter: two alike would open the wrong fiche."""
    jumeau = SimpleNamespace(GENRE=replace(TYPES["action"].GENRE, nom="kermesse"))
    monkeypatch.setitem(TYPES, "kermesse", jumeau)  # type: ignore[arg-type]
    with pytest.raises(LookupError, match="Deux types ont la lettre « k »"):
        types_de_fiche()


def test_les_types_sont_enumeres_en_cinq_lieux_au_plus() -> None:
    """A file that names every kind within thirty lines lists them, unless it is what a kind says of the others."""
    lieux = [
        chemin
        for chemin in _sources()
        if any(all(re.search(rf"\b{t}s?\b", passage) for t in TYPES) for passage in _passages(chemin))
    ]
    assert len(lieux) <= 5, lieux


def _sources() -> Iterator[Path]:
    suivis = subprocess.run(["git", "ls-files"], cwd=RACINE, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    for nom in suivis:
        chemin = RACINE / nom
        lu = nom.startswith(("macros/", "scripts/", "docs/assets/", "theme/", ".", "mkdocs.yml")) and chemin.is_file()
        if lu and chemin.suffix not in {".ttf", ".png", ".webp"} and chemin.parent.name not in {"genres", "fiches"}:
            yield chemin


def _passages(chemin: Path) -> Iterator[str]:
    lignes = chemin.read_text(encoding="utf-8", errors="replace").splitlines()
    return ("\n".join(lignes[i : i + 30]) for i in range(0, max(1, len(lignes) - 15), 15))
