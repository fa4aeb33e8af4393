"""Exports of other publishing systems."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from tests.importer.generate.articles import Article
from tests.importer.generate.office import packed


def _html(one: Article) -> str:
    return "".join(f"<p>{escape(p)}</p>" for p in one.paragraphs)


def ghost(articles: Sequence[Article]) -> bytes:
    users = sorted({name for a in articles for name in a.authors})
    data = {
        "users": [{"id": str(n), "name": name} for n, name in enumerate(users)],
        "posts": [
            {
                "id": f"p{a.number}",
                "title": a.title,
                "html": _html(a),
                "status": "published",
                "type": "post",
                "published_at": f"{a.day}T08:00:00.000Z",
            }
            for a in articles
        ],
        "posts_authors": [
            {"post_id": f"p{a.number}", "author_id": str(users.index(name)), "sort_order": order}
            for a in articles
            for order, name in enumerate(a.authors)
        ],
    }
    return json.dumps({"db": [{"meta": {"version": "5"}, "data": data}]}).encode()


def movable_type(articles: Sequence[Article]) -> bytes:
    entries = [
        f"TITLE: {a.title}\nAUTHOR: {' and '.join(a.authors)}\nSTATUS: Publish\n"
        f"CONVERT BREAKS: 1\nDATE: {a.day:%m/%d/%Y} 08:00:00 AM\n-----\nBODY:\n{a.text}\n-----\n"
        for a in articles
    ]
    return "".join(f"{entry}--------\n" for entry in entries).encode()


def substack(articles: Sequence[Article]) -> bytes:
    rows = ["post_id,post_date,is_published,title,subtitle"]
    files: dict[str, str | bytes] = {}
    for a in articles:
        rows.append(f'{a.number}.slug,{a.day}T08:00:00.000Z,true,"{a.title}",')
        files[f"posts/{a.number}.slug.html"] = _html(a)
    return packed({"posts.csv": "\n".join(rows), **files})


def medium(articles: Sequence[Article]) -> bytes:
    return packed(
        {
            f"medium/posts/{a.day}_A-title-{a.number:012x}.html": (
                f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(a.title)}</title>'
                f'</head><body><article class="h-entry"><header><h1 class="p-name">'
                f'{escape(a.title)}</h1></header><section data-field="body" class="e-content">'
                f'{_html(a)}</section><footer><p>By <a class="p-author h-card">{a.authors[0]}</a>'
                f' on <a href="{a.url}"><time class="dt-published"'
                f' datetime="{a.day}T08:00:00.000Z">x</time></a>.</p><p><a href="{a.url}"'
                ' class="p-canonical">Canonical</a></p>'
                "</footer></article></body></html>"
            )
            for n, a in enumerate(articles)
        }
        | {"medium/profile/profile.html": "<html><body><p>A profile</p></body></html>"}
    )


def tumblr_folder(articles: Sequence[Article]) -> bytes:
    return packed(
        {
            f"posts/html/{1000 + a.number}.html": (
                f"<!DOCTYPE HTML><html><head><meta charset='utf-8'></head><body><h1>"
                f'{escape(a.title)}</h1>{_html(a)}<div id="footer"><span id="timestamp">'
                f" {a.day:%B} {a.day.day}{_ordinal(a.day.day)}, {a.day.year} 5:35pm </span>"
                '<span class="tag">boats</span></div></body></html>'
            )
            for n, a in enumerate(articles)
        }
    )


def _ordinal(day: int) -> str:
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day not in (11, 12, 13) else 0, "th")


def tumblr(articles: Sequence[Article]) -> bytes:
    posts = [
        {
            "type": "text",
            "blog_name": "slipway",
            "reblog_key": "x",
            "post_url": a.url,
            "date": f"{a.day} 17:35:10 GMT",
            "state": "published",
            "tags": ["boats"],
            "title": a.title,
            "body": _html(a),
        }
        for a in articles
    ]
    return json.dumps({"meta": {"status": 200}, "response": {"posts": posts}}).encode()


def mastodon(articles: Sequence[Article]) -> bytes:
    items = [
        {
            "type": "Create",
            "object": {
                "type": "Note",
                "id": a.url,
                "url": a.url,
                "summary": a.title,
                "published": f"{a.day}T08:00:00Z",
                "attributedTo": "https://social.example/users/ann",
                "content": _html(a),
                "tag": [{"type": "Hashtag", "name": "#boats"}],
            },
        }
        for a in articles
    ]
    box = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": "outbox.json",
        "type": "OrderedCollection",
        "orderedItems": [*items, {"type": "Announce", "object": "https://else.example/1"}],
    }
    actor = {"type": "Person", "name": articles[0].authors[0], "preferredUsername": "ann"}
    return packed({"outbox.json": json.dumps(box), "actor.json": json.dumps(actor)})


def blogger(articles: Sequence[Article]) -> bytes:
    kind = '<category scheme="http://schemas.google.com/g/2005#kind"'
    term = "http://schemas.google.com/blogger/2008/kind#"
    entries = "".join(
        f"<entry><id>tag:blogger.com,1999:blog-1.post-{a.number}</id><published>{a.day}T08:00:00.000Z"
        f"</published>{kind} term='{term}post'/><title>{escape(a.title)}</title><content"
        f" type='html'>{escape(_html(a))}</content><link rel='alternate' type='text/html'"
        f" href='{a.url}'/><author><name>{a.authors[0]}</name></author></entry>"
        for a in articles
    )
    others = "".join(
        f"<entry><id>tag:blogger.com,1999:blog-1.{what}</id>{kind} term='{term}{what}'/><title>x"
        f"</title><content type='html'>{what}</content></entry>"
        for what in ("settings", "comment", "template")
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'>"
        f"<id>tag:blogger.com,1999:blog-1.archive</id><title>Slipway</title>{others}{entries}</feed>"
    ).encode()


def superdesk(articles: Sequence[Article]) -> bytes:
    items = [
        {
            "type": "text",
            "guid": f"urn:newsml:desk.example:{a.number}",
            "uri": f"urn:newsml:desk.example:{a.number}",
            "version": "3",
            "pubstatus": "usable",
            "headline": a.title,
            "byline": " and ".join(a.authors),
            "authors": [{"name": name, "role": "writer"} for name in a.authors],
            "firstcreated": f"{a.day}T08:00:00+0000",
            "versioncreated": f"{a.day}T09:00:00+0000",
            "body_html": _html(a),
            "language": a.lang,
            "source": a.source,
            "subject": [{"code": "01000000", "name": "arts"}],
        }
        for a in articles
    ]
    return json.dumps({"_items": items}).encode()


def folder(articles: Sequence[Article], head: str, place: str, files: dict[str, str]) -> bytes:
    """A folder of Markdown files with the settings ``files`` of a generator."""
    texts = {
        f"site/{place}/text-{a.number}.md": head.format(
            title=a.title,
            day=a.day,
            people=json.dumps(list(a.authors), ensure_ascii=False),
            names=", ".join(a.authors),
        )
        + f"\n\n{a.text}\n"
        for a in articles
    }
    settings = {f"site/{name}": text for name, text in files.items()}
    return packed({**settings, **texts})


YAML = "---\ntitle: {title}\ndate: {day}\nauthors: {people}\n---"


def hugo(articles: Sequence[Article]) -> bytes:
    return folder(articles, YAML, "content/yard", {"hugo.toml": 'baseURL = "https://h.example/"\n'})


def zola(articles: Sequence[Article]) -> bytes:
    head = '+++\ntitle = "{title}"\ndate = {day}\nauthors = {people}\n+++'
    return folder(articles, head, "content/yard", {"zola.toml": 'base_url = "https://z.example"\n'})


def jekyll(articles: Sequence[Article]) -> bytes:
    return folder(articles, YAML, "_posts", {"_config.yml": "url: https://j.example\n"})


def pelican(articles: Sequence[Article]) -> bytes:
    head = "Title: {title}\nDate: {day}\nAuthors: {names}"
    return folder(articles, head, "content", {"pelicanconf.py": 'SITENAME = "Slipway"\n'})


def pelican_rst(articles: Sequence[Article]) -> bytes:
    texts = {
        f"site/content/text-{a.number}.rst": f"{a.title}\n{'#' * len(a.title)}\n\n:date: {a.day}\n"
        f":authors: {', '.join(a.authors)}\n\n{a.text}\n"
        for a in articles
    }
    return packed({"site/pelicanconf.py": 'SITENAME = "Slipway"\n', **texts})


def nikola(articles: Sequence[Article]) -> bytes:
    texts = {
        f"site/posts/text-{a.number}.rst": f".. title: {a.title}\n"
        f".. slug: text-{a.number}\n.. date: {a.day}\n"
        f".. author: {', '.join(a.authors)}\n\n{a.text}\n"
        for a in articles
    }
    return packed({"site/conf.py": 'BLOG_TITLE = "Slipway"\nPOSTS = ()\n', **texts})


def obsidian(articles: Sequence[Article]) -> bytes:
    """Notes without front matter, the name of the file is not the headline."""
    texts = {
        f"vault/notes/note {a.number}.md": f"# {a.title}\n\nBy {' and '.join(a.authors)}\n\n"
        f"{a.day.day} {a.day:%B %Y}\n\n" + a.text.replace(". ", ". **", 1).replace(", ", "**, ", 1)
        for a in articles
    }
    return packed({"vault/.obsidian/app.json": "{}", **texts})


def omnivore(articles: Sequence[Article]) -> bytes:
    """An export of Omnivore: a list, and the text of each entry beside it."""
    items = [
        {
            "id": str(a.number),
            "slug": f"text-{a.number}",
            "title": a.title,
            "url": a.url,
            "author": a.authors[0],
            "publishedAt": f"{a.day}T08:00:00.000Z",
            "savedAt": "2026-11-26T00:00:00.000Z",
            "labels": ["boats"],
        }
        for a in articles
    ]
    texts = {f"content/text-{a.number}.html": _html(a) for a in articles}
    return packed({"metadata_0_to_20.json": json.dumps(items), **texts})
