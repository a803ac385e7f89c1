"""An existing document becomes drafts: headings, slots and sites in their place, no word lost, no trap sprung."""

from __future__ import annotations

import io
import itertools
import re
import subprocess
import sys
import time

import docx
import odfdo
import pytest
from conftest import RACINE
from echantillons import (
    CAUE,
    CHAMPS_CAUE,
    CRENEAUX,
    ECRIRE,
    HOSTILE,
    PROGRAMME,
    RETOUR,
    SITES,
    TOUS,
    archive,
    document_xml,
    en_docx,
    en_odt,
    en_pdf,
    en_txt,
    paragraphe_xml,
    pieges,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from macros.contribution.fiches_vierges import fiche_vierge
from macros.contribution.importation.importer import Brouillon, Importation, importer
from macros.contribution.importation.redaction import rediger
from macros.contribution.importation.refus import DocumentRefuse
from macros.contribution.importation.regles import regles
from macros.contribution.navigateur import appeler
from macros.lecture.brute import lire
from macros.modeles import TYPES
from macros.modeles.libelles import CHAMPS
from macros.sorties.documents import bureautique
from scripts import importer as porte
from tests.conftest import lancer

JOUR = "2026-11-22"
MOT = re.compile(r"\w+")


@pytest.fixture(scope="module")
def connu(catalogue):
    return regles(catalogue)


@pytest.fixture(scope="module")
def tire(connu):
    """Import a sample in a format; each pair once."""
    faits: dict[tuple[str, str], Importation] = {}

    def fait(nom: str, format_: str) -> Importation:
        if (nom, format_) not in faits:
            faits[nom, format_] = importer(f"{nom}.{format_}", ECRIRE[format_](TOUS[nom]), connu, JOUR)
        return faits[nom, format_]

    return fait


def ecrit(fait: Importation) -> str:
    return "\n".join(rediger(fait, rang) for rang in range(len(fait.brouillons)))


FORMATS = list(ECRIRE)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("nom", list(TOUS))
def test_aucun_mot_perdu_et_yaml_relu(tire, nom, format_):
    fait = tire(nom, format_)
    perdus = {mot for ligne in TOUS[nom] for mot in MOT.findall(ligne)} - set(MOT.findall(ecrit(fait)))
    assert perdus == set()
    for rang, brouillon in enumerate(fait.brouillons):
        brut, problemes = lire("x.yml", rediger(fait, rang).encode())
        assert problemes == []
        assert brut.donnees == brouillon.champs


@pytest.mark.parametrize("format_", FORMATS)
def test_chaque_intitule_du_caue_dans_son_champ(tire, format_):
    fait = tire("caue", format_)
    (brouillon,) = fait.brouillons
    assert brouillon.type == "action"
    assert {nom: brouillon.champs.get(nom) for nom in CHAMPS_CAUE} == CHAMPS_CAUE
    assert brouillon.champs["periode"] == {"texte": "depuis trois ans, sans relâche [s1]."}
    assert [p["fiche"] for p in brouillon.champs["partenaires"]] == [
        "ingenierie-62",
        "agences-urbanisme",
        "mission-bassin-minier",
    ]
    assert "schéma plutôt linéaire" in brouillon.champs["resume"]
    assert brouillon.origines["moyens_externes"] == "Moyens externes : (vide dans le document)"
    assert brouillon.restes == []


@pytest.mark.parametrize("format_", FORMATS)
def test_chaque_creneau_dans_une_sequence_avec_ses_heures(tire, format_):
    (brouillon,) = tire("programme", format_).brouillons
    (seance,) = brouillon.champs["seances"]
    assert brouillon.type == "kit"
    assert [(s["debut"], s.get("duree"), s["modalite"]) for s in seance["sequences"]] == CRENEAUX
    assert (seance["debut"], seance["titre"]) == ("08:30", "Déroulement de la journée")
    assert seance["sequences"][2]["consignes"] == ["Lecture des cartes [s1].", "Choix du parcours [s1]."]
    assert [d[1] for d in brouillon.doutes if d[0] == "seances[1].sequences[8].duree"] == [
        "durée impossible à calculer : de 15:30"
    ]
    assert brouillon.origines["seances[1].sequences[1]"] == "08h30/09h00"
    assert brouillon.champs["roles"][0]["missions"] == ["Un architecte-conseil appuie chaque groupe [s1]."]


@pytest.mark.parametrize("format_", FORMATS)
def test_chaque_site_de_la_liste_dans_son_brouillon(tire, format_):
    page, *sites = tire("sites", format_).brouillons
    assert page.type == "dispositif"
    assert [s.champs["titre"] for s in sites] == [
        "Communauté de communes des Deux-Rives",
        "Commune de Fontclaire",
        "Projet de création du Parc des Hêtraies",
        "Ville de Rivecourt",
        "PETR du Pays d’Amont",
    ]
    assert [s.champs["annees"] for s in sites] == [["2019"]] * 3 + [["2021"]] * 2
    assert [s.champs["avancement"] for s in sites] == ["selectionne"] * 3 + ["propose"] * 2
    assert [s.champs.get("dispositifs") for s in sites] == [["atelier-flash"]] * 3 + [None] * 2
    assert [lieu["code"] for lieu in sites[0].champs["territoire"]["lieux"]] == ["77"]
    assert [lieu["code"] for lieu in sites[2].champs["territoire"]["lieux"]] == ["52", "21"]
    assert sites[1].champs["objet"] == "reconversion du bâtiment des thermes [s1]."
    assert all({"territoire", "profondeur", "titre"} <= {place for place, _ in s.doutes} for s in sites)


@pytest.mark.parametrize("format_", ["txt", "docx", "odt"])
def test_un_retour_d_atelier_donne_ses_cas(tire, format_):
    (brouillon,) = tire("retour", format_).brouillons
    (cas,) = brouillon.champs["cas"]
    assert cas["titre"] == "Rénovation d’une médiathèque"
    assert cas["facteurs_reussite"] == ["Projet politique clair [s1].", "Qualité du programme [s1]."]
    assert [v["piste"] for v in cas["vigilances"]] == [
        "Travail avec des experts [s1].",
        "Implication des partenaires [s1].",
    ]
    assert ("periode", "date lue dans le document : « Mai 2018 »") in brouillon.doutes


@pytest.mark.parametrize(
    ("lu", "juste"),
    [
        ("De I'envie au projet", "De l’envie au projet"),
        ("I'action commence", "L’action commence"),
        ("L'ACCOMPAGNEMENT DE I'ETAT", "L'ACCOMPAGNEMENT DE L’ETAT"),
        ("un schéma plut6t simple, Plut6t", "un schéma plutôt simple, Plutôt"),
        ("mis en ceuvre", "mis en œuvre"),
        ("grace a lintervention", "grâce à l’intervention"),
        ("nous a amené a nous questionner", "nous a amené à nous questionner"),
        ("il à été décidé", "il a été décidé"),
        ("Le résultat est |a : oui", "Le résultat est là : oui"),
        ("d’'une visite", "d’une visite"),
        # Ce qui pourrait être autre chose ne bouge pas.
        ("la commune a la charge du site", "la commune a la charge du site"),
        ("le groupe a visité 6 lieux en 2016, CP6 et H6", "le groupe a visité 6 lieux en 2016, CP6 et H6"),
        ("il a l'air prêt, face a dit", "il a l'air prêt, face a dit"),
        ("Partie I, l'idée", "Partie I, l'idée"),
    ],
)
def test_reparations_sures(connu, lu, juste):
    reparer = "({ reparer }, bloc, regles) => [reparer([bloc], regles), bloc.texte]"
    faites, repare = appeler("importation/reparation.js", reparer, {"texte": lu}, connu["reparations"])
    assert repare == juste
    assert bool(faites) == (lu != juste)


def test_le_douteux_est_marque_avec_son_texte(tire):
    texte = ecrit(tire("caue", "txt"))
    assert "# à vérifier : lettre perdue avant l’apostrophe : « Aujourd’hui, 'équipe »" in texte
    assert "# à vérifier : valeur déduite ; texte d’origine : « démarche de conseil « à la carte » »" in texte
    assert "# - « plut6t » → « plutôt »" in texte
    assert "# à compléter (obligatoire) · territoire" in texte
    assert "etat: brouillon" in texte


def test_identifiant_deja_pris_signale(connu):
    (brouillon,) = importer("x.txt", "Plédran\nUne visite.".encode(), connu, JOUR).brouillons
    assert brouillon.champs["id"] == "pledran"
    assert [place for place, texte in brouillon.doutes if "déjà cet identifiant" in texte] == ["id"]


def test_texte_hostile_inerte(tire):
    fait = tire("hostile", "txt")
    assert lire("x.yml", rediger(fait, 0).encode())[1] == []
    tout = str(fait.brouillons)
    assert "<script>alert(1)</script> et {{ 7 * 7 }} {% raw %} {# non #}" in tout
    raisons = [texte.split(" : ")[0] for _, texte in fait.brouillons[0].doutes]
    assert {"adresse électronique", "numéro de téléphone", "nom de personne", "balise restée dans le texte"} <= set(
        raisons
    )


@pytest.mark.parametrize("piege", list(pieges()))
def test_document_hostile_refuse_clairement(connu, piege):
    nom, octets, mots = pieges()[piege]
    debut = time.monotonic()
    with pytest.raises(DocumentRefuse) as refus:
        importer(nom, octets, connu, JOUR)
    assert mots in str(refus.value)
    assert str(refus.value).endswith(".")
    assert time.monotonic() - debut < 5


def test_macro_ignoree_et_texte_supprime_tu(connu):
    corps = paragraphe_xml("Visible") + "<w:p><w:del><w:r><w:delText>supprime</w:delText></w:r></w:del></w:p>"
    octets = archive({"word/document.xml": document_xml(corps), "word/vbaProject.bin": b"\xd0\xcf Shell calc"})
    fait = importer("macro.docx", octets, connu, JOUR)
    assert fait.brouillons[0].champs["titre"] == "Visible"
    assert "Shell" not in ecrit(fait)
    assert "supprime" not in ecrit(fait)


def test_marges_gardees(connu):
    pied = (
        document_xml("").replace(b"w:document", b"w:ftr").replace(b"<w:body></w:body>", paragraphe_xml("Pied").encode())
    )
    octets = archive({"word/document.xml": document_xml(paragraphe_xml("Titre")), "word/footer1.xml": pied})
    assert importer("x.docx", octets, connu, JOUR).brouillons[0].restes == ["Pied"]


def test_pdf_refuses_clairement(connu):
    vierge = PdfWriter()
    vierge.add_blank_page(200, 200)
    chiffre = PdfWriter(clone_from=PdfReader(io.BytesIO(en_pdf(["secret"]))))
    chiffre.encrypt("motdepasse", algorithm="RC4-128")
    attendus = {"pas de texte": vierge, "mot de passe": chiffre}
    for mots, ecrivain in attendus.items():
        sortie = io.BytesIO()
        ecrivain.write(sortie)
        with pytest.raises(DocumentRefuse, match=mots):
            importer("x.pdf", sortie.getvalue(), connu, JOUR)
    with pytest.raises(DocumentRefuse, match="abîmé"):
        importer("x.pdf", b"%PDF-1.7\nrien de bon" * 20, connu, JOUR)
    with pytest.raises(DocumentRefuse, match="pas un PDF"):
        importer("x.pdf", b"bonjour" * 20, connu, JOUR)
    trop = {**connu, "limites": {**connu["limites"], "pages": 0}}
    with pytest.raises(DocumentRefuse, match="plus de 0 pages"):
        importer("x.pdf", en_pdf(["page"]), trop, JOUR)
    lent = {**connu, "limites": {**connu["limites"], "secondes": 0.001}}
    with pytest.raises(DocumentRefuse, match="n’a pas pu être lu"):
        importer("x.pdf", en_pdf(["page"]), lent, JOUR)


def test_latin_1_lu_et_dit(connu):
    fait = importer("latin.txt", "Présentation de l’été\nÀ Évry".encode("cp1252"), connu, JOUR)
    assert "Présentation de l’été" in ecrit(fait)
    assert fait.remarques
    assert importer("u.txt", "Été à Évry".encode("utf-16"), connu, JOUR).brouillons[0].champs["titre"] == "Été à Évry"


LIGNES = st.lists(
    st.one_of(
        st.sampled_from([ligne for lignes in (CAUE, PROGRAMME, SITES, RETOUR, HOSTILE) for ligne in lignes]),
        # signs that nobody sees, which the importer drops, join what they parted
        st.text(st.characters(exclude_categories=("Cs", "Cf")), max_size=60),
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(lignes=LIGNES, type_=st.sampled_from([None, *TYPES]))
def test_tout_texte_devient_un_yaml_lisible_sans_rien_perdre(connu, lignes, type_):
    octets = "\n".join(lignes).encode()
    try:
        fait = importer("tirage.txt", octets, connu, JOUR, type_)
    except DocumentRefuse:
        return
    sortie = set(re.findall(r"[A-Za-zÀ-ÿ0-9]+", ecrit(fait)))
    assert set(re.findall(r"[A-Za-zÀ-ÿ0-9]+", "\n".join(lignes))) - sortie == set()
    for rang, brouillon in enumerate(fait.brouillons):
        brut, problemes = lire("x.yml", rediger(fait, rang).encode())
        assert problemes == []
        assert brut.donnees == brouillon.champs


# Fiche à remplir


def fichier(document, format_, dossier) -> bytes:
    return bureautique.ecrire(document, format_, dossier)


def sans_etat(champs):
    return {nom: valeur for nom, valeur in champs.items() if nom != "etat"}


@pytest.mark.entiere
@pytest.mark.parametrize("type_", list(TYPES))
def test_fiche_remplie_relue_sans_perte(connu, catalogue, tmp_path, type_):
    """The fullest fiche of each kind, written in a sheet, comes back the same from both formats."""
    fichiers = [RACINE / catalogue.fichiers[f.id] for f in catalogue.fiches.values() if f.type == type_]
    choisi = max(fichiers, key=lambda p: p.stat().st_size)
    brut, _ = lire(choisi.name, choisi.read_bytes())
    document = fiche_vierge(type_, connu, "http://127.0.0.1:8000/", brut.donnees)
    for format_ in document.formats:
        fait = importer(f"x.{format_}", fichier(document, format_, tmp_path), connu, JOUR)
        (relu,) = fait.brouillons
        assert sans_etat(relu.champs) == sans_etat(brut.donnees)
        assert (relu.doutes, relu.restes, fait.nature) == ([], [], "fiche à remplir")


def _remplir_docx(octets: bytes, reponses: dict[str, list[str]]) -> bytes:
    """Write in the sheet as someone would: in the paragraph that follows the mark, then new paragraphs after it."""
    document = docx.Document(io.BytesIO(octets))
    cadres = {}
    for avant, apres in itertools.pairwise(document.paragraphs):
        if trouve := re.search("‹([a-z0-9_.]+)›$", avant.text):
            cadres[trouve[1]] = apres
    for repere, (premier, *autres) in reponses.items():
        cadres[repere].text = premier
        for texte in reversed(autres):
            neuf = cadres[repere]._p.__copy__()
            cadres[repere]._p.addnext(neuf)
            docx.text.paragraph.Paragraph(neuf, cadres[repere]._parent).text = texte
    sortie = io.BytesIO()
    document.save(sortie)
    return sortie.getvalue()


def _remplir_odt(octets: bytes, reponses: dict[str, list[str]]) -> bytes:
    document = odfdo.Document(io.BytesIO(octets))
    paragraphes = document.body.get_paragraphs()
    for avant, apres in itertools.pairwise(paragraphes):
        trouve = re.search("‹([a-z0-9_.]+)›$", avant.inner_text.strip())
        if trouve and trouve[1] in reponses:
            apres.clear()
            apres.append_plain_text("\n".join(reponses[trouve[1]][:1]))
            precedent = apres
            for texte in reponses[trouve[1]][1:]:
                neuf = odfdo.Paragraph(texte)
                precedent.insert(neuf, odfdo.NEXT_SIBLING)
                precedent = neuf
    sortie = io.BytesIO()
    document.save(sortie)
    return sortie.getvalue()


REPONSES = {
    "titre": ["Atelier à l’école : « lire » & relire <vite>"],
    "accroche": ["Réunir les parents, 12:30 - 01400, non [s1]."],
    "themes": ["Centre-bourg et centre-ville, Équipements et services"],
    "phases": ["Repérer le besoin"],
    "publics": ["Élus", "elu-inconnu"],
    "mots_cles": ["école", "lecture"],
    "nature": ["Atelier"],
    "porteur": ["Cerema"],
    "demarche.1.titre": ["Lire"],
    "demarche.1.texte": ["À voix haute [s1]."],
    "demarche.3.titre": ["Relire"],
    "resultats": ["Trois livres [s1].", "Un goûter [kit]."],
    "sources.s1.titre": ["Compte rendu"],
    "sources.s1.editeur": ["Mairie"],
    "sources.s1.note": ["non publié"],
}


@pytest.mark.entiere
@pytest.mark.parametrize(("format_", "remplir"), [("docx", _remplir_docx), ("odt", _remplir_odt)])
def test_fiche_vierge_remplie_a_la_main(connu, tmp_path, format_, remplir):
    vierge = fichier(fiche_vierge("action", connu, "http://127.0.0.1:8000/"), format_, tmp_path)
    (vide,) = importer(f"v.{format_}", vierge, connu, JOUR).brouillons
    assert (vide.restes, "accroche" in vide.champs) == ([], False)
    (relu,) = importer(f"r.{format_}", remplir(vierge, REPONSES), connu, JOUR).brouillons
    attendu = {
        "titre": "Atelier à l’école : « lire » & relire <vite>",
        "accroche": "Réunir les parents, 12:30 - 01400, non [s1].",
        "themes": ["centralites", "equipements"],
        "phases": ["reperer"],
        "mots_cles": ["école", "lecture"],
        "nature": "atelier",
        "porteur": "cerema",
        "demarche": [{"titre": "Lire", "texte": "À voix haute [s1]."}, {"titre": "Relire"}],
        "resultats": ["Trois livres [s1].", "Un goûter [kit]."],
        "sources": {"s1": {"titre": "Compte rendu", "editeur": "Mairie", "note": "non publié"}},
    }
    assert {nom: relu.champs.get(nom) for nom in attendu} == attendu
    assert ("publics", "valeur inconnue : « elu-inconnu »") in relu.doutes
    assert relu.restes == []


def test_chaque_champ_a_sa_place_dans_la_fiche(connu):
    """Every field of every kind is on its sheet, with its label and help."""
    from macros.contribution.importation.vierge import ABSENTS, lignes

    for type_, modele in TYPES.items():
        vus = {ligne.repere.split(".")[0] for ligne in lignes(type_, connu)}
        assert set(modele.model_fields) - ABSENTS <= vus
        assert all(ligne.aide for ligne in lignes(type_, connu) if ligne.genre == "champ")
        assert set(modele.model_fields) <= set(CHAMPS)


# Commande


def commande(*arguments: object) -> subprocess.CompletedProcess[str]:
    return lancer(sys.executable, "scripts/importer.py", *map(str, arguments))


def test_commande(tmp_path, catalogue, monkeypatch, capsys):
    (tmp_path / "sites.odt").write_bytes(en_odt(SITES))
    (tmp_path / "caue {{ 1 }} <b>.docx").write_bytes(en_docx(CAUE))
    (tmp_path / "vide.txt").write_bytes(b"")
    entrees = [
        tmp_path / "sites.odt",
        tmp_path / "caue {{ 1 }} <b>.docx",
        tmp_path / "vide.txt",
        tmp_path / "absent.txt",
    ]
    sortie = tmp_path / "brouillons"
    fait = commande(*entrees, "--sortie", sortie)
    assert fait.returncode == 1
    assert "vide.txt : ce fichier est vide." in fait.stderr
    assert "absent.txt : fichier introuvable" in fait.stderr
    assert "Traceback" not in fait.stderr
    assert len(list(sortie.glob("sites/*.yml"))) == 5
    avant = {p: p.read_bytes() for p in sortie.rglob("*.yml")}
    assert len(avant) == 7
    monkeypatch.setattr(porte, "charger", lambda _: (catalogue, []))  # already read: only the writing is tried again
    assert porte.main([str(tmp_path / "sites.odt"), "--sortie", str(sortie)]) == 1
    assert "existe déjà, laissé tel quel" in capsys.readouterr().err
    assert {p: p.read_bytes() for p in sortie.rglob("*.yml")} == avant


def test_commande_sur_la_sortie_standard(tmp_path, catalogue, monkeypatch, capsys):
    monkeypatch.setattr(porte, "charger", lambda _: (catalogue, []))
    (tmp_path / "p.txt").write_bytes(en_txt(["Une page", *HOSTILE]))
    assert porte.main([str(tmp_path / "p.txt"), "--sortie", "-", "--type", "partenaire"]) == 0
    brut, problemes = lire("x.yml", capsys.readouterr().out.encode())
    assert problemes == []
    assert brut.donnees["type"] == "partenaire"
    with pytest.raises(SystemExit, match="2"):
        porte.main([str(tmp_path / "p.txt"), "--sortie", "-", "--type", "roman"])


def test_un_identifiant_hostile_ne_sort_pas_du_dossier(tmp_path, monkeypatch):
    """A filled fiche may bear any text as its id; the draft stays where it was asked."""
    from scripts import importer as commande

    class Fait:
        brouillons = (Brouillon("action"),)

    Fait.brouillons[0].champs.update(id="../../pris", titre="Essai")
    monkeypatch.setattr(commande, "rediger", lambda fait, rang: "x\n")
    assert commande._ecrire(Fait(), 0, str(tmp_path / "a"), premier=True)
    assert [p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.yml")] == ["a/actions/pris.yml"]
