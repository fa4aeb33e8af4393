"""Names of time zones as news pages, mail and feeds write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sitegen.base.zones import OFFSETS, PLACES, read_zone

SUMMER = datetime(2026, 7, 1, 12)
WINTER = datetime(2026, 1, 1, 12)


def hours(name: str, moment: datetime, **known: object) -> float:
    zone = read_zone(name, **known).read_as  # type: ignore[arg-type]
    assert zone is not None
    offset = zone.utcoffset(moment)
    assert offset is not None
    return offset / timedelta(hours=1)


@pytest.mark.parametrize(
    ("name", "summer", "winter"),
    [
        ("UTC", 0, 0),
        ("z", 0, 0),
        ("+5:30", 5.5, 5.5),
        ("-0330", -3.5, -3.5),
        ("+2", 2, 2),
        ("EST", -4, -5),  # people mean the clocks of New York
        ("ET", -4, -5),
        ("CEST", 2, 1),
        ("mez", 2, 1),
        ("JST", 9, 9),
        ("NPT", 5.75, 5.75),
    ],
)
def test_people_mean_the_clocks_of_a_place(name: str, summer: float, winter: float) -> None:
    assert (hours(name, SUMMER), hours(name, WINTER)) == (summer, winter)


def test_a_machine_means_the_offset() -> None:
    assert hours("EST", SUMMER, by_machine=True) == -5
    assert hours("ET", SUMMER, by_machine=True) == -4


@pytest.mark.parametrize(
    ("name", "country", "winter", "guess"),
    [
        ("IST", "ie", 0, False),
        ("IST", "in", 5.5, False),
        ("IST", "", 5.5, True),
        ("CST", "cn", 8, False),
        ("CST", "com", -6, False),
        ("AMT", "br", -4, False),
    ],
)
def test_the_country_decides_between_zones_of_one_name(
    name: str, country: str, winter: float, guess: bool
) -> None:
    assert hours(name, WINTER, country=country) == winter
    assert read_zone(name, country).guess is guess


@pytest.mark.parametrize("name", ["XYZ", "+15:00", "-99", ""])
def test_an_unknown_name_has_no_zone(name: str) -> None:
    assert read_zone(name).read_as is None


def test_every_offset_is_one_that_its_place_has() -> None:
    for name, offset in OFFSETS.items():
        if offset == "-":
            continue
        zone = ZoneInfo(PLACES[name])
        moments = [
            datetime(year, month, 1, tzinfo=UTC) for year in (2000, 2010) for month in (1, 7)
        ]
        moments += [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 7)]
        sign = -1 if offset[0] == "-" else 1
        given = sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[4:]))
        assert given in {m.astimezone(zone).utcoffset() for m in moments}, name
