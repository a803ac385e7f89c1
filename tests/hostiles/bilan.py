"""What became of each hostile entry: counted by family, told at the end of the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from tests.comptes import compteurs

PREFIXE = "corpus hostile"
ISSUES = ("refusée", "inerte", "exécutée")


def noter(famille: str, issue: str, combien: int = 1) -> None:
    """Count entries of a family. ``issue``: refusée (with a message), inerte, or exécutée."""
    assert issue in ISSUES
    compteurs[f"{PREFIXE}|{famille}|{issue}"] += combien


def lignes(comptes: Mapping[str, int]) -> list[str]:
    """Say what was counted, in all then by family; nothing when nothing was."""
    par_famille: dict[str, Counter[str]] = {}
    for cle, combien in comptes.items():
        if cle.startswith(PREFIXE + "|"):
            _, famille, issue = cle.split("|")
            par_famille.setdefault(famille, Counter())[issue] += combien
    if not par_famille:
        return []
    return [
        _ligne(PREFIXE, sum(par_famille.values(), Counter())),
        *(_ligne(f"  {famille}", par_famille[famille]) for famille in sorted(par_famille)),
    ]


def _ligne(nom: str, comptes: Counter[str]) -> str:
    total = sum(comptes.values())
    return (
        f"{nom} : {total} entrées, {comptes['refusée']} refusées avec message, {comptes['inerte']} inertes, "
        f"{comptes['exécutée']} exécutée"
    )
