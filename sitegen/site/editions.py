"""Which articles belong to which edition.

Pure.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from sitegen.base.dates import in_zone
from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.base.l10n import format_date
from sitegen.base.text import slugify
from sitegen.config.schema import Config
from sitegen.model.article import Comment, Document
from sitegen.model.base import Struct
from sitegen.model.site import ClosedEdition, Edition, Site

_KEYS = {"daily": r"\d{4}-\d\d-\d\d", "weekly": r"\d{4}-w\d\d", "monthly": r"\d{4}-\d\d"}
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
    return bool(config.editions.kind) and all(name in templates for name in needed)


def editions(
    site: Site, config: Config, frozen: tuple[ClosedEdition, ...]
) -> tuple[tuple[Edition, ...], list[Diagnostic]]:
    """Every edition, oldest first, and what in the manifests of closed ones leads nowhere.

    A closed edition holds what its manifest lists; what the file of an open one lists comes first
    in it. Any other article goes into the edition of its
    time; where that one, or a newer one, is closed, into the oldest that is open. So what has been
    published changes no more.
    """
    if not config.editions.kind:
        return (), []
    traits = {i: _traits(site.documents[i], config.zone) for i in site.articles}
    return _editions(traits, config, frozen)


class _EditionTraits(Struct, frozen=True):
    """Of an article all that counts when it is put into an edition."""

    path: str
    id: str
    date: str
    section: str
    edition: str
    weight: int
    lead: bool
    withdrawn: bool


_Traits = dict[int, _EditionTraits]  # by the number of the article


def _traits(d: Document, zone: ZoneInfo) -> _EditionTraits:
    return _EditionTraits(
        d.path,
        d.id,
        in_zone(d.date, zone)[:10],
        d.section,
        d.edition,
        d.weight,
        d.lead,
        d.status == "withdrawn",
    )


def _editions(
    traits: _Traits, config: Config, frozen: tuple[ClosedEdition, ...]
) -> tuple[tuple[Edition, ...], list[Diagnostic]]:
    out: list[Edition] = []
    known = _references(traits)
    problems = [note for edition in frozen for note in _unknown(edition, known)]
    taken: set[int] = set()
    plans = {edition.key: edition for edition in frozen if not edition.published}
    for closed in (edition for edition in frozen if edition.published):
        out.append(_closed_edition(closed, known, config))
        taken.update(out[-1].documents)
    planned = {
        known[name]: plan.key for plan in plans.values() for name in plan.articles if name in known
    }
    number = max((e.number for e in out), default=0)
    for key, members in _open(traits, config, taken, [e.key for e in out], planned):
        number += 1
        edition = _open_edition(key, number, members, traits, config)
        plan = plans.pop(key, None)
        out.append(_as_planned(edition, plan, known, traits, config) if plan else edition)
    for plan in plans.values():
        message = f"no article is in the edition `{plan.key}` yet"
        problems.append(problem("edition", message, plan.path, level="note"))
    return tuple(out), problems


def _unknown(edition: ClosedEdition, known: dict[str, int]) -> Iterator[Diagnostic]:
    """A note for each article that a manifest lists and that is not published."""
    for name in edition.articles:
        if name not in known:
            message = f"lists `{name}`, which is not published"
            hint = "remove the line if it is gone for good"
            yield problem("edition", message, edition.path, help=hint, level="note")


def _closed_edition(closed: ClosedEdition, known: dict[str, int], config: Config) -> Edition:
    published = in_zone(closed.published, config.zone)
    day = first_day(config.editions.kind, closed.key) or published[:10]
    title = closed.title or edition_title(closed.key, closed.number, day, config)
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
    )


def _as_planned(
    edition: Edition, plan: ClosedEdition, known: dict[str, int], traits: _Traits, config: Config
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
        lead=lead if lead in members else _lead(traits, order, config),
        intro=plan.intro,
        outro=plan.outro,
        comments=plan.comments,
    )


def _open_edition(
    key: str, number: int, members: list[int], traits: _Traits, config: Config
) -> Edition:
    """An edition that is not closed; ``members`` are its articles, oldest first."""
    ordered = _ordered(traits, members, config)
    day = first_day(config.editions.kind, key) or min(traits[i].date for i in members)
    written = (
        next((t.edition for i in members if (t := traits[i]).edition), key)
        if config.editions.kind == "key"
        else key
    )
    title = edition_title(written, number, day, config)
    lead = _lead(traits, ordered, config)
    return Edition(key, number, title, _address(key), day, ordered, lead)


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
    was, now = (_own_key(_traits(d, config.zone), config) if d else "" for d in (old, new))
    closed = [e for e in editions if e.published]
    groups = {e.key: set(renumbered(e.documents)) - {number} for e in editions if not e.published}
    unknown = {was, now} - {"", *groups}
    if (was or now) and (config.editions.kind == "key" or (closed and unknown)):
        return None
    if now:
        groups.setdefault(now, set()).add(number)
    if closed and not all(groups.values()):
        return None
    before = {e.key: e for e in editions}
    out = [_renumbered(e, renumbered) for e in closed]
    count = max((e.number for e in closed), default=0)
    keys = [key for key in groups if groups[key]]
    for key in keys if config.editions.kind == "key" else sorted(keys):
        count += 1
        if key in (was, now):
            traits = {i: _traits(document(i), config.zone) for i in groups[key]}
            out.append(_open_edition(key, count, sorted(traits), traits, config))
        else:
            edition = _renumbered(before[key], renumbered)
            if edition.number != count:
                title = edition_title(key, count, edition.date, config)
                edition = msgspec.structs.replace(edition, number=count, title=title)
            out.append(edition)
    return tuple(out)


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
    traits: _Traits,
    config: Config,
    taken: set[int],
    closed: list[str],
    planned: dict[int, str],
) -> list[tuple[str, list[int]]]:
    """The editions that are not closed, oldest first, with their articles; ``planned`` are those
    that the file of an open edition lists, each with the key of that edition."""
    kind = config.editions.kind
    last = max((k for k in closed if first_day(kind, k)), default="")
    groups: dict[str, list[int]] = defaultdict(list)
    late: list[int] = []
    for index, trait in traits.items():
        if index in taken:
            continue
        key = planned.get(index) or _own_key(trait, config)
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


def _own_key(article: _EditionTraits, config: Config) -> str:
    """The edition that an article belongs to, whatever is closed; empty for none."""
    sections = config.editions.sections
    if article.withdrawn or (sections and article.section not in sections):
        return ""
    return _key(article, config.editions.kind)


def _key(article: _EditionTraits, kind: str) -> str:
    """The edition that an article belongs to by its own ``edition:``, else by its day in the site's
    zone."""
    own = slugify(article.edition) if article.edition else ""
    if kind == "key" or (own and re.fullmatch(_KEYS[kind], own) and first_day(kind, own)):
        return own
    return _key_of_day(article.date, kind)


@lru_cache(maxsize=10_000)
def _key_of_day(day: str, kind: str) -> str:
    if kind == "weekly":
        year, week, _ = date.fromisoformat(day).isocalendar()
        return f"{year:04}-w{week:02}"
    return day[:7] if kind == "monthly" else day


def first_day(kind: str, key: str) -> str:
    """The first day of an edition's time, or nothing for a key that is not a date."""
    if kind not in _KEYS or not re.fullmatch(_KEYS[kind], key):
        return ""
    try:
        if kind == "weekly":
            return date.fromisocalendar(int(key[:4]), int(key[6:]), 1).isoformat()
        return date.fromisoformat(key if kind == "daily" else f"{key}-01").isoformat()
    except ValueError:
        return ""


