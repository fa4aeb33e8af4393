"""The SVG files of a site: what runs in them, or asks another host, is left out and reported."""

from __future__ import annotations

from pathlib import Path

from sitegen.base.diagnostics import Diagnostic, problem
from sitegen.base.files import read_bytes
from sitegen.content.discover import Found
from sitegen.images.metadata import MAX_BYTES
from sitegen.images.svg import cleaned, is_svg

_UNREADABLE = "save it again from a drawing program: it is not published"
_OF_ARTICLES = (
    "nothing in an image of an article may run, or ask for another file: save it as a plain SVG, or"
    " put it into static/"
)
_OF_STATIC = "files of static/ are published as they are: take it out, if it is not yours"


def checked_svgs(
    root: Path, media: tuple[Found, ...], static: tuple[Found, ...]
) -> tuple[tuple[Found, ...], list[Diagnostic]]:
    """``media`` without SVG files that cannot be read, and what is left out of the others.

    Static files stay as they are: a note says what they hold.
    """
    unreadable: set[Found] = set()
    problems: list[Diagnostic] = []
    for found in media:
        if is_svg(found.path):
            readable, more = _of_article(root, found)
            problems += more
            if not readable:
                unreadable.add(found)
    for found in static:
        if is_svg(found.path):
            problems += _of_static(root, found)
    return tuple(found for found in media if found not in unreadable), problems


def _of_article(root: Path, found: Found) -> tuple[bool, list[Diagnostic]]:
    """Whether the file can be read as SVG, and a warning for each part that is left out."""
    result = cleaned(read_bytes(root / found.path, found.path, MAX_BYTES))
    problems = [
        problem(
            "unsafe-svg",
            f"`{name}` was left out",
            found.path,
            line,
            1,
            _OF_ARTICLES,
            level="warning",
        )
        for line, name in result.removed
    ]
    if result.data:
        return True, problems
    message = "cannot be read as SVG"
    unread = problem("unsafe-svg", message, found.path, 1, 1, _UNREADABLE, level="warning")
    return False, [unread, *problems]


def _of_static(root: Path, found: Found) -> list[Diagnostic]:
    """A note for each part that runs, or asks for another file."""
    result = cleaned(read_bytes(root / found.path, found.path, MAX_BYTES))
    message = "`{}` runs a script or asks for another file, in whoever opens this file"
    return [
        problem("unsafe-svg", message.format(name), found.path, line, 1, _OF_STATIC, level="note")
        for line, name in result.removed
    ]
