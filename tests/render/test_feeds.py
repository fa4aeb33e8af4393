"""Feeds of views, without a site."""

from __future__ import annotations

import json
from typing import Any

import feedparser
import pytest
from lxml import etree
from msgspec.structs import replace

from sitegen.config.schema import FeedConfig
from sitegen.model.article import Image, Person
from sitegen.model.site import Byline, Card, Link
from sitegen.model.views import FeedItem, FeedView, NewsView, OpmlView, Outline, SoundFile
from sitegen.render.feeds import (
    ATOM,
    Feeds,
    absolute,
    absolute_body,
    host,
    identity,
    news_sitemap,
    opml,
    origin,
)
from tests.samples import renderer

TOOLS = renderer(base_url="https://t.example/d/")
NAMES = {
    "a": ATOM,
    "media": "http://search.yahoo.com/mrss/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
CARD = Card(
    "Tide & ebb",
    "/a/",
    "2026-11-02T10:00:00+01:00",
    Link("World", "/world/"),
    "A summary",
    (Byline("Ann Ames", "/author/ann/"), Byline("Bo", "")),
    source="Post",
    lang="de",
    id="urn:isbn:1",
)
ITEM = FeedItem(
    CARD,
    source_url="https://post.example/a",
    source_id="https://post.example/",
    source_feed="https://post.example/feed",
    body_from="a.md",
    tags=("oil",),
    credits=(Person("Ruta", "photo", "https://ruta.example/"),),
    notice="© Post",
    license="https://creativecommons.org/licenses/by/4.0/",
)


BODY = '<a href="https://t.example/d/x/">x</a>'
SOURCE = (
    '<p><small>First published by <a href="https://post.example/a">Post</a> · © Post · <a'
    ' rel="license" href="https://creativecommons.org/licenses/by/4.0/">Licence</a></small></p>'
)


def feed(item: FeedItem = ITEM, form: str = "atom", **view: Any) -> Any:
    """A feed of one item: an element tree, or what JSON holds."""
    given = {"title": "T", "url": "/feed.xml", "home": "/", "updated": "2026-11-02"} | view
    data = Feeds(TOOLS).render(
        FeedView(items=(item,), format=form, **given), {"a.md": '<a href="/x/">x</a>'}.__getitem__
    )
    return json.loads(data) if form == "json" else etree.fromstring(data)


def found(tree: Any, path: str) -> list[str]:
    return [one.text if hasattr(one, "text") else one for one in tree.xpath(path, namespaces=NAMES)]


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("a:entry/a:id", ["urn:isbn:1"]),
        ("a:entry/a:title", ["Tide & ebb"]),
        ("a:entry/@xml:lang", ["de"]),
        ("a:entry/a:published", ["2026-11-02T10:00:00+01:00"]),
        ("a:entry/a:updated", ["2026-11-02T10:00:00+01:00"]),
        ("a:entry/a:author/a:name", ["Ann Ames", "Bo"]),
        ("a:entry/dc:creator", ["Ann Ames und Bo"]),
        ("a:entry/a:author/a:uri", ["https://t.example/d/author/ann/"]),
        ("a:entry/a:contributor/a:name", ["Ruta"]),
        ("a:entry/a:category/@term", ["World", "oil"]),
        ("a:entry/a:link[@rel='via']/@href", ["https://post.example/a"]),
        ("a:entry/a:link[@rel='alternate']/@href", ["https://t.example/d/a/"]),
        ("a:entry/a:source/a:id", ["https://post.example/"]),
        ("a:entry/a:source/a:link/@href", ["https://post.example/feed"]),
        ("a:entry/a:content", [BODY + SOURCE]),
        ("a:link[@rel='self']/@href", ["https://t.example/d/feed.xml"]),
        ("a:updated", ["2026-11-02T00:00:00+00:00"]),
    ],
)
def test_atom(path: str, values: list[str]) -> None:
    assert found(feed(), path) == values


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("channel/item/guid", ["urn:isbn:1"]),
        ("channel/item/guid/@isPermaLink", ["false"]),
        ("channel/item/pubDate", ["Mon, 02 Nov 2026 10:00:00 +0100"]),
        ("channel/item/dc:creator", ["Ann Ames und Bo"]),
        ("channel/item/category", ["World", "oil"]),
        ("channel/item/source/@url", ["https://post.example/feed"]),
        ("channel/item/content:encoded", [BODY + SOURCE]),
    ],
)
def test_rss(path: str, values: list[str]) -> None:
    assert found(feed(form="rss"), path) == values


