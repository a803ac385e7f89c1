"""The state of the base: what is missing, due, over, corrected, new. Pure: view in, HTML out."""

from __future__ import annotations

from collections import Counter
from typing import Any

from macros.catalogue.confiance import completude, manques
from macros.catalogue.fige import cle_de_tri
from macros.catalogue.fraicheur import DELAIS, Echeance, calendrier
from macros.ecriture.typographie import INSECABLE, accorder
from macros.modeles import TYPES
from macros.pages.composition import bloc
from macros.pages.declaration import declarer
from macros.pages.listes import choisir
from macros.pages.vue import Vue


@declarer("Affiche ce qui est rempli et ce qui manque, par type puis par fiche.", "{{ qualite() }}")
def qualite(vue: Vue) -> str:
    """Completeness and verification, by kind then by fiche, with what is missing."""
    types = []
    for type_, modele in TYPES.items():
        fiches = [
            (f, *completude(f), [*manques(f), *map(vue.sans_notes, f.inconnues)]) for f in vue.catalogue.du_type(type_)
        ]
        if not fiches:
            continue
        absents = Counter(m for *_, liste in fiches for m in liste)
        types.append(
            {
                "modele": modele,
                "nombre": len(fiches),
                "part": round(100 * sum(r for _, r, _, _ in fiches) / max(1, sum(a for _, _, a, _ in fiches))),
                "confirmees": sum(f.verification.niveau == "confirmee-par-le-porteur" for f, *_ in fiches),
                "absents": absents.most_common(3),
                "fiches": sorted(fiches, key=lambda row: (row[1] / max(1, row[2]), cle_de_tri(row[0].titre))),
            }
        )
    return bloc("blocs/qualite.html", vue, types=types)


@declarer("Dit sous quel délai chaque contenu est à revérifier, et ce qui l’est déjà.", "{{ fraicheur() }}")
def fraicheur(vue: Vue) -> str:
    """Delays by content, then every day from which something is due, the earliest first."""
    lots = [
        {"le": le, "passe": le <= vue.jour.isoformat(), "lignes": [_due(vue, e) for e in dus]}
        for le, dus in calendrier(vue.catalogue.fiches.values()).items()
    ]
    delais = [
        (nom, f"tous les {mois}{INSECABLE}mois" if mois else "jamais : elle ne change plus")
        for nom, mois in DELAIS.values()
    ]
    return bloc("blocs/fraicheur.html", vue, lots=lots, delais=delais)


def _due(vue: Vue, echeance: Echeance) -> dict[str, str]:
    precision = "le contact" if echeance.regime == "contact" else ""
    return {**vue.lien(echeance.fiche), "precision": precision}


@declarer("Liste les fiches historiques, avec celle qui prend la suite.", "{{ historiques() }}")
def historiques(vue: Vue) -> str:
    """Fiches that no longer hold, by kind: first those that something replaced."""
    groupes = []
    for type_, modele in TYPES.items():
        fiches = choisir(vue.catalogue, type=type_, validite="historique")
        if fiches:
            fiches.sort(key=lambda f: (not f.validite.remplace_par, cle_de_tri(f.titre)))
            groupes.append({"type": type_, "titre": modele.LIBELLE_PLURIEL, "fiches": fiches})
    return bloc("blocs/historiques.html", vue, groupes=groupes)


@declarer("Dit ce qui a changé, jour après jour : fiches écrites ou relues, corrections.", "{{ nouveautes() }}")
def nouveautes(vue: Vue, limite: int = 12) -> str:
    """The last days on which something was written, read again or corrected, the latest first."""
    jours: dict[str, dict[str, Any]] = {}
    for fiche in vue.catalogue.fiches.values():
        jour = _day_of(jours, fiche.verification.le)
        jour["actes"].setdefault(fiche.verification.niveau, Counter())[fiche.type] += 1
    for correction in vue.catalogue.corrections.corrections:
        if vue.existe(correction.fiche):
            _day_of(jours, correction.date)["corrections"].append(correction)
    rows = [
        {
            "le": le,
            "actes": [(niveau, _counted(comptes)) for niveau, comptes in jour["actes"].items()],
            "corrections": jour["corrections"],
        }
        for le, jour in sorted(jours.items(), reverse=True)[:limite]
    ]
    return bloc("blocs/nouveautes.html", vue, jours=rows)


def _day_of(jours: dict[str, dict[str, Any]], le: str) -> dict[str, Any]:
    return jours.setdefault(le, {"actes": {}, "corrections": []})


def _counted(comptes: Counter[str]) -> list[str]:
    return [accorder(comptes[t], m.LIBELLE.lower(), m.LIBELLE_PLURIEL.lower()) for t, m in TYPES.items() if comptes[t]]


@declarer("Affiche le journal des corrections.", "{{ corrections() }}")
def corrections(vue: Vue) -> str:
    """The corrections log."""
    lignes_ = [c for c in vue.catalogue.corrections.corrections if vue.existe(c.fiche)]
    return bloc("blocs/corrections.html", vue, corrections=lignes_)
