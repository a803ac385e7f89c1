"""A build that fails, is killed or meets another one leaves the old site, or the new one: nothing in between."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.lecture import pannes
from macros.moteur.construit import mise_en_place
from tests.conftest import RACINE, compteurs, lancer
from tests.pannes.atelier import Chantier, chronometrer, refus
from tests.pannes.conftest import RACINE_DU_SYSTEME

Surmontee = Callable[[], None]
COUPURES, SEULES = 20, 6
"""Builds killed on the way; of which the command alone, its children left to notice."""


def _juger_une_coupure(chantier: Chantier, destination: Path) -> None:
    """Right after the kill: the old site or the new one, whole, and nothing doubtful in the store."""
    if destination.exists():
        assert chantier.est_ancien(destination) or chantier.differences(destination) == []
    else:  # only between two renamings, where the system has no exchange: the next build puts it back
        assert (destination.parent / f".{destination.name}-ancien").is_dir()
    assert chantier.documents_douteux() == []


def _couper(chantier: Chantier, destination: Path, moments: list[float], groupe: bool = True) -> int:
    coupees = 0
    for moment in moments:
        shutil.rmtree(destination, ignore_errors=True)
        chantier.poser(destination)
        chantier.vider_la_reserve()
        compteurs["pannes essayées"] += 1
        coupees += chantier.couper(destination, moment, groupe)
        _juger_une_coupure(chantier, destination)
        compteurs["pannes surmontées"] += 1
    return coupees


def test_une_construction_tuee_puis_deux_a_la_fois(chantier: Chantier, tmp_path: Path, surmontee: Surmontee) -> None:
    """Killed early and late; then two builds together on what is left: each ends, the site is that of a clean build."""
    destination = tmp_path / "site"
    assert _couper(chantier, destination, [0.9, 2.5]) >= 1
    (tmp_path / ".site-neuf-coupee").mkdir()
    ensemble = [
        subprocess.Popen(
            chantier.commande(destination),
            cwd=chantier.projet,
            env=chantier.environ(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        for _ in range(2)
    ]
    sorties = [process.communicate() for process in ensemble]
    assert [process.returncode for process in ensemble] == [0, 0], sorties
    assert sum("Une autre construction de ce site est en cours" in erreurs for _, erreurs in sorties) == 1
    assert chantier.differences(destination) == []
    assert chantier.restes(destination) == []
    surmontee()


@pytest.mark.longue
def test_vingt_coupures(chantier: Chantier, tmp_path: Path) -> None:
    destination = tmp_path / "site"
    chantier.vider_la_reserve()
    duree = chronometrer(chantier, destination)
    tirage = random.Random(10)
    coupees = essais = 0
    while coupees < COUPURES:
        essais += 1
        assert essais <= 3 * COUPURES, f"{coupees} construction(s) tuée(s) seulement"
        moment = tirage.uniform(0.05, duree)
        tuee = _couper(chantier, destination, [moment], groupe=coupees < COUPURES - SEULES)
        coupees += tuee
        duree = duree if tuee else moment  # it had ended: the machine is quieter than when it was timed
    compteurs["constructions tuées en cours de route"] += coupees
    chronometrer(chantier, destination)
    assert chantier.differences(destination) == []
    assert chantier.restes(destination) == []


def test_coupee_pendant_l_echange(tmp_path: Path, surmontee: Surmontee) -> None:
    """Between the two renamings, where the system cannot exchange: the next build finds the old site again."""
    destination, dits = tmp_path / "site", []
    ancien = tmp_path / ".site-ancien"
    ancien.mkdir()
    (ancien / "index.html").write_text("ancien")
    (tmp_path / ".site-neuf-x").mkdir()
    with mise_en_place.chantier_de(destination, dits.append) as provisoire:
        assert (destination / "index.html").read_text() == "ancien"
        assert "remis en place" in dits[0]
        assert not (tmp_path / ".site-neuf-x").exists()
        (provisoire / "index.html").write_text("neuf")
        mise_en_place.echanger(provisoire, destination)
    assert (destination / "index.html").read_text() == "neuf"
    assert sorted(p.name for p in tmp_path.iterdir()) == [".site.verrou", "site"]
    surmontee()


@pytest.mark.parametrize("en_un_geste", [True, False])
def test_echanger_ne_laisse_pas_de_trou(
    tmp_path: Path, en_un_geste: bool, monkeypatch: pytest.MonkeyPatch, surmontee: Surmontee
) -> None:
    """A reader that never stops looking meets a whole site each time; with two renamings, at worst none for an
    instant."""
    essai = [tmp_path / "un", tmp_path / "autre"]
    for place in essai:
        place.mkdir()
    # Some file systems, those of containers among them, do not know how to exchange two folders.
    sait_echanger = mise_en_place._en_un_geste(*essai)
    if not en_un_geste:
        monkeypatch.setattr(mise_en_place, "_en_un_geste", lambda *_: False)
    destination = tmp_path / "site"
    destination.mkdir()
    (destination / mise_en_place.MARQUE).write_text("une construction l’a fait")
    (destination / "a").write_text("0")
    (destination / "b").write_text("0")
    vus: list[str | None] = []
    fini = threading.Event()

    def lire() -> None:
        while not fini.is_set():
            try:
                vus.append((destination / "a").read_text())
            except OSError:
                vus.append(None)

    lecteur = threading.Thread(target=lire)
    lecteur.start()
    for rang in range(1, 60):
        with mise_en_place.chantier_de(destination, lambda _: None) as provisoire:
            (provisoire / "a").write_text(str(rang))
            (provisoire / "b").write_text(str(rang))
            mise_en_place.echanger(provisoire, destination)
    fini.set()
    lecteur.join()
    lus = [int(v) for v in vus if v]
    assert lus == sorted(lus)
    assert (destination / "b").read_text() == "59"
    if en_un_geste and sait_echanger:
        assert None not in vus, "le site manque un instant"
    surmontee()


def test_plus_de_place(chantier: Chantier, tmp_path: Path, surmontee: Surmontee) -> None:
    """A real full disk where a file system can be mounted, a real limit on the size of files elsewhere."""
    destination = chantier.poser(tmp_path / "disque" / "site")
    if _montable():
        script = (
            f'mount -t tmpfs -o size=3m tmpfs "{destination.parent}" && mkdir "{destination}" && '
            f'printf ancien > "{destination}/index.html" && touch "{destination}/{mise_en_place.MARQUE}" && '
            '{ "$@"; statut=$?; '
            f'echo "reste $(cat "{destination}/index.html") $(ls -A "{destination.parent}" | tr "\\n" " ")"; exit '
            f"$statut; }}"
        )
        done = chantier.construire(destination, ("unshare", "-m", "bash", "-c", script, "bash"))
        assert "plus de place sur le disque" in refus(done)
        assert "reste ancien .site.verrou site" in done.stdout
    else:
        limite = ("bash", "-c", 'ulimit -f 100; "$@"', "bash")
        assert "taille que la machine permet" in refus(chantier.construire(destination, limite))
    assert chantier.est_ancien(destination)
    surmontee()


def test_dossier_en_lecture_seule(chantier: Chantier, tmp_path: Path, surmontee: Surmontee) -> None:
    destination = chantier.poser(tmp_path / "ferme" / "site")
    if _montable():
        ferme = f'mount --bind "{destination.parent}" "{destination.parent}" && mount -o remount,bind,ro "{destination.parent}"'
        done = chantier.construire(destination, ("unshare", "-m", "bash", "-c", f'{ferme} && "$@"', "bash"))
        assert "lecture seule" in refus(done)
    elif not RACINE_DU_SYSTEME:
        destination.parent.chmod(0o555)
        done = chantier.construire(destination)
        destination.parent.chmod(0o755)
        assert "pas le droit" in refus(done)
    else:
        pytest.skip("ni montage, ni utilisateur sans droits : rien ne refuse l’écriture ici")
    assert chantier.est_ancien(destination)
    surmontee()


def _montable() -> bool:
    """Whether this process may mount a file system of its own."""
    if not RACINE_DU_SYSTEME or not shutil.which("unshare"):
        return False
    essai = ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(essai, capture_output=True, check=False).returncode == 0


# --- what the machine lacks

_ABSENT = "raise ModuleNotFoundError(f\"No module named '{__name__}'\")\n"


def _sans(dossier: Path, modules: dict[str, str]) -> str:
    """A folder that comes first on the path of Python, with broken modules in it."""
    for nom, texte in modules.items():
        place = dossier / f"{nom}.py"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(texte, encoding="utf-8")
    return str(dossier)


CAS_DES_OUTILS = [
    ("pandoc absent", {"PYPANDOC_PANDOC": "/nulle/part/pandoc"}, {}, "pandoc"),
    ("pandoc cassé", {"PYPANDOC_PANDOC": "/bin/false"}, {}, "pandoc"),
    ("typst absent", {}, {"typst": _ABSENT}, "Il manque la bibliothèque Python « typst »"),
    ("lxml absent", {}, {"lxml": _ABSENT}, "Il manque la bibliothèque Python « lxml"),
    ("filelock absent", {}, {"filelock": _ABSENT}, "Il manque la bibliothèque Python « filelock »"),
]


def _essayer_un_outil(chantier: Chantier, tmp_path: Path, rang: int) -> None:
    _, environ, modules, attendu = CAS_DES_OUTILS[rang]
    destination = chantier.poser(tmp_path / "site")
    chantier.vider_la_reserve()
    if modules:
        environ = {**environ, "PYTHONPATH": _sans(tmp_path / "modules", modules)}
    sortie = refus(chantier.construire(destination, **environ))
    assert attendu in sortie
    assert "faire.py preparer" in sortie
    assert chantier.est_ancien(destination)
    assert chantier.restes(destination) in ([], ["modules"])


def test_un_outil_manque(chantier: Chantier, tmp_path: Path, surmontee: Surmontee) -> None:
    _essayer_un_outil(chantier, tmp_path, 2)
    surmontee()


@pytest.mark.longue
@pytest.mark.parametrize("rang", range(len(CAS_DES_OUTILS)), ids=[c[0] for c in CAS_DES_OUTILS])
def test_chaque_outil_manque(chantier: Chantier, tmp_path: Path, rang: int, surmontee: Surmontee) -> None:
    _essayer_un_outil(chantier, tmp_path, rang)
    surmontee()


@pytest.mark.longue
def test_la_reserve_ne_s_ecrit_pas(chantier: Chantier, tmp_path: Path, surmontee: Surmontee) -> None:
    destination = chantier.poser(tmp_path / "site")
    sortie = refus(chantier.construire(destination, ACCOMPAGNER_CACHE="/dev/null/reserve"))
    assert "ne peuvent pas être gardés" in sortie
    assert "un fichier se trouve là où il faut un dossier" in sortie
    assert chantier.est_ancien(destination)
    surmontee()


@pytest.mark.longue
@pytest.mark.skipif(not RACINE_DU_SYSTEME, reason="monter un disque demande des droits")
def test_plus_de_place_pour_le_provisoire(chantier: Chantier, tmp_path: Path, surmontee: Surmontee) -> None:
    """The folder for temporary files is full: pandoc and typst write there."""
    destination = chantier.poser(tmp_path / "site")
    chantier.vider_la_reserve()
    petit = tmp_path / "petit"
    petit.mkdir()
    script = f'mount -t tmpfs -o size=300k tmpfs "{petit}" && "$@"'
    sortie = refus(chantier.construire(destination, ("unshare", "-m", "bash", "-c", script, "bash"), TMPDIR=str(petit)))
    assert "place" in sortie
    assert chantier.est_ancien(destination)
    surmontee()


@pytest.mark.longue
def test_un_document_garde_tronque_se_refait(chantier: Chantier, tmp_path: Path, surmontee: Surmontee) -> None:
    """As a restored cache, or a full disk, can leave it: the build does not trust it."""
    chantier.construire(tmp_path / "avant")
    for place in (chantier.reserve / "documents").glob("*.odt"):
        place.write_bytes(place.read_bytes()[:100])
    done = chantier.construire(tmp_path / "site")
    assert done.returncode == 0, done.stderr
    assert chantier.differences(tmp_path / "site") == []
    surmontee()


@pytest.mark.longue
def test_interrompue_par_le_systeme(chantier: Chantier, tmp_path: Path, surmontee: Surmontee) -> None:
    """SIGTERM, as a forge sends when a task lasts too long: what was begun is cleared away at once."""
    destination = chantier.poser(tmp_path / "site")
    process = subprocess.Popen(chantier.commande(destination), cwd=chantier.projet, env=chantier.environ())
    time.sleep(1.5)
    process.terminate()
    assert process.wait(30) != 0
    assert chantier.est_ancien(destination)
    assert chantier.restes(destination) == []
    surmontee()


@pytest.mark.longue
def test_pas_de_reseau_a_l_installation(tmp_path: Path, surmontee: Surmontee) -> None:
    for nom in ("scripts", "requirements.txt"):
        source = RACINE / nom
        shutil.copytree(source, tmp_path / nom) if source.is_dir() else shutil.copy(source, tmp_path / nom)
    done = lancer(
        sys.executable,
        "scripts/faire.py",
        "site",
        cwd=tmp_path,
        env={**os.environ, "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0", "PIP_NO_CACHE_DIR": "1"},
    )
    assert done.returncode == 1
    assert "Vérifiez l’accès à l’internet" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    surmontee()


def test_chromium_absent(tmp_path: Path, surmontee: Surmontee) -> None:
    """Only the tests ask for it: they say how to get it; building does without."""
    essai = (
        "import sys; sys.path.insert(0, 'scripts'); import faire\n"
        "try: faire.navigateur()\nexcept faire.Echec as e: print(e); sys.exit(1)"
    )
    for environ in ({"PATH": str(tmp_path)}, {"CHROMIUM": "/nulle/part"}):
        done = lancer(sys.executable, "-c", essai, env={"HOME": str(tmp_path), "PYTHONUTF8": "1", **environ})
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert "CHROMIUM" in done.stdout
    surmontee()


# --- the words themselves


@pytest.mark.parametrize(
    ("sortie", "attendu"),
    [
        ("OSError: [Errno 28] No space left on device: '/x/y'", "/x/y : il n’y a plus de place sur le disque"),
        ("PermissionError: [Errno 13] Permission denied: '/x'", "/x : vous n’avez pas le droit"),
        ("OSError: [Errno 28] No space left on device", "Il n’y a plus de place"),
        ("ModuleNotFoundError: No module named 'typst'", "« typst »"),
        ("MemoryError", "La mémoire manque"),
        ("concurrent.futures.process.BrokenProcessPool: A process died", "arrêté par le système"),
        ("macros.x.Bizarre: non\nKeyError: 'x'", "erreur imprévue (KeyError : 'x')"),
    ],
)
def test_les_traces_deviennent_une_phrase(sortie: str, attendu: str) -> None:
    trace = 'Traceback (most recent call last):\n  File "a.py", line 1, in b\n    c()\n'
    dit = pannes.sans_trace(f"INFO - début\nERROR   -  une page\n{trace}{sortie}\n")
    assert "ERROR   -  une page" in dit
    assert attendu in dit
    assert "File" not in dit
    assert "Traceback" not in dit


@pytest.mark.parametrize("options", [[], ["--trace"]])
def test_une_erreur_imprevue_dit_comment_la_signaler(options: list[str]) -> None:
    """A command’s own, as it ends; then that of the build it starts. The trace comes on demand."""
    essai = (
        "import subprocess, sys; sys.path.insert(0, 'scripts'); import porte, scripts.site as site\n"
        "from pathlib import Path\n"
        "perdue = 'Traceback (most recent call last)\\n  File \"a.py\"\\nZeroDivisionError: perdue'\n"
        "site.subprocess.run = lambda *a, **k: subprocess.CompletedProcess(a, 1, '', perdue)\n"
        "site._build(Path('x'), None)\n"
        "porte.ouvrir(lambda: 1 // 0)"
    )
    done = lancer(sys.executable, "-c", essai, *options)
    assert done.returncode == 1
    assert done.stderr.count("erreur imprévue (ZeroDivisionError : ") == 2
    assert done.stderr.count("par un ticket sur la forge du projet") == 2
    assert done.stderr.count("Traceback") == 2 * len(options)


def test_la_trace_d_un_autre_processus_disparait_aussi() -> None:
    dit = pannes.sans_trace(
        'INFO - début\nconcurrent.futures.process._RemoteTraceback: \n"""\nTraceback (most recent call last):\n  '
        'File "a"\n'
        'OSError: [Errno 28] No space left on device\n"""\n\nThe above exception was the direct cause of the following '
        'exception:\n\nTraceback (most recent call last):\n  File "b"\nOSError: [Errno 28] No space left on device\n'
    )
    assert dit == "INFO - début\nIl n’y a plus de place sur le disque. Libérez-en, puis relancez."


