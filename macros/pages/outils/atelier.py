"""The pages « Composer mon atelier » and « Animer la journée » before their scripts: where their data are."""

from __future__ import annotations

from typing import Any

from macros.catalogue.fige import cle_de_tri
from macros.ecriture.typographie import typographier
from macros.modeles import Kit
from macros.pages.composition import bloc
from macros.pages.declaration import declarer
from macros.pages.outils.composeur import DONNEES, DOSSIER
from macros.pages.vue import Vue


@declarer(
    "Donne la page « Composer mon atelier » ; sans script, elle renvoie aux kits et à leurs documents.",
    "{{ composeur() }}",
)
def composeur(vue: Vue) -> str:
    """The whole page; without a script, the kits and their documents. What makes documents comes with its module."""
    kits = [f for f in vue.catalogue.fiches.values() if isinstance(f, Kit) and f.etat == "publiee"]
    return bloc(
        "blocs/composer.html",
        vue,
        kits=[_kit(vue, k) for k in sorted(kits, key=lambda k: cle_de_tri(k.titre))],
        donnees=vue.vers(DONNEES),
        dossier=vue.vers(f"{DOSSIER}/"),
        documents=vue.vers("kits/documents/"),
    )


@declarer(
    "Donne la page « Animer la journée » : le mode animateur, tenu dans le navigateur le jour de l’atelier.",
    "{{ animateur() }}",
)
def animateur(vue: Vue) -> str:
    """The whole page; without a script, it says where the sheet to print is."""
    return bloc("blocs/animer.html", vue, donnees=vue.vers(DONNEES), dossier=vue.vers(f"{DOSSIER}/"))


def _kit(vue: Vue, kit: Kit) -> dict[str, Any]:
    return {
        **vue.lien(kit.id),
        "id": kit.id,
        "format": typographier(kit.format),
        "accroche": vue.sans_notes(kit.accroche),
        "documents": bool(vue.documents(kit.id)),
    }
