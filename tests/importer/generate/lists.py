"""Exports of read-later services and of literature managers."""

from __future__ import annotations

import calendar
import csv
import io
import json
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from tests.importer.generate.articles import Article, turned


def _csv(head: str, rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head.split(","))
    writer.writerows(rows)
    return out.getvalue().encode()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def table(articles: Sequence[Article]) -> bytes:
    rows = [
        (a.title, "; ".join(a.authors), str(a.day), a.url, a.source, a.section, a.page, a.text)
        for a in articles
    ]
    return _csv("title,author,date,url,publication,section,page,text", rows)


def pocket_csv(articles: Sequence[Article]) -> bytes:
    rows = [(a.title, a.url, "1764201600", "boats|clocks", "unread") for a in articles]
    return _csv("title,url,time_added,tags,status", rows)


def pocket_html(articles: Sequence[Article]) -> bytes:
    items = "".join(
        f'<li><a href="{a.url}" time_added="1764201600" tags="boats,clocks">{escape(a.title)}</a>'
        "</li>\n"
        for a in articles
    )
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="UTF-8"><title>Pocket Export</title></head>'
        f"<body><h1>Unread</h1><ul>{items}</ul><h1>Read Archive</h1><ul></ul></body></html>"
    ).encode()


def instapaper_csv(articles: Sequence[Article]) -> bytes:
    rows = [(a.url, a.title, "", "Unread", "1764201600") for a in articles]
    return _csv("URL,Title,Selection,Folder,Timestamp", rows)


def raindrop_csv(articles: Sequence[Article]) -> bytes:
    rows = [
        (str(n), a.title, "my note", "", a.url, "Box", "boats, clocks", "2026-11-26T00:00:00Z")
        for n, a in enumerate(articles)
    ]
    return _csv("id,title,note,excerpt,url,folder,tags,created", rows)


def raindrop_json(articles: Sequence[Article]) -> bytes:
    items = [
        {"link": a.url, "title": a.title, "excerpt": "", "note": "n", "tags": ["boats", "clocks"]}
        for a in articles
    ]
    return _json({"result": True, "items": items})


def pinboard(articles: Sequence[Article]) -> bytes:
    items = [
        {
            "href": a.url,
            "description": a.title,
            "extended": "my note",
            "time": "2026-11-26T00:00:00Z",
            "shared": "no",
            "tags": "boats clocks",
        }
        for a in articles
    ]
    return _json(items)


