"""Feeds to bytes: Atom (RFC 4287), RSS 2.0, JSON Feed 1.1, and the lists of news and sources.

Pure.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Any, Protocol
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import msgspec

from sitegen.base.dates import rfc3339
from sitegen.base.l10n import listed
from sitegen.base.licences import licence_url
from sitegen.base.markup import with_urls
from sitegen.base.memory import make_room
from sitegen.base.secrets import without_secrets
from sitegen.base.text import href, is_rooted
from sitegen.config.schema import PODCAST
from sitegen.model.article import Image, Show
from sitegen.model.site import Card
from sitegen.model.views import FeedItem, FeedView, NewsView, OpmlView, SiteContext, SoundFile
from sitegen.render.entry_html import comment_html, lead_figure, source_line
from sitegen.render.images import image_credit
from sitegen.render.podcast import ITUNES, describe_episode, describe_podcast
from sitegen.render.xml_text import clean, fragment, texts, xml

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
RSS_NAMES = {
    "xmlns:atom": ATOM,
    "xmlns:dc": DC,
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:media": MEDIA,
}
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MAX_ENTRIES = 3_000  # about 4 KB each
EPUB = "application/epub+zip"
EPOCH = "1970-01-01T00:00:00+00:00"

_URI = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|(?:urn|tag|info|doi|oai|news|mid|cid):)[^\s<>\"]+$", re.IGNORECASE
)

Bodies = Callable[[str], str]  # path of a document -> its HTML


class RenderTools(Protocol):
    """What a feed needs of the renderer of pages."""

    frame: SiteContext
    zone: ZoneInfo
    base_path: str

    def url(self, path: str) -> str: ...
    def absurl(self, path: str) -> str: ...
    def body(
        self, html: str, show: Show, words: int, targets: Iterable[tuple[str, str]] = ()
    ) -> str: ...
    def date(self, value: str, style: str = ...) -> str: ...


def origin(r: RenderTools) -> str:
    """The site's host with its scheme."""
    return re.sub(r"(https?://[^/]*).*", r"\1", r.frame.base_url)


def identity(r: RenderTools, name: str, day: str) -> str:
    """What ``name``, the id or path of an article, is called for good: see docs/decisions.md.

    A URI stays as it is. Otherwise a UUID (RFC 9562) of what changes neither with the host nor with
    a corrected date; with `feeds.ids` in site.yaml a tag URI (RFC 4151) of that host and the year
    of ``day``.
    """
    if _URI.match(name):
        return without_secrets(name)
    if r.frame.ids:
        return f"tag:{r.frame.ids},{day[:4]}:{href(name)}"
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{r.frame.title}/{name}')}"


def host(r: RenderTools) -> str:
    """The name of the site's host."""
    return re.sub(r"^https?://([^/:]*).*", r"\1", r.frame.base_url)


