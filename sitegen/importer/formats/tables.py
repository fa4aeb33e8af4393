"""Tables (CSV, RFC 4180) whose rows are articles or links: exports of Pocket, Instapaper, Raindrop,
Pinboard, Readwise, and any other with columns of known names."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from sitegen.base.text import counted, unix_lines
from sitegen.importer.detect import decode_text
from sitegen.importer.fields.columns import field_of, folded_name
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import Dates, language, people_of, words
from sitegen.importer.kept import measured_values
from sitegen.importer.limits import others_left_out
from sitegen.importer.model import Batch, Imported, Note
from sitegen.importer.to_markdown import absolute, paragraphs
from sitegen.model.article import Source

MAX_ROWS = 200_000
MAX_CELL = 4 * 1024 * 1024

_JOINED = {"comment": "\n\n", "tags": ","}  # fields that several columns may hold together
_SHELVES = frozenset("unread archive archived starred unsorted inbox later reading read".split())
_SAYS_DELIMITER = re.compile(r"\A\"?sep=.\"?\n", re.I)
_SAID = frozenset("title authors date dek url source section tags".split())


def is_table(head: str) -> bool:
    """Whether a text begins with a row of column names that say what an article is."""
    columns = _first_row(_plain(head))
    fields = _fields(columns)
    has_passages = any(folded_name(name) == "highlight" for name in columns)
    return "title" in fields and (has_passages or bool(fields.keys() & {"url", "text"}))


def read_table(data: bytes, zone: str = "", mapped: Mapping[str, str] | None = None) -> Batch:
    """An article for each row; one without text is a link with what was noted of it, and further
    rows on the same entry are further notes.

    ``mapped`` has the names of columns by field, before those of `COLUMNS`. When an entry was saved
    is kept in ``extra.saved_at``, and never taken for its date. Raises ValueError for a table
    without columns of known names, and for a column that it does not have.
    """
    text = _plain(decode_text(data)[0])
    columns = _first_row(text)
    fields = {**_fields(columns), **_mapped(columns, mapped or {})}
    if "title" not in fields:
        raise ValueError(
            f"no column of the table is called title or headline: its columns are"
            f" {_listed(columns)}; name one: --map title=COLUMN"
        )
    unread = _unread(columns, fields)
    rows, notes = _rows_of_entries(text, fields, unread)
    entries = _entries(rows)
    found = [article_of_row(one.row, zone, others=one.others) for one in entries]
    joined = len(rows) - len(entries)
    return Batch(found, (*_note_of_unread(unread), *notes, *_note_of_joined(joined)))


class _TableRow(NamedTuple):
    """The values of a row by field, and those of columns that are not read."""

    row: dict[str, str]
    others: dict[str, str]


def _unread(columns: list[str], fields: Mapping[str, tuple[int, ...]]) -> dict[int, str]:
    """number -> name of each column that no field is read from."""
    read = {at for numbers in fields.values() for at in numbers}
    return {at: name for at, name in enumerate(columns) if at not in read and name.strip()}


def _note_of_unread(unread: Mapping[int, str]) -> tuple[Note, ...]:
    what = f"columns that are not read: {_listed(list(unread.values()))}"
    return (Note(what, 1, level="note"),) if unread else ()


def _note_of_joined(rows: int) -> tuple[Note, ...]:
    what = f"{counted(rows, 'row')} on an entry of a row above joined with it"
    return (Note(what, level="note"),) if rows else ()


def _rows_of_entries(
    text: str, fields: Mapping[str, tuple[int, ...]], unread: Mapping[int, str]
) -> tuple[list[_TableRow], list[Note]]:
    """(the rows of a table that have a title or URL, notes on those that are left out)."""
    out: list[_TableRow] = []
    notes: list[Note] = []
    empty = 0
    for number, cells in enumerate(_rows(text)):
        if number >= MAX_ROWS:
            notes.append(others_left_out(MAX_ROWS, "rows"))
            break
        row = _row(cells, fields)
        if row.get("title") or row.get("url"):
            others = {name: cells[at] for at, name in unread.items() if at < len(cells)}
            out.append(_TableRow(row, others))
        else:
            empty += any(cells)
    if empty:
        notes.append(Note(f"{counted(empty, 'row')} without title and URL left out"))
    return out, notes


def _entries(rows: Iterable[_TableRow]) -> list[_TableRow]:
    """The entries of ``rows``, those on the same one joined; a row with a text is always its
    own."""
    out: dict[Hashable, _TableRow] = {}
    for number, one in enumerate(rows):
        key = number if one.row.get("text") else _identity(one.row)
        out[key] = _with_row(out.get(key), one)
    return list(out.values())


def _identity(row: Mapping[str, str]) -> Hashable:
    """What makes an entry the same one."""
    return row.get("url") or (row.get("title"), row.get("authors"))


def _with_row(first: _TableRow | None, more: _TableRow) -> _TableRow:
    """An entry with another row on it: a passage or note is added, all else is that of the first
    row that says it."""
    if first is None:
        return more
    row = {**more.row, **first.row}
    for field, sign in _JOINED.items():
        values = [r[field] for r in (first.row, more.row) if r.get(field)]
        row |= {field: sign.join(dict.fromkeys(values))} if values else {}
    return _TableRow(row, {**more.others, **first.others})


def _row(cells: list[str], fields: Mapping[str, tuple[int, ...]]) -> dict[str, str]:
    """The values of a row by field, without the empty ones."""
    out = {}
    for field, numbers in fields.items():
        said = [cells[at].strip() for at in numbers if at < len(cells)]
        values = list(filter(None, said))
        joiner = _JOINED.get(field)
        if values:
            out[field] = values[0] if joiner is None else joiner.join(values)
    return out


def _plain(text: str) -> str:
    """A table without byte order mark and the line that names its delimiter to Excel, with the same
    end on all lines."""
    text = unix_lines(text.lstrip("\ufeff"))
    return _SAYS_DELIMITER.sub("", text, count=1)


def _rows(text: str) -> Iterator[list[str]]:
    """The rows below the first one.

    Raises ValueError for a cell that is larger than any article.
    """
    csv.field_size_limit(MAX_CELL)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    next(rows, None)
    try:
        yield from rows
    except csv.Error as error:
        raise ValueError(f"line {rows.line_num}: {error}") from None


def _mapped(columns: list[str], wanted: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    """field -> number of the column that a person named for it.

    Raises ValueError for one that the table does not have.
    """
    numbers = {folded_name(name): at for at, name in reversed(list(enumerate(columns)))}
    for field, name in wanted.items():
        if folded_name(name) not in numbers:
            raise ValueError(
                f"has no column `{clean_inline(name)}` for {field}: its columns are"
                f" {_listed(columns)}"
            )
    return {field: (numbers[folded_name(name)],) for field, name in wanted.items()}


def _listed(columns: list[str]) -> str:
    """Names of columns for a message."""
    return ", ".join(f"`{clean_inline(name)[:60]}`" for name in columns[:20])


def article_of_row(
    row: Mapping[str, str],
    zone: str,
    origin: str = "the row of the table",
    others: Mapping[str, str] | None = None,
) -> Imported:
    """One row, its values by field, as an article; ``others`` are those that are not read."""
    dates = Dates(zone)
    url = absolute(row.get("url", ""), "")
    text, comment = row.get("text", ""), row.get("comment", "")
    is_html = bool(re.search(r"<(?:p|br|div|a)\b", text, re.I))
    plain = (text if not is_html else "") or ("" if text else comment)
    lang = language(row.get("lang", ""))
    saved = _saved(row.get("saved", ""))
    extra = {"saved_at": saved} if saved else {}
    if row.get("page"):
        extra["page"] = clean_inline(row["page"])
    if text and comment:
        extra["comment"] = comment[:10_000]
    found = Imported(
        title=clean_inline(row.get("title", "")) or url,
        dek=clean_inline(row.get("dek", "")),
        authors=tuple(people_of([row["authors"]], lang=lang)) if row.get("authors") else (),
        date=dates(row["date"]) if row.get("date") else "",
        source=Source(clean_inline(row.get("source", "")), url),
        canonical=url,
        section=without_shelf(row.get("section", "")),
        tags=words(re.findall(r"[^\[\]\"',;|]+", row.get("tags", ""))),
        lang=lang,
        body=paragraphs(plain),
        html=text if is_html else "",
        guid=url,
        extra=extra,
        doubts=() if text else (f"no text found: {origin} gives only a link",),
        notes=dates.notes,
        evidence=tuple((name, f"from {origin}") for name in row if name in _SAID),
    )
    return measured_values(found, row, others)


def without_shelf(name: str) -> str:
    """The folder of an entry as its section, unless it only says whether the entry was read."""
    section = clean_inline(name)
    return "" if section.casefold() in _SHELVES else section


def _saved(value: str) -> str:
    """A moment of saving, which may be seconds since 1970, as RFC 3339; else as it is written."""
    if re.fullmatch(r"\d{9,11}", value):
        return datetime.fromtimestamp(int(value), UTC).isoformat()
    return clean_inline(value)[:40]


def _fields(columns: list[str]) -> dict[str, tuple[int, ...]]:
    """field -> numbers of the columns that are called so."""
    out: dict[str, tuple[int, ...]] = {}
    for at, name in enumerate(columns):
        field = field_of(name)
        if field:
            out[field] = (*out.get(field, ()), at)
    return out


def _first_row(text: str) -> list[str]:
    line = text.split("\n", 1)[0][:4000]
    return next(csv.reader([line], delimiter=_delimiter(line)), [])


def _delimiter(text: str) -> str:
    """The sign between the columns: the most frequent one in the first row."""
    line = text.split("\n", 1)[0]
    return max(",;\t|", key=line.count)
