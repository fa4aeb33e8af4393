"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/) to articles."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from sitegen.base.text import counted
from sitegen.base.urls import comparable_url
from sitegen.importer.fields.text import clean_inline, raw_lines
from sitegen.importer.fields.values import (
    Dates,
    ambiguous,
    change_after,
    language,
    merged,
    people_of,
    words,
)
from sitegen.importer.limits import first_of, objects_of
from sitegen.importer.model import Batch, Imported, Note
from sitegen.importer.safe_json import load_json
from sitegen.importer.text.labels import country_of
from sitegen.importer.text.wrapped import unwrap
from sitegen.importer.to_markdown import absolute
from sitegen.model.article import Image, Person, Source
from sitegen.model.base import Struct

MAX_ITEMS = 50_000
MAX_BROKEN = 50  # lines that are named
_ITEMS = re.compile(
    r'\A[\s\ufeff]*\[|"(?P<key>items|_items|results|data|hits|articles|newsitems)"\s*:\s*\['
)
_LINES = re.compile(r"\s*\{[^\n]*\}[ \t\r]*\n\s*\{")
_SEPARATOR = re.compile(r"[\s,]*")


def load_items(data: bytes) -> tuple[Any, tuple[Note, ...]]:
    """The value of a JSON text; where it is broken or ends in the middle, with the items before
    that, and a note that says so. JSON lines (https://jsonlines.org/) are a list.

    Raises ValueError as `load_json` does where no item is complete.
    """
    try:
        return load_json(data), ()
    except ValueError as error:
        said = str(error)
    from sitegen.importer.detect import decode_text

    text_ = decode_text(data)[0]
    if _LINES.match(text_):
        return _values_of_lines(text_)
    start = _ITEMS.search(text_)
    items, at = _complete(text_, start.end()) if start else ([], 0)
    if start is None or not items:
        raise ValueError(said)
    line = text_.count("\n", 0, at) + 1
    what = (
        f"{said}: {counted(len(items), 'item')} before line {line} imported, what comes then is not"
    )
    note = Note(what, line, "fetch or export it again")
    if start["key"] is None:
        return items, (note,)
    try:
        head = load_json((text_[: start.end()] + "]}").encode())
    except ValueError:
        head = {}
    return {**head, start["key"]: items}, (note,)


def _values_of_lines(text_: str) -> tuple[list[Any], tuple[Note, ...]]:
    """(the value of each line, a note for each of the first lines that are broken)."""
    out: list[Any] = []
    broken: list[Note] = []
    for number, line in enumerate(text_.split("\n"), 1):
        try:
            out += [load_json(line.encode())] if line.strip() else []
        except ValueError as error:
            what = f"{error}; the item of this line is not imported"
            broken.append(Note(what, number, "correct the line, and import the file again"))
    if len(broken) > MAX_BROKEN:
        what = f"{counted(len(broken) - MAX_BROKEN, 'further line')} cannot be read"
        return out, (*broken[:MAX_BROKEN], Note(what, broken[MAX_BROKEN].line))
    return out, tuple(broken)


def _complete(text_: str, at: int) -> tuple[list[Any], int]:
    """(the objects of a list that are complete, where the first one begins that is not)."""
    out: list[Any] = []
    decoder = json.JSONDecoder()
    while (blank := _SEPARATOR.match(text_, at)) is not None and text_[
        blank.end() : blank.end() + 1
    ] == "{":
        try:
            value, at = decoder.raw_decode(text_, blank.end())
        except (ValueError, RecursionError):
            return out, blank.end()
        out.append(value)
    return out, at


class _JsonFeed(Struct, frozen=True):
    """What a feed says for all of its items, and which URLs it gives to several of them."""

    said: Any
    name: str
    home: str
    shared: frozenset[str]
    zone: str


def read_json_feed(data: bytes, *, url: str = "", zone: str = "") -> Batch:
    """The items of a feed in its order.

    Bodies are left as HTML.
    """
    said, notes = load_items(data)
    given, more = first_of(listed(said, "items"), MAX_ITEMS, "items")
    items, others = objects_of(given, "item")
    feed = _JsonFeed(
        said,
        name=clean_inline(text(said, "title"))[:200],
        home=absolute(text(said, "home_page_url"), url) or url,
        shared=_shared_urls(items),
        zone=zone,
    )
    return Batch([_article(one, feed) for one in items], (*notes, *more, *others))


def _shared_urls(items: list[dict[str, Any]]) -> frozenset[str]:
    """The URLs that several items have: they would make them one article."""
    addressed = [one for one in items if text(one, "url")]
    named = ((comparable_url(text(i, "url")), text(i, "id") + text(i, "title")) for i in addressed)
    return frozenset(ambiguous(named))


