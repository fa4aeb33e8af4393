"""The date of a page: every day that it offers, their features, the choice among them, and the day
on which its readers saw it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

from sitegen.importer.fields.linear import Rated, rate_one, weights_of
from sitegen.importer.html.candidates import Claim, Claims, parts_of, signs_of

MAX_CLAIMS = 200
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
_VOICES = (
    "JSON-LD",
    "meta article:published_time",
    "meta",
    "microdata",
    "time element",
    "the URL",
    "a line called date",
    "called publication",
)
_CHANGE = "called change"
_PLACES = frozenset(
    ["at the headline", "below the headline", "above the headline", "right before the text"]
)


def rate_dates(claims: Claims) -> list[Rated[str]]:
    """The days that the page could mean, the best first, each with the time that is known of it."""
    return rate_one(date_candidates(claims), weights_of("date"))


def date_candidates(claims: Claims) -> list[tuple[str, tuple[str, ...]]]:
    """Each day of a page's claims, as the fullest value that it has, with features; an empty one if
    none of them is it."""
    said = claims.dates[:MAX_CLAIMS]
    local = {
        moment: c.value[:10]
        for c in said
        if (moment := _moment(c.value)) and not c.value.endswith(("+00:00", "Z"))
    }
    days: dict[str, list[Claim]] = {}
    for claim in said:
        day = local.get(_moment(claim.value) or 0.0, claim.value[:10])
        days.setdefault(day, []).append(claim)
    days = _published({day: _believed(theirs) for day, theirs in days.items()})
    shown = _shown(days)
    out: list[tuple[str, tuple[str, ...]]] = [("", ("no date",))]
    for day, theirs in days.items():
        features = (
            *_of_claims(theirs),
            *_of_data(day, days),
            *_of_voices(day, days),
            *_of_order(day, days, shown),
        )
        out.append((_fullest(day, theirs), features))
    return out


def _is_shown(claim: Claim) -> bool:
    """Whether readers see a day as that of the publication."""
    if not _is_near(claim) or _CHANGE in claim.signs or "line" not in claim.where:
        return False
    sure = {"alone", "called publication"} & {*claim.signs}
    return bool(sure) or (claim.where == "a line called date" and "short" in claim.signs)


def _shown(days: dict[str, list[Claim]]) -> list[str]:
    """The days that are shown near the headline: those that words call the publication's first,
    those above it last, which may be today."""
    near = [
        (claim, day)
        for day, said in days.items()
        for claim in said
        if _is_near(claim) and _CHANGE not in claim.signs
    ]
    return list(dict.fromkeys(day for _, day in sorted(near, key=lambda pair: _rank(pair[0]))))


def _rank(claim: Claim) -> tuple[bool, bool]:
    """The place of a claim among those near the headline."""
    in_words = claim.where == "a line" and _is_marked(claim)
    return "above the headline" in claim.signs, not in_words


def _believed(said: list[Claim]) -> list[Claim]:
    """A day's claims but those of data that call a moment the publication, and an earlier one a
    change."""
    moments = [(m, c) for c in said if _is_data(c) and (m := _moment(c.value))]
    changes = [moment for moment, c in moments if _CHANGE in c.signs]
    late = [
        c
        for moment, c in moments
        if _CHANGE not in c.signs and moment > min(changes, default=moment)
    ]
    return [c._replace(signs=(*c.signs, _CHANGE)) if c in late else c for c in said]


def _published(days: dict[str, list[Claim]]) -> dict[str, list[Claim]]:
    """The days that may be that of the publication: where one is called that, those that are only
    called the day of a change are none (schema.org: `dateModified`)."""
    kept = {day for day, said in days.items() if any(map(_may_be_publication, said))}
    if published := _days_of_data(days, changes=False):
        kept -= _days_of_data(days, changes=True) - published
    return {day: said for day, said in days.items() if day in kept or not kept}


def _may_be_publication(claim: Claim) -> bool:
    """Whether a claim may name the day of the publication: it calls it no change, and is no part of
    the page's frame."""
    return _CHANGE not in claim.signs and (not _is_elsewhere(claim) or _is_marked(claim))


def _days_of_data(days: dict[str, list[Claim]], changes: bool) -> set[str]:
    """The days that a page's data call those of ``changes``, or of the publication."""
    return {
        day
        for day, said in days.items()
        for claim in said
        if _is_data(claim) and (_CHANGE in claim.signs) is changes
    }


def _moment(value: str) -> float | None:
    """The moment of a value with a time and a zone."""
    return datetime.fromisoformat(value).timestamp() if len(value) > 19 else None


def _fullest(day: str, said: Sequence[Claim]) -> str:
    """The value with a time, where one of a day's claims has it; changes come last."""
    values = [c.value for c in sorted(said, key=lambda c: _CHANGE in c.signs)]
    values.sort(key=lambda value: (value[:10] != day, len(value) <= 10))
    return str(values[0])


def _family(where: str) -> str:
    return "meta" if where.startswith("meta ") else where


def _is_near(claim: Claim) -> bool:
    return not _PLACES.isdisjoint(claim.signs)


def _is_marked(claim: Claim) -> bool:
    """Whether a day near the headline is called that of the publication, whatever is around it."""
    return "called publication" in claim.signs and _is_near(claim)


