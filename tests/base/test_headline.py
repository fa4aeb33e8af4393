"""How large a headline may be, by its length."""

from __future__ import annotations

import pytest

from sitegen.base.headline import fit, width


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("", ""),
        ("Ferry late", ""),
        ("x" * 46, ""),
        ("x" * 47, "long"),
        ("é" * 72, "long"),
        ("x" * 73, "longer"),
        ("x" * 110, "longer"),
        ("x" * 111, "longest"),
        ("閲" * 23, ""),
        ("閲" * 24, "long"),
        ("閲" * 56, "longest"),
        ("ا" * 60, "long"),
    ],
)
def test_a_long_headline_is_smaller(title: str, expected: str) -> None:
    assert fit(title) == expected


@pytest.mark.parametrize(("text", "expected"), [("abc", 3), ("閲覧室", 6), ("ﾊﾝ", 2), ("aあ", 3)])
def test_wide_letters_count_twice(text: str, expected: int) -> None:
    assert width(text) == expected
