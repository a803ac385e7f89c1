"""« De quel appui avons-nous besoin ? »: answers to seven questions -> a verdict for each dispositif. Pure.

The rule, the same in ``docs/assets/js/orientation/verdict.js`` (a test compares them on thousands of answers):

- a criterion whose question was not answered (« je ne sais pas ») is unknown; otherwise it is satisfied or failed;
- a failed criterion that the fiche marks ``non-adapte``, on a source, sets the dispositif aside;
- when nothing fails and nothing is unknown, the dispositif is « à étudier en premier »; in between, « à vérifier »;
- a ``toujours`` remark is quoted and changes nothing; without any question, a dispositif stays « à vérifier ».

The order, decided here only: verdict; then conditions satisfied minus conditions failed; then what is in force before
what is to be confirmed; then the title. Historical dispositifs get no verdict: they stand apart, with their successor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from macros.catalogue.fige import Catalogue, cle_de_tri
from macros.modeles import Critere, Dispositif, Partenaire
from macros.regles.orientation import REPONSES, exclut

VERDICTS = ("adapte", "a-verifier", "non-adapte")
"""From the best to the worst; labels are in ``fiches/vocabulaires/verdicts.yml``."""
CONTACT = "ddt-m"
"""Who to call first when a fiche names nobody."""
PASSAGES = {"ddt": "ddt-m", "prefet": "prefet-de-departement"}
"""How a porteur is asked, when it is through someone else -> that partenaire."""

Reponses = Mapping[str, str]
"""Question -> answer; a question left out means « je ne sais pas »."""


@dataclass(frozen=True)
class Verdict:
    """What the answers say of a dispositif: ranks of its criteria, as the fiche lists them."""

    dispositif: str
    valeur: str
    remplis: tuple[int, ...] = ()
    manques: tuple[int, ...] = ()
    inconnus: tuple[int, ...] = ()


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


def orientables(catalogue: Catalogue) -> list[Dispositif]:
    """Dispositifs that a collectivité may ask for today, or that may still be open."""
    return [d for d in _dispositifs(catalogue) if d.orientable and d.validite.etat != "historique"]


def historiques(catalogue: Catalogue) -> list[Dispositif]:
    """Dispositifs that are over: shown apart, never ranked."""
    return [d for d in _dispositifs(catalogue) if d.validite.etat == "historique"]


def _dispositifs(catalogue: Catalogue) -> list[Dispositif]:
    return [f for f in catalogue.du_type("dispositif") if isinstance(f, Dispositif)]


def etat(critere: Critere, reponses: Reponses) -> str | None:
    """« rempli », « manque » or « inconnu »; None for a standing remark."""
    if critere.question is None:
        return None
    reponse = reponses.get(critere.question)
    if reponse is None:
        return "inconnu"
    return "rempli" if reponse in critere.parmi else "manque"


def verdict(dispositif: Dispositif, reponses: Reponses) -> Verdict:
    """What the answers say of one dispositif."""
    rangs: dict[str | None, list[int]] = {}
    for rang, critere in enumerate(dispositif.criteres):
        rangs.setdefault(etat(critere, reponses), []).append(rang)
    remplis, manques, inconnus = (tuple(rangs.get(e, ())) for e in ("rempli", "manque", "inconnu"))
    if any(exclut(dispositif.criteres[rang]) for rang in manques):
        valeur = "non-adapte"
    elif remplis and not manques and not inconnus:
        valeur = "adapte"
    else:
        valeur = "a-verifier"
    return Verdict(dispositif.id, valeur, remplis, manques, inconnus)


def orienter(catalogue: Catalogue, reponses: Reponses) -> list[Verdict]:
    """Every orientable dispositif with its verdict, in the order of the page."""

    def cle(couple: tuple[int, Verdict]) -> tuple[int, int, int]:
        rang, rendu = couple
        return (VERDICTS.index(rendu.valeur), len(rendu.manques) - len(rendu.remplis), rang)

    rendus = [verdict(d, reponses) for d in ranges(catalogue)]
    return [rendu for _, rendu in sorted(enumerate(rendus), key=cle)]


def ranges(catalogue: Catalogue) -> list[Dispositif]:
    """Orientable dispositifs in the order that decides between equals: in force first, then by title."""
    return sorted(orientables(catalogue), key=lambda d: (d.validite.etat != "en-vigueur", cle_de_tri(d.titre)))


def contacts(catalogue: Catalogue, dispositif: Dispositif) -> tuple[str, ...]:
    """Whom to call first: those the fiche names, else the porteurs or whoever they are asked through, else the DDT(M)."""
    porteurs = [f for i in dispositif.porteurs if isinstance(f := catalogue.fiches.get(i), Partenaire)]
    par_le_porteur = [PASSAGES.get(p.saisine or "", p.id) for p in porteurs if p.saisine or p.premier_contact]
    for liste in (dispositif.premiers_contacts, par_le_porteur, [CONTACT]):
        connus = tuple(dict.fromkeys(i for i in liste if i in catalogue.fiches))
        if connus:
            return connus
    return ()


def regles(catalogue: Catalogue) -> dict[str, Any]:
    """What the browser needs to judge by itself: answers allowed, and the criteria of each dispositif, without a text."""
    return {
        "questions": {q: list(r) for q, r in questions(catalogue).items()},
        "verdicts": list(VERDICTS),
        "dispositifs": [
            {
                "id": d.id,
                "criteres": [
                    {"question": c.question, "parmi": list(c.parmi), "exclut": exclut(c)} if c.question else None
                    for c in d.criteres
                ],
            }
            for d in ranges(catalogue)
        ],
    }
