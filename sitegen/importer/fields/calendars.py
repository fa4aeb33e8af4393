"""Dates of the Persian, Thai, Hebrew and Japanese calendars, and of Taiwan's years, in a text.

Only what names its calendar is read: a month of it, an era, or a year that no other calendar has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

from sitegen.model.base import Struct

# One digit for one digit: places in a line stay what they are.
DIGITS = {
    code: str(unicodedata.digit(chr(code)))
    for code in range(0x80, 0x1FBFA)
    if unicodedata.category(chr(code)) == "Nd"
}


class CalendarDate(Struct, frozen=True):
    """A date of another calendar as the day that it is, and its place in the line."""

    start: int
    end: int
    day: date


def _numbered(names: str) -> dict[str, int]:
    """Names of months, those of one month parted by `|`, to its number."""
    months = enumerate(names.split(), 1)
    return {name.replace("_", " "): number for number, month in months for name in month.split("|")}


_PERSIAN = _numbered(
    "فروردین|حمل|farvardin اردیبهشت|ثور|ordibehesht خرداد|جوزا|khordad تیر|سرطان|tir"
    " مرداد|امرداد|اسد|mordad شهریور|سنبله|shahrivar مهر|میزان|mehr آبان|عقرب|aban آذر|قوس|azar"
    " دی|جدی|dey بهمن|دلو|bahman اسفند|حوت|esfand"
)
_THAI = _numbered(
    "มกราคม|ม.ค. กุมภาพันธ์|ก.พ. มีนาคม|มี.ค. เมษายน|เม.ย. พฤษภาคม|พ.ค. มิถุนายน|มิ.ย."
    " กรกฎาคม|ก.ค. สิงหาคม|ส.ค. กันยายน|ก.ย. ตุลาคม|ต.ค. พฤศจิกายน|พ.ย. ธันวาคม|ธ.ค."
)
# From Tishri, with which the year begins; Adar of a common year is the sixth, as Adar I is.
_HEBREW = _numbered(
    "תשרי|tishrei|tishri חשוון|חשון|מרחשוון|cheshvan|heshvan|marcheshvan כסלו|kislev"
    " טבת|tevet|teveth שבט|shevat|shvat אדר|אדר_א|אדר_א׳|אדר_א'|adar|adar_i"
    " אדר_ב|אדר_ב׳|אדר_ב'|adar_ii"
    " ניסן|nisan אייר|iyar|iyyar סיוון|סיון|sivan תמוז|tammuz|tamuz אב|av אלול|elul"
)
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_ERAS |= {"R": 2018, "H": 1988, "S": 1925, "民國": 1911, "民国": 1911}
_LETTERS = dict(
    zip(
        "אבגדהוזחטיכלמנסעפצקרשתךםןףץ",
        (*range(1, 11), *range(20, 100, 10), 100, 200, 300, 400, 20, 40, 50, 80, 90),
        strict=True,
    )
)
_SECOND_ADAR = 7
_BUDDHIST = 543


def _any(names: dict[str, int]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


_NUMBER = r"[א-ת]{1,3}[׳'’]?|[א-ת]{1,2}[״\"”][א-ת]"
_YEAR = r"(?:ה[׳'’])?[א-ת]{2,4}[״\"”][א-ת]|5[678]\d\d"
_IN_PERSIAN = re.compile(
    rf"(?<!\d)(?P<day>[0-3]?\d)\s*(?:م\s)?(?P<month>{_any(_PERSIAN)})(?!\w)(?:\s*ماه)?"
    r"[\s،,]*(?P<year>1[34]\d\d)(?!\d)",
    re.I,
)
_PERSIAN_NUMBERS = re.compile(
    r"(?<!\d)(?P<year>1[34]\d\d)[/-](?P<month>[01]?\d)[/-](?P<day>[0-3]?\d)(?!\d)"
)
_IN_THAI = re.compile(
    rf"(?<!\d)(?P<day>[0-3]?\d)\s*(?P<month>{_any(_THAI)})\s*"
    r"(?:พ\.ศ\.\s*|ค\.ศ\.\s*)?(?P<year>\d{4}|\d\d)(?!\d)"
)
_BUDDHIST_NUMBERS = re.compile(
    r"(?<!\d)(?P<day>[0-3]?\d)(?P<sep>[./-])(?P<month>[01]?\d)(?P=sep)(?P<year>2[45]\d\d)(?!\d)"
)
_IN_HEBREW = re.compile(
    rf"(?<!\w)(?P<day>{_NUMBER}|[0-3]?\d)\s+(?:ב|ל)?(?P<month>{_any(_HEBREW)})(?!\w)"
    rf"[\s,]*(?P<year>{_YEAR})(?!\w)",
    re.I,
)
_IN_JAPANESE = re.compile(
    r"(?P<era>令和|平成|昭和|大正|明治|民國|民国)\s?(?P<year>元|\d{1,3})\s?年\s?"
    r"(?P<month>[01]?\d)\s?月\s?(?P<day>[0-3]?\d)\s?日"
)
_ERA_NUMBERS = re.compile(
    r"(?<![A-Za-z\d])(?P<era>[RHS])\.?(?P<year>\d{1,2})[./]"
    r"(?P<month>[01]?\d)[./](?P<day>[0-3]?\d)(?!\d)"
)


def other_calendars(line: str, lang: str = "", foreign: bool = False) -> Iterator[CalendarDate]:
    """The dates of other calendars in ``line``, whose digits are ASCII.

    ``foreign`` says that the line had digits of another script; with them, or in Persian, numbers
    alone (`1402/09/12`) are a Persian date.
    """
    persian = [_IN_PERSIAN, _PERSIAN_NUMBERS] if foreign or lang == "fa" else [_IN_PERSIAN]
    forms = (
        *((form, _persian) for form in persian),
        (_IN_THAI, _thai),
        (_BUDDHIST_NUMBERS, _thai),
        (_IN_HEBREW, _hebrew),
        (_IN_JAPANESE, _japanese),
        *([(_ERA_NUMBERS, _japanese)] if lang == "ja" else []),
    )
    for form, read in forms:
        for match in form.finditer(line):
            try:
                day = read(match)
            except (ValueError, OverflowError):
                continue  # a day that the month does not have
            yield CalendarDate(match.start(), match.end(), day)


def _persian(match: re.Match[str]) -> date:
    name, year, day = match["month"].casefold(), int(match["year"]), int(match["day"])
    month = _PERSIAN.get(name) or int(name)
    if not (1 <= month <= 12 and 1 <= day <= _days_of_persian(month, year)):
        raise ValueError(match[0])
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return persian_new_year(year) + timedelta(before + day - 1)


def _days_of_persian(month: int, year: int) -> int:
    """How many days a Persian month has."""
    if month <= 6:
        return 31
    return 30 if month <= 11 or is_persian_leap(year) else 29


def is_persian_leap(year: int) -> bool:
    """Whether a Persian year has 366 days: the cycle of 33 years, exact from 1178 to 1633
    (https://www.astro.uni.torun.pl/~kb/Papers/EMP/PersianC-EMP.htm)."""
    return (25 * year + 11) % 33 < 8


def persian_new_year(year: int) -> date:
    """The first day of a Persian year, counted from 1 Farvardin 1400, 21 March 2021."""
    first, last = sorted((1400, year))
    days = 365 * (last - first) + sum(map(is_persian_leap, range(first, last)))
    return date(2021, 3, 21) + timedelta(days if year > 1400 else -days)


def _thai(match: re.Match[str]) -> date:
    year = int(match["year"])
    year += 2500 if year < 100 else 0
    month = _THAI.get(match["month"]) or int(match["month"])
    return date(year - _BUDDHIST if year >= 2400 else year, month, int(match["day"]))


def _japanese(match: re.Match[str]) -> date:
    year = 1 if match["year"] == "元" else int(match["year"])
    return date(_ERAS[match["era"]] + year, int(match["month"]), int(match["day"]))


def _hebrew(match: re.Match[str]) -> date:
    year, day = _hebrew_number(match["year"]), _hebrew_number(match["day"])
    year += 5000 if year < 1000 else 0
    month = _HEBREW[" ".join(match["month"].casefold().split())]
    if not 1 <= day <= 30:
        raise ValueError(match[0])
    months = _month_lengths(year)
    if len(months) == 12 and month >= _SECOND_ADAR:
        month -= 1  # a common year has one Adar only
    if day > months[month - 1]:
        raise ValueError(match[0])
    first = date.fromordinal(hebrew_new_year(year))
    return first + timedelta(sum(months[: month - 1]) + day - 1)


def _hebrew_number(text: str) -> int:
    """A number in digits or letters: תשפ״ד is 784; the thousands in front of it are left out."""
    if text.isdigit():
        return int(text)
    text = re.sub(r"^ה[׳'’]", "", text)
    return sum(_LETTERS.get(letter, 0) for letter in text)


def hebrew_new_year(year: int) -> int:
    """1 Tishri of a Hebrew year as an ordinal of the Gregorian calendar (Reingold, Dershowitz:
    Calendrical Calculations, chapter 8)."""
    return _HEBREW_EPOCH + _elapsed(year) + _postponed(year)


_HEBREW_EPOCH = -1373427


def _elapsed(year: int) -> int:
    months = (235 * year - 234) // 19
    parts = 12084 + 13753 * months
    days = 29 * months + parts // 25920
    return days + 1 if (3 * (days + 1)) % 7 < 3 else days


def _postponed(year: int) -> int:
    before, at, after = _elapsed(year - 1), _elapsed(year), _elapsed(year + 1)
    return 2 if after - at == 356 else 1 if at - before == 382 else 0


def _month_lengths(year: int) -> list[int]:
    """Days of the months of a Hebrew year, from Tishri; thirteen months in a leap year."""
    days = hebrew_new_year(year + 1) - hebrew_new_year(year)
    leap = (7 * year + 1) % 19 < 7
    heshvan = 30 if days % 10 == 5 else 29
    kislev = 29 if days % 10 == 3 else 30
    adar = [30, 29] if leap else [29]
    return [30, heshvan, kislev, 29, 30, *adar, 30, 29, 30, 29, 30, 29]
