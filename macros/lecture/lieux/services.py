"""Whom to call in a département: the service of the State under its true name, the préfecture, the DREAL, the ADIL.
Pure.

Rows come from several directories, each dated. The newest value that is not blank goes first; where two directories
differ, both are kept, each with its date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from macros.lecture.json_publie import compact
from macros.lecture.lieux.controle import Ligne
from macros.lecture.lieux.referentiels import Referentiels

DOSSIER = "api/services"
NOMS = {
    "ddt": ("DDT {}", "Direction départementale des territoires {}"),
    "ddtm": ("DDTM {}", "Direction départementale des territoires et de la mer {}"),
    "deal": ("DEAL {}", "Direction de l’environnement, de l’aménagement et du logement {}"),
    "dealm": ("DEALM {}", "Direction de l’environnement, de l’aménagement, du logement et de la mer {}"),
    "dgtm": ("DGTM {}", "Direction générale des territoires et de la mer {}"),
    "dtam": ("DTAM {}", "Direction des territoires, de l’alimentation et de la mer {}"),
    "drieat": (
        "Unité départementale {} de la DRIEAT",
        "Direction régionale et interdépartementale de l’environnement, de l’aménagement et des transports "
        "d’Île-de-France",
    ),
}
"""Sigle of ``services_etat.csv`` -> short name and full name, completed by the name of the département."""
REGIONAUX = {"deal", "dealm", "dgtm"}
"""Services that are also their région's: the DREAL is not said twice."""
_INDICATIFS = {"590": "+590", "594": "+594", "596": "+596", "262": "+262", "269": "+262", "508": "+"}
"""First digits of an overseas number -> what is dialled before them (plan de numérotation, Arcep)."""


