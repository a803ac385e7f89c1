"""What a template sees of the catalogue from one page: texts with notes, links, cards, labels, sections."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup, escape

from macros.catalogue.confiance import date_de_source
from macros.catalogue.fige import Catalogue, Relation
from macros.catalogue.fraicheur import ORDRE_DES_ETATS, fin_de_vigueur, finie
from macros.catalogue.materiel import Besoin
from macros.ecriture.rendu import Depot, adresse, relatif
from macros.ecriture.sections import Section
from macros.ecriture.textes import Notes, rendre_phrase, rendre_texte
from macros.ecriture.typographie import (
    INSECABLE,
    accorder,
    date_lisible,
    enumerer,
    nombre_lisible,
    taille_lisible,
    typographier,
)
from macros.modeles import Chiffre, Fiche, Materiel


def jour_de_construction() -> dt.date:
    """Today, or the day that SOURCE_DATE_EPOCH (seconds) gives: then the same commit gives the same bytes, whenever."""
    secondes = os.environ.get("SOURCE_DATE_EPOCH")
    return dt.datetime.fromtimestamp(int(secondes), dt.UTC).date() if secondes else dt.date.today()


class Vue:
    """What a template sees of the catalogue from one page: texts with notes, links, cards, labels."""

    def __init__(
        self,
        catalogue: Catalogue,
        uri: str,
        fiche: Fiche | None = None,
        depot: Depot | None = None,
        replie: bool = True,
    ) -> None:
        self.catalogue, self.uri, self.fiche = catalogue, uri, fiche
        self.depot = depot or Depot()
        self.notes = Notes(fiche.sources if fiche else {})
        self.sections: list[Section] = []
        self.montrees: set[str] = set()
        self._prefixe = ""
        self._replie = replie
        self._sigles_vus = own_names(fiche) if fiche else set()
        self.jour = jour_de_construction()

    # --- texts

    def p(self, texte: str | None) -> Markup:
        """Inline text with its note calls."""
        return self._linked(rendre_phrase(texte, self.notes, self._prefixe)) if texte else Markup("")

    def ps(self, textes: Iterable[str]) -> list[Markup]:
        """Several inline texts."""
        return [self.p(t) for t in textes]

    def texte(self, texte: str | None) -> Markup:
        """Paragraphs."""
        return self._linked(rendre_texte(texte, self.notes, self._prefixe)) if texte else Markup("")

    def _linked(self, html: Markup) -> Markup:
        """On the page of a fiche, link each sigle to the glossary the first time."""
        if self.fiche is None:
            return html
        return self.catalogue.sigles.relier(html, self.vers("glossaire/"), self._sigles_vus)

    def echue(self, fin: str) -> bool:
        """Whether a period that ends on this date, month or year is over today."""
        return finie(fin, self.jour)

    def fin(self, fiche: Fiche) -> str | None:
        """The date after which what is in force is to be confirmed, if any."""
        return fin_de_vigueur(fiche)

    def portes(self, fiche: Fiche) -> list[Markup]:
        """Links to those whom a reader asks what the fiche does not say: its first contacts, else the State's local
        service."""
        ids = [i for i in getattr(fiche, "premiers_contacts", ()) if self.existe(i)] or ["ddt-m"]
        return [self.ancre(i) for i in ids[:2] if self.existe(i) and i != fiche.id]

    def sans_notes(self, texte: str) -> Markup:
        """Inline text without note calls, for pages that list several fiches."""
        return rendre_phrase(texte, None)

    def appel(self, cles: Iterable[str]) -> Markup:
        """Note calls alone."""
        return Markup(self.notes.appel(list(cles), self._prefixe))

    def repose_sur(self, appel: str) -> Markup:
        """Say once what a whole page rests on, from its note call; nothing without one."""
        cle = re.search('href="#note-([^"]+)"', appel)
        if cle is None:
            return Markup("")
        if cle[1] == "kit":
            dit = "Sans note, c’est une proposition du site"
        else:
            dit = f"Sans autre note, d’après «\u00a0{typographier(self.notes.entrees[cle[1]][1].titre)}\u00a0»"
        return Markup('<p class="mention">{}{}.</p>').format(dit, Markup(appel))

    def citer(self, autre: Fiche) -> Markup:
        """From now on, texts cite the sources of ``autre``; ``citer(fiche)`` comes back."""
        self._prefixe = "" if self.fiche is not None and autre.id == self.fiche.id else autre.id
        if self._prefixe:
            self.notes.ajouter(autre.id, autre.sources)
        return Markup("")

    def quantite(self, chiffre: Chiffre) -> str:
        """A figure with its unit, as plain text."""
        return quantite(self.catalogue, chiffre)

    def chiffre(self, chiffre: Chiffre, avec_libelle: bool = True) -> Markup:
        """A figure with its unit, what it measures, and its note call."""
        texte = self.quantite(chiffre)
        if avec_libelle and chiffre.libelle:
            texte += f"{_liaison(chiffre.libelle)}{typographier(chiffre.libelle)}"
        if chiffre.date_source and chiffre.date_source[:4] not in (chiffre.libelle or ""):
            texte += f" ({date_lisible(chiffre.date_source)})"
        return Markup(escape(texte)) + self.appel([chiffre.source])

    def chiffres(self, liste: Iterable[Chiffre]) -> list[Markup]:
        """Several figures: sources that diverge are all shown."""
        return [self.chiffre(c) for c in liste]

    def mesure(self, chiffre: Chiffre) -> Markup:
        """What a figure measures, and its note call, for a page that writes the figure itself above."""
        texte = typographier(chiffre.libelle or "") + (
            f" ({date_lisible(chiffre.date_source)})" if chiffre.date_source else ""
        )
        return Markup(escape(texte[:1].upper() + texte[1:])) + self.appel([chiffre.source])

    def materiels(self, liste: Iterable[Materiel]) -> list[Markup]:
        """Supplies with their quantity."""
        return [self.p(re.sub(r"\s*\.$", "", m.nom)) + _quantity_per(m) for m in liste]

    def besoins(self, liste: Iterable[Besoin]) -> list[Markup]:
        """What to pack: how many in all, how it was counted, and the méthode that asks for it."""
        return [self._need(b) for b in liste]

    def _need(self, besoin: Besoin) -> Markup:
        nom = self.p(re.sub(r"\s*\.$", "", besoin.nom)) if besoin.methode is None else self.sans_notes(besoin.nom)
        if besoin.total is None:
            compte = f"{INSECABLE}: {besoin.calcul}" if besoin.calcul else ""
        else:
            compte = f"{INSECABLE}: {nombre_lisible(besoin.total)}" + (f" ({besoin.calcul})" if besoin.calcul else "")
        origine = Markup(" · {}").format(self.ancre(besoin.methode)) if besoin.methode else Markup("")
        return nom + typographier(compte) + origine

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
        return {
            "type": fiche.type,
            "libelle": fiche.LIBELLE,
            "titre": typographier(fiche.titre),
            "url": self.vers(adresse(fiche)),
        }

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

    def ranger(self, cartes: list[dict[str, Any]], limite: int = 6) -> dict[str, Any]:
        """Cards while they are few; beyond ``limite``, whole relations go to lists of links, the longest first."""
        groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for carte in cartes:
            groups.setdefault((carte["libelle"], carte["relation"]), []).append(carte)
        listed: list[dict[str, Any]] = []
        while sum(map(len, groups.values())) > limite:
            (libelle, relation), members = max(groups.items(), key=lambda item: len(item[1]))
            titre = f"{libelle}{'s' if len(members) > 1 else ''} · {relation}" if relation else libelle
            listed.append({"titre": titre, "liens": members})
            del groups[libelle, relation]
        return {"cartes": [c for members in groups.values() for c in members], "groupes": listed}

    def documents(self, kit: str, groupe: str | None = None) -> list[dict[str, Any]]:
        """Documents of a kit, as rows: title, use, one labelled link per format. ``groupe``: avant, pendant, apres."""
        valeurs = self.catalogue.vocabulaires["documents"].valeurs
        return [
            {
                "nom": document.nom,
                "titre": document.titre,
                "texte": document.usage,
                "formats": [
                    {"url": self.vers(uri), "libelle": f"{format_}, {taille_lisible(octets)}"}
                    for format_, uri, octets in document.formats
                ],
            }
            for document in self.depot.documents.get(kit, ())
            if groupe is None or valeurs[document.nom].groupe == groupe
        ]

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
            fresh = [i for i in ids if i not in seen and self.existe(i)]
            fresh.sort(key=lambda i: ORDRE_DES_ETATS.index(self.catalogue.fiches[i].validite.etat))
            seen.update(fresh)
            if fresh:
                found.append({"titre": typographier(titre), "liens": self.liens(fresh)})
        return found

    def sortantes(self, champ: str) -> list[Relation]:
        """Typed links that come from one field."""
        if self.fiche is None:
            return []
        return [r for r in self.catalogue.sortantes.get(self.fiche.id, ()) if r.champ == champ]

    # --- sections

    def section(
        self,
        id_: str,
        titre: str,
        niveau: int = 2,
        titre_inclus: bool = False,
        pleine_largeur: bool = False,
        repli: str = "",
        caller: Callable[[], str] | None = None,
    ) -> Markup:
        """Collect a section from a ``{% call %}`` block; nothing is kept when it is empty. ``repli``: see
        ``Section``."""
        html = str(caller()).strip() if caller else ""
        if html:
            pli = typographier(repli) if self._replie else ""
            self.sections.append(Section(niveau, id_, typographier(titre), html, titre_inclus, pleine_largeur, pli))
        return Markup("")

    def notes_affichees(self) -> list[dict[str, Any]]:
        """Rows of « Notes et sources »."""
        rows = []
        for rang, cle, source in self.notes.liste():
            rows.append(
                {
                    "n": rang,
                    "cle": cle,
                    "titre": typographier(source.titre),
                    "editeur": typographier(source.editeur),
                    "url": source.url or "",
                    "document": typographier(source.note or ""),
                    "date": date_de_source(source),
                    "consulte": f"consulté le {date_lisible(source.consulte_le)}" if source.consulte_le else "",
                    "url_texte": "",
                    "appelee": self.notes.appelee(cle),
                }
            )
        return rows


_PREPOSITIONS = re.compile(
    r"(à|a|au|aux|en|par|pour|sur|selon|dans|de|du|des|d’|chez|après|avant|entre|environ|hors|plus|moins|maximum|"
    r"minimum|depuis|jusqu|sous|tout|toute|seulement|d'|lors|près|à partir)\b|\(",
    re.IGNORECASE,
)


_APPOSITIONS = re.compile(r"(proposition|dont|qui)\b", re.IGNORECASE)


MILLION = 1_000_000


def _millions(euros: float) -> str:
    """« 1,15 milliard d’euros »: from a million on, nobody counts the zeros."""
    mot, compte = ("milliard", euros / MILLION / 1000) if euros >= 1000 * MILLION else ("million", euros / MILLION)
    return f"{accorder(compte, mot)} d’euros"


def _liaison(libelle: str) -> str:
    """What joins a figure to its label: a space before « par groupe », a comma before « dont une qui note », a colon
    before « durée de l’atelier »."""
    if _APPOSITIONS.match(libelle):
        return ", "
    return " " if _PREPOSITIONS.match(libelle) else f"{INSECABLE}: "


def own_names(fiche: Fiche) -> set[str]:
    """Names of the fiche itself: its page explains them better than the glossary."""
    return {fiche.titre, *fiche.synonymes, getattr(fiche, "sigle", None) or ""}


def quantite(catalogue: Catalogue, chiffre: Chiffre) -> str:
    """Write a figure with its unit."""
    unite = catalogue.vocabulaires["unites"].valeurs[chiffre.unite]
    plus = max(v for v in (chiffre.valeur, chiffre.min, chiffre.max) if v is not None)
    mot = unite.libelle if plus < 2 else (unite.pluriel or unite.libelle)
    texte = f"{quantite_lisible(chiffre)}{INSECABLE}{'€' if chiffre.unite == 'euro' else mot}"
    if chiffre.unite == "euro" and chiffre.valeur and chiffre.valeur >= MILLION:
        texte = _millions(chiffre.valeur)
    return f"environ {texte}" if chiffre.environ else texte


def quantite_lisible(chiffre: Chiffre) -> str:
    """Write the value or the range of a figure."""
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
