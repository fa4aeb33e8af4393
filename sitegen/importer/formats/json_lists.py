"""Lists of articles or links in JSON: Pinboard, Raindrop, Readwise, Pocket, and any list whose
objects have keys of known names, as `tables` reads columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sitegen.base.text import counted
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.formats.jsonfeed import load_items
from sitegen.importer.formats.tables import FIELD_OF_COLUMN, article_of_row, folded_name
from sitegen.importer.model import Batch, Imported, Note
from sitegen.model.base import Struct

MAX_ITEMS = 200_000
MAX_DEPTH = 40  # of folders in one another
_KEY = re.compile(rb'"([A-Za-z_]{2,40})"\s*:')


class _Shape(Struct, frozen=True):
    """What the objects of one service are known by, and which keys hold which field, the first one
    that says something."""

    name: str
    known_by: frozenset[str]
    keys: dict[str, tuple[str, ...]]
    has_blank_tags: bool = False  # tags with blanks between them


_SHAPES = (
    _Shape(
        "Pinboard",  # https://pinboard.in/api/#posts_all
        frozenset(["href", "description", "extended"]),
        {
            "title": ("description",),
            "url": ("href",),
            "comment": ("extended",),
            "tags": ("tags",),
            "saved": ("time",),
        },
        has_blank_tags=True,
    ),
    _Shape(
        "Raindrop",  # https://developer.raindrop.io/v1/raindrops
        frozenset(["link", "title", "excerpt"]),
        {
            "title": ("title",),
            "url": ("link",),
            "comment": ("note", "highlights", "excerpt"),
            "tags": ("tags",),
            "saved": ("created",),
        },
    ),
    _Shape(
        "Readwise",  # https://readwise.io/api_deets (export)
        frozenset(["highlights", "title"]),
        {
            "title": ("readable_title", "title"),
            "url": ("source_url", "unique_url"),
            "authors": ("author",),
            "comment": ("highlights", "document_note", "summary"),
            "tags": ("book_tags",),
        },
    ),
    _Shape(
        "Readwise Reader",  # https://readwise.io/reader_api
        frozenset(["source_url", "title"]),
        {
            "title": ("title",),
            "url": ("source_url", "url"),
            "authors": ("author",),
            "date": ("published_date",),
            "text": ("html_content", "content"),
            "source": ("site_name",),
            "comment": ("notes", "summary"),
            "tags": ("tags",),
            "saved": ("saved_at", "created_at"),
        },
    ),
    _Shape(
        "Google Reader",  # as FreshRSS, Inoreader and The Old Reader write what is starred
        frozenset(["alternate", "origin", "title"]),
        {
            "title": ("title",),
            "url": ("canonical", "alternate"),
            "authors": ("author",),
            "date": ("published",),
            "text": ("content", "summary"),
            "source": ("origin",),
        },
    ),
    _Shape(
        "Karakeep",  # https://docs.karakeep.app/ (export)
        frozenset(["content", "title", "tags", "createdAt"]),
        {
            "title": ("title",),
            "url": ("content",),
            "comment": ("note",),
            "tags": ("tags",),
            "saved": ("createdAt",),
        },
    ),
    _Shape(
        "Pocket",  # https://getpocket.com/developer/docs/v3/retrieve
        frozenset(["given_url", "resolved_title"]),
        {
            "title": ("resolved_title", "given_title"),
            "url": ("resolved_url", "given_url"),
            "comment": ("excerpt",),
            "tags": ("tags",),
            "authors": ("authors",),
            "saved": ("time_added",),
        },
    ),
)


def is_json_list(head: bytes) -> bool:
    """Whether the beginning of a JSON text has the keys of articles or links."""
    keys = {key.decode() for key in _KEY.findall(head)}
    if _shape(keys) is not None:
        return True
    fields = {FIELD_OF_COLUMN.get(folded_name(key)) for key in keys}
    return "title" in fields and bool(fields & {"url", "text"})


def _shape(keys: Iterable[str]) -> _Shape | None:
    found = frozenset(keys)
    return next((shape for shape in _SHAPES if shape.known_by <= found), None)


def read_json_list(data: bytes, zone: str = "") -> Batch:
    """An article for each object; one without text is a link with what was noted of it.

    Raises ValueError for JSON without a list of such objects.
    """
    value, notes = load_items(data)
    objects = list(islice(_objects(value), MAX_ITEMS))
    rows = [row for one in objects if (row := _row(one)).get("title") or row.get("url")]
    if not any(row.get("url") or row.get("text") for row in rows):
        raise ValueError("is JSON of a kind that is not read: it has no list of articles")
    if len(rows) < len(objects):
        left = counted(len(objects) - len(rows), "object")
        notes = (*notes, Note(f"{left} without title and URL left out"))
    found: list[Imported] = [article_of_row(row, zone, "the object") for row in rows]
    return Batch(found, notes)


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of the first list with articles or links, or of all lists where folders hold
    them; an object alone is a list of one."""
    if isinstance(value, dict) and _is_entry(value):
        yield value
        return
    found = list(_lists(value, 0))
    entries = [one for one in found if sum(map(_is_entry, one)) * 2 >= len(one)]
    for one in entries:
        yield from one


