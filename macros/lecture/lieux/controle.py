"""A file of reference data against what the manifest says of it: each wrong row is said, and left out. Pure."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from macros.modeles.manifeste import Jeu
from macros.modeles.partage import FICHE

Ligne = dict[str, str]
ABSENT = "fichier absent. Remettez-le, ou retirez sa ligne de manifeste.yml : le site s’en passe."


@dataclass(frozen=True)
class Constat:
    """What is wrong in a file: line from 1 (the first is that of the names), column, and what to do."""

    ligne: int
    colonne: str
    message: str


@dataclass(frozen=True)
class Lu:
    """Rows without a fault, and the faults."""

    lignes: tuple[Ligne, ...] = ()
    constats: tuple[Constat, ...] = ()


@dataclass(frozen=True)
class Codes:
    """Codes that a column may name, and the words by which the mailbox of a service is known."""

    communes: Mapping[str, object] = field(default_factory=dict)
    epci: Mapping[str, object] = field(default_factory=dict)
    departements: Mapping[str, object] = field(default_factory=dict)
    regions: frozenset[str] = frozenset()
    boites: frozenset[str] = frozenset()


Verifier = Callable[[str], str | None]
"""A cell -> what is wrong with it, None when nothing is."""


def controler(jeu: Jeu, octets: bytes, codes: Codes) -> Lu:
    """Read ``octets`` as the manifest describes ``jeu``."""
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Lu((), (Constat(1, "", "ce fichier n’est pas en UTF-8. Enregistrez-le en « CSV UTF-8 »."),))
    lecteur = csv.reader(io.StringIO(texte, newline=""))
    noms = next(lecteur, [])
    manquantes = [nom for nom in jeu.colonnes if nom not in noms]
    if manquantes:
        return Lu(
            (), tuple(Constat(1, nom, f"colonne absente. Ajoutez « {nom} » à la première ligne.") for nom in manquantes)
        )
    return _lignes(jeu, lecteur, noms, codes)


def _lignes(jeu: Jeu, lecteur: Iterator[list[str]], noms: list[str], codes: Codes) -> Lu:
    verifs = [(nom, noms.index(nom), _verifier(genre, codes, jeu)) for nom, genre in jeu.colonnes.items()]
    cles = [noms.index(nom) for nom in jeu.cle]
    saines: list[Ligne] = []
    constats: list[Constat] = []
    vues: dict[tuple[str, ...], int] = {}
    for numero, cellules in enumerate(lecteur, 2):
        if len(cellules) != len(noms):
            constats.append(
                Constat(numero, "", f"{len(cellules)} cases pour {len(noms)} colonnes. Vérifiez les guillemets.")
            )
            continue
        fautes = [Constat(numero, nom, faute) for nom, rang, verifier in verifs if (faute := verifier(cellules[rang]))]
        cle = tuple(cellules[rang] for rang in cles)
        if not fautes and cle and cle in vues:
            fautes = [
                Constat(numero, ", ".join(jeu.cle), f"même chose qu’à la ligne {vues[cle]}. Gardez une seule ligne.")
            ]
        constats += fautes
        if not fautes:
            vues.setdefault(cle, numero)
            saines.append(dict(zip(noms, cellules, strict=True)))
    return Lu(tuple(saines), tuple(constats))


def _verifier(genre: str, codes: Codes, jeu: Jeu) -> Verifier:
    vide_admis, nom = genre.endswith("?"), genre.removesuffix("?")
    juger = _GENRES[nom](codes) if nom in _GENRES else _parmi(nom.split("|"))

    @cache
    def verifier(cellule: str) -> str | None:
        if not cellule.strip():
            return None if vide_admis else "case vide. Remplissez-la."
        return None if cellule in jeu.ecarts else juger(cellule)

    return verifier


def _parmi(admis: list[str]) -> Verifier:
    return lambda c: None if c in admis else f"« {c} » est inconnu. Valeurs admises : {', '.join(admis)}."


def _motif(motif: str, attendu: str) -> Callable[[Codes], Verifier]:
    forme = re.compile(motif)
    return lambda _: lambda c: None if forme.fullmatch(c) else f"« {c} » : {attendu}"


def _connu(quoi: str, ou: str, *sortes: str) -> Callable[[Codes], Verifier]:
    def verifier(codes: Codes) -> Verifier:
        listes = [getattr(codes, sorte) for sorte in sortes]
        return lambda c: None if any(c in liste for liste in listes) else f"« {c} » n’est pas {quoi} connu ({ou})."

    return verifier


def _date(_: Codes) -> Verifier:
    def verifier(cellule: str) -> str | None:
        try:
            dt.date.fromisoformat(f"{cellule}-01-01"[:10])
        except ValueError:
            return f"« {cellule} » n’est pas une date. Écrivez AAAA-MM-JJ, ou AAAA-MM."
        return None

    return verifier


def _commune_ou_siren(codes: Codes) -> Verifier:
    def verifier(cellule: str) -> str | None:
        siren = len(cellule) == 9 and cellule[:2] == "21" and cellule[2:7] in codes.communes
        connu = siren or cellule in codes.communes or cellule in codes.epci
        return None if connu else f"« {cellule} » n’est ni une commune ni un EPCI connu (communes.csv, epci.csv)."

    return verifier


def _courriel(codes: Codes) -> Verifier:
    forme = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.fr")

    def verifier(cellule: str) -> str | None:
        if not forme.fullmatch(cellule):
            return f"« {cellule} » n’est pas une adresse de service. Corrigez-la, ou videz la case."
        mots = re.findall(r"[a-z]+", cellule.partition("@")[0])
        if codes.boites.isdisjoint(mots):
            return f"« {cellule} » ne semble pas une boîte de service. Jamais l’adresse d’une personne : videz la case."
        return None

    return verifier


_ADRESSE = FICHE.motif("adresse")
_GENRES: dict[str, Callable[[Codes], Verifier]] = {
    "texte": lambda _: lambda _: None,
    "code-insee": _motif(r"\d{5}|2[AB]\d{3}", "un code Insee a cinq signes."),
    "code-de-departement": _motif(r"\d{2,3}|2[AB]", "un code de département a deux ou trois signes."),
    "siren": _motif(r"\d{9}", "un SIREN a neuf chiffres."),
    "entier": _motif(r"\d+", "un nombre entier est attendu."),
    "nombre": _motif(r"-?\d+(?:\.\d+)?", "un nombre est attendu, avec un point."),
    "telephone": _motif(
        r"0[1-9](?: \d\d){4}|0\d{3}(?: \d\d){3}|\+\d{3} \d(?: \d\d){4}",
        "dix chiffres groupés par deux : 03 20 00 00 00.",
    ),
    "adresse-web": lambda _: lambda c: None if _ADRESSE.fullmatch(c) else f"« {c} » n’est pas une adresse de page.",
    "date": _date,
    "courriel": _courriel,
    "commune": _connu("une commune", "communes.csv", "communes"),
    "epci": _connu("un EPCI", "epci.csv", "epci"),
    "departement": _connu("un département", "departements.csv", "departements"),
    "lieu": _connu("un département ni une région", "departements.csv", "departements", "regions"),
    "commune-ou-siren": _commune_ou_siren,
}
