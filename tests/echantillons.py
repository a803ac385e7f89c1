"""Documents like those that people have, written by the tests: the same lines as text, DOCX, ODT and PDF."""

from __future__ import annotations

import io
import zipfile

import docx
import odfdo
import typst

CAUE = [
    "Pecha Kucha: De I'idée au chantier...",
    "... un chemin qui n’est jamais droit !",
    "",
    "Théme(s) - Mots clés : conseil aux communes — ateliers — visites de sites",
    "Nature de I’action : démarche de conseil « à la carte »",
    "Date(s) : depuis trois ans, sans relâche",
    "",
    "Présentation :",
    "Le conseil suivait un schéma plut6t linéaire : demande, visite, puis note d’enjeux.",
    "Le constat d’'une faible part de projets réalisés nous a amené a nous interroger, et il a été partagé.",
    "Aujourd’hui, 'équipe avance autrement, grace a lintervention de tous. Le résultat est |a : des chantiers ouverts.",
    "",
    "Partenaires : Ingenierie 62 + les partenaires de la plateforme (Agences d’Urbanisme, Mission Bassin Minier)",
    "Publics cibles : les communes",
    "Diffusion :",
    "Courte vidéo https://exemple.fr/ressources/videos",
    "Développement : journées d’échange entre élus",
    "Moyens CAUE mobilisés : deux architectes et une paysagiste",
    "Moyens externes :",
]
CHAMPS_CAUE = {
    "titre": "Pecha Kucha: De l’idée au chantier...",
    "accroche": "... un chemin qui n’est jamais droit !",
    "mots_cles": ["conseil aux communes", "ateliers", "visites de sites"],
    "nature": "conseil",
    "participants": ["les communes [s1]."],
    "diffusion": ["Courte vidéo https://exemple.fr/ressources/videos [s1]."],
    "suites": ["journées d’échange entre élus [s1]."],
    "moyens_internes": ["deux architectes et une paysagiste [s1]."],
}
PROGRAMME = [
    "SERVICE TERRITORIAL – ATELIER SUR LE SITE DE LA VIEILLE HALLE",
    "OBJECTIFS DE LA JOURNÉE :",
    "Regarder ensemble la halle et ses abords.",
    "· d’échanger sur l’appui du service",
    "· de choisir une suite",
    "INTERVENTION DES CONSEILS DU SERVICE :",
    "Un architecte-conseil appuie chaque groupe.",
    "SITE ET CONTEXTE",
    "La halle a fermé en 2012.",
    "DÉROULEMENT DE LA JOURNÉE :",
    "08h30/09h00 Accueil, constitution de trois groupes",
    "9h – 9h15 Présentation de la journée",
    "09 h 15 à 10 h 00 : Préparation de la visite (par groupe)",
    "- Lecture des cartes",
    "-Choix du parcours",
    "10h00/12h00 Visite du site",
    "12h00-13h00 Pause déjeuner",
    "13H00/14h15 Mise en commun par groupe",
    "14h15/15h30 Restitution par groupe",
    "15h30 Conclusion",
]
CRENEAUX = [
    ("08:30", "30", "pleniere"),
    ("09:00", "15", "pleniere"),
    ("09:15", "45", "groupes"),
    ("10:00", "120", "terrain"),
    ("12:00", "60", "pause"),
    ("13:00", "75", "groupes"),
    ("14:15", "75", "pleniere"),
    ("15:30", None, "pleniere"),
]
SITES = [
    "2019-2020 | Ateliers de territoire",
    "Les demandes sont portées par le préfet de département.",
    "3 sites retenus en 2019 pour les Ateliers flash sont :",
    "- Communauté de communes des Deux-Rives (Seine-et Marne) : stratégie de rebond économique ;",
    "- Commune de Fontclaire (Savoie) : reconversion du bâtiment des thermes ;",
    "- Projet de création du Parc des Hêtraies (Haute-Marne et Côte d’Or) ;",
    "Les autres sites seront traités en 2020.",
    "2 sites sont proposés pour la session 2021 :",
    "- Ville de Rivecourt (Meuse) : requalification des quais",
    "- PETR du Pays d’Amont (Marne) : structurer la dynamique territoriale.",
]
RETOUR = [
    "Rétrospective d’un atelier",
    "Mai 2018",
    "Présentation de l’atelier",
    "Comment faire dialoguer usages et technique ?",
    "Déroulement de l’atelier",
    "Des groupes ont travaillé deux cas.",
    "Retour sur les ateliers de co-construction",
    "Rénovation d’une médiathèque",
    "Facteurs clés du succès (scénario rose)",
    "- Projet politique clair",
    "- Qualité du programme",
    "Retour sur les ateliers de co-construction",
    "Rénovation d’une médiathèque",
    "Faiblesses (scénario noir)\tPistes de réflexion",
    "❑ Projet inadapté aux usages →\tTravail avec des experts",
    "❑ Mauvaise intégration\tImplication des partenaires",
]
HOSTILE = [
    "<script>alert(1)</script> et {{ 7 * 7 }} {% raw %} {# non #}",
    "Contact : prenom.nom@exemple.fr, 06 12 34 56 78, Marie MARTINEAU",
    "key: value # commentaire, « non », 12:30, 01400, !!python/object",
    "[lien](javascript:alert(1)) &amp; <img src=x onerror=alert(1)>",
]
TOUS = {"caue": CAUE, "programme": PROGRAMME, "sites": SITES, "retour": RETOUR, "hostile": HOSTILE}


