"""The search engine itself, asked in the browser on the built site: same folding, right counts, the bench."""

from __future__ import annotations

import copy
import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from conftest import RACINE
from playwright.sync_api import Browser, Error, Page, Route
from textes_difficiles import HOSTILES, TEXTES

from macros.catalogue.fige import Catalogue
from macros.ecriture.normalisation import normaliser, plier
from macros.lecture.dictionnaire import deballer
from macros.pages.documents_de_recherche import filtres
from macros.sorties.recherche.construction import CLASSEMENT, INDEX
from mesures import recherche as banc


@pytest.fixture(scope="module")
def demandes() -> list[str]:
    """Addresses asked for by the page before the engine is used."""
    return []


@pytest.fixture(scope="module")
def page(navigateur: Browser, base: str, demandes: list[str]) -> Iterator[Page]:
    """A page where the engine and its folding are at hand."""
    ouverte = navigateur.new_page()
    ouverte.on("request", lambda d: demandes.append(d.url))
    ouverte.goto(base + banc.VIERGE, wait_until="networkidle")
    avant = list(demandes)
    _moteur(ouverte)
    ouverte.evaluate("async (a) => { window.norme = await import(a) }", f"{base}assets/js/recherche/normalisation.js")
    demandes[:] = avant
    yield ouverte
    ouverte.close()


def _chercher(page: Page, texte: str, **options: Any) -> dict[str, Any]:
    reponse: dict[str, Any] = page.evaluate("([t, o]) => moteur.chercher(t, o)", [texte, options])
    return reponse


def test_rien_n_est_charge_avant_usage(page: Page, demandes: list[str]) -> None:
    assert demandes
    assert [u for u in demandes if u.endswith((".bin", "moteur.js")) or "search" in u] == []


def test_meme_normalisation_des_deux_cotes(page: Page, catalogue: Catalogue) -> None:
    textes = [*TEXTES, *HOSTILES[:-1], *(f.titre for f in catalogue.fiches.values())]
    textes += [f.accroche for f in catalogue.fiches.values()] + [t.definition for t in catalogue.glossaire.termes]
    rendus = page.evaluate("(t) => t.map((x) => [norme.normaliser(x), norme.plier(x)])", textes)
    assert rendus == [[normaliser(t), plier(t)] for t in textes]


def test_comptes_egaux_au_catalogue(page: Page, catalogue: Catalogue) -> None:
    comptes = _chercher(page, "")["comptes"]
    attendus = {nom: Counter() for nom in comptes}
    for fiche in catalogue.fiches.values():
        for facette, valeurs in filtres(catalogue, fiche).items():
            attendus[facette].update(set(valeurs))
    national = attendus["departement"]["national"]
    for facette, valeurs in comptes.items():
        for valeur, nombre in valeurs.items():
            ajout = national if facette == "departement" and valeur != "national" else 0
            assert nombre == attendus[facette][valeur] + ajout, (facette, valeur)


@pytest.mark.parametrize("texte", ["", "friche", "atelier habitants"])
def test_un_compte_annonce_ce_que_donne_le_choix(page: Page, texte: str) -> None:
    choisis = {"theme": ["participation"], "type": ["methode", "action"]}
    comptes = _chercher(page, texte, filtres=choisis, limite=1)["comptes"]
    for facette, valeur in (("theme", "habitat"), ("type", "kit"), ("phase", "cadrer"), ("public", "elu")):
        essai = {**choisis, facette: [valeur]}
        assert _chercher(page, texte, filtres=essai, limite=1)["total"] == comptes[facette][valeur], (facette, valeur)


@pytest.mark.parametrize("texte", HOSTILES)
def test_question_hostile(page: Page, texte: str) -> None:
    reponse = _chercher(page, texte, filtres={"__proto__": ["x"], "theme": ["nexiste-pas", "<b>"], "zzz": ["a"]})
    assert set(reponse) >= {
        "resultats",
        "total",
        "fiches",
        "comptes",
        "compris",
        "corriges",
        "inconnus",
        "courants",
        "vide",
    }