@dataclass(frozen=True, slots=True)
class Valeur:
    """A telephone or a mailbox, with the directory that gives it and its date. ``appel``: what a telephone dials."""

    texte: str
    source: str
    date: str
    appel: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A service; ``accord``: whether two directories give the same telephone, None when there is only one."""

    nature: str
    nom: str
    complet: str
    telephones: tuple[Valeur, ...]
    courriels: tuple[Valeur, ...]
    adresse: str
    page: str
    date: str
    accord: bool | None


class Services:
    """The directories, joined on (scale, place): the codes of régions and départements overlap."""

    def __init__(self, referentiels: Referentiels) -> None:
        self._r = referentiels

    @cached_property
    def _vrais_noms(self) -> dict[str, Ligne]:
        return {r["departement"]: r for r in self._r.lignes("services_etat.csv")}

    @cached_property
    def _regions(self) -> dict[str, str]:
        return {r["code"]: r["region"] for r in self._r.lignes("departements.csv")}

    def _lignes(self, echelle: str, lieu: str, *natures: str) -> list[Ligne]:
        lues = self._r.lignes("contacts_etat.csv")
        return [r for r in lues if (r["echelle"], r["lieu"]) == (echelle, lieu) and r["nature"] in natures]

    def porte(self, departement: str) -> Contact | None:
        """Return the front door of a département; None where the directories know no service."""
        lignes, nom = self._lignes("departement", departement, "ddt"), self._vrais_noms.get(departement)
        if not lignes or nom is None or nom["sigle"] not in NOMS:
            return None
        if len(lignes) == 1:
            lignes += [_de_2019(r) for r in self._r.lignes("ddt_2019.csv") if r["departement"] == departement]
        court, complet = (forme.format(nom["du"]) for forme in NOMS[nom["sigle"]])
        return _contact("ddt", court, complet, lignes)

    def autres(self, departement: str) -> list[Contact]:
        """Return the counters of the ANCT, the regional service and the ADIL, those that the directories know."""
        du = self._vrais_noms.get(departement, {}).get("du", "")
        prefectures = self._lignes("departement", departement, "prefecture")
        trouves = [_contact("prefecture", f"Préfecture {du}", "", prefectures)] if prefectures else []
        trouves += [
            _contact("sous-prefecture", _propre(r["service"]), "", [r])
            for r in self._lignes("departement", departement, "sous-prefecture")
        ]
        if self._vrais_noms.get(departement, {}).get("sigle") not in REGIONAUX:
            for r in self._lignes("region", self._regions.get(departement, ""), "dreal"):
                nomme = re.fullmatch(r"(.*?) \((\w+)\) - (.*)", r["service"])
                complet, sigle, region = nomme.groups()  # type: ignore[union-attr]
                trouves.append(_contact("dreal", f"{sigle} {_propre(region)}", _propre(complet), [r]))
        trouves += [
            _contact("adil", _propre(", ".join([f"ADIL {du}", *r["service"].split(" - ")[2:]])), "", [_d_adil(r)])
            for r in self._r.lignes("adil_2019.csv")
            if r["departement"] == departement
        ]
        return trouves

    def fichiers(self, communs: Mapping[str, Any]) -> dict[str, str]:
        """Return address in the site -> JSON text, one file for each département; ``communs``: what each repeats."""
        return {f"{DOSSIER}/{code}.json": compact(self._publie(code, communs)) for code in self._r.departements}

    def _publie(self, code: str, communs: Mapping[str, Any]) -> dict[str, Any]:
        porte = self.porte(code)
        return {
            **communs,
            "sources": self._r.manifeste.sources_des_contacts,
            "departement": code,
            "du": self._vrais_noms.get(code, {}).get("du", ""),
            "ddt": asdict(porte) if porte else None,
            "autres": [asdict(contact) for contact in self.autres(code)],
            "nationale": None if porte else self._nationale,
        }

    @cached_property
    def _nationale(self) -> dict[str, str] | None:
        """The page that lists the services where no directory names one."""
        pages = self._r.manifeste.pages_nationales
        return {"nom": pages[0].nom, "url": pages[0].url} if pages else None


def appel(numero: str) -> str:
    """Write a French number as it is dialled from anywhere: ``05 90 99 43 43`` -> ``+590590994343``."""
    chiffres = re.sub(r"\D", "", numero)[-9:]
    return f"{_INDICATIFS.get(chiffres[:3], '+33')}{chiffres}"


def _contact(nature: str, nom: str, complet: str, lignes: Iterable[Ligne]) -> Contact:
    recentes = sorted(lignes, key=lambda r: r["date"], reverse=True)
    telephones = _valeurs(recentes, "telephone")
    donnes = sum(bool(r["telephone"]) for r in recentes)
    adresse = next((f"{r['adresse']}, {_ville(r['ville'])}".strip(", ") for r in recentes if r["adresse"]), "")
    page = next((r["page"] for r in recentes if r["page"]), "")
    accord = None if donnes < 2 else len(telephones) == 1
    courriels = _valeurs(recentes, "courriel")
    return Contact(nature, nom, complet, telephones, courriels, _propre(adresse), page, recentes[0]["date"], accord)


def _valeurs(lignes: Iterable[Ligne], champ: str) -> tuple[Valeur, ...]:
    """Return the values that are not blank, the newest first, each once."""
    vues: dict[str, Valeur] = {}
    for r in lignes:
        if texte := _francais(r[champ]) if champ == "telephone" else r[champ]:
            dite = appel(texte) if champ == "telephone" else ""
            vues.setdefault(texte, Valeur(texte, r["source"], r["date"], dite))
    return tuple(vues.values())


def _francais(numero: str) -> str:
    """Write a number with its first zero: ``+590 5 90 89 43 63`` -> ``05 90 89 43 63``."""
    return re.sub(r"^\+\d{3} (\d) ", r"0\1 ", numero)


def _ville(ville: str) -> str:
    """Give back the zero that a spreadsheet took from a postcode."""
    return re.sub(r"^(\d{4}) ", r"0\1 ", ville)


def _propre(texte: str) -> str:
    return texte.replace("'", "’").replace("Sous-Préfecture", "Sous-préfecture")


def _de_2019(ligne: Ligne) -> Ligne:
    return {**ligne, "ville": "", "source": "dila-2019", "date": "2019-10-22"}


def _d_adil(ligne: Ligne) -> Ligne:
    return {**_de_2019(ligne), "courriel": "", "adresse": ""}
