"""Made-up fiches, valid and of realistic size: copies of real ones, under other names, with other sources.

Their links lead to other made-up fiches. Nothing in them is true: they serve to measure and to test, never to publish.
"""

from __future__ import annotations

import copy
import random
import re
import shutil
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from macros.catalogue.mots_courants import FICHIER as MOTS_COURANTS
from macros.lecture.brute import lire
from macros.lecture.lieux.referentiels import Referentiels
from macros.modeles import DOSSIERS, TYPES, reperes
from macros.modeles.parcours import occurrences_brutes
from macros.modeles.types import Modele, Reference

Chemin = tuple[str | int, ...]
Donnees = dict[str, Any]
_APPEL = re.compile(r"\{\{\s*(?:lien_)?fiche\(()'([a-z0-9-]+)'[^)]*\)\s*\}\}")
_LIEN = re.compile(rf"\[([^\]]*)\]\([^)\s]*(?:{'|'.join(DOSSIERS)})/([a-z0-9-]+)(?:/|\.md|/index\.md)(?:#[^)]*)?\)")
"""How a page leads to a fiche, by a macro or by a link: text of the link, id."""
_ANNOTEE = re.compile(r"\{\{\s*fiche_annotee\(.*?\)\s*\}\}", re.DOTALL)
"""A made-up fiche need not have the fields that the guide points at: the guide goes without its examples."""
_COTE_A_COTE = re.compile(r"\{\{\s*comparer\(([^)]*)\)\s*\}\}")
_ID = re.compile(r"'([a-z0-9-]+)'")
LIBELLE_MAX = 160
"""Characters; the limit of a short text in the models."""


def fabriquer(projet: Path, n: int, graine: int = 1) -> None:
    """Replace the fiches of ``projet`` (a copy: its own are deleted) by ``n`` made-up ones, ten or more.

    Vocabularies, référentiels and shared lists (glossary, exclusions, corrections) stay, their links redirected; former
    names go.
    Fiches cited by hand-written pages keep their id while there is room; beyond, these pages lose the link.
    """
    tirage = random.Random(graine)
    fiches = {
        kind: {p.stem: donnees_de(p) for p in sorted((projet / "fiches" / modele.PLURIEL).glob("*.yml"))}
        for kind, modele in TYPES.items()
    }
    nommees = _nommees(projet) & {id_ for faites in fiches.values() for id_ in faites}
    places = [
        (kind, *place)
        for kind, nombre in _repartir({kind: len(f) for kind, f in fiches.items()}, n).items()
        for place in _places(fiches[kind], nommees, nombre, tirage)
    ]
    renvois = _Renvois([(kind, patron, id_) for kind, patron, id_ in places], tirage)
    noms = [lieu.nom for lieu in Referentiels(projet / "fiches/referentiels").par_echelle("commune").values()]
    faites = []
    for kind, patron, id_ in places:
        donnees = copy.deepcopy(fiches[kind][patron])
        if id_ != patron:
            _deguiser(donnees, id_, tirage.choice(noms))
        donnees.pop("documents", None)  # the reference of the measure has none
        renvois.appliquer(TYPES[kind], donnees, id_)
        faites.append((kind, donnees))
    _sans_theme_orphelin([d for _, d in faites], donnees_de(projet / "fiches/vocabulaires/themes.yml")["valeurs"])
    for dossier in DOSSIERS:
        shutil.rmtree(projet / "fiches" / dossier, ignore_errors=True)
        (projet / "fiches" / dossier).mkdir()
    for kind, donnees in faites:
        _ecrire(projet / "fiches" / TYPES[kind].PLURIEL / f"{donnees['id']}.yml", donnees)
    # Former names of fiches that are no longer there.
    (projet / "fiches/renommees.yml").write_text("renommees: []\n", encoding="utf-8")
    adapter_pages(projet, nommees - {id_ for _, _, id_ in places})
    for chemin in sorted({*(projet / "fiches").glob("*.yml"), projet / "fiches" / MOTS_COURANTS}):
        modele = getattr(reperes, chemin.stem.title().replace("_", ""), None)  # glossaire.yml -> Glossaire
        if modele:
            commun = donnees_de(chemin)
            renvois.appliquer(modele, commun, "")
            _ecrire(chemin, commun)


