"""Made-up fiches, valid and of realistic size: each starts from a real one and is recombined with others.

A made-up fiche keeps the shape of its model (which fields, how many items, which figures); half of its statements
come from other fiches of the same kind and field, its places from the référentiels, its links lead to other made-up
fiches, and its citations to its own sources. Nothing in it is true: it serves to measure, never to publish.
"""

from __future__ import annotations

import copy
import datetime as dt
import random
import re
import shutil
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from macros.lecture.brute import lire
from macros.lecture.lieux.referentiels import Endroit, Referentiels
from macros.modeles import DOSSIERS, TYPES, Fiche, reperes
from macros.modeles.parcours import occurrences_brutes
from macros.modeles.types import CleDeSource, Enonce, Modele, Reference
from macros.regles.citations import CITATION, cles_citees

Chemin = tuple[str | int, ...]
_APPEL = re.compile(r"\{\{\s*(?:lien_)?fiche\(()'([a-z0-9-]+)'[^)]*\)\s*\}\}")
_LIEN = re.compile(rf"\[([^\]]*)\]\([^)\s]*(?:{'|'.join(DOSSIERS)})/([a-z0-9-]+)(?:/|\.md|/index\.md)(?:#[^)]*)?\)")
"""How a page leads to a fiche, by a macro or by a link: text of the link, id."""
_ANNOTEE = re.compile(r"\{\{\s*fiche_annotee\(.*?\)\s*\}\}", re.DOTALL)
"""A made-up fiche need not have the fields that the guide points at: the guide goes without its examples."""
_COTE_A_COTE = re.compile(r"\{\{\s*comparer\(([^)]*)\)\s*\}\}")
_ID = re.compile(r"'([a-z0-9-]+)'")
LIBELLE_MAX = 160
"""Characters; the limit of a short text in the models."""


@dataclass(frozen=True)
class Patron:
    """A real fiche that made-up ones start from: its kind, its id and its data, all text."""

    type: str
    id: str
    donnees: dict[str, Any]


@dataclass
class Place:
    """A fiche to make: its id and the real one it starts from."""

    id: str
    patron: Patron


@dataclass
class Fonds:
    """What the real base gives: fiches by kind, statements by field, official places by scale."""

    fiches: dict[str, list[Patron]]
    enonces: dict[tuple[str, Chemin, bool], list[str]]
    lieux: dict[str, list[Endroit]]
    themes: list[str]
    nommees: set[str] = field(default_factory=set)


def fabriquer(projet: Path, n: int, graine: int = 1) -> None:
    """Replace the fiches of ``projet`` (a copy: its own are deleted) by ``n`` made-up ones.

    Vocabularies, référentiels and shared lists (glossary, exclusions, corrections) stay, their links redirected.
    Fiches cited by hand-written pages keep their id while there is room; beyond, these pages lose the link.
    """
    fonds = lire_fonds(projet)
    tirage = random.Random(graine)
    places = _places(fonds, n, tirage)
    par_patron: dict[str, list[str]] = defaultdict(list)
    for place in places:
        par_patron[place.patron.id].append(place.id)
    renvois = _Renvois(par_patron, {p.id: p.patron.type for p in places}, tirage)
    faites = [(p.patron.type, _une_fiche(p, rang, fonds, renvois, tirage)) for rang, p in enumerate(places)]
    _sans_theme_orphelin([donnees for _, donnees in faites], fonds.themes)
    for dossier in DOSSIERS:
        shutil.rmtree(projet / "fiches" / dossier, ignore_errors=True)
        (projet / "fiches" / dossier).mkdir()
    for kind, donnees in faites:
        _ecrire(projet / "fiches" / TYPES[kind].PLURIEL / f"{donnees['id']}.yml", donnees)
    _adapter_pages(projet, fonds.nommees - {p.id for p in places})
    for chemin in sorted((projet / "fiches").glob("*.yml")):
        modele = getattr(reperes, chemin.stem.capitalize(), None)  # glossaire.yml -> Glossaire
        if modele:
            commun = donnees_de(chemin)
            renvois.appliquer(modele, commun, "")
            _ecrire(chemin, commun)


