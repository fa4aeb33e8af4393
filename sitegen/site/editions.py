"""Which articles belong to which edition.

Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import TypeVar

import msgspec

from sitegen.base.dates import in_zone
from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.base.groups import grouped
from sitegen.base.l10n import format_date
from sitegen.config.languages import series_language
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
_AnyEdition = TypeVar("_AnyEdition", Edition, ClosedEdition)


class _Given(Struct, frozen=True):
    """What the editions of one series are made from."""

    traits: _Traits
    series: EditionsConfig
    config: Config


def _editions(
    given: _Given, frozen: Sequence[ClosedEdition], known: dict[str, int]
) -> tuple[list[Edition], list[Diagnostic]]:
    """The editions of one series, whose files are ``frozen``."""
    closed = [_closed_edition(edition, known, given) for edition in frozen if edition.published]
    plans = _open_by_key(frozen)
    first = _number_after(closed)
    opened: list[Edition] = []
    for number, (key, members) in enumerate(_open(given, closed, _planned(plans, known)), first):
        edition = _open_edition(key, number, members, given)
        plan = plans.pop(key, None)
        opened.append(_as_planned(edition, plan, known, given) if plan else edition)
    return [*closed, *opened], [_empty(plan) for plan in plans.values()]


def _open_by_key(editions: Iterable[_AnyEdition]) -> dict[str, _AnyEdition]:
    """The editions of one series that are open, by their keys within it."""
    return {own_key(edition.key): edition for edition in editions if not edition.published}


def _number_after(closed: Sequence[Edition]) -> int:
    """The number of the first edition after those that are closed."""
    return 1 + max((edition.number for edition in closed), default=0)


def _planned(plans: Mapping[str, ClosedEdition], known: dict[str, int]) -> dict[int, str]:
    """The articles that files of open editions list, each with the key of its edition."""
    listed = [(name, key) for key, plan in plans.items() for name in plan.articles]
    return {known[name]: key for name, key in listed if name in known}


def _empty(plan: ClosedEdition) -> Diagnostic:
    message = f"no article is in the edition `{plan.key}` yet"
    return problem("edition", message, plan.path, level="note")


def _unknown(edition: ClosedEdition, known: dict[str, int]) -> Iterator[Diagnostic]:
    """A note for each article that a manifest lists, or leads with, and that is not published."""
    for name in dict.fromkeys([*edition.articles, *([edition.lead] if edition.lead else ())]):
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

    def traits(index: int) -> Traits:
        return traits_of(document(index), config, config.zone)

    ends = [traits_of(end, config, config.zone) if end else None for end in (old, new)]
    out: list[Edition] = []
    for series in config.series:
        was, now = (key_in(end, series) if end else "" for end in ends)
        move = _Move(was, now, number, renumbered, traits)
        before = [edition for edition in editions if edition.series == series.slug]
        found = _followed(before, move, series, config)
        if found is None:
            return None
        out += found
    return tuple(out)


class _Move(Struct, frozen=True):
    """An article that goes from one edition of a series to another; without a key it was in none,
    or will be.

    ``renumbered`` gives articles by their new numbers, ``traits`` what is known of one by its new
    number.
    """

    was: str
    now: str
    number: int
    renumbered: Callable[[Sequence[int]], tuple[int, ...]]
    traits: Callable[[int], Traits]


def _followed(
    editions: Sequence[Edition], move: _Move, series: EditionsConfig, config: Config
) -> list[Edition] | None:
    """The editions of one series after ``move``."""
    closed = [_renumbered(edition, move) for edition in editions if edition.published]
    before = _open_by_key(editions)
    groups = _members_after(before, move)
    if _moves_others(before, groups, move, series, bool(closed)):
        return None
    keys = [key for key in groups if groups[key]]
    if is_dated(series):
        keys.sort()
    opened: list[Edition] = []
    for number, key in enumerate(keys, _number_after(closed)):
        if key in (move.was, move.now):
            members = sorted(groups[key])
            given = _Given({i: move.traits(i) for i in members}, series, config)
            opened.append(_open_edition(key, number, members, given))
        else:
            edition = _renumbered(before[key], move)
            is_same = edition.number == number
            opened.append(edition if is_same else _titled(edition, number, key, series, config))
    return [*closed, *opened]


def _members_after(before: Mapping[str, Edition], move: _Move) -> dict[str, set[int]]:
    """The articles of each open edition after ``move``; none is left of some."""
    groups = {
        key: set(move.renumbered(edition.documents)) - {move.number}
        for key, edition in before.items()
    }
    if move.now:
        groups.setdefault(move.now, set()).add(move.number)
    return groups


def _moves_others(
    before: Mapping[str, Edition],
    groups: Mapping[str, set[int]],
    move: _Move,
    series: EditionsConfig,
    has_closed_ones: bool,
) -> bool:
    """Whether further articles may go to another edition: late ones go into the oldest that is
    open, and names of editions are in the order of their articles."""
    keys = {move.was, move.now} - {""}
    if keys and not is_dated(series):
        return True
    if not has_closed_ones:
        return False
    return not keys <= before.keys() or not all(groups.values())


def _renumbered(edition: Edition, move: _Move) -> Edition:
    """``edition`` with its articles by their new numbers."""
    lead = None if edition.lead is None else move.renumbered((edition.lead,))[0]
    documents = move.renumbered(edition.documents)
    return msgspec.structs.replace(edition, documents=documents, lead=lead)


def _references(traits: _Traits) -> dict[str, int]:
    """What a manifest may call each article by: its id, else its path.

    A withdrawn one is not listed any more.
    """
    shown = [(i, t) for i, t in traits.items() if not t.withdrawn]
    return {t.path: i for i, t in shown} | {t.id: i for i, t in shown if t.id}


def _open(
    given: _Given, closed: Sequence[Edition], planned: dict[int, str]
) -> list[tuple[str, list[int]]]:
    """The editions of a series that are not closed, oldest first, with their articles; ``planned``
    are those that the file of an open edition lists, each with the key of that edition."""
    kind = given.series.kind
    over = {own_key(edition.key) for edition in closed}
    last = max((key for key in over if first_day(kind, key)), default="")
    groups = grouped(_wanted(given, closed, planned))
    late = _take_late(groups, over, last, kind)
    order = sorted(groups) if kind != "key" else list(groups)
    if late and (order or last):
        order = order or [successor(kind, last)]
        groups[order[0]] = sorted([*groups.get(order[0], ()), *late])
    return [(key, groups[key]) for key in order]


def _take_late(
    groups: dict[str, list[int]], over: Container[str], last: str, kind: str
) -> list[int]:
    """Remove from ``groups`` the editions that are closed, or older than the ``last`` one that is,
    and return their articles."""
    keys = [key for key in groups if key in over or (kind != "key" and key <= last)]
    return list(chain.from_iterable(map(groups.pop, keys)))


def _wanted(
    given: _Given, closed: Sequence[Edition], planned: dict[int, str]
) -> Iterator[tuple[str, int]]:
    """The articles that are in no closed edition, each after the key of the edition that it would
    be in if none were closed."""
    taken = set().union(*(edition.documents for edition in closed))
    for index, trait in given.traits.items():
        key = planned.get(index) or key_in(trait, given.series)
        if key and index not in taken:
            yield key, index


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
            format_date(moment.isoformat(), style, series_language(series, config))
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
