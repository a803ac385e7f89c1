"""Valid HTML: the parsing rules of the standard here, the Nu checker in the long run."""

from __future__ import annotations

import os
from pathlib import Path

import html5lib
import pytest
import yaml
from html5lib.constants import E as MESSAGES

from scripts import html_valide
from tests.conftest import cache, compteurs
from tests.navigateur.conftest import GABARITS, PERDUE


def _erreurs(page: bytes) -> list[str]:
    """What the parser of the standard finds wrong: a tag unclosed or misplaced, an attribute twice, an unknown
    reference…"""
    parseur = html5lib.HTMLParser(namespaceHTMLElements=False)
    parseur.parse(page, transport_encoding="utf-8")
    return [f"ligne {ligne} : {MESSAGES[code] % donnees}" for (ligne, _), code, donnees in parseur.errors]


def _fautes(site: Path, pages: list[Path]) -> dict[str, list[str]]:
    lues = {p.relative_to(site).as_posix(): _erreurs(p.read_bytes()) for p in pages}
    compteurs["pages au HTML bien formé (html5lib)"] += len(lues)
    return {nom: dites for nom, dites in lues.items() if dites}


@pytest.mark.parametrize(
    ("page", "dit"),
    [
        ("<!doctype html><title>x</title><p><div></p></div>", "end tag"),
        ("<!doctype html><title>x</title><a href=x href=y>z</a>", "attribute"),
        ("<!doctype html><title>x</title><table><p>x</table>", "table"),
        ("<title>x</title>", "DOCTYPE"),
        ("<!doctype html><title>x</title>a & b &nosuch;", "entity"),
    ],
)
def test_l_analyseur_voit_les_fautes(page: str, dit: str) -> None:
    assert any(dit.lower() in erreur.lower() for erreur in _erreurs(page.encode()))


def test_une_page_de_chaque_gabarit_est_bien_formee(site: Path) -> None:
    adresses = sorted({adresse.partition("?")[0] for adresse in GABARITS})
    pages = [site / adresse / "index.html" for adresse in adresses] + [site / PERDUE]
    assert len(pages) > 40
    assert _fautes(site, pages) == {}


@pytest.mark.longue
def test_toutes_les_pages_sont_bien_formees(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 200
    assert _fautes(site, pages) == {}


MESSAGE = {
    "type": "error",
    "url": "file:/s/a/index.html",
    "lastLine": 3,
    "message": "Stray end tag “p”.",
    "extract": "x</p>",
}


def test_une_exception_explique_une_faute_et_une_seule_sorte() -> None:
    exceptions = [{"message": "^Stray end tag", "extrait": "x</p>"}, {"message": "^Autre", "extrait": ""}]
    messages = [
        MESSAGE,
        {**MESSAGE, "extract": "y</p>"},
        {"type": "info", "subType": "warning", "message": "Empty heading."},
    ]
    messages.append({"type": "info", "message": "Resource violates Content Security Policy (meta tag): a.css"})
    juge = html_valide.trier(messages, Path("/s"), 2, exceptions)
    assert [str(f) for f in juge.fautes] == ["a/index.html:3 : Stray end tag “p”.  [y</p>]"]
    assert (juge.exceptees, juge.avertissements, juge.sans_objet) == (1, 1, ("^Autre",))


def test_les_exceptions_sont_rares_et_disent_d_ou_elles_viennent() -> None:
    exceptions = yaml.safe_load(html_valide.EXCEPTIONS.read_text(encoding="utf-8")) or []
    assert len(exceptions) <= 5
    for exception in exceptions:
        assert set(exception) == {"message", "extrait", "amont", "raison"}
        assert all(exception.values())


def test_sans_java_ou_sans_verificateur_rien_n_est_dit_reussi(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    monkeypatch.delenv("VNU_JAR", raising=False)
    monkeypatch.setenv("ACCOMPAGNER_CACHE", str(tmp_path / "reserve"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert html_valide.main([str(tmp_path)]) == 2
    assert "default-jre-headless" in capsys.readouterr().err
    monkeypatch.setattr(html_valide, "java", lambda: "java")
    assert html_valide.main([str(tmp_path)]) == 2
    assert "npm" in capsys.readouterr().err
    faux = tmp_path / "vnu.jar"
    faux.write_bytes(b"autre chose")
    monkeypatch.setenv("VNU_JAR", str(faux))
    assert html_valide.main([str(tmp_path)]) == 2
    assert "n’est pas le vérificateur attendu" in capsys.readouterr().err
    assert html_valide.main([str(tmp_path / "vide")]) == 2


@pytest.mark.longue
def test_le_verificateur_nu_ne_trouve_aucune_erreur(site: Path) -> None:
    try:
        juge = html_valide.juger(site, Path(os.environ.get("ACCOMPAGNER_CACHE", cache())))
    except html_valide.Impossible as raison:
        pytest.skip(str(raison))
    assert juge.pages > 200
    assert not juge.fautes, "\n".join(map(str, juge.fautes[:40]))
    assert juge.sans_objet == ()
    compteurs["pages au HTML valide (Nu)"] += juge.pages
    compteurs["erreurs de HTML (Nu)"] += len(juge.fautes)
    compteurs["erreurs de HTML exceptées (tests/html/exceptions.yml)"] += juge.exceptees
