"""Ids of headings, so that a link may lead to a part of an article. Pure."""

from __future__ import annotations

import re

from sitegen.base.text import plain, slugify

_HEADING = re.compile(r"<h([2-6])((?:\s[^<>]*)?)>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r'\sid="([^"]*)"')
_WRITTEN = re.compile(r"\s*\{#([^\s{}#<>\"'&]{1,80})\}\s*$")


def with_ids(html: str) -> str:
    """``html`` in which each heading has an id that nothing else has.

    That is the id that is written behind it (``## Part two {#two}``), else its words as a URL has
    them: ``part-two``, and ``part-two-2`` where that is in use.
    """
    if "<h" not in html:
        return html
    taken = set(_ID.findall(html)) | {m[1] for m in map(_written, _HEADING.findall(html)) if m}

    last: dict[str, int] = {}

    def named(match: re.Match[str]) -> str:
        level, attributes, words = match.groups()
        if _ID.search(attributes):
            return match[0]
        written = _WRITTEN.search(words)
        if written:
            name, words = written[1], words[: written.start()]
        else:
            name = _free(slugify(plain(words)), taken, last)
        return f'<h{level} id="{name}"{attributes}>{words}</h{level}>'

    return _HEADING.sub(named, html)


def _written(heading: tuple[str, str, str]) -> re.Match[str] | None:
    _, attributes, words = heading
    return None if _ID.search(attributes) else _WRITTEN.search(words)


def _free(name: str, taken: set[str], last: dict[str, int]) -> str:
    """``name``, with a number if it is ``taken``; it is taken from then on. ``last`` holds the
    number that each name had last."""
    free = name
    while free in taken:
        last[name] = last.get(name, 1) + 1
        free = f"{name}-{last[name]}"
    taken.add(free)
    return free
