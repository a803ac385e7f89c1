"""The built site as a folder that opens from a disk, without a server: pages rewritten, one classic script, a
reproducible zip.

A browser runs no module and asks for no data from a folder: what needs them says so, what is written stays readable.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from markupsafe import escape

from macros.lecture.json_publie import compact
from macros.sorties.horsligne.lots import documents_lies
from macros.sorties.horsligne.ressources import Ressources, resoudre

NOM = "accompagner-les-territoires"
GABARITS = Path(__file__).resolve().parents[2] / "gabarits" / "horsligne"
SCRIPT = "dossier.js"
TITRES = "titres.js"
RECHERCHE = "trouver/index.html"
_DATE = (2020, 1, 1, 0, 0, 0)
"""Date of every entry, always the same: the same site gives the same bytes."""
_LECTURE_SEULE = {
    "data-page-trouver": "la recherche porte ici sur les titres et les résumés, sans filtres ni correction des fautes",
    "data-composer": "composer un atelier demande le site en ligne",
    "data-commune": "choisir une commune demande le site en ligne",
    "data-orientation": "répondre aux questions demande le site en ligne",
    "data-formulaire": "le formulaire demande le site en ligne",
    "data-signalement": "le formulaire demande le site en ligne",
    "data-page-selection": "« Ma sélection » demande le site en ligne",
    "data-comparer-fiche": "choisir ce qu’on compare demande le site en ligne",
    "data-page-hors-ligne": "vous lisez déjà le site en un dossier ; en garder une copie dans le navigateur "
    "demande le site en ligne",
}
"""Mark of a page that a script animates, and what it does not do from a folder."""
_SCRIPT = re.compile(r"[ \t]*<script\b(?![^>]*application/ld\+json)[^>]*>.*?</script>\n?", re.DOTALL)
_NOSCRIPT = re.compile(r"</?noscript>")
_A_LA_SOURCE = re.compile(
    r'<link\b[^>]*rel="(?:modulepreload|preload|preconnect|manifest|alternate)"[^>]*>|'
    r'<meta http-equiv="Content-Security-Policy"[^>]*>'
)
_ADRESSE = re.compile(r'(\s(?:href|src|action)=")([^"]*)(")')
_TITRE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_RESUME = re.compile(r'<meta name="description" content="([^"]*)"')
_HORS_DU_SITE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def ecrire_zip(site: Path, destination: Path) -> int:
    """Write the zip of a built site. Return its size in bytes. Raises FileNotFoundError when there is no site there."""
    if not (site / "index.html").is_file():
        raise FileNotFoundError(site / "index.html")
    destination.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(destination, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for chemin, contenu in sorted(contenus(site)):
            entree = zipfile.ZipInfo(f"{NOM}/{chemin}", _DATE)
            entree.compress_type = zipfile.ZIP_DEFLATED
            entree.external_attr = 0o644 << 16
            entree.create_system = 3
            archive.writestr(entree, contenu)
    return destination.stat().st_size


def contenus(site: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (address, bytes) of every file of the folder."""
    fichiers = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    pages = sorted(f for f in fichiers if f.endswith(".html") and f != "404.html")
    charges = [
        f
        for f in Ressources(site, fichiers).atteintes(pages, a_la_demande=False)
        if not f.endswith((".html", ".js", ".json"))
    ]
    lies = {document for page in pages for document in documents_lies(site, page, fichiers)}
    presents = {*pages, *charges, *lies}
    textes = {page: (site / page).read_text(encoding="utf-8") for page in pages}
    for page, texte in textes.items():
        yield page, page_de_dossier(texte, page, presents).encode()
    for chemin in sorted({*charges, *lies}):
        yield chemin, (site / chemin).read_bytes()
    yield SCRIPT, (GABARITS / SCRIPT).read_bytes()
    yield TITRES, titres(textes).encode()
    yield "LISEZ-MOI.html", (GABARITS / "lisez-moi.html").read_bytes()


def page_de_dossier(texte: str, page: str, presents: set[str]) -> str:
    """Rewrite a page so that it works from a folder; ``presents``: what the folder holds."""
    racine = "../" * page.count("/")
    absente = _SCRIPT.sub("", _A_LA_SOURCE.sub("", texte))
    sure = _ADRESSE.sub(lambda m: f"{m[1]}{lien_de_dossier(m[2], page, presents)}{m[3]}", _NOSCRIPT.sub("", absente))
    sure = _avertir(sure)
    scripts = [SCRIPT] if page != RECHERCHE else [TITRES, SCRIPT]
    balises = "".join(f'<script src="{racine}{nom}" data-racine="{racine}" defer></script>\n' for nom in scripts)
    return sure.replace("</head>", f"{balises}</head>", 1)


def lien_de_dossier(adresse: str, page: str, presents: set[str]) -> str:
    """The same link, to a file rather than to a folder; the site's own data, absent here, lead to the page that lists
    them."""
    if adresse.startswith("#") or _HORS_DU_SITE.match(adresse):
        return adresse
    chemin, marque, suite = re.findall(r"([^?#]*)([?#]?)(.*)", adresse, re.DOTALL)[0]
    nu = unescape(chemin)
    if nu in ("", ".") or nu.endswith(("/", "..")) or not Path(nu).suffix:
        ici = page.rsplit("/", 1)[-1] if nu == "" else ""
        chemin = ici or f"{nu.rstrip('/')}/index.html".removeprefix("./")
    elif resoudre(nu, page, presents) is None:
        return "../" * page.count("/") + "donnees/index.html"
    return f"{chemin}{marque}{suite}"


def _avertir(texte: str) -> str:
    """Say under the title what the page does not do here."""
    presents = (mot for marque, mot in _LECTURE_SEULE.items() if f" {marque}" in texte)
    manques = list(dict.fromkeys(presents))
    if not manques:
        return texte
    mots = str(escape(" ; ".join(manques))).replace("« ", "«\u00a0").replace(" »", "\u00a0»").replace(" ;", "\u202f;")
    avis = f'<p class="bandeau bandeau--a-confirmer">Site en un dossier\u00a0: {mots}.</p>'
    return texte.replace("</h1>", f"</h1>\n{avis}", 1)


def titres(textes: dict[str, str]) -> str:
    """A classic script that gives the search its data: [title, description, address] of each page."""
    lignes = []
    for page, texte in textes.items():
        titre, resume = _TITRE.search(texte), _RESUME.search(texte)
        nom = unescape(titre[1]).rsplit(" · ", 1)[0].strip() if titre else page
        lignes.append([nom, unescape(resume[1]) if resume else "", page])
    return f"window.TITRES = {compact(lignes)};\n"


def proposer(page: str, adresse: str, octets: int) -> str:
    """Put the link to the zip in the page about offline reading."""
    taille = f"{octets / 1_000_000:.1f}".replace(".", ",")
    ouvrante = f'<a href="{adresse}">'
    lien = (
        f"<p>Pour un poste sans réseau, ou une clé de stockage\u00a0: {ouvrante}"
        f"le site en un dossier (zip, {taille}\u00a0Mo)</a>, documents des kits compris. Extrayez-le, "
        "puis ouvrez son fichier <code>index.html</code>. On y lit et on y imprime tout\u202f; la recherche "
        "porte sur les "
        "titres\u202f; ce qui se compose ou se remplit demande le site en ligne. Cette copie ne se met pas à jour.</p>"
    )
    return re.sub(
        r"<!--zip-->.*?<!--fin-zip-->", lambda _: f"<!--zip-->\n{lien}\n<!--fin-zip-->", page, flags=re.DOTALL
    )
