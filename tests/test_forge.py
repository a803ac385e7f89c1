"""What the forges run: read-only, pinned, on the right changes; and the quick check forgets no rule."""

from __future__ import annotations

import fnmatch
import inspect
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import check_jsonschema
import pytest
import yaml
from click.testing import CliRunner

import macros.catalogue.brouillons
import macros.regles
from macros.catalogue.chargement import charger
from macros.regles import REGLES_DES_FICHES, REGLES_DES_VALEURS
from scripts import faire, valider
from tests.conftest import RACINE

WORKFLOWS = sorted((RACINE / ".github/workflows").glob("*.yml"))
FORMULAIRES = sorted(p for p in (RACINE / ".github/ISSUE_TEMPLATE").glob("*.yml") if p.name != "config.yml")
ECRITURES = {"publication.yml": {("publier", "pages"), ("publier", "id-token")}}
"""The only write permissions: workflow -> (job, scope)."""


def lu(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def taches(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from lu(path)["jobs"].items()


def suivis() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=RACINE, capture_output=True, text=True, check=False)
    if done.returncode:  # an archive of the project, without its history
        places = (p.relative_to(RACINE) for p in RACINE.rglob("*") if p.is_file())
        return [p.as_posix() for p in places if p.parts[0] not in {".venv", ".cache", "site"}]
    return [c for c in done.stdout.split("\0") if c]


@pytest.mark.parametrize(
    ("schema", "chemins"),
    [
        ("github-workflows", WORKFLOWS),
        ("github-issue-forms", FORMULAIRES),
        ("github-issue-config", [RACINE / ".github/ISSUE_TEMPLATE/config.yml"]),
        ("dependabot", [RACINE / ".github/dependabot.yml"]),
        ("gitlab-ci", [RACINE / ".gitlab-ci.yml"]),
        ("renovate", [RACINE / "renovate.json"]),
    ],
)
def test_chaque_fichier_suit_le_schema_de_sa_forge(schema: str, chemins: list[Path]) -> None:
    """Schemas shipped inside check-jsonschema: nothing is fetched."""
    options = ["--data-transform", "gitlab-ci"] if schema == "gitlab-ci" else []
    fait = CliRunner().invoke(
        check_jsonschema.main, ["--builtin-schema", f"vendor.{schema}", *options, *map(str, chemins)]
    )
    assert fait.exit_code == 0, fait.output


def test_les_flux_attendus_existent() -> None:
    assert {p.name for p in WORKFLOWS} >= {"controle.yml", "publication.yml", "liens.yml"}
    # « on » se lit True en YAML 1.1 : GitHub le lit comme il faut.
    assert "schedule" in lu(RACINE / ".github/workflows/publication.yml")[True]
    assert set(lu(RACINE / ".github/workflows/liens.yml")[True]) == {"workflow_dispatch", "schedule"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_chaque_flux_est_en_lecture_seule_et_borne(path: Path) -> None:
    assert lu(path)["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in path.read_text(encoding="utf-8")
    ecritures = set()
    for nom, tache in taches(path):
        assert 0 < tache["timeout-minutes"] <= (180 if path.name == "longue.yml" else 60), nom
        ecritures |= {(nom, droit) for droit, valeur in tache.get("permissions", {}).items() if valeur != "read"}
    assert ecritures == ECRITURES.get(path.name, set())


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_chaque_action_est_epinglee_avec_sa_version(path: Path) -> None:
    lignes = [ligne for ligne in path.read_text(encoding="utf-8").splitlines() if "uses:" in ligne]
    assert lignes
    for ligne in lignes:
        assert re.search(r"uses: [\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", ligne), ligne


def test_une_action_n_a_qu_un_sha() -> None:
    epingles: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        for action, sha in re.findall(r"uses: ([\w./-]+)@([0-9a-f]{40} # v[\d.]+)", path.read_text(encoding="utf-8")):
            epingles.setdefault(action, set()).add(sha)
    assert len(epingles) >= 6
    assert all(len(versions) == 1 for versions in epingles.values()), epingles


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_rien_de_ce_qu_ecrit_un_contributeur_n_entre_dans_une_commande(path: Path) -> None:
    """A title or a branch name pasted into a shell is the classic hole: values come through the environment."""
    for nom, tache in taches(path):
        for etape in tache["steps"]:
            assert "${{" not in etape.get("run", ""), (nom, etape)
            if str(etape.get("uses", "")).startswith("actions/checkout@"):
                assert etape["with"]["persist-credentials"] is False


def test_la_tache_accepte_attend_toutes_les_autres() -> None:
    jobs = dict(taches(RACINE / ".github/workflows/controle.yml"))
    assert set(jobs["accepte"]["needs"]) == set(jobs) - {"accepte"}
    assert jobs["accepte"]["if"] == "always()"
    script = jobs["accepte"]["steps"][0]["run"]
    cas = [("fiches", "success success skipped", 0), ("tout", "success success success", 0)]
    cas += [
        ("tout", "success success skipped", 1),
        ("fiches", "success failure skipped", 1),
        ("", "failure skipped skipped", 1),
    ]
    for portee, resultats, code in cas:
        done = subprocess.run(
            ["bash", "-c", script], env={"PORTEE": portee, "RESULTATS": resultats}, capture_output=True, check=False
        )
        assert done.returncode == code, (portee, resultats)


def test_gitlab_fait_les_memes_controles() -> None:
    flux = lu(RACINE / ".gitlab-ci.yml")
    assert {"fiches", "tout", "html", "pages", "liens"} <= set(flux)
    assert "make html" in flux["html"]["script"]
    # Ce qui se publie a passé les devoirs de l’éditeur, et laisse l’inventaire de ses composants.
    publiees = {"make publication", "make sbom"}
    assert publiees <= set(flux["pages"]["script"])
    etapes = [
        etape.get("run") for etape in lu(RACINE / ".github/workflows/publication.yml")["jobs"]["construire"]["steps"]
    ]
    assert publiees <= set(etapes)
    assert "make html" in [
        etape.get("run") for etape in lu(RACINE / ".github/workflows/html.yml")["jobs"]["nu"]["steps"]
    ]
    assert "make verifier-fiches" in flux["fiches"]["script"]
    assert flux["fiches"]["artifacts"]["reports"] == {"codequality": "qualite.json"}
    assert flux["fiches"]["artifacts"]["expose_as"]
    assert flux["liens"]["allow_failure"] is True
    assert any("mv site public" in commande for commande in flux["pages"]["script"])
    assert "bash .ci/run" in flux["tout"]["script"]


FICHES_SEULES = re.compile(
    r"fiches/((actions|dispositifs|kits|methodes|partenaires|sites)/[^/]+\.yml|(corrections|exclusions)\.yml)"
)


def test_gitlab_lance_tout_pour_chaque_fichier_qui_n_est_pas_une_fiche() -> None:
    motifs = lu(RACINE / ".gitlab-ci.yml")[".hors_fiches"]

    def couvert(chemin: str) -> bool:
        # GitLab : « * » ne passe pas une barre, « **/ » si.
        return any(fnmatch.fnmatch(chemin, m.replace("**/*", "*")) and (m != "*" or "/" not in chemin) for m in motifs)

    chemins = suivis()
    assert len(chemins) > 300
    for chemin in chemins:
        assert couvert(chemin) != bool(FICHES_SEULES.fullmatch(chemin)), chemin


@pytest.mark.parametrize(
    ("touches", "dit"),
    [
        (["fiches/methodes/x.yml"], "fiches"),
        (["fiches/methodes/x.yml", "fiches/corrections.yml"], "fiches"),
        (["fiches/vocabulaires/themes.yml"], "tout"),
        (["fiches/methodes/sous/x.yml"], "tout"),
        (["fiches/methodes/x.yml", "macros/x.py"], "tout"),
        (["fiches/kits/x.yml.py"], "tout"),
        ([], "tout"),
    ],
)
def test_le_perimetre_d_un_changement(touches: list[str], dit: str, tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@exemple.fr", "-c", "commit.gpgsign=false", *arguments],
            cwd=tmp_path, check=True, capture_output=True,
        )  # fmt: skip

    git("init", "-q", "-b", "main")
    git("commit", "-q", "--allow-empty", "-m", "départ")
    for touche in touches:
        (tmp_path / touche).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / touche).write_text("x", encoding="utf-8")
    git("add", "-A")
    git("commit", "-q", "--allow-empty", "-m", "changement")
    for depart, attendu in (("HEAD~1", dit), ("", "tout"), ("inconnu", "tout")):
        done = subprocess.run(
            [str(RACINE / ".ci/perimetre"), depart], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == attendu


def test_le_controle_rapide_valide_juge_le_texte_et_construit(monkeypatch: pytest.MonkeyPatch) -> None:
    lances: list[tuple[str, ...]] = []
    monkeypatch.setattr(faire, "lancer", lambda *arguments, **_: lances.append(arguments))
    faire.derouler("verifier-fiches", [])
    assert lances == [("scripts/valider.py",), ("-m", "pytest", *faire.TESTS_DU_TEXTE), ("scripts/site.py",)]
    assert all((RACINE / path).is_file() for path in faire.TESTS_DU_TEXTE)


def test_vite_joue_tout_sauf_ce_qui_demande_un_site_entier() -> None:
    """Two targets, the same checks before; neither tries anything twice."""
    *relecture, unites = faire.CIBLES["vite"]
    assert faire.CIBLES["test"] == (*relecture, faire.TESTS)
    assert {e.arguments[1] if e.arguments[0] == "-m" else e.programme for e in relecture} == {
        "ruff", "oxlint", "oxfmt", "mypy", "python",
    }  # fmt: skip
    assert "not longue and not entiere" in unites.arguments and not unites.navigateur


def test_le_controle_rapide_ne_saute_aucune_regle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every rule of ``macros/regles`` is registered, and « valider » without file runs each of them on the fiches."""
    declarees = set()
    for nom in ("citations", "kits", "lieux_dates", "methodes", "orientation", "redaction", "references"):
        module = getattr(macros.regles, nom)
        for fonction, valeur in inspect.getmembers(module, inspect.isfunction):
            premier = next(iter(inspect.signature(valeur).parameters.values()), None)
            if (
                valeur.__module__ == module.__name__
                and not fonction.startswith("_")
                and premier
                and premier.name == "lue"
            ):
                declarees.add(valeur)
    enregistrees = {*REGLES_DES_VALEURS, *REGLES_DES_FICHES, macros.regles.kits.methodes_adaptees}
    assert declarees == enregistrees

    appels: dict[str, int] = {}

    def compter(regle: Any) -> Any:
        def comptee(*arguments: Any) -> Any:
            appels[regle.__name__] = appels.get(regle.__name__, 0) + 1
            return regle(*arguments)

        return comptee

    for nom, regles in (("REGLES_DES_VALEURS", REGLES_DES_VALEURS), ("REGLES_DES_FICHES", REGLES_DES_FICHES)):
        monkeypatch.setattr(macros.catalogue.brouillons, nom, tuple(map(compter, regles)))
    monkeypatch.setattr(macros.catalogue.brouillons, "methodes_adaptees", compter(macros.regles.kits.methodes_adaptees))
    monkeypatch.setattr(valider, "charger", charger)
    assert valider.main(["--format", "json"]) == 0
    fiches = sum(
        1 for _ in (RACINE / "fiches").glob("*s/*.yml") if _.parent.name not in {"vocabulaires", "referentiels"}
    )
    assert appels == dict.fromkeys((r.__name__ for r in enregistrees), fiches)


@pytest.mark.parametrize("path", FORMULAIRES, ids=lambda p: p.name)
def test_les_formulaires_de_ticket_sont_complets(path: Path) -> None:
    """GitHub refuses a form without these; see « Syntax for issue forms »."""
    formulaire = lu(path)
    assert formulaire["name"] and formulaire["description"]
    ids = [bloc["id"] for bloc in formulaire["body"] if bloc["type"] != "markdown"]
    assert len(ids) == len(set(ids)) > 0
    assert any(bloc.get("validations", {}).get("required") for bloc in formulaire["body"])
    for bloc in formulaire["body"]:
        assert bloc["type"] in {"markdown", "input", "textarea", "dropdown", "checkboxes"}
        assert bloc["attributes"].get("label") or bloc["attributes"].get("value")
        if bloc["type"] == "dropdown":
            assert all(isinstance(option, str) for option in bloc["attributes"]["options"])


def test_gitlab_pose_les_memes_questions() -> None:
    tickets = {p.read_text(encoding="utf-8") for p in (RACINE / ".gitlab/issue_templates").glob("*.md")}
    assert len(tickets) == len(FORMULAIRES) == 4
    for path in FORMULAIRES:
        formulaire = lu(path)
        (ticket,) = [t for t in tickets if formulaire["description"] in t]
        for bloc in formulaire["body"]:
            if "label" in bloc["attributes"]:
                assert f"## {bloc['attributes']['label']}\n" in ticket
    for nom in ("fiche", "correction", "code"):
        github = (RACINE / f".github/PULL_REQUEST_TEMPLATE/{nom}.md").read_text(encoding="utf-8")
        assert github == (RACINE / f".gitlab/merge_request_templates/{nom.capitalize()}.md").read_text(encoding="utf-8")


def test_les_mises_a_jour_sont_groupees_et_les_crochets_emploient_nos_outils() -> None:
    for mise_a_jour in lu(RACINE / ".github/dependabot.yml")["updates"]:
        assert mise_a_jour["groups"]
        assert mise_a_jour["schedule"]["interval"] == "weekly"
    renovate = json.loads((RACINE / "renovate.json").read_text(encoding="utf-8"))
    assert all("groupName" in regle for regle in renovate["packageRules"])
    for depot in lu(RACINE / ".pre-commit-config.yaml")["repos"]:
        assert depot["repo"] == "local"
        assert all(crochet["entry"].startswith("python3 scripts/faire.py ") for crochet in depot["hooks"])


def test_personne_n_est_invente_parmi_les_relecteurs() -> None:
    lignes = (RACINE / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    assert all(ligne.startswith("#") or not ligne or "@ORGANISATION" not in ligne for ligne in lignes)


def test_le_makefile_et_la_commande_ont_les_memes_cibles() -> None:
    cibles = set(re.findall(r"^([a-z-]+):.*##", (RACINE / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert cibles == {"help", *faire.CIBLES} - {"ruff", "mypy", "oxlint", "oxfmt"}
