"""One file of ``fiches/`` alone: where it stands, what kind it is, what can be said of it, then beside the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path, PurePath

from macros.lecture.brute import TAILLE_MAX, Brut, lire
from macros.lecture.problemes import Position, Probleme, nom_de_champ, remede
from macros.lecture.validation import M, valider
from macros.modeles import DOSSIERS, TYPES, Fiche
from macros.modeles.partage import FICHE
from macros.modeles.types import IDENTIFIANT, IDENTIFIANT_MAX
from macros.regles import REGLES_DES_FICHES, REGLES_DES_VALEURS, Brouillon, Lue, Reperes
from macros.regles.contexte import Constats
from macros.regles.kits import methodes_adaptees
from macros.regles.remplacement import remplacee


def ouvrir_partage(modele: type[M], nom: str, octets: bytes) -> tuple[Brut | None, M | None, list[Probleme]]:
    """Read a file that fiches share, of a known model: its raw content, its value, and what is wrong."""
    brut, problemes = lire(nom, octets)
    if brut is None:
        return None, None, problemes
    valeur, fautes = valider(modele, nom, brut)
    return brut, valeur, [*problemes, *fautes]


def ouvrir(nom: str, dossier: str, octets: bytes) -> tuple[type[Fiche], Brouillon | None, list[Probleme]]:
    """Read one file and check it alone.

    Return the model of its kind, what later rules may look at (None when unreadable), and what is wrong.
    """
    brut, problemes = lire(nom, octets)
    modele = _model(brut, dossier)
    if brut is None:
        return modele, None, problemes
    if _unknown_type(brut):
        return modele, None, [*problemes, _type_problem(nom, brut)]
    fiche, fautes = valider(modele, nom, brut)
    lue = Lue(nom, dossier, brut, modele, fiche) if fiche else Brouillon(nom, dossier, brut, modele)
    return modele, lue, [*problemes, *fautes]


def juger(brouillon: Brouillon, reperes: Reperes) -> Iterator[Probleme]:
    """Yield what is wrong in a file by itself: every rule that looks at one fiche and at the names that exist."""
    constats: list[Constats] = [regle(brouillon, reperes) for regle in REGLES_DES_VALEURS]
    if isinstance(brouillon, Lue):
        constats += [controle(brouillon, reperes) for controle in REGLES_DES_FICHES]
    yield from _problemes(brouillon, constats)


def rapprocher(brouillon: Brouillon, fiches: Mapping[str, Fiche]) -> Iterator[Probleme]:
    """Yield what is wrong in a file beside the fiches that it names, which may change without it."""
    if isinstance(brouillon, Lue):
        yield from _problemes(brouillon, [methodes_adaptees(brouillon, fiches), remplacee(brouillon, fiches)])


def _problemes(brouillon: Brouillon, constats: Iterable[Constats]) -> Iterator[Probleme]:
    for chemin, message in chain.from_iterable(constats):
        yield Probleme(brouillon.fichier, brouillon.brut.position(chemin), nom_de_champ(chemin), message)


def lire_octets(path: Path) -> bytes:
    """Read a file as far as « lire » may accept it: what is bigger is refused by its size, not kept in memory."""
    with path.open("rb") as fichier:
        return fichier.read(TAILLE_MAX + 1)


def deja_pris(nom: str, id_: str, autre: str) -> Probleme:
    """Say that the file ``nom`` bears the id of the file ``autre``."""
    message = f"{FICHE.dire('identifiant_existe', id=id_)} ({autre}). {FICHE.dire('identifiant_pris')}"
    return Probleme(nom, Position(), "id", message)


def _model(brut: Brut | None, dossier: str) -> type[Fiche]:
    """The kind that the fiche says it is, else that of its folder."""
    announced = brut.donnees.get("type") if brut else None
    return TYPES.get(announced, DOSSIERS[dossier]) if isinstance(announced, str) else DOSSIERS[dossier]


def _unknown_type(brut: Brut) -> bool:
    announced = brut.donnees.get("type")
    return announced is not None and (not isinstance(announced, str) or announced not in TYPES)


def _type_problem(nom: str, brut: Brut) -> Probleme:
    announced = str(brut.donnees["type"])[:60]
    return Probleme(
        nom,
        brut.position(("type",)),
        "type",
        f"{FICHE.dire('literal_error', saisie=announced)} {remede(announced, TYPES)}",
    )


def mal_range(nom: str, path: PurePath) -> Probleme | None:
    """Say what is wrong with a file that stands where no fiche can be; None when a fiche may stand there."""
    dossier = path.parent.name
    if path.suffix.lower() in {".yaml", ".yml"} and path.suffix != ".yml":
        message = f"une fiche est un fichier .yml. Renommez « {path.name} » en {path.stem}.yml."
    elif path.suffix != ".yml":
        message = (
            f"« {path.name} » n’est pas une fiche. Une fiche est un fichier .yml ; rangez les autres fichiers ailleurs."
        )
    elif dossier not in DOSSIERS:
        message = f"le dossier « {dossier} » n’est pas un dossier de fiches. {remede(dossier, DOSSIERS)}"
    elif not re.fullmatch(IDENTIFIANT, path.stem) or len(path.stem) > IDENTIFIANT_MAX:
        message = (
            f"« {path.stem[:60]} » ne peut pas nommer une fiche. Renommez le fichier : minuscules sans accent, "
            "chiffres et "
            f"tirets, {IDENTIFIANT_MAX} au plus, par exemple atelier-flash.yml."
        )
    else:
        return None
    return Probleme(nom, Position(), "", message)
