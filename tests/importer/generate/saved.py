"""Saved pages: HTML, MHTML, WARC, WACZ, HAR and .webarchive, with the article among furniture."""

from __future__ import annotations

import gzip
import json
import plistlib
from collections.abc import Sequence
from html import escape

from tests.importer.generate.articles import Article
from tests.importer.generate.office import packed


def page_of(one: Article) -> str:
    """A page of a newspaper."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": one.title,
        "datePublished": f"{one.day}T08:30:00+00:00",
        "author": [{"@type": "Person", "name": name} for name in one.authors],
        "publisher": {"@type": "Organization", "name": one.source},
    }
    text = "".join(f"<p>{escape(p)}</p>" for p in one.paragraphs)
    return (
        f'<!doctype html><html lang="{one.lang}"><head><meta charset="utf-8">'
        f'<title>{escape(one.title)}</title><link rel="canonical" href="{one.url}">'
        f'<script type="application/ld+json">{json.dumps(data)}</script></head><body><nav><a'
        f' href="/">Home</a></nav><article><h1>{escape(one.title)}</h1>{text}</article><aside><p>'
        "Read the other pages of this paper, which are as long as this one.</p></aside><footer>"
        f"<p>© {one.source}</p></footer></body></html>"
    )


def html(articles: Sequence[Article]) -> bytes:
    return page_of(articles[0]).encode()


def singlefile(articles: Sequence[Article]) -> bytes:
    one = articles[0]
    comment = f"<!--\n Page saved with SingleFile \n url: {one.url} \n saved date: x\n-->"
    page = page_of(one).replace(f'<link rel="canonical" href="{one.url}">', "")
    return page.replace("<head>", f"{comment}<head>", 1).encode()


def mhtml(articles: Sequence[Article]) -> bytes:
    one = articles[0]
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {one.url}\r\nSubject: x\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n'
        f"\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: {one.url}\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return head.encode() + page_of(one).encode() + b"\r\n--b--\r\n"


def webarchive(articles: Sequence[Article]) -> bytes:
    one = articles[0]
    main = {
        "WebResourceURL": one.url,
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceData": page_of(one).encode(),
    }
    return plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)


def har(articles: Sequence[Article]) -> bytes:
    entries = [
        {
            "startedDateTime": f"{one.day}T10:00:00Z",
            "request": {"method": "GET", "url": one.url},
            "response": {
                "status": 200,
                "content": {"mimeType": "text/html", "text": page_of(one)},
            },
        }
        for one in articles
    ]
    return json.dumps({"log": {"version": "1.2", "entries": entries}}).encode()


def _record(one: Article) -> bytes:
    page = page_of(one).encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {one.url}\r\n"
        f"WARC-Date: {one.day}T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{one.day}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def warc(articles: Sequence[Article]) -> bytes:
    return b"".join(map(_record, articles))


def warc_gz(articles: Sequence[Article]) -> bytes:
    return b"".join(gzip.compress(_record(one), mtime=0) for one in articles)


def wacz(articles: Sequence[Article]) -> bytes:
    rows = "\n".join(json.dumps({"url": one.url, "title": one.title}) for one in articles)
    head = '{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}'
    return packed(
        {
            "datapackage.json": "{}",
            "archive/data.warc.gz": warc_gz(articles),
            "pages/pages.jsonl": f"{head}\n{rows}\n",
        }
    )
