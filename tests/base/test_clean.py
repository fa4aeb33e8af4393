"""Untrusted text as one clean line."""

from __future__ import annotations

import pytest

from sitegen.base.clean import MAX_LINE, clean_inline, word_set


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  Tide \t turns  ", "Tide turns"),
        ("Tide\nturns", "Tide turns"),
        ("Tide\r\nturns", "Tide turns"),
        ("Tide\x0bturns\u2028today", "Tide turns today"),
        ("Ti\x00de\x1b[31m", "Tide[31m"),
        ("Ti\u00adde", "Tide"),
        ("\ufeffTide", "Tide"),
        ("a\u202eb", "ab"),
        ("cell\x07next", "cell next"),
        ("week\x1eend", "week-end"),
        ("u\u0308ber", "über"),
        ("نامه\u200cها", "نامه\u200cها"),
        ("a\u00a0b\u3000c", "a b c"),
        ("\ud800x", "x"),
        ("", ""),
    ],
)
def test_one_clean_line(text: str, clean: str) -> None:
    assert clean_inline(text) == clean
    assert clean_inline(clean) == clean


def test_a_line_is_bounded() -> None:
    assert len(clean_inline("x" * (MAX_LINE + 5))) == MAX_LINE


def test_words_are_a_set() -> None:
    assert word_set(" mon tue\n mon ") == {"mon", "tue"}
