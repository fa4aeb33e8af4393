"""The date of a page: every day that it offers, their features, the choice among them, and the day
on which its readers saw it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta, timezone
from functools import cache
from operator import itemgetter
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
    near = [(_rank(c), day) for day, c in _pairs(days) if _is_near(c) and _CHANGE not in c.signs]
    return list(dict.fromkeys(day for _, day in sorted(near, key=itemgetter(0))))


def _rank(claim: Claim) -> tuple[bool, bool]:
    """The place of a claim among those near the headline."""
    in_words = claim.where == "a line" and _is_marked(claim)
    return "above the headline" in claim.signs, not in_words


def _believed(said: list[Claim]) -> list[Claim]:
    """A day's claims but those of data that call a moment the publication, and an earlier one a
    change."""
    moments = [(m, c) for c in said if _is_data(c) and (m := _moment(c.value))]
    first_change = min((m for m, c in moments if _CHANGE in c.signs), default=float("inf"))
    late = [c for m, c in moments if _CHANGE not in c.signs and m > first_change]
    return [_as_change(claim) if claim in late else claim for claim in said]


def _as_change(claim: Claim) -> Claim:
    return claim._replace(signs=(*claim.signs, _CHANGE))


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
    said = ((day, claim) for day, claim in _pairs(days) if _is_data(claim))
    return {day for day, claim in said if (_CHANGE in claim.signs) is changes}


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
    yield from parts_of(published)
    yield from signs_of(said)
    joint = dict.fromkeys((claim.where, _length_and_place(claim)) for claim in published)
    yield from (f"{where}: {' '.join(place)}" for where, place in joint if len(place) > 1)
    families = {_family(claim.where) for claim in published}
    yield f"agreed by {min(5, len(families))}"
    yield from _of_changes([claim for claim in said if _CHANGE in claim.signs], bool(published))
    if all(map(_is_elsewhere, said)):
        yield "only elsewhere"


def _of_changes(changes: list[Claim], is_published: bool) -> Iterator[str]:
    """Features of the claims that call a day that of a change."""
    if changes:
        yield "a change" if is_published else "only a change"
    if len({_family(claim.where) for claim in changes}) > 1:
        yield "a change for several"


def _is_data(claim: Claim) -> bool:
    return claim.where.startswith(("JSON-LD", "meta ", "microdata", "h-entry"))


def _of_data(day: str, days: dict[str, list[Claim]]) -> Iterator[str]:
    """Features of what a page's data call a day, and the others."""
    published = _days_of_data(days, changes=False)
    if day in published:
        yield "published by data" + (", others too" if len(published) > 1 else "")
    elif published:
        yield from _beside_published(day, published)
    if day in _days_of_data(days, changes=True):
        yield "changed by data" + (", others are published" if published - {day} else "")
        if published and day not in published:
            yield "changed by data, published on another day"


def _beside_published(day: str, published: set[str]) -> Iterator[str]:
    """How far a day is from those that data call that of the publication."""
    side = "later" if day > max(published) else "earlier"
    apart = min(abs(_apart(day, other)) for other in published)
    yield f"{side} than published by data{', by a day' if apart == 1 else ''}"
    if apart > 60:
        yield f"{side} than published by data, by months"


def _length_and_place(claim: Claim) -> tuple[str, ...]:
    ends = ("alone", "short", "in a sentence", "headline", "text", "far")
    return tuple(sign for sign in claim.signs if sign.endswith(ends))


def _of_voices(day: str, days: dict[str, list[Claim]]) -> Iterator[str]:
    """Features of what the parts of a page say of other days."""
    serious = [pair for pair in _pairs(days) if _is_serious(pair[1])]
    for voice in _VOICES:
        theirs = {d for d, c in serious if voice in (c.where, _family(c.where), *c.signs)}
        if theirs and day not in theirs:
            yield f"against {voice}{', a day apart' if _is_next_to(day, theirs) else ''}"


def _is_next_to(day: str, days: Iterable[str]) -> bool:
    return any(abs(_apart(day, other)) == 1 for other in days)


def _pairs(days: dict[str, list[Claim]]) -> Iterator[tuple[str, Claim]]:
    """Each day with each of its claims."""
    return ((day, claim) for day, said in days.items() for claim in said)


def _is_serious(claim: Claim) -> bool:
    return _CHANGE not in claim.signs and not _is_elsewhere(claim)


def _of_order(day: str, days: dict[str, list[Claim]], shown: Sequence[str]) -> Iterator[str]:
    """Features of a day's place among the others."""
    serious = [d for d, said in days.items() if not all(map(_is_elsewhere, said))] or [*days]
    others = set(serious) - {day}
    holds = (
        ("the earliest", others and day == min(serious)),
        ("the latest", others and day == max(serious)),
        ("the first shown", day in shown[:1]),
        ("the first of January", day.endswith("-01-01")),
        ("not shown, others are", shown and day not in shown),
    )
    return (feature for feature, does_hold in holds if does_hold)


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
    for offset in _offsets(moment, claims):
        local = moment.astimezone(timezone(offset))
        return local.isoformat() if local.date() != moment.date() else value
    visible = [claim.value for claim in claims.dates if _is_shown(claim)]
    if any(shown[:10] == value[:10] for shown in visible):
        return value
    near = {(moment + timedelta(hours=h)).date().isoformat() for h in (-8, 11)} - {value[:10]}
    day = next((shown for shown in visible if shown[:10] in near), "")
    return _local(moment, day, country, claims.lang) or value


def _offsets(moment: datetime, claims: Claims) -> Iterator[timedelta]:
    """How far the times of a page without a zone are from a moment, where that may be a zone's."""
    for clock in claims.clocks:
        offset = clock - moment.replace(tzinfo=None)
        is_zone = -12 <= offset / timedelta(hours=1) <= 14 and offset.seconds % 900 == 0
        if offset and is_zone:
            yield offset


def _local(moment: datetime, day: str, country: str, lang: str) -> str:
    """``moment`` in the time of a country, where that has the shown ``day``, or no place of it the
    day of UTC."""
    if len(day) > 19:
        return moment.astimezone(datetime.fromisoformat(day).tzinfo).isoformat()
    known = country not in ("", *_NO_COUNTRY)
    region = country if known else "".join(re.findall(r"[-_]([A-Za-z]{2})$", lang)).lower()
    local = [moment.astimezone(ZoneInfo(name)) for name in _zones(region)]
    if day:
        same = (place.isoformat() for place in local if place.date().isoformat() == day[:10])
        return next(same, day)
    days = {place.date() for place in local}
    is_other = known and len(days) == 1 and moment.date() not in days
    return local[0].isoformat() if is_other else ""


@cache
def _zones(country: str) -> tuple[str, ...]:
    """The zones of a country, that of most newsrooms first."""
    from babel.core import get_global

    code = {"uk": "GB"}.get(country, country.upper())
    names = get_global("territory_zones").get(code, ()) if len(country) == 2 else ()
    main = _MAIN_ZONES.get(country, "")
    return tuple(dict.fromkeys(([main] if main else []) + list(names)))


__all__ = ["as_shown", "date_candidates", "rate_dates"]
