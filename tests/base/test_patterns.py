"""Patterns of other people are refused where a hostile text would make them slow."""

from __future__ import annotations

import time

import pytest

from sitegen.base.patterns import MAX_STEPS, bounded_pattern


@pytest.mark.parametrize(
    "text",
    [
        "ferry|harbour",
        r"^(sponsored|anzeige)\b",
        "council.*vote",
        r"\bquay\s+nine\b",
        "colou?r",
        "(ab){2,4}",
        "(?<!no )ferry",
        "Straße|straße",
    ],
)
def test_usual_patterns_are_taken(text: str) -> None:
    assert bounded_pattern(text, 400)


@pytest.mark.parametrize(
    "text",
    [
        "(a+)+b",
        "(a|a)*b",
        "(a?){30}b",
        "a.*b.*c.*d",
        "(.*)*",
        r"(\w+\s?)+$",
        r"(a*)\1+",
        "(?=(a+)+)b",
    ],
)
def test_patterns_that_explode_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="could take very long"):
        bounded_pattern(text, 400)


@pytest.mark.parametrize(
    ("text", "said"),
    [("(", "not a valid pattern"), ("a{9999999999}", "not a valid pattern"), ("a" * 501, "longer")],
)
def test_what_is_not_a_pattern_is_said(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        bounded_pattern(text, 400)


def test_the_bound_depends_on_the_length_of_the_text() -> None:
    assert bounded_pattern("a.*b", 400)
    with pytest.raises(ValueError, match="very long"):
        bounded_pattern("a.*b", 100_000)
    assert bounded_pattern("a.{0,30}b", 100_000)


def test_what_is_taken_is_fast_on_the_worst_text() -> None:
    assert MAX_STEPS < 10_000_000
    for text in ("a.*b.{0,3}c", "(a|b|aa){0,3}c", "a.{0,60}a.{0,80}b"):
        start = time.process_time()
        bounded_pattern(text, 400).search("a" * 400)
        assert time.process_time() - start < 1.0
