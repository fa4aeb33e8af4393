"""Copied texts, Markdown, feeds, agencies' XML and mail."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from tests.importer.generate.articles import Article
from tests.importer.generate.office import packed


def _html(one: Article) -> str:
    return "".join(f"<p>{escape(p)}</p>" for p in one.paragraphs)


def copied(articles: Sequence[Article]) -> bytes:
    one = articles[0]
    people = " and ".join(one.authors)
    day = f"{one.day:%B} {one.day.day}, {one.day.year}"
    return f"{one.title}\n\nBy {people}\n{day}\n\n{one.text}\n\nShare\nAdvertisement\n".encode()


def markdown(articles: Sequence[Article]) -> bytes:
    one = articles[0]
    people = json.dumps(list(one.authors), ensure_ascii=False)
    head = f"title: {json.dumps(one.title)}\ndate: {one.day}\nauthors: {people}\nsection: yard\n"
    return f"---\n{head}---\n\n{one.text}\n".encode()


def rss(articles: Sequence[Article]) -> bytes:
    items = "".join(
        f"<item><title>{escape(a.title)}</title><link>{a.url}</link>"
        f"<pubDate>{a.day:%a, %d %b %Y} 08:00:00 +0000</pubDate>"
        + "".join(f"<dc:creator>{name}</dc:creator>" for name in a.authors)
        + f"<description>{escape(_html(a))}</description></item>"
        for a in articles
    )
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Slipway</title><link>https://s.example/</link>{items}</channel></rss>"
    ).encode()


def atom(articles: Sequence[Article]) -> bytes:
    entries = "".join(
        f"<entry><id>{a.url}</id><title>{escape(a.title)}</title><link href='{a.url}'/>"
        f"<published>{a.day}T08:00:00Z</published><updated>{a.day}T08:00:00Z</updated>"
        + "".join(f"<author><name>{name}</name></author>" for name in a.authors)
        + f"<content type='html'>{escape(_html(a))}</content></entry>"
        for a in articles
    )
    return (
        "<feed xmlns='http://www.w3.org/2005/Atom'><id>urn:x</id><title>Slipway</title>"
        f"<updated>2026-01-01T00:00:00Z</updated>{entries}</feed>"
    ).encode()


def json_feed(articles: Sequence[Article]) -> bytes:
    items = [
        {
            "id": a.url,
            "url": a.url,
            "title": a.title,
            "content_html": _html(a),
            "date_published": f"{a.day}T08:00:00Z",
            "authors": [{"name": name} for name in a.authors],
        }
        for a in articles
    ]
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": "Slipway", "items": items}).encode()


def newsml(articles: Sequence[Article]) -> bytes:
    items = "".join(
        f'<newsItem guid="urn:desk:{a.number}" version="1"><contentMeta><contentCreated>{a.day}'
        f"T08:00:00Z</contentCreated><headline>{escape(a.title)}</headline>"
        f"<by>By {' and '.join(a.authors)}</by><language tag='{a.lang}'/></contentMeta>"
        f'<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns='
        f'"http://www.w3.org/1999/xhtml"><body>{_html(a)}</body></html></inlineXML></contentSet>'
        "</newsItem>"
        for a in articles
    )
    return (
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header/>'
        f"<itemSet>{items}</itemSet></newsMessage>"
    ).encode()


def wordpress(articles: Sequence[Article]) -> bytes:
    items = "".join(
        f"<item><title>{escape(a.title)}</title><link>{a.url}</link><dc:creator>desk</dc:creator>"
        f"<content:encoded><![CDATA[{_html(a)}]]></content:encoded><wp:post_id>{a.number}"
        f"</wp:post_id><wp:post_date>{a.day} 08:00:00</wp:post_date><wp:post_date_gmt>{a.day} "
        "07:00:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post"
        f'</wp:post_type><category domain="category" nicename="x">{a.section}</category></item>'
        for a in articles
    )
    author = (
        "<wp:author><wp:author_login>desk</wp:author_login><wp:author_display_name>Edda Marsh"
        "</wp:author_display_name></wp:author>"
    )
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">'
        f"<channel><title>Slipway</title><link>https://s.example</link><wp:wxr_version>1.2"
        f"</wp:wxr_version>{author}{items}</channel></rss>"
    ).encode()


def _mail(one: Article) -> str:
    return (
        f"From: {one.authors[0]} <desk@s.example>\nTo: readers@s.example\n"
        f"Subject: {one.title}\nDate: {one.day:%a, %d %b %Y} 08:00:00 +0000\n"
        f"Message-ID: <{one.number}@s.example>\nMIME-Version: 1.0\n"
        "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        f"<html><body>{_html(one)}<p>To unsubscribe, write to us.</p></body></html>\n"
    )


def mail(articles: Sequence[Article]) -> bytes:
    return _mail(articles[0]).encode()


def mailbox(articles: Sequence[Article]) -> bytes:
    start = "From desk@s.example Thu Nov 26 18:15:00 2026\n"
    return "\n".join(start + _mail(one) for one in articles).encode()


def maildir(articles: Sequence[Article]) -> bytes:
    return packed({f"box/cur/17641.{a.number}.host:2,S": _mail(a) for a in articles})
