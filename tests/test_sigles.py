"""Every acronym of the site is explained: by the glossary, or by the fiche that bears it."""

from __future__ import annotations

import re

from macros.catalogue.fige import Catalogue
from tests.corpus import Morceau, des_fiches, des_gabarits, des_listes, des_pages

SIGLE = re.compile(
    r"(?<![\w@.])(?:[A-ZÀ-Ý]{2,}[a-z]?\d*(?:\([A-Z]\))?|[A-Z][a-z]{0,3}[A-Z][A-Za-z]*|[A-Z]\d+)(?![\w@])"
)
"""DDT(M), CRTE, SCoT, PLUi, AdT, CO2, A3…"""
PAS_DES_SIGLES = {
    "A0": "format de papier",
    "A1": "format de papier",
    "A3": "format de papier",
    "A4": "format de papier",
    "DOCX": "format de fichier, nommé ainsi sur les boutons",
    "ODS": "format de fichier, nommé ainsi sur les boutons",
    "ODT": "format de fichier, nommé ainsi sur les boutons",
    "PDF": "format de fichier, nommé ainsi sur les boutons",
    "XLSX": "format de fichier, nommé ainsi sur les boutons",
    "ARIA": "nom d’une norme",
    "CSS": "nom d’un langage",
    "HTML": "nom d’un langage",
    "SVG": "nom d’un langage",
    "UA": "nom d’une norme, PDF/UA",
    "WAI": "nom d’une norme, WAI-ARIA",
    "JAWS": "nom d’un logiciel",
    "NVDA": "nom d’un logiciel",
    "TalkBack": "nom propre",
    "CEDEX": "mention d’une adresse",
    "RGAA": "développé dans la page qui l’emploie",
    "GPS": "mot courant",
    "QR": "mot courant",
    "CSV": "format de fichier, nommé ainsi sur les boutons",
    "DCAT": "nom d’un vocabulaire de catalogues",
    "GeoJSON": "format de fichier",
    "HTTP(S)": "nom d’un menu de QGIS",
    "QGIS": "nom d’un logiciel",
    "RFC": "nom d’une série de normes",
    "UTF": "UTF-8, codage de texte",
    "WGS": "WGS 84, nom d’un système de coordonnées",
    "JSON": "format de fichier, nommé ainsi sur les boutons",
    "MIT": "nom d’une licence",
    "README": "nom d’un fichier",
    "YAML": "nom d’un langage",
    "GitHub": "nom propre",
    "GitLab": "nom propre",
    "MkDocs": "nom propre",
    "JavaScript": "nom propre",
    "AgroParisTech": "nom propre",
    "VADemecum": "nom d’un jeu",
    "RT": "la fiche dit que sa source ne le développe pas",
}


def sigles(texte: str) -> set[str]:
    return set(SIGLE.findall(texte))


def expliques(catalogue: Catalogue) -> set[str]:
    """Acronyms of the glossary, and those that name a fiche."""
    found: set[str] = set()
    for terme in catalogue.glossaire.termes:
        found |= sigles(" ; ".join((terme.terme, *terme.synonymes)))
    for fiche in catalogue.fiches.values():
        found |= sigles(" ; ".join((getattr(fiche, "sigle", None) or "", fiche.titre, *fiche.synonymes)))
    return found


def test_every_acronym_is_explained(catalogue: Catalogue) -> None:
    connus = expliques(catalogue) | set(PAS_DES_SIGLES)
    morceaux: list[Morceau] = [*des_fiches(catalogue), *des_listes(catalogue), *des_pages(), *des_gabarits()]
    inconnus = [f"{m} : « {s} »" for m in morceaux for s in sorted(sigles(m.prose) - connus)]
    assert not inconnus, (
        "Sigles que rien n’explique. Ajoutez-les au glossaire avec leur source, ou développez-les dans le texte :\n"
        + "\n".join(inconnus)
    )


def test_no_exception_is_left_unused(catalogue: Catalogue) -> None:
    morceaux = [*des_fiches(catalogue), *des_listes(catalogue), *des_pages(), *des_gabarits()]
    employes = set().union(*(sigles(m.prose) for m in morceaux))
    assert set(PAS_DES_SIGLES) <= employes
    assert not set(PAS_DES_SIGLES) & expliques(catalogue)


def test_what_an_acronym_looks_like() -> None:
    texte = "La DDT(M), le SCoT, le PLUi, l’AdT, le CO2, PPA/GOU, l’OPAH-RU et l’A3 ; pas Nord, ni HTTP.fr, ni L’Orne."
    assert sigles(texte) == {"DDT(M)", "SCoT", "PLUi", "AdT", "CO2", "PPA", "GOU", "OPAH", "RU", "A3", "HTTP"}
