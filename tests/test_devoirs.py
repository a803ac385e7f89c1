"""The duties of the publisher: its fields, what forbids to publish, the security contact, the pages that show them."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from macros.catalogue.fige import Catalogue
from macros.moteur.appels import MACROS, appeler
from macros.moteur.devoirs.contact_securite import PREAVIS, URIS, echeance_depassee, security_txt
from macros.moteur.devoirs.editeur import A_RENSEIGNER, CHAMPS, Editeur, lire, montrer
from macros.moteur.devoirs.mise_en_ligne import manques
from macros.moteur.memoire import editeur as editeur_retenu
from macros.moteur.memoire import retenir_editeur
from scripts import publication
from tests.conftest import RACINE, lancer

JOUR = dt.date(2026, 11, 22)
PUBLIQUE = "https://territoires.exemple.fr/"
COMPLET = {cle: champ.exemple for cle, champ in CHAMPS.items()}


def complet(**champs: str) -> Editeur:
    lu, fautes = lire({**COMPLET, **champs})
    assert fautes == []
    return lu


def mkdocs() -> dict[str, object]:
    texte = (RACINE / "mkdocs.yml").read_text(encoding="utf-8").replace("!ENV", "")
    lu = yaml.safe_load(texte)["extra"]["editeur"]
    assert isinstance(lu, dict)
    return lu


def test_mkdocs_nomme_chaque_champ_une_fois_et_n_en_invente_aucun() -> None:
    donnees = mkdocs()
    assert list(donnees) == list(CHAMPS)
    assert lire(donnees)[1] == []


def test_chaque_champ_a_une_aide_et_un_exemple_a_sa_propre_forme() -> None:
    assert lire(COMPLET)[1] == []
    for champ in CHAMPS.values():
        assert champ.aide.endswith(".") and champ.libelle


@pytest.mark.parametrize(
    ("champ", "valeur", "dit"),
    [
        ("contact", "contact", "une adresse de courriel"),
        ("contact", "a@b@c.fr", "une adresse de courriel"),
        ("contact", "x@exemple.fr?bcc=y@exemple.fr", "une adresse de courriel"),
        ("telephone", "12 34", "un numéro de téléphone"),
        ("telephone", "01 02 03 04 05;ext=1", "un numéro de téléphone"),
        ("contact_securite", "http://exemple.fr/", "https://"),
        ("contact_securite", "javascript:alert(1)", "https://"),
        ("contact_securite", "https://exemple.fr\nContact: mailto:faux@exemple.fr", "caractère de commande"),
        ("securite_valable_jusqu_au", "31/10/2027", "AAAA-MM-JJ"),
        ("securite_valable_jusqu_au", "2027-02-30", "AAAA-MM-JJ"),
        ("nom", "<script>alert(1)</script>", "chevron"),
        ("nom", "{{ config }}", "accolade"),
        ("nom", "Agence\u202egnp.exe", "caractère de commande"),
        ("nom", ["Agence"], "un texte entre guillemets"),
        ("nom", "A", "deux caractères"),
        ("hebergeur_tel", "01 02 03 04 05", "Vouliez-vous dire"),
    ],
)
def test_une_valeur_mal_formee_est_refusee_avec_ce_qui_etait_attendu(champ: str, valeur: object, dit: str) -> None:
    lu, fautes = lire({**COMPLET, champ: valeur})
    assert len(fautes) == 1
    assert fautes[0].startswith(f"mkdocs.yml · extra.editeur.{champ} : ")
    assert dit in fautes[0]
    assert lu.valeurs.get(champ) is None


@pytest.mark.parametrize("donnees", [None, {}, [], "texte", 3])
def test_rien_ou_n_importe_quoi_ne_fait_pas_tomber_la_lecture(donnees: object) -> None:
    lu, fautes = lire(donnees)
    assert len(lu.vides) == len(CHAMPS)
    assert bool(fautes) == (donnees is not None and not isinstance(donnees, dict))


def test_un_champ_vide_se_voit_un_champ_rempli_se_suit() -> None:
    assert A_RENSEIGNER in montrer(Editeur(), "nom")
    lu = complet(nom="Agence & Cie : l'essai")
    assert montrer(lu, "nom") == "Agence &amp; Cie\u00a0: l’essai"
    assert montrer(lu, "contact") == '<a href="mailto:contact@exemple.fr">contact@exemple.fr</a>'
    assert montrer(lu, "telephone") == '<a href="tel:+33102030405">01 02 03 04 05</a>'
    page = complet(contact_securite="https://exemple.fr/faille?a=1&b=2")
    assert 'href="https://exemple.fr/faille?a=1&amp;b=2"' in montrer(page, "contact_securite")


def test_la_macro_ecrit_le_champ_et_propose_le_nom_le_plus_proche() -> None:
    garde = editeur_retenu()
    try:
        assert retenir_editeur(COMPLET) == []
        assert appeler("editeur", "mentions-legales/", "nom") == COMPLET["nom"]
        with pytest.raises(ValueError, match="Vouliez-vous dire « contact »"):
            appeler("editeur", "mentions-legales/", "contacts")
    finally:
        retenir_editeur(dict(garde.valeurs))
    assert all(cle in MACROS["editeur"].parametres["champ"] for cle in CHAMPS)


def test_tout_est_pret(catalogue: Catalogue) -> None:
    assert manques(complet(), catalogue, PUBLIQUE, JOUR) == []


@pytest.mark.parametrize("champ", CHAMPS)
def test_un_seul_champ_vide_suffit_a_refuser(champ: str, catalogue: Catalogue) -> None:
    lu = complet(**{champ: ""})
    (manque,) = manques(lu, catalogue, PUBLIQUE, JOUR)
    assert manque.quoi.startswith(f"mkdocs.yml · extra.editeur.{champ} : ")
    assert CHAMPS[champ].exemple in manque.remede


@pytest.mark.parametrize(
    ("adresse", "dit"),
    [
        ("", "vide"),
        ("http://127.0.0.1:8000/", "locale"),
        ("http://localhost/", "locale"),
        ("https://192.168.1.4/", "locale"),
        ("https://[::1]/", "locale"),
        ("https://intranet/", "locale"),
        ("https://site.local/", "locale"),
        ("https://exemple.test./", "locale"),
        ("http://territoires.exemple.fr/", "https"),
        ("https://[", "pas une adresse"),
    ],
)
def test_une_adresse_qui_n_est_pas_publique_est_refusee(adresse: str, dit: str, catalogue: Catalogue) -> None:
    (manque,) = manques(complet(), catalogue, adresse, JOUR)
    assert manque.quoi.startswith("SITE_URL : ") and dit in manque.quoi
    assert "SITE_URL=https://" in manque.remede


def test_une_fiche_en_brouillon_est_nommee(catalogue: Catalogue) -> None:
    id_, fiche = next(iter(catalogue.fiches.items()))
    brouillon = replace(catalogue, fiches={**catalogue.fiches, id_: fiche.model_copy(update={"etat": "brouillon"})})
    (manque,) = manques(complet(), brouillon, PUBLIQUE, JOUR)
    assert manque.quoi == f"{catalogue.fichiers[id_]} : la fiche « {fiche.titre} » est en brouillon"


@pytest.mark.parametrize(
    ("jours", "dit"), [(-1, "expiré"), (0, "bientôt"), (29, "bientôt"), (30, None), (366, None), (367, "plus d’un an")]
)
def test_la_promesse_de_security_txt_ni_passee_ni_proche_ni_lointaine(
    jours: int, dit: str | None, catalogue: Catalogue
) -> None:
    lu = complet(securite_valable_jusqu_au=(JOUR + dt.timedelta(days=jours)).isoformat())
    trouves = manques(lu, catalogue, PUBLIQUE, JOUR)
    assert len(trouves) == (dit is not None)
    assert dit is None or dit in trouves[0].quoi


def test_l_echeance_du_projet_n_est_pas_pour_bientot() -> None:
    """Fails thirty days before the end: check that the contact still answers, then move the date in mkdocs.yml."""
    lu, _ = lire(mkdocs())
    defaut = echeance_depassee(lu, dt.date.today())
    assert defaut is None or "plus d’un an" in defaut, f"{defaut} : vérifiez le contact, puis repoussez la date."
    assert PREAVIS.days == 30


def test_security_txt_a_la_forme_du_rfc_9116() -> None:
    texte = security_txt(complet(), "https://exemple.fr/site")
    lignes = texte.removesuffix("\n").split("\n")
    champs = [re.fullmatch(r"([A-Z][A-Za-z-]+): (\S.*)", ligne) for ligne in lignes]
    assert all(champs)
    noms = [c[1] for c in champs if c]
    assert noms.count("Contact") == 1 and noms.count("Expires") == 1 and noms.count("Preferred-Languages") == 1
    assert "Contact: mailto:securite@exemple.fr" in lignes
    expire = next(c[2] for c in champs if c and c[1] == "Expires")
    assert dt.datetime.fromisoformat(expire).date() == dt.date(2027, 10, 31)
    assert [c[2] for c in champs if c and c[1] == "Canonical"] == [f"https://exemple.fr/site/{uri}" for uri in URIS]
    assert security_txt(complet(contact_securite=""), PUBLIQUE) == ""


def test_la_commande_dit_chaque_manque_et_ne_construit_rien(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("SITE_URL", "http://127.0.0.1:8000/")
    monkeypatch.setattr(publication, "_construire", lambda _: pytest.fail("rien ne devait se construire"))
    assert publication.main([str(tmp_path / "site")]) == 1
    dit = capsys.readouterr().err
    vides = [cle for cle, valeur in mkdocs().items() if not valeur]
    for cle in vides:
        assert f"extra.editeur.{cle} : " in dit
    assert "est une adresse locale" in dit
    assert f"Publication refusée : {len(vides) + 1} point(s)" in dit


def test_la_commande_construit_verifie_la_promesse_et_dit_ce_qui_est_fait(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    lu = complet()
    monkeypatch.setattr(publication, "configuration", lambda _: (PUBLIQUE, lu, []))
    monkeypatch.setattr(publication, "refus", lambda *_: [])
    destination = tmp_path / "site"

    def construire(ou: Path) -> int:
        for uri in URIS:
            (ou / uri).parent.mkdir(parents=True, exist_ok=True)
            (ou / uri).write_text(security_txt(lu, PUBLIQUE), encoding="utf-8")
        return 0

    monkeypatch.setattr(publication, "_construire", construire)
    assert publication.main([str(destination)]) == 0
    assert f"Prêt à mettre en ligne à l’adresse {PUBLIQUE}" in capsys.readouterr().out
    monkeypatch.setattr(publication, "_construire", lambda _: 0)
    (destination / URIS[0]).write_text("Contact: mailto:ancien@exemple.fr\n", encoding="utf-8")
    assert publication.main([str(destination)]) == 1
    assert f"{URIS[0]} manque au site construit" in capsys.readouterr().err


@pytest.mark.longue
def test_un_projet_dont_tout_est_rempli_se_publie(projet: Path, tmp_path: Path) -> None:
    """The real command, on a copy of the project with every field filled in."""
    place = projet / "mkdocs.yml"
    texte = place.read_text(encoding="utf-8")
    for cle, valeur in COMPLET.items():
        texte, fois = re.subn(
            rf"^    {cle}: .*$", lambda _, c=cle, v=valeur: f'    {c}: "{v}"', texte, flags=re.MULTILINE
        )
        assert fois == 1, cle
    place.write_text(texte, encoding="utf-8")
    shutil.copytree(RACINE / "deploiement", projet / "deploiement")
    adresse = "https://territoires.exemple.fr/"
    environ = {**os.environ, "SITE_URL": adresse}
    fait = lancer(sys.executable, "scripts/publication.py", str(tmp_path / "site"), cwd=projet, env=environ)
    assert fait.returncode == 0, fait.stdout + fait.stderr
    assert f"Prêt à mettre en ligne à l’adresse {adresse}" in fait.stdout
    site = tmp_path / "site"
    for uri in URIS:
        assert (site / uri).read_text(encoding="utf-8") == security_txt(complet(), adresse)
    pages = {p.relative_to(site).as_posix(): p.read_text(encoding="utf-8") for p in site.rglob("*.html")}
    assert [nom for nom, page in pages.items() if 'class="a-renseigner"' in page] == []
    assert COMPLET["nom"] in pages["mentions-legales/index.html"]
    # Quelle que soit l’adresse : les mêmes scripts en ligne, donc les mêmes configurations de serveur.
    fait = lancer(sys.executable, "scripts/deploiement.py", "--verifier", cwd=projet)
    assert fait.returncode == 0, fait.stderr


def test_les_pages_des_devoirs_montrent_ou_demandent_chaque_champ(site: Path) -> None:
    pages = "".join(
        (site / uri / "index.html").read_text(encoding="utf-8")
        for uri in ("mentions-legales", "vie-privee", "contribuer/signaler")
    )
    sources = "".join((RACINE / f"docs/{nom}.md").read_text("utf-8") for nom in ("mentions-legales", "vie-privee"))
    cites = set(re.findall(r"editeur\(\"(\w+)\"\)", sources))
    assert cites == set(CHAMPS) - {"securite_valable_jusqu_au"}
    assert "{{" not in pages
    for cle, valeur in mkdocs().items():
        if cle in cites and not valeur:
            assert A_RENSEIGNER in pages
    assert 'id="securite"' in pages
    accueil = (site / "index.html").read_text(encoding="utf-8")
    assert 'href="mentions-legales/"' in accueil and 'href="vie-privee/"' in accueil
