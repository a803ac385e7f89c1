"""A site of a list -> its own draft."""

from __future__ import annotations

from macros.contribution.importation.blocs import Bloc
from macros.contribution.importation.brouillon import LIBELLE, Brouillon, citer, phrases
from macros.contribution.importation.decoupe import Section
from macros.contribution.importation.formes import texte
from macros.contribution.importation.mots import normaliser, uni
from macros.contribution.importation.noms import cites, departements
from macros.contribution.importation.regles import Regles, motif
from macros.modeles.partage import IMPORTATION


def site(section: Section, titre_courant: str, regles: Regles) -> Brouillon:
    """Return the draft of a site. ``titre_courant``: the last heading before its list, which may name the
    dispositif."""
    nom, lieu, objet = section.site or ("", "", "")
    b = Brouillon("site", {"titre": nom[:LIBELLE], "profondeur": "reperage", "nom_dans_la_source": nom[:LIBELLE]})
    b.origines["titre"] = uni(section.intitule)
    b.douter("titre", IMPORTATION.dire("nom_du_site"))
    b.douter("profondeur", IMPORTATION.dire("reperage"))
    if objet:
        premiere, *autres = phrases(objet)
        b.champs["objet"] = citer(premiere)
        b.restes += autres
    if 20 <= len(objet) <= 300:
        b.champs["accroche"] = citer(objet[:1].upper() + objet[1:] + ".")
        b.douter("accroche", IMPORTATION.dire("accroche"))
    _lieu(b, lieu, regles)
    _annonce(b, section.annonce or section.intitule, titre_courant, regles)
    if section.blocs:
        texte(b, "resume", Section(blocs=[Bloc(x.genre, x.texte, 0, x.alertes) for x in section.blocs]), regles)
    return b


def _lieu(b: Brouillon, lieu: str, regles: Regles) -> None:
    if not lieu:
        b.douter("territoire", IMPORTATION.dire("lieu_a_preciser"))
        return
    trouves = departements(lieu, regles["departements"])
    if trouves:
        b.champs["territoire"] = {"echelle": "departement", "lieux": trouves}
    b.douter("territoire", IMPORTATION.dire("lieu", lieu=lieu))


def _annonce(b: Brouillon, annonce: str, titre_courant: str, regles: Regles) -> None:
    """What the line that opens the list says of all its sites: the year, the dispositif, how far they are."""
    if not annonce:
        return
    b.origines["objet"] = uni(annonce)
    annee = motif(regles["sites"]["annee"]).search(annonce)
    if annee:
        b.champs["annees"] = [annee[1]]
    dispositifs = regles["noms"]["dispositif"]
    nomme = cites(annonce, dispositifs) or cites(titre_courant, dispositifs)
    if nomme:
        b.champs["dispositifs"] = [nomme[0][0]]
        b.douter("dispositifs", IMPORTATION.dire("dispositif", lu=nomme[0][1]))
    propre = normaliser(annonce)
    for mot, valeur in regles["sites"]["avancement"].items():
        if mot in propre:
            b.champs["avancement"] = valeur
            b.douter("avancement", IMPORTATION.dire("avancement", lu=uni(annonce)))
            break
