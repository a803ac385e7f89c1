"""What to pack: what is used up adds up, what is used again counts once, per group and per participant."""

from __future__ import annotations

from typing import Any

from macros.catalogue.fige import Catalogue
from macros.catalogue.materiel import Besoin, materiel_du_kit
from macros.ecriture.typographie import INSECABLE
from macros.lecture.brute import lire
from macros.lecture.validation import valider
from macros.modeles import TYPES, Fiche, Kit
from macros.pages.plans import page
from tests.fabrique import texte


def _fiche(type_: str, **champs: Any) -> Fiche:
    brut, _ = lire("essai.yml", texte(type_, **champs).encode())
    assert brut
    fiche, problemes = valider(TYPES[type_], "essai.yml", brut)
    assert fiche, problemes
    return fiche


def _item(nom: str, quantite: int | None = None, par: str | None = None, reutilisable: bool = False) -> dict[str, Any]:
    champs = {"nom": f"{nom} [kit].", "quantite": quantite, "par": par}
    return {k: v for k, v in champs.items() if v is not None} | ({"reutilisable": "oui"} if reutilisable else {})


def _sequence(*materiel: dict[str, Any], methode: str | None = None) -> dict[str, Any]:
    suite = {"methode": methode} if methode else {}
    return {
        "titre": "Séquence",
        "duree": 30,
        "modalite": "pleniere",
        "sources": ["kit"],
        "materiel": list(materiel),
        **suite,
    }


def _besoins(*sequences: dict[str, Any], methodes: tuple[Fiche, ...] = (), **champs: Any) -> list[tuple[Any, ...]]:
    """(name, total, calculation) of a kit of four groups and 24 to 32 participants."""
    milieu = len(sequences) // 2 or 1
    seances = [
        {"id": f"jour-{n}", "titre": "Jour", "sequences": list(s)}
        for n, s in enumerate((sequences[:milieu], sequences[milieu:]), 1)
    ]
    participants = [{"min": "24", "max": "32", "unite": "personne", "source": "kit"}]
    kit = _fiche("kit", **{"seances": seances, "groupes": 4, "participants": participants, **champs})
    assert isinstance(kit, Kit)
    return [
        (b.nom.replace(" [kit].", ""), b.total, b.calcul.replace(INSECABLE, " "))
        for b in materiel_du_kit(kit, {m.id: m for m in methodes})
    ]


def test_what_is_used_up_adds_up_over_sequences_groups_and_participants() -> None:
    assert _besoins(
        _sequence(_item("Plan", 1, "groupe"), _item("Gommettes", 5, "participant"), _item("Émargement", 1, "atelier")),
        _sequence(_item("Plan", 1, "groupe"), _item("Émargement", 1, "atelier")),
        _sequence(_item("Papillons", 5, "participant")),
        _sequence(_item("Papillons", 10, "groupe")),
    ) == [
        ("Plan", 8, "1 par groupe, 4 groupes, 2 séquences"),
        ("Gommettes", 160, "5 par participant, 32 participants"),
        ("Émargement", 2, "1 par séquence, 2 séquences"),
        ("Papillons", 200, "5 par participant, 32 participants ; 10 par groupe, 4 groupes"),
    ]


def test_what_is_used_again_counts_once_where_most_is_needed() -> None:
    assert _besoins(
        _sequence(
            _item("Feutres", 2, "atelier", reutilisable=True), _item("Projecteur", 1, "atelier", reutilisable=True)
        ),
        _sequence(
            _item("Feutres", 4, "groupe", reutilisable=True), _item("Projecteur", 1, "atelier", reutilisable=True)
        ),
    ) == [("Feutres", 16, "4 par groupe, 4 groupes"), ("Projecteur", 1, "")]


def test_what_cannot_be_computed_is_said_as_it_is() -> None:
    found = _besoins(
        _sequence(_item("Plan", 1, "groupe"), _item("Carnet", 1, "participant"), _item("Mur libre")),
        groupes=None,
        participants=None,
    )
    assert found == [("Plan", None, "1 par groupe"), ("Carnet", None, "1 par participant"), ("Mur libre", None, "")]


def test_a_sequence_without_list_takes_that_of_its_methode() -> None:
    methode = _fiche("methode", id_="vote", materiel=[_item("Gommettes", 5, "participant")])
    assert _besoins(_sequence(methode="vote"), methodes=(methode,)) == [
        ("Gommettes", 160, "5 par participant, 32 participants")
    ]
    # Une liste écrite dans le kit remplace celle de la méthode, pour tout le kit.
    assert _besoins(
        _sequence(_item("Bâtons à tracer", 1, "groupe"), methode="vote"), _sequence(methode="vote"), methodes=(methode,)
    ) == [("Bâtons à tracer", 4, "1 par groupe, 4 groupes")]


def _du_kit(catalogue: Catalogue, id_: str) -> dict[str, Besoin]:
    kit = catalogue.fiches[id_]
    assert isinstance(kit, Kit)
    return {b.nom.removesuffix(" [kit]."): b for b in materiel_du_kit(kit, catalogue.fiches)}


def test_exact_figures_of_the_kits(catalogue: Catalogue) -> None:
    flash = _du_kit(catalogue, "preparer-un-atelier-flash")
    assert {
        nom: flash[nom].total for nom in ("Gommettes", "Papillons collants", "Fond de plan A0 ou A1", "Feutres")
    } == {
        "Gommettes": 160,
        "Papillons collants": 256,
        "Fond de plan A0 ou A1": 8,
        "Feutres": 16,
    }
    assert flash["Figures à afficher au mur"].methode == "evaluation-a-chaud"
    journee = _du_kit(catalogue, "atelier-territorial-journee")
    assert (journee["Papillons collants"].total, journee["Feutres"].total) == (240, 12)
    assert journee["Minuteur visible"].total == 1


def test_the_page_shows_the_calculation_and_its_rule(catalogue: Catalogue) -> None:
    section = next(
        s for s in page(catalogue, "fiche", "preparer-un-atelier-flash/materiel").sections if s.id == "materiel"
    )
    html = section.html.replace(INSECABLE, " ")
    assert "Gommettes : 160 (5 par participant, 32 participants)" in html
    assert "Rouleau de calque : 8 (1 par groupe, 4 groupes, 2 séquences)" in html
    assert "ce qui ressert n’est compté qu’une fois" in html
    assert "methodes/evaluation-a-chaud/" in html