def successor(kind: str, key: str) -> str:
    """The key of the following day, week or month."""
    days = {"daily": 1, "weekly": 7, "monthly": 31}[kind]
    return _key_of_day(
        (date.fromisoformat(first_day(kind, key)) + timedelta(days)).isoformat(), kind
    )


def ended(edition: Edition, config: Config, now: float) -> bool:
    """Whether the time of an open edition is over at ``now``; one that is not bound to time never
    ends by itself."""
    kind = config.editions.kind
    if not first_day(kind, edition.key):
        return False
    end = datetime.fromisoformat(first_day(kind, successor(kind, edition.key))).replace(
        tzinfo=config.zone
    )
    return end.timestamp() <= now


def is_key(kind: str, key: str) -> bool:
    """Whether an edition of this kind can have the key ``key``."""
    return slugify(key) == key and bool(key) and (kind == "key" or bool(first_day(kind, key)))


def open_edition(kind: str, day: str, closed: Container[str]) -> str:
    """The key of the edition that is open on ``day``: that of its time, or the next one that is
    not closed; empty where editions are not bound to time."""
    if kind not in _KEYS:
        return ""
    key = _key_of_day(day, kind)
    while key in closed:
        key = successor(kind, key)
    return key


def edition_title(key: str, number: int, day: str, config: Config) -> str:
    """The title by the pattern of site.yaml."""
    pattern = config.editions.title or _TITLES[config.editions.kind]
    first = date.fromisoformat(day)
    last = first + timedelta({"weekly": 6}.get(config.editions.kind, 0))
    year, week, _ = first.isocalendar()
    values = {
        "key": key,
        "number": str(number),
        "week": str(week),
        "year": str(year if "{week}" in pattern else first.year),
    }
    words = {"date": (first, "long"), "end": (last, "long"), "month": (first, "month")}
    for name, (moment, style) in words.items():
        values[name] = (
            format_date(moment.isoformat(), style, config.language)
            if f"{{{name}}}" in pattern
            else ""
        )
    return pattern.format(**values)


