"""Kit: everything needed to run a workshop; times are computed, never typed twice."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from macros.modeles.communs import Chiffre, Fiche, Vigilance
from macros.modeles.genre import Colonne, Couleurs, Genre, Offre, Partie
from macros.modeles.genres.methode import Materiel
from macros.modeles.partage import COMMUN
from macros.modeles.types import (
    Booleen,
    Cle,
    Entier,
    Heure,
    Identifiant,
    Libelle,
    Modele,
    Phrase,
    PhraseLibre,
    Reference,
    Url,
    Vocabulaire,
    champ,
)


class KitOfficiel(Modele):
    """The ministry's own kit, to which ours points first."""

    titre: Libelle = champ("Nom du kit officiel.", "Kit technique Ateliers flash")
    url: Url | None = champ(
        "Adresse de la page, http ou https.", "https://amenagement-durable.ecologie.gouv.fr/ateliers-flash", defaut=None
    )
    note: Phrase = champ("Ce que nous en savons.", "Son contenu ne nous est pas connu [s1].")


class Role(Modele):
    """Who does what."""

    id: Identifiant = champ("Identifiant du rôle.", "animateur")
    titre: Libelle = champ("Nom du rôle.", "Animateur de groupe")
    missions: tuple[Phrase, ...] = champ("Ce qu’il fait.", ["Complète la boîte à outils [s1]."], min_length=1)
    partenaire: Annotated[str, Reference(("partenaire",), "Rôle tenu par", "Tient un rôle dans")] | None = champ(
        "Partenaire qui tient ce rôle.", "ddt-m", defaut=None
    )


class Ancre(Modele):
    """A date on which tasks hang."""

    id: Identifiant = champ("Nom court de la date repère, que citent les tâches et les séances.", "premier-jour")
    libelle: Libelle = champ("Nom de la date.", "Premier jour sur site")


class Tache(Modele):
    """A task of the retroplanning, hung on an anchor: -30 is thirty days before it."""

    ancre: Identifiant = champ("Ancre à laquelle elle est accrochée.", "premier-jour")
    decalage: Entier = champ("Jours par rapport à l’ancre, négatif avant.", "-30", ge=-730, le=730)
    tache: Phrase = champ("Ce qu’il faut faire, source citée ou [kit].", "Réserver la salle [kit].")
    role: Identifiant = champ("Rôle qui la fait.", "animateur")


class Sequence(Modele):
    """A time slot. Its start follows from the previous one, unless ``debut`` fixes it."""

    titre: Libelle = champ("Nom de la séquence, tel que le lit un participant.", "Visite du site")
    duree: Entier = champ("Durée en minutes.", "120", ge=COMMUN["sequence"]["min"], le=COMMUN["sequence"]["max"])
    debut: Heure | None = champ("Heure à laquelle la séquence commence quoi qu’il arrive.", "12:00", defaut=None)
    sources: tuple[Cle, ...] = champ("Sources de l’horaire, ou kit pour une proposition.", ["s1"], min_length=1)
    objectif: Phrase | None = champ("À quoi sert la séquence.", "Lire le site ensemble [s1].", defaut=None)
    consignes: tuple[Phrase, ...] = champ(
        "Ce que l’animateur fait et dit.", ["Prendre des notes et des photos [s1]."], defaut=()
    )
    modalite: Literal["pleniere", "groupes", "terrain", "pause"] = champ("Qui travaille avec qui.", "terrain")
    battement: Booleen = champ("oui si la séquence absorbe un retard.", "oui", defaut=False)
    methode: Annotated[str, Reference(("methode",), "Méthode employée", "Utilisée dans")] | None = champ(
        "Méthode employée.", "visite-exploratoire", defaut=None
    )
    methode_partielle: Booleen = champ(
        "oui si la séquence n’emploie qu’une partie de la méthode : sa durée n’est alors pas comparée.",
        "oui",
        defaut=False,
    )
    roles: tuple[Identifiant, ...] = champ("Rôles mobilisés.", ["animateur"], defaut=())
    lieu: Phrase | None = champ("Lieu où se tient la séquence.", "Sur le site [s1].", defaut=None)
    materiel: tuple[Materiel, ...] = champ("Matériel propre à la séquence.", [{"nom": "Plan [s1]."}], defaut=())
    livrable: Phrase | None = champ("Ce qui en sort.", "Une synthèse de diagnostic [s1].", defaut=None)


