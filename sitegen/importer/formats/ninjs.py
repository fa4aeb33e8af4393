"""ninjs 1.x, 2.x and 3.x (https://iptc.org/std/ninjs/) to articles.

The versions differ in the spelling of their keys and in whether a text is a value or one of a list
of values with roles; keys are compared without capitals and underscores.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from itertools import chain
from typing import Any

from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import (
    Dates,
    ItemTimes,
    change_after,
    language,
    merged,
    people_of,
    words,
)
from sitegen.importer.formats.feed import plain_title
from sitegen.importer.formats.image_forms import widest
from sitegen.importer.formats.jsonfeed import listed, load_items, plain_html, text
from sitegen.importer.formats.wxr import merged_words
from sitegen.importer.limits import first_of, objects_of
from sitegen.importer.model import Batch, Imported, Note, Skipped
from sitegen.importer.to_markdown import absolute
from sitegen.model.article import Image, Person, Rights, Source

MAX_ITEMS = 20_000
MAX_ASSOCIATIONS = 1_000  # of an item
MAX_RENDITIONS = 40  # of a picture
_LISTS = ("items", "_items", "results", "data", "hits", "articles", "newsitems")
_TEXT_KINDS = frozenset(["", "text", "composite"])
_TAG = re.compile(r"<[^<>]{1,500}>")


def read_ninjs(data: bytes, *, zone: str = "") -> Batch:
    """The items of a document: one item, a list, a list under `items` or `results`, or one item a
    line."""
    written, notes = _items(data)
    found, others = objects_of(written, "item")
    items, more = first_of(found, MAX_ITEMS, "items")
    return Batch([_item(_folded(item), zone) for item in items], (*notes, *others, *more))


def _items(data: bytes) -> tuple[list[Any], tuple[Note, ...]]:
    """(the entries of a document, what of it cannot be read)."""
    value, notes = load_items(data)
    values = value if isinstance(value, list) else [value]
    return list(chain.from_iterable(map(_entries, values))), notes


def _entries(value: Any) -> list[Any]:
    """The list of items that a JSON value is or holds; an item alone is a list of one."""
    if isinstance(value, dict):
        return _entries_within(value)
    return value if isinstance(value, list) else [value]


def _entries_within(value: dict[str, Any]) -> list[Any]:
    if "uri" in value or "guid" in value:
        return [value]
    lists = (value.get(key) for key in _LISTS)
    return next((one for one in lists if isinstance(one, list)), [value])


def _folded(value: Any) -> dict[str, Any]:
    """An object, its keys without capitals and underscores; an empty one for anything else."""
    if not isinstance(value, dict):
        return {}
    return {str(key).lower().replace("_", ""): held for key, held in value.items()}


def _lowered(value: Any) -> dict[str, Any]:
    """An object, its keys without capitals; an empty one for anything else."""
    if not isinstance(value, dict):
        return {}
    return {key.lower(): held for key, held in value.items()}


def _first_key(item: dict[str, Any], keys: Iterable[str]) -> str:
    """The first of the keys whose value is a text."""
    return next((key for key in keys if text(item, key)), "")


def _item(item: dict[str, Any], zone: str) -> Imported | Skipped:
    title, title_from = _headline(item)
    uri = clean_inline(text(item, "uri") or text(item, "guid"))[:1000]
    if reason := _not_an_article(item):
        return Skipped(title or uri, reason)
    times = _times(item, zone)
    authors, authors_from = _authors(item)
    body, body_from = _body(item)
    source, source_from = _first(item, _SOURCES)
    images = _pictures(item)
    place = clean_inline(text(item, "located") or _place(item))[:80]
    page = absolute(text(item, "canonical"), "") or _alternate(item)
    subjects = _subjects(item)
    note = clean_inline(text(item, "ednote"))
    found = {
        "title": (title, title_from),
        "authors": (authors, authors_from),
        "date": (times.date, f"from {times.date_from}"),
        "body": (body, body_from),
        "source": (source, source_from),
        "publish_at": (times.until, "from the embargo"),
        "status": (times.is_held, times.held_from),
        "dateline": (place, "from located"),
        "tags": (subjects, "from subjects"),
    }
    return Imported(
        title=title,
        dek=_dek(item),
        authors=authors,
        date=times.date,
        updated=times.updated,
        publish_at=times.until,
        expires_at=times.expires,
        status="withheld" if times.is_held else "",
        dateline=place,
        image=images[0] if images else None,
        images=tuple(images),
        left_at_source=tuple(images[1:]),
        source=Source(clean_inline(source)[:200], page),
        canonical=page,
        tags=subjects,
        lang=language(item.get("language")),
        html=body,
        summary=_with_role(item, "descriptions", "description", ("summary", "text", "main", ""))[0],
        rights=_rights(item),
        guid=uri,
        extra={"ednote": note} if note else {},
        evidence=tuple((n, how) for n, (there, how) in found.items() if there),
        notes=times.notes,
    )


# Keys in order of trust: who an item is from; when it was published; who signs it; its text.
_SOURCES = ("creditline", "copyrightholder", "infosources", "source", "provider")
_DATES = ("firstpublished", "firstcreated", "contentcreated", "versioncreated")
_BYLINES = ("by", "byline", "bylines")
_HTML_BODIES = ("bodyhtml", "bodyxhtml", "bodyrichtext", "bodyhtml5")
_PLAIN_BODIES = ("bodytext", "bodymain")
# Parts of the media types of a body and their ranks: XHTML is HTML, other XML is not read.
_RANK_OF_OTHERS, _UNREAD = 2, 3
_RANKS = (("nitf", _UNREAD), ("html", 0), ("plain", 1), ("xml", _UNREAD))
_EMBARGOES = ("embargoeduntil", "embargoed", "embargo")
_BELOW = ("sub", "subheadline", "subhead", "deck", "subtitle", "secondary")  # roles of headlines
_WRITERS = ("author", "creator", "writer", "by")  # relations of people to an item
_HELD = ("withheld", "withhold")
_SUBJECTS = ("subjects", "subject", "service", "anpacategory")


def _not_an_article(item: dict[str, Any]) -> str:
    """Why an item gives no article, or an empty string."""
    kind = text(item, "type")
    if kind not in _TEXT_KINDS:
        return f"is a {kind} item, not a text"
    is_cancelled = text(item, "pubstatus").lower() in ("canceled", "cancelled")
    return "was cancelled by its provider" if is_cancelled else ""


def _times(item: dict[str, Any], zone: str) -> ItemTimes:
    when = Dates(zone)
    embargo = next((item[key] for key in _EMBARGOES if item.get(key) is not None), "")
    until = when(text({"until": embargo}, "until"))
    status = text(item, "pubstatus").lower()
    date_from, date = _published(item, when)
    version = when(text(item, "versioncreated"))
    return ItemTimes(
        date=date,
        date_from=date_from,
        updated=change_after(date, version),
        until=until,
        expires=when(text(item, "expires")),
        is_held=status in _HELD or bool(embargo and not until),
        held_from=f"from pubstatus {status}" if status else "from the embargo",
        notes=when.notes,
    )


def _published(item: dict[str, Any], when: Dates) -> tuple[str, str]:
    """(the most trusted key with a date, that date)."""
    dates = ((key, when(text(item, key))) for key in _DATES)
    return next(((key, date) for key, date in dates if date), ("", ""))


def _authors(item: dict[str, Any]) -> tuple[tuple[Person, ...], str]:
    """(who wrote an item, the key that says so)."""
    key = _first_key(item, _BYLINES)
    signed = people_of([text(item, key)] if key else [])
    named = (_named(item, "authors"), _named(item, "bylines"), _by_rel(item))
    lists = (name for name in ("authors", "bylines") if listed(item, name))
    where = key or next(lists, "people")
    return merged(signed, *named), f"from {where}"


def _first(item: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, str]:
    """(the first value that is a text, or a list of objects with a name; its key)."""
    said = ((_name_at(item, key), f"from {key}") for key in keys)
    return next(((name, where) for name, where in said if name), ("", ""))


def _name_at(item: dict[str, Any], key: str) -> str:
    """The text of a key, or the first name of the objects that it lists."""
    names = (clean_inline(text(one, "name")) for one in listed(item, key))
    return text(item, key) or next(filter(None, names), "")


def _subjects(item: dict[str, Any]) -> tuple[str, ...]:
    named = (words(text(s, "name") for s in listed(item, key)) for key in _SUBJECTS)
    return merged_words(*named, _plain_words(item))


def _rights(item: dict[str, Any]) -> Rights:
    said = item.get("rightsinfo")  # an object since 2.0
    boxes = [item, said] if isinstance(said, dict) else [item]

    def first(*names: str) -> str:
        return next((v for box in boxes for n in names if (v := clean_inline(text(box, n)))), "")

    notice = first("copyrightnotice", "usageterms")
    return Rights(notice=notice, holder=first("copyrightholder")[:200])


def _place(item: dict[str, Any]) -> str:
    """The place of a dateline that is an object, as Superdesk writes it."""
    line = item.get("dateline")
    located = line.get("located") if isinstance(line, dict) else None
    return (
        text(located, "city")
        or text(item, "dateline")
        or next((text(p, "name") for p in listed(item, "place")), "")
    )


def _plain_words(item: dict[str, Any]) -> tuple[str, ...]:
    """Keywords, which are objects with a name in some versions and texts in others."""
    return words(
        text(k, "name") or (k if isinstance(k, str) else "") for k in listed(item, "keywords")
    )


def _with_role(
    item: dict[str, Any], plural: str, stem: str, order: tuple[str, ...]
) -> tuple[str, str]:
    """(value, its key) of a text that is one of several with roles (2.x, 3.x), a key with a role
    (1.x), or plain."""
    entry = _of_role(_valued(item, plural), order)
    if entry:
        return text(entry, "value"), f"{plural} ({text(entry, 'role') or 'first'})"
    known = (stem, *(stem + role for role in order))
    others = (key for key in item if key.startswith(stem))
    key = _first_key(item, (*known, *others))
    return (text(item, key), key) if key else ("", "")


def _valued(item: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The objects of a list that have a value."""
    return [one for one in listed(item, key) if text(one, "value")]


