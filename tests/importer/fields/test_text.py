"""Text of strangers as lines, and as Markdown that shows what was written."""

import pytest

from sitegen.base.clean import MAX_LINE
from sitegen.importer.fields.text import (
    clean_lines,
    cut,
    escape_block,
    escape_heading,
    escape_inline,
    raw_lines,
)


def test_lines_end_in_many_ways_and_hold_no_control_characters() -> None:
    assert raw_lines("a\r\nb\x00c\u2028d\re") == ["a", "bc", "d", "e"]
    assert clean_lines("  a \t b  \n\n\u3000c") == ["a b", "", "c"]
    assert clean_lines("10\u00a0km") == ["10\u00a0km"]


def test_a_line_that_is_too_long_comes_in_pieces_without_loss() -> None:
    text = "word " * MAX_LINE
    pieces = raw_lines(text)
    assert len(pieces) > 1 and "".join(pieces) == text
    assert all(len(piece) <= MAX_LINE for piece in pieces)


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("1. A", "1\\. A"),
        ("2024. It", "2024\\. It"),
        ("- a", "\\- a"),
        ("# a", "\\# a"),
        ("> a", "\\> a"),
        ("*a*", "\\*a\\*"),
        ("a_b", "a_b"),
        ("_a_", "\\_a\\_"),
        ("<b>", "&lt;b>"),
        ("&amp;", "&amp;amp;"),
        ("[a](b)", "\\[a](b)"),
        ("a `b`", "a \\`b\\`"),
        ("~~a~~", "~&#126;a&#126;~"),
        ("1 < 2 & 3 * 4", "1 < 2 & 3 * 4"),
    ],
)
def test_signs_of_markdown_show_as_written(text: str, block: str) -> None:
    assert escape_block(text) == block


def test_a_heading_keeps_its_last_sign() -> None:
    assert escape_heading("On C#") == "On C\\#"
    assert escape_heading("1. A") == "1. A"
    assert escape_inline("plain") == "plain"


def test_what_is_not_closed_is_not_cut() -> None:
    assert cut("a<b>x</B>c<b>d", "<b>", "</b>") == "ac<b>d"
