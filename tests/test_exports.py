"""Every file of the open data: against its published schema, or by the parser of its own field; twice the same
bytes."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
import re
from collections.abc import Iterator
from typing import Any

import feedparser
import icalendar
import pytest
from geojson_pydantic import FeatureCollection
from jsonschema import Draft7Validator
from lxml import etree
from pyld import jsonld
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from macros.catalogue.fige import Catalogue
from macros.catalogue.fraicheur import echeances
from macros.catalogue.textes_nus import ligne
from macros.ecriture.rendu import adresse
from macros.modeles import TYPES
from macros.sorties.exports import fichiers
from macros.sorties.exports.echeances import dernier_jour
from macros.sorties.exports.flux import flux_atom
from macros.sorties.exports.schemas import DOSSIER
from macros.sorties.exports.tableaux import COLONNES, SEPARATEUR, VALEURS, cellule
from tests.conftest import RACINE

BASE = "https://exemple.fr/accompagner/"
HOSTILE = "=HYPERLINK(\"http://x\")\u202e;\n\r\t</script>]]>&<b> \x07 'q' \u2028 –, \\ BEGIN:VEVENT"


@pytest.fixture(scope="session")
def api(catalogue: Catalogue) -> dict[str, str]:
    return dict(fichiers(catalogue, BASE))


@pytest.fixture(scope="session")
def registre(api: dict[str, str]) -> Registry[Any]:
    """Schemas of ``api/schemas/``, found by their address as a reader of the site finds them."""
    depot = {
        f"api/schemas/{p.name}": p.read_text(encoding="utf-8") for p in (RACINE / "docs/api/schemas").glob("*.json")
    }
    depot |= {uri: texte for uri, texte in api.items() if uri.startswith(DOSSIER)}
    pairs = []
    for uri, texte in depot.items():
        schema = json.loads(texte)
        Draft7Validator.check_schema(schema)
        schema["$id"] = BASE + uri
        pairs.append((BASE + uri, Resource.from_contents(schema, default_specification=DRAFT7)))
    return Registry().with_resources(pairs)


def fautes(registre: Registry[Any], schema: str, donnees: Any) -> list[str]:
    juge = Draft7Validator(registre.contents(BASE + schema), registry=registre)
    return [f"{'/'.join(map(str, e.absolute_path))} : {e.message[:200]}" for e in juge.iter_errors(donnees)]


# --- JSON


def json_files() -> Iterator[tuple[str, str]]:
    yield "api/fiches.json", f"{DOSSIER}/fiches.json"
    yield "api/index.json", f"{DOSSIER}/index.json"
    yield "api/renommees.json", f"{DOSSIER}/renommees.json"
    yield "api/sites.geojson", f"{DOSSIER}/sites.geojson.json"
    for modele in TYPES.values():
        yield f"api/{modele.PLURIEL}.json", f"{DOSSIER}/{modele.PLURIEL}.json"


@pytest.mark.parametrize(("uri", "schema"), list(json_files()))
def test_each_json_file_follows_its_published_schema(
    uri: str, schema: str, api: dict[str, str], registre: Registry[Any]
) -> None:
    donnees = json.loads(api[uri])
    assert fautes(registre, schema, donnees) == []
    # The schema is not a formality: one field more, or one less, is seen.
    courtes = {k: v[:1] if isinstance(v, list) else v for k, v in donnees.items()}
    assert fautes(registre, schema, {**courtes, "en_trop": 1})
    for cle in courtes:
        assert fautes(registre, schema, {k: v for k, v in courtes.items() if k != cle}), cle


def test_kinds_hold_every_fiche_once(api: dict[str, str], catalogue: Catalogue) -> None:
    toutes = json.loads(api["api/fiches.json"])["fiches"]
    par_type = [f for m in TYPES.values() for f in json.loads(api[f"api/{m.PLURIEL}.json"])["fiches"]]
    assert sorted(f["id"] for f in par_type) == sorted(f["id"] for f in toutes) == sorted(catalogue.fiches)
    # What the file of a fiche says has been judged with its kind: it is the same.
    assert all(f["contenu"] == json.loads(api[f"api/fiches/{f['id']}.json"]) for f in par_type)


def test_the_inventory_is_complete_and_reads_as_dcat(api: dict[str, str]) -> None:
    index = json.loads(api["api/index.json"])
    listes = {f["adresse"].removeprefix(BASE) for jeu in index["jeux"] for f in jeu["fichiers"]}
    assert listes <= set(api)
    # Everything at the first level of api/ is listed, except the list itself.
    assert {u for u in api if re.fullmatch(r"api/[^/]+", u)} - listes == {"api/index.json"}
    for jeu in index["jeux"]:
        for fichier in jeu["fichiers"]:
            schema = fichier["schema"].removeprefix(BASE)
            assert schema in api or schema.startswith("https://www.rfc-editor.org/"), schema
    graphe = jsonld.expand(index)
    dcat = "http://www.w3.org/ns/dcat#"
    assert graphe[0]["@type"] == [f"{dcat}Catalog"]
    jeux = graphe[0][f"{dcat}dataset"]
    assert len(jeux) == len(index["jeux"]) >= 9
    for jeu in jeux:
        assert jeu["@type"] == [f"{dcat}Dataset"]
        assert jeu["http://purl.org/dc/terms/title"][0]["@value"]
        assert all(d[f"{dcat}downloadURL"][0]["@id"].startswith(BASE) for d in jeu[f"{dcat}distribution"])


# --- CSV


def lignes(texte: str) -> list[dict[str, str]]:
    assert texte.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(texte[1:], newline=""), delimiter=SEPARATEUR, strict=True))


@pytest.mark.parametrize("type_", TYPES)
def test_each_table_follows_its_description(type_: str, api: dict[str, str], catalogue: Catalogue) -> None:
    pluriel = TYPES[type_].PLURIEL
    texte = api[f"api/{pluriel}.csv"]
    rows = lignes(texte)
    champs = {c["name"]: c for c in json.loads(api[f"api/schemas/tableaux/{pluriel}.json"])["fields"]}
    assert list(rows[0]) == list(champs)
    assert [r["id"] for r in rows] == [f.id for f in catalogue.du_type(type_)]
    assert texte.count("\r\n") == len(rows) + 1
    assert texte.replace("\r\n", "").isprintable() or not re.search(r"[\x00-\x1f]", texte.replace("\r\n", ""))
    lire = {"number": float, "date": dt.date.fromisoformat, "boolean": ["oui", "non"].index, "string": str}
    for row in rows:
        sources = catalogue.fiches[row["id"]].sources.values()
        assert row["sources"] == cellule([s.url or s.titre for s in sources]), row["id"]
        for nom, champ in champs.items():
            valeur = row[nom]
            assert valeur or not champ.get("constraints", {}).get("required"), (row["id"], nom)
            if valeur:
                lire[champ["type"]](valeur)
                assert champ["type"] == "number" or not valeur.startswith(("=", "+", "-", "@"))
                assert champ.get("format") != "uri" or re.match(r"https?://[^/]", valeur), valeur


def test_headers_never_change() -> None:
    """Reuses depend on them: a new column goes at the end of a list, a name that goes asks for a new version."""
    communes = (
        "id titre accroche adresse themes phases publics echelle codes lieux validite debut fin remplace_par "
        "verification verifie_le a_reverifier_le sources"
    )
    propres = {
        "dispositif": "sigle nature orientable porteurs premiers_contacts pour_qui cout duree contact",
        "partenaire": "sigle nom_complet nature saisine missions site_web",
        "action": "nature porteur periode_debut periode_fin sites dispositifs methodes",
        "site": "profondeur dispositifs annees avancement methodes longitude latitude",
        "methode": "forme objectif duree_min duree_max participants_min participants_max difficulte participation",
        "kit": "format finalite dispositif methodes documents",
    }
    for type_, colonnes in COLONNES.items():
        assert " ".join(c.nom for c in colonnes) == f"{communes} {propres[type_]}"


@pytest.mark.parametrize(
    ("contenu", "attendu"),
    [
        ("=1+1", "'=1+1"),
        ("  +33 1", "'+33 1"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r\n=1", "'=1"),
        ("＝1+1", "'＝1+1"),
        ("\u200b=1", "'=1"),
        (["=a", "b"], f"'=a{VALEURS}b"),
        (-61.5, "-61.5"),
        (90.0, "90"),
        (None, ""),
        (True, "oui"),
        ("deux\nlignes", "deux lignes"),
    ],
)
def test_no_cell_is_a_formula(contenu: Any, attendu: str) -> None:
    assert cellule(contenu) == attendu


# --- GeoJSON


def test_sites_are_at_the_points_of_their_places(api: dict[str, str], catalogue: Catalogue) -> None:
    collection = json.loads(api["api/sites.geojson"])
    FeatureCollection.model_validate(collection)  # RFC 7946
    assert len(collection["features"]) == len(catalogue.du_type("site"))
    par_id = {f["id"]: f for f in collection["features"]}
    commune = catalogue.referentiels.communes["59464"]
    assert par_id["poix-du-nord"]["geometry"] == {"type": "Point", "coordinates": [commune.lon, commune.lat]}
    assert par_id["poix-du-nord"]["properties"]["position"] == "commune"
    situes = [f for f in collection["features"] if f["geometry"]]
    assert len(situes) > 30
    for feature in situes:
        points = feature["geometry"]["coordinates"]
        for lon, lat in points if feature["geometry"]["type"] == "MultiPoint" else [points]:
            assert -62 < lon < 56, feature["id"]  # longitude first
            assert -22 < lat < 52, feature["id"]
        assert feature["properties"]["adresse"].startswith(BASE)


# --- Atom


def test_the_feed_is_read_and_dated(api: dict[str, str], catalogue: Catalogue) -> None:
    texte = api["api/fiches.atom"]
    lu = feedparser.parse(texte.encode())
    assert not lu.bozo, lu.get("bozo_exception")
    assert lu.version == "atom10"
    atom = "{http://www.w3.org/2005/Atom}"
    feed = etree.fromstring(texte.encode())
    # RFC 4287, 4.1.1 and 4.1.2: exactly one of each, and an author above.
    for element in (feed, *feed.iter(f"{atom}entry")):
        for nom in ("id", "title", "updated"):
            assert len(element.findall(atom + nom)) == 1
    assert feed.find(f"{atom}author/{atom}name") is not None
    assert len(lu.entries) == min(100, len(catalogue.fiches))
    assert len({e.id for e in lu.entries}) == len(lu.entries)
    assert all(e.id.startswith("urn:uuid:") for e in lu.entries)
    assert [e.updated for e in lu.entries] == sorted((e.updated for e in lu.entries), reverse=True)
    assert lu.feed.updated == lu.entries[0].updated
    adresses = {BASE + adresse(f) for f in catalogue.fiches.values()}
    assert all(e.link in adresses for e in lu.entries)
    # An address that changes changes no identifier.
    ailleurs = feedparser.parse(flux_atom(catalogue, "https://ailleurs.fr/").encode())
    assert [e.id for e in ailleurs.entries] == [e.id for e in lu.entries]


# --- iCalendar


def test_the_calendar_says_every_day(api: dict[str, str], catalogue: Catalogue) -> None:
    octets = api["api/echeances.ics"].encode()
    assert all(len(line) <= 75 for line in octets.split(b"\r\n"))
    assert b"\n" not in octets.replace(b"\r\n", b"")
    lu = icalendar.Calendar.from_ical(octets)
    assert not lu.errors
    events = lu.walk("VEVENT")
    attendus = {(e.fiche, e.le) for f in catalogue.fiches.values() for e in echeances(f)}
    vus = {
        (str(e["UID"]).split("@")[0], e.decoded("DTSTART").isoformat()) for e in events if "verification" in e["UID"]
    }
    assert len(vus) == len(attendus)
    for fiche, le in attendus:
        assert any(uid.endswith(f"-{fiche}") and jour == le for uid, jour in vus), (fiche, le)
    assert len({e["UID"] for e in events}) == len(events)
    for event in events:
        assert not event.errors
        assert event["SUMMARY"]
        assert event.decoded("DTSTAMP").tzinfo is not None
        assert str(event["URL"]).startswith(BASE)


@pytest.mark.parametrize(
    ("date", "jour"),
    [("2027", "2027-12-31"), ("2028-02", "2028-02-29"), ("2027-12", "2027-12-31"), ("2027-03-05", "2027-03-05")],
)
def test_a_period_ends_on_its_last_day(date: str, jour: str) -> None:
    assert dernier_jour(date).isoformat() == jour


# --- Markdown


def test_each_fiche_reads_as_markdown_with_its_sources(api: dict[str, str], catalogue: Catalogue) -> None:
    for fiche in catalogue.fiches.values():
        texte = api[f"api/fiches/{fiche.id}.md"]
        assert texte.startswith("# ")
        assert texte.count("\n# ") == 0
        assert f"<{BASE}{adresse(fiche)}>" in texte
        for cle, source in fiche.sources.items():
            assert f"\n- [{cle}] " in texte
            assert source.url is None or f"<{source.url}>" in texte
        assert "None" not in texte.split()
        assert "Modele" not in texte
    assert "jamais vérifié auprès du porteur" in api["api/fiches/atelier-flash.md"]
    assert f"]({BASE}api/fiches/ddt-m.md)" in api["api/fiches/atelier-flash.md"]


def test_llms_txt_leads_to_every_fiche(api: dict[str, str], catalogue: Catalogue) -> None:
    texte = api["llms.txt"]
    assert texte.startswith("# Accompagner les territoires\n\n> ")
    liens = re.findall(r"^- \[[^\]]+\]\((\S+)\): \S", texte, re.MULTILINE)
    lus = [u.removeprefix(BASE) for u in liens]
    assert {u for u in lus if u.endswith(".md")} == {f"api/fiches/{i}.md" for i in catalogue.fiches}
    assert all(u in api for u in lus if u.startswith("api/"))


# --- what a hostile text becomes


def test_a_hostile_text_breaks_no_format(api: dict[str, str], catalogue: Catalogue, registre: Registry[Any]) -> None:
    victime = catalogue.fiches["poix-du-nord"]
    faux = victime.model_copy(
        update={
            "titre": HOSTILE[:60],
            "accroche": HOSTILE,
            "validite": victime.validite.model_copy(update={"etat": "en-vigueur", "fin": "2027", "precision": HOSTILE}),
        }
    )
    infecte = dataclasses.replace(catalogue, fiches={**catalogue.fiches, faux.id: faux})
    sorties = dict(fichiers(infecte, BASE))
    for uri, schema in (
        ("api/sites.json", f"{DOSSIER}/sites.json"),
        ("api/sites.geojson", f"{DOSSIER}/sites.geojson.json"),
    ):
        assert fautes(registre, schema, json.loads(sorties[uri])) == [], uri
    row = next(r for r in lignes(sorties["api/sites.csv"]) if r["id"] == faux.id)
    assert row["titre"].startswith("'=HYPERLINK")
    assert list(row) == [c.nom for c in COLONNES["site"]]
    lu = feedparser.parse(sorties["api/fiches.atom"].encode())
    assert not lu.bozo
    agenda = icalendar.Calendar.from_ical(sorties["api/echeances.ics"])
    avant = icalendar.Calendar.from_ical(api["api/echeances.ics"])
    assert len(agenda.walk("VEVENT")) == len(avant.walk("VEVENT")) + 2  # checked again, and its end
    markdown = sorties[f"api/fiches/{faux.id}.md"]
    assert "<b>" not in markdown
    assert "</script" not in markdown
    assert re.search(r"[\x00-\x09\x0b-\x1f\u202e\u2028]", markdown) is None


def test_a_line_keeps_french_spaces_and_loses_control_characters() -> None:
    assert ligne("« Où\u202f?\u00a0»") == "« Où\u202f?\u00a0»"
    assert ligne(" a\tb\r\nc\u2028d\x00\x1fe\u202ef ") == "a b c de f"
