"""What to pack in the car for a kit: supplies counted over its sequences, its groups and its participants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from macros.ecriture.textes import texte_nu
from macros.ecriture.typographie import accorder
from macros.modeles import Fiche, Kit, Materiel, Methode, Sequence
from macros.modeles.partage import COMMUN
from macros.modeles.seances.durees import EN_PERSONNES, bornes


@dataclass(frozen=True)
class Besoin:
    """One thing to pack. ``nom`` cites the kit's sources, unless ``methode`` says whose page it comes from.

    ``total`` is None when it cannot be computed; ``calcul`` then says what is known (« 1 par groupe »).
    """

    nom: str
    total: int | None
    calcul: str
    methode: str | None = None


@dataclass(frozen=True)
class _Part:
    """A supply, asked by a sequence or by the méthode that it uses."""

    item: Materiel
    methode: str | None = None


def materiel_du_kit(kit: Kit, fiches: Mapping[str, Fiche]) -> list[Besoin]:
    """Count what the kit needs, each thing once.

    What is used up adds up over the sequences; what is reusable (``reutilisable``) counts for the sequence that needs
    most of it. A quantity per group is multiplied by the number of groups, per participant by the largest number of
    participants. A sequence that lists no supply takes those of its méthode, unless another sequence of the kit uses
    the same méthode with a list of its own: that list then replaces the méthode's for the whole kit.
    """
    effectifs = {"groupe": kit.groupes, "participant": _participants(kit), "atelier": 1, None: 1}
    parts: dict[str, list[_Part]] = {}
    for part in _parts(kit, fiches):
        parts.setdefault(_bare(part.item.nom).casefold(), []).append(part)
    return [_need(members, effectifs) for members in parts.values()]


def _bare(nom: str) -> str:
    """The name alone, so that the same thing asked by two fiches is one thing."""
    return texte_nu(nom).rstrip(" .")


def _participants(kit: Kit) -> int | None:
    """The largest number of participants announced; None when it is not, or not bounded."""
    found = bornes(kit.participants, EN_PERSONNES)
    return int(found[1]) if found and found[1] != float("inf") else None


def _parts(kit: Kit, fiches: Mapping[str, Fiche]) -> Iterator[_Part]:
    sequences = [s for seance in kit.seances for s in seance.sequences]
    adaptees = {s.methode for s in sequences if s.methode and s.materiel}
    for sequence in sequences:
        yield from (_Part(m) for m in sequence.materiel)
        if not sequence.materiel and sequence.methode not in adaptees:
            yield from _from_methode(sequence, fiches)


def _from_methode(sequence: Sequence, fiches: Mapping[str, Fiche]) -> Iterator[_Part]:
    methode = fiches.get(sequence.methode or "")
    if isinstance(methode, Methode):
        yield from (_Part(m, methode.id) for m in methode.materiel)


def _need(parts: list[_Part], effectifs: Mapping[str | None, int | None]) -> Besoin:
    said = next((p for p in parts if p.methode is None), parts[0])
    nom = said.item.nom if said.methode is None else _bare(said.item.nom)
    items = [p.item for p in parts if p.item.quantite]
    if any(p.item.reutilisable for p in parts):
        items = sorted(items, key=lambda m: _total(m, effectifs) or 0)[-1:]
    totals = [_total(m, effectifs) for m in items]
    total = None if not totals or None in totals else sum(t for t in totals if t)
    return Besoin(nom, total, _calculation(items, effectifs), said.methode)


def _total(item: Materiel, effectifs: Mapping[str | None, int | None]) -> int | None:
    effectif = effectifs[item.par]
    return item.quantite * effectif if item.quantite and effectif else None


def _calculation(items: Iterable[Materiel], effectifs: Mapping[str | None, int | None]) -> str:
    """Write « 5 par participant, 32 participants » or « 1 par groupe, 4 groupes, 2 séquences »; empty when obvious."""
    fois = Counter((m.quantite or 0, m.par) for m in items)
    seul = len(fois) == 1
    return " ; ".join(t for (q, par), n in fois.items() if (t := _term(q, par, effectifs[par], n, seul)))


def _term(quantite: int, par: str | None, effectif: int | None, fois: int, seul: bool) -> str:
    if par in {None, "atelier"}:
        if fois == 1:
            return "" if seul else str(quantite)
        return COMMUN.dire("par_sequence", quantite=quantite, fois=fois)
    parts = [f"{quantite} par {par}"]
    if effectif:
        parts.append(accorder(effectif, str(par)))
    if fois > 1:
        parts.append(f"{fois} séquences")
    return ", ".join(parts)
