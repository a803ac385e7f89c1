"""A file -> its drafts, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from macros.contribution.importation.brouillon import Brouillon
from macros.contribution.importation.completer import completer
from macros.contribution.importation.controle import oublies
from macros.contribution.importation.decoupe import choisir, decouper
from macros.contribution.importation.lignes import recoller, remettre_en_lignes
from macros.contribution.importation.ouverture import ouvrir
from macros.contribution.importation.placement import placer
from macros.contribution.importation.regles import Regles
from macros.contribution.importation.remplie import relire, type_de_fiche
from macros.contribution.importation.reparation import reparer, signaler
from macros.modeles.partage import IMPORTATION

FICHE = IMPORTATION.dire("fiche_a_remplir")


@dataclass(frozen=True)
class Importation:
    """What a file gave: how it was read (``nature``), its drafts, the mends, what the reader has to say."""

    fichier: str
    nature: str
    brouillons: tuple[Brouillon, ...]
    reparations: tuple[str, ...]
    remarques: tuple[str, ...]


def importer(nom: str, octets: bytes, regles: Regles, jour: str, type_: str | None = None) -> Importation:
    """Read a file. ``jour``: ISO date of the import. ``type_``: kind imposed. Raises DocumentRefuse."""
    document = ouvrir(nom, octets, regles["limites"])
    textes = [bloc.texte for bloc in document.blocs]
    reparations: list[str] = []
    remplie = type_de_fiche(document.blocs, regles)
    if remplie:
        nature, brouillons = FICHE, [relire(document.blocs, remplie, regles)]
    else:
        blocs = recoller(remettre_en_lignes(document.blocs), regles["lignes"], regles["creneaux"]["motif"])
        reparations = reparer(blocs, regles["reparations"])
        signaler(blocs, regles["reparations"], regles["sigles"])
        profil = choisir(blocs, regles, type_)
        nature = profil["nom"]
        brouillons = placer(decouper(blocs, profil, regles), profil, regles)
        brouillons[0].restes += [bloc.texte for bloc in blocs if bloc.genre == "marge"]
        perdus = oublies([b.texte for b in blocs], brouillons, reparations)
        brouillons[0].restes += perdus
        perdus = oublies(textes, brouillons, reparations)
        brouillons[0].restes += perdus
    for rang, brouillon in enumerate(brouillons):
        du_site = f"{brouillon.champs.get('titre', '')} {brouillon.champs.get('objet', '')}"
        entier = du_site if rang or remplie else "\n".join(textes)
        source = str(brouillons[0].champs.get("titre", document.nom))
        completer(brouillon, document.nom, "" if remplie else source, entier, jour, regles)
    return Importation(document.nom, nature, tuple(brouillons), tuple(reparations), tuple(document.remarques))
