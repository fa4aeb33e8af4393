"""Editions: which articles stand in which, and their pages. Pure."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Container, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from html import escape
from zoneinfo import ZoneInfo

import msgspec

from sitegen.base.dates import in_zone
from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.base.locales import format_date
from sitegen.base.memo import Memo
from sitegen.base.text import href, slugify
from sitegen.config import Config
from sitegen.lists import blocks, output_path
from sitegen.model import (
    Block,
    Card,
    Document,
    Edition,
    EditionLine,
    EditionsView,
    EditionView,
    FeedItem,
    FeedLink,
    FeedView,
    Frozen,
    Issue,
    Link,
    Page,
    Site,
    Struct,
)
from sitegen.site import section_link
from sitegen.syndicate import FORMATS, feed_links, latest

INDEX = "/editions/"
FEED_HEADLINES = 6
HEADLINES = 4  # beside the lead, on the front page
_KEYS = {"daily": r"\d{4}-\d\d-\d\d", "weekly": r"\d{4}-w\d\d", "monthly": r"\d{4}-\d\d"}
_TITLES = {"daily": "{date}", "weekly": "{date} – {end}", "monthly": "{month}", "key": "{key}"}


def with_editions(
    site: Site, config: Config, frozen: tuple[Frozen, ...], templates: Container[str], memo: Memo | None = None
) -> tuple[Site, list[Diagnostic]]:
    """``site`` with its editions, if the theme can show them."""
    if "edition.html" not in templates or "editions.html" not in templates:
        return site, []
    found, problems = editions(site, config, frozen, memo)
    return msgspec.structs.replace(site, editions=found), problems


def editions(
    site: Site, config: Config, frozen: tuple[Frozen, ...], memo: Memo | None = None
) -> tuple[tuple[Edition, ...], list[Diagnostic]]:
    """Every edition, oldest first, and what in the manifests of closed ones leads nowhere.

    A closed edition holds what its manifest lists. Any other article goes into the edition of its time; where that
    one, or a newer one, is closed, into the oldest that is open. So what has been published changes no more.
    """
    if not config.editions.kind:
        return (), []
    memo = memo or Memo(0)
    traits = memo.each("issued", partial(_traits, zone=config.zone), site.documents, config.timezone)
    return memo.whole("editions", (config, frozen, traits), lambda: _editions(traits, config, frozen))


class _Traits(Struct, frozen=True):
    """Of an article all that counts when it is put into an edition."""

    path: str
    id: str
    date: str
    section: str
    edition: str
    weight: int
    lead: bool
    withdrawn: bool


def _traits(d: Document, zone: ZoneInfo) -> _Traits:
    return _Traits(d.path, d.id, in_zone(d.date, zone)[:10], d.section, d.edition, d.weight, d.lead, d.status == "withdrawn")


def _editions(traits: list[_Traits], config: Config, frozen: tuple[Frozen, ...]) -> tuple[tuple[Edition, ...], list[Diagnostic]]:
    out: list[Edition] = []
    problems: list[Diagnostic] = []
    known = _references(traits)
    taken: set[int] = set()
    for closed in frozen:
        members = []
        for name in closed.articles:
            if name in known:
                members.append(known[name])
            else:
                message = f"lists `{name}`, which is not published"
                problems.append(problem("edition", message, closed.path, help="remove the line if it is gone for good", level="note"))
        taken.update(members)
        lead = known.get(closed.lead)
        published = in_zone(closed.published, config.zone)
        day = first_day(config.editions.kind, closed.key) or published[:10]
        title = closed.title or edition_title(closed.key, closed.number, day, config)
        out.append(Edition(closed.key, closed.number, title, _address(closed.key), day, tuple(members), lead, published))
    number = max((e.number for e in out), default=0)
    for key, members in _open(traits, config, taken, [e.key for e in out]):
        number += 1
        ordered = _ordered(traits, members, config)
        day = first_day(config.editions.kind, key) or min(traits[i].date for i in members)
        written = next((t.edition for i in members if (t := traits[i]).edition), key) if config.editions.kind == "key" else key
        title = edition_title(written, number, day, config)
        out.append(Edition(key, number, title, _address(key), day, ordered, _lead(traits, ordered, config)))
    return tuple(out), problems


def _references(traits: list[_Traits]) -> dict[str, int]:
    """What a manifest may call each article by: its id, else its path. A withdrawn one is not listed any more."""
    shown = [(i, t) for i, t in enumerate(traits) if not t.withdrawn]
    return {t.path: i for i, t in shown} | {t.id: i for i, t in shown if t.id}


def _open(traits: list[_Traits], config: Config, taken: set[int], closed: list[str]) -> list[tuple[str, list[int]]]:
    """The editions that are not closed, oldest first, with their articles."""
    kind, sections = config.editions.kind, set(config.editions.sections)
    last = max((k for k in closed if first_day(kind, k)), default="")
    groups: dict[str, list[int]] = defaultdict(list)
    late: list[int] = []
    for index, trait in enumerate(traits):
        if trait.withdrawn or index in taken or (sections and trait.section not in sections):
            continue
        key = _key(trait, kind)
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


def _key(article: _Traits, kind: str) -> str:
    """The edition that an article belongs to by its own ``edition:``, else by its day in the site's zone."""
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
    """The first day of an edition's time, or nothing for a key that is no time."""
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
    return _key_of_day((date.fromisoformat(first_day(kind, key)) + timedelta(days)).isoformat(), kind)