def _address(key: str) -> str:
    return f"/edition/{key}/"


def _ordered(traits: _Traits, members: list[int], config: Config) -> tuple[int, ...]:
    """By weight, then by date: the newest first, or the oldest."""
    sign = -1 if config.editions.order == "newest" else 1
    return tuple(sorted(members, key=lambda i: (traits[i].weight, sign * i)))


def _lead(traits: _Traits, members: tuple[int, ...], config: Config) -> int | None:
    if config.editions.lead == "none" or not members:
        return None
    flagged = [i for i in members if traits[i].lead] if config.editions.lead == "flag" else []
    return flagged[0] if flagged else members[0]


def manifest(edition: Edition, site: Site, published: str) -> str:
    """What `sitegen edition close` writes: for people to read, with the headline of each article
    beside it."""

    def name(index: int) -> str:
        return json.dumps(
            site.documents[index].id or site.documents[index].path, ensure_ascii=False
        )

    def entry(index: int) -> str:
        document = site.documents[index]
        comment = edition.comments.get(document.id) or edition.comments.get(document.path)
        said = f"{{article: {name(index)}, comment: {_said(comment)}}}" if comment else name(index)
        return f"- {said}  # {document.title}"

    rows = [
        (
            "# A closed edition: its page holds these articles in this order, whatever is published"
            " later."
        ),
        (
            "# An article is named by its `id`, else by its path. Deleting this file opens the"
            " edition again."
        ),
        f"number: {edition.number}",
        f"title: {json.dumps(edition.title, ensure_ascii=False)}",
        f"published: {published}",
        *([f"intro: {_said(edition.intro)}"] if edition.intro else []),
        *([f"outro: {_said(edition.outro)}"] if edition.outro else []),
        *([f"lead: {name(edition.lead)}"] if edition.lead is not None else []),
        "articles:" if edition.documents else "articles: []",
        *(entry(index) for index in edition.documents),
    ]
    return "\n".join(rows) + "\n"


def _said(comment: Comment) -> str:
    """The editor's words as a manifest has them; JSON is YAML."""
    fields = {"text": comment.text, **({"by": comment.by} if comment.by else {})}
    return json.dumps(fields, ensure_ascii=False)
