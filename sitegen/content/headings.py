"""Ids of headings, so that a link may lead to a part of an article. Pure."""

from __future__ import annotations

import re

from sitegen.base.text import plain, slugify

OWN_ID = "text-"  # before the ids of a text, which are kept apart from those of its page

_HEADING = re.compile(r"<h([2-6])((?:\s[^<>]*)?)>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r'\sid="([^"]*)"')
_WRITTEN = re.compile(r"\s*\{#([^\s{}#<>\"'&]{1,80})\}\s*$")


def with_ids(html: str) -> tuple[str, list[str]]:
    """``html`` in which each heading has an id that nothing else has, and the ids that are written
    behind headings although something else has them.

    That is the id behind a heading (``## Part two {#two}``), else its words as a URL has them:
    ``part-two``, and ``part-two-2`` where that is in use. Other ids have their prefix already.
    """
    headings = list(_HEADING.finditer(html)) if "<h" in html else []
    if not headings:
        return html, []
    taken = set(_ID.findall(html)) if ' id="' in html else set()
    written = [_written_id(match) for match in headings]
    repeated = _claimed(written, taken)
    last: dict[str, int] = {}
    parts, at = [], 0
    for match, name in zip(headings, written, strict=True):
        level, attributes, words = match.groups()
        if "{#" in words:
            words = _WRITTEN.sub("", words)
        parts.append(html[at : match.start()])
        if not _ID.search(attributes):
            own = name or _free(f"{OWN_ID}{slugify(plain(words))}", taken, last)
            attributes = f' id="{own}"{attributes}'
        parts.append(f"<h{level}{attributes}>{words}</h{level}>")
        at = match.end()
    return "".join([*parts, html[at:]]), repeated


def _written_id(heading: re.Match[str]) -> str:
    """The id that is written behind a heading, with its prefix; empty where there is none."""
    found = _WRITTEN.search(heading[3]) if "{#" in heading[3] else None
    return f"{OWN_ID}{found[1]}" if found else ""


def _claimed(written: list[str], taken: set[str]) -> list[str]:
    """Add the ids in ``written`` to those that are ``taken``; those that were are emptied, and
    returned without their prefix."""
    repeated = []
    for index, name in enumerate(written):
        if name in taken:
            repeated.append(name.removeprefix(OWN_ID))
            written[index] = ""
        elif name:
            taken.add(name)
    return list(dict.fromkeys(repeated))


def _free(name: str, taken: set[str], last: dict[str, int]) -> str:
    """``name``, with a number if it is ``taken``; it is taken from then on. ``last`` holds the
    number that each name had last."""
    free = name
    while free in taken:
        last[name] = last.get(name, 1) + 1
        free = f"{name}-{last[name]}"
    taken.add(free)
    return free
