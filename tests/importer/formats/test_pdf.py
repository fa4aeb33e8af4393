"""PDF: columns, hyphens, running heads, headings, and what has no text."""

from __future__ import annotations

import pytest

from sitegen.importer.formats.pdf import read_pdf
from tests.importer.generate.office import draw_pdf

ROWS = ["The keel of the new pilot boat was laid on", "Sunday, and forty people came to watch it."]


def column(x: int, top: int, rows: list[str], size: int = 10) -> list[tuple[int, int, int, str]]:
    return [(x, top - 13 * n, size, row) for n, row in enumerate(rows)]


def blocks(*pages: list[tuple[int, int, int, str]]) -> list[str]:
    return read_pdf(draw_pdf(pages)).text.strip().split("\n\n")


def test_lines_are_paragraphs() -> None:
    drawn = column(60, 700, ROWS) + column(60, 640, ["Another paragraph begins here, and", "ends."])
    assert blocks(drawn) == [" ".join(ROWS), "Another paragraph begins here, and ends."]


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (["A long and wonder-", "ful evening on the old mole."], "wonderful evening"),
        (["A well-known boat and a well-", "known skipper went to sea."], "well-known skipper"),
        (["Eine Fahrt von Nord-", "Süd nach Osten war geplant."], "Nord- Süd"),
    ],
)
def test_hyphens_at_the_ends_of_lines(rows: list[str], text: str) -> None:
    assert text in " ".join(blocks(column(60, 700, [*rows, *ROWS])))


def test_two_columns_are_read_one_after_the_other() -> None:
    left = ["The left column begins the text, and", "goes on to its very"]
    right = ["end in the right column of the page,", "where it stops."]
    [text] = blocks(column(60, 700, left) + column(320, 700, right))
    assert text == " ".join([*left, *right])


def test_running_heads_and_page_numbers_are_left_out_and_counted() -> None:
    pages = [
        [(60, 815, 8, f"The Salm Post {n}"), (290, 20, 8, str(n)), *column(60, 700, ROWS)]
        for n in (1, 2, 3)
    ]
    found = read_pdf(draw_pdf(pages))
    assert "Salm Post" not in found.text and "3" not in found.text
    assert [note.message for note in found.notes] == [
        "6 lines left out: running heads and page numbers"
    ]


def test_large_letters_are_headings() -> None:
    drawn = [(60, 760, 20, "The keel is laid"), *column(60, 700, ROWS * 4)]
    drawn += [(60, 560, 13, "What comes next"), *column(60, 530, ROWS)]
    found = blocks(drawn)
    assert found[0] == "# The keel is laid"
    assert "## What comes next" in found


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (draw_pdf([[], []], image=True), "scanned pages without text"),
        (draw_pdf([[]]), "is a PDF without text"),
        (b"%PDF-1.7 cut off", "damaged"),
        (b"", "damaged"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_pdf(data)


def test_a_small_line_at_the_edge_of_one_page_is_a_running_head() -> None:
    heads = [[(60, 815, 8, name)] for name in ("The Salm Courier", "A section of it")]
    pages = [[*head, *column(60, 700, ROWS)] for head in heads]
    assert blocks(*pages) == [f"{ROWS[0]} {ROWS[1]}"] * 2


def test_a_scan_with_running_heads_is_a_scan() -> None:
    pages = [[(60, 815, 8, f"The Salm Courier, page {n}, of the weekly edition")] for n in (1, 2)]
    with pytest.raises(ValueError, match="scanned"):
        read_pdf(draw_pdf(pages, image=True))


def test_lines_of_their_own_are_paragraphs() -> None:
    """Headline, byline and day, at the distance that lines of a paragraph have."""
    rows = ["Ferry waits for a heron", "By Ann Ames", "26 November 2026", *ROWS]
    assert blocks(column(60, 700, rows)) == [*rows[:3], f"{ROWS[0]} {ROWS[1]}"]


def test_a_paragraph_below_another_one_needs_no_full_stop() -> None:
    """Labels of exports: they are parted by a distance."""
    rows = [
        "Section: Harbour news and other things of the day",
        "Byline: Ann Ames and Bo Berg, Salm",
    ]
    found = blocks([(60, 700, 10, rows[0]), (60, 678, 10, rows[1]), *column(60, 640, ROWS)])
    assert found == [*rows, f"{ROWS[0]} {ROWS[1]}"]
