"""The seven questions and the commune: every combination of answers, the rule that judges them, twelve real cases.

The exhaustive test needs no list of combinations. A verdict depends only on the questions of its fiche (checked), so each
is judged over its own questions, and the answer is spread over all the combinations as a set of bits.
"""

from __future__ import annotations

import random
from functools import reduce
from itertools import combinations, product
from math import prod
from operator import or_
from typing import Any

import pytest
import yaml

from macros.lecture.lieux.communes import Intercommunalite, Lieu, Lieux
from macros.lecture.lieux.faits import Faits
from macros.modeles import ConditionDeLieu, Critere, Dispositif
from macros.modeles.partage import ORIENTATION
from macros.pages.outils import orientation
from macros.pages.outils.ma_commune import concerns
from macros.pages.outils.orientation import (
    VERDICTS,
    Appui,
    Reponses,
    contacts,
    et_si,
    historiques,
    orientables,
    orienter,
    questions,
    tranches,
    verdict,
)
from macros.pages.outils.sept_questions import ICONES
from macros.pages.outils.sept_questions import orientation as page
from macros.pages.vue import Vue
from macros.regles.etat_du_lieu import etat_du_lieu, faits_du_lieu, faits_du_projet
from macros.regles.orientation import REPONSES, exclut
from tests.conftest import RACINE

OUI = {"phrase_oui": "C’est le cas [s1].", "phrase_non": "Ce n’est pas le cas [s1]."}
COMMUNES = yaml.safe_load((RACINE / "tests/orientation/communes.yml").read_text("utf-8"))
CAS = yaml.safe_load((RACINE / "tests/orientation/cas.yml").read_text("utf-8"))


def critere(**champs):
    return Critere.model_validate(
        {"question": "porteur", "parmi": ["commune"], "si_non": "a-verifier", **OUI, **champs}
    )


def condition(fait: str, effet: str, **champs):
    return ConditionDeLieu.model_validate({"fait": fait, "effet": effet, **OUI, **champs})


def le_lieu(epci: int | None = None, **champs: Any) -> Lieu:
    """A commune made for a test: what is not said is that of a village of Ain."""
    faits = {nom: champs.pop(nom) for nom in list(champs) if nom in Faits.__dataclass_fields__}
    faits = {"densite": 6, "qpv": 0, **faits, "programmes": dict.fromkeys(faits.get("programmes", ()), True)}
    champs = {"code": "01001", "nom": "Essai", "population": 900, "departements": ("01",), "est_epci": False, **champs}
    intercommunalite = Intercommunalite("200000000", "CC d’essai", epci, ("01",)) if epci else None
    return Lieu(centre=None, epci=intercommunalite, faits=Faits(**faits), **champs)


def appui(catalogue, *criteres, lieu=()):
    return catalogue.fiches["atelier-flash"].model_copy(update={"criteres": criteres, "conditions_de_lieu": lieu})


EXCLUT = {"si_non": "non-adapte"}
SANS_SOURCE = {"phrase_oui": "Oui [kit].", "phrase_non": "Non."}
PETITE = condition("population", "ferme", max="3499")


@pytest.mark.parametrize(
    ("criteres", "lieu", "reponses", "attendu"),
    [
        ([critere()], (), {"porteur": "commune"}, "adapte"),
        ([critere()], (), {"porteur": "etat"}, "a-verifier"),
        ([critere(**EXCLUT)], (), {"porteur": "etat"}, "non-adapte"),
        ([critere(**EXCLUT)], (), {}, "a-verifier"),
        ([critere(**EXCLUT, **SANS_SOURCE)], (), {"porteur": "etat"}, "a-verifier"),
        ([critere(), critere(question="manque", parmi=["avis"])], (), {"porteur": "commune"}, "adapte"),
        ([Critere(toujours=True, phrase="À savoir [s1].")], (), {"porteur": "commune"}, "a-verifier"),
        ([], (), {"porteur": "commune"}, "a-verifier"),
        ([critere()], (PETITE,), {"porteur": "commune", "population": "moins-3500"}, "adapte"),
        ([critere()], (PETITE,), {"porteur": "commune", "population": "20000-plus"}, "non-adapte"),
        ([critere()], (PETITE,), {"porteur": "commune"}, "adapte"),
        ([critere()], (condition("programme", "membre", parmi=["pvd"]),), {"porteur": "commune"}, "a-verifier"),
        ([], (condition("programme", "membre", parmi=["pvd"]),), {"programme": "pvd"}, "adapte"),
    ],
)
def test_verdict(catalogue, criteres, lieu, reponses, attendu):
    faits = faits_du_projet(reponses, None, tranches(catalogue))
    assert verdict(appui(catalogue, *criteres, lieu=lieu), reponses, faits).valeur == attendu


