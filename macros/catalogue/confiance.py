"""How far a fiche can be trusted: its sources, who checked it, and what it does not say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from macros.ecriture.typographie import accorder, date_lisible, typographier
from macros.modeles import Fiche, Source
from macros.modeles.genres.dispositif import Acces


def date_de_source(source: Source) -> str:
    """Return « 3 octobre 2025, modifiée le 7 novembre 2025 » or « non datée »."""
    if source.date and source.modifie_le:
        return f"{date_lisible(source.date)}, modifiée {_le(source.modifie_le)}"
    date = source.date or source.modifie_le
    return date_lisible(date) if date else "non datée"


def _le(date: str) -> str:
    """« le 7 novembre 2025 », « en mai 2018 », « en 2019 »."""
    return f"{'le' if len(date) == 10 else 'en'} {date_lisible(date)}"


def phrase_de_confiance(fiche: Fiche) -> tuple[str, bool, str]:
    """What the line under the title says: sources, whether the owner confirmed, and the sentence that says so."""
    dates = [d for d in (s.derniere_date for s in fiche.sources.values()) if d]
    nombre = len(fiche.sources)
    sources = f"Rédigé d’après {accorder(nombre, 'source')}"
    if not dates:
        sources += ", non datée" if nombre == 1 else ", toutes non datées"
    elif nombre == 1:
        sources += f", {_datee(dates[0])}"
    else:
        sources += f", la plus récente {_datee(max(dates))}"
    niveau, le = fiche.verification.niveau, date_lisible(fiche.verification.le)
    par = typographier(fiche.verification.par)
    if niveau == "confirmee-par-le-porteur":
        return sources, True, f"confirmé par le porteur ({par}) le {le}"
    if niveau == "relue":
        return sources, False, f"relu par {par} le {le}, jamais vérifié auprès du porteur"
    return sources, False, "jamais vérifié auprès du porteur"


def _datee(date: str) -> str:
    """« du 7 novembre 2025 », « de mai 2018 », « d’avril 2020 », « de 2019 »."""
    lisible = date_lisible(date)
    if len(date) == 10:
        return f"du {lisible}"
    return f"d’{lisible}" if lisible[0] in "ao" else f"de {lisible}"


def manques(fiche: Fiche) -> list[str]:
    """Return what the fiche does not say, from the fields declared with ``si_vide``, then what it says it ignores."""
    found = list(_empty(fiche))
    return [typographier(m) for m in found]


def completude(fiche: Fiche) -> tuple[int, int]:
    """Return (filled, expected): the fields that a reader expects, declared with ``si_vide``."""
    attendus = sum(1 for _ in _expected(fiche))
    return attendus - len(manques(fiche)), attendus


def _expected(modele: Any) -> Iterable[str]:
    for nom, info in type(modele).model_fields.items():
        extra = info.json_schema_extra
        if isinstance(extra, Mapping) and extra.get("si_vide"):
            yield nom
        if isinstance(getattr(modele, nom), Acces):
            yield from _expected(getattr(modele, nom))


def _empty(modele: Any) -> Iterable[str]:
    for nom, info in type(modele).model_fields.items():
        extra = info.json_schema_extra
        phrase = extra.get("si_vide") if isinstance(extra, Mapping) else None
        valeur = getattr(modele, nom)
        if phrase and not valeur:
            yield str(phrase)
        elif isinstance(valeur, Acces):
            yield from _empty(valeur)
