"""What a machine refuses, said in French: no room, no right to write, a missing tool; never a traceback."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable
from html import escape

REINSTALLER = "Réinstallez l’environnement : python3 scripts/faire.py preparer"
SIGNALER = (
    "Relancez-la avec --trace pour voir d’où elle vient, puis signalez-la, avec cette trace, par un ticket sur "
    "la forge "
    "du projet."
)
_MOTIFS = {
    errno.ENOSPC: "il n’y a plus de place sur le disque. Libérez-en, puis relancez.",
    errno.EDQUOT: "votre quota de disque est atteint. Libérez de la place, puis relancez.",
    errno.EFBIG: "un fichier dépasse la taille que la machine permet. Relevez cette limite (ulimit -f), puis relancez.",
    errno.EROFS: "ce disque est en lecture seule. Choisissez un dossier où vous pouvez écrire, puis relancez.",
    errno.EACCES: "vous n’avez pas le droit d’y écrire ou de le lire. Changez ses droits ou choisissez un autre "
    "dossier.",
    errno.EPERM: "cette opération vous est refusée. Changez les droits ou choisissez un autre dossier.",
    errno.EIO: "le disque ne répond pas. Vérifiez-le, puis relancez.",
    errno.EMFILE: "trop de fichiers sont ouverts. Relevez cette limite (ulimit -n), puis relancez.",
    errno.ENOTDIR: "un fichier se trouve là où il faut un dossier. Déplacez-le, puis relancez.",
    errno.ENOMEM: "la mémoire manque. Fermez d’autres programmes, puis relancez.",
}
_ERRNO = re.compile(r"\[Errno (\d+)\][^:\n]*(?:: '(?P<place>[^'\n]*)')?")
_MODULE = re.compile(r"No module named '?([\w.]+)'?")
_FIN = re.compile(r"^(?:[\w.]+\.)?(\w*(?:Error|Exception|Interrupt|Refused|Failed)\w*)(?:: (.*))?$", re.MULTILINE)
TRACE = "Traceback (most recent call last)"
"""How a trace begins."""
_DEBUT = re.compile(r"Traceback \(most recent|_RemoteTraceback|^(During handling of|The above exception was)")


def dire_erreur_systeme(erreur: OSError) -> str:
    """Word what the system refused, with the file when it is known."""
    return _phrase(erreur.errno, str(erreur.filename or ""), erreur.strerror or str(erreur))


def _phrase(numero: int | None, place: str, sinon: str) -> str:
    motif = _MOTIFS.get(numero or 0, f"le système a répondu « {sinon} ».")
    return f"{place} : {motif}" if place else f"{motif[0].upper()}{motif[1:]}"


def sans_trace(sortie: str) -> str:
    """Return what a program wrote without its tracebacks, each replaced by one French sentence. Other text is kept."""
    if TRACE not in sortie:
        return sortie
    gardees = list(dict.fromkeys(_outside(sortie.splitlines())))
    return "\n".join([*gardees, expliquer(sortie)])


def _outside(lignes: Iterable[str]) -> Iterable[str]:
    """Lines that MkDocs, or we, wrote on purpose: those before the first traceback, and its own messages."""
    vue = False
    for ligne in lignes:
        vue = vue or bool(_DEBUT.search(ligne))
        if (not vue or ligne.startswith(("WARNING", "ERROR"))) and not _ERRNO.search(ligne):
            yield ligne


def expliquer(sortie: str) -> str:
    """Return the sentence for the last error of ``sortie``."""
    modules = _MODULE.findall(sortie)
    if modules:
        return f"Il manque la bibliothèque Python « {modules[-1]} ». {REINSTALLER}"
    systeme = list(_ERRNO.finditer(sortie))
    if systeme:
        return _phrase(int(systeme[-1][1]), systeme[-1]["place"] or "", systeme[-1][0])
    if "MemoryError" in sortie:
        return _phrase(errno.ENOMEM, "", "")
    if "BrokenProcessPool" in sortie:
        return (
            "Un processus de la construction a été arrêté par le système (mémoire insuffisante ?). Fermez d’autres "
            "programmes, puis relancez."
        )
    erreurs = _FIN.findall(sortie)
    nom, message = erreurs[-1] if erreurs else ("", "")
    detail = f" : {message}" if message else ""
    return f"La commande s’est arrêtée sur une erreur imprévue ({nom or 'sans nom'}{detail}). {SIGNALER}"


def dire_arret(statut: int) -> str:
    """Word a program that a signal stopped (negative status, as Python gives it)."""
    if statut == -9:
        return (
            "La construction a été tuée par le système (mémoire insuffisante ?). Fermez d’autres programmes, "
            "puis relancez."
        )
    return f"La construction a été interrompue (signal {-statut})."


_PAGE = """<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>Le site ne se construit pas</title></head>
<body>
<main>
<h1>Le site ne se construit pas</h1>
<p>Corrigez ce qui suit et enregistrez : cette page laissera la place au site.</p>
<pre>{message}</pre>
<p>Les autres messages sont dans le terminal où tourne <code>make serve</code>.</p>
</main>
</body>
</html>
"""


def page_de_panne(message: str) -> str:
    """Return the page shown in place of the site while serving, when it cannot be built at all."""
    return _PAGE.format(message=escape(message or "La construction s’est arrêtée sans message."))
