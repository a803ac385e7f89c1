"""Macros that list what the fiches hold, and what is said of them."""

from __future__ import annotations

from macros.contribution import annotee as guide
from macros.moteur.appels.declaration import declarer
from macros.pages import listes
from macros.pages.composition import bloc
from macros.pages.vue import Vue


@declarer("Affiche le glossaire.", "{{ glossaire() }}")
def glossaire(vue: Vue) -> str:
    """The glossary."""
    return listes.glossaire(vue)


@declarer("Affiche toutes les sources, avec les fiches qui les citent.", "{{ bibliographie() }}")
def bibliographie(vue: Vue) -> str:
    """The sources."""
    return listes.bibliographie(vue)


@declarer(
    "Affiche les champs d’un type de fiche, d’après son modèle.",
    "{{ champs('dispositif') }}",
    {"type": "type de fiche"},
)
def champs(vue: Vue, type: str) -> str:
    """Table of the fields."""
    return listes.champs(vue, type)


@declarer(
    "Affiche les valeurs d’un vocabulaire.",
    "{{ vocabulaire('phases') }}",
    {"nom": "nom d’un fichier de fiches/vocabulaires/, sans .yml"},
)
def vocabulaire(vue: Vue, nom: str) -> str:
    """Table of the values."""
    return listes.vocabulaire(vue, nom)


@declarer(
    "Montre une vraie fiche champ par champ, avec une remarque pour chacun.",
    "{{ fiche_annotee('villages-avenir', {'cout': 'Ce qu’il y a de bien.'}) }}",
    {
        "id": "identifiant de la fiche",
        "remarques": "champ → remarque ; « champ.partie » pour n’en montrer qu’une partie",
    },
)
def fiche_annotee(vue: Vue, id: str, remarques: dict[str, str]) -> str:
    """A real fiche, annotated."""
    return guide.fiche_annotee(vue, id, remarques)


@declarer("Affiche ce qui n’est volontairement pas publié.", "{{ exclusions() }}")
def exclusions(vue: Vue) -> str:
    """What is left out."""
    return listes.exclusions(vue)


@declarer("Liste les documents à télécharger de chaque kit.", "{{ documents_des_kits() }}")
def documents_des_kits(vue: Vue) -> str:
    """The documents of every kit."""
    return listes.documents_des_kits(vue)


@declarer("Donne la fiche à remplir de chaque type, à télécharger.", "{{ fiches_a_remplir() }}")
def fiches_a_remplir(vue: Vue) -> str:
    """The sheet of each kind; says so when documents were not written, as in an engine without hooks."""
    return bloc("blocs/fiches_a_remplir.html", vue, fiches=vue.documents("fiche-a-remplir"))


@declarer("Affiche le journal des corrections.", "{{ corrections() }}")
def corrections(vue: Vue) -> str:
    """The corrections log."""
    return listes.corrections(vue)


@declarer("Affiche ce qui est rempli et ce qui manque, par type puis par fiche.", "{{ qualite() }}")
def qualite(vue: Vue) -> str:
    """Completeness of the base."""
    return listes.qualite(vue)
