"""Notes in Markdown without front matter."""

from __future__ import annotations

import pytest

from sitegen.importer.markdown.note import is_note, read_note

PROSE = (
    "The *old ferry* is back in the harbour of Salm, where it had been missed for three years by"
    " the people who live on the other bank of the river.\n\n"
    "It sails every hour from seven in the morning, and the crossing takes twelve minutes.\n"
)


@pytest.mark.parametrize(
    ("text", "name", "note"),
    [
        ("# Title\n\n[a](https://a.example/)", "", True),
        ("Plain text.", "a.md", False),
        ("# Title\n\nText.", "a.md", True),
        ("Text with **bold** words.", "a.txt", False),
        ("Text with **bold** words.", "a.markdown", True),
        ("Text.\n\n## A\n\n**bold** words", "", True),
        ("Plain text.\n\nMore of it.", "", False),
        ("1. one\n2. two\n\n> said", "", False),
    ],
)
def test_what_is_markdown(text: str, name: str, note: bool) -> None:
    assert is_note(text, name) is note


def test_the_heading_is_the_title_and_the_body_stays_markdown() -> None:
    found = read_note(f"# The ferry *returns*\n\nBy Ann Ames\n\n2 November 2026\n\n{PROSE}")
    assert found.title == "The ferry returns"
    assert [p.name for p in found.authors] == ["Ann Ames"]
    assert found.date.startswith("2026-11-02")
    assert found.body.startswith("The *old ferry* is back")
    assert ("title", "from the heading in line 1") in found.evidence


def test_an_underlined_heading() -> None:
    found = read_note(f"The ferry returns\n=================\n\n{PROSE}")
    assert found.title == "The ferry returns"
    assert "====" not in found.body


def test_a_text_that_is_too_short_is_doubted() -> None:
    found = read_note("# The ferry returns\n\nIt sails.")
    assert "no running text found" in found.doubts
    assert not any("headline" in doubt for doubt in found.doubts)


def test_what_looks_like_a_byline_in_a_list_is_none() -> None:
    found = read_note(f"# The ferry returns\n\n- By Ann Ames\n- By Bo Beck\n\n{PROSE}")
    assert found.authors == ()
    assert "- By Ann Ames" in found.body


@pytest.mark.parametrize(
    "date", ["25.8.1999", "25. 8. 1999", "25\\. 8. 1999", "25. August 1999", "25.08.1999"]
)
def test_a_date_whose_day_looks_like_the_number_of_a_list(date: str) -> None:
    found = read_note(f"# The ferry returns\n\nBy Ann Ames\n\n{date}\n\n{PROSE}")
    assert found.date == "1999-08-25"
    assert "1999" not in found.body