@pytest.mark.parametrize(
    ("conditions", "champs", "attendu"),
    [
        ([], {}, "ouvert"),
        ([PETITE], {"population": 3499}, "ouvert"),
        ([PETITE], {"population": 3500}, "ferme"),
        ([PETITE], {"population": None}, "a-verifier"),
        ([condition("population", "precise", max="3499")], {"population": 9000}, "ouvert"),
        ([condition("densite", "a-verifier", min="5")], {"densite": 4}, "a-verifier"),
        ([condition("population", "ferme", max="3499", pour=["epci"])], {"population": 9000}, "ouvert"),
        (
            [condition("programme", "membre", parmi=["pvd"]), PETITE],
            {"programmes": ["pvd"], "population": 9000},
            "membre",
        ),
        ([condition("programme", "membre", parmi=["villages-avenir"])], {"programmes": ["va"]}, "membre"),
        ([condition("programme", "membre", parmi=["pvd"])], {}, "a-verifier"),
        ([condition("montagne", "a-verifier", parmi=["montagne"])], {"montagne": True}, "ouvert"),
        ([condition("ort", "membre", parmi=["ort-signee"])], {"ort": "2021-03-01"}, "membre"),
        ([], {"departements": ["988"]}, "a-verifier"),
        ([condition("territoire", "a-verifier", parmi=["droit-propre"])], {"departements": ["988"]}, "ouvert"),
    ],
)
def test_etat_d_un_lieu(conditions, champs, attendu):
    assert etat_du_lieu(conditions, faits_du_lieu(le_lieu(**champs))).valeur == attendu


def test_qui_porte_le_projet_dit_quelle_population_compte(catalogue):
    lieu = le_lieu(population=900, epci=41_000, programmes=["va", "ti"])
    bornes = tranches(catalogue)
    seule, ensemble, epci = (
        faits_du_projet({"porteur": p}, lieu, bornes) for p in ("commune", "communes", "intercommunalite")
    )
    assert (seule["population"], epci["population"]) == ((900, 900), (41_000, 41_000))
    assert ensemble["population"][0] == 900 < ensemble["population"][1]
    assert (epci["echelle"], epci["programme"]) == (("epci",), ("territoires-industrie",))
    dites = faits_du_projet({"porteur": "communes", "population": "3500-9999"}, lieu, bornes)
    assert dites["population"] == (3500, 9999)


def test_les_questions_et_leurs_mots(catalogue):
    posees = questions(catalogue)
    assert list(posees) == list(REPONSES)
    assert all(v.definition for v in catalogue.vocabulaires["questions"].valeurs.values())
    assert tuple(catalogue.vocabulaires["verdicts"].valeurs) == VERDICTS == tuple(ICONES)


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

    def possibles(self, appui: Appui, bornes: Any) -> int:
        """Judge a fiche over its own questions with the rule of the site: the combinations where it may come first."""
        siennes = _siennes(appui)
        retenues = []
        for combo in product(*(self.choix[q] for q in siennes)):
            reponses = _dites(dict(zip(siennes, combo, strict=True)))
            if verdict(appui, reponses, faits_du_projet(reponses, None, bornes)).valeur == "adapte":
                retenues.append(dict(zip(siennes, combo, strict=True)))
        return self.etendre(siennes, retenues)

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


