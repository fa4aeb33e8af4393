"""Lines that were broken at a width, as paragraphs again."""

from __future__ import annotations

import textwrap

import pytest

from sitegen.importer.text.wrapped import columns, unwrap

ONE = (
    "The old ferry is back in the harbour of Salm, where it had been missed for three years by the"
    " people who live on the other bank of the river and walk to the market."
)
OTHER = (
    "It sails every hour from seven in the morning until the last passengers have crossed, and the"
    " whole crossing takes about twelve minutes when the tide is not against it."
)


def lines(*paragraphs: str, width: int) -> list[str]:
    """``paragraphs`` broken at a width, with an empty line between them."""
    out: list[str] = []
    for paragraph in paragraphs:
        out += [*textwrap.wrap(paragraph, width), ""]
    return out


@pytest.mark.parametrize("width", [40, 60, 72, 100])
def test_wrapped_paragraphs(width: int) -> None:
    found = unwrap(lines(ONE, OTHER, width=width))
    assert [p.text for p in found] == [ONE, OTHER]


def test_a_text_of_one_paragraph_a_line_stays() -> None:
    found = unwrap(["Ferry returns", "By Ann Ames", ONE, OTHER])
    assert [(p.number, p.text) for p in found] == list(
        enumerate(["Ferry returns", "By Ann Ames", ONE, OTHER], 1)
    )


def test_numbers_and_gaps_are_those_of_the_lines() -> None:
    found = unwrap(["", "", "Title", "", ONE])
    assert [(p.number, p.gap) for p in found] == [(3, 2), (5, 1)]


def test_double_spacing_is_no_end_of_a_paragraph() -> None:
    spaced = [row for line in textwrap.wrap(ONE, 50) for row in (line, "")]
    assert [p.text for p in unwrap(spaced)] == [ONE]


@pytest.mark.parametrize(
    ("text", "count"), [("abc", 3), ("日本", 4), ("e\u0301", 1), ("", 0), ("한a", 3)]
)
def test_columns_of_a_terminal(text: str, count: int) -> None:
    assert columns(text) == count
