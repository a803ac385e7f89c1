"""What an ODT and a DOCX hold besides their text, for the documents that the browser makes (docs/assets/js/emporter).

The styles are those of the kits' documents: one place decides how they look.
"""

from __future__ import annotations

from pathlib import Path

from macros.lecture.json_publie import compact

STYLES = Path(__file__).parent / "styles"
NAVIGATEUR = STYLES / "navigateur"


def modeles_json() -> str:
    """Return {"odt" | "docx": {path in the archive: XML}}; <!--corps-->, <!--titre-->… are left to the browser."""
    pieces = {format_: _pieces(format_) for format_ in ("odt", "docx")}
    pied = (STYLES / "docx-pied.xml").read_text(encoding="utf-8")
    # The field of the title holds its value: Word computes it only to print.
    pied = pied.replace("<w:pPr>", '<w:pPr><w:pStyle w:val="Pied"/>', 1).replace(
        "<w:t></w:t>", "<w:t><!--titre--></w:t>"
    )
    pieces["docx"]["word/footer1.xml"] = pied
    return compact(pieces)


def _pieces(format_: str) -> dict[str, str]:
    dossier = NAVIGATEUR / format_
    communs = (STYLES / f"{format_}.xml").read_text(encoding="utf-8")
    return {
        place.relative_to(dossier).as_posix(): place.read_text(encoding="utf-8").replace("<!--styles-->", communs)
        for place in sorted(p for p in dossier.rglob("*") if p.is_file())
    }
