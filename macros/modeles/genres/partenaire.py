"""Partenaire: an organisation that can help, and how to reach it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from macros.modeles.communs import Chiffre, Fiche
from macros.modeles.conditions import CONDITION, ConditionDeLieu, Critere
from macros.modeles.genre import Colonne, Couleurs, Genre, Offre
from macros.modeles.types import (
    Courriel,
    Libelle,
    Modele,
    Phrase,
    PhraseLibre,
    Reference,
    Telephone,
    Url,
    Vocabulaire,
    champ,
)

PARTENAIRE = ("partenaire",)


class PremierContact(Modele):
    """Functional contact only: never a person's address or number."""

    boite: Courriel | None = champ(
        "Boîte fonctionnelle, jamais une adresse nominative.", "contact@exemple.fr", defaut=None
    )
    standard: Telephone | None = champ("Numéro du standard.", "03 20 00 00 00", defaut=None)
    annuaire: Url | None = champ(
        "Page de l’annuaire officiel.", "https://lannuaire.service-public.gouv.fr/", defaut=None
    )
    note: PhraseLibre | None = champ("À savoir avant d’appeler.", "Passer par la sous-préfecture.", defaut=None)


class Partenaire(Fiche):
    """Who it is, what it does and does not do, when and how to call on it."""

    GENRE: ClassVar[Genre] = Genre(
        rang=2,
        nom="partenaire",
        libelle="Partenaire",
        usage="un organisme qui peut aider, et comment le joindre.",
        rubrique=("Qui peut aider", "partenaires/"),
        couleurs=Couleurs("#17587A", "#E2EEF2", "#8CC8E2", "#1B2B33"),
        delais={"contact": ("Contact d’un partenaire", 6), "partenaire": ("Partenaire", 12)},
        rang_theme=2,
        titre_theme="Qui peut aider",
        offres=(Offre("partenaire", "Qui peut aider", "un partenaire"),),
        questions=("nature",),
        renvois=("decline", "rattache_a"),
        colonnes=(
            Colonne("sigle", "Sigle usuel."),
            Colonne("nom_complet", "Nom développé."),
            Colonne("nature", "Nature de l’organisme (identifiant).", requise=True),
            Colonne("saisine", "Voie d’accès (identifiant)."),
            Colonne("missions", "Ce qu’il fait."),
            Colonne("site_web", "Site officiel.", format="uri"),
        ),
        liste_ecrite=True,
        planche=(137, 139),
    )

    type: Literal["partenaire"] = champ("Toujours partenaire.", "partenaire")
    sigle: Libelle | None = champ("Sigle usuel.", "CAUE", defaut=None)
    nom_complet: Libelle | None = champ(
        "Nom développé.", "Conseil d’architecture, d’urbanisme et de l’environnement", defaut=None
    )
    nature: Annotated[str, Vocabulaire("nature_partenaire")] = champ("Nature de l’organisme.", "ingenierie-locale")
    missions: tuple[Phrase, ...] = champ(
        "Ce qu’il fait, une mission par ligne.",
        ["Conseille gratuitement les communes [s1]."],
        defaut=(),
        si_vide="ses missions",
    )
    competences: tuple[Phrase, ...] = champ("Métiers et savoir-faire.", ["Architectes et paysagistes [s1]."], defaut=())
    ne_fait_pas: tuple[Phrase, ...] = champ(
        "Ce qui sort de son rôle, pour éviter une démarche inutile.",
        ["Ne fait pas de maîtrise d’œuvre [s1]."],
        defaut=(),
        si_vide="les limites de son rôle",
    )
    quand_mobiliser: tuple[Phrase, ...] = champ(
        "À quel moment l’appeler.", ["Dès l’idée de projet [s1]."], defaut=(), si_vide="quand le mobiliser"
    )
    comment_mobiliser: tuple[Phrase, ...] = champ(
        "Comment l’appeler.", ["La commune écrit au président [s1]."], defaut=(), si_vide="comment le mobiliser"
    )
    saisine: Annotated[str, Vocabulaire("saisine")] | None = champ(
        "Voie d’accès.", "directe", defaut=None, si_vide="la voie de saisine"
    )
    cout: tuple[Phrase, ...] = champ(
        "Coût et conditions.",
        ["Gratuit pour la collectivité [s1]."],
        defaut=(),
        si_vide="le coût pour la collectivité",
        a_demander=True,
    )
    delai: Phrase | None = champ(
        "Délai de réponse.", "Un mois environ [s1].", defaut=None, si_vide="le délai de réponse"
    )
    chiffres: tuple[Chiffre, ...] = champ(
        "Chiffres utiles, chacun avec sa source.", [{"valeur": "93", "unite": "organisme", "source": "s1"}], defaut=()
    )
    premier_contact: PremierContact | None = champ(
        "Contact fonctionnel.",
        {"annuaire": "https://lannuaire.service-public.gouv.fr/"},
        defaut=None,
        si_vide="les coordonnées d’un premier contact",
        a_demander=True,
    )
    site_web: Url | None = champ("Site officiel.", "https://www.caue62.org", defaut=None)
    membres: tuple[Annotated[str, Reference(PARTENAIRE, "Membre", "Membre de")], ...] = champ(
        "Fiches des organismes qui le composent.", ["mission-bassin-minier"], defaut=()
    )
    autres_membres: tuple[Phrase, ...] = champ(
        "Membres sans fiche.", ["Les agences d’urbanisme du département [s1]."], defaut=()
    )
    decline: Annotated[str, Reference(PARTENAIRE, "Variante locale de", "Variantes locales")] | None = champ(
        "Partenaire national dont celui-ci est la variante locale.", "ddt-m", defaut=None
    )
    rattache_a: Annotated[str, Reference(PARTENAIRE, "Rattaché à", "Rattache")] | None = champ(
        "Organisme de tutelle.", "dgaln", defaut=None
    )
    regles_locales: tuple[Phrase, ...] = champ(
        "Ce qui change ici par rapport au national.", ["Une réunion par trimestre [s1]."], defaut=()
    )
    criteres: tuple[Critere, ...] = champ(
        "« Est-ce pour nous ? » : chaque condition, dans les mots du lecteur.",
        [{"toujours": "oui", "phrase": "La demande passe par la DDT(M) [s3]."}],
        defaut=(),
    )
    conditions_de_lieu: tuple[ConditionDeLieu, ...] = champ(
        "Ce que l’organisme demande au lieu lui-même : taille, ruralité, programme.",
        [CONDITION],
        defaut=(),
    )
