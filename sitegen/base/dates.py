"""Dates as people write them in front matter: RFC 3339, ISO 8601 and its common relaxations."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

_FORM = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})"
    r"(?:[Tt ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)


def whole_minutes(moment: datetime) -> datetime:
    """``moment`` with an offset of whole minutes, as RFC 3339 has them; the clock shows what it
    showed.

    Before there were laws on time zones, each place had the offset of its own noon, such as
    -00:36:45.
    """
    offset = moment.utcoffset()
    if offset is None or not offset.total_seconds() % 60:
        return moment
    return moment.replace(tzinfo=timezone(timedelta(minutes=round(offset.total_seconds() / 60))))


def read_date(value: str, zone: ZoneInfo) -> tuple[str, float]:
    """``value`` as (RFC 3339 text or ``YYYY-MM-DD``, seconds since 1970).

    A date without a time stays a date and counts as its midnight in ``zone``; a time without an
    offset takes the offset of ``zone``; a written offset is kept.

    Raises ValueError for a text that is not a date, and for a date that does not exist.
    """
    match = _FORM.fullmatch(value.strip())
    if not match:
        raise ValueError(f"`{value}` is not a date")
    year, month, day, hour, minute, second, offset = match.groups()
    if hour is None:
        plain = date(int(year), int(month), int(day))
        start = whole_minutes(datetime(plain.year, plain.month, plain.day, tzinfo=zone))
        return plain.isoformat(), _seconds(start, zone)
    local = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))
    if offset is None:
        moment = whole_minutes(local.replace(tzinfo=zone))
    elif offset in ("Z", "z", "UTC", "GMT"):
        moment = datetime.fromisoformat(local.isoformat() + "+00:00")
    else:
        sign = offset if ":" in offset else f"{offset[:3]}:{offset[3:]}"
        moment = datetime.fromisoformat(local.isoformat() + sign)
    return moment.isoformat(), _seconds(moment, zone)


def moment(value: str) -> float:
    """Seconds since 1970 of an ISO moment; one without an offset is UTC."""
    stamp = datetime.fromisoformat(value)
    return (stamp if stamp.tzinfo else stamp.replace(tzinfo=UTC)).timestamp()


def _seconds(moment: datetime, zone: ZoneInfo) -> float:
    """``moment`` in seconds since 1970. Raises ValueError if ``zone`` has no such day any more."""
    try:
        if moment.year in (MINYEAR, MAXYEAR):
            moment.astimezone(zone)
        return moment.timestamp()
    except OverflowError:
        raise ValueError(f"the year {moment.year} is at the end of all calendars") from None


def in_zone(value: str, zone: ZoneInfo) -> str:
    """A value made by `read_date` as the clocks of ``zone`` show it; a bare date, which is a day of
    that zone, stays."""
    if len(value) <= 10:
        return value
    try:
        return whole_minutes(datetime.fromisoformat(value).astimezone(zone)).isoformat()
    except OverflowError:  # in the first or the last hours of all calendars
        return value


def rfc3339(value: str, zone: ZoneInfo) -> str:
    """A full RFC 3339 stamp of a value made by `read_date`: a bare date becomes midnight in
    ``zone``."""
    if len(value) > 10:
        return value
    return whole_minutes(datetime.fromisoformat(value).replace(tzinfo=zone)).isoformat()
