"""Dates before there were laws on time zones, and of any year that a newspaper may have."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import pytest

from sitegen.base.dates import in_zone, read_date, rfc3339
from tests.conftest import SITE, Digest

STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")  # RFC 3339


ZONES = [
    "Europe/Lisbon",
    "Europe/Amsterdam",
    "America/New_York",
    "Asia/Kolkata",
    "Africa/Monrovia",
    "Europe/Dublin",
    "UTC",
]
VALUES = [
    "1895-03-02",
    "1895-03-02 06:30",
    "1605-10-17T08:00:00",
    "0985-01-01",
    "1900-01-01 00:00:05",
    "2026-07-01",
]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("value", VALUES)
def test_offsets_are_whole_minutes_and_the_clock_stays(value: str, zone: str) -> None:
    place = ZoneInfo(zone)
    text, stamp = read_date(value, place)
    moment = rfc3339(text, place)
    assert STAMP.fullmatch(moment)
    assert moment[:10] == value[:10]
    assert datetime.fromisoformat(moment).timestamp() == stamp
    assert STAMP.fullmatch(in_zone("1890-05-01T12:00:00+00:00", place))


@pytest.mark.parametrize("zone", ["Europe/Lisbon", "America/New_York"])
@pytest.mark.parametrize("date", ["1895-03-02", "1895-03-02 06:30", "1605-10-17", "0985-06-01"])
def test_an_old_date_is_valid_wherever_it_is_shown(digest: Digest, zone: str, date: str) -> None:
    more = (
        "feeds: {formats: [atom, rss, json], ninjs: true}\neditions: {kind: monthly, epub: true}\n"
    )
    digest.write("site.yaml", SITE.replace("Europe/Berlin", zone) + more)
    digest.article("fair", "The winter fair opens", date=date)
    assert "error" not in digest.build().stderr
    everything = "\n".join(data.decode("utf-8", "replace") for data in digest.tree().values())
    assert not re.search(r"[+-]\d\d:\d\d:\d\d(?!\d)", everything)
    day = date[:10]
    assert re.search(
        rf"<updated>{day}T\d\d:\d\d:\d\d[+-]\d\d:\d\d</updated>|<published>{day}T",
        digest.page("feed.xml"),
    )
    published = re.search(r"<pubDate>(.*?)</pubDate>", digest.page("rss.xml"))
    assert published
    assert parsedate_to_datetime(published[1]).date().isoformat() == day
    assert f'"datePublished":"{day}' in everything.replace('": "', '":"')


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "UTC", "America/Los_Angeles"])
@pytest.mark.parametrize(
    "value",
    [
        "0000-01-01",
        "0001-01-01",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31",
        "9999-12-31T23:59:59-12:00",
        "10000-01-01",
    ],
)
def test_the_ends_of_all_calendars_are_a_date_or_a_value_error(value: str, zone: str) -> None:
    place = ZoneInfo(zone)
    try:
        text, stamp = read_date(value, place)
    except ValueError:
        assert value != "9999-12-31"  # what people write for "never"
        return
    assert in_zone(text, place)
    assert datetime.fromtimestamp(stamp, place).year in (1, 9999)
