"""Fiche -> sections, through the templates of ``gabarits/``. Autoescape on, undefined names refused."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from macros import agenda
from macros.catalogue import Catalogue, Relation
from macros.modeles import TYPES, Action, Chiffre, Dispositif, Fiche, Kit, Materiel, Methode, Partenaire, Site, Source
from macros.modeles.dispositif import Acces
from macros.sections import Section
from macros.textes import Notes, rendre_phrase, rendre_texte, texte_nu
from macros.typographie import INSECABLE, accorder, date_lisible, enumerer, nombre_lisible, typographier

GABARITS = Path(__file__).parent / "gabarits"
FIN_DE_TETE = "<!--fin-tete-->"


def adresse(fiche: Fiche) -> str:
    """Return the address of a fiche, relative to the site: ``dispositifs/atelier-flash/``."""
    return f"{fiche.PLURIEL}/{fiche.id}/"


def relatif(depuis: str, vers: str) -> str:
    """Return the link from a page to another, both relative to the site (an anchor may follow)."""
    target, sep, anchor = vers.partition("#")
    path = posixpath.relpath(target or ".", depuis or ".")
    if path == ".":
        return f"#{anchor}" if sep and anchor else "./"
    slash = "/" if (target.endswith("/") or not target) and not path.endswith("/") else ""
    return f"{path}{slash}{sep}{anchor}"


@cache
def environnement() -> Environment:
    """The templates' own environment; MkDocs' has neither autoescape nor strict undefined."""
    env = Environment(loader=FileSystemLoader(GABARITS), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                      lstrip_blocks=True)
    env.filters.update(
        typo=lambda texte: typographier(str(texte)), nu=texte_nu, date=date_lisible, nombre=nombre_lisible,
        enumerer=lambda mots: enumerer(list(mots)), heure=agenda.heure_lisible, duree=agenda.duree_lisible)
    env.globals.update(accorder=accorder, TYPES=TYPES, Markup=Markup)
    return env


def oublier_gabarits() -> None:
    """Forget compiled templates, so that an edited one is read again."""
    environnement.cache_clear()


@dataclass(frozen=True)
class Depot:
    """Where the project is hosted; both empty when nobody said."""

    adresse: str = ""
    edition: str = ""

    def modifier(self, fichier: str) -> str:
        """Return the address to edit ``fichier``, or an empty string."""
        return f"{self.edition.rstrip('/')}/{fichier}" if self.edition else ""


class Vue:
    """What a template sees of the catalogue from one page: texts with notes, links, cards, labels."""

    def __init__(self, catalogue: Catalogue, uri: str, fiche: Fiche | None = None, depot: Depot | None = None) -> None:
        self.catalogue, self.uri, self.fiche = catalogue, uri, fiche
        self.depot = depot or Depot()
        self.notes = Notes(fiche.sources if fiche else {})
        self.sections: list[Section] = []
        self.montrees: set[str] = set()
        self._prefixe = ""

    # --- texts

    def p(self, texte: str | None) -> Markup:
        """Inline text with its note calls."""
        return rendre_phrase(texte, self.notes, self._prefixe) if texte else Markup("")

    def ps(self, textes: Iterable[str]) -> list[Markup]:
        """Several inline texts."""
        return [self.p(t) for t in textes]

    def texte(self, texte: str | None) -> Markup:
        """Paragraphs."""
        return rendre_texte(texte, self.notes, self._prefixe) if texte else Markup("")

    def sans_notes(self, texte: str) -> Markup:
        """Inline text without note calls, for pages that list several fiches."""
        return rendre_phrase(texte, None)

    def appel(self, cles: Iterable[str]) -> Markup:
        """Note calls alone."""
        return Markup(self.notes.appel(list(cles), self._prefixe))

    def citer(self, autre: Fiche) -> Markup:
        """From now on, texts cite the sources of ``autre``; ``citer(fiche)`` comes back."""
        self._prefixe = "" if self.fiche is not None and autre.id == self.fiche.id else autre.id
        if self._prefixe:
            self.notes.ajouter(autre.id, autre.sources)
        return Markup("")

    def quantite(self, chiffre: Chiffre) -> str:
        """A figure with its unit, as plain text."""
        unite = self.catalogue.vocabulaires["unites"].valeurs[chiffre.unite]
        plus = max(v for v in (chiffre.valeur, chiffre.min, chiffre.max) if v is not None)
        mot = unite.libelle if plus < 2 else (unite.pluriel or unite.libelle)
        texte = f"{_quantity(chiffre)}{INSECABLE}{'€' if chiffre.unite == 'euro' else mot}"
        return f"environ {texte}" if chiffre.environ else texte

    def chiffre(self, chiffre: Chiffre, avec_libelle: bool = True) -> Markup:
        """A figure with its unit, what it measures, and its note call."""
        texte = self.quantite(chiffre)
        if avec_libelle and chiffre.libelle:
            texte += f" {typographier(chiffre.libelle)}"
        if chiffre.date_source:
            texte += f" ({date_lisible(chiffre.date_source)})"
        return Markup(escape(texte)) + self.appel([chiffre.source])

    def chiffres(self, liste: Iterable[Chiffre]) -> list[Markup]:
        """Several figures: sources that diverge are all shown."""
        return [self.chiffre(c) for c in liste]

    def animateurs(self, liste: Iterable[Chiffre]) -> list[Markup]:
        """Head counts of facilitators, said as such."""
        return [Markup("Animation : ").replace(" :", f"{INSECABLE}:") + self.chiffre(c) for c in liste]

    def materiels(self, liste: Iterable[Materiel]) -> list[Markup]:
        """Supplies with their quantity."""
        return [self.p(m.nom) + _quantity_per(m) for m in liste]

    # --- links

    def vers(self, uri: str) -> str:
        """Relative link to an address of the site."""
        return relatif(self.uri, uri)

    def existe(self, id_: str) -> bool:
        """Whether the fiche can be shown (a fiche in error is left out while serving)."""
        return id_ in self.catalogue.fiches

    def lien(self, id_: str) -> dict[str, str]:
        """Kind, label, title and link of a fiche."""
        fiche = self.catalogue.fiches[id_]
        self.montrees.add(id_)
        return {"type": fiche.type, "libelle": fiche.LIBELLE, "titre": typographier(fiche.titre),
                "url": self.vers(adresse(fiche))}

    def ancre(self, id_: str) -> Markup:
        """A plain link to a fiche."""
        lien = self.lien(id_)
        return Markup('<a href="{}">{}</a>').format(lien["url"], lien["titre"])

    def carte(self, id_: str, relation: str = "") -> dict[str, Any]:
        """A card for a fiche: how it relates, its title, its accroche."""
        fiche = self.catalogue.fiches[id_]
        return {**self.lien(id_), "relation": typographier(relation), "texte": self.sans_notes(fiche.accroche)}

    def cartes(self, ids: Iterable[str], relation: str = "") -> list[dict[str, Any]]:
        """Cards for the fiches that can be shown."""
        return [self.carte(i, relation) for i in dict.fromkeys(ids) if self.existe(i)]

    def liens(self, ids: Iterable[str]) -> list[dict[str, str]]:
        """Links to the fiches that can be shown."""
        return [self.lien(i) for i in dict.fromkeys(ids) if self.existe(i)]

    def libelle(self, vocabulaire: str, valeur: str) -> str:
        """Public label of a vocabulary value."""
        return typographier(self.catalogue.libelle(vocabulaire, valeur))

    def libelles(self, vocabulaire: str, valeurs: Iterable[str]) -> str:
        """Public labels, joined."""
        return enumerer([self.libelle(vocabulaire, v) for v in valeurs])

    def fiche_de(self, id_: str) -> Fiche:
        """Another fiche, to quote what it holds."""
        return self.catalogue.fiches[id_]

    def entrantes(self) -> list[dict[str, Any]]:
        """Reverse links, grouped by what they say, without what the page already shows."""
        if self.fiche is None:
            return []
        groups: dict[str, list[str]] = {}
        for relation in self.catalogue.entrantes.get(self.fiche.id, ()):
            if relation.source not in self.montrees:
                groups.setdefault(relation.inverse, []).append(relation.source)
        seen: set[str] = set()
        found = []
        for titre, ids in groups.items():
            fresh = [i for i in ids if i not in seen]
            seen.update(fresh)
            if fresh:
                found.append({"titre": typographier(titre), "liens": self.liens(fresh)})
        return found

    def sortantes(self, champ: str) -> list[Relation]:
        """Typed links that come from one field."""
        if self.fiche is None:
            return []
        return [r for r in self.catalogue.sortantes.get(self.fiche.id, ()) if r.champ == champ]

    def faits(self, fiche: Fiche) -> list[dict[str, Any]]:
        """At most three short facts for a list row; the last says the validity or the age of the sources."""
        return [*faits_de(self, fiche), _freshness(fiche)]

    # --- sections

    def section(
        self, id_: str, titre: str, niveau: int = 2, titre_inclus: bool = False, pleine_largeur: bool = False,
        caller: Callable[[], str] | None = None,
    ) -> Markup:
        """Collect a section from a ``{% call %}`` block; nothing is kept when it is empty."""
        html = str(caller()).strip() if caller else ""
        if html:
            self.sections.append(Section(niveau, id_, typographier(titre), html, titre_inclus, pleine_largeur))
        return Markup("")

    def notes_affichees(self) -> list[dict[str, Any]]:
        """Rows of « Notes et sources »."""
        rows = []
        for rang, cle, source in self.notes.liste():
            rows.append({
                "n": rang, "cle": cle, "titre": typographier(source.titre), "editeur": typographier(source.editeur),
                "url": source.url or "", "document": typographier(source.note or ""), "date": date_de_source(source),
                "consulte": f"consulté le {date_lisible(source.consulte_le)}" if source.consulte_le else "",
                "url_texte": "", "appelee": self.notes.appelee(cle)})
        return rows


def faits_de(vue: Vue, fiche: Fiche) -> list[dict[str, Any]]:
    """Two facts that help choosing among fiches of the same kind."""
    if isinstance(fiche, Dispositif):
        pairs = [("personne", fiche.pour_qui), ("cout", fiche.cout)]
        return [{"icone": i, "texte": vue.sans_notes(r.reponse)} for i, r in pairs if r] or [
            {"icone": "drapeau", "texte": vue.libelles("nature_appui", fiche.nature)}]
    if isinstance(fiche, Partenaire):
        ou = "Toute la France" if fiche.territoire.echelle == "national" else enumerer(
            [lieu.nom for lieu in fiche.territoire.lieux])
        return [{"icone": "drapeau", "texte": vue.libelle("nature_partenaire", fiche.nature)},
                {"icone": "lieu", "texte": ou}]
    if isinstance(fiche, Methode):
        rows = [{"icone": "drapeau", "texte": vue.libelle("forme_methode", fiche.forme)}]
        return rows + [{"icone": "duree", "texte": texte} for texte in _durations(vue, fiche)]
    if isinstance(fiche, Site):
        rows = [{"icone": "drapeau", "texte": "Étude de cas" if fiche.profondeur == "cas" else "Repérage"}]
        return rows + [{"icone": "date", "texte": enumerer([date_lisible(a) for a in fiche.annees])}] * bool(fiche.annees)
    if isinstance(fiche, Kit):
        return [{"icone": "duree", "texte": typographier(fiche.format)}]
    return [{"icone": "drapeau", "texte": vue.libelle("nature_action", fiche.nature)}] if isinstance(fiche, Action) else []


def _durations(vue: Vue, methode: Methode) -> list[str]:
    """Shortest and longest durations over all sources, when they are in one unit."""
    unites = {c.unite for c in methode.duree}
    if len(unites) != 1:
        return []
    bornes = [v for c in methode.duree for v in (c.valeur, c.min, c.max) if v is not None]
    merged = methode.duree[0].model_copy(update={"valeur": None, "min": min(bornes), "max": max(bornes)})
    if merged.min == merged.max:
        merged = merged.model_copy(update={"valeur": merged.min})
    return [vue.quantite(merged)]


def _freshness(fiche: Fiche) -> dict[str, Any]:
    etat = fiche.validite.etat
    if etat != "en-vigueur":
        return {"icone": "archive" if etat == "historique" else "alerte", "alerte": True,
                "texte": "Historique" if etat == "historique" else "À confirmer"}
    dates = sorted(d[:4] for d in (s.derniere_date for s in fiche.sources.values()) if d)
    if not dates:
        return {"icone": "document", "texte": "Sources non datées"}
    annees = dates[0] if dates[0] == dates[-1] else f"{dates[0]} à {dates[-1]}"
    return {"icone": "document", "texte": f"Sources de {annees}"}


def date_de_source(source: Source) -> str:
    """Return « 3 octobre 2025, modifiée le 7 novembre 2025 » or « non datée »."""
    if source.date and source.modifie_le:
        return f"{date_lisible(source.date)}, modifiée {_le(source.modifie_le)}"
    date = source.date or source.modifie_le
    return date_lisible(date) if date else "non datée"


def _le(date: str) -> str:
    """« le 7 novembre 2025 », « en mai 2018 », « en 2019 »."""
    return f"{'le' if len(date) == 10 else 'en'} {date_lisible(date)}"


def _quantity(chiffre: Chiffre) -> str:
    if chiffre.valeur is not None:
        return nombre_lisible(chiffre.valeur)
    if chiffre.min is not None and chiffre.max is not None:
        return f"{nombre_lisible(chiffre.min)} à {nombre_lisible(chiffre.max)}"
    if chiffre.min is not None:
        return f"au moins {nombre_lisible(chiffre.min)}"
    return f"jusqu’à {nombre_lisible(chiffre.max or 0)}"


def _quantity_per(materiel: Materiel) -> str:
    if not materiel.quantite:
        return ""
    par = f" par {materiel.par}" if materiel.par and materiel.par != "atelier" else ""
    return f" ({materiel.quantite}{par})"


def phrase_de_confiance(fiche: Fiche) -> tuple[str, bool, str]:
    """What the line under the title says: sources, whether the owner confirmed, and the sentence that says so."""
    dates = [d for d in (s.derniere_date for s in fiche.sources.values()) if d]
    nombre = len(fiche.sources)
    sources = f"Rédigé d’après {accorder(nombre, 'source')}"
    if not dates:
        sources += ", non datée" if nombre == 1 else ", toutes non datées"
    elif nombre == 1:
        sources += f", {_datee(dates[0])}"
    else:
        sources += f", la plus récente {_datee(max(dates))}"
    niveau, le = fiche.verification.niveau, date_lisible(fiche.verification.le)
    par = typographier(fiche.verification.par)
    if niveau == "confirmee-par-le-porteur":
        return sources, True, f"confirmé par le porteur ({par}) le {le}"
    if niveau == "relue":
        return sources, False, f"relu par {par} le {le}, jamais vérifié auprès du porteur"
    return sources, False, "jamais vérifié auprès du porteur"


def _datee(date: str) -> str:
    """« du 7 novembre 2025 », « de mai 2018 », « d’avril 2020 », « de 2019 »."""
    lisible = date_lisible(date)
    if len(date) == 10:
        return f"du {lisible}"
    return f"d’{lisible}" if lisible[0] in "ao" else f"de {lisible}"


def manques(fiche: Fiche) -> list[str]:
    """Return what the fiche does not say, from the fields declared with ``si_vide``, then what it says it ignores."""
    found = list(_empty(fiche))
    return [typographier(m) for m in found]


def _empty(modele: Any) -> Iterable[str]:
    for nom, info in type(modele).model_fields.items():
        extra = info.json_schema_extra
        phrase = extra.get("si_vide") if isinstance(extra, Mapping) else None
        valeur = getattr(modele, nom)
        if phrase and not valeur:
            yield str(phrase)
        elif isinstance(valeur, Acces):
            yield from _empty(valeur)




def rendre(gabarit: str, vue: Vue, **contexte: Any) -> str:
    """Render a template of ``gabarits/``; its sections end up in ``vue.sections``, its own output is returned."""
    template = environnement().get_template(gabarit)
    return template.render(v=vue, f=vue.fiche, **contexte)


def sections_de(vue: Vue, gabarit: str, **contexte: Any) -> tuple[str, Sequence[Section]]:
    """Render a template and return (header HTML, sections)."""
    entete = rendre(gabarit, vue, **contexte)
    return entete.strip(), tuple(vue.sections)


__all__ = ["FIN_DE_TETE", "Depot", "Vue", "adresse", "date_de_source", "environnement", "manques",
           "oublier_gabarits", "phrase_de_confiance", "relatif", "rendre", "sections_de"]
