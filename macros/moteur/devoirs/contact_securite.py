"""``security.txt`` (RFC 9116): where to report a security flaw, and until when that is promised. Pure."""

from __future__ import annotations

import datetime as dt

from macros.moteur.devoirs.editeur import Editeur

URIS = (".well-known/security.txt", "security.txt")
"""Where the file is published: its place, and the older one, for hosts that publish no folder beginning with a dot."""
PREAVIS = dt.timedelta(days=30)
"""How long before its end a promise is to be renewed."""
DUREE_MAX = dt.timedelta(days=366)
"""Beyond a year, says the RFC, nobody knows whether the contact still answers."""
_CHAMP = "securite_valable_jusqu_au"


def security_txt(editeur: Editeur, site_url: str) -> str:
    """Return the file, empty while the publisher gave no contact or no date: a promise that nobody made is not
    published."""
    contact, echeance = editeur["contact_securite"], editeur[_CHAMP]
    if not contact or not echeance:
        return ""
    racine = site_url.rstrip("/") + "/"
    lignes = [
        f"Contact: {contact if contact.startswith('https://') else f'mailto:{contact}'}",
        f"Expires: {echeance}T23:59:59Z",
        "Preferred-Languages: fr, en",
        *(f"Canonical: {racine}{uri}" for uri in URIS),
        f"Policy: {racine}mentions-legales/#securite",
    ]
    return "\n".join(lignes) + "\n"


def echeance_depassee(editeur: Editeur, aujourd_hui: dt.date) -> str | None:
    """Say in French what is wrong with the end of the promise on that day: past, near or too far; None when nothing
    is."""
    if not editeur[_CHAMP]:
        return None
    fin = dt.date.fromisoformat(editeur[_CHAMP])
    if fin < aujourd_hui:
        return f"security.txt est expiré depuis le {fin:%d/%m/%Y}"
    if fin - aujourd_hui < PREAVIS:
        return f"security.txt expire bientôt, le {fin:%d/%m/%Y}"
    if fin - aujourd_hui > DUREE_MAX:
        return f"security.txt promet plus d’un an, jusqu’au {fin:%d/%m/%Y}"
    return None
