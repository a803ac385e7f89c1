"""Scanning slips: mended where nothing else can be meant, pointed at where something else could."""

from __future__ import annotations

import re

from macros.contribution.importation.blocs import Bloc
from macros.contribution.importation.mots import mots
from macros.contribution.importation.regles import Regles, motif
from macros.modeles.partage import IMPORTATION

_MOT_EN_6 = r"(?<![A-Za-zÀ-ÿœŒ0-9])[A-Za-zÀ-ÿœŒ]*6[A-Za-zÀ-ÿœŒ]*(?![A-Za-zÀ-ÿœŒ0-9])"
AUTOUR = 80
"""Characters shown at most on each side of a mend."""
_MOT = r"[A-Za-zÀ-ÿœŒ]+"


def reparer(blocs: list[Bloc], regles: Regles) -> list[str]:
    """Mend the blocks in place. Return what changed (« avant » → « après ») and what was left out, each once."""
    faites: list[str] = []
    for bloc in blocs:
        texte = bloc.texte
        for retrait in regles["retraits"]:
            for trouve in motif(retrait).findall(texte):
                faites.append(IMPORTATION.dire("retire", lu=trouve))
            texte = motif(" {2,}").sub(" ", motif(retrait).sub(" ", texte))
        bloc.texte = _mots_entiers(texte, regles, faites)
        for regle in regles["certaines"]:
            bloc.texte = _appliquer(bloc.texte, regle, faites, regles["maximum"])
        bloc.texte = bloc.texte.strip()
        if not bloc.texte:
            bloc.genre = "vide"
    return list(dict.fromkeys(faites))


def signaler(blocs: list[Bloc], regles: Regles, sigles: list[str]) -> None:
    """Note on each block what may be a slip, and what names a person: a sigle of the glossary is no surname."""
    connus = set(sigles)
    for bloc in blocs:
        bloc.alertes += _alertes(bloc.texte, regles, connus)


def _mots_entiers(texte: str, regles: Regles, faites: list[str]) -> str:
    lexique = regles["lexique"]
    en_o = {mot.replace("ô", "6"): mot for mot in regles["mots_en_o"]}

    def remplacer(trouve: re.Match[str]) -> str:
        lu = trouve[0]
        bas = lu[:1].lower() + lu[1:]
        juste = lexique.get(lu) or en_o.get(lu) or en_o.get(bas, "")
        if not juste:
            return lu
        juste = juste[:1].upper() + juste[1:] if lu != bas else juste
        faites.append(f"« {lu} » → « {juste} »")
        return str(juste)

    return motif(_MOT).sub(remplacer, motif(_MOT_EN_6).sub(remplacer, texte))


def _appliquer(texte: str, regle: Regles, faites: list[str], maximum: int) -> str:
    """Apply a certain mend everywhere, keeping the words around each one as a trace; ``maximum`` traces in all."""
    while len(faites) < maximum and (trouve := motif(regle["motif"]).search(texte)):
        neuf = re.sub(r"\{([0-9])\}", lambda rang: trouve[int(rang[1])] or "", regle["par"])
        repare = texte[: trouve.start()] + neuf + texte[trouve.end() :]
        if repare == texte:
            break
        avant = _autour(texte, trouve.start(), trouve.end())
        apres = _autour(repare, trouve.start(), trouve.start() + len(neuf))
        faites.append(f"« {avant} » → « {apres} »")
        texte = repare
    return texte


def _autour(texte: str, debut: int, fin: int) -> str:
    """The whole words that hold ``texte[debut:fin]``."""
    gauche, droite = max(0, debut - AUTOUR), min(len(texte), fin + AUTOUR)
    while debut > gauche and not texte[debut - 1].isspace():
        debut -= 1
    while fin < droite and not texte[fin].isspace():
        fin += 1
    return " ".join(texte[debut:fin].split())


def _alertes(texte: str, regles: Regles, sigles: set[str]) -> list[str]:
    """Doubts about a text that is left as it is."""
    trouvees = [
        f"{regle['raison']} : « {_autour(texte, trouve.start(), trouve.end())} »"
        for genre in ("douteuses", "personnelles")
        for regle in regles[genre]
        for trouve in motif(regle["motif"]).finditer(texte)
        if sigles.isdisjoint(mots(trouve[0]))
    ]
    return list(dict.fromkeys(trouvees))
