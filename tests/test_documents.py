"""Prove that each fact of the founding documents stands on a page, in a statement that cites the document.

Each file ``tests/documents/*.yml`` is the inventory of one document::

    document: "001_056942acce46c7ae.txt"   # as in the ``document`` field of the sources
    lignes_attendues: [1, 5, 7]            # lines of the document that hold a fact
    hors_champ:                            # facts left out on purpose, and why
      - {lignes: [29], raison: "nom d’un agent"}
    faits:
      - {lignes: [5], fiche: ddtm-59, extrait: "words copied from the fiche, without any [s1]"}
- {lignes: [24], fiche: atelier-territorial-journee, extrait: "Présenter la journée", champ: "seances[0].sequences[1]"}

``champ`` (items counted from 0) is only for words that stand outside a cited text: the title of a sequence, of a step
or of a link whose object cites the document, a figure (``etapes[0].duree``), a source (``sources.s1``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html as lxml_html

from macros.catalogue.chargement import charger
from macros.catalogue.fige import Catalogue
from macros.ecriture.sections import en_html
from macros.ecriture.textes import texte_nu
from macros.ecriture.typographie import typographier
from macros.modeles import Chiffre, Fiche, Sequence, Source
from macros.modeles.parcours import occurrences
from macros.modeles.types import CleDeSource, Enonce, Modele
from macros.pages import plans as pages
from macros.pages.parties import parties_de
from macros.pages.vue import Vue
from macros.regles.citations import CITATION, cles_citees

RACINE = Path(__file__).parents[1]
FICHIERS = sorted((Path(__file__).parent / "documents").glob("*.yml"))
EN_LIGNE = {"a", "abbr", "b", "em", "i", "span", "strong", "sub", "sup", "tspan"}
"""Elements that do not part words; any other is read with a space on each side."""
APPEL = "\ue000"
"""Stands for a note call while a text is compared."""


@dataclass(frozen=True)
class Fait:
    """A fact of a document, and the words of the fiche that carry it."""

    lignes: tuple[int, ...]
    fiche: str
    extrait: str
    champ: str = ""

    def __str__(self) -> str:
        lieu = f"{self.fiche}, {self.champ}" if self.champ else self.fiche
        return f"l. {', '.join(map(str, self.lignes))} ({lieu}) : « {self.extrait} »"


@dataclass(frozen=True)
class Inventaire:
    """The facts of one document."""

    document: str
    lignes_attendues: frozenset[int]
    faits: tuple[Fait, ...]
    hors_champ: tuple[tuple[frozenset[int], str], ...]


def lire_inventaire(chemin: Path) -> Inventaire:
    """Read an inventory. Raises TypeError or KeyError on an unknown or missing field."""
    brut: dict[str, Any] = yaml.safe_load(chemin.read_text(encoding="utf-8"))
    faits = tuple(
        Fait(tuple(ligne["lignes"]), **{k: v for k, v in ligne.items() if k != "lignes"}) for ligne in brut["faits"]
    )
    hors = tuple((frozenset(h["lignes"]), str(h["raison"])) for h in brut.get("hors_champ", []))
    return Inventaire(brut["document"], frozenset(brut["lignes_attendues"]), faits, hors)


INVENTAIRES = [lire_inventaire(chemin) for chemin in FICHIERS]
par_document = pytest.mark.parametrize("inventaire", INVENTAIRES, ids=[chemin.stem for chemin in FICHIERS])


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The fiches of the project."""
    return charger(RACINE)[0]


@pytest.fixture(scope="module")
def textes_des_pages(catalogue: Catalogue) -> Callable[[str], str]:
    """A function: id of a fiche -> words of its pages, each rendered once."""

    @cache
    def texte(fiche: str) -> str:
        cles = [f"{fiche}/{partie.cle}".rstrip("/") for partie in parties_de(catalogue.fiches[fiche])]
        return " ".join(texte_de_page(en_html(pages.page(catalogue, "fiche", cle))) for cle in cles)

    return texte


# --- comparing texts


def normaliser(texte: str) -> str:
    """Set typography, spaces and apostrophes alike; a link keeps its address, an emphasis loses its marks."""
    texte = re.sub(r"\[([^\]]*)\]\((https?://[^)\s]*)\)", r"\1 (\2)", texte)
    return " ".join(texte_nu(texte).replace("'", "’").split())


