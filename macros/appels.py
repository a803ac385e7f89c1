"""The macros that pages call, each declared once with its French help and an example."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from macros import listes, pages
from macros.composition import bloc
from macros.contribution import annotee as guide
from macros.contribution import reperes_du_formulaire
from macros.devoirs.editeur import CHAMPS, montrer
from macros.memoire import editeur as editeur_du_site
from macros.memoire import memoire
from macros.modeles import TYPES, Kit
from macros.outils import atelier, sept_questions
from macros.outils import carte as plan_des_sites
from macros.outils import facettes as trouver
from macros.outils import ma_commune as communes
from macros.problemes import proche
from macros.vue import Vue

Fonction = Callable[..., str]


@dataclass(frozen=True)
class Macro:
    """A macro and what its documentation page says of it. ``bloc``: it stands alone on its line."""

    nom: str
    aide: str
    exemple: str
    parametres: dict[str, str]
    fonction: Fonction
    bloc: bool = True


MACROS: dict[str, Macro] = {}


def declarer(
    aide: str, exemple: str, parametres: dict[str, str] | None = None, bloc: bool = True
) -> Callable[[Fonction], Fonction]:
    """Register a function ``(vue, …) -> HTML`` as a macro of the pages."""

    def register(fonction: Fonction) -> Fonction:
        MACROS[fonction.__name__] = Macro(fonction.__name__, aide, exemple, parametres or {}, fonction, bloc)
        return fonction

    return register


def appeler(nom: str, uri: str, *args: Any, **kwargs: Any) -> str:
    """Run a macro for the page at ``uri``. Block macros leave a token that the hooks replace."""
    state = memoire()
    macro = MACROS[nom]
    if kwargs.get("vue_") == "page":
        faite = state.ailleurs(nom, args[0]) or pages.page(state.catalogue, nom, args[0], state.depot)
        return state.deposer_page(faite)
    try:
        html = macro.fonction(Vue(state.catalogue, uri, None, state.depot), *args, **kwargs)
    except (ValueError, KeyError) as erreur:
        if not state.patiente:
            raise
        html = f"<strong>À corriger dans la page : {escape(f'{nom} : {erreur}')}</strong>"
    return state.deposer(html) if macro.bloc else inerte(html)


_MARKDOWN = re.compile(r"[\\`*_{}\[\]()#+.!|~:^-]")
_BLANCS = re.compile(r"[^\S\u00a0\u202f]+")
"""Any blank but the unbreakable ones."""


def inerte(html: str) -> str:
    """Keep Markdown away from the text of a fiche written inside a sentence: what it would read becomes entities.

    A title may hold « [text](javascript:…) » or « {: onclick=… } »; Python-Markdown reads both around inline HTML.
    """
    parts = re.split(r"(<[^<>]*>)", _BLANCS.sub(" ", html).strip())
    parts[::2] = [_MARKDOWN.sub(lambda found: f"&#{ord(found[0])};", part) for part in parts[::2]]
    return "".join(parts)


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
        return listes.lignes(vue, [trouvee])
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
        "type": "dispositif, partenaire, action, site, methode ou kit",
        "theme": "identifiant d’un thème",
        "phase": "identifiant d’une étape du projet",
        "public": "identifiant d’un public",
        "validite": "en-vigueur, a-confirmer ou historique",
        "vue": "lignes (par défaut), cartes ou liens",
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
    if vue_ not in {"lignes", "cartes", "liens"}:
        raise ValueError(f"vue « {vue_} » inconnue. Valeurs admises : lignes, cartes, liens.")
    if not chosen:
        return "<p>Aucune fiche pour le moment.</p>"
    if vue_ == "lignes":
        return listes.lignes(vue, chosen, par)
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
    return listes.lignes(vue, listes.choisir(vue.catalogue, theme=id))


@declarer("Affiche les tuiles des thèmes.", "{{ themes('sujet') }}", {"groupe": "sujet, maniere, ou rien pour tous"})
def themes(vue: Vue, groupe: str | None = None) -> str:
    """Tiles of the themes."""
    return listes.themes(vue, groupe)


@declarer("Affiche le glossaire.", "{{ glossaire() }}")
def glossaire(vue: Vue) -> str:
    """The glossary."""
    return listes.glossaire(vue)


@declarer("Affiche toutes les sources, avec les fiches qui les citent.", "{{ bibliographie() }}")
def bibliographie(vue: Vue) -> str:
    """The sources."""
    return listes.bibliographie(vue)


@declarer(
    "Affiche les champs d’un type de fiche, d’après son modèle.",
    "{{ champs('dispositif') }}",
    {"type": "type de fiche"},
)
def champs(vue: Vue, type: str) -> str:
    """Table of the fields."""
    return listes.champs(vue, type)


@declarer(
    "Affiche les valeurs d’un vocabulaire.",
    "{{ vocabulaire('phases') }}",
    {"nom": "nom d’un fichier de fiches/vocabulaires/, sans .yml"},
)
def vocabulaire(vue: Vue, nom: str) -> str:
    """Table of the values."""
    return listes.vocabulaire(vue, nom)


@declarer(
    "Montre une vraie fiche champ par champ, avec une remarque pour chacun.",
    "{{ fiche_annotee('villages-avenir', {'cout': 'Ce qu’il y a de bien.'}) }}",
    {
        "id": "identifiant de la fiche",
        "remarques": "champ → remarque ; « champ.partie » pour n’en montrer qu’une partie",
    },
)
def fiche_annotee(vue: Vue, id: str, remarques: dict[str, str]) -> str:
    """A real fiche, annotated."""
    return guide.fiche_annotee(vue, id, remarques)


@declarer("Affiche ce qui n’est volontairement pas publié.", "{{ exclusions() }}")
def exclusions(vue: Vue) -> str:
    """What is left out."""
    return listes.exclusions(vue)


@declarer("Liste les documents à télécharger de chaque kit.", "{{ documents_des_kits() }}")
def documents_des_kits(vue: Vue) -> str:
    """The documents of every kit."""
    return listes.documents_des_kits(vue)


@declarer("Donne la fiche à remplir de chaque type, à télécharger.", "{{ fiches_a_remplir() }}")
def fiches_a_remplir(vue: Vue) -> str:
    """The sheet of each kind; says so when documents were not written, as in an engine without hooks."""
    return bloc("blocs/fiches_a_remplir.html", vue, fiches=vue.documents("fiche-a-remplir"))


@declarer("Affiche le journal des corrections.", "{{ corrections() }}")
def corrections(vue: Vue) -> str:
    """The corrections log."""
    return listes.corrections(vue)


@declarer("Affiche ce qui est rempli et ce qui manque, par type puis par fiche.", "{{ qualite() }}")
def qualite(vue: Vue) -> str:
    """Completeness of the base."""
    return listes.qualite(vue)


@declarer("Affiche la page d’accueil.", "{{ accueil() }}")
def accueil(vue: Vue) -> str:
    """The home page."""
    return listes.accueil(vue, vue.vers("trouver/"))


@declarer(
    "Donne à la page « Trouver » ses facettes, leurs libellés et leurs comptes. Rien ne s’affiche sans script.",
    "{{ facettes() }}",
)
def facettes(vue: Vue) -> str:
    """Facets of the search page, as data."""
    return trouver.facettes(vue)


@declarer(
    "Liste toutes les fiches par type, puis par premier thème : la page « Trouver » sans script.",
    "{{ liste_complete() }}",
)
def liste_complete(vue: Vue) -> str:
    """Every fiche, plainly."""
    return trouver.liste_complete(vue)


@declarer(
    "Montre une partie de la boîte à outils de la DDT(M) ; chaque partie a ses ancres et se lit sans script.",
    "{{ boite_a_outils('besoin') }}",
    {
        "partie": "renvois (vers chaque valeur, par défaut), croisement (besoins et étapes), besoin, phase, posture, "
        "fonction, ou enrichir (la séquence à mener avec les participants)"
    },
)
def boite_a_outils(vue: Vue, partie: str = "renvois") -> str:
    """A part of the toolbox. Raises ValueError on an unknown one."""
    return listes.boite(vue, partie)


@declarer(
    "Pose les sept questions, classe les appuis par leurs conditions et donne le mémo de premier contact ; sans script, "
    "les conditions se lisent appui par appui.",
    "{{ orientation() }}",
)
def orientation(vue: Vue) -> str:
    """The page « De quel appui avons-nous besoin ? »."""
    return sept_questions.orientation(vue)


@declarer(
    "Affiche le formulaire qui écrit une fiche ; sans script, il renvoie au guide et au modèle à recopier.",
    "{{ formulaire() }}",
)
def formulaire(vue: Vue) -> str:
    """The page « Écrire une fiche dans un formulaire »."""
    return bloc(
        "blocs/formulaire.html",
        vue,
        types=TYPES,
        usages=reperes_du_formulaire.USAGES,
        importation=reperes_du_formulaire.importation(),
    )


@declarer("Prépare le signalement d’une erreur : ticket si le dépôt est connu, courriel sinon.", "{{ signalement() }}")
def signalement(vue: Vue) -> str:
    """The ready ticket or mail of « Signaler une erreur »."""
    return bloc("blocs/signalement.html", vue, contact=editeur_du_site()["contact"])


@declarer(
    "Met des dispositifs côte à côte ; sur la page, le lecteur en choisit d’autres, de deux à quatre.",
    "{{ comparer('atelier-flash', 'atelier-local') }}",
    {"ids": "identifiants des dispositifs montrés d’abord"},
)
def comparer(vue: Vue, *ids: str) -> str:
    """Dispositifs side by side. Raises ValueError on an unknown one."""
    return listes.comparer(vue, ids)


@declarer("Dit sous quel délai chaque contenu est à revérifier, et ce qui l’est déjà.", "{{ fraicheur() }}")
def fraicheur(vue: Vue) -> str:
    """Delays, and what is due."""
    return listes.fraicheur(vue)


@declarer("Liste les fiches historiques, avec celle qui prend la suite.", "{{ historiques() }}")
def historiques(vue: Vue) -> str:
    """What no longer holds."""
    return listes.historiques(vue)


@declarer("Dit ce qui a changé, jour après jour : fiches écrites ou relues, corrections.", "{{ nouveautes() }}")
def nouveautes(vue: Vue) -> str:
    """What changed lately."""
    return listes.nouveautes(vue)


@declarer(
    "Affiche la page « Ma commune » : partenaires, appuis et exemples, que le script trie selon la commune choisie.",
    "{{ ma_commune() }}",
)
def ma_commune(vue: Vue) -> str:
    """Who can help a place."""
    return communes.ma_commune(vue)


@declarer("Dessine la carte des sites, avec sa légende et le tableau qui dit la même chose.", "{{ carte_exemples() }}")
def carte_exemples(vue: Vue) -> str:
    """The map of the sites and its table."""
    return plan_des_sites.carte_exemples(vue)


@declarer(
    "Donne la page « Composer mon atelier » ; sans script, elle renvoie aux kits et à leurs documents.",
    "{{ composeur() }}",
)
def composeur(vue: Vue) -> str:
    """The workshop composer."""
    return atelier.composeur(vue)


@declarer(
    "Écrit un champ de l’éditeur, donné dans mkdocs.yml (extra.editeur) ; « à renseigner avant publication » s’il est vide.",
    "{{ editeur('nom') }}",
    {"champ": "nom du champ : " + ", ".join(CHAMPS)},
    bloc=False,
)
def editeur(_vue: Vue, champ: str) -> str:
    """A field of the publisher, as a link when it can be written to. Raises ValueError on an unknown one."""
    return montrer(editeur_du_site(), champ)


@declarer(
    "Dit ce que l’appareil garde pour lire sans réseau, et permet d’en garder plus ou moins.", "{{ hors_ligne() }}"
)
def hors_ligne(vue: Vue) -> str:
    """What is kept on the device, filled in by the browser."""
    kits = [f for f in vue.catalogue.fiches.values() if isinstance(f, Kit) and f.etat == "publiee"]
    return bloc("blocs/hors_ligne.html", vue, kits=kits)


@declarer("Affiche cette documentation des macros.", "{{ liste_macros() }}")
def liste_macros(vue: Vue) -> str:
    """Documentation of the macros, from their declarations."""
    return bloc("blocs/macros.html", vue, macros=MACROS.values())


def uri_de(url: str) -> str:
    """Address of a MkDocs page, relative to the site, with its slash."""
    return url if url not in {".", "./"} else ""


__all__ = ["MACROS", "Macro", "appeler", "uri_de"]
