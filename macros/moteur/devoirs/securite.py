"""What the browser may do with a page, said once: the policy of the pages and the headers of the servers. Pure.

Every page carries the policy in a meta element, so that it holds on hosts whose headers cannot be set; the servers'
files of ``deploiement/`` send the same policy and what a meta element cannot say
(``macros/moteur/devoirs/serveurs.py``).
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

THEME = Path(__file__).parents[3] / "theme/partials/theme.html"
"""The one template that writes a script inside the pages, the same in all of them."""

DIRECTIVES: dict[str, tuple[str, ...]] = {
    "default-src": ("'self'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "connect-src": ("'self'",),
    "worker-src": ("'self'",),
    "object-src": ("'none'",),
    "base-uri": ("'self'",),
    "form-action": ("'self'", "mailto:"),
}
"""The policy, before the fingerprints of the scripts written inside a page."""
EN_TETE_SEULEMENT: dict[str, tuple[str, ...]] = {"frame-ancestors": ("'none'",)}
"""What browsers ignore in a meta element."""

EN_TETES: dict[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join(
        f"{droit}=()"
        for droit in (
            *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope"),
            *("magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "usb", "xr-spatial-tracking"),
        )
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""The other headers of every answer."""

_BALISE = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_SANS_CODE = re.compile(r"(?<![\w-])(?:src\s*=|type\s*=\s*[\"']?application/(?:ld\+)?json(?![\w+]))", re.IGNORECASE)
_CHARSET = re.compile(r"<meta charset=\"?utf-8\"?>", re.IGNORECASE)
_META = re.compile(r"<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\">")


class SansPlace(ValueError):
    """A page in which the policy has no place to go."""


def empreintes(page: str) -> tuple[str, ...]:
    """Return the source expressions (``'sha256-…'``) of the scripts written inside ``page``, sorted; data blocks have
    none."""
    scripts = {contenu for attributs, contenu in _BALISE.findall(page) if not _SANS_CODE.search(attributs)}
    return tuple(sorted(_fingerprint(script) for script in scripts))


def _fingerprint(script: str) -> str:
    # The parser of the browser turns every end of line into a line feed before it computes the same.
    texte = script.replace("\r\n", "\n").replace("\r", "\n")
    return f"'sha256-{base64.b64encode(hashlib.sha256(texte.encode()).digest()).decode()}'"


@cache
def du_theme() -> tuple[str, ...]:
    """Return the fingerprints that the policy allows: of what the theme writes, whatever a page holds."""
    return empreintes(THEME.read_text(encoding="utf-8"))


def politique(*, en_tete: bool = False) -> str:
    """Return the policy of every page; with ``en_tete``, all that a header can say."""
    directives = {**DIRECTIVES, **(EN_TETE_SEULEMENT if en_tete else {})}
    directives["script-src"] = (*directives["script-src"], *du_theme())
    return "; ".join(f"{nom} {' '.join(valeurs)}" for nom, valeurs in directives.items())


def poser(page: str) -> str:
    """Return ``page`` with its policy right after its encoding, before anything that loads or runs. Raises
    SansPlace."""
    balise = f'<meta http-equiv="Content-Security-Policy" content="{politique()}">'
    posee, fois = _CHARSET.subn(lambda trouve: f"{trouve[0]}{balise}", page, count=1)
    if not fois:
        raise SansPlace('la page ne déclare pas son encodage (<meta charset="utf-8">) : sa politique n’a pas de place.')
    return posee


def politique_posee(page: str) -> str | None:
    """Return the policy that ``page`` carries, or None."""
    trouvee = _META.search(page)
    return trouvee[1] if trouvee else None


def defauts(page: str) -> list[str]:
    """Say in French what is wrong with the policy of a built page: absent, not first, another one, or a script it
    refuses."""
    trouvee = _META.search(page)
    if trouvee is None:
        return ["politique de sécurité (CSP) absente"]
    fautes = []
    if re.search(r"<(?:link|script|style|base|img)\b", page[: trouvee.start()], re.IGNORECASE):
        fautes.append("politique de sécurité (CSP) posée après une ressource : elle ne la couvre pas")
    if trouvee[1] != politique():
        fautes.append("politique de sécurité (CSP) qui n’est pas celle du site")
    if inconnus := len(set(empreintes(page)) - set(du_theme())):
        fautes.append(
            f"{inconnus} script(s) en ligne que le thème ne connaît pas : à mettre dans un module de docs/assets/js"
        )
    return fautes
