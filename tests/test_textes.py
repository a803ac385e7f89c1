"""Texts of fiches become safe HTML: nothing written in a fiche is ever executed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from macros.ecriture.textes import Notes, appeler_une_fois, rendre_phrase, rendre_texte, texte_nu
from macros.modeles import Source

SOURCE = Source(titre="Une page", editeur="Un ministère", url="https://exemple.fr")


def _notes(nombre: int = 3) -> Notes:
    return Notes({f"s{n}": SOURCE.model_copy(update={"titre": f"Page {n}"}) for n in range(1, nombre + 1)})


def test_citation_becomes_a_call_before_the_full_stop() -> None:
    rendu = rendre_phrase("Deux jours en moyenne [s2].", _notes())
    assert rendu == (
        'Deux jours en moyenne<sup class="appel"><a href="#note-s2" id="appel-s2" aria-label="note 2">2</a></sup>.'
    )


def test_only_the_first_call_carries_the_anchor() -> None:
    notes = _notes()
    first, second = rendre_phrase("A [s1].", notes), rendre_phrase("B [s1].", notes)
    assert 'id="appel-s1"' in first
    assert 'id="appel-s1"' not in second


def test_several_sources_and_kit() -> None:
    notes = _notes()
    rendu = rendre_phrase("Une idée [s1, s3, kit].", notes)
    assert rendu.count("<a ") == 3
    assert 'class="appel-kit"' in rendu
    assert notes.kit


def test_notes_of_another_fiche_keep_their_own_keys_and_shared_publications_one_number() -> None:
    notes = _notes(1)
    notes.ajouter(
        "autre",
        {"s1": SOURCE.model_copy(update={"titre": "Ailleurs"}), "s2": SOURCE.model_copy(update={"titre": "Page 1"})},
    )
    assert ">2</a>" in rendre_phrase("X [s1].", notes, "autre")
    assert ">1</a>" in rendre_phrase("Y [s2].", notes, "autre")
    assert [(n, cle) for n, cle, _ in notes.liste()] == [(1, "s1"), (2, "autre-s1")]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](https://exemple.fr){ onclick=alert(1) }",
        "![x](javascript:alert(1))",
        "<javascript:alert(1)>",
        '--8<-- "/etc/passwd"',
        "{{ 7*7 }}",
        "{% raw %}",
        "{# note #}",
        '<a href="javascript:1">x</a>',
        "&lt;script&gt;",
        "\ue0000\ue001",
        "<style>*{display:none}</style>",
        "<svg onload=alert(1)>",
    ],
)
def test_hostile_text_stays_text(hostile: str) -> None:
    for rendu in (rendre_phrase(hostile, _notes()), rendre_texte(hostile, _notes())):
        arbre = html.fragment_fromstring(f"<div>{rendu}</div>")
        balises = {e.tag for e in arbre.iter()} - {"div", "p"}
        assert balises <= {"a", "em", "strong", "br"}
        for lien in arbre.iter("a"):
            assert set(lien.keys()) <= {"href", "rel"}
            assert (lien.get("href") or "").startswith(("https://exemple.fr", "#note-"))
    assert "49" not in rendre_phrase(hostile, _notes())


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_text_gives_only_allowed_tags(texte: str) -> None:
    arbre = html.fragment_fromstring(f"<div>{rendre_texte(texte or 'x', _notes())}</div>")
    assert {e.tag for e in arbre.iter() if isinstance(e.tag, str)} <= {
        "div",
        "p",
        "em",
        "strong",
        "a",
        "ul",
        "ol",
        "li",
        "br",
        "sup",
    }


def test_the_fast_path_and_markdown_agree_on_plain_text() -> None:
    plain = "L'avis, « net » : 20 000 € ; n° 17 [s1]."
    with_markdown = rendre_phrase(plain + " *fin*", _notes())
    assert with_markdown.replace(" <em>fin</em>", "") == rendre_phrase(plain, _notes())


def test_paragraphs_and_lists() -> None:
    rendu = rendre_texte("Un **fait** [s1].\n\n- un [s2]\n- deux [kit]\n", _notes())
    assert "<strong>fait</strong>" in rendu
    assert rendu.count("<li>") == 2


def test_plain_text_for_titles_and_descriptions() -> None:
    assert texte_nu("Réunir **l'essentiel**, voir [ici](https://x.fr) [s1, kit].") == "Réunir l’essentiel, voir ici."


@pytest.mark.parametrize("texte", ["un &#57344;7&#57345; [s1]", "un \ue0007\ue001 [s1]", "&shy;&#x202e;&lt;i&gt; [s1]"])
def test_no_text_forges_a_call_nor_brings_in_a_hidden_sign(texte: str) -> None:
    """What was checked is what is shown: entities stay as they are written, and only a real citation is a call."""
    rendu = rendre_phrase(texte, Notes({"s1": SOURCE}))
    assert rendu.count("<sup") == 1
    assert not re.search("[\u00ad\u202e]|<i>", rendu)


def test_one_source_is_called_once_in_a_row() -> None:
    notes = _notes()
    phrases = [
        rendre_phrase(t, notes)
        for t in ("Un [s1].", "Deux [s1].", "Trois [s1, kit].", "Quatre [s1, kit].", "Cinq [s2].")
    ]
    dit, (partie,) = appeler_une_fois(["".join(f"<li>{p}</li>" for p in phrases)])
    assert dit == ""
    assert [li.split("<")[0] for li in partie.split("<li>")[1:]] == ["Un.", "Deux", "Trois.", "Quatre", "Cinq"]
    assert partie.count("<sup") == 3 and partie.count("appel-kit") == 1
    assert partie.count('id="appel-s1"') == 1, "la note ramène toujours à un appel"
    assert appeler_une_fois(["<p>Rien.</p>"]) == ("", ["<p>Rien.</p>"])


def test_a_page_that_rests_on_one_source_says_it_once() -> None:
    """What bears no note is of that source: no other statement may lose its own."""
    notes = _notes()
    parties = [
        "".join(
            f"<li>{rendre_phrase(t, notes)}</li>" for t in ("Un [s1].", "Deux [s2].", "Trois [s2].", "Quatre [s1].")
        )
        for _ in range(4)
    ] + [rendre_phrase("Cinq [s1, s2]. Six [kit].", notes)]
    dit, reste = appeler_une_fois(parties)
    assert dit.count("<a ") == 1 and 'href="#note-s1" id="appel-s1"' in dit
    assert [r.count("#note-s1") for r in reste] == [0, 0, 0, 0, 1], "une source citée avec une autre reste"
    assert [r.count("#note-s2") for r in reste] == [2, 2, 2, 2, 1] and "#note-kit" in reste[4]


@pytest.mark.parametrize(
    "adresse",
    [
        "https://lu.fr@ailleurs.fr/",
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://localhost:8000/",
        "http://imprimante.local/",
        "https://\u0430pple.com/",
        "https://xn--pple-43d.com/",
        "mailto:a@exemple.fr?bcc=b@exemple.fr",
        "mailto:a@exemple.fr,b@exemple.fr",
        "mailto:a@exemple.fr?subject=x&cc=b@exemple.fr",
        "javascript:alert(1)",
        "//exemple.fr/",
    ],
)
def test_a_link_leads_where_it_reads(adresse: str) -> None:
    assert "href" not in rendre_phrase(f"Voir [la page]({adresse}).", None)
    assert 'href="https://exemple.fr/a@b"' in rendre_phrase("Voir [la page](https://exemple.fr/a@b).", None)
    assert 'href="mailto:a@exemple.fr' in rendre_phrase("Voir [nous](mailto:a@exemple.fr?subject=Bonjour).", None)