def test_ordre_extraits_et_tri(page: Page) -> None:
    amo = _chercher(page, "AMO")["resultats"]
    assert amo[0]["fiche"] == "methodes/assistance-maitrise-ouvrage"
    assert amo[0]["url"].endswith("/base/methodes/assistance-maitrise-ouvrage/")
    corrige = _chercher(page, "partcipation")
    assert corrige["corriges"] == [{"mot": "partcipation", "forme": "participation"}]
    assert corrige["compris"] == "participation"
    extrait = _chercher(page, "friche")["resultats"][0]["extrait"]
    assert any(s["marque"] and "friche" in s["texte"].lower() for s in extrait)
    titres = [r["titre"] for r in _chercher(page, "", tri="titre", limite=30)["resultats"]]
    assert titres == sorted(titres, key=lambda titre: plier(titre).lower().replace("œ", "oe"))
    dates = [r["fraicheur"] for r in _chercher(page, "atelier", tri="fraicheur", limite=30)["resultats"]]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("jeu", banc.JEUX)
def test_banc_de_recherche(page: Page, jeu: str) -> None:
    requetes = banc.lire_requetes(RACINE / banc.JEUX[jeu])
    scores = banc.noter(requetes, [banc.demander(page, r.q) for r in requetes])
    assert scores.hit3 >= (1 if jeu == "questions d’essai" else 0.95), scores
    assert scores.hit1 >= (0 if jeu == "questions d’essai" else 0.80), scores


def test_ce_que_le_site_n_a_pas_donne_une_porte(page: Page) -> None:
    requetes = [r for fichier in banc.JEUX.values() for r in banc.lire_requetes(RACINE / fichier) if r.porte]
    sans = [n for n, r in enumerate(requetes) if not banc.demander(page, r.q)["porte"]]
    assert (len(requetes) >= 20, sans) == (True, [])


def test_premiere_question(base: str, navigateur: Browser) -> None:
    """What it asks for, with nothing in the cache: the modules, the index, what its words and its answers need."""
    ouverte = navigateur.new_context(service_workers="block").new_page()
    ouverte.goto(base + banc.VIERGE, wait_until="networkidle")
    protocole = ouverte.context.new_cdp_session(ouverte)
    octets: list[int] = []
    protocole.on("Network.loadingFinished", lambda e: octets.append(e["encodedDataLength"]))
    protocole.send("Network.enable")
    _moteur(ouverte)
    _chercher(ouverte, "comment remettre en état le centre ancien et ses commerces vacants", limite=12)
    ouverte.context.close()
    assert 0 < sum(octets) <= 200_000


def _moteur(page: Page, variante: str = "") -> None:
    """Put the engine at hand; another ``variante`` is another engine, which has read nothing yet."""
    page.evaluate(
        """async (variante) => {
          const { src } = document.querySelector("script[type=module]");
          window.moteur = await import(new URL(`recherche/moteur.js${variante}`, src));
        }""",
        variante,
    )


@pytest.fixture
def sur_mesure(navigateur: Browser, base: str) -> Iterator[Callable[[Callable[[str, Any], Any]], Page]]:
    """A page whose engine receives the index as a function leaves it, given the name and the content of each file.

    It may change the first file, and lose the others (None).
    """
    ouverte = navigateur.new_context(service_workers="block").new_page()
    ouverte.goto(base + banc.VIERGE, wait_until="networkidle")
    gardes: dict[str, tuple[bytes, Any]] = {}
    changer: list[Callable[[str, Any], Any]] = []
    frais = {"Cache-Control": "no-store"}

    def repondre(route: Route) -> None:
        nom = route.request.url.rsplit("/", 1)[-1]
        if nom not in gardes:
            octets = route.fetch().body()
            gardes[nom] = octets, json.loads(gzip.decompress(octets))
        octets, contenu = gardes[nom]
        rendu = changer[-1](nom, copy.deepcopy(contenu) if nom == INDEX else contenu)
        if nom == INDEX:
            octets = gzip.compress(json.dumps(rendu).encode(), 1)
        route.abort() if rendu is None else route.fulfill(body=octets, headers=frais)

    ouverte.route("**/recherche/*.bin", repondre)

    def charger(fonction: Callable[[str, Any], Any]) -> Page:
        changer.append(fonction)
        _moteur(ouverte, f"?{len(changer)}")
        return ouverte

    yield charger
    ouverte.context.close()