def lire_fonds(projet: Path) -> Fonds:
    """Read the real base of ``projet``. Raises ValueError when a file cannot be read."""
    fiches: dict[str, list[Patron]] = {
        kind: [Patron(kind, p.stem, donnees_de(p)) for p in sorted((projet / "fiches" / m.PLURIEL).glob("*.yml"))]
        for kind, m in TYPES.items()
    }
    enonces: dict[tuple[str, Chemin, bool], list[str]] = defaultdict(list)
    for kind, patrons in fiches.items():
        for patron in patrons:
            for occurrence in occurrences_brutes(TYPES[kind], patron.donnees):
                if isinstance(occurrence.marque, Enonce):
                    enonces[_cle(kind, occurrence.chemin, occurrence.valeur)].append(occurrence.valeur)
    officiels = Referentiels(projet / "fiches/referentiels")
    themes = list(donnees_de(projet / "fiches/vocabulaires/themes.yml")["valeurs"])
    lieux = {echelle: list(officiels.par_echelle(echelle).values()) for echelle in ("commune", "epci", "departement")}
    connus = {p.id for patrons in fiches.values() for p in patrons}
    return Fonds(fiches, dict(enonces), lieux, themes, _nommees(projet, connus))


def champs(donnees: Any) -> int:
    """Count the fields filled in: one for each text at the end of a branch."""
    if isinstance(donnees, dict):
        return sum(champs(v) for v in donnees.values())
    if isinstance(donnees, list):
        return sum(champs(v) for v in donnees)
    return 1


def donnees_de(chemin: Path) -> dict[str, Any]:
    """Read the data of a YAML file, all text. Raises ValueError when it cannot be read."""
    brut, problemes = lire(chemin.name, chemin.read_bytes())
    if brut is None:
        raise ValueError("\n".join(map(str, problemes)))
    return brut.donnees


def _ecrire(chemin: Path, donnees: dict[str, Any]) -> None:
    texte = yaml.dump(donnees, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=110)
    chemin.write_text(texte, encoding="utf-8")


def _nommees(projet: Path, connus: set[str]) -> set[str]:
    """Ids of the fiches that hand-written pages cite."""
    textes = [p.read_text(encoding="utf-8") for p in (projet / "docs").rglob("*.md")]
    menees = {id_ for texte in textes for motif in (_APPEL, _LIEN) for _, id_ in motif.findall(texte)}
    comparees = {id_ for texte in textes for ids in _COTE_A_COTE.findall(texte) for id_ in _ID.findall(ids)}
    return (menees | comparees) & connus


def _adapter_pages(projet: Path, perdues: set[str]) -> None:
    """In hand-written pages, turn what leads to fiches that are no longer there into plain text."""

    def texte(found: re.Match[str]) -> str:
        return (found[1] or found[2].replace("-", " ")) if found[2] in perdues else found[0]

    def comparaison(found: re.Match[str]) -> str:
        gardees = [f"'{id_}'" for id_ in _ID.findall(found[1]) if id_ not in perdues]
        return f"{{{{ comparer({', '.join(gardees)}) }}}}" if len(gardees) > 1 else ""

    for page in (projet / "docs").rglob("*.md"):
        avant = page.read_text(encoding="utf-8")
        apres = _COTE_A_COTE.sub(comparaison, _LIEN.sub(texte, _APPEL.sub(texte, _ANNOTEE.sub("", avant))))
        if apres != avant:
            page.write_text(apres, encoding="utf-8")


def repartir(fonds: Fonds, n: int) -> dict[str, int]:
    """Share ``n`` fiches between kinds as the real base does, at least one of each (so ``n`` is six or more)."""
    total = sum(map(len, fonds.fiches.values()))
    parts = {kind: max(1, round(n * len(liste) / total)) for kind, liste in fonds.fiches.items()}
    while sum(parts.values()) != n:
        parts[max(parts, key=lambda kind: parts[kind])] += 1 if sum(parts.values()) < n else -1
    return parts


