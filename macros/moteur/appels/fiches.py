"""Macros that show fiches in a page, or name what they name."""

from __future__ import annotations

from macros.lecture.problemes import proche
from macros.modeles import TYPES
from macros.pages import listes
from macros.pages.declaration import declarer
from macros.pages.vue import Vue


@declarer(
    "Montre une fiche là où vous écrivez : en carte, en ligne de liste ou en simple lien. "
    "La vue « page » sert aux pages produites par le site.",
    "{{ fiche('atelier-flash') }}",
    {"id": "identifiant de la fiche (son nom de fichier sans .yml)", "vue": "carte (par défaut), ligne, lien ou page"},
)
def fiche(vue: Vue, id: str, vue_: str = "carte") -> str:
    """A fiche as a card, a row, or its whole page. Raises ValueError when unknown."""
    catalogue = vue.catalogue
    if id in catalogue.invalides:
        return f"<p>La fiche « {id} » contient des erreurs.</p>"
    if id not in catalogue.fiches:
        voisin = proche(id, catalogue.fiches)
        raise ValueError(f"fiche « {id} » inconnue." + (f" Vouliez-vous dire « {voisin} » ?" if voisin else ""))
    trouvee = catalogue.fiches[id]
    if vue_ == "ligne":
        return listes.groupees(vue, [trouvee], "lignes")
    if vue_ == "lien":
        return str(vue.ancre(id))
    if vue_ == "carte":
        return listes.cartes(vue, [trouvee])
    raise ValueError(f"vue « {vue_} » inconnue. Valeurs admises : carte, ligne, lien, page.")


@declarer(
    "Écrit un lien vers une fiche, à l’intérieur d’une phrase.",
    "Voir {{ lien_fiche('atelier-local') }}.",
    {"id": "identifiant de la fiche"},
    bloc=False,
)
def lien_fiche(vue: Vue, id: str) -> str:
    """An inline link."""
    return fiche(vue, id, "lien")


@declarer(
    "Liste les fiches qui répondent à tous les critères donnés.",
    "{{ liste_fiches(type='methode', theme='participation', vue='cartes') }}",
    {
        "type": ", ".join(TYPES),
        "theme": "identifiant d’un thème",
        "phase": "identifiant d’une étape du projet",
        "public": "identifiant d’un public",
        "validite": "en-vigueur, a-confirmer ou historique",
        "vue": "lignes (par défaut), plis, sauts (vers les groupes de la liste complète), cartes ou liens",
        "par": "groupement des lignes : nature_appui, nature_partenaire, forme, phase ou theme",
        "limite": "nombre de fiches au plus",
    },
)
def liste_fiches(
    vue: Vue,
    type: str | None = None,
    theme: str | None = None,
    phase: str | None = None,
    public: str | None = None,
    validite: str | None = None,
    vue_: str = "lignes",
    par: str | None = None,
    limite: int | None = None,
) -> str:
    """Fiches chosen by filters. Raises ValueError on an unknown value."""
    chosen = listes.choisir(vue.catalogue, type=type, theme=theme, phase=phase, public=public, validite=validite)[
        :limite
    ]
    if vue_ not in {*listes.GROUPEES, "cartes", "liens"}:
        raise ValueError(f"vue « {vue_} » inconnue. Valeurs admises : {', '.join(listes.GROUPEES)}, cartes, liens.")
    if not chosen:
        return "<p>Aucune fiche pour le moment.</p>"
    if vue_ in listes.GROUPEES:
        return listes.groupees(vue, chosen, vue_, par)
    return listes.cartes(vue, chosen) if vue_ == "cartes" else listes.liens(vue, chosen)


@declarer(
    "Écrit le nombre de fiches, toutes ou d’un type.",
    "{{ nombre_fiches('site') }}",
    {"type": "type de fiche, facultatif"},
    bloc=False,
)
def nombre_fiches(vue: Vue, type: str | None = None) -> str:
    """How many fiches."""
    return str(len(listes.choisir(vue.catalogue, type=type)))


@declarer(
    "Donne le sens d’un sigle, avec un lien vers le glossaire.",
    "{{ sigle('AMO') }}",
    {"terme": "sigle ou expression du glossaire"},
    bloc=False,
)
def sigle(vue: Vue, terme: str) -> str:
    """A sigle with its expansion. Raises ValueError when the glossary does not hold it."""
    from markupsafe import Markup

    from macros.ecriture.typographie import typographier

    found = next((t for t in vue.catalogue.glossaire.termes if t.terme == terme), None)
    if found is None:
        voisin = proche(terme, [t.terme for t in vue.catalogue.glossaire.termes])
        raise ValueError(
            f"« {terme} » n’est pas au glossaire." + (f" Vouliez-vous dire « {voisin} » ?" if voisin else "")
        )
    texte = f"{found.developpement} ({terme})" if found.developpement else terme
    return str(Markup('<a href="{}">{}</a>').format(vue.vers(f"glossaire/#{found.id}"), typographier(texte)))


@declarer(
    "Montre un thème : ses appuis, partenaires, méthodes, kits et exemples.",
    "{{ theme('friches-foncier') }}",
    {"id": "identifiant du thème", "vue": "page, pour les pages produites"},
)
def theme(vue: Vue, id: str) -> str:
    """Every fiche of a theme."""
    return listes.groupees(vue, listes.choisir(vue.catalogue, theme=id), "lignes")


@declarer("Affiche les tuiles des thèmes.", "{{ themes('sujet') }}", {"groupe": "sujet, maniere, ou rien pour tous"})
def themes(vue: Vue, groupe: str | None = None) -> str:
    """Tiles of the themes."""
    return listes.themes(vue, groupe)
