"""Dates as people write them in front matter: RFC 3339, ISO 8601 and its common relaxations."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

_FORM = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})"
    r"(?:[Tt ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)


def read_date(value: str, zone: ZoneInfo) -> tuple[str, float]:
    """``value`` as (RFC 3339 text or ``YYYY-MM-DD``, seconds since 1970).

    A date without a time stays a date and counts as its midnight in ``zone``; a time without an
    offset takes the offset of ``zone``; a written offset is kept.

    Raises ValueError where the text is no date or the date does not exist.
    """
    match = _FORM.fullmatch(value.strip())
    if not match:
        raise ValueError(f"`{value}` is not a date")
    year, month, day, hour, minute, second, offset = match.groups()
    if hour is None:
        plain = date(int(year), int(month), int(day))
        start = datetime(plain.year, plain.month, plain.day, tzinfo=zone)
        return plain.isoformat(), start.timestamp()
    local = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))
    if offset is None:
        moment = local.replace(tzinfo=zone)
    elif offset in ("Z", "z", "UTC", "GMT"):
        moment = datetime.fromisoformat(local.isoformat() + "+00:00")
    else:
        sign = offset if ":" in offset else f"{offset[:3]}:{offset[3:]}"
        moment = datetime.fromisoformat(local.isoformat() + sign)
    return moment.isoformat(), moment.timestamp()


def in_zone(value: str, zone: ZoneInfo) -> str:
    """A value made by `read_date` as the clocks of ``zone`` show it; a bare date, which is a day of that zone, stays."""
    if len(value) <= 10:
        return value
    return datetime.fromisoformat(value).astimezone(zone).isoformat()


def rfc3339(value: str, zone: ZoneInfo) -> str:
    """A full RFC 3339 stamp of a value made by `read_date`: a bare date becomes midnight in ``zone``."""
    if len(value) > 10:
        return value
    return datetime.fromisoformat(value).replace(tzinfo=zone).isoformat()
