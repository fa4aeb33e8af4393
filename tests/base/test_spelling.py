"""Which of several spellings of a name is shown."""

from __future__ import annotations

import pytest

from sitegen.base.spelling import best_spelling


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"Harbour": 1, "HARBOUR": 9}, "Harbour"),
        ({"Edda Marsh": 1, "EDDA MARSH": 5, "edda marsh": 1}, "Edda Marsh"),
        ({"harbour": 1, "HARBOUR": 9}, "harbour"),
        ({"Nato": 2, "NATO": 9}, "Nato"),
        ({"AI": 3, "ai": 1}, "AI"),
        ({"AI": 1, "ai": 1}, "ai"),
        ({"Oil": 1, "OIL": 2}, "Oil"),
        ({"Oil": 1, "oil": 2}, "oil"),
        ({"Oil": 1, "oil": 1}, "Oil"),
        ({"ÖLPREIS": 3, "Ölpreis": 1}, "Ölpreis"),
        ({"ПОРТ": 3, "Порт": 1}, "Порт"),
        ({"HARBOUR": 2}, "HARBOUR"),
    ],
)
def test_the_spelling_that_is_shown(counts: dict[str, int], shown: str) -> None:
    assert best_spelling(counts) == shown
    assert best_spelling(dict(reversed(counts.items()))) == shown


def test_a_spelling_that_the_site_gives_wins() -> None:
    assert best_spelling({"McGee": 1, "Mcgee": 9}, {"McGee"}) == "McGee"
    assert best_spelling({"NRC": 1, "Nrc": 9}, {"NRC"}) == "NRC"
