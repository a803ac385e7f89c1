"""Kits hold together: times, roles, anchors, and methods that fit the slot and the group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from macros.lecture.problemes import remede
from macros.modeles import Fiche, Kit, Methode, Seance
from macros.modeles.partage import COMMUN, FICHE
from macros.modeles.seances.agenda import creneaux, duree_lisible, heure_lisible, minutes
from macros.modeles.seances.durees import EN_MINUTES, EN_PERSONNES, Bornes, bornes, bornes_lisibles, effectif_lisible
from macros.regles.contexte import Constats, Lue, Reperes


def horaires(lue: Lue, _: Reperes) -> Constats:
    """A fixed start neither overlaps the previous sequence nor leaves a hole; a day ends before midnight."""
    if not isinstance(lue.fiche, Kit):
        return
    for rang, seance in enumerate(lue.fiche.seances):
        for numero, creneau in enumerate(creneaux(seance)):
            chemin = ("seances", rang, "sequences", numero)
            if creneau.ecart < 0:
                fin = heure_lisible(creneau.debut - creneau.ecart)
                yield (*chemin, "debut"), FICHE.dire("chevauchement", debut=creneau.sequence.debut, fin=fin)
            elif creneau.ecart > 0:
                duree = duree_lisible(creneau.ecart)
                yield (*chemin, "debut"), FICHE.dire("trou", duree=duree, debut=creneau.sequence.debut)
            if creneau.fin > 24 * 60:
                yield chemin, FICHE.dire("minuit")
        yield from _depassement(seance, ("seances", rang, "fin"))


def _depassement(seance: Seance, chemin: tuple[str | int, ...]) -> Constats:
    places = creneaux(seance)
    if places and seance.fin and places[-1].fin > minutes(seance.fin):
        retard = places[-1].fin - minutes(seance.fin)
        total = sum(sequence.duree for sequence in seance.sequences)
        yield (
            chemin,
            FICHE.dire(
                "depassement",
                annoncee=heure_lisible(minutes(seance.fin)),
                total=duree_lisible(total),
                debut=heure_lisible(places[0].debut),
                fin=heure_lisible(places[-1].fin),
                retard=duree_lisible(retard),
            ),
        )


def renvois_internes(lue: Lue, _: Reperes) -> Constats:
    """Roles and anchors named in tasks, séances and sequences are declared in the kit."""
    kit = lue.fiche
    if not isinstance(kit, Kit):
        return
    roles, ancres = {r.id for r in kit.roles}, {a.id for a in kit.ancres}
    for rang, tache in enumerate(kit.retroplanning):
        yield from _declared(tache.role, roles, ("retroplanning", rang, "role"), "roles")
        yield from _declared(tache.ancre, ancres, ("retroplanning", rang, "ancre"), "ancres")
    for rang, seance in enumerate(kit.seances):
        if seance.ancre:
            yield from _declared(seance.ancre, ancres, ("seances", rang, "ancre"), "ancres")
        for numero, sequence in enumerate(seance.sequences):
            for place, role in enumerate(sequence.roles):
                yield from _declared(role, roles, ("seances", rang, "sequences", numero, "roles", place), "roles")


def _declared(nom: str, declares: Iterable[str], chemin: tuple[str | int, ...], quoi: str) -> Constats:
    if nom not in declares:
        yield chemin, f"{FICHE.dire('absent_du_kit', quoi=FICHE[quoi], nom=nom)} {remede(nom, declares)}"


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
                duree, voulue = duree_lisible(sequence.duree), bornes_lisibles(attendue)
                dit = FICHE.dire("duree_de_methode", duree=duree, titre=methode.titre, voulue=voulue)
                yield (*chemin, "duree"), dit
            groupe, taille = _group_size(kit, sequence.modalite), bornes(methode.participants, EN_PERSONNES)
            if groupe and taille and (groupe[0] > taille[1] or groupe[1] < taille[0]):
                pour, reunis = effectif_lisible(taille), effectif_lisible(groupe)
                dit = FICHE.dire("taille_de_methode", titre=methode.titre, taille=pour, groupe=reunis)
                yield (*chemin, "methode"), dit


def _group_size(kit: Kit, modalite: str) -> Bornes | None:
    total = bornes(kit.participants, EN_PERSONNES)
    if total and kit.groupes and modalite in COMMUN["en_groupes"]:
        return total[0] / kit.groupes, total[1] / kit.groupes
    return total
