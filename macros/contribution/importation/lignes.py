"""Lines -> paragraphs: what a margin cut is joined again, items lose their bullet."""

from __future__ import annotations

from macros.contribution.importation.blocs import Bloc
from macros.contribution.importation.mots import uni
from macros.contribution.importation.regles import Regles, motif


def remettre_en_lignes(blocs: list[Bloc]) -> list[Bloc]:
    """One block a line: a line break inside a paragraph often parts two headings."""
    return [
        Bloc(bloc.genre, ligne, bloc.niveau, list(bloc.alertes)) if ligne.strip() else Bloc("vide")
        for bloc in blocs
        for ligne in (bloc.texte.split("\n") if bloc.genre != "ligne" else [bloc.texte])
    ]


def recoller(blocs: list[Bloc], regles: Regles, creneau: str) -> list[Bloc]:
    """Join the lines of each paragraph, then take the bullets off. ``creneau``: pattern of a time slot, which opens
    one."""
    longueur = max((len(b.texte) for b in blocs if b.genre in ("paragraphe", "element")), default=0)
    coupee = regles["largeur_coupee"][0] <= longueur <= regles["largeur_coupee"][1]
    joints: list[Bloc] = []
    for bloc in blocs:
        avant = joints[-1] if joints else None
        if avant and _suite(avant, bloc, longueur if coupee else 0, regles, creneau):
            avant.texte = _joindre(avant.texte, bloc.texte)
            avant.niveau = len(bloc.texte)
        else:
            joints.append(Bloc(bloc.genre, bloc.texte, len(bloc.texte) if bloc.genre != "titre" else bloc.niveau))
    return [_puce(bloc, regles) for bloc in joints]


def _suite(avant: Bloc, bloc: Bloc, largeur: int, regles: Regles, creneau: str) -> bool:
    """Whether ``bloc`` goes on with the paragraph ``avant``, whose last line holds ``avant.niveau`` characters."""
    if bloc.genre != "paragraphe" or avant.genre not in ("paragraphe", "element"):
        return False
    ouvre = (regles["puce"], regles["numero"], regles["rubrique"], creneau)
    if any(motif(m).search(uni(bloc.texte)) for m in ouvre):
        return False
    if not motif("[a-zà-ÿœ0-9]").search(bloc.texte):  # a heading in capitals
        return False
    finie = motif("[.!?…]$").search(avant.texte) and motif("^[A-ZÀ-ÝŒ]").match(bloc.texte)
    if largeur and avant.niveau >= regles["remplissage_d_une_fin" if finie else "remplissage"] * largeur:
        return True
    if not motif("^[(]?[a-zà-ÿœ]").match(bloc.texte) or "\t" in avant.texte + bloc.texte:
        return False
    longue, fins = (len(avant.texte), ".!?…") if largeur else (avant.niveau, ".!?:;…»")
    return longue >= 40 and avant.texte[-1] not in fins


def _joindre(avant: str, apres: str) -> str:
    """A word cut at the margin is one again; the hyphen of « au-dessus » stays, since nothing says which it is."""
    return f"{avant}{apres}" if motif("[A-Za-zÀ-ÿœŒ]-$").search(avant) else f"{avant} {apres}"


def _puce(bloc: Bloc, regles: Regles) -> Bloc:
    if bloc.genre not in ("paragraphe", "element"):
        return bloc
    texte = bloc.texte.lstrip()
    trouve = motif(regles["puce"]).match(texte)
    if trouve and len(texte) > trouve.end():
        return Bloc("element", texte[trouve.end() :].strip())
    if motif(regles["numero"]).match(texte):
        return Bloc("element", texte)
    return Bloc(bloc.genre, texte)
