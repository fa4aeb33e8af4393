"""YAML with the scalars of the core schema of YAML 1.2."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.base.yaml import cut_values, load_mapping, marked_values, quoted, scalar


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("no", "no"),
        ("7", 7),
        ("-7", -7),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1e999", "1e999"),
        ("12:30:00", "12:30:00"),
        ("2026-01-01", "2026-01-01"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("+", "+"),
        (".", "."),
        ("9" * 400, "9" * 400),
    ],
)
def test_a_scalar_of_the_core_schema(text: str, value: Any) -> None:
    assert scalar(text) == value
    assert type(scalar(text)) is type(value)


def test_values_and_the_lines_of_their_keys() -> None:
    values, lines = load_mapping("a: 1\nb:\n  - x\n  - '2'\n", "a.md", "yaml", first_line=2)
    assert values == {"a": 1, "b": ["x", "2"]}
    assert lines == {"a": 2, "b": 3}


def test_nothing_is_an_empty_mapping() -> None:
    assert load_mapping("# a comment\n", "a.md", "yaml") == ({}, {})


def test_texts_stay_as_they_are_typed() -> None:
    text = "title: 1.10\nsize: 1.10\nauthors: [Null, null]\n"
    values, _ = load_mapping(text, "a.md", "yaml", is_text=lambda key: key != "size")
    assert values == {"title": "1.10", "size": 1.1, "authors": ["Null", None]}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\na: 2\n", 2, "`a`"),
        ("- a\n", 1, "is not a mapping"),
        ("a: b: c\n", 1, "broken YAML"),
        ("a: [1,\nb: 2\n", 1, "broken YAML"),
        ('a: "\x00"\n', 1, "broken YAML"),
        ("a: *missing\n", 1, "broken YAML"),
    ],
)
def test_a_problem_names_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(SitegenError) as caught:
        load_mapping(text, "a.md", "yaml")
    found = caught.value.diagnostics[0]
    assert (found.line, found.code) == (line, "yaml")
    assert message in found.message


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("a:\n\t- b\n", 2, "no tabs"),
        ("a: [b, c #3]\n", 1, "` #` in quotes"),
        ("a: [b, c\nd: 1\n", 1, "close with `]`"),
        ("a: b: c\n", 1, "quote a value"),
    ],
)
def test_a_problem_says_what_to_do(text: str, line: int, hint: str) -> None:
    with pytest.raises(SitegenError) as caught:
        load_mapping(text, "a.md", "yaml")
    found = caught.value.diagnostics[0]
    assert found.line == line
    assert hint in found.help


def test_a_problem_shows_its_line() -> None:
    with pytest.raises(SitegenError) as caught:
        load_mapping("a: 1\nb: c: d\n", "a.md", "yaml", first_line=2)
    found = caught.value.diagnostics[0]
    assert (found.line, found.snippet) == (3, "b: c: d")


def test_an_alias_bomb_is_refused() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(SitegenError):
        load_mapping("\n".join(rows), "a.md", "yaml")


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("title: Room #3 opens\n", [("title", 1)]),
        ("a: 1\ntitle: C # minor\n", [("title", 2)]),
        ("title: Room#3\n", []),
        ("title: 'Room #3'\n", []),
        ("tags:\n  - A # why\n", []),
        ("tags:\n  - A #why\n", [("tags", 2)]),
        ("title: # 3\n", []),
        ("title: #3\n", [("title", 1)]),
        ("section: Pier #2\n", [("section", 1)]),
        ("section: Pier # why\n", []),
    ],
)
def test_values_that_a_comment_cuts(text: str, cut: list[tuple[str, int]]) -> None:
    assert cut_values(text, "title".__eq__) == cut


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("title: &amp rises\n", [("title", "&amp", 1)]),
        ("a: 1\ntitle: !important news\n", [("title", "!important", 2)]),
        ("title: !\n", [("title", "!", 1)]),
        ("title: &name Ann\ndek: *name\n", []),
        ("title: '&amp rises'\n", []),
        ("title: R&D & more!\n", []),
        ("other: &x 1\n", []),
    ],
)
def test_values_that_lose_their_first_word(text: str, marked: list[tuple[str, str, int]]) -> None:
    assert marked_values(text, "title".__eq__) == marked


@pytest.mark.parametrize("text", ['a "b" \\ c', "ü\n\t", "", "null"])
def test_a_quoted_text_is_read_again(text: str) -> None:
    assert load_mapping(f"a: {quoted(text)}\n", "a.md", "yaml")[0] == {"a": text}
