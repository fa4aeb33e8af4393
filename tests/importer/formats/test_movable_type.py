"""The export of Movable Type."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.importer.formats.movable_type import read_movable_type
from sitegen.importer.model import Imported

ENTRY = """\
AUTHOR: Edda Marsh
TITLE: The clock stays fast
BASENAME: clock
STATUS: Publish
CONVERT BREAKS: 1
PRIMARY CATEGORY: Town
CATEGORY: Town
CATEGORY: Time
TAGS: bakery,"fast clocks"
DATE: 11/26/2026 06:15:00 PM
-----
BODY:
It stays.

It has
always stayed.
-----
EXTENDED BODY:
And more.
-----
EXCERPT:
Five minutes.
-----
COMMENT:
AUTHOR: Zed
DATE: 11/27/2026 10:00:00 AM
Nonsense.
-----
COMMENT:
AUTHOR: Yan
More of it.
-----
"""
END = "--------\n"


def read(*entries: str) -> tuple[list[Imported], list[str]]:
    batch = read_movable_type(END.join(entries).encode(), "UTC")
    found = [one for one in batch.found if isinstance(one, Imported)]
    return found, [note.message for note in batch.notes]


def test_an_entry() -> None:
    [one], notes = read(ENTRY)
    assert (one.title, one.slug, one.date) == (
        "The clock stays fast",
        "clock",
        "2026-11-26T18:15:00+00:00",
    )
    assert [person.name for person in one.authors] == ["Edda Marsh"]
    assert (one.section, one.tags, one.summary) == (
        "Town",
        ("Time", "bakery", "fast clocks"),
        "Five minutes.",
    )
    assert one.html == ("<p>It stays.</p>\n<p>It has<br>\nalways stayed.</p>\n<p>And more.</p>")
    assert notes == ["2 comments of readers not imported"]


@pytest.mark.parametrize(
    ("old", "new", "values"),
    [
        ("STATUS: Publish", "STATUS: Draft", {"status": "draft"}),
        ("STATUS: Publish", "STATUS: Review", {"status": "draft"}),
        ("STATUS: Publish\n", "", {"status": ""}),
        ("STATUS: Publish", "STATUS: Future", {"publish_at": "2026-11-26T18:15:00+00:00"}),
        ("06:15:00 PM", "18:15:00", {"date": "2026-11-26T18:15:00+00:00"}),
        ("AUTHOR: Edda Marsh\nTITLE", "TITLE", {"authors": ()}),
        ("PRIMARY CATEGORY: Town\nCATEGORY: Town\nCATEGORY: Time\n", "", {"section": ""}),
        (
            "CONVERT BREAKS: 1",
            "CONVERT BREAKS: markdown",
            {"html": "", "body": "It stays.\n\nIt has\nalways stayed.\n"},
        ),
        ("CONVERT BREAKS: 1", "CONVERT BREAKS: 0", {"html": "It stays.\n\nIt has\nalways stayed."}),
    ],
)
def test_values_of_fields(old: str, new: str, values: dict[str, Any]) -> None:
    [one], _ = read(ENTRY.replace(old, new).replace("\n-----\nEXTENDED BODY:\nAnd more.", ""))
    assert {name: getattr(one, name) for name in values} == values


def test_entries_are_apart_whatever_the_ends_of_their_lines() -> None:
    text = END.join([ENTRY, ENTRY.replace("Edda Marsh", "Noor Halden")]).replace("\n", "\r\n")
    found = list(read_movable_type(b"\xef\xbb\xbf" + text.encode(), "UTC").found)
    assert [one.authors[0].name for one in found if isinstance(one, Imported)] == [
        "Edda Marsh",
        "Noor Halden",
    ]


def test_html_stays_as_it_is() -> None:
    [one], _ = read(ENTRY.replace("It stays.", "<p>It stays.</p>"))
    assert one.html.startswith("<p>It stays.</p>\n\nIt has\nalways")


def test_entries_beyond_the_limit_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.importer.formats.movable_type.MAX_ENTRIES", 2)
    found, notes = read("TITLE: A\n", "TITLE: B\n", "TITLE: C\n", "TITLE: D\n", "")
    assert [one.title for one in found] == ["A", "B"]
    assert notes == ["has more than 2 entries; the others are not read"]


def test_a_line_of_hyphens_within_a_text_ends_nothing() -> None:
    parts = ["TITLE: The clock", "BODY:\n<p>It stays.</p>", "<p>Nobody asks.</p>"]
    [one], _ = read("\n-----\n".join([*parts, "EXCERPT:\nFive.", ""]))
    assert one.html == "<p>It stays.</p>\n-----\n<p>Nobody asks.</p>"
    assert one.summary == "Five."
