"""What every fiche has in common, and the small models that several kinds share."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import StringConstraints, model_validator

from macros.modeles.genre import Genre, Offre
from macros.modeles.types import (
    Booleen,
    Cle,
    CleDeclaree,
    CodeDeLieu,
    DatePartielle,
    Enonce,
    Identifiant,
    Jour,
    Libelle,
    Modele,
    Nombre,
    NomDImage,
    Phrase,
    PhraseLibre,
    Reference,
    Texte,
    Url,
    Vocabulaire,
    champ,
    faute,
)

Theme = Annotated[str, Vocabulaire("themes")]
Phase = Annotated[str, Vocabulaire("phases")]
Public = Annotated[str, Vocabulaire("publics")]
Echelle = Annotated[str, Vocabulaire("echelles")]


class Source(Modele):
    """One publication on which statements rest. ``date`` absent means that it bears none."""

    titre: Libelle = champ("Titre de la page ou du document, tel qu’un lecteur le nommerait.", "Les Ateliers Flash")
    editeur: Libelle = champ("Organisme qui publie.", "ministère chargé de l’aménagement durable")
    url: Url | None = champ(
        "Adresse publique, si elle existe.", "https://amenagement-durable.ecologie.gouv.fr/ateliers-flash", defaut=None
    )
    document: Libelle | None = champ(
        "Nom de fichier d’un document non publié ; il ne s’affiche pas comme titre.",
        "001_056942acce46c7ae.txt",
        defaut=None,
    )
    date: DatePartielle | None = champ(
        "Date portée par la source ; absente si elle n’en porte pas.", "2025-10-03", defaut=None
    )
    modifie_le: DatePartielle | None = champ("Dernière modification annoncée par la source.", "2025-11-07", defaut=None)
    consulte_le: Jour | None = champ("Jour où la source a été lue, s’il est connu.", "2026-11-22", defaut=None)
    note: Libelle | None = champ(
        "Ce qu’il faut savoir avant de s’appuyer sur cette source.", "document interne non publié", defaut=None
    )

    @model_validator(mode="after")
    def _locatable(self) -> Source:
        if not self.url and not self.document and not self.note:
            raise faute("source_introuvable")
        return self

    @property
    def derniere_date(self) -> str | None:
        """The most recent date that the source bears, ISO 8601, possibly partial."""
        return max((d for d in (self.date, self.modifie_le) if d), default=None)

    @property
    def derniere_preuve(self) -> str | None:
        """The last day for which the source speaks: its own date, or the day on which it was read again."""
        return max((d for d in (self.date, self.modifie_le, self.consulte_le) if d), default=None)


class Chiffre(Modele):
    """A figure with its source. Several in a list mean that sources diverge: all are shown."""

    valeur: Nombre | None = champ("La valeur, quand il n’y en a qu’une.", "20000", defaut=None)
    min: Nombre | None = champ("La plus petite valeur d’un intervalle.", "2", defaut=None)
    max: Nombre | None = champ("La plus grande valeur d’un intervalle.", "3", defaut=None)
    environ: Booleen = champ("oui si la source dit « environ ».", "oui", defaut=False)
    unite: Annotated[str, Vocabulaire("unites")] = champ("Unité, au singulier : minute, jour, personne, euro.", "jour")
    libelle: Libelle | None = champ("Ce que mesure le chiffre, ou où il vaut.", "sur place, en 2019-2020", defaut=None)
    portee: Literal["sur-site", "totale"] | None = champ(
        "Pour une durée : temps passé sur place, ou durée d’ensemble.", "sur-site", defaut=None
    )
    source: Cle = champ("Clé de la source, ou kit pour une proposition de notre part.", "s1")
    date_source: DatePartielle | None = champ(
        "Date du chiffre, si elle diffère de celle de la source.", "2021", defaut=None
    )

    @model_validator(mode="after")
    def _has_value(self) -> Chiffre:
        bounds = (self.min, self.max)
        if (self.valeur is None) == (bounds == (None, None)):
            raise faute("chiffre_incomplet")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise faute("bornes_inversees")
        return self


class Lieu(Modele):
    """An official place: code and name must agree with the référentiels (INSEE, DGCL)."""

    code: CodeDeLieu = champ("Code INSEE de la commune, numéro SIREN de l’EPCI ou numéro du département.", "59464")
    nom: Libelle = champ("Nom officiel, vérifié avec le code.", "Poix-du-Nord")


class Territoire(Modele):
    """Where the fiche applies or takes place."""

    echelle: Literal["national", "departement", "epci", "commune"] = champ(
        "« national », ou l’échelle des lieux indiqués dessous : région, département, commune…", "commune"
    )
    lieux: tuple[Lieu, ...] = champ(
        "Lieux, par code et nom officiels ; aucun si national.", [{"code": "59464", "nom": "Poix-du-Nord"}], defaut=()
    )
    precision: PhraseLibre | None = champ(
        "Ce que ces lieux ne suffisent pas à dire, par exemple un quartier.",
        "Le syndicat couvre une partie de la Marne.",
        defaut=None,
    )

    @model_validator(mode="after")
    def _coherent(self) -> Territoire:
        if (self.echelle == "national") == bool(self.lieux):
            raise faute("territoire_incoherent")
        return self


class Validite(Modele):
    """Whether what the fiche describes still holds."""

    etat: Literal["en-vigueur", "historique", "a-confirmer"] = champ(
        "« en-vigueur », « historique » (c’est terminé) ou « a-confirmer » (rien de récent ne le dit).", "en-vigueur"
    )
    debut: DatePartielle | None = champ("Date de début, si elle est connue.", "2019", defaut=None)
    fin: DatePartielle | None = champ("Date de fin, si elle est connue.", "2021", defaut=None)
    remplace_par: Annotated[str, Reference((), "Remplacé par", "Remplace")] | None = champ(
        "Fiche qui prend la suite.", "crte", defaut=None
    )
    precision: PhraseLibre | None = champ(
        "Ce qu’il faut savoir de cette validité.", "Sites proposés en 2019 ; la suite n’est pas connue.", defaut=None
    )


class Historique(Modele):
    """A past state, shown dated beside the present one, never blended with it."""

    debut: DatePartielle = champ("Début de la période.", "2019")
    fin: DatePartielle | None = champ("Fin de la période ; absente si elle dure encore.", "2021", defaut=None)
    titre: Libelle | None = champ("Ce qui caractérise la période.", "premier marché", defaut=None)
    textes: tuple[Phrase, ...] = champ(
        "Ce qui valait alors, une idée par phrase, sources citées.",
        ["Un seul groupement était retenu, pour deux ans [s5]."],
        min_length=1,
    )


class Verification(Modele):
    """How far the fiche was checked, by which institution or role, and when."""

    niveau: Literal["redigee-sur-sources", "relue", "confirmee-par-le-porteur"] = champ(
        "« redigee-sur-sources », « relue » par une institution, ou « confirmee-par-le-porteur ».",
        "redigee-sur-sources",
    )
    le: Jour = champ("Jour de cet acte (rédaction, relecture ou confirmation).", "2026-11-22")
    par: Libelle = champ("Institution ou rôle, jamais une personne.", "rédaction du site")


class IllustrationFiche(Modele):
    """A picture with its alternative, credit and licence."""

    fichier: NomDImage = champ("Nom du fichier, dans docs/assets/illustrations/.", "journee-type.svg")
    alt: Libelle = champ("Ce que l’image apporte, pour qui ne la voit pas.", "Trois groupes autour d’un plan")
    legende: PhraseLibre | None = champ("Légende affichée sous l’image.", "Restitution de l’après-midi", defaut=None)
    credit: Libelle = champ("Organisme à créditer.", "CAUE du Pas-de-Calais")
    licence: Libelle = champ("Licence sous laquelle l’image peut être publiée.", "Licence Ouverte 2.0")


class Lien(Modele):
    """A link to a public page that is not a source of the statements."""

    titre: Libelle = champ("Ce qu’on y trouve.", "Vidéos du CAUE 62")
    url: Url = champ("Adresse http ou https.", "https://caue62.org/ressources/productions-caue/videos")


class FicheLiee(Modele):
    """A link to another fiche, with what relates them."""

    fiche: Annotated[str, Reference((), "Voir aussi", "Citée par")] = champ("Identifiant de la fiche.", "atelier-local")
    relation: Libelle = champ("En quoi elle est liée, en quelques mots.", "format plus long")


class PartenaireImplique(Modele):
    """A partenaire and what it does here."""

    fiche: Annotated[str, Reference(("partenaire",), "Partenaire", "Intervient dans")] = champ(
        "Identifiant du partenaire.", "ddtm-59"
    )
    role: Phrase = champ("Ce qu’il fait, source citée.", "Organise la journée [s1].")


class Etape(Modele):
    """One step of a course, of a procedure or of a method."""

    titre: Libelle = champ("Ce qu’on fait, à l’infinitif.", "Préparer la demande ensemble")
    texte: Phrase | None = champ("Comment, source citée.", "La DDT(M) réunit les acteurs [s1].", defaut=None)
    duree: Chiffre | None = champ("Durée de l’étape.", {"valeur": "15", "unite": "minute", "source": "s1"}, defaut=None)


class Vigilance(Modele):
    """A weakness and, where known, the lead that answers it."""

    constat: Phrase = champ("Ce qui fragilise, source citée.", "Intérêts qui divergent [s1].")
    piste: Phrase | None = champ("Ce qui y répond, source citée.", "Concerter et expliquer [s1].", defaut=None)


class Periode(Modele):
    """When something takes or took place, as precisely as known."""

    debut: DatePartielle | None = champ("Date de début.", "2021-10-20", defaut=None)
    fin: DatePartielle | None = champ("Date de fin.", "2021-10-20", defaut=None)
    texte: Phrase | None = champ(
        "En mots, quand les dates manquent.", "Depuis plusieurs années, sans date précise [s1].", defaut=None
    )


class Fiche(Modele):
    """Fields common to every kind; each says what it is in its ``GENRE``."""

    GENRE: ClassVar[Genre]
    TYPE: ClassVar[str] = ""
    PLURIEL: ClassVar[str] = ""
    LIBELLE: ClassVar[str] = ""
    LIBELLE_PLURIEL: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Give the kind its names, which are asked everywhere."""
        super().__init_subclass__(**kwargs)
        if not hasattr(cls, "GENRE"):
            raise TypeError(f"{cls.__name__} : GENRE manque. Dites-y ce qu’est ce type (macros/modeles/genre.py).")
        cls.TYPE, cls.PLURIEL = cls.GENRE.nom, cls.GENRE.pluriel
        cls.LIBELLE, cls.LIBELLE_PLURIEL = cls.GENRE.libelle, cls.GENRE.libelle_pluriel

    @property
    def regime(self) -> str:
        """Key of ``GENRE.delais`` that the fiche follows."""
        return self.TYPE

    @property
    def offre(self) -> Offre | None:
        """What the fiche brings to a step of a project."""
        return self.GENRE.offres[0] if self.GENRE.offres else None

    type: str = champ("Nature de la fiche.", "dispositif")
    id: Identifiant = champ("Identifiant : le nom du fichier sans .yml.", "atelier-flash")
    titre: Libelle = champ("Nom usuel, court.", "Atelier flash")
    accroche: Annotated[str, StringConstraints(min_length=20, max_length=320), Enonce(cite=False)] = champ(
        "Une phrase qui dit à quoi cela sert ; commence par un infinitif ou un groupe nominal.",
        "Deux à trois jours sur place avec une équipe extérieure, avant l’avant-projet [s1].",
    )
    resume: Texte | None = champ(
        "Deux à six phrases, sources citées.", "L’Atelier flash réunit les acteurs locaux [s1].", defaut=None
    )
    themes: tuple[Theme, ...] = champ("Thèmes, le principal d’abord.", ["friches-foncier"], min_length=1)
    phases: tuple[Phase, ...] = champ("Moments du projet où la fiche sert.", ["cadrer"], min_length=1)
    publics: tuple[Public, ...] = champ("À qui la fiche s’adresse.", ["elu", "agent-etat"], min_length=1)
    mots_cles: tuple[Libelle, ...] = champ(
        "Mots que taperait qui cherche cette fiche.", ["plan-guide", "concertation"], defaut=()
    )
    synonymes: tuple[Libelle, ...] = champ("Autres noms, sigles, anciennes appellations.", ["AdT flash"], defaut=())
    territoire: Territoire = champ("Territoire où la fiche vaut.", {"echelle": "national"})
    validite: Validite = champ("Dit si la fiche vaut encore aujourd’hui.", {"etat": "en-vigueur"})
    historique: tuple[Historique, ...] = champ(
        "Ce qui a valu autrefois et ne vaut plus, période par période.",
        [{"debut": "2019", "fin": "2021", "textes": ["Un seul groupement était retenu [s5]."]}],
        defaut=(),
    )
    verification: Verification = champ(
        "Jusqu’où la fiche a été vérifiée.",
        {"niveau": "redigee-sur-sources", "le": "2026-11-22", "par": "rédaction du site"},
    )
    sources: dict[CleDeclaree, Source] = champ(
        "Sources, par clé : s1, s2… Chaque énoncé les cite entre crochets.",
        {
            "s1": {
                "titre": "Les Ateliers Flash",
                "editeur": "ministère chargé de l’aménagement durable",
                "url": "https://amenagement-durable.ecologie.gouv.fr/ateliers-flash",
            }
        },
        min_length=1,
    )
    illustrations: tuple[IllustrationFiche, ...] = champ(
        "Images de la fiche, avec leur description et leurs droits.",
        [
            {
                "fichier": "journee-type.svg",
                "alt": "Déroulé d’une journée",
                "credit": "rédaction du site",
                "licence": "Licence Ouverte 2.0",
            }
        ],
        defaut=(),
    )
    liens: tuple[Lien, ...] = champ(
        "Pages utiles qui ne servent pas de source.",
        [{"titre": "Vidéos du CAUE 62", "url": "https://caue62.org/ressources/productions-caue/videos"}],
        defaut=(),
    )
    fiches_liees: tuple[FicheLiee, ...] = champ(
        "Autres fiches à lire, quand aucun champ plus précis ne convient.",
        [{"fiche": "atelier-local", "relation": "format plus long"}],
        defaut=(),
    )
    inconnues: tuple[PhraseLibre, ...] = champ(
        "Ce qui manquerait à une décision : une question à poser, et à qui.",
        ["les pièces du dossier : à demander à la DDT(M)"],
        defaut=(),
    )
    etat: Literal["brouillon", "publiee"] = champ(
        "« brouillon » tant que la fiche n’est pas à lire, « publiee » ensuite.", "publiee"
    )
