"""Words that are put together from others."""

from __future__ import annotations

import pytest

from sitegen.base.compounds import compound_parts

KNOWN = frozenset(
    "nacht fähre hafen kran arbeit amt rathaus brücke natt färja werk rath aus".split()
)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("nachtfähre", ("nacht", "fähre")),
        ("hafenkran", ("hafen", "kran")),
        ("arbeitskran", ("arbeit", "kran")),
        ("nattfärja", ("natt", "färja")),
        ("hafen", ()),
        ("erkrankung", ()),  # `kran` is in it, and no part of it
        ("arbeitsamt", ()),  # `amt` is too short
        ("rathaus", ()),
        ("hafenxkran", ()),
    ],
)
def test_parts(word: str, parts: tuple[str, ...]) -> None:
    assert compound_parts([word], KNOWN) == ({word: parts} if parts else {})


def test_many_long_words_take_no_time() -> None:
    assert compound_parts(["ab" * 5_000], KNOWN) == {}
