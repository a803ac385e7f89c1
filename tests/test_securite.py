"""The policy of the pages, the headers and the servers' files; what the check of the built site sees of them."""

from __future__ import annotations

import base64
import gzip
import hashlib
import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from macros.moteur.apercu.commande import Apercu
from macros.moteur.construction import Construction
from macros.moteur.construit import exterieur
from macros.moteur.construit.controle import controler
from macros.moteur.devoirs.securite import (
    DIRECTIVES,
    EN_TETE_SEULEMENT,
    EN_TETES,
    SansPlace,
    defauts,
    empreintes,
    politique,
    politique_posee,
    poser,
)
from macros.moteur.devoirs.serveurs import FICHIERS, configurations
from scripts import deploiement
from tests.conftest import RACINE, compteurs, lancer

PAGE = (
    '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title>'
    '<link rel="stylesheet" href="a.css"></head><body><script src="b.js"></script>'
    '<script type="application/json">{"a": 1}</script></body></html>'
)


def _sha(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_seul_le_script_du_theme_est_permis_quoi_que_tienne_la_page() -> None:
    autres = '<script>un()</script><script type="module">deux()</script><script type="application/json">{}</script>'
    assert set(empreintes(autres)) == {_sha("un()"), _sha("deux()")}
    # Un attribut qui ressemble à « src » ou à « type » ne dispense de rien ; une carte d’importations est du code.
    faux = '<script data-src="x">a()</script><script data-type="application/json">b()</script><script type="importmap">{}</script>'
    assert set(empreintes(faux)) == {_sha("a()"), _sha("b()"), _sha("{}")}
    page = poser(PAGE)
    assert politique_posee(page) == politique() == politique_posee(poser(PAGE.replace("<body>", f"<body>{autres}")))
    assert defauts(page) == []
    # Avant tout ce qui charge ou s’exécute, juste après l’encodage.
    assert page.index("Content-Security-Policy") < min(page.index("<link"), page.index("<script"), page.index("<title"))


def test_une_politique_absente_tardive_ou_un_script_injecte_se_voit() -> None:
    assert "absente" in defauts(PAGE)[0]
    posee = poser(PAGE)
    assert defauts(posee.replace("<body>", "<body><script>alert(1)</script>")) == [
        "1 script(s) en ligne que le thème ne connaît pas : à mettre dans un module de docs/assets/js"
    ]
    assert "n’est pas celle" in defauts(posee.replace("object-src 'none'", f"object-src 'none' {_sha('un()')}"))[0]
    balise = re.search(r"<meta http-equiv=.*?>", posee)
    assert balise
    assert "après une ressource" in defauts(posee.replace(balise[0], "").replace("</head>", balise[0] + "</head>"))[0]
    with pytest.raises(SansPlace, match="encodage"):
        poser("<html><head></head></html>")


def test_la_politique_est_stricte() -> None:
    dite = politique()
    for interdit in ("unsafe-inline", "'unsafe-eval'", "http:", "https:", " * ", "blob:", "strict-dynamic"):
        assert interdit not in dite, interdit
    assert DIRECTIVES["default-src"] == ("'self'",)
    assert DIRECTIVES["object-src"] == ("'none'",)
    assert dite.count("data:") == 1 and "img-src 'self' data:" in dite
    assert "frame-ancestors" not in dite
    assert "frame-ancestors 'none'" in politique(en_tete=True)
    assert set(EN_TETES) >= {
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Permissions-Policy",
        "Cross-Origin-Opener-Policy",
    }
    assert not set(EN_TETE_SEULEMENT) & set(DIRECTIVES)


def test_l_apercu_garde_son_script_de_rechargement() -> None:
    """Serving adds to each answer a script whose text changes: a policy would refuse it."""
    page: Any = SimpleNamespace(content="le corps")  # all that is asked of the page of MkDocs: to let go of its text
    assert Apercu().finir(PAGE, page) == PAGE
    assert page.content == "le corps"
    assert defauts(Construction().finir(PAGE, page)) == []
    assert page.content is None
    assert defauts(Construction().finir(PAGE, None)) == []


def test_chaque_page_du_site_porte_sa_politique_404_comprise(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert site / "404.html" in pages
    fautes = {p.relative_to(site).as_posix(): defauts(p.read_text(encoding="utf-8")) for p in pages}
    assert {nom: dits for nom, dits in fautes.items() if dits} == {}
    compteurs["pages avec leur politique de sécurité (CSP)"] += len(pages)


def test_les_configurations_de_serveur_sont_a_jour(capsys: pytest.CaptureFixture[str]) -> None:
    assert deploiement.main(["--verifier"]) == 0, capsys.readouterr().err


def test_une_configuration_perimee_est_dite_puis_refaite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(deploiement, "DEPLOIEMENT", tmp_path / "deploiement")
    assert deploiement.main(["--verifier"]) == 1
    assert capsys.readouterr().err.count("make deploiement") == len(FICHIERS)
    assert deploiement.main([]) == 0
    assert deploiement.main(["--verifier"]) == 0
    assert sorted(p.name for p in (tmp_path / "deploiement").iterdir()) == sorted(FICHIERS)


@pytest.mark.parametrize("nom", FICHIERS)
def test_chaque_configuration_dit_tous_les_en_tetes_et_n_ouvre_rien(nom: str) -> None:
    texte = configurations()[nom]
    actif = "\n".join(ligne for ligne in texte.splitlines() if not ligne.strip().startswith("#"))
    assert politique(en_tete=True) in actif
    for en_tete, valeur in EN_TETES.items():
        assert f'{en_tete} "{valeur}"' in actif
    assert "Strict-Transport-Security" in texte and "Strict-Transport-Security" not in actif
    assert "public, max-age=31536000, immutable" in actif and "no-cache" in actif
    assert actif.count("{") == actif.count("}")


def test_dans_nginx_aucun_bloc_ne_fait_oublier_les_en_tetes() -> None:
    """An add_header inside a location replaces all those of the server."""
    texte = configurations()["nginx.conf"]
    for bloc in re.findall(r"location [^{]*\{([^{}]*)\}", texte):
        assert "add_header" not in bloc
    assert (
        len(re.findall(r"^\s*add_header", texte, re.MULTILINE))
        == len(re.findall(r"add_header .* always;|add_header \S+ \$\w+ always;", texte)) - 1
    )


EXTERIEURS = {
    "a.css": "@import '//tiers.fr/x.css'; a { background: url(https://tiers.fr/i.png) } /* url(https://commentaire.fr/) */",
    "b.js": 'fetch("https://tiers.fr/api"); const s = "//cdn.tiers.fr/x.js"; import("http://tiers.fr/m.js"); '
    '"http://www.w3.org/2000/svg"',
    "c.svg": '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://tiers.fr/i.png"/></svg>',
    "d.mjs": 'new WebSocket("wss://tiers.fr/"); eval("1"); new Function("x")',
}


def test_le_controle_voit_ce_qu_une_feuille_un_script_ou_un_dessin_demanderait(tmp_path: Path) -> None:
    for nom, texte in EXTERIEURS.items():
        (tmp_path / nom).write_text(texte, encoding="utf-8")
    fautes = list(exterieur.fautes_des_ressources(tmp_path, sorted(EXTERIEURS)))
    assert sorted(f.partition(" : requête possible vers un tiers : ")[2] for f in fautes if "tiers :" in f) == [
        *("//cdn.tiers.fr/x.js", "//tiers.fr/x.css", "http://tiers.fr/m.js", "https://tiers.fr/api"),
        *("https://tiers.fr/i.png", "https://tiers.fr/i.png", "wss://tiers.fr/"),
    ]
    assert [f for f in fautes if "devient du code" in f] == [
        "d.mjs : du texte y devient du code, ce que la politique de sécurité refuse"
    ]
    assert len(exterieur.ADMISES) <= 8 and all(exterieur.ADMISES.values())


@pytest.mark.parametrize(
    ("corps", "dit"),
    [
        ('<p style="color:red">x</p>', "style(s) en ligne"),
        ("<style>p{}</style>", "style(s) en ligne"),
        ('<p onclick="x()">x</p>', "gestionnaire(s) en ligne"),
        (
            '<img alt="" src="a.png" srcset="https://tiers.fr/a.png 2x">',
            "requête vers un tiers : https://tiers.fr/a.png",
        ),
        ('<video poster="https://tiers.fr/p.png"></video>', "requête vers un tiers"),
        ('<a href="./" ping="https://tiers.fr/">x</a>', "requête vers un tiers"),
        ('<meta http-equiv="refresh" content="0;url=https://tiers.fr/">', "renvoi automatique vers un tiers"),
        ('<script type="application/ld+json">{"@context": }</script>', "illisible"),
        ('<script type="application/ld+json">{"@type": "Thing"}</script>', "JSON-LD sans « @context »"),
        ('<script type="application/ld+json">[{"@context": "https://schema.org"}]</script>', "ni « @graph »"),
        ('<script type="application/json">{a:1}</script>', "illisible"),
        ('<input type="image" src="a.png">', "sans alternative"),
    ],
)
def test_le_controle_d_une_page_voit_chaque_faute(corps: str, dit: str, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"")
    page = PAGE.replace('<link rel="stylesheet" href="a.css">', "").replace('<script src="b.js"></script>', corps)
    (tmp_path / "index.html").write_text(poser(page), encoding="utf-8")
    fautes = controler(tmp_path).fautes
    assert len(fautes) == 1, fautes
    assert dit in fautes[0]


def test_une_page_sans_faute_n_en_a_pas(tmp_path: Path) -> None:
    corps = '<script type="application/ld+json">{"@context": "https://schema.org", "@graph": []}</script>'
    page = PAGE.replace('<link rel="stylesheet" href="a.css">', "").replace('<script src="b.js"></script>', corps)
    (tmp_path / "index.html").write_text(poser(page), encoding="utf-8")
    assert controler(tmp_path).fautes == ()


# --------------------------------------------------------------- Les vrais serveurs


def _port() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


@contextmanager
def _lance(commande: list[str], port: int) -> Iterator[int]:
    """Run a server until the end of the block; fail with what it said when it does not answer."""
    serveur = subprocess.Popen(commande, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        for _ in range(150):
            if serveur.poll() is not None:
                break
            with socket.socket() as prise:
                if prise.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        else:
            pytest.fail("le serveur ne répond pas")
        assert serveur.poll() is None, serveur.stdout.read().decode() if serveur.stdout else ""
        yield port
    finally:
        serveur.terminate()
        serveur.wait(20)


def _executable(nom: str) -> str:
    trouve = shutil.which(nom) or shutil.which(f"/usr/sbin/{nom}")
    if not trouve:
        pytest.skip(f"{nom} n’est pas installé : sa configuration n’est pas essayée (apt-get install {nom}).")
    return trouve


def _nginx(site: Path, place: Path) -> tuple[list[str], int]:
    """The file as it is published, at a free port and without its certificate."""
    nginx, port = _executable("nginx"), _port()
    texte = (RACINE / "deploiement/nginx.conf").read_text(encoding="utf-8")
    texte = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", texte, count=1, flags=re.DOTALL)
    texte = re.sub(r"\n    (listen \[::\]|ssl_)[^\n]*", "", texte)
    texte = re.sub(r"listen 443[^;]*;", f"listen 127.0.0.1:{port};", texte)
    texte = re.sub(r"\n    root [^;]*;", f'\n    root "{site}";', texte)
    entete = f"pid {place}/nginx.pid;\nerror_log {place}/erreurs.log;\ndaemon off;\nuser root;\nevents {{}}\n"
    temporaires = "".join(f"{t}_temp_path {place}/{t};\n" for t in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    conf = place / "nginx.conf"
    conf.write_text(
        f"{entete}http {{ include /etc/nginx/mime.types;\naccess_log off;\n{temporaires}{texte}}}\n", encoding="utf-8"
    )
    juge = subprocess.run([nginx, "-t", "-c", str(conf)], capture_output=True, text=True, check=False)
    assert juge.returncode == 0, juge.stderr
    return [nginx, "-c", str(conf)], port


def _caddy(site: Path, place: Path) -> tuple[list[str], int]:
    caddy, port = _executable("caddy"), _port()
    texte = (RACINE / "deploiement/Caddyfile").read_text(encoding="utf-8")
    juge = lancer(
        caddy,
        "validate",
        "--adapter",
        "caddyfile",
        "--config",
        str(RACINE / "deploiement/Caddyfile"),
        env={"HOME": str(place), "PATH": "/usr/bin:/bin"},
    )
    assert juge.returncode == 0, juge.stderr
    texte = texte.replace("exemple.fr {", f"http://127.0.0.1:{port} {{")
    texte = re.sub(r"root \* /\S+", f'root * "{site}"', texte)
    conf = place / "Caddyfile"
    conf.write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{texte}", encoding="utf-8")
    return ["env", f"HOME={place}", caddy, "run", "--adapter", "caddyfile", "--config", str(conf)], port


def _demander(port: int, chemin: str, **en_tetes: str) -> tuple[int, dict[str, str], bytes]:
    lien = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        lien.request("GET", chemin, headers=en_tetes)
        reponse = lien.getresponse()
        return reponse.status, {nom.lower(): valeur for nom, valeur in reponse.getheaders()}, reponse.read()
    finally:
        lien.close()


@pytest.mark.longue
@pytest.mark.parametrize("serveur", [_nginx, _caddy], ids=["nginx", "caddy"])
def test_le_vrai_serveur_envoie_ce_que_dit_la_configuration(
    serveur: Callable[[Path, Path], tuple[list[str], int]], site: Path, tmp_path: Path
) -> None:
    copie = tmp_path / "site"
    shutil.copytree(site, copie)
    tmp_path.chmod(0o755)
    empreinte = copie / "assets/e-0123456789ab/x.js"
    empreinte.parent.mkdir(parents=True)
    empreinte.write_text("export const x = 1;\n", encoding="utf-8")
    for cache in (".git/config", ".well-known/security.txt"):
        (copie / cache).parent.mkdir(exist_ok=True)
        (copie / cache).write_text("Contact: mailto:securite@exemple.fr\n", encoding="utf-8")
    place = tmp_path / "serveur"
    place.mkdir()
    commande, port = serveur(copie, place)
    attendue = politique(en_tete=True)
    with _lance(commande, port):
        demandes = [
            ("/", 200, "no-cache", "text/html"),
            ("/dispositifs/atelier-flash/", 200, "no-cache", "text/html"),
            ("/api/fiches.json", 200, "no-cache", "application/json"),
            ("/assets/e-0123456789ab/x.js", 200, "public, max-age=31536000, immutable", "javascript"),
            ("/.well-known/security.txt", 200, "no-cache", "text/plain"),
            ("/n-existe-pas/", 404, "no-cache", "text/html"),
            ("/.git/config", 404, "no-cache", "text/html"),
        ]
        for chemin, statut, cache, genre in demandes:
            dit, en_tetes, corps = _demander(port, chemin)
            assert dit == statut, (chemin, dit)
            assert en_tetes["content-security-policy"] == attendue, chemin
            for nom, valeur in EN_TETES.items():
                assert en_tetes[nom.lower()] == valeur, (chemin, nom)
            assert en_tetes["cache-control"] == cache, chemin
            assert genre in en_tetes["content-type"], (chemin, en_tetes["content-type"])
            assert (b"Page introuvable" in corps) == (statut == 404), chemin
            assert "strict-transport-security" not in en_tetes
        assert _demander(port, "/api/fiches.json")[1]["access-control-allow-origin"] == "*"
        assert "access-control-allow-origin" not in _demander(port, "/")[1]
        statut, en_tetes, corps = _demander(port, "/", **{"Accept-Encoding": "gzip"})
        assert en_tetes["content-encoding"] == "gzip" and b"<html" in gzip.decompress(corps)
        etiquette = _demander(port, "/")[1]["etag"]
        assert _demander(port, "/", **{"If-None-Match": etiquette})[0] == 304
    compteurs[f"réponses vérifiées d’un vrai serveur ({serveur.__name__.strip('_')})"] += len(demandes) + 4
