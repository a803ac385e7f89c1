"""A real fiche, shown field by field beside what makes it good: the fiche is read, the remarks are the guide's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from macros.contribution.ecriture import extrait
from macros.pages.composition import bloc
from macros.pages.declaration import declarer
from macros.pages.vue import Vue

MONTRES = 2
"""Items of a long list that are shown; the number of the others is said."""


@declarer(
    "Montre une vraie fiche champ par champ, avec une remarque pour chacun.",
    "{{ fiche_annotee('villages-avenir', {'cout': 'Ce qu’il y a de bien.'}) }}",
    {
        "id": "identifiant de la fiche",
        "remarques": "champ → remarque ; « champ.partie » pour n’en montrer qu’une partie",
    },
)
def fiche_annotee(vue: Vue, id_: str, remarques: Mapping[str, str]) -> str:
    """Return the HTML of a fiche's fields with their remark, in the order of the remarks.

    A name may be a path of two (``validite.precision``): only that part is shown.
    Raises KeyError, told in French, when the fiche or one of its fields is not there: the guide would lie.
    """
    fiche = vue.catalogue.fiches.get(id_)
    if fiche is None:
        raise KeyError(f"fiche_annotee : la fiche « {id_} » n’existe pas, ou n’est pas valide.")
    donnees = fiche.model_dump(exclude_unset=True)
    lignes = [{"yaml": _excerpt(fiche.type, donnees, nom, id_), "remarque": texte} for nom, texte in remarques.items()]
    return bloc("blocs/fiche_annotee.html", vue, fiche=fiche, fichier=vue.catalogue.fichiers[id_], lignes=lignes)


def _excerpt(type_: str, donnees: Mapping[str, Any], nom: str, id_: str) -> str:
    """YAML of one field, as it is written in a file, long lists cut."""
    champ, _, partie = nom.partition(".")
    valeur = donnees.get(champ)
    if partie:
        valeur = valeur.get(partie) if isinstance(valeur, dict) else None
    if valeur in (None, (), {}):
        raise KeyError(f"fiche_annotee : la fiche « {id_} » n’a pas de champ « {nom} ». Choisissez-en un autre.")
    montree, caches = _cut(valeur)
    texte = extrait(type_, {champ: {partie: montree}} if partie else {champ: montree})
    retrait = "    " if partie else "  "
    return f"{texte}\n{retrait}# … et {caches} de plus" if caches else texte


def _cut(valeur: Any) -> tuple[Any, int]:
    """The first items of a long list or map of maps, and how many are left out."""
    if isinstance(valeur, dict) and all(isinstance(v, dict) for v in valeur.values()) and len(valeur) > MONTRES:
        return dict(list(valeur.items())[:MONTRES]), len(valeur) - MONTRES
    if isinstance(valeur, (list, tuple)) and len(valeur) > MONTRES and not all(_short(v) for v in valeur):
        return list(valeur)[:MONTRES], len(valeur) - MONTRES
    return valeur, 0


def _short(valeur: Any) -> bool:
    return isinstance(valeur, str) and len(valeur) < 40
