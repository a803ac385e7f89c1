"""Kit -> its spreadsheets: the dates of the retroplanning, computed by the sheet, and the follow-up of the actions."""

from __future__ import annotations

from collections.abc import Callable

from macros.ecriture.textes import texte_nu
from macros.ecriture.typographie import typographier
from macros.modeles import Kit
from macros.modeles.seances.retroplanning import quand
from macros.sorties.documents.modele import Cellule, Feuille

ETATS = ("à lancer", "en cours", "fait", "bloqué", "abandonné")
PRIORITES = ("cette année", "dans les trois ans", "plus tard")
LIGNES_VIDES = 30


def retroplanning(kit: Kit) -> tuple[Feuille, ...]:
    """One sheet: the anchors above, with a date to type; below, each task with its date computed from its anchor."""
    roles = {role.id: typographier(role.titre) for role in kit.roles}
    utiles = [a for a in kit.ancres if any(t.ancre == a.id for t in kit.retroplanning)]
    avant = (
        (Cellule("Saisissez les dates repères dans la colonne B : les dates des tâches se calculent."),),
        *((Cellule(typographier(ancre.libelle)), Cellule(genre="date")) for ancre in utiles),
        (Cellule(),),
    )
    rangs = {ancre.id: rang for rang, ancre in enumerate(utiles, 2)}
    taches = sorted(kit.retroplanning, key=lambda t: (rangs[t.ancre], t.decalage))
    lignes = tuple(
        (
            Cellule(texte_nu(tache.tache)),
            Cellule(genre="date", formule=(f"B{rangs[tache.ancre]}", tache.decalage)),
            Cellule(quand(tache)),
            Cellule(next(typographier(a.libelle) for a in utiles if a.id == tache.ancre)),
            Cellule(roles.get(tache.role, tache.role)),
            Cellule(),
            Cellule(),
        )
        for tache in taches
    )
    colonnes = (
        ("Tâche", 95), ("Date", 26), ("Décalage", 22), ("Par rapport à", 48), ("Rôle", 38), ("Responsable", 38),
        ("État", 24),
    )  # fmt: skip
    return (Feuille("Rétroplanning", colonnes, lignes, {6: ETATS}, avant),)


def feuille_de_route(kit: Kit) -> tuple[Feuille, ...]:
    """The actions to follow, then the dates at which they were reviewed."""
    del kit  # the same for all: what is followed comes from the workshop, not from the kit
    actions = (
        ("N°", 12), ("Thème", 36), ("Action", 80), ("Lieu", 36), ("Qui porte", 38), ("Avec qui", 38), ("Priorité", 32),
        ("Premier pas", 55), ("Échéance", 26), ("Coût estimé (€)", 28), ("Financement", 38), ("État", 24),
        ("Dernière nouvelle", 60), ("Mis à jour le", 26),
    )  # fmt: skip
    types = {0: "nombre", 8: "date", 9: "nombre", 13: "date"}
    vides = tuple(
        tuple(
            Cellule(str(rang), "nombre") if colonne == 0 else Cellule(genre=types.get(colonne, "texte"))
            for colonne in range(len(actions))
        )
        for rang in range(1, LIGNES_VIDES + 1)
    )
    points = (
        ("Date du point", 30),
        ("Présents", 70),
        ("Ce qui a avancé", 80),
        ("Ce qui bloque", 80),
        ("Prochain point", 30),
    )
    reunions = tuple(
        tuple(Cellule(genre="date" if colonne in (0, 4) else "texte") for colonne in range(len(points)))
        for _ in range(LIGNES_VIDES // 3)
    )
    return (
        Feuille("Actions", actions, vides, {6: PRIORITES, 11: ETATS}),
        Feuille("Points de suivi", points, reunions),
    )


TABLEURS: dict[str, Callable[[Kit], tuple[Feuille, ...]]] = {
    "retroplanning": retroplanning,
    "suivi-feuille-de-route": feuille_de_route,
}
"""Document -> the sheets it holds."""
