"""Reading lists: bookmarks of browsers (Netscape's format), the pages that Pocket and Instapaper
export, Wallabag's JSON, Pinboard's XML, and plain lists of URLs."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

from sitegen.base.text import counted
from sitegen.importer.detect import decode_html, decode_text
from sitegen.importer.fields.text import clean_inline, escape_block
from sitegen.importer.fields.values import Dates, language, people_of, words
from sitegen.importer.formats.jsonfeed import load_items
from sitegen.importer.formats.safe_xml import read_xml
from sitegen.importer.formats.tables import article_of_row, without_shelf
from sitegen.importer.limits import first_of, objects_of
from sitegen.importer.model import Batch, Imported, Note
from sitegen.importer.to_markdown import absolute
from sitegen.model.article import Source

MAX_BOOKMARKS = 100_000
_PART = re.compile(
    r"<(?P<close>/?)(?P<tag>DL|H[1-3]|A|DD|DT|UL"
    r"|OL)\b(?P<attributes>[^<>]{0,10000})>(?P<text>[^<]{0,20000})",
    re.I,
)
_OF_POCKET = re.compile(r"<title>(?:Pocket Export|Instapaper: Export)</title>", re.I)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*\"([^\"]*)\"")


def read_bookmarks(data: bytes, zone: str = "") -> Batch:
    """A link for each bookmark, with its folder as section, its tags and its note.

    When it was saved is kept in ``extra.saved_at``; it is not the date of the article.
    """
    found: list[Imported] = []
    others = 0
    folders: list[str] = []
    named = ""
    page = decode_html(data)[0]
    is_export = _OF_POCKET.search(page[:2000]) is not None
    for part in _PART.finditer(page):
        tag, text = part["tag"].upper(), clean_inline(unescape(part["text"]))
        if (tag == "H3" or (is_export and tag in ("H1", "H2"))) and not part["close"]:
            named = text
        elif tag in ("DL", "UL", "OL"):
            if part["close"]:
                folders = folders[:-1]
            else:
                folders, named = [*folders, named], ""
        elif tag == "A" and not part["close"]:
            link = _bookmark(dict(_ATTRIBUTE.findall(part["attributes"])), text, folders)
            found += [link] if link else []
            others += link is None
        elif tag == "DD" and text and found:
            found[-1] = _with_note(found[-1], text)
    bookmarks, notes = first_of(found, MAX_BOOKMARKS, "bookmarks")
    if others:
        notes = (*notes, Note(f"{counted(others, 'bookmark')} without a URL of the web left out"))
    return Batch(bookmarks, notes)


def read_pinboard(data: bytes, zone: str = "") -> Batch:
    """A link for each post of Pinboard's export as XML (https://pinboard.in/api/#posts_all)."""
    tree = read_xml(data).root
    every = [] if tree is None else list(tree.iter("{*}post"))
    posts, notes = first_of(every, MAX_BOOKMARKS, "posts")
    if not posts:
        raise ValueError("has no posts")
    rows = [
        {
            "title": post.get("description", ""),
            "url": post.get("href", ""),
            "comment": post.get("extended", ""),
            "tags": post.get("tag", "").replace(" ", ","),
            "saved": post.get("time", ""),
        }
        for post in posts
    ]
    found = [article_of_row(row, zone, "the post") for row in rows if any(row.values())]
    return Batch(found, notes)


_URL_LINE = re.compile(r"(?:[-*•]\s+|\d{1,4}[.)]\s+)?<?(?P<url>https?://[^\s<>]{4,2000})>?")
MAX_URLS = 2_000


def is_list_of_urls(head: bytes) -> bool:
    """Whether a text is nothing but web addresses, one a line, with comments behind `#`."""
    if b"http" not in head[:4000]:
        return False
    rows = _rows_of_urls(decode_text(head)[0])
    if len(head) >= 64 * 1024:
        rows = rows[:-1]  # the last one may be cut off
    return bool(rows) and all(_URL_LINE.fullmatch(row) for row in rows)


def _rows_of_urls(text: str) -> list[str]:
    rows = (row.strip() for row in text.lstrip("\ufeff").splitlines())
    return [row for row in rows if row and not row.startswith("#")]


def read_urls(data: bytes) -> tuple[list[str], tuple[Note, ...]]:
    """The web addresses of a list, each once and in its order, and what of it is not read."""
    rows = _rows_of_urls(decode_text(data)[0])
    found = dict.fromkeys(m["url"] for row in rows if (m := _URL_LINE.fullmatch(row)))
    notes: tuple[Note, ...] = ()
    if len(found) > MAX_URLS:
        what = f"lists {len(found)} URLs; only the first {MAX_URLS} are fetched"
        notes = (Note(what, help="divide the list into several files"),)
    return list(found)[:MAX_URLS], notes


def _bookmark(attributes: dict[str, str], text: str, folders: list[str]) -> Imported | None:
    values = {name.lower(): unescape(value) for name, value in attributes.items()}
    url = absolute(values.get("href", ""), "")
    if not url:
        return None
    saved = values.get("add_date") or values.get("time_added") or ""
    moment = _moment(saved) if saved.isdigit() else ""
    return Imported(
        title=text or url,
        source=Source("", url),
        canonical=url,
        section=without_shelf(next((folder for folder in reversed(folders) if folder), "")),
        tags=words(values.get("tags", "").split(",")),
        guid=url,
        extra={"saved_at": moment} if moment else {},
        doubts=("no text found: a bookmark gives only a link",),
        evidence=(("title", "from the bookmark"),),
    )


def _with_note(link: Imported, note: str) -> Imported:
    import msgspec

    return msgspec.structs.replace(link, body=escape_block(note))


def _moment(seconds: str) -> str:
    """Seconds since 1970, or microseconds, as RFC 3339."""
    number = int(seconds[:18])
    number = number // 1_000_000 if number > 10**12 else number
    return datetime.fromtimestamp(number, UTC).isoformat() if number < 10**11 else ""


def read_wallabag(data: bytes, zone: str = "") -> Batch:
    """The entries of a Wallabag export, each with its text."""
    items, notes = load_items(data)
    entries, others = objects_of(items, "item")
    return Batch([_entry(one, zone) for one in entries], (*notes, *others))


_TEXTS_OF_ENTRY = ("url", "given_url", "title", "content", "published_at", "created_at")


def _entry(item: dict[str, Any], zone: str) -> Imported:
    dates = Dates(zone)
    said = {name: str(item.get(name) or "") for name in _TEXTS_OF_ENTRY}
    url = absolute(said["url"] or said["given_url"], "")
    published = said["published_at"]
    saved = clean_inline(said["created_at"])
    return Imported(
        title=clean_inline(said["title"]),
        authors=tuple(people_of(_names(item))),
        date=dates(published) if published else "",
        source=Source("", url),
        canonical=url,
        tags=words(map(_label, item.get("tags") or ())),
        lang=language(item.get("language") or ""),
        html=said["content"],
        base=url,
        guid=url,
        extra={"saved_at": saved} if saved else {},
        notes=dates.notes,
        evidence=(("title", "from the entry"),),
    )


def _names(item: dict[str, Any]) -> list[str]:
    """The names of the authors of an entry, which says one or several."""
    names = item.get("published_by") or item.get("authors") or ()
    return [names] if isinstance(names, str) else [str(name) for name in names if name]


def _label(tag: Any) -> str:
    """A tag of an entry, which is a text or has one."""
    return tag if isinstance(tag, str) else str(tag.get("label", ""))