def _article(item: dict[str, Any], feed: _JsonFeed) -> Imported:
    """One item as an article."""
    link = _link(item, feed)
    named = _people(item)
    when = Dates(feed.zone, country_of(feed.home or link))
    date, updated = when(text(item, "date_published")), when(text(item, "date_modified"))
    attached = _attached(item, feed.home)
    pictures = _pictures(item, feed.home)
    body, summary = _texts(item, attached)
    found = {
        "title": (text(item, "title"), "from title"),
        "authors": (named, "from authors"),
        "date": (date, "from date_published"),
        "url": (link, "from url"),
    }
    return Imported(
        title=clean_inline(text(item, "title")),
        authors=named or _people(feed.said),
        date=date or updated,
        updated=change_after(date, updated),
        image=pictures[0] if pictures else None,
        left_at_source=tuple(pictures[1:]),
        source=Source(feed.name, link),
        canonical=link,
        tags=words(listed(item, "tags")),
        lang=language(item.get("language") or feed.said.get("language")),
        html=body,
        base=link or feed.home,
        summary=summary,
        guid=_guid(item, feed),
        extra=_extra(item, attached, link, feed.home),
        evidence=tuple((name, how) for name, (there, how) in found.items() if there),
        notes=when.notes,
    )


def _link(item: Any, feed: _JsonFeed) -> str:
    """The page of an item; empty where it is that of several."""
    url = text(item, "url")
    return "" if comparable_url(url) in feed.shared else absolute(url, feed.home)


def _texts(item: Any, attached: list[dict[str, Any]]) -> tuple[str, str]:
    """(the body of an item as HTML, its summary); a summary alone is the body."""
    summary = text(item, "summary")
    body = text(item, "content_html") or plain_html(text(item, "content_text"))
    if not body:
        return plain_html(summary), ""
    return body + links_to(attached, body), clean_inline(summary)


def _pictures(item: Any, base: str) -> list[Image]:
    """The pictures that an item names beside its text, each once, its main one first."""
    said: dict[str, str] = {}
    for name in ("image", "banner_image"):
        said[absolute(text(item, name), base)] = ""
    for one in listed(item, "attachments"):
        if text(one, "mime_type").startswith("image/"):
            said[absolute(text(one, "url"), base)] = text(one, "title")
    said.pop("", None)
    return [Image(src, alt=clean_inline(title)) for src, title in said.items()]


def _guid(item: Any, feed: _JsonFeed) -> str:
    """The id of an item; one that is no URI is that of its feed only."""
    guid = clean_inline(text(item, "id"))[:1000]
    return guid if ":" in guid or not guid else f"{feed.home or feed.name} {guid}"


def _extra(item: Any, attached: list[dict[str, Any]], link: str, base: str) -> dict[str, Any]:
    """The page that an item is about, if that is another one, and the files that it carries."""
    via = absolute(text(item, "external_url"), base)
    extra = {"via": via if via != link else "", "enclosures": attached}
    return {name: value for name, value in extra.items() if value}


def _attached(item: Any, base: str) -> list[dict[str, Any]]:
    """The files that an item carries: address, type and length in bytes."""
    out = []
    for entry in listed(item, "attachments")[:20]:
        src, kind, size = (
            absolute(text(entry, "url"), base),
            clean_inline(text(entry, "mime_type"))[:100],
            text(entry, "size_in_bytes"),
        )
        facts = {
            "url": src,
            "type": kind,
            "length": int(size) if size.isdecimal() and len(size) < 14 else 0,
        }
        if src and not kind.startswith("image/"):
            out.append({k: v for k, v in facts.items() if v})
    return out


def links_to(attached: list[dict[str, Any]], body: str) -> str:
    """A paragraph with a link to each of the files ``attached`` that the HTML itself does not link
    to."""
    out = []
    for one in attached:
        src = one["url"]
        if src in body or html.escape(src) in body:
            continue
        name = unquote(urlsplit(src).path.rpartition("/")[2]) or src
        out.append(f'<p><a href="{html.escape(src)}">{html.escape(clean_inline(name))}</a></p>')
    return "".join(out)


def plain_html(words_: str) -> str:
    """Plain text as paragraphs of HTML; lines that were broken at a width are joined."""
    return "".join(f"<p>{html.escape(p.text)}</p>" for p in unwrap(raw_lines(words_)))


def text(value: Any, key: str) -> str:
    """A value that is text or a number, as text; anything else is empty."""
    found = value.get(key) if isinstance(value, Mapping) else None
    return (
        str(found) if isinstance(found, (str, int, float)) and not isinstance(found, bool) else ""
    )


def listed(value: Any, key: str) -> list[Any]:
    """A value that is a list; a single one counts as a list of one."""
    found = value.get(key) if isinstance(value, Mapping) else None
    return found if isinstance(found, list) else [] if found is None else [found]


def _people(item: Any) -> tuple[Person, ...]:
    out: list[Person] = []
    for entry in [*listed(item, "authors"), *listed(item, "author")]:
        name = entry if isinstance(entry, str) else text(entry, "name")
        address = "" if isinstance(entry, str) else absolute(text(entry, "url"), "")
        out += [Person(p.name, p.role, address, p.org) for p in people_of([name])]
    return merged(out)
