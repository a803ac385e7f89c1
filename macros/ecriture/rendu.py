"""The templates of ``gabarits/`` and the addresses they write. Autoescape on, undefined names refused."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from macros.ecriture import gabarits_typo, typographie
from macros.ecriture.gabarits_typo import Typographie
from macros.ecriture.textes import texte_nu
from macros.ecriture.typographie import accorder, date_lisible, enumerer, nombre_lisible, typographier
from macros.modeles import TYPES, Fiche
from macros.modeles.seances import agenda

GABARITS = Path(__file__).parent.parent / "gabarits"
FIN_DE_TETE = "<!--fin-tete-->"


def adresse(fiche: Fiche) -> str:
    """Return the address of a fiche, relative to the site: ``dispositifs/atelier-flash/``."""
    return f"{fiche.PLURIEL}/{fiche.id}/"


def relatif(depuis: str, vers: str) -> str:
    """Return the link from a page to another, both relative to the site (an anchor may follow)."""
    target, sep, anchor = vers.partition("#")
    ici, la = depuis.split("/")[:-1], target.split("/")
    communs = 0
    while communs < min(len(ici), len(la) - 1) and ici[communs] == la[communs]:
        communs += 1
    path = "../" * (len(ici) - communs) + "/".join(la[communs:])
    if path in ("", "./"):
        return f"#{anchor}" if anchor else "./"
    return f"{path}{sep}{anchor}"


def reserve_de_gabarits() -> BytecodeCache | None:
    """Return where compiled templates are kept, as Python keeps its own; None where nothing can be written.

    Jinja compiles again a template whose text has changed. What else decides the result names the folder.
    """
    empreinte = hashlib.sha256(f"jinja2 {version('jinja2')}".encode())
    for module in (typographie, gabarits_typo):
        empreinte.update(Path(str(module.__file__)).read_bytes())
    racine = Path(os.environ.get("ACCOMPAGNER_CACHE", GABARITS.parents[1] / ".cache"))
    dossier = racine / "gabarits" / empreinte.hexdigest()[:12]
    try:
        dossier.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(dossier))


@cache
def environnement() -> Environment:
    """The templates' own environment; MkDocs' has neither autoescape nor strict undefined."""
    env = Environment(
        loader=FileSystemLoader(GABARITS),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=[Typographie],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # a build reads each template once: see ``oublier_gabarits``
        bytecode_cache=reserve_de_gabarits(),
    )
    env.filters.update(
        typo=lambda texte: typographier(str(texte)),
        nu=texte_nu,
        date=date_lisible,
        nombre=nombre_lisible,
        enumerer=lambda mots: enumerer(list(mots)),
        heure=agenda.heure_lisible,
        duree=agenda.duree_lisible,
    )
    env.globals.update(accorder=accorder, TYPES=TYPES, Markup=Markup)
    return env


def oublier_gabarits() -> None:
    """Forget compiled templates, so that an edited one is read again."""
    environnement.cache_clear()


@dataclass(frozen=True)
class Telechargement:
    """A document to download: name of its model, title, use, and (format, address in the site, bytes) of its files."""

    nom: str
    titre: str
    usage: str
    formats: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Depot:
    """What a build knows beyond the catalogue: where the project is hosted (empty when nobody said), the documents
    written for each kit, and the public address of the site (empty when it has none)."""

    adresse: str = ""
    edition: str = ""
    documents: Mapping[str, tuple[Telechargement, ...]] = field(default_factory=dict)
    site: str = ""

    def modifier(self, fichier: str) -> str:
        """Return the address to edit ``fichier``, or an empty string."""
        return f"{self.edition.rstrip('/')}/{fichier}" if self.edition else ""


def rendre(gabarit: str, **contexte: Any) -> str:
    """Render a template of ``gabarits/``."""
    return environnement().get_template(gabarit).render(**contexte)
