"""The one refusal that readers raise."""

from __future__ import annotations

from macros.modeles.partage import IMPORTATION


class DocumentRefuse(Exception):
    """The document cannot be read; the message, in French, says why and what to do."""


def refus(nom: str, **valeurs: object) -> DocumentRefuse:
    """Return the refusal whose message bears this name in ``partage/importation.yml``."""
    return DocumentRefuse(IMPORTATION.dire(nom, **valeurs))
