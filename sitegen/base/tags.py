"""Tags of HTML with more attributes than any honest page has: parsers take time that grows with the
square of their number."""

from __future__ import annotations

import re

MAX_ATTRIBUTES = 500
_SMALL = 50_000  # letters of HTML below which no tag can hold a parser up
_SHORT = 2 * MAX_ATTRIBUTES  # letters of a tag that cannot have too many
_ATTRIBUTE = r"""[\s/]*+(?:=[^\s/>=]*+|[^\s/>=]++)(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]++)?+)?+"""
_TAG = re.compile(rf"(</?[a-zA-Z][^\s/>]*+)((?:{_ATTRIBUTE})*+)[\s/]*+>?")
_ONE = re.compile(_ATTRIBUTE)
# A text up to its first tag with too many attributes.
_FEW = re.compile(
    rf"(?:[^<]++|</?[a-zA-Z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{MAX_ATTRIBUTES}}}+(?!{_ATTRIBUTE})"
    r"|<(?!/?[a-zA-Z]))*+"
)


def few_attributes(html: str) -> tuple[str, str]:
    """``html`` in which no tag has more than 500 attributes, and the beginning of the first tag
    that had: such a tag loses them all.

    Tags are parted as browsers part them (https://html.spec.whatwg.org/multipage/parsing.html#tag-open-state).
    """
    if len(html) < _SMALL or _FEW.fullmatch(html):
        return html, ""
    cut: list[str] = []

    def slimmed(match: re.Match[str]) -> str:
        if len(match[2]) < _SHORT or sum(1 for _ in _ONE.finditer(match[2])) <= MAX_ATTRIBUTES:
            return match[0]
        cut.append(match[0][:40])
        return f"{match[1]}>"

    return _TAG.sub(slimmed, html), cut[0] if cut else ""
