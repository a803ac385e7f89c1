"""The reference data of ``fiches/referentiels``: what each file holds, where it comes from, how its columns are
checked."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from macros.modeles.types import DatePartielle, Identifiant, Libelle, Modele, PhraseLibre, Url, champ, forme

Fichier = Annotated[
    str, forme(r"^[a-z0-9_]+\.(csv|geojson)$", "un nom de fichier .csv, en minuscules, par exemple ort.csv")
]
Colonne = Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]


class Jeu(Modele):
    """One file. ``colonnes``: column -> check (see ``macros/lecture/lieux/controle.py``); « ? » admits an empty
    cell."""

    fichier: Fichier = champ("Nom du fichier.", "ort.csv")
    titre: Libelle = champ("Nom des données.", "Opérations de revitalisation de territoire")
    contenu: PhraseLibre = champ("Ce que le fichier contient.", "2 367 communes : état et date de signature.")
    source: PhraseLibre = champ("D’où il vient.", "data.gouv.fr, repris par le dépôt betagouv/reno")
    date: DatePartielle = champ("Date des données.", "2025-12-16")
    licence: Libelle = champ("Licence.", "Licence Ouverte 2.0")
    colonnes: dict[Colonne, Libelle] = champ("Colonnes, et leur contrôle.", {"code": "commune", "date": "date?"})
    cle: tuple[Colonne, ...] = champ("Colonnes dont les valeurs ne se répètent pas ensemble.", ["code"])
    piege: PhraseLibre = champ("Ce qui trompe.", "Seul l’état « signée » compte.")
    ecarts: dict[Libelle, PhraseLibre] = champ(
        "Codes inconnus, et pourquoi ils restent.", {"72287": "commune disparue"}, defaut={}
    )


class Programme(Modele):
    """A list to which a place may belong, as the page of the place names it."""

    nom: Libelle = champ("Nom du programme.", "Petites villes de demain")
    jeu: Fichier = champ("Fichier qui le liste.", "programmes.csv")
    fiche: Identifiant | None = champ("Sa fiche.", "petites-villes-de-demain", defaut=None)


class PageNationale(Modele):
    """Where a kind of body is listed, when no open file lists it."""

    organisme: Libelle = champ("Ce que la page liste.", "CAUE")
    nom: Libelle = champ("Nom de la page.", "Fédération nationale des CAUE")
    url: Url = champ("Son adresse.", "https://www.fncaue.com/")
    fiche: Identifiant | None = champ("La fiche qui dit ce qu’il fait.", "caue", defaut=None)


class Manifeste(Modele):
    """``fiches/referentiels/manifeste.yml``. ``mots_des_boites``: words by which the mailbox of a service is known."""

    sources_des_contacts: dict[Libelle, Libelle] = champ("Noms des annuaires.", {"anct": "annuaire de l’ANCT"})
    mots_des_boites: tuple[Libelle, ...] = champ("Mots d’une boîte de service.", ["ddt", "prefecture"])
    mots: dict[Colonne, dict[Libelle, Libelle]] = champ(
        "Les valeurs d’une colonne, en mots simples.", {"densite": {"7": "campagne très peu dense"}}
    )
    programmes: dict[Libelle, Programme] = champ("Programmes.", {"pvd": {"nom": "Petites villes de demain"}})
    pages_nationales: tuple[PageNationale, ...] = champ(
        "Pages qui listent ce qu’aucun fichier ne liste.",
        [{"organisme": "CAUE", "nom": "Fédération", "url": "https://www.fncaue.com/"}],
    )
    jeux: tuple[Jeu, ...] = champ("Fichiers.", [{"fichier": "ort.csv"}])
