"""Reading again only what changed gives what reading everything gives."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from macros.catalogue import chargement
from macros.catalogue.chargement import charger
from macros.catalogue.fige import Catalogue
from macros.catalogue.relecture import Relecture
from macros.lecture.problemes import Probleme
from tests.conftest import compteurs
from tests.fabrique import petit_projet
from tests.pannes.serveur import Contributeur


@pytest.fixture
def projet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, catalogue: Catalogue) -> Path:
    """A few fiches; the référentiels, which no change touches, are read once for all."""
    monkeypatch.setattr(chargement, "Referentiels", lambda _: catalogue.referentiels)
    return petit_projet(tmp_path / "projet", 16)


def _same(un: Catalogue, autre: Catalogue) -> bool:
    """Field by field, the order of fiches included."""
    return all(getattr(un, f.name) == getattr(autre, f.name) for f in fields(Catalogue)) and list(un.fiches) == list(
        autre.fiches
    )


def test_relire_ce_qui_change_donne_ce_que_donne_tout_relire(projet: Path) -> None:
    main, relecture = Contributeur(projet, 7, fautes=True), Relecture()
    vus: set[Probleme] = set()
    for _ in range(40):
        main.agir()
        incremental, problemes = charger(projet, relecture=relecture)
        entier, attendus = charger(projet)
        assert problemes == attendus, main.comptes
        assert _same(incremental, entier), main.comptes
        vus.update(problemes)
    compteurs["relectures partielles identiques à une relecture entière"] += 40
    assert len(vus) > 10, "des fautes ont bien été commises"


def test_un_fichier_illisible_se_dit(projet: Path) -> None:
    """A link, even one that leads nowhere or to itself, as some editors leave beside a file: a message, never a stop.

    In ``fiches/``, a link is refused without being followed; a file tried beside it is opened, and says why it cannot
    be.
    """
    perdu, boucle = projet / "fiches/sites/nulle-part.yml", projet / "fiches/sites/boucle.yml"
    perdu.symlink_to(projet / "absent.yml")
    boucle.symlink_to(boucle)
    _, problemes = charger(projet)
    dits = {p.fichier: p.message for p in problemes}
    assert dits["fiches/sites/boucle.yml"] == dits["fiches/sites/nulle-part.yml"] == chargement.PAS_UN_FICHIER
    ailleurs = projet / "fiches-essayees/sites"
    ailleurs.mkdir(parents=True)
    (ailleurs / "boucle.yml").symlink_to(ailleurs / "boucle.yml")
    _, problemes = charger(projet, [ailleurs / "boucle.yml"])
    assert any(p.fichier.endswith("sites/boucle.yml") and "fichier illisible" in p.message for p in problemes)
