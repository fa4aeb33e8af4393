"""The export of Movable Type, which TypePad, Hatena and others write, too
(https://movabletype.org/documentation/appendices/import-export-format.html).

Entries end with a line of eight hyphens, their parts with one of five. The first part has fields,
one a line; each of the others begins with its name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from sitegen.base.text import unix_lines
from sitegen.importer.detect import decode_text
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import Dates, people_of, words
from sitegen.importer.limits import first_of, of_readers_left_out
from sitegen.importer.model import Batch, Imported
from sitegen.model.article import Person

MAX_ENTRIES = 100_000
_ENTRY = re.compile(r"^-{8}[ \t]*$", re.MULTILINE)
_PART = re.compile(r"^-{5}[ \t]*$", re.MULTILINE)
_NAMED = re.compile(r"\s*([A-Z][A-Z ]{2,30}):[ \t]*(?:\n|$)")
_FIELD = re.compile(r"([A-Z][A-Z ]{2,30}):[ \t]*(.*)")
_QUOTED = re.compile(r'"([^"]*)"|([^,"]+)')
_BLOCK = re.compile(r"<(?:p|div|h[1-6]|ul|ol|table|blockquote|pre|figure)\b", re.IGNORECASE)
_TIMES = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S")
_FROM_READERS = {"COMMENT": "comment", "PING": "trackback"}


def read_movable_type(data: bytes, zone: str = "") -> Batch:
    """The entries of an export; drafts stay drafts, and what readers wrote is only counted."""
    text = unix_lines(decode_text(data)[0]).lstrip("\ufeff")
    texts = [entry for entry in _ENTRY.split(text) if entry.strip()]
    written, more = first_of(texts, MAX_ENTRIES, "entries")
    entries = [list(_parts(entry)) for entry in written]
    found = [_article(_fields_of(parts), dict(reversed(parts)), zone) for parts in entries]
    names = Counter(name for name, _ in chain.from_iterable(entries))
    notes = (of_readers_left_out(names[name], noun) for name, noun in _FROM_READERS.items())
    return Batch(found, (*chain.from_iterable(notes), *more))


def _parts(entry: str) -> Iterator[tuple[str, str]]:
    """The parts of an entry by their names; that of the fields has none.

    A line of hyphens that no name follows is a line of the text that it is in.
    """
    name, text = "", ""
    for number, part in enumerate(_PART.split(entry)):
        match = _NAMED.match(part) if number else None
        if match:
            yield name, text.strip("\n")
            name, text = match[1], part[match.end() :]
        else:
            text += f"-----{part}" if number and part.strip() else part
    yield name, text.strip("\n")


def _fields_of(parts: list[tuple[str, str]]) -> dict[str, list[str]]:
    """The values of each field of an entry, in their order."""
    out: dict[str, list[str]] = {}
    for row in parts[0][1].split("\n"):
        match = _FIELD.match(row)
        if match and match[2].strip():
            out.setdefault(match[1], []).append(match[2].strip())
    return out


def _article(fields: dict[str, list[str]], parts: dict[str, str], zone: str) -> Imported:
    def first(name: str) -> str:
        return clean_inline(next(iter(fields.get(name, ())), ""))

    dates = Dates(zone)
    date = dates(_moment(first("DATE")))
    status = first("STATUS").lower()
    categories = [*fields.get("PRIMARY CATEGORY", ()), *fields.get("CATEGORY", ())]
    names = dict.fromkeys(map(clean_inline, categories))
    section = next(iter(names), "")
    breaks = first("CONVERT BREAKS").lower()
    texts = [text for name in ("BODY", "EXTENDED BODY") if (text := parts.get(name, "").strip())]
    is_markdown = "markdown" in breaks
    return Imported(
        title=first("TITLE"),
        authors=_authors(first("AUTHOR")),
        date=date,
        publish_at=date if status == "future" else "",
        status="" if status in ("publish", "future", "") else "draft",
        section=section,
        tags=words([*(name for name in names if name != section), *_tags(fields)]),
        summary=clean_inline(parts.get("EXCERPT", "")),
        body="\n\n".join(texts) + "\n" if is_markdown else "",
        html="" if is_markdown else "\n".join(_html(text, breaks) for text in texts),
        slug=first("BASENAME"),
        own=True,
        notes=dates.notes,
        evidence=(("title", "from TITLE"), ("authors", "from AUTHOR"), ("date", "from DATE")),
    )


def _authors(text: str) -> tuple[Person, ...]:
    """The people of a byline, or the name of an account."""
    return tuple(people_of([text]) or ([Person(text)] if text else []))


def _tags(fields: dict[str, list[str]]) -> list[str]:
    """The tags of an entry: separated by commas, those with a blank in quotes."""
    found = (_QUOTED.findall(line) for line in fields.get("TAGS", ()))
    return [clean_inline(quoted or plain) for line in found for quoted, plain in line]


def _moment(written: str) -> str:
    """A moment such as `11/26/2026 10:00:00 AM`, as ISO 8601; another text stays."""
    for form in _TIMES:
        try:
            return datetime.strptime(written, form).isoformat()
        except ValueError:
            continue
    return written


def _html(text: str, breaks: str) -> str:
    """The HTML of a text whose line breaks may divide paragraphs."""
    if breaks == "0" or _BLOCK.search(text):
        return text
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n".join("<p>{}</p>".format(one.replace("\n", "<br>\n")) for one in paragraphs)
