"""Exports that are a folder or archive of files: Substack, Omnivore, Medium, Mastodon, Tumblr."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from sitegen.base.text import counted
from sitegen.importer.archives import Tree
from sitegen.importer.detect import decode_html, decode_text
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import (
    Dates,
    closed_post,
    old_paths,
    people_of,
    status_of_post,
    words,
)
from sitegen.importer.formats.jsonfeed import links_to
from sitegen.importer.formats.social import read_outbox_folder, read_tumblr_folder
from sitegen.importer.html.candidates import text_of
from sitegen.importer.html.tree import parse_tree
from sitegen.importer.model import Batch, Imported, Note
from sitegen.importer.safe_json import load_json
from sitegen.importer.to_markdown import absolute
from sitegen.model.article import Source

MAX_FILE = 32 * 1024 * 1024
_SUBSTACK = re.compile(r"posts/.+\.html")
_OMNIVORE = re.compile(r"(.*/)?metadata_\d+_to_\d+\.json")


def read_post_folder(tree: Tree, zone: str) -> Batch | None:
    """The articles of an export of one of these systems; None for any other folder.

    Raises ValueError for a list that is damaged.
    """
    names = set(tree.names())
    if "posts.csv" in names and any(map(_SUBSTACK.fullmatch, names)):
        return _substack(tree, names, zone)
    if any(map(_MEDIUM.fullmatch, names)):
        return _medium(tree, zone)
    found = read_outbox_folder(tree, zone) or read_tumblr_folder(tree, zone)
    if found is not None:
        return found
    lists = sorted(filter(_OMNIVORE.fullmatch, names))
    return _omnivore(tree, names, lists, zone) if lists else None


def _substack(tree: Tree, names: set[str], zone: str) -> Batch:
    """The posts of a Substack export; what was never published stays a draft.

    Its lists of readers and of who opened what are never read.
    """
    text = decode_text(tree.read("posts.csv", MAX_FILE))[0].lstrip("\ufeff")
    found: list[Imported] = []
    used = {"posts.csv"}
    missing = 0
    for row in csv.DictReader(io.StringIO(text, newline="")):
        name = f"posts/{row.get('post_id') or ''}.html"
        missing += name not in names
        html = decode_html(tree.read(name, MAX_FILE))[0] if name in names else ""
        used.add(name)
        found.append(_substack_post(row, html, zone))
    notes = []
    if missing:
        notes.append(Note(f"{counted(missing, 'post')} of posts.csv without a file"))
    unlisted = sorted(filter(_SUBSTACK.fullmatch, names - used))
    for name in unlisted:
        post = {"post_id": name.removeprefix("posts/").removesuffix(".html")}
        found.append(_substack_post(post, decode_html(tree.read(name, MAX_FILE))[0], zone))
    if unlisted:
        what = f"{counted(len(unlisted), 'post')} not in posts.csv: without headline and day"
        notes.append(Note(f"{what}: {', '.join(unlisted[:6])}"))
    used.update(unlisted)
    if others := len(names - used):
        what = f"{counted(others, 'other file')}, such as lists of readers, not read"
        notes.append(Note(what, level="note"))
    return Batch(found, tuple(notes))


def _substack_post(row: dict[str, Any], html: str, zone: str) -> Imported:
    dates = Dates(zone)
    published = str(row.get("post_date") or "")
    played = absolute(str(row.get("podcast_url") or ""), "")
    slug = clean_inline(str(row.get("post_id") or "").partition(".")[2])
    is_published = str(row.get("is_published")).lower() == "true"
    audience = str(row.get("audience") or "everyone")
    is_open = audience == "everyone"
    closed = () if is_open else (closed_post("subscribers", "Substack", audience),)
    return Imported(
        title=clean_inline(str(row.get("title") or "")),
        dek=clean_inline(str(row.get("subtitle") or "")),
        date=dates(published) if published else "",
        html=html + (links_to([{"url": played}], html) if played else ""),
        slug=slug,
        aliases=old_paths(f"/p/{slug}") if slug else (),
        status=status_of_post(is_published=is_published, is_open=is_open),
        guid=str(row.get("post_id") or ""),
        own=True,
        notes=(*dates.notes, *closed),
        evidence=(("title", "from posts.csv"),),
    )


def _omnivore(tree: Tree, names: set[str], lists: list[str], zone: str) -> Batch:
    """The entries of an Omnivore export, with the text and the highlights that lie beside."""
    found = []
    for name in lists:
        folder = name.rpartition("/")[0]
        values = load_json(tree.read(name, MAX_FILE))
        for item in values if isinstance(values, list) else ():
            if isinstance(item, dict):
                found.append(_omnivore_entry(tree, names, folder, item, zone))
    return Batch(found)


def _omnivore_entry(
    tree: Tree, names: set[str], folder: str, item: dict[str, Any], zone: str
) -> Imported:
    dates = Dates(zone)
    prefix = f"{folder}/" if folder else ""
    slug = str(item.get("slug") or "")
    page = next(_existing(names, f"{prefix}content/{slug}.html"), "")
    marked = next(_existing(names, f"{prefix}highlights/{slug}.md"), "")
    url = absolute(str(item.get("url") or ""), "")
    published = str(item.get("publishedAt") or "")
    author = str(item.get("author") or "")
    extra: dict[str, Any] = {}
    if item.get("savedAt"):
        extra["saved_at"] = clean_inline(str(item["savedAt"]))
    if marked:
        extra["highlights"] = decode_text(tree.read(marked, MAX_FILE))[0].strip()[:10_000]
    return Imported(
        title=clean_inline(str(item.get("title") or "")),
        authors=tuple(people_of([author])) if author else (),
        date=dates(published) if published else "",
        source=Source("", url),
        canonical=url,
        tags=words(item.get("labels") or ()),
        html=decode_html(tree.read(page, MAX_FILE))[0] if page else "",
        base=url,
        guid=url,
        extra=extra,
        notes=dates.notes,
        evidence=(("title", "from the entry"),),
    )


# `posts/2026-11-26_The-clock-1a2b3c4d5e6f.html`, `posts/draft_The-clock-1a2b3c4d5e6f.html`
_MEDIUM = re.compile(
    r"(?:.*/)?posts/(?:(?P<day>\d{4}-\d\d-\d\d)"
    r"|(?P<draft>draft))_.*[-_](?P<id>[0-9a-f]{8,14})\.html"
)


_OF_MEDIUM = re.compile(r"^https?://(?:[\w-]+\.)?medium\.com/")


def _medium(tree: Tree, zone: str) -> Batch:
    """The posts of a Medium export, a page of microformats (h-entry) each; its lists of claps,
    readers and the like are never read."""
    found: list[Imported] = []
    others = 0
    for name in tree.names():
        match = _MEDIUM.fullmatch(name)
        others += match is None
        if match:
            page = decode_html(tree.read(name, MAX_FILE))[0]
            found.append(_medium_post(page, bool(match["draft"]), match["id"], zone))
    notes = (Note(f"{counted(others, 'other file')} of the account not read", level="note"),)
    return Batch(found, notes if others else ())


def _medium_post(page: str, is_draft: bool, key: str, zone: str) -> Imported:
    from lxml import etree

    dates = Dates(zone)
    tree = parse_tree(page)

    def first(name: str) -> Any:
        query = f".//*[contains(concat(' ', @class, ' '), ' {name} ')]"
        return next(iter(tree.xpath(query)), None) if tree is not None else None

    title, dek, body, stamp, author, link = (
        first(name)
        for name in ("p-name", "p-summary", "e-content", "dt-published", "p-author", "p-canonical")
    )
    url = absolute(link.get("href") or "", "") if link is not None else ""
    published = (stamp.get("datetime") or text_of(stamp)) if stamp is not None else ""
    return Imported(
        title=text_of(title) if title is not None else "",
        dek=text_of(dek) if dek is not None else "",
        authors=tuple(people_of([text_of(author)])) if author is not None else (),
        date=dates(published) if published else "",
        source=Source("Medium" if url else "", url),
        canonical=url,
        html=etree.tostring(body, encoding="unicode", method="html") if body is not None else "",
        base=url,
        status="draft" if is_draft else "",
        aliases=() if _OF_MEDIUM.search(url) else old_paths(url),
        guid=key,
        own=True,
        notes=dates.notes,
        evidence=(("title", "from the post's headline"),),
    )


def _existing(names: set[str], name: str) -> Iterator[str]:
    if name in names:
        yield name
