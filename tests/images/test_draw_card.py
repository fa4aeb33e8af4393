"""The layout of share cards: lines, sizes, and text that has no room."""

from __future__ import annotations

import pytest

from sitegen.images.draw_card import SIZES, _broken, _cut, _fitted, _font, _wrapped

FONT = _font("sans", 40)


@pytest.mark.parametrize(
    "text", ["Tide", "Ferry line drops its oldest ship", "word " * 60, "x" * 400]
)
def test_a_headline_fits_or_ends_with_an_ellipsis(text: str) -> None:
    size, lines = _fitted(text.strip(), "serif", 300)
    assert size in SIZES
    font = _font("serif", size)
    assert all(font.getlength(line) <= 1056 for line in lines)
    joined = " ".join(lines)
    assert joined == text.strip() or joined.endswith("…")


def test_short_headlines_are_large() -> None:
    assert _fitted("Tide", "serif", 300) == (SIZES[0], ["Tide"])


def test_words_are_not_split_unless_one_is_too_long() -> None:
    lines = _wrapped("one two three four", FONT, FONT.getlength("one two"))
    assert lines == ["one two", "three", "four"]
    assert "".join(_broken("x" * 50, FONT, 200)) == "x" * 50


def test_a_cut_ends_with_a_word() -> None:
    cut = _cut("a line of several words", FONT, int(FONT.getlength("a line of seve…")) + 1)
    assert cut in ("a line of…", "a line of seve…")
    assert FONT.getlength(cut) <= FONT.getlength("a line of seve…") + 1
