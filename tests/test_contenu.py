"""The base itself: enough of it, linked, and nothing personal."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

from lxml import html

from macros.catalogue.confiance import a_demander, completude, manques
from macros.catalogue.fige import Catalogue
from macros.ecriture.rendu import adresse
from macros.ecriture.sections import Page, en_html
from macros.modeles import TYPES
from macros.modeles.parcours import occurrences
from macros.pages.entretien import qualite
from macros.pages.plans import page
from macros.pages.vue import Vue

MINIMUMS = {"dispositif": 50, "partenaire": 40, "methode": 110, "site": 60, "action": 12, "kit": 5}


def test_counts(catalogue: Catalogue) -> None:
    counts = {t: len(catalogue.du_type(t)) for t in TYPES}
    assert all(counts[t] >= n for t, n in MINIMUMS.items())
    assert len(catalogue.glossaire.termes) >= 80


def test_no_orphan(catalogue: Catalogue) -> None:
    orphelines = [i for i in catalogue.fiches if i not in catalogue.sortantes and i not in catalogue.entrantes]
    assert orphelines == []


def test_nothing_personal(catalogue: Catalogue) -> None:
    """No mobile number, no personal address, no civility followed by a name."""
    civilite = re.compile(r"\b(M\.|Mme|Monsieur|Madame|Maître)\s+[A-ZÀ-Ý]")
    mobile = re.compile(r"\b0[67]([ .-]?\d{2}){4}\b")
    adresse_nominative = re.compile(r"\b[a-z]+[.-][a-z]+@", re.IGNORECASE)
    for fiche in catalogue.fiches.values():
        for occurrence in occurrences(fiche):
            for motif in (civilite, mobile, adresse_nominative):
                assert not motif.search(occurrence.valeur), (fiche.id, occurrence.chemin, occurrence.valeur)
        assert not civilite.search(fiche.verification.par)


def test_none_claims_a_check_that_did_not_happen(catalogue: Catalogue) -> None:
    """Drafts may be proposed and institutions may confirm; writing a fiche is not checking it."""
    for fiche in catalogue.fiches.values():
        assert fiche.verification.niveau == "redigee-sur-sources" or fiche.verification.par != "rédaction du site", (
            fiche.id
        )
        assert fiche.verification.le <= dt.date.today().isoformat()


def test_what_is_missing_is_said_to_who_can_use_it(
    catalogue: Catalogue, pages_des_fiches: dict[str, tuple[Page, str]]
) -> None:
    """To readers, cost, contact and calendar, with a door; to contributors, everything, on « Fraîcheur et qualité »."""
    pour_contribuer = html.fragment_fromstring(f"<div>{qualite(Vue(catalogue, 'qualite/'))}</div>").text_content()
    for fiche in catalogue.fiches.values():
        remplis, attendus = completude(fiche)
        assert 0 <= remplis <= attendus
        assert attendus - remplis == len(manques(fiche))
        made, rendu = pages_des_fiches[fiche.id]
        for manque in manques(fiche):
            assert manque in pour_contribuer, (fiche.id, manque)
        assert bool(a_demander(fiche)) == ("À demander" in [s.titre for s in made.sections]), fiche.id
        texte = html.fragment_fromstring(f"<div>{rendu}</div>").text_content() if a_demander(fiche) else ""
        for manque in a_demander(fiche):
            assert manque in texte, (fiche.id, manque)


def test_a_dispositif_to_confirm_says_what_to_check_and_where(catalogue: Catalogue) -> None:
    doutes = [f for f in catalogue.du_type("dispositif") if f.validite.etat == "a-confirmer"]
    assert len(doutes) <= 15, "une liste courte : vérifiez les plus anciens"
    quoi = re.compile(r"[Dd]emander|demandé|[Vv]érifier|confirmer|se renseigne", re.IGNORECASE)
    ou = re.compile(r"préfecture|DDT|DREAL|Légifrance|direction régionale|auprès d’elle")
    sans = [f.id for f in doutes if not all(m.search(f.validite.precision or "") for m in (quoi, ou))]
    assert sans == []


def test_one_publication_has_one_name(catalogue: Catalogue) -> None:
    noms: dict[str, set[str]] = {}
    for fiche in catalogue.fiches.values():
        for source in fiche.sources.values():
            if source.url and urlsplit(source.url).path.strip("/"):
                noms.setdefault(source.url, set()).add(
                    f"{source.titre} | {source.editeur} | {source.date} | {source.modifie_le}"
                )
    divergents = {url: n for url, n in noms.items() if len(n) > 1}
    assert not divergents, "\n".join(f"{u}\n   " + "\n   ".join(sorted(n)) for u, n in divergents.items())


def test_sigles_lead_to_the_glossary_once_a_page(catalogue: Catalogue) -> None:
    arbre = html.fragment_fromstring(f"<div>{en_html(page(catalogue, 'fiche', 'caue-62'))}</div>")
    termes = [(a.text_content(), a.get("href"), a.get("title")) for a in arbre.xpath("//a[@class='terme']")]
    assert len(termes) == len({t for t, *_ in termes}) > 1
    assert ("AMO", "../../glossaire/#glo-amo") in {(t, h) for t, h, _ in termes}
    assert all(titre for *_, titre in termes)


def test_a_validity_that_is_over_says_so_by_itself(catalogue: Catalogue) -> None:
    modele = next(f for f in catalogue.fiches.values() if f.validite.etat == "en-vigueur" and f.type == "dispositif")
    vue = Vue(catalogue, adresse(modele), modele)
    vue.jour = dt.date(2026, 6, 15)
    assert [vue.echue(fin) for fin in ("2025", "2026", "2026-05", "2026-06", "2026-06-14", "2026-06-15")] == [
        True,
        False,
        True,
        False,
        True,
        False,
    ]
    passee = modele.model_copy(update={"validite": modele.validite.model_copy(update={"fin": "2020"})})
    future = modele.model_copy(update={"validite": modele.validite.model_copy(update={"fin": "2999"})})
    from macros.pages.plans import page_fiche

    assert "est passée" in page_fiche(catalogue, passee).entete
    assert "data-fin=" in page_fiche(catalogue, future).entete
