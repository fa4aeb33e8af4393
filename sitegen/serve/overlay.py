"""Diagnostics with their lines, for the overlay and for the page in place of a missing site."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from sitegen.base.diagnostics import Diagnostic, SitegenError
from sitegen.base.files import read_bytes
from sitegen.base.secrets import hidden
from sitegen.model.base import Struct

MAX_SHOWN = 30
AROUND = 2  # lines shown before and after the line of a diagnostic
MAX_LINE = 240


class Problem(Struct, frozen=True):
    """A diagnostic as a browser shows it; ``lines`` are numbered lines of the source."""

    level: str
    code: str
    message: str
    path: str = ""
    line: int = 0
    column: int = 0
    help: str = ""
    lines: tuple[tuple[int, str], ...] = ()


def with_lines(found: Iterable[Diagnostic], roots: Sequence[Path]) -> tuple[Problem, ...]:
    """Diagnostics, errors first, each with its lines, read below one of ``roots``."""
    worst = sorted(found, key=lambda d: ("error", "warning", "note").index(d.level))
    return tuple(
        Problem(
            d.level,
            d.code,
            d.message,
            d.path,
            d.line,
            d.column,
            d.help,
            _lines(d, roots) if number < MAX_SHOWN else (),
        )
        for number, d in enumerate(worst)
    )


def _lines(d: Diagnostic, roots: Sequence[Path]) -> tuple[tuple[int, str], ...]:
    for root in roots if d.path and d.line else ():
        path = root / d.path
        if not path.resolve().is_relative_to(root.resolve()):
            continue
        try:
            rows = read_bytes(path, d.path).decode("utf-8", "replace").split("\n")
        except SitegenError:
            continue
        if d.line <= len(rows):
            start = max(0, d.line - 1 - AROUND)
            return tuple(
                (n, hidden(row.rstrip("\r"))[:MAX_LINE])
                for n, row in enumerate(rows[start : d.line + AROUND], start + 1)
            )
    return ((d.line, d.snippet[:MAX_LINE]),) if d.snippet else ()


def error_page(problems: Sequence[Problem], title: str) -> str:
    """A page with ``title`` and a list of ``problems``, for a site without a good build."""
    items = []
    for p in problems[:MAX_SHOWN]:
        place = p.path + (f":{p.line}" if p.line else "")
        rows = "\n".join(f"{n:>5} {'>' if n == p.line else ' '} {text}" for n, text in p.lines)
        items.append(
            f"<li><p><b>{escape(p.level)}</b>"
            f" <code>{escape(place)}</code></p><p>{escape(p.message)}</p>"
            + (f"<pre>{escape(rows)}</pre>" if rows else "")
            + (f"<p>{escape(p.help)}</p>" if p.help else "")
        )
    if len(problems) > MAX_SHOWN:
        items.append(f"<li>… and {len(problems) - MAX_SHOWN} more</li>")
    return (
        f'<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8"><meta name="viewport"'
        f' content="width=device-width">'
        f"<title>{escape(title)}</title>"
        "<style>body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:50rem;padding:0"
        " 1rem}"
        "pre{background:#8882;overflow:auto;padding:.5rem}:root{color-scheme:light dark}</style>"
        f"<body><h1>{escape(title)}</h1><ul>{''.join(items)}</ul></body></html>\n"
    )
