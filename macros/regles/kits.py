"""Kits hold together: times, roles, anchors, and methods that fit the slot and the group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from macros.lecture.problemes import remede
from macros.modeles import Fiche, Kit, Methode, Seance
from macros.modeles.seances.agenda import creneaux, duree_lisible, heure_lisible, minutes
from macros.modeles.seances.durees import EN_MINUTES, Bornes, bornes, bornes_lisibles
from macros.regles.contexte import Constats, Lue, Reperes


def horaires(lue: Lue, _: Reperes) -> Constats:
    """A fixed start neither overlaps the previous sequence nor leaves a hole; a day ends before midnight."""
    if not isinstance(lue.fiche, Kit):
        return
    for rang, seance in enumerate(lue.fiche.seances):
        for numero, creneau in enumerate(creneaux(seance)):
            chemin = ("seances", rang, "sequences", numero)
            if creneau.ecart < 0:
                yield (
                    (*chemin, "debut"),
                    (
                        f"commence à {creneau.sequence.debut} alors que la séquence précédente finit à "
                        f"{heure_lisible(creneau.debut - creneau.ecart)}. Raccourcissez la précédente ou décalez celle-ci."
                    ),
                )
            elif creneau.ecart > 0:
                yield (
                    (*chemin, "debut"),
                    (
                        f"laisse {duree_lisible(creneau.ecart)} sans rien avant {creneau.sequence.debut}. Allongez la "
                        "séquence précédente ou ajoutez un battement."
                    ),
                )
            if creneau.fin > 24 * 60:
                yield chemin, "la séance dépasse minuit. Répartissez-la sur deux jours."
        yield from _depassement(seance, ("seances", rang, "fin"))


def _depassement(seance: Seance, chemin: tuple[str | int, ...]) -> Constats:
    places = creneaux(seance)
    if places and seance.fin and places[-1].fin > minutes(seance.fin):
        retard = places[-1].fin - minutes(seance.fin)
        total = sum(sequence.duree for sequence in seance.sequences)
        yield (
            chemin,
            (
                f"annonce {heure_lisible(minutes(seance.fin))}, mais les séquences ({duree_lisible(total)} depuis "
                f"{heure_lisible(places[0].debut)}) finissent à {heure_lisible(places[-1].fin)}, "
                f"{duree_lisible(retard)} plus tard. Raccourcissez une séquence ou repoussez la fin."
            ),
        )


def renvois_internes(lue: Lue, _: Reperes) -> Constats:
    """Roles and anchors named in tasks, séances and sequences are declared in the kit."""
    kit = lue.fiche
    if not isinstance(kit, Kit):
        return
    roles, ancres = {r.id for r in kit.roles}, {a.id for a in kit.ancres}
    for rang, tache in enumerate(kit.retroplanning):
        yield from _declared(tache.role, roles, ("retroplanning", rang, "role"), "le rôle")
        yield from _declared(tache.ancre, ancres, ("retroplanning", rang, "ancre"), "l’ancre")
    for rang, seance in enumerate(kit.seances):
        if seance.ancre:
            yield from _declared(seance.ancre, ancres, ("seances", rang, "ancre"), "l’ancre")
        for numero, sequence in enumerate(seance.sequences):
            for place, role in enumerate(sequence.roles):
                yield from _declared(role, roles, ("seances", rang, "sequences", numero, "roles", place), "le rôle")


def _declared(nom: str, declares: Iterable[str], chemin: tuple[str | int, ...], quoi: str) -> Constats:
    if nom not in declares:
        yield chemin, f"{quoi} « {nom} » manque dans ce kit. {remede(nom, declares)}"


def methodes_adaptees(lue: Lue, fiches: Mapping[str, Fiche]) -> Constats:
    """The method of a sequence fits its duration and the size of the group, where both are known."""
    kit = lue.fiche
    if not isinstance(kit, Kit):
        return
    for rang, seance in enumerate(kit.seances):
        for numero, sequence in enumerate(seance.sequences):
            methode = fiches.get(sequence.methode or "")
            if not isinstance(methode, Methode):
                continue
            chemin = ("seances", rang, "sequences", numero)
            attendue = bornes(methode.duree, EN_MINUTES)
            if attendue and not sequence.methode_partielle and not attendue[0] <= sequence.duree <= attendue[1]:
                yield (
                    (*chemin, "duree"),
                    f"{duree_lisible(sequence.duree)}, alors que « {methode.titre} » demande {bornes_lisibles(attendue)}. Ajustez la "
                    "durée, ou écrivez methode_partielle: oui si la séquence n’en reprend qu’une partie.",
                )
            groupe, taille = _group_size(kit, sequence.modalite), bornes(methode.participants, {"personne": 1})
            if groupe and taille and (groupe[0] > taille[1] or groupe[1] < taille[0]):
                yield (
                    (*chemin, "methode"),
                    (
                        f"« {methode.titre} » est faite pour {_people(taille)}, la séquence réunit "
                        f"{_people(groupe)}. Changez de méthode ou de nombre de groupes."
                    ),
                )


def _people(effectif: Bornes) -> str:
    bas, haut = effectif
    if haut == float("inf"):
        return f"au moins {bas:g} personnes"
    return f"{bas:g} personnes" if bas == haut else f"{bas:g} à {haut:g} personnes"


def _group_size(kit: Kit, modalite: str) -> Bornes | None:
    total = bornes(kit.participants, {"personne": 1})
    if total and kit.groupes and modalite in {"groupes", "terrain"}:
        return total[0] / kit.groupes, total[1] / kit.groupes
    return total
