"""Lists of articles or links in JSON: Pinboard, Raindrop, Readwise, Pocket, and any list whose
objects have keys of known names, as `tables` reads columns."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import msgspec

from sitegen.base.text import counted
from sitegen.importer.fields.columns import FIELD_OF_COLUMN, field_of
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.formats.jsonfeed import load_items
from sitegen.importer.formats.tables import article_of_row
from sitegen.importer.limits import first_of, objects_of
from sitegen.importer.model import Batch, Imported, Note
from sitegen.model.base import Struct

MAX_ITEMS = 200_000
MAX_DEPTH = 40  # of folders in one another
MAX_DEPTH_OF_VALUE = 2  # of lists and objects that are a value
_NAMED = ("title", "url")  # an object has one of them
_OF_ARTICLES = ("url", "text")  # and one of them is in some object of a list of articles
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
        "WordPress",  # https://developer.wordpress.org/rest-api/reference/posts/
        frozenset(["slug", "title", "content", "excerpt", "link"]),
        {
            "title": ("title",),
            "url": ("link",),
            "authors": ("_embedded.author",),
            "date": ("date_gmt", "date"),
            "updated": ("modified_gmt", "modified"),
            "text": ("content",),
        },
    ),
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
    return _shape(keys) is not None or _are_of_article(keys)


def _shape(keys: Iterable[str]) -> _Shape | None:
    found = frozenset(keys)
    return next((shape for shape in _SHAPES if shape.known_by <= found), None)


def read_json_list(data: bytes, zone: str = "") -> Batch:
    """An article for each object; one without text is a link with what was noted of it.

    Raises ValueError for JSON without a list of such objects.
    """
    value, notes = load_items(data)
    first, more = first_of(list(islice(_objects(value), MAX_ITEMS + 1)), MAX_ITEMS, "objects")
    known, others = objects_of(first, "item")
    objects = [(_row(one), _status(one)) for one in known]
    rows = [(row, status) for row, status in objects if not row.keys().isdisjoint(_NAMED)]
    if all(row.keys().isdisjoint(_OF_ARTICLES) for row, _ in rows):
        raise ValueError("is JSON of a kind that is not read: it has no list of articles")
    found = [_article(row, status, zone) for row, status in rows]
    return Batch(found, (*notes, *more, *others, *_left_out(len(objects) - len(rows))))


def _article(row: dict[str, str], status: str, zone: str) -> Imported:
    found = article_of_row(row, zone, "the object")
    return msgspec.structs.replace(found, status=status) if status else found


def _status(one: Mapping[str, Any]) -> str:
    """Ours for the status that an object says; what a password protects is not for everyone."""
    content = one.get("content")
    if isinstance(content, dict) and content.get("protected") is True:
        return "withheld"
    return _STATUSES.get(str(one.get("status")).lower(), "")


def _left_out(count: int) -> list[Note]:
    return [Note(f"{counted(count, 'object')} without title and URL left out")] if count else []


def _objects(value: Any) -> Iterator[Any]:
    """The entries of the first list with articles or links, or of all lists where folders hold
    them; an object alone is a list of one."""
    if _is_entry(value):
        yield value
        return
    found = list(_lists(value, 0))
    entries = [one for one in found if sum(map(_is_entry, one)) * 2 >= _objects_in(one)]
    for one in entries:
        yield from one


def _objects_in(entries: list[Any]) -> int:
    return sum(isinstance(one, dict) for one in entries)


def _lists(value: Any, depth: int) -> Iterator[list[Any]]:
    """The lists with objects in a value, and what objects with keys such as numbers hold."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        yield from _lists_of_list(value, depth)
    elif isinstance(value, dict):
        yield from _lists_of_object(value, depth)


def _lists_of_list(value: list[Any], depth: int) -> Iterator[list[Any]]:
    if _objects_in(value):
        yield value
    for one in value:
        if not _is_entry(one):
            yield from _lists(one, depth + 1)


def _lists_of_object(value: dict[str, Any], depth: int) -> Iterator[list[Any]]:
    inside = list(value.values())
    if inside and all(map(_is_entry, inside)):
        yield inside
        return
    for one in inside:
        yield from _lists(one, depth + 1)


