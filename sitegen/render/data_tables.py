"""Tables from CSV files (RFC 4180) next to an article. Pure."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from html import escape

from sitegen.base.diagnostics import SitegenError, fail
from sitegen.base.files import utf8
from sitegen.model.base import Struct

MOST_ROWS, MOST_COLUMNS = 1000, 20
_DELIMITERS = ",;\t|"
_BLANKS = re.compile(r"[\s\u00a0\u202f]")
_NUMBER = re.compile(r"[-+]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})")


class DataTable(Struct, frozen=True):
    """The names of the columns, and the rows below them, all equally long; ``lines`` are where the
    rows start in the file ``path``."""

    path: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    decimal: str = "."


def read_table(data: bytes, path: str) -> DataTable:
    """The table in the bytes of a file: with commas, semicolons, tabs or bars between the values.

    Raises SitegenError for what is not a table, with file and line.
    """
    text = utf8(data, path, help="save the file as UTF-8").removeprefix("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        rows = list(_rows(text, delimiter))
    except csv.Error as error:
        raise _fault(path, 1, f"cannot be read as CSV: {error}") from None
    if len(rows) < 2:
        raise _fault(path, 1, "has no rows below the names of its columns")
    _check_size(rows, path)
    (_, head), below = rows[0], rows[1:]
    decimal = "," if delimiter == ";" and "," in text else "."
    body = tuple(tuple(row) for _, row in below)
    return DataTable(path, tuple(head), body, tuple(line for line, _ in below), decimal)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, each with the line where it starts."""
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    start = 1
    for row in reader:
        if any(value.strip() for value in row):
            yield start, [" ".join(value.split()) for value in row]
        start = reader.line_num + 1


def _check_size(rows: list[tuple[int, list[str]]], path: str) -> None:
    columns = len(rows[0][1])
    if columns > MOST_COLUMNS or len(rows) > MOST_ROWS + 1:
        limit = f"{MOST_ROWS} rows and {MOST_COLUMNS} columns"
        raise _fault(path, 1, f"has more than {limit}")
    for line, row in rows[1:]:
        if len(row) != columns:
            said = f"has {len(row)} values, and the first row has {columns}"
            raise _fault(path, line, said)


def number(value: str, table: DataTable) -> float | None:
    """``value`` as a number, None where it is empty.

    Raises ValueError where it is neither.
    """
    plain = _BLANKS.sub("", value).removesuffix("%").replace("\u2212", "-")
    if plain in ("", "-", "\u2013", "\u2014"):
        return None
    other = "," if table.decimal == "." else "."
    plain = plain.replace(other, "").replace(table.decimal, ".")
    if not _NUMBER.fullmatch(plain):
        raise ValueError(value)
    return float(plain)


def numbers(table: DataTable) -> list[list[float | None]]:
    """The numbers of each column but the first.

    Raises SitegenError for a value that is not a number.
    """
    out: list[list[float | None]] = [[] for _ in table.head[1:]]
    for line, row in zip(table.lines, table.rows, strict=True):
        for column, value in zip(out, row[1:], strict=True):
            try:
                column.append(number(value, table))
            except ValueError:
                said = f"`{value[:40]}` is not a number, and a chart needs one"
                raise _fault(table.path, line, said) from None
    return out


def table_html(table: DataTable, name: str, captioned: bool = True) -> str:
    """``table`` as HTML that is called ``name``, with numbers at the end of their cells."""
    numeric = [_is_numeric(table, column) for column in range(len(table.head))]
    kind = [' class="align-right"' if is_number else "" for is_number in numeric]

    def cells(row: Sequence[str], heads: Sequence[str]) -> str:
        out = [_cell(*one) for one in zip(row, heads, kind, strict=True)]
        return f"<tr>{''.join(out)}</tr>\n"

    label = escape(name)
    title = f"<caption>{label}</caption>\n" if captioned else ""
    others = len(kind) - 1
    head = cells(table.head, ["col"] * len(kind))
    body = "".join(cells(row, ["row"] + [""] * others) for row in table.rows)
    return (
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{label}"><table>\n'
        f"{title}<thead>\n{head}</thead>\n"
        f"<tbody>\n{body}</tbody>\n</table></div>"
    )


def _cell(text: str, heads: str, look: str) -> str:
    """A cell, which ``heads`` its row or column, or nothing (`scope` in HTML)."""
    shown = escape(text, quote=False)
    return f'<th scope="{heads}"{look}>{shown}</th>' if heads else f"<td{look}>{shown}</td>"


def _is_numeric(table: DataTable, column: int) -> bool:
    if column == 0:
        return False
    try:
        found = [number(row[column], table) for row in table.rows]
    except ValueError:
        return False
    return any(value is not None for value in found)


def _fault(path: str, line: int, said: str) -> SitegenError:
    hint = "the first row names the columns, and all rows have as many values"
    return fail("data", said, path, line, hint)
