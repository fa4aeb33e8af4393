"""Values as structured sources write them: dates, people, languages, lists of words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_tz
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sitegen.base.dates import read_date
from sitegen.importer.clean import clean_inline
from sitegen.importer.dates import first_value
from sitegen.model import Person
from sitegen.names.byline import read_people

_FRACTION = re.compile(r"(\d{2}:\d{2}(?::\d{2})?)[.,]\d+")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(Z|[+-]\d{4})?")


def zone_of(name: str) -> ZoneInfo:
    """The time zone ``name``, or UTC where there is none of that name."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def read_moment(text: str, zone: str = "") -> str:
    """A date as RFC 3339, RFC 822, ISO 8601 or words, as in front matter; empty where it is none.

    The offset is kept as written; a time without one takes ``zone``, else UTC.
    """
    text = clean_inline(str(text)[:200])
    if not text:
        return ""
    compact = _COMPACT.fullmatch(text)
    if compact:
        y, mo, d, h, mi, s, offset = compact.groups()
        text = f"{y}-{mo}-{d}T{h}:{mi}:{s}{offset or ''}"
    try:
        moment = read_date(_FRACTION.sub(r"\1", text), zone_of(zone))[0]
    except (ValueError, OverflowError):
        moment = _rfc822(text, zone) or first_value(text, zone=zone or "UTC")
    return moment if "1900" <= moment[:4] <= "2200" else ""


def _rfc822(text: str, zone: str) -> str:
    parts = parsedate_tz(text)
    if not parts:
        return ""
    try:
        if parts[9] is None:
            return datetime(*parts[:6], tzinfo=zone_of(zone)).isoformat()
        from datetime import timedelta, timezone

        where = UTC if not parts[9] else timezone(timedelta(seconds=parts[9]))
        return datetime(*parts[:6], tzinfo=where).isoformat()
    except (ValueError, OverflowError):
        return ""


def people_of(texts: Iterable[str], role: str = "") -> list[Person]:
    """The people of several bylines, each once."""
    out: dict[str, Person] = {}
    for text in texts:
        for person in read_people(text[:500]):
            out.setdefault(person.name.casefold(), Person(person.name, person.role or role, person.url, person.org))
    return list(out.values())


def merged(*groups: Iterable[Person]) -> tuple[Person, ...]:
    """People in order, each once; the first entry of a person is completed by later ones."""
    out: dict[str, Person] = {}
    for person in (p for group in groups for p in group):
        key = person.name.casefold()
        old = out.get(key, person)
        out[key] = Person(old.name, old.role or person.role, old.url or person.url, old.org or person.org)
    return tuple(out.values())


def language(value: Any) -> str:
    """A language tag in its usual form, or an empty string."""
    text = str(value or "").strip().replace("_", "-")
    return text if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", text) else ""


def words(values: Iterable[Any], limit: int = 30) -> tuple[str, ...]:
    """Tags: clean, each once, none longer than a line."""
    found = (clean_inline(str(v)) for v in values if v is not None and not isinstance(v, (dict, list)))
    return tuple(dict.fromkeys(v for v in found if 0 < len(v) <= 80))[:limit]


def ambiguous(pairs: Iterable[tuple[str, str]]) -> set[str]:
    """The names that are given to different things: of ``(name, thing)`` pairs those with more than one thing."""
    first: dict[str, str] = {}
    out = set()
    for name, thing in pairs:
        if first.setdefault(name, thing) != thing:
            out.add(name)
    return out
