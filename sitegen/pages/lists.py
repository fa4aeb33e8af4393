"""Plan the pages that list articles: lists of terms, the archive by date, indexes, corrections.

Pure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial
from zoneinfo import ZoneInfo

from sitegen.base.dates import in_zone, rfc3339
from sitegen.base.memo import Memo
from sitegen.base.text import filed, letter, plain
from sitegen.config.schema import Config
from sitegen.content.markdown import is_elsewhere, to_html
from sitegen.model.article import Document, Image
from sitegen.model.output import Page
from sitegen.model.site import Link, Listing, Site
from sitegen.model.views import (
    ArchiveView,
    CorrectionLine,
    CorrectionsView,
    ListView,
    Period,
    Profile,
    TermCount,
    TermsView,
)
from sitegen.pages.feeds import feed_links
from sitegen.site.resolve import TAXONOMIES

MONTH_HEADLINES = 12  # of one day on the page of its month


def output_path(url: str) -> str:
    """The file below output/ that answers for a site-relative path."""
    path = url.lstrip("/")
    return path + "index.html" if not path or path.endswith("/") else path


def blocks(total: int, size: int) -> int:
    """How many numbered pages a list of ``total`` articles has.

    Page n holds articles (n-1)*size … n*size-1 counted from the oldest, so a new article changes
    none of them. The unnumbered first page shows the newest ``size``; a numbered page exists once
    one of its articles has left that page.
    """
    return max(0, -(-(total - size) // size))


def lists(site: Site, config: Config, dated: bool, memo: Memo | None = None) -> Iterator[Page]:
    """The pages of every list, and of the archive: with ``dated`` also by day, month and year."""
    memo = memo or Memo(0)
    table, cards = memo.table("lists", config), site.cards
    titles = Counter(x.name.casefold() for x in site.listings)

    def pages(
        listing: Listing, parent: Link | None = None, periods: tuple[Period, ...] = ()
    ) -> tuple[Page, ...]:
        ambiguous = listing.kind != "section" and titles[listing.name.casefold()] > 1
        made_from = (listing, [cards[i] for i in listing.documents], periods, ambiguous)
        return table.get(
            listing.url,
            None,
            made_from,
            lambda: tuple(_list_pages(site, listing, config, parent, periods, ambiguous)),
        )

    for listing in site.listings:
        yield from pages(listing)
    dates = memo.each("dates", partial(_day, zone=config.zone), site.documents, config.timezone)
    archive, days = memo.whole("days", dates, lambda: _by_day(dates))
    yield from pages(archive, periods=tuple(_years(days)) if dated else ())
    if dated:
        for day, listing in days.items():
            yield from pages(listing, Link(day[:7], _address(day[:7])))
        yield from _months(site, days)


def _list_pages(
    site: Site,
    listing: Listing,
    config: Config,
    parent: Link | None,
    periods: tuple[Period, ...],
    ambiguous: bool,
) -> Iterator[Page]:
    """The unnumbered first page and the numbered ones of one list."""
    size, ids = config.pagination, listing.documents
    count = blocks(len(ids), size)
    origin = f"{listing.kind} `{listing.name}`"
    links = (
        feed_links(listing.kind, listing.url, config)
        if listing.kind in ("section", *TAXONOMIES)
        else ()
    )
    parent, description, home = (
        parent or _parent(listing),
        _description(listing, config),
        _home(listing, config),
    )

    profile = _profile(listing, config)
    description = plain(profile.bio) if profile else description

    def address(number: int) -> str:
        return f"{listing.url}page/{number}/" if number else listing.url

    for number in range(count + 1):
        members = ids[(number - 1) * size : number * size] if number else ids[-size:]
        older = (number - 1 if number else count) or None
        newer = "" if not number else address(number + 1 if number < count else 0)
        view = ListView(
            title=listing.name,
            url=address(number),
            kind=listing.kind,
            cards=tuple([site.cards[i] for i in reversed(members)]),
            number=number,
            newer=newer,
            older=address(older) if older else "",
            parent=parent,
            ambiguous=ambiguous,
            description=description,
            home=home,
            feeds=links,
            periods=() if number else periods,
            profile=None if number else profile,
        )
        yield Page(output_path(view.url), "list.html", view, origin)


def _parent(listing: Listing) -> Link | None:
    return Link(*TAXONOMIES[listing.kind]) if listing.kind in TAXONOMIES else None


def _description(listing: Listing, config: Config) -> str:
    if listing.kind == "section":
        entry = config.sections.get(listing.slug)
        return entry.description if entry else ""
    return ""


def _profile(listing: Listing, config: Config) -> Profile | None:
    """What is known of an author beside their name."""
    author = (
        next((a for a in config.authors.values() if a.name == listing.name), None)
        if listing.kind == "author"
        else None
    )
    if not author:
        return None
    bio = to_html(author.bio, config.markdown, config.base_url).html if author.bio else ""
    shown = author.photo and not is_elsewhere(author.photo, config.base_url)
    return Profile(bio, Image(author.photo, author.name) if shown else None, author.links)


def _home(listing: Listing, config: Config) -> str:
    if listing.kind == "source":
        return next((s.home for s in config.sources.values() if s.name == listing.name), "")
    if listing.kind == "author":
        return next((a.url for a in config.authors.values() if a.name == listing.name), "")
    return ""


def term_indexes(site: Site) -> Iterator[Page]:
    """An index of every taxonomy that is in use."""
    for kind, (title, url) in TAXONOMIES.items():
        terms = [
            TermCount(x.name, x.url, len(x.documents), letter(x.name))
            for x in site.listings
            if x.kind == kind
        ]
        if terms:
            terms.sort(key=lambda t: (t.letter != "#", filed(t.name), t.name))
            yield Page(
                output_path(url),
                "terms.html",
                TermsView(title, url, kind, tuple(terms)),
                f"index of {title.lower()}",
            )


def _day(document: Document, zone: ZoneInfo) -> str:
    """The day of an article in ``zone``, which is that of the site; of a withdrawn article none."""
    return "" if document.status == "withdrawn" else in_zone(document.date, zone)[:10]


def _by_day(dates: list[str]) -> tuple[Listing, dict[str, Listing]]:
    """The articles that have a day, and those of each day, the oldest first."""
    days: dict[str, list[int]] = defaultdict(list)
    for index, day in enumerate(dates):
        if day:
            days[day].append(index)
    shown = tuple([i for i, day in enumerate(dates) if day])
    archive = Listing("archive", "All articles", "archive", "/archive/", shown)
    return archive, {
        day: Listing("day", day, day, _address(day), tuple(days[day])) for day in sorted(days)
    }


def _address(period: str) -> str:
    """The page of a day, month or year, which is written as in ISO 8601."""
    return f"/archive/{period.replace('-', '/')}/"


def _years(days: dict[str, Listing]) -> Iterator[Period]:
    counts: dict[str, int] = defaultdict(int)
    for day, listing in days.items():
        counts[day[:4]] += len(listing.documents)
    for year in sorted(counts, reverse=True):
        yield Period(year, _address(year), counts[year])


def _months(site: Site, days: dict[str, Listing]) -> Iterator[Page]:
    """Years with the days of their months, and months with the headlines of their days."""
    months: dict[str, list[str]] = defaultdict(list)
    for day in days:
        months[day[:7]].append(day)
    years: dict[str, list[Period]] = defaultdict(list)
    for month, members in months.items():
        plain = tuple(Period(day, days[day].url, len(days[day].documents)) for day in members)
        years[month[:4]].append(
            Period(month, _address(month), sum(p.count for p in plain), days=plain)
        )
        with_headlines = tuple(
            Period(p.name, p.url, p.count, _headlines(site, days[p.name].documents)) for p in plain
        )
        parent = Link(month[:4], _address(month[:4]))
        view = ArchiveView(month, _address(month), "month", with_headlines, parent)
        yield Page(output_path(view.url), "archive.html", view, f"archive of {month}")
    for year, periods in years.items():
        view = ArchiveView(
            year, _address(year), "year", tuple(periods), Link("All articles", "/archive/")
        )
        yield Page(output_path(view.url), "archive.html", view, f"archive of {year}")


def _headlines(site: Site, members: tuple[int, ...]) -> tuple[Link, ...]:
    return tuple(
        [Link(site.cards[i].title, site.cards[i].url) for i in reversed(members[-MONTH_HEADLINES:])]
    )


def corrections(site: Site, zone: ZoneInfo) -> Iterator[Page]:
    """What has been corrected, newest first, if anything has; in ``zone``, which is that of the
    site."""
    lines = [
        CorrectionLine(
            in_zone(c.date, zone), c.text, Link(card.title, card.url), card.lang, card.dir
        )
        for card, document in zip(site.cards, site.documents, strict=True)
        for c in document.corrections
    ]
    if lines:
        lines.sort(key=lambda c: (c.date[:10], rfc3339(c.date, zone), c.article.url), reverse=True)
        view = CorrectionsView("Corrections", "/corrections/", tuple(lines))
        yield Page("corrections/index.html", "corrections.html", view, "corrections")