def texte_de_page(source: str) -> str:
    """Return the words of a page: no tag, no note call, external addresses after their link."""
    racine: Any = lxml_html.fromstring(f"<div>{source}</div>")
    for element in racine.xpath("//sup[@class='appel'] | //a[@class='appel-kit'] | //script | //style | //template"):
        element.drop_tree()
    for element in racine.xpath("//a[starts-with(@href, 'http')]"):
        element.tail = f" ({element.get('href')}){element.tail or ''}"
    for element in racine.iter():
        if element.tag not in EN_LIGNE:
            element.text = f" {element.text or ''}"
            element.tail = f" {element.tail or ''}"
    return " ".join(typographier(racine.text_content().replace("'", "’")).split())


def appels_apres(texte: str, extrait: str) -> Iterator[list[str]]:
    """Yield, for each place of ``extrait`` in ``texte``, the keys of the citation that ends its statement.

    That is the first citation from the end of ``extrait`` to the end of the paragraph; no key when there is none.
    """
    cherche = normaliser(extrait)
    for paragraphe in re.split(r"\n\s*\n", texte):
        groupes = [cles_citees(appel[0]) for appel in CITATION.finditer(paragraphe)]
        marque = normaliser(re.sub(r"\s*" + CITATION.pattern, APPEL, paragraphe))
        nu = marque.replace(APPEL, "")
        debut = nu.find(cherche)
        while debut >= 0:
            # Rank of the first citation that stands at or after the end of the words.
            fin = debut + len(cherche)
            places = [position - rang for rang, position in enumerate(_positions(marque))]
            yield next((groupes[rang] for rang, place in enumerate(places) if place >= fin), [])
            debut = nu.find(cherche, debut + 1)


def _positions(marque: str) -> list[int]:
    return [position for position, lettre in enumerate(marque) if lettre == APPEL]


# --- finding what a fiche cites


def cles_du_document(fiche: Fiche, document: str) -> set[str]:
    """Keys of the sources of ``fiche`` that are this document."""
    return {cle for cle, source in fiche.sources.items() if source.document == document}


def valeur_en(fiche: Fiche, champ: str) -> tuple[Any, Any]:
    """Return the value at a path, and the object that holds it. Raises LookupError or AttributeError."""
    tenant: Any = fiche
    valeur: Any = fiche
    for nom, rang in re.findall(r"([a-z_]\w*)|\[(\d+)\]", champ):
        if isinstance(valeur, Modele):
            tenant = valeur
        valeur = valeur[int(rang)] if rang else valeur[nom] if isinstance(valeur, dict) else getattr(valeur, nom)
    return valeur, tenant


def cles_de_l_objet(objet: Modele) -> set[str]:
    """Every key that an object cites, in its texts or in its key fields."""
    cles: set[str] = set()
    for occurrence in occurrences(objet):
        if isinstance(occurrence.marque, CleDeSource):
            cles.add(occurrence.valeur)
        elif isinstance(occurrence.marque, Enonce):
            cles.update(cles_citees(occurrence.valeur))
    return cles


def mots_de_l_objet(objet: Modele) -> str:
    """The plain texts that an object holds itself (title, label…), without the texts that carry their own citation."""
    cites = {occurrence.chemin[0] for occurrence in occurrences(objet)}
    return " ".join(normaliser(v) for nom, v in vars(objet).items() if isinstance(v, str) and nom not in cites)


def defaut_de_citation(catalogue: Catalogue, fait: Fait, document: str) -> str:
    """Say why the words of ``fait`` do not cite the document; empty when they do."""
    fiche = catalogue.fiches[fait.fiche]
    cles = cles_du_document(fiche, document)
    if not cles:
        return "la fiche n’a pas ce document parmi ses sources"
    if fait.champ:
        return _defaut_du_champ(catalogue, fiche, fait, document, cles)
    trouvees = [
        appel
        for occurrence in occurrences(fiche)
        if isinstance(occurrence.marque, Enonce)
        for appel in appels_apres(occurrence.valeur, fait.extrait)
    ]
    if not trouvees:
        return "aucun énoncé de la fiche ne contient ces mots"
    return "" if any(cles & set(appel) for appel in trouvees) else f"l’énoncé cite {trouvees}, pas {sorted(cles)}"


def _defaut_du_champ(catalogue: Catalogue, fiche: Fiche, fait: Fait, document: str, cles: set[str]) -> str:
    valeur, tenant = valeur_en(fiche, fait.champ)
    cherche = normaliser(fait.extrait)
    if isinstance(valeur, Source):
        mots, citees = mots_de_l_objet(valeur), cles if valeur.document == document else set()
    elif isinstance(valeur, Chiffre):
        mots = texte_de_page(Vue(catalogue, "", fiche).chiffre(valeur))
        citees = {valeur.source}
    elif isinstance(valeur, Sequence):
        mots, citees = mots_de_l_objet(valeur), set(valeur.sources)
    elif isinstance(valeur, Modele):
        mots, citees = mots_de_l_objet(valeur), cles_de_l_objet(valeur)
    else:
        mots, citees = normaliser(str(valeur)), cles_de_l_objet(tenant)
    if cherche not in mots:
        return f"le champ contient « {mots} »"
    return "" if cles & citees else f"le champ cite {sorted(citees)}, pas {sorted(cles)}"


