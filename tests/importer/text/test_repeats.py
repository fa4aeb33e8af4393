"""Pull quotes: lines that a paragraph near them repeats."""

from __future__ import annotations

import pytest

from sitegen.importer.text.labels import Line
from sitegen.importer.text.repeats import LongParagraphs

PARAGRAPH = (
    "the old ship will sail on the night route for another year, the director of the line said"
)


def line_of(words: int, key: str) -> Line:
    return Line(1, "", "short", -1.0, words, 0, key=key)


@pytest.mark.parametrize(
    ("key", "words", "repeated"),
    [
        ("the old ship will sail", 5, True),
        ("night route for another year", 5, True),
        ("the new ship will sail", 5, False),
        ("night route", 2, False),  # too short to be a quote
        (PARAGRAPH[:-10], 46, False),  # too long
        (PARAGRAPH[:-10], 16, False),  # nearly all of it
        (PARAGRAPH, 18, False),  # the paragraph itself
    ],
)
def test_a_pull_quote_is_within_a_longer_paragraph(key: str, words: int, repeated: bool) -> None:
    assert LongParagraphs([3], [PARAGRAPH]).repeat(5, line_of(words, key)) is repeated


class Counted(str):
    """A text that counts how often it is searched."""

    searches = 0

    def __contains__(self, part: object) -> bool:
        Counted.searches += 1
        return False


@pytest.mark.parametrize("count", [5_000, 20_000])
def test_a_line_is_compared_with_near_paragraphs_only(count: int) -> None:
    Counted.searches = 0
    text = LongParagraphs(range(count), [Counted(PARAGRAPH)] * count)
    assert not text.repeat(count // 2, line_of(5, "the old ship will sail"))
    assert Counted.searches == 200