SENSIBLES = """\
que faire de notre friche industrielle ; revitaliser le centre bourg ; pre ingenierie ; village d’avenir ; ddtm ; friche
comment trouver une aide financière ; agence d’urbanisme ; maison vide depuis 20 ans, propriétaire introuvable ; caue
action coeur de vile ; villages davenir ; établissement public foncier ; logements vacants ; fond vert ; vilage davenir
trouver des subventions ; budget participatif rennes ; exemple de commerce en Ardèche ; comité de pilotage ; dossier DTER
circuits courts cantine ; repas et pauses ; isolation ecole subvention ; témoignages de budget participatif ; acses
opération programmée d’amélioration de l’habitat ; conseil d’architecture du Pas-de-Calais ; villeneuve de berg
friche programme historique ; rénover les logements anciens ; faut-il vendre ou garder le presbytère ; aménagement Lille
ingénierie à Arras ; éclairage à Rennes ; marché""".replace("\n", " ; ").split(" ; ")
"""Questions such that each knob changes the answer of one at least."""


def test_chaque_bouton_du_classement_change_l_ordre(page: Page, base: str) -> None:
    """Turned one at a time; one that the code no longer reads changes nothing."""
    boutons = yaml.safe_load(CLASSEMENT.read_text(encoding="utf-8"))
    chemins = [(n, s) for n, v in boutons.items() for s in (v if isinstance(v, dict) else [None])]
    sans_effet = page.evaluate(
        """async ([base, questions, chemins]) => {
          const { Index } = await import(base + "assets/js/recherche/index.js");
          const donnees = await Index.lire();
          const lus = new Map(); // what was fetched serves every index
          const preparer = (classement) => {
            const index = new Index({ ...donnees, classement });
            for (const [nom, contenu] of lus) index.memoire.set(nom, contenu);
            return index;
          };
          const repondre = async (index, q) => {
            const { resultats, corriges } = await moteur.repondre(index, q, { limite: 6 });
            for (const [nom, contenu] of index.memoire) if (nom.endsWith(".bin")) lus.set(nom, contenu);
            return JSON.stringify([resultats.map((f) => f.fiche), corriges]);
          };
          const differe = async (index) => { // as soon as one question answers otherwise
            for (const [rang, q] of questions.entries()) if ((await repondre(index, q)) !== attendus[rang]) return true;
            return false;
          };
          const autre = (v) => (typeof v === "string" ? "" : Array.isArray(v) ? [1] : v > 1 ? v * 4 : v / 4);
          const tel = preparer(donnees.classement), attendus = [];
          for (const q of questions) attendus.push(await repondre(tel, q));
          const sansEffet = [];
          for (const [nom, sous] of chemins) {
            const classement = structuredClone(donnees.classement);
            if (sous) classement[nom][sous] = autre(classement[nom][sous]);
            else classement[nom] = nom === "longueur" ? 0 : autre(classement[nom]);
            if (!(await differe(preparer(classement)))) sansEffet.push([nom, sous]);
          }
          return sansEffet;
        }""",
        [base, SENSIBLES, chemins],
    )
    assert len(chemins) > 40
    assert sans_effet == []


