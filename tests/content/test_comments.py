"""What a digest says itself: one text in paragraphs, with or without who says it."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.content.comments import paragraphs_of, read_comment
from sitegen.model.article import Comment


@pytest.mark.parametrize(
    ("value", "comment"),
    [
        ("Two  lines\nof one.", Comment("Two lines of one.")),
        ({"text": "One.\n\n\nTwo.", "by": " Jane Roe "}, Comment("One.\n\nTwo.", "Jane Roe")),
        ({}, None),
        (" ", None),
    ],
)
def test_a_comment(value: Any, comment: Comment | None) -> None:
    assert read_comment(value, pytest.fail) == comment


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ({"text": "x", "bye": "y"}, "did you mean `by`?"),
        ([1], "write `comment: …`, or `comment: {text: …, by: Jane Roe}`"),
        (True, "write `comment: …`, or `comment: {text: …, by: Jane Roe}`"),
    ],
)
def test_what_is_no_comment_is_reported(value: Any, hint: str) -> None:
    said: list[str] = []
    assert read_comment(value, lambda _, what: said.append(what)) is None
    assert said == [hint]


def test_paragraphs_are_parted_by_empty_lines() -> None:
    assert paragraphs_of("a\r\n \r\nb\nc\n\n\n") == "a\n\nb c"
