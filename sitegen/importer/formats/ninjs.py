"""ninjs 1.x, 2.x and 3.x (https://iptc.org/std/ninjs/) to articles.

The versions differ in the spelling of their keys and in whether a text is a value or one of a list
of values with roles; keys are compared without capitals and underscores.
"""

from __future__ import annotations

import html
import re
from typing import Any

from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import Dates, ItemTimes, language, merged, people_of, words
from sitegen.importer.formats.feed import plain_title
from sitegen.importer.formats.jsonfeed import listed, load_items, plain_html, text
from sitegen.importer.formats.wxr import merged_words
from sitegen.importer.model import Batch, Imported, Note, Skipped
from sitegen.importer.safe_json import load_json
from sitegen.importer.to_markdown import absolute
from sitegen.model.article import Image, Person, Rights, Source

MAX_ITEMS = 20_000
MAX_ROWS = 500_000
_LISTS = ("items", "_items", "results", "data", "hits", "articles", "newsitems")
_TEXT_KINDS = frozenset(["", "text", "composite"])


def read_ninjs(data: bytes, *, zone: str = "") -> Batch:
    """The items of a document: one item, a list, a list under `items` or `results`, or one item a
    line."""
    found, notes = _items(data)
    return Batch([_item(i, zone) for i in found[:MAX_ITEMS]], notes)


def _items(data: bytes) -> tuple[list[dict[str, Any]], tuple[Note, ...]]:
    first, _, others = data.lstrip().partition(b"\n")
    lines = (
        first.startswith(b"{")
        and first.rstrip().endswith(b"}")
        and others.lstrip().startswith(b"{")
    )
    if not lines:
        value, notes = load_items(data)
        return _of_value(value), notes
    out: list[dict[str, Any]] = []
    broken: list[Note] = []
    for number, row in enumerate(data.split(b"\n", MAX_ROWS), 1):
        try:
            out += _of_value(load_json(row)) if row.strip() else []
        except ValueError as error:
            broken.append(
                Note(
                    f"{error}; the item of this line is not imported",
                    number,
                    "correct the line, and import the file again",
                )
            )
    return out, tuple(broken)


def _of_value(value: Any) -> list[dict[str, Any]]:
    """The items that a JSON value holds, their keys folded."""
    if isinstance(value, dict) and "uri" not in value and "guid" not in value:
        value = next((v for k in _LISTS if isinstance(v := value.get(k), list)), value)
    entries = value if isinstance(value, list) else [value]
    return [
        {str(k).lower().replace("_", ""): v for k, v in one.items()}
        for one in entries
        if isinstance(one, dict)
    ]


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
    note = clean_inline(text(item, "ednote"))[:1000]
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


# Keys in order of trust: who an item is from; when it was published.
_SOURCES = ("creditline", "copyrightholder", "infosources", "source", "provider")
_DATES = ("firstpublished", "firstcreated", "contentcreated", "versioncreated")
_EMBARGOES = ("embargoeduntil", "embargoed", "embargo")
_BELOW = ("sub", "subheadline", "subhead", "deck", "subtitle", "secondary")  # roles of headlines
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
    until = when(text({"until": embargo}, "until")) if embargo else ""
    status = text(item, "pubstatus").lower()
    dates = ((key, moment) for key in _DATES if (moment := when(text(item, key))))
    date_from, date = next(dates, ("", ""))
    version = when(text(item, "versioncreated"))
    return ItemTimes(
        date=date,
        date_from=date_from,
        updated=version if date and version != date and version[:10] >= date[:10] else "",
        until=until,
        expires=when(text(item, "expires")),
        is_held=status in ("withheld", "withhold") or bool(embargo and not until),
        held_from=f"from pubstatus {status}" if status else "from the embargo",
        notes=when.notes,
    )


def _authors(item: dict[str, Any]) -> tuple[tuple[Person, ...], str]:
    """(who wrote an item, the key that says so)."""
    key = next((key for key in ("by", "byline", "bylines") if text(item, key)), "")
    named = (_named(item, "authors"), _named(item, "bylines"), _by_rel(item))
    where = key or next((k for k in ("authors", "bylines") if listed(item, k)), "people")
    return merged(people_of([text(item, key)] if key else []), *named), f"from {where}"


def _first(item: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, str]:
    """(the first value that is a text, or a list of objects with a name; its key)."""
    for key in keys:
        names = (clean_inline(text(one, "name")) for one in listed(item, key))
        value = text(item, key) or next((name for name in names if name), "")
        if value:
            return value, f"from {key}"
    return "", ""


def _subjects(item: dict[str, Any]) -> tuple[str, ...]:
    named = (words(text(s, "name") for s in listed(item, key)) for key in _SUBJECTS)
    return merged_words(*named, _plain_words(item))


