"""Texts within values of settings."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.config.values import FOLD, texts


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("a", ["a"]),
        (["a", 1, ["b"]], ["a", "b"]),
        ({"k": "a", "l": {"m": ["b"]}, "n": None}, ["a", "b"]),
        (7, []),
        (None, []),
    ],
)
def test_texts_within_a_value(value: Any, found: list[str]) -> None:
    assert list(texts(value)) == found


def test_spellings_of_one_key_are_folded() -> None:
    assert FOLD.sub("", "on_expiry") == FOLD.sub("", "on-expiry") == "onexpiry"
