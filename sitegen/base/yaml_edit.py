"""Change one key of a YAML mapping as text: all other lines, with their comments and their order,
stay to the byte.

The functions change text only. Who calls them reads the result again, and compares.
Source: YAML 1.2.2, chapters 7 and 8 (https://yaml.org/spec/1.2.2/).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import yaml

from sitegen.base.yaml import quoted, top_node

_PLAIN = re.compile(r"[^\W\d_](?:[\w .,’'!?()/-]*[\w.!?)])?|\d{4}-(?:\d\d|w\d\d)(?:-\d\d)?")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9/-]*|\d{4}-(?:\d\d|w\d\d)(?:-\d\d)?")
_LITERAL = re.compile(r"(?!\s)[^\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]+")
_WORDS = ("true", "false", "null")  # plain scalars that are no text

Span = tuple[int, int]  # the first line, and the one after the last


def replaced(text: str, key: str, rows: Sequence[str], before: str = "") -> str:
    """``text`` of a mapping with ``rows`` as the lines of ``key``; without rows, ``key`` is
    removed. A new key comes in front of the key ``before`` if there is one, else at the end.

    Rows have no line ends. Raises ValueError where ``text`` is not a mapping with a key a line.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    lines = _lines(text)
    found = spans(text)
    place = found.get(key) or _place(found, before, len(lines))
    if lines and place[0] == len(lines) and not lines[-1].endswith("\n"):
        lines[-1] += end
    return "".join([*lines[: place[0]], *(row + end for row in rows), *lines[place[1] :]])


def _place(found: Mapping[str, Span], before: str, last: int) -> Span:
    start = found[before][0] if before in found else last
    return start, start


def spans(text: str) -> dict[str, Span]:
    """The lines of each key of the top mapping of ``text``, counted from 0; comments and blank
    lines in front of a key belong to no other.

    Raises ValueError where ``text`` is not a mapping with a key a line.
    """
    node = top_node(text)
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise ValueError("it is not a mapping with a key on each line")
    lines = _lines(text)
    starts = [key.start_mark.line for key, _ in node.value]
    if len({*starts}) < len(starts) or any(key.start_mark.column for key, _ in node.value):
        raise ValueError("it is not a mapping with a key on each line")
    out = {}
    for (key, _), start, stop in zip(node.value, starts, [*starts[1:], len(lines)], strict=True):
        out[str(key.value)] = start, _trimmed(lines, start, stop)
    return out


def _trimmed(lines: Sequence[str], start: int, stop: int) -> int:
    """Where the lines from ``start`` end, without blank ones and comments of the first level."""
    while stop > start + 1 and (not lines[stop - 1].strip() or lines[stop - 1][0] == "#"):
        stop -= 1
    return stop


def entries(text: str, key: str) -> list[list[str]]:
    """The lines of each entry of the list below ``key``, with the comments in front of it; none
    where there is no such list.

    Raises ValueError for a list that has not each entry on lines of its own.
    """
    value = _list_below(text, key)
    if value is None or not value.value:
        return []
    if value.flow_style:
        raise ValueError(f"`{key}` is on one line")
    first, last = spans(text)[key]
    column = value.start_mark.column
    rows = [line.rstrip("\r\n") for line in _lines(text)[first + 1 : last]]
    starts = [n for n, row in enumerate(rows) if re.match(rf" {{{column}}}-(?:\s|$)", row)]
    if len(starts) != len(value.value):
        raise ValueError(f"`{key}` cannot be read line by line")
    starts = [_with_comments(rows, start, column) for start in starts]
    stops = [*starts[1:], len(rows)]
    return [rows[a:b] for a, b in zip([0, *starts[1:]], stops, strict=True)]


def _list_below(text: str, key: str) -> yaml.SequenceNode | None:
    """The list below ``key``, or None where there is none."""
    node = top_node(text)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    value = next((value for name, value in pairs if name.value == key), None)
    return value if isinstance(value, yaml.SequenceNode) else None


def _with_comments(rows: Sequence[str], start: int, column: int) -> int:
    """Where an entry begins, with the comments in front of it that are not deeper."""
    while start and re.match(rf" {{0,{column}}}#", rows[start - 1]):
        start -= 1
    return start


def text_rows(key: str, text: str) -> list[str]:
    """The lines of ``key`` with a text as its value: plain, quoted, or as a block of lines."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return [f"{key}: {text}"]
    lines = text.split("\n")
    if not _is_block(lines):
        return [f"{key}: {quoted(text)}"]
    return [f"{key}: |-", *(f"  {line}" if line else "" for line in lines)]


def _is_block(lines: Sequence[str]) -> bool:
    """Whether lines are the same when they are read from a block (`|-`)."""
    is_between = bool(lines[0] and lines[-1])  # no blank line that the block would lose
    return len(lines) > 1 and is_between and all(map(_LITERAL.fullmatch, filter(None, lines)))


def list_row(key: str, texts: Sequence[str]) -> str:
    """The line of ``key`` with a list of texts as its value."""
    said = (text if _NAME.fullmatch(text) else quoted(text) for text in texts)
    return f"{key}: [{', '.join(said)}]"


def mapping_rows(key: str, fields: Mapping[str, str]) -> list[str]:
    """The lines of ``key`` with a mapping of texts as its value."""
    inner = [row for name, text in fields.items() for row in text_rows(name, text)]
    return [f"{key}:", *(f"  {row}" if row else "" for row in inner)]


def value_rows(key: str, value: str | Mapping[str, str]) -> list[str]:
    """The lines of ``key`` with a text or a mapping of texts as its value."""
    return text_rows(key, value) if isinstance(value, str) else mapping_rows(key, value)


def _lines(text: str) -> list[str]:
    """Lines with their ends, as YAML counts them in texts of ours: by line feeds."""
    return re.findall(r"[^\n]*\n|[^\n]+$", text)
