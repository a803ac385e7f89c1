"""Macros that ask for more than the catalogue: the publisher of the site, and the macros themselves."""

from __future__ import annotations

from macros.moteur.devoirs.editeur import CHAMPS, montrer
from macros.moteur.memoire import editeur as editeur_du_site
from macros.pages.composition import bloc
from macros.pages.declaration import MACROS, declarer
from macros.pages.vue import Vue


@declarer("Prépare le signalement d’une erreur : ticket si le dépôt est connu, courriel sinon.", "{{ signalement() }}")
def signalement(vue: Vue) -> str:
    """The ready ticket or mail of « Signaler une erreur »."""
    return bloc("blocs/signalement.html", vue, contact=editeur_du_site()["contact"])


@declarer(
    "Écrit un champ de l’éditeur, donné dans mkdocs.yml (extra.editeur) ; « à renseigner avant publication » "
    "s’il est vide.",
    "{{ editeur('nom') }}",
    {"champ": "nom du champ : " + ", ".join(CHAMPS)},
    bloc=False,
)
def editeur(_vue: Vue, champ: str) -> str:
    """A field of the publisher, as a link when it can be written to. Raises ValueError on an unknown one."""
    return montrer(editeur_du_site(), champ)


@declarer("Affiche cette documentation des macros.", "{{ liste_macros() }}")
def liste_macros(vue: Vue) -> str:
    """Documentation of the macros, from their declarations."""
    return bloc("blocs/macros.html", vue, macros=[MACROS[nom] for nom in sorted(MACROS)])