class Feeds:
    """The feeds of one build; an article that is in several is made once."""

    def __init__(self, renderer: RenderTools) -> None:
        self.r, self.frame = renderer, renderer.frame
        self.entries: dict[tuple[str, FeedItem], Any] = {}

    def render(self, view: FeedView, bodies: Bodies) -> bytes:
        """The bytes of one feed."""
        make = {"atom": self.atom, "rss": self.rss, "json": self.json, PODCAST: self.rss}[
            view.format
        ]
        return make(view, bodies)

    def atom(self, view: FeedView, bodies: Bodies) -> bytes:
        """Atom, with every co-author, stable ids and the source."""
        root = ET.Element(
            "feed",
            {
                "xmlns": ATOM,
                "xmlns:dc": DC,
                "xmlns:media": MEDIA,
                "xml:lang": self.frame.language,
            },
        )
        texts(
            root,
            {"id": self.own_identity(view), "title": view.title, "subtitle": view.description},
        )
        texts(root, {"updated": self.moment(view.updated)})
        ET.SubElement(
            root, "link", rel="self", href=self.r.absurl(view.url), type="application/atom+xml"
        )
        ET.SubElement(
            root, "link", rel="alternate", href=self.r.absurl(view.home), type="text/html"
        )
        if view.hub:
            ET.SubElement(root, "link", rel="hub", href=href(view.hub))
        texts(ET.SubElement(root, "author"), {"name": self.frame.author or self.frame.title})
        texts(root, {"generator": self.frame.generator, "icon": self.icon(), "rights": view.rights})
        return xml(root, [self.once("atom", item, bodies, self.atom_entry) for item in view.items])

    def atom_entry(self, item: FeedItem, bodies: Bodies) -> str:
        """One article in Atom.

        ``via`` is where it was first published.
        """
        card = item.card
        entry = ET.Element("entry", {"xml:lang": card.lang} if card.lang else {})
        texts(entry, {"id": self.identity(item), "title": card.title})
        texts(
            entry, {"published": self.moment(item.published), "updated": self.moment(item.changed)}
        )
        ET.SubElement(
            entry, "link", rel="alternate", href=self.r.absurl(card.url), type="text/html"
        )
        if item.source_url:
            ET.SubElement(entry, "link", rel="via", href=href(item.source_url))
        if item.book:
            ET.SubElement(entry, "link", rel="enclosure", href=self.r.absurl(item.book), type=EPUB)
        if item.sound:
            ET.SubElement(entry, "link", {"rel": "enclosure"} | self.enclosed(item.sound, "href"))
        self.atom_authors(entry, card)
        for credit in item.credits:
            texts(
                ET.SubElement(entry, "contributor"),
                {"name": credit.name, "uri": credit.url if "://" in credit.url else ""},
            )
        for tag in (card.section.name, *item.tags):
            ET.SubElement(entry, "category", term=clean(tag))
        texts(entry, {"summary": card.summary, "rights": item.notice})
        if item.license:
            ET.SubElement(entry, "link", rel="license", href=href(item.license))
        if card.source:
            self.atom_source(entry, item)
        if html := self.html(item, bodies):
            texts(entry, {"content": html}, type="html")
        self.media(entry, card.image)
        return fragment(entry, depth=1)

    def atom_authors(self, entry: ET.Element, card: Card) -> None:
        """Add everybody who wrote an article, or who published it."""
        for author in card.authors:
            uri = self.r.absurl(author.url) if author.url else ""
            texts(ET.SubElement(entry, "author"), {"name": author.name, "uri": uri})
        if not card.authors:
            texts(ET.SubElement(entry, "author"), {"name": self.byline(card)})
        if len(card.authors) > 1:  # many readers show the last author only
            texts(entry, {"dc:creator": self.byline(card)})

    def atom_source(self, entry: ET.Element, item: FeedItem) -> None:
        """Add where an article was first published."""
        source = ET.SubElement(entry, "source")
        texts(
            source,
            {
                "id": href(item.source_id) or self.r.absurl("/"),
                "title": item.card.source,
                "updated": self.moment(item.published),
            },
        )
        if item.source_feed:
            ET.SubElement(source, "link", rel="self", href=href(item.source_feed))

    def rss(self, view: FeedView, bodies: Bodies) -> bytes:
        """RSS 2.0, with all authors in dc:creator, as its own author must be an e-mail address."""
        names = RSS_NAMES | ({"xmlns:itunes": ITUNES} if view.podcast else {})
        root = ET.Element("rss", {"version": "2.0", **names})
        channel = ET.SubElement(root, "channel")
        description = escape(
            view.description or view.title, quote=False
        )  # RSS holds HTML here, in items, too
        texts(
            channel,
            {"title": view.title, "link": self.r.absurl(view.home), "description": description},
        )
        texts(channel, {"language": self.frame.language, "copyright": view.rights})
        texts(channel, {"generator": self.frame.generator})
        texts(
            channel,
            {
                "docs": "https://www.rssboard.org/rss-specification",
                "lastBuildDate": self.rfc822(view.updated),
            },
        )
        ET.SubElement(
            channel,
            "atom:link",
            rel="self",
            href=self.r.absurl(view.url),
            type="application/rss+xml",
        )
        if view.hub:
            ET.SubElement(channel, "atom:link", rel="hub", href=href(view.hub))
        if icon := self.icon():
            image = ET.SubElement(channel, "image")
            texts(image, {"url": icon, "title": view.title, "link": self.r.absurl(view.home)})
        if view.podcast:
            describe_podcast(channel, view.podcast, self.r.absurl)
            explicit = view.podcast.explicit
            items = [fragment(self.episode(i, bodies, explicit), depth=2) for i in view.items]
        else:
            items = [self.once("rss", item, bodies, self.rss_item) for item in view.items]
        return xml(root, items, channel, depth=2)

    def rss_item(self, item: FeedItem, bodies: Bodies) -> str:
        """One article in RSS, as it is written there."""
        return fragment(self.rss_entry(item, bodies), depth=2)

    def episode(self, item: FeedItem, bodies: Bodies, explicit: bool) -> ET.Element:
        """One article in a podcast."""
        entry = self.rss_entry(item, bodies)
        describe_episode(entry, item, explicit)
        return entry

    def rss_entry(self, item: FeedItem, bodies: Bodies) -> ET.Element:
        """One article in RSS."""
        card = item.card
        entry = ET.Element("item")
        texts(entry, {"title": card.title, "link": self.r.absurl(card.url)})
        texts(entry, {"guid": self.identity(item)}, isPermaLink="false")
        texts(entry, {"pubDate": self.rfc822(item.published)})
        texts(entry, {"dc:creator": self.byline(card)})
        for tag in (card.section.name, *item.tags):
            texts(entry, {"category": tag})
        if item.source_url and card.source:
            texts(entry, {"source": card.source}, url=href(item.source_feed or item.source_url))
            ET.SubElement(entry, "atom:link", rel="via", href=href(item.source_url))
        texts(
            entry,
            {
                "dc:rights": item.notice,
                "dc:language": card.lang,
                "description": escape(card.summary, quote=False),
            },
        )
        if html := self.html(item, bodies):
            texts(entry, {"content:encoded": html})
        if item.sound:
            ET.SubElement(entry, "enclosure", self.enclosed(item.sound, "url"))
        self.media(entry, card.image)
        return entry

    def byline(self, card: Card) -> str:
        """Whoever wrote an article, in one line: readers show only one of several elements."""
        names = [author.name for author in card.authors]
        lang = card.lang or self.frame.language
        return listed(names, lang) or card.source or self.frame.title

    def enclosed(self, sound: SoundFile, key: str) -> dict[str, str]:
        """The attributes of a recording, whose URL is called ``key``."""
        return {key: self.r.absurl(sound.url), "type": sound.type, "length": str(sound.size)}

    def icon(self) -> str:
        """The URL of the largest icon of the site that is a PNG."""
        images = [icon for icon in self.frame.icons if icon.type == "image/png"]
        return self.r.absurl(max(images, key=lambda icon: icon.size).url) if images else ""

    def media(self, entry: ET.Element, image: Image | None) -> None:
        """The lead image of an entry with its credit, in RSS and Atom alike.

        Source: https://www.rssboard.org/media-rss
        """
        if image:
            media = ET.SubElement(
                entry, "media:content", url=self.r.absurl(image.src), medium="image"
            )
            texts(media, {"media:description": image.caption or image.alt})
            credit, right = image_credit(image)
            texts(media, {"media:credit": credit})
            licence = licence_url(image.license)
            if right or licence:  # validators know no `media:license`
                about = {"url": licence} if licence else {}
                texts(media, {"media:copyright": right or image.license}, **about)

    def json(self, view: FeedView, bodies: Bodies) -> bytes:
        """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
        head = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": view.title,
            "home_page_url": self.r.absurl(view.home),
            "feed_url": self.r.absurl(view.url),
            "description": view.description,
            "icon": self.icon(),
            "language": self.frame.language,
            "authors": [{"name": self.frame.author or self.frame.title}],
            "hubs": [{"type": "WebSub", "url": href(view.hub)}] if view.hub else [],
        }
        items = [self.once("json", item, bodies, self.json_item) for item in view.items]
        return (
            msgspec.json.format(msgspec.json.encode(_given(head) | {"items": items}), indent=1)
            + b"\n"
        )

    def json_item(self, item: FeedItem, bodies: Bodies) -> dict[str, Any]:
        """One article in JSON Feed; ``external_url`` is where it was first published."""
        card = item.card
        people = [
            _given({"name": a.name, "url": self.r.absurl(a.url) if a.url else ""})
            for a in card.authors
        ]
        html = self.html(item, bodies)
        return _given(
            {
                "id": self.identity(item),
                "url": self.r.absurl(card.url),
                "external_url": href(item.source_url),
                "title": card.title,
                "content_html": html,
                "content_text": "" if html else card.summary or card.title,
                "summary": card.summary,
                "attachments": self.attachments(item),
                "image": self.r.absurl(card.image.src) if card.image else "",
                "date_published": self.moment(item.published),
                "date_modified": self.moment(item.changed),
                "authors": people or [{"name": card.source or self.frame.title}],
                "tags": [card.section.name, *item.tags],
                "language": card.lang,
                "_rights": _given(
                    {
                        "notice": item.notice,
                        "license": href(item.license),
                        "show": item.show if item.show != "full" else "",
                    }
                ),
                "_comment": (
                    _given({"text": card.comment.text, "by": card.comment.by})
                    if card.comment
                    else {}
                ),
                "_source": _given({"name": card.source, "url": href(item.source_id)}),
            }
        )

    def attachments(self, item: FeedItem) -> list[dict[str, Any]]:
        """The EPUB and the recording of an entry, as JSON Feed names them."""
        out: list[dict[str, Any]] = []
        if item.book:
            out.append({"url": self.r.absurl(item.book), "mime_type": EPUB})
        if sound := item.sound:
            facts = {"mime_type": sound.type, "size_in_bytes": sound.size}
            out.append({"url": self.r.absurl(sound.url), **facts})
        return out

    def once(
        self, kind: str, item: FeedItem, bodies: Bodies, make: Callable[[FeedItem, Bodies], Any]
    ) -> Any:
        """What ``make`` makes of an item, which is in the feeds of several lists."""
        found = self.entries.get((kind, item))
        if found is None:
            make_room(self.entries, MAX_ENTRIES)
            found = self.entries[kind, item] = make(item, bodies)
        return found

    def identity(self, item: FeedItem) -> str:
        """See the function of this name."""
        return identity(self.r, item.card.id, item.published)

    def own_identity(self, view: FeedView) -> str:
        """What the feed itself is called for good; the URL of its page where ids are those of
        earlier versions."""
        return self.r.absurl(view.home) if self.frame.ids else identity(self.r, view.home, "")

    def html(self, item: FeedItem, bodies: Bodies) -> str:
        """What an entry shows: the lead image, the words of the digest, the text as its rights
        allow, and its source; all with absolute URLs. Nothing where that is a summary alone."""
        card, text = item.card, self._text(item, bodies)
        figure = lead_figure(card.image, text, self.r.absurl)
        said = comment_html(card.comment, self.word, "blockquote") if card.comment else ""
        source = source_line(item, self.word)
        if not text and card.summary and any((figure, said, source)):
            text = f"<p>{escape(card.summary)}</p>"
        return f"{figure}{said}{text}{source}"

    def _text(self, item: FeedItem, bodies: Bodies) -> str:
        """The text of an entry as its rights allow, with absolute URLs."""
        if not (item.body_from or item.contents):
            return ""
        return absolute_body(item, item.contents or bodies(item.body_from), self.r)

    def word(self, english: str) -> str:
        """A word of pages in the site's language."""
        return self.frame.messages.get(english, english)

    def moment(self, value: str) -> str:
        """An RFC 3339 moment."""
        return rfc3339(value or EPOCH, self.r.zone)

    def rfc822(self, value: str) -> str:
        """A moment as RSS has it."""
        return format_datetime(datetime.fromisoformat(self.moment(value)))