def test_une_limite_de_taille_est_dite(tmp_path: Path) -> None:
    """The same sentence for what this process itself meets."""
    douce, dure = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, dure))
    try:
        with pytest.raises(OSError, match="too large") as pris:
            (tmp_path / "gros").write_bytes(b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (douce, dure))
    assert "taille que la machine permet" in pannes.dire_erreur_systeme(pris.value)


@pytest.mark.parametrize("place", ["projet", "au-dessus", "fichier", "lien", "dossier", "impossible"])
def test_rien_qui_ne_soit_a_nous_n_est_remplace(place: str, tmp_path: Path) -> None:
    """Whatever the door: the refusal says what would be lost, and everything is still there."""
    plein = tmp_path / "plein"
    plein.mkdir()
    (plein / "travail.txt").write_text("à garder")
    (tmp_path / "lien").symlink_to(plein)
    destination, raison = {
        "projet": (RACINE, "contient le projet lui-même"),
        "au-dessus": (RACINE.parent, "contient le projet lui-même"),
        "fichier": (plein / "travail.txt", "n’est pas un dossier"),
        "lien": (tmp_path / "lien", "n’est pas un dossier"),
        "dossier": (plein, "qu’aucune construction n’y a mis"),
        "impossible": (Path("/proc/site"), "Rien ne s’écrit dans /proc"),
    }[place]
    with (
        pytest.raises(mise_en_place.ChantierRefuse, match=raison),
        mise_en_place.chantier_de(destination, lambda _: None) as provisoire,
    ):
        mise_en_place.echanger(provisoire, destination)
    assert (plein / "travail.txt").read_text() == "à garder"
    assert (RACINE / "mkdocs.yml").is_file()


@pytest.mark.parametrize("porte", ["site.py", "construire.py", "construire.py --moteur zensical"])
def test_chaque_porte_refuse_d_effacer(porte: str, tmp_path: Path) -> None:
    (tmp_path / "travail.txt").write_text("à garder")
    script, *options = porte.split()
    commande = [sys.executable, f"scripts/{script}", *options, str(tmp_path)]
    done = subprocess.run(commande, cwd=RACINE, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Donnez un dossier vide ou nouveau" in done.stderr
    assert (tmp_path / "travail.txt").read_text() == "à garder"
