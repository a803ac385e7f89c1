"""Catalogue -> what the composer reads: kits as compositions, méthodes to place, calendars. Pure: returns text.

``docs/assets/js/composer/etat.js`` holds the shape of a composition; the composer computes times, tasks, supplies and
warnings with the rules of ``agenda``, ``retroplanning``, ``materiel`` and ``regles.kits`` (a test compares them).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from macros.catalogue.fige import Catalogue, cle_de_tri
from macros.ecriture.rendu import adresse
from macros.ecriture.textes import texte_nu
from macros.ecriture.typographie import typographier
from macros.lecture.json_publie import compact
from macros.lecture.lieux.jours import connus
from macros.modeles import Chiffre, Kit, Materiel, Methode, Seance, Sequence
from macros.modeles.partage import COMMUN
from macros.modeles.seances.agenda import creneaux, minutes
from macros.modeles.seances.durees import EN_MINUTES, EN_PERSONNES, Bornes, bornes

DONNEES = "api/composer.json"
DOSSIER = "api/composer"
VERSION: int = COMMUN["composition"]
"""Version of a composition, and of the shape of these files."""
_PAS = 5
_DUREE_PAR_DEFAUT = 30


def fichiers(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield (address in the site, JSON text): the common data, then one composition a published kit."""
    kits = [f for f in catalogue.fiches.values() if isinstance(f, Kit) and f.etat == "publiee"]
    yield DONNEES, compact(donnees(catalogue, kits))
    for kit in kits:
        yield f"{DOSSIER}/{kit.id}.json", compact(composition(kit))


def donnees(catalogue: Catalogue, kits: Iterable[Kit]) -> dict[str, Any]:
    """What every composition needs. ``alias``: a dispositif that has a kit -> this kit."""
    kits = list(kits)
    utiles = {s.methode for k in kits for seance in k.seances for s in seance.sequences if s.methode}
    methodes = [m for m in catalogue.fiches.values() if isinstance(m, Methode) and _placeable(m, utiles)]
    phases = catalogue.vocabulaires["phases"].valeurs
    return {
        "version": VERSION,
        "kits": [_kit(k) for k in kits],
        "alias": {k.dispositif: k.id for k in kits if k.dispositif},
        "methodes": [
            _methode(m, {autre.id for autre in methodes}) for m in sorted(methodes, key=lambda m: cle_de_tri(m.titre))
        ],
        "phases": [{"id": id_, "libelle": typographier(v.libelle)} for id_, v in phases.items()],
        "calendrier": connus(catalogue.referentiels.zones_scolaires),
    }


def _placeable(methode: Methode, utiles: set[str]) -> bool:
    """A méthode that fills a slot of a day: facilitated, walked, or used by a kit."""
    return methode.etat == "publiee" and (methode.forme in {"animation", "visite"} or methode.id in utiles)


def _kit(kit: Kit) -> dict[str, Any]:
    return {
        "id": kit.id,
        "titre": typographier(kit.titre),
        "format": typographier(kit.format),
        "accroche": texte_nu(kit.accroche),
        "url": adresse(kit),
        "ancres": [{"id": a.id, "libelle": typographier(a.libelle)} for a in kit.ancres],
    }


def _methode(methode: Methode, placables: set[str]) -> dict[str, Any]:
    return {
        "id": methode.id,
        "titre": typographier(methode.titre),
        "url": adresse(methode),
        "objectif": texte_nu(methode.objectif),
        "mots": " ".join([*methode.mots_cles, *methode.synonymes]),
        "phases": list(methode.phases),
        "duree": _open(bornes(methode.duree, EN_MINUTES)),
        "participants": _open(bornes(methode.participants, EN_PERSONNES)),
        "par_groupe": _par_groupe(methode),
        "modalite": _modalite(methode),
        "duree_proposee": _duree_proposee(methode),
        "materiel": _materiels(methode.materiel),
        "livrable": texte_nu(methode.livrables[0]) if methode.livrables else "",
        "avant": [id_ for id_ in methode.avant if id_ in placables],
    }


def _open(intervalle: Bornes | None) -> list[float | None] | None:
    """A range as JSON: null is no upper bound, for JSON has no infinity."""
    if intervalle is None:
        return None
    bas, haut = intervalle
    return [bas, None if haut == float("inf") else haut]


