"""Answers to the macros that list: fiches, themes, glossary, sources, fields. Pure: catalogue and view in, HTML out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from macros.catalogue.confiance import date_de_source
from macros.catalogue.fige import Catalogue, cle_de_tri
from macros.catalogue.fraicheur import trier_pour_lecture
from macros.ecriture.typographie import typographier
from macros.modeles import TYPES, Fiche
from macros.modeles.communs import Fiche as FicheCommune
from macros.pages.apercu import durees, faits_outil
from macros.pages.composition import bloc
from macros.pages.declaration import declarer
from macros.pages.outils import boite as outillage
from macros.pages.outils import comparaison
from macros.pages.vue import Vue


def choisir(catalogue: Catalogue, **filtres: str | None) -> list[Fiche]:
    """Return the fiches that satisfy every filter given: type, theme, phase, public, validite.

    Raises ValueError, in French, when a value is unknown: a typing error must not give an empty page.
    """
    admis = {"type": set(TYPES), "validite": {"en-vigueur", "historique", "a-confirmer"}}
    for filtre, nom in (("theme", "themes"), ("phase", "phases"), ("public", "publics")):
        admis[filtre] = set(catalogue.vocabulaires[nom].valeurs)
    for filtre, valeur in filtres.items():
        if valeur is not None and valeur not in admis[filtre]:
            raise ValueError(f"{filtre} « {valeur} » inconnu. Valeurs admises : {', '.join(sorted(admis[filtre]))}.")
    found = [f for f in catalogue.fiches.values() if _matches(f, filtres)]
    return trier_pour_lecture(found, filtres.get("theme") or "")


def _matches(fiche: Fiche, filtres: dict[str, str | None]) -> bool:
    tests: dict[str, Callable[[str], bool]] = {
        "type": lambda v: fiche.type == v,
        "theme": lambda v: v in fiche.themes,
        "phase": lambda v: v in fiche.phases,
        "public": lambda v: v in fiche.publics,
        "validite": lambda v: fiche.validite.etat == v,
    }
    return all(valeur is None or tests[nom](valeur) for nom, valeur in filtres.items())


@declarer("Liste les documents à télécharger de chaque kit.", "{{ documents_des_kits() }}")
def documents_des_kits(vue: Vue) -> str:
    """The documents of each kit; nothing when documents were not written, as in an engine without hooks."""
    return bloc(
        "blocs/documents.html", vue, kits=[k for k in choisir(vue.catalogue, type="kit") if vue.documents(k.id)]
    )


GROUPEES = ("lignes", "plis", "sauts")
"""Shapes of a list in groups: rows, titles folded under each of their values, links to the groups of the full list."""


def groupees(vue: Vue, fiches: list[Fiche], forme: str, par: str | None = None) -> str:
    """A list in groups: one a kind, or by the values of a vocabulary (see ``GROUPEMENTS``)."""
    return bloc(f"blocs/{forme}.html", vue, groupes=_groups(vue, fiches, par, partout=forme == "plis"))


def _groups(vue: Vue, fiches: list[Fiche], par: str | None, partout: bool = False) -> list[dict[str, Any]]:
    """``partout``: a fiche stands under each of its values, not under the first alone."""
    if par is None:
        by_type = groupby(sorted(fiches, key=lambda f: list(TYPES).index(f.type)), key=lambda f: f.type)
        return [
            {"type": t, "titre": TYPES[t].LIBELLE_PLURIEL, "id": TYPES[t].PLURIEL, "fiches": list(g)}
            for t, g in by_type
        ]
    vocabulaire, champ = GROUPEMENTS[par]
    found = []
    for valeur, detail in vue.catalogue.vocabulaires[vocabulaire].valeurs.items():
        members = [f for f in fiches if valeur in _values(getattr(f, champ, None), partout)]
        if members:
            found.append(
                {"type": members[0].type, "titre": detail.libelle, "id": f"par-{par}-{valeur}", "fiches": members}
            )
    return found


GROUPEMENTS = {
    "nature_appui": ("nature_appui", "nature"),
    "nature_partenaire": ("nature_partenaire", "nature"),
    "forme": ("forme_methode", "forme"),
    "phase": ("phases", "phases"),
    "theme": ("themes", "themes"),
}
"""How rows may be grouped -> (vocabulary, field); a fiche with several values stands under its first."""


def _values(valeur: Any, toutes: bool) -> tuple[Any, ...]:
    valeurs = valeur if isinstance(valeur, tuple) else (valeur,)
    return valeurs if toutes else valeurs[:1]


@declarer("Affiche le glossaire.", "{{ glossaire() }}")
def glossaire(vue: Vue) -> str:
    """The glossary, by initial."""
    termes = sorted(vue.catalogue.glossaire.termes, key=lambda t: cle_de_tri(t.terme))
    vue.notes.ajouter("glo", vue.catalogue.glossaire.sources) if vue.notes.entrees else vue.notes.entrees.update(
        {k: (n, s) for n, (k, s) in enumerate(vue.catalogue.glossaire.sources.items(), 1)}
    )
    groupes = [
        {"initiale": k, "termes": list(g)} for k, g in groupby(termes, key=lambda t: cle_de_tri(t.terme)[:1].upper())
    ]
    return bloc("blocs/glossaire.html", vue, groupes=groupes)


@declarer("Affiche toutes les sources, avec les fiches qui les citent.", "{{ bibliographie() }}")
def bibliographie(vue: Vue) -> str:
    """Every source, once, with the fiches that use it."""
    usages: dict[tuple[str, str, str], dict[str, Any]] = {}
    for fiche in vue.catalogue.fiches.values():
        for source in fiche.sources.values():
            key = (source.editeur, source.titre, source.url or source.document or "")
            row = usages.setdefault(key, {"source": source, "date": date_de_source(source), "fiches": {}})
            row["fiches"][fiche.id] = fiche
    by_editor: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for (editeur, *_), row in sorted(usages.items(), key=lambda item: [cle_de_tri(p) for p in item[0]]):
        by_editor[editeur].append(row)
    editeurs: list[dict[str, Any]] = [
        {"rang": n, "nom": nom, "lignes": rows} for n, (nom, rows) in enumerate(by_editor.items(), 1)
    ]
    initiales = [(k, list(g)) for k, g in groupby(editeurs, key=lambda e: cle_de_tri(e["nom"])[:1].upper())]
    return bloc("blocs/bibliographie.html", vue, initiales=initiales, total=len(usages))


def themes(vue: Vue, groupe: str | None = None) -> str:
    """Tiles of the themes, with the number of fiches."""
    counts: dict[str, int] = defaultdict(int)
    for fiche in vue.catalogue.fiches.values():
        for theme in fiche.themes:
            counts[theme] += 1
    return bloc("blocs/themes.html", vue, tuiles=tuiles_themes(vue, groupe), comptes=counts)


def tuiles_themes(vue: Vue, groupe: str | None = None, limite: int | None = None) -> list[dict[str, str]]:
    """Icon, title, link and words of each theme."""
    valeurs = vue.catalogue.vocabulaires["themes"].valeurs.items()
    chosen = [(k, v) for k, v in valeurs if groupe is None or v.groupe == groupe][:limite]
    return [
        {
            "id": k,
            "icone": f"theme-{k}",
            "titre": typographier(v.libelle),
            "url": vue.vers(f"themes/{k}/"),
            "mots": typographier(", ".join(v.synonymes[:3])),
        }
        for k, v in chosen
    ]


def cartes(vue: Vue, fiches: Iterable[Fiche]) -> str:
    """Cards."""
    return bloc("blocs/cartes.html", vue, cartes=[vue.carte(f.id) for f in fiches])


def liens(vue: Vue, fiches: Iterable[Fiche]) -> str:
    """A plain list of links."""
    return bloc("blocs/liens.html", vue, liens=[vue.lien(f.id) for f in fiches])


@declarer(
    "Affiche les champs d’un type de fiche, d’après son modèle.",
    "{{ champs('dispositif') }}",
    {"type": "type de fiche"},
)
def champs(vue: Vue, type: str) -> str:
    """Fields of a kind, from its model: name, help, whether it must be there, a real example."""
    import json

    modele = TYPES[type]
    communs = set(FicheCommune.model_fields)
    rows = [
        {
            "nom": nom,
            "aide": info.description,
            "obligatoire": info.is_required(),
            "commun": nom in communs and nom != "type",
            "exemple": json.dumps(info.examples[0], ensure_ascii=False) if info.examples else "",
        }
        for nom, info in modele.model_fields.items()
    ]
    return bloc("blocs/champs.html", vue, lignes=rows, libelle=modele.LIBELLE)


@declarer(
    "Affiche les valeurs d’un vocabulaire.",
    "{{ vocabulaire('phases') }}",
    {"nom": "nom d’un fichier de fiches/vocabulaires/, sans .yml"},
)
def vocabulaire(vue: Vue, nom: str) -> str:
    """Values of a controlled list."""
    return bloc("blocs/vocabulaire.html", vue, liste=vue.catalogue.vocabulaires[nom])


@declarer("Affiche ce qui n’est volontairement pas publié.", "{{ exclusions() }}")
def exclusions(vue: Vue) -> str:
    """What is left out on purpose, and why."""
    return bloc("blocs/exclusions.html", vue, exclusions=vue.catalogue.exclusions.exclusions)


@declarer(
    "Met des dispositifs, ou des partenaires, côte à côte ; le lecteur en choisit d’autres, de deux à quatre.",
    "{{ comparer('atelier-flash', 'atelier-local') }}",
    {"ids": "identifiants des fiches montrées d’abord, d’un même type"},
)
def comparer(vue: Vue, *ids: str) -> str:
    """Fiches of a kind side by side, and every other one ready to take a place. Raises ValueError on an unknown one."""
    trouvees = [f for i in ids if (f := vue.catalogue.fiches.get(i))]
    fiches = comparaison.comparables(vue.catalogue, trouvees[0].type if trouvees else "dispositif")
    connus = {f.id for f in fiches}
    if inconnus := [i for i in ids if i not in connus and i not in vue.catalogue.invalides]:
        raise ValueError(f"« {inconnus[0]} » : fiche inconnue, non publiée, ou d’un autre type.")
    colonnes = {f.id: comparaison.colonne(vue.catalogue, f, vue.uri, vue.depot) for f in fiches}
    montrees = [colonnes[i] for i in ids if i in connus]
    return bloc(
        "blocs/comparer.html",
        vue,
        nom=TYPES[fiches[0].type].LIBELLE.lower(),
        colonnes=colonnes,
        montrees=montrees,
        rangees=comparaison.tableau(montrees),
        maximum=comparaison.MAXIMUM,
    )


@declarer(
    "Montre une partie de la boîte à outils de la DDT(M) ; chaque partie a ses ancres et se lit sans script.",
    "{{ boite_a_outils('besoin') }}",
    {"partie": "croisement (besoins et étapes), besoin, phase, posture ou fonction"},
)
def boite_a_outils(vue: Vue, partie: str) -> str:
    """A part of the toolbox of the DDT(M). Raises ValueError when no part bears this name."""
    if partie not in PARTIES:
        raise ValueError(f"partie « {partie} » inconnue. Valeurs admises : {', '.join(PARTIES)}.")
    contexte = {"boite": outillage.lire(vue.catalogue), "durees": durees, "faits_outil": faits_outil}
    return bloc("blocs/boite.html", vue, partie=partie, **contexte)


PARTIES = ("croisement", "besoin", "phase", "posture", "fonction")
"""Parts of the toolbox that a page may show."""


@declarer("Donne la fiche à remplir de chaque type, à télécharger.", "{{ fiches_a_remplir() }}")
def fiches_a_remplir(vue: Vue) -> str:
    """The sheet of each kind; says so when documents were not written, as in an engine without hooks."""
    return bloc("blocs/fiches_a_remplir.html", vue, fiches=vue.documents("fiche-a-remplir"))


@declarer(
    "Dit ce que l’appareil garde pour lire sans réseau, et permet d’en garder plus ou moins.", "{{ hors_ligne() }}"
)
def hors_ligne(vue: Vue) -> str:
    """What is kept on the device, filled in by the browser."""
    kits = [f for f in vue.catalogue.du_type("kit") if f.etat == "publiee"]
    return bloc("blocs/hors_ligne.html", vue, kits=kits)
