"""From values to HTML."""

from __future__ import annotations

import pytest

from sitegen.desk.listing import WaitingItem
from sitegen.desk.web.pages import MOST, SUMMARY, age, inbox_page, short


def items(count: int) -> list[WaitingItem]:
    return [WaitingItem(str(n), "m", f"p{n}", story="s" if n % 2 else "") for n in range(count)]


@pytest.mark.parametrize(
    ("count", "asked", "number", "shown"),
    [
        (0, 1, 1, 0),
        (MOST, 1, 1, MOST),
        (MOST + 1, 2, 2, 1),
        (MOST + 1, 99, 2, 1),
        (MOST + 1, -5, 1, MOST),
    ],
)
def test_a_page_has_a_part_of_the_items(count: int, asked: int, number: int, shown: int) -> None:
    page = inbox_page(items(count), count, "", asked)
    assert (page.number, len(page.rows), page.total) == (number, shown, count)


def test_reports_of_one_story_follow_each_other() -> None:
    stories = ["a", "a", "", "", "b", "a"]
    found = [WaitingItem(str(n), "m", "p", story=name) for n, name in enumerate(stories)]
    page = inbox_page(found, 6, "", 1)
    assert [row.follows for row in page.rows] == [False, True, False, False, False, False]


@pytest.mark.parametrize(
    ("days", "said"), [(None, ""), (-1, "0 h"), (0.21, "5 h"), (1.99, "47 h"), (2, "2 d")]
)
def test_an_age_is_in_its_greatest_unit(days: float | None, said: str) -> None:
    assert age(days) == said


def test_a_long_summary_ends_with_a_word() -> None:
    text = "word " * 100
    assert short("short") == "short"
    assert short(text).endswith("word …")
    assert len(short(text)) <= SUMMARY + 2