def _par_groupe(methode: Methode) -> int | None:
    """Minutes that each group takes, when the méthode counts its duration so and lets the groups speak in turn."""
    found = [c.valeur for c in methode.duree if c.unite == "minute" and re.match(r"par groupe\b", c.libelle or "")]
    return int(found[0]) if found and found[0] else None


def _modalite(methode: Methode) -> str:
    """Who works with whom, as far as the fiche says: on the spot, by group, or all together."""
    if methode.forme == "visite":
        return "terrain"
    par_table = any(
        re.search(r"\bpar (groupe|table|carte|jeu|maquette)\b", c.libelle or "") for c in methode.participants
    )
    return "groupes" if par_table else "pleniere"


def _duree_proposee(methode: Methode) -> int:
    """Minutes to start from: the first duration said, the middle of its range, rounded to five minutes."""
    dites = [c for c in methode.duree if c.unite in EN_MINUTES and not re.match(r"par groupe\b", c.libelle or "")]
    found = bornes(dites[:1], EN_MINUTES)
    if found is None:
        return _DUREE_PAR_DEFAUT
    bas, haut = found
    milieu = bas if haut == float("inf") else haut if bas == 0 else (bas + haut) / 2
    return int(min(COMMUN["sequence"]["max"], max(_PAS, round(milieu / _PAS) * _PAS)))


def composition(kit: Kit) -> dict[str, Any]:
    """The kit as the composer starts from it, in the shape that ``etat.js`` validates."""
    numero = count(1)
    return {
        "v": VERSION,
        "kit": kit.id,
        "titre": typographier(kit.titre),
        "participants": _participants(kit.participants),
        "groupes": kit.groupes,
        "roles": [{"id": r.id, "titre": typographier(r.titre)} for r in kit.roles],
        "taches": [
            {"ancre": t.ancre, "decalage": t.decalage, "tache": texte_nu(t.tache), "role": t.role}
            for t in sorted(kit.retroplanning, key=lambda t: t.decalage)
        ],
        "jours": [_jour(seance, numero) for seance in kit.seances],
    }


def _participants(chiffres: tuple[Chiffre, ...]) -> int | None:
    """The largest number announced: what ``materiel`` counts for."""
    found = bornes(chiffres, EN_PERSONNES)
    return int(found[1]) if found and found[1] != float("inf") else None


def _jour(seance: Seance, numero: Iterator[int]) -> dict[str, Any]:
    return {
        "id": seance.id,
        "titre": typographier(seance.titre),
        "ancre": seance.ancre,
        "debut": seance.debut or COMMUN["debut"],
        "fin": seance.fin,
        "sequences": [_sequence(s, numero, _fixe(seance, rang)) for rang, s in enumerate(seance.sequences)],
    }


def _fixe(seance: Seance, rang: int) -> str | None:
    """The start that stays put: a meal or a visit whose time the kit gives, or a time that does not follow by itself.

    A kit may write every hour of its source; if all stayed fixed, moving one would move nothing.
    """
    sequence = seance.sequences[rang]
    if sequence.debut is None:
        return None
    placed = creneaux(seance)
    if placed and placed[rang].ecart:
        return sequence.debut
    repere = sequence.modalite == "terrain" or (sequence.modalite == "pause" and sequence.duree >= 45)
    return sequence.debut if repere and minutes(sequence.debut) != minutes(seance.debut or sequence.debut) else None


def _sequence(sequence: Sequence, numero: Iterator[int], fixe: str | None) -> dict[str, Any]:
    return {
        "id": f"s{next(numero)}",
        "titre": typographier(sequence.titre),
        "duree": sequence.duree,
        "fixe": fixe,
        "modalite": sequence.modalite,
        "role": list(sequence.roles),
        "lieu": _nu(sequence.lieu),
        "objectif": _nu(sequence.objectif),
        "methode": sequence.methode,
        "partielle": sequence.methode_partielle,
        "livrable": _nu(sequence.livrable),
        "materiel": _materiels(sequence.materiel),
        "consignes": [texte_nu(c) for c in sequence.consignes],
    }


def _nu(texte: str | None) -> str:
    return texte_nu(texte) if texte else ""


def _materiels(liste: Iterable[Materiel]) -> list[dict[str, Any]]:
    return [
        {"nom": texte_nu(m.nom), "quantite": m.quantite, "par": m.par, "reutilisable": m.reutilisable} for m in liste
    ]