def _siennes(appui: Appui) -> list[str]:
    lieu = ("porteur", "population", "programme") if appui.conditions_de_lieu else ()
    return list(dict.fromkeys([*(c.question for c in appui.criteres if c.question), *lieu]))


def _dites(reponses: dict[str, str | None]) -> dict[str, str]:
    return {q: r for q, r in reponses.items() if r is not None}


@pytest.mark.entiere  # every question with every other: seconds of computing
def test_toutes_les_combinaisons(catalogue):
    combinaisons = Combinaisons(questions(catalogue))
    assert combinaisons.nombre == 802_620
    bornes = tranches(catalogue)
    rendus = {a.id: combinaisons.possibles(a, bornes) for a in orientables(catalogue)}
    # No dead end: whatever is missing, someone to study first; without it, something that nothing sets aside.
    sans_besoin = combinaisons.ensembles["manque", None]
    assert (combinaisons.toutes & ~reduce(or_, rendus.values()) & ~sans_besoin) == 0
    jamais_ecartes = [
        a
        for a in orientables(catalogue)
        if not any(exclut(c) for c in a.criteres) and all(c.effet != "ferme" for c in a.conditions_de_lieu)
    ]
    assert len(jamais_ecartes) > 10
    assert [id_ for id_, r in rendus.items() if not r] == []
    assert {h.id for h in historiques(catalogue)}.isdisjoint(rendus)


def test_un_contact_toujours(catalogue):
    for fiche in orientables(catalogue):
        assert contacts(catalogue, fiche), fiche.id
        assert all(catalogue.fiches[i].type == "partenaire" for i in contacts(catalogue, fiche))


def test_chaque_appui_en_vigueur_peut_avoir_une_place(catalogue):
    for fiche in orientables(catalogue):
        if fiche.validite.etat != "en-vigueur":
            continue
        siennes = {c.question: c.parmi for c in fiche.criteres if c.question}
        membres = [c.parmi[0] for c in fiche.conditions_de_lieu if c.effet == "membre" and c.fait == "programme"]
        if membres:
            siennes["programme"] = membres[:1]
        lieux = (None, le_lieu(ort="2021-01-01", epci=20_000), le_lieu(population=30_000, densite=2, epci=50_000))
        essais = [dict(zip(siennes, combo, strict=True)) for combo in product(*siennes.values())]
        essais += [{**essai, "sujet": fiche.themes[0]} for essai in essais if "sujet" not in siennes]
        assert any(
            r.fiche == fiche.id and r.place
            for essai in essais
            for lieu in lieux
            for r in orienter(catalogue, essai, lieu)[:3]
        ), fiche.id


def _au_hasard(catalogue, combien: int) -> list[Reponses]:
    tirage = random.Random(2026)
    choix = {q: (None, *r) for q, r in questions(catalogue).items()}
    return [_dites({q: tirage.choice(r) for q, r in choix.items()}) for _ in range(combien)]


def test_un_verdict_ne_depend_que_des_questions_de_sa_fiche(catalogue):
    bornes = tranches(catalogue)
    for reponses in _au_hasard(catalogue, 200):
        for fiche in orientables(catalogue):
            seules = {q: r for q, r in reponses.items() if q in _siennes(fiche)}
            entier, seul = (verdict(fiche, r, faits_du_projet(r, None, bornes)) for r in (reponses, seules))
            assert (entier.valeur, entier.remplis, entier.lieu) == (seul.valeur, seul.remplis, seul.lieu)


def test_l_ordre_et_les_trois_places(catalogue):
    for reponses in _au_hasard(catalogue, 200):
        rendus = orienter(catalogue, reponses)
        assert len({r.fiche for r in rendus}) == len(rendus) == (len(orientables(catalogue)) if reponses else 0)
        places = [r.place for r in rendus if r.place]
        assert places == [1, 2, 3][: len(places)]
        assert all((r.valeur == "adapte") == bool(r.place) and not (r.place and r.manques) for r in rendus)
        for avant, apres in combinations([r for r in rendus if r.place], 2):
            assert avant.points >= apres.points


