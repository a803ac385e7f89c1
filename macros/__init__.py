"""« Accompagner les territoires »: from YAML fiches to pages. Here, only what mkdocs-macros asks for."""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Give every macro to the pages (mkdocs-macros calls this once a build)."""
    from macros.moteur.appels import MACROS, appeler, uri_de
    from macros.moteur.memoire import retenir_editeur
    from macros.pages.types_de_fiche import types_de_fiche

    # For the theme, which draws their symbols, and for the pages.
    env.conf["extra"]["types_de_fiche"] = env.variables["types_de_fiche"] = types_de_fiche()
    retenir_editeur(dict(env.conf["extra"]).get("editeur"))
    env.variables.pop(
        "editeur", None
    )  # mkdocs-macros gives « extra » to the pages: it would hide the macro of that name

    def bind(nom: str) -> Any:
        def macro(*args: Any, vue: str | None = None, **kwargs: Any) -> str:
            if vue is not None:
                kwargs["vue_"] = vue
            return appeler(nom, uri_de(env.page.url), *args, **kwargs)

        return macro

    for nom in MACROS:
        env.macro(bind(nom), nom)
