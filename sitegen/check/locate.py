"""The line and column of a finding in an article's file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

from sitegen.base.diagnostics import Diagnostic, Level, SitegenError, problem
from sitegen.base.files import read_bytes
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
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    fence = rows[0].rstrip()
    end = (
        next((n for n, row in enumerate(rows[1:], 1) if row.rstrip() == fence), 0)
        if fence in ("---", "+++")
        else 0
    )
    if not end and text.startswith("{"):
        end = next((n for n, row in enumerate(rows) if row.rstrip() == "}"), 0)
    keys: dict[str, int] = {}
    for number, row in enumerate(rows[:end], 1):
        match = _KEY.match(row)
        name = _KNOWN.get(match[2].replace("_", "").replace("-", "").lower()) if match else None
        if name:
            keys.setdefault(name, number)
    return Rows(tuple(rows), keys, end + 2)


def find(file: Rows, key: str, text: str) -> tuple[int, int, str]:
    """Line, column and the line itself of ``text`` below the front matter's ``key``, or in the body
    where no key is given."""
    if not file.rows:
        return 0, 0, ""
    if key:
        start = file.keys.get(key, 1)
        stop = min((n for n in (*file.keys.values(), file.body) if n > start), default=start + 1)
    else:
        start, stop = min(file.body, len(file.rows)), len(file.rows) + 1
    for form in dict.fromkeys((text, unquote(text))) if text else ():
        for number in range(start, stop):
            if number <= len(file.rows) and (at := file.rows[number - 1].find(form)) >= 0:
                return number, at + 1, excerpt(file.rows[number - 1], at)
    if not key and not text:
        return 1, 1, ""
    return start, 1, excerpt(file.rows[start - 1]) if start > 1 else ""


def excerpt(row: str, at: int = 0) -> str:
    """A line as it is shown, or of a long one the part around place ``at``: a paragraph is one line
    in many articles."""
    start = max(0, min(at - WIDTH // 3, len(row) - WIDTH))
    part = row[start : start + WIDTH].strip()
    return f"{'… ' if start else ''}{part}{' …' if start + WIDTH < len(row) else ''}"
