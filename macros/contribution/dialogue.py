"""The conversation that starts a fiche, in French: asks, understands, proposes, asks again. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from macros.catalogue.fige import Catalogue
from macros.contribution.echafaudage import Question, Refus, lire_source, propre, questions
from macros.contribution.propositions import Choix, Comprise, comprendre, fiches_proches, identifiant, valeurs_proches
from macros.contribution.proximite import proximite, voisins
from macros.modeles import TYPES

TYPES_NOMMES: Choix = {t: (m.LIBELLE, m.LIBELLE_PLURIEL) for t, m in TYPES.items()}


class Renonce(Exception):
    """The contributor prefers not to go on."""


class Manque(Exception):
    """Without questions allowed, answers that are missing or wrong; one message each."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = tuple(messages)


@dataclass
class Dialogue:
    """``entree`` shows a prompt and returns a line (EOFError at the end); ``sortie`` shows a line.

    ``donnees``: answers given beforehand, by question; ``sources``: those given beforehand, as typed
    (title, publisher, address, date). ``muet``: never ask.
    """

    catalogue: Catalogue
    entree: Callable[[str], str]
    sortie: Callable[[str], None]
    donnees: Mapping[str, str] = field(default_factory=dict)
    sources_donnees: Sequence[Sequence[str]] = ()
    muet: bool = False

    def type(self) -> str:
        """Return the kind of the fiche."""
        donne = self.donnees.get("type", "")
        comprise = comprendre(donne, TYPES_NOMMES) if donne else Comprise(None)
        if comprise.valeur:
            return comprise.valeur
        admis = f"Valeurs admises : {', '.join(TYPES)}."
        if self.muet:
            raise Manque([f"--type : « {donne} » n’est pas un type. {admis}" if donne else f"--type manque. {admis}"])
        self.sortie("Que voulez-vous décrire ?")
        for rang, modele in enumerate(TYPES.values(), 1):
            self.sortie(f"  {rang}. {modele.LIBELLE} : {modele.GENRE.usage}")
        return str(self._ask(Question("type", "Type", "", "", _chosen, TYPES_NOMMES)))

    def reponses(self, type_: str) -> dict[str, Any]:
        """Return an answer to each question of the kind.

        Raises Manque when ``muet`` and some are missing or wrong, Renonce when the title repeats a fiche and the
        contributor stops there.
        """
        a_poser = questions(type_, self.catalogue)
        obtenues: dict[str, Any] = {}
        messages = []
        complet = all(q.facultative or q.si or q.cle in self.donnees or q.defaut for q in a_poser)
        for question in a_poser:
            if question.si and obtenues.get(question.si[0]) != question.si[1]:
                continue
            try:
                valeur = self._answer(question, obtenues, complet=complet and bool(self.sources_donnees))
            except Refus as refus:
                messages.append(f"{question.cle} : {refus}")
                continue
            if valeur not in (None, "", []):
                obtenues[question.cle] = valeur
            if question.cle == "titre" and "titre" in obtenues and not self._distinct(obtenues["titre"]):
                raise Renonce
        if messages:
            raise Manque(messages)
        return obtenues

    def _answer(self, question: Question, obtenues: Mapping[str, Any], *, complet: bool) -> Any:
        """One answer: given beforehand, by default when nothing needs asking, or asked."""
        donnee = self.donnees.get(question.cle, "").strip()
        if donnee:
            try:
                return question.lire(donnee)
            except Refus as refus:
                if self.muet:
                    raise
                self.sortie(f"  {refus}")
        elif self.muet or complet:
            if question.defaut:
                return question.lire(question.defaut)
            if question.facultative:
                return None
            raise Refus(f"réponse attendue. {question.aide} Par exemple : {question.exemple}")
        return self._ask(question, self._proposals(question, obtenues))

    def redemander(self, type_: str, cles: Sequence[str]) -> dict[str, Any]:
        """Ask again the questions that the checks refused."""
        return {q.cle: self._ask(q) for q in questions(type_, self.catalogue) if q.cle in cles}

    def sources(self) -> list[dict[str, str]]:
        """Return at least one source. Raises Manque when ``muet`` and there is none, or one is wrong."""
        found, messages = [], []
        for parts in self.sources_donnees:
            try:
                found.append(lire_source(*[*parts, "", "", ""][:4]))
            except Refus as refus:
                messages.append(f"--source : {refus}")
        if self.muet and not found and not messages:
            messages.append("--source manque : aucune fiche sans source. Écrivez « titre | éditeur | adresse | date ».")
        if messages and self.muet:
            raise Manque(messages)
        for message in messages:
            self.sortie(f"  {message}")
        while not self.muet and (not found or (not self.sources_donnees and self._oui("Une autre source ?"))):
            found.append(self._source())
        return found

    def _source(self) -> dict[str, str]:
        self.sortie("\nD’où vient ce que vous écrivez ? Une source au moins ; d’autres pourront suivre.")
        while True:
            titre = self._line("  Titre de la page ou du document : ")
            editeur = self._line("  Organisme qui publie : ")
            adresse = self._line("  Adresse (https://…), ou à défaut où la lire (« document interne non publié ») : ")
            date = self._line("  Date portée par la source (AAAA, AAAA-MM ou AAAA-MM-JJ ; Entrée si aucune) : ")
            try:
                return lire_source(titre, editeur, adresse, date)
            except Refus as refus:
                self.sortie(f"  {refus}")

    def identifiant(self, titre: str, pris: Sequence[str]) -> str:
        """Return a free identifier: the one given, the proposed one, or another typed."""
        propose = identifiant(titre, pris)
        donne = self.donnees.get("id", "").strip()
        while True:
            if donne and donne in pris:
                message = f"l’identifiant « {donne} » est déjà pris. Libre : « {identifiant(donne, pris)} »."
                if self.muet:
                    raise Manque([f"--id : {message}"])
                self.sortie(f"  {message}")
            elif donne and donne != identifiant(donne, ()):
                message = f"« {donne} » : des minuscules sans accent et des tirets, par exemple « {propose} »."
                if self.muet:
                    raise Manque([f"--id : {message}"])
                self.sortie(f"  {message}")
            elif donne:
                return donne
            if self.muet or self._tout_donne():
                return propose
            donne = (
                self._line(f"\nIdentifiant, qui sera le nom du fichier et l’adresse de la page [{propose}] : ")
                or propose
            )

    def _tout_donne(self) -> bool:
        return "id" not in self.donnees and "titre" in self.donnees

    def _distinct(self, titre: str) -> bool:
        """Warn of fiches that the title probably repeats. Return whether to go on (asked when questions are
        allowed)."""
        proches = voisins(titre, self.catalogue.fiches.values())
        if not proches:
            return True
        self.sortie("\nAttention, des fiches voisines existent :")
        for voisin in proches:
            fiche = voisin.fiche
            sous = "" if voisin.nom == fiche.titre else f" (aussi nommée « {voisin.nom} »)"
            self.sortie(f"  - {fiche.titre}{sous} : {self.catalogue.fichiers[fiche.id]}")
        self.sortie("S’il s’agit du même sujet, complétez la fiche qui existe au lieu d’en créer une.")
        return self.muet or self._tout_donne() or self._oui("Continuer quand même ?")

    def _proposals(self, question: Question, obtenues: Mapping[str, Any]) -> list[str]:
        if not question.choix or question.cle in {"validite", "orientable"}:
            return []
        texte = " ".join(str(v) for v in obtenues.values() if isinstance(v, str))
        if question.facultative:
            return [f.id for f in fiches_proches(texte, self._fiches(question.choix), 5)]
        proches = fiches_proches(texte, self.catalogue.fiches.values())
        return valeurs_proches(question.cle, texte, proches, question.choix) or []

    def _fiches(self, choix: Choix) -> list[Any]:
        return [self.catalogue.fiches[i] for i in choix if i in self.catalogue.fiches]

    def _ask(self, question: Question, propositions: Sequence[str] = ()) -> Any:
        """Ask until the answer is understood. Return None when an optional question is left empty."""
        if question.aide:
            self.sortie(f"\n{question.aide}" + (f" Exemple : {question.exemple}" if question.exemple else ""))
        self._show(question, propositions)
        suffixe = (
            f" [{question.defaut}]" if question.defaut else " (Entrée pour passer)" if question.facultative else ""
        )
        while True:
            texte = self._line(f"{question.invite}{suffixe} : ") or question.defaut
            if not texte and question.facultative:
                return None
            if not texte:
                self.sortie("  Une réponse est nécessaire. « Ctrl-C » abandonne, sans rien écrire.")
                continue
            try:
                return question.lire(_numbers(texte, propositions))
            except Refus as refus:
                self.sortie(f"  {refus}")

    def _show(self, question: Question, propositions: Sequence[str]) -> None:
        choix = question.choix or {}
        if choix and not question.facultative and len(choix) <= 20 and question.cle != "type":
            self.sortie("  Valeurs : " + ", ".join(f"{v} ({n[0]})" if n else v for v, n in choix.items()))
        if propositions:
            self.sortie("  Proches de votre sujet (numéros admis) :")
            for rang, valeur in enumerate(propositions, 1):
                self.sortie(f"    {rang}. {valeur}" + (f" : {choix[valeur][0]}" if choix.get(valeur) else ""))

    def _oui(self, invite: str) -> bool:
        return self._line(f"{invite} [o/N] : ").lower() in {"o", "oui", "y"}

    def _line(self, invite: str) -> str:
        while True:
            try:
                return propre(self.entree(invite))
            except UnicodeError:
                self.sortie(
                    "  Ces caractères ne se lisent pas ici. Réglez le terminal sur UTF-8, ou retapez sans accent."
                )


def _chosen(texte: str) -> str:
    if texte.isdigit() and 1 <= int(texte) <= len(TYPES):
        return list(TYPES)[int(texte) - 1]
    comprise = comprendre(texte, TYPES_NOMMES)
    if comprise.valeur:
        return comprise.valeur
    voisin = max(TYPES, key=lambda nom: proximite(nom, texte))
    raise Refus(f"« {texte} » n’est pas un type. Vouliez-vous dire « {voisin} » ? Donnez le nom ou le numéro.")


def _numbers(texte: str, propositions: Sequence[str]) -> str:
    """Replace the numbers of proposals by what they stand for."""
    parts = [p.strip() for p in texte.replace(";", ",").split(",") if p.strip()]
    if propositions and all(p.isdigit() and 1 <= int(p) <= len(propositions) for p in parts):
        return ", ".join(propositions[int(p) - 1] for p in parts)
    return texte
