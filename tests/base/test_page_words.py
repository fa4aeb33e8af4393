"""The words that pages put around an article, as files by language."""

import re
from pathlib import Path

import pytest

from sitegen.base.page_words import FOLDER, page_words
from sitegen.importer.fields.vocabulary import folded

LITERAL = ("lines", "share", "labels", "half labels", "credit")
PATTERNS = (
    "updated",
    "stamp",
    "relative",
    "asks",
    "boxes",
    "key points",
    "page",
    "reports",
    "biography",
)
FILES = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_has_known_sections_and_each_entry_once(path: Path) -> None:
    section, seen = "", set()
    for row in path.read_text("utf-8").splitlines():
        if row.startswith("["):
            section, seen = row[1:-1], set()
            assert section in LITERAL + PATTERNS
        elif row and not row.startswith("#"):
            assert row == row.strip() and row not in seen
            seen.add(row)
            if section in LITERAL:
                assert folded(row) == row.casefold()


@pytest.mark.parametrize("section", PATTERNS)
def test_patterns_are_regular_expressions_that_match_something(section: str) -> None:
    for entry in page_words(section):
        assert re.compile(entry).fullmatch("") is None


@pytest.mark.parametrize(
    ("section", "word"),
    [
        ("lines", "читайте также"),
        ("lines", "devamını oku"),
        ("lines", "広告"),
        ("share", "facebook"),
        ("labels", "fotoğraf"),
        ("credit", "kép"),
    ],
)
def test_words_of_many_languages(section: str, word: str) -> None:
    assert word in page_words(section)