def en_txt(lignes: list[str]) -> bytes:
    return "\n".join(lignes).encode()


def en_docx(lignes: list[str]) -> bytes:
    document = docx.Document()
    for ligne in lignes:
        if "\t" in ligne:
            cellules = ligne.split("\t")
            rangee = document.add_table(rows=1, cols=len(cellules)).rows[0]
            for cellule, texte in zip(rangee.cells, cellules, strict=True):
                cellule.text = texte
        else:
            document.add_paragraph(ligne)
    sortie = io.BytesIO()
    document.save(sortie)
    return sortie.getvalue()


def en_odt(lignes: list[str]) -> bytes:
    document = odfdo.Document("text")
    document.body.clear()
    for ligne in lignes:
        if "\t" in ligne:
            cellules = ligne.split("\t")
            table = odfdo.Table("T", width=len(cellules), height=1)
            table.set_values([cellules])
            document.body.append(table)
        else:
            document.body.append(odfdo.Paragraph(ligne))
    sortie = io.BytesIO()
    document.save(sortie)
    return sortie.getvalue()


def en_pdf(lignes: list[str]) -> bytes:
    """Each line a paragraph, its characters kept as they are (typst sees them as text)."""
    corps = "\n".join(f"#par({_chaine(ligne)})" for ligne in lignes if ligne)
    return typst.compile(f"#set text(size: 9pt)\n{corps}".encode(), ignore_system_fonts=True)


def _chaine(texte: str) -> str:
    return '"' + texte.replace("\\", "\\\\").replace('"', '\\"').replace("\t", " ") + '"'


ECRIRE = {"txt": en_txt, "docx": en_docx, "odt": en_odt, "pdf": en_pdf}


def archive(membres: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of ``membres``, as a hostile sender would make it."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", compression) as neuf:
        for nom, contenu in membres.items():
            neuf.writestr(zipfile.ZipInfo(nom), contenu, compression)
    return sortie.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def document_xml(corps: str) -> bytes:
    return f"<w:document {_W}><w:body>{corps}</w:body></w:document>".encode()


def paragraphe_xml(texte: str) -> str:
    return f"<w:p><w:r><w:t>{texte}</w:t></w:r></w:p>"


BOMBE = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha"><!ENTITY c "&a;&a;&a;">]>' + document_xml("&c;")


def pieges() -> dict[str, tuple[str, bytes, str]]:
    """Hostile files: what they are -> (name, bytes, words of the message)."""
    simple = document_xml(paragraphe_xml("texte"))
    chiffre = bytearray(archive({"word/document.xml": simple}))
    chiffre[6] |= 1
    chiffre[chiffre.rindex(b"PK\x01\x02") + 8] |= 1
    menteur = bytearray(archive({"word/document.xml": document_xml("<w:p/>" * 900_000)}))
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        debut = menteur.rindex(signature) + place
        menteur[debut : debut + 4] = (900_000).to_bytes(4, "little")
    balises = "".join(f'<w:p n="{n * 7919 % 1_000_003:x}"/>' for n in range(500_000))
    return {
        "archive démesurée": ("b.docx", archive({"word/document.xml": b" " * 30_000_000}), "démesuré"),
        "plus long qu’annoncé": ("m.docx", bytes(menteur), "abîmé"),
        "trop de balises": ("t.docx", archive({"word/document.xml": document_xml(balises)}), "démesuré"),
        "trop d’entrées": ("n.docx", archive({f"x/{n}": b"" for n in range(2500)}), "démesuré"),
        "bombe d’entités": ("e.docx", archive({"word/document.xml": BOMBE}), "entités XML"),
        "entité externe": (
            "x.odt",
            archive({"content.xml": b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'}),
            "entités XML",
        ),
        "imbrication sans fin": ("p.docx", archive({"word/document.xml": b"<a>" * 240 + b"</a>" * 240}), "abîmé"),
        "chemin hors de l’archive": ("c.docx", archive({"../../x": b"", "word/document.xml": simple}), "chemin"),
        "chiffré": ("f.docx", bytes(chiffre), "mot de passe"),
        "ancien format ou protégé": ("d.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "mot de passe"),
        "odt protégé": (
            "o.odt",
            archive({"META-INF/manifest.xml": b"<m><encryption-data/></m>", "content.xml": b"x"}),
            "mot de passe",
        ),
        "xml abîmé": ("a.docx", archive({"word/document.xml": b"<w:document"}), "abîmé"),
        "sans partie principale": ("m.docx", archive({"autre.xml": b"<a/>"}), "partie principale"),
        "pas une archive": ("z.odt", b"bonjour, ceci n'est pas une archive" * 3, "format"),
        "binaire renommé .txt": ("binaire.txt", bytes(range(256)) * 4, "pas du texte"),
        "archive renommée .txt": ("archive.txt", archive({"a": b"b"}), "pas du texte"),
        "vide": ("vide.txt", b" \n\t ", "vide"),
        "docx sans texte": ("rien.docx", archive({"word/document.xml": document_xml("<w:p/>")}), "pas de texte"),
        "extension inconnue": ("fiche.rtf", b"{\\rtf1 bonjour}", "inconnu"),
        "sans extension": ("fiche", b"bonjour", "inconnu"),
    }
