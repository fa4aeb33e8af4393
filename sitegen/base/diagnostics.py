"""Diagnostics: a code, a place, what is wrong and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Literal

import msgspec
from msgspec.structs import replace

from sitegen.base.secrets import hidden, hidden_feeds
from sitegen.base.text import printable

Level = Literal["error", "warning", "note"]


class Diagnostic(msgspec.Struct, frozen=True, order=True):
    """One problem.

    Sorts by path, then line, so that a run's problems print in reading order.
    """

    path: str
    line: int  # 1-based; 0 where the problem has no line
    column: int
    code: str
    message: str
    help: str = ""
    snippet: str = ""
    level: Level = "error"


class SitegenError(Exception):
    """A failure that the user can cause and fix; the command line prints it and exits.

    ``exit_status`` is 2 for usage and configuration, 1 for content and everything else.
    """

    def __init__(
        self, diagnostics: Diagnostic | Iterable[Diagnostic], exit_status: int = 1
    ) -> None:
        if isinstance(diagnostics, Diagnostic):
            diagnostics = [diagnostics]
        self.diagnostics = sorted(diagnostics)
        self.exit_status = exit_status
        super().__init__("; ".join(d.message for d in self.diagnostics))


def problem(
    code: str,
    message: str,
    path: str = "",
    line: int = 0,
    column: int = 0,
    help: str = "",
    snippet: str = "",
    level: Level = "error",
) -> Diagnostic:
    """A diagnostic; the fields that matter come first.

    Keys and passwords in URLs are hidden.
    """
    return Diagnostic(
        hidden(path),
        line,
        column,
        code,
        hidden(message),
        hidden(help),
        hidden_feeds(snippet),
        level,
    )


def fail(
    code: str, message: str, path: str = "", line: int = 0, help: str = "", exit_status: int = 1
) -> SitegenError:
    """An exception that holds one diagnostic: ``raise fail(...)``."""
    return SitegenError(problem(code, message, path, line, help=help), exit_status)


def in_words(error: BaseException) -> str:
    """What went wrong, for people: what the error says, never the name of its class."""
    said = str(getattr(error, "strerror", None) or error).strip()[:200]
    match error:
        case TimeoutError():
            return "it took too long"
        case RecursionError():
            return "it is nested too deeply"
        case MemoryError():
            return "there is not enough memory"
        case UnicodeError():
            return "it holds bytes that are not text"
        case KeyError():
            return f"{said} is missing"
    return said or "it gave no reason"


def with_snippets(found: Iterable[Diagnostic], text: str) -> list[Diagnostic]:
    """Diagnostics of one file with the line of its ``text`` that each refers to."""
    rows = text.splitlines()
    return [
        (
            replace(d, snippet=hidden_feeds(rows[d.line - 1].strip())[:120])
            if not d.snippet and 0 < d.line <= len(rows)
            else d
        )
        for d in found
    ]


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word closest to ``word``, first of all the one that differs by case only; or an
    empty string."""
    words = list(known)
    same = [one for one in words if one.casefold() == word.casefold()]
    found = same or difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    return found[0] if found else ""


def nearest_hint(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """What to do about an unknown word: the known one that was probably meant, else
    ``otherwise``."""
    return did_you_mean(nearest(word, known), otherwise)


def did_you_mean(near: str, otherwise: str = "") -> str:
    """A hint at what was probably meant; ``otherwise`` where ``near`` is empty."""
    return f"did you mean `{near}`?" if near else otherwise


def render_text(diagnostic: Diagnostic) -> str:
    """The diagnostic as the lines a person reads in a terminal."""
    d = diagnostic
    lines = [f"{d.level}[{d.code}]: {d.message}"]
    if d.path:
        place = (
            printable(d.path, keep="")
            + (f":{d.line}" if d.line else "")
            + (f":{d.column}" if d.line and d.column else "")
        )
        lines.append(f"  --> {place}")
    if d.snippet:
        lines.append(f"   | {d.snippet}")
    if d.help:
        lines.append(f"   = help: {d.help}")
    return "\n".join(lines)


def render_annotation(diagnostic: Diagnostic, folder: str = "") -> str:
    """The diagnostic as a workflow command that GitHub shows next to the line.

    Paths in it are relative to the repository, of which the site is ``folder``. Escaped as GitHub's
    toolkit does (https://github.com/actions/toolkit, packages/core/src/command.ts).
    """
    d = diagnostic
    kind = {"error": "error", "warning": "warning", "note": "notice"}[d.level]
    facts = [f"title={_escape(d.code, True)}"]
    if d.path:
        path = f"{folder}/{d.path}" if folder and not d.path.startswith("/") else d.path
        facts = [
            f"file={_escape(path, True)}",
            f"line={max(1, d.line)}",
            *([f"col={d.column}"] if d.line and d.column else []),
            *facts,
        ]
    text = d.message + (f" ({d.help})" if d.help else "")
    return f"::{kind} {','.join(facts)}::{_escape(text)}"


def _escape(text: str, in_property: bool = False) -> str:
    out = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return out.replace(":", "%3A").replace(",", "%2C") if in_property else out