def pinboard_xml(articles: Sequence[Article]) -> bytes:
    posts = "".join(
        f'<post href="{a.url}" time="2026-11-26T00:00:00Z" description="{escape(a.title)}"'
        ' extended="my note" tag="boats clocks" hash="1" shared="no" />\n'
        for a in articles
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<posts user="x">\n{posts}</posts>'.encode()


def google_reader(articles: Sequence[Article]) -> bytes:
    items = [
        {
            "id": f"tag:google.com,2005:reader/item/{n}",
            "title": a.title,
            "published": calendar.timegm(a.day.timetuple()),
            "canonical": [{"href": a.url}],
            "alternate": [{"href": a.url, "type": "text/html"}],
            "summary": {"direction": "ltr", "content": f"<p>{'</p><p>'.join(a.paragraphs)}</p>"},
            "author": a.authors[0],
            "origin": {"streamId": "feed/x", "title": a.source},
        }
        for n, a in enumerate(articles)
    ]
    return _json({"id": "user/-/state/com.google/starred", "title": "Starred", "items": items})


def folders_of_links(articles: Sequence[Article]) -> bytes:
    """Links in folders of folders, as browsers write them."""
    links = [{"name": a.title, "type": "url", "url": a.url} for a in articles]
    bar = {"type": "folder", "name": "Bar", "children": [{"name": "Box", "children": links}]}
    return _json({"checksum": "0", "roots": {"bookmark_bar": bar}, "version": 1})


def readwise_csv(articles: Sequence[Article]) -> bytes:
    rows = [(a.title, a.url, a.authors[0], "boats", "2026-11-26", "a passage") for a in articles]
    return _csv("Title,URL,Author,Document tags,Saved date,Highlight", rows)


def readwise_json(articles: Sequence[Article]) -> bytes:
    items = [
        {
            "user_book_id": n,
            "title": a.title,
            "author": a.authors[0],
            "source_url": a.url,
            "book_tags": [{"id": 1, "name": "boats"}, {"id": 2, "name": "clocks"}],
            "highlights": [{"text": "a passage", "note": "mine"}, {"text": "another"}],
        }
        for n, a in enumerate(articles)
    ]
    return _json({"count": len(items), "nextPageCursor": None, "results": items})


def reader_json(articles: Sequence[Article]) -> bytes:
    items = [
        {
            "id": str(n),
            "url": f"https://read.example/{n}",
            "source_url": a.url,
            "title": a.title,
            "author": a.authors[0],
            "tags": {"boats": {"name": "boats"}},
            "site_name": a.source,
            "published_date": str(a.day),
            "html_content": "".join(f"<p>{escape(p)}</p>" for p in a.paragraphs),
            "reading_progress": 0.5,
        }
        for n, a in enumerate(articles)
    ]
    return _json({"results": items})


def wallabag(articles: Sequence[Article]) -> bytes:
    items = [
        {
            "is_archived": 0,
            "title": a.title,
            "url": a.url,
            "content": "".join(f"<p>{escape(p)}</p>" for p in a.paragraphs),
            "published_at": f"{a.day}T08:00:00+00:00",
            "published_by": list(a.authors),
            "language": a.lang,
            "tags": ["boats"],
        }
        for a in articles
    ]
    return _json(items)


def json_articles(articles: Sequence[Article]) -> bytes:
    """A list of objects that no service is known for, with keys of usual names."""
    items = [
        {
            "headline": a.title,
            "byline": ", ".join(a.authors),
            "published": str(a.day),
            "permalink": a.url,
            "body": a.text,
            "publisher": a.source,
        }
        for a in articles
    ]
    return _json({"articles": items})


def bookmarks(articles: Sequence[Article]) -> bytes:
    items = "".join(
        f'<DT><A HREF="{a.url}" ADD_DATE="1764201600" TAGS="boats">{escape(a.title)}</A>\n'
        "<DD>note\n"
        for a in articles
    )
    head = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n"
    return f"{head}<DL><p>\n<DT><H3>Box</H3>\n<DL><p>\n{items}</DL><p>\n</DL><p>\n".encode()


def ris(articles: Sequence[Article]) -> bytes:
    out = []
    for a in articles:
        people = "".join(f"AU  - {turned(name)}\n" for name in a.authors)
        out.append(
            f"TY  - NEWS\nTI  - {a.title}\n{people}DA  - {a.day:%Y/%m/%d}\nT2  - {a.source}\n"
            f"UR  - {a.url}\nSP  - {a.page}\nLA  - {a.lang}\nER  - \n\n"
        )
    return "".join(out).encode()


def csl(articles: Sequence[Article]) -> bytes:
    items = [
        {
            "id": str(n),
            "type": "article-newspaper",
            "title": a.title,
            "author": [
                dict(zip(("given", "family"), name.split(" "), strict=True)) for name in a.authors
            ],
            "issued": {"date-parts": [[a.day.year, a.day.month, a.day.day]]},
            "container-title": a.source,
            "URL": a.url,
            "page": a.page,
        }
        for n, a in enumerate(articles)
    ]
    return _json(items)


def bibtex(articles: Sequence[Article]) -> bytes:
    out = []
    for number, a in enumerate(articles):
        people = " and ".join(map(turned, a.authors))
        out.append(
            f"@article{{key{number},\n  title = {{{a.title}}},\n  author = {{{people}}},\n"
            f'  journal = "{a.source}",\n  year = {a.day.year}, month = {a.day:%b}, day ='
            f" {{{a.day.day}}},\n  pages = {{{a.page}}},\n  url = {{{a.url}}}\n}}\n\n"
        )
    return "".join(out).encode()
