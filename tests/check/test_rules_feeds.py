"""What readers ask of feeds, in all three notations."""

from __future__ import annotations

import json

import msgspec

from sitegen.check.model import Sample
from sitegen.check.rules_feeds import is_absolute, judge_feed
from sitegen.check.rules_pages import judge_page

ENTRY = (
    "<entry><id>https://t.example/a</id><title>A</title><updated>2026-11-24T10:00:00Z</updated><link"
    ' href="https://t.example/a"/>{}</entry>'
)
ATOM = (
    "<feed"
    ' xmlns="http://www.w3.org/2005/Atom"><id>https://t.example/</id><title>T</title><updated>2026-11-24T10:00:00+01:00</updated>{}</feed>'
)
AUTHOR = "<author><name>Ann</name></author>"


def test_atom() -> None:
    assert judge_feed(ATOM.format(ENTRY.format(AUTHOR)).encode()) == ()
    assert judge_feed(ATOM.format(ENTRY.format("")).encode()) == ("the entry `A` has no author",)
    bad = (
        ATOM.format(ENTRY.format(AUTHOR))
        .replace('href="https://t.example/a"', 'href="/a"')
        .replace("2026-11-24T10:00:00Z", "2026-11-24")
    )
    assert judge_feed(bad.encode()) == (
        "the entry `A` has an `updated` that is not a date with a time: `2026-11-24`",
        "the entry `A` has a link that is not an absolute URL: `/a`",
    )
    assert judge_feed(b"<feed")[0].startswith("cannot be read")
    assert judge_feed(b"<html/>") == ("is not a feed",)


def test_rss() -> None:
    item = (
        "<item><title>A</title><link>https://t.example/a</link><guid>a</guid><pubDate>Tue, 24 Nov"
        " 2026 10:00:00 +0000</pubDate></item>"
    )
    feed = (
        "<rss"
        f" version='2.0'><channel><title>T</title><link>https://t.example/</link><description>D</description>{item}</channel></rss>"
    )
    assert judge_feed(feed.encode()) == ()
    assert judge_feed(feed.replace("Tue, 24 Nov 2026 10:00:00 +0000", "soon").encode()) == (
        "the item `A` has a `pubDate` that is not a date: `soon`",
    )
    assert judge_feed(feed.replace("<link>https://t.example/a</link>", "").encode()) == (
        "the item `A` has a link that is not an absolute URL: ``",
    )


def test_json_feed() -> None:
    item = {
        "id": "a",
        "url": "https://t.example/a",
        "title": "A",
        "content_html": "",
        "date_published": "2026-11-24T10:00:00Z",
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [item]}
    assert judge_feed(json.dumps(feed).encode()) == ()
    feed["items"] = [item | {"url": "/a", "id": ""}]
    assert judge_feed(json.dumps(feed).encode()) == (
        "the item `A` has no `id`",
        "the item `A` has a `url` that is not an absolute URL: `/a`",
    )


def test_is_absolutees() -> None:
    assert is_absolute("tag:t.example,2026:a")
    assert is_absolute("https://t.example/ä")
    assert not any(
        map(is_absolute, ("/a", "//t.example/", "https:///a", "https://t.example/a b", "", None))
    )


def test_structured_data() -> None:
    good = {
        "@type": "NewsArticle",
        "headline": "A",
        "datePublished": "2026",
        "url": "https://t.example/a",
        "publisher": {},
        "author": [{"name": "A"}],
    }
    good["publisher"] = {"name": "T", "url": "https://t.example/"}

    def judged(value: object) -> list[str]:
        return judge_page(
            Sample(
                "a",
                "a.md",
                b'<script type="application/ld+json">' + msgspec.json.encode(value) + b"</script>",
            )
        )

    assert judged(good) == []
    assert judged({"@context": "https://schema.org", "@graph": [good]}) == []
    assert judged({"@type": "BreadcrumbList"}) == ["the structured data describes no article"]
    assert judged(good | {"author": []}) == ["the structured data names neither author nor source"]
    assert judge_page(Sample("a", "a.md", b'<script type="application/ld+json">{</script>'))[
        0
    ].startswith("the structured data cannot be read")
