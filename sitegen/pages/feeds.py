"""Plan the feeds, the list of sources and the records for machines.

Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from msgspec.structs import replace

from sitegen.base.dates import rfc3339
from sitegen.base.licences import licence_url
from sitegen.base.secrets import is_private_feed, without_secrets
from sitegen.base.text import below, filed
from sitegen.config.languages import folder_of, languages_of, settings_in
from sitegen.config.schema import FEED_FILES, PODCAST, Config, SourceConfig
from sitegen.model.article import Document, Rights, Show
from sitegen.model.output import Page
from sitegen.model.site import FeedLink, Listing, Site
from sitegen.model.views import (
    ArticleView,
    FeedItem,
    FeedView,
    NinjsView,
    OpmlView,
    Outline,
    ReservationView,
)
from sitegen.pages.podcast import podcast_of, recorded, recording
from sitegen.pages.translations import seen_from
from sitegen.site.addresses import list_id
from sitegen.site.taxonomies import in_series

FORMATS = {
    "atom": ("application/atom+xml", "Atom"),
    "rss": ("application/rss+xml", "RSS"),
    "json": ("application/feed+json", "JSON Feed"),
    PODCAST: ("application/rss+xml", "Podcast"),
}
ITEMS = 4_000  # of feeds that are kept while pages are planned


def feed_links(kind: str, home: str, config: Config, recorded: bool = True) -> tuple[FeedLink, ...]:
    """The feeds of the page at ``home``, which is the site's or that of a list of ``kind``; a
    podcast is among them if an article is ``recorded``."""
    return tuple(
        FeedLink(below(home) + FEED_FILES[name], *FORMATS[name])
        for name in config.feed_formats(kind)
        if recorded or name != PODCAST
    )


def fed_listings(site: Site, config: Config) -> Iterator[Listing]:
    """The lists that have feeds, and the site."""
    for listing in (*whole_site(config), *site.listings):
        if config.feed_formats(listing.kind):
            yield listing


def whole_site(config: Config) -> Iterator[Listing]:
    """The site in each of its languages, as its feeds are called; their articles are not named."""
    for lang in languages_of(config):
        folder = folder_of(lang, config)
        title = settings_in(lang, config).title
        yield Listing("site", title, folder[:-1], f"/{folder}", (), lang if folder else "")


def _articles_in(site: Site, config: Config, lang: str) -> Sequence[int]:
    """The articles that are published in a language of the site, the oldest first."""
    if not config.languages:
        return site.articles
    lists = (x.documents for x in site.listings if x.kind == "section" and x.lang == lang)
    return sorted(chain.from_iterable(lists))


def feed_pages(site: Site, config: Config) -> Callable[[Listing], tuple[Page, ...]]:
    """The function from a list to its feeds; an article is one item in all those that hold its
    text, or do not."""
    known, count = outlets(config), config.feeds.items
    left_out, spoken = site.withdrawn | site.noindex, recorded(site, config)

    @lru_cache(maxsize=ITEMS)
    def item(index: int, text: bool) -> FeedItem:
        return feed_item(site, index, config, text, known)

    def pages(listing: Listing) -> tuple[Page, ...]:
        text = listing.kind in config.feeds.text
        whole = listing.kind == "site"
        ids = _articles_in(site, config, listing.lang) if whole else listing.documents
        newest = islice((i for i in reversed(ids) if i not in left_out), count)
        feed = _feed_of(listing, tuple([item(i, text) for i in newest]), config)
        formats = dict.fromkeys(config.feed_formats(listing.kind), feed)
        if PODCAST in formats:
            heard = [i for i in ids if i in spoken]
            formats[PODCAST] = _podcast(feed, listing, heard)
            if not heard and not whole:
                del formats[PODCAST]
        former = site.former.feeds.get(list_id(listing), ())
        return (
            *_in_formats(formats, listing),
            *_former_feeds(feed, formats, listing, former),
        )

    def _podcast(feed: FeedView, listing: Listing, ids: Sequence[int]) -> FeedView:
        said = podcast_of(listing.kind, config)
        items = [item(i, True) for i in ids]
        if said and said.serial:
            number = {i: n for n, i in enumerate(in_series(site, ids), 1)}
            items = [replace(x, episode=number[i]) for i, x in zip(ids, items, strict=True)]
        return replace(_feed_of(listing, tuple(reversed(items)), config), podcast=said)

    return pages


def feeds(site: Site, config: Config) -> Iterator[Page]:
    """Feeds of the site and of every list."""
    pages = feed_pages(site, config)
    for listing in fed_listings(site, config):
        yield from pages(listing)


def _feed_of(listing: Listing, items: tuple[FeedItem, ...], config: Config) -> FeedView:
    """The feed of ``items``, in the first of the formats."""
    of_site = listing.kind == "site"
    words = settings_in(listing.lang or config.language, config)
    return FeedView(
        title=listing.name if of_site else f"{listing.name} – {words.title}",
        url=below(listing.url) + FEED_FILES["atom"],
        home=listing.url,
        updated=latest([i.changed for i in items], config),
        items=_seen_from(items, listing.lang, config),
        description=words.description if of_site else "",
        hub=config.feeds.hub,
        rights=config.feeds.rights,
    )


def _in_formats(formats: Mapping[str, FeedView], listing: Listing) -> Iterator[Page]:
    """The feed of a list in each of its ``formats``."""
    for name, feed in formats.items():
        view = replace(feed, url=below(listing.url) + FEED_FILES[name], format=name)
        yield Page(view.url[1:], "", view, _origin(listing), 3, listing.lang)


def _former_feeds(
    feed: FeedView, formats: Mapping[str, FeedView], listing: Listing, paths: Iterable[str]
) -> Iterator[Page]:
    """The feed of a list at the URLs that it had: readers keep their subscription where a host has
    no redirects. Each names the present feed as its own, if there is one in its format."""
    by_file = {file: name for name, file in FEED_FILES.items()}
    for path in paths:
        name = by_file.get(path.rpartition("/")[2], "atom")
        url = below(listing.url) + FEED_FILES[name] if name in formats else path
        view = replace(formats.get(name, feed), url=url, format=name)
        yield Page(path[1:], "", view, _origin(listing), 3, listing.lang)


def moved_feeds(site: Site, config: Config) -> dict[str, str]:
    """The URLs that feeds had, with the URL of each in the same format, if it has that."""
    homes = {list_id(x): x for x in fed_listings(site, config)}
    out: dict[str, str] = {}
    for name, paths in site.former.feeds.items():
        listing = homes.get(name)
        feeds = feed_links(listing.kind, listing.url, config) if listing else ()
        by_file = {feed.url.rpartition("/")[2]: feed.url for feed in feeds}
        for path in paths:
            if url := by_file.get(path.rpartition("/")[2]):
                out[path] = url
    return out


def _origin(listing: Listing) -> str:
    return "feed" if listing.kind == "site" else f"feed of {listing.kind} `{listing.name}`"


def _seen_from(items: tuple[FeedItem, ...], lang: str, config: Config) -> tuple[FeedItem, ...]:
    if not config.languages:
        return items
    cards = seen_from(tuple([item.card for item in items]), lang, config)
    return tuple([replace(item, card=card) for item, card in zip(items, cards, strict=True)])


def latest(dates: Iterable[str], config: Config) -> str:
    """The latest of some dates, which may be in different zones; empty without dates."""
    given = set(dates)
    if len({d[19:] for d in given}) > 1:
        return max(given, key=lambda d: (datetime.fromisoformat(rfc3339(d, config.zone)), d))
    return max(given, default="")


def outlets(config: Config) -> dict[str, SourceConfig]:
    """The sources of site.yaml as they may be published, by their names: without feeds that are for
    one reader only."""
    return {
        s.name: replace(s, feed="") if is_private_feed(s.feed) else s
        for s in config.sources.values()
    }


def feed_item(
    site: Site, index: int, config: Config, text: bool, known: dict[str, SourceConfig]
) -> FeedItem:
    """An article in a feed, as its rights allow; without ``text`` its summary only.

    ``known`` is what `outlets` gives.
    """
    d, card = site.documents[index], site.cards[index]
    outlet = known.get(card.source)
    show = _shown_in_feeds(d.rights, config)
    item = FeedItem(
        card=card,
        source_url=d.source.url,
        show=show,
        words=d.rights.words,
        credits=d.credits,
        tags=(*d.tags, *chain.from_iterable(d.terms.values())),
        notice=_notice(d.rights),
        license=licence_url(d.rights.license),
        source_id=(outlet.home if outlet else "") or _home_of(d.source.url),
        source_feed=outlet.feed if outlet else "",
        dated=d.date if d.date != card.date else "",
        amended=d.updated if d.updated != card.updated else "",
        sound=recording(d) if d.data else None,
    )
    if not text or show == "link":
        return item
    return replace(
        item,
        body_from=d.path,
        body_digest=d.body_digest,
        pictures=tuple((url, image.src) for url, image in d.pictures.items()),
        targets=d.targets if show == "full" else (),
    )


def _shown_in_feeds(rights: Rights, config: Config) -> Show:
    """What feeds show of an article: what its rights allow, or less if site.yaml says so."""
    if config.feeds.content == "excerpt" and rights.show == "full":
        return "excerpt"
    return rights.show


def _notice(rights: Rights) -> str:
    """Holder, notice and the name of the licence in one line; a licence that has a URL only if
    there is nothing else."""
    holder = f"© {rights.holder}" if rights.holder else ""
    named = "" if "://" in rights.license else rights.license
    parts = (holder, rights.notice, named)
    return " · ".join(filter(None, parts)) or without_secrets(rights.license)


def _home_of(url: str) -> str:
    """The front page of the host of ``url``."""
    if not url.startswith(("http://", "https://")):
        return ""
    return "/".join(url.split("/", 3)[:3]) + "/"


def opml(site: Site, config: Config) -> Iterator[Page]:
    """The sources with their feeds: their own where site.yaml knows it, else the digest's of their
    articles."""
    known = outlets(config)
    outlines = []
    for listing in site.listings:
        if listing.kind == "source":
            own = known.get(listing.name)
            ours = [
                f.url
                for f in feed_links("source", listing.url, config)
                if not f.url.endswith(".json")
            ]
            feed = (own.feed if own else "") or (ours[0] if ours else "")
            outlines.append(Outline(listing.name, own.home if own else "", feed, listing.url))
    if outlines:
        outlines.sort(key=lambda o: (filed(o.name), o.name))
        view = OpmlView(f"{config.title}: sources", "/sources.opml", tuple(outlines))
        yield Page("sources.opml", "", view, "list of sources", 3)


def records(page: Page, document: Callable[[str], Document], config: Config) -> Iterator[Page]:
    """A record for machines beside ``page``, if it is that of an article and site.yaml asks for
    it; ``document`` gives an article by its path."""
    if config.feeds.ninjs and isinstance(page.view, ArticleView) and page.view.ninjs:
        d = document(page.origin)
        yield _record(page, page.view, d.publish_at, d.expires_at, d.first_seen)


def _record(page: Page, article: ArticleView, *times: str) -> Page:
    clear: dict[str, Any] = {
        "newer": None,
        "older": None,
        "edition": None,
        "story": None,
        "also": (),
        "translations": (),
        "extra": {},
    }
    view = NinjsView(article.ninjs, replace(article, **clear), *times)
    return Page(view.url[1:], "", view, f"record of {page.origin}", 3)


def reservation(config: Config) -> Iterator[Page]:
    """The file that reserves text and data mining.

    Source: https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/
    """
    if config.mining.reserve:
        url = "/.well-known/tdmrep.json"
        yield Page(url[1:], "", ReservationView(url), "reservation of mining", 3)
