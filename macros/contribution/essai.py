"""One text tried as a fiche beside a catalogue already loaded: what « valider » would say of it, in milliseconds."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from macros.catalogue.brouillons import deja_pris, juger, mal_range, ouvrir, rapprocher
from macros.catalogue.fige import Catalogue
from macros.lecture.problemes import Probleme
from macros.regles import Reperes


class Essai:
    """A catalogue to try texts against. ``racine``: of the project (for its illustrations)."""

    def __init__(self, catalogue: Catalogue, racine: Path) -> None:
        self._catalogue = catalogue
        self._fichiers = {**catalogue.fichiers, **{i: inv.fichier for i, inv in catalogue.invalides.items()}}
        self._types = {i: f.type for i, f in catalogue.fiches.items()}
        self._types |= {i: invalide.type for i, invalide in catalogue.invalides.items()}
        self._illustrations = racine / "docs/assets/illustrations"

    def controler(self, fichier: str, octets: bytes) -> list[Probleme]:
        """Return every problem of ``octets`` as the file ``fichier`` (``fiches/methodes/x.yml``), sorted.

        The file may be new, or take the place of the one that the catalogue holds. Raises nothing on bad input.
        Only the rule about themes that no fiche bears, which looks at all files, is left out.
        """
        place = PurePosixPath(fichier)
        ailleurs = mal_range(fichier, place)
        if ailleurs:
            return [ailleurs]
        autre = self._fichiers.get(place.stem)
        modele, brouillon, problemes = ouvrir(fichier, place.parent.name, octets)
        if autre and autre != fichier:
            return sorted({*problemes, deja_pris(fichier, place.stem, autre)})
        if brouillon:
            types = {**self._types, place.stem: modele.TYPE}
            cat = self._catalogue
            reperes = Reperes(types, cat.vocabulaires, cat.referentiels, self._illustrations, cat.noms_actuels)
            problemes += [*juger(brouillon, reperes), *rapprocher(brouillon, cat.fiches)]
        return sorted(set(problemes))