def _lists(value: Any, depth: int) -> Iterator[list[Mapping[str, Any]]]:
    """The lists of objects in a value, and what objects with keys such as numbers hold."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        inside = list(value.values())
        if inside and all(isinstance(one, dict) and _is_entry(one) for one in inside):
            yield inside
            return
    elif isinstance(value, list):
        inside = [one for one in value if isinstance(one, dict)]
        if inside:
            yield inside
        inside = [one for one in value if not (isinstance(one, dict) and _is_entry(one))]
    else:
        return
    for one in inside:
        yield from _lists(one, depth + 1)


def _is_entry(one: Mapping[str, Any]) -> bool:
    """Whether an object has the keys of an article or a link, and no list of others."""
    if _shape(one) is not None:
        return True
    fields = {FIELD_OF_COLUMN.get(folded_name(str(key))) for key in one}
    return "title" in fields and bool(fields & {"url", "text"})


def _row(one: Mapping[str, Any]) -> dict[str, str]:
    """An object as the fields of a row."""
    shape = _shape(one)
    out: dict[str, str] = {}
    if shape is not None:
        for field, keys in shape.keys.items():
            out[field] = next((said for key in keys if (said := _text(one.get(key)))), "")
        if shape.has_blank_tags:
            out["tags"] = out["tags"].replace(" ", ",")
    for key, value in one.items():
        known = FIELD_OF_COLUMN.get(folded_name(str(key)), "")
        is_wanted = known in ("title", "url") if shape is not None else known
        if is_wanted and (text := _text(value)) and not out.get(known):
            out[known] = text
    return {field: text for field, text in out.items() if text}


# what an object that is a value says, the first one that is there
_SAYS = ("name", "text", "value", "html", "content", "tag", "title", "href", "url")


def _named(value: Mapping[str, Any], depth: int) -> str:
    """An object that is a value: what it says, its name in two parts, or the names of its keys."""
    last, first = value.get("lastName"), value.get("firstName")
    if isinstance(last, str):
        return f"{first} {last}" if isinstance(first, str) and first else last
    said = next((value[key] for key in _SAYS if value.get(key)), None)
    if said is not None:
        note = value.get("note")
        text = _text(said, depth + 1)
        return f"{text}\n\n{note}" if note else text
    inside = [one for one in value.values() if isinstance(one, dict) and one.get("name")]
    if inside:
        return _text(inside, depth + 1)
    return ", ".join(clean_inline(str(key)) for key in list(value)[:50])


def _text(value: Any, depth: int = 0) -> str:
    """A value as text: lists with commas, highlights as paragraphs, tags by their names."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if depth > 2:
        return ""
    if isinstance(value, dict):
        return _named(value, depth)
    if isinstance(value, list):
        parts = [text for one in value[:500] if (text := _text(one, depth + 1))]
        has_texts = any(isinstance(one, dict) and one.get("text") for one in value)
        return ("\n\n" if has_texts else "; ").join(parts)
    return ""
