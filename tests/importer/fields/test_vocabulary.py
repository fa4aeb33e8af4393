"""The words of pages: what they mean whatever their case, and what they must not catch."""

import re

import pytest

from sitegen.base.page_words import page_words
from sitegen.importer.fields import vocabulary


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("  “Share”  ", "share"),
        ("READ\u00a0MORE…", "read more"),
        ("•  Teilen ", "teilen"),
        ("", ""),
    ],
)
def test_lines_are_looked_up_folded(line: str, key: str) -> None:
    assert vocabulary.folded(line) == key


def test_entries_are_folded_themselves() -> None:
    assert all(entry == vocabulary.folded(entry) for entry in vocabulary.NETWORKS)
    assert all(entry == entry.strip() for entry in vocabulary.EXACT)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Support us: your contribution keeps our journalism free.", True),
        ("Unterstützen Sie uns, damit unsere Artikel kostenlos bleiben.", True),
        ("“We thank you for your support of our newsletter,” she said.", False),
        ("The captain thanked the passengers.", False),
    ],
)
def test_a_source_that_speaks_to_its_reader(line: str, expected: bool) -> None:
    assert vocabulary.speaks_to_reader(line) is expected


@pytest.mark.parametrize(
    "line",
    [
        "The harbour said so.",
        "Der Hafen teilte mit: nein.",
        "Le port a déclaré.",
        "Según el puerto.",
        "Il porto ha detto di no.",
        "Volgens de haven.",
        "Порт сообщила новость.",
    ],
)
def test_reports_of_what_was_said(line: str) -> None:
    assert vocabulary.REPORTS.search(line)


@pytest.mark.parametrize("line", ["A heron on the rope.", "Der Reiher erklärt nichts.", "Sa place"])
def test_captions_report_nothing(line: str) -> None:
    assert not vocabulary.REPORTS.search(line)


SECTIONS = {
    "asks": vocabulary.ASKS,
    "boxes": vocabulary.BOX,
    "page": vocabulary.PAGE_WORDS,
    "reports": vocabulary.REPORTS,
    "stamp": vocabulary.STAMP_WORDS,
}


@pytest.mark.parametrize("section", SECTIONS)
def test_entries_by_their_letter_find_what_plain_alternatives_find(section: str) -> None:
    entries = page_words(section)
    bound = r"\b" if section in ("page", "reports", "stamp") else ""
    plain = re.compile(f"{bound}(?:{'|'.join(entries)}){bound}", re.I)
    literal = [entry for entry in entries if not set(entry) & set("\\()[]{}?*+|")]
    assert literal
    for entry in literal:
        for text in (entry, entry.upper(), f"{entry}s and more", f"the {entry}: {literal[0]}"):
            found = [match.span() for match in SECTIONS[section].finditer(text)]
            assert found == [match.span() for match in plain.finditer(text)], text