def ended(edition: Edition, config: Config, now: float) -> bool:
    """Whether the time of an open edition is over at ``now``; one that is not bound to time never ends by itself."""
    kind = config.editions.kind
    if not first_day(kind, edition.key):
        return False
    end = datetime.fromisoformat(first_day(kind, successor(kind, edition.key))).replace(tzinfo=config.zone)
    return end.timestamp() <= now


def edition_title(key: str, number: int, day: str, config: Config) -> str:
    """The title by the pattern of site.yaml."""
    pattern = config.editions.title or _TITLES[config.editions.kind]
    first = date.fromisoformat(day)
    last = first + timedelta({"weekly": 6}.get(config.editions.kind, 0))
    year, week, _ = first.isocalendar()
    values = {"key": key, "number": str(number), "week": str(week), "year": str(year if "{week}" in pattern else first.year)}
    words = {"date": (first, "long"), "end": (last, "long"), "month": (first, "month")}
    for name, (moment, style) in words.items():
        values[name] = format_date(moment.isoformat(), style, config.language) if f"{{{name}}}" in pattern else ""
    return pattern.format(**values)


def _address(key: str) -> str:
    return f"/edition/{key}/"


def _ordered(traits: list[_Traits], members: list[int], config: Config) -> tuple[int, ...]:
    """By weight, then by date: the newest first, or the oldest."""
    sign = -1 if config.editions.order == "newest" else 1
    return tuple(sorted(members, key=lambda i: (traits[i].weight, sign * i)))


def _lead(traits: list[_Traits], members: tuple[int, ...], config: Config) -> int | None:
    if config.editions.lead == "none" or not members:
        return None
    flagged = [i for i in members if traits[i].lead] if config.editions.lead == "flag" else []
    return flagged[0] if flagged else members[0]


def manifest(edition: Edition, site: Site, published: str) -> str:
    """What `sitegen edition close` writes: for people to read, with the headline of each article beside it."""

    def name(index: int) -> str:
        return json.dumps(site.documents[index].id or site.documents[index].path, ensure_ascii=False)

    rows = [
        "# A closed edition: its page holds these articles in this order, whatever is published later.",
        "# An article is named by its `id`, else by its path. Deleting this file opens the edition again.",
        f"number: {edition.number}",
        f"title: {json.dumps(edition.title, ensure_ascii=False)}",
        f"published: {published}",
        *([f"lead: {name(edition.lead)}"] if edition.lead is not None else []),
        "articles:" if edition.documents else "articles: []",
        *(f"- {name(i)}  # {site.documents[i].title}" for i in edition.documents),
    ]
    return "\n".join(rows) + "\n"


def edition_pages(site: Site, config: Config, memo: Memo | None = None) -> Iterator[Page]:
    """The page of every edition, their index and their feed."""
    all_editions = site.editions
    if not all_editions:
        return
    table = (memo or Memo(0)).table("edition pages", config)
    for older, edition, newer in zip((None, *all_editions), all_editions, (*all_editions[1:], None), strict=False):
        lead = () if edition.lead is None else (edition.lead,)  # a manifest may name one that it does not list
        shown = [(site.cards[i], site.documents[i].section, site.documents[i].noindex) for i in (*lead, *edition.documents)]
        made_from = (edition, older, newer, shown)
        yield table.get(edition.url, None, made_from, partial(_edition_page, site, edition, older, newer, config))
    yield from _index(site, config, all_editions)
    yield from _feed(site, config, all_editions)


def _edition_page(site: Site, edition: Edition, older: Edition | None, newer: Edition | None, config: Config) -> Page:
    view = EditionView(
        title=edition.title,
        url=edition.url,
        key=edition.key,
        number=edition.number,
        date=edition.date,
        lead=site.cards[edition.lead] if edition.lead is not None else None,
        blocks=_blocks(site, edition, config),
        published=edition.published,
        newer=Link(newer.title, newer.url) if newer else None,
        older=Link(older.title, older.url) if older else None,
        feeds=feed_links("edition", INDEX, config),
        copies=copies(handed_out(site, edition), config),
    )
    return Page(output_path(edition.url), "edition.html", view, f"edition `{edition.key}`")


def front_issue(site: Site) -> Issue | None:
    """The edition of which the front page tells: the newest that is closed, else the newest; none where nothing of it is published."""
    told = next((e for e in reversed(site.editions) if e.published and e.documents), None)
    edition = told or next((e for e in reversed(site.editions) if e.documents), None)
    if not edition:
        return None
    lead = edition.documents[0] if edition.lead is None else edition.lead
    others = [i for i in edition.documents if i != lead and site.documents[i].status != "withdrawn"][:HEADLINES]
    return Issue(edition.title, edition.url, edition.number, site.cards[lead], tuple(site.cards[i] for i in others))


