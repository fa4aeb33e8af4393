"""Dates and lists in the words of a language.

Babel is loaded when it is needed: it takes as long as a small build.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

_PATTERNS = {
    "full": "EEEE d MMMM y",
    "long": "d MMMM y",
    "medium": "d MMM y",
}  # English, as newspapers write it


def format_date(value: str, style: str, language: str) -> str:
    """An RFC 3339 moment or a day, in the words of ``language``; styles full, long, medium,
    datetime, month, year."""
    if style == "year":
        return str(int(value[:4]))
    if style == "month":
        return _format_month(value[:7], language)
    day = format_day(value[:10], "long" if style == "datetime" else style, language)
    if style != "datetime" or len(value) == 10:
        return day
    offset = "+00:00" if value.endswith("Z") else value[-6:]
    return f"{day}, {value[11:16]} {_format_offset(offset, language)}"


@lru_cache(maxsize=20_000)
def format_day(value: str, style: str, language: str) -> str:
    """A day in the words of ``language``."""
    from babel.dates import format_date

    locale = _locale(language)
    return format_date(
        date.fromisoformat(value),
        _PATTERNS[style] if locale.language == "en" else style,
        locale=locale,
    )


@lru_cache(maxsize=2_000)
def _format_month(value: str, language: str) -> str:
    from babel.dates import format_skeleton

    return str(
        format_skeleton("yMMMM", date.fromisoformat(f"{value}-01"), locale=_locale(language))
    )


@lru_cache(maxsize=200)
def _format_offset(offset: str, language: str) -> str:
    from babel.dates import format_datetime

    moment = datetime.fromisoformat(f"2000-01-01T00:00:00{offset}")
    return format_datetime(
        moment, "ZZZZ" if moment.utcoffset() else "'GMT'", locale=_locale(language)
    )


@lru_cache(maxsize=1_000)
def list_separator(position: int, count: int, language: str) -> str:
    """What is before the item at ``position`` (from 0) in a list of ``count``: "A, B and C",
    "A、B、C".

    Source: the list patterns of CLDR (https://unicode.org/reports/tr35/tr35-general.html#ListPatterns).
    """
    if not position:
        return ""
    patterns = _locale("en-GB" if language == "en" else language).list_patterns["standard"]
    name = (
        "2"
        if count == 2
        else "end"
        if position == count - 1
        else "start"
        if position == 1
        else "middle"
    )
    return str(patterns[name]).partition("{0}")[2].partition("{1}")[0]


def listed(items: Sequence[str], language: str) -> str:
    """``items`` as a list within a sentence."""
    return "".join(list_separator(n, len(items), language) + item for n, item in enumerate(items))


@lru_cache(maxsize=20)
def _locale(language: str) -> Any:
    from babel import Locale

    return _known(language) or Locale("en")


def _known(language: str) -> Any:
    """Babel's knowledge of a language, or None where it has none."""
    from babel import Locale, UnknownLocaleError

    parts = language.split("-")
    for count in range(len(parts), 0, -1):  # de-AT-1996 and ar-u-nu-latn are as de-AT and ar
        try:
            return Locale.parse("_".join(parts[:count]))
        except (UnknownLocaleError, ValueError):
            continue
    return None


def language_name(language: str) -> str:
    """What a language is called in itself, or its code where that is not known."""
    known = _known(language)
    name = known.get_display_name() if known else ""
    return name[:1].upper() + name[1:] if name else language


@lru_cache(maxsize=100)
def with_region(language: str) -> str:
    """A language with its region, as Open Graph names both: `en` is en_US, `pt-PT` pt_PT.

    Source: the likely subtags of CLDR (https://unicode.org/reports/tr35/#Likely_Subtags).
    """
    from babel.core import get_global

    known = _known(language)
    if known is None:
        return language.replace("-", "_")
    short = "_".join(part for part in (known.language, known.script) if part)
    likely = get_global("likely_subtags").get(short) or ""
    region = known.territory or likely.rpartition("_")[2]
    return f"{known.language}_{region}" if len(region) == 2 else str(known.language)
