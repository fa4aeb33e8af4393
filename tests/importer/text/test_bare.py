"""Whether a text was copied without the page around it."""

from __future__ import annotations

from sitegen.importer.text.bare import as_text, is_bare
from tests.importer.text.test_headline import TEXT, TITLE, lines


def test_buttons_are_of_a_page() -> None:
    found = lines(TITLE, "By Ann Ames", "Share", *TEXT)
    assert not is_bare(found)
    assert [as_text(line).label for line in found].count("noise") == 0


def test_a_head_and_paragraphs_alone_are_no_page() -> None:
    assert is_bare(lines(TITLE, "By Ann Ames", *TEXT))
