"""Site: a place where something was done (case study) or is known to have been tried (repérage)."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import model_validator

from macros.modeles.communs import Chiffre, Etape, Fiche, PartenaireImplique
from macros.modeles.genre import EXEMPLE, Colonne, Couleurs, Genre
from macros.modeles.types import DatePartielle, Libelle, Phrase, Reference, Vocabulaire, champ, faute


class Site(Fiche):
    """A territory, its problem, what was tried, and what is known of the outcome."""

    GENRE: ClassVar[Genre] = Genre(
        rang=4,
        nom="site",
        libelle="Site",
        usage="un lieu, sa question, ce qui y a été essayé.",
        rubrique=("Exemples", "exemples/"),
        couleurs=Couleurs("#2D6637", "#E5F0E0", "#98CF9B", "#1E2F20"),
        delais={
            "site-en-cours": ("Site en cours, ou d’avancement inconnu", 12),
            "site-acheve": ("Site achevé", 36),
        },
        rang_theme=5,
        titre_theme="Ils l’ont fait",
        offres=(EXEMPLE,),
        renvois=("dispositifs", "methodes"),
        validite="a-confirmer",
        colonnes=(
            Colonne("profondeur", "reperage ou cas.", requise=True),
            Colonne("dispositifs", "Dispositifs mobilisés (identifiants)."),
            Colonne("annees", "Années ou dates connues."),
            Colonne("avancement", "Avancement connu (identifiant)."),
            Colonne("methodes", "Méthodes employées (identifiants)."),
            Colonne("longitude", "Degrés WGS 84, si le site tient en un seul lieu.", genre="number", axe=0),
            Colonne("latitude", "Degrés WGS 84, si le site tient en un seul lieu.", genre="number", axe=1),
        ),
        liste_ecrite=True,
        planche=(340, 105),
    )

    type: Literal["site"] = champ("Toujours site.", "site")
    profondeur: Literal["reperage", "cas"] = champ(
        "reperage, ou cas si la démarche et les résultats (ou enseignements) sont connus.", "reperage"
    )
    nom_dans_la_source: Libelle | None = champ(
        "Graphie de la source quand elle diffère du nom officiel.", "Sallins Fontaine", defaut=None
    )
    dispositifs: tuple[Annotated[str, Reference(("dispositif",), "Dispositif", "Sites accompagnés")], ...] = champ(
        "Dispositifs mobilisés.", ["atelier-flash"], defaut=(), si_vide="le dispositif mobilisé"
    )
    annees: tuple[DatePartielle, ...] = champ("Années ou dates connues.", ["2019"], defaut=(), si_vide="l’année")
    avancement: Annotated[str, Vocabulaire("avancement")] | None = champ(
        "Avancement connu.", "propose", defaut=None, si_vide="l’avancement"
    )
    objet: Phrase | None = champ("Sur quoi porte le travail.", "La reconversion des thermes [s1].", defaut=None)
    demandeur: Phrase | None = champ(
        "Qui a demandé.", "La commune [s1].", defaut=None, si_vide="qui a demandé l’accompagnement"
    )
    equipe: tuple[Phrase, ...] = champ(
        "Qui a accompagné.", ["Un paysagiste-conseil [s1]."], defaut=(), si_vide="l’équipe qui est intervenue"
    )
    population: tuple[Chiffre, ...] = champ(
        "Population, datée et sourcée.",
        [{"valeur": "2200", "environ": "oui", "unite": "habitant", "source": "s1"}],
        defaut=(),
    )
    chiffres: tuple[Chiffre, ...] = champ(
        "Autres chiffres, chacun avec sa source et sa date.",
        [{"valeur": "35", "unite": "km2", "source": "s1"}],
        defaut=(),
    )
    problematique: tuple[Phrase, ...] = champ(
        "Question posée au territoire.",
        ["Que faire de l’usine fermée ? [s1]"],
        defaut=(),
        si_vide="la question de départ",
    )
    contexte: tuple[Phrase, ...] = champ("Contexte local.", ["Commune rurale entre deux villes [s1]."], defaut=())
    demarche: tuple[Etape, ...] = champ(
        "Ce qui a été fait.",
        [{"titre": "Visiter dix lieux", "texte": "Sur deux jours [s1]."}],
        defaut=(),
        si_vide="la démarche suivie",
    )
    participants: tuple[Phrase, ...] = champ("Qui a pris part.", ["Agriculteurs et commerçants [s1]."], defaut=())
    resultats: tuple[Phrase, ...] = champ(
        "Ce qui en est sorti.", ["Un plan-guide [s1]."], defaut=(), si_vide="les résultats"
    )
    difficultes: tuple[Phrase, ...] = champ("Ce qui a résisté.", ["Foncier dispersé [s1]."], defaut=())
    enseignements: tuple[Phrase, ...] = champ(
        "Ce qu’on en retient.", ["Visiter avant de débattre [s1]."], defaut=(), si_vide="les enseignements"
    )
    suites: tuple[Phrase, ...] = champ(
        "Suites données.", ["Une étude a été lancée [s1]."], defaut=(), si_vide="les suites"
    )
    partenaires: tuple[PartenaireImplique, ...] = champ(
        "Partenaires et leur rôle.", [{"fiche": "onf", "role": "Présent aux débats [s1]."}], defaut=()
    )
    methodes: tuple[Annotated[str, Reference(("methode",), "Méthode employée", "Employée à")], ...] = champ(
        "Méthodes employées.", ["visite-exploratoire"], defaut=()
    )

    @property
    def regime(self) -> str:
        """What is finished changes less."""
        return "site-acheve" if self.avancement == "acheve" else "site-en-cours"

    @model_validator(mode="after")
    def _deep_enough(self) -> Site:
        if self.profondeur == "cas" and not (self.demarche and (self.resultats or self.enseignements)):
            raise faute("cas_incomplet")
        return self