def _of_role(entries: list[dict[str, Any]], order: tuple[str, ...]) -> dict[str, Any]:
    """The first entry with the first role that any has; an empty role is that of every entry."""
    for role in order:
        for entry in entries:
            if role in ("", text(entry, "role").lower()):
                return entry
    return {}


def _headline(item: dict[str, Any]) -> tuple[str, str]:
    value, key = _with_role(item, "headlines", "headline", ("main", "headline", ""))
    if not value:
        value, key = text(item, "title"), "title"
    return plain_title(value), f"from {key}"


def _dek(item: dict[str, Any]) -> str:
    """The headline whose role is that of the line below the main one."""
    headlines = listed(item, "headlines")
    below = (text(one, "value") for one in headlines if text(one, "role").lower() in _BELOW)
    return plain_title(next(below, ""))[:500]


def _body(item: dict[str, Any]) -> tuple[str, str]:
    """(the richest form of the text as HTML, where it is from)."""
    forms = [_lowered(one) for one in _valued(item, "bodies")]
    form = _richest(forms)
    return _body_of_form(form) if form else _body_of_keys(item)


def _richest(forms: list[dict[str, Any]]) -> dict[str, Any]:
    """The form of the richest type that is read, the first of several."""
    readable = [form for form in forms if _rank(form) < _UNREAD]
    return min(readable, key=_rank, default={})


