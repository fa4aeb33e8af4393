"""The line and column of a finding in an article's file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

from sitegen.base.diagnostics import Diagnostic, Level, SitegenError, problem
from sitegen.base.files import read_bytes
from sitegen.base.text import unix_lines
from sitegen.check.model import Finding
from sitegen.content.discover import TEXT_SUFFIXES
from sitegen.content.frontmatter import KEYS, SYNONYMS
from sitegen.model.base import Struct

WIDTH = 120  # characters of a line that are shown
_KEY = re.compile(r"""(?:\s{0,4}")?\[?(["']?)([A-Za-z][\w-]*)\1\]?"?\s*(?:[:=]|$)""")
_KNOWN = {k.replace("_", ""): v for k, v in SYNONYMS.items()} | {
    k.replace("_", ""): k for k in KEYS
}


class Rows(Struct, frozen=True):
    """The lines of an article's file, the line of each key of its front matter, and that on which
    the body starts."""

    rows: tuple[str, ...]
    keys: dict[str, int]
    body: int


def placed(findings: Iterable[Finding], root: Path, levels: dict[str, Level]) -> list[Diagnostic]:
    """The findings as diagnostics with level, line, column and snippet; each file is read once."""
    out = []
    files: dict[str, Rows] = {}
    for finding in findings:
        line = column = 0
        snippet = ""
        if finding.path.lower().endswith(TEXT_SUFFIXES):
            if finding.path not in files:
                files[finding.path] = read_rows(root, finding.path)
            line, column, snippet = find(files[finding.path], finding.key, finding.text)
        level = levels[finding.rule]
        out.append(
            problem(
                finding.rule,
                finding.message,
                finding.path,
                line,
                column,
                finding.help,
                snippet,
                level,
            )
        )
    return out


def read_rows(root: Path, path: str) -> Rows:
    """The lines of a file; none if it was deleted or is not text."""
    try:
        text = read_bytes(root / path, path).decode("utf-8-sig")
    except (SitegenError, UnicodeDecodeError):
        return Rows((), {}, 1)
    return split_rows(text)


def split_rows(text: str) -> Rows:
    """The lines of ``text`` with the places of its front matter."""
    rows = unix_lines(text).split("\n")
    fence = rows[0].rstrip()
    end = 0
    if fence in ("---", "+++"):
        end = _row_of(fence, rows, 1)
    elif text.startswith("{"):
        end = _row_of("}", rows, 0)
    keys: dict[str, int] = {}
    for number, row in enumerate(rows[:end], 1):
        match = _KEY.match(row)
        name = _KNOWN.get(match[2].replace("_", "").replace("-", "").lower()) if match else None
        if name:
            keys.setdefault(name, number)
    return Rows(tuple(rows), keys, end + 2)


def _row_of(mark: str, rows: list[str], start: int) -> int:
    """The first row from ``start`` on that is ``mark``; 0 without one."""
    return next((n for n, row in enumerate(rows[start:], start) if row.rstrip() == mark), 0)


def find(file: Rows, key: str, text: str) -> tuple[int, int, str]:
    """Line, column and the line itself of ``text`` below the front matter's ``key``, or in the body
    where no key is given."""
    if not file.rows:
        return 0, 0, ""
    if not key and not text:
        return 1, 1, ""
    start, stop = _span(file, key)
    rows = list(enumerate(file.rows[start - 1 : stop - 1], start))
    for form in filter(None, (text, unquote(text))):
        if place := _place(form, rows):
            return place
    return start, 1, excerpt(file.rows[start - 1]) if start > 1 else ""


def _place(text: str, rows: list[tuple[int, str]]) -> tuple[int, int, str] | None:
    """Line, column and the line itself of the first of ``rows`` with ``text``."""
    for number, row in rows:
        at = row.find(text)
        if at >= 0:
            return number, at + 1, excerpt(row, at)
    return None


def _span(file: Rows, key: str) -> tuple[int, int]:
    """The first line of a key of the front matter, or of the body, and the line behind it."""
    if not key:
        return min(file.body, len(file.rows)), len(file.rows) + 1
    start = file.keys.get(key, 1)
    later = (n for n in (*file.keys.values(), file.body) if n > start)
    return start, min(later, default=start + 1)


def excerpt(row: str, at: int = 0) -> str:
    """A line as it is shown, or of a long one the part around place ``at``: a paragraph is one line
    in many articles."""
    start = max(0, min(at - WIDTH // 3, len(row) - WIDTH))
    part = row[start : start + WIDTH].strip()
    return f"{'… ' if start else ''}{part}{' …' if start + WIDTH < len(row) else ''}"
