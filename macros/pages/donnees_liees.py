"""Catalogue -> what a page says of itself to search engines (JSON-LD, schema.org): only what it shows.

Addresses are absolute when the site's own is known, else relative to the page: both read the same on the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch
from typing import Any

from macros.catalogue.fige import Catalogue
from macros.catalogue.textes_nus import LICENCE_URL, NOM, ligne, plat
from macros.ecriture.rendu import adresse, relatif
from macros.ecriture.typographie import typographier
from macros.lecture.json_publie import compact
from macros.modeles import Action, Dispositif, Fiche, Kit, Methode, Partenaire, Site

Noeud = dict[str, Any]
_PUBLIQUES = {"etat-central", "etat-local", "operateur", "collectivite"}
"""Natures of the organisations that are public bodies."""


class Decrit:
    """Writes the description of the page at ``uri``. ``base``: address of the site, empty when it has none of its
    own."""

    def __init__(self, catalogue: Catalogue, base: str, uri: str) -> None:
        self.catalogue = catalogue
        self._base = base
        self._uri = uri

    def vers(self, uri: str) -> str:
        """Address of another page."""
        return self._base + uri if self._base else relatif(self._uri, uri)

    def fiche(self, fiche: Fiche, fil: Iterable[tuple[str, str]]) -> str:
        """Describe the page of a fiche, and what it is about."""
        page = {
            **self._page("WebPage", typographier(fiche.titre), plat(fiche.accroche), fil),
            "dateModified": fiche.verification.le,
            "citation": [s.url for s in fiche.sources.values() if s.url],
            "mainEntity": {"name": ligne(typographier(fiche.titre)), **sujet(fiche, self)},
        }
        return en_script(page)

    def liste(self, titre: str, description: str, fil: Iterable[tuple[str, str]]) -> str:
        """Describe a page that gathers fiches."""
        return en_script(self._page("CollectionPage", titre, description, fil))

    def accueil(self) -> str:
        """Describe the site."""
        return en_script(
            {
                "@context": "https://schema.org",
                "@type": "WebSite",
                "name": NOM,
                "url": self.vers(""),
                "inLanguage": "fr",
                "license": LICENCE_URL,
                "isAccessibleForFree": True,
            }
        )

    def donnees(self, fichiers: Iterable[tuple[str, str, str]]) -> str:
        """Describe the open data. ``fichiers``: (address, media type, name) of each file."""
        total = len(self.catalogue.fiches)
        return en_script(
            {
                "@context": "https://schema.org",
                "@type": "Dataset",
                "name": f"{NOM} : fiches",
                "description": f"{total} fiches sourcées et datées : dispositifs, partenaires, méthodes, kits, "
                "sites et "
                "actions, pour accompagner les collectivités dans leurs projets de territoire.",
                "url": self.vers("donnees/"),
                "inLanguage": "fr",
                "license": LICENCE_URL,
                "isAccessibleForFree": True,
                "includedInDataCatalog": {"@type": "DataCatalog", "name": NOM, "url": self.vers("api/index.json")},
                "distribution": [
                    {"@type": "DataDownload", "name": nom, "encodingFormat": media, "contentUrl": self.vers(uri)}
                    for uri, media, nom in fichiers
                ],
            }
        )

    def _page(self, type_: str, titre: str, description: str, fil: Iterable[tuple[str, str]]) -> Noeud:
        pas = [("Accueil", ""), *fil, (titre, self._uri)]
        return {
            "@context": "https://schema.org",
            "@type": type_,
            "@id": self.vers(self._uri),
            "name": ligne(titre),
            "description": ligne(description),
            "inLanguage": "fr",
            "license": LICENCE_URL,
            "isPartOf": {"@type": "WebSite", "name": NOM, "url": self.vers("")},
            "breadcrumb": {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": rang, "name": ligne(nom), "item": self.vers(uri)}
                    for rang, (nom, uri) in enumerate(pas, 1)
                ],
            },
        }

    def organismes(self, ids: Iterable[str]) -> list[Noeud]:
        """The partenaires named by a fiche, each with its page."""
        fiches = [self.catalogue.fiches[i] for i in ids if i in self.catalogue.fiches]
        return [
            {"@type": _kind(f), "name": ligne(typographier(f.titre)), "url": self.vers(adresse(f))}
            for f in fiches
            if isinstance(f, Partenaire)
        ]


def en_script(donnees: Noeud) -> str:
    """Write JSON that no text can close, in a script element or anywhere in HTML; empty values are left out."""
    texte = compact(_sans_vides(donnees))
    for caractere in "<>&\u2028\u2029":
        texte = texte.replace(caractere, f"\\u{ord(caractere):04x}")
    return texte


def _sans_vides(noeud: Noeud) -> Noeud:
    return {k: _sans_vides(v) if isinstance(v, dict) else v for k, v in noeud.items() if v not in (None, "", [], {})}


def _kind(partenaire: Partenaire) -> str:
    return "GovernmentOrganization" if partenaire.nature in _PUBLIQUES else "Organization"


def _zone(fiche: Fiche) -> list[Noeud]:
    """Where it holds, by official names."""
    if fiche.territoire.echelle == "national":
        return [{"@type": "Country", "name": "France"}]
    return [
        {"@type": "AdministrativeArea", "name": lieu.nom, "identifier": lieu.code} for lieu in fiche.territoire.lieux
    ]


@singledispatch
def sujet(fiche: Fiche, _: Decrit) -> Noeud:
    """Say what a fiche is about, in the terms of schema.org; each kind may say it better than this."""
    return {"@type": "Article", "headline": ligne(typographier(fiche.titre)), "spatialCoverage": _zone(fiche)}


@sujet.register
def _dispositif(fiche: Dispositif, page: Decrit) -> Noeud:
    porteurs = page.organismes(fiche.porteurs)
    public = any(p["@type"] == "GovernmentOrganization" for p in porteurs)
    return {
        "@type": "GovernmentService" if public else "Service",
        "alternateName": [n for n in (fiche.sigle, fiche.nom_complet) if n],
        "serviceType": [page.catalogue.libelle("nature_appui", n) for n in fiche.nature],
        "provider": porteurs,
        "areaServed": _zone(fiche),
    }


@sujet.register
def _partenaire(fiche: Partenaire, page: Decrit) -> Noeud:
    contact = fiche.premier_contact
    return {
        "@type": _kind(fiche),
        "alternateName": [n for n in (fiche.sigle, fiche.nom_complet) if n],
        "url": fiche.site_web,
        "email": contact.boite if contact else None,
        "telephone": contact.standard if contact else None,
        "parentOrganization": page.organismes([fiche.rattache_a] if fiche.rattache_a else []),
        "areaServed": _zone(fiche),
    }


@sujet.register
def _methode(fiche: Methode, _: Decrit) -> Noeud:
    minutes = {c.valeur for c in fiche.duree if c.unite == "minute"}
    unique = minutes.pop() if len(fiche.duree) == len(minutes) == 1 else None
    return {
        "@type": "HowTo" if fiche.etapes else "CreativeWork",
        "description": plat(fiche.objectif),
        "totalTime": f"PT{unique:g}M" if unique and fiche.etapes else None,
        "step": [
            {"@type": "HowToStep", "position": rang, "name": plat(etape.titre)}
            for rang, etape in enumerate(fiche.etapes, 1)
        ],
    }


@sujet.register
def _kit(fiche: Kit, _: Decrit) -> Noeud:
    return {
        "@type": "LearningResource",
        "description": plat(fiche.finalite),
        "learningResourceType": fiche.format,
        "inLanguage": "fr",
        "license": LICENCE_URL,
    }


@sujet.register
def _site(fiche: Site, page: Decrit) -> Noeud:
    lieux = [_place(page.catalogue, fiche.territoire.echelle, lieu.code, lieu.nom) for lieu in fiche.territoire.lieux]
    return lieux[0] if len(lieux) == 1 else {"@type": "Place", "containsPlace": lieux}


def _place(catalogue: Catalogue, echelle: str, code: str, nom: str) -> Noeud:
    place: Noeud = {"@type": "Place", "name": nom, "identifier": code}
    endroit = catalogue.referentiels.trouver(echelle, code)
    if endroit and endroit.lon is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": endroit.lat, "longitude": endroit.lon}
    return place


@sujet.register
def _action(fiche: Action, page: Decrit) -> Noeud:
    debut = fiche.periode.debut if fiche.periode else None
    porteur = page.organismes([fiche.porteur] if fiche.porteur else [])
    if debut is None or len(debut) < 10:
        return {"@type": "Article", "headline": ligne(typographier(fiche.titre)), "about": porteur}
    lieux = [page.catalogue.fiches[i] for i in fiche.sites if i in page.catalogue.fiches]
    return {
        "@type": "Event",
        "startDate": debut,
        "endDate": fiche.periode.fin if fiche.periode else None,
        "organizer": porteur,
        "location": [{"@type": "Place", "name": typographier(s.titre), "url": page.vers(adresse(s))} for s in lieux],
    }
