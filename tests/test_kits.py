"""Times are computed; the Poix-du-Nord day runs from 8:30 to 17:00 in eleven slots."""

from __future__ import annotations

from macros.catalogue.fige import Catalogue
from macros.catalogue.materiel import materiel_du_kit
from macros.modeles import Kit
from macros.modeles.seances.agenda import creneaux, duree_lisible, heure_lisible
from macros.modeles.seances.retroplanning import blocs

KITS = {
    "kit-general-atelier-des-territoires",
    "preparer-un-atelier-flash",
    "preparer-un-atelier-local",
    "atelier-territorial-journee",
    "atelier-scenario-rose-noir",
}


def _kit(catalogue: Catalogue, id_: str) -> Kit:
    kit = catalogue.fiches[id_]
    assert isinstance(kit, Kit)
    return kit


def test_the_five_kits_are_there(catalogue: Catalogue) -> None:
    assert {f.id for f in catalogue.du_type("kit")} == KITS


def test_poix_du_nord_slot_for_slot(catalogue: Catalogue) -> None:
    seance = _kit(catalogue, "atelier-territorial-journee").seances[0]
    placed = creneaux(seance)
    assert [heure_lisible(c.debut) for c in placed] == [
        "8 h 30",
        "9 h",
        "9 h 15",
        "9 h 45",
        "10 h",
        "12 h",
        "13 h",
        "14 h 15",
        "14 h 45",
        "16 h",
        "16 h 45",
    ]
    assert heure_lisible(placed[-1].fin) == "17 h"
    assert all(c.ecart == 0 for c in placed)
    assert all("s1" in c.sequence.sources for c in placed)


def test_durations_read_well() -> None:
    assert [duree_lisible(m) for m in (15, 60, 75, 150)] == ["15 min", "1 h", "1 h 15", "2 h 30"]


def test_four_worked_cases_come_with_the_rose_noir_kit(catalogue: Catalogue) -> None:
    kit = _kit(catalogue, "atelier-scenario-rose-noir")
    cas = [c for a in kit.actions for c in getattr(catalogue.fiches[a], "cas", ())]
    assert len(cas) == 4
    place = next(c for c in cas if "place" in c.id)
    assert place.facteurs_reussite == ()
    assert place.note
    assert len(place.vigilances) == 4


def test_tasks_are_in_order_and_named(catalogue: Catalogue) -> None:
    for id_ in KITS:
        kit = _kit(catalogue, id_)
        assert blocs(kit), id_
        assert sum(len(b.taches) for b in blocs(kit)) == len(kit.retroplanning)
        besoins = materiel_du_kit(kit, catalogue.fiches)
        assert len({b.nom for b in besoins}) == len(besoins)