# --- tests


def test_each_document_cited_has_its_inventory(catalogue: Catalogue) -> None:
    """No founding document is cited without an inventory, none is inventoried without being cited."""
    cites = {s.document for fiche in catalogue.fiches.values() for s in fiche.sources.values() if s.document}
    assert cites == {inventaire.document for inventaire in INVENTAIRES}


@par_document
def test_inventory_is_well_formed(inventaire: Inventaire) -> None:
    """Words are long enough to be distinctive, short, free of citations, and never used twice in the same place."""
    faits = inventaire.faits
    assert [str(f) for f in faits if not 8 <= len(f.extrait) <= 90 or CITATION.search(f.extrait)] == []
    assert [str(f) for f in faits if not f.lignes or min(f.lignes) < 1] == []
    places = [(f.fiche, f.champ, normaliser(f.extrait)) for f in faits]
    assert [str(f) for f, place in zip(faits, places, strict=True) if places.count(place) > 1] == []


@par_document
def test_each_line_is_accounted_for(inventaire: Inventaire) -> None:
    """Each line that holds a fact is carried by a fiche, or left out for a stated reason."""
    couvertes = {ligne for fait in inventaire.faits for ligne in fait.lignes}
    ecartees = {ligne for lignes, _ in inventaire.hors_champ for ligne in lignes}
    assert sorted(inventaire.lignes_attendues - couvertes - ecartees) == []
    assert sorted((couvertes | ecartees) - inventaire.lignes_attendues) == []
    assert all(len(raison) >= 10 for _, raison in inventaire.hors_champ)


@par_document
def test_each_fact_is_on_its_page(
    inventaire: Inventaire, catalogue: Catalogue, textes_des_pages: Callable[[str], str]
) -> None:
    """The words that carry a fact are among the words of the page of the fiche."""
    inconnues = sorted({fait.fiche for fait in inventaire.faits} - set(catalogue.fiches))
    assert inconnues == [], "fiches absentes ou en erreur"
    absents = [str(f) for f in inventaire.faits if normaliser(f.extrait) not in textes_des_pages(f.fiche)]
    assert absents == []


@par_document
def test_each_fact_cites_its_document(inventaire: Inventaire, catalogue: Catalogue) -> None:
    """The statement that carries a fact cites the document."""
    defauts = [
        f"{fait} : {defaut}"
        for fait in inventaire.faits
        if fait.fiche in catalogue.fiches and (defaut := defaut_de_citation(catalogue, fait, inventaire.document))
    ]
    assert defauts == []


@pytest.mark.parametrize(
    ("texte", "extrait", "attendu"),
    [
        ("Un lien [s1], puis deux [s2, s3].", "Un lien", [["s1"]]),
        ("Un lien [s1], puis deux [s2, s3].", "puis deux", [["s2", "s3"]]),
        ("Un lien [s1], puis deux [s2].", "lien, puis", [["s2"]]),
        ("Un fait [s1]. Une suite sans source.", "Une suite", [[]]),
        ("Un fait\n\nUn autre [s1].", "Un fait", [[]]),
        ("L'eau : 20 000 m³ [kit].", "L’eau\u00a0: 20\u202f000", [["kit"]]),
        ("Voir [la page](https://exemple.fr/a) [s1].", "la page (https://exemple.fr/a)", [["s1"]]),
        ("Deux fois [s1]. Deux fois [s2].", "Deux fois", [["s1"], ["s2"]]),
        ("Autre chose [s1].", "Un fait", []),
    ],
)
def test_the_citation_that_ends_a_statement_is_found(texte: str, extrait: str, attendu: list[list[str]]) -> None:
    """The comparison sees which citation covers the words, and sees when none does."""
    assert list(appels_apres(texte, extrait)) == attendu


def test_page_words_leave_out_tags_and_note_calls() -> None:
    """Tags and note calls vanish, blocks part words, external addresses stay."""
    page = '<ul><li>L’<em>eau</em><sup class="appel"><a href="#n">1</a></sup>.</li><li><a href="https://e.fr/">Là</a></li></ul>'
    assert texte_de_page(page) == "L’eau. Là (https://e.fr/)"
