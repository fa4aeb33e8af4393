"""The table of contents of an article: its headings, nested. Pure."""

from __future__ import annotations

import re

from sitegen.base.text import plain
from sitegen.model.views import Heading

_HEADING = re.compile(r'<h([2-6]) id="([^"]+)"[^<>]*>(.*?)</h\1>', re.DOTALL)


def headings(html: str, least: int) -> tuple[Heading, ...]:
    """The headings of the body ``html``, each with those below it; none where ``least`` is 0 or
    there are fewer."""
    if not least:
        return ()
    rows: list[tuple[str, str, str]] = _HEADING.findall(html)
    found = [Heading(name, plain(words), int(level)) for level, name, words in rows]
    return _nested(found) if len(found) >= least else ()


def _nested(rows: list[Heading]) -> tuple[Heading, ...]:
    out = []
    at = 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and rows[end].level > rows[at].level:
            end += 1
        top = rows[at]
        out.append(Heading(top.id, top.name, top.level, _nested(rows[at + 1 : end])))
        at = end
    return tuple(out)
