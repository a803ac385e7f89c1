"""How far a fiche can be trusted: its sources, who checked it, and what it does not say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from macros.ecriture.typographie import accorder, date_lisible, typographier
from macros.modeles import Fiche, Source
from macros.modeles.genres.dispositif import Acces
from macros.modeles.parcours import occurrences
from macros.modeles.types import CleDeSource, Enonce
from macros.regles.citations import cles_citees


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
    """What the line under the title says: what the fiche rests on and its age, who checked it, and whether its owner
    did.

    The age is that of the source that serves most, not of the newest one, which may say one thing in passing.
    """
    nombre = len(fiche.sources)
    principale = _principale(fiche)
    date = principale.derniere_date
    sources = f"Rédigé d’après {accorder(nombre, 'source')}" + (", la principale " if nombre > 1 else ", ")
    sources += _datee(date) if date else "non datée"
    niveau, le = fiche.verification.niveau, date_lisible(fiche.verification.le)
    par = typographier(fiche.verification.par)
    if niveau == "confirmee-par-le-porteur":
        return sources, True, f"confirmé par le porteur ({par}) le {le}"
    a_un_porteur = fiche.type == "partenaire" or any(getattr(fiche, champ, None) for champ in ("porteurs", "porteur"))
    jamais = "jamais vérifié auprès du porteur" if a_un_porteur else ""
    relu = f"relu par {par} le {le}" if niveau == "relue" else ""
    return sources, False, ", ".join(filter(None, (relu, jamais)))


def _principale(fiche: Fiche) -> Source:
    """The source that the fiche cites most."""
    citees: Counter[str] = Counter()
    for occurrence in occurrences(fiche):
        if isinstance(occurrence.marque, Enonce):
            citees.update(cles_citees(occurrence.valeur))
        elif isinstance(occurrence.marque, CleDeSource):
            citees[occurrence.valeur] += 1
    return max(fiche.sources.items(), key=lambda s: citees[s[0]])[1]


def _datee(date: str) -> str:
    """« du 7 novembre 2025 », « de mai 2018 », « d’avril 2020 », « de 2019 »."""
    lisible = date_lisible(date)
    if len(date) == 10:
        return f"du {lisible}"
    return f"d’{lisible}" if lisible[0] in "ao" else f"de {lisible}"


def manques(fiche: Fiche) -> list[str]:
    """Return what the fiche does not say, from the fields declared with ``si_vide``: for contributors."""
    return [typographier(phrase) for phrase, _ in _empty(fiche)]


def a_demander(fiche: Fiche) -> list[str]:
    """Return what a reader has to ask, among what the fiche does not say: cost, contact, calendar."""
    return [] if fiche.validite.etat == "historique" else [typographier(p) for p, demande in _empty(fiche) if demande]


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


def _empty(modele: Any) -> Iterator[tuple[str, bool]]:
    for nom, info in type(modele).model_fields.items():
        extra = info.json_schema_extra
        valeur = getattr(modele, nom)
        if isinstance(extra, Mapping) and extra.get("si_vide") and not valeur:
            yield str(extra["si_vide"]), bool(extra.get("a_demander"))
        elif isinstance(valeur, Acces):
            yield from _empty(valeur)
