"""Every field that a fiche may hold is shown on its page: what nobody reads is not worth asking for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from jinja2 import nodes

from macros.ecriture.rendu import environnement
from macros.modeles import TYPES, Fiche

AILLEURS = {
    "type": "dit par la classe du modèle (LIBELLE)",
    "id": "l’adresse de la page",
    "sources": "les notes de bas de page (Vue.notes_affichees)",
    "seances": "les journées du kit, calculées (plans._day)",
    "ancres": "les dates du rétroplanning, calculées (retroplanning.blocs)",
    "pour_qui": "« En bref », qui parcourt quatre champs",
    "cout": "« En bref », qui parcourt quatre champs",
    "contact": "« En bref », qui parcourt quatre champs",
}
"""Fields that a page shows without its template naming them."""


def lus(gabarit: str, vus: set[str]) -> Iterator[str]:
    """Names that a template reads of an object, and those that it includes or imports."""
    if gabarit in vus:
        return
    vus.add(gabarit)
    env = environnement()
    assert env.loader
    arbre = env.parse(env.loader.get_source(env, gabarit)[0])
    yield from (noeud.attr for noeud in arbre.find_all(nodes.Getattr))
    for noeud in arbre.find_all((nodes.Import, nodes.Include)):
        if isinstance(noeud.template, nodes.Const):
            yield from lus(noeud.template.value, vus)


@pytest.mark.parametrize("modele", TYPES.values(), ids=TYPES)
def test_chaque_champ_est_montre(modele: type[Fiche]) -> None:
    oublies = set(modele.model_fields) - set(lus(f"fiches/{modele.TYPE}.html", set())) - AILLEURS.keys()
    assert not oublies, f"macros/gabarits/fiches/{modele.TYPE}.html ne montre pas : {', '.join(sorted(oublies))}."
