"""The page shown in place of the site while serving, when it cannot be built at all."""

from __future__ import annotations

from html import escape

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
    """Return the page that tells ``message``."""
    return _PAGE.format(message=escape(message or "La construction s’est arrêtée sans message."))
