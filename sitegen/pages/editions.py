"""The pages of editions.

Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import chain

import msgspec

from sitegen.base.text import href
from sitegen.config.schema import FEED_FILES, Config
from sitegen.model.article import Comment
from sitegen.model.base import Struct
from sitegen.model.output import Page
from sitegen.model.site import Card, Edition, FeedLink, Link, Site
from sitegen.model.views import (
    Block,
    EditionLine,
    EditionsView,
    EditionView,
    FeedItem,
    FeedView,
    Translation,
)
from sitegen.pages.feeds import feed_links, latest
from sitegen.pages.lists import blocks, numbered_part, output_path, page_url
from sitegen.pages.translations import tongues
from sitegen.site.periods import own_key, series_of
from sitegen.site.resolve import section_link

INDEX = "/editions/"
FEED_HEADLINES = 6
HEADLINES = 4  # beside the lead, on the front page


class Tongues(Struct, frozen=True):
    """Articles in several languages: those that a page leaves out, each with the one that it shows
    in their place, and the translations of each."""

    instead: Mapping[int, int] = {}
    translations: Mapping[int, tuple[Translation, ...]] = {}


ONE_TONGUE = Tongues()


def edition_page(site: Site, config: Config, number: int, given: Tongues = ONE_TONGUE) -> Page:
    """The page of the edition ``number`` of all series; an article and its translations are one."""
    edition = _each_once(site.editions[number], given.instead)
    older, newer = beside(site.editions, number)
    view = EditionView(
        title=edition.title,
        url=edition.url,
        key=edition.key,
        number=edition.number,
        date=edition.date,
        lead=edition_card(site, edition, edition.lead) if edition.lead is not None else None,
        intro=edition.intro,
        outro=edition.outro,
        blocks=_blocks(site, edition, config),
        published=edition.published,
        newer=newer,
        older=older,
        feeds=_feeds(edition.series, config),
        copies=copies(handed_out(site, edition), config),
        series=_series_link(edition.series, config),
        tongues=tongues(site, given.translations, edition.documents),
    )
    return Page(output_path(edition.url), "edition.html", view, f"edition `{edition.key}`")


def _each_once(edition: Edition, instead: Mapping[int, int]) -> Edition:
    """``edition`` with one article of each original and its translations: the one that ``instead``
    names if it is in the edition, else the first that is."""
    members = frozenset(edition.documents)
    kept: dict[int, int] = {}  # by what is shown in their place
    for index in edition.documents:
        own = instead.get(index, index)
        kept.setdefault(own, own if own in members else index)
    lead = edition.lead
    return msgspec.structs.replace(
        edition,
        documents=tuple(kept.values()),
        lead=None if lead is None else kept.get(instead.get(lead, lead), lead),
    )


def beside(editions: Sequence[Edition], number: int) -> tuple[Link | None, Link | None]:
    """The older and the newer one of the same series as the edition ``number`` of all series."""
    series = editions[number].series
    older = editions[number - 1] if number else None
    newer = editions[number + 1] if number + 1 < len(editions) else None
    return _link_in(series, older), _link_in(series, newer)


def _link_in(series: str, edition: Edition | None) -> Link | None:
    """A link to ``edition``, if there is one and it is of ``series``."""
    if edition is None or edition.series != series:
        return None
    return Link(edition.title, edition.url)


def _series_link(slug: str, config: Config) -> Link | None:
    """The index of a series with a name."""
    series = next((one for one in config.series if slug and one.slug == slug), None)
    return Link(series.name, index_url(slug)) if series else None


def index_url(slug: str) -> str:
    """The URL of the index of a series; without a name, that of all editions."""
    return f"{INDEX}{slug}/" if slug else INDEX


def _feeds(slug: str, config: Config) -> tuple[FeedLink, ...]:
    """The feeds of a series, or of all editions."""
    fed = slug in fed_series(config)
    return feed_links("edition", index_url(slug), config) if fed else ()


def fed_series(config: Config) -> tuple[str, ...]:
    """The series that have feeds, by their names in URLs; the empty one is all editions."""
    fed = [series.slug for series in config.series if series.feed]
    return tuple(dict.fromkeys(("", *fed))) if fed else ()


def front_edition(site: Site) -> Edition | None:
    """The edition that the front page shows, of the first series that has one: the newest that is
    closed, else the newest; none where nothing of it is published."""
    filled = [e for e in site.editions if e.documents]
    first = [e for e in filled if e.series == filled[0].series]
    closed = next((e for e in reversed(first) if e.published), None)
    return closed or next(reversed(first), None)


def headlined(site: Site, edition: Edition, instead: Mapping[int, int]) -> tuple[int, ...]:
    """The articles of an edition that the front page shows, its lead first; an article and its
    translations are one, which ``instead`` names."""
    lead = edition.documents[0] if edition.lead is None else edition.lead
    others = (i for i in edition.documents if i not in site.withdrawn)
    found = dict.fromkeys(instead.get(i, i) for i in (lead, *others))
    return tuple(found)[: HEADLINES + 1]


def edition_card(site: Site, edition: Edition, index: int) -> Card:
    """An article as its edition shows it: with what the editor says of it there."""
    card = site.cards[index]
    if not edition.comments:
        return card
    comment = edition.comments.get(card.id) or edition.comments.get(site.paths[index])
    return msgspec.structs.replace(card, comment=comment) if comment else card


def handed_out(site: Site, edition: Edition) -> Edition:
    """The edition as feed, e-mail and EPUB have it: without articles that have expired
    and stay for readers of the site only."""
    if site.noindex.isdisjoint(edition.documents):
        return edition
    kept = tuple(i for i in edition.documents if i not in site.noindex)
    return msgspec.structs.replace(
        edition, documents=kept, lead=edition.lead if edition.lead in kept else None
    )


def copies(edition: Edition, config: Config) -> tuple[FeedLink, ...]:
    """The edition as one file, in the forms that site.yaml asks for; none if it is
    empty."""
    if not edition.documents:
        return ()
    letter = [
        FeedLink(f"{edition.url}email.html", "text/html", "E-mail"),
        FeedLink(f"{edition.url}email.txt", "text/plain", "Text"),
        FeedLink(f"{edition.url}email.eml", "message/rfc822", "EML"),
    ]
    name = own_key(edition.key)
    book = [FeedLink(f"{edition.url}{name}.epub", "application/epub+zip", "EPUB")]
    series = series_of(edition.key, config)
    assert series
    return tuple((letter if series.email else []) + (book if series.epub else []))


def grouped(
    site: Site, edition: Edition, config: Config, lang: str = ""
) -> list[tuple[Link, list[int]]]:
    """The articles of an edition but for its lead, by section as it is called in ``lang``, in the
    order of site.yaml."""
    groups: dict[str, list[int]] = defaultdict(list)
    for index in edition.documents:
        if index != edition.lead:
            groups[site.documents[index].section].append(index)
    names = [s for s in config.sections if s in groups] + sorted(
        groups.keys() - set(config.sections)
    )
    return [(section_link(name, config, lang), groups[name]) for name in names]


def _blocks(site: Site, edition: Edition, config: Config) -> tuple[Block, ...]:
    return tuple(
        Block(link.name, link.url, tuple(edition_card(site, edition, i) for i in found))
        for link, found in grouped(site, edition, config)
    )


def index_keys(site: Site, config: Config) -> Iterator[tuple[str, int]]:
    """The pages of the index of all editions and of each series with a name: its name in URLs, and
    the number of the page."""
    for slug, members in _indexed(site).items():
        count = blocks(len(members), config.pagination)
        yield from ((slug, number) for number in range(count + 1))


def _indexed(site: Site) -> dict[str, list[Edition]]:
    """The editions of each index by the name of its series in URLs, the oldest first; those of all
    series without one."""
    if not site.editions:
        return {}
    out = {"": sorted(site.editions, key=lambda e: e.date)}
    for edition in site.editions:
        if edition.series:
            out.setdefault(edition.series, []).append(edition)
    return out


def index_pages(site: Site, config: Config) -> Callable[[str, int], Page]:
    """The function from a series and the number of a page of its index to that page; 0 is the
    unnumbered first one. `index_keys` gives both."""
    indexed = _indexed(site)
    links = [_series_link(slug, config) for slug in dict.fromkeys(e.series for e in site.editions)]
    others = tuple(filter(None, links))
    names = {series.slug: series.name for series in config.series}

    def page(slug: str, number: int) -> Page:
        home = index_url(slug)
        part, newer, older = numbered_part(indexed[slug], number, config.pagination, home)
        view = EditionsView(
            title="Editions",
            url=page_url(home, number),
            lines=tuple(_line(site, e, "" if slug else names[e.series]) for e in reversed(part)),
            number=number,
            newer=newer,
            older=older,
            feeds=_feeds(slug, config),
            series=_series_link(slug, config),
            others=() if slug else others,
        )
        return Page(output_path(view.url), "editions.html", view, "index of editions")

    return page


def _line(site: Site, edition: Edition, series: str) -> EditionLine:
    """An edition in an index; ``series`` is the name of its series, if the index needs that."""
    return EditionLine(
        title=edition.title,
        url=edition.url,
        number=edition.number,
        date=edition.date,
        count=len(edition.documents),
        headline=_headline(site, edition),
        series=series,
    )


def _headline(site: Site, edition: Edition) -> Link | None:
    first = edition.lead if edition.lead is not None else next(iter(edition.documents), None)
    return site.cards[first].link if first is not None else None


def edition_feeds(site: Site, config: Config, slug: str) -> Iterator[Page]:
    """The feeds of a series, or of all editions: the closed ones; of a series that closes none, all
    but the newest, which still grows."""
    if not site.editions or slug not in fed_series(config):
        return
    newest = _all_done(site, config, slug)[-config.feeds.items :]
    items = tuple(_entry(site, config, handed_out(site, one)) for one in reversed(newest))
    updated = latest((i.card.date for i in items), config)
    home, link = index_url(slug), _series_link(slug, config)
    title = f"{link.name if link else 'Editions'} – {config.title}"
    for name in config.feeds.formats_of("edition"):
        url = home + FEED_FILES[name]
        view = FeedView(title, url, home, updated, items, name, "", config.feeds.hub)
        yield Page(url[1:], "", view, "feed of editions", 3)


def _all_done(site: Site, config: Config, slug: str) -> list[Edition]:
    """What `_done` gives of a series, or of all that have a feed, in the order of time."""
    fed = [one.slug for one in config.series if one.feed and slug in ("", one.slug)]
    done = chain.from_iterable(_done(site, one) for one in fed)
    return sorted(done, key=lambda edition: edition.published or edition.date)


def _done(site: Site, slug: str) -> tuple[Edition, ...]:
    """The editions of a series that grow no more."""
    members = tuple(e for e in site.editions if e.series == slug)
    return tuple(e for e in members if e.published) or members[:-1]


def _entry(site: Site, config: Config, edition: Edition) -> FeedItem:
    """An edition in the feed: its headlines by section, and its EPUB."""
    book = next((c.url for c in copies(edition, config) if c.url.endswith(".epub")), "")
    html = [_headline_rows(site, link.name, ids) for link, ids in grouped(site, edition, config)]
    if edition.lead is not None:
        html.insert(0, _headline_rows(site, "", [edition.lead]))
    before, after = (_paragraphs(words) for words in (edition.intro, edition.outro))
    contents = "\n".join(filter(None, [before, *html, after]))
    return FeedItem(_card(site, edition), contents=contents, book=book)


def _headline_rows(site: Site, title: str, ids: Iterable[int]) -> str:
    """The headlines of a section, below its ``title``."""
    head = f"<h2>{escape(title)}</h2>" if title else ""
    rows = "".join(_headline_row(site.cards[i]) for i in ids)
    return f"{head}<ul>{rows}</ul>"


def _paragraphs(words: Comment | None) -> str:
    """The editor's words at an end of an edition, as HTML."""
    if words is None:
        return ""
    by = f"<p>– {escape(words.by)}</p>" if words.by else ""
    return "".join(f"<p>{escape(part)}</p>" for part in words.text.split("\n\n")) + by


def _headline_row(card: Card) -> str:
    who = ", ".join(a.name for a in card.authors)
    facts = " · ".join(escape(x) for x in (who, card.source) if x)
    link = f'<a href="{escape(href(card.url))}">{escape(card.title)}</a>'
    return f"<li>{link} – {facts}</li>" if facts else f"<li>{link}</li>"


def _card(site: Site, edition: Edition) -> Card:
    first = () if edition.lead is None else (edition.lead,)
    order = [*first, *(i for i in edition.documents if i not in first)]
    summary = " · ".join(site.documents[i].title for i in order[:FEED_HEADLINES])
    where = Link("Editions", INDEX)
    return Card(
        edition.title,
        edition.url,
        edition.published or edition.date,
        where,
        summary,
        id=f"edition:{edition.key}",
    )
