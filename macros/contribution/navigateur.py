"""The browser's own modules, run by Python in V8: what they know how to do is written once.

They are read from ``docs/assets/js/`` as they are. Pure modules only: there is no page, no file, no network here. The
Python binding of V8 has no loader of modules, hence ``_assembler``: each becomes a function, called once, that returns
what it exports.
"""

from __future__ import annotations

import json
import posixpath
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from py_mini_racer import MiniRacer

from macros.sorties.assemblage import SCRIPTS, modules_partages, sans_commentaires

_DOCS = Path(__file__).resolve().parents[2] / "docs"
_IMPORT = re.compile(r'^import (?:(\w+)|\* as (\w+)|\{([^}]*)\}) from "([^"]+)";', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|let|function\*?|class) (?:\{([^}]*)\}|(\w+)))", re.MULTILINE)
_LISTE = re.compile(r"^export \{([^}]*)\};", re.MULTILINE)
_DEFAUT = re.compile(r"^export default (\w+);", re.MULTILINE)
MEMOIRE, SECONDES = 1_000_000_000, 60
"""What a call may take before it is stopped (bytes, seconds): py_mini_racer then raises JSOOMException or
JSTimeoutException."""
_FIL = ThreadPoolExecutor(max_workers=1)
"""V8 lives in a thread of its own: called where an event loop runs already, py_mini_racer would not keep the limits."""


def appeler(module: str, fonction: str, *arguments: object) -> Any:
    """Call ``fonction``, JavaScript that receives the module (``importation/mots.js``), then the arguments.

    Arguments and result travel as JSON. Raises what py_mini_racer raises: JSEvalException on an error of the script,
    JSOOMException and JSTimeoutException past the limits.
    """
    appel = f"((donnees) => ({fonction})(modules[{json.dumps(SCRIPTS + module)}], ...JSON.parse(donnees)))"
    donnees = json.dumps(arguments)  # parsed, not evaluated: a document may name an element « __proto__ »
    return _FIL.submit(lambda: _moteur(module).call(appel, donnees, timeout_sec=SECONDES, max_memory=MEMOIRE)).result()


@cache
def _moteur(module: str) -> MiniRacer:
    moteur = MiniRacer()
    faits: dict[str, str] = {}
    _assembler(SCRIPTS + module, modules_partages(), faits)
    moteur.eval("const modules = {};\n" + "\n".join(faits.values()))
    return moteur


def _assembler(nom: str, sans_fichier: dict[str, str], faits: dict[str, str]) -> None:
    """Add to ``faits`` the script of a module, after those that it imports."""
    texte = sans_fichier.get(nom) or (_DOCS / nom).read_text(encoding="utf-8")
    texte = sans_commentaires(texte)
    cibles = {
        chemin: posixpath.normpath(posixpath.join(posixpath.dirname(nom), chemin))
        for *_, chemin in _IMPORT.findall(texte)
    }
    for cible in cibles.values():
        if cible not in faits:
            _assembler(cible, sans_fichier, faits)

    def prendre(trouve: re.Match[str]) -> str:
        defaut, tout, noms, chemin = trouve.groups()
        reunis = tout or (f"{{ default: {defaut} }}" if defaut else f"{{{noms.replace(' as ', ': ')}}}")
        return f"const {reunis} = modules[{json.dumps(cibles[chemin])}];"

    rendus = [liste or un for liste, un in _EXPORT.findall(texte)] + _LISTE.findall(texte)
    rendus += [f"default: {defaut}" for defaut in _DEFAUT.findall(texte)]
    corps = _DEFAUT.sub("", _LISTE.sub("", _EXPORT.sub("", _IMPORT.sub(prendre, texte))))
    faits[nom] = f"modules[{json.dumps(nom)}] = (() => {{\n{corps}\nreturn {{ {', '.join(rendus)} }};\n}})();"
