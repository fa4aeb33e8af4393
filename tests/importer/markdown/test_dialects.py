"""Heads of other generators as plain values."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.importer.markdown.dialects import fold, meta_values, split_head


@pytest.mark.parametrize(
    ("text", "notation", "values"),
    [
        ("---\ntitle: A\ntags: [x]\n---\nBody", "yaml", {"title": "A", "tags": ["x"]}),
        ("---\ntitle: A\n...\nBody", "yaml", {"title": "A"}),
        ('+++\ntitle = "A"\n+++\nBody', "toml", {"title": "A"}),
        ('{"title": "A"}\n\nBody', "json", {"title": "A"}),
        (';;;\n"title": "A",\n;;;\nBody', "json", {"title": "A"}),
        ("Title: A\nDate: 2026-11-02\n\nBody", "pelican", {"title": "A", "date": "2026-11-02"}),
        ("Title: A\nSummary: B\n    C\n\nBody", "pelican", {"title": "A", "summary": "B C"}),
        (".. title: A\n.. slug: a\n\nBody", "nikola", {"title": "A", "slug": "a"}),
        ("<!--\n.. title: A\n-->\nBody", "nikola", {"title": "A"}),
        ("\ufeff---\ntitle: A\n---\nBody", "yaml", {"title": "A"}),
        ("Body", "none", {}),
        ("Note: this is no head\n\nBody", "none", {}),
    ],
)
def test_a_head_and_its_body(text: str, notation: str, values: dict[str, Any]) -> None:
    head = split_head(text)
    assert (head.notation, head.values, head.damage) == (notation, values, "")
    assert head.body.endswith("Body")
    assert notation == "none" or head.body == "Body"


@pytest.mark.parametrize(
    ("text", "damage", "values"),
    [
        ("---\ntitle: A\n", "front matter is not closed", {}),
        ("+++\ntitle = A\n+++\nBody", "broken TOML", {}),
        ('{"title": "A"', "broken JSON", {}),
        (";;;\n:\n;;;\nBody", "broken JSON", {}),
        (
            "---\ntitle: A: b\ntags:\n- x\n- 'y'\ndraft: true\n---\nBody",
            "line 2:",
            {"title": "A: b", "tags": ["x", "y"], "draft": True},
        ),
        ("---\na: [x, 'y'\nb: [1, [2]]\n---\nBody", "line", {"a": "[x, 'y'", "b": ["1", ["2"]]}),
    ],
)
def test_a_damaged_head_is_named(text: str, damage: str, values: dict[str, Any]) -> None:
    head = split_head(text)
    assert damage in head.damage
    assert head.values == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (".. title: A\n.. Tags: x, y\n", {"title": "A", "tags": "x, y"}),
        ("A\na-slug\n2026-11-02\n\n", {"title": "A", "slug": "a-slug", "date": "2026-11-02"}),
        ("", {}),
    ],
)
def test_the_values_of_a_meta_file(text: str, values: dict[str, str]) -> None:
    assert meta_values(text) == values


@pytest.mark.parametrize(
    ("raw", "values", "rest"),
    [
        ({"Title": "A"}, {"title": "A"}, {}),
        ({"publishAt": "x"}, {"publish_at": "x"}, {}),
        ({"publish-at": "x"}, {"publish_at": "x"}, {}),
        ({"author": "A"}, {"authors": "A"}, {}),
        ({"author": "A", "authors": "B"}, {"authors": "B"}, {"author": "A"}),
        ({"authors": "B", "author": "A"}, {"authors": "B"}, {"author": "A"}),
        ({"colour": "red"}, {}, {"colour": "red"}),
        ({"title": "", "dek": None}, {}, {}),
    ],
)
def test_values_by_their_plain_keys(
    raw: dict[str, Any], values: dict[str, Any], rest: dict[str, Any]
) -> None:
    found, spelt, others = fold(raw)
    assert (found, others) == (values, rest)
    assert spelt.keys() == values.keys()


def test_no_import_brings_a_comment_of_the_digest() -> None:
    values, _, rest = fold({"title": "T", "comment": "Ours?", "Comment": {"text": "x"}})
    assert values == {"title": "T"}
    assert rest == {"comment": "Ours?", "Comment": {"text": "x"}}


def test_values_that_a_comment_ends_are_noticed() -> None:
    text = "---\ntitle: Fire at quay #3 put out\ntags:\n- one #2\n---\n\nx #1\n"
    assert split_head(text).cut == (("title", 2), ("tags", 4))
    assert split_head('+++\ntitle = "A"  # b\n+++\n\nx\n').cut == ()
