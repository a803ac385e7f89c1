"""Action: something that an organisation did or does (advice, workshop, meeting, training)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from macros.modeles.communs import Etape, Fiche, PartenaireImplique, Periode, Vigilance
from macros.modeles.genre import EXEMPLE, Colonne, Couleurs, Genre
from macros.modeles.types import Identifiant, Libelle, Modele, Phrase, PhraseLibre, Reference, Vocabulaire, champ

PARTENAIRE = ("partenaire",)


class Cas(Modele):
    """A case worked on during the action: success factors, weaknesses and leads."""

    id: Identifiant = champ("Identifiant du cas.", "circuit-court-cantines")
    titre: Libelle = champ("Ce dont parle le cas, en quelques mots.", "Circuit court dans les cantines")
    facteurs_reussite: tuple[Phrase, ...] = champ(
        "Ce qui fait réussir, une idée par ligne.", ["Associer réellement les producteurs [s1]."], defaut=()
    )
    vigilances: tuple[Vigilance, ...] = champ(
        "Ce qui fait échouer, et la piste qui y répond.",
        [{"constat": "Projet mal compris [s1].", "piste": "Concerter [s1]."}],
        defaut=(),
    )
    pistes: tuple[Phrase, ...] = champ(
        "Pistes que la source ne rattache pas à un frein précis.",
        ["Un seul interlocuteur pour les habitants [s1]."],
        defaut=(),
    )
    note: PhraseLibre | None = champ(
        "Ce qu’il faut savoir avant de s’appuyer sur ce cas.", "Les facteurs de réussite sont inconnus.", defaut=None
    )


class Action(Fiche):
    """What was done, by whom, how, and what it teaches."""

    GENRE: ClassVar[Genre] = Genre(
        rang=3,
        nom="action",
        libelle="Action",
        usage="ce qu’un organisme a mené : atelier, conseil, formation, retour d’expérience.",
        rubrique=("Exemples", "exemples/"),
        couleurs=Couleurs("#785400", "#F6EBCD", "#E6C36A", "#302914"),
        delais={"action": ("Action", 24)},
        rang_theme=6,
        titre_theme="Actions menées",
        offres=(EXEMPLE,),
        questions=("nature",),
        renvois=("porteur", "dispositifs", "sites", "methodes"),
        validite="a-confirmer",
        colonnes=(
            Colonne("nature", "Nature de l’action (identifiant).", requise=True),
            Colonne("porteur", "Organisme porteur (identifiant)."),
            Colonne("periode_debut", "Début connu : AAAA, AAAA-MM ou AAAA-MM-JJ.", "periode.debut"),
            Colonne("periode_fin", "Fin connue : AAAA, AAAA-MM ou AAAA-MM-JJ.", "periode.fin"),
            Colonne("sites", "Lieux de l’action (identifiants)."),
            Colonne("dispositifs", "Dispositifs liés (identifiants)."),
            Colonne("methodes", "Méthodes employées (identifiants)."),
        ),
        liste_ecrite=True,
        planche=(381, 215),
    )

    type: Literal["action"] = champ("Toujours action.", "action")
    nature: Annotated[str, Vocabulaire("nature_action")] = champ("Nature de l’action.", "atelier")
    porteur: Annotated[str, Reference(PARTENAIRE, "Porteur", "Actions portées")] | None = champ(
        "Partenaire qui porte l’action.", "caue-62", defaut=None
    )
    periode: Periode | None = champ(
        "Quand l’action a eu lieu, en dates ou en mots.",
        {"debut": "2021-10-20"},
        defaut=None,
        si_vide="quand l’action a eu lieu",
    )
    lieu: Phrase | None = champ("Où elle s’est tenue.", "Poix-du-Nord, dans le Nord [s1].", defaut=None)
    participants: tuple[Phrase, ...] = champ(
        "Qui y a pris part, et combien de personnes.",
        ["Des stagiaires, en trois groupes [s1]."],
        defaut=(),
        si_vide="le nombre de participants",
    )
    contexte: tuple[Phrase, ...] = champ(
        "La situation dont l’action est partie.", ["La DDTM s’est réorganisée en janvier 2020 [s1]."], defaut=()
    )
    objectifs: tuple[Phrase, ...] = champ(
        "Ce que l’action cherche à obtenir.", ["Anticiper les procédures [s1]."], defaut=()
    )
    demarche: tuple[Etape, ...] = champ(
        "Comment elle se déroule.", [{"titre": "Visiter le site", "texte": "Deux heures, par groupe [s1]."}], defaut=()
    )
    resultats: tuple[Phrase, ...] = champ(
        "Ce qui en est sorti.", ["Des élus se disent satisfaits [s1]."], defaut=(), si_vide="les résultats de l’action"
    )
    livrables: tuple[Phrase, ...] = champ("Ce qui est produit.", ["Une note de conseil [s1]."], defaut=())
    partenaires: tuple[PartenaireImplique, ...] = champ(
        "Partenaires et leur rôle.", [{"fiche": "ingenierie-62", "role": "Met en réseau [s1]."}], defaut=()
    )
    sites: tuple[Annotated[str, Reference(("site",), "Lieu de l’action", "Actions menées ici")], ...] = champ(
        "Sites concernés.", ["poix-du-nord"], defaut=()
    )
    methodes: tuple[Annotated[str, Reference(("methode",), "Méthode employée", "Employée dans")], ...] = champ(
        "Méthodes employées.", ["visite-exploratoire"], defaut=()
    )
    dispositifs: tuple[Annotated[str, Reference(("dispositif",), "Dispositif", "Actions liées")], ...] = champ(
        "Dispositifs dans lesquels l’action s’inscrit.", ["atelier-flash"], defaut=()
    )
    kit: Annotated[str, Reference(("kit",), "Kit pour refaire", "Tiré de l’action")] | None = champ(
        "Kit qui permet de refaire l’action.", "atelier-territorial-journee", defaut=None
    )
    moyens_internes: tuple[Phrase, ...] = champ(
        "Moyens du porteur.", ["Ses architectes et paysagistes [s1]."], defaut=(), si_vide="les moyens du porteur"
    )
    moyens_externes: tuple[Phrase, ...] = champ(
        "Moyens apportés par d’autres.", ["Un prêt de salle [s1]."], defaut=(), si_vide="les moyens externes"
    )
    diffusion: tuple[Phrase, ...] = champ("Comment l’action est connue.", ["Une courte vidéo [s1]."], defaut=())
    suites: tuple[Phrase, ...] = champ(
        "Ce qui est annoncé ou constaté depuis.", ["Des rencontres entre élus [s1]."], defaut=(), si_vide="les suites"
    )
    facteurs_reussite: tuple[Phrase, ...] = champ(
        "Enseignements : ce qui aide.", ["Mettre les partenaires en réseau [s1]."], defaut=()
    )
    vigilances: tuple[Vigilance, ...] = champ(
        "Enseignements : ce qui fragilise, et les pistes.", [{"constat": "Peu de suites [s1]."}], defaut=()
    )
    cas: tuple[Cas, ...] = champ(
        "Cas travaillés pendant l’action.", [{"id": "portail-familles", "titre": "Portail familles"}], defaut=()
    )
