"""The time of an edition: keys, days, and when it closes."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sitegen.config.schema import EditionsConfig
from sitegen.site.periods import (
    closing,
    days_of,
    first_day,
    has_closed,
    is_key,
    key_of,
    last_day,
    local_moment,
    open_edition,
    predecessor,
    successor,
)


@pytest.mark.parametrize(
    ("kind", "key", "day"),
    [
        ("daily", "2026-11-02", "2026-11-02"),
        ("weekly", "2026-w45", "2026-11-02"),
        ("monthly", "2026-11", "2026-11-01"),
        ("monthly", "2026-13", ""),
        ("weekly", "2026-w54", ""),
        ("daily", "spring", ""),
        ("key", "2026-11", ""),
    ],
)
def test_the_first_day_of_a_key(kind: str, key: str, day: str) -> None:
    assert first_day(kind, key) == day


@pytest.mark.parametrize(
    ("kind", "key", "following"),
    [
        ("daily", "2026-12-31", "2027-01-01"),
        ("weekly", "2026-w53", "2027-w01"),
        ("monthly", "2026-12", "2027-01"),
        ("monthly", "2027-01", "2027-02"),
    ],
)
def test_the_following_edition(kind: str, key: str, following: str) -> None:
    assert successor(kind, key) == following


@pytest.mark.parametrize(
    ("kind", "key", "before"),
    [
        ("daily", "2027-01-01", "2026-12-31"),
        ("weekly", "2027-w01", "2026-w53"),
        ("monthly", "2027-01", "2026-12"),
        ("daily", "0001-01-01", "0001-01-01"),
    ],
)
def test_the_edition_before(kind: str, key: str, before: str) -> None:
    assert predecessor(kind, key) == before


@pytest.mark.parametrize("kind", ["daily", "weekly", "monthly"])
def test_the_last_day_of_all_calendars_has_an_edition(kind: str) -> None:
    series = EditionsConfig(kind=kind)
    assert first_day(kind, key_of(series, "9999-12-31T23:59"))


@pytest.mark.parametrize(
    ("kind", "closes", "moment", "key"),
    [
        ("weekly", "", "2026-11-29T23:59", "2026-w48"),
        ("weekly", "friday 12:00", "2026-11-27T11:59", "2026-w48"),
        ("weekly", "friday 12:00", "2026-11-27T12:00", "2026-w49"),
        ("weekly", "friday 12:00", "2026-11-29T09:00", "2026-w49"),
        ("weekly", "monday 06:30", "2026-11-23T06:29", "2026-w48"),
        ("weekly", "sunday 18:00", "2027-01-03T18:00", "2027-w01"),
        ("daily", "18:00", "2026-12-31T17:59", "2026-12-31"),
        ("daily", "18:00", "2026-12-31T18:00", "2027-01-01"),
        ("monthly", "25 12:00", "2026-11-25T12:00", "2026-12"),
        ("monthly", "25 12:00", "2026-12-24T12:00", "2026-12"),
        ("key", "", "2026-12-24T12:00", ""),
    ],
)
def test_the_edition_of_a_moment(kind: str, closes: str, moment: str, key: str) -> None:
    assert key_of(EditionsConfig(kind=kind, closes=closes), moment) == key


@pytest.mark.parametrize(
    ("kind", "closes", "key", "moment", "last", "days"),
    [
        ("weekly", "", "2026-w48", "2026-11-30T00:00", "2026-11-29", ("2026-11-23", "2026-11-29")),
        (
            "weekly",
            "friday 12:00",
            "2026-w48",
            "2026-11-27T12:00",
            "2026-11-27",
            ("2026-11-20", "2026-11-27"),
        ),
        ("daily", "18:00", "2026-11-24", "2026-11-24T18:00", "2026-11-24", ("2026-11-24",) * 2),
        (
            "monthly",
            "25 12:00",
            "2026-11",
            "2026-11-25T12:00",
            "2026-11-25",
            ("2026-10-25", "2026-11-25"),
        ),
        ("key", "", "summer", "", "", ("2026-01-01",) * 2),
    ],
)
def test_when_an_edition_closes(
    kind: str, closes: str, key: str, moment: str, last: str, days: tuple[str, str]
) -> None:
    series = EditionsConfig(kind=kind, closes=closes)
    assert closing(series, key) == moment
    assert last_day(series, key) == last
    assert days_of(series, key, "2026-01-01") == days


def test_an_edition_closes_by_the_clocks_of_the_site() -> None:
    series, zone = EditionsConfig(kind="weekly", closes="friday 12:00"), ZoneInfo("Asia/Tokyo")
    noon = datetime.fromisoformat("2026-11-27T12:00:00+09:00").timestamp()
    assert [has_closed(series, "2026-w48", zone, noon - back) for back in (1, 0)] == [False, True]
    assert local_moment("2026-11-27T03:00:00+00:00", zone) == "2026-11-27T12:00"
    assert local_moment("2026-11-27", zone) == "2026-11-27T00:00"


@pytest.mark.parametrize(
    ("kind", "closed", "key"),
    [
        ("daily", (), "2026-11-02"),
        ("daily", ("2026-11-02", "2026-11-03"), "2026-11-04"),
        ("weekly", ("2026-w45",), "2026-w46"),
        ("monthly", (), "2026-11"),
        ("key", (), ""),
        ("", (), ""),
    ],
)
def test_the_edition_that_is_open(kind: str, closed: tuple[str, ...], key: str) -> None:
    assert open_edition(EditionsConfig(kind=kind), "2026-11-02", closed) == key


@pytest.mark.parametrize(
    ("kind", "key", "good"),
    [
        ("daily", "2026-11-02", True),
        ("daily", "2026-w45", False),
        ("key", "summer-special", True),
        ("key", "Summer Special", False),
        ("key", "", False),
    ],
)
def test_what_the_key_of_an_edition_can_be(kind: str, key: str, good: bool) -> None:
    assert is_key(kind, key) is good


def test_the_open_edition_of_a_series_with_a_name() -> None:
    series = EditionsConfig(name="The Letter", kind="weekly", closes="friday 12:00")
    closed = {"the-letter/2026-w49", "2026-w50"}
    assert open_edition(series, "2026-11-28T10:00", closed) == "the-letter/2026-w50"
