"""The tokens of RTF."""

from __future__ import annotations

import pytest

from sitegen.importer.formats.rtf_tokens import Token, charset_of, page_of, tokens


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"\b0 x", [Token("word", "b", 0), Token("text", "x")]),
        (r"\li-720\par", [Token("word", "li", -720), Token("word", "par")]),
        (r"\'e9", [Token("byte", "e9")]),
        (r"\~\{", [Token("sign", "~"), Token("sign", "{")]),
        ("{a\r\nb}", [Token("open"), Token("text", "a"), Token("text", "b"), Token("close")]),
        (r"\bin3 {}{x", [Token("word", "bin", 3), Token("text", "x")]),
        ("\\'g", [Token("text", "'g")]),
        ("", []),
    ],
)
def test_tokens(text: str, found: list[Token]) -> None:
    assert list(tokens(text)) == found


def test_charsets() -> None:
    assert (charset_of(204), charset_of(0)) == ("cp1251", "")
    assert (page_of(1250), page_of(10000), page_of(65001)) == ("cp1250", "mac-roman", "utf-8")
    assert page_of(12345) == "cp1252"
