"""A macro: declared once, with its French help and an example, known by its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Fonction = Callable[..., str]


@dataclass(frozen=True)
class Macro:
    """A macro and what its documentation page says of it. ``bloc``: it stands alone on its line."""

    nom: str
    aide: str
    exemple: str
    parametres: dict[str, str]
    fonction: Fonction
    bloc: bool = True


MACROS: dict[str, Macro] = {}


def declarer(
    aide: str, exemple: str, parametres: dict[str, str] | None = None, bloc: bool = True
) -> Callable[[Fonction], Fonction]:
    """Register a function ``(vue, …) -> HTML`` as a macro of the pages."""

    def register(fonction: Fonction) -> Fonction:
        MACROS[fonction.__name__] = Macro(fonction.__name__, aide, exemple, parametres or {}, fonction, bloc)
        return fonction

    return register
