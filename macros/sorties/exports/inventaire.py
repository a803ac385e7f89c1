"""What ``api/`` holds, told to programs (``api/index.json``, readable as DCAT) and to language models
(``llms.txt``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from macros.catalogue.fige import Catalogue
from macros.catalogue.textes_nus import LICENCE, LICENCE_URL, NOM, ligne, plat
from macros.ecriture.typographie import typographier
from macros.modeles import TYPES
from macros.sorties.exports import echeances, flux
from macros.sorties.exports.fiches import VERSION, publiees
from macros.sorties.exports.lisible import adresse_lisible

_CONTEXTE = {
    "@vocab": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "titre": "dct:title",
    "description": "dct:description",
    "langue": "dct:language",
    "editeur": "foaf:name",
    "licence": "dct:rights",
    "licence_adresse": {"@id": "dct:license", "@type": "@id"},
    "modifie_le": {"@id": "dct:modified", "@type": "http://www.w3.org/2001/XMLSchema#date"},
    "documentation": {"@id": "landingPage", "@type": "@id"},
    "jeux": "dataset",
    "fichiers": "distribution",
    "adresse": {"@id": "downloadURL", "@type": "@id"},
    "media": "mediaType",
    "schema": {"@id": "dct:conformsTo", "@type": "@id"},
    "version": {"@id": "http://www.w3.org/2002/07/owl#versionInfo"},
    "id": "dct:identifier",
    "fiches": {"@id": "https://schema.org/size"},
}
"""Reads the French keys as DCAT, the vocabulary of data portals."""


class Jeu(NamedTuple):
    """A data set: its name, what it is, how many fiches it holds, and its files as (address, media type, schema)."""

    id: str
    titre: str
    description: str
    fiches: int
    fichiers: tuple[tuple[str, str, str], ...]


JSON, CSV, GEOJSON = "application/json", "text/csv; charset=utf-8", "application/geo+json"


def jeux(catalogue: Catalogue) -> Iterator[Jeu]:
    """Yield every data set that is published."""
    total = len(publiees(catalogue))
    schemas = "api/schemas/fichiers"
    toutes = (("api/fiches.json", JSON, f"{schemas}/fiches.json"),)
    yield Jeu("fiches", "Toutes les fiches", "L’essentiel de chaque fiche publiée.", total, toutes)
    for type_, modele in TYPES.items():
        fichiers = [
            (f"api/{modele.PLURIEL}.json", JSON, f"{schemas}/{modele.PLURIEL}.json"),
            (f"api/{modele.PLURIEL}.csv", CSV, f"api/schemas/tableaux/{modele.PLURIEL}.json"),
        ]
        if type_ == "site":
            fichiers.append(("api/sites.geojson", GEOJSON, f"{schemas}/sites.geojson.json"))
        texte = f"{modele.LIBELLE_PLURIEL} : tout ce que disent les fiches (JSON), l’essentiel en tableau (CSV)."
        nombre = len(publiees(catalogue, type_))
        yield Jeu(modele.PLURIEL, modele.LIBELLE_PLURIEL, typographier(texte), nombre, tuple(fichiers))
    atom = ((flux.ADRESSE, "application/atom+xml", "https://www.rfc-editor.org/rfc/rfc4287"),)
    yield Jeu("nouveautes", "Fiches nouvelles et modifiées", "Flux à suivre.", min(total, flux.LIMITE), atom)
    ics = ((echeances.ADRESSE, "text/calendar; charset=utf-8", "https://www.rfc-editor.org/rfc/rfc5545"),)
    texte = "Vérifications à refaire et fins annoncées."
    yield Jeu("echeances", "Échéances", texte, total, ics)
    noms = (("api/renommees.json", JSON, f"{schemas}/renommees.json"),)
    texte = "Anciens identifiants, et ceux qui les remplacent."
    yield Jeu("renommees", "Fiches renommées", texte, len(catalogue.renommees), noms)


def index_json(catalogue: Catalogue, base: str) -> str:
    """Return ``api/index.json``."""
    corrections = [c.date for c in catalogue.corrections.corrections]
    jours = [f.verification.le for f in catalogue.fiches.values()]
    return (
        json.dumps(
            {
                "@context": _CONTEXTE,
                "@id": f"{base}api/",
                "@type": "Catalog",
                "version": VERSION,
                "titre": f"{NOM}, données ouvertes",
                "description": "Fiches sourcées et datées. Site non officiel.",
                "langue": "fr",
                "editeur": NOM,
                "licence": LICENCE,
                "licence_adresse": LICENCE_URL,
                "modifie_le": max([*jours, *corrections], default="1970-01-01"),
                "documentation": f"{base}donnees/",
                "jeux": [_dataset(jeu, base) for jeu in jeux(catalogue)],
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def _dataset(jeu: Jeu, base: str) -> dict[str, Any]:
    return {
        "@type": "Dataset",
        "@id": f"{base}api/#{jeu.id}",
        "id": jeu.id,
        "titre": jeu.titre,
        "description": jeu.description,
        "fiches": jeu.fiches,
        "fichiers": [
            {
                "@type": "Distribution",
                "adresse": base + adresse,
                "media": media,
                "schema": schema if schema.startswith("https:") else base + schema,
            }
            for adresse, media, schema in jeu.fichiers
        ],
    }


def llms_txt(catalogue: Catalogue, base: str) -> str:
    """Return ``llms.txt``: what the site is, and the Markdown of each fiche."""
    lines = [
        f"# {NOM}",
        "",
        "> Base de connaissances en français pour accompagner les collectivités dans leurs projets de territoire. "
        "Site non officiel. Chaque énoncé porte sa source entre crochets ; s’il manque une réponse, il est dit à "
        "qui la "
        "demander.",
        "",
        f"Contenus sous {LICENCE}. Citez la fiche, sa date et ses sources ; une fiche historique ou à confirmer se dit "
        "comme telle.",
        "",
        "## Données",
        "",
        f"- [Documentation]({base}donnees/): formats, champs, versions",
        f"- [Inventaire]({base}api/index.json): tous les fichiers, avec leur schéma",
    ]
    for type_, modele in TYPES.items():
        lines += ["", f"## {modele.LIBELLE_PLURIEL}", ""]
        lines += [
            f"- [{_titled(fiche.titre)}]({base}{adresse_lisible(fiche.id)}): {plat(fiche.accroche)}"
            for fiche in publiees(catalogue, type_)
        ]
    return "\n".join(lines) + "\n"


def _titled(titre: str) -> str:
    return ligne(typographier(titre)).replace("[", "(").replace("]", ")")
