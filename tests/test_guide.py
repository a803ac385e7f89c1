"""The contributor's guide: real fiches, annotated; pictures that exist, light, with their alternative."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from lxml import html

from macros.catalogue.fige import Catalogue
from macros.contribution.annotee import fiche_annotee
from macros.modeles import TYPES
from macros.pages.vue import Vue
from tests.conftest import RACINE

GUIDES = [RACINE / "CONTRIBUTING.md", *sorted((RACINE / "docs/contribuer").glob("*.md"))]
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")


def test_l_extrait_est_celui_de_la_fiche(catalogue: Catalogue) -> None:
    vue = Vue(catalogue, "contribuer/bonne-fiche/")
    arbre = html.fromstring(fiche_annotee(vue, "villages-avenir", {"accroche": "Deux sources : bien.", "sources": "x"}))
    lignes = arbre.findall(".//li")
    assert len(lignes) == 2
    fiche = catalogue.fiches["villages-avenir"]
    assert yaml.safe_load(lignes[0].findtext(".//code") or "") == {"accroche": fiche.accroche}
    relues = yaml.safe_load(lignes[1].findtext(".//code") or "")["sources"]
    assert list(relues) == ["s1", "s2"]
    assert relues["s1"]["titre"] == fiche.sources["s1"].titre
    assert f"# … et {len(fiche.sources) - 2} de plus" in (lignes[1].findtext(".//code") or "")
    assert (lignes[0].findtext("p") or "") == "Deux sources\u00a0: bien."
    assert arbre.find(".//a").get("href") == "../../dispositifs/villages-avenir/"


def test_une_partie_seule(catalogue: Catalogue) -> None:
    vue = Vue(catalogue, "contribuer/bonne-fiche/")
    arbre = html.fromstring(fiche_annotee(vue, "villages-avenir", {"validite.precision": "x"}))
    assert list(yaml.safe_load(arbre.findtext(".//pre/code") or "")["validite"]) == ["precision"]


@pytest.mark.parametrize(
    ("id_", "champ"), [("absente", "titre"), ("villages-avenir", "kit"), ("villages-avenir", "validite.fin")]
)
def test_un_champ_ou_une_fiche_absents_arretent_la_construction(catalogue: Catalogue, id_: str, champ: str) -> None:
    with pytest.raises(KeyError, match="fiche_annotee"):
        fiche_annotee(Vue(catalogue, "x/"), id_, {champ: "x"})


def test_chaque_type_a_sa_vraie_fiche_annotee(catalogue: Catalogue) -> None:
    page = (RACINE / "docs/contribuer/bonne-fiche.md").read_text(encoding="utf-8")
    ids = re.findall(r"fiche_annotee\('([\w-]+)'", page)
    assert [catalogue.fiches[id_].type for id_ in ids] == list(TYPES)


@pytest.mark.parametrize("path", GUIDES, ids=lambda p: p.name)
def test_les_images_existent_sont_legeres_et_decrites(path: Path) -> None:
    for alternative, adresse in IMAGE.findall(path.read_text(encoding="utf-8")):
        image = (path.parent / adresse).resolve()
        assert image.is_file(), adresse
        assert image.stat().st_size < 80_000, adresse
        assert len(alternative) > 60, adresse


def test_contributing_a_des_images_et_des_commandes_qui_existent() -> None:
    texte = (RACINE / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert len(IMAGE.findall(texte)) >= 2
    makefile = (RACINE / "Makefile").read_text(encoding="utf-8")
    for cible in re.findall(r"`make ([a-z-]+)`", "".join(p.read_text(encoding="utf-8") for p in GUIDES)):
        assert re.search(rf"^{cible}:", makefile, re.MULTILINE), cible