def _places(fonds: Fonds, n: int, tirage: random.Random) -> list[Place]:
    """Every real fiche serves once before any serves twice; those cited by name come first, with their id."""
    places = []
    for kind, nombre in repartir(fonds, n).items():
        nommees = [m for m in fonds.fiches[kind] if m.id in fonds.nommees]
        autres = [m for m in fonds.fiches[kind] if m.id not in fonds.nommees]
        tirage.shuffle(autres)
        patrons = [*nommees, *autres]
        for rang in range(nombre):
            patron = patrons[rang % len(patrons)]
            garde = rang < len(nommees)
            places.append(Place(patron.id if garde else f"{patron.id[:60].strip('-')}-{rang + 1:04d}", patron))
    return places


@dataclass
class _Renvois:
    """Where links lead: another fiche made from the same real one, else any fiche of a kind admitted."""

    par_patron: dict[str, list[str]]
    types: dict[str, str]
    tirage: random.Random

    def __post_init__(self) -> None:
        self.par_type: dict[str, list[str]] = defaultdict(list)
        for id_, kind in self.types.items():
            self.par_type[kind].append(id_)

    def appliquer(self, modele: type[Modele], donnees: dict[str, Any], soi: str) -> None:
        """Redirect every link of ``donnees``; take away those that have nowhere to go."""
        pris: dict[Chemin, set[str]] = defaultdict(set)
        retires: list[Chemin] = []
        for occurrence in list(occurrences_brutes(modele, donnees)):
            if not isinstance(occurrence.marque, Reference):
                continue
            liste = tuple(p for p in occurrence.chemin if isinstance(p, str))
            cible = self._cible(occurrence.valeur, occurrence.marque.types, occurrence.chemin)
            if cible is None or cible == soi or cible in pris[liste]:
                retires.append(occurrence.chemin)
            else:
                _poser(donnees, occurrence.chemin, cible)
                if "sequences" not in occurrence.chemin:
                    pris[liste].add(cible)
        for chemin in reversed(retires):
            _retirer(donnees, chemin)

    def _cible(self, ancienne: str, types: tuple[str, ...], chemin: Chemin) -> str | None:
        if ancienne in self.par_patron:
            return self.tirage.choice(self.par_patron[ancienne])
        if "sequences" in chemin or "remplace_par" in chemin:
            return None  # another method would not fit the slot; another replacement could be a dead end
        candidats = [id_ for kind in types or tuple(self.par_type) for id_ in self.par_type[kind]]
        return self.tirage.choice(candidats) if candidats else None


def _une_fiche(place: Place, rang: int, fonds: Fonds, renvois: _Renvois, tirage: random.Random) -> dict[str, Any]:
    donnees = copy.deepcopy(place.patron.donnees)
    kind, modele = place.patron.type, TYPES[place.patron.type]
    commune = tirage.choice(fonds.lieux["commune"])
    donnees = _ailleurs(donnees, fonds, tirage)
    donnees["id"] = place.id
    donnees.pop("documents", None)  # measured apart (« documents »): the reference has none either
    if place.id != place.patron.id:
        donnees["titre"] = _suffixe(str(donnees["titre"]), f", {commune.nom}")
    le = dt.date.fromisoformat(donnees["verification"]["le"]) - dt.timedelta(days=tirage.randrange(300))
    donnees["verification"]["le"] = le.isoformat()
    for source in donnees["sources"].values():
        if tirage.random() < 0.5:
            source["titre"] = _suffixe(source["titre"], f" ({commune.nom})")
            if "url" in source:
                source["url"] = f"{source['url'].split('#')[0].rstrip('/')}/{rang}"
    _enonces(kind, modele, donnees, fonds, tirage)
    renvois.appliquer(modele, donnees, place.id)
    return donnees


