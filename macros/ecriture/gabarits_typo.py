"""A Jinja extension: sets the typography of the text written in templates, when they are compiled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from macros.ecriture.typographie import typographier


class Typographie(Extension):
    """Typographs data outside HTML tags, and string literals that hold a sentence."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens, their French text set. A tag may be cut by an expression: its state is kept."""
        inside = False
        for token in stream:
            if token.type == "data":
                texte, inside = _set(str(token.value), inside)
                yield Token(token.lineno, "data", texte)
            elif token.type == "string" and " " in str(token.value):
                yield Token(token.lineno, "string", typographier(str(token.value)))
            else:
                yield token


def _set(data: str, inside: bool) -> tuple[str, bool]:
    """Return the data with its text set, and whether it ends inside a tag."""
    done = []
    for piece in re.split(r"([<>])", data):
        if piece in "<>" and piece:
            inside = piece == "<"
            done.append(piece)
        else:
            done.append(piece if inside else typographier(piece))
    return "".join(done), inside
