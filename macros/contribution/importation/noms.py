"""Fiches and places that a text names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from macros.contribution.importation.mots import normaliser


def _sac(texte: str) -> str:
    """Words parted by single spaces, singular: « Agences d’Urbanisme » and « agence d’urbanisme » are one."""
    propres = re.sub(r"[^a-z0-9]+", " ", normaliser(texte)).split()
    return " ".join(mot[:-1] if len(mot) > 3 and mot[-1] in "sx" else mot for mot in propres)


def cites(texte: str, noms: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    """Return (id, name) of the fiches that a text names, in the order in which it does. The longest name wins."""
    sac = f" {_sac(texte)} "
    formes = [(cle, nom, _sac(nom)) for cle, tous in noms.items() for nom in tous]
    trouves: dict[str, tuple[int, str]] = {}
    for cle, nom, forme in sorted(formes, key=lambda f: (-len(f[2]), f[0])):
        rang = sac.find(f" {forme} ")
        if len(forme) >= 3 and rang >= 0:
            sac = sac[: rang + 1] + "#" * len(forme) + sac[rang + 1 + len(forme) :]
            trouves.setdefault(cle, (rang, nom))
    return [(cle, nom) for cle, (_, nom) in sorted(trouves.items(), key=lambda t: t[1][0])]


def departements(texte: str, connus: Mapping[str, str]) -> list[dict[str, str]]:
    """Return {code, nom} of the départements that a text names, parted by « et » or commas."""
    par_nom = {_sac(nom): (code, nom) for code, nom in connus.items()}
    entier = par_nom.get(_sac(texte))
    morceaux = [entier] if entier else [par_nom.get(_sac(morceau)) for morceau in re.split(r",| et ", texte)]
    return [{"code": lieu[0], "nom": lieu[1]} for lieu in morceaux if lieu]
