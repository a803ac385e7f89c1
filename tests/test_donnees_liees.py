"""What pages say of themselves to search engines: read by a JSON-LD processor, and never able to leave its script."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from pyld import jsonld

from macros.catalogue.fige import Catalogue
from macros.ecriture.rendu import Depot, adresse
from macros.modeles import TYPES
from macros.moteur.publication import adresse_publique, decrire
from macros.pages.donnees_liees import Decrit, en_script
from macros.pages.plans import page, plans

BASE = "https://exemple.fr/accompagner/"
SCHEMA = "https://schema.org/"
# Class -> properties that schema.org documents for it and that we use: a name it does not know would be lost.
_CHOSE = {"name", "description", "url", "alternateName", "identifier"}
_OEUVRE = _CHOSE | {"inLanguage", "license", "isPartOf", "dateModified", "citation", "isAccessibleForFree", "about"}
ADMIS = {
    "WebPage": _OEUVRE | {"breadcrumb", "mainEntity"},
    "CollectionPage": _OEUVRE | {"breadcrumb"},
    "WebSite": _OEUVRE,
    "DataCatalog": _OEUVRE,
    "Dataset": _OEUVRE | {"includedInDataCatalog", "distribution"},
    "DataDownload": _OEUVRE | {"encodingFormat", "contentUrl"},
    "BreadcrumbList": _CHOSE | {"itemListElement"},
    "ListItem": _CHOSE | {"position", "item"},
    "GovernmentService": _CHOSE | {"serviceType", "provider", "areaServed"},
    "Service": _CHOSE | {"serviceType", "provider", "areaServed"},
    "GovernmentOrganization": _CHOSE | {"email", "telephone", "parentOrganization", "areaServed"},
    "Organization": _CHOSE | {"email", "telephone", "parentOrganization", "areaServed"},
    "Country": _CHOSE,
    "AdministrativeArea": _CHOSE,
    "HowTo": _OEUVRE | {"totalTime", "step"},
    "HowToStep": _CHOSE | {"position"},
    "CreativeWork": _OEUVRE,
    "Article": _OEUVRE | {"headline"},
    "LearningResource": _OEUVRE | {"learningResourceType"},
    "Place": _CHOSE | {"geo", "containsPlace"},
    "GeoCoordinates": _CHOSE | {"latitude", "longitude"},
    "Event": _CHOSE | {"startDate", "endDate", "organizer", "location"},
}
ATTENDUS = {
    "dispositif": {"GovernmentService", "Service"},
    "partenaire": {"Organization", "GovernmentOrganization"},
    "action": {"Event", "Article"},
    "site": {"Place"},
    "methode": {"HowTo", "CreativeWork"},
    "kit": {"LearningResource"},
}


def lire(texte: str, base: str = BASE) -> list[dict[str, Any]]:
    """Expand with schema.org as the only vocabulary; nothing is fetched."""
    donnees = json.loads(texte)
    assert donnees.pop("@context") == "https://schema.org"
    return list(jsonld.expand({"@context": {"@vocab": SCHEMA}, **donnees}, {"base": base}))


def noeuds(valeur: Any) -> list[dict[str, Any]]:
    """Every node of an expanded document."""
    if isinstance(valeur, list):
        return [n for v in valeur for n in noeuds(v)]
    if not isinstance(valeur, dict):
        return []
    return ([valeur] if "@type" in valeur else []) + [n for v in valeur.values() for n in noeuds(v)]


def test_every_generated_page_describes_itself(catalogue: Catalogue) -> None:
    depot = Depot(site=BASE)
    vus: dict[str, set[str]] = {t: set() for t in TYPES}
    for plan in plans(catalogue):
        made = page(catalogue, plan.genre, plan.cle, depot)
        if made.fiche:  # a part of a fiche: the fiche is described on its own page
            assert made.donnees_liees == ""
            continue
        graphe = lire(made.donnees_liees)
        for noeud in noeuds(graphe):
            for type_ in noeud["@type"]:
                nom = type_.removeprefix(SCHEMA)
                inconnues = {k.removeprefix(SCHEMA) for k in noeud if not k.startswith("@")} - ADMIS[nom]
                assert not inconnues, (made.uri, nom, inconnues)
        assert graphe[0]["@id"] == BASE + made.uri
        if made.type:
            vus[made.type].add(graphe[0][f"{SCHEMA}mainEntity"][0]["@type"][0].removeprefix(SCHEMA))
    assert vus == ATTENDUS


def test_it_says_only_what_the_page_shows(catalogue: Catalogue) -> None:
    for id_ in ("atelier-flash", "caue-62", "visite-exploratoire", "poix-du-nord", "atelier-territorial-journee"):
        fiche = catalogue.fiches[id_]
        donnees = json.loads(page(catalogue, "fiche", id_).donnees_liees)
        assert donnees["dateModified"] == fiche.verification.le
        assert donnees.get("citation", []) == [s.url for s in fiche.sources.values() if s.url]
        assert [p["name"] for p in donnees["breadcrumb"]["itemListElement"]][-1] == donnees["name"]
    site = json.loads(page(catalogue, "fiche", "poix-du-nord").donnees_liees)["mainEntity"]
    commune = catalogue.referentiels.communes["59464"]
    assert site["geo"] == {"@type": "GeoCoordinates", "latitude": commune.lat, "longitude": commune.lon}
    assert site["identifier"] == "59464"


def test_without_an_address_of_its_own_links_are_relative(catalogue: Catalogue) -> None:
    fiche = catalogue.fiches["atelier-flash"]
    local = Decrit(catalogue, "", adresse(fiche)).fiche(fiche, [("Trouver un appui", "trouver-un-appui/")])
    assert "127.0.0.1" not in local
    public = Decrit(catalogue, BASE, adresse(fiche)).fiche(fiche, [("Trouver un appui", "trouver-un-appui/")])
    fils = [
        [p[f"{SCHEMA}item"][0]["@value"] for p in n[f"{SCHEMA}itemListElement"]]
        for texte in (local, public)
        for n in noeuds(lire(texte))
        if n["@type"] == [f"{SCHEMA}BreadcrumbList"]
    ]
    assert fils[0] == ["../../", "../../trouver-un-appui/", "./"]
    assert fils[1] == [BASE, f"{BASE}trouver-un-appui/", BASE + adresse(fiche)]


@pytest.mark.parametrize(
    "texte", ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "&lt;/script&gt;", "\u2028"]
)
def test_no_text_leaves_the_script_element(texte: str) -> None:
    ecrit = en_script({"name": texte})
    assert not re.search("[<>&\u2028\u2029]", ecrit)
    assert json.loads(ecrit) == {"name": texte}


@pytest.mark.parametrize(
    ("base", "attendue"),
    [
        ("http://127.0.0.1:8000/", ""),
        ("http://localhost/", ""),
        ("http://[::1]:8000/", ""),
        ("/", ""),
        ("https://exemple.fr/sous/", "https://exemple.fr/sous/"),
        ("https://exemple.fr:8443/", "https://exemple.fr:8443/"),
    ],
)
def test_a_preview_has_no_public_address(base: str, attendue: str) -> None:
    assert adresse_publique(base) == attendue


def test_the_home_and_the_data_page(catalogue: Catalogue) -> None:
    assert lire(decrire(catalogue, BASE, ""))[0]["@type"] == [f"{SCHEMA}WebSite"]
    donnees = lire(decrire(catalogue, BASE, "donnees/"))[0]
    assert donnees["@type"] == [f"{SCHEMA}Dataset"]
    assert len(donnees[f"{SCHEMA}distribution"]) > 12
    assert decrire(catalogue, BASE, "glossaire/") == ""


def test_the_built_pages_carry_it(site: Path, catalogue: Catalogue) -> None:
    """One block a page, Open Graph, and alternatives that exist."""
    for fiche in catalogue.fiches.values():
        fichier = site / adresse(fiche) / "index.html"
        arbre = html.parse(fichier, parser=html.HTMLParser(encoding="utf-8")).getroot()
        (bloc,) = arbre.xpath("//script[@type='application/ld+json']/text()")
        lire(bloc)
        for lien in arbre.xpath("//link[@rel='alternate']/@href"):
            assert (fichier.parent / lien).resolve().is_file(), (fiche.id, lien)
        proprietes = {m.get("property"): m.get("content") for m in arbre.xpath("//meta[@property]")}
        assert proprietes["og:title"] == json.loads(bloc)["name"]
        assert proprietes["og:description"]
        canonique = arbre.xpath("//link[@rel='canonical']/@href")
        assert not any("127.0.0.1" in c or "localhost" in c for c in canonique)
        assert bool(canonique) == ("og:url" in proprietes) == ("og:image" in proprietes)
