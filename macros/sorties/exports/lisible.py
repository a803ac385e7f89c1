"""Catalogue -> each fiche as plain Markdown, with its sources and dates: to read without a site, or to feed a program.

Field by field, in the order of the models and with their labels: nothing is said here that the page does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from macros.catalogue.confiance import date_de_source, manques, phrase_de_confiance
from macros.catalogue.fige import Catalogue
from macros.catalogue.textes_nus import LICENCE, ligne, plat
from macros.ecriture.rendu import adresse
from macros.ecriture.typographie import INSECABLE, date_lisible, nombre_lisible, typographier
from macros.modeles import Chiffre, Fiche, Source
from macros.modeles.libelles import CHAMPS, VALEURS
from macros.modeles.parcours import Marque, marque_de
from macros.modeles.types import Enonce, Modele, Reference, Vocabulaire
from macros.pages.vue import Vue

_DEJA_DITS = {
    "type", "id", "titre", "accroche", "themes", "phases", "publics", "territoire", "validite", "verification",
    "sources", "inconnues", "etat",
}  # fmt: skip
"""Fields that the head or the end of the text says in its own way."""
_DEUX_POINTS = f"{INSECABLE}: "
_DEBUT_DE_TITRE = re.compile(r"^(\s*)(#|>)", re.MULTILINE)


class Champ(NamedTuple):
    """How to write a field: its name, its label, its mark, and whether its values are written in the model."""

    nom: str
    libelle: str
    marque: Marque | None
    choisi: bool


def adresse_lisible(id_: str) -> str:
    """Return the address of the Markdown of a fiche, relative to the site."""
    return f"api/fiches/{id_}.md"


class Lisible:
    """The writer of a catalogue: what it keeps from one fiche to the next is only labels."""

    def __init__(self, catalogue: Catalogue, base: str) -> None:
        self._catalogue = catalogue
        self._base = base
        self._vue = Vue(catalogue, "")

    def fiche(self, fiche: Fiche) -> str:
        """Return the Markdown of a fiche."""
        lines = [f"# {_sure(typographier(fiche.titre))}", "", f"> {_sure(plat(fiche.accroche))}", ""]
        lines += [f"- {nom}{_DEUX_POINTS}{valeur}" for nom, valeur in self._head(fiche)]
        for champ in _champs(type(fiche)):
            valeur = getattr(fiche, champ.nom)
            if champ.nom not in _DEJA_DITS and _rempli(valeur):
                lines += ["", f"## {champ.libelle}", "", *self._puces(champ, valeur, "")]
        inconnues = [*manques(fiche), *map(plat, fiche.inconnues)]
        if inconnues:
            lines += ["", f"## {CHAMPS['inconnues']}", "", *(f"- {_sure(i)}" for i in dict.fromkeys(inconnues))]
        lines += ["", "## Sources", "", *(_source(cle, s) for cle, s in fiche.sources.items())]
        return "\n".join(lines) + "\n"

    def _head(self, fiche: Fiche) -> Iterator[tuple[str, str]]:
        vue = self._vue
        sources, _, verification = phrase_de_confiance(fiche)
        lieux = ", ".join(f"{x.nom} ({x.code})" for x in fiche.territoire.lieux)
        yield "Type", fiche.LIBELLE
        yield "Identifiant", f"`{fiche.id}`"
        yield "Page", f"<{self._base}{adresse(fiche)}>"
        yield "Thèmes", vue.libelles("themes", fiche.themes)
        yield "Étapes du projet", vue.libelles("phases", fiche.phases)
        yield "Lecteurs visés", vue.libelles("publics", fiche.publics)
        yield "Territoire", _sure(lieux) if lieux else "France entière"
        yield "Validité", self._validity(fiche)
        yield "Vérification", _sure(f"{sources} ; {verification} (fiche du {date_lisible(fiche.verification.le)})")
        yield "Licence", f"{LICENCE} ; citez ce site et la date de la fiche"

    def _validity(self, fiche: Fiche) -> str:
        validite = fiche.validite
        parts = [VALEURS[validite.etat].lower()]
        parts += [f"depuis {date_lisible(validite.debut)}"] if validite.debut else []
        parts += [f"fin{_DEUX_POINTS}{date_lisible(validite.fin)}"] if validite.fin else []
        parts += [f"remplacé par {self._lien(validite.remplace_par)}"] if validite.remplace_par else []
        parts += [_sure(plat(validite.precision))] if validite.precision else []
        return " ; ".join(parts)

    def _puces(self, champ: Champ, valeur: Any, retrait: str) -> Iterator[str]:
        """A value as list items, deeper for what it holds; a text of several paragraphs as it stands."""
        if isinstance(valeur, str) and isinstance(champ.marque, Enonce) and champ.marque.bloc and not retrait:
            yield _DEBUT_DE_TITRE.sub(r"\1\\\2", "\n".join(_sure(part) for part in valeur.strip().split("\n")))
        elif isinstance(valeur, tuple):
            for item in valeur:
                yield from self._puces(champ, item, retrait)
        elif isinstance(valeur, Modele) and not isinstance(valeur, Chiffre):
            premier, *autres = [c for c in _champs(type(valeur)) if _rempli(getattr(valeur, c.nom))]
            yield from self._partie(premier, getattr(valeur, premier.nom), retrait, nu=True)
            for autre in autres:
                yield from self._partie(autre, getattr(valeur, autre.nom), f"{retrait}  ")
        else:
            yield f"{retrait}- {self._valeur(champ, valeur)}"

    def _partie(self, champ: Champ, valeur: Any, retrait: str, nu: bool = False) -> Iterator[str]:
        """A field of a part of the fiche; ``nu``: the one that names it, without its label."""
        if isinstance(valeur, tuple) or (isinstance(valeur, Modele) and not isinstance(valeur, Chiffre)):
            yield f"{retrait}- {champ.libelle}{_DEUX_POINTS}".rstrip()
            yield from self._puces(champ, valeur, f"{retrait}  ")
        else:
            texte = self._valeur(champ, valeur)
            yield f"{retrait}- {texte}" if nu else f"{retrait}- {champ.libelle}{_DEUX_POINTS}{texte}"

    def _valeur(self, champ: Champ, valeur: Any) -> str:
        if isinstance(valeur, Chiffre):
            libelle = f" ({valeur.libelle})" if valeur.libelle else ""
            return f"{_sure(self._vue.quantite(valeur) + libelle)} [{valeur.source}]"
        if isinstance(valeur, int | float):
            return "oui" if valeur is True else nombre_lisible(valeur)
        if isinstance(champ.marque, Vocabulaire):
            return _sure(self._vue.libelle(champ.marque.nom, valeur))
        if isinstance(champ.marque, Reference):
            return self._lien(valeur)
        return VALEURS.get(str(valeur), "") if champ.choisi else _sure(str(valeur))

    def _lien(self, id_: str) -> str:
        fiche = self._catalogue.fiches.get(id_)
        if fiche is None:
            return f"`{id_}`"
        titre = _sure(typographier(fiche.titre)).replace("[", "\\[").replace("]", "\\]")
        return f"[{titre}]({self._base}{adresse_lisible(id_)})"


@cache
def _champs(classe: type[Modele]) -> tuple[Champ, ...]:
    return tuple(
        Champ(nom, CHAMPS[nom], marque_de(classe, nom), "Literal" in str(info.annotation))
        for nom, info in classe.model_fields.items()
    )


def _rempli(valeur: Any) -> bool:
    return valeur is not None and valeur != () and valeur is not False


def _sure(texte: str) -> str:
    """A text on one line, in which no tag can stand."""
    return ligne(texte).replace("<", "&lt;")


def _source(cle: str, source: Source) -> str:
    parts = [source.titre, source.editeur, date_de_source(source)]
    parts += [f"consulté le {date_lisible(source.consulte_le)}"] if source.consulte_le else []
    parts += [source.note] if source.note else []
    adresse_ = f" <{source.url}>" if source.url else ""
    return f"- [{cle}] {_sure(', '.join(parts))}.{adresse_}"
