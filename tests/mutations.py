"""Ways in which a hand goes wrong in the writing of a fiche: each spoils a real file at one place and says where the
message must be. What the words say wrong (references, dates, places, sources…) is in ``tests/fautives``."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from macros.lecture.brute import Brut, lire
from macros.lecture.problemes import Chemin
from macros.modeles import TYPES

OBLIGATOIRES = ("titre", "accroche", "themes", "phases", "publics", "validite", "verification", "sources", "territoire")
LIGNE_DE_CHAMP = re.compile(r"^(\s*(?:- )?)([a-z_0-9]+): (.+)$")


@dataclass(frozen=True)
class Faute:
    """A spoilt file: its bytes, the lines where a message is right, and what one of them must say."""

    genre: str
    octets: bytes
    lignes: frozenset[int]
    dit: str


class Feuille:
    """A real file, as lines, with the place of each of its fields."""

    def __init__(self, fichier: str, octets: bytes, hasard: random.Random) -> None:
        self.fichier, self.hasard = fichier, hasard
        self.lignes = octets.decode().split("\n")
        brut, _ = lire(fichier, octets)
        assert brut
        self.brut: Brut = brut
        self.modele = TYPES[brut.donnees["type"]]

    def ligne(self, *chemin: str | int) -> int:
        return self.brut.position(chemin).ligne

    def a(self, *chemin: str | int) -> bool:
        return chemin in self.brut.positions

    def seule(self, numero: int) -> bool:
        """Whether a field and its value stand on this line alone."""
        texte = self.lignes[numero - 1]
        suivante = self.lignes[numero] if numero < len(self.lignes) else ""
        trouve = LIGNE_DE_CHAMP.match(texte)
        retrait = len(trouve[1]) if trouve else 0
        return bool(trouve and trouve[3][0] not in "|>" and len(suivante) - len(suivante.lstrip()) <= retrait)

    def champs_seuls(self) -> list[int]:
        """Numbers of the lines that hold one field and its whole value, shuffled."""
        found = sorted({p.ligne for p in self.brut.positions.values() if self.seule(p.ligne)})
        self.hasard.shuffle(found)
        return found

    def parents(self, numero: int) -> set[int]:
        """Lines of the fields that hold the one written at this line."""
        chemins = [c for c, p in self.brut.positions.items() if p.ligne == numero]
        return {self.ligne(*c[:n]) for c in chemins for n in range(1, len(c))}

    def avec(self, genre: str, numero: int, ligne: str | None, dit: str, *autres: int) -> Faute:
        """The file with one line replaced (None: removed); messages are right there, or at ``autres``."""
        lignes = self.lignes.copy()
        lignes[numero - 1 : numero] = [] if ligne is None else ligne.split("\n")
        return Faute(genre, "\n".join(lignes).encode(), frozenset({numero, *autres}), dit)

    def remplace(self, genre: str, chemin: Chemin, avant: str, apres: str, dit: str) -> Faute | None:
        """The file where the value at ``chemin`` is changed on its own line; None when it is not written there."""
        position = self.brut.position(chemin)
        ligne = self.lignes[position.ligne - 1]
        place = ligne.find(avant, position.colonne - 1)
        if place < 0:
            return None
        return self.avec(genre, position.ligne, ligne[:place] + apres + ligne[place + len(avant) :], dit)


Mutation = Callable[[Feuille], Faute | None]
MUTATIONS: list[Mutation] = []


def mutation(fonction: Mutation) -> Mutation:
    MUTATIONS.append(fonction)
    return fonction


def _valeur(ligne: str, valeur: str) -> str:
    trouve = LIGNE_DE_CHAMP.match(ligne)
    assert trouve
    return f"{trouve[1]}{trouve[2]}: {valeur}"


@mutation
def champ_obligatoire_supprime(f: Feuille) -> Faute | None:
    numeros = {f.ligne(nom): nom for nom in f.hasard.sample(OBLIGATOIRES, len(OBLIGATOIRES)) if f.seule(f.ligne(nom))}
    for numero in numeros:
        return f.avec("champ obligatoire supprimé", numero, None, "champ obligatoire absent", f.ligne())
    return None


@mutation
def sous_champ_supprime(f: Feuille) -> Faute | None:
    cle = f.hasard.choice(list(f.brut.donnees["sources"]))
    numero = f.ligne("sources", cle, "editeur")
    if not f.seule(numero):
        return None
    return f.avec("sous-champ supprimé", numero, None, "champ obligatoire absent", f.ligne("sources", cle))


@mutation
def retrait_casse(f: Feuille) -> Faute | None:
    for numero in f.champs_seuls():
        ligne, avant = f.lignes[numero - 1], f.lignes[numero - 2]
        if ligne.startswith("  ") and not ligne.lstrip().startswith("-") and LIGNE_DE_CHAMP.match(avant):
            decale = ligne[1:] if f.hasard.random() < 0.5 else " " + ligne
            # Le décalage peut ne se voir qu’à la ligne qui suit, ou rattacher la ligne au champ qui précède.
            return f.avec("retrait cassé", numero, decale, "", numero - 1, numero + 1)
    return None


@mutation
def tabulation(f: Feuille) -> Faute | None:
    for numero in f.champs_seuls():
        ligne = f.lignes[numero - 1]
        if ligne.startswith("  "):
            return f.avec("tabulation", numero, "\t" + ligne.lstrip(), "tabulation")
    return None


@mutation
def cle_en_double(f: Feuille) -> Faute | None:
    for numero in f.champs_seuls():
        ligne = f.lignes[numero - 1]
        if not ligne.lstrip().startswith("-"):
            return f.avec("clé en double", numero, f"{ligne}\n{ligne}", "apparaît deux fois", numero + 1)
    return None


@mutation
def guillemet_fermant_manquant(f: Feuille) -> Faute | None:
    numeros = [n for n in f.champs_seuls() if re.search(r': "[^"\\]*"$', f.lignes[n - 1])]
    for numero in numeros:
        return f.avec("guillemet fermant manquant", numero, f.lignes[numero - 1][:-1], "guillemet")
    return None


@mutation
def guillemet_ouvrant_manquant(f: Feuille) -> Faute | None:
    numeros = [n for n in f.champs_seuls() if re.search(r': "[^"\\]* : [^"\\]*"$', f.lignes[n - 1])]
    for numero in numeros:
        ligne = f.lignes[numero - 1]
        return f.avec("guillemet ouvrant manquant", numero, ligne.replace('"', "", 1), "deux-points")
    return None


@mutation
def deux_points_nu(f: Feuille) -> Faute | None:
    numero = f.ligne("titre")
    ligne = _valeur(f.lignes[numero - 1], "Objectif : agir ensemble")
    return f.avec("deux-points sans guillemets", numero, ligne, "deux-points") if f.seule(numero) else None


@mutation
def encodage(f: Feuille) -> Faute | None:
    numeros = [n for n, ligne in enumerate(f.lignes, 1) if re.search("[éèàç]", ligne)]
    numero = f.hasard.choice(numeros)
    octets = b"\n".join(
        ligne.encode("cp1252", "replace") if n == numero else ligne.encode() for n, ligne in enumerate(f.lignes, 1)
    )
    return Faute("encodage", octets, frozenset({numero}), "UTF-8")


@mutation
def texte_devenu_liste(f: Feuille) -> Faute | None:
    numero = f.ligne("titre")
    ligne = _valeur(f.lignes[numero - 1], "[a, b]")
    return f.avec("texte devenu liste", numero, ligne, "un texte est attendu") if f.seule(numero) else None


@mutation
def liste_devenue_texte(f: Feuille) -> Faute | None:
    nom = f.hasard.choice(["themes", "phases", "publics"])
    numero = f.ligne(nom)
    ligne = _valeur(f.lignes[numero - 1], "cadrer") if f.seule(numero) else ""
    return f.avec("liste devenue texte", numero, ligne, "une liste est attendue") if ligne else None


@mutation
def sous_champs_devenus_texte(f: Feuille) -> Faute | None:
    for nom in f.hasard.sample(["validite", "verification", "territoire"], 3):
        numero = f.ligne(nom)
        if f.seule(numero):
            return f.avec("sous-champs devenus texte", numero, f"{nom}: oui", "sous-champs")
    return None


@mutation
def champ_inconnu(f: Feuille) -> Faute | None:
    for numero in f.champs_seuls():
        trouve = LIGNE_DE_CHAMP.match(f.lignes[numero - 1])
        assert trouve
        if trouve[2] not in {"type", "id"} and not re.fullmatch(r"s\d+", trouve[2]):
            ligne = f"{trouve[1]}{trouve[2]}zq: {trouve[3]}"
            return f.avec("champ inconnu", numero, ligne, "champ inconnu")
    return None


@mutation
def adresse_refusee(f: Feuille) -> Faute | None:
    mauvaise = f.hasard.choice(["javascript:alert(1)//", "ftp://", "http//"])
    for cle, source in f.brut.donnees["sources"].items():
        if "url" in source:
            debut = source["url"].split("://")[0] + "://"
            return f.remplace("adresse refusée", ("sources", cle, "url"), debut, mauvaise, "adresse refusée")
    return None


@mutation
def valeur_vide(f: Feuille) -> Faute | None:
    for numero in f.champs_seuls():
        if not f.lignes[numero - 1].lstrip().startswith("-"):
            ligne = _valeur(f.lignes[numero - 1], "").rstrip()
            return f.avec("valeur vide", numero, ligne, "valeur absente")
    return None


@mutation
def ancre_renvoi_etiquette(f: Feuille) -> Faute | None:
    numero = f.ligne("titre")
    piege = f.hasard.choice(["*renvoi", "&ancre Titre", "!!python/object:os.system Titre"])
    ligne = _valeur(f.lignes[numero - 1], piege) if f.seule(numero) else ""
    return f.avec("ancre, renvoi, étiquette", numero, ligne, "YAML") if ligne else None


@mutation
def caractere_de_controle(f: Feuille) -> Faute | None:
    numero = f.hasard.choice(f.champs_seuls())
    return f.avec("caractère de contrôle", numero, f.lignes[numero - 1] + "\x07", "contrôle")


@mutation
def crochet_manquant(f: Feuille) -> Faute | None:
    numeros = [n for n in f.champs_seuls() if re.search(r": \[[^][]*\]$", f.lignes[n - 1])]
    for numero in numeros:
        # Une liste ouverte se poursuit : le lecteur ne s’en aperçoit qu’à la ligne d’après.
        return f.avec("crochet manquant", numero, f.lignes[numero - 1][:-1], "", numero + 1)
    return None


@mutation
def antislash(f: Feuille) -> Faute | None:
    numeros = [n for n in f.champs_seuls() if re.search(r': "[^"\\]*"$', f.lignes[n - 1])]
    for numero in numeros:
        return f.avec("antislash", numero, f.lignes[numero - 1][:-1] + '\\d"', "antislash")
    return None


@mutation
def espace_oubliee_apres_le_deux_points(f: Feuille) -> Faute | None:
    for numero in f.champs_seuls():
        ligne = f.lignes[numero - 1]
        if not ligne.lstrip().startswith("-") and '"' not in ligne and not ligne.endswith(("]", "}")):
            return f.avec("espace oubliée", numero, ligne.replace(": ", ":", 1), "", numero + 1, *f.parents(numero))
    return None


@mutation
def deuxieme_document(f: Feuille) -> Faute | None:
    numero = f.ligne("etat")
    return f.avec("deuxième document", numero, "---\n" + f.lignes[numero - 1], "deuxième document")


@mutation
def nombre_faux(f: Feuille) -> Faute | None:
    chemins = [
        c
        for c in f.brut.positions
        if c and (c[-1] in {"valeur", "decalage", "groupes"} or (c[-1] == "duree" and "sequences" in c))
    ]
    f.hasard.shuffle(chemins)
    for chemin in chemins:
        numero = f.ligne(*chemin)
        if f.seule(numero) and f.lignes[numero - 1].lstrip(" -").startswith(f"{chemin[-1]}: "):
            return f.avec("nombre faux", numero, _valeur(f.lignes[numero - 1], "beaucoup"), "n’est pas un nombre")
    return None


# Each slip as one line: what it looks for on the line of a field alone, what a hand writes instead, what is told.
_TEXTE = r'^(\s*[a-z_0-9]+: )"([^"\\#:]{8,60})"$'
_MOT = r"^(\s*[a-z_0-9]+: )([a-z][a-z-]+)$"
_ITEM = r'^(\s+)- "([^"\\#:]{8,90})"$'
GLISSEMENTS = {
    # Du clavier.
    "apostrophe droite": (_TEXTE, r"\1'\2 d'ici'", "l’apostrophe droite"),
    "dièse": (_TEXTE, r"\1\2 # 3", "ce qui suit « # »"),
    "mot après la liste": (r"^([a-z_]+: )(\[.+\])$", r"\1 \2 x", "du texte suit le crochet"),
    "insécable après les deux-points": (r"^(\s*[a-z_0-9]+):() (.+)$", "\\1:\\2\u00a0\\3", "espace insécable"),
    "deux-points d’ailleurs": (r'^(\s*[a-z_0-9]+):() (".+")$', r"\1：\2\3", ""),
    "égal": (r'^(\s*[a-z_0-9]+):() (".+")$', r"\1 =\2 \3", ""),
    "espace de trop": (_TEXTE, r' \1"\2"', ""),
    "guillemets droits dedans": (_TEXTE, r'\1"\2 "ici" et là"', "du texte suit le guillemet"),
    "lettre doublée": (r"^(  etat: |etat: |  echelle: |difficulte: )([a-z])([a-z-]+)$", r"\1\2\2\3", "n’est pas admis"),
    "arobase": (_TEXTE, r"\1@\2", "ne peut pas commencer par « @ »"),
    # De YAML.
    "tiret collé": (_ITEM, r'\1-"\2"', "Écrivez « - mot »"),
    "tiret collé sans guillemets": (_ITEM, r"\1-\2", "Écrivez « - mot »"),
    "puce": (_ITEM, r"\1• \2", "puce"),
    "astérisques": (_ITEM, r"\1- *\2*", "ne peut pas commencer par « * »"),
    "esperluette": (_ITEM, r"\1- & \2", "« & »"),
    "accolade ouverte": (r"^(\s*[a-z_0-9]+: )(\{.+)\}$", r"\1\2", "accolades"),
    "accolades de gabarit": (_TEXTE, r"\1{{ \2 }}", "n’exécute rien"),
    "conflit git": (_TEXTE, '<<<<<<< HEAD\n\\1"\\2"\n=======\n\\1"\\2 bis"\n>>>>>>> autre', "conflit git"),
    "texte après le crochet": (r"^([a-z_]+: )(\[.+\])$", r"\1\2 et", ""),
    "pour cent": (_TEXTE, r"\1%\2", "ne peut pas commencer par « % »"),
    # De contenu.
    "thème inconnu": (r"^(themes: \[)([a-z])", r"\1\2\2", "Vouliez-vous dire"),
    "date impossible": (r'^(\s*(?:le|date|consulte_le): )"(\d{4})-\d\d-\d\d"$', r'\1"\2-02-30"', "n’existe pas"),
    "date à venir": (r'^(\s*(?:le|date|consulte_le): )"()\d{4}-\d\d-\d\d"$', r'\1"2042-01-01\2"', "encore à venir"),
    "date d’un autre siècle": (r'^(\s*(?:le|date|consulte_le): )"()\d{4}(-\d\d-\d\d)"$', r'\1"1016\2\3"', "année"),
    "source inconnue": (r'^(\s*[a-z_]+: ".*\[)s\d+(\]\.")()$', r"\1s98\2\3", "n’est pas déclarée"),
    "sans point": (r'^(accroche: ".*)(\.)"$', r'\1"', "finit par un point"),
    "éloge": (r'^(objectif: "|resume: "|accroche: ")([A-Z].*)$', r"\1Innovant, \2", "vante"),
    "adresse nominative": (r'^(resume: ".*)( \[s\d.*)$', r"\1, à m.dupont@nord.gouv.fr\2", "adresse nominative"),
    "portable": (r'^(resume: ".*)( \[s\d.*)$', r"\1, au 06 12 34 56 78\2", "portable"),
    "lien hostile": (r'^(resume: ".*)( \[s\d.*)$', r"\1, [ici](javascript:alert(1))\2", "adresse de lien refusée"),
}


def _glissement(genre: str, motif: str, ecrit: str, dit: str) -> Mutation:
    cherche = re.compile(motif)

    def fonction(f: Feuille) -> Faute | None:
        elements = [n for n, ligne in enumerate(f.lignes, 1) if ligne.lstrip().startswith('- "')]
        for numero in f.champs_seuls() if not motif.startswith(r"^(\s+)-") else elements:
            ligne = f.lignes[numero - 1]
            gatee = cherche.sub(ecrit, ligne)
            if gatee != ligne:
                return f.avec(genre, numero, gatee, dit)
        return None

    fonction.__name__ = genre
    return fonction


MUTATIONS += [_glissement(genre, *recette) for genre, recette in GLISSEMENTS.items()]
