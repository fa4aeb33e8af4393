"""Names of months and weekdays, and marks of the halves of a day."""

from __future__ import annotations

import pytest

from sitegen.base.calendar import AFTERNOON, MONTHS, MORNING, WEEKDAYS


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("jänner", 1),
        ("février", 2),
        ("märz", 3),
        ("dubna", 4),
        ("mayo", 5),
        ("czerwca", 6),
        ("july", 7),
        ("août", 8),
        ("září", 9),
        ("października", 10),
        ("kasım", 11),
        ("tammikuuta", 1),
        ("दिसंबर", 12),
        ("ديسمبر", 12),
        # Polish and Czech: two languages use one word, for two months
        ("lipca", 7),
        ("července", 7),
        ("listopada", 11),
    ],
)
def test_a_month_has_its_number_in_each_language(name: str, number: int) -> None:
    assert MONTHS[name] == number


def test_names_are_in_lower_case() -> None:
    assert all(name == name.lower() for name in MONTHS)
    assert all(name == name.lower() for name in WEEKDAYS)


def test_every_month_has_a_name_in_english() -> None:
    names = "january february march april may june july august september october november december"
    assert [MONTHS[name] for name in names.split()] == list(range(1, 13))


def test_no_mark_is_of_both_halves_of_a_day() -> None:
    assert set(MORNING).isdisjoint(AFTERNOON)
    assert len(MORNING) == len(AFTERNOON)
