"""Lists of articles or links in JSON: Pinboard, Raindrop, Readwise, Pocket, and any list whose
objects have keys of known names, as `tables` reads columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sitegen.base.text import counted
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.formats.jsonfeed import load_items
from sitegen.importer.formats.tables import FIELD_OF_COLUMN, article_of_row, folded_name
from sitegen.importer.model import Batch, Imported, Note
from sitegen.model.base import Struct

MAX_ITEMS = 200_000
_LISTS = ("items", "_items", "results", "data", "hits", "articles", "posts", "entries", "list")
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
            "comment": ("note", "excerpt"),
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
    objects = [one for one in _objects(value) if isinstance(one, dict)][:MAX_ITEMS]
    rows = [row for one in objects if (row := _row(one)).get("title") or row.get("url")]
    if not rows:
        raise ValueError("is JSON of a kind that is not read: it has no list of articles")
    if len(rows) < len(objects):
        left = counted(len(objects) - len(rows), "object")
        notes = (*notes, Note(f"{left} without title and URL left out"))
    found: list[Imported] = [article_of_row(row, zone, "the object") for row in rows]
    return Batch(found, notes)


def _objects(value: Any) -> Iterator[Any]:
    """The objects of a list, or of the first list that an object has under a usual key."""
    if isinstance(value, list):
        yield from value
        return
    if not isinstance(value, dict):
        return
    for key in _LISTS:
        inside = value.get(key)
        if isinstance(inside, list) and inside:
            yield from inside
            return
        if isinstance(inside, dict) and inside:
            yield from _objects(inside) if _has_list(inside) else inside.values()
            return
    yield value


def _has_list(value: Mapping[str, Any]) -> bool:
    return any(isinstance(value.get(key), list) for key in _LISTS)


def _row(one: Mapping[str, Any]) -> dict[str, str]:
    """An object as the fields of a row."""
    shape = _shape(one)
    out: dict[str, str] = {}
    if shape is not None:
        for field, keys in shape.keys.items():
            out[field] = next((said for key in keys if (said := _text(one.get(key)))), "")
        if shape.has_blank_tags:
            out["tags"] = out["tags"].replace(" ", ",")
        return {field: text for field, text in out.items() if text}
    for key, value in one.items():
        known = FIELD_OF_COLUMN.get(folded_name(str(key)))
        if known and (text := _text(value)):
            out.setdefault(known, text)
    return out


def _text(value: Any, depth: int = 0) -> str:
    """A value as text: lists with commas, highlights as paragraphs, tags by their names."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if depth > 2:
        return ""
    if isinstance(value, dict):
        said = next((value[k] for k in ("name", "text", "value", "html") if value.get(k)), None)
        if said is None:
            return ", ".join(clean_inline(str(key)) for key in list(value)[:50])
        note = value.get("note")
        return f"{_text(said, depth + 1)}\n\n{note}" if note else _text(said, depth + 1)
    if isinstance(value, list):
        parts = [text for one in value[:500] if (text := _text(one, depth + 1))]
        has_texts = any(isinstance(one, dict) and one.get("text") for one in value)
        return ("\n\n" if has_texts else "; ").join(parts)
    return ""
