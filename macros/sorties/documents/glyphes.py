"""The signs that the fonts of the PDF can draw: those of the project, then those that typst holds."""

from __future__ import annotations

import re

DESSINES = (
    "\t\n\r -~\u00a0-\u00ac\u00ae-\u0377\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0484\u1e00-\u1eff\u2000-\u200a"
    "\u2010-\u2027\u202f-\u2040\u2044-\u2052\u2070\u2071\u2074-\u208e\u2090-\u209c\u20a0-\u20c0\u2100-\u211e\u2120"
    "\u2122\u2126-\u214f\u2153-\u2184\u2190-\u23ff\u2460-\u2606\u2609-\u262f\u2638-\u268b\u2690-\u269c\u26a0-\u26a7"
    "\u2701-\u2704\u2706-\u2709\u270c-\u2714\u2717-\u2726\u2761-\u277f\u2794\u2798-\u27af\u27b1-\u2b73\u2c60-\u2c7f"
    "\ufb00-\ufb06"
)
"""Latin, Greek and Russian letters, punctuation, arrows, numbers, simple drawings; the tests have typst draw each of
them."""
CARRE = "□"
"""Stands for a sign that no font has, as anywhere else: the ODT and the DOCX keep the sign, the PDF would not be
written."""
_AUTRES = re.compile(f"[^{DESSINES}]")


def dessinable(texte: str) -> str:
    """Return ``texte``, a square in place of each sign that the PDF cannot draw. The square means nothing to typst."""
    return _AUTRES.sub(CARRE, texte)