def _is_entry(one: Any) -> bool:
    """Whether a value is an object with the keys of an article or a link."""
    if not isinstance(one, dict):
        return False
    return _shape(one) is not None or _are_of_article(str(key) for key in one)


def _are_of_article(keys: Iterable[str]) -> bool:
    """Whether keys of any service name a title, and a text or an address."""
    fields = set(map(field_of, keys))
    return "title" in fields and bool(fields & {"url", "text"})


def _row(one: Mapping[str, Any]) -> dict[str, str]:
    """An object as the fields of a row."""
    shape = _shape(one)
    if shape is None:
        return _known_fields(one, frozenset(FIELD_OF_COLUMN.values()))
    row = _fields_of(shape, one)
    for field, text in _known_fields(one, ("title", "url")).items():
        row.setdefault(field, text)
    return row


def _fields_of(shape: _Shape, one: Mapping[str, Any]) -> dict[str, str]:
    """The fields that the keys of a service say."""
    texts = {field: _first_text(one, keys) for field, keys in shape.keys.items()}
    if shape.has_blank_tags:
        texts["tags"] = texts["tags"].replace(" ", ",")
    return {field: text for field, text in texts.items() if text}


def _first_text(one: Mapping[str, Any], keys: Iterable[str]) -> str:
    """The text of the first key that says something."""
    texts = (_text(_at(one, key)) for key in keys)
    return next(filter(None, texts), "")


def _at(one: Mapping[str, Any], key: str) -> Any:
    """The value at a key, which may be one within another: `_embedded.author`."""
    outer, dot, inner = key.partition(".")
    value = one.get(outer)
    return value.get(inner) if dot and isinstance(value, dict) else None if dot else value


def _known_fields(one: Mapping[str, Any], wanted: Container[str]) -> dict[str, str]:
    """The wanted fields whose names are those of columns, each by the first key with a text."""
    out: dict[str, str] = {}
    for key, value in one.items():
        field = field_of(str(key))
        is_wanted = field in wanted and not (field == "date" and isinstance(value, dict | list))
        text = _text(value) if is_wanted else ""
        if text:
            out.setdefault(field, text)
    return out


_STATUSES = {
    **dict.fromkeys(("draft", "auto-draft", "pending", "unpublished"), "draft"),
    **dict.fromkeys(("private", "trash", "withheld"), "withheld"),
}
# what an object that is a value says, the first one that is there
_SAYS = ("rendered", "name", "text", "value", "html", "content", "tag", "title", "href", "url")


def _named(value: Mapping[str, Any], depth: int) -> str:
    """An object that is a value: its name in two parts, what it says, or the names of its keys."""
    if isinstance(value.get("lastName"), str):
        return _name_in_parts(value)
    said = next(filter(None, map(value.get, _SAYS)), None)
    if said is not None:
        return _with_note(_text(said, depth + 1), value.get("note"))
    inside = list(filter(_has_name, value.values()))
    if inside:
        return _text(inside, depth + 1)
    return ", ".join(clean_inline(str(key)) for key in list(value)[:50])


def _has_name(value: Any) -> bool:
    return isinstance(value, dict) and bool(value.get("name"))


def _name_in_parts(value: Mapping[str, Any]) -> str:
    last, first = value["lastName"], value.get("firstName")
    return f"{first} {last}" if isinstance(first, str) and first else str(last)


def _with_note(text: str, note: Any) -> str:
    return f"{text}\n\n{note}" if note else text


def _text(value: Any, depth: int = 0) -> str:
    """A value as text: lists with commas, highlights as paragraphs, tags by their names."""
    if isinstance(value, str):
        return value.strip()
    if type(value) in (int, float):  # and not a truth value
        return str(value)
    if depth > MAX_DEPTH_OF_VALUE:
        return ""
    if isinstance(value, dict):
        return _named(value, depth)
    return _joined(value, depth) if isinstance(value, list) else ""


def _joined(values: list[Any], depth: int) -> str:
    """The texts of a list: highlights as paragraphs, others on a line."""
    texts = (_text(one, depth + 1) for one in values[:500])
    are_highlights = any(isinstance(one, dict) and one.get("text") for one in values)
    return ("\n\n" if are_highlights else "; ").join(filter(None, texts))
