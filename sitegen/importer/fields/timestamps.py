"""Time stamps of news pages, with names of months in the languages of most sources in Europe, and
in Chinese, Japanese and Korean.

Written for one purpose that general date parsers refuse: to know a *time stamp* from any other
text, to leave relative dates ("2 hours ago") alone, and to read a time zone's abbreviation as the
local time of the place it belongs to, summer time included.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sitegen.base.calendar import AFTERNOON, MONTHS, MORNING
from sitegen.base.clean import word_set
from sitegen.base.dates import read_date, whole_minutes
from sitegen.base.page_words import by_letter, page_words
from sitegen.base.zones import PLACES, UNIVERSAL, Zone, read_zone
from sitegen.importer.fields.calendars import DIGITS, other_calendars
from sitegen.model.base import Struct


def _by_initial(words: Iterable[str]) -> str:
    """A regular expression for one of ``words``, the longest first.

    It looks at the initial once: with the hundreds of months of all languages side by side, each
    place of a line is tried against each of them.
    """
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    choices = (f"{initial}(?:{'|'.join(rest)})" for initial, rest in rests.items())
    return f"(?=[{''.join(rests)}])(?:{'|'.join(choices)})"


_MONTH = _by_initial(MONTHS)


def _folded(name: str) -> str:
    """The name of a month whatever its case: the Turkish ``ARALIK`` and ``aralık`` are one."""
    return name.casefold().replace("ı", "i").replace("\u0307", "")


_MONTH_NUMBERS = {_folded(name): number for name, number in MONTHS.items()}
# A year may be followed by the time without a blank ("20232:23 PM"): pages put the two in elements
# of their own, and copying joins them.
_DAY = r"(?P<day>[0-3]?\d)"


def _forms(year: str) -> list[re.Pattern[str]]:
    """The ways to write a day, with the years that count as such."""
    year = rf"(?P<year>{year})"
    ordinal = r"\.?(?:st|nd|rd|th|er|º|°)?"
    return [
        re.compile(rf"(?<!\d){year}[-/.](?P<month>[01]?\d)[-/.]{_DAY}(?!\d)"),
        re.compile(rf"(?<!\d){year}\s?[年년]\s?(?P<month>[01]?\d)\s?[月월]\s?{_DAY}\s?[日号號일]"),
        re.compile(
            rf"(?<!\d){_DAY}{ordinal}[\s-]*(?:de\s+|of\s+"
            rf"|d['’])?(?P<name>{_MONTH})(?!\w)\.?,?[\s-]*(?:de\s+|del\s+)?{year}",
            re.I,
        ),
        re.compile(
            rf"(?P<name>{_MONTH})(?!\w)\.?\s*{_DAY}(?:st|nd|rd|th)?,?\s+{year}", re.I
        ),  # also "readApril 25, 2023"
        re.compile(
            rf"(?<!\d){year}(?:\.|\sm\.)?\s(?P<name>{_MONTH})\s{_DAY}(?!\d)\.?", re.I
        ),  # Hungarian, Lithuanian
        re.compile(rf"(?<!\d){_DAY}\s(?:tháng|thg)\s(?P<month>[01]?\d),?\s(?:năm\s)?{year}", re.I),
        re.compile(rf"(?<!\d)(?P<a>[0-3]?\d)(?P<sep>[./-])\s?(?P<b>[0-3]?\d)(?P=sep)\s?{year}"),
        re.compile(
            r"(?<![\d./])(?P<a>[0-3]?\d)(?P<sep>[./])(?P<b>[01]?\d(?=\.)|(?:1[3-9]|2\d|3[01])(?=/))"
            r"(?P=sep)(?P<short>[012]\d)(?![\d./])"
        ),  # 25.01.26, and the American 01/25/26
    ]


_YEAR = r"(?:19|20)\d\d"
_FORMS = _forms(_YEAR)
# Every form holds one of these, so that a line without them need not be searched for each.
_HOLDS_YEAR = re.compile(rf"{_YEAR}|\d\.[01]?\d\.[012]\d|\d/[1-3]\d/[012]\d")
_HOLDS_OTHER = re.compile(r"1[34]\d\d|2[45]\d\d|5[678]\d\d|[\u0e00-\u0e7f].*\d|[״\"”][א-ת]|[年RHS]")
_MACHINE_FORMS = [
    *_forms(r"(?:1[4-9]|20|21)\d\d"),
    re.compile(
        rf"(?<!\d){_DAY}[\s-]+(?P<name>{_MONTH})[\s-]+(?P<short>\d\d)(?!\d)", re.I
    ),  # RFC 822
]
# What C and Java print: the time before the year.
_ASCTIME = re.compile(
    r"(?:[A-Z][a-z]{2} )?(?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2})"
    r" (?P<time>\d\d:\d\d:\d\d)(?P<zone> [A-Z+-][\w:+-]*)? (?P<year>\d{4})"
)
_COMPACT = re.compile(
    r"(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?)? ?(Z|[+-]\d\d:?\d\d)?"
)
_UNIX = re.compile(r"(\d{9,10})(?:\.\d+|\d{3})?")
_HALF = "|".join(sorted(map(re.escape, (*MORNING, *AFTERNOON)), key=len, reverse=True))
_CLOCK = re.compile(
    rf"(?:(?<!\w)(?P<before>{_HALF})\s?)?"
    r"(?P<hour>[012]?\d)(?:(?P<sep>[:.h时時시點点]|\s?h\s?"
    r"|시\s)(?P<minute>[0-5]\d)[分분]?(?::(?P<second>[0-5]?\d)(?:\.\d{1,9})?)?)?\s*"
    rf"(?P<half>[ap]\.?\s?m\b\.?|(?:{_HALF})(?!\w))?(?:\s?(?:Uhr|hrs|heures|hs?\b))?",
    re.I,
)
_GAP = re.compile(
    r"(?:[\s,،;|·•–—T(-]|เวลา|ساعت|الساعة|בשעה|\bat\b|\bum\b|\bà\b|\ba las\b|\balle\b|\bore\b"
    r"|\bàs\b|\bat:|\bkl\b|\bo"
    r" godz\b\.?|\bv\b|\bв\b|\bо\b|\blúc\b)*",
    re.I,
)
_OFFSET = re.compile(
    r"\s*\(?(?:(?:GMT|UTC|UT)\s?)?(?P<sign>[+−-])(?P<h>\d{1,2}):?(?P<m>\d\d)?(?!\d)"
)
_SHORT = re.compile(r"\d{1,2}(?::\d\d){1,2}")
# The name of a zone (IANA) behind a time, as in RFC 9557.
_NAMED_ZONE = re.compile(
    r"(?<=\d)\s*[\[(]?((?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian"
    r"|Pacific|Etc)/[A-Za-z_+\-/0-9]{1,40})[\])]?$"
)
_ANY_CLOCK = re.compile(r"\d{1,2}:\d\d")

# No relative date begins within a Latin word: most places of a text need no closer look.
_START = r"(?:^|(?<![a-z])(?=\w)|(?=[^\Wa-z]))"
_CHOICE_OF_WORDS = re.compile(r"\\b\(\?:([^()]*)\)(?![?*+{])(.*)")


def _ways(entry: str) -> list[str]:
    """An entry, or one for each of the words with which it may begin."""
    choice = _CHOICE_OF_WORDS.fullmatch(entry)
    return [rf"\b{word}{choice[2]}" for word in choice[1].split("|")] if choice else [entry]


def _relative() -> re.Pattern[str]:
    """A pattern for any relative date, parted by beginnings: words, numbers, the start of a
    line."""
    ways = [way for entry in page_words("relative") for way in _ways(entry)]
    words = [way for way in ways if re.match(r"\\b[^\W\d_]", way)]
    numbers = [way for way in ways if re.match(r"(?:\\b)?\\d", way)]
    starts = [way for way in ways if way.startswith("^")]
    others = [way for way in ways if way not in {*words, *numbers, *starts}]
    kinds = (
        rf"\b(?:{by_letter([word[2:] for word in words])})",
        rf"(?=\d)(?:{'|'.join(numbers)})",
        rf"^(?:{'|'.join(starts)})",
        *others,
    )
    return re.compile(f"{_START}(?:{'|'.join(kinds)})", re.I)


RELATIVE = _relative()

_NAMES = sorted([*PLACES, *UNIVERSAL], key=len, reverse=True)
_ABBREVIATION = re.compile(
    rf"\s*\(?(?P<name>{'|'.join(_NAMES)}|Eastern|Central|Pacific|Mountain)"
    r"(?:(?=[A-Z][a-z])|(?![A-Za-z]))(?:\s+[Tt]ime)?\)?"
)
# What machines write for a zone and nobody knows: capitals right behind the time.
_UNKNOWN_ZONE = re.compile(r"\s*\(?(?P<name>[A-Z]{2,5})\b\)?")
_AMERICAN = word_set("ET EST EDT EASTERN CT CST CDT CENTRAL MT MST MDT MOUNTAIN PT PST PDT PACIFIC")


class Stamp(Struct, frozen=True):
    """A date in a line of text: its place, and its value as in front matter.

    ``clear`` is False where day and month could be the other way round; then ``value`` is empty.
    ``guess`` is the name of a time zone that several places have, or that is not known.
    """

    start: int
    end: int
    value: str
    has_zone: bool = False
    clear: bool = True
    guess: str = ""


class Moment(Struct, frozen=True):
    """A date of a feed, a mail or an export as in front matter, or empty if it is not a date, and
    what a person should know of it."""

    value: str = ""
    note: str = ""


def find_stamps(line: str, lang: str = "", country: str = "", zone: str = "") -> list[Stamp]:
    """Every date in ``line``, with the time and zone that follow (or come right before) it.

    ``lang`` and ``country`` (the last label of the source's host) decide what is ambiguous. A time
    without a zone takes ``zone`` where one is given, else it is dropped: the day is all that is
    known.
    """
    line = line[:600]
    digits = line if line.isascii() else line.translate(DIGITS)
    if not (_HOLDS_YEAR.search(digits) or _HOLDS_OTHER.search(digits)):
        return []
    return _stamps(digits, _StampReading(lang, country, zone, foreign=digits != line))


def first_value(text: str, lang: str = "", country: str = "", zone: str = "") -> str:
    """The first date in ``text`` as in front matter, or an empty string.

    Never from a relative date.
    """
    return next((s.value for s in find_stamps(text, lang, country, zone) if s.value), "")


def is_relative(text: str) -> bool:
    """Whether ``text`` holds a date that is counted from an unknown now, such as ``2 hours
    ago``."""
    return bool(RELATIVE.search(text[:400]))


def read_machine_date(text: str, zone: str = "", country: str = "") -> Moment:
    """The date of a feed, a mail, an export or a page's metadata: RFC 3339, RFC 822 and all that is
    found in their place.

    The offset is kept as written; a time without one takes ``zone``, else only the day is kept. A
    zone that is not known, or that several places have, a time that does not exist and a text that
    is not a date are noted.
    """
    text = " ".join(text[:200].split())
    if named := _NAMED_ZONE.search(text):
        start = text[: named.start()]
        if _is_zone(named[1]):
            return read_machine_date(start, named[1], country)
        note = f"the time zone `{named[1]}` of the date `{text[:60]}` is not known"
        return Moment(read_machine_date(start, zone, country).value, note)
    if not text:
        return Moment()
    value = _as_numbers(text, zone)
    if value:
        return Moment(value)
    asctime = _ASCTIME.fullmatch(text)
    if asctime:
        text = "{day} {month} {year} {time}".format(**asctime.groupdict()) + (asctime["zone"] or "")
    stamp = next(iter(_stamps(text, _StampReading("", country, zone, by_machine=True))), None)
    shown = text[:60]
    if stamp is None or not stamp.value:
        return Moment(note=f"the date `{shown}` cannot be read")
    if stamp.guess:
        return Moment(stamp.value, _guessed(shown, stamp, zone))
    if len(stamp.value) <= 10 and zone and _ANY_CLOCK.search(text):
        return Moment(
            stamp.value, f"the time of the date `{shown}` cannot be read: only the day is kept"
        )
    return Moment(stamp.value)


def _is_zone(name: str) -> bool:
    """Whether the IANA time zone database has a zone of this ``name``."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _guessed(shown: str, stamp: Stamp, zone: str) -> str:
    read = read_zone(stamp.guess, by_machine=True)
    if read.read_as is None:
        return (
            f"the time zone `{stamp.guess}` of the date `{shown}` is not known: it was read as"
            f" {zone or 'a day'}"
        )
    return (
        f"the time zone `{stamp.guess}` of the date `{shown}` is that of several places: it was"
        f" read as {stamp.value[-6:]}, a guess"
    )


def _as_numbers(text: str, zone: str) -> str:
    """ISO 8601 in its usual and its compact form, and seconds since 1970."""
    unix = _UNIX.fullmatch(text)
    if unix and len(text) >= 9 and not _COMPACT.fullmatch(text):
        return datetime.fromtimestamp(int(unix[1]), UTC).isoformat()
    compact = _COMPACT.fullmatch(text)
    if compact and "14" <= compact[1][:2] <= "21":
        day, clock, offset = "-".join(compact.groups()[:3]), compact.groups()[3:6], compact[7] or ""
        text = day + (f"T{clock[0]}:{clock[1]}:{clock[2] or '00'}{offset}" if clock[0] else "")
    try:
        value = read_date(_FRACTION.sub(r"\1", text), ZoneInfo(zone or "UTC"))[0]
    except (ValueError, OverflowError):
        return ""
    if not zone and len(value) > 10 and not _WITH_OFFSET.search(text):
        return value[:10]
    return value if "1400" <= value[:4] <= "2200" else ""


_FRACTION = re.compile(r"(\d{2}:\d{2}(?::\d{2})?)[.,]\d+")
_WITH_OFFSET = re.compile(r"(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)$", re.I)


class _StampReading(Struct, frozen=True):
    """What decides how a date is read: language, country and zone of the source, whether a machine
    wrote it, and whether it has digits of another script."""

    lang: str
    country: str
    zone: str
    by_machine: bool = False
    foreign: bool = False


def _stamps(line: str, how: _StampReading) -> list[Stamp]:
    found: list[tuple[int, int, re.Match[str] | date]] = []
    if not how.by_machine:
        found += [(d.start, d.end, d.day) for d in other_calendars(line, how.lang, how.foreign)]
    for form in _MACHINE_FORMS if how.by_machine else _FORMS:
        for match in form.finditer(line):
            if not any(match.start() < end and start < match.end() for start, end, _ in found):
                found.append((match.start(), match.end(), match))
    found.sort(key=lambda f: f[0])
    return [s for f in found if (s := _stamp(line, f, how))]


def _stamp(
    line: str, found: tuple[int, int, re.Match[str] | date], how: _StampReading
) -> Stamp | None:
    """The date at a place in ``line``, with the time beside it."""
    start, end, day = found
    clock = _clock_after(line, end, how.by_machine)
    if clock is None:
        clock = _clock_before(line, start)
        start = clock.start if clock else start
    else:
        end = clock.end
    read_day, clear = (day, True) if isinstance(day, date) else _gregorian(day, clock, how)
    if read_day is None:
        return None
    time = (clock.hour, clock.minute, clock.second) if clock else ()
    moment = datetime(read_day.year, read_day.month, read_day.day, *time)
    if not clear:
        return Stamp(start, end, "", clear=False)
    if clock is None:
        return Stamp(start, end, moment.date().isoformat())
    read = read_zone(clock.zone, how.country, how.by_machine) if clock.zone else Zone(None)
    where = read.read_as or (ZoneInfo(how.zone) if how.zone else None)
    guess = read.name if clock.zone and (read.guess or read.read_as is None) else ""
    if where is None:
        return Stamp(start, end, moment.date().isoformat(), guess=guess)
    return Stamp(
        start,
        end,
        whole_minutes(moment.replace(tzinfo=where)).isoformat(),
        bool(clock.zone),
        guess=guess,
    )


def _gregorian(
    match: re.Match[str], clock: _Clock | None, how: _StampReading
) -> tuple[date | None, bool]:
    """(the day, whether it is clear which number is the month); no day where there is none."""
    month, day, clear = _month_and_day(match, clock, how)
    try:
        return date(_year(match, how), month, day), clear
    except ValueError:
        return None, clear


def _year(match: re.Match[str], how: _StampReading) -> int:
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    short = int(groups["short"])
    # RFC 2822, section 4.3: two digits from 50 on are of the century before.
    return short + (1900 if how.by_machine and short >= 50 else 2000)


def _month_and_day(
    match: re.Match[str], clock: _Clock | None, how: _StampReading
) -> tuple[int, int, bool]:
    """(month, day, whether it is clear which is which)."""
    groups = match.groupdict()
    if groups.get("name"):
        return _MONTH_NUMBERS[_folded(groups["name"])], int(groups["day"]), True
    if groups.get("month"):
        return int(groups["month"]), int(groups["day"]), True
    a, b = int(groups["a"]), int(groups["b"])
    if (clock and clock.zone in _AMERICAN) or how.country == "us" or b > 12 >= a:
        return a, b, True
    day_first = (
        groups.get("sep") != "/"
        or how.lang not in ("", "en")
        or how.country not in ("", "us", "com", "org", "net")
        or bool(clock and clock.zone)
    )
    return b, a, day_first or a > 12 or a == b


class _Clock(Struct, frozen=True):
    """A time of day beside a date, with its zone as written, and where it is in the line."""

    hour: int
    minute: int
    second: int
    zone: str
    start: int
    end: int


def _clock_after(line: str, end: int, by_machine: bool) -> _Clock | None:
    """The time right behind a date."""
    gap = _GAP.match(line, end)
    at = gap.end() if gap else end
    if (at == end and not _SHORT.match(line, at)) or line[end:at].count("\n"):
        return None
    return _read_clock(line, _CLOCK.match(line, at), by_machine)


def _clock_before(line: str, start: int) -> _Clock | None:
    """The time right before a date (``11:00 AM PDT • May 16, 2024``, ``22:04, 22 Apr 2024``)."""
    begin = max(0, start - 40)
    for match in _CLOCK.finditer(line, begin, start):
        if match.start() > begin and line[match.start() - 1].isalnum():
            continue
        clock = _read_clock(line[:start], match, False)
        gap = _GAP.match(line, clock.end) if clock else None
        if clock and gap and gap.end() >= start:
            return clock
    return None


def _read_clock(line: str, match: re.Match[str] | None, by_machine: bool) -> _Clock | None:
    if match is None:
        return None
    half = (match["half"] or match["before"] or "").lower()
    if (match["sep"] is None and not half) or (
        match["sep"] == "." and not re.search(r"[^\W\d_]", match[0])
    ):
        return None
    hour = int(match["hour"])
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half[0] == "p" or half in AFTERNOON else 0)
    elif half and half[0] in "ap":
        return None
    if hour > 23:
        return None
    zone, end = _zone_after(line, match.end(), by_machine)
    return _Clock(
        hour, int(match["minute"] or 0), int(match["second"] or 0), zone, match.start(), end
    )


def _zone_after(line: str, end: int, by_machine: bool) -> tuple[str, int]:
    """(the zone behind a time, as `read_zone` takes it, or an empty string; where it ends)."""
    offset = _OFFSET.match(line, end)
    if offset:
        sign = "-" if offset["sign"] in "−-" else "+"
        return f"{sign}{offset['h']}:{offset['m'] or '00'}", offset.end()
    match = _ABBREVIATION.match(line, end) or (
        _UNKNOWN_ZONE.match(line, end) if by_machine else None
    )
    return (match["name"].upper(), match.end()) if match else ("", end)
