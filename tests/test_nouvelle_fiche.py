"""A fiche begun by the script: valid for each kind, honest about what exists, never over another, never a traceback."""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.catalogue.fige import Catalogue
from macros.contribution.echafaudage import Refus, citer, lire_source, lire_territoire, questions
from macros.contribution.essai import Essai
from macros.contribution.notice import AIDE
from macros.contribution.propositions import choix_du_vocabulaire, comprendre, identifiant
from macros.lecture.brute import lire
from macros.modeles import TYPES
from scripts import nouvelle_fiche
from tests.conftest import RACINE

COMMUNES = [
    *("--titre", "Toiture végétalisée à l'école", "--accroche", "Verdir un toit : l'ombre, la pluie et les oiseaux"),
    *("--themes", "équipements", "--phases", "realiser", "--publics", "maire, habitants"),
    *("--source", "Guide : des toits vivants | Ville de Metz | https://metz.fr/toits | 2024-05"),
]
PROPRES = {
    "dispositif": ["--champ", "nature=accompagnement", "--champ", "porteurs=ADEME"],
    "partenaire": ["--champ", "nature=reseau"],
    "action": ["--champ", "nature=Atelier", "--champ", "porteur=caue-62"],
    "site": ["--territoire", "Poix-du-Nord"],
    "methode": [
        *("--champ", "forme=animation", "--champ", "objectif=Choisir un toit", "--champ", "duree=60-90 min"),
        *("--champ", "participants=12"),
    ],
    "kit": ["--champ", "format=Une journée", "--champ", "finalite=Choisir un toit", "--champ", "seances=La journée"],
}

DEMANDE_PLUS = re.compile("l’image « |le rôle « |l’ancre « ")
"""What an example alone cannot satisfy: a picture to drop in, a role and an anchor declared by other fields."""


@pytest.fixture(autouse=True)
def _charge_une_fois(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nouvelle_fiche, "charger", lambda _: (catalogue, []))