def test_json() -> None:
    (item,) = feed(form="json")["items"]
    assert item["external_url"] == "https://post.example/a"
    assert item["content_html"] == BODY + SOURCE
    assert "content_text" not in item
    assert item["authors"][0] == {"name": "Ann Ames", "url": "https://t.example/d/author/ann/"}
    assert item["_source"] == {"name": "Post", "url": "https://post.example/"}


def test_without_a_body_the_summary_is_given() -> None:
    short = FeedItem(replace(CARD, source=""))
    assert found(feed(short), "a:entry/a:content") == []
    assert feed(short, "json")["items"][0]["content_text"] == "A summary"


def test_a_summary_names_its_source_in_sight() -> None:
    said = "<p>A summary</p><p><small>First published by Post</small></p>"
    assert found(feed(FeedItem(CARD)), "a:entry/a:content") == [said]
    assert feed(FeedItem(CARD), "json")["items"][0]["content_html"] == said


@pytest.mark.parametrize("form", ["atom", "rss"])
@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("Ann Ames",), "Ann Ames"),
        (("Ann Ames", "Bo"), "Ann Ames und Bo"),
        (("Ann Ames", "Bo", "Edda Marsh"), "Ann Ames, Bo und Edda Marsh"),
    ],
)
def test_a_reader_that_shows_one_author_names_all(
    form: str, names: tuple[str, ...], said: str
) -> None:
    item = FeedItem(replace(CARD, authors=tuple(Byline(name, "") for name in names)))
    (entry,) = feedparser.parse(etree.tostring(feed(item, form))).entries
    assert entry.author == said
    if form == "atom":
        assert [one.name for one in entry.authors][: len(names)] == list(names)


def test_without_authors_the_source_or_the_site_is_named() -> None:
    anonymous = FeedItem(replace(CARD, authors=()))
    assert found(feed(anonymous), "a:entry/a:author/a:name") == ["Post"]
    anonymous = FeedItem(replace(CARD, authors=(), source=""))
    assert found(feed(anonymous, "rss"), "channel/item/dc:creator") == ["T"]


def test_the_image_has_its_credit() -> None:
    image = Image("/a.jpg", alt="Fog", creator="Ruta", license="CC BY 4.0")
    item = FeedItem(replace(CARD, image=image))
    for form, entry in (("atom", "a:entry"), ("rss", "channel/item")):
        tree = feed(item, form)
        assert found(tree, f"{entry}/media:content/@url") == ["https://t.example/d/a.jpg"]
        assert found(tree, f"{entry}/media:content/media:credit") == ["Ruta"]
        (right,) = tree.xpath(f"{entry}/media:content/media:copyright", namespaces=NAMES)
        assert right.text == "CC BY 4.0"
        assert right.get("url") == "https://creativecommons.org/licenses/by/4.0/"
    shown = '<figure><img src="https://t.example/d/a.jpg" alt="Fog" />'
    for form, path in (("atom", "a:entry/a:content"), ("rss", "channel/item/content:encoded")):
        assert found(feed(item, form), path)[0].startswith(shown)
    assert feed(item, "json")["items"][0]["content_html"].startswith(shown)


@pytest.mark.parametrize(
    ("form", "paths"),
    [("atom", ("a:rights", "a:icon")), ("rss", ("channel/copyright", "channel/image/url"))],
)
def test_a_feed_has_rights_and_an_icon(form: str, paths: tuple[str, str]) -> None:
    view = FeedView("T", "/feed.xml", "/", "2026-11-02", (), form, rights="All with others")
    tree = etree.fromstring(Feeds(renderer(icon="/icon.png")).render(view, {}.__getitem__))
    assert found(tree, paths[0]) == ["All with others"]
    assert found(tree, paths[1]) == ["https://t.example/icon-512.png"]


def test_a_recording_is_an_enclosure_in_every_format() -> None:
    item = replace(ITEM, sound=SoundFile("/talk.mp3", "audio/mpeg", 12))
    url = "https://t.example/d/talk.mp3"
    atom = feed(item).xpath("a:entry/a:link[@rel='enclosure']", namespaces=NAMES)[0].attrib
    assert (atom["href"], atom["type"], atom["length"]) == (url, "audio/mpeg", "12")
    rss = feed(item, "rss").find("channel/item/enclosure").attrib
    assert (rss["url"], rss["type"], rss["length"]) == (url, "audio/mpeg", "12")
    (attached,) = feed(item, "json")["items"][0]["attachments"]
    assert attached == {"url": url, "mime_type": "audio/mpeg", "size_in_bytes": 12}


