"""The page « De quel appui avons-nous besoin ? »: its questions, its supports and their conditions, its mémo."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from macros.ecriture.typographie import typographier
from macros.lecture.json_publie import dans_une_page
from macros.modeles import Critere, Dispositif, Fiche
from macros.pages.composition import bloc
from macros.pages.declaration import declarer
from macros.pages.outils.facettes import CONTACTS
from macros.pages.outils.orientation import VERDICTS, Appui, contacts, historiques, questions, ranges, regles
from macros.pages.vue import Vue
from macros.regles.orientation import REPONSES, exclut

ICONES = {"adapte": "ok", "a-verifier": "question", "non-adapte": "croix"}


@declarer(
    "Demande la commune et pose les sept questions, dit quoi étudier d’abord et donne le mémo de premier "
    "contact ; sans "
    "script, les conditions se lisent appui par appui.",
    "{{ orientation() }}",
)
def orientation(vue: Vue) -> str:
    """The whole page, readable without a script; a script reads the rules, and only sorts and shows what is there."""
    return bloc(
        "blocs/orientation.html",
        vue,
        questions=_questions(vue),
        appuis=[_support(vue, d) for d in ranges(vue.catalogue)],
        historiques=[_historical(vue, d) for d in historiques(vue.catalogue)],
        verdicts=_verdicts(vue),
        contacts=[_contact(vue, id_, raison) for id_, raison in CONTACTS.items() if vue.existe(id_)],
        memo=_memo(vue),
        donnees=_data(vue),
    )


def _questions(vue: Vue) -> list[dict[str, Any]]:
    valeurs = vue.catalogue.vocabulaires["questions"].valeurs
    return [
        {
            "id": question,
            "libelle": vue.libelle("questions", question),
            "texte": typographier(valeurs[question].definition or valeurs[question].libelle),
            "reponses": [{"id": r, "libelle": vue.libelle(REPONSES[question], r)} for r in reponses],
        }
        for question, reponses in questions(vue.catalogue).items()
    ]


def _verdicts(vue: Vue) -> list[dict[str, str]]:
    valeurs = vue.catalogue.vocabulaires["verdicts"].valeurs
    return [
        {
            "id": v,
            "icone": ICONES[v],
            "libelle": vue.libelle("verdicts", v),
            "definition": typographier(valeurs[v].definition or ""),
        }
        for v in VERDICTS
    ]


def _memo(vue: Vue) -> list[dict[str, str]]:
    valeurs = vue.catalogue.vocabulaires["memo_contact"].valeurs.items()
    return [
        {"id": id_, "libelle": typographier(v.libelle), "aide": typographier(v.definition or "")} for id_, v in valeurs
    ]


def du_lieu(vue: Vue, appui: Appui) -> list[dict[str, Markup | str]]:
    """What a fiche asks of the place: both phrases of each condition."""
    return [
        {
            nom: vue.sans_notes(phrase) if phrase else ""
            for nom, phrase in (("oui", c.phrase_oui), ("non", c.phrase_non))
        }
        for c in appui.conditions_de_lieu
    ]


def _support(vue: Vue, appui: Appui) -> dict[str, Any]:
    premiers = contacts(vue.catalogue, appui)
    dispositif = appui if isinstance(appui, Dispositif) else None
    porteur = dispositif.porteurs[0] if dispositif and len(dispositif.porteurs) == 1 else ""
    return {
        **vue.lien(appui.id),
        "id": appui.id,
        "partenaire": porteur if porteur in premiers else "",
        "accroche": vue.sans_notes(appui.accroche),
        "a_confirmer": _to_confirm(vue, appui),
        "lieu": du_lieu(vue, appui),
        "criteres": [_condition(vue, c) for c in appui.criteres],
        "contacts": [_contact(vue, id_) for id_ in premiers],
        "reponse_contact": vue.sans_notes(dispositif.contact.reponse) if dispositif and dispositif.contact else "",
        "kit": vue.lien(dispositif.kit) if dispositif and dispositif.kit and vue.existe(dispositif.kit) else None,
    }


def _to_confirm(vue: Vue, appui: Appui) -> Markup | None:
    """What makes it uncertain that the support still exists; None when it is in force and its end has not passed."""
    validite, fin = appui.validite, vue.fin(appui)
    if validite.etat == "en-vigueur" and not (fin and vue.echue(fin)):
        return None
    return vue.sans_notes(validite.precision or "La fiche ne dit pas si cet appui existe encore.")


def _condition(vue: Vue, critere: Critere) -> dict[str, Any]:
    oui, non = critere.phrase_oui or critere.phrase or "", critere.phrase_non or ""
    return {
        "question": vue.libelle("questions", critere.question) if critere.question else "",
        "oui": vue.sans_notes(oui),
        "non": vue.sans_notes(non),
        "identiques": oui == non,
        "devenir": vue.sans_notes(critere.comment_devenir or ""),
        "sinon": vue.libelle("verdicts", "non-adapte" if exclut(critere) else "a-verifier"),
    }


def _contact(vue: Vue, id_: str, raison: str = "") -> dict[str, Any]:
    """A partenaire to call: its page, why, how it is asked, its functional contact."""
    fiche: Fiche = vue.fiche_de(id_)
    contact = getattr(fiche, "premier_contact", None)
    saisine = getattr(fiche, "saisine", None)
    return {
        **vue.lien(id_),
        "raison": typographier(raison),
        "saisine": vue.libelle("saisine", saisine) if saisine else "",
        "contact": contact,
        "note": vue.sans_notes(contact.note) if contact and contact.note else "",
    }


def _historical(vue: Vue, dispositif: Dispositif) -> dict[str, Any]:
    suite = dispositif.validite.remplace_par
    return {
        **vue.lien(dispositif.id),
        "accroche": vue.sans_notes(dispositif.accroche),
        "suite": vue.lien(suite) if suite and vue.existe(suite) else None,
    }


def _data(vue: Vue) -> Markup:
    """Rules and labels, as JSON inside the page: nothing is fetched, and no text of a fiche can close the element."""
    donnees = {**regles(vue.catalogue), "libelles": {v["id"]: v["libelle"] for v in _verdicts(vue)}, "icones": ICONES}
    return dans_une_page(donnees)
