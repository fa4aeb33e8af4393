"""Which articles belong to which edition.

Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from datetime import date

import msgspec

from sitegen.base.dates import in_zone
from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.base.l10n import format_date
from sitegen.config.schema import Config, EditionsConfig
from sitegen.model.article import Comment, Document
from sitegen.model.base import Struct
from sitegen.model.site import ClosedEdition, Edition, Site
from sitegen.site.membership import Traits, key_in, traits_of, written_key
from sitegen.site.periods import (
    days_of,
    first_day,
    full_key,
    has_closed,
    is_dated,
    own_key,
    series_of,
    successor,
)

_TITLES = {"daily": "{date}", "weekly": "{date} – {end}", "monthly": "{month}", "key": "{key}"}


def with_editions(
    site: Site,
    config: Config,
    frozen: tuple[ClosedEdition, ...],
    templates: Container[str],
) -> tuple[Site, list[Diagnostic]]:
    """``site`` with its editions, if the theme can show them."""
    if not shows_editions(config, templates):
        return site, []
    found, problems = editions(site, config, frozen)
    return msgspec.structs.replace(site, editions=found), problems


def shows_editions(config: Config, templates: Container[str]) -> bool:
    """Whether the site has editions, and the theme can show them."""
    needed = ("edition.html", "editions.html")
    return bool(config.series) and all(name in templates for name in needed)


def editions(
    site: Site, config: Config, frozen: tuple[ClosedEdition, ...]
) -> tuple[tuple[Edition, ...], list[Diagnostic]]:
    """Every edition by series, the oldest of each first, and what in the manifests of closed ones
    leads nowhere.

    A closed edition holds what its manifest lists; what the file of an open one lists comes first
    in it. Any other article goes into the edition that it names, or that of its time; where that
    one, or a newer one, is closed, into the oldest that is open. So what has been published changes
    no more.
    """
    if not config.series:
        return (), []
    traits = {i: traits_of(site.documents[i], config, config.zone) for i in site.articles}
    known = _references(traits)
    found: list[Edition] = []
    problems = [note for edition in frozen for note in _unknown(edition, known)]
    for series in config.series:
        files = [edition for edition in frozen if series_of(edition.key, config) == series]
        given = _Given(traits, series, config)
        made, notes = _editions(given, files, known)
        found += made
        problems += notes
    return tuple(found), problems


_Traits = dict[int, Traits]  # by the number of the article


class _Given(Struct, frozen=True):
    """What the editions of one series are made from."""

    traits: _Traits
    series: EditionsConfig
    config: Config


def _editions(
    given: _Given, frozen: Sequence[ClosedEdition], known: dict[str, int]
) -> tuple[list[Edition], list[Diagnostic]]:
    """The editions of one series, whose files are ``frozen``."""
    out: list[Edition] = []
    taken: set[int] = set()
    plans = {own_key(edition.key): edition for edition in frozen if not edition.published}
    for closed in (edition for edition in frozen if edition.published):
        out.append(_closed_edition(closed, known, given))
        taken.update(out[-1].documents)
    planned = {known[name]: key for key in plans for name in plans[key].articles if name in known}
    number = max((e.number for e in out), default=0)
    for key, members in _open(given, taken, [own_key(e.key) for e in out], planned):
        number += 1
        edition = _open_edition(key, number, members, given)
        plan = plans.pop(key, None)
        out.append(_as_planned(edition, plan, known, given) if plan else edition)
    return out, [_empty(plan) for plan in plans.values()]


def _empty(plan: ClosedEdition) -> Diagnostic:
    message = f"no article is in the edition `{plan.key}` yet"
    return problem("edition", message, plan.path, level="note")


def _unknown(edition: ClosedEdition, known: dict[str, int]) -> Iterator[Diagnostic]:
    """A note for each article that a manifest lists and that is not published."""
    for name in edition.articles:
        if name not in known:
            message = f"lists `{name}`, which is not published"
            hint = "remove the line if it is gone for good"
            yield problem("edition", message, edition.path, help=hint, level="note")


def _closed_edition(closed: ClosedEdition, known: dict[str, int], given: _Given) -> Edition:
    published = in_zone(closed.published, given.config.zone)
    key = own_key(closed.key)
    day = first_day(given.series.kind, key) or published[:10]
    title = closed.title or edition_title(key, closed.number, day, given.series, given.config)
    return Edition(
        closed.key,
        closed.number,
        title,
        _address(closed.key),
        day,
        tuple(known[name] for name in closed.articles if name in known),
        known.get(closed.lead),
        published,
        closed.intro,
        closed.outro,
        closed.comments,
        given.series.slug,
    )


def _as_planned(
    edition: Edition, plan: ClosedEdition, known: dict[str, int], given: _Given
) -> Edition:
    """An open edition with what its file says: the articles that it lists first, in that order."""
    members = set(edition.documents)
    first = [known[name] for name in plan.articles if known.get(name) in members]
    order = tuple(dict.fromkeys((*first, *edition.documents)))
    lead = known.get(plan.lead)
    return msgspec.structs.replace(
        edition,
        title=plan.title or edition.title,
        documents=order,
        lead=lead if lead in members else _lead(given, order),
        intro=plan.intro or edition.intro,
        outro=plan.outro,
        comments=plan.comments,
    )


def _open_edition(key: str, number: int, members: list[int], given: _Given) -> Edition:
    """An edition that is not closed; ``members`` are its articles, oldest first."""
    traits, series = given.traits, given.series
    ordered = _ordered(given, members)
    day = first_day(series.kind, key) or min(traits[i].moment[:10] for i in members)
    name = full_key(series, key)
    edition = Edition(
        name, number, "", _address(name), day, ordered, _lead(given, ordered), series=series.slug
    )
    written = (written_key(traits[i], series) for i in members)
    shown = key if is_dated(series) else next(filter(None, written), key)
    return _titled(edition, number, shown, series, given.config)


def _titled(
    edition: Edition, number: int, key: str, series: EditionsConfig, config: Config
) -> Edition:
    """An open edition with this number, and what the patterns of site.yaml make of it."""
    count = len(edition.documents)
    return msgspec.structs.replace(
        edition,
        number=number,
        title=edition_title(key, number, edition.date, series, config),
        intro=_intro(key, number, edition.date, count, series, config),
    )


def follow_editions(
    editions: tuple[Edition, ...],
    renumbered: Callable[[Sequence[int]], tuple[int, ...]],
    old: Document | None,
    new: Document | None,
    number: int,
    document: Callable[[int], Document],
    config: Config,
) -> tuple[Edition, ...] | None:
    """What `editions` gives after one article, which is in no closed edition, has changed from
    ``old`` to ``new``.

    ``editions`` are those before, ``renumbered`` gives articles by their new numbers, ``number`` is
    that of the changed one, ``document`` gives an article by its number. None where articles may
    go from one edition to another.
    """
    zone = config.zone
    was, now = (traits_of(d, config, zone) if d else None for d in (old, new))

    def traits(index: int) -> Traits:
        return traits_of(document(index), config, zone)

    out: list[Edition] = []
    for series in config.series:
        before = [e for e in editions if e.series == series.slug]
        keys = tuple(key_in(one, series) if one else "" for one in (was, now))
        found = _followed(before, renumbered, keys, number, traits, _Given({}, series, config))
        if found is None:
            return None
        out += found
    return tuple(out)


def _followed(
    editions: Sequence[Edition],
    renumbered: Callable[[Sequence[int]], tuple[int, ...]],
    keys: tuple[str, ...],
    number: int,
    traits: Callable[[int], Traits],
    given: _Given,
) -> list[Edition] | None:
    """The editions of one series after the edit of an article that went from one of ``keys`` to
    the other."""
    was, now = keys
    series, config = given.series, given.config
    closed = [e for e in editions if e.published]
    groups = {
        own_key(e.key): set(renumbered(e.documents)) - {number} for e in editions if not e.published
    }
    unknown = {was, now} - {"", *groups}
    if (was or now) and (not is_dated(series) or (closed and unknown)):
        return None
    if now:
        groups.setdefault(now, set()).add(number)
    if closed and not all(groups.values()):
        return None
    before = {own_key(e.key): e for e in editions}
    out = [_renumbered(e, renumbered) for e in closed]
    count = max((e.number for e in closed), default=0)
    names = [key for key in groups if groups[key]]
    for key in sorted(names) if is_dated(series) else names:
        count += 1
        if key in (was, now):
            members = sorted(groups[key])
            around = _Given({i: traits(i) for i in members}, series, config)
            out.append(_open_edition(key, count, members, around))
        else:
            edition = _renumbered(before[key], renumbered)
            moved = edition.number != count
            out.append(_titled(edition, count, key, series, config) if moved else edition)
    return out


def _renumbered(
    edition: Edition, renumbered: Callable[[Sequence[int]], tuple[int, ...]]
) -> Edition:
    """``edition`` with its articles by their new numbers."""
    lead = None if edition.lead is None else renumbered((edition.lead,))[0]
    documents = renumbered(edition.documents)
    return msgspec.structs.replace(edition, documents=documents, lead=lead)


def _references(traits: _Traits) -> dict[str, int]:
    """What a manifest may call each article by: its id, else its path.

    A withdrawn one is not listed any more.
    """
    shown = [(i, t) for i, t in traits.items() if not t.withdrawn]
    return {t.path: i for i, t in shown} | {t.id: i for i, t in shown if t.id}


def _open(
    given: _Given, taken: set[int], closed: list[str], planned: dict[int, str]
) -> list[tuple[str, list[int]]]:
    """The editions of a series that are not closed, oldest first, with their articles; ``planned``
    are those that the file of an open edition lists, each with the key of that edition."""
    kind = given.series.kind
    last = max((k for k in closed if first_day(kind, k)), default="")
    groups: dict[str, list[int]] = defaultdict(list)
    late: list[int] = []
    for index, trait in given.traits.items():
        if index in taken:
            continue
        key = planned.get(index) or key_in(trait, given.series)
        if key and (key in closed or (kind != "key" and key <= last)):
            late.append(index)
        elif key:
            groups[key].append(index)
    order = sorted(groups) if kind != "key" else list(groups)
    if late and (order or last):
        following = order[0] if order else successor(kind, last)
        groups[following] = sorted([*groups[following], *late])
        order = order or [following]
    return [(key, groups[key]) for key in order]


def ended(edition: Edition, config: Config, now: float) -> bool:
    """Whether the time of an open edition is over at ``now``; one that is not bound to time never
    ends by itself."""
    series = series_of(edition.key, config)
    return series is not None and has_closed(series, own_key(edition.key), config.zone, now)


# Titles ---------------------------------------------------------------------------------------
def edition_title(key: str, number: int, day: str, series: EditionsConfig, config: Config) -> str:
    """The title of an edition by the pattern of its series; ``day`` is its first day."""
    return _filled(series.title or _TITLES[series.kind], key, number, day, series, config)


def _intro(
    key: str, number: int, day: str, count: int, series: EditionsConfig, config: Config
) -> Comment | None:
    """The words before an edition that has none of its own yet."""
    if not series.intro:
        return None
    pattern = series.intro.replace("{count}", str(count))
    return Comment(_filled(pattern, key, number, day, series, config))


def _filled(
    pattern: str, key: str, number: int, day: str, series: EditionsConfig, config: Config
) -> str:
    """A pattern of site.yaml with the facts of an edition."""
    known = date.fromisoformat(day)
    start, end = (date.fromisoformat(one) for one in days_of(series, key, day))
    year, week, _ = known.isocalendar()
    values = {
        "key": key,
        "number": str(number),
        "week": str(week),
        "year": str(year if "{week}" in pattern else known.year),
    }
    words = {"date": (start, "long"), "end": (end, "long"), "month": (known, "month")}
    for name, (moment, style) in words.items():
        values[name] = (
            format_date(moment.isoformat(), style, config.language)
            if f"{{{name}}}" in pattern
            else ""
        )
    return pattern.format(**values)


def _address(key: str) -> str:
    return f"/edition/{key}/"


def _ordered(given: _Given, members: list[int]) -> tuple[int, ...]:
    """By weight, then by date: the newest first, or the oldest."""
    sign = -1 if given.series.order == "newest" else 1
    return tuple(sorted(members, key=lambda i: (given.traits[i].weight, sign * i)))


def _lead(given: _Given, members: tuple[int, ...]) -> int | None:
    choice = given.series.lead
    if choice == "none" or not members:
        return None
    flagged = [i for i in members if given.traits[i].lead] if choice == "flag" else []
    return flagged[0] if flagged else members[0]


# The record of a closed edition ---------------------------------------------------------------
