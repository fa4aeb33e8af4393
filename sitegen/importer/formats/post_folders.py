"""Exports that are a folder or archive of HTML files beside a list of them: Substack, Omnivore."""

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
from sitegen.importer.fields.values import Dates, people_of, words
from sitegen.importer.model import Batch, Imported, Note
from sitegen.importer.safe_json import load_json
from sitegen.importer.to_markdown import absolute
from sitegen.model.article import Source

MAX_FILE = 32 * 1024 * 1024
_OMNIVORE = re.compile(r"(.*/)?metadata_\d+_to_\d+\.json")


def read_post_folder(tree: Tree, zone: str) -> Batch | None:
    """The articles of an export of one of these systems; None for any other folder.

    Raises ValueError for a list that is damaged.
    """
    names = set(tree.names())
    if "posts.csv" in names and any(re.fullmatch(r"posts/.+\.html", name) for name in names):
        return _substack(tree, names, zone)
    lists = sorted(name for name in names if _OMNIVORE.fullmatch(name))
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
    if others := len(names - used):
        what = f"{counted(others, 'other file')}, such as lists of readers, not read"
        notes.append(Note(what, level="note"))
    return Batch(found, tuple(notes))


def _substack_post(row: dict[str, Any], html: str, zone: str) -> Imported:
    dates = Dates(zone)
    published = str(row.get("post_date") or "")
    slug = str(row.get("post_id") or "").partition(".")[2]
    return Imported(
        title=clean_inline(str(row.get("title") or "")),
        dek=clean_inline(str(row.get("subtitle") or "")),
        date=dates(published) if published else "",
        html=html,
        slug=clean_inline(slug),
        status="" if str(row.get("is_published")).lower() == "true" else "draft",
        guid=str(row.get("post_id") or ""),
        own=True,
        notes=dates.notes,
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


def _existing(names: set[str], name: str) -> Iterator[str]:
    if name in names:
        yield name
