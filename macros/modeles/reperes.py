"""Models of the shared lists: vocabularies, glossary, and what was left out on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import StringConstraints

from macros.modeles.communs import Source
from macros.modeles.genres import TYPES
from macros.modeles.types import (
    Booleen,
    CleDuGlossaire,
    Entier,
    Identifiant,
    Jour,
    Libelle,
    Modele,
    Phrase,
    PhraseLibre,
    Reference,
    Url,
    Vocabulaire,
    champ,
)


class Valeur(Modele):
    """One value of a vocabulary."""

    libelle: Libelle = champ("Libellé lu par le public.", "Friches et foncier")
    pluriel: Libelle | None = champ("Pluriel, pour une unité.", "jours", defaut=None)
    groupe: Identifiant | None = champ("Groupe de valeurs.", "sujet", defaut=None)
    definition: PhraseLibre | None = champ(
        "Ce que recouvre la valeur.", "Terrains et bâtiments délaissés.", defaut=None
    )
    synonymes: tuple[Libelle, ...] = champ("Mots que les gens tapent.", ["reconversion", "usine"], defaut=())
    plancher: Entier | None = champ("Premier nombre d’une tranche.", "3500", defaut=None, ge=0)


class ListeDeValeurs(Modele):
    """A file of ``fiches/vocabulaires/``."""

    titre: Libelle = champ("Nom de la liste.", "Thèmes")
    aide: PhraseLibre = champ("À quoi elle sert.", "Le sujet du projet.")
    valeurs: dict[Identifiant, Valeur] = champ(
        "Valeurs, par identifiant.", {"friches-foncier": {"libelle": "Friches et foncier"}}, min_length=1
    )


class Terme(Modele):
    """A glossary entry: a sigle and its expansion, or an expression."""

    id: Identifiant = champ("Identifiant.", "glo-amo")
    terme: Libelle = champ("Sigle ou expression.", "AMO")
    developpement: Libelle | None = champ("Sigle développé.", "assistance à maîtrise d’ouvrage", defaut=None)
    definition: Phrase = champ(
        "Définition courte, source citée.", "Aide le maître d’ouvrage à préparer son projet [s1]."
    )
    synonymes: tuple[Libelle, ...] = champ("Autres formes.", ["assistant à maîtrise d’ouvrage"], defaut=())
    fiches: tuple[Annotated[str, Reference((), "Fiche", "Définie au glossaire")], ...] = champ(
        "Fiches à lire.", ["assistance-maitrise-ouvrage"], defaut=()
    )
    attention: PhraseLibre | None = champ("Réserve.", "Le sigle a deux sens.", defaut=None)


class Glossaire(Modele):
    """``fiches/glossaire.yml``."""

    sources: dict[CleDuGlossaire, Source] = champ(
        "Sources, par clé.",
        {"s1": {"titre": "Missions", "editeur": "Architectes-conseils de l’État", "note": "non datée"}},
    )
    termes: tuple[Terme, ...] = champ("Termes.", [{"id": "glo-amo", "terme": "AMO", "definition": "Aide [s1]."}])


class Porte(Modele):
    """Whom to ask when the site has no fiche."""

    titre: Libelle = champ("Nom de la page ou du service.", "Agence régionale de santé")
    url: Url = champ("Adresse publique.", "https://www.ars.sante.fr/")


class MotCourant(Modele):
    """What people type, and what answers it."""

    mots: tuple[Libelle, ...] = champ(
        "Mots et expressions de tous les jours, au singulier, sans article.",
        ["médecin", "désert médical"],
        min_length=1,
    )
    fiches: tuple[Annotated[str, Reference((), "Fiche", "Mot courant")], ...] = champ(
        "Fiches qui répondent, dans l’ordre d’usage.", ["villages-avenir"], defaut=(), max_length=6
    )
    theme: Annotated[str, Vocabulaire("themes")] | None = champ("Thème qui en parle.", "equipements", defaut=None)
    dire: Annotated[str, StringConstraints(min_length=1, max_length=240)] | None = champ(
        "Ce que le site ne couvre pas, et qui le fait, en une phrase courte.",
        "L’installation de médecins relève de l’agence régionale de santé.",
        defaut=None,
    )
    porte: Porte | None = champ(
        "À qui s’adresser.", {"titre": "Agence régionale de santé", "url": "https://www.ars.sante.fr/"}, defaut=None
    )


class MotsCourants(Modele):
    """``fiches/vocabulaires/mots_courants.yml``."""

    mots_courants: tuple[MotCourant, ...] = champ(
        "Mots de tous les jours, et ce qui y répond.", [{"mots": ["médecin"], "theme": "equipements"}]
    )


class Exclusion(Modele):
    """Something the sources say and the site does not, with the reason."""

    quoi: Libelle = champ("Ce qui est laissé de côté, sans le révéler.", "nom d’un agent cité dans un programme")
    source: Libelle = champ("Où cela se trouve.", "Programme de la journée du 20 octobre 2021")
    raison: Libelle = champ("À quoi sert la séquence.", "donnée personnelle")


class Exclusions(Modele):
    """``fiches/exclusions.yml``."""

    exclusions: tuple[Exclusion, ...] = champ(
        "Ce qui est laissé de côté.",
        [{"quoi": "nom d’un agent", "source": "Programme 2021", "raison": "donnée personnelle"}],
    )


class Correction(Modele):
    """A mistake that was published or about to be, and what was done."""

    date: Jour = champ("Jour de la correction.", "2026-11-22")
    fiche: Annotated[str, Reference((), "Corrigée", "Corrections")] = champ("Fiche corrigée.", "front-back-office")
    avant: Libelle = champ("Ce qui était écrit, en bref.", "un sigle développé sans source")
    apres: Libelle = champ("Ce qui est écrit maintenant, et pourquoi.", "le sigle n’est plus développé")


class Corrections(Modele):
    """``fiches/corrections.yml``, the most recent first."""

    corrections: tuple[Correction, ...] = champ(
        "Corrections, la plus récente d’abord.",
        [
            {
                "date": "2026-11-22",
                "fiche": "front-back-office",
                "avant": "un sigle",
                "apres": "le sigle n’est plus développé",
            }
        ],
    )


if TYPE_CHECKING:
    TypeDeFiche = str
else:
    TypeDeFiche = Literal[tuple(TYPES)]


class Renommee(Modele):
    """A fiche that changed its id: what was published under the former one must still lead to it."""

    ancien: Identifiant = champ("Ancien identifiant, qu’aucune fiche ne porte plus.", "contrat-de-relance")
    nouveau: Identifiant = champ("Nouvel identifiant.", "crte")
    le: Jour = champ("Jour du changement.", "2026-11-22")
    type: TypeDeFiche | None = champ("Ancien type, s’il a changé lui aussi.", "action", defaut=None)
    fusion: Booleen = champ(
        "« oui » quand la fiche a rejoint une autre, déjà publiée sous son nom.", "oui", defaut=False
    )


class Renommees(Modele):
    """``fiches/renommees.yml``."""

    renommees: tuple[Renommee, ...] = champ(
        "Fiches qui ont changé d’identifiant.",
        [{"ancien": "contrat-de-relance", "nouveau": "crte", "le": "2026-11-22"}],
    )
