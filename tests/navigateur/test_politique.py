"""The policy in a real browser: it refuses what it must, and every feature of the site works under it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.navigateur.conftest import Journal

Ouvrir = Callable[..., Page]
REFUSES = {
    "script-src-elem": 'const s = document.createElement("script"); s.textContent = "window.execute = 1"; '
    "document.head.append(s);",
    "script-src-attr": """const b = document.createElement("p"); b.setAttribute("onclick", "window.execute = 1");
        document.body.append(b); b.click();""",
    # Later, since the debugger that plays this gesture is allowed what the page is not.
    "script-src": 'setTimeout(() => { try { window.execute = eval("1"); } catch {} }, 0);',
    "style-src-attr": 'document.body.setAttribute("style", "opacity: .5");',
    "style-src-elem": 'const c = document.createElement("style"); c.textContent = "body { opacity: .5 }"; document.head.append(c);',
    "object-src": 'const o = document.createElement("object"); o.data = "data:text/html,x"; document.body.append(o);',
    "frame-src": 'const f = document.createElement("iframe"); f.src = "data:text/html,x"; document.body.append(f);',
    "base-uri": 'const a = document.createElement("base"); a.href = "https://tiers.exemple/"; document.head.append(a);',
    "connect-src": 'fetch("https://tiers.exemple/").catch(() => {});',
    "img-src": 'new Image().src = "https://tiers.exemple/i.png";',
    "form-action": """const f = document.createElement("form"); f.action = "https://tiers.exemple/"; f.method = "post";
        document.body.append(f); f.submit();""",
}
"""What a page must not be able to do, by the directive that refuses it."""


def test_la_politique_refuse_tout_ce_qu_elle_doit(ouvrir: Ouvrir, journal: Journal) -> None:
    """Each attempt is refused and nothing leaves: the recorder of the other tests sees every violation."""
    journal.toleres = ("violation CSP", "Content Security Policy", "Refused to", "ERR_BLOCKED_BY_CSP")
    page = ouvrir("accessibilite/")
    for directive, geste in REFUSES.items():
        with page.expect_console_message(lambda m, d=directive: m.text.startswith(f"violation CSP : {d} ")):  # type: ignore[misc]
            page.evaluate(f"() => {{ {geste} }}")
    assert page.evaluate("[window.execute ?? null, getComputedStyle(document.body).opacity]") == [None, "1"]
    assert journal.violations >= len(REFUSES)
    assert not [faute for faute in journal.fautes if "requête hors du site" in faute]
    journal.violations = 0  # wanted here: the count of the run is that of the site


def test_la_page_perdue_a_sa_politique_a_toute_profondeur(ouvrir: Ouvrir, base_404: str, journal: Journal) -> None:
    journal.toleres = ("réponse 404", "status of 404")
    page = ouvrir(f"{base_404}dispositifs/nulle-part/du-tout/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page introuvable")
    assert page.locator('meta[http-equiv="Content-Security-Policy"]').count() == 1
    assert page.evaluate("document.styleSheets.length") > 0
    assert urlsplit(page.url).path.endswith("/du-tout/")


def test_le_moteur_de_recherche_compile_sous_la_politique(ouvrir: Ouvrir) -> None:
    """WebAssembly and its worker: the one exception that the policy makes."""
    page = ouvrir("trouver/?q=friche")
    expect(page.locator("mark").first).to_be_visible()
