"""How long python-markdown would take for a text, as an estimate from the text alone.

That engine takes time that grows with the square of many things: brackets that are not closed,
headings of one block, marks of a long text. A limit on the estimate bounds the time, and as it
reads no clock, the same text gives the same page on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

LIMIT = 3_000_000_000  # about three seconds
MAX_LETTERS = 1_000_000
MAX_NESTING = 60  # levels of lists and quotes: python-markdown calls itself for each


class _Price(NamedTuple):
    """What each match costs for every letter around it, and the name of what is matched."""

    name: str
    pattern: re.Pattern[str]
    nanoseconds: int


_SPAN = 2000  # nanoseconds for each letter from a bracket to the one that closes it
_IN_TEXT = (
    _Price("*", re.compile(r"[*_`&\\!~<\[]|[ ]{2}$", re.M), 3),
    _Price("-", re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]", re.M), 2),
    _Price("[^", re.compile(r"\[\^"), 30),
    _Price("", re.compile(r"\n[ \t]*\n"), 2),
)
_IN_BLOCK = (
    _Price("#", re.compile(r"^ {0,3}#", re.M), 70),
    _Price("=", re.compile(r"^ {0,3}(?:=+|-+)[ \t]*$", re.M), 120),
    _Price("|", re.compile(r"^[^|\n]*+\|", re.M), 30),
    _Price("|", re.compile(r"\|"), 1),
    _Price("]:", re.compile(r"^ {0,3}\[[^\[\]\n]*\]:", re.M), 200),
)
_BLOCK_END = re.compile(r"\n[ \t]*\n")
_BRACKET = re.compile(r"\\.|[\[\]()]", re.S)
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_INDENT = re.compile(r"^(?:[ \t]+|[-*+>](?=[ \t>]|$)|\d{1,9}[.)](?=[ \t]|$))+", re.M)
_LEVEL = re.compile(r"[-*+>]|\d+[.)]|\t| {4}")


def too_costly(text: str) -> str | None:
    """The sign by which ``text`` would take python-markdown too long, empty where it is just the
    length of the text; None where it would not."""
    if len(text) > MAX_LETTERS:
        return ""
    if deep := _too_deep(text):
        return deep.strip()[:1]
    costs = list(_costs(text))
    if sum(cost for _, cost in costs) <= LIMIT:
        return None
    return max(costs, key=lambda named: named[1])[0]


def _too_deep(text: str) -> str:
    """The first indent that nests too deeply, or nothing."""
    indents = (match[0] for match in _INDENT.finditer(text))
    return next((indent for indent in indents if _depth(indent) > MAX_NESTING), "")


def _costs(text: str) -> Iterator[tuple[str, int]]:
    """The cost of everything in ``text`` that has one, in nanoseconds, by its name."""
    for price in _IN_TEXT:
        yield price.name, _matches(price, text) * len(text) * price.nanoseconds
    yield "<", _tag_letters(text) * _SPAN
    for block in _BLOCK_END.split(text):
        yield "[", _bracket_letters(block) * _SPAN
        for price in _IN_BLOCK:
            yield price.name, _matches(price, block) * len(block) * price.nanoseconds


def _matches(price: _Price, text: str) -> int:
    return sum(1 for _ in price.pattern.finditer(text))


def _depth(indent: str) -> int:
    return sum(1 for _ in _LEVEL.finditer(indent))


def _bracket_letters(block: str) -> int:
    """The letters between brackets and those that close them, also of parentheses that follow one;
    up to the end of the block where nothing closes them."""
    square: list[int] = []
    parens: list[int] = []
    letters = 0
    for match in _BRACKET.finditer(block):
        sign, start = match[0], match.start()
        if sign == "[":
            square.append(start)
        elif sign == "(":
            parens.append(start)
        elif sign == "]" and square:
            letters += start - square.pop()
        elif sign == ")" and parens:
            letters += _link_letters(block, parens.pop(), start)
    end = len(block)
    letters += sum(_link_letters(block, start, end) for start in parens)
    return letters + sum(end - start for start in square)


def _link_letters(block: str, start: int, end: int) -> int:
    """The letters from a parenthesis to ``end`` if it starts the URL of a link."""
    return end - start if block[start - 1 : start] == "]" else 0


def _tag_letters(text: str) -> int:
    """The letters between the starts of tags and the next ``>``, or the end of the text."""
    letters, end = 0, 0
    for match in _TAG.finditer(text):
        if end < match.start():
            end = text.find(">", match.start())
            end = len(text) if end < 0 else end
        letters += end - match.start()
    return letters
