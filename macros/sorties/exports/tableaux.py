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
from macros.modeles.genre import Colonne
from macros.modeles.parcours import marque_de
from macros.modeles.seances.durees import EN_MINUTES, EN_PERSONNES, Bornes, bornes
from macros.modeles.types import Enonce
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


def tableau(catalogue: Catalogue, lieux: Lieux, type_: str, base: str) -> str:
    """Return ``api/dispositifs.csv`` and the like: one row a published fiche."""
    flux = io.StringIO()
    flux.write("\ufeff")
    writer = csv.writer(flux, delimiter=SEPARATEUR, lineterminator="\r\n")
    colonnes = COLONNES[type_]
    writer.writerow([c.nom for c in colonnes])
    for fiche in publiees(catalogue, type_):
        row = Ligne(catalogue, lieux, fiche, base)
        writer.writerow([cellule(_lire(row, c)) for c in colonnes])
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


def _lire(row: Ligne, colonne: Colonne) -> Contenu:
    """What a column says of a fiche: as the field stands, or without citation nor Markdown when it is a statement."""
    if colonne.nom in _CALCULS:
        return _CALCULS[colonne.nom](row)
    if colonne.axe is not None:
        point = point_unique(row.lieux, row.fiche)
        return point[colonne.axe] if point else None
    *parents, nom = (colonne.chemin or colonne.nom).split(".")
    objet = row.fiche
    for parent in parents:
        objet = getattr(objet, parent)
    if isinstance(objet, tuple):
        return [getattr(o, nom) for o in objet]
    valeur: Any = getattr(objet, nom, None)
    if colonne.borne is not None:
        found: Bornes | None = bornes(valeur, _UNITES)
        return None if found is None or found[colonne.borne] == float("inf") else found[colonne.borne]
    if valeur and isinstance(marque_de(type(objet), nom), Enonce):
        return [plat(v) for v in valeur] if isinstance(valeur, tuple) else plat(valeur)
    return valeur  # type: ignore[no-any-return]


_UNITES = {**EN_MINUTES, **EN_PERSONNES}


def _echeance(row: Ligne) -> Contenu:
    echeance = prochaine(row.fiche)
    return echeance.le if echeance else None


_CALCULS: dict[str, Callable[[Ligne], Contenu]] = {
    "titre": lambda row: plat(row.fiche.titre),
    "adresse": lambda row: row.base + adresse(row.fiche),
    "a_reverifier_le": _echeance,
    "sources": lambda row: [s.url or s.titre for s in row.fiche.sources.values()],
}
"""Columns that are no field as it stands."""
_COMMUNES: tuple[Colonne, ...] = (
    Colonne("id", "Identifiant stable de la fiche.", requise=True),
    Colonne("titre", "Nom usuel.", requise=True),
    Colonne("accroche", "À quoi cela sert, en une phrase, sans ses appels de note.", requise=True),
    Colonne("adresse", "Page de la fiche.", requise=True, format="uri"),
    Colonne("themes", "Thèmes, le principal d’abord (identifiants).", requise=True),
    Colonne("phases", "Étapes du projet (identifiants).", requise=True),
    Colonne("publics", "Lecteurs visés (identifiants).", requise=True),
    Colonne("echelle", "national, departement, epci ou commune.", "territoire.echelle", requise=True),
    Colonne("codes", "Codes officiels des lieux.", "territoire.lieux.code"),
    Colonne("lieux", "Noms officiels des lieux.", "territoire.lieux.nom"),
    Colonne("validite", "en-vigueur, a-confirmer ou historique.", "validite.etat", requise=True),
    Colonne("debut", "Début connu : AAAA, AAAA-MM ou AAAA-MM-JJ.", "validite.debut"),
    Colonne("fin", "Fin connue : AAAA, AAAA-MM ou AAAA-MM-JJ.", "validite.fin"),
    Colonne("remplace_par", "Fiche qui prend la suite (identifiant).", "validite.remplace_par"),
    Colonne(
        "verification", "redigee-sur-sources, relue ou confirmee-par-le-porteur.", "verification.niveau", requise=True
    ),
    Colonne("verifie_le", "Jour de cet acte.", "verification.le", genre="date", requise=True),
    Colonne("a_reverifier_le", "Jour à partir duquel relire la fiche.", genre="date"),
    Colonne("sources", "Adresse de chaque source, ou son titre si elle n’est pas en ligne.", requise=True),
)
COLONNES: dict[str, tuple[Colonne, ...]] = {t: _COMMUNES + modele.GENRE.colonnes for t, modele in TYPES.items()}
"""Kind -> its columns. New ones go at the end; a name never changes without a new version of the data."""


def publication(catalogue: Catalogue, lieux: Lieux, base: str) -> Iterable[tuple[str, str]]:
    """Yield (address, text) of each table and of its description."""
    for type_, modele in TYPES.items():
        yield f"api/{modele.PLURIEL}.csv", tableau(catalogue, lieux, type_, base)
        yield f"api/schemas/tableaux/{modele.PLURIEL}.json", description(type_)