def _ailleurs(donnees: dict[str, Any], fonds: Fonds, tirage: random.Random) -> dict[str, Any]:
    """Move the fiche: other official places at the same scale, and their names in its texts."""
    territoire = donnees["territoire"]
    lieux = territoire.get("lieux", [])
    nouveaux = tirage.sample(fonds.lieux[territoire["echelle"]], len(lieux)) if lieux else []
    noms = {ancien["nom"]: nouveau.nom for ancien, nouveau in zip(lieux, nouveaux, strict=True)}
    if noms:
        motif = re.compile(rf"\b({'|'.join(map(re.escape, sorted(noms, key=len, reverse=True)))})\b")
        donnees = {
            cle: valeur if cle in {"sources", "liens", "id"} else _renommer(valeur, motif, noms)
            for cle, valeur in donnees.items()
        }
        donnees["territoire"]["lieux"] = [{"code": e.code, "nom": e.nom} for e in nouveaux]
    return donnees


def _renommer(valeur: Any, motif: re.Pattern[str], noms: dict[str, str]) -> Any:
    if isinstance(valeur, dict):
        return {cle: _renommer(v, motif, noms) for cle, v in valeur.items()}
    if isinstance(valeur, list):
        return [_renommer(v, motif, noms) for v in valeur]
    nouveau = motif.sub(lambda found: noms[found[1]], valeur)
    return nouveau if len(nouveau) <= max(len(valeur), LIBELLE_MAX - 20) else valeur


def _enonces(kind: str, modele: type[Fiche], donnees: dict[str, Any], fonds: Fonds, tirage: random.Random) -> None:
    """Draw half of the statements elsewhere; spread citations over the fiche's own sources; drop those left uncited."""
    cles = list(donnees["sources"])
    suivante, citees = 0, set()
    for occurrence in list(occurrences_brutes(modele, donnees)):
        if isinstance(occurrence.marque, CleDeSource):
            citees.add(occurrence.valeur)
        elif isinstance(occurrence.marque, Enonce):
            texte = occurrence.valeur
            if tirage.random() < 0.5:
                texte = tirage.choice(fonds.enonces.get(_cle(kind, occurrence.chemin, texte), [texte]))
            remplacees: dict[str, str] = {}
            for cle in cles_citees(texte):
                if cle != "kit" and cle not in remplacees:
                    remplacees[cle] = cles[suivante % len(cles)]
                    suivante += 1
            citees.update(remplacees.values())
            _poser(donnees, occurrence.chemin, CITATION.sub(_reciter(remplacees), texte))
    donnees["sources"] = {cle: source for cle, source in donnees["sources"].items() if cle in citees}


def _reciter(remplacees: dict[str, str]) -> Callable[[re.Match[str]], str]:
    def cite(found: re.Match[str]) -> str:
        return f"[{', '.join(dict.fromkeys(remplacees.get(c.strip(), c.strip()) for c in found[1].split(',')))}]"

    return cite


def _cle(kind: str, chemin: Chemin, texte: str) -> tuple[str, Chemin, bool]:
    """Statements that may stand for each other: same kind, same field, and a true source in both or in neither."""
    return kind, tuple(p for p in chemin if isinstance(p, str)), any(c != "kit" for c in cles_citees(texte))


def _sans_theme_orphelin(fiches: list[dict[str, Any]], themes: list[str]) -> None:
    """Give to fiches, in turn, the themes that none bears: the rules refuse a theme without fiche."""
    portes = {theme for donnees in fiches for theme in donnees["themes"]}
    for rang, theme in enumerate(t for t in themes if t not in portes):
        fiches[rang % len(fiches)]["themes"].append(theme)


def _suffixe(texte: str, suffixe: str) -> str:
    return texte + suffixe if len(texte) + len(suffixe) <= LIBELLE_MAX else texte


def _poser(donnees: Any, chemin: Chemin, valeur: str) -> None:
    for part in chemin[:-1]:
        donnees = donnees[part]
    donnees[chemin[-1]] = valeur


def _retirer(donnees: Any, chemin: Chemin) -> None:
    """Take away a link: the whole item when it says who (``fiche``), else the field or the list item alone."""
    if chemin[-1] == "fiche":
        chemin = chemin[:-1]
    for part in chemin[:-1]:
        donnees = donnees[part]
    del donnees[chemin[-1]]
