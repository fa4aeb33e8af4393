"""Changing tags of HTML that a sanitiser has written, and never the text between them or the values
within them."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from html import escape, unescape

_TAG = re.compile(r'<([a-z][a-z0-9]*)((?:\s+[a-zA-Z][\w:-]*(?:="[^"]*")?)+)\s*/?>|<(/a)>')
_ATTRIBUTE = re.compile(r'\s+([a-zA-Z][\w:-]*)(?:="([^"]*)")?')

_PART = re.compile(r'<!--.*?-->|<(/?)([a-zA-Z][\w-]*)(?:[^<>"]|"[^"]*")*>', re.DOTALL)
CODE = frozenset("code pre kbd samp var script style svg math textarea".split())
_LINKS_AND_CODE = CODE | {"a"}

Attributes = dict[str, str]
Change = Callable[[str, Attributes], str | None]


def edit_tags(html: str, change: Change) -> str:
    """``html`` with what ``change`` gives for each start tag that has attributes; where it gives
    None the tag stays.

    ``change`` gets the name of the element and its attributes, as values without references; for
    the end of a link it gets `/a`. Angle brackets within values are escaped: not all versions of
    the sanitiser do that, and who looks for tags later must not find one there.
    """

    def edited(match: re.Match[str]) -> str:
        name, written, end = match.groups("")
        attributes = _attributes(written)
        changed = change(name or end, attributes)
        if changed is not None:
            return changed
        is_well_written = "<" not in written and ">" not in written
        return match[0] if is_well_written else start_tag(name, attributes)

    return _TAG.sub(edited, html)


def _attributes(written: str) -> dict[str, str]:
    """The attributes within a tag, as values without references."""
    found = _ATTRIBUTE.findall(written)
    return {key: unescape(value) if "&" in value else value for key, value in found}


def edit_words(
    html: str, change: Callable[[str], str], left: Container[str] = _LINKS_AND_CODE
) -> str:
    """``html`` with what ``change`` makes of each piece of text, as HTML; those in the elements
    that are ``left`` stay."""
    out = []
    within, last = 0, 0  # how many elements are open whose words stay
    for match in _PART.finditer(html):
        words = html[last : match.start()]
        out.append(words if within or not words else change(words))
        out.append(match[0])
        last = match.end()
        if (match[2] or "").lower() in left:
            within = max(0, within - 1) if match[1] else within + 1
    rest = html[last:]
    return "".join([*out, rest if within else change(rest)])


def start_tag(name: str, attributes: Attributes) -> str:
    """A start tag as HTML."""
    return (
        f"<{name}" + "".join(f' {key}="{escape(value)}"' for key, value in attributes.items()) + ">"
    )


def with_urls(html: str, change: Callable[[str], str]) -> str:
    """``html`` with what ``change`` makes of each URL in it."""

    def edited(name: str, attributes: Attributes) -> str | None:
        fresh = {
            key: change(value) if key in ("href", "src") else value
            for key, value in attributes.items()
        }
        return start_tag(name, fresh) if fresh != attributes else None

    return edit_tags(html, edited) if "=" in html else html
