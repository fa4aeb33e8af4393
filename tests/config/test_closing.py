"""When the editions of a series close, as site.yaml has it."""

from __future__ import annotations

import pytest

from sitegen.config.closing import EXAMPLES, Closing, closing_of, read_closing


@pytest.mark.parametrize(
    ("kind", "text", "closing"),
    [
        ("daily", "18:00", Closing(0, "18:00")),
        ("weekly", "Friday  12:00", Closing(4, "12:00")),
        ("weekly", "monday 00:00", Closing(0, "00:00")),
        ("monthly", "25 12:00", Closing(24, "12:00")),
        ("daily", "24:00", None),
        ("daily", "friday 12:00", None),
        ("weekly", "fryday 12:00", None),
        ("weekly", "12:00", None),
        ("monthly", "31 12:00", None),
        ("key", "18:00", None),
        ("daily", "", None),
    ],
)
def test_a_closing(kind: str, text: str, closing: Closing | None) -> None:
    assert read_closing(kind, text) == closing


@pytest.mark.parametrize(("kind", "text"), EXAMPLES.items())
def test_the_examples_are_valid(kind: str, text: str) -> None:
    assert read_closing(kind, text)


def test_an_edition_closes_with_its_time_or_before() -> None:
    assert closing_of("weekly", "", "2026-11-23", "2026-11-30") == "2026-11-30T00:00"
    assert closing_of("weekly", "friday 12:00", "2026-11-23", "2026-11-30") == "2026-11-27T12:00"
