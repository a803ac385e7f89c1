"""Dispositif: a support (accompaniment, programme, funding, label…) that a collectivité can seek."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import StringConstraints

from macros.modeles.communs import Chiffre, Echelle, Etape, Fiche, PartenaireImplique
from macros.modeles.conditions import CONDITION, ConditionDeLieu, Critere
from macros.modeles.genre import CADRE, Colonne, Couleurs, Genre, Offre
from macros.modeles.types import (
    Booleen,
    DatePartielle,
    Enonce,
    Libelle,
    Modele,
    Phrase,
    Reference,
    Vocabulaire,
    champ,
)


class Reponse(Modele):
    """One cell of « En bref »: a short answer, details, and sourced figures (all shown when they diverge)."""

    reponse: Phrase = champ("Réponse courte, source citée.", "La logistique et les repas [s2].")
    details: tuple[Phrase, ...] = champ(
        "Ce qui complète la réponse courte.", ["L’équipe est payée en totalité par la DGALN [s2]."], defaut=()
    )
    chiffres: tuple[Chiffre, ...] = champ(
        "Chiffres, un par source.",
        [{"valeur": "2", "unite": "jour", "libelle": "sur place", "source": "s5"}],
        defaut=(),
    )


class Cadre(Modele):
    """A dated market or framework, with the firms it named (historical; not a recommendation)."""

    titre: Libelle = champ("Nom du cadre.", "Marché national 2019-2021")
    debut: DatePartielle | None = champ("Date de début.", "2019", defaut=None)
    fin: DatePartielle | None = champ("Date de fin.", "2021", defaut=None)
    texte: Phrase = champ("Ce qu’il prévoit.", "Un marché à bons de commande de deux ans [s5].")
    prestataires: tuple[Libelle, ...] = champ(
        "Organismes titulaires, sans nom de personne.", ["Atelier de l’Ourcq"], defaut=()
    )


class AutreSite(Modele):
    """A site of the dispositif of which too little is known for a fiche of its own: one row of a table."""

    site: Annotated[str, StringConstraints(min_length=1, max_length=160), Enonce(cite=False)] = champ(
        "La commune ou l’intercommunalité, et son département.", "Salins-Fontaine (Savoie)"
    )
    objet: Phrase = champ(
        "Sur quoi, quand, et jusqu’où : retenu, proposé, achevé.",
        "La reconversion du bâtiment des thermes, retenue en 2019 [s5].",
    )


class Acces(Modele):
    """How to ask for it."""

    mode: tuple[Phrase, ...] = champ(
        "Voie d’accès.", ["Les dossiers sont étudiés au fil de l’eau [s4]."], defaut=(), si_vide="la voie d’accès"
    )
    calendrier: tuple[Phrase, ...] = champ(
        "Dates et échéances.",
        ["Pas de date limite connue [s4]."],
        defaut=(),
        si_vide="une éventuelle date limite",
        a_demander=True,
    )
    qui_decide: tuple[Phrase, ...] = champ(
        "Qui décide.", ["La DGALN choisit les sites [s3]."], defaut=(), si_vide="qui décide"
    )
    pieces: tuple[Phrase, ...] = champ(
        "Pièces à fournir.", ["Une note d’opportunité [s4]."], defaut=(), si_vide="les pièces à fournir"
    )
    effort: tuple[Phrase, ...] = champ(
        "Effort attendu de la collectivité.",
        ["Copiloter l’atelier [s3]."],
        defaut=(),
        si_vide="l’effort attendu de la collectivité",
    )
    prerequis: tuple[Phrase, ...] = champ("Ce qu’il faut avoir avant.", ["Un accord des élus [s4]."], defaut=())
    etapes: tuple[Etape, ...] = champ(
        "Démarches, dans l’ordre.",
        [{"titre": "Écrire à la DDT(M)", "texte": "Elle prépare la demande [s3]."}],
        defaut=(),
        si_vide="les démarches, étape par étape",
    )


class Dispositif(Fiche):
    """For whom, what it costs, how long, whom to write to; conditions; course; what comes out."""

    GENRE: ClassVar[Genre] = Genre(
        rang=1,
        nom="dispositif",
        libelle="Dispositif",
        usage="un appui qu’une collectivité peut demander : accompagnement, financement, label.",
        rubrique=("Trouver un appui", "trouver-un-appui/"),
        couleurs=Couleurs("#98391F", "#F8E8DF", "#F2A88C", "#34241D"),
        delais={
            "financement": ("Financement", 6),
            "cadre": ("Cadre réglementaire", 6),
            "dispositif": ("Autre dispositif", 12),
        },
        rang_theme=1,
        titre_theme="Quels appuis demander",
        offres=(Offre("dispositif", "Appui à demander", "un appui"), CADRE),
        questions=("nature", "orientable"),
        renvois=("porteurs", "premiers_contacts", "fait_partie_de"),
        colonnes=(
            Colonne("sigle", "Sigle usuel."),
            Colonne("nature", "Nature de l’appui, la principale d’abord (identifiants).", requise=True),
            Colonne("orientable", "oui si une collectivité peut le demander.", genre="boolean"),
            Colonne("porteurs", "Organismes porteurs (identifiants)."),
            Colonne("premiers_contacts", "À appeler d’abord (identifiants)."),
            Colonne("pour_qui", "Pour qui, en bref.", "pour_qui.reponse"),
            Colonne("cout", "Coût pour la collectivité, en bref.", "cout.reponse"),
            Colonne("duree", "Durée, en bref.", "duree.reponse"),
            Colonne("contact", "À qui écrire, en bref.", "contact.reponse"),
        ),
        liste_ecrite=True,
        planche=(223, 127),
    )

    type: Literal["dispositif"] = champ("Toujours dispositif.", "dispositif")
    sigle: Libelle | None = champ("Sigle usuel.", "CRTE", defaut=None)
    nom_complet: Libelle | None = champ(
        "Nom développé.", "Contrat pour la réussite de la transition écologique", defaut=None
    )
    nature: tuple[Annotated[str, Vocabulaire("nature_appui")], ...] = champ(
        "Nature de l’appui, la principale d’abord.", ["accompagnement"], min_length=1
    )
    orientable: Booleen = champ("oui si une collectivité peut le demander ; non pour un cadre (ZAN, SCoT…).", "oui")
    pour_qui: Reponse | None = champ(
        "En bref : pour qui.",
        {"reponse": "Territoires peu outillés en ingénierie [s3]."},
        defaut=None,
        si_vide="à qui il s’adresse",
    )
    cout: Reponse | None = champ(
        "En bref : coût pour la collectivité.",
        {"reponse": "La logistique et les repas [s2]."},
        defaut=None,
        si_vide="le coût pour la collectivité",
        a_demander=True,
    )
    duree: Reponse | None = champ(
        "En bref : durée ; distinguer sur place et en tout.",
        {"reponse": "Deux à trois jours sur place [s5]."},
        defaut=None,
        si_vide="la durée",
    )
    contact: Reponse | None = champ(
        "En bref : à qui écrire.",
        {"reponse": "Votre DDT(M) ou votre DREAL [s3]."},
        defaut=None,
        si_vide="à qui écrire",
        a_demander=True,
    )
    porteurs: tuple[Annotated[str, Reference(("partenaire",), "Porteur", "Dispositifs portés")], ...] = champ(
        "Organismes qui le portent.", ["dgaln"], defaut=()
    )
    premiers_contacts: tuple[
        Annotated[str, Reference(("partenaire",), "Premier contact", "Premier contact pour")], ...
    ] = champ("Partenaires à appeler d’abord.", ["ddt-m"], defaut=())
    pilotage: tuple[Phrase, ...] = champ(
        "Qui pilote, à chaque niveau.", ["La DGALN pilote l’ensemble [s3]."], defaut=()
    )
    objectifs: tuple[Phrase, ...] = champ(
        "Ce qu’il vise.", ["Faire naître une stratégie commune [s3]."], defaut=(), si_vide="ses objectifs"
    )
    sujets: tuple[Phrase, ...] = champ("Sujets traités.", ["Centre-bourg, friche, entrée de ville [s1]."], defaut=())
    beneficiaires: tuple[Phrase, ...] = champ("Qui peut le demander.", ["La commune le plus souvent [s1]."], defaut=())
    echelles: tuple[Echelle, ...] = champ("Périmètres concernés.", ["commune", "ilot"], defaut=())
    apport: tuple[Phrase, ...] = champ(
        "Ce que la collectivité reçoit.", ["Une équipe pluridisciplinaire [s3]."], defaut=()
    )
    montants: tuple[Chiffre, ...] = champ(
        "Montants en euros, un par source quand les sources diffèrent.",
        [{"valeur": "20000", "environ": "oui", "unite": "euro", "source": "s2"}],
        defaut=(),
    )
    chiffres: tuple[Chiffre, ...] = champ(
        "Autres chiffres (lauréats, territoires), datés.",
        [{"valeur": "1600", "unite": "commune", "source": "s1"}],
        defaut=(),
    )
    principes: tuple[Phrase, ...] = champ("Principes de travail.", ["Partir des projets existants [s3]."], defaut=())
    acces: Acces | None = champ(
        "Comment l’obtenir.",
        {"qui_decide": ["La DGALN choisit les sites [s3]."]},
        defaut=None,
        si_vide="comment l’obtenir",
    )
    criteres: tuple[Critere, ...] = champ(
        "« Est-ce pour nous ? » : chaque condition, dans les mots du lecteur.",
        [{"toujours": "oui", "phrase": "La demande passe par la DDT(M) [s3]."}],
        defaut=(),
    )
    conditions_de_lieu: tuple[ConditionDeLieu, ...] = champ(
        "Ce que l’appui demande au lieu lui-même : taille, ruralité, programme.",
        [CONDITION],
        defaut=(),
    )
    deroulement: tuple[Etape, ...] = champ(
        "Étapes une fois l’appui accordé.",
        [{"titre": "Prendre connaissance du site", "texte": "Échanges et visite [s3]."}],
        defaut=(),
    )
    participants: tuple[Phrase, ...] = champ("Qui prend part.", ["Élus, techniciens, habitants [s3]."], defaut=())
    livrables: tuple[Phrase, ...] = champ(
        "Ce qui en sort.", ["Une esquisse de plan-guide [s1]."], defaut=(), si_vide="ce qui en sort"
    )
    resultats: tuple[Phrase, ...] = champ("Effets recherchés ou constatés.", ["Sortir d’un blocage [s3]."], defaut=())
    cadres: tuple[Cadre, ...] = champ(
        "Marchés et cadres successifs, datés.", [{"titre": "Marché 2019-2021", "texte": "Deux ans [s5]."}], defaut=()
    )
    autres_sites: tuple[AutreSite, ...] = champ(
        "Sites retenus ou proposés dont on sait trop peu pour une fiche.",
        [{"site": "Salins-Fontaine (Savoie)", "objet": "La reconversion des thermes, retenue en 2019 [s5]."}],
        defaut=(),
    )
    partenaires: tuple[PartenaireImplique, ...] = champ(
        "Partenaires qui aident à le demander ou à le conduire.",
        [{"fiche": "dreal", "role": "Propose des sites [s3]."}],
        defaut=(),
    )
    methodes: tuple[Annotated[str, Reference(("methode",), "Méthode employée", "Employée dans")], ...] = champ(
        "Méthodes employées.", ["visite-exploratoire"], defaut=()
    )
    complementaires: tuple[Annotated[str, Reference(("dispositif",), "Complémentaire", "Complémentaire de")], ...] = (
        champ("Dispositifs qui se combinent avec celui-ci.", ["atelier-local"], defaut=())
    )
    fait_partie_de: Annotated[str, Reference(("dispositif",), "Fait partie de", "Comprend")] | None = champ(
        "Dispositif plus large.", "atelier-des-territoires", defaut=None
    )
    kit: Annotated[str, Reference(("kit",), "Kit pour le préparer", "Prépare")] | None = champ(
        "Kit pour le préparer.", "preparer-un-atelier-flash", defaut=None
    )

    @property
    def regime(self) -> str:
        """Money and rules change sooner than the rest."""
        return next((nom for nom in ("financement", "cadre") if nom in self.nature), self.TYPE)

    @property
    def offre(self) -> Offre:
        """A framework is not a support to ask for."""
        return CADRE if self.nature[0] == CADRE.cle else self.GENRE.offres[0]
