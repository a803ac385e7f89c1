"""Who answers for the site: the fields of ``extra.editeur`` in mkdocs.yml, each declared once, read and checked. Pure.

A field left empty is shown as such and stops a publication (``mise_en_ligne.py``); a field filled in wrongly stops a
build. French law asks for most of them: article 1-1 of law 2004-575 (publisher, director, host), GDPR article 13
(privacy).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from macros.ecriture.typographie import typographier
from macros.lecture.problemes import proche
from macros.modeles.partage import FICHE

A_RENSEIGNER = "à renseigner avant publication"

_COURRIEL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_TELEPHONE = re.compile(r"0[1-9](?: \d{2}){4}|\+\d{1,3}(?: ?\d{1,4}){2,6}|3\d ?\d{2}")
_ADRESSE = FICHE.motif("adresse")
_COMMANDE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069<>{}]")


def _texte(valeur: str) -> str | None:
    return None if len(valeur) >= 2 else "au moins deux caractères"


def _courriel(valeur: str) -> str | None:
    return None if _COURRIEL.fullmatch(valeur) else "une adresse de courriel, par exemple contact@exemple.fr"


def _telephone(valeur: str) -> str | None:
    return (
        None
        if _TELEPHONE.fullmatch(valeur)
        else "un numéro de téléphone, par exemple 01 02 03 04 05 ou +33 1 02 03 04 05"
    )


def _courriel_ou_adresse(valeur: str) -> str | None:
    if _COURRIEL.fullmatch(valeur) or _is_https(valeur):
        return None
    return "une adresse de courriel, ou l’adresse en https:// d’une page"


def _date(valeur: str) -> str | None:
    try:
        dt.date.fromisoformat(valeur)
    except ValueError:
        return "une date de la forme AAAA-MM-JJ, par exemple 2027-10-31"
    return None


def _is_https(valeur: str) -> bool:
    return valeur.startswith("https://") and _ADRESSE.fullmatch(valeur) is not None


@dataclass(frozen=True)
class Champ:
    """A field of the publisher: what it is, why it is asked, an example; ``forme`` says what is wrong with a value, if
    anything."""

    cle: str
    libelle: str
    aide: str
    exemple: str
    forme: Callable[[str], str | None] = field(default=_texte)


CHAMPS: dict[str, Champ] = {
    champ.cle: champ
    for champ in (
        Champ("nom", "Nom de l’éditeur", "Dénomination de l’organisme qui publie le site.", "Agence d’exemple"),
        Champ(
            "statut",
            "Forme juridique et immatriculation",
            "Forme juridique ; pour une entreprise, capital et numéro d’inscription au registre.",
            "Établissement public administratif, SIREN 123 456 789",
        ),
        Champ("adresse", "Adresse du siège", "Adresse postale complète.", "1 rue de l’Exemple, 59000 Lille"),
        Champ(
            "telephone", "Téléphone", "Standard de l’éditeur, jamais la ligne d’un agent.", "01 02 03 04 05", _telephone
        ),
        Champ("contact", "Courriel", "Boîte fonctionnelle à laquelle écrire.", "contact@exemple.fr", _courriel),
        Champ(
            "directeur_publication",
            "Directrice ou directeur de la publication",
            "Nom et fonction : la loi demande le nom.",
            "Camille Exemple, directrice générale",
        ),
        Champ(
            "hebergeur_nom", "Hébergeur", "Dénomination de l’organisme qui héberge le site.", "Hébergement d’exemple"
        ),
        Champ(
            "hebergeur_adresse", "Adresse de l’hébergeur", "Adresse postale complète.", "2 rue du Serveur, 75001 Paris"
        ),
        Champ("hebergeur_telephone", "Téléphone de l’hébergeur", "Son standard.", "01 02 03 04 06", _telephone),
        Champ(
            "conservation_journaux",
            "Durée de conservation des journaux du serveur",
            "Combien de temps l’hébergeur garde les journaux de connexion.",
            "douze mois",
        ),
        Champ(
            "responsable_traitement",
            "Responsable de traitement",
            "L’organisme qui répond des données personnelles, souvent l’éditeur.",
            "Agence d’exemple",
        ),
        Champ(
            "protection_donnees",
            "Délégué à la protection des données",
            "Courriel ou page de contact.",
            "donnees@exemple.fr",
            _courriel_ou_adresse,
        ),
        Champ(
            "contact_accessibilite",
            "Contact pour l’accessibilité",
            "Courriel ou page : une difficulté d’accès s’y signale.",
            "accessibilite@exemple.fr",
            _courriel_ou_adresse,
        ),
        Champ(
            "contact_securite",
            "Contact pour la sécurité",
            "Courriel ou page : une faille s’y signale ; publié dans security.txt.",
            "securite@exemple.fr",
            _courriel_ou_adresse,
        ),
        Champ(
            "securite_valable_jusqu_au",
            "Échéance de security.txt",
            "Jour jusqu’auquel le contact de sécurité est garanti, un an au plus.",
            "2027-10-31",
            _date,
        ),
    )
}


@dataclass(frozen=True)
class Editeur:
    """The publisher as mkdocs.yml says it: one text a field, empty when nobody filled it in."""

    valeurs: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, cle: str) -> str:
        """Return the text of a field, empty when unknown to mkdocs.yml. Raises ValueError on a field that does not
        exist."""
        return self.valeurs.get(champ(cle).cle, "")

    @property
    def vides(self) -> tuple[Champ, ...]:
        """The fields that are still to be filled in."""
        return tuple(c for c in CHAMPS.values() if not self[c.cle])


def champ(cle: str) -> Champ:
    """Return the declaration of a field. Raises ValueError, with the nearest name, when there is none."""
    if cle in CHAMPS:
        return CHAMPS[cle]
    voisin = proche(cle, CHAMPS)
    raise ValueError(
        f"champ de l’éditeur « {cle} » inconnu."
        + (f" Vouliez-vous dire « {voisin} » ?" if voisin else "")
        + f" Champs admis : {', '.join(CHAMPS)}."
    )


def lire(donnees: Any) -> tuple[Editeur, list[str]]:
    """Return the publisher that ``extra.editeur`` describes, and what is wrong with it, in French. Never raises."""
    if donnees is None:
        return Editeur(), []
    if not isinstance(donnees, Mapping):
        return Editeur(), ["mkdocs.yml · extra.editeur : attendu, une liste de champs (« nom: … », un par ligne)."]
    valeurs: dict[str, str] = {}
    fautes: list[str] = []
    for cle, valeur in donnees.items():
        faute = _fault(str(cle), valeur)
        if faute:
            fautes.append(f"mkdocs.yml · extra.editeur.{cle} : {faute}")
        elif valeur is not None:
            valeurs[str(cle)] = str(valeur).strip()
    return Editeur(valeurs), fautes


def _fault(cle: str, valeur: Any) -> str | None:
    try:
        declare = champ(cle)
    except ValueError as inconnu:
        return str(inconnu)
    if valeur is None or valeur == "":
        return None
    # An unquoted date is read by YAML as one; anything else that is not text would be shown as Python writes it.
    if not isinstance(valeur, str | dt.date):
        return "attendu, un texte entre guillemets."
    texte = str(valeur).strip()
    if _COMMANDE.search(texte):
        return "le texte contient un caractère de commande, un chevron ou une accolade. Retirez-le."
    attendu = declare.forme(texte) if texte else None
    return f"« {texte} » ne convient pas. Attendu : {attendu}." if attendu else None


def montrer(editeur: Editeur, cle: str) -> str:
    """Return a field as HTML for a sentence: a link when it can be written to, a visible notice when it is empty."""
    valeur = editeur[cle]
    if not valeur:
        return str(Markup('<mark class="a-renseigner">{}</mark>').format(A_RENSEIGNER))
    if _COURRIEL.fullmatch(valeur):
        return str(Markup('<a href="mailto:{0}">{0}</a>').format(valeur))
    if _is_https(valeur):
        return str(Markup('<a href="{0}" rel="noopener">{0}</a>').format(valeur))
    if champ(cle).forme is _telephone:
        return str(Markup('<a href="tel:{}">{}</a>').format(_dialled(valeur), typographier(valeur)))
    return str(escape(typographier(valeur)))


def _dialled(numero: str) -> str:
    compact = numero.replace(" ", "")
    return f"+33{compact[1:]}" if compact.startswith("0") else compact
