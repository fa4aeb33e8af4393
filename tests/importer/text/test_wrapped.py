"""Lines that were broken at a width, as paragraphs again."""

from __future__ import annotations

import textwrap

import pytest

from sitegen.importer.text.wrapped import columns, unquoted, unwrap

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


KOREAN = (
    "항만위원회는 월요일 제9부두를 열었고, 많은 사람들이 11월 마지막 날의 잿빛 하늘 아래 정박한"
    " 배들을 보러 왔다. 사람들은 늦은 오후까지 남아 있었고, 아이들은 부두에서 깃발을 흔들었으며,"
    " 배들의 종이 저녁까지 울렸다. 나룻배를 운영하는 보 에크는 열한 해를 기다렸다고 말했다."
)


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_wide_letters_are_wrapped_at_twice_the_columns(width: int) -> None:
    lines = textwrap.wrap(KOREAN, width)
    assert [p.text for p in unwrap(lines)] == [KOREAN]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["> a", ">", "> b"], ["a", "", "b"]),
        ([">> a", ">> b", ""], ["a", "b", ""]),
        (["> a", "b"], ["> a", "b"]),
        (["", ""], ["", ""]),
        ([], []),
    ],
)
def test_a_text_that_is_quoted_as_a_whole(lines: list[str], text: list[str]) -> None:
    assert unquoted(lines) == text