@pytest.mark.parametrize(("form", "path"), [("atom", "a:link"), ("rss", "channel/*")])
def test_a_hub_is_linked(form: str, path: str) -> None:
    tree = feed(form=form, hub="https://hub.example/")
    assert found(tree, f"{path}[@rel='hub']/@href") == ["https://hub.example/"]


@pytest.mark.parametrize(
    ("name", "ids", "uri"),
    [
        ("https://post.example/a", "", "https://post.example/a"),
        ("urn:isbn:1", "", "urn:isbn:1"),
        ("content/a b.md", "t.example", "tag:t.example,2026:content/a%20b.md"),
        ("a: b", "t.example", "tag:t.example,2026:a:%20b"),
    ],
)
def test_the_id_of_an_entry(name: str, ids: str, uri: str) -> None:
    assert identity(renderer(feeds=FeedConfig(ids=ids)), name, "2026-11-02") == uri


def test_an_id_depends_on_neither_host_nor_date() -> None:
    one = identity(renderer(base_url="https://a.example/"), "content/a.md", "2026-11-02")
    other = identity(renderer(base_url="https://b.example/"), "content/a.md", "2027-01-01")
    assert one == other
    assert one.startswith("urn:uuid:")
    assert one != identity(renderer(title="Other"), "content/a.md", "2026-11-02")


def test_the_id_of_a_feed_depends_on_neither_host_nor_date() -> None:
    def own(day: str, **settings: Any) -> list[str]:
        view = FeedView("T", "/tag/oil/feed.xml", "/tag/oil/", day, ())
        tree = etree.fromstring(Feeds(renderer(**settings)).atom(view, {}.__getitem__))
        return found(tree, "/*/*[local-name()='id']")

    one = own("2026-11-02", base_url="https://a.example/")
    assert one == own("2027-01-01", base_url="https://b.example/x/")
    assert one[0].startswith("urn:uuid:")
    kept = FeedConfig(ids="a.example")
    assert own("", feeds=kept) == ["https://t.example/tag/oil/"]


def test_the_host_and_the_origin() -> None:
    tools = renderer(base_url="https://t.example:8443/d/")
    assert (host(tools), origin(tools)) == ("t.example", "https://t.example:8443")


def test_urls_are_absolute() -> None:
    html = '<img src="/d/a.jpg"><a href="https://o.example/">x</a>'
    changed = absolute(html, TOOLS, {"/d/a.jpg": "/d/a-720.webp"})
    assert changed == (
        '<img src="https://t.example/d/a-720.webp"><a href="https://o.example/">x</a>'
    )
    note = '<a href="#text-note-1">1</a>'
    assert absolute_body(ITEM, note, TOOLS) == note.replace("#", "https://t.example/d/a/#")
    assert absolute(note, TOOLS) == note
    assert absolute_body(ITEM, "<p>one two three</p>", TOOLS, words=2) == "<p>one two …</p>"


def test_the_news_sitemap() -> None:
    view = NewsView("/news.xml", (("/a/", "2026-11-02", "Tide", "pt-BR", "weather"),))
    tree = etree.fromstring(news_sitemap(view, TOOLS))
    assert found(tree, "//*[local-name()='loc']") == ["https://t.example/d/a/"]
    assert found(tree, "//*[local-name()='language']") == ["pt"]
    assert found(tree, "//*[local-name()='keywords']") == ["weather"]


def test_the_list_of_sources() -> None:
    outlines = (
        Outline("Post", "https://post.example/", "https://post.example/feed", "/source/post/"),
        Outline("Mail", "", "", "/source/mail/"),
    )
    tree = etree.fromstring(opml(OpmlView("Sources", "/sources.opml", outlines), TOOLS))
    assert found(tree, "body/outline/@type") == ["rss", "link"]
    assert found(tree, "body/outline/@htmlUrl") == [
        "https://post.example/",
        "https://t.example/d/source/mail/",
    ]


def test_an_article_in_several_feeds_is_made_once() -> None:
    feeds = Feeds(TOOLS)
    calls = []

    def make(item: FeedItem, bodies: Any) -> str:
        calls.append(item)
        return item.card.title

    for _ in range(2):
        assert feeds.once("atom", ITEM, str, make) == "Tide & ebb"
    feeds.once("rss", ITEM, str, make)
    assert len(calls) == 2