def _rank(form: dict[str, Any]) -> int:
    """The place of a form in the order of types, the richest first."""
    kind = text(form, "contenttype").lower()
    return next((rank for part, rank in _RANKS if part in kind), _RANK_OF_OTHERS)


def _body_of_form(form: dict[str, Any]) -> tuple[str, str]:
    """(a body of 2.x or 3.x as HTML, its role or type)."""
    kind = text(form, "contenttype").lower()
    value = text(form, "value")
    looks_like_html = not kind and value.lstrip().startswith("<")
    is_html = "html" in kind or looks_like_html
    where = f"from bodies ({text(form, 'role') or kind})"
    return value if is_html else plain_html(value), where


def _body_of_keys(item: dict[str, Any]) -> tuple[str, str]:
    """(a body of 1.x as HTML, its key)."""
    rich = _first_key(item, _HTML_BODIES)
    if rich:
        return text(item, rich), f"from {rich}"
    others = (key for key in item if key.startswith("body"))
    plain = _first_key(item, (*_PLAIN_BODIES, *others))
    if plain:
        return plain_html(text(item, plain)), f"from {plain}"
    return "", ""


def _named(item: dict[str, Any], key: str) -> list[Person]:
    """People of a list of objects with a name (and a role), or of plain names."""
    out = []
    for entry in listed(item, key):
        name = entry if isinstance(entry, str) else text(entry, "name")
        role = "" if isinstance(entry, str) else clean_inline(text(entry, "role"))[:60]
        out += people_of([name], role if role.lower() not in ("author", "writer", "byline") else "")
    return out