@pytest.fixture
def repondre(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make ``input`` return these lines, then end; an exception among them is raised."""

    def prepare(*lignes: str | type[BaseException]) -> None:
        suite: Iterator[str | type[BaseException]] = iter(lignes)

        def lire_ligne(invite: str = "") -> str:
            print(invite)  # as input does: what is asked is part of what is read
            ligne = next(suite, EOFError)
            if isinstance(ligne, str):
                return ligne
            raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x") if ligne is UnicodeDecodeError else ligne

        monkeypatch.setattr(builtins, "input", lire_ligne)

    return prepare


def lancer(dossier: Path, *arguments: str) -> int:
    return nouvelle_fiche.main(["--fiches", str(dossier), *arguments])


def ecrites(dossier: Path) -> list[Path]:
    return sorted(p for p in dossier.rglob("*") if p.is_file())


@pytest.mark.parametrize("type_", TYPES)
def test_chaque_type_sans_question_donne_une_fiche_sans_erreur(
    type_: str, tmp_path: Path, catalogue: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lancer(tmp_path, "--type", type_, "--sans-question", *COMMUNES, *PROPRES[type_]) == 0
    (path,) = ecrites(tmp_path)
    assert path.relative_to(tmp_path).as_posix() == f"{TYPES[type_].PLURIEL}/toiture-vegetalisee-a-ecole.yml"
    fichier = f"fiches/{TYPES[type_].PLURIEL}/{path.name}"
    assert Essai(catalogue, RACINE).controler(fichier, path.read_bytes()) == []
    brut, _ = lire(path.name, path.read_bytes())
    assert brut
    assert brut.donnees["etat"] == "brouillon"
    assert brut.donnees["titre"] == "Toiture végétalisée à l’école"
    assert brut.donnees["accroche"] == "Verdir un toit : l’ombre, la pluie et les oiseaux [s1]."
    assert brut.donnees["themes"] == ["equipements"]
    assert brut.donnees["publics"] == ["elu", "habitants"]
    assert brut.donnees["sources"]["s1"] == {
        "titre": "Guide : des toits vivants",
        "editeur": "Ville de Metz",
        "url": "https://metz.fr/toits",
        "date": "2024-05",
    }
    sortie = capsys.readouterr().out
    assert f"valider {path}" in sortie
    assert f"/{TYPES[type_].PLURIEL}/toiture-vegetalisee-a-ecole/" in sortie
    assert "git push" in sortie


@pytest.mark.parametrize("type_", TYPES)
def test_chaque_champ_facultatif_est_pret_a_decommenter(type_: str, tmp_path: Path, catalogue: Catalogue) -> None:
    lancer(tmp_path, "--type", type_, "--sans-question", *COMMUNES, *PROPRES[type_])
    texte = ecrites(tmp_path)[0].read_text(encoding="utf-8")
    for nom, info in TYPES[type_].model_fields.items():
        assert re.search(rf"^(# )?{nom}:", texte, re.MULTILINE), nom
        if nom not in {"type", "id", "profondeur", "etat"}:
            assert f"# {AIDE}{info.description}" in texte, nom
    assert texte.startswith(f"# yaml-language-server: $schema=../../docs/api/schemas/{type_}.json\n")
    essai = Essai(catalogue, RACINE)
    for nom in TYPES[type_].model_fields:
        bloc = re.search(rf"^# {nom}:.*(\n# .*)*", texte, re.MULTILINE)
        if not bloc:
            continue
        ouvert = texte.replace(bloc[0], re.sub("^# ", "", bloc[0], flags=re.MULTILINE))
        problemes = essai.controler(f"fiches/{TYPES[type_].PLURIEL}/toiture-vegetalisee-a-ecole.yml", ouvert.encode())
        assert [p for p in problemes if not DEMANDE_PLUS.search(p.message)] == [], nom


def test_toute_la_conversation(
    tmp_path: Path, repondre: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    repondre(
        *("méthodde", "Méthode", "", "Toiture végétalisée du gymnase", "Verdir un toit, avec les élèves"),
        *("annimation", "animation", "Choisir un toit", "une heure", "60", "6-12", "partisipation", "équipements"),
        *("1, 2", "élus", "Poix", "national", "", "", "1", "Guide des toits", "", "Metz", "2024"),
        *("Guide des toits", "Ville de Metz", "Archives de la ville", "2024-13", "n", ""),
        # La date impossible est refusée par les contrôles : les sources sont redemandées, et elles seules.
        *("Guide des toits", "Ville de Metz", "Archives de la ville", "2024-12", "n"),
    )
    code = lancer(tmp_path)
    sortie = capsys.readouterr().out
    assert code == 0, sortie
    (path,) = ecrites(tmp_path)
    brut, _ = lire(path.name, path.read_bytes())
    assert brut
    assert path.name == "toiture-vegetalisee-du-gymnase.yml"
    assert brut.donnees["themes"] == ["equipements"]
    assert len(brut.donnees["phases"]) == 2
    assert len(brut.donnees["avant"]) == 1
    assert brut.donnees["duree"] == [{"valeur": "60", "unite": "minute", "source": "s1"}]
    assert brut.donnees["sources"]["s1"]["note"] == "Archives de la ville"
    assert brut.donnees["sources"]["s1"]["date"] == "2024-12"
    for attendu in (
        "« méthodde » n’est pas un type. Vouliez-vous dire « methode » ?",
        "Vouliez-vous dire « animation »",
        "« une heure » n’est pas un nombre. Écrivez 60, ou 60-90.",
        "Vouliez-vous dire « participation »",
        "Une réponse est nécessaire.",
        "Source sans éditeur.",
        "la date « 2024-13 » n’existe pas",
        "[toiture-vegetalisee-du-gymnase]",
    ):
        assert attendu in sortie, attendu


def test_un_titre_voisin_est_signale_et_l_on_peut_s_arreter(
    tmp_path: Path, repondre: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    repondre("dispositif", "Ateliers flashs", "non")
    assert lancer(tmp_path) == 1
    sortie = capsys.readouterr().out
    assert "Atelier flash : fiches/dispositifs/atelier-flash.yml" in sortie
    assert "complétez la fiche qui existe" in sortie
    assert ecrites(tmp_path) == []


def test_sans_question_un_titre_voisin_est_signale_et_l_identifiant_suivant_est_pris(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = [*COMMUNES, *PROPRES["partenaire"], "--type", "partenaire", "--sans-question", "--titre", "ADEME"]
    assert lancer(tmp_path, *options) == 0
    assert "des fiches voisines existent" in capsys.readouterr().out
    assert [p.name for p in ecrites(tmp_path)] == ["ademe-2.yml"]
    assert lancer(tmp_path, *options) == 0
    assert [p.name for p in ecrites(tmp_path)] == ["ademe-2.yml", "ademe-3.yml"]


def test_jamais_par_dessus_un_fichier(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--type", "partenaire", "--sans-question", *COMMUNES, *PROPRES["partenaire"], "--id", "toit"]
    assert lancer(tmp_path, *options) == 0
    avant = ecrites(tmp_path)[0].read_bytes()
    assert lancer(tmp_path, *options) == 2
    assert "déjà pris. Libre : « toit-2 »" in capsys.readouterr().err
    # Même quand le fichier apparaît entre la question et l’écriture.
    monkeypatch.setattr(Path, "rglob", lambda *_: iter(()))
    assert lancer(tmp_path, *options) == 1
    monkeypatch.undo()
    assert "existe déjà : rien n’a été écrit" in capsys.readouterr().err
    assert ecrites(tmp_path)[0].read_bytes() == avant


@pytest.mark.parametrize(("fin", "code"), [(KeyboardInterrupt, 130), (EOFError, 1)])
@pytest.mark.parametrize("rang", [0, 1, 4, 12])
def test_interruption_et_fin_d_entree_sont_propres(
    fin: type[BaseException],
    code: int,
    rang: int,
    tmp_path: Path,
    repondre: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    lignes = [
        "partenaire",
        "Toits vivants",
        "Aider à verdir les toits",
        "reseau",
        "équipements",
        "1",
        "1",
        "national",
        "",
        "",
        "",
    ]
    repondre(*[*lignes, "Guide", "Metz", "Archives"][:rang], fin)
    assert lancer(tmp_path) == code
    assert "rien n’a été écrit" in capsys.readouterr().err
    assert ecrites(tmp_path) == []


def test_sans_question_tout_ce_qui_manque_est_dit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lancer(tmp_path, "--sans-question", "--type", "kit", "--themes", "frichhes", "--source", "x") == 2
    erreur = capsys.readouterr().err
    for attendu in (
        "titre :",
        "accroche :",
        "format :",
        "finalite :",
        "seances :",
        "phases :",
        "publics :",
        "friches-foncier",
    ):
        assert attendu in erreur, attendu
    assert lancer(tmp_path, "--sans-question", "--type", "kitt") == 2
    assert lancer(tmp_path, "--sans-question", *COMMUNES, "--champ", "inconnu=1", "--type", "kit") == 2
    assert "écrivez NOM=VALEUR" in capsys.readouterr().err
    assert lancer(tmp_path, "--sans-question", "--type", "partenaire", *COMMUNES[:-2], *PROPRES["partenaire"]) == 2
    assert "aucune fiche sans source" in capsys.readouterr().err
    faux = [*COMMUNES, "--accroche", "Il est formidable"]
    assert lancer(tmp_path, "--sans-question", "--type", "partenaire", *faux, *PROPRES["partenaire"]) == 2
    assert "vante" in capsys.readouterr().err
    assert ecrites(tmp_path) == []


DIFFICILES = ["non", "12:30", "01234", "Œuvre : « l’été » à l'école # 1", '"Guillemets" et \\antislash', "- tiret"]
DIFFICILES += ["[s1]", "{a}", "2021-03", "no"]


@pytest.mark.parametrize("texte", DIFFICILES)
def test_un_texte_difficile_se_relit_a_l_identique(texte: str, tmp_path: Path) -> None:
    options = [*COMMUNES, "--source", f"{texte} | {texte} | {texte}", "--type", "kit", *PROPRES["kit"]]
    assert lancer(tmp_path, "--sans-question", *options, "--titre", texte, "--champ", f"format={texte}") == 0
    octets = ecrites(tmp_path)[0].read_bytes()
    brut, _ = lire("x.yml", octets)
    assert brut
    attendu = texte.replace("l'école", "l’école")
    assert brut.donnees == yaml.safe_load(octets)
    assert brut.donnees["titre"] == brut.donnees["format"] == attendu
    assert brut.donnees["sources"]["s2"] == {"titre": attendu, "editeur": attendu, "note": attendu}


def test_touches_flechees_et_octets_illisibles(tmp_path: Path, repondre: Callable[..., None]) -> None:
    debut = ["partenaire", UnicodeDecodeError, "Toits\x1b[D vivants\x07 \ud800", "Aider à verdir les toits", "reseau"]
    repondre(*debut, "équipements", "1", "1", "national", "", "", "", "Guide", "Metz", "Archives", "", "n", "")
    assert lancer(tmp_path) == 0
    brut, _ = lire("x.yml", ecrites(tmp_path)[0].read_bytes())
    assert brut
    assert brut.donnees["titre"] == "Toits vivants"


def test_un_dossier_ou_l_on_ne_peut_ecrire_est_dit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "fichier").write_text("x", encoding="utf-8")
    options = ["--type", "partenaire", "--sans-question", *COMMUNES, *PROPRES["partenaire"]]
    assert lancer(tmp_path / "fichier", *options) == 1
    assert "ne peut pas être écrit" in capsys.readouterr().err


def test_identifiants() -> None:
    assert identifiant("L’Atelier flash : à Poix-du-Nord (2021)", ()) == "atelier-flash-a-poix-du-nord-2021"
    assert identifiant("Œuvre d’art", {"oeuvre-art", "oeuvre-art-2"}) == "oeuvre-art-3"
    assert identifiant("!!!", ()) == "fiche"
    assert len(identifiant("mot " * 50, ())) <= 60
    assert len(identifiant("x" * 200, ())) <= 60


def test_une_saisie_approchante_est_comprise(catalogue: Catalogue) -> None:
    themes = choix_du_vocabulaire(catalogue, "themes")
    assert comprendre("Friches et foncier", themes).valeur == "friches-foncier"
    assert comprendre("friche", themes).valeur == "friches-foncier"
    assert comprendre("vélo", themes).valeur == "espaces-publics"
    doute = comprendre("cantine", themes)
    assert doute.valeur is None
    assert set(doute.suggestions) == {"equipements", "agriculture"}
    assert comprendre("énergies", themes).suggestions[:1] == ("energie",)
    assert comprendre("xyz", themes) == comprendre("", themes)


def test_territoires(catalogue: Catalogue) -> None:
    lieux = catalogue.referentiels
    assert lire_territoire("National", lieux) == {"echelle": "national"}
    nord: dict[str, Any] = {"echelle": "commune", "lieux": [{"code": "59464", "nom": "Poix-du-Nord"}]}
    assert lire_territoire("poix du nord", lieux) == nord == lire_territoire("59464", lieux)
    assert [lieu["code"] for lieu in lire_territoire("59, Pas-de-Calais", lieux)["lieux"]] == ["59", "62"]
    with pytest.raises(Refus, match="même nature"):
        lire_territoire("59, 59464", lieux)
    with pytest.raises(Refus, match=r"59043|62073"):
        lire_territoire("Bailleul", lieux)
    with pytest.raises(Refus, match="Poix-du-Nord"):
        lire_territoire("Poix-du-Nor", lieux)


def test_sources_et_citations() -> None:
    assert lire_source("T", "É", "ici", "")["note"] == "ici"
    with pytest.raises(Refus, match="sans adresse"):
        lire_source("T", "É", " ", "")
    assert citer("Voir autrement.", "s1") == "Voir autrement [s1]."
    assert citer("Que faire ?", "s1, s2") == "Que faire ? [s1, s2]"
    assert citer("Déjà dit [kit].", "s1") == "Déjà dit [kit]."


@pytest.mark.parametrize("type_", TYPES)
def test_chaque_question_a_une_invite_et_un_exemple_compris(type_: str, catalogue: Catalogue) -> None:
    for question in questions(type_, catalogue):
        assert question.invite and question.aide, question.cle
        if question.exemple:
            assert question.lire(question.exemple)
        if question.defaut:
            assert question.lire(question.defaut)
