"""The pieces of the commune lookup, kept from a build to the next: they change once a year, with the référentiels."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from macros.lecture import json_publie
from macros.lecture.depose import deposer
from macros.lecture.lieux import communes, faits, noms, referentiels
from macros.lecture.lieux.referentiels import Referentiels
from macros.modeles.partage import DOSSIER

FICHIER = "communes.json"
_LUS = (
    *("communes.csv", "epci.csv", "departements.csv", "codes_postaux.csv", "anciennes_communes.csv"),
    *("noms_qui_sont_des_mots.csv", "hors_de_france.csv"),
    *("typologies.csv", "zone_montagne.csv", "qpv_2024.csv", "ort.csv", "programmes.csv"),
)
_CODE = (communes, faits, noms, json_publie, referentiels)


def pieces_gardees(lieux: Referentiels, reserve: Path) -> Mapping[str, str]:
    """Return the files of the lookup (see ``communes.pieces``), made again when the référentiels or the code have
    changed.

    ``reserve``: folder where they are kept; where it cannot be written, they are made each time.
    """
    place, empreinte = reserve / FICHIER, _empreinte(lieux)
    with suppress(OSError, ValueError, KeyError, TypeError):  # none yet, or not ours: made again
        garde = json.loads(place.read_bytes())
        if garde["empreinte"] == empreinte:
            return dict(garde["pieces"])
    faites = communes.pieces(lieux)
    with suppress(OSError):
        reserve.mkdir(parents=True, exist_ok=True)
        deposer(place, json_publie.compact({"empreinte": empreinte, "pieces": faites}).encode())
    return faites


def _empreinte(lieux: Referentiels) -> str:
    calcul = hashlib.sha256()
    lus = (lieux.dossier / nom for nom in _LUS)
    places = (*lus, DOSSIER / "lieux.yml", *(Path(module.__file__ or "") for module in _CODE))
    for place in (p for p in places if p.is_file()):
        calcul.update(hashlib.sha256(place.read_bytes()).digest())
    return calcul.hexdigest()
