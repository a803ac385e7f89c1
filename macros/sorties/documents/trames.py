"""Kit -> its documents: which ones it offers, and the text of each, from one template and what the fiches say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from macros.catalogue.confiance import date_de_source
from macros.catalogue.fige import Catalogue
from macros.catalogue.materiel import materiel_du_kit
from macros.ecriture.rendu import adresse, rendre
from macros.ecriture.textes import Notes
from macros.ecriture.typographie import typographier
from macros.modeles import Kit, Seance, Source
from macros.modeles.partage import COMMUN
from macros.modeles.seances import agenda, retroplanning
from macros.pages.vue import Vue
from macros.sorties.documents import planches, suivi
from macros.sorties.documents.modele import Document


def documents(catalogue: Catalogue, site_url: str) -> Iterator[Document]:
    """Yield the documents of every kit that can be shown, in the order in which kits declare them."""
    for fiche in catalogue.fiches.values():
        if isinstance(fiche, Kit):
            yield from documents_du_kit(catalogue, fiche, site_url)


def documents_du_kit(catalogue: Catalogue, kit: Kit, site_url: str) -> Iterator[Document]:
    """Yield the documents of ``kit``. ``site_url``: absolute address of the site, with its slash."""
    valeurs = catalogue.vocabulaires["documents"].valeurs
    for nom in kit.documents:
        document = Document(
            kit=kit.id,
            nom=nom,
            titre=typographier(valeurs[nom].libelle),
            usage=typographier(valeurs[nom].definition or ""),
            kit_titre=typographier(f"Kit : {kit.titre}"),
            date=kit.verification.le,
            page=site_url + adresse(kit),
        )
        if nom in suivi.TABLEURS:
            yield replace(document, feuilles=suivi.TABLEURS[nom](kit))
        elif nom in planches.PLANCHES:
            yield replace(document, typst=planches.PLANCHES[nom](catalogue, kit))
        else:
            yield replace(document, html=_html(catalogue, kit, document, site_url))


def _html(catalogue: Catalogue, kit: Kit, document: Document, site_url: str) -> str:
    vue = VueDeDocument(catalogue, kit, site_url)
    jours = [{"seance": s, "lignes": programme(s, kit)} for s in kit.seances if s.sequences]
    corps = rendre(
        f"documents/{document.nom}.html",
        v=vue,
        k=kit,
        jours=jours,
        retroplanning=retroplanning.blocs(kit),
        materiel=materiel_du_kit(kit, catalogue.fiches),
    )
    return corps + rendre("documents/origine.html", v=vue, k=kit, page=document.page, date=document.date)


def programme(seance: Seance, kit: Kit) -> list[dict[str, Any]]:
    """Rows of a programme: times when the séance has a start, durations otherwise."""
    titres = {role.id: role.titre for role in kit.roles}
    creneaux = agenda.creneaux(seance)
    debuts = [agenda.heure_lisible(c.debut) for c in creneaux] or [""] * len(seance.sequences)
    return [
        {
            "heure": debut,
            "duree": agenda.duree_lisible(sequence.duree),
            "sequence": sequence,
            "modalite": COMMUN["travail"][sequence.modalite],
            "roles": [titres[role] for role in sequence.roles if role in titres],
        }
        for debut, sequence in zip(debuts, seance.sequences, strict=True)
    ]


class VueDeDocument(Vue):
    """What a document sees: notes are plain numbers, listed at its end; links are absolute, since it travels alone."""

    def __init__(self, catalogue: Catalogue, kit: Kit, site_url: str) -> None:
        super().__init__(catalogue, adresse(kit), kit)
        self.site_url = site_url
        self._appels = NotesDeDocument(kit.sources)
        self.notes = self._appels
        self.fiche = None  # no link to the glossary: a document explains itself

    def vers(self, uri: str) -> str:
        """Absolute address."""
        return self.site_url + uri

    def sources(self) -> list[dict[str, str]]:
        """Sources called so far, as rows to print."""
        return [
            {
                "n": str(rang),
                "titre": typographier(source.titre),
                "editeur": typographier(source.editeur),
                "date": date_de_source(source),
                "url": source.url or "",
                "note": typographier(source.note or ""),
            }
            for rang, source in self._appels.appelees()
        ]


class NotesDeDocument(Notes):
    """Note calls without links, numbered in the order in which they are called."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        super().__init__(sources)
        self._rangs: dict[str, int] = {}

    def appel(self, cles: list[str], prefixe: str = "") -> str:
        """Return the numbers of ``cles``; « kit » has none: what has no number is the kit's own proposal."""
        noms = [f"{prefixe}-{cle}" if prefixe else cle for cle in cles if cle != "kit"]
        rangs = [self._rangs.setdefault(nom, len(self._rangs) + 1) for nom in noms if nom in self.entrees]
        return f"<sup>{', '.join(map(str, rangs))}</sup>" if rangs else ""

    def appelees(self) -> list[tuple[int, Source]]:
        """Return (number, source) of what was called, in order."""
        return [(rang, self.entrees[nom][1]) for nom, rang in self._rangs.items()]
