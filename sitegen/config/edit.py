"""Add sources to the text of site.yaml, whose comments and order stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from sitegen.base.diagnostics import SitegenError, fail
from sitegen.base.yaml import load_mapping
from sitegen.config.load import load_config

_NOTHING = ("", "{}", "~", "null")
_ENTRY = re.compile(r"(\s+)[^\s#]")
_HEAD = re.compile(r"(?P<key>[^:]*:)\s*(?P<value>[^#]*?)(?P<comment>(?:\s+#.*)?\s*)")
_HINT = "write each source on lines of its own below `sources:`, or add these lines yourself"


def with_sources(text: str, rows: Sequence[str], path: str = "site.yaml") -> str:
    """``text`` of site.yaml with ``rows`` at the end of its `sources:`.

    The rows are those of YAML in steps of two blanks, without the line `sources:`. Raises
    SitegenError where they cannot be added safely: read again, the settings must differ in nothing
    but further sources.
    """
    new = _added(text, rows, path)
    before = load_config(text, path)
    try:
        after = load_config(new, path)
    except SitegenError as error:
        raise fail("config", f"the feeds cannot be added: {error}", path, help=_HINT) from None
    kept = {key: source for key, source in after.sources.items() if key in before.sources}
    if msgspec.structs.replace(after, sources=kept) != before:
        raise fail("config", "the feeds cannot be added without other changes", path, help=_HINT)
    return new


def _added(text: str, rows: Sequence[str], path: str) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.removesuffix("\n").removesuffix("\r").split(end)
    keys = load_mapping(text, path, "config")[1]
    start = keys.get("sources", 0)
    if not start:
        return end.join([*lines, "sources:", *rows]) + end
    lines[start - 1] = _opened(lines[start - 1], path, start)
    stop = _last_line(lines, start, keys.values())
    step = _step(lines[start:stop])
    return end.join([*lines[:stop], *_indented(rows, step), *lines[stop:]]) + end


def _opened(row: str, path: str, line: int) -> str:
    """The row of `sources:` without a value, so that entries can follow on lines of their own.

    Raises SitegenError where its value is written on the same line.
    """
    head = _HEAD.fullmatch(row)
    if head is None or head["value"] not in _NOTHING:
        raise fail("config", f"`{row[:60]}` cannot be added to", path, line, _HINT)
    if not head["value"]:
        return row
    return f"{head['key']}{head['comment'].rstrip()}"


def _last_line(lines: Sequence[str], start: int, keys: Iterable[int]) -> int:
    """The last line that belongs to the key on line ``start``, without comments and empty lines
    before the next of ``keys``."""
    next_key = min((line for line in keys if line > start), default=len(lines) + 1)
    last = next_key - 1
    while last > start and not re.match(r"\s+\S", lines[last - 1]):
        last -= 1
    return last


def _step(entries: Sequence[str]) -> int:
    """By how many blanks the first of ``entries`` is indented."""
    first = next(filter(None, map(_ENTRY.match, entries)), None)
    return len(first[1]) if first else 2


def _indented(rows: Sequence[str], step: int) -> list[str]:
    """Rows in steps of two blanks, in steps of ``step``."""
    return [" " * (step * (len(row) - len(row.lstrip())) // 2) + row.lstrip() for row in rows]
