"""Plan the pages that list articles: lists of terms, the archive by date, indexes, corrections.

Pure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from sitegen.base.dates import in_zone, rfc3339
from sitegen.base.text import below, filed, letter, plain
from sitegen.base.urls import is_elsewhere
from sitegen.config.languages import settings_in
from sitegen.config.schema import AuthorConfig, Config, TermConfig
from sitegen.content.markdown import to_html
from sitegen.model.article import Image
from sitegen.model.base import Struct
from sitegen.model.output import Page
from sitegen.model.site import FeedLink, Link, Listing, Site
from sitegen.model.views import (
    ArchiveView,
    Colleague,
    CorrectionLine,
    CorrectionsView,
    ListView,
    Period,
    Profile,
    TermCount,
    TermsView,
)
from sitegen.pages.feeds import feed_links
from sitegen.pages.podcast import recorded
from sitegen.pages.portraits import portrait
from sitegen.pages.shapes import opening
from sitegen.pages.translations import seen_from
from sitegen.site.addresses import list_id
from sitegen.site.resolve import period_url
from sitegen.site.taxonomies import LEVEL, Taxonomy, in_series, taxonomies

MONTH_HEADLINES = 12  # of one day on the page of its month
UNAMBIGUOUS = ("section",)  # kinds of lists whose title needs no word beside it
T = TypeVar("T")


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


def page_url(home: str, number: int) -> str:
    """The URL of a page of the list at ``home``; 0 is the unnumbered first one."""
    return f"{below(home)}page/{number}/" if number else home


def numbered_part(
    members: Sequence[T], number: int, size: int, home: str
) -> tuple[Sequence[T], str, str]:
    """Those of ``members``, the oldest first, that are on the page ``number`` of the list at
    ``home``, and the URLs of the pages with newer and with older ones, where there are any."""
    count = blocks(len(members), size)
    if not number:
        return members[-size:], "", page_url(home, count) if count else ""
    part = members[(number - 1) * size : number * size]
    newer = page_url(home, number + 1 if number < count else 0)
    older = page_url(home, number - 1) if number > 1 else ""
    return part, newer, older


def all_listings(site: Site, dated: bool) -> Iterator[Listing]:
    """Every list of articles, and the archive: with ``dated`` also by day."""
    yield from site.listings
    yield site.archive
    if dated:
        yield from site.days


def list_pages(site: Site, config: Config, dated: bool) -> Callable[[Listing, int], Page]:
    """The function from a list and the number of one of its pages to that page; 0 is the
    unnumbered first one. With ``dated`` the archive leads to its years."""
    around = _around_lists(site, config, dated)
    return lambda listing, number: _list_page(site, config, around, listing, number)


class _AroundLists(Struct, frozen=True):
    """What the pages of all lists have in common."""

    titles: Mapping[str, int]  # how many lists have a name, in lower case
    profiles: Mapping[str, Profile]  # of authors, by name
    periods: tuple[Period, ...]  # the years, on the first page of the archive
    with_sound: frozenset[str]  # lists with a recording, by their ids
    known: Mapping[str, Taxonomy]
    urls: Mapping[tuple[str, str], Link]  # (kind, slug) of a list -> its page


def _around_lists(site: Site, config: Config, dated: bool) -> _AroundLists:
    spoken = recorded(site, config)
    heard = (x for x in site.listings if not spoken.isdisjoint(x.documents)) if spoken else ()
    return _AroundLists(
        titles=Counter(x.name.casefold() for x in site.listings),
        profiles={a.name: _profile(a, config) for a in reversed(config.authors.values())},
        periods=tuple(_years(site.days)) if dated else (),
        with_sound=frozenset(map(list_id, heard)),
        known=taxonomies(config),
        urls={(x.kind, x.slug): Link(x.name, x.url) for x in site.listings},
    )


def _list_page(
    site: Site, config: Config, around: _AroundLists, listing: Listing, number: int
) -> Page:
    """The page ``number`` of a list."""
    kind, taxonomy = listing.kind, around.known.get(listing.kind)
    term = taxonomy.terms.get(listing.slug) if taxonomy else None
    profile = around.profiles.get(listing.name) if kind == "author" else _about(term, config)
    ordered = taxonomy is not None and taxonomy.ordered
    ids = in_series(site, listing.documents) if ordered else listing.documents
    part, newer, older = numbered_part(ids, number, config.pagination, listing.url)
    shown = part if ordered else reversed(part)
    cards = seen_from(tuple([site.cards[i] for i in shown]), listing.lang, config)
    view = ListView(
        title=listing.name,
        url=page_url(listing.url, number),
        kind=kind,
        cards=cards,
        number=number,
        newer=newer,
        older=older,
        parent=_parent(listing, taxonomy, around.urls),
        ambiguous=kind not in UNAMBIGUOUS and around.titles[listing.name.casefold()] > 1,
        description=_description(listing, config, term, profile),
        home=term.url if term else _home(listing, config),
        feeds=_feeds(listing, config, around),
        thing=taxonomy.profile if taxonomy else "",
        medtop=term.medtop if term else "",
    )
    if number == 0:
        view = replace(
            view,
            profile=profile,
            periods=around.periods if kind == "archive" else (),
            opening=opening(cards) if kind == "section" else (),
        )
    origin = f"{kind} `{listing.name}`"
    return Page(output_path(view.url), "list.html", view, origin, lang=listing.lang)


def _feeds(listing: Listing, config: Config, around: _AroundLists) -> tuple[FeedLink, ...]:
    """The feeds of a list; a podcast is among them if an article of the list has a recording."""
    if not is_fed(listing.kind, around.known):
        return ()
    return feed_links(listing.kind, listing.url, config, list_id(listing) in around.with_sound)


def lists(site: Site, config: Config, dated: bool) -> Iterator[Page]:
    """The pages of every list."""
    page = list_pages(site, config, dated)
    for listing in all_listings(site, dated):
        for number in range(blocks(len(listing.documents), config.pagination) + 1):
            yield page(listing, number)


def is_fed(kind: str, known: Mapping[str, Taxonomy]) -> bool:
    """Whether lists of ``kind`` may have feeds."""
    return kind == "section" or kind in known


def _parent(
    listing: Listing, taxonomy: Taxonomy | None, urls: Mapping[tuple[str, str], Link]
) -> Link | None:
    """The page above a list: the month of a day, the term that a term is part of, an index."""
    if listing.kind == "day":
        return Link(listing.slug[:7], period_url(listing.slug[:7]))
    if not taxonomy:
        return None
    above = urls.get((listing.kind, listing.slug.rpartition(LEVEL)[0]))
    return above or Link(taxonomy.title, taxonomy.url)


def _photo(term: TermConfig, config: Config) -> Image | None:
    """The image of a term, if the site has it."""
    shown = term.photo and not is_elsewhere(term.photo, config.base_url)
    return Image(term.photo, term.title) if shown else None


def _about(term: TermConfig | None, config: Config) -> Profile | None:
    """The words about a term, its image and its pages elsewhere; None where there are none."""
    if not term:
        return None
    html = to_html(term.about, config.markdown, config.base_url).html if term.about else ""
    photo = _photo(term, config)
    return Profile(html, photo, term.links) if html or photo or term.links else None


def _description(
    listing: Listing, config: Config, said: TermConfig | None, profile: Profile | None
) -> str:
    """What search engines show of a list."""
    if said and said.description:
        return said.description
    if profile:
        return plain(profile.bio)
    if listing.kind == "section":
        words = settings_in(listing.lang or config.language, config)
        entry = words.sections.get(listing.slug.rpartition("/")[2])
        return entry.description if entry else ""
    return ""


def _profile(author: AuthorConfig, config: Config) -> Profile:
    """What is known of an author beside their name."""
    bio = to_html(author.bio, config.markdown, config.base_url).html if author.bio else ""
    photo = portrait(author, config)
    return Profile(bio, photo, author.links, author.role, author.email)


def _home(listing: Listing, config: Config) -> str:
    if listing.kind == "source":
        return next((s.home for s in config.sources.values() if s.name == listing.name), "")
    if listing.kind == "author":
        return next((a.url for a in config.authors.values() if a.name == listing.name), "")
    return ""


def term_index(site: Site, taxonomy: Taxonomy | None, config: Config) -> Iterator[Page]:
    """The index of one taxonomy, if it is in use."""
    if not taxonomy:
        return
    members = [x for x in site.listings if x.kind == taxonomy.kind]
    if members:
        people = _masthead(members, config) if taxonomy.kind == "author" else ()
        view = TermsView(taxonomy.title, taxonomy.url, taxonomy.kind, _counts(members), people)
        origin = f"index of {taxonomy.title.lower()}"
        yield Page(output_path(taxonomy.url), "terms.html", view, origin)


def _masthead(listings: Iterable[Listing], config: Config) -> tuple[Colleague, ...]:
    """The people of the digest that have a role, in the order of site.yaml; only who has articles
    has a page and a photo."""
    urls = {x.name: x.url for x in listings}
    return tuple(
        Colleague(
            name=author.name,
            role=author.role,
            url=urls.get(author.name, ""),
            email=author.email,
            photo=portrait(author, config) if author.name in urls else None,
        )
        for author in config.authors.values()
        if author.role
    )


def _counts(listings: Iterable[Listing]) -> tuple[TermCount, ...]:
    """The terms of the highest level, sorted by name, each with those below it."""
    parts: dict[str, list[Listing]] = defaultdict(list)
    for listing in listings:
        parts[listing.slug.rpartition(LEVEL)[0]].append(listing)

    def level(above: str) -> tuple[TermCount, ...]:
        found = [
            TermCount(x.name, x.url, len(x.documents), letter(x.name), level(x.slug))
            for x in parts.get(above, ())
        ]
        return tuple(sorted(found, key=lambda t: (t.letter != "#", filed(t.name), t.name)))

    return level("")


def _years(days: Sequence[Listing]) -> Iterator[Period]:
    counts: dict[str, int] = defaultdict(int)
    for day in days:
        counts[day.slug[:4]] += len(day.documents)
    for year in sorted(counts, reverse=True):
        yield Period(year, period_url(year), counts[year])


def months(site: Site) -> dict[str, list[Listing]]:
    """The days that have articles, by their month."""
    out: dict[str, list[Listing]] = defaultdict(list)
    for day in site.days:
        out[day.slug[:7]].append(day)
    return out


def month_page(site: Site, month: str, days: Sequence[Listing]) -> Page:
    """A month with the headlines of its days."""
    periods = tuple(
        Period(d.slug, d.url, len(d.documents), _headlines(site, d.documents)) for d in days
    )
    parent = Link(month[:4], period_url(month[:4]))
    view = ArchiveView(month, period_url(month), "month", periods, parent)
    return Page(output_path(view.url), "archive.html", view, f"archive of {month}")


def year_page(year: str, by_month: Mapping[str, Sequence[Listing]]) -> Page:
    """A year with the days of its months."""
    periods = []
    for month, days in by_month.items():
        if month[:4] == year:
            plain = tuple(Period(d.slug, d.url, len(d.documents)) for d in days)
            count = sum(p.count for p in plain)
            periods.append(Period(month, period_url(month), count, days=plain))
    view = ArchiveView(
        year, period_url(year), "year", tuple(periods), Link("All articles", "/archive/")
    )
    return Page(output_path(view.url), "archive.html", view, f"archive of {year}")


def _headlines(site: Site, members: Sequence[int]) -> tuple[Link, ...]:
    return tuple([site.cards[i].link for i in reversed(members[-MONTH_HEADLINES:])])


def corrections(site: Site, zone: ZoneInfo) -> Iterator[Page]:
    """What has been corrected, newest first, if anything has; in ``zone``, which is that of the
    site."""
    lines = [
        CorrectionLine(in_zone(c.date, zone), c.text, card.link, card.lang, card.dir)
        for i in site.corrected
        for card in (site.cards[i],)
        for c in site.documents[i].corrections
    ]
    if lines:
        lines.sort(key=lambda c: (c.date[:10], rfc3339(c.date, zone), c.article.url), reverse=True)
        view = CorrectionsView("Corrections", "/corrections/", tuple(lines))
        yield Page("corrections/index.html", "corrections.html", view, "corrections")
