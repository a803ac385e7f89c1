"""Methode: a way of doing (facilitation, visit, document, advice, digital tool, long process)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import model_validator

from macros.modeles.communs import Chiffre, Etape, Fiche
from macros.modeles.genre import Colonne, Couleurs, Genre, Offre
from macros.modeles.types import Booleen, Entier, Libelle, Modele, Phrase, Reference, Url, Vocabulaire, champ, faute


class Materiel(Modele):
    """A supply; its quantity is per workshop, per group or per participant."""

    nom: Phrase = champ("Ce qu’il faut, source citée (ou [kit]).", "Fond de plan A1 [kit].")
    quantite: Entier | None = champ("Combien il en faut.", "1", defaut=None, ge=1, le=10000)
    par: Literal["atelier", "groupe", "participant"] | None = champ("La quantité vaut par…", "groupe", defaut=None)
    reutilisable: Booleen = champ(
        "oui si la même chose ressert d’une séquence à l’autre (plan, vidéoprojecteur) : elle n’est comptée "
        "qu’une fois.",
        "oui",
        defaut=False,
    )


class Support(Modele):
    """Something to print or use online."""

    titre: Libelle = champ("Nom du support.", "Grille d’observation")
    url: Url | None = champ(
        "Adresse publique.", "https://urbanismeparticipatif.ca/outils/marche-exploratoire", defaut=None
    )
    note: Phrase | None = champ("À quoi il sert.", "Noter points forts et points faibles [s1].", defaut=None)


class Boite(Modele):
    """Where the tool stands in the toolbox of a DDT(M): the need, the posture, and who holds it."""

    besoins: tuple[Annotated[str, Vocabulaire("besoins")], ...] = champ(
        "Besoins auxquels l’outil répond, le principal d’abord.", ["anticiper-procedures"], min_length=1
    )
    postures: tuple[Annotated[str, Vocabulaire("postures")], ...] = champ(
        "Postures de l’agent que l’outil demande.", ["eclaireur"], min_length=1
    )
    tenu_par: tuple[Annotated[str, Vocabulaire("tenu_par")], ...] = champ(
        "Fonctions qui le mettent en œuvre.", ["front-office", "back-office"], min_length=1
    )


class Methode(Fiche):
    """What it is for, when to use it and when not, how long, how many people, with what, step by step."""

    GENRE: ClassVar[Genre] = Genre(
        rang=5,
        nom="methode",
        libelle="Méthode",
        usage="une façon de faire, pas à pas.",
        rubrique=("Boîte à outils", "methodes/"),
        couleurs=Couleurs("#812E68", "#F5E6EF", "#E5A8D3", "#33202D"),
        delais={"methode": ("Méthode", 36)},
        rang_theme=3,
        titre_theme="Comment s’y prendre",
        offres=(Offre("methode", "Comment s’y prendre", "une méthode"),),
        questions=("forme", "objectif", "duree", "participants"),
        renvois=("partenaires", "avant"),
        colonnes=(
            Colonne("forme", "Forme (identifiant).", requise=True),
            Colonne("objectif", "À quoi elle sert.", requise=True),
            Colonne("duree_min", "Durée la plus courte, en minutes.", "duree", genre="number", borne=0),
            Colonne("duree_max", "Durée la plus longue, en minutes.", "duree", genre="number", borne=1),
            Colonne("participants_min", "Au moins.", "participants", genre="number", borne=0),
            Colonne("participants_max", "Au plus.", "participants", genre="number", borne=1),
            Colonne("difficulte", "Difficulté, selon nous (identifiant)."),
            Colonne("participation", "Niveau de participation, selon nous (identifiant)."),
        ),
        liste_ecrite=True,
        planche=(286, 250),
    )

    type: Literal["methode"] = champ("Toujours methode.", "methode")
    forme: Annotated[str, Vocabulaire("forme_methode")] = champ("Forme de la méthode.", "visite")
    boite: Boite | None = champ(
        "Place dans la boîte à outils de la DDT(M), selon nous : besoins, postures, qui tient l’outil.",
        {"besoins": ["anticiper-procedures"], "postures": ["eclaireur"], "tenu_par": ["front-office"]},
        defaut=None,
    )
    objectif: Phrase = champ("À quoi elle sert, en une phrase.", "Recueillir vite des points de vue sur un lieu [s1].")
    quand_utiliser: tuple[Phrase, ...] = champ(
        "Quand elle est utile.", ["Au démarrage, avant tout dessin [s1]."], defaut=(), si_vide="quand l’utiliser"
    )
    quand_eviter: tuple[Phrase, ...] = champ(
        "Quand l’éviter.", ["Par mauvais temps [s2]."], defaut=(), si_vide="quand l’éviter"
    )
    duree: tuple[Chiffre, ...] = champ(
        "Durée en minutes, une entrée par source.", [{"valeur": "120", "unite": "minute", "source": "s3"}], defaut=()
    )
    duree_texte: Phrase | None = champ(
        "Durée en mots, quand les minutes n’ont pas de sens.", "Plusieurs mois [s1].", defaut=None
    )
    participants: tuple[Chiffre, ...] = champ(
        "Participants, une entrée par source.",
        [{"min": "6", "max": "8", "unite": "personne", "libelle": "par groupe", "source": "s2"}],
        defaut=(),
    )
    animateurs: tuple[Chiffre, ...] = champ(
        "Animateurs, une entrée par source.",
        [{"valeur": "1", "unite": "personne", "libelle": "par groupe", "source": "s3"}],
        defaut=(),
    )
    difficulte: Annotated[str, Vocabulaire("difficulte")] | None = champ(
        "Difficulté, selon nous.", "facile", defaut=None
    )
    participation: Annotated[str, Vocabulaire("participation")] | None = champ(
        "Niveau de participation, selon nous.", "concerter", defaut=None
    )
    preparation: tuple[Phrase, ...] = champ(
        "À faire avant la séance, hors de sa durée.", ["Parcourir le site la semaine d’avant [kit]."], defaut=()
    )
    materiel: tuple[Materiel, ...] = champ(
        "Ce qu’il faut apporter ou trouver sur place.",
        [{"nom": "Carte de base [s2].", "quantite": "1", "par": "groupe"}],
        defaut=(),
        si_vide="le matériel",
    )
    etapes: tuple[Etape, ...] = champ(
        "Étapes de l’animation, dans l’ordre, avec leur durée.",
        [{"titre": "Fixer l’itinéraire", "texte": "Un parcours représentatif [s4]."}],
        defaut=(),
        si_vide="le déroulé, étape par étape",
    )
    livrables: tuple[Phrase, ...] = champ(
        "Ce qui en sort.", ["Une liste de constats [s1]."], defaut=(), si_vide="ce qui en sort"
    )
    variantes: tuple[Phrase, ...] = champ(
        "Autres manières de conduire la méthode.", ["De nuit, ou à vélo [s2]."], defaut=()
    )
    vigilances: tuple[Phrase, ...] = champ("Points de vigilance.", ["Prévoir un parcours accessible [s2]."], defaut=())
    acces: tuple[Phrase, ...] = champ(
        "Comment y accéder (outil, document).", ["En ligne, sans compte [s1]."], defaut=()
    )
    limites: tuple[Phrase, ...] = champ("Ce que la méthode ne permet pas.", ["Données de 2021 [s1]."], defaut=())
    exemples: tuple[Phrase, ...] = champ(
        "Où et comment elle a servi.", ["À Poix-du-Nord, deux heures [s3]."], defaut=()
    )
    supports: tuple[Support, ...] = champ(
        "Supports à imprimer ou à ouvrir.", [{"titre": "Grille d’observation"}], defaut=()
    )
    partenaires: tuple[Annotated[str, Reference(("partenaire",), "Qui peut aider", "Méthodes pratiquées")], ...] = (
        champ("Partenaires qui la pratiquent ou y aident.", ["caue-62"], defaut=())
    )
    avant: tuple[Annotated[str, Reference(("methode",), "À faire avant", "À faire ensuite")], ...] = champ(
        "Méthodes qui la préparent.", ["preparation-de-visite"], defaut=()
    )

    @model_validator(mode="after")
    def _facilitation_is_timed(self) -> Methode:
        if self.forme == "animation" and not (self.duree and self.participants):
            raise faute("animation_sans_duree")
        return self
