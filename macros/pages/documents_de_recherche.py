"""Catalogue -> what the search knows of each fiche, term, theme and page. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from macros.catalogue.fige import Catalogue
from macros.catalogue.fraicheur import fin_de_vigueur
from macros.ecriture.normalisation import normaliser, plier
from macros.ecriture.rendu import adresse
from macros.ecriture.textes import texte_nu
from macros.ecriture.typographie import typographier
from macros.modeles import Chiffre, Dispositif, Fiche, Kit, Methode, Terme
from macros.modeles.parcours import occurrences
from macros.modeles.seances.durees import EN_MINUTES
from macros.modeles.types import Enonce
from macros.pages.faits_de_recherche import couts, faits, groupes, tailles

DUREES = {
    "moins-1h": "Moins d’une heure",
    "demi-journee": "D’une heure à une demi-journée",
    "journee": "Une journée",
    "quelques-jours": "Quelques jours",
    "quelques-mois": "Quelques semaines ou mois",
    "un-an": "Un an et plus",
}
"""Bands of durations, shortest first."""
_BORNES = (60, 240, 480, 4400, 105_000)
"""Longest minutes of each band but the last: an hour, four, eight, ten days of work, eleven months of them."""
_JOUR = EN_MINUTES["jour"]
_MINUTES = {**EN_MINUTES, "semaine": 5 * _JOUR, "mois": 65 * _JOUR / 3, "an": 260 * _JOUR}
NATIONAL = "national"


@dataclass(frozen=True)
class Document:
    """One result: ``uri`` is relative to the site, ``noms`` are what it is called beside its title.

    ``caches``: texts found and never shown (expansions of its names, keywords, what is close to them, surroundings), in
    the order in which the browser weighs them; the last ones may be missing.
    """

    uri: str
    type: str
    titre: str
    accroche: str
    blocs: tuple[str, ...] = ()
    noms: tuple[str, ...] = ()
    caches: tuple[str, ...] = ()
    nature: str = ""
    validite: str = ""
    fraicheur: str = ""
    fin: str = ""
    codes: tuple[str, ...] = ()
    lieux: tuple[str, ...] = ()
    faits: tuple[tuple[str, str], ...] = ()
    filtres: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def documents(catalogue: Catalogue) -> Iterator[Document]:
    """Yield everything of the catalogue that can be found."""
    glossaire = _Glossaire(catalogue.glossaire.termes)
    for fiche in catalogue.fiches.values():
        if fiche.etat == "publiee":
            yield _of_fiche(catalogue, fiche, glossaire)
    for terme in catalogue.glossaire.termes:
        yield _of_term(terme)
    for id_, valeur in catalogue.vocabulaires["themes"].valeurs.items():
        yield Document(
            uri=f"themes/{id_}/",
            type="theme",
            titre=typographier(valeur.libelle),
            accroche=typographier(valeur.definition or "Appuis, partenaires, méthodes, kits et exemples."),
            caches=("", " · ".join(valeur.synonymes)),
            filtres={"theme": (id_,)},
        )
    for id_, valeur in catalogue.vocabulaires["documents"].valeurs.items():
        yield Document(
            uri=f"kits/documents/#{id_}",
            type="document",
            titre=typographier(valeur.libelle),
            accroche=typographier(valeur.definition or ""),
            noms=valeur.synonymes,
        )


def _of_term(terme: Terme) -> Document:
    titre = f"{terme.terme} : {terme.developpement}" if terme.developpement else terme.terme
    return Document(
        uri=f"glossaire/#{terme.id}",
        type="terme",
        titre=typographier(titre),
        accroche=texte_nu(terme.definition),
        noms=(terme.terme, *filter(None, [terme.developpement]), *terme.synonymes),
    )


def _of_fiche(catalogue: Catalogue, fiche: Fiche, glossaire: _Glossaire) -> Document:
    libelles = [catalogue.libelle("themes", t) for t in fiche.themes]
    noms = _names(fiche)
    developpes = glossaire.de(fiche.id, noms)
    proches = glossaire.de("", fiche.mots_cles, exact=False)
    synonymes = [
        mot
        for nom, valeurs in (("themes", fiche.themes[:1]), ("phases", fiche.phases))
        for v in valeurs
        for mot in catalogue.vocabulaires[nom].valeurs[v].synonymes
    ]
    return Document(
        uri=adresse(fiche),
        type=fiche.type,
        titre=typographier(fiche.titre),
        accroche=texte_nu(fiche.accroche),
        blocs=tuple(_texts(fiche)),
        noms=noms[1:],
        caches=(
            " · ".join(developpes),
            " · ".join(fiche.mots_cles),
            " · ".join([*libelles[:1], *proches]),
            " · ".join([*libelles[1:], *synonymes, *_places(catalogue, fiche), *_durations_in_words(fiche)]),
        ),
        nature=nature(catalogue, fiche),
        validite=fiche.validite.etat,
        fraicheur=fraicheur(fiche),
        fin=fin_de_vigueur(fiche) or "",
        lieux=tuple(_places(catalogue, fiche)),
        codes=tuple(lieu.code for lieu in fiche.territoire.lieux if len(lieu.code) > 3),
        faits=faits(catalogue, fiche),
        filtres=filtres(catalogue, fiche),
    )


def filtres(catalogue: Catalogue, fiche: Fiche) -> dict[str, tuple[str, ...]]:
    """Return the value or values of each facet for a fiche."""
    return {
        "type": (fiche.type,),
        "theme": fiche.themes,
        "phase": fiche.phases,
        "public": fiche.publics,
        "duree": durees(fiche),
        "cout": couts(fiche),
        "taille": tailles(catalogue, fiche),
        "groupe": groupes(fiche),
        "departement": departements(catalogue, fiche),
        "validite": (fiche.validite.etat,),
    }


def fraicheur(fiche: Fiche) -> str:
    """Return the latest date that the fiche bears: its verification, or its most recent source."""
    dates = [fiche.verification.le, *(s.derniere_date for s in fiche.sources.values())]
    return max(d for d in dates if d)


def nature(catalogue: Catalogue, fiche: Fiche) -> str:
    """Return in words what the fiche is among its kind."""
    if isinstance(fiche, Dispositif):
        return typographier(catalogue.libelle("nature_appui", fiche.nature[0]))
    if isinstance(fiche, Methode):
        return typographier(catalogue.libelle("forme_methode", fiche.forme))
    if isinstance(fiche, Kit):
        return typographier(fiche.format)
    profondeur = getattr(fiche, "profondeur", None)
    if profondeur:
        return "Étude de cas" if profondeur == "cas" else "Repérage"
    return typographier(catalogue.libelle(f"nature_{fiche.type}", getattr(fiche, "nature", "")))


def departements(catalogue: Catalogue, fiche: Fiche) -> tuple[str, ...]:
    """Return the codes of the départements of the fiche, or « national »."""
    if fiche.territoire.echelle == "national":
        return (NATIONAL,)
    trouves = [catalogue.referentiels.trouver(fiche.territoire.echelle, lieu.code) for lieu in fiche.territoire.lieux]
    return tuple(dict.fromkeys(lieu.departement for lieu in trouves if lieu))


def durees(fiche: Fiche) -> tuple[str, ...]:
    """Return the bands in which the fiche falls: those of each figure, ends included."""
    touchees: set[int] = set()
    for court, long in _spans(fiche):
        touchees.update(range(_band(court), _band(long) + 1))
    return tuple(nom for rang, nom in enumerate(DUREES) if rang in touchees)


def _band(minutes: float) -> int:
    return next((rang for rang, borne in enumerate(_BORNES) if minutes <= borne), len(_BORNES))


def _spans(fiche: Fiche) -> Iterator[tuple[float, float]]:
    if isinstance(fiche, Kit):
        jours = [sum(s.duree for s in seance.sequences) for seance in fiche.seances if seance.sequences]
        if jours:
            total = float(jours[0]) if len(jours) == 1 else float(_JOUR) * len(jours)
            yield total, total
    for chiffre in _durations(fiche):
        minutes = _MINUTES.get(chiffre.unite)
        bornes = [v for v in (chiffre.valeur, chiffre.min, chiffre.max) if v is not None]
        if minutes and bornes:
            yield min(bornes) * minutes, max(bornes) * minutes


def _durations(fiche: Fiche) -> tuple[Chiffre, ...]:
    if isinstance(fiche, Methode):
        return fiche.duree
    return fiche.duree.chiffres if isinstance(fiche, Dispositif) and fiche.duree else ()


_NOMBRES = ("", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")


def _durations_in_words(fiche: Fiche) -> list[str]:
    """« 2 jours deux jours »: both ways to type a duration."""
    found: list[str] = []
    for chiffre in _durations(fiche):
        for valeur in {chiffre.valeur, chiffre.min, chiffre.max} - {None}:
            if valeur is not None and valeur == int(valeur):
                lettres = _NOMBRES[int(valeur)] if 0 < valeur < len(_NOMBRES) else ""
                unite = chiffre.unite if chiffre.unite.endswith("s") else f"{chiffre.unite}s"
                found.append(f"{int(valeur)} {unite} {lettres}".strip())
    return sorted(dict.fromkeys(found))


def _places(catalogue: Catalogue, fiche: Fiche) -> list[str]:
    noms = [lieu.nom for lieu in fiche.territoire.lieux]
    for code in departements(catalogue, fiche):
        lieu = catalogue.referentiels.departements.get(code)
        noms += [lieu.nom, code] if lieu else []
    return noms


def _names(fiche: Fiche) -> tuple[str, ...]:
    """Title, sigle, full name and synonyms: what must come first when typed exactly."""
    noms = [fiche.titre, getattr(fiche, "sigle", None), getattr(fiche, "nom_complet", None), *fiche.synonymes]
    # « Assistance à maîtrise d’ouvrage (AMO) », « World café (tables tournantes) »: each part is a name too.
    entre = re.findall(r"^(.{4,}?) \(([^()]{3,})\)$", fiche.titre)
    noms += [partie for paire in entre for partie in paire]
    distincts: dict[str, str] = {}
    for nom in filter(None, noms):
        distincts.setdefault(plier(normaliser(nom)), nom)
    return tuple(distincts.values())


_SANS_TEXTE = {
    *("id", "type", "titre", "accroche", "mots_cles", "synonymes", "territoire", "validite", "verification", "sources"),
    *("themes", "phases", "publics", "illustrations", "fiches_liees", "inconnues", "criteres", "etat", "questions"),
    "conditions_de_lieu",
}
_TITRES = ("titre", "libelle", "poste", "site")


def _texts(fiche: Fiche) -> Iterator[str]:
    """Statements of the fiche and titles of its parts, in the order of the fields."""
    vus: set[str] = set()
    for occurrence in occurrences(fiche):
        if isinstance(occurrence.marque, Enonce) and occurrence.chemin[0] not in _SANS_TEXTE:
            texte = texte_nu(occurrence.valeur)
            if texte not in vus:
                vus.add(texte)
                yield texte
    titres = [t for nom in type(fiche).model_fields if nom not in _SANS_TEXTE for t in _titles(getattr(fiche, nom))]
    if titres:
        yield typographier(" · ".join(dict.fromkeys(titres)))


def _titles(valeur: Any) -> Iterator[str]:
    if isinstance(valeur, BaseModel):
        for nom in type(valeur).model_fields:
            contenu = getattr(valeur, nom)
            if nom in _TITRES and isinstance(contenu, str):
                yield contenu
            else:
                yield from _titles(contenu)
    elif isinstance(valeur, tuple):
        for item in valeur:
            yield from _titles(item)


class _Glossaire:
    """Sigle <-> expansion, both ways, and the fiches that a term names."""

    def __init__(self, termes: Iterable[Terme]) -> None:
        self._formes: dict[str, set[str]] = {}
        self._de_fiche: dict[str, list[str]] = {}
        for terme in termes:
            formes = [terme.terme, *filter(None, [terme.developpement]), *terme.synonymes]
            for forme in formes:
                self._formes.setdefault(plier(normaliser(forme)), set()).update(formes)
            for id_ in terme.fiches[:2]:
                self._de_fiche.setdefault(id_, []).extend(formes)

    def de(self, fiche: str, textes: Iterable[str], *, exact: bool = True) -> list[str]:
        """Return the other forms of what ``textes`` say, without what they say already."""
        dits = [plier(normaliser(t)) for t in textes]
        formes = list(self._de_fiche.get(fiche, ()))
        for dit in dits:
            formes += sorted(self._formes.get(dit, ()))
            if not exact:
                formes += [f for mot in dit.split() for f in sorted(self._formes.get(mot, ()))]
        return [f for f in dict.fromkeys(formes) if plier(normaliser(f)) not in dits]
