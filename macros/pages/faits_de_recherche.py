"""What decides, for each fiche: the few facts that a search result shows, and the facets that come from them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from macros.catalogue.fige import Catalogue
from macros.ecriture.textes import texte_nu
from macros.ecriture.typographie import date_lisible, enumerer, typographier
from macros.modeles import Action, Chiffre, Dispositif, Fiche, Kit, Methode, Partenaire, Site
from macros.pages.vue import quantite

LONGUEUR = 95
"""Characters of a fact; the fiche says the rest."""
GROUPES = {"petit": "Jusqu’à 12 personnes", "moyen": "De 13 à 40 personnes", "grand": "Plus de 40 personnes"}
_BORNES_DES_GROUPES = (12, 40)
COUTS = {"rien": "Rien à payer", "part": "Une part à payer"}
_RIEN = re.compile(r"^rien\b|\bne (?:coûte rien|se paie pas)\b|\bgratuit", re.IGNORECASE)


def faits(catalogue: Catalogue, fiche: Fiche) -> tuple[tuple[str, str], ...]:
    """Return (icon, text) of what decides: for whom, cost, duration, first contact."""
    return tuple((icone, _short(texte)) for icone, texte in _facts(catalogue, fiche) if texte)


def _facts(catalogue: Catalogue, fiche: Fiche) -> Iterator[tuple[str, str]]:
    if isinstance(fiche, Dispositif):
        en_bref = (
            ("personne", fiche.pour_qui),
            ("cout", fiche.cout),
            ("duree", fiche.duree),
            ("courrier", fiche.contact),
        )
        yield from ((icone, texte_nu(reponse.reponse)) for icone, reponse in en_bref if reponse)
    elif isinstance(fiche, Partenaire):
        yield "lieu", "" if fiche.territoire.echelle == "national" else _places(fiche)
        yield from (("cout", texte_nu(cout)) for cout in fiche.cout[:1])
        yield "duree", texte_nu(fiche.delai) if fiche.delai else ""
        contact = fiche.premier_contact
        yield "courrier", (contact.standard or contact.boite or "") if contact else ""
    elif isinstance(fiche, Methode | Kit):
        yield "duree", typographier(fiche.format) if isinstance(fiche, Kit) else _quantities(catalogue, fiche.duree)
        yield "personne", _quantities(catalogue, fiche.participants)
    elif isinstance(fiche, Site | Action):
        yield "lieu", _places(fiche)
        yield "date", _years(getattr(fiche, "annees", ()))


def _places(fiche: Fiche) -> str:
    return enumerer([typographier(lieu.nom) for lieu in fiche.territoire.lieux])


def _years(annees: Sequence[str]) -> str:
    """The dates, or the first and last years when they are many."""
    if len(annees) < 3:
        return enumerer([date_lisible(a) for a in annees])
    return f"{min(annees)[:4]} à {max(annees)[:4]}"


def _quantities(catalogue: Catalogue, chiffres: Iterable[Chiffre]) -> str:
    return next((quantite(catalogue, chiffre) for chiffre in chiffres), "")


def _short(texte: str) -> str:
    """Keep whole words, and no more than what a row can hold."""
    texte = texte.rstrip(".")
    if len(texte) <= LONGUEUR:
        return texte
    debut = texte[:LONGUEUR]
    coupe = max(debut.rfind(signe) for signe in (" ;", "\u202f;", ". ", " ("))
    return debut[:coupe].rstrip() if coupe > LONGUEUR // 3 else f"{debut[: debut.rfind(' ')].rstrip(' ,;:')}…"


def groupes(fiche: Fiche) -> tuple[str, ...]:
    """Return the sizes of group that a method or a kit is made for."""
    chiffres = fiche.participants if isinstance(fiche, Methode | Kit) else ()
    touches: set[int] = set()
    for chiffre in chiffres:
        bornes = [v for v in (chiffre.valeur, chiffre.min, chiffre.max) if v is not None]
        bas, haut = (sum(v > borne for borne in _BORNES_DES_GROUPES) for v in (min(bornes), max(bornes)))
        touches.update(range(0 if chiffre.min is None and chiffre.max is not None else bas, haut + 1))
    return tuple(nom for rang, nom in enumerate(GROUPES) if rang in touches)


def couts(fiche: Fiche) -> tuple[str, ...]:
    """Return whether something is left to pay, as far as the fiche says."""
    if isinstance(fiche, Dispositif):
        dit = fiche.cout.reponse if fiche.cout else ""
    else:
        dit = fiche.cout[0] if isinstance(fiche, Partenaire) and fiche.cout else ""
    return (("rien" if _RIEN.search(dit) else "part"),) if dit else ()


def tailles(catalogue: Catalogue, fiche: Fiche) -> tuple[str, ...]:
    """Return the sizes of commune for which an appui or a partner is meant, or that an example has."""
    bandes = catalogue.vocabulaires["reponses_population"].valeurs
    if isinstance(fiche, Dispositif | Partenaire):
        criteres = fiche.criteres if isinstance(fiche, Dispositif) else ()
        exigees = [c.parmi for c in criteres if c.question == "population"]
        return tuple(bande for bande in bandes if all(bande in parmi for parmi in exigees))
    if not isinstance(fiche, Site | Action) or fiche.territoire.echelle != "commune":
        return ()
    lieux = (catalogue.referentiels.trouver("commune", lieu.code) for lieu in fiche.territoire.lieux)
    populations = [lieu.population for lieu in lieux if lieu and lieu.population]
    planchers = {bande: valeur.plancher or 0 for bande, valeur in bandes.items()}
    atteintes = {max((b for b in bandes if planchers[b] <= p), key=planchers.__getitem__) for p in populations}
    return tuple(bande for bande in bandes if bande in atteintes)
