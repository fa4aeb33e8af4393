"""The date of a page, among all that it claims and shows; and the day on which its readers saw
it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.importer.fields.language import language_code
from sitegen.importer.fields.timestamps import find_stamps
from sitegen.importer.fields.vocabulary import folded
from sitegen.importer.html.candidates import Claims, in_aside, text_of
from sitegen.importer.html.visible import ABOVE, date_by_headline, near_headline

GUESSED = "the page's text (a guess)"
_TRUSTED = ("JSON-LD", "meta article:published_time", "microdata datePublished")
_URL_DATE = re.compile(
    r"/(?P<y>(?:19|20)\d\d)[/-]?(?P<m>0[1-9]|1[0-2])[/-]?(?P<d>0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
)
# Countries of several zones: that of most of their newsrooms.
_MAIN_ZONES = {
    "us": "America/New_York",
    "ca": "America/Toronto",
    "br": "America/Sao_Paulo",
    "mx": "America/Mexico_City",
    "au": "Australia/Sydney",
    "ru": "Europe/Moscow",
    "id": "Asia/Jakarta",
    "kz": "Asia/Almaty",
    "es": "Europe/Madrid",
    "pt": "Europe/Lisbon",
    "de": "Europe/Berlin",
    "nz": "Pacific/Auckland",
    "cl": "America/Santiago",
    "ec": "America/Guayaquil",
    "cn": "Asia/Shanghai",
    "ua": "Europe/Kyiv",
    "ar": "America/Argentina/Buenos_Aires",
    "my": "Asia/Kuala_Lumpur",
    "cy": "Asia/Nicosia",
    "cd": "Africa/Kinshasa",
}
# Endings of hosts that say nothing of a country.
_NO_COUNTRY = frozenset("co io tv me ai fm ly to cc ws la gg sh im ac am nu st vc eu".split())
_POSTED = re.compile(
    r"\b(?:veröffentlicht|erschienen|publiziert|gepostet|published|posted|publié|publiée|publicado|publicada|pubblicato|pubblicata"
    r"|gepubliceerd|publicerad|publisert|opublikowano|опубликовано)\b|公開日|掲載日|发布",
    re.I,
)


def choose_date(
    claims: Claims, tree: Any, text: str, url: str, country: str, zone: str
) -> tuple[str, str]:
    """(date, where): what the page claims, what its address holds, what stands by the headline or
    in the text, then htmldate.

    ``text`` is the page as it came, ``country`` the last label of its host; ``zone`` is for times
    without one.
    """
    shown = date_by_headline(tree, language_code(claims.lang), country, zone)
    for value, where in sorted(claims.dates, key=lambda c: (c[1] not in _TRUSTED, c[1] == ABOVE)):
        if where == "meta article:published_time" and (other := _instead(value, claims, shown)):
            return other, "the visible date"
        if first := _before_update(value, claims, shown):
            return first
        if where == ABOVE and shown[:10] not in ("", value[:10]):
            break
        if where in (ABOVE, "the visible date", "time element") and (
            stamp := _by_headline(tree, claims, country, zone)
        ):
            return _with_time(stamp, claims), "the line by the headline"
        return _as_shown(_with_time(value, claims), claims, shown, country), where
    day = url_date(url) or url_date(claims.canonical)
    if day:
        return day, "the address"
    if shown:
        return shown, "the line by the headline"
    day = _in_sentence(tree, claims, country, zone)
    if day:
        return day, "a line that gives the day"
    day = _by_htmldate(text)
    if day:
        return day, GUESSED
    return (
        (claims.updated[0][0], f"{claims.updated[0][1]} (last change)")
        if claims.updated
        else ("", "")
    )


def url_date(url: str) -> str:
    """The day in an address such as ``/2021/12/30/slug``."""
    match = _URL_DATE.search(url or "")
    return f"{match['y']}-{match['m']}-{match['d']}" if match else ""


_FIRST = ("meta article:published_time", "JSON-LD dateCreated", "the visible date")


def _before_update(value: str, claims: Claims, shown: str) -> tuple[str, str] | None:
    """An earlier day of publication, where ``value`` is also called the last change: some systems
    write that in its place."""
    if value not in {v for v, _ in claims.updated}:
        return None
    earlier = [
        (v, w)
        for v, w in claims.dates
        if w in _FIRST and v[:10] < value[:10] and (w != "the visible date" or v[:10] == shown[:10])
    ]
    if not earlier:
        return None
    first, where = min(earlier, key=lambda c: (_FIRST.index(c[1]), c[0]))
    return _with_time(first, claims), where


def _by_headline(tree: Any, claims: Claims, country: str, zone: str) -> str:
    """The day near the headline that is called the day of publication."""
    for element in near_headline(tree):
        text = " ".join((element.text or "").split())
        label = _POSTED.search(text) if len(text) <= 90 else None
        if label and not in_aside(element):
            stamps = find_stamps(text[label.end() :], language_code(claims.lang), country, zone)
            if stamps and stamps[0].value and stamps[0].start < 12:
                return stamps[0].value
    return ""


def _with_time(value: str, claims: Claims) -> str:
    """A day alone takes the time from another claim of the same day."""
    if len(value) > 10:
        return value
    return next((v for v, _ in claims.dates if v.startswith(value) and len(v) > 10), value)


def _instead(value: str, claims: Claims, shown: str) -> str:
    """The visible day in the place of a claim that contradicts itself: published after it was last
    changed."""
    if len(value) < 19 or not claims.updated or len(claims.updated[0][0]) < 19:
        return ""
    if datetime.fromisoformat(claims.updated[0][0]) >= datetime.fromisoformat(value):
        return ""
    seen = [v[:10] for v, w in claims.dates if w in ("the visible date", "time element")] or [
        shown[:10]
    ]
    return "" if value[:10] in seen else seen[0]


# The day of the readers -----------------------------------------------------------------------


def _as_shown(value: str, claims: Claims, shown: str, country: str) -> str:
    """A moment in UTC whose day is not that of the outlet's readers, in their time: their day
    counts.

    Their time comes from another time of the page for the same moment, else by the country, where
    that agrees with the day that the page shows, or where all of the country had another day than
    UTC. Where only a day is shown, the day is all that is known.
    """
    if not value.endswith(("+00:00", "Z")) or "T00:00:00" in value:
        return value
    moment = datetime.fromisoformat(value)
    for clock in claims.clocks:
        offset = clock - moment.replace(tzinfo=None)
        if offset and -12 <= offset / timedelta(hours=1) <= 14 and offset.seconds % 900 == 0:
            return (
                moment.astimezone(timezone(offset)).isoformat()
                if clock.date() != moment.date()
                else value
            )
    visible = [v for v in (shown, *(v for v, w in claims.dates if w == "the visible date")) if v]
    if any(v[:10] == value[:10] for v in visible):
        return value
    near = {(moment + timedelta(hours=h)).date().isoformat() for h in (-8, 11)} - {value[:10]}
    day = next((v for v in visible if v[:10] in near), "")
    region = (
        country
        if country and country not in _NO_COUNTRY
        else "".join(re.findall(r"[-_]([A-Za-z]{2})$", claims.lang)).lower()
    )
    local = [moment.astimezone(ZoneInfo(name)) for name in _zones(region)]
    if len(day) > 19:
        return moment.astimezone(datetime.fromisoformat(day).tzinfo).isoformat()
    if day:
        return next((m.isoformat() for m in local if m.date().isoformat() == day[:10]), day)
    if (
        local
        and country == region
        and {m.date() for m in local}.isdisjoint({moment.date()})
        and len({m.date() for m in local}) == 1
    ):
        return local[0].isoformat()
    return value


@cache
def _zones(country: str) -> tuple[str, ...]:
    """The zones of a country, that of most newsrooms first."""
    from babel.core import get_global

    names = (
        get_global("territory_zones").get({"uk": "GB"}.get(country, country.upper()), ())
        if len(country) == 2
        else ()
    )
    main = _MAIN_ZONES.get(country, "")
    return tuple(dict.fromkeys(([main] if main else []) + list(names)))


# Days in the text -----------------------------------------------------------------------------


def _in_sentence(tree: Any, claims: Claims, country: str, zone: str) -> str:
    """The day in a sentence that says when the text was posted, or in brackets before its first
    words or behind its description."""
    lang = language_code(claims.lang)
    for value, _ in claims.deks:
        stamps = find_stamps(value, lang, country, zone)
        if stamps and stamps[-1].value and value[stamps[-1].end :].strip() == ")":
            return stamps[-1].value
    names = {folded(v) for v, w in claims.titles if w == "h1"}
    for element in tree.iter("p", "div", "small", "span", "em", "li", "footer", "address"):
        text = " ".join((element.text or "").split())
        bracket = text.startswith("(")
        if (
            not bracket
            and not _POSTED.search(text)
            and not (len(element) and len(element) <= 12 and _POSTED.search(_tails(element)))
        ):
            continue
        text = text_of(element)
        if in_aside(element) and not (
            len(text) <= 600 and any(len(n) > 15 and n in folded(text) for n in names)
        ):
            continue
        stamps = find_stamps(text[:400], lang, country, zone)
        if not stamps or not stamps[0].value:
            continue
        if bracket and stamps[0].end <= 45 and text[stamps[0].end :].lstrip().startswith(")"):
            return stamps[0].value
        if not bracket and len(text) <= 600:
            return stamps[0].value
    return ""


def _tails(element: Any) -> str:
    return " ".join((child.tail or "")[:200] for child in element)


def _by_htmldate(text: str) -> str:
    """What htmldate finds; the first of January, which it makes of a bare year, does not count."""
    from htmldate import find_date

    try:
        found = (
            find_date(text, original_date=True, extensive_search=True, outputformat="%Y-%m-%d")
            or ""
        )
    except (ValueError, TypeError, AttributeError, OverflowError):
        return ""
    return "" if found.endswith("-01-01") else found
