"""« De quel appui avons-nous besoin ? »: a commune and seven answers -> what to study first, and whom to call. Pure.

The rule, the same in ``docs/assets/js/orientation/verdict.js`` (a test compares them on thousands of answers):

- a criterion whose question was not answered (« je ne sais pas ») is unknown; otherwise it is satisfied or failed;
- conditions on the place are judged by ``macros/regles/etat_du_lieu.py``, with what the commune or the answers tell;
- a failed criterion that the fiche marks ``non-adapte``, on a source, or a place that is closed to it, sets it aside;
- what fails nothing and satisfies something may be studied first; the three that fit best are, the rest is « à
  vérifier »;
- fit: the subject, the need, membership, the share (never the number) of known conditions that hold, being in force;
  the points are in ``macros/modeles/partage/orientation.yml``.

« Et si… »: each answer that a collectivité can change is changed alone; what opens then, and did not before, is named.
Historical dispositifs get no verdict: they stand apart, with their successor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from macros.catalogue.fige import Catalogue, cle_de_tri
from macros.lecture.lieux.communes import Lieu
from macros.modeles import Critere, Dispositif, Partenaire
from macros.modeles.partage import ORIENTATION
from macros.regles.etat_du_lieu import Etat, Faits, Tranches, etat_du_lieu, faits_du_projet
from macros.regles.orientation import REPONSES, exclut

VERDICTS = ("adapte", "a-verifier", "non-adapte")
"""From the best to the worst; labels are in ``fiches/vocabulaires/verdicts.yml``."""
CONTACT = "ddt-m"
"""Who to call first when a fiche names nobody."""
PASSAGES = {"ddt": "ddt-m", "prefet": "prefet-de-departement"}
"""How a porteur is asked, when it is through someone else -> that partenaire."""
POINTS: dict[str, int] = ORIENTATION["points"]
INFINI = 10**9

Reponses = Mapping[str, str]
"""Question -> answer; a question left out means « je ne sais pas »."""
Appui = Dispositif | Partenaire


OUVERT = Etat("ouvert")


@dataclass(frozen=True)
class Verdict:
    """What the answers say of a fiche: ranks of its criteria, as it lists them; its place among the first, or 0."""

    fiche: str
    valeur: str
    remplis: tuple[int, ...] = ()
    manques: tuple[int, ...] = ()
    inconnus: tuple[int, ...] = ()
    lieu: Etat = OUVERT
    points: int = 0
    sur_le_sujet: bool = True
    place: int = 0


@dataclass(frozen=True)
class Retournee:
    """« Et si… »: with this other answer alone, that fiche could be studied."""

    question: str
    reponse: str
    fiche: str


def questions(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Each question and its answers, in the order they are asked. « sujet » takes the themes that are subjects."""
    return {
        question: tuple(
            id_
            for id_, valeur in catalogue.vocabulaires[REPONSES[question]].valeurs.items()
            if question != "sujet" or valeur.groupe == "sujet"
        )
        for question in catalogue.vocabulaires["questions"].valeurs
    }


def tranches(catalogue: Catalogue) -> Tranches:
    """Answers on the population -> their bounds."""
    planchers = {r: v.plancher or 0 for r, v in catalogue.vocabulaires["reponses_population"].valeurs.items()}
    bornes = pairwise([*planchers.values(), INFINI])
    return {r: (bas, haut - 1) for r, (bas, haut) in zip(planchers, bornes, strict=True)}


def orientables(catalogue: Catalogue) -> list[Appui]:
    """What a collectivité may ask today, or that may still be open: dispositifs, and partenaires that set criteria."""
    fiches = [f for f in catalogue.fiches.values() if f.validite.etat != "historique"]
    return [
        f
        for f in fiches
        if (isinstance(f, Dispositif) and f.orientable)
        or (isinstance(f, Partenaire) and f.criteres and f.territoire.echelle == "national")
    ]


def historiques(catalogue: Catalogue) -> list[Dispositif]:
    """Dispositifs that are over: shown apart, never ranked."""
    dispositifs = [f for f in catalogue.du_type("dispositif") if isinstance(f, Dispositif)]
    return [d for d in dispositifs if d.validite.etat == "historique"]


def etat(critere: Critere, reponses: Reponses) -> str | None:
    """« rempli », « manque » or « inconnu »; None for a standing remark."""
    if critere.question is None:
        return None
    reponse = reponses.get(critere.question)
    if reponse is None:
        return "inconnu"
    return "rempli" if reponse in critere.parmi else "manque"


def verdict(appui: Appui, reponses: Reponses, faits: Faits) -> Verdict:
    """What the answers say of one fiche, before the first three are chosen: « adapte » means that it may be one."""
    rangs: dict[str | None, list[int]] = {}
    for rang, critere in enumerate(appui.criteres):
        rangs.setdefault(etat(critere, reponses), []).append(rang)
    remplis, manques, inconnus = (tuple(rangs.get(e, ())) for e in ("rempli", "manque", "inconnu"))
    lieu = etat_du_lieu(appui.conditions_de_lieu, faits)
    if lieu.valeur == "ferme" or any(exclut(appui.criteres[rang]) for rang in manques):
        valeur = "non-adapte"
    elif not manques and (remplis or lieu.valeur == "membre") and _settled(appui, lieu):
        valeur = "adapte"
    else:
        valeur = "a-verifier"
    points = fit(appui, reponses, len(remplis), lieu, inconnus)
    sur_le_sujet = "sujet" not in reponses or any(c.question == "sujet" for c in appui.criteres)
    return Verdict(appui.id, valeur, remplis, manques, inconnus, lieu, points, sur_le_sujet)


