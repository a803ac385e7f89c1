"""JSON as the site publishes it. Knows nothing of the project."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def compact(donnees: Any) -> str:
    """Write JSON without spaces nor escapes: the same bytes for the same data. Raises TypeError on what JSON cannot
    hold."""
    return _encoder(donnees)


def dans_une_page(donnees: Any) -> Markup:
    """Write JSON to stand in a ``script`` element: no text in it can close that element, nor open another."""
    return Markup(compact(donnees).replace("<", "\\u003c"))
