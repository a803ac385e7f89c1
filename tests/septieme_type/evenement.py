"""Événement: a gathering that a commune held around its project."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from macros.modeles.communs import Fiche
from macros.modeles.genre import Colonne, Couleurs, Genre
from macros.modeles.types import Phrase, Vocabulaire, champ


class Evenement(Fiche):
    """What was held, for whom."""

    GENRE: ClassVar[Genre] = Genre(
        rang=7,
        nom="evenement",
        libelle="Événement",
        usage="une fête, une marche, une réunion qui a fait avancer un projet.",
        rubrique=("Exemples", "exemples/"),
        couleurs=Couleurs("#3E4A45", "#EFE8D8", "#B9C4BC", "#121512"),
        delais={"evenement": ("Événement", 24)},
        questions=("nature", "jauge"),
        colonnes=(Colonne("nature", "Nature (identifiant).", requise=True), Colonne("jauge", "Combien de personnes.")),
    )

    type: Literal["evenement"] = champ("Toujours evenement.", "evenement")
    nature: Annotated[str, Vocabulaire("nature_evenement")] = champ("Nature de l’événement.", "fete")
    jauge: Phrase | None = champ("Combien de personnes.", "Deux cents personnes [s1].", defaut=None)