class Seance(Modele):
    """A day, half-day or session; ``debut`` is the time at which its first sequence starts."""

    id: Identifiant = champ("Identifiant de la séance.", "journee")
    titre: Libelle = champ("Titre de la séance.", "La journée")
    ancre: Identifiant | None = champ("Date repère à laquelle la séance se tient.", "premier-jour", defaut=None)
    debut: Heure | None = champ("Heure de début.", "08:30", defaut=None)
    fin: Heure | None = champ("Heure de fin annoncée, que les séquences ne doivent pas dépasser.", "17:00", defaut=None)
    description: tuple[Phrase, ...] = champ("Ce qui s’y joue.", ["Prendre connaissance du site [s1]."], defaut=())
    livrables: tuple[Phrase, ...] = champ("Ce qui en sort.", ["Un rapport d’étonnement [s1]."], defaut=())
    sequences: tuple[Sequence, ...] = champ(
        "Créneaux, dans l’ordre.",
        [{"titre": "Accueil", "duree": "30", "modalite": "pleniere", "sources": ["s1"]}],
        defaut=(),
    )


class CheckLists(Modele):
    """What to tick, by moment."""

    avant: tuple[Phrase, ...] = champ("Dans les semaines qui précèdent.", ["Réserver la salle [kit]."], defaut=())
    veille: tuple[Phrase, ...] = champ("La veille.", ["Imprimer les plans [kit]."], defaut=())
    pendant: tuple[Phrase, ...] = champ("Le jour même.", ["Faire signer l’émargement [kit]."], defaut=())
    apres: tuple[Phrase, ...] = champ("Dans les jours qui suivent.", ["Envoyer la synthèse [kit]."], defaut=())


class PosteBudget(Modele):
    """A cost item and who pays for it."""

    poste: Phrase = champ("Ce qui est payé.", "Équipe d’appui [s2].")
    qui_paie: Phrase | None = champ("Qui paie.", "La DGALN, en totalité [s2].", defaut=None)
    montants: tuple[Chiffre, ...] = champ(
        "Montants en euros, un par source quand les sources diffèrent.",
        [{"valeur": "20000", "environ": "oui", "unite": "euro", "source": "s2"}],
        defaut=(),
    )


class CritereEvaluation(Modele):
    """One line of the evaluation grid."""

    question: Phrase = champ("Question d’évaluation.", "Chaque groupe a-t-il restitué ? [kit]")
    indice: Phrase | None = champ("À quoi on le voit.", "Trois propositions affichées [kit].", defaut=None)