def _is_elsewhere(claim: Claim) -> bool:
    return bool({"in furniture", "of a teaser", "far"} & {*claim.signs})


def _of_claims(said: Sequence[Claim]) -> Iterator[str]:
    """Features of the parts of a page that name a day."""
    published = [claim for claim in said if _CHANGE not in claim.signs]
    changes = [claim for claim in said if _CHANGE in claim.signs]
    yield from parts_of(published)
    yield from signs_of(said)
    joint = dict.fromkeys((c.where, _length_and_place(c)) for c in published)
    yield from (f"{where}: {' '.join(place)}" for where, place in joint if len(place) > 1)
    families = {_family(claim.where) for claim in published}
    yield f"agreed by {min(5, len(families))}"
    if changes:
        yield "a change" if published else "only a change"
        if len({_family(c.where) for c in changes}) > 1:
            yield "a change for several"
    if all(_is_elsewhere(claim) for claim in said):
        yield "only elsewhere"


def _is_data(claim: Claim) -> bool:
    return claim.where.startswith(("JSON-LD", "meta ", "microdata", "h-entry"))


def _of_data(day: str, days: dict[str, list[Claim]]) -> Iterator[str]:
    """Features of what a page's data call a day, and the others."""
    published = _days_of_data(days, changes=False)
    changed = _days_of_data(days, changes=True)
    if day in published:
        yield "published by data" + (", others too" if len(published) > 1 else "")
    elif published:
        side = "later" if day > max(published) else "earlier"
        apart = min(abs(_apart(day, other)) for other in published)
        yield f"{side} than published by data{', by a day' if apart == 1 else ''}"
        if apart > 60:
            yield f"{side} than published by data, by months"
    if day in changed:
        yield "changed by data" + (", others are published" if published - {day} else "")
        if day not in published and published:
            yield "changed by data, published on another day"


def _length_and_place(claim: Claim) -> tuple[str, ...]:
    ends = ("alone", "short", "in a sentence", "headline", "text", "far")
    return tuple(sign for sign in claim.signs if sign.endswith(ends))


def _of_voices(day: str, days: dict[str, list[Claim]]) -> Iterator[str]:
    """Features of what the parts of a page say of other days."""
    serious = [
        (other, c)
        for other, said in days.items()
        for c in said
        if _CHANGE not in c.signs and not _is_elsewhere(c)
    ]
    for voice in _VOICES:
        theirs = {d for d, c in serious if voice in (c.where, _family(c.where), *c.signs)}
        if theirs and day not in theirs:
            near = any(abs(_apart(day, other)) == 1 for other in theirs)
            yield f"against {voice}{', a day apart' if near else ''}"


def _of_order(day: str, days: dict[str, list[Claim]], shown: Sequence[str]) -> Iterator[str]:
    """Features of a day's place among the others."""
    serious = [d for d, said in days.items() if any(not _is_elsewhere(c) for c in said)] or [*days]
    if len(serious) > 1:
        if day == min(serious):
            yield "the earliest"
        if day == max(serious):
            yield "the latest"
    if shown and day == shown[0]:
        yield "the first shown"
    if day.endswith("-01-01"):
        yield "the first of January"
    if shown and day not in shown:
        yield "not shown, others are"


def _apart(one: str, other: str) -> int:
    try:
        return (datetime.fromisoformat(one) - datetime.fromisoformat(other)).days
    except ValueError:
        return 0


# The day of the readers -----------------------------------------------------------------------


def as_shown(value: str, claims: Claims, country: str) -> str:
    """A moment in UTC whose day is not that of the source's readers, in their time: their day
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
            local = moment.astimezone(timezone(offset)).isoformat()
            return local if clock.date() != moment.date() else value
    visible = [c.value for c in claims.dates if _is_shown(c)]
    if any(v[:10] == value[:10] for v in visible):
        return value
    near = {(moment + timedelta(hours=h)).date().isoformat() for h in (-8, 11)} - {value[:10]}
    day = next((v for v in visible if v[:10] in near), "")
    return _local(moment, day, country, claims.lang) or value


def _local(moment: datetime, day: str, country: str, lang: str) -> str:
    """``moment`` in the time of a country, where that has the shown ``day``, or no place of it the
    day of UTC."""
    if len(day) > 19:
        return moment.astimezone(datetime.fromisoformat(day).tzinfo).isoformat()
    known = bool(country) and country not in _NO_COUNTRY
    region = country if known else "".join(re.findall(r"[-_]([A-Za-z]{2})$", lang)).lower()
    local = [moment.astimezone(ZoneInfo(name)) for name in _zones(region)]
    if day:
        return next((m.isoformat() for m in local if m.date().isoformat() == day[:10]), day)
    days = {m.date() for m in local}
    return local[0].isoformat() if known and len(days) == 1 and moment.date() not in days else ""


@cache
def _zones(country: str) -> tuple[str, ...]:
    """The zones of a country, that of most newsrooms first."""
    from babel.core import get_global

    code = {"uk": "GB"}.get(country, country.upper())
    names = get_global("territory_zones").get(code, ()) if len(country) == 2 else ()
    main = _MAIN_ZONES.get(country, "")
    return tuple(dict.fromkeys(([main] if main else []) + list(names)))


__all__ = ["as_shown", "date_candidates", "rate_dates"]
