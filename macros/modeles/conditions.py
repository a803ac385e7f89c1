"""What a fiche asks of a project (``Critere``) and of the place that carries it (``ConditionDeLieu``)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import model_validator

from macros.modeles.types import Booleen, Entier, Libelle, Modele, Phrase, Vocabulaire, champ, faute

CONDITION = {
    "fait": "population",
    "max": "3499",
    "effet": "precise",
    "phrase_oui": "Cette taille ouvre la gratuité [s4].",
    "phrase_non": "Une part est à payer [s9].",
}
"""A real example, for the help of the kinds that take conditions."""


class Critere(Modele):
    """One condition. Either a question with accepted answers, or ``toujours`` (a standing remark).

    Source of the shape: the orientation's questions and verdicts. A criterion without a source never excludes.
    """

    question: Annotated[str, Vocabulaire("questions")] | None = champ("Question posée.", "perimetre", defaut=None)
    parmi: tuple[Libelle, ...] = champ("Réponses qui satisfont le critère.", ["bourg", "commune"], defaut=())
    si_non: Literal["non-adapte", "a-verifier"] | None = champ(
        "Effet d’une autre réponse : non-adapte (exige une source) ou a-verifier.", "a-verifier", defaut=None
    )
    phrase_oui: Phrase | None = champ(
        "Dit quand le critère est rempli.", "Le périmètre est celui d’une commune [s1].", defaut=None
    )
    phrase_non: Phrase | None = champ(
        "Dit quand il ne l’est pas.", "L’atelier vise un périmètre plus petit [s1].", defaut=None
    )
    comment_devenir: Phrase | None = champ(
        "Ce qui le rendrait adapté.", "Choisir un premier secteur [kit].", defaut=None
    )
    toujours: Booleen = champ("oui pour une remarque valable dans tous les cas.", "oui", defaut=False)
    phrase: Phrase | None = champ(
        "La remarque, telle que le lecteur la lira.",
        "La demande passe par l’administration centrale [s3].",
        defaut=None,
    )

    @model_validator(mode="after")
    def _two_forms(self) -> Critere:
        asked = (self.question, self.si_non, self.phrase_oui, self.phrase_non)
        complete = all(asked) and bool(self.parmi) and not self.phrase
        if self.toujours:
            complete = self.phrase is not None and not any(asked) and not self.parmi
        if not complete:
            raise faute("critere_incomplet")
        return self


class ConditionDeLieu(Modele):
    """What the place must be: a fact of the référentiels, bounds or values, and what each answer means.

    Between bounds, both included, for a number; one of ``parmi`` for a list. Densities are INSEE's seven levels.
    """

    fait: Annotated[str, Vocabulaire("faits_de_lieu")] = champ("Ce que l’on regarde du lieu.", "population")
    min: Entier | None = champ("Plus petit nombre admis.", "5", defaut=None, ge=0)
    max: Entier | None = champ("Plus grand nombre admis.", "3499", defaut=None, ge=0)
    parmi: tuple[Libelle, ...] = champ("Valeurs admises, pour un fait qui n’est pas un nombre.", ["pvd"], defaut=())
    pour: tuple[Annotated[str, Vocabulaire("valeurs_de_lieu")], ...] = champ(
        "Lieux que la condition regarde ; vide : tous.", ["commune", "metropole"], defaut=()
    )
    effet: Literal["ferme", "a-verifier", "membre", "precise"] = champ(
        "ferme : sinon, l’appui est fermé (exige une source) ; a-verifier : sinon, à vérifier ; membre : si oui, "
        "le lieu "
        "en est ; precise : la phrase change, rien d’autre.",
        "ferme",
    )
    phrase_oui: Phrase | None = champ(
        "Dit quand la condition est remplie.", "Cette taille ouvre la gratuité [s4].", defaut=None
    )
    phrase_non: Phrase | None = champ("Dit quand elle ne l’est pas.", "Une part est à payer [s9].", defaut=None)

    @model_validator(mode="after")
    def _comparable(self) -> ConditionDeLieu:
        bounds = (self.min, self.max)
        told = self.phrase_oui or self.phrase_non if self.effet == "precise" else self.phrase_non
        if bool(self.parmi) == (bounds != (None, None)) or not told:
            raise faute("condition_incomplete")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise faute("bornes_inversees")
        return self
