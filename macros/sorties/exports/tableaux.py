"""Catalogue -> one table a kind (CSV), with its description (Table Schema). For spreadsheets, and against them.

UTF-8 with a byte order mark, semicolons and CRLF: what French spreadsheets open without a question. Several values
in a cell are separated by `` | ``. A text that a spreadsheet would run as a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from macros.catalogue.fige import Catalogue
from macros.catalogue.fraicheur import prochaine
from macros.catalogue.textes_nus import LICENCE, LICENCE_URL, ligne, plat
from macros.ecriture.rendu import adresse
from macros.lecture.lieux.communes import Lieux
from macros.modeles import TYPES
from macros.modeles.seances.durees import EN_MINUTES, Bornes, bornes
from macros.sorties.exports.fiches import VERSION, publiees
from macros.sorties.exports.lieux import point_unique

SEPARATEUR = ";"
VALEURS = " | "
"""Between several values of one cell."""
_FORMULE = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
Contenu = str | float | bool | Sequence[str] | None


@dataclass(frozen=True)
class Ligne:
    """What a row is made from."""

    catalogue: Catalogue
    lieux: Lieux
    fiche: Any
    base: str


@dataclass(frozen=True)
class Colonne:
    """A column: its stable name, what it holds, its Table Schema type, and how to read it in a fiche."""

    nom: str
    aide: str
    lire: Callable[[Ligne], Contenu]
    genre: str = "string"
    requise: bool = False
    format: str = ""


def tableau(catalogue: Catalogue, lieux: Lieux, type_: str, base: str) -> str:
    """Return ``api/dispositifs.csv`` and the like: one row a published fiche."""
    flux = io.StringIO()
    flux.write("\ufeff")
    writer = csv.writer(flux, delimiter=SEPARATEUR, lineterminator="\r\n")
    colonnes = COLONNES[type_]
    writer.writerow([c.nom for c in colonnes])
    for fiche in publiees(catalogue, type_):
        row = Ligne(catalogue, lieux, fiche, base)
        writer.writerow([cellule(c.lire(row)) for c in colonnes])
    return flux.getvalue()


def cellule(contenu: Contenu) -> str:
    """Write a value; a text can neither break its row nor start a formula. Numbers are ours and need no guard."""
    if contenu is None:
        return ""
    if isinstance(contenu, bool):
        return "oui" if contenu else "non"
    if isinstance(contenu, int | float):
        return f"{contenu:g}" if float(contenu).is_integer() and abs(contenu) < 1e6 else repr(contenu)
    texte = ligne(contenu if isinstance(contenu, str) else VALEURS.join(contenu))
    return f"'{texte}" if texte.startswith(_FORMULE) else texte


def description(type_: str) -> str:
    """Return the Table Schema of a table, as data.gouv.fr and its tools read them."""
    modele = TYPES[type_]
    return (
        json.dumps(
            {
                "$schema": "https://frictionlessdata.io/schemas/table-schema.json",
                "name": modele.PLURIEL,
                "title": f"{modele.LIBELLE_PLURIEL} : une ligne par fiche publiée",
                "description": f"Valeurs multiples séparées par « {VALEURS.strip()} ».",
                "version": f"{VERSION}.0.0",
                "licenses": [{"title": LICENCE, "path": LICENCE_URL}],
                "fields": [_field(c) for c in COLONNES[type_]],
                "missingValues": [""],
                "primaryKey": "id",
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def _field(colonne: Colonne) -> dict[str, Any]:
    found: dict[str, Any] = {"name": colonne.nom, "description": colonne.aide, "type": colonne.genre}
    if colonne.genre == "boolean":
        found |= {"trueValues": ["oui"], "falseValues": ["non"]}
    if colonne.format:
        found["format"] = colonne.format
    if colonne.requise:
        found["constraints"] = {"required": True, **({"unique": True} if colonne.nom == "id" else {})}
    return found


# --- how to read a column


def _champ(nom: str) -> Callable[[Ligne], Contenu]:
    """A field as it stands: an identifier, identifiers, a number, yes or no."""
    return lambda row: getattr(row.fiche, nom)


def _textes(nom: str) -> Callable[[Ligne], Contenu]:
    def read(row: Ligne) -> Contenu:
        valeur = getattr(row.fiche, nom)
        return [plat(v) for v in valeur] if isinstance(valeur, tuple) else plat(valeur) if valeur else None

    return read


def _reponse(nom: str) -> Callable[[Ligne], Contenu]:
    """The short answer of a cell of « En bref »."""

    def read(row: Ligne) -> Contenu:
        valeur = getattr(row.fiche, nom)
        return plat(valeur.reponse) if valeur else None

    return read


def _sous(nom: str, champ: str) -> Callable[[Ligne], Contenu]:
    return lambda row: getattr(getattr(row.fiche, nom), champ, None)


def _borne(nom: str, unites: dict[str, int], rang: int) -> Callable[[Ligne], Contenu]:
    """The lowest (0) or highest (1) figure that the sources give."""

    def read(row: Ligne) -> Contenu:
        trouvees: Bornes | None = bornes(getattr(row.fiche, nom), unites)
        return None if trouvees is None or trouvees[rang] == float("inf") else trouvees[rang]

    return read


def _point(axe: int) -> Callable[[Ligne], Contenu]:
    def read(row: Ligne) -> Contenu:
        point = point_unique(row.lieux, row.fiche)
        return point[axe] if point else None

    return read


def _echeance(row: Ligne) -> Contenu:
    echeance = prochaine(row.fiche)
    return echeance.le if echeance else None


def _sources(row: Ligne) -> Contenu:
    return [s.url or s.titre for s in row.fiche.sources.values()]


_COMMUNES: tuple[Colonne, ...] = (
    Colonne("id", "Identifiant stable de la fiche.", _champ("id"), requise=True),
    Colonne("titre", "Nom usuel.", _textes("titre"), requise=True),
    Colonne("accroche", "À quoi cela sert, en une phrase, sans ses appels de note.", _textes("accroche"), requise=True),
    Colonne("adresse", "Page de la fiche.", lambda r: r.base + adresse(r.fiche), requise=True, format="uri"),
    Colonne("themes", "Thèmes, le principal d’abord (identifiants).", _champ("themes"), requise=True),
    Colonne("phases", "Étapes du projet (identifiants).", _champ("phases"), requise=True),
    Colonne("publics", "Lecteurs visés (identifiants).", _champ("publics"), requise=True),
    Colonne("echelle", "national, departement, epci ou commune.", _sous("territoire", "echelle"), requise=True),
    Colonne("codes", "Codes officiels des lieux.", lambda r: [x.code for x in r.fiche.territoire.lieux]),
    Colonne("lieux", "Noms officiels des lieux.", lambda r: [x.nom for x in r.fiche.territoire.lieux]),
    Colonne("validite", "en-vigueur, a-confirmer ou historique.", _sous("validite", "etat"), requise=True),
    Colonne("debut", "Début connu : AAAA, AAAA-MM ou AAAA-MM-JJ.", _sous("validite", "debut")),
    Colonne("fin", "Fin connue : AAAA, AAAA-MM ou AAAA-MM-JJ.", _sous("validite", "fin")),
    Colonne("remplace_par", "Fiche qui prend la suite (identifiant).", _sous("validite", "remplace_par")),
    Colonne(
        "verification",
        "redigee-sur-sources, relue ou confirmee-par-le-porteur.",
        _sous("verification", "niveau"),
        requise=True,
    ),
    Colonne("verifie_le", "Jour de cet acte.", _sous("verification", "le"), genre="date", requise=True),
    Colonne("a_reverifier_le", "Jour à partir duquel relire la fiche.", _echeance, genre="date"),
    Colonne("sources", "Adresse de chaque source, ou son titre si elle n’est pas en ligne.", _sources, requise=True),
)
_PROPRES: dict[str, tuple[Colonne, ...]] = {
    "dispositif": (
        Colonne("sigle", "Sigle usuel.", _champ("sigle")),
        Colonne("nature", "Nature de l’appui, la principale d’abord (identifiants).", _champ("nature"), requise=True),
        Colonne("orientable", "oui si une collectivité peut le demander.", _champ("orientable"), genre="boolean"),
        Colonne("porteurs", "Organismes porteurs (identifiants).", _champ("porteurs")),
        Colonne("premiers_contacts", "À appeler d’abord (identifiants).", _champ("premiers_contacts")),
        Colonne("pour_qui", "Pour qui, en bref.", _reponse("pour_qui")),
        Colonne("cout", "Coût pour la collectivité, en bref.", _reponse("cout")),
        Colonne("duree", "Durée, en bref.", _reponse("duree")),
        Colonne("contact", "À qui écrire, en bref.", _reponse("contact")),
    ),
    "partenaire": (
        Colonne("sigle", "Sigle usuel.", _champ("sigle")),
        Colonne("nom_complet", "Nom développé.", _champ("nom_complet")),
        Colonne("nature", "Nature de l’organisme (identifiant).", _champ("nature"), requise=True),
        Colonne("saisine", "Voie d’accès (identifiant).", _champ("saisine")),
        Colonne("missions", "Ce qu’il fait.", _textes("missions")),
        Colonne("site_web", "Site officiel.", _champ("site_web"), format="uri"),
    ),
    "action": (
        Colonne("nature", "Nature de l’action (identifiant).", _champ("nature"), requise=True),
        Colonne("porteur", "Organisme porteur (identifiant).", _champ("porteur")),
        Colonne("periode_debut", "Début connu : AAAA, AAAA-MM ou AAAA-MM-JJ.", _sous("periode", "debut")),
        Colonne("periode_fin", "Fin connue : AAAA, AAAA-MM ou AAAA-MM-JJ.", _sous("periode", "fin")),
        Colonne("sites", "Lieux de l’action (identifiants).", _champ("sites")),
        Colonne("dispositifs", "Dispositifs liés (identifiants).", _champ("dispositifs")),
        Colonne("methodes", "Méthodes employées (identifiants).", _champ("methodes")),
    ),
    "site": (
        Colonne("profondeur", "reperage ou cas.", _champ("profondeur"), requise=True),
        Colonne("dispositifs", "Dispositifs mobilisés (identifiants).", _champ("dispositifs")),
        Colonne("annees", "Années ou dates connues.", _champ("annees")),
        Colonne("avancement", "Avancement connu (identifiant).", _champ("avancement")),
        Colonne("methodes", "Méthodes employées (identifiants).", _champ("methodes")),
        Colonne("longitude", "Degrés WGS 84, si le site tient en un seul lieu.", _point(0), genre="number"),
        Colonne("latitude", "Degrés WGS 84, si le site tient en un seul lieu.", _point(1), genre="number"),
    ),
    "methode": (
        Colonne("forme", "Forme (identifiant).", _champ("forme"), requise=True),
        Colonne("objectif", "À quoi elle sert.", _textes("objectif"), requise=True),
        Colonne("duree_min", "Durée la plus courte, en minutes.", _borne("duree", EN_MINUTES, 0), genre="number"),
        Colonne("duree_max", "Durée la plus longue, en minutes.", _borne("duree", EN_MINUTES, 1), genre="number"),
        Colonne("participants_min", "Au moins.", _borne("participants", {"personne": 1}, 0), genre="number"),
        Colonne("participants_max", "Au plus.", _borne("participants", {"personne": 1}, 1), genre="number"),
        Colonne("difficulte", "Difficulté, selon nous (identifiant).", _champ("difficulte")),
        Colonne("participation", "Niveau de participation, selon nous (identifiant).", _champ("participation")),
    ),
    "kit": (
        Colonne("format", "Format en quelques mots.", _champ("format"), requise=True),
        Colonne("finalite", "À quoi sert le kit.", _textes("finalite"), requise=True),
        Colonne("dispositif", "Dispositif préparé (identifiant).", _champ("dispositif")),
        Colonne("methodes", "Méthodes employées (identifiants).", _champ("methodes")),
        Colonne("documents", "Documents à télécharger (identifiants).", _champ("documents")),
    ),
}
COLONNES: dict[str, tuple[Colonne, ...]] = {t: _COMMUNES + _PROPRES[t] for t in TYPES}
"""Kind -> its columns. New ones go at the end; a name never changes without a new version of the data."""


def publication(catalogue: Catalogue, lieux: Lieux, base: str) -> Iterable[tuple[str, str]]:
    """Yield (address, text) of each table and of its description."""
    for type_, modele in TYPES.items():
        yield f"api/{modele.PLURIEL}.csv", tableau(catalogue, lieux, type_, base)
        yield f"api/schemas/tableaux/{modele.PLURIEL}.json", description(type_)