class Kit(Fiche):
    """When to choose it, roles, retroplanning, sessions and sequences, check-lists, outputs, budget."""

    GENRE: ClassVar[Genre] = Genre(
        rang=6,
        nom="kit",
        libelle="Kit",
        usage="tout ce qu’il faut pour tenir un atelier.",
        rubrique=("Préparer un atelier", "kits/"),
        couleurs=Couleurs("#54499A", "#EBE8F5", "#BDB4F3", "#27243B"),
        delais={"kit": ("Kit", 12)},
        rang_theme=4,
        titre_theme="Préparer un atelier",
        offres=(Offre("kit", "Pour préparer", "un kit"),),
        questions=("format", "finalite", "seances"),
        renvois=("dispositif", "sites"),
        colonnes=(
            Colonne("format", "Format en quelques mots.", requise=True),
            Colonne("finalite", "À quoi sert le kit.", requise=True),
            Colonne("dispositif", "Dispositif préparé (identifiant)."),
            Colonne("methodes", "Méthodes employées (identifiants)."),
            Colonne("documents", "Documents à télécharger (identifiants)."),
        ),
        liste_ecrite=True,
        planche=(96, 249),
        parties=(
            Partie("", "Aperçu"),
            Partie("deroule", "Déroulé", ("seances",)),
            Partie("calendrier", "Calendrier", ("retroplanning", "check_lists")),
            Partie("documents", "Documents", ("documents",)),
            Partie("materiel", "Matériel", ("seances",)),
            Partie("qui-fait-quoi", "Qui fait quoi", ("roles",)),
            Partie("imprimer", "Tout le kit à imprimer", entiere=True),
        ),
    )

    type: Literal["kit"] = champ("Toujours kit.", "kit")
    format: Libelle = champ("Format en quelques mots.", "Journée sur site")
    finalite: Phrase = champ("À quoi sert le kit.", "Rejouer la journée de Poix-du-Nord [kit].")
    dispositif: Annotated[str, Reference(("dispositif",), "Dispositif", "Kit pour le préparer")] | None = champ(
        "Dispositif que le kit prépare.", "atelier-flash", defaut=None
    )
    kit_officiel: KitOfficiel | None = champ(
        "Kit officiel, à consulter d’abord.",
        {"titre": "Kit technique Ateliers flash", "note": "Contenu non vu [s1]."},
        defaut=None,
    )
    choisir: tuple[Phrase, ...] = champ("Quand le choisir.", ["Une journée suffit [kit]."], defaut=())
    eviter: tuple[Phrase, ...] = champ("Quand en choisir un autre.", ["Le sujet est intercommunal [kit]."], defaut=())
    participants: tuple[Chiffre, ...] = champ(
        "Participants, une entrée par source.",
        [{"min": "12", "max": "24", "unite": "personne", "source": "kit"}],
        defaut=(),
        si_vide="le nombre de participants",
    )
    groupes: Entier | None = champ("Nombre de groupes prévu.", "3", defaut=None, ge=1, le=30)
    roles: tuple[Role, ...] = champ(
        "Qui fait quoi.", [{"id": "animateur", "titre": "Animateur", "missions": ["Anime un groupe [s1]."]}], defaut=()
    )
    ancres: tuple[Ancre, ...] = champ("Dates repères.", [{"id": "premier-jour", "libelle": "Premier jour"}], defaut=())
    retroplanning: tuple[Tache, ...] = champ(
        "Tâches accrochées aux ancres.",
        [{"ancre": "premier-jour", "decalage": "-30", "tache": "Réserver [kit].", "role": "animateur"}],
        defaut=(),
    )
    seances: tuple[Seance, ...] = champ(
        "Séances, dans l’ordre.", [{"id": "journee", "titre": "La journée"}], min_length=1
    )
    check_lists: CheckLists | None = champ(
        "Ce qui se coche avant, la veille, pendant et après.", {"avant": ["Réserver la salle [kit]."]}, defaut=None
    )
    livrables: tuple[Phrase, ...] = champ("Livrables attendus.", ["Une proposition d’accompagnement [s1]."], defaut=())
    budget: tuple[PosteBudget, ...] = champ(
        "Dépenses et qui paie.",
        [{"poste": "Repas [s2].", "qui_paie": "La collectivité [s2]."}],
        defaut=(),
        si_vide="le budget",
    )
    evaluation: tuple[CritereEvaluation, ...] = champ(
        "Grille d’évaluation.", [{"question": "A-t-on restitué ? [kit]"}], defaut=()
    )
    vigilances: tuple[Vigilance, ...] = champ(
        "Points de vigilance.", [{"constat": "Pas de temps de retour [s1]."}], defaut=()
    )
    methodes: tuple[Annotated[str, Reference(("methode",), "Méthode employée", "Utilisée dans")], ...] = champ(
        "Méthodes utiles hors des séquences.", ["carnet-de-suivi"], defaut=()
    )
    sites: tuple[Annotated[str, Reference(("site",), "Ils l’ont fait", "Kit employé ici")], ...] = champ(
        "Sites qui l’ont mis en œuvre.", ["poix-du-nord"], defaut=()
    )
    actions: tuple[Annotated[str, Reference(("action",), "Tiré de", "Kit tiré de cette action")], ...] = champ(
        "Actions dont le kit reprend le déroulé ou les cas.", ["atelier-17-rnit-2018"], defaut=()
    )
    documents: tuple[Annotated[str, Vocabulaire("documents")], ...] = champ(
        "Documents à télécharger, dans l’ordre où ils servent.", ["programme", "emargement"], defaut=()
    )
    horaires_note: PhraseLibre | None = champ(
        "D’où viennent les horaires.",
        "Horaires du programme de 2021 [s1] ; le reste est notre proposition.",
        defaut=None,
    )