def test_un_site_publie_entre_temps_se_relit(sur_mesure: Callable[..., Page]) -> None:
    """A part of the index is gone: the index is read again, once; gone for good, the question fails, never answers
    none."""
    lectures: list[str] = []

    def perdre(nom: str, contenu: Any) -> Any:
        lectures.append(nom)
        return None if isinstance(contenu, str) and lectures.count(INDEX) < perte else contenu

    perte = 2
    assert _chercher(sur_mesure(perdre), "friche")["total"] > 0
    assert lectures.count(INDEX) == 2
    perte = 9
    with pytest.raises(Error, match=r"recherche|fetch"):
        _chercher(sur_mesure(perdre), "friche")


def test_sans_les_textes_les_titres_repondent(sur_mesure: Callable[..., Page]) -> None:
    page = sur_mesure(lambda _, contenu: None if isinstance(contenu, list) else contenu)
    premiere = _chercher(page, "fonds vert")["resultats"][0]
    assert (premiere["fiche"], premiere["extrait"]) == ("dispositifs/fonds-vert", [])


@pytest.fixture(scope="module")
def mots_francais() -> list[str]:
    """300 words of the dictionary, drawn once for all: nouns, adjectives and verbs without capital nor hyphen."""
    lignes = (deballer(RACINE / ".cache") / "fr.dic").read_text(encoding="utf-8").splitlines()[1:]
    communs = [mot for ligne in lignes if re.fullmatch("[a-zà-ÿœ]{4,14}", mot := re.split("[/\\s]", ligne)[0])]
    return random.Random(19).sample(communs, 300)


def test_aucun_mot_francais_n_est_remplace(page: Page, mots_francais: list[str]) -> None:
    """None is read as another; one that no fiche says is said to be so."""
    rendus = page.evaluate("(mots) => Promise.all(mots.map((m) => moteur.chercher(m, { limite: 1 })))", mots_francais)
    for mot, rendu in zip(mots_francais, rendus, strict=True):
        assert rendu["corriges"] == [], mot
        assert (
            rendu["total"]
            or [i["mot"] for i in rendu["inconnus"]] == [normaliser(mot)]
            or rendu["courants"]
            or rendu["lieux"]
            or rendu["vide"]
        ), mot


@pytest.mark.parametrize(("faute", "voulu"), [("firche", "friche"), ("coaerce", "commerce"), ("logmeet", "logement")])
def test_une_faute_se_corrige_et_se_dit(page: Page, faute: str, voulu: str) -> None:
    assert _chercher(page, faute)["corriges"] == [{"mot": faute, "forme": voulu}]
    tel_quel = _chercher(page, faute, telQuel=True)
    assert (tel_quel["corriges"], tel_quel["fiches"]) == ([], 0)
    assert [i["mot"] for i in tel_quel["inconnus"]] == [faute]


def test_le_mot_rare_decide(page: Page) -> None:
    def premieres(texte: str) -> list[str]:
        return [r["fiche"] for r in _chercher(page, texte)["resultats"]]

    assert premieres("detr date limite dossier")[0] == "dispositifs/detr-dsil"
    assert premieres("aide territoire")[0] == "dispositifs/aides-territoires"
    assert premieres("3500 habitants") == premieres("3 500 habitants") != []
    assert premieres("cœur de ville")[0] == "dispositifs/action-coeur-de-ville"


def test_en_vigueur_d_abord(page: Page) -> None:
    etats = [r["validite"] for r in _chercher(page, "friche")["resultats"][:3]]
    assert etats == ["en-vigueur"] * 3


@pytest.mark.parametrize("texte", ["le la les", "🙂", "« » ' \" <b></b>", "?!", "  …  "])
def test_sans_mot_pas_de_liste(page: Page, texte: str) -> None:
    """Nothing to look for: it is said, and never everything is listed."""
    rendu = _chercher(page, texte)
    assert (rendu["vide"] or texte.startswith("«"), rendu["total"]) == (True, 0)


@pytest.mark.parametrize("texte", ["привет", "friche " * 1500, "x" * 10_000, "<script>alert(1)</script>"])
def test_question_demesuree(page: Page, texte: str) -> None:
    rendu = _chercher(page, texte)
    assert rendu["total"] < 80
    assert rendu["total"] or rendu["inconnus"]
