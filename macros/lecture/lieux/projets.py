"""Projects that the Fonds vert aided in 2023, cut by département for the browser, with what likens their communes.
Pure.

``docs/assets/js/commune/projets.js`` reads a file when a reader asks for it, and never all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from macros.lecture.json_publie import compact
from macros.lecture.lieux.communes import Lieux, lieux_de
from macros.lecture.lieux.faits import commune_du_siren
from macros.lecture.lieux.noms import plier
from macros.lecture.lieux.referentiels import Referentiels

DOSSIER = "api/fonds-vert"
_LONGUEUR = 80
"""Characters kept of a title: some hold a paragraph."""


def fichiers(referentiels: Referentiels) -> Iterator[tuple[str, str]]:
    """Yield (address in the site, JSON text) for each département that has projects.

    ``lieux``: code -> name, inhabitants, density (None for an EPCI), SIREN of the EPCI; ``projets``: code of the place,
    measure (its rank in ``sortes``), title, beneficiary or nothing when it is the place itself, euros of aid.
    """
    lieux = lieux_de(referentiels)
    par_departement: dict[str, list[list[Any]]] = defaultdict(list)
    anciennes = {a.code: a.commune for a in referentiels.anciennes}
    for r in referentiels.lignes("fonds_vert_2023.csv"):
        code = _place(referentiels, anciennes, r["code"] or r["siren"])
        if code is None:
            continue
        nom = (referentiels.communes.get(code) or referentiels.epci[code]).nom
        beneficiaire = "" if plier(r["beneficiaire"]) == plier(nom) else r["beneficiaire"]
        projet = [code, r["demarche"], _court(r["projet"]), beneficiaire, int(r["montant"] or 0)]
        commune = referentiels.communes.get(code)
        for departement in [commune.departement] if commune else lieux.departements_de(code):
            par_departement[departement].append(projet)
    for departement, projets in sorted(par_departement.items()):
        codes = sorted({code for code, *_ in projets})
        sortes = sorted({sorte for _, sorte, *_ in projets})
        donnees = {
            "sortes": sortes,
            "lieux": {code: _lieu(lieux, code) for code in codes},
            "projets": [[code, sortes.index(sorte), *suite] for code, sorte, *suite in projets],
        }
        yield f"{DOSSIER}/{departement}.json", compact(donnees)


def _place(referentiels: Referentiels, anciennes: dict[str, str], code: str) -> str | None:
    """Code of today of the commune or EPCI that a row names, None when it is neither."""
    code = commune_du_siren(code, referentiels) or anciennes.get(code, code)
    return code if code in referentiels.communes or code in referentiels.epci else None


def _lieu(lieux: Lieux, code: str) -> list[Any]:
    lieu = lieux.lieu(code)
    return [lieu.nom, lieu.population, lieu.faits.densite, lieu.epci.code if lieu.epci else ""] if lieu else []


def _court(texte: str) -> str:
    propre = " ".join(texte.split())
    return propre if len(propre) <= _LONGUEUR else f"{propre[:_LONGUEUR].rsplit(' ', 1)[0]}…"
