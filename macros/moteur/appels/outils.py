"""Macros of the pages where a reader does something, and of what surrounds them."""

from __future__ import annotations

from macros.contribution import reperes_du_formulaire
from macros.modeles import TYPES, Kit
from macros.moteur.appels.declaration import MACROS, declarer
from macros.moteur.devoirs.editeur import CHAMPS, montrer
from macros.moteur.memoire import editeur as editeur_du_site
from macros.pages import listes
from macros.pages.composition import bloc
from macros.pages.outils import atelier, sept_questions
from macros.pages.outils import carte as plan_des_sites
from macros.pages.outils import facettes as trouver
from macros.pages.outils import ma_commune as communes
from macros.pages.vue import Vue


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