def _rights(item: dict[str, Any]) -> Rights:
    said = item.get("rightsinfo")  # an object since 2.0
    boxes = [item, said] if isinstance(said, dict) else [item]

    def first(*names: str) -> str:
        return next((v for box in boxes for n in names if (v := clean_inline(text(box, n)))), "")

    notice = first("copyrightnotice", "usageterms")[:500]
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
    entries = [e for e in listed(item, plural) if isinstance(e, dict) and text(e, "value")]
    for role in order:
        for entry in entries:
            if not role or text(entry, "role").lower() == role:
                return text(entry, "value"), f"{plural} ({text(entry, 'role') or 'first'})"
    for key in [stem, *(stem + r for r in order)]:
        if text(item, key):
            return text(item, key), key
    return next(
        ((text(item, k), k) for k in item if k.startswith(stem) and text(item, k)), ("", "")
    )


def _headline(item: dict[str, Any]) -> tuple[str, str]:
    value, key = _with_role(item, "headlines", "headline", ("main", "headline", ""))
    return (
        (plain_title(value), f"from {key}")
        if value
        else (plain_title(text(item, "title")), "from title")
    )


def _dek(item: dict[str, Any]) -> str:
    """The headline whose role is that of the line below the main one."""
    below = (h for h in listed(item, "headlines") if isinstance(h, dict))
    said = (text(h, "value") for h in below if text(h, "role").lower() in _BELOW)
    return plain_title(next(said, ""))[:500]


def _body(item: dict[str, Any]) -> tuple[str, str]:
    """The richest form of the text: XHTML or HTML, else plain text."""
    entries = [e for e in listed(item, "bodies") if isinstance(e, dict) and text(e, "value")]
    kinds = [({k.lower(): v for k, v in e.items()}, n) for n, e in enumerate(entries)]
    for wanted in ("html", "plain", ""):
        for entry, _ in kinds:
            kind = text(entry, "contenttype").lower()
            if wanted in kind and "nitf" not in kind and (wanted or "xml" not in kind):
                value = text(entry, "value")
                looks = "html" in kind or (not kind and value.lstrip().startswith("<"))
                return (
                    value if looks else plain_html(value)
                ), f"from bodies ({text(entry, 'role') or kind})"
    for key in ("bodyhtml", "bodyxhtml", "bodyrichtext", "bodyhtml5"):
        if text(item, key):
            return text(item, key), f"from {key}"
    for key in ("bodytext", "bodymain", *(k for k in item if k.startswith("body"))):
        if text(item, key):
            return plain_html(text(item, key)), f"from {key}"
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
    entries = [e for k in ("people", "person") for e in listed(item, k) if isinstance(e, dict)]
    return people_of(
        text(e, "name")
        for e in entries
        if text(e, "rel").lower() in ("author", "creator", "writer", "by")
    )


def _alternate(item: dict[str, Any]) -> str:
    """The page of the item, where one of its other names or forms is an address of HTML."""
    for entry in [*listed(item, "altids"), *listed(item, "links"), *listed(item, "renditions")]:
        folded = {k.lower(): v for k, v in entry.items()} if isinstance(entry, dict) else {}
        if (
            text(folded, "role") in ("canonical", "web", "alternate")
            or "html" in text(folded, "contenttype")
            or text(folded, "rel") == "canonical"
        ):
            address = absolute(text(folded, "value") or text(folded, "href"), "")
            if address:
                return address
    return ""


def _pictures(item: dict[str, Any]) -> list[Image]:
    value = item.get("associations") or item.get("association")
    entries = (
        list(value.values())
        if isinstance(value, dict)
        else value
        if isinstance(value, list)
        else []
    )
    if entries and all(isinstance(e, dict) and len(e) == 1 and "uri" not in e for e in entries):
        entries = [v for e in entries for v in e.values()]
    out = []
    for raw in entries[:60]:
        entry = (
            {str(k).lower().replace("_", ""): v for k, v in raw.items()}
            if isinstance(raw, dict)
            else {}
        )
        if text(entry, "type") not in ("picture", "graphic"):
            continue
        src = _rendition(entry)
        caption, _ = _with_role(
            entry, "descriptions", "description", ("caption", "text", "main", "")
        )
        creator = text(entry, "by") or text(entry, "byline")
        if src:
            out.append(
                Image(
                    src,
                    alt=plain_title(
                        _with_role(entry, "headlines", "headline", ("alt", "main", ""))[0]
                    )[:300],
                    caption=clean_inline(html.unescape(re.sub(r"<[^<>]{1,500}>", " ", caption)))[
                        :1000
                    ],
                    creator=clean_inline(creator)[:200],
                    credit=clean_inline(text(entry, "creditline") or creator)[:200],
                    copyright=clean_inline(
                        text(entry, "copyrightnotice") or text(entry, "copyrightholder")
                    )[:300],
                )
            )
    return out


def _rendition(entry: dict[str, Any]) -> str:
    """The widest form of an image that is at most 2,400 pixels wide, else any."""
    value = entry.get("renditions")
    forms = (
        list(value.values())
        if isinstance(value, dict)
        else value
        if isinstance(value, list)
        else []
    )
    if forms and all(isinstance(f, dict) and "href" not in f and len(f) == 1 for f in forms):
        forms = [v for f in forms for v in f.values()]
    best, width = "", -1
    for form in forms[:40]:
        address = absolute(text(form, "href"), "")
        wide = form.get("width") if isinstance(form, dict) else 0
        wide = wide if isinstance(wide, int) and 0 < wide <= 2400 else 0
        if address and wide > width:
            best, width = address, wide
    return best