def handed_out(site: Site, edition: Edition) -> Edition:
    """The edition as feed, e-mail and book have it: without articles that only readers of the site shall find any more."""
    if not any(site.documents[i].noindex for i in edition.documents):
        return edition
    kept = tuple(i for i in edition.documents if not site.documents[i].noindex)
    return msgspec.structs.replace(edition, documents=kept, lead=edition.lead if edition.lead in kept else None)


def copies(edition: Edition, config: Config) -> tuple[FeedLink, ...]:
    """The edition as one file, in the forms that site.yaml asks for; none of one that holds nothing any more."""
    if not edition.documents:
        return ()
    letter = [
        FeedLink(f"{edition.url}email.html", "text/html", "E-mail"),
        FeedLink(f"{edition.url}email.txt", "text/plain", "Text"),
        FeedLink(f"{edition.url}email.eml", "message/rfc822", "EML"),
    ]
    book = [FeedLink(f"{edition.url}{edition.key}.epub", "application/epub+zip", "EPUB")]
    return tuple((letter if config.editions.email else []) + (book if config.editions.epub else []))


def grouped(site: Site, edition: Edition, config: Config) -> list[tuple[Link, list[int]]]:
    """The articles of an edition but for its lead, by section, in the order of site.yaml."""
    groups: dict[str, list[int]] = defaultdict(list)
    for index in edition.documents:
        if index != edition.lead:
            groups[site.documents[index].section].append(index)
    names = [s for s in config.sections if s in groups] + sorted(groups.keys() - set(config.sections))
    return [(section_link(name, config), groups[name]) for name in names]


def _blocks(site: Site, edition: Edition, config: Config) -> tuple[Block, ...]:
    return tuple(Block(link.name, link.url, tuple(site.cards[i] for i in found)) for link, found in grouped(site, edition, config))


def _index(site: Site, config: Config, all_editions: tuple[Edition, ...]) -> Iterator[Page]:
    size, count = config.pagination, blocks(len(all_editions), config.pagination)
    links = feed_links("edition", INDEX, config)
    for number in range(count + 1):
        members = all_editions[(number - 1) * size : number * size] if number else all_editions[-size:]
        older = (number - 1 if number else count) or None
        newer = (number + 1 if number < count else 0) if number else None
        lines = tuple(EditionLine(e.title, e.url, e.number, e.date, len(e.documents), _headline(site, e)) for e in reversed(members))
        view = EditionsView(
            "Editions", _numbered(number), lines, number,
            _numbered(newer) if newer is not None else "", _numbered(older) if older else "", links,
        )  # fmt: skip
        yield Page(output_path(view.url), "editions.html", view, "index of editions")


def _numbered(number: int) -> str:
    return f"{INDEX}page/{number}/" if number else INDEX


def _headline(site: Site, edition: Edition) -> str:
    first = edition.lead if edition.lead is not None else next(iter(edition.documents), None)
    return site.documents[first].title if first is not None else ""


def _feed(site: Site, config: Config, all_editions: tuple[Edition, ...]) -> Iterator[Page]:
    """The closed editions; of a site that closes none, all but the newest, which still grows."""
    done = tuple(e for e in all_editions if e.published) or all_editions[:-1]
    items = tuple(_entry(site, config, handed_out(site, e)) for e in reversed(done[-config.feeds.items :]))
    updated = latest((i.card.date for i in items), config)
    for name in config.feeds.formats_of("edition"):
        url = INDEX + FORMATS[name][0]
        view = FeedView(f"Editions – {config.title}", url, INDEX, updated, items, name, "", config.feeds.hub)
        yield Page(url[1:], "", view, "feed of editions", 3)


def _entry(site: Site, config: Config, edition: Edition) -> FeedItem:
    """An edition in the feed: its headlines by section, and its book."""
    book = next((c.url for c in copies(edition, config) if c.url.endswith(".epub")), "")
    parts = [(link.name, found) for link, found in grouped(site, edition, config)]
    if edition.lead is not None:
        parts.insert(0, ("", [edition.lead]))
    html = [
        (f"<h2>{escape(title)}</h2>" if title else "") + f"<ul>{''.join(_headline_row(site.cards[i]) for i in ids)}</ul>"
        for title, ids in parts
    ]
    return FeedItem(_card(site, edition), contents="\n".join(html), book=book)


def _headline_row(card: Card) -> str:
    who = ", ".join(a.name for a in card.authors)
    facts = " · ".join(escape(x) for x in (who, card.source) if x)
    return f'<li><a href="{escape(href(card.url))}">{escape(card.title)}</a>{f" – {facts}" if facts else ""}</li>'


def _card(site: Site, edition: Edition) -> Card:
    first = () if edition.lead is None else (edition.lead,)
    order = [*first, *(i for i in edition.documents if i not in first)]
    summary = " · ".join(site.documents[i].title for i in order[:FEED_HEADLINES])
    where = Link("Editions", INDEX)
    return Card(edition.title, edition.url, edition.published or edition.date, where, summary, id=f"edition:{edition.key}")
