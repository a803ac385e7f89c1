"""Read every fiche once, check it alone and with the others, resolve references, and freeze the catalogue."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from macros.catalogue.brouillons import deja_pris, juger, lire_octets, mal_range, ouvrir, ouvrir_partage, rapprocher
from macros.catalogue.fige import Catalogue, Invalide, cle_de_tri
from macros.catalogue.mots_courants import FICHIER as MOTS_COURANTS
from macros.catalogue.mots_courants import fautes
from macros.catalogue.relations import relations
from macros.catalogue.relecture import Relecture
from macros.lecture.brute import Brut, lire
from macros.lecture.lieux.referentiels import Referentiels
from macros.lecture.problemes import Position, Probleme, absente, nom_de_champ
from macros.lecture.validation import M
from macros.modeles import TYPES, Corrections, Exclusions, Fiche, Glossaire, ListeDeValeurs, MotsCourants, Renommees
from macros.modeles.parcours import marques, occurrences
from macros.modeles.partage import FICHE
from macros.modeles.types import Reference, Vocabulaire
from macros.regles import Brouillon, Lue, Reperes
from macros.regles.citations import cles_citees, hote_faible
from macros.regles.orientation import REPONSES
from macros.regles.renommages import Renommage, suivre


def charger(
    racine: Path, autres: Iterable[Path] = (), relecture: Relecture | None = None
) -> tuple[Catalogue, list[Probleme]]:
    """Read and check ``racine``/fiches, plus the files ``autres`` (tried as if they were added).

    ``relecture``: what a previous loading found, so that only what changed is read again. Return the catalogue of what
    is valid and every problem found, sorted. Raises nothing on a file, whatever it holds, opened or not.
    """
    return _Chargement(racine, relecture or Relecture()).run(autres)


THEME_ORPHELIN = "aucune fiche ne porte ce thème. Donnez-le à une fiche, ou retirez-le de la liste."


_PARTAGES = {"glossaire.yml", "exclusions.yml", "corrections.yml", "renommees.yml"}
"""Files of ``fiches/`` that hold no fiche."""
_LAISSES = re.compile(
    r"\..*|.*~|#.*#|.*\.(?:sw[a-z]|bak|orig|rej|tmp)|Thumbs\.db|desktop\.ini|Icon\r?|4913", re.IGNORECASE
)
"""What systems and editors leave beside the files that one opens: never a fiche."""
PAS_UN_FICHIER = "un raccourci vers un autre fichier n’est pas lu. Mettez à sa place le fichier lui-même."
PARTAGE_ABSENT = "ce fichier manque. Remettez-le tel qu’il est dans le dépôt, même sans entrée."
VOCABULAIRES = frozenset(
    marque.nom for modele in TYPES.values() for marque in marques(modele) if isinstance(marque, Vocabulaire)
).union(REPONSES.values())
"""Lists without which no fiche can be judged."""


class _Chargement:
    """State of one loading, dropped once the catalogue is frozen."""

    def __init__(self, racine: Path, relecture: Relecture) -> None:
        self.racine = racine
        self.relecture = relecture
        self.dossier = racine / "fiches"
        self.problemes: list[Probleme] = []

    def run(self, autres: Iterable[Path]) -> tuple[Catalogue, list[Probleme]]:
        vocabulaires = self._vocabularies()
        if manquants := VOCABULAIRES - vocabulaires.keys():
            # No fiche can be judged without its lists: what is wrong with them is said, and nothing else.
            self.problemes += [_sans_vocabulaire(nom) for nom in sorted(manquants) if not self._dits(nom)]
            return self._rien(vocabulaires), sorted(set(self.problemes))
        referentiels = self._referentiels()
        brouillons, types, lieux = self._fiches([*self._files(), *autres])
        lues = [b for b in brouillons if isinstance(b, Lue)]
        renommees = self._renamed(types)
        noms = {ancien: renommage.nouveau for ancien, renommage in renommees.items()}
        reperes = Reperes(types, vocabulaires, referentiels, self.racine / "docs/assets/illustrations", noms)
        fiches = {lue.fiche.id: lue.fiche for lue in lues}
        for brouillon in brouillons:
            self.problemes += self.relecture.juger(brouillon, reperes, partial(juger, brouillon, reperes))
            self.problemes += rapprocher(brouillon, fiches)
        glossaire = self._shared("glossaire.yml", Glossaire, Glossaire(sources={}, termes=()), types, noms)
        exclusions = self._shared("exclusions.yml", Exclusions, Exclusions(exclusions=()), types, noms)
        corrections = self._shared("corrections.yml", Corrections, Corrections(corrections=()), types, noms)
        courants = self._everyday_words(types, noms, vocabulaires)
        self._orphans(brouillons, fiches, vocabulaires)
        invalides = self._invalid(lieux)
        valides = sorted((f for f in lues if f.fiche.id not in invalides), key=lambda lue: cle_de_tri(lue.fiche.titre))
        sortantes, entrantes = relations(valides)
        catalogue = Catalogue(
            {lue.fiche.id: lue.fiche for lue in valides},
            {lue.fiche.id: lue.fichier for lue in valides},
            {lue.fiche.id: lue.brut.json for lue in valides},
            invalides,
            vocabulaires,
            glossaire,
            exclusions,
            corrections,
            referentiels,
            sortantes,
            entrantes,
            renommees,
            courants.mots_courants,
            {lue.fiche.id: lue.brut.octets for lue in valides},
        )
        return catalogue, sorted(set(self.problemes))

    def _dits(self, nom: str) -> bool:
        """Whether something was already said of the vocabulary ``nom``."""
        return any(p.fichier == f"fiches/vocabulaires/{nom}.yml" for p in self.problemes)

    def _rien(self, vocabulaires: Mapping[str, ListeDeValeurs]) -> Catalogue:
        """A catalogue without fiches."""
        return Catalogue(
            {},
            {},
            {},
            {},
            dict(vocabulaires),
            Glossaire(sources={}, termes=()),
            Exclusions(exclusions=()),
            Corrections(corrections=()),
            Referentiels(self.dossier / "referentiels"),
            {},
            {},
        )

    def _files(self) -> list[Path]:
        """Every file that should be a fiche; complains about what leads out of the folder."""
        found = []
        for path in sorted(self.dossier.rglob("*")):
            relative = path.relative_to(self.dossier)
            if (
                (path.is_dir() and not path.is_symlink())
                or relative.parts[0] in {"vocabulaires", "referentiels"}
                or _LAISSES.fullmatch(path.name)
            ):
                continue
            if len(relative.parts) == 1 and path.name in _PARTAGES:
                continue
            if path.is_symlink() or not path.is_file():
                nom = path.relative_to(self.racine).as_posix()
                self.problemes.append(Probleme(nom, Position(), "", PAS_UN_FICHIER))
                continue
            found.append(path)
        return found

    def _referentiels(self) -> Referentiels:
        dossier = self.dossier / "referentiels"
        etats = tuple((p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in sorted(dossier.glob("*")))
        referentiels = self.relecture.lire("referentiels", etats, lambda: Referentiels(dossier))
        self.problemes += referentiels.problemes()
        return referentiels

    def _octets(self, path: Path) -> bytes | None:
        """Content of a file; None when it went away since it was listed, or cannot be opened (which is said)."""
        try:
            return lire_octets(path)
        except FileNotFoundError:
            return None
        except OSError as erreur:
            message = f"fichier illisible ({erreur.strerror}). Vérifiez qu’il en est un et que vous pouvez le lire."
            self.problemes.append(Probleme(self._nom(path), Position(), "", message))
            return None

    def _own(self, path: Path) -> bytes | None:
        """Content of a shared file; None, and a complaint, when a link leads elsewhere."""
        if not (path.is_symlink() or path.parent.is_symlink()):
            return self._octets(path)
        self.problemes.append(Probleme(self._nom(path), Position(), "", PAS_UN_FICHIER))
        return None

    def _nom(self, path: Path) -> str:
        """Name of a file in the project; its own path when it is tried from elsewhere."""
        if path.is_relative_to(self.dossier):  # listed from there, never through a link: see ``_files``
            return path.relative_to(self.racine).as_posix()
        absolute = Path(os.path.realpath(path))  # unlike resolve, never raises on a link that leads to itself
        root = Path(os.path.realpath(self.racine))
        return absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else path.as_posix()

    def _fiches(self, paths: list[Path]) -> tuple[list[Brouillon], dict[str, str], dict[str, tuple[str, str]]]:
        """Read each file; return what could be read, the kind of each id (even invalid), and id -> (kind, file)."""
        brouillons: list[Brouillon] = []
        types: dict[str, str] = {}
        lieux: dict[str, tuple[str, str]] = {}
        for path in paths:
            nom, dossier = self._nom(path), path.parent.name
            ailleurs = mal_range(nom, path)
            if ailleurs:
                self.problemes.append(ailleurs)
                continue
            octets = self._octets(path)
            if octets is None:
                continue
            if path.stem in lieux:
                self.problemes += [*lire(nom, octets)[1], deja_pris(nom, path.stem, lieux[path.stem][1])]
                continue
            modele, brouillon, problemes = self.relecture.lire(nom, octets, partial(ouvrir, nom, dossier, octets))
            self.problemes += problemes
            types[path.stem] = modele.TYPE
            lieux[path.stem] = (modele.TYPE, nom)
            if brouillon:
                brouillons.append(brouillon)
        return brouillons, types, lieux

    def _vocabularies(self) -> dict[str, ListeDeValeurs]:
        found = {}
        for path in sorted({*(self.dossier / "vocabulaires").glob("*.yml")} - {self.dossier / MOTS_COURANTS}):
            nom, octets = self._nom(path), self._own(path)
            if octets is None:
                continue
            _, liste, problemes = self.relecture.lire(nom, octets, partial(ouvrir_partage, ListeDeValeurs, nom, octets))
            self.problemes += problemes
            if liste:
                found[path.stem] = liste
        return found

    def _renamed(self, types: Mapping[str, str]) -> dict[str, Renommage]:
        """Former ids; complains about those that lead nowhere, or that a fiche bears again."""
        path = self.dossier / "renommees.yml"
        brut, lues = self._part(path, Renommees)
        if brut is None or lues is None:
            return {}
        trouvees, constats = suivre(lues, types)
        for chemin, message in constats:
            self.problemes.append(Probleme(self._nom(path), brut.position(chemin), nom_de_champ(chemin), message))
        return trouvees

    def _part(self, path: Path, modele: type[M]) -> tuple[Brut | None, M | None]:
        """A shared file, if it is there and can be read; what is wrong in it is kept."""
        octets = self._own(path)
        if octets is None:
            if not path.exists() and not path.is_symlink():
                self.problemes.append(Probleme(self._nom(path), Position(), "", PARTAGE_ABSENT))
            return None, None
        nom = self._nom(path)
        brut, valeur, problemes = self.relecture.lire(nom, octets, partial(ouvrir_partage, modele, nom, octets))
        self.problemes += problemes
        return brut, valeur

    def _shared(self, nom: str, modele: type[M], vide: M, types: Mapping[str, str], noms: Mapping[str, str]) -> M:
        path = self.dossier / nom
        brut, valeur = self._part(path, modele)
        if brut is None:
            return vide
        for occurrence in occurrences(valeur) if valeur else ():
            if isinstance(occurrence.marque, Reference) and occurrence.valeur not in types:
                message = absente(occurrence.valeur, types, noms)
                position, champ = brut.position(occurrence.chemin), nom_de_champ(occurrence.chemin)
                self.problemes.append(Probleme(self._nom(path), position, champ, message))
        if isinstance(valeur, Glossaire):
            self._check_glossary(self._nom(path), brut, valeur)
        return valeur or vide

    def _everyday_words(
        self, types: Mapping[str, str], noms: Mapping[str, str], vocabulaires: Mapping[str, ListeDeValeurs]
    ) -> MotsCourants:
        vide = MotsCourants(mots_courants=())
        lus = self._shared(MOTS_COURANTS, MotsCourants, vide, types, noms)
        path = self.dossier / MOTS_COURANTS
        brut = self._part(path, MotsCourants)[0] if lus is not vide else None
        if brut is None:
            return vide
        for chemin, message in fautes(lus, vocabulaires["themes"].valeurs):
            self.problemes.append(Probleme(self._nom(path), brut.position(chemin), nom_de_champ(chemin), message))
        return lus

    def _check_glossary(self, nom: str, brut: Brut, glossaire: Glossaire) -> None:
        seen: set[str] = set()
        for cle, source in glossaire.sources.items():
            if faible := hote_faible(source.url or ""):
                dit = FICHE.dire("hote_faible", hote=faible)
                self.problemes.append(Probleme(nom, brut.position(("sources", cle, "url")), f"sources.{cle}.url", dit))
        for rang, terme in enumerate(glossaire.termes):
            chemin = ("termes", rang)
            if terme.id in seen:
                self.problemes.append(
                    Probleme(
                        nom,
                        brut.position((*chemin, "id")),
                        f"termes[{rang + 1}].id",
                        f"« {terme.id} » apparaît deux fois. Gardez une seule entrée.",
                    )
                )
            seen.add(terme.id)
            cles = cles_citees(terme.definition)
            for cle in cles or [""]:
                if cle not in glossaire.sources:
                    absente = FICHE.dire("source_absente", cle=cle)
                    texte = absente if cle else "définition sans source. Ajoutez [s1]."
                    self.problemes.append(
                        Probleme(nom, brut.position((*chemin, "definition")), f"termes[{rang + 1}].definition", texte)
                    )

    def _orphans(
        self, brouillons: list[Brouillon], fiches: Mapping[str, Fiche], vocabulaires: Mapping[str, ListeDeValeurs]
    ) -> None:
        """The rule that needs every file: no theme without fiche."""
        used = {o.valeur for b in brouillons for o in b.occurrences if o.chemin[0] == "themes"}
        themes = vocabulaires["themes"].valeurs if fiches and "themes" in vocabulaires else {}
        for theme in themes:
            if theme not in used:
                self.problemes.append(Probleme("fiches/vocabulaires/themes.yml", Position(), theme, THEME_ORPHELIN))

    def _invalid(self, lieux: Mapping[str, tuple[str, str]]) -> dict[str, Invalide]:
        par_fichier: dict[str, list[Probleme]] = defaultdict(list)
        for probleme in self.problemes:
            par_fichier[probleme.fichier].append(probleme)
        return {
            id_: Invalide(id_, kind, fichier, tuple(sorted(set(par_fichier[fichier]))))
            for id_, (kind, fichier) in lieux.items()
            if fichier in par_fichier
        }


def _sans_vocabulaire(nom: str) -> Probleme:
    message = f"la liste « {nom} » manque. Remettez ce fichier : les fiches y prennent leurs valeurs."
    return Probleme(f"fiches/vocabulaires/{nom}.yml", Position(), "", message)
