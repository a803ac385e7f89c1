"""Made-up fiches for the form: real ones changed at random, and others drawn from the schemas; and their judge.

The judge says which rule of the validator finds what where, for one fiche tried among the real ones.
"""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from pydantic import ValidationError

from macros.catalogue.fige import Catalogue
from macros.lecture.brute import lire
from macros.lecture.problemes import Chemin, Position, Probleme, nom_de_champ
from macros.lecture.validation import _echo, _probleme
from macros.modeles import TYPES
from macros.regles import REGLES_DES_FICHES, REGLES_DES_VALEURS, Brouillon, Lue, Reperes
from macros.regles.kits import methodes_adaptees
from macros.regles.remplacement import remplacee
from tests.fabrique import donnees
from tests.textes_difficiles import HOSTILES

RACINE = Path(__file__).resolve().parent.parent
ID = "essai-engendre"
MODELES_ENTIERS = {
    "source_introuvable",
    "chiffre_incomplet",
    "bornes_inversees",
    "territoire_incoherent",
    "critere_incomplet",
    "condition_incomplete",
    "cas_incomplet",
    "animation_sans_duree",
}
"""Errors that a model raises about several of its fields: rules of their own."""
TEXTES = [
    "",
    " ",
    "non",
    "12:30",
    "01234",
    "2021-03",
    "2021-02-30",
    "0000",
    "9999-12-31",
    "2019",
    "2025-13",
    "oui",
    "Oui",
    "peut-être",
    "3",
    "-30",
    "1,5",
    "1e3",
    "99999",
    "s1",
    "s9",
    "s12",
    "kit",
    "[s1]",
    "Un énoncé sourcé [s1].",
    "Un énoncé sans source.",
    "Un énoncé sans point [s1]",
    "Sourcé deux fois [s1, s2].",
    "Clé perdue [s77].",
    "Une démarche innovante [kit].",
    "Trois « communes dynamiques » [kit].",
    "Un exemplaire par groupe, équipe dynamique [s1].",
    "Il accompagne les communes [s1].",
    "accompagne les communes de la région [s1].",
    "Réunir les élus. Puis les habitants [s1].",
    "Écrire à jean.dupont@exemple.fr [s1].",
    "Appeler le 06 12 34 56 78 [s1].",
    "Voir [la page](javascript:alert(1)) [s1].",
    "Voir [la page](https://exemple.fr) [s1].",
    "Premier paragraphe [s1].\n\nSecond sans source.",
    "Deux lignes\nde suite [s1].",
    "12 communes en 2019.",
    "https://exemple.fr/page",
    "http://[exemple",
    "http://",
    "HTTPS://Exemple.fr/é",
    "https://exemple.fr/a b",
    "http://a℀b",
    "ftp://exemple.fr",
    "mot " * 60,
    "é" * 161,
    "x" * 701,
    "😀" * 160,
    "\u00a0texte\u202f",
    "\ufeffmarque",
    "a\u0085b",
    "tabulation\tici",
    "- tiret",
    "# dièse",
    "clé: valeur",
    '"guillemets"',
    "*renvoi",
    "&ancre",
    "!étiquette",
    "<img src=x onerror=alert(1)>",
    "</script>",
    "{{ macro }}",
    "minute",
    "jour",
    "personne",
    "atelier-flash",
    "cerema",
    "visite-exploratoire",
    "poix-du-nord",
    "inconnue-au-bataillon",
    ID,
    "59464",
    "59",
    "200072544",
    "Poix-du-Nord",
    "commune",
    "national",
    "departement",
    "epci",
    "historique",
    "en-vigueur",
    "publiee",
    "brouillon",
    "animation",
    "cas",
    "non-adapte",
    "perimetre",
    "bourg",
    "groupes",
    "08:30",
    "25:00",
    "17:00",
    "premier-jour",
    "animateur",
    "03 20 00 00 00",
    "06 00 00 00 00",
    "contact@exemple.fr",
    "prenom.nom@exemple.fr",
    *HOSTILES,
]
"""Values that this or that rule watches; each can land in any field."""


