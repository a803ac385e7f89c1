"""The toolbox of a DDT(M): its tools, entered by need, stage, posture or holder. Pure: catalogue in, rows out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from macros.catalogue.fige import Catalogue, cle_de_tri
from macros.modeles import Methode

PAGE = "methodes/boite-a-outils-ddt/"
"""Address of the page, relative to the site."""
RENCONTRE = "rencontre"
"""Group of the needs whose many tools serve to hold a meeting: they are listed tightly."""


@dataclass(frozen=True)
class Valeur:
    """One value of an entry, with every tool that bears it."""

    id: str
    ancre: str
    libelle: str
    definition: str
    groupe: str
    outils: tuple[Methode, ...]

    @property
    def principaux(self) -> tuple[Methode, ...]:
        """Tools of which this need is the first."""
        return tuple(o for o in self.outils if besoins(o)[0] == self.id)

    @property
    def secondaires(self) -> tuple[Methode, ...]:
        """Tools that stand under another need first."""
        return tuple(o for o in self.outils if besoins(o)[0] != self.id)


@dataclass(frozen=True)
class Entree:
    """One way into the toolbox, with the values of its vocabulary that hold a tool."""

    nom: str
    titre: str
    section: str
    valeurs: tuple[Valeur, ...]


@dataclass(frozen=True)
class Boite:
    """The tools and the four ways into them."""

    outils: tuple[Methode, ...]
    besoin: Entree
    etape: Entree
    posture: Entree
    tenu_par: Entree

    @property
    def entrees(self) -> tuple[Entree, ...]:
        """The four ways in, in the order of the page."""
        return self.besoin, self.etape, self.posture, self.tenu_par

    def croises(self, besoin: Valeur, etape: Valeur) -> tuple[Methode, ...]:
        """Tools that answer this need at this stage."""
        presents = {o.id for o in etape.outils}
        return tuple(o for o in besoin.outils if o.id in presents)

    def de_rencontre(self, outil: Methode) -> bool:
        """Whether the first need of the tool is to hold a meeting."""
        groupes = {b.id: b.groupe for b in self.besoin.valeurs}
        return groupes[besoins(outil)[0]] == RENCONTRE


def besoins(outil: Methode) -> tuple[str, ...]:
    """Needs of a tool; empty when it is out of the toolbox."""
    return outil.boite.besoins if outil.boite else ()


def etapes(outil: Methode) -> tuple[str, ...]:
    """Stages of the project."""
    return outil.phases


def postures(outil: Methode) -> tuple[str, ...]:
    """Postures that the tool asks for."""
    return outil.boite.postures if outil.boite else ()


def tenants(outil: Methode) -> tuple[str, ...]:
    """Who holds the tool."""
    return outil.boite.tenu_par if outil.boite else ()


def ancre(entree: str, valeur: str) -> str:
    """Anchor of a value on the page: ``besoin-animer``."""
    return f"{entree}-{valeur}"


def lire(catalogue: Catalogue) -> Boite:
    """Gather the tools and rank them: what is historical last, then by stage and title."""
    rangs = list(catalogue.vocabulaires["phases"].valeurs)

    def rank(outil: Methode) -> tuple[bool, int, str]:
        return outil.validite.etat == "historique", rangs.index(outil.phases[0]), cle_de_tri(outil.titre)

    outils = tuple(sorted((f for f in catalogue.fiches.values() if isinstance(f, Methode) and f.boite), key=rank))

    def entry(
        nom: str, titre: str, section: str, vocabulaire: str, valeurs_de: Callable[[Methode], tuple[str, ...]]
    ) -> Entree:
        valeurs = (
            Valeur(
                id_,
                ancre(nom, id_),
                valeur.libelle,
                valeur.definition or "",
                valeur.groupe or "",
                tuple(o for o in outils if id_ in valeurs_de(o)),
            )
            for id_, valeur in catalogue.vocabulaires[vocabulaire].valeurs.items()
        )
        return Entree(nom, titre, section, tuple(v for v in valeurs if v.outils))

    return Boite(
        outils,
        entry("besoin", "Par besoin", "par-besoin", "besoins", besoins),
        entry("etape", "Par étape du projet", "par-etape-du-projet", "phases", etapes),
        entry("posture", "Selon la posture", "selon-la-posture", "postures", postures),
        entry("tenu-par", "Selon qui le tient", "selon-qui-le-tient", "tenu_par", tenants),
    )
