"""What Python and the browser both say is written once (macros/modeles/partage): no sentence stands in the code of
both."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from macros.modeles.partage import fichiers
from macros.sorties.assemblage import sans_commentaires
from tests.conftest import RACINE

PYTHON = [place for dossier in ("macros", "scripts") for place in (RACINE / dossier).rglob("*.py")]
SCRIPTS = [place for dossier in ("docs/assets/js", "macros/gabarits") for place in (RACINE / dossier).rglob("*.js")]
MOT = re.compile(r"[^\W\d_]+(?:[-’'][^\W_]+)*")
SUITE = 5
"""Words in a row that two texts cannot share by chance."""
TERMES = {"à la protection des données"}
"""Names that are not ours to word: a term of the law."""


def litteraux(code: str) -> Iterator[str]:
    """Yield the literal texts of Python, pieces of f-strings included; neither docstrings nor pieces of a script."""
    arbre = ast.parse(code)
    notices = {id(n.value) for n in ast.walk(arbre) if isinstance(n, ast.Expr)}
    textes = (n for n in ast.walk(arbre) if isinstance(n, ast.Constant) and id(n) not in notices)
    return (n.value for n in textes if isinstance(n.value, str) and "const " not in n.value)


def morceaux(code: str) -> list[str]:
    """Return what stands between two quotes, back quotes or braces of JavaScript: every literal text is one, or
    several."""
    return re.split(r"[\"'`{}$]", sans_commentaires(code))


def phrases(textes: Iterable[str]) -> Iterator[str]:
    """Yield each run of plain words, as far as a stop or a sign: whole when it has twelve characters, and by five
    words."""
    for texte in textes:
        mots: list[str] = []
        for brut in [*texte.split(), "/"]:
            mot = brut.strip("«»()…,;:!?.")
            if MOT.fullmatch(mot):
                mots.append(mot)
            if (mot and not MOT.fullmatch(mot)) or brut[-1] in ".;:!?":
                if len(mots) >= 2 and len(" ".join(mots)) >= 12:
                    yield " ".join(mots)
                yield from (" ".join(mots[i : i + SUITE]) for i in range(len(mots) - SUITE + 1))
                mots = []


def relever(places: Iterable[Path], lire: object) -> dict[str, set[str]]:
    """Phrase -> files in which it stands."""
    trouvees: dict[str, set[str]] = defaultdict(set)
    for place in places:
        for phrase in phrases(lire(place.read_text(encoding="utf-8"))):  # type: ignore[operator]
            trouvees[phrase].add(place.relative_to(RACINE).as_posix())
    return trouvees


def test_aucune_phrase_n_est_dans_les_deux_langages() -> None:
    python, navigateur = relever(PYTHON, litteraux), relever(SCRIPTS, morceaux)
    assert len(python) > 2_000
    assert len(navigateur) > 1_000
    deux_fois = {
        phrase: (python[phrase], navigateur[phrase]) for phrase in (python.keys() & navigateur.keys()) - TERMES
    }
    assert not deux_fois, f"À écrire dans macros/modeles/partage : {deux_fois}"


def test_chaque_message_partage_sert() -> None:
    code = "\n".join(place.read_text(encoding="utf-8") for place in (*PYTHON, *SCRIPTS))
    employes = set(re.findall(r"\w+", code))
    for partage in fichiers():
        assert set(partage["messages"]) <= employes, (partage.nom, set(partage["messages"]) - employes)
