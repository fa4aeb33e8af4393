"""Errors in the bytes of a feed: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1.

Pure. Unique ids are the rule `duplicate-id`: feeds only repeat those of the articles.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

ATOM = "{http://www.w3.org/2005/Atom}"
_ENTRY = f"{ATOM}entry"
_AUTHOR = f"{ATOM}author"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)


def judge_feed(data: bytes) -> tuple[str, ...]:
    """The errors in a feed, each once."""
    try:
        if data.lstrip()[:1] == b"{":
            found = _json_feed(json.loads(data))
        else:
            root = ET.fromstring(data)
            found = (
                _atom(root)
                if root.tag == f"{ATOM}feed"
                else _rss(root)
                if root.tag == "rss"
                else iter(["is not a feed"])
            )
        return tuple(dict.fromkeys(found))
    except (ET.ParseError, ValueError) as error:
        return (f"cannot be read: {error}",)


def is_absolute(value: object) -> bool:
    """Whether ``value`` is a URL with its scheme, and on the web with its host."""
    text = value if isinstance(value, str) else ""
    return bool(_ABSOLUTE.fullmatch(text)) and (
        not text.startswith("http") or text.split("://", 1)[-1][:1] not in ("", "/")
    )


def _atom(feed: ET.Element) -> Iterator[str]:
    """The errors of an Atom feed."""
    yield from _atom_element(feed, "the feed")
    entries = {entry: f"the entry `{_text(entry, 'title')}`" for entry in feed.findall(_ENTRY)}
    for entry, what in entries.items():
        yield from _atom_element(entry, what)
    needs_authors = feed.find(_AUTHOR) is None
    for entry, what in entries.items():
        if needs_authors and entry.find(_AUTHOR) is None:
            yield f"{what} has no author"


def _atom_element(element: ET.Element, what: str) -> Iterator[str]:
    """The errors of a feed or an entry, which messages call ``what``."""
    for name in ("id", "title", "updated"):
        if not _text(element, name):
            yield f"{what} has no `{name}`"
    moment, mark = _text(element, "updated"), _text(element, "id")
    if moment and not _MOMENT.fullmatch(moment):
        yield f"{what} has an `updated` that is not a date with a time: `{moment}`"
    if mark and not is_absolute(mark):
        yield f"{what} has an `id` that is not an absolute URL: `{mark}`"
    targets = [link.get("href", "") for link in element.findall(f"{ATOM}link")]
    for target in targets:
        if not is_absolute(target):
            yield f"{what} has a link that is not an absolute URL: `{target}`"


def _rss(root: ET.Element) -> Iterator[str]:
    channel = root.find("channel")
    if channel is None:
        yield "has no `channel`"
        return
    for name in ("title", "link", "description"):
        if channel.find(name) is None:
            yield f"the feed has no `{name}`"
    for item in channel.findall("item"):
        yield from _rss_item(item)


def _rss_item(item: ET.Element) -> Iterator[str]:
    title, link = item.findtext("title") or "", item.findtext("link") or ""
    if not title and not item.findtext("description"):
        yield "an item has neither title nor description"
    if not is_absolute(link):
        yield f"the item `{title}` has a link that is not an absolute URL: `{link}`"
    date = item.findtext("pubDate") or ""
    try:
        parsedate_to_datetime(date)
    except ValueError:
        yield f"the item `{title}` has a `pubDate` that is not a date: `{date}`"


def _json_feed(feed: Any) -> Iterator[str]:
    if not str(feed.get("version", "")).startswith("https://jsonfeed.org/version/"):
        yield "has no `version`"
    if not feed.get("title"):
        yield "the feed has no `title`"
    for item in feed.get("items") or ():
        yield from _json_item(item, f"the item `{item.get('title', '')}`")


_CONTENT = ("content_html", "content_text")


def _json_item(item: Any, what: str) -> Iterator[str]:
    if not item.get("id"):
        yield f"{what} has no `id`"
    if "url" in item and not is_absolute(item["url"]):
        yield f"{what} has a `url` that is not an absolute URL: `{item['url']}`"
    if "date_published" in item and not _MOMENT.fullmatch(str(item["date_published"])):
        yield f"{what} has a `date_published` that is not a date with a time"
    if item.keys().isdisjoint(_CONTENT):
        yield f"{what} has no content"


def _text(element: ET.Element, name: str) -> str:
    return (element.findtext(f"{ATOM}{name}") or "").strip()
