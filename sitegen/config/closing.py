"""When the editions of a series close: ``closes: friday 12:00`` in site.yaml."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from sitegen.model.base import Struct

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = r"(?P<clock>(?:[01]\d|2[0-3]):[0-5]\d)"
_FORMS = {
    "daily": _CLOCK,
    "weekly": rf"(?P<day>{'|'.join(WEEKDAYS)}) {_CLOCK}",
    "monthly": rf"(?P<day>[1-9]|1\d|2[0-8]) {_CLOCK}",
}
EXAMPLES = {"daily": "18:00", "weekly": "friday 12:00", "monthly": "25 12:00"}
START = "00:00"


class Closing(Struct, frozen=True):
    """When an edition closes: days after the first one of its time, and the time of that day."""

    days: int
    clock: str


@lru_cache(maxsize=64)
def read_closing(kind: str, text: str) -> Closing | None:
    """What ``text`` means for a series of ``kind``; None for what is not valid there."""
    found = re.fullmatch(_FORMS[kind], " ".join(text.lower().split())) if kind in _FORMS else None
    if not found:
        return None
    day = found.groupdict().get("day")
    if day is None:
        return Closing(0, found["clock"])
    days = WEEKDAYS.index(day) if day in WEEKDAYS else int(day) - 1
    return Closing(days, found["clock"])


def closing_of(kind: str, text: str, first: str, following: str) -> str:
    """When the edition closes whose time has the day ``first`` as its first, as local time
    (``2026-11-27T12:00``); without a ``text`` that is when the ``following`` one begins."""
    closing = read_closing(kind, text)
    if closing is None:
        return f"{following}T{START}"
    day = date.fromisoformat(first) + timedelta(closing.days)
    return f"{day.isoformat()}T{closing.clock}"
