"""What a commune or an EPCI already is, from dated lists: size, rural type, mountain, programmes. Pure.

Absence from a list proves nothing, since the list has a date: it is never turned into a refusal.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from macros.lecture.lieux.referentiels import Referentiels

Signe = str | Literal[True]
"""Day of a signature (ISO 8601), or True where the list gives none."""
PROGRAMMES = ("acv", "pvd", "va", "ti")
"""Action cœur de ville, Petites villes de demain, Villages d’avenir, Territoires d’industrie."""
SIGNEE = "signée"
"""The only state of an ORT that counts: the others are projects, or conventions that ended."""
_SIREN_DE_COMMUNE = "21"
"""A commune's SIREN is 21, its INSEE code, then two digits (Insee, répertoire Sirene)."""
_OUTRE_MER = ("97", "98")


@dataclass(frozen=True, slots=True)
class Faits:
    """Facts of a place. The browser reads the same fields (``docs/assets/js/commune/lieux.js``).

    ``densite``: 1 (large urban centre) to 7 (very scattered rural); ``centralite``: 0 (none) to 4 (major centre);
    ``programmes``: some of ``PROGRAMMES``; ``ort``: signed operation; ``qpv``: priority neighbourhoods, None where
    the source does not allow to conclude. An EPCI has what its communes have of mountain and neighbourhoods.
    """

    densite: int | None = None
    ruralite: str | None = None
    centralite: int | None = None
    massif: str | None = None
    montagne: bool = False
    programmes: Mapping[str, Signe] = field(default_factory=dict)
    ort: Signe | None = None
    qpv: int | None = None


class FaitsDesLieux:
    """The lists, read once; ``de`` answers for one place."""

    def __init__(self, referentiels: Referentiels) -> None:
        self._r = referentiels

    def de(self, code: str) -> Faits:
        """Facts of a commune (INSEE code) or an EPCI (SIREN)."""
        return self._epci(code) if code in self._r.epci else self._commune(code)

    def _commune(self, code: str) -> Faits:
        endroit, typologie = self._r.communes[code], self._typologies.get(code, {})
        programmes = self._programmes.get(code, {})
        if endroit.epci and "ti" in self._programmes.get(endroit.epci, {}):
            programmes = {**programmes, "ti": True}
        return Faits(
            _entier(typologie.get("densite")),
            typologie.get("ruralite") or None,
            _entier(typologie.get("centralite")),
            typologie.get("massif") or None,
            code in self._montagne,
            programmes,
            self._ort.get(code),
            None if code.startswith(_OUTRE_MER) else self._qpv[code],
        )

    def _epci(self, siren: str) -> Faits:
        membres = [c.code for c in self._r.membres.get(siren, ())]
        ailleurs = not membres or any(code.startswith(_OUTRE_MER) for code in membres)
        return Faits(
            montagne=any(code in self._montagne for code in membres),
            programmes=self._programmes.get(siren, {}),
            qpv=None if ailleurs else sum(self._qpv[code] for code in membres),
        )

    @cached_property
    def _typologies(self) -> dict[str, dict[str, str]]:
        return {r["code"]: r for r in self._r.lignes("typologies.csv")}

    @cached_property
    def _montagne(self) -> set[str]:
        return {r["code"] for r in self._r.lignes("zone_montagne.csv")}

    @cached_property
    def _qpv(self) -> Counter[str]:
        return Counter(r["code"] for r in self._r.lignes("qpv_2024.csv"))

    @cached_property
    def _ort(self) -> dict[str, Signe]:
        signees = (r for r in self._r.lignes("ort.csv") if r["etat"] == SIGNEE)
        return {r["code"]: r["date_signature"] or True for r in signees}

    @cached_property
    def _programmes(self) -> dict[str, dict[str, Signe]]:
        trouves: dict[str, dict[str, Signe]] = defaultdict(dict)
        for r in self._r.lignes("programmes.csv"):
            trouves[commune_du_siren(r["code"], self._r) or r["code"]][r["programme"]] = r["convention"] or True
        return trouves


def commune_du_siren(siren: str, referentiels: Referentiels) -> str | None:
    """INSEE code of the commune that a SIREN names, None when it names none of today."""
    code = siren[2:7]
    nomme = len(siren) == 9 and siren.startswith(_SIREN_DE_COMMUNE) and siren not in referentiels.epci
    return code if nomme and code in referentiels.communes else None


def _entier(texte: str | None) -> int | None:
    return int(texte) if texte else None
