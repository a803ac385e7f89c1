"""Catalogue -> the pages to generate. Pure: no engine, no file; the same pages can be written for another engine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from macros.catalogue.confiance import a_demander, phrase_de_confiance
from macros.catalogue.fige import Catalogue
from macros.catalogue.fraicheur import prochaine, trier_pour_lecture
from macros.catalogue.materiel import materiel_du_kit
from macros.ecriture.rendu import Depot, adresse
from macros.ecriture.sections import Page
from macros.ecriture.textes import texte_nu
from macros.ecriture.typographie import accorder, enumerer, typographier
from macros.modeles import TYPES, Fiche, Kit, Methode, Seance, Site
from macros.modeles.partage import COMMUN
from macros.modeles.seances import agenda, retroplanning
from macros.modeles.seances.animation import prete_a_animer
from macros.pages.apercu import durees
from macros.pages.composition import sections_de
from macros.pages.donnees_liees import Decrit
from macros.pages.outils.comparaison import Comparable, voisins
from macros.pages.outils.parcours import parcours
from macros.pages.parties import adresse_de, parties_de
from macros.pages.vue import Vue


@dataclass(frozen=True)
class Plan:
    """A page to generate, known without rendering it: its address, the file to edit, the macro that gives it."""

    uri: str
    source: str
    genre: str
    cle: str

    @property
    def appel(self) -> str:
        """The macro call that stands in the page, where ``cle`` is a variable: compiled once for all pages of a
        kind."""
        return f"{{{{ {self.genre}(cle, vue='page') }}}}"


def plans(catalogue: Catalogue) -> Iterator[Plan]:
    """Yield every generated page: those of each fiche (its messages when it is in error), one per theme, one per kind
    without a list."""
    for fiche in catalogue.fiches.values():
        for partie in parties_de(fiche):
            cle = f"{fiche.id}/{partie.cle}".rstrip("/")
            yield Plan(f"{fiche.PLURIEL}/{cle}/", catalogue.fichiers[fiche.id], "fiche", cle)
    for invalide in catalogue.invalides.values():
        yield Plan(f"{TYPES[invalide.type].PLURIEL}/{invalide.id}/", invalide.fichier, "fiche", invalide.id)
    for theme in catalogue.vocabulaires["themes"].valeurs if "themes" in catalogue.vocabulaires else ():
        yield Plan(f"themes/{theme}/", "fiches/vocabulaires/themes.yml", "theme", theme)
    for type_, modele in TYPES.items():
        if not modele.GENRE.liste_ecrite:
            yield Plan(f"{modele.PLURIEL}/", f"macros/modeles/genres/{type_}.py", "liste_fiches", type_)


def page(catalogue: Catalogue, genre: str, cle: str, depot: Depot | None = None) -> Page:
    """Render a planned page. Raises KeyError when nothing bears this key."""
    if genre == "theme":
        return page_theme(catalogue, cle, depot)
    if genre == "liste_fiches":
        return page_type(catalogue, cle, depot)
    if cle in catalogue.invalides:
        return page_erreur(catalogue, cle, depot)
    id_, _, partie = cle.partition("/")
    return page_fiche(catalogue, catalogue.fiches[id_], depot, partie)


def page_fiche(catalogue: Catalogue, fiche: Fiche, depot: Depot | None = None, cle: str = "") -> Page:
    """Render the page of a fiche, or a part of it. Raises StopIteration when it has no such part."""
    parties = parties_de(fiche)
    partie = next(p for p in parties if p.cle == cle)
    uri = adresse_de(fiche, cle)
    vue = Vue(catalogue, uri, fiche, depot, replie=not partie.entiere)
    contexte: dict[str, Any] = {
        "partie": partie,
        "volets": _tabs(vue, fiche, cle),
        "confiance": phrase_de_confiance(fiche),
        "manques": a_demander(fiche),
        "echeance": prochaine(fiche),
        "raconter": f"{vue.vers('contribuer/formulaire/')}?type=action&methode={fiche.id}",
        **(PREPARATIONS[fiche.type](catalogue, fiche) if fiche.type in PREPARATIONS else {}),
    }
    entete, sections = sections_de(vue, f"fiches/{fiche.type}.html", **contexte)
    rubrique, accueil = fiche.GENRE.rubrique
    fil = [(rubrique, accueil)]
    if accueil != f"{fiche.PLURIEL}/":
        fil.append((fiche.LIBELLE_PLURIEL, f"{fiche.PLURIEL}/"))
    voisins = {r.source for r in catalogue.entrantes.get(fiche.id, ())} | {
        r.cible for r in catalogue.sortantes.get(fiche.id, ())
    }
    titre, accroche = typographier(fiche.titre), texte_nu(fiche.accroche)
    if cle:
        fil.append((titre, adresse(fiche)))
    return Page(
        uri,
        f"{partie.titre} · {titre}" if cle else titre,
        f"{partie.titre}. {accroche}" if cle else accroche,
        entete,
        sections,
        fiche.type,
        f"{fiche.PLURIEL}/",
        tuple(fil),
        catalogue.fichiers.get(fiche.id, ""),
        frozenset(voisins | {fiche.id}),
        "" if cle else Decrit(catalogue, vue.depot.site, uri).fiche(fiche, fil),
        titre if cle else "",
        next((adresse_de(fiche, p.cle) for p in parties if p.entiere and p != partie), ""),
    )


def _tabs(vue: Vue, fiche: Fiche, ici: str) -> list[dict[str, Any]]:
    """Links to the pages of a fiche that has several. The first page also bears the anchors of the others: a link made
    when the fiche was one page still leads to its part, from there."""
    parties = [p for p in parties_de(fiche) if not p.entiere]
    return [
        {
            "titre": p.titre,
            "url": vue.vers(adresse_de(fiche, p.cle)),
            "ici": p.cle == ici,
            "ancres": [] if ici or not p.cle else page_fiche(vue.catalogue, fiche, vue.depot, p.cle).reperes,
        }
        for p in parties[: len(parties) if len(parties) > 1 else 0]
    ]


def page_erreur(catalogue: Catalogue, id_: str, depot: Depot | None = None) -> Page:
    """Render the messages of a fiche in error, at its own address."""
    invalide = catalogue.invalides[id_]
    modele = TYPES[invalide.type]
    vue = Vue(catalogue, f"{modele.PLURIEL}/{id_}/", None, depot)
    entete, sections = sections_de(vue, "erreur.html", problemes=invalide.problemes, fichier=invalide.fichier)
    rubrique, accueil = modele.GENRE.rubrique
    return Page(
        vue.uri,
        f"Fiche à corriger : {id_}",
        "Cette fiche contient des erreurs.",
        entete,
        sections,
        "",
        f"{modele.PLURIEL}/",
        ((rubrique, accueil),),
        invalide.fichier,
        frozenset({id_}),
    )


def page_type(catalogue: Catalogue, type_: str, depot: Depot | None = None) -> Page:
    """Render the list of a kind, for want of a hand-written page."""
    genre = TYPES[type_].GENRE
    vue = Vue(catalogue, f"{genre.pluriel}/", None, depot)
    entete, sections = sections_de(vue, "type.html", genre=genre, fiches=trier_pour_lecture(catalogue.du_type(type_)))
    titre, fil = typographier(genre.libelle_pluriel), (genre.rubrique,)
    return Page(
        vue.uri,
        titre,
        typographier(genre.phrase),
        entete,
        sections,
        "",
        vue.uri,
        fil,
        f"macros/modeles/genres/{type_}.py",
        frozenset(f.id for f in catalogue.du_type(type_)),
        Decrit(catalogue, vue.depot.site, vue.uri).liste(titre, typographier(genre.phrase), fil),
    )


def page_theme(catalogue: Catalogue, theme: str, depot: Depot | None = None) -> Page:
    """Render a theme: the course of a project, step by step; then everything, by kind."""
    valeur = catalogue.vocabulaires["themes"].valeurs[theme]
    uri = f"themes/{theme}/"
    vue = Vue(catalogue, uri, None, depot)
    fiches = [f for f in catalogue.fiches.values() if theme in f.themes]
    par_type = {
        m: trier_pour_lecture([f for f in fiches if f.type == m.TYPE], theme)
        for m in sorted(TYPES.values(), key=lambda m: m.GENRE.rang_theme)
    }
    etapes = parcours(catalogue, fiches, theme)
    entete, sections = sections_de(vue, "theme.html", theme=theme, valeur=valeur, par_type=par_type, etapes=etapes)
    titre = typographier(valeur.libelle)
    description = typographier(f"{valeur.libelle} : appuis, partenaires, méthodes, kits et exemples.")
    fil = (("Thèmes", "themes/"),)
    return Page(
        uri,
        titre,
        description,
        entete,
        sections,
        "",
        "themes/",
        fil,
        "fiches/vocabulaires/themes.yml",
        frozenset(f.id for f in fiches),
        Decrit(catalogue, vue.depot.site, uri).liste(titre, description, fil),
    )


def _for_site(catalogue: Catalogue, fiche: Fiche) -> dict[str, Any]:
    """Départements of the places, when the scale does not already say them, and inhabitants of the only one."""
    noms: list[str] = []
    if isinstance(fiche, Site) and fiche.territoire.echelle in {"commune", "epci"}:
        for lieu in fiche.territoire.lieux:
            endroit = catalogue.referentiels.trouver(fiche.territoire.echelle, lieu.code)
            departement = catalogue.referentiels.trouver("departement", endroit.departement) if endroit else None
            if departement:
                noms.append(typographier(f"{departement.nom} ({departement.code})"))
    ou = enumerer(list(dict.fromkeys(noms)))
    if isinstance(fiche, Site) and len(noms) == len(fiche.territoire.lieux) == 1 and not fiche.population:
        endroit = catalogue.referentiels.trouver(fiche.territoire.echelle, fiche.territoire.lieux[0].code)
        if endroit and endroit.population:
            ou += f", {accorder(endroit.population, 'habitant')}"
    return {"departements": ou}


def _for_methode(catalogue: Catalogue, fiche: Fiche) -> dict[str, Any]:
    """Whether it can be run as it stands, and the real places and actions that say they used it."""
    if not isinstance(fiche, Methode):
        return {}
    entrantes = [r for r in catalogue.entrantes.get(fiche.id, ()) if r.champ == "methodes"]
    vue = Vue(catalogue, "")
    return {
        "prete": prete_a_animer(fiche),
        "temps": re.sub(r"\bminutes?\b", "min", re.sub(r"\bheures?\b", "h", next(iter(durees(vue, fiche)), ""))),
        "groupe": re.sub(r"\W+(personne|participant)s?$", "", vue.quantite(fiche.participants[0]))
        if fiche.participants
        else "",
        "mallette": _in_a_line([m.nom for m in fiche.materiel]),
        "usages": [r.source for r in entrantes if catalogue.fiches[r.source].type in {"site", "action"}],
        "retour_attendu": fiche.forme not in {"conseil", "document", "outil-numerique"},
    }


def _in_a_line(noms: list[str], place: int = 44) -> str:
    """« Feuille d’observation, carte de base et 4 autres »: what fits in a line of a phone (``place`` letters)."""
    courts = [re.split(r"[,(;:.]", texte_nu(nom))[0].strip() for nom in noms]
    courts = (
        [courts[0], *(mot[:1].lower() + mot[1:] if mot[1:2].islower() else mot for mot in courts[1:])] if courts else []
    )
    dits = [mot for rang, mot in enumerate(courts) if not rang or len(", ".join(courts[: rang + 1])) < place]
    reste = len(courts) - len(dits)
    return f"{', '.join(dits)} et {accorder(reste, 'autre')}" if reste else enumerer(dits)


ETENDUE = 600
"""Minutes that the drawing of a day shows over its whole width: an hour is as long on all kits."""


def _for_kit(catalogue: Catalogue, fiche: Fiche) -> dict[str, Any]:
    if not isinstance(fiche, Kit):
        return {}
    roles = {r.id: r.titre for r in fiche.roles}
    jours = [_day(seance, roles) for seance in fiche.seances]
    return {
        "jours": jours,
        "etendue": max(
            [ETENDUE, *(j["heures"][-1]["minute"] - j["heures"][0]["minute"] for j in jours if j["heures"])]
        ),
        "retroplanning": retroplanning.blocs(fiche),
        "materiel": materiel_du_kit(fiche, catalogue.fiches),
    }


def _day(seance: Seance, roles: dict[str, str]) -> dict[str, Any]:
    """Everything a template needs to draw a séance: slots with their number and time, ruler of hours."""
    placed = agenda.creneaux(seance)
    sequences, frise, numero = [], [], 0
    for rang, sequence in enumerate(seance.sequences):
        pause = sequence.modalite == "pause"
        numero += int(not pause)
        heure = agenda.heure_lisible(placed[rang].debut) if placed else ""
        sequences.append(
            {
                "sequence": sequence,
                "numero": numero,
                "heure": heure,
                "roles": [roles.get(r, r) for r in sequence.roles],
            }
        )
        if placed:
            frise.append(
                {
                    "numero": numero,
                    "titre": typographier(sequence.titre),
                    "debut_min": placed[rang].debut,
                    "duree_min": sequence.duree,
                    "ruban": COMMUN["rubans"][sequence.modalite],
                }
            )
    if not placed:
        return {
            "seance": seance,
            "creneaux": [],
            "sequences": sequences,
            "frise": [],
            "heures": [],
            "horaire": "",
            "sous_titre": "",
        }
    start, end = placed[0].debut, placed[-1].fin
    terrain = sum(s.duree for s in seance.sequences if s.modalite == "terrain")
    pauses = sum(s.duree for s in seance.sequences if s.modalite == "pause")
    parts = [f"{agenda.duree_lisible(terrain)} de terrain"] if terrain else []
    parts += [f"{agenda.duree_lisible(pauses)} de pause"] if pauses else []
    detail = f", dont {enumerer(parts)}" if parts else ""
    horaire = f"{agenda.heure_lisible(start)} – {agenda.heure_lisible(end)}"
    hours = [start, *range((start // 60 + 1) * 60, end, 60), end]
    return {
        "seance": seance,
        "creneaux": placed,
        "sequences": sequences,
        "frise": frise,
        "heures": [{"texte": agenda.heure_lisible(m), "minute": m} for m in dict.fromkeys(hours)],
        "horaire": horaire,
        "sous_titre": horaire + detail,
    }


def _for_comparable(catalogue: Catalogue, fiche: Fiche) -> dict[str, Any]:
    return {"voisins": voisins(catalogue, fiche) if isinstance(fiche, Comparable) else []}


PREPARATIONS: dict[str, Callable[[Catalogue, Fiche], dict[str, Any]]] = {
    "dispositif": _for_comparable,
    "partenaire": _for_comparable,
    "site": _for_site,
    "kit": _for_kit,
    "methode": _for_methode,
}
