"""What a command prints: text, JSON, tables, diagnostics, and the progress bar."""

from __future__ import annotations

import os
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from sitegen.base.diagnostics import Diagnostic, SitegenError, render_annotation, render_text
from sitegen.base.progress import progress_line
from sitegen.base.text import counted, printable
from sitegen.cli.shared import find_site

COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}
MAX_SHOWN = 50
UNLIMITED = 1 << 16  # columns of a line that goes into a file or another program
REDRAW_SECONDS = 0.1
# JSON itself escapes the other characters that could steer a terminal.
_STEERING = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_CLEAR_LINE = "\r\033[K"


# Text -----------------------------------------------------------------------------------------
def echo(text: object, newline: bool = True, err: bool = False) -> None:
    """Print ``text`` without anything that could steer the terminal.

    Every word that a command prints goes through here.
    """
    click.echo(printable(str(text)), nl=newline, err=err)


def echo_lines(lines: Iterable[object], err: bool = False) -> None:
    """Print each of ``lines``."""
    for line in lines:
        echo(line, err=err)


def echo_json(value: object) -> None:
    """Print ``value`` as JSON (RFC 8259); characters that could steer a terminal are escaped."""
    import msgspec

    try:
        text = msgspec.json.encode(value).decode()
    except UnicodeEncodeError:  # a name that is not UTF-8
        text = msgspec.json.encode(_encodable(msgspec.to_builtins(value))).decode()
    click.echo(_STEERING.sub(lambda m: f"\\u{ord(m[0]):04x}", text))


def _encodable(value: Any) -> Any:
    """``value`` with texts that UTF-8 can hold."""
    if isinstance(value, dict):
        return {_encodable(key): _encodable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_encodable(item) for item in value]
    return printable(value) if isinstance(value, str) else value


# Tables ---------------------------------------------------------------------------------------
def line_width() -> int:
    """Columns of a line on stdout: those of the terminal, or no limit for a file or a pipe."""
    return _columns_of(sys.stdout) if sys.stdout.isatty() else UNLIMITED


def _columns_of(stream: Any) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def columns(text: str) -> int:
    """How many columns ``text`` takes on a terminal (Unicode Standard Annex #11)."""
    return sum(map(_columns_of_sign, text))


def _columns_of_sign(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def shortened(text: str, width: int) -> str:
    """``text`` in at most ``width`` columns; what is too long is cut in the middle."""
    if columns(text) <= width:
        return text
    room = max(0, width - 1)
    head = _beginning(text, room - room // 2)
    tail = _beginning(text[::-1], room // 2)[::-1]
    return f"{head}…{tail}" if width > 0 else ""


def _beginning(text: str, width: int) -> str:
    taken = 0
    for index, sign in enumerate(text):
        taken += _columns_of_sign(sign)
        if taken > width:
            return text[:index]
    return text


def table(rows: Sequence[Sequence[str]], flexible: int, width: int) -> list[str]:
    """``rows`` as lines whose columns line up; the column ``flexible`` is cut to fit ``width``.

    Cells are shown in one line each, without anything that could steer a terminal.
    """
    cells = [[printable(cell, keep="") for cell in row] for row in rows]
    if not cells:
        return []
    widths = [max(map(columns, column)) for column in zip(*cells, strict=True)]
    others = sum(widths) - widths[flexible] + 2 * (len(widths) - 1)
    widths[flexible] = min(widths[flexible], max(12, width - others))
    return [_aligned(row, widths) for row in cells]


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    short = [shortened(cell, width) for cell, width in zip(row, widths, strict=True)]
    padded = [cell + " " * (w - columns(cell)) for cell, w in zip(short, widths, strict=True)]
    return "  ".join(padded).rstrip()


# Diagnostics ----------------------------------------------------------------------------------
def colour(stream: Any) -> bool:
    """Whether to colour what goes to ``stream`` (https://no-color.org)."""
    return not os.environ.get("NO_COLOR") and stream.isatty()


def counted_levels(problems: Iterable[Diagnostic]) -> str:
    """`1 error, 2 warnings`, or `no problems`."""
    levels = Counter(str(problem.level) for problem in problems)
    counts = [counted(levels[name], name) for name in COLOURS if levels[name]]
    return ", ".join(counts) or "no problems"


def show(problems: Iterable[Diagnostic], as_json: bool = False) -> None:
    """Print diagnostics: for people on stderr, as JSON on stdout, and on GitHub as annotations."""
    diagnostics = list(problems)
    if as_json:
        echo_json({"diagnostics": diagnostics})
        return
    paint = colour(sys.stderr)
    for one in diagnostics[:MAX_SHOWN]:
        head, newline, rest = printable(render_text(one)).partition("\n")
        if paint:
            head = click.style(head, fg=COLOURS[one.level], bold=True)
        click.echo(f"{head}{newline}{rest}\n", err=True)
    if len(diagnostics) > MAX_SHOWN:
        echo(f"… and {len(diagnostics) - MAX_SHOWN} more; --json lists them all", err=True)
    if line := help_line(diagnostics):
        echo(line, err=True)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        folder = _folder_in_repository()
        for one in diagnostics:
            echo(render_annotation(one, folder), err=True)


def help_line(diagnostics: Iterable[Diagnostic]) -> str:
    """Where the errors among ``diagnostics`` are explained; empty if there are none."""
    codes = {one.code for one in diagnostics if one.level == "error"}
    if not codes:
        return ""
    return f"see: sitegen help {codes.pop() if len(codes) == 1 else 'errors'}"


def _folder_in_repository() -> str:
    """The folder of the site in the repository that is checked out; empty for its top folder."""
    try:
        site = find_site(_named_site(sys.argv))
        top = Path(os.environ.get("GITHUB_WORKSPACE") or site).resolve()
        folder = site.resolve().relative_to(top).as_posix()
    except (SitegenError, ValueError):  # no site, or one elsewhere
        return ""
    return "" if folder == "." else folder


def _named_site(words: Sequence[str]) -> str:
    """The value of --site among the words of a command, which click may not have parsed."""
    named = ""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word in ("-s", "--site"):
            named = following
        elif word.startswith("--site="):
            named = word.removeprefix("--site=")
    return named


# Progress -------------------------------------------------------------------------------------
class ProgressBar:
    """Shows progress on a terminal, in one line that is drawn again and again.

    On a pipe, in a file and on a terminal that cannot erase a line only messages are shown.
    """

    def __init__(self, quiet: bool) -> None:
        self.drawn = sys.stderr.isatty() and not quiet and os.environ.get("TERM") != "dumb"
        self.visible = False
        self.work, self.begun = "", 0
        self.start = self.last = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        """As `sitegen.base.progress.Progress` says."""
        if not total:
            self._clear()
            echo(what, err=True)
            return
        now = time.monotonic()
        if what != self.work:
            self.work, self.begun, self.start, self.last = what, done, now, 0.0
        if done >= total:
            self._clear()
        elif self.drawn and now - self.last >= REDRAW_SECONDS:
            self.last = now
            self._draw(done, total, now - self.start)

    def _draw(self, done: int, total: int, seconds: float) -> None:
        work, width = printable(self.work, keep=""), _columns_of(sys.stderr) - 1
        line = progress_line(work, done, total, seconds, self.begun, width)
        click.echo(f"{_CLEAR_LINE}{line}", nl=False, err=True)
        self.visible = True

    def _clear(self) -> None:
        if self.visible:
            click.echo(_CLEAR_LINE, nl=False, err=True)
            self.visible = False
