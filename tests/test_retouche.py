"""A change the size of the thought: on every fiche, and on a thousand edits drawn with a fixed seed."""

from __future__ import annotations

import copy
import difflib
import random
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from macros.contribution.retouche import retoucher
from macros.lecture.brute import lire
from macros.modeles import TYPES

RACINE = Path(__file__).resolve().parent.parent
COMMENTEE = textwrap.dedent("""\
    # Un brouillon de la veille.
    type: methode

    titre: 'L''atelier ouvert'  # à revoir
    # accroche: facultative
    themes:  [participation,  "eau"]
    mots_cles:
    - bourg   # sans retrait
    -   "place"
    sources:
      s1:
        # Ce qu’on lit en haut.
        titre: >-
          Un titre
          plié
        url: "https://exemple.fr/a" # lue hier
    etapes:
      # La première.
      - titre: Faire
        texte: |-
          Un

          Deux
      -
        titre: "Refaire"   # encore
        duree: {valeur: 30, unite: minute, source: s1}
    # Fin.
    """)
"""A file as hands write it: comments, quotes, dashes and blank lines of their own."""


class Edition(NamedTuple):
    """A file, its kind, and what it should say."""

    type: str
    texte: str
    champs: dict[str, Any]


def vraies() -> list[Edition]:
    """Every fiche, as it is, and one as hands write them."""
    found = []
    for type_, modele in TYPES.items():
        for path in sorted((RACINE / "fiches" / modele.PLURIEL).glob("*.yml")):
            found.append(Edition(type_, path.read_text("utf-8"), dit(path.read_text("utf-8"))))
    return [*found, Edition("methode", COMMENTEE, dit(COMMENTEE))]


def dit(texte: str) -> dict[str, Any]:
    """What a file says."""
    brut, problemes = lire("x.yml", texte.encode())
    assert brut, (problemes, texte)
    return brut.donnees


def _lieux(valeur: Any, chemin: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(valeur, str):
        yield chemin
        return
    for cle, dedans in valeur.items() if isinstance(valeur, dict) else enumerate(valeur):
        yield from _lieux(dedans, (*chemin, cle))


def mots_corriges(nombre: int) -> Iterator[Edition]:
    """One word changed in one text, anywhere."""
    hasard, fiches = random.Random(22), vraies()
    for _ in range(nombre):
        edition = hasard.choice(fiches)
        champs = copy.deepcopy(edition.champs)
        *dessus, dernier = hasard.choice([c for c in _lieux(champs) if c != ("type",)])
        niveau: Any = champs
        for part in dessus:
            niveau = niveau[part]
        mot = hasard.choice(list(re.finditer(r"\S+", niveau[dernier])))
        niveau[dernier] = f"{mot.string[: mot.start()]}corrigé{mot.string[mot.end() :]}"
        yield edition._replace(champs=champs)


def remaniees(nombre: int) -> Iterator[Edition]:
    """Fields and items added, taken out, moved: several at once, as in an hour of work."""
    hasard, fiches = random.Random(23), vraies()
    for _ in range(nombre):
        edition = hasard.choice([*fiches, *fiches[-1:] * 20])
        champs = copy.deepcopy(edition.champs)
        for _ in range(hasard.randint(1, 4)):
            _remanier(champs, hasard)
        yield edition._replace(champs=champs)


def _remanier(champs: dict[str, Any], hasard: random.Random) -> None:
    niveau: Any = champs
    while True:
        dessous = [v for v in (niveau.values() if isinstance(niveau, dict) else niveau) if isinstance(v, (dict, list))]
        if not dessous or hasard.random() < 0.4:
            break
        niveau = hasard.choice(dessous)
    neuf = hasard.choice(["mot", "Une phrase : neuve [s1].", {"titre": "Neuf", "texte": "Un\n\nDeux"}, ["a", "b"]])
    if isinstance(niveau, dict):
        if hasard.random() < 0.5 and len(niveau) > 1:
            del niveau[hasard.choice([nom for nom in niveau if nom != "type"])]
        else:
            niveau[hasard.choice(["resume", "note", "s9", "date"])] = neuf
    elif hasard.random() < 0.4 and len(niveau) > 1:
        niveau.pop(hasard.randrange(len(niveau)))
    else:
        niveau.insert(hasard.randint(0, len(niveau)), neuf)
        hasard.shuffle(niveau)


def test_une_fiche_enregistree_sans_changement_est_rendue_octet_pour_octet() -> None:
    for type_, texte, champs in vraies():
        assert retoucher(TYPES[type_], texte, champs) == texte


def test_un_mot_corrige_change_sa_ligne_et_aucune_autre() -> None:
    for edition in mots_corriges(1000):
        neuf = retoucher(TYPES[edition.type], edition.texte, edition.champs)
        assert dit(neuf) == edition.champs
        change = list(difflib.unified_diff(edition.texte.split("\n"), neuf.split("\n"), n=0, lineterm=""))[2:]
        assert [ligne[0] for ligne in change] == ["@", "-", "+"], change


def test_tout_remaniement_se_relit_et_laisse_le_reste() -> None:
    for edition in remaniees(400):
        neuf = retoucher(TYPES[edition.type], edition.texte, edition.champs)
        assert dit(neuf) == edition.champs, neuf


def test_commentaires_guillemets_et_ordre_restent() -> None:
    champs = dit(COMMENTEE)
    champs["titre"] = "L'atelier fermé"
    champs["mots_cles"] = ["place", "marché", "bourg"]
    champs["sources"]["s1"]["date"] = "2025-10-03"
    champs["resume"] = "Un mot [s1]."
    champs["etapes"][1]["duree"]["valeur"] = "45"
    assert retoucher(TYPES["methode"], COMMENTEE, champs) == (
        COMMENTEE.replace("ouvert", "fermé", 1)
        .replace("# accroche", 'resume: "Un mot [s1]."\n# accroche')
        .replace('- bourg   # sans retrait\n-   "place"\n', '-   "place"\n- "marché"\n- bourg   # sans retrait\n')
        .replace("# lue hier\n", '# lue hier\n    date: "2025-10-03"\n')
        .replace("valeur: 30", "valeur: 45")
    )


def test_les_fins_de_ligne_de_windows_restent() -> None:
    texte = COMMENTEE.replace("\n", "\r\n")
    champs = {**dit(texte), "resume": "Un mot [s1]."}
    assert retoucher(TYPES["methode"], texte, champs).replace("\r\n", "\n") == retoucher(
        TYPES["methode"], COMMENTEE, champs
    )
    assert "\n" not in retoucher(TYPES["methode"], texte, champs).replace("\r\n", "")


def test_un_fichier_illisible_est_refuse() -> None:
    with pytest.raises(ValueError, match="guillemet"):
        retoucher(TYPES["methode"], 'titre: "ouvert\n', {"titre": "x"})