@pytest.mark.parametrize("cas", CAS, ids=[c["cas"] for c in CAS])
def test_un_cas_reel(catalogue, cas):
    """The answer of somebody who knows, among the first three; never what is closed to this commune."""
    lieu = Lieux(catalogue.referentiels).lieu(cas["lieu"])
    assert lieu is not None
    premiers = [r for r in orienter(catalogue, cas["reponses"], lieu) if r.place]
    assert {r.fiche for r in premiers} & set(cas["attendus"]), premiers
    assert not {r.fiche for r in premiers} & set(cas["jamais"])
    assert all(r.lieu.valeur != "ferme" for r in premiers)
    ouvertes = {r.fiche for r in et_si(catalogue, cas["reponses"], lieu)}
    assert ouvertes.isdisjoint(r.fiche for r in premiers)


def test_et_si_ne_change_qu_une_reponse(catalogue):
    lieu = Lieux(catalogue.referentiels).lieu(CAS[0]["lieu"])
    retournees = et_si(catalogue, CAS[0]["reponses"], lieu)
    assert retournees
    for r in retournees:
        assert r.question in ORIENTATION["retournables"] and CAS[0]["reponses"][r.question] != r.reponse
        avant, apres = (
            verdict(catalogue.fiches[r.fiche], reponses, faits_du_projet(reponses, lieu, tranches(catalogue))).valeur
            for reponses in (CAS[0]["reponses"], {**CAS[0]["reponses"], r.question: r.reponse})
        )
        assert (avant != "adapte", apres) == (True, "adapte")


def test_vingt_communes_deux_a_deux_differentes(catalogue):
    """A difference of list has its reason: a phrase of the fiche, or that the place has its own law."""
    lieux, listes = Lieux(catalogue.referentiels), {}
    appuis = [f for f in catalogue.du_type("dispositif") if isinstance(f, Dispositif) and concerns(f)]
    for code in COMMUNES:
        faits = faits_du_lieu(lieux.lieu(code))
        listes[code] = {a.id: etat_du_lieu(a.conditions_de_lieu, faits) for a in appuis}
        for a in appuis:
            for rang, lu in listes[code][a.id].raisons:
                condition = a.conditions_de_lieu[rang]
                assert lu != "non" or condition.phrase_non or condition.effet == "precise", (code, a.id)
    for une, autre in combinations(COMMUNES, 2):
        differents = [a for a in appuis if listes[une][a.id].valeur != listes[autre][a.id].valeur]
        assert differents, (une, autre)
        for a in differents:
            etats = (listes[une][a.id], listes[autre][a.id])
            assert any(e.raisons or e.valeur == "a-verifier" for e in etats), (a.id, une, autre)


@pytest.fixture(scope="module")
def html(catalogue) -> str:
    return page(Vue(catalogue, "orientation/"))


def test_la_page_dit_tout_sans_script(catalogue, html):
    vue = Vue(catalogue, "orientation/")
    for fiche in orientables(catalogue):
        assert f'data-{fiche.type}="{fiche.id}" data-verdict="a-verifier"' in html
        for x in fiche.criteres:
            for phrase in (x.phrase_oui, x.phrase_non, x.comment_devenir, x.phrase):
                assert vue.sans_notes(phrase or "") in html
        for x in fiche.conditions_de_lieu:
            assert vue.sans_notes(x.phrase_oui or "") in html and vue.sans_notes(x.phrase_non or "") in html
    for dispositif in historiques(catalogue):
        assert f'data-historique="{dispositif.titre}"' in html
    assert orientation.regles(catalogue)["questions"].keys() == questions(catalogue).keys()


def test_les_donnees_ne_ferment_pas_leur_element(html):
    donnees = html.split('id="donnees-orientation">')[1].split("</script>")[0]
    assert "<" not in donnees
