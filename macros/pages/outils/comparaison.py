"""Fiches side by side: the same facts as on their pages, under the same labels. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import TypeGuard

from markupsafe import Markup, escape

from macros.catalogue.confiance import date_de_source
from macros.catalogue.fige import Catalogue
from macros.catalogue.fraicheur import ORDRE_DES_ETATS
from macros.ecriture.rendu import Depot, adresse
from macros.ecriture.textes import Notes
from macros.ecriture.typographie import typographier
from macros.modeles import Chiffre, Dispositif, Fiche, Partenaire, Source
from macros.modeles.genres.dispositif import Acces, Reponse
from macros.pages.vue import Vue

Comparable = Dispositif | Partenaire
VIDE = Markup("")
MAXIMUM = 4
"""How many dispositifs stand side by side at most."""

RANGEES = {
    "dispositif": {
        "nature": "Nature",
        "pour-qui": "Pour qui",
        "cout": "Coût pour vous",
        "duree": "Durée",
        "sur-place": "Durée sur place",
        "en-tout": "Durée totale",
        "effort": "Effort attendu",
        "pilotage": "Pilotage",
        "livrables": "Ce qui en sort",
        "acces": "Voie d’accès",
        "decide": "Qui décide",
        "prerequis": "À avoir avant",
        "contact": "Premier appel",
    },
    "partenaire": {
        "pour-quoi": "Pour quoi l’appeler",
        "missions": "Ce qu’il fait",
        "limites": "Limites du rôle",
        "cout": "Coût pour vous",
        "comment": "Comment l’appeler",
        "delai": "Délai",
        "joindre": "Le joindre",
    },
}
"""Kind -> row -> its label, the one that the page of the fiche gives to the same facts."""
SECONDES = {"nature", "pilotage", "livrables", "prerequis", "missions"}
"""Rows that a sheet of paper leaves to the fiches, so that the others can be read."""


@dataclass(frozen=True)
class Cellule:
    """What a fiche answers on a row. ``cle`` tells whether two answers are the same; empty: not known."""

    cle: str = ""
    reponse: Markup = VIDE
    details: tuple[Markup, ...] = ()
    chiffres: tuple[Markup, ...] = ()
    divergent: bool = False


@dataclass(frozen=True)
class Colonne:
    """A fiche, ready to be put beside others."""

    fiche: Comparable
    url: str
    titre: str
    cellules: dict[str, Cellule]


class NotesAilleurs(Notes):
    """Note calls that lead to the sources at the foot of the fiche, each named by its title."""

    def __init__(self, fiche: Comparable, url: str) -> None:
        super().__init__(fiche.sources)
        self._url = url

    def appel(self, cles: list[str], prefixe: str = "") -> str:
        """Return the calls; « kit » leads to the fiche too."""
        return super().appel(cles, prefixe).replace('href="#note-kit"', f'href="{escape(self._url)}#note-kit"')

    def _call(self, name: str) -> str:
        rang, source = self.entrees[name]
        return str(
            Markup('<a href="{url}#note-{name}" aria-label="note {rang}" title="{source}">{rang}</a>').format(
                url=self._url, name=name, rang=rang, source=name_of(source)
            )
        )


def name_of(source: Source) -> str:
    """« Les Ateliers Flash, ministère…, 3 octobre 2025 »."""
    return typographier(f"{source.titre}, {source.editeur}, {date_de_source(source)}")


def comparables(catalogue: Catalogue, type_: str = "dispositif") -> list[Comparable]:
    """Every fiche of a kind that can be compared: in force first, then by title."""
    fiches = [f for f in catalogue.du_type(type_) if _comparable(f)]
    return sorted(fiches, key=lambda f: ORDRE_DES_ETATS.index(f.validite.etat))  # titles are in order already


def colonne(catalogue: Catalogue, fiche: Comparable, uri: str, depot: Depot | None = None) -> Colonne:
    """Read a fiche row by row, as seen from the page at ``uri``."""
    vue = Vue(catalogue, uri, None, depot)
    url = vue.vers(adresse(fiche))
    vue.notes = NotesAilleurs(fiche, url)
    cellules = _of_dispositif(vue, fiche) if isinstance(fiche, Dispositif) else _of_partenaire(vue, fiche)
    return Colonne(fiche, url, typographier(fiche.titre), cellules)


def _of_dispositif(vue: Vue, fiche: Dispositif) -> dict[str, Cellule]:
    acces = fiche.acces or Acces()
    return {
        "nature": _plain([vue.libelle("nature_appui", n) for n in fiche.nature]),
        "pour-qui": _answer(vue, fiche.pour_qui),
        "cout": _answer(vue, fiche.cout),
        "duree": _answer(vue, fiche.duree),
        "sur-place": _figures(vue, fiche.duree, "sur-site"),
        "en-tout": _figures(vue, fiche.duree, "totale"),
        "effort": _sentences(vue, acces.effort),
        "pilotage": _sentences(vue, fiche.pilotage),
        "livrables": _sentences(vue, fiche.livrables),
        "acces": _sentences(vue, acces.mode),
        "decide": _sentences(vue, acces.qui_decide),
        "prerequis": _sentences(vue, acces.prerequis),
        "contact": _answer(vue, fiche.contact) if fiche.contact else _contacts(vue, fiche),
    }


def _of_partenaire(vue: Vue, fiche: Partenaire) -> dict[str, Cellule]:
    contact = fiche.premier_contact
    joindre = [contact.standard or "", contact.boite or ""] if contact else []
    saisine = [vue.libelle("saisine", fiche.saisine)] if fiche.saisine else []
    return {
        "pour-quoi": _sentences(vue, fiche.quand_mobiliser),
        "missions": _sentences(vue, fiche.missions),
        "limites": _sentences(vue, fiche.ne_fait_pas),
        "cout": _sentences(vue, fiche.cout),
        "comment": _sentences(vue, fiche.comment_mobiliser),
        "delai": _sentences(vue, [fiche.delai] if fiche.delai else []),
        "joindre": _plain([mot for mot in [*joindre, *saisine] if mot]),
    }


def verdict(cellules: Sequence[Cellule]) -> str:
    """Return identique, different, or a-completer when too little is known to tell."""
    cles = [c.cle for c in cellules if c.cle]
    if len(set(cles)) > 1:
        return "different"
    return "identique" if len(cles) == len(cellules) else "a-completer"


def _key(textes: Iterable[str]) -> str:
    """Short digest of the letters and digits said, without the notes: equal when two answers say the same."""
    nu = re.sub(r"<sup.*?</sup>|<[^>]*>", " ", " ".join(textes))
    lettres = "".join(c for c in nu.casefold() if c.isalnum())
    return hashlib.blake2b(lettres.encode(), digest_size=5).hexdigest() if lettres else ""


def _cell(
    reponse: Markup, details: Sequence[Markup] = (), chiffres: Sequence[Markup] = (), divergent: bool = False
) -> Cellule:
    return Cellule(_key([reponse, *details, *chiffres]), reponse, tuple(details), tuple(chiffres), divergent)


def _plain(mots: Sequence[str]) -> Cellule:
    return _cell(Markup(escape(" · ".join(mots))))


def _sentences(vue: Vue, phrases: Sequence[str]) -> Cellule:
    """The first sentence answers; the others are details."""
    if not phrases:
        return Cellule()
    premiere, *autres = vue.ps(phrases)
    return _cell(premiere, autres)


def _answer(vue: Vue, reponse: Reponse | None, portee: str | None = None) -> Cellule:
    """An answer with its details, and the figures of one scope: those of the others have their own rows."""
    if reponse is None:
        return Cellule()
    chiffres = [c for c in reponse.chiffres if c.portee == portee]
    return _cell(vue.p(reponse.reponse), vue.ps(reponse.details), vue.chiffres(chiffres), diverge(chiffres))


def _figures(vue: Vue, reponse: Reponse | None, portee: str) -> Cellule:
    chiffres = [c for c in reponse.chiffres if c.portee == portee] if reponse else []
    return _cell(Markup(""), (), vue.chiffres(chiffres), diverge(chiffres))


def _contacts(vue: Vue, fiche: Dispositif) -> Cellule:
    liens = [vue.ancre(i) for i in fiche.premiers_contacts if vue.existe(i)]
    return _cell(Markup(", ").join(liens)) if liens else Cellule()


def diverge(chiffres: Sequence[Chiffre]) -> bool:
    """Whether two sources give different values of the same thing: one unit, one scope, one label unless it has a
    scope."""
    return any(
        a.source != b.source
        and (a.unite, a.portee) == (b.unite, b.portee)
        and (a.portee is not None or a.libelle == b.libelle)
        and (a.valeur, a.min, a.max) != (b.valeur, b.min, b.max)
        for a, b in combinations(chiffres, 2)
    )


def tableau(colonnes: Sequence[Colonne]) -> list[dict[str, object]]:
    """Rows of the table: label, verdict, one cell a column."""
    return [
        {
            "id": id_,
            "libelle": libelle,
            "seconde": id_ in SECONDES,
            "verdict": verdict([c.cellules[id_] for c in colonnes]),
            "cellules": [c.cellules[id_] for c in colonnes],
        }
        for id_, libelle in RANGEES[colonnes[0].fiche.type].items()
    ]


def voisins(catalogue: Catalogue, fiche: Comparable) -> list[str]:
    """Return the fiches worth comparing with this one, in force first.

    Of a dispositif, those of the same whole, then its complements; of a partner, those of the same nature.
    """
    if isinstance(fiche, Dispositif):
        entrantes = catalogue.entrantes.get(fiche.fait_partie_de or "", ())
        freres = [r.source for r in entrantes if r.champ == "fait_partie_de"]
        proches = [*_in_force_first(catalogue, freres), *fiche.complementaires]
    else:
        proches = [f.id for f in comparables(catalogue, "partenaire") if _same_level(f, fiche)]
    connus = (i for i in dict.fromkeys(proches) if i != fiche.id and _comparable(catalogue.fiches.get(i)))
    return list(islice(connus, MAXIMUM - 1))


def _same_level(autre: Fiche, fiche: Partenaire) -> bool:
    return (
        isinstance(autre, Partenaire)
        and autre.nature == fiche.nature
        and autre.territoire.echelle == fiche.territoire.echelle
    )


def _in_force_first(catalogue: Catalogue, ids: Sequence[str]) -> list[str]:
    return sorted(ids, key=lambda i: ORDRE_DES_ETATS.index(catalogue.fiches[i].validite.etat))


def _comparable(fiche: Fiche | None) -> TypeGuard[Comparable]:
    return isinstance(fiche, Comparable) and fiche.etat == "publiee"
