"""Tables (CSV, RFC 4180) whose rows are articles or links: exports of Pocket, Instapaper, Raindrop,
Pinboard, Readwise, and any other with columns of known names."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from sitegen.base.text import counted
from sitegen.importer.detect import decode_text
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import Dates, language, people_of, words
from sitegen.importer.kept import measured_values
from sitegen.importer.model import Batch, Imported, Note
from sitegen.importer.to_markdown import absolute, paragraphs
from sitegen.model.article import Source

MAX_ROWS = 200_000
MAX_CELL = 4 * 1024 * 1024

# field -> names of its column, folded to letters and digits
COLUMNS: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "titel", "titre", "titulo", "titolo", "überschrift", "name"),
    "url": ("url", "link", "href", "address", "permalink", "sourceurl", "resolvedurl", "lien"),
    "authors": ("author", "authors", "byline", "creator", "autor", "autoren", "auteur", "autore"),
    "date": ("date", "published", "publishedat", "publicationdate", "pubdate", "datum", "fecha"),
    "text": ("text", "body", "content", "fulltext", "article", "inhalt", "texte", "texto", "testo"),
    "dek": ("dek", "subtitle", "subheadline", "standfirst", "untertitel"),
    "comment": ("note", "notes", "comment", "selection", "highlight", "description", "excerpt"),
    "tags": ("tags", "tag", "keywords", "labels", "schlagworte"),
    "source": ("source", "publication", "outlet", "newspaper", "publisher", "medium", "quelle"),
    "section": ("section", "category", "rubrik", "ressort"),
    "page": ("page", "pages", "seite"),
    "lang": ("language", "lang", "sprache"),
    "saved": ("timeadded", "created", "timestamp", "addedat", "dateadded", "savedat", "saveddate"),
}
_SAID = frozenset("title authors date dek url source section tags".split())
FIELD_OF_COLUMN = {name: field for field, names in COLUMNS.items() for name in names}


def is_table(head: str) -> bool:
    """Whether a text begins with a row of column names that say what an article is."""
    fields = _fields(_first_row(head))
    return "title" in fields and bool(fields.keys() & {"url", "text"})


def read_table(data: bytes, zone: str = "", mapped: Mapping[str, str] | None = None) -> Batch:
    """An article for each row; one without text is a link with what was noted of it.

    ``mapped`` has the names of columns by field, before those of `COLUMNS`. When an entry was saved
    is kept in ``extra.saved_at``, and never taken for its date. Raises ValueError for a table
    without columns of known names, and for a column that it does not have.
    """
    text = decode_text(data)[0].lstrip("\ufeff")
    columns = _first_row(text)
    fields = {**_fields(columns), **_mapped(columns, mapped or {})}
    if "title" not in fields:
        raise ValueError(
            f"no column of the table is called title or headline: its columns are"
            f" {_listed(columns)}; name one: --map title=COLUMN"
        )
    notes = []
    unknown = {at: name for at, name in enumerate(columns) if at not in fields.values()}
    if unknown:
        what = f"columns that are not read: {_listed(list(unknown.values()))}"
        notes.append(Note(what, 1, level="note"))
    found: list[Imported] = []
    empty = 0
    for cells in _rows(text):
        if len(found) >= MAX_ROWS:
            notes.append(Note(f"has more than {MAX_ROWS} rows; the others are not read"))
            break
        row = {field: cells[at].strip() for field, at in fields.items() if at < len(cells)}
        if row.get("title") or row.get("url"):
            others = {name: cells[at] for at, name in unknown.items() if at < len(cells)}
            found.append(article_of_row(row, zone, others=others))
        else:
            empty += bool(any(cells))
    if empty:
        notes.append(Note(f"{counted(empty, 'row')} without title and URL left out"))
    return Batch(found, tuple(notes))


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


def _mapped(columns: list[str], wanted: Mapping[str, str]) -> dict[str, int]:
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
    return {field: numbers[folded_name(name)] for field, name in wanted.items()}


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
        section=clean_inline(row.get("section", "")),
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


def _saved(value: str) -> str:
    """A moment of saving, which may be seconds since 1970, as RFC 3339; else as it is written."""
    if re.fullmatch(r"\d{9,11}", value):
        return datetime.fromtimestamp(int(value), UTC).isoformat()
    return clean_inline(value)[:40]


def _fields(columns: list[str]) -> dict[str, int]:
    """field -> number of the first column that is called so."""
    out: dict[str, int] = {}
    for at, name in enumerate(columns):
        field = FIELD_OF_COLUMN.get(folded_name(name))
        if field:
            out.setdefault(field, at)
    return out


def folded_name(name: str) -> str:
    """The name of a column, without case, blanks and signs."""
    return re.sub(r"[\W_]", "", name.casefold())


def _first_row(text: str) -> list[str]:
    line = text.lstrip("\ufeff").split("\n", 1)[0][:4000]
    return next(csv.reader([line], delimiter=_delimiter(line)), [])


def _delimiter(text: str) -> str:
    """The sign between the columns: the most frequent one in the first row."""
    line = text.split("\n", 1)[0]
    return max(",;\t", key=line.count)