def donnees_de(chemin: Path) -> Donnees:
    """Read the data of a YAML file, all text. Raises ValueError when it cannot be read."""
    brut, problemes = lire(chemin.name, chemin.read_bytes())
    if brut is None:
        raise ValueError("\n".join(map(str, problemes)))
    return brut.donnees


def adapter_pages(projet: Path, perdues: set[str]) -> None:
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


def _nommees(projet: Path) -> set[str]:
    """Ids that hand-written pages cite."""
    textes = [p.read_text(encoding="utf-8") for p in (projet / "docs").rglob("*.md")]
    menees = {id_ for texte in textes for motif in (_APPEL, _LIEN) for _, id_ in motif.findall(texte)}
    return menees | {id_ for texte in textes for ids in _COTE_A_COTE.findall(texte) for id_ in _ID.findall(ids)}


def _repartir(reelles: dict[str, int], n: int) -> dict[str, int]:
    """Share ``n`` fiches between kinds as the real base does, at least one of each."""
    parts = {kind: max(1, round(n * nombre / sum(reelles.values()))) for kind, nombre in reelles.items()}
    while sum(parts.values()) != n:
        parts[max(parts, key=lambda kind: parts[kind])] += 1 if sum(parts.values()) < n else -1
    return parts


def _places(patrons: Iterable[str], nommees: set[str], n: int, tirage: random.Random) -> list[tuple[str, str]]:
    """``n`` times a real id and a made-up one. Each serves once before any serves twice; those cited come first, with
    theirs."""
    citees = [id_ for id_ in patrons if id_ in nommees]
    autres = [id_ for id_ in patrons if id_ not in nommees]
    tirage.shuffle(autres)
    rangees = [*citees, *autres]
    tours = [(rang, rangees[rang % len(rangees)]) for rang in range(n)]
    return [(p, p if rang < len(citees) else f"{p[:60].strip('-')}-{rang + 1:04d}") for rang, p in tours]


class _Renvois:
    """Where links lead: another fiche made from the same real one, else any fiche of a kind admitted."""

    def __init__(self, places: Iterable[tuple[str, str, str]], tirage: random.Random) -> None:
        self.tirage = tirage
        self.par_patron: dict[str, list[str]] = defaultdict(list)
        self.par_type: dict[str, list[str]] = defaultdict(list)
        for kind, patron, id_ in places:
            self.par_patron[patron].append(id_)
            self.par_type[kind].append(id_)

    def appliquer(self, modele: type[Modele], donnees: Donnees, soi: str) -> None:
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


def _deguiser(donnees: Donnees, id_: str, lieu: str) -> None:
    """Give a copy its own name, and sources that are not those of its model."""
    donnees["id"] = id_
    donnees["titre"] = _suffixe(donnees["titre"], f", {lieu}")
    for source in donnees["sources"].values():
        source["titre"] = _suffixe(source["titre"], f" ({lieu})")
        if "url" in source:
            source["url"] = f"{source['url'].split('#')[0].rstrip('/')}/{id_}"


def _suffixe(texte: str, suffixe: str) -> str:
    return texte + suffixe if len(texte) + len(suffixe) <= LIBELLE_MAX else texte


def _sans_theme_orphelin(fiches: list[Donnees], themes: Iterable[str]) -> None:
    """Give to fiches, in turn, the themes that none bears: the rules refuse a theme without fiche."""
    portes = {theme for donnees in fiches for theme in donnees["themes"]}
    for rang, theme in enumerate(t for t in themes if t not in portes):
        fiches[rang % len(fiches)]["themes"].append(theme)


def _ecrire(chemin: Path, donnees: Donnees) -> None:
    texte = yaml.dump(donnees, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=110)
    chemin.write_text(texte, encoding="utf-8")


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
