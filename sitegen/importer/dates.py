"""Time stamps of news pages, with names of months in the languages of most outlets of Europe, and in Chinese, Japanese and Korean.

Written for one purpose that general date parsers refuse: to know a *time stamp* from any other text,
to leave relative dates ("2 hours ago") alone, and to read a time zone's abbreviation as the local time
of the place it belongs to, summer time included.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from sitegen.base.calendar import MONTHS
from sitegen.base.clean import word_set
from sitegen.model import Struct

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
# A year may be followed by the time without a blank ("20232:23 PM"): pages put the two in elements
# of their own, and copying joins them.
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)"
_FORMS = [
    re.compile(rf"(?<!\d){_YEAR}[-/.](?P<month>[01]?\d)[-/.]{_DAY}(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<month>[01]?\d)\s?[月월]\s?{_DAY}\s?[日号일]"),
    re.compile(
        rf"(?<!\d){_DAY}\.?(?:st|nd|rd|th|er|º|°)?[\s-]*(?:de\s+|of\s+)?(?P<name>{_MONTH})\b\.?,?[\s-]*(?:de\s+|del\s+)?{_YEAR}", re.I
    ),
    re.compile(rf"(?P<name>{_MONTH})\b\.?\s*{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}", re.I),  # also "readApril 25, 2023"
    re.compile(rf"(?<!\d)(?P<a>[0-3]?\d)(?P<sep>[./-])\s?(?P<b>[0-3]?\d)(?P=sep)\s?{_YEAR}"),
    re.compile(r"(?<![\d.])(?P<a>[0-3]?\d)\.(?P<b>[01]?\d)\.(?P<short>[012]\d)(?![\d.])"),
]
_CLOCK = re.compile(
    r"(?P<hour>[012]?\d)(?:(?P<sep>[:.h]|\s?h\s?)(?P<minute>[0-5]\d)(?::(?P<second>[0-5]?\d)(?:\.\d{1,9})?)?)?\s*"
    r"(?P<half>[ap]\.?\s?m\b\.?)?(?:\s?(?:Uhr|hrs|heures|hs?\b))?",
    re.I,
)
_GAP = re.compile(r"(?:[\s,;|·•–—T(-]|\bat\b|\bum\b|\bà\b|\ba las\b|\balle\b|\bore\b|\bore\b|\bàs\b|\bat:|\bkl\b)*", re.I)
_OFFSET = re.compile(r"\s*\(?(?:(?:GMT|UTC)\s?)?(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<m>\d\d)?(?!\d)")
_SHORT = re.compile(r"\d{1,2}(?::\d\d){1,2}")

RELATIVE = re.compile(
    r"(?:(?:\b(?:about|over|almost|an?|one)|(?<!\d)\d{1,3})\s*\+?\s*(?:sec(?:ond)?s?|min(?:ute)?s?|mins|h|hrs?|hours?|days?|weeks?"
    r"|months?|years?|yrs?|d|w|mo|y)\s+ago\b"
    r"|\bjust now\b|\byesterday\b|\bvor\s+(?:einer|einem|\d{1,3})\s+(?:sekunden?|minuten?|min|stunden?|std|tag(?:en)?|wochen?"
    r"|monat(?:en)?|jahr(?:en)?)\b"
    r"|\b(?:gestern|heute|soeben)\b|\bil y a\s+(?:une?|\d{1,3})\s+\w{1,9}|\bhace\s+(?:una?|\d{1,3})\s+\w{1,9}|\b(?:una?"
    r"|\d{1,3})\s+(?:minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi])\s+fa\b"
    r"|\bhá\s+\d{1,3}\s+\w{1,9}|\baujourd[’']hui\b|\bhier\b(?=\s*(?:,|à|$))|\bayer\b|\bieri\b|\boggi\b|\bhoy\b|\btoday\b)",
    re.I,
)

_ZONES = {
    "ET": "America/New_York",
    "EST": "America/New_York",
    "EDT": "America/New_York",
    "EASTERN": "America/New_York",
    "CT": "America/Chicago",
    "CST": "America/Chicago",
    "CDT": "America/Chicago",
    "CENTRAL": "America/Chicago",
    "MT": "America/Denver",
    "MST": "America/Denver",
    "MDT": "America/Denver",
    "MOUNTAIN": "America/Denver",
    "PT": "America/Los_Angeles",
    "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles",
    "PACIFIC": "America/Los_Angeles",
    "AKST": "America/Anchorage",
    "AKDT": "America/Anchorage",
    "HST": "Pacific/Honolulu",
    "AST": "America/Halifax",
    "ADT": "America/Halifax",
    "NST": "America/St_Johns",
    "NDT": "America/St_Johns",
    "NT": "America/St_Johns",
    "BST": "Europe/London",
    "WET": "Europe/Lisbon",
    "WEST": "Europe/Lisbon",
    "CET": "Europe/Brussels",
    "CEST": "Europe/Brussels",
    "MEZ": "Europe/Berlin",
    "MESZ": "Europe/Berlin",
    "EET": "Europe/Athens",
    "EEST": "Europe/Athens",
    "MSK": "Europe/Moscow",
    "TRT": "Europe/Istanbul",
    "SAST": "Africa/Johannesburg",
    "CAT": "Africa/Maputo",
    "EAT": "Africa/Nairobi",
    "WAT": "Africa/Lagos",
    "IST": "Asia/Kolkata",
    "PKT": "Asia/Karachi",
    "GST": "Asia/Dubai",
    "ICT": "Asia/Bangkok",
    "WIB": "Asia/Jakarta",
    "SGT": "Asia/Singapore",
    "HKT": "Asia/Hong_Kong",
    "PHT": "Asia/Manila",
    "JST": "Asia/Tokyo",
    "KST": "Asia/Seoul",
    "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney",
    "ACST": "Australia/Adelaide",
    "ACDT": "Australia/Adelaide",
    "AWST": "Australia/Perth",
    "NZST": "Pacific/Auckland",
    "NZDT": "Pacific/Auckland",
    "BRT": "America/Sao_Paulo",
    "ART": "America/Argentina/Buenos_Aires",
}
# The same letters mean other places elsewhere; the country of the outlet's address decides.
_ZONES_IN = {
    ("IST", "ie"): "Europe/Dublin",
    ("IST", "il"): "Asia/Jerusalem",
    ("CST", "cn"): "Asia/Shanghai",
    ("CST", "tw"): "Asia/Taipei",
    ("CST", "cu"): "America/Havana",
    ("CST", "mx"): "America/Mexico_City",
    ("EST", "au"): "Australia/Sydney",
    ("EDT", "au"): "Australia/Sydney",
    ("AST", "sa"): "Asia/Riyadh",
    ("BST", "bd"): "Asia/Dhaka",
    ("PST", "ph"): "Asia/Manila",
    ("PST", "pk"): "Asia/Karachi",
    ("CET", "de"): "Europe/Berlin",
    ("CET", "fr"): "Europe/Paris",
    ("CET", "es"): "Europe/Madrid",
    ("CET", "it"): "Europe/Rome",
    ("ET", "ca"): "America/Toronto",
    ("EST", "ca"): "America/Toronto",
    ("EDT", "ca"): "America/Toronto",
}
_ABBREVIATION = re.compile(
    rf"\s*\(?(?P<name>{'|'.join(sorted([*_ZONES, 'UTC', 'GMT', 'Z'], key=len, reverse=True))}|Eastern|Central|Pacific|Mountain)"
    r"(?:(?=[A-Z][a-z])|(?![A-Za-z]))(?:\s+[Tt]ime)?\)?"
)
_AMERICAN = word_set("ET EST EDT EASTERN CT CST CDT CENTRAL MT MST MDT MOUNTAIN PT PST PDT PACIFIC")


class Stamp(Struct, frozen=True):
    """A date in a line of text: where it stands, and its value as in front matter.

    ``clear`` is False where day and month could be the other way round; then ``value`` is empty.
    """

    start: int
    end: int
    value: str
    has_zone: bool = False
    clear: bool = True


def find_stamps(line: str, lang: str = "", country: str = "", zone: str = "") -> list[Stamp]:
    """Every date in ``line``, with the time and zone that follow (or come right before) it.

    ``lang`` and ``country`` (the last label of the outlet's host) decide what is ambiguous. A time
    without a zone takes ``zone`` where one is given, else it is dropped: the day is all that is known.
    """
    line = line[:600]
    found: list[tuple[int, int, re.Match[str]]] = []
    for form in _FORMS:
        for match in form.finditer(line):
            if not any(match.start() < end and start < match.end() for start, end, _ in found):
                found.append((match.start(), match.end(), match))
    found.sort(key=lambda f: f[0])
    return [s for f in found if (s := _stamp(line, f[2], lang, country, zone))]


def first_value(text: str, lang: str = "", country: str = "", zone: str = "") -> str:
    """The first date in ``text`` as in front matter, or an empty string. Never from a relative date."""
    return next((s.value for s in find_stamps(text, lang, country, zone) if s.value), "")


def is_relative(text: str) -> bool:
    """Whether ``text`` holds a date that is counted from an unknown now, such as ``2 hours ago``."""
    return bool(RELATIVE.search(text[:400]))


def _stamp(line: str, match: re.Match[str], lang: str, country: str, zone: str) -> Stamp | None:
    groups = match.groupdict()
    start, end = match.span()
    hour, minute, second, zone_name, offset, end = _clock_after(line, end)
    if hour is None:
        hour, minute, second, zone_name, offset, start = _clock_before(line, start)
    year = int(groups.get("year") or "20" + groups["short"])
    ambiguous = False
    if groups.get("name"):
        month, day = MONTHS[groups["name"].lower()], int(groups["day"])
    elif groups.get("month"):
        month, day = int(groups["month"]), int(groups["day"])
    else:
        a, b = int(groups["a"]), int(groups["b"])
        american = zone_name in _AMERICAN or country == "us"
        day_first = (
            groups.get("sep") != "/"
            or (lang not in ("", "en"))
            or country not in ("", "us", "com", "org", "net")
            or bool(zone_name or offset)
        )
        if american or (b > 12 >= a):
            month, day = a, b
        else:
            month, day = b, a
            ambiguous = not day_first and a <= 12 and a != b
    try:
        moment = datetime(year, month, day, hour or 0, minute, second)
    except ValueError:
        return None
    if ambiguous:
        return Stamp(start, end, "", clear=False)
    if hour is None:
        return Stamp(start, end, moment.date().isoformat())
    where = _zone(zone_name, offset, country) or (ZoneInfo(zone) if zone else None)
    if where is None:
        return Stamp(start, end, moment.date().isoformat())
    return Stamp(start, end, moment.replace(tzinfo=where).isoformat(), bool(zone_name or offset))


_Clock = tuple[int | None, int, int, str, str, int]


def _clock_after(line: str, end: int) -> _Clock:
    """The time right behind a date: (hour or None, minute, second, zone, offset, end of it all)."""
    gap = _GAP.match(line, end)
    at = gap.end() if gap else end
    if (at == end and not _SHORT.match(line, at)) or line[end:at].count("\n"):
        return None, 0, 0, "", "", end
    match = _CLOCK.match(line, at)
    read = _read_clock(match)
    if read is None or match is None:
        return None, 0, 0, "", "", end
    return _with_zone(line, match.end(), read)


def _clock_before(line: str, start: int) -> _Clock:
    """The time right before a date (``11:00 AM PDT • May 16, 2024``, ``22:04, 22 Apr 2024``)."""
    head = line[max(0, start - 40) : start]
    for match in _CLOCK.finditer(head):
        read = _read_clock(match)
        if read is None or (match.start() and head[match.start() - 1].isalnum()):
            continue
        hour, minute, second, name, offset, end = _with_zone(head, match.end(), read)
        gap = _GAP.match(head, end)
        if gap and gap.end() == len(head):
            return hour, minute, second, name, offset, max(0, start - 40) + match.start()
    return None, 0, 0, "", "", start


def _read_clock(match: re.Match[str] | None) -> tuple[int, int, int] | None:
    if (
        match is None
        or (match["sep"] is None and match["half"] is None)
        or (match["sep"] == "." and not re.search(r"[a-z]", match[0], re.I))
    ):
        return None
    hour, minute, second = int(match["hour"]), int(match["minute"] or 0), int(match["second"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    return (hour, minute, second) if hour < 24 else None


def _with_zone(line: str, end: int, read: tuple[int, int, int]) -> _Clock:
    offset = _OFFSET.match(line, end)
    if offset:
        return *read, "", offset["sign"] + offset["h"] + ":" + (offset["m"] or "00"), offset.end()
    match = _ABBREVIATION.match(line, end)
    if match:
        name = match["name"].upper()
        if name in _ZONES or name in ("UTC", "GMT", "Z"):
            return *read, name, "", match.end()
    return *read, "", "", end


def _zone(name: str, offset: str, country: str) -> ZoneInfo | timezone | None:
    if offset:
        hours, minutes = offset[1:].split(":")
        delta = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-delta if offset[0] == "-" else delta) if delta < timedelta(hours=15) else None
    if name in ("UTC", "GMT", "Z"):
        return UTC
    key = _ZONES_IN.get((name, country)) or _ZONES.get(name)
    return ZoneInfo(key) if key else None
