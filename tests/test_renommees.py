"""A fiche that changes its id: what was published under the former one still leads to it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from lxml import html

from macros.catalogue.chargement import charger
from macros.contribution.essai import Essai
from macros.contribution.renommage import Refus, preparer
from macros.contribution.reperes_du_formulaire import reperes_json
from macros.modeles import TYPES
from macros.moteur.construit.controle import relever
from macros.moteur.devoirs.securite import defauts
from macros.moteur.publication import donnees_publiees
from macros.regles import Reperes
from macros.sorties.exports import fichiers
from macros.sorties.exports.flux import flux_atom
from scripts import renommer
from tests.conftest import RACINE
from tests.fabrique import texte

BASE = "https://exemple.fr/"


@pytest.fixture
def petit(tmp_path: Path) -> Path:
    """Three small fiches that cite one another, with the real vocabularies and places."""
    fiches = tmp_path / "fiches"
    sans = shutil.ignore_patterns("mots_courants.yml")  # it names fiches that are not here
    shutil.copytree(RACINE / "fiches/vocabulaires", fiches / "vocabulaires", ignore=sans)
    (fiches / "referentiels").symlink_to(RACINE / "fiches/referentiels")
    for type_, dossier, id_, champs in (
        ("dispositif", "dispositifs", "appui", {"porteurs": ["ministere"], "methodes": ["ecrire"]}),
        ("partenaire", "partenaires", "ministere", {}),
        ("methode", "methodes", "ecrire", {"partenaires": ["ministere"]}),
    ):
        (fiches / dossier).mkdir()
        (fiches / dossier / f"{id_}.yml").write_text(texte(type_, id_, **champs), encoding="utf-8")
    return tmp_path


def ecrire(racine: Path, *lignes: str) -> None:
    corps = "".join(f"  - {{{ligne}}}\n" for ligne in lignes)
    (racine / "fiches/renommees.yml").write_text(f"renommees:\n{corps}", encoding="utf-8")


def messages(racine: Path, fichier: str = "fiches/renommees.yml") -> list[str]:
    return [str(p) for p in charger(racine)[1] if p.fichier == fichier]


def test_a_former_id_leads_to_the_fiche_even_through_several_names(petit: Path) -> None:
    ecrire(
        petit,
        'ancien: tres-vieux, nouveau: vieux, le: "2024-01-01"',
        'ancien: vieux, nouveau: appui, le: "2025-01-01"',
        'ancien: atelier, nouveau: ecrire, le: "2025-06-01", type: action',
    )
    catalogue, problemes = charger(petit)
    assert [p for p in problemes if "renommees" in p.fichier] == []
    sorties = dict(fichiers(catalogue, BASE))
    for ancienne, lien, canonique in (
        ("dispositifs/vieux/", "../appui/", "dispositifs/appui/"),
        ("dispositifs/tres-vieux/", "../appui/", "dispositifs/appui/"),
        ("actions/atelier/", "../../methodes/ecrire/", "methodes/ecrire/"),
    ):
        page = sorties[f"{ancienne}index.html"]
        arbre = html.document_fromstring(page)
        assert arbre.xpath("string(//meta[@http-equiv='refresh']/@content)") == f"0; url={lien}"
        assert arbre.xpath("string(//link[@rel='canonical']/@href)") == BASE + canonique
        assert lien in relever("x", page.encode()).liens
        assert "<script" not in page
        assert arbre.get("lang") == "fr"
    assert json.loads(sorties["api/fiches/tres-vieux.json"]) == {
        "ancien": "tres-vieux",
        "nouveau": "appui",
        "le": "2024-01-01",
        "url": "dispositifs/appui/",
        "fichier": "api/fiches/appui.json",
    }
    assert [r["ancien"] for r in json.loads(sorties["api/renommees.json"])["renommees"]] == [
        "tres-vieux",
        "vieux",
        "atelier",
    ]


def test_a_former_address_is_a_page_like_the_others(petit: Path) -> None:
    """It carries the policy of the site: without it, « renommer » then « make site » failed."""
    ecrire(petit, 'ancien: vieux, nouveau: appui, le: "2025-01-01"')
    catalogue, _ = charger(petit)
    pages = {uri: texte for uri, texte in donnees_publiees(catalogue, [], BASE) if uri.endswith(".html")}
    assert set(pages) == {"dispositifs/vieux/index.html"}
    assert defauts(pages["dispositifs/vieux/index.html"]) == []


def test_identifiers_follow_the_fiche(petit: Path) -> None:
    """A reader of the feed or of the calendar does not see a renamed fiche as a new one."""
    avant = charger(petit)[0]
    assert renommer.main(["appui", "appui-local"], petit) == 1  # the only theme left without fiche is told
    apres = charger(petit)[0]
    assert "appui-local" in apres.fiches
    ids = [set(_ids(flux_atom(c, BASE))) for c in (avant, apres)]
    assert ids[0] == ids[1]
    uids = [
        {x for x in dict(fichiers(c, BASE))["api/echeances.ics"].split("\r\n") if "UID" in x} for c in (avant, apres)
    ]
    assert uids[0] == uids[1]


def test_a_fiche_that_joined_another_leaves_its_name_alone(petit: Path) -> None:
    """Its address leads on, but what identifies the other in feeds and calendars does not change."""
    ecrire(petit, 'ancien: vieux, nouveau: appui, le: "2025-01-01", fusion: oui')
    catalogue, problemes = charger(petit)
    assert not [p for p in problemes if "renommees" in p.fichier]
    assert catalogue.noms_actuels == {"vieux": "appui"}
    assert catalogue.premier_nom("appui") == "appui"


def _ids(flux: str) -> list[str]:
    return [e.text for e in html.etree.fromstring(flux.encode()).iter("{http://www.w3.org/2005/Atom}id")]


@pytest.mark.parametrize(
    ("lignes", "attendu"),
    [
        (['ancien: appui, nouveau: ecrire, le: "2025-01-01"'], "une fiche porte encore l’identifiant « appui »"),
        (
            ['ancien: vieux, nouveau: apui, le: "2025-01-01"'],
            "la fiche « apui » n’existe pas. Vouliez-vous dire « appui »",
        ),
        (
            ['ancien: a, nouveau: b, le: "2025-01-01"', 'ancien: b, nouveau: a, le: "2025-01-01"'],
            "« a » revient à lui-même de renommage en renommage",
        ),
        (['ancien: a, nouveau: a, le: "2025-01-01"'], "« a » revient à lui-même"),
        (
            ['ancien: a, nouveau: appui, le: "2025-01-01"', 'ancien: a, nouveau: ecrire, le: "2025-01-01"'],
            "« a » apparaît deux fois",
        ),
        (['ancien: a, nouveau: appui, le: "2025-13-01"'], "le :"),
        (['ancien: "Pas un id", nouveau: appui, le: "2025-01-01"'], "ancien :"),
    ],
)
def test_a_wrong_renaming_is_refused_where_it_stands(petit: Path, lignes: list[str], attendu: str) -> None:
    ecrire(petit, *lignes)
    found = messages(petit)
    assert any(attendu in m for m in found), found
    assert all(m.startswith("fiches/renommees.yml:") for m in found)


@pytest.mark.parametrize("type_", TYPES)
def test_a_fiche_of_each_kind_is_renamed_and_takes_its_name_back(type_: str, tmp_path: Path) -> None:
    """On the real fiches: nothing is wrong, its former address leads on, and the way back leaves one line."""
    shutil.copytree(RACINE / "docs", tmp_path / "docs")
    shutil.copytree(RACINE / "fiches", tmp_path / "fiches", ignore=shutil.ignore_patterns("referentiels"))
    (tmp_path / "fiches/referentiels").symlink_to(RACINE / "fiches/referentiels")
    avant = {p: p.read_bytes() for p in tmp_path.rglob("*.*") if p.suffix in (".yml", ".md")}
    id_ = min(p.stem for p in avant if p.parent.name == TYPES[type_].PLURIEL)
    assert renommer.main([id_, "nom-d-un-jour"], tmp_path) == 0
    adresse = f"{TYPES[type_].PLURIEL}/{id_}/index.html"
    pages = dict(donnees_publiees(charger(tmp_path)[0], [], BASE, lambda _: {}))
    assert defauts(pages[adresse]) == []
    assert renommer.main(["nom-d-un-jour", id_], tmp_path) == 0
    liste = tmp_path / "fiches/renommees.yml"
    assert {p: p.read_bytes() for p in avant if p != liste} == {p: avant[p] for p in avant if p != liste}
    le = dt.date.today().isoformat()
    ligne = f'  - {{ancien: nom-d-un-jour, nouveau: {id_}, le: "{le}"}}\n'
    assert liste.read_text("utf-8") == avant[liste].decode() + ligne


def test_a_reference_to_a_former_id_is_told_the_new_one(petit: Path) -> None:
    ecrire(petit, 'ancien: dgaln, nouveau: ministere, le: "2025-01-01"')
    fiche = petit / "fiches/dispositifs/appui.yml"
    fiche.write_text(fiche.read_text(encoding="utf-8").replace("- ministere", "- dgaln"), encoding="utf-8")
    found = messages(petit, "fiches/dispositifs/appui.yml")
    assert any("la fiche « dgaln » s’appelle maintenant « ministere ». Écrivez ministere." in m for m in found), found
    corrections = petit / "fiches/corrections.yml"
    corrections.write_text(
        'corrections:\n  - {date: "2026-01-01", fiche: dgaln, avant: "un mot", apres: "un autre"}\n', encoding="utf-8"
    )
    assert any("s’appelle maintenant « ministere »" in m for m in messages(petit, "fiches/corrections.yml"))


def test_renaming_changes_the_file_and_every_reference_and_nothing_else(petit: Path) -> None:
    appui = petit / "fiches/dispositifs/appui.yml"
    appui.write_text("# un commentaire : ministere\n" + appui.read_text(encoding="utf-8"), encoding="utf-8")
    (petit / "fiches/renommees.yml").write_text("# en tête\nrenommees: []\n", encoding="utf-8")
    avant = {p: p.read_text(encoding="utf-8") for p in (petit / "fiches").rglob("*.yml") if "vocab" not in str(p)}
    fait = preparer(petit / "fiches", "ministere", "administration", "2026-11-22")
    assert fait.arrivee.name == "administration.yml"
    assert set(fait.textes) == {
        petit / "fiches/renommees.yml",
        fait.arrivee,
        appui,
        petit / "fiches/methodes/ecrire.yml",
    }
    assert fait.textes[appui] == avant[appui].replace("- ministere", "- administration")
    assert fait.textes[fait.arrivee].count("administration") == 1
    assert fait.textes[petit / "fiches/renommees.yml"] == (
        '# en tête\nrenommees:\n  - {ancien: ministere, nouveau: administration, le: "2026-11-22"}\n'
    )
    assert {p: p.read_text(encoding="utf-8") for p in avant} == avant  # nothing is written yet


@pytest.mark.parametrize(
    ("ancien", "nouveau", "message"),
    [
        ("absente", "autre", "Aucune fiche"),
        ("appui", "ecrire", "déjà le nom d’une fiche"),
        ("appui", "../dehors", "ne convient pas"),
        ("appui", "vieux", "a déjà été le nom"),
    ],
)
def test_a_renaming_that_would_lose_something_is_refused(petit: Path, ancien: str, nouveau: str, message: str) -> None:
    ecrire(petit, 'ancien: vieux, nouveau: ecrire, le: "2025-01-01"')
    with pytest.raises(Refus, match=message):
        preparer(petit / "fiches", ancien, nouveau, "2026-11-22")


def test_a_new_fiche_cannot_take_a_former_id(petit: Path) -> None:
    ecrire(petit, 'ancien: vieux, nouveau: appui, le: "2025-01-01"')
    catalogue, _ = charger(petit)
    problemes = Essai(catalogue, petit).controler("fiches/methodes/vieux.yml", texte("methode", "vieux").encode())
    assert any("« vieux » a été celui de « appui »" in str(p) for p in problemes)
    assert json.loads(reperes_json(catalogue, []))["renommees"] == {"vieux": "appui"}


def test_rules_know_former_ids_by_default_as_none() -> None:
    assert Reperes({}, {}, None, Path()).renommees == {}  # type: ignore[arg-type]


def test_everyday_words_are_checked(petit: Path) -> None:
    """Each mistake of the thesaurus is said where it is, with what to do."""
    (petit / "fiches/vocabulaires/mots_courants.yml").write_text(
        "mots_courants:\n"
        "  - {mots: [Médecin, désert médical], fiches: [appuis]}\n"
        "  - {mots: [medecin, '!'], theme: habitats}\n"
        "  - {mots: [pont], dire: Le département entretient ses ponts.}\n",
        encoding="utf-8",
    )
    dits = messages(petit, "fiches/vocabulaires/mots_courants.yml")
    assert [d.split(" : ", 1)[0].split(":", 1)[1] for d in dits] == [
        "2:48 · mots_courants[1].fiches[1]",
        "3:13 · mots_courants[2].mots[1]",
        "3:22 · mots_courants[2].mots[2]",
        "3:28 · mots_courants[2].theme",
        "4:5 · mots_courants[3]",
    ]
    assert [d.rsplit(". ", 1)[-1] for d in dits][1::3] == [
        "Gardez-le à un seul endroit.",
        "Donnez au moins une fiche, un thème ou une porte.",
    ]
    assert "Vouliez-vous dire « appui » ?" in dits[0]
    assert "Vouliez-vous dire « habitat » ?" in dits[3]
