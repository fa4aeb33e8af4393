"""Add sources to the text of site.yaml, whose comments and order stay as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from sitegen.base.diagnostics import SitegenError, fail
from sitegen.base.yaml import load_mapping
from sitegen.config.load import load_config

_NOTHING = ("", "{}", "~", "null")
_ENTRY = re.compile(r"(\s+)[^\s#]")
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
    head = re.fullmatch(r"([^:]*:)\s*([^#]*?)((?:\s+#.*)?\s*)", lines[start - 1])
    if head is None or head[2] not in _NOTHING:
        line = lines[start - 1][:60]
        raise fail("config", f"`{line}` cannot be added to", path, start, _HINT)
    if head[2]:
        lines[start - 1] = f"{head[1]}{head[3].rstrip()}"
    stop = min((line for line in keys.values() if line > start), default=len(lines) + 1) - 1
    while stop > start and not re.match(r"\s+\S", lines[stop - 1]):
        stop -= 1
    step = next((len(m[1]) for row in lines[start:stop] if (m := _ENTRY.match(row))), 2)
    return end.join([*lines[:stop], *_indented(rows, step), *lines[stop:]]) + end


def _indented(rows: Sequence[str], step: int) -> list[str]:
    """Rows in steps of two blanks, in steps of ``step``."""
    return [" " * (step * (len(row) - len(row.lstrip())) // 2) + row.lstrip() for row in rows]