def _settled(appui: Appui, lieu: Etat) -> bool:
    """Whether nothing on the place stands in the way: what nobody knows may wait, but not whether one is a member."""
    return lieu.valeur != "a-verifier" or (
        bool(lieu.raisons)
        and all(lu == "inconnu" and appui.conditions_de_lieu[r].effet != "membre" for r, lu in lieu.raisons)
    )


def fit(appui: Appui, reponses: Reponses, remplis: int, lieu: Etat, inconnus: tuple[int, ...]) -> int:
    """Points of a fiche: the better it fits the subject and the need, the more."""
    points = POINTS["en_vigueur"] if appui.validite.etat == "en-vigueur" else 0
    if lieu.valeur == "membre":
        points += POINTS["membre"]
    if remplis:
        points += POINTS["part_remplie"] * remplis // (remplis + len(inconnus))
    admis = {c.question: c.parmi for c in appui.criteres if c.question}
    if sujet := reponses.get("sujet"):
        points += POINTS[_subject(appui, sujet, "sujet" in admis)]
    if reponses.get("manque") in admis.get("manque", ()):
        points += POINTS["besoin"] + POINTS["besoin_precis"] // len(admis["manque"])
    return points


def _subject(appui: Appui, sujet: str, asked: bool) -> str:
    if sujet in appui.themes:
        return "sujet_premier" if sujet == appui.themes[0] else "sujet_theme"
    return "sujet_admis" if asked else "sujet_general"


def orienter(catalogue: Catalogue, reponses: Reponses, lieu: Lieu | None = None) -> list[Verdict]:
    """Every orientable fiche with its verdict, in the order of the page; at most three hold a place."""
    faits = faits_du_projet(reponses, lieu, tranches(catalogue))
    rendus = [verdict(a, reponses, faits) for a in ranges(catalogue)] if reponses or lieu else []
    rendus.sort(key=lambda r: (VERDICTS.index(r.valeur), -r.points))
    possibles = sum(r.valeur == "adapte" for r in rendus)
    places = min(possibles, ORIENTATION["places"])
    return [
        *(replace(r, place=rang) for rang, r in enumerate(rendus[:places], 1)),
        *(replace(r, valeur="a-verifier") for r in rendus[places:possibles]),
        *rendus[possibles:],
    ]


def et_si(catalogue: Catalogue, reponses: Reponses, lieu: Lieu | None = None) -> list[Retournee]:
    """Each answer that can change, changed alone: what could be studied then, and not now, best first; one line a
    fiche."""

    def possibles(autres: Reponses) -> dict[str, int]:
        faits = faits_du_projet(autres, lieu, tranches(catalogue))
        rendus = (verdict(a, autres, faits) for a in ranges(catalogue))
        return {r.fiche: r.points for r in rendus if r.valeur == "adapte" and r.sur_le_sujet}

    deja = possibles(reponses)
    trouvees: dict[str, tuple[int, Retournee]] = {}
    for question in (q for q in ORIENTATION["retournables"] if q in reponses):
        for reponse in questions(catalogue)[question]:
            for fiche, points in possibles({**reponses, question: reponse}).items():
                if fiche not in deja and points > trouvees.get(fiche, (-1, None))[0]:
                    trouvees[fiche] = (points, Retournee(question, reponse, fiche))
    rangees = [r for _, r in sorted(trouvees.values(), key=lambda couple: -couple[0])]
    combien = ORIENTATION["retournees_par_question"]
    return [r for rang, r in enumerate(rangees) if [a.question for a in rangees[:rang]].count(r.question) < combien]


def ranges(catalogue: Catalogue) -> list[Appui]:
    """Orientable fiches in the order that decides between equals: in force first, then by title."""
    return sorted(orientables(catalogue), key=lambda d: (d.validite.etat != "en-vigueur", cle_de_tri(d.titre)))


def contacts(catalogue: Catalogue, appui: Appui) -> tuple[str, ...]:
    """Whom to call first: those the fiche names, else the porteurs or whoever they are asked through, else the
    DDT(M)."""
    if isinstance(appui, Partenaire):
        return (PASSAGES.get(appui.saisine or "", appui.id),)
    porteurs = [f for i in appui.porteurs if isinstance(f := catalogue.fiches.get(i), Partenaire)]
    par_le_porteur = [PASSAGES.get(p.saisine or "", p.id) for p in porteurs if p.saisine or p.premier_contact]
    for liste in (appui.premiers_contacts, par_le_porteur, [CONTACT]):
        connus = tuple(dict.fromkeys(i for i in liste if i in catalogue.fiches))
        if connus:
            return connus
    return ()


def regles(catalogue: Catalogue) -> dict[str, Any]:
    """What the browser needs to judge by itself: answers allowed, and what each fiche asks, without a text."""
    return {
        "questions": {q: list(r) for q, r in questions(catalogue).items()},
        "verdicts": list(VERDICTS),
        "tranches": tranches(catalogue),
        "appuis": [
            {
                "id": a.id,
                "themes": list(a.themes),
                "vigueur": a.validite.etat == "en-vigueur",
                "criteres": [
                    {"question": c.question, "parmi": list(c.parmi), "exclut": exclut(c)} if c.question else None
                    for c in a.criteres
                ],
                "conditions": conditions(a),
            }
            for a in ranges(catalogue)
        ],
    }


def conditions(appui: Appui) -> list[dict[str, Any]]:
    """Conditions on the place, without their texts."""
    return [c.model_dump(include={"fait", "min", "max", "parmi", "pour", "effet"}) for c in appui.conditions_de_lieu]
