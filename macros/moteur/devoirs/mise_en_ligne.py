"""What still forbids to put the site on line: an empty duty, a draft, a local address, a promise about to expire.
Pure."""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from macros.catalogue.fige import Catalogue
from macros.moteur.devoirs.contact_securite import echeance_depassee
from macros.moteur.devoirs.editeur import Editeur

_NOMS_LOCAUX = ("localhost", ".localhost", ".local", ".internal", ".test", ".invalid", ".example", ".home.arpa")


@dataclass(frozen=True)
class Manque:
    """Something missing, where it is, and what to do."""

    quoi: str
    remede: str

    def __str__(self) -> str:
        return f"{self.quoi}. {self.remede}"


def manques(editeur: Editeur, catalogue: Catalogue, site_url: str, aujourd_hui: dt.date) -> list[Manque]:
    """Return everything that forbids a publication on that day, in the order in which to put it right."""
    return [
        *_champs(editeur),
        *_promesse(editeur, aujourd_hui),
        *_adresse(site_url),
        *_brouillons(catalogue),
    ]


def _champs(editeur: Editeur) -> Iterator[Manque]:
    for champ in editeur.vides:
        yield Manque(
            f"mkdocs.yml · extra.editeur.{champ.cle} : {champ.libelle}, à renseigner",
            f'{champ.aide} Par exemple : {champ.cle}: "{champ.exemple}"',
        )


def _promesse(editeur: Editeur, aujourd_hui: dt.date) -> Iterator[Manque]:
    defaut = echeance_depassee(editeur, aujourd_hui)
    if defaut:
        yield Manque(
            f"mkdocs.yml · extra.editeur.securite_valable_jusqu_au : {defaut}",
            "Vérifiez que le contact de sécurité répond, puis donnez une date entre deux mois et un an.",
        )


def _adresse(site_url: str) -> Iterator[Manque]:
    defaut = _bad_address(site_url)
    if defaut:
        yield Manque(
            f"SITE_URL : {defaut}",
            "Donnez l’adresse publique du site : SITE_URL=https://exemple.fr/ make publication",
        )


def _bad_address(site_url: str) -> str | None:
    try:
        parties = urlsplit(site_url)
        hote = (parties.hostname or "").rstrip(".")
    except ValueError:
        return f"« {site_url} » n’est pas une adresse"
    if not hote:
        return "l’adresse publique du site est vide"
    if _is_local(hote):
        return f"« {site_url} » est une adresse locale"
    if parties.scheme != "https":
        return f"« {site_url} » n’est pas en https"
    return None


def _is_local(hote: str) -> bool:
    try:
        return not ipaddress.ip_address(hote).is_global
    except ValueError:
        return "." not in hote or hote.endswith(_NOMS_LOCAUX)


def _brouillons(catalogue: Catalogue) -> Iterator[Manque]:
    for fiche in catalogue.fiches.values():
        if fiche.etat != "publiee":
            yield Manque(
                f"{catalogue.fichiers[fiche.id]} : la fiche « {fiche.titre} » est en brouillon",
                "Faites-la relire et écrivez « etat: publiee », ou retirez-la de fiches/.",
            )
