"""The time of an edition: its key, its days, and when it closes.

A key of a series with a name has that in front: ``weekly/2026-w48``. Moments are local to the site:
``2026-11-27T12:00``. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Container
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sitegen.base.dates import in_zone
from sitegen.base.text import slugify
from sitegen.config.closing import closing_of, read_closing
from sitegen.config.schema import Config, EditionsConfig

KEYS = {"daily": r"\d{4}-\d\d-\d\d", "weekly": r"\d{4}-w\d\d", "monthly": r"\d{4}-\d\d"}
EXAMPLES = {"daily": "2026-11-24", "weekly": "2026-w48", "monthly": "2026-11"}
MINUTES = 16  # letters of a moment


def full_key(series: EditionsConfig, key: str) -> str:
    """The ``key`` of an edition among those of all series."""
    return f"{series.slug}/{key}" if series.name else key


def series_of(key: str, config: Config) -> EditionsConfig | None:
    """The series that an edition belongs to by its full key, if there is such a one."""
    name = key.rpartition("/")[0]
    return next((series for series in config.series if series.slug == name), None)


def own_key(key: str) -> str:
    """The key of an edition within its series."""
    return key.rpartition("/")[2]


def is_dated(series: EditionsConfig) -> bool:
    """Whether the editions of a series are bound to time."""
    return series.kind in KEYS


@lru_cache(maxsize=10_000)
def first_day(kind: str, key: str) -> str:
    """The first day of an edition's time, or nothing for a key that is not a date."""
    if kind not in KEYS or not re.fullmatch(KEYS[kind], key):
        return ""
    try:
        if kind == "weekly":
            return date.fromisocalendar(int(key[:4]), int(key[6:]), 1).isoformat()
        return date.fromisoformat(key if kind == "daily" else f"{key}-01").isoformat()
    except ValueError:
        return ""


@lru_cache(maxsize=10_000)
def key_of_day(kind: str, day: str) -> str:
    """The key of the edition whose time has this day."""
    if kind == "weekly":
        year, week, _ = date.fromisoformat(day).isocalendar()
        return f"{year:04}-w{week:02}"
    return day[:7] if kind == "monthly" else day


_STEPS = {"daily": 1, "weekly": 7, "monthly": 31}  # days, of which the first month has none more


def successor(kind: str, key: str) -> str:
    """The edition after this one; the last of all calendars has none, and is its own."""
    try:
        day = date.fromisoformat(first_day(kind, key)) + timedelta(_STEPS[kind])
    except OverflowError:
        return key
    return key_of_day(kind, day.isoformat())


def predecessor(kind: str, key: str) -> str:
    """The edition before this one; the first of all calendars has none, and is its own."""
    try:
        day = date.fromisoformat(first_day(kind, key)) - timedelta(1)
    except OverflowError:
        return key
    return key_of_day(kind, day.isoformat())


def closing(series: EditionsConfig, key: str) -> str:
    """When the edition ``key`` of a series closes; empty for one that is not bound to time."""
    return _closing(series.kind, series.closes, key)


@lru_cache(maxsize=10_000)
def _closing(kind: str, closes: str, key: str) -> str:
    first = first_day(kind, key)
    if not first:
        return ""
    following = first_day(kind, successor(kind, key))
    return closing_of(kind, closes, first, following)


def last_day(series: EditionsConfig, key: str) -> str:
    """The day on which an edition closes: for one that closes as its last day ends, that day.
    Empty for one that is not bound to time."""
    moment = closing(series, key)
    if not moment or read_closing(series.kind, series.closes):
        return moment[:10]
    return (date.fromisoformat(moment[:10]) - timedelta(1)).isoformat()


def days_of(series: EditionsConfig, key: str, day: str) -> tuple[str, str]:
    """The first and the last day that an edition collects; both are ``day`` for one that is not
    bound to time. Where it closes at noon, the first one is the day on which the last closed."""
    if not first_day(series.kind, key):
        return day, day
    last = last_day(series, key)
    if series.kind == "daily" or not series.closes:
        return first_day(series.kind, key), last
    return last_day(series, predecessor(series.kind, key)), last


def key_of(series: EditionsConfig, moment: str) -> str:
    """The key of the edition that a moment belongs to; empty where they are not bound to time."""
    if not is_dated(series):
        return ""
    key = key_of_day(series.kind, moment[:10])
    late = moment[:MINUTES] >= closing(series, key)
    return successor(series.kind, key) if late else key


def local_moment(moment: str, zone: ZoneInfo) -> str:
    """A date or moment as local time, to the minute; a date is the start of its day."""
    local = in_zone(moment, zone)
    return local[:MINUTES] if len(local) >= MINUTES else f"{local[:10]}T00:00"


def has_closed(series: EditionsConfig, key: str, zone: ZoneInfo, now: float) -> bool:
    """Whether the time of an edition is over at ``now``; one that is not bound to time never ends
    by itself."""
    moment = closing(series, key)
    return bool(moment) and datetime.fromisoformat(moment).replace(tzinfo=zone).timestamp() <= now


def is_key(kind: str, key: str) -> bool:
    """Whether an edition of this kind can have the key ``key``."""
    return slugify(key) == key and bool(key) and (kind == "key" or bool(first_day(kind, key)))


def open_edition(series: EditionsConfig, moment: str, closed: Container[str]) -> str:
    """The full key of the edition that is open at a local ``moment``: that of its time, or the next
    one that is not ``closed`` (full keys); empty where editions are not bound to time."""
    key, last = key_of(series, moment), ""
    while key != last and full_key(series, key) in closed:
        key, last = successor(series.kind, key), key
    return full_key(series, key) if key else ""
