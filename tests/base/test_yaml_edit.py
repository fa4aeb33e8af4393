"""A key changes, and all other lines of a mapping stay."""

from __future__ import annotations

import pytest

from sitegen.base.yaml import load_mapping
from sitegen.base.yaml_edit import entries, mapping_rows, replaced, spans, text_rows

TEXT = """\
# About the file.
title: A  # a remark

# About the next.
intro: |
  One.

  # no comment
articles:
# first
- a  # A
-
  b: 1
- {c: 2}

last: x"""


def test_lines_between_keys_belong_to_what_follows() -> None:
    assert spans(TEXT) == {"title": (1, 2), "intro": (4, 8), "articles": (8, 14), "last": (15, 16)}


@pytest.mark.parametrize(
    ("key", "rows", "before", "old", "new"),
    [
        ("title", ["title: B"], "", "title: A  # a remark\n", "title: B\n"),
        ("intro", [], "", "intro: |\n  One.\n\n  # no comment\n", ""),
        ("last", ["last: y"], "", "last: x", "last: y\n"),
        ("new", ["new: 1"], "", "last: x", "last: x\nnew: 1\n"),
        ("new", ["new: 1"], "intro", "intro: |\n", "new: 1\nintro: |\n"),
        ("new", ["new: 1"], "absent", "last: x", "last: x\nnew: 1\n"),
    ],
)
def test_only_its_lines_change(key: str, rows: list[str], before: str, old: str, new: str) -> None:
    assert replaced(TEXT, key, rows, before) == TEXT.replace(old, new)


def test_the_entries_of_a_list_keep_their_comments() -> None:
    assert entries(TEXT, "articles") == [["# first", "- a  # A"], ["-", "  b: 1"], ["- {c: 2}"]]
    indented = "a:\n  # one\n  - x: |\n      - no\n  # two\n  - y\nb: 1\n"
    assert entries(indented, "a") == [["  # one", "  - x: |", "      - no"], ["  # two", "  - y"]]
    assert entries(TEXT, "title") == entries(TEXT, "absent") == entries("", "a") == []


@pytest.mark.parametrize("text", ["[a]", "{a: 1}", "? a\n: 1\n", "a: 1"])
def test_what_has_not_a_key_a_line_is_refused(text: str) -> None:
    if text == "a: 1":
        assert spans(text) == {"a": (0, 1)}
        return
    with pytest.raises(ValueError, match="a key on each line"):
        spans(text)


def test_a_list_on_one_line_is_refused() -> None:
    with pytest.raises(ValueError, match="on one line"):
        entries("a: [x, y]\n", "a")


@pytest.mark.parametrize(
    "value",
    [
        "plain",
        "yes no",
        "true",
        "1",
        "2026-w48",
        "a: b",
        "- a",
        "One.\n\nTwo.",
        " x\ny",
        "x\n",
        "ü",
    ],
)
def test_texts_are_read_as_they_were(value: str) -> None:
    said = "\n".join(["a: 1", *text_rows("t", value), *mapping_rows("m", {"text": value}), "z: 2"])
    values = load_mapping(said, "f", "c")[0]
    assert values == {"a": 1, "t": value, "m": {"text": value}, "z": 2}
