"""The lines of a document of a press database that have no label."""

from __future__ import annotations

import pytest

from sitegen.importer.text.press_head import PressHead, read_head
from sitegen.importer.text.wrapped import Paragraph

TEXT = "The clock above the bakery will keep running five minutes fast, the council decided."


def head(lines: list[str], title: str = "") -> PressHead:
    return read_head([Paragraph(n, row, 1) for n, row in enumerate([*lines, TEXT])], title, "")


@pytest.mark.parametrize(
    ("lines", "title", "source", "authors", "page", "section"),
    [
        (["A clock", "The Post", "26 November 2026"], "A clock", "The Post", "", "", ""),
        (["The Post", "26 November 2026", "A clock"], "A clock", "The Post", "", "", ""),
        (
            ["News", "A clock", "Edda Marsh", "55 words", "26 November 2026", "The Post", "POST"],
            *("A clock", "The Post", "Edda Marsh", "", "News"),
        ),
        (
            [
                *("A clock", "By Edda Marsh", "55 words", "26 November 2026", "8:30 AM"),
                *("The Post", "POST", "B7", "English"),
            ],
            *("A clock", "The Post", "By Edda Marsh", "B7", ""),
        ),
        (["A clock", "The Post - November 26, 2026"], "A clock", "The Post", "", "", ""),
    ],
)
def test_the_lines_without_a_label(
    lines: list[str], title: str, source: str, authors: str, page: str, section: str
) -> None:
    found = head(lines)
    assert (found.title, found.source, found.authors) == (title, source, authors)
    assert (found.page, found.section, found.date) == (page, section, "2026-11-26")
    assert [row.text for row in found.text] == [TEXT]


def test_a_headline_of_a_label_leaves_the_line_above_the_day_to_the_source() -> None:
    assert head(["The Post", "26 November 2026"], "A clock").source == "The Post"


def test_without_a_day_all_lines_are_text() -> None:
    found = head(["The clock was never wrong."], "A clock")
    assert (found.title, found.date, len(found.text)) == ("A clock", "", 2)
