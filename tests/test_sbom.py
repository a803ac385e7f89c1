"""The inventory of components: valid, and nothing of the lock is missing from it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from scripts import faire
from tests.conftest import RACINE


@pytest.fixture(scope="module")
def inventaire(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = tmp_path_factory.mktemp("sbom") / "sbom.cdx.json"
    faire.derouler("sbom", [str(place)])
    return place.read_text(encoding="utf-8")


def test_l_inventaire_suit_le_schema_de_cyclonedx(inventaire: str) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(inventaire) is None
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str('{"bomFormat": "autre"}') is not None


def test_il_contient_chaque_paquet_du_verrou_a_sa_version_et_avec_ses_empreintes(inventaire: str) -> None:
    verrou = (RACINE / "requirements.txt").read_text(encoding="utf-8")
    epingles = set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", verrou, re.MULTILINE))
    assert len(epingles) > 60
    lu = json.loads(inventaire)
    assert {(c["name"], c["version"]) for c in lu["components"]} == epingles
    empreintes = {h["content"] for c in lu["components"] for r in c["externalReferences"] for h in r.get("hashes", [])}
    assert empreintes == set(re.findall(r"--hash=sha256:([0-9a-f]{64})", verrou))
    assert lu["metadata"]["component"]["name"] == "accompagner-les-territoires"


def test_il_ne_dit_rien_de_cette_machine_ni_de_cette_heure(inventaire: str) -> None:
    assert str(Path.home()) not in inventaire and str(RACINE) not in inventaire
    assert "timestamp" not in json.loads(inventaire)["metadata"]
