"""The seven questions: every one of the 687,960 combinations of answers, and the rule that judges them.

The exhaustive test needs no list of combinations. A verdict depends only on the questions of its dispositif (checked),
so each is judged over its own questions, and the answer is spread over all the combinations as a set of bits.
"""

from __future__ import annotations

import random
from functools import reduce
from itertools import product
from math import prod
from operator import or_

import pytest

from macros.modeles import Critere, Dispositif
from macros.pages.outils import orientation
from macros.pages.outils.orientation import (
    VERDICTS,
    Reponses,
    contacts,
    historiques,
    orientables,
    orienter,
    questions,
    verdict,
)
from macros.pages.outils.sept_questions import ICONES
from macros.pages.outils.sept_questions import orientation as page
from macros.pages.vue import Vue
from macros.regles.orientation import REPONSES, exclut

OUI = {"phrase_oui": "C’est le cas [s1].", "phrase_non": "Ce n’est pas le cas [s1]."}


def critere(**champs):
    return Critere.model_validate(
        {"question": "porteur", "parmi": ["commune"], "si_non": "a-verifier", **OUI, **champs}
    )


def appui(catalogue, *criteres):
    return catalogue.fiches["atelier-flash"].model_copy(update={"criteres": criteres})


EXCLUT = {"si_non": "non-adapte"}
SANS_SOURCE = {"phrase_oui": "Oui [kit].", "phrase_non": "Non."}


@pytest.mark.parametrize(
    ("criteres", "reponses", "attendu"),
    [
        ([critere()], {"porteur": "commune"}, "adapte"),
        ([critere()], {"porteur": "etat"}, "a-verifier"),
        ([critere(**EXCLUT)], {"porteur": "etat"}, "non-adapte"),
        ([critere(**EXCLUT)], {}, "a-verifier"),
        ([critere(**EXCLUT, **SANS_SOURCE)], {"porteur": "etat"}, "a-verifier"),
        ([critere(), critere(question="population", parmi=["moins-3500"])], {"porteur": "commune"}, "a-verifier"),
        ([critere(), Critere(toujours=True, phrase="À savoir [s1].")], {"porteur": "commune"}, "adapte"),
        ([Critere(toujours=True, phrase="À savoir [s1].")], {"porteur": "commune"}, "a-verifier"),
        ([], {"porteur": "commune"}, "a-verifier"),
    ],
)
def test_verdict(catalogue, criteres, reponses, attendu):
    assert verdict(appui(catalogue, *criteres), reponses).valeur == attendu


def test_chaque_critere_est_range(catalogue):
    rendu = verdict(
        appui(
            catalogue,
            critere(),
            critere(question="manque", parmi=["argent"]),
            Critere(toujours=True, phrase="À savoir [s1]."),
            critere(question="population", parmi=["moins-3500"]),
        ),
        {"porteur": "commune", "manque": "avis"},
    )
    assert (rendu.remplis, rendu.manques, rendu.inconnus) == ((0,), (1,), (3,))


def test_les_questions_et_leurs_mots(catalogue):
    posees = questions(catalogue)
    assert list(posees) == list(REPONSES)
    assert all(v.definition for v in catalogue.vocabulaires["questions"].valeurs.values())
    assert tuple(catalogue.vocabulaires["verdicts"].valeurs) == VERDICTS == tuple(ICONES)
    assert prod(len(reponses) + 1 for reponses in posees.values()) == 687_960


class Combinaisons:
    """Every combination of answers is a bit; a condition on answers is the set of combinations where it holds."""

    def __init__(self, posees: dict[str, tuple[str, ...]]) -> None:
        self.choix = {q: (None, *r) for q, r in posees.items()}
        self.nombre = prod(map(len, self.choix.values()))
        self.toutes = (1 << self.nombre) - 1
        self.ensembles: dict[tuple[str, str | None], int] = {}
        largeur = 1
        for question, valeurs in self.choix.items():
            periode = largeur * len(valeurs)
            motif = self.toutes // ((1 << periode) - 1)
            for rang, valeur in enumerate(valeurs):
                self.ensembles[question, valeur] = (((1 << largeur) - 1) << (rang * largeur)) * motif
            largeur = periode

    def par_la_regle(self, dispositif: Dispositif) -> dict[str, int]:
        """Judge a dispositif over its own questions with the rule of the site, and spread the verdicts."""
        siennes = list(dict.fromkeys(c.question for c in dispositif.criteres if c.question))
        found = dict.fromkeys(VERDICTS, 0)
        par_verdict: dict[str, list[dict[str, str | None]]] = {v: [] for v in VERDICTS}
        for combo in product(*(self.choix[q] for q in siennes)):
            reponses = dict(zip(siennes, combo, strict=True))
            par_verdict[verdict(dispositif, _dites(reponses)).valeur].append(reponses)
        for valeur in ("adapte", "non-adapte"):
            found[valeur] = self.etendre(siennes, par_verdict[valeur])
        found["a-verifier"] = self.toutes & ~(found["adapte"] | found["non-adapte"])
        return found

    def etendre(self, siennes: list[str], liste: list[dict[str, str | None]]) -> int:
        """Union of many combinations over a few questions, sharing what they have in common."""
        if not liste:
            return 0
        if not siennes:
            return self.toutes
        question, *reste = siennes
        union = 0
        restes: dict[str | None, list[dict[str, str | None]]] = {}
        for reponses in liste:
            restes.setdefault(reponses[question], []).append(reponses)
        for valeur, membres in restes.items():
            union |= self.ensembles[question, valeur] & self.etendre(reste, membres)
        return union

    def par_les_ensembles(self, dispositif: Dispositif) -> dict[str, int]:
        """The same verdicts by set algebra, written without the rule."""
        remplis = [
            reduce(or_, (self.ensembles[c.question, r] for r in c.parmi)) for c in dispositif.criteres if c.question
        ]
        exclus = [
            self.toutes
            & ~(reduce(or_, (self.ensembles[c.question, r] for r in c.parmi)) | self.ensembles[c.question, None])
            for c in dispositif.criteres
            if c.question and exclut(c)
        ]
        non = reduce(or_, exclus, 0)
        oui = self.toutes if remplis else 0
        for ensemble in remplis:
            oui &= ensemble
        return {"adapte": oui, "a-verifier": self.toutes & ~(oui | non), "non-adapte": non}