def _by_rel(item: dict[str, Any]) -> list[Person]:
    """People whose relation to the item is to have written it."""
    entries = [*listed(item, "people"), *listed(item, "person")]
    writers = [one for one in entries if text(one, "rel").lower() in _WRITERS]
    return people_of(text(one, "name") for one in writers)


def _alternate(item: dict[str, Any]) -> str:
    """The page of the item, where one of its other names or forms is an address of HTML."""
    others = [*listed(item, "altids"), *listed(item, "links"), *listed(item, "renditions")]
    pages = (one for one in map(_lowered, others) if _is_page(one))
    links = (absolute(text(one, "value") or text(one, "href"), "") for one in pages)
    return next(filter(None, links), "")


def _is_page(form: dict[str, Any]) -> bool:
    return (
        text(form, "role") in ("canonical", "web", "alternate")
        or "html" in text(form, "contenttype")
        or text(form, "rel") == "canonical"
    )


def _pictures(item: dict[str, Any]) -> list[Image]:
    """The pictures among what an item is associated with."""
    held = _held(item.get("associations") or item.get("association"), "uri")
    entries = [_folded(one) for one in held[:MAX_ASSOCIATIONS]]
    shown = [one for one in entries if text(one, "type") in ("picture", "graphic")]
    return [_image(one, src) for one in shown if (src := _rendition(one))]


def _held(value: Any, known_by: str) -> list[Any]:
    """The objects of a list, or of an object that names each; in a list, each may be named by an
    object of its own, which has one key and not ``known_by``."""
    entries = _entries_of(value)
    if all(_is_name_of_one(entry, known_by) for entry in entries):
        return [held for entry in entries for held in entry.values()]
    return entries


def _entries_of(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _is_name_of_one(entry: Any, known_by: str) -> bool:
    return isinstance(entry, dict) and len(entry) == 1 and known_by not in entry


def _image(entry: dict[str, Any], src: str) -> Image:
    """A picture with what is said of it and who holds it."""
    alt, _ = _with_role(entry, "headlines", "headline", ("alt", "main", ""))
    said, _ = _with_role(entry, "descriptions", "description", ("caption", "text", "main", ""))
    caption = html.unescape(_TAG.sub(" ", said))
    creator = text(entry, "by") or text(entry, "byline")
    holder = text(entry, "copyrightnotice") or text(entry, "copyrightholder")
    return Image(
        src,
        alt=plain_title(alt),
        caption=clean_inline(caption),
        creator=clean_inline(creator),
        credit=clean_inline(text(entry, "creditline") or creator),
        copyright=clean_inline(holder),
    )


def _rendition(entry: dict[str, Any]) -> str:
    """The URL of the widest form of an image."""
    forms = _held(entry.get("renditions"), "href")[:MAX_RENDITIONS]
    return widest((_width(form), absolute(text(form, "href"), "")) for form in forms)


def _width(form: Any) -> int:
    """The width of a form; 0 where it is not said."""
    width = form.get("width") if isinstance(form, dict) else None
    return width if isinstance(width, int) else 0