@dataclass(frozen=True)
class Recette:
    """How to make one fiche: a real one and changes, or a drawing from the schema of a kind."""

    graine: int
    gestes: int
    depuis_le_schema: bool


RECETTES = st.builds(Recette, st.integers(0, 2**32), st.integers(0, 4), st.sampled_from([False, False, False, True]))


def vraies(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Data of every real fiche, as text."""
    found = []
    for fichier in catalogue.fichiers.values():
        brut, _ = lire(fichier, (RACINE / fichier).read_bytes())
        assert brut is not None
        found.append(brut.donnees)
    return found


def fiche(recette: Recette, modeles: list[dict[str, Any]], schemas: dict[str, Any]) -> dict[str, Any]:
    """Make the fiche of a recipe. Its id is new, unless a change gave it another."""
    tirage = random.Random(recette.graine)
    if recette.depuis_le_schema:
        type_ = tirage.choice(list(schemas))
        donnees = _tirer(schemas[type_], schemas[type_], tirage, 0)
        donnees["type"] = type_
    else:
        donnees = copy.deepcopy(tirage.choice(modeles))
    donnees["id"] = ID
    for _ in range(recette.gestes):
        _changer(donnees, tirage, modeles)
    if donnees.get("type") not in list(TYPES):
        donnees["type"] = "site"
    return donnees


def _changer(donnees: Any, tirage: random.Random, modeles: list[dict[str, Any]]) -> None:
    """Change one place of ``donnees``: a text, a list, a field, or the shape of a value."""
    lieux = [x for x in _lieux(donnees) if _en_chiffres(x)] if tirage.random() < 0.25 else []
    niveau, cle = tirage.choice(lieux or list(_lieux(donnees)))
    valeur = niveau[cle]
    geste = tirage.randrange(10)
    if isinstance(valeur, str) and re.fullmatch(r"[0-9:-]+", valeur) and geste > 4:
        # A figure, a time or a date becomes another: bounds cross, sequences overlap.
        niveau[cle] = "".join(
            tirage.choice("0123456789") if c.isdigit() and tirage.random() < 0.4 else c for c in valeur
        )
        return
    if geste >= 8 and isinstance(niveau, dict):
        # Two fields change places: an end comes before its beginning.
        autre_cle = tirage.choice(list(niveau))
        niveau[cle], niveau[autre_cle] = niveau[autre_cle], niveau[cle]
        return
    if geste == 0 and isinstance(niveau, dict):
        del niveau[cle]
    elif geste == 1 and isinstance(valeur, list) and valeur:
        valeur.append(copy.deepcopy(tirage.choice(valeur)))
    elif geste == 2 and isinstance(valeur, list) and valeur:
        valeur.pop(tirage.randrange(len(valeur)))
    elif geste == 3:
        niveau[cle] = tirage.choice(["texte", [], {}, ["texte"], {"champ": "texte"}, [{"titre": "a"}]])
    elif geste == 4 and isinstance(niveau, dict):
        autre = tirage.choice(modeles)
        nom = tirage.choice(list(autre))
        donnees[nom] = copy.deepcopy(autre[nom])
    elif isinstance(valeur, str):
        niveau[cle] = tirage.choice(
            [tirage.choice(TEXTES), tirage.choice(TEXTES), f"{valeur} {tirage.choice(TEXTES)}", _voisin(valeur, tirage)]
        )


def _en_chiffres(lieu: tuple[Any, Any]) -> bool:
    valeur = lieu[0][lieu[1]]
    return isinstance(valeur, str) and re.fullmatch(r"[0-9:-]+", valeur) is not None


def _voisin(valeur: str, tirage: random.Random) -> str:
    """The same text with a letter less, a citation less, or its end cut."""
    place = tirage.randrange(len(valeur) + 1)
    return tirage.choice(
        [valeur[:place] + valeur[place + 1 :], valeur.replace(" [s1]", ""), valeur[:place], valeur * 2]
    )


def _lieux(niveau: Any) -> Iterator[tuple[Any, Any]]:
    for cle in list(niveau) if isinstance(niveau, dict) else range(len(niveau)):
        yield niveau, cle
        if isinstance(niveau[cle], (dict, list)):
            yield from _lieux(niveau[cle])


def _tirer(schema: dict[str, Any], noeud: dict[str, Any], tirage: random.Random, profondeur: int) -> Any:  # noqa: PLR0911
    """Draw a value that the schema mostly accepts."""
    if "$ref" in noeud:
        noeud = {**schema["definitions"][noeud["$ref"].rsplit("/", 1)[1]], **noeud}
    if noeud.get("type") == "array":
        combien = max(noeud.get("minItems", 0), tirage.randrange(3))
        return [_tirer(schema, noeud["items"], tirage, profondeur + 1) for _ in range(combien)]
    if noeud.get("type") == "object" and "properties" in noeud:
        voulus = [n for n in noeud["properties"] if n in noeud["required"] or tirage.random() < 0.3]
        return {n: _tirer(schema, noeud["properties"][n], tirage, profondeur + 1) for n in voulus}
    if noeud.get("type") == "object":
        interieur = next(iter(noeud["patternProperties"].values()))
        return {f"s{n}": _tirer(schema, interieur, tirage, profondeur + 1) for n in range(1, tirage.randrange(2, 4))}
    if "const" in noeud:
        return noeud["const"]
    if "enum" in noeud:
        return tirage.choice(noeud["enum"])
    if tirage.random() < 0.15:
        return tirage.choice(TEXTES)
    exemple = noeud.get("examples", ["Un énoncé de plus, avec sa source [s1]."])[0]
    return exemple if isinstance(exemple, str) else "Un énoncé de plus, avec sa source [s1]."


class Juge:
    """Tries one fiche among the real ones, as the loading does."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        types = {f.id: f.type for f in catalogue.fiches.values()}
        self._reperes = types, catalogue.vocabulaires, catalogue.referentiels, RACINE / "docs/assets/illustrations"

    def constats(self, texte: str, type_: str, id_: str) -> set[tuple[str, str, str]]:
        """Every (rule, field, message) found in the YAML ``texte``, under the name ``id_``."""
        modele = TYPES[type_]
        types, *reste = self._reperes
        if id_ in types:
            return {("identifiant_libre", "id", "")}
        fichier = f"fiches/{modele.PLURIEL}/{id_}.yml"
        brut, problemes = lire(fichier, texte.encode())
        assert brut is not None, problemes
        reperes = Reperes({**types, id_: type_}, *reste)
        trouves: set[tuple[str, str, str]] = set()

        def noter(regle: str, constats: Iterable[tuple[Chemin, str]]) -> None:
            for chemin, message in constats:
                dit = Probleme(fichier, Position(), nom_de_champ(chemin), message)
                trouves.add((regle, dit.champ, dit.message))

        lue: Brouillon = Brouillon(fichier, modele.PLURIEL, brut, modele)
        try:
            valide = modele.model_validate(brut.donnees)
            lue = Lue(fichier, modele.PLURIEL, brut, modele, valide)
        except ValidationError as erreur:
            for detail in erreur.errors(include_url=False):
                if not _echo(detail):
                    regle = detail["type"] if detail["type"] in MODELES_ENTIERS else "forme"
                    dit = _probleme(modele, fichier, brut, detail)
                    trouves.add((regle, dit.champ, dit.message))
        for regle_ in REGLES_DES_VALEURS:
            noter(regle_.__name__, regle_(lue, reperes))
        if isinstance(lue, Lue):
            for controle in REGLES_DES_FICHES:
                noter(controle.__name__, controle(lue, reperes))
            fiches = {**self.catalogue.fiches, id_: lue.fiche}
            noter("methodes_adaptees", methodes_adaptees(lue, fiches))
            noter("remplacement_sans_fin", remplacee(lue, fiches))
        return trouves


def schemas() -> dict[str, Any]:
    """The schemas that the form reads."""
    return {t: json.loads((RACINE / f"docs/api/schemas/{t}.json").read_text("utf-8")) for t in TYPES}


def fautes_choisies() -> dict[str, dict[str, Any]]:
    """One fiche for each rule that chance seldom meets: rule -> data."""
    minutes = {"unite": "minute", "source": "s1"}
    sequence = {"titre": "Accueil", "duree": "30", "modalite": "pleniere", "sources": ["s1"]}
    seance = {"id": "jour", "titre": "Le jour", "debut": "08:30"}
    chevauche = [sequence, {**sequence, "debut": "08:45"}]
    phrases = {"phrase_oui": "Oui [kit].", "phrase_non": "Non [kit]."}
    condition = {"fait": "programme", "parmi": ["bourg"], "effet": "ferme", **phrases}
    return {
        "horaires": donnees("kit", ID, seances=[{**seance, "fin": "09:00", "sequences": chevauche}]),
        "etapes_dans_la_duree": donnees(
            "methode",
            ID,
            duree=[{"valeur": "120", **minutes}],
            etapes=[{"titre": "Faire", "duree": {"valeur": "20", **minutes}}],
        ),
        "bornes_inversees": donnees("methode", ID, duree=[{"min": "3,5", "max": "2", **minutes}]),
        "dates_en_ordre": donnees("action", ID, periode={"debut": "2021-10-20", "fin": "2021-09"}),
        "dates_passees": donnees(
            "site", ID, sources={"s1": {"titre": "A", "editeur": "B", "note": "C", "date": "2042"}}
        ),
        "hotes_durables": donnees(
            "site", ID, sources={"s1": {"titre": "A", "editeur": "B", "url": "https://scribd.com/1"}}
        ),
        "pas_de_nous": donnees("action", ID, resume="La source ne le dit pas [s1]."),
        "dit_une_fois": donnees(
            "action",
            ID,
            resume="Réunir les élus puis les habitants [s1].\n\nLe même jour, rien [s1].",
            objectifs=["Réunir les élus, puis les habitants [kit]."],
        ),
        "validite": donnees("site", ID, validite={"etat": "en-vigueur", "remplace_par": "poix-du-nord"}),
        "vigueur": donnees(
            "dispositif", ID, sources={"s1": {"titre": "A", "editeur": "B", "note": "C", "date": "2019"}}
        ),
        "remplacement_sans_fin": donnees("site", ID, validite={"etat": "historique", "remplace_par": ID}),
        "illustrations": donnees(
            "action", ID, illustrations=[{"fichier": "absente.png", "alt": "a", "credit": "b", "licence": "c"}]
        ),
        "critere_incomplet": donnees("dispositif", ID, criteres=[{"question": "perimetre"}]),
        "criteres": donnees(
            "dispositif",
            ID,
            criteres=[
                {
                    "question": "perimetre",
                    "parmi": ["nulle-part"],
                    "si_non": "non-adapte",
                    **phrases,
                }
            ],
        ),
        "condition_incomplete": donnees("partenaire", ID, conditions_de_lieu=[{**condition, "max": "3"}]),
        "conditions_de_lieu": donnees(
            "dispositif",
            ID,
            conditions_de_lieu=[condition, {**condition, "fait": "densite"}, {**condition, "parmi": [], "min": "1"}],
        ),
        "territoire": donnees(
            "site", ID, territoire={"echelle": "commune", "lieux": [{"code": "59464", "nom": "Poix du Nord"}]}
        ),
        "cas_incomplet": donnees("site", ID, profondeur="cas"),
        "animation_sans_duree": donnees("methode", ID, forme="animation"),
        "renvois_internes": donnees("kit", ID, seances=[{**seance, "ancre": "nulle-part"}]),
        "methodes_adaptees": donnees(
            "kit", ID, seances=[{**seance, "sequences": [{**sequence, "duree": "5", "methode": "visite-exploratoire"}]}]
        ),
        "source_introuvable": donnees("action", ID, sources={"s1": {"titre": "a", "editeur": "b"}}),
        "chiffre_incomplet": donnees("methode", ID, duree=[{"valeur": "1", "min": "2", **minutes}]),
        "territoire_incoherent": donnees(
            "site", ID, territoire={"echelle": "national", "lieux": [{"code": "59", "nom": "Nord"}]}
        ),
        "personne_nommee": donnees("action", ID, resume="Écrire à jean.dupont@exemple.fr ou au 06 12 34 56 78 [s1]."),
        "liens_surs": donnees("action", ID, resume="Lire [ceci](javascript:alert(1)) [s1]."),
    }
