"""What the composer reads: kits as compositions, méthodes to place, holidays. Its own code is tested in a browser."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import posixpath
import re
from itertools import pairwise
from typing import Any

import pytest

from macros.catalogue.fige import Catalogue
from macros.lecture.lieux.jours import feries, vacances
from macros.lecture.lieux.referentiels import Referentiels
from macros.modeles import Kit
from macros.modeles.seances.agenda import creneaux, minutes
from macros.pages.outils.composeur import composition, fichiers
from macros.sorties.assemblage import sans_commentaires
from macros.sorties.genres import produits
from tests.conftest import RACINE

JS = RACINE / "docs" / "assets" / "js"
MAX_KO = 68


@pytest.fixture(scope="module")
def publies(catalogue: Catalogue) -> dict[str, Any]:
    return {uri: json.loads(texte) for uri, texte in fichiers(catalogue)}


def _kits(catalogue: Catalogue) -> list[Kit]:
    return [f for f in catalogue.fiches.values() if isinstance(f, Kit)]


def test_every_kit_has_its_composition(catalogue: Catalogue, publies: dict[str, Any]) -> None:
    kits = _kits(catalogue)
    assert {f"api/composer/{k.id}.json" for k in kits} == set(publies) - {"api/composer.json"}
    for kit in kits:
        lue = publies[f"api/composer/{kit.id}.json"]
        assert (lue["v"], lue["kit"], len(lue["taches"])) == (1, kit.id, len(kit.retroplanning))
        sequences = [s for j in lue["jours"] for s in j["sequences"]]
        assert [s["duree"] for s in sequences] == [s.duree for seance in kit.seances for s in seance.sequences]
        assert len({s["id"] for s in sequences}) == len(sequences)
        assert {r for s in sequences for r in s["role"]} <= {r["id"] for r in lue["roles"]}


def test_times_computed_from_a_composition_are_those_of_the_kit(catalogue: Catalogue) -> None:
    """Dropping the starts that follow by themselves changes no time."""
    verifiees = 0
    for kit in _kits(catalogue):
        for seance, jour in zip(kit.seances, composition(kit)["jours"], strict=True):
            curseur = minutes(jour["debut"])
            for place, sequence in zip(creneaux(seance), jour["sequences"], strict=seance.debut is not None):
                curseur = minutes(sequence["fixe"]) if sequence["fixe"] else curseur
                assert curseur == place.debut, (kit.id, jour["id"], sequence["titre"])
                curseur += sequence["duree"]
                verifiees += 1
    assert verifiees > 60


def test_only_a_meal_and_a_visit_stay_fixed(publies: dict[str, Any]) -> None:
    (jour,) = publies["api/composer/atelier-territorial-journee.json"]["jours"]
    assert [(s["titre"], s["fixe"]) for s in jour["sequences"] if s["fixe"]] == [
        ("L’expérience du terrain", "10:00"),
        ("Déjeuner", "12:00"),
    ]


def test_a_dispositif_leads_to_its_kit(catalogue: Catalogue, publies: dict[str, Any]) -> None:
    alias = publies["api/composer.json"]["alias"]
    assert alias["atelier-flash"] == "preparer-un-atelier-flash"
    assert alias == {k.dispositif: k.id for k in _kits(catalogue) if k.dispositif}


def test_no_citation_nor_markup_reaches_the_composer(publies: dict[str, Any]) -> None:
    for uri, contenu in publies.items():
        assert not re.search(r"\[(s\d+|kit)", json.dumps(contenu, ensure_ascii=False)), uri


def test_what_a_methode_gives_and_needs(publies: dict[str, Any]) -> None:
    methodes = {m["id"]: m for m in publies["api/composer.json"]["methodes"]}
    assert len(methodes) > 40
    restitution = methodes["restitution-par-groupe"]
    assert (restitution["par_groupe"], restitution["duree"], restitution["duree_proposee"]) == (15, [15, 75], 45)
    assert (methodes["visite-exploratoire"]["modalite"], methodes["visite-exploratoire"]["duree_proposee"]) == (
        "terrain",
        120,
    )
    assert methodes["recollement-par-groupe"]["avant"] == ["visite-exploratoire"]
    assert methodes["un-deux-quatre-tous"]["participants"] == [8, 60]
    for methode in methodes.values():
        assert set(methode["avant"]) <= set(methodes)
        assert 5 <= methode["duree_proposee"] <= 720


def test_school_zones_cover_metropolitan_france() -> None:
    lieux = Referentiels(RACINE / "fiches" / "referentiels")
    metropole = {code for code in lieux.departements if len(code) == 2 and code not in {"2A", "2B"}}
    assert set(lieux.zones_scolaires) == metropole
    assert set(lieux.zones_scolaires.values()) == {zone for zone, *_ in vacances()} == set("ABC")
    for zone in "ABC":
        periodes = sorted((debut, fin) for z, _, debut, fin in vacances() if z == zone)
        assert all(debut <= fin for debut, fin in periodes)
        assert all(a[1] < b[0] for a, b in pairwise(periodes))


def test_holidays_are_those_of_the_law() -> None:
    """Days given by the code du travail (L3133-1, L3134-13, L3422-2) and the arrêté of 22 October 2025, not by the
    packages."""
    connus = feries()
    assert [jour for jour in connus[""] if jour.startswith("2027")] == [
        "2027-01-01", "2027-03-29", "2027-05-01", "2027-05-06", "2027-05-08", "2027-05-17",
        "2027-07-14", "2027-08-15", "2027-11-01", "2027-11-11", "2027-12-25",
    ]  # fmt: skip
    en_plus = {code: [j for j in jours if j.startswith("2027")] for code, jours in connus.items() if code}
    alsace = ["2027-03-26", "2027-12-26"]
    assert en_plus == {
        "57": alsace, "67": alsace, "68": alsace,
        "971": ["2027-05-27"], "972": ["2027-05-22"], "973": ["2027-06-10"], "974": ["2027-12-20"], "976": ["2027-04-27"],
    }  # fmt: skip
    dimanches_de_paques = ["2026-04-05", "2027-03-28", "2028-04-16", "2038-04-25"]
    lundis = [j for j, nom in connus[""].items() if nom == "lundi de Pâques"]
    assert all((dt.date.fromisoformat(d) + dt.timedelta(1)).isoformat() in lundis for d in dimanches_de_paques)
    assert ("A", "vacances d’hiver", "2027-02-13", "2027-02-28") in vacances()
    assert max(fin for *_, fin in vacances()) == "2028-08-31", "le ministère n’a rien publié au-delà"


def _modules(entree: str, vus: dict[str, str]) -> dict[str, str]:
    """Address → text of the module and of all those it imports, statically or not."""
    if entree not in vus:
        place = JS.parents[1] / entree
        vus[entree] = produits().get(entree) or place.read_text(encoding="utf-8")
        for chemin in re.findall(r"""(?:from|import\()\s*"(\.[^"]+)\"""", vus[entree]):
            _modules(posixpath.normpath(posixpath.join(posixpath.dirname(entree), chemin)), vus)
    return vus


def test_the_scripts_of_the_page_stay_light() -> None:
    """As published, with the documents to leave with, which the page asks for once it is idle."""
    modules = _modules("assets/js/emporter/index.js", _modules("assets/js/composer/page.js", {}))
    publies = map(sans_commentaires, modules.values())
    poids = sum(len(gzip.compress(script.encode(), 9, mtime=0)) for script in publies)
    assert {"page.js", "agenda.js", "lieux.js", "choix.js", "socle.js", "ics.js", "odt.js"} <= {
        posixpath.basename(m) for m in modules
    }
    assert poids < MAX_KO * 1024


def test_every_module_of_the_composer_is_loaded() -> None:
    attendus = {f"assets/js/composer/{m.name}" for m in (JS / "composer").glob("*.js")}
    assert attendus <= _modules("assets/js/composer/page.js", {}).keys()