def _dites(reponses: dict[str, str | None]) -> dict[str, str]:
    return {q: r for q, r in reponses.items() if r is not None}


@pytest.fixture(scope="module")
def verdicts(catalogue):
    """Combinations, and for each orientable dispositif the set of combinations of each verdict."""
    combinaisons = Combinaisons(questions(catalogue))
    return combinaisons, {d.id: combinaisons.par_la_regle(d) for d in orientables(catalogue)}


def test_toutes_les_combinaisons(catalogue, verdicts):
    combinaisons, rendus = verdicts
    assert combinaisons.nombre == 687_960
    for dispositif in orientables(catalogue):
        assert rendus[dispositif.id] == combinaisons.par_les_ensembles(dispositif), dispositif.id
    # No dead end: whatever the answers, something remains to study, with someone to call.
    assert reduce(or_, (r["adapte"] | r["a-verifier"] for r in rendus.values())) == combinaisons.toutes
    # Everybody may come first; nothing historical is ever ranked.
    assert [id_ for id_, r in rendus.items() if not r["adapte"]] == []
    assert {h.id for h in historiques(catalogue)}.isdisjoint(rendus)


def test_un_contact_toujours(catalogue):
    for dispositif in orientables(catalogue):
        assert contacts(catalogue, dispositif), dispositif.id
        assert all(catalogue.fiches[i].type == "partenaire" for i in contacts(catalogue, dispositif))


def test_chaque_appui_en_vigueur_peut_etre_en_tete(catalogue):
    for dispositif in orientables(catalogue):
        if dispositif.validite.etat != "en-vigueur":
            continue
        siennes = {c.question: c.parmi for c in dispositif.criteres if c.question}
        essais = (dict(zip(siennes, combo, strict=True)) for combo in product(*siennes.values()))
        assert any(orienter(catalogue, essai)[0].dispositif == dispositif.id for essai in essais), dispositif.id


def _au_hasard(catalogue, combien: int) -> list[Reponses]:
    tirage = random.Random(2026)
    choix = {q: (None, *r) for q, r in questions(catalogue).items()}
    return [_dites({q: tirage.choice(r) for q, r in choix.items()}) for _ in range(combien)]


def test_un_verdict_ne_depend_que_des_questions_de_sa_fiche(catalogue):
    for reponses in _au_hasard(catalogue, 300):
        for dispositif in orientables(catalogue):
            siennes = {c.question for c in dispositif.criteres}
            seules = {q: r for q, r in reponses.items() if q in siennes}
            assert verdict(dispositif, reponses) == verdict(dispositif, seules)


def test_l_ordre(catalogue):
    etats = {d.id: d.validite.etat for d in orientables(catalogue)}
    for reponses in _au_hasard(catalogue, 200):
        rendus = orienter(catalogue, reponses)
        cles = [
            (VERDICTS.index(r.valeur), len(r.manques) - len(r.remplis), etats[r.dispositif] != "en-vigueur")
            for r in rendus
        ]
        assert cles == sorted(cles)
        assert len(rendus) == len(etats) == len({r.dispositif for r in rendus})


def test_le_cas_d_une_friche_sans_ingenieur(catalogue):
    """« We have a friche and no engineer », a small commune: the case the site was made for."""
    reponses = {"sujet": "friches-foncier", "porteur": "commune", "manque": "avis"}
    tetes = [r.dispositif for r in orienter(catalogue, reponses) if r.valeur == "adapte"]
    assert tetes[0] == "urbanvitaliz"
    bati = orienter(catalogue, {"avancement": "travaux"})
    assert {r.dispositif for r in bati if r.valeur == "non-adapte"} == {"atelier-flash", "atelier-local"}


@pytest.fixture(scope="module")
def html(catalogue) -> str:
    return page(Vue(catalogue, "orientation/"))


def test_la_page_dit_tout_sans_script(catalogue, html):
    vue = Vue(catalogue, "orientation/")
    for dispositif in orientables(catalogue):
        assert f'data-dispositif="{dispositif.id}" data-verdict="a-verifier"' in html
        for x in dispositif.criteres:
            for phrase in (x.phrase_oui, x.phrase_non, x.comment_devenir, x.phrase):
                assert vue.sans_notes(phrase or "") in html
    for dispositif in historiques(catalogue):
        assert f'data-historique="{dispositif.titre}"' in html
    assert html.count("<strong>Premier contact") == len(orientables(catalogue))
    assert orientation.regles(catalogue)["questions"].keys() == questions(catalogue).keys()


def test_les_donnees_ne_ferment_pas_leur_element(html):
    donnees = html.split('id="donnees-orientation">')[1].split("</script>")[0]
    assert "<" not in donnees