def absolute_body(item: FeedItem, html: str, r: RenderTools, words: int = 0) -> str:
    """The text of an entry as its rights allow, cut to ``words`` where they are given, with
    absolute URLs that hold elsewhere.

    Images are those that the page shows: the files that an article names need not be published.
    """
    shown = {r.base_path + url: r.url(src) for url, src in item.pictures}
    body = (
        r.body(html, "excerpt", words, ())
        if words
        else r.body(html, item.show, item.words, item.targets)
    )
    return absolute(body, r, shown, r.absurl(item.card.url))


def absolute(
    html: str, r: RenderTools, shown: Mapping[str, str] | None = None, page: str = ""
) -> str:
    """``html`` with paths as absolute URLs; those in ``shown`` are replaced by what it has for
    them. What is on the page itself, such as notes, is at the URL ``page``, if that is given: a
    reader shows many entries on one page."""
    start, images = origin(r), shown or {}

    def full(url: str) -> str:
        url = images.get(url, url)
        if url.startswith("#"):
            return page + url
        return start + url if is_rooted(url) else url

    return with_urls(html, full)


def news_sitemap(view: NewsView, r: RenderTools) -> bytes:
    """The articles of the last two days (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap)."""
    root = ET.Element(
        "urlset", {"xmlns": SITEMAP, "xmlns:news": "http://www.google.com/schemas/sitemap-news/0.9"}
    )
    for url, day, title, language, keywords in view.entries:
        entry = ET.SubElement(root, "url")
        texts(entry, {"loc": r.absurl(url)})
        news = ET.SubElement(entry, "news:news")
        texts(
            ET.SubElement(news, "news:publication"),
            {"news:name": r.frame.title, "news:language": language.split("-")[0]},
        )
        texts(news, {"news:publication_date": day, "news:title": title})
        texts(news, {"news:keywords": keywords} if keywords else {})
    return xml(root)


def opml(view: OpmlView, r: RenderTools) -> bytes:
    """The sources for feed readers (https://opml.org/spec2.opml)."""
    root = ET.Element("opml", version="2.0")
    texts(
        ET.SubElement(root, "head"),
        {"title": view.title, "ownerName": r.frame.author, "docs": "https://opml.org/spec2.opml"},
    )
    body = ET.SubElement(root, "body")
    for one in view.outlines:
        kind = (
            {"type": "rss", "xmlUrl": r.absurl(one.feed)}
            if one.feed
            else {"type": "link", "url": r.absurl(one.page)}
        )
        names = {"text": clean(one.name), "title": clean(one.name)}
        ET.SubElement(body, "outline", {**names, **kind, "htmlUrl": r.absurl(one.home or one.page)})
    return xml(root)


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
