"""YAML with the scalars of YAML 1.2's core schema, safe and bounded.

PyYAML's C parser makes the node tree; the values are made here, so that `no`, `12:30:00` and
`2026-01-01` stay text, an alias bomb is refused, and each key of the top mapping keeps its line.
Source: YAML 1.2.2, section 10.3 (
https://yaml.org/spec/1.2.2/).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from sitegen.base.diagnostics import Diagnostic, SitegenError, problem
from sitegen.base.values import MAX_DIGITS, Budget

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


class _Nodes(_Loader):
    """A loader that makes nodes only: the tags of plain scalars, which would be looked up at a
    cost, are not used."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return "?"

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Resolves no paths."""

    def ascend_resolver(self) -> None:
        """Resolves no paths."""


_INT = re.compile(rf"[-+]?[0-9]{{1,{MAX_DIGITS}}}")
_FLOAT = re.compile(r"(?=.*[.eE])[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # as libyaml counts lines
_COMMENT = re.compile(r"[ \t]+#(\S?)")
_MAX_SNIPPET = 120
CUT = "`{}` ends before ` #`: YAML takes the rest of the line for a comment"
CUT_HELP = "put the value in quotes, or the comment on a line of its own"
_MARKED = re.compile(r"^([\w-]+):[ \t]+([&!][^\s,\[\]{}]*)(?=[ \t]+\S|[ \t]*$)", re.MULTILINE)
MARKED = "`{}` loses `{}`: at its beginning YAML takes that for the name or kind of a value"
MARKED_HELP = "put the value in quotes"
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_NOTHING = ("", "~", "null")  # of a text
_WORDS = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}


def _no_text(key: str) -> bool:
    return False


def load_mapping(
    text: str, path: str, code: str, first_line: int = 1, is_text: Callable[[str], bool] = _no_text
) -> tuple[dict[str, Any], dict[str, int]]:
    """The top mapping of ``text`` and the line of each of its keys.

    ``first_line`` is the line of the file on which ``text`` starts. Keys become strings. Below a
    key of which ``is_text`` holds, values stay as they are typed: a headline `1.10` or `007`, an
    author called `Null`. Raises SitegenError with ``code`` and the line for anything that is no
    bounded YAML mapping.
    """
    node = _root(text, path, code, first_line)
    if node is None:
        return {}, {}
    if not isinstance(node, yaml.MappingNode):
        hint = "write `key: value` lines"
        raise SitegenError(
            problem(code, "is not a mapping of keys to values", path, first_line, help=hint)
        )
    return _top(node, path, code, first_line, is_text, Budget())


def load_value(text: str, path: str, code: str, most: int) -> Any:
    """Whatever value ``text`` is, of at ``most`` so many values.

    Raises SitegenError with ``code`` and the line for anything that is no bounded YAML.
    """
    node, budget = _root(text, path, code, 1), Budget(most)
    if isinstance(node, yaml.MappingNode):
        return _top(node, path, code, 1, _no_text, budget)[0]
    if not isinstance(node, yaml.SequenceNode):
        return _checked(node, path, code, budget) if node else None
    return [_checked(child, path, code, budget) for child in node.value]


def top_node(text: str) -> yaml.Node | None:
    """The node that ``text`` is, with the places of what it holds; None for an empty one.

    Raises SitegenError for what is not YAML.
    """
    return _root(text, "", "yaml", 1)


def _checked(node: yaml.Node, path: str, code: str, budget: Budget) -> Any:
    try:
        return _value(node, budget, 1)
    except (ValueError, RecursionError) as error:
        line = node.start_mark.line + 1
        raise SitegenError(problem(code, str(error), path, line)) from None


def _root(text: str, path: str, code: str, first_line: int) -> yaml.Node | None:
    """The node that ``text`` is. Raises SitegenError for what is not YAML."""
    try:
        return _Nodes(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        raise SitegenError(_broken(error, text, path, code, first_line)) from None
    except (yaml.YAMLError, UnicodeError, RecursionError) as error:
        message = f"broken YAML: {str(error).splitlines()[0]}"
        raise SitegenError(problem(code, message, path, first_line)) from None


def _broken(
    error: yaml.MarkedYAMLError, text: str, path: str, code: str, first_line: int
) -> Diagnostic:
    """Where YAML is broken, and how to write it."""
    mark = error.problem_mark or error.context_mark
    hint = "quote a value that holds `: `, `#` or starts with a special character"
    missing = _missing_bracket(error)
    if missing:  # reported where it was opened: it is missed only much later
        mark = error.context_mark
        hint = f"close with `{missing}` what is opened on this line, and part its entries by commas"
    row = mark.line if mark else 0
    if missing and _COMMENT.search(_row(text, row)):
        hint = (
            "put the value that holds ` #` in quotes: YAML takes the rest of the line for a comment"
        )
    elif _is_tab(text, mark):
        hint = "indent with spaces: YAML allows no tabs there"
    message = f"broken YAML: {error.problem or error.context or 'cannot be read'}"
    snippet = _row(text, row) if mark else ""
    return problem(code, message, path, first_line + row, help=hint, snippet=snippet)


def _is_tab(text: str, mark: yaml.Mark | None) -> bool:
    """Whether there is a tab at ``mark``."""
    rows = _BREAK.split(text)
    return bool(mark and mark.line < len(rows) and rows[mark.line][mark.column :][:1] == "\t")


def _missing_bracket(error: yaml.MarkedYAMLError) -> str:
    """The bracket that was opened and is not closed, or nothing."""
    if not error.context_mark:
        return ""
    wanted = error.problem or ""
    return next((sign for sign in "]}" if f"'{sign}'" in wanted), "")


def _row(text: str, number: int) -> str:
    """A line of ``text`` to show next to a message."""
    rows = text.splitlines()
    return rows[number].strip()[:_MAX_SNIPPET] if number < len(rows) else ""


def may_be_cut(text: str) -> bool:
    """Whether a comment follows something on a line of ``text``: without one no value is cut."""
    return _COMMENT.search(text) is not None


def cut_values(
    text: str, is_prose: Callable[[str], bool], first_line: int = 1
) -> list[tuple[str, int]]:
    """The top keys of a mapping below which a comment follows a value on its line, each with that
    line.

    YAML takes a ` #` for the beginning of a comment, also where it was meant as a part of the
    value. Only one that is followed by a sign counts, as `#3` is rarely a comment and `# 3` mostly
    is; directly after the value of a key that ``is_prose``, each counts.
    """
    if not may_be_cut(text):
        return []
    node = _Nodes(text).get_single_node()
    rows = _BREAK.split(text)
    found: list[tuple[str, int]] = []
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        name = str(key.value)
        for one, depth in _scalars(value):
            end = one.end_mark
            match = None if one.style else _COMMENT.match(rows[end.line], end.column)
            if match and (match[1] or (one.value and not depth and is_prose(name))):
                found.append((name, first_line + end.line))
    return found


def marked_values(
    text: str, is_prose: Callable[[str], bool], first_line: int = 1
) -> list[tuple[str, str, int]]:
    """The keys of a mapping that are prose and begin with `&word` or `!word`, which YAML takes for
    an anchor or a tag; each with that word and its line. An anchor that is used is none of them."""
    found = _MARKED.finditer(text) if "&" in text or "!" in text else ()
    return [
        (match[1], match[2], first_line + text.count("\n", 0, match.start()))
        for match in found
        if is_prose(match[1]) and f"*{match[2][1:]}" not in text
    ]


def cut_warnings(
    text: str, is_prose: Callable[[str], bool], path: str, code: str, first_line: int = 1
) -> list[Diagnostic]:
    """A warning for each value of the mapping ``text`` that a comment ends, as `cut_values` finds
    them; ``first_line`` is the line of the file ``path`` on which ``text`` starts."""
    found = cut_values(text, is_prose, first_line)
    rows = {line: _row(text, line - first_line) for _, line in found}
    return [
        problem(code, CUT.format(key), path, line, 1, CUT_HELP, rows[line], "warning")
        for key, line in found
    ]


def _scalars(node: yaml.Node) -> Iterator[tuple[yaml.ScalarNode, int]]:
    """Every scalar below ``node`` with its depth, once, however often aliases name it."""
    seen: set[int] = set()
    stack = [(node, 0)]
    while stack:
        here, depth = stack.pop()
        if id(here) in seen:
            continue
        seen.add(id(here))
        if isinstance(here, yaml.ScalarNode):
            yield here, depth
        elif isinstance(here, yaml.SequenceNode):
            stack += [(child, depth + 1) for child in here.value]
        else:
            stack += [(child, depth + 1) for _, child in here.value]


def _top(
    node: yaml.MappingNode,
    path: str,
    code: str,
    first_line: int,
    is_text: Callable[[str], bool],
    budget: Budget,
) -> tuple[dict[str, Any], dict[str, int]]:
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = first_line + key_node.start_mark.line
        try:
            key = str(_value(key_node, budget, 1))
            value = _value(value_node, budget, 1, is_text(key))
        except (ValueError, RecursionError) as error:
            raise SitegenError(problem(code, str(error), path, line)) from None
        if key in values:
            raise SitegenError(
                problem(code, f"`{key}` is written twice", path, line, help="remove one of the two")
            )
        values[key], lines[key] = value, line
    return values, lines


def _value(node: yaml.Node, budget: Budget, depth: int, as_typed: bool = False) -> Any:
    """The value of a node; with ``as_typed``, scalars are text, or None."""
    if isinstance(node, yaml.ScalarNode):
        budget.spend(depth, node.value)
        return _scalar_value(node, as_typed)
    budget.spend(depth, "")
    inner = depth + 1
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, budget, inner, as_typed) for child in node.value]
    pairs = ((_value(k, budget, inner), _value(v, budget, inner, as_typed)) for k, v in node.value)
    return {str(key): value for key, value in pairs}


def _scalar_value(node: yaml.ScalarNode, as_typed: bool) -> Any:
    is_text = node.style or node.tag == "tag:yaml.org,2002:binary"
    if is_text:
        return node.value
    if as_typed:
        return None if node.value in _NOTHING else node.value
    return scalar(node.value)


def scalar(text: str) -> Any:
    """A plain scalar's value by the core schema; a number too great for its kind stays text."""
    if text in _WORDS:
        return _WORDS[text]
    first = text[0]
    if first.isdigit() or first in "+-.":
        return _number(text)
    return text


def _number(text: str) -> int | float | str:
    """The number that ``text`` is, or ``text``."""
    if _INT.fullmatch(text):
        return int(text)
    if not _FLOAT.fullmatch(text):
        return text
    number = float(text)
    return number if math.isfinite(number) else text


def quoted(text: str) -> str:
    """``text`` as a double-quoted scalar; JSON's strings are YAML's (YAML 1.2.2, section 1.2), but
    for signs that are line breaks or not printable there."""
    import json

    said = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", said)
